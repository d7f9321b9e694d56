package store

import (
	"context"
	"strings"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/fault"
	"kasane/internal/meeting"
	"kasane/internal/text"
	"kasane/internal/webhooks"
)

const archiveColumns = `r.tenant, r.seq, r.id, r.number, r.kind, r.title, r.case_id, r.case_number, r.meeting_id, r.meeting_day, r.version, r.replaces,
	r.file_name, r.file_sha256, r.content_sha256, r.pages, r.size, r.renderer, r.retention_class, r.retention_years, r.retention_from,
	r.retention_until, r.sealed_at, r.sealed_by, r.audit_checkpoint, r.prev_hash, r.chain_hash, r.disposed_by, r.signature, r.parts_sha256`

func scanArchive(scan func(...any) error, more ...any) (r archive.Record, err error) {
	var kind string
	var day, sealed int64
	err = scan(append([]any{&r.Tenant, &r.Seq, &r.ID, &r.Number, &kind, &r.Title, &r.CaseID, &r.CaseNumber, &r.MeetingID, &day, &r.Version, &r.Replaces,
		&r.FileName, &r.FileSHA256, &r.ContentSHA256, &r.Pages, &r.Size, &r.Renderer, &r.Retention.Class, &r.Retention.Years,
		&r.Retention.From, &r.Retention.Until, &sealed, &r.SealedBy, &r.AuditCheckpoint, &r.PrevHash, &r.ChainHash, &r.Disposed, &r.Signature, &r.PartsSHA256}, more...)...)
	r.Kind, r.State, r.MeetingDay, r.SealedAt = archive.Kind(kind), archive.StateSealed, at(day), at(sealed)
	return r, err
}

// sealPapers adds a record per paper to the chain of the municipality and notes each in the audit log (step 10).
func sealPapers(ctx context.Context, t *tx, c meeting.Change, rec *meeting.Recorded) error {
	for _, p := range c.Seal {
		if archive.Sum(p.PDF) != p.SHA256 || archive.Sum(p.Content) != p.ContentSHA256 || p.PartsSHA256 != "" && archive.Sum(p.Parts) != p.PartsSHA256 {
			return fault.New(fault.Internal, "")
		}
		r := archive.Record{Tenant: c.Tenant, ID: access.NewID(t.now), Number: p.Number, Kind: archive.Kind(p.Kind), Title: p.Title, State: archive.StateSealed,
			CaseID: p.CaseID, CaseNumber: p.CaseNumber, MeetingID: c.MeetingID, MeetingDay: at(micros(p.MeetingDay)), Version: p.Version,
			FileName: p.FileName, FileSHA256: p.SHA256, ContentSHA256: p.ContentSHA256, PartsSHA256: p.PartsSHA256, Pages: p.Pages, Size: int64(len(p.PDF)), Renderer: p.Renderer,
			SealedAt: at(micros(p.SealedAt)), SealedBy: p.SealedBy, AuditCheckpoint: p.Checkpoint, Signature: p.Signature}
		var err error
		if r.Retention, err = keepUnder(ctx, t, r, p.Retention); err != nil {
			return err
		}
		if r, err = chainRecord(ctx, t, archive.Kept{Record: r, File: p.PDF, Content: p.Content, Parts: p.Parts}, c.Audit); err != nil {
			return err
		}
		rec.Sealed = append(rec.Sealed, meeting.SealedRef{ID: r.ID, Kind: p.Kind, Version: r.Version, Number: r.Number, Title: r.Title,
			FileName: r.FileName, SHA256: r.FileSHA256, Pages: r.Pages, SealedAt: r.SealedAt})
	}
	return nil
}

