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
	if r, ok := copies.ParseRef(recordID); ok {
		return s.caseCopies(ctx, sc, r)
	}
	err = s.read(ctx, func(t *tx) error {
		out = []copies.Copy{}
		var p params
		where := archiveScope(sc, &p, "r.tenant", "r.case_id") + ` AND r.id = ` + p.add(recordID)
		var id string
		if err := t.row(ctx, `SELECT r.id FROM archive_record r WHERE `+where, p.v...).Scan(&id); err != nil {
			return orMissing(err, noRecord)
		}
		out, err = copiesOf(ctx, t, copies.Copy{Tenant: sc.Tenant, RecordID: recordID}, `record_copy WHERE tenant = $1 AND record_id = $2`, sc.Tenant, recordID)
		return err
	})
	return out, err
}

// copiesOf reads lines of copies, newest first.
func copiesOf(ctx context.Context, t *tx, like copies.Copy, from string, v ...any) ([]copies.Copy, error) {
	out := []copies.Copy{}
	err := t.query(ctx, func(scan func(...any) error) error {
		c := like
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
	}, `SELECT n, kind, agency_id, agency_name, look, purpose, marks, sum, file_sha256, pages, at, by_user, by_name FROM `+from+` ORDER BY n DESC`, v...)
	return out, err
}

// caseCopies are the copies of a paper of a case.
func (s *Store) caseCopies(ctx context.Context, sc access.Scope, r copies.Ref) (out []copies.Copy, err error) {
	if !sc.All { // for who holds the cases, not for who has to do with one
		return nil, noRecord
	}
	err = s.read(ctx, func(t *tx) error {
		if _, err := caseInScope(ctx, t, sc, r.CaseID); err != nil {
			return err
		}
		out, err = copiesOf(ctx, t, copies.Copy{Tenant: sc.Tenant, RecordID: r.String()}, `sheet_copy WHERE tenant = $1 AND case_id = $2 AND form = $3`, sc.Tenant, r.CaseID, r.Shelf())
		return err
	})
	return out, err
}

// addCaseCopy keeps the next copy of a paper of a case.
func (s *Store) addCaseCopy(ctx context.Context, r copies.Ref, c copies.Copy, to, called string, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		n, err := t.exec(ctx, `INSERT INTO sheet_copy (tenant, case_id, form, n, kind, agency_id, agency_name, look, purpose, marks, sum, file_sha256, pages, at, by_user, by_name)
			SELECT c.tenant, c.id, $3, CAST($4 AS BIGINT), $5, $6, $7, $8, $9, $10, $11, $12, CAST($13 AS BIGINT), CAST($14 AS BIGINT), $15, $16 FROM case_file c
			WHERE c.tenant = $1 AND c.id = $2
			AND (SELECT COUNT(*) FROM sheet_copy x WHERE x.tenant = $1 AND x.case_id = $2 AND x.form = $3) + 1 = CAST($4 AS BIGINT)`,
			c.Tenant, r.CaseID, r.Shelf(), c.N, string(c.Kind), to, called, string(c.Look), c.Purpose, toJSON(c.Marks), c.Sum, c.SHA256, c.Pages, micros(c.At), c.By, c.ByName)
		if err != nil {
			return err
		}
		if n != 1 {
			return copies.ErrTaken
		}
		return t.audit(ctx, e)
	})
}

// AddCopy implements copies.Store.
func (s *Store) AddCopy(ctx context.Context, c copies.Copy, e access.Entry) error {
	to, called := c.AgencyID, c.AgencyName
	if c.Kind == copies.KindGiven {
		to, called = c.PersonID, c.Person
	}
	if r, ok := copies.ParseRef(c.RecordID); ok {
		return s.addCaseCopy(ctx, r, c, to, called, e)
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
