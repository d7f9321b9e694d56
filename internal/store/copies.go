package store

import (
	"context"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/copies"
	"kasane/internal/papers"
)

// CopySource implements copies.Store.
func (s *Store) CopySource(ctx context.Context, sc access.Scope, recordID string) (k archive.Kept, err error) {
	err = s.read(ctx, func(t *tx) error {
		var p params
		where := archiveScope(sc, &p, "r.tenant", "r.case_id") + ` AND r.id = ` + p.add(recordID)
		k.Record, err = scanArchive(t.row(ctx, `SELECT `+archiveColumns+`, r.content, r.parts FROM archive_record r WHERE `+where, p.v...).Scan, &k.Content, &k.Parts)
		return orMissing(err, noRecord)
	})
	return k, err
}

// Copies implements copies.Store.
func (s *Store) Copies(ctx context.Context, sc access.Scope, recordID string) (out []copies.Copy, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = []copies.Copy{}
		var p params
		where := archiveScope(sc, &p, "r.tenant", "r.case_id") + ` AND r.id = ` + p.add(recordID)
		var id string
		if err := t.row(ctx, `SELECT r.id FROM archive_record r WHERE `+where, p.v...).Scan(&id); err != nil {
			return orMissing(err, noRecord)
		}
		return t.query(ctx, func(scan func(...any) error) error {
			c := copies.Copy{Tenant: sc.Tenant, RecordID: recordID}
			var kind, look, marks string
			var made int64
			if err := scan(&c.N, &kind, &c.AgencyID, &c.AgencyName, &look, &c.Purpose, &marks, &c.Sum, &c.SHA256, &c.Pages, &made, &c.By, &c.ByName); err != nil {
				return err
			}
			c.Kind, c.Look, c.At = copies.Kind(kind), papers.Look(look), at(made)
			if c.Kind == copies.KindGiven { // who receives it is no agency but a person
				c.PersonID, c.Person, c.AgencyID, c.AgencyName = c.AgencyID, c.AgencyName, "", ""
			}
			out = append(out, c)
			return fromJSON(marks, &out[len(out)-1].Marks)
		}, `SELECT n, kind, agency_id, agency_name, look, purpose, marks, sum, file_sha256, pages, at, by_user, by_name
			FROM record_copy WHERE tenant = $1 AND record_id = $2 ORDER BY n DESC`, sc.Tenant, recordID)
	})
	return out, err
}

// AddCopy implements copies.Store.
func (s *Store) AddCopy(ctx context.Context, c copies.Copy, e access.Entry) error {
	to, called := c.AgencyID, c.AgencyName
	if c.Kind == copies.KindGiven {
		to, called = c.PersonID, c.Person
	}
	return s.write(ctx, func(t *tx) error {
		n, err := t.exec(ctx, `INSERT INTO record_copy (tenant, record_id, n, kind, agency_id, agency_name, look, purpose, marks, sum, file_sha256, pages, at, by_user, by_name)
			SELECT r.tenant, r.id, CAST($3 AS BIGINT), $4, $5, $6, $7, $8, $9, $10, $11, CAST($12 AS BIGINT), CAST($13 AS BIGINT), $14, $15 FROM archive_record r
			WHERE r.tenant = $1 AND r.id = $2 AND r.disposed_by = ''
			AND (SELECT COUNT(*) FROM record_copy x WHERE x.tenant = $1 AND x.record_id = $2) + 1 = CAST($3 AS BIGINT)`,
			c.Tenant, c.RecordID, c.N, string(c.Kind), to, called, string(c.Look), c.Purpose, toJSON(c.Marks), c.Sum, c.SHA256, c.Pages, micros(c.At), c.By, c.ByName)
		if err != nil {
			return err
		}
		if n != 1 {
			return notCopied(ctx, t, c)
		}
		return t.audit(ctx, e)
	})
}

// notCopied says why a copy was not written: its record was disposed of meanwhile, or another copy got its number.
func notCopied(ctx context.Context, t *tx, c copies.Copy) error {
	var number, disposed string
	err := t.row(ctx, `SELECT number, disposed_by FROM archive_record WHERE tenant = $1 AND id = $2`, c.Tenant, c.RecordID).Scan(&number, &disposed)
	switch {
	case err != nil:
		return orMissing(err, noRecord)
	case disposed != "":
		return copies.Disposed(number)
	}
	return copies.ErrTaken
}
