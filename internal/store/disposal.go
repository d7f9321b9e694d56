package store

import (
	"context"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/fault"
)

const disposalColumns = `d.tenant, d.id, d.state, d.method, d.reason, d.proposed_by, d.proposed_name, d.proposed_at, d.decided_by, d.decided_name, d.decided_at, d.note, d.certificate`

func scanDisposal(scan func(...any) error) (d archive.Disposal, err error) {
	var state string
	var proposed int64
	var decided nullInt
	err = scan(&d.Tenant, &d.ID, &state, &d.Method, &d.Reason, &d.ProposedBy, &d.ProposedName, &proposed, &d.DecidedBy, &d.DecidedName, &decided, &d.Note, &d.Certificate)
	d.State, d.ProposedAt, d.DecidedAt = archive.DisposalState(state), at(proposed), atPtr(decided)
	return d, err
}

var noDisposal = fault.New(fault.NotFound, "廃棄の起案が見つかりません。見る権限がない可能性があります。")

// disposalScope: a proposal with a record of a case the user is kept from is not seen at all.
func disposalScope(sc access.Scope, p *params) string {
	if sc.Tenant == "" || !sc.Archive {
		return nothing
	}
	return `d.tenant = ` + p.add(sc.Tenant) + ` AND NOT EXISTS (SELECT 1 FROM archive_disposal_record dr JOIN archive_record r ON r.tenant = dr.tenant AND r.id = dr.record_id
		WHERE dr.tenant = d.tenant AND dr.disposal_id = d.id AND NOT (` + archiveScope(sc, p, "r.tenant", "r.case_id") + `))`
}

