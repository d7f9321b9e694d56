package store

import (
	"context"
	"errors"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
)

const emergencyColumns = `x.tenant, x.id, x.case_id, x.agency_id, x.persons, x.items, x.basis, x.reason, x.by_user, x.by_name, x.at, x.until, x.confirmed_by, x.confirmed_name,
	x.confirmed_at, x.ended_by, x.ended_at`

func scanEmergency(scan func(...any) error, more ...any) (x consent.Emergency, err error) {
	var persons, items, basis string
	var began, until int64
	var confirmed, ended nullInt
	if err := scan(append([]any{&x.Tenant, &x.ID, &x.CaseID, &x.AgencyID, &persons, &items, &basis, &x.Reason, &x.By, &x.ByName, &began, &until, &x.ConfirmedBy, &x.ConfirmedName,
		&confirmed, &x.EndedBy, &ended}, more...)...); err != nil {
		return x, err
	}
	x.Basis, x.At, x.Until, x.ConfirmedAt, x.EndedAt = consent.Basis(basis), at(began), at(until), atPtr(confirmed), atPtr(ended)
	return x, errors.Join(fromJSON(persons, &x.Persons), fromJSON(items, &x.Items))
}

// emergenciesOf reads those of a case, oldest first.
func emergenciesOf(ctx context.Context, t *tx, tenant, caseID string) (out []consent.Emergency, err error) {
	err = t.query(ctx, func(scan func(...any) error) error {
		x, err := scanEmergency(scan)
		out = append(out, x)
		return err
	}, `SELECT `+emergencyColumns+` FROM emergency_disclosure x WHERE x.tenant = $1 AND x.case_id = $2 ORDER BY x.at, x.id`, tenant, caseID)
	return out, err
}

// InsertEmergency implements consent.Store.
func (s *Store) InsertEmergency(ctx context.Context, x consent.Emergency, e access.Entry) error {
	return s.changeAccess(ctx, x.Tenant, x.CaseID, e, func(t *tx) error {
		var one int
		err := t.row(ctx, `SELECT 1 FROM case_member WHERE tenant = $1 AND case_id = $2 AND agency_id = $3 AND ended_at IS NULL`, x.Tenant, x.CaseID, x.AgencyID).Scan(&one)
		if err != nil {
			return orMissing(err, fault.New(fault.Invalid, "このケースに関わる機関として登録されていません。先に関わる機関に加えてください。").On("agencyId"))
		}
		_, err = t.exec(ctx, `INSERT INTO emergency_disclosure (`+strings.ReplaceAll(emergencyColumns, "x.", "")+`)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17)`,
			x.Tenant, x.ID, x.CaseID, x.AgencyID, listJSON(x.Persons), listJSON(x.Items), string(x.Basis), x.Reason, x.By, x.ByName, micros(x.At), micros(x.Until),
			x.ConfirmedBy, x.ConfirmedName, microsPtr(x.ConfirmedAt), x.EndedBy, microsPtr(x.EndedAt))
		return err
	})
}

// UpdateEmergency implements consent.Store.
func (s *Store) UpdateEmergency(ctx context.Context, x consent.Emergency, e access.Entry) error {
	return s.changeAccess(ctx, x.Tenant, x.CaseID, e, func(t *tx) error {
		return t.must(ctx, fault.New(fault.Conflict, "この緊急開示は、ほかの人が先に確認したか終わらせました。"), `UPDATE emergency_disclosure
			SET confirmed_by = $1, confirmed_name = $2, confirmed_at = $3, ended_by = $4, ended_at = $5
			WHERE tenant = $6 AND id = $7 AND ended_at IS NULL AND (confirmed_at IS NULL OR confirmed_at = $3)`,
			x.ConfirmedBy, x.ConfirmedName, microsPtr(x.ConfirmedAt), x.EndedBy, microsPtr(x.EndedAt), x.Tenant, x.ID)
	})
}

// Emergency implements consent.Store.
func (s *Store) Emergency(ctx context.Context, sc access.Scope, id string) (x consent.Emergency, err error) {
	err = s.read(ctx, func(t *tx) error {
		var p params
		where := holderScope(sc, &p, "x.tenant") + unbarred(sc, &p, "x.tenant", "x.case_id") + ` AND x.id = ` + p.add(id)
		x, err = scanEmergency(t.row(ctx, `SELECT `+emergencyColumns+` FROM emergency_disclosure x WHERE `+where, p.v...).Scan)
		return orMissing(err, fault.New(fault.NotFound, "緊急開示の記録が見つかりません。"))
	})
	return x, err
}

// emergencyMost bounds a list; a municipality that has more in a month has another problem.
const emergencyMost = 1000

// Emergencies implements consent.Store.
func (s *Store) Emergencies(ctx context.Context, sc access.Scope, caseID string, from, to time.Time) (out []consent.Emergency, err error) {
	var p params
	var where string
	if caseID == "" {
		where = glassScope(sc, &p, "x.tenant", "x.case_id")
	} else {
		where = holderScope(sc, &p, "x.tenant") + unbarred(sc, &p, "x.tenant", "x.case_id") + ` AND x.case_id = ` + p.add(caseID)
	}
	where += ` AND x.at >= ` + p.add(micros(from)) + ` AND x.at < ` + p.add(micros(to))
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var number, agency string
		x, err := scanEmergency(scan, &number, &agency)
		x.Number, x.Agency = number, agency
		out = append(out, x)
		return err
	}, `SELECT `+emergencyColumns+`, c.number, COALESCE(a.name, '') FROM emergency_disclosure x JOIN case_file c ON c.tenant = x.tenant AND c.id = x.case_id
		LEFT JOIN agency a ON a.tenant = x.tenant AND a.id = x.agency_id WHERE `+where+` ORDER BY x.at DESC, x.id LIMIT `+p.add(emergencyMost), p.v...)
	return out, s.classify(err)
}