// chainRecord takes the end of the chain, which is its lock, writes the record that follows, and notes it in the audit log.
func chainRecord(ctx context.Context, t *tx, k archive.Kept, e access.Entry) (archive.Record, error) {
	r := k.Record
	if _, err := t.exec(ctx, `INSERT INTO archive_head (tenant, seq, chain_hash) VALUES ($1, 0, '') ON CONFLICT DO NOTHING`, r.Tenant); err != nil {
		return r, err
	}
	if err := t.row(ctx, `UPDATE archive_head SET seq = seq + 1 WHERE tenant = $1 RETURNING seq, chain_hash`, r.Tenant).Scan(&r.Seq, &r.PrevHash); err != nil {
		return r, err
	}
	if r.MeetingID != "" {
		err := t.row(ctx, `SELECT id FROM archive_record WHERE tenant = $1 AND meeting_id = $2 AND kind = $3 AND version < $4
			ORDER BY version DESC LIMIT 1`, r.Tenant, r.MeetingID, string(r.Kind), r.Version).Scan(&r.Replaces)
		if err := orMissing(err, nil); err != nil {
			return r, err
		}
	}
	if k.Content == nil {
		k.Content = []byte{}
	}
	r.MeetingDay, r.SealedAt = at(micros(r.MeetingDay)), at(micros(r.SealedAt)) // as they will be read again
	r.ChainHash = archive.Chain(r)
	if _, err := t.exec(ctx, `INSERT INTO archive_record (`+strings.ReplaceAll(archiveColumns, "r.", "")+`, fold, file, content, parts)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27,$28,$29,$30,$31,$32,$33,$34)`,
		r.Tenant, r.Seq, r.ID, r.Number, string(r.Kind), r.Title, r.CaseID, r.CaseNumber, r.MeetingID, micros(r.MeetingDay), r.Version, r.Replaces,
		r.FileName, r.FileSHA256, r.ContentSHA256, r.Pages, r.Size, r.Renderer, r.Retention.Class, r.Retention.Years, r.Retention.From,
		r.Retention.Until, micros(r.SealedAt), r.SealedBy, r.AuditCheckpoint, r.PrevHash, r.ChainHash, r.Disposed, string(r.Signature),
		r.PartsSHA256, text.Fold(archiveText(r)), k.File, k.Content, k.Parts); err != nil {
		return r, err
	}
	if err := indexRecord(ctx, t, r, k.Content); err != nil {
		return r, err
	}
	if err := t.must(ctx, overtaken, `UPDATE archive_head SET chain_hash = $1 WHERE tenant = $2 AND seq = $3`, r.ChainHash, r.Tenant, r.Seq); err != nil {
		return r, err
	}
	e.ID, e.Verb, e.Target, e.Hash, e.Reason = access.NewID(t.now), access.VerbSeal, r.ID, r.ChainHash, archive.SealReason
	e.CaseID, e.MeetingID = r.CaseID, r.MeetingID
	if err := t.tell(ctx, webhooks.Event{Tenant: r.Tenant, Kind: webhooks.KindSealed, At: t.now, CaseID: r.CaseID, MeetingID: r.MeetingID, Target: r.ID}); err != nil {
		return r, err
	}
	return r, t.audit(ctx, e)
}

// archiveText is what a record is found by.
func archiveText(r archive.Record) string {
	return r.Number + "\n" + r.Title + "\n" + r.FileName + "\n" + r.CaseNumber
}

func archiveLimit(n int) int {
	if n <= 0 || n > 500 {
		return 500
	}
	return n
}

// archiveFilters are the conditions of a query beside its words.
func archiveFilters(q archive.Query, p *params) (where []string) {
	if !q.From.IsZero() {
		where = append(where, `r.sealed_at >= `+p.add(micros(q.From)))
	}
	if !q.To.IsZero() {
		where = append(where, `r.sealed_at < `+p.add(micros(q.To)))
	}
	if q.Kind != "" {
		where = append(where, `r.kind = `+p.add(string(q.Kind)))
	}
	if q.Before > 0 {
		where = append(where, `r.seq < `+p.add(q.Before))
	}
	return where
}

// ArchiveRecords implements archive.Store.
func (s *Store) ArchiveRecords(ctx context.Context, sc access.Scope, q archive.Query) (out []archive.Record, err error) {
	if folded := text.Fold(q.Text); folded != "" {
		return s.searchArchive(ctx, sc, q, folded)
	}
	var p params
	where := append([]string{archiveScope(sc, &p, "r.tenant", "r.case_id")}, archiveFilters(q, &p)...)
	err = each(ctx, s.r, func(scan func(...any) error) error {
		r, err := scanArchive(scan)
		out = append(out, r)
		return err
	}, `SELECT `+archiveColumns+` FROM archive_record r WHERE `+strings.Join(where, " AND ")+`
		ORDER BY r.seq DESC LIMIT `+p.add(archiveLimit(q.Limit)), p.v...)
	return out, s.classify(err)
}

const (
	draftColumns = `v.tenant, v.meeting_id, v.n, v.hash, v.sha256, v.at, g.case_id, g.title, COALESCE(g.opened_at, 0), c.number`
	draftTables  = `minutes_version v JOIN meeting g ON g.tenant = v.tenant AND g.id = v.meeting_id
		JOIN case_file c ON c.tenant = g.tenant AND c.id = g.case_id`
)

