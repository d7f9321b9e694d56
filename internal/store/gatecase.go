package store

import (
	"context"
	"errors"

	"kasane/internal/cases"
	"kasane/internal/consent"
)

// GateCase implements cases.GateStore. It is read for every page, document and re-decision, so it takes only what decides, in three statements for
// hardly any case more: neither the sheets of the consents nor the names of the household.
func (s *Store) GateCase(ctx context.Context, tenant, caseID, agencyID, userID string) (g cases.GateCase, err error) {
	err = s.read(ctx, func(t *tx) error {
		g = cases.GateCase{}
		var all, current, bars, glasses, emergencies, taken int
		err := t.row(ctx, `SELECT
			(SELECT COUNT(*) FROM case_member WHERE tenant = $1 AND case_id = $2 AND agency_id = $3),
			(SELECT COUNT(*) FROM case_member WHERE tenant = $1 AND case_id = $2 AND agency_id = $3 AND ended_at IS NULL),
			(SELECT COUNT(*) FROM case_bar WHERE tenant = $1 AND case_id = $2 AND user_id = $4),
			(SELECT COUNT(*) FROM break_glass WHERE tenant = $1 AND case_id = $2 AND user_id = $4),
			(SELECT COUNT(*) FROM emergency_disclosure WHERE tenant = $1 AND case_id = $2),
			(SELECT COUNT(*) FROM consent_withdrawal w JOIN consent_record r ON r.tenant = w.tenant AND r.id = w.record_id WHERE r.tenant = $1 AND r.case_id = $2)
			FROM case_file WHERE tenant = $1 AND id = $2`, tenant, caseID, agencyID, userID).Scan(&all, &current, &bars, &glasses, &emergencies, &taken)
		if err != nil {
			return orMissing(err, noCase)
		}
		if err := gateSelf(ctx, t, &g, tenant, caseID, userID, selfCounts{all, current, bars, glasses}); err != nil {
			return err
		}
		if g.Persons, err = gatePersons(ctx, t, tenant, caseID); err != nil {
			return err
		}
		if emergencies > 0 {
			if g.Emergencies, err = emergenciesOf(ctx, t, tenant, caseID); err != nil {
				return err
			}
		}
		g.Records, err = gateRecords(ctx, t, tenant, caseID, taken > 0)
		return err
	})
	return g, err
}

// GateSelf implements cases.GateStore.
func (s *Store) GateSelf(ctx context.Context, tenant, caseID, agencyID, userID string) (g cases.GateCase, err error) {
	err = s.read(ctx, func(t *tx) error {
		g = cases.GateCase{}
		var all, current, bars, glasses int
		err := t.row(ctx, `SELECT
			(SELECT COUNT(*) FROM case_member WHERE tenant = $1 AND case_id = $2 AND agency_id = $3),
			(SELECT COUNT(*) FROM case_member WHERE tenant = $1 AND case_id = $2 AND agency_id = $3 AND ended_at IS NULL),
			(SELECT COUNT(*) FROM case_bar WHERE tenant = $1 AND case_id = $2 AND user_id = $4),
			(SELECT COUNT(*) FROM break_glass WHERE tenant = $1 AND case_id = $2 AND user_id = $4)
			FROM case_file WHERE tenant = $1 AND id = $2`, tenant, caseID, agencyID, userID).Scan(&all, &current, &bars, &glasses)
		if err != nil {
			return orMissing(err, noCase)
		}
		return gateSelf(ctx, t, &g, tenant, caseID, userID, selfCounts{all, current, bars, glasses})
	})
	return g, err
}

// selfCounts are how often the agency is among the members, now or ever, and how many rows there are of the user.
type selfCounts struct{ all, current, bars, glasses int }

func gateSelf(ctx context.Context, t *tx, g *cases.GateCase, tenant, caseID, userID string, n selfCounts) (err error) {
	g.Member, g.Removed = n.current > 0, n.all > 0 && n.current == 0
	g.Barred = userID != "" && n.bars > 0
	if userID != "" && n.glasses > 0 { // for hardly anybody ever
		g.Glasses, err = glassesOf(ctx, t, tenant, caseID, userID)
	}
	return err
}

func gatePersons(ctx context.Context, t *tx, tenant, caseID string) (out []cases.GatePerson, err error) {
	err = t.query(ctx, func(scan func(...any) error) error {
		var p cases.GatePerson
		var withheld string
		if err := scan(&p.ID, &p.Subject, &p.AddressSecret, &withheld); err != nil {
			return err
		}
		out = append(out, p)
		return listFromJSON(withheld, &out[len(out)-1].WithheldFrom)
	}, `SELECT id, subject, address_secret, withheld_from FROM person WHERE tenant = $1 AND case_id = $2 ORDER BY ord, id`, tenant, caseID)
	return out, err
}

// gateRecords reads of the consents of a case their consent.Record.Terms, oldest first.
func gateRecords(ctx context.Context, t *tx, tenant, caseID string, taken bool) (out []consent.Record, err error) {
	byID := map[string]int{}
	err = t.query(ctx, func(scan func(...any) error) error {
		var r consent.Record
		var state, purposes, scope, others string
		var from, until, recorded int64
		if err := scan(&r.ID, &r.PersonID, &r.Number, &state, &purposes, &scope, &others, &from, &until, &recorded); err != nil {
			return err
		}
		r.Tenant, r.CaseID, r.State = tenant, caseID, consent.State(state)
		r.From, r.Until, r.RecordedAt = at(from), at(until), at(recorded)
		if err := errors.Join(listFromJSON(purposes, &r.Purposes), fromJSON(scope, &r.Scope), listFromJSON(others, &r.Others)); err != nil {
			return err
		}
		byID[r.ID] = len(out)
		out = append(out, r)
		return nil
	}, `SELECT r.id, r.person_id, r.number, r.state, r.purposes, r.scope, r.others, r.valid_from, r.valid_until, r.recorded_at
		FROM consent_record r WHERE r.tenant = $1 AND r.case_id = $2 ORDER BY r.recorded_at, r.id`, tenant, caseID)
	if err != nil || !taken {
		return out, err
	}
	err = t.query(ctx, func(scan func(...any) error) error {
		var w consent.Withdrawal
		var us int64
		var agencies, items string
		if err := scan(&w.ID, &w.RecordID, &us, &agencies, &items); err != nil {
			return err
		}
		w.At = at(us)
		if err := errors.Join(listFromJSON(agencies, &w.Agencies), listFromJSON(items, &w.Items)); err != nil {
			return err
		}
		i := byID[w.RecordID]
		out[i].Withdrawals = append(out[i].Withdrawals, w)
		return nil
	}, `SELECT w.id, w.record_id, w.at, w.agencies, w.items
		FROM consent_withdrawal w JOIN consent_record r ON r.tenant = w.tenant AND r.id = w.record_id
		WHERE r.tenant = $1 AND r.case_id = $2 ORDER BY w.at, w.id`, tenant, caseID)
	return out, err
}

// listFromJSON is fromJSON for a list that is mostly empty.
func listFromJSON[T any](s string, out *[]T) error {
	if s == "[]" {
		return nil
	}
	return fromJSON(s, out)
}
