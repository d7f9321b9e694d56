package store

import (
	"context"
	"database/sql"
	"errors"

	"kasane/internal/access"
	"kasane/internal/archive"
)

// ArchiveByHash implements archive.Store.
func (s *Store) ArchiveByHash(ctx context.Context, sc access.Scope, sha string) (archive.Found, error) {
	return s.foundArchive(ctx, sc, func(p *params) string { return `r.file_sha256 = ` + p.add(sha) }, sha)
}

// ArchiveByNumber implements archive.Store.
func (s *Store) ArchiveByNumber(ctx context.Context, sc access.Scope, number string) (archive.Found, error) {
	return s.foundArchive(ctx, sc, func(p *params) string { return `r.number = ` + p.add(number) }, "")
}

// foundArchive finds a record, or else a 案 by its hash, with the newest record of the same paper.
func (s *Store) foundArchive(ctx context.Context, sc access.Scope, is func(*params) string, draft string) (f archive.Found, err error) {
	err = s.read(ctx, func(t *tx) error {
		f = archive.Found{}
		var p params
		where := archiveScope(sc, &p, "r.tenant", "r.case_id") + ` AND ` + is(&p)
		r, err := scanArchive(t.row(ctx, `SELECT `+archiveColumns+` FROM archive_record r WHERE `+where+` ORDER BY r.seq DESC LIMIT 1`, p.v...).Scan)
		if errors.Is(err, sql.ErrNoRows) && draft != "" {
			r, err = draftByHash(ctx, t, sc, draft)
		}
		if err != nil {
			return orMissing(err, noRecord)
		}
		f.Record = r
		if r.MeetingID == "" {
			return nil
		}
		p = params{}
		where = archiveScope(sc, &p, "r.tenant", "r.case_id") + ` AND r.meeting_id = ` + p.add(r.MeetingID) + ` AND r.kind = ` + p.add(string(r.Kind))
		n, err := scanArchive(t.row(ctx, `SELECT `+archiveColumns+` FROM archive_record r WHERE `+where+` ORDER BY r.version DESC LIMIT 1`, p.v...).Scan)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		f.Newest = &n
		return err
	})
	return f, err
}

// draftByHash finds a version of minutes that was kept as 案.
func draftByHash(ctx context.Context, t *tx, sc access.Scope, sha string) (archive.Record, error) {
	var p params
	where := archiveScope(sc, &p, "v.tenant", "g.case_id") + ` AND v.sha256 = ` + p.add(sha)
	r := archive.Record{Kind: archive.KindMinutes, State: archive.StateDraft}
	var made, day int64
	err := t.row(ctx, `SELECT `+draftColumns+` FROM `+draftTables+` WHERE `+where+` ORDER BY v.n DESC LIMIT 1`, p.v...).
		Scan(&r.Tenant, &r.MeetingID, &r.Version, &r.ContentSHA256, &r.FileSHA256, &made, &r.CaseID, &r.Title, &day, &r.CaseNumber)
	r.SealedAt, r.MeetingDay = at(made), at(day)
	return r, err
}