// ArchiveDrafts implements archive.Store.
func (s *Store) ArchiveDrafts(ctx context.Context, sc access.Scope, q archive.Query) (out []archive.Record, err error) {
	if q.Kind != "" && q.Kind != archive.KindMinutes {
		return nil, nil
	}
	var p params
	where := []string{archiveScope(sc, &p, "v.tenant", "g.case_id")}
	if !q.From.IsZero() {
		where = append(where, `v.at >= `+p.add(micros(q.From)))
	}
	if !q.To.IsZero() {
		where = append(where, `v.at < `+p.add(micros(q.To)))
	}
	folded := text.Fold(q.Text)
	err = each(ctx, s.r, func(scan func(...any) error) error {
		r := archive.Record{Kind: archive.KindMinutes, State: archive.StateDraft}
		var made, day int64
		err := scan(&r.Tenant, &r.MeetingID, &r.Version, &r.ContentSHA256, &r.FileSHA256, &made, &r.CaseID, &r.Title, &day, &r.CaseNumber)
		r.SealedAt, r.MeetingDay = at(made), at(day)
		if err == nil && contains(archiveText(r), folded) {
			out = append(out, r)
		}
		return err
	}, `SELECT `+draftColumns+` FROM `+draftTables+` WHERE `+strings.Join(where, " AND ")+` AND v.ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM archive_record r
			WHERE r.tenant = v.tenant AND r.meeting_id = v.meeting_id AND r.kind = 'minutes' AND r.content_sha256 = v.hash)
		ORDER BY v.at DESC, v.meeting_id LIMIT `+p.add(archiveLimit(q.Limit)), p.v...)
	return out, s.classify(err)
}

var noRecord = fault.New(fault.NotFound, "文書が見つかりません。見る権限がない可能性があります。")

// ArchiveRecord implements archive.Store.
func (s *Store) ArchiveRecord(ctx context.Context, sc access.Scope, id string) (r archive.Record, err error) {
	err = s.read(ctx, func(t *tx) error {
		var p params
		where := archiveScope(sc, &p, "r.tenant", "r.case_id") + ` AND r.id = ` + p.add(id)
		r, err = scanArchive(t.row(ctx, `SELECT `+archiveColumns+` FROM archive_record r WHERE `+where, p.v...).Scan)
		return orMissing(err, noRecord)
	})
	return r, err
}

// ArchiveVersions implements archive.Store.
func (s *Store) ArchiveVersions(ctx context.Context, sc access.Scope, id string) (out []archive.Record, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = nil
		var p params
		where := archiveScope(sc, &p, "r.tenant", "r.case_id")
		is := p.add(id)
		if err := t.query(ctx, func(scan func(...any) error) error {
			r, err := scanArchive(scan)
			out = append(out, r)
			return err
		}, `SELECT `+archiveColumns+` FROM archive_record r WHERE `+where+` AND (r.id = `+is+` OR EXISTS (SELECT 1 FROM archive_record x
			WHERE x.tenant = r.tenant AND x.id = `+is+` AND x.meeting_id = r.meeting_id AND x.kind = r.kind AND x.meeting_id <> '')) ORDER BY r.seq`, p.v...); err != nil {
			return err
		}
		if len(out) == 0 {
			return noRecord
		}
		return nil
	})
	return out, err
}

// ArchiveFile implements archive.Store.
func (s *Store) ArchiveFile(ctx context.Context, sc access.Scope, id string, e access.Entry) (file []byte, err error) {
	err = s.lockingWrite(ctx, func(t *tx) error {
		var p params
		where := archiveScope(sc, &p, "r.tenant", "r.case_id") + ` AND r.id = ` + p.add(id)
		if err := t.row(ctx, `SELECT r.file FROM archive_record r WHERE `+where, p.v...).Scan(&file); err != nil {
			return orMissing(err, noRecord)
		}
		return t.audit(ctx, e)
	})
	return file, err
}

// ArchiveIDs implements archive.Store.
func (s *Store) ArchiveIDs(ctx context.Context, sc access.Scope) (map[string]bool, error) {
	out := map[string]bool{}
	var p params
	where := archiveScope(sc, &p, "r.tenant", "r.case_id")
	err := each(ctx, s.r, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		out[id] = true
		return err
	}, `SELECT r.id FROM archive_record r WHERE `+where, p.v...)
	return out, s.classify(err)
}