// ListDisposals implements archive.Disposals.
func (s *Store) ListDisposals(ctx context.Context, sc access.Scope) (out []archive.Disposal, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = nil
		var p params
		where := disposalScope(sc, &p)
		if err := t.query(ctx, func(scan func(...any) error) error {
			d, err := scanDisposal(scan)
			out = append(out, d)
			return err
		}, `SELECT `+disposalColumns+` FROM archive_disposal d WHERE `+where+` ORDER BY d.id DESC LIMIT 200`, p.v...); err != nil {
			return err
		}
		for i := range out {
			if out[i].Records, err = disposalRecords(ctx, t, out[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// ArchiveDisposal implements archive.Disposals.
func (s *Store) ArchiveDisposal(ctx context.Context, sc access.Scope, id string) (d archive.Disposal, err error) {
	err = s.read(ctx, func(t *tx) error {
		var p params
		where := disposalScope(sc, &p) + ` AND d.id = ` + p.add(id)
		if d, err = scanDisposal(t.row(ctx, `SELECT `+disposalColumns+` FROM archive_disposal d WHERE `+where, p.v...).Scan); err != nil {
			return orMissing(err, noDisposal)
		}
		d.Records, err = disposalRecords(ctx, t, d)
		return err
	})
	return d, err
}

func disposalRecords(ctx context.Context, t *tx, d archive.Disposal) (out []archive.Record, err error) {
	err = t.query(ctx, func(scan func(...any) error) error {
		r, err := scanArchive(scan)
		out = append(out, r)
		return err
	}, `SELECT `+archiveColumns+` FROM archive_record r JOIN archive_disposal_record dr ON dr.tenant = r.tenant AND dr.record_id = r.id
		WHERE dr.tenant = $1 AND dr.disposal_id = $2 ORDER BY r.seq`, d.Tenant, d.ID)
	return out, err
}

// disposable looks whether a record may go: by this proposal, which is itself the only one that names it.
func disposable(ctx context.Context, t *tx, sc access.Scope, id, disposal, today string) (archive.Record, error) {
	r, k, err := withBody(ctx, t, sc, id)
	if err != nil {
		return r, err
	}
	open, err := correctionOpen(ctx, t, r)
	if err != nil {
		return r, err
	}
	st := r.Retention.Stands(k.CaseEnded, k.Extensions...)
	switch {
	case open:
		return r, fault.Newf(fault.Conflict, "文書 %s は訂正の途中です。訂正した版を確定するか、訂正を取りやめてから廃棄してください。", r.Number)
	case r.Kind == archive.KindDisposal:
		return r, fault.Newf(fault.Conflict, "廃棄証明書（%s）は廃棄できません。", r.Number)
	case !st.Expired(today):
		return r, fault.Newf(fault.Conflict, "文書 %s は保存期間が満了していません。", r.Number)
	case k.Held() > 0:
		return r, fault.Newf(fault.Conflict, "文書 %s には廃棄の停止があります。解いてから廃棄してください。", r.Number)
	case k.Proposed != "" && k.Proposed != disposal:
		return r, fault.Newf(fault.Conflict, "文書 %s は、ほかの起案に入っています。", r.Number)
	}
	return r, nil
}

// ProposeDisposal implements archive.Disposals.
func (s *Store) ProposeDisposal(ctx context.Context, sc access.Scope, d archive.Disposal, today string, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		for _, r := range d.Records {
			if _, err := disposable(ctx, t, sc, r.ID, d.ID, today); err != nil {
				return err
			}
		}
		if _, err := t.exec(ctx, `INSERT INTO archive_disposal (tenant, id, state, method, reason, proposed_by, proposed_name, proposed_at, decided_by, decided_name, note, certificate)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,'','','','')`, d.Tenant, d.ID, string(d.State), d.Method, d.Reason, d.ProposedBy, d.ProposedName, micros(d.ProposedAt)); err != nil {
			return err
		}
		for _, r := range d.Records {
			if _, err := t.exec(ctx, `INSERT INTO archive_disposal_record (tenant, disposal_id, record_id) VALUES ($1,$2,$3)`, d.Tenant, d.ID, r.ID); err != nil {
				return err
			}
		}
		return t.audit(ctx, e)
	})
}

// endDisposal writes the decision over a proposal that is still one.
func endDisposal(ctx context.Context, t *tx, d archive.Disposal) error {
	return t.must(ctx, fault.New(fault.Conflict, "この起案は、すでに決裁されたか取り下げられています。画面を更新してください。"),
		`UPDATE archive_disposal SET state = $1, decided_by = $2, decided_name = $3, decided_at = $4, note = $5, certificate = $6
		WHERE tenant = $7 AND id = $8 AND state = 'proposed'`, string(d.State), d.DecidedBy, d.DecidedName, micros(*d.DecidedAt), d.Note, d.Certificate, d.Tenant, d.ID)
}

// EndDisposal implements archive.Disposals.
func (s *Store) EndDisposal(ctx context.Context, d archive.Disposal, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if err := endDisposal(ctx, t, d); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// Dispose implements archive.Disposals.
func (s *Store) Dispose(ctx context.Context, sc access.Scope, x archive.Execution) error {
	d := x.Disposal
	if archive.Sum(x.File) != x.Certificate.FileSHA256 || archive.Sum(x.Content) != x.Certificate.ContentSHA256 {
		return fault.New(fault.Internal, "")
	}
	return s.write(ctx, func(t *tx) error {
		if err := endDisposal(ctx, t, d); err != nil {
			return err
		}
		if d.ProposedBy == d.DecidedBy {
			return fault.New(fault.Forbidden, "起案した人は決裁できません。ほかの担当者が決裁してください。")
		}
		if err := takeNumber(ctx, t, d.Tenant, x.Series, x.Number); err != nil {
			return err
		}
		for _, want := range d.Records {
			r, err := disposable(ctx, t, sc, want.ID, d.ID, x.Today)
			if err != nil {
				return err
			}
			if err := erase(ctx, t, r, d.ID); err != nil {
				return err
			}
			e := x.Audit
			e.ID, e.Verb, e.Target, e.Hash, e.Reason, e.CaseID, e.MeetingID = access.NewID(t.now), access.VerbArchiveDispose, r.ID, r.ChainHash, d.ID, r.CaseID, r.MeetingID
			if err := t.audit(ctx, e); err != nil {
				return err
			}
		}
		if _, err := chainRecord(ctx, t, archive.Kept{Record: x.Certificate, File: x.File, Content: x.Content}, x.Audit); err != nil {
			return err
		}
		return t.audit(ctx, x.Audit)
	})
}

// erase takes the body of a record away, and every copy of it that is kept: its drafts, and of a plan the agreed version once neither plan nor
// matrix stands on it.
func erase(ctx context.Context, t *tx, r archive.Record, disposal string) error {
	if err := t.must(ctx, overtaken, `UPDATE archive_record SET file = $1, content = $1, parts = NULL, disposed_by = $2 WHERE tenant = $3 AND id = $4 AND disposed_by = ''`,
		[]byte{}, disposal, r.Tenant, r.ID); err != nil {
		return err
	}
	if err := indexRecord(ctx, t, r, nil); err != nil {
		return err
	}
	// That copies were given out, to whom and by whom, remains; what they were for may tell of the person.
	if _, err := t.exec(ctx, `UPDATE record_copy SET purpose = '', marks = '[]' WHERE tenant = $1 AND record_id = $2`, r.Tenant, r.ID); err != nil {
		return err
	}
	if r.Kind == archive.KindMinutes {
		return eraseDrafts(ctx, t, r)
	}
	_, err := t.exec(ctx, `UPDATE plan_version SET canonical = $1 WHERE tenant = $2 AND meeting_id = $3 AND NOT EXISTS (SELECT 1 FROM archive_record r
		WHERE r.tenant = plan_version.tenant AND r.meeting_id = plan_version.meeting_id AND r.kind IN ('plan', 'matrix') AND r.disposed_by = '')`, []byte{}, r.Tenant, r.MeetingID)
	return err
}

// takeNumber takes a number that was read before: the paper that bears it is printed already.
func takeNumber(ctx context.Context, t *tx, tenant, series string, n int) error {
	if _, err := t.exec(ctx, `INSERT INTO counter (tenant, series, n) VALUES ($1,$2,0) ON CONFLICT DO NOTHING`, tenant, series); err != nil {
		return err
	}
	return t.must(ctx, fault.New(fault.Conflict, "文書番号が先に使われました。もう一度お試しください。"),
		`UPDATE counter SET n = $1 WHERE tenant = $2 AND series = $3 AND n = $4`, n, tenant, series, n-1)
}

// LastNumber implements archive.Disposals.
func (s *Store) LastNumber(ctx context.Context, tenant, series string) (n int, err error) {
	err = s.read(ctx, func(t *tx) error {
		return orMissing(t.row(ctx, `SELECT n FROM counter WHERE tenant = $1 AND series = $2`, tenant, series).Scan(&n), nil)
	})
	return n, err
}

// DisposalsWaiting implements archive.Source.
func (s source) DisposalsWaiting(ctx context.Context, tenant string) (out []access.Entry, err error) {
	err = s.t.query(ctx, func(scan func(...any) error) error {
		e, err := scanEntry(scan)
		out = append(out, e)
		return err
	}, `SELECT `+entryColumns+` FROM audit_entry WHERE tenant = $1 AND leaf IS NULL AND verb = $2 ORDER BY id`, tenant, string(access.VerbArchiveDispose))
	return out, err
}
