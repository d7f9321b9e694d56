package store

import (
	"context"
	"fmt"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/audit"
	"kasane/internal/text"
)

// AtOneMoment implements archive.Snapshots.
func (s *Store) AtOneMoment(ctx context.Context, fn func(archive.Source) error) error {
	return s.read(ctx, func(t *tx) error { return fn(source{t}) })
}

// source is one read transaction as a verification sees it.
type source struct{ t *tx }

func (s source) ListMunicipalities(ctx context.Context) (out []access.Municipality, err error) {
	return municipalities(ctx, s.t.q)
}

func (s source) EachRecord(ctx context.Context, tenant string, fn func(archive.Kept) error) error {
	return s.t.query(ctx, func(scan func(...any) error) error {
		var k archive.Kept
		var fold, words string
		var sig []byte
		var err error
		if k.Record, err = scanArchive(scan, &k.File, &k.Content, &k.Parts, &fold, &words, &sig); err != nil {
			return err
		}
		k.Findable = fold == text.Fold(archiveText(k.Record)) && words == text.Fold(archive.SearchText(k.Record, k.Content)) && covers(sig, words)
		return fn(k)
	}, `SELECT `+archiveColumns+`, r.file, r.content, r.parts, r.fold, COALESCE(x.fold, ''), COALESCE(g.sig, $2) FROM archive_record r
		LEFT JOIN archive_text x ON x.tenant = r.tenant AND x.seq = r.seq LEFT JOIN archive_sig g ON g.tenant = r.tenant AND g.seq = r.seq
		WHERE r.tenant = $1 ORDER BY r.seq`, tenant, []byte{})
}

func (s source) ChainHead(ctx context.Context, tenant string) (seq int64, chainHash string, err error) {
	err = s.t.row(ctx, `SELECT seq, chain_hash FROM archive_head WHERE tenant = $1`, tenant).Scan(&seq, &chainHash)
	return seq, chainHash, orMissing(err, nil)
}

func (s source) EachHashed(ctx context.Context, tenant string, fn func(archive.Hashed) error) error {
	err := s.t.query(ctx, func(scan func(...any) error) error {
		var id string
		var n int
		var h archive.Hashed
		if err := scan(&id, &n, &h.Hash, &h.Stored); err != nil {
			return err
		}
		h.What = fmt.Sprintf("プラン(ID %s)の第%d版", id, n)
		return fn(h)
	}, `SELECT plan_id, n, hash, canonical FROM plan_version v WHERE tenant = $1 AND hash <> '' AND NOT (LENGTH(canonical) = 0 AND EXISTS (SELECT 1 FROM archive_record r
		WHERE r.tenant = v.tenant AND r.meeting_id = v.meeting_id AND r.kind IN ('plan', 'matrix') AND r.disposed_by <> '')) ORDER BY plan_id, n`, tenant)
	if err != nil {
		return err
	}
	err = s.t.query(ctx, func(scan func(...any) error) error {
		var id, sha string
		var n int
		var h archive.Hashed
		var pdf []byte
		if err := scan(&id, &n, &h.Hash, &h.Stored, &sha, &pdf); err != nil {
			return err
		}
		h.What = fmt.Sprintf("会議録(会議ID %s)の第%d版", id, n)
		if err := fn(h); err != nil || sha == "" {
			return err
		}
		return fn(archive.Hashed{What: h.What + "のファイル", Hash: sha, Stored: pdf})
	}, `SELECT meeting_id, n, hash, content, sha256, pdf FROM minutes_version v WHERE tenant = $1 AND NOT (LENGTH(content) = 0 AND LENGTH(pdf) = 0 AND EXISTS (SELECT 1 FROM archive_record r
		WHERE r.tenant = v.tenant AND r.meeting_id = v.meeting_id AND r.kind = 'minutes' AND r.disposed_by <> '')) ORDER BY meeting_id, n`, tenant)
	if err != nil {
		return err
	}
	return s.consentsHashed(ctx, tenant, fn)
}

func (s source) EachAuditEntry(ctx context.Context, tenant string, fn func(int64, access.Entry, []byte) error) error {
	return s.t.query(ctx, func(scan func(...any) error) error {
		var leaf int64
		var hash []byte
		e, err := scanEntry(scan, &leaf, &hash)
		if err != nil {
			return err
		}
		return fn(leaf, e, hash)
	}, `SELECT `+entryColumns+`, leaf, leaf_hash FROM audit_entry WHERE tenant = $1 AND leaf IS NOT NULL ORDER BY leaf`, tenant)
}

func (s source) AuditCheckpoints(ctx context.Context, tenant string) (out []audit.Kept, err error) {
	err = s.t.query(ctx, func(scan func(...any) error) error {
		c, err := scanCheckpoint(scan)
		out = append(out, c)
		return err
	}, `SELECT `+checkpointColumns+` FROM audit_checkpoint WHERE tenant = $1 ORDER BY size`, tenant)
	return out, err
}

func (s source) HashOfRows(ctx context.Context, tenant, docID string, rows audit.Rows) (string, error) {
	sum, _, err := hashRows(ctx, s.t, tenant, docID, rows.From-1, rows.To)
	return sum, err
}

func (s source) RowsNoted(ctx context.Context, tenant string) (map[string]int64, error) {
	out := map[string]int64{}
	err := s.t.query(ctx, func(scan func(...any) error) error {
		var id string
		var seq int64
		err := scan(&id, &seq)
		out[id] = seq
		return err
	}, `SELECT doc_id, seq FROM audit_doc WHERE tenant = $1`, tenant)
	return out, err
}

func (s source) UserNames(ctx context.Context, tenant string) (map[string]string, error) {
	out := map[string]string{}
	err := s.t.query(ctx, func(scan func(...any) error) error {
		var id, name string
		err := scan(&id, &name)
		out[id] = name
		return err
	}, `SELECT id, name FROM app_user WHERE tenant = $1`, tenant)
	return out, err
}
