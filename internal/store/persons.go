package store

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/text"
)

const personColumns = `tenant, id, case_id, ord, name, kana, alias, relation, birth, sex, subject, address_secret, withheld_from, updated_at`

func scanPerson(scan func(...any) error) (p cases.Person, err error) {
	var withheld string
	var updated int64
	if err := scan(&p.Tenant, &p.ID, &p.CaseID, &p.Ord, &p.Name, &p.Kana, &p.Alias, &p.Relation, &p.Birth, &p.Sex,
		&p.Subject, &p.AddressSecret, &withheld, &updated); err != nil {
		return p, err
	}
	p.UpdatedAt = at(updated)
	return p, fromJSON(withheld, &p.WithheldFrom)
}

// personsOf reads the household of a case in order.
func personsOf(ctx context.Context, t *tx, tenant, caseID string) (out []cases.Person, err error) {
	err = t.query(ctx, func(scan func(...any) error) error {
		p, err := scanPerson(scan)
		out = append(out, p)
		return err
	}, `SELECT `+personColumns+` FROM person WHERE tenant = $1 AND case_id = $2 ORDER BY ord, id`, tenant, caseID)
	return out, err
}

// Persons implements cases.Store.
func (s *Store) Persons(ctx context.Context, sc access.Scope, caseID string) (out []cases.Person, err error) {
	err = s.read(ctx, func(t *tx) error {
		c, err := caseInScope(ctx, t, sc, caseID)
		if err != nil {
			return err
		}
		out, err = personsOf(ctx, t, c.Tenant, c.ID)
		return err
	})
	return out, err
}

// SavePerson implements cases.Store.
func (s *Store) SavePerson(ctx context.Context, p cases.Person, e access.Entry) error {
	return s.changeAccess(ctx, p.Tenant, p.CaseID, e, func(t *tx) error {
		before, err := personsOf(ctx, t, p.Tenant, p.CaseID)
		if err != nil {
			return err
		}
		if err := savePerson(ctx, t, p); err != nil {
			return err
		}
		after, err := personsOf(ctx, t, p.Tenant, p.CaseID)
		if err != nil {
			return err
		}
		return pairNames(ctx, t, p.Tenant, p.CaseID, foldsOf(before), foldsOf(after))
	})
}

func savePerson(ctx context.Context, t *tx, p cases.Person) error {
	withheld := "[]"
	if len(p.WithheldFrom) > 0 {
		withheld = toJSON(p.WithheldFrom)
	}
	return t.must(ctx, fault.New(fault.Conflict, "この世帯員はほかのケースのものです。"),
		`INSERT INTO person (`+personColumns+`, fold) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)
		ON CONFLICT (tenant, id) DO UPDATE SET ord = excluded.ord, name = excluded.name, kana = excluded.kana, alias = excluded.alias,
			relation = excluded.relation, birth = excluded.birth, sex = excluded.sex, subject = excluded.subject,
			address_secret = excluded.address_secret, withheld_from = excluded.withheld_from,
			updated_at = excluded.updated_at, fold = excluded.fold
		WHERE person.case_id = excluded.case_id`,
		p.Tenant, p.ID, p.CaseID, p.Ord, p.Name, p.Kana, p.Alias, p.Relation, p.Birth, p.Sex, flag(p.Subject),
		flag(p.AddressSecret), withheld, micros(p.UpdatedAt), text.Fold(searchText(p)))
}

// membersOf reads current and former memberships in the order in which they were given.
func membersOf(ctx context.Context, t *tx, tenant, caseID string) (out []cases.Member, err error) {
	err = t.query(ctx, func(scan func(...any) error) error {
		m, err := scanMember(scan)
		out = append(out, m)
		return err
	}, `SELECT case_id, agency_id, since, ended_at, note FROM case_member WHERE tenant = $1 AND case_id = $2
		ORDER BY ord`, tenant, caseID)
	return out, err
}

func scanMember(scan func(...any) error) (m cases.Member, err error) {
	var since int64
	var ended nullInt
	err = scan(&m.CaseID, &m.AgencyID, &since, &ended, &m.Note)
	m.Since, m.Until = at(since), atPtr(ended)
	return m, err
}

// Members implements cases.Store.
func (s *Store) Members(ctx context.Context, sc access.Scope, caseID string) (out []cases.Member, err error) {
	err = s.read(ctx, func(t *tx) error {
		c, err := caseInScope(ctx, t, sc, caseID)
		if err != nil {
			return err
		}
		out, err = membersOf(ctx, t, c.Tenant, c.ID)
		return err
	})
	return out, err
}

// AddMember implements cases.Store.
func (s *Store) AddMember(ctx context.Context, tenant string, m cases.Member, e access.Entry) error {
	return s.changeAccess(ctx, tenant, m.CaseID, e, func(t *tx) error { return addMember(ctx, t, tenant, m) })
}

func addMember(ctx context.Context, t *tx, tenant string, m cases.Member) error {
	if err := agencyExists(ctx, t, tenant, m.AgencyID); err != nil {
		return err
	}
	// Counting on is safe: whoever comes here has made the case in this transaction, or locked it.
	return t.must(ctx, fault.New(fault.Conflict, "この機関はもうこのケースの構成員です。"),
		`INSERT INTO case_member (tenant, case_id, agency_id, since, ord, ended_at, note)
		SELECT $1, $2, $3, $4, COALESCE(MAX(m.ord), 0) + 1, CAST($5 AS BIGINT), $6 FROM case_member m
			WHERE m.tenant = $1 AND m.case_id = $2
		ON CONFLICT DO NOTHING`, tenant, m.CaseID, m.AgencyID, micros(m.Since), microsPtr(m.Until), m.Note)
}

// RemoveMember implements cases.Store.
func (s *Store) RemoveMember(ctx context.Context, tenant, caseID, agencyID string, until time.Time, e access.Entry) error {
	return s.changeAccess(ctx, tenant, caseID, e, func(t *tx) error {
		return t.must(ctx, fault.New(fault.NotFound, "この機関は今このケースの構成員ではありません。"),
			`UPDATE case_member SET ended_at = $1 WHERE tenant = $2 AND case_id = $3 AND agency_id = $4 AND ended_at IS NULL`,
			micros(until), tenant, caseID, agencyID)
	})
}

// Parties implements consent.Store.
func (s *Store) Parties(ctx context.Context, sc access.Scope, caseID string) (out []consent.Party, err error) {
	persons, err := s.Persons(ctx, sc, caseID)
	return parties(persons), err
}

func parties(persons []cases.Person) (out []consent.Party) {
	for _, p := range persons {
		out = append(out, consent.Party{PersonID: p.ID, Name: p.Name, Kana: p.Kana, Relation: p.Relation, Birth: p.Birth, Subject: p.Subject})
	}
	return out
}
