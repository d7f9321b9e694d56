package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/fault"
	"kasane/internal/intake"
	"kasane/internal/plans"
)

const intakeColumns = `i.tenant, i.id, i.case_id, i.person_id, i.agency_id, i.agency_name, i.by_user, i.by_name, i.at, i.asker, i.asker_name, i.asker_relation,
	i.name, i.kana, i.birth, i.route, i.age_band, i.district, i.contact, i.trouble, i.fields, i.urgency, i.danger, i.consent, i.triage, i.note, i.triage_by,
	i.triage_name, i.triage_at`

func scanIntake(scan func(...any) error, more ...any) (r intake.Record, err error) {
	var when, decided int64
	var asker, fields, consented, triage string
	if err := scan(append([]any{&r.Tenant, &r.ID, &r.CaseID, &r.PersonID, &r.AgencyID, &r.AgencyName, &r.ByID, &r.ByName, &when, &asker, &r.AskerName, &r.AskerRelation,
		&r.Name, &r.Kana, &r.Birth, &r.Route, &r.AgeBand, &r.District, &r.Contact, &r.Trouble, &fields, &r.Urgency, &r.Danger, &consented, &triage, &r.Note, &r.TriageBy,
		&r.TriageName, &decided}, more...)...); err != nil {
		return r, err
	}
	r.At, r.Asker, r.Consent, r.Triage, r.TriageAt = at(when), intake.Asker(asker), intake.Consent(consented), intake.Triage(triage), at(decided)
	return r, fromJSON(fields, &r.Fields)
}

// TakeIn implements intake.Store.
func (s *Store) TakeIn(ctx context.Context, in intake.Taken, e access.Entry) (r intake.Record, made bool, err error) {
	err = s.lockingWrite(ctx, func(t *tx) error {
		made = false
		have, taken, err := intakeBy(ctx, t, `i.tenant = $1 AND i.id = $2`, in.Record.Tenant, in.Record.ID)
		if err != nil || taken {
			r = have
			return err
		}
		if err := openTaken(ctx, t, in, e); err != nil {
			return err
		}
		r, made = in.Record, true
		return t.audit(ctx, e)
	})
	if err != nil && s.d.class(err) == classUnique { // sent twice at the same moment: the other one was first
		var have bool
		if r, have, err = s.IntakeByID(ctx, in.Record.Tenant, in.Record.ID); err == nil && !have {
			err = fault.New(fault.Conflict, "このケースIDはもう使われています。もう一度お試しください。")
		}
		return r, false, err
	}
	if made {
		for _, d := range in.Docs {
			s.written.add(d.Meta.Tenant, s.clock(), d.Meta.ID)
		}
	}
	return r, made, err
}

// openTaken writes a case that was taken in. The record comes first: whoever sends the same a second time waits for it.
func openTaken(ctx context.Context, t *tx, in intake.Taken, e access.Entry) error {
	c, r := in.Case, in.Record
	var ended any
	if in.End != nil {
		ended = micros(in.End.At)
	}
	if _, err := t.exec(ctx, `INSERT INTO case_file (tenant, id, number, stage, version, opened_at, opened_by, updated_at, access_seq, ended_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,0,CAST($9 AS BIGINT))`, c.Tenant, c.ID, c.Number, string(c.Stage), c.Version, micros(c.OpenedAt), c.OpenedBy, micros(c.UpdatedAt), ended); err != nil {
		return err
	}
	if err := addStep(ctx, t, c.Tenant, c.ID, cases.StageReceived, c.OpenedAt); err != nil {
		return err
	}
	if err := addStep(ctx, t, c.Tenant, c.ID, c.Stage, c.UpdatedAt); err != nil {
		return err
	}
	if _, err := t.exec(ctx, `INSERT INTO intake (tenant, id, case_id, person_id, agency_id, agency_name, by_user, by_name, at, asker, asker_name, asker_relation, name, kana,
		birth, route, age_band, district, contact, trouble, fields, urgency, danger, consent, triage, note, triage_by, triage_name, triage_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27,$28,$29)`,
		c.Tenant, r.ID, c.ID, r.PersonID, r.AgencyID, r.AgencyName, r.ByID, r.ByName, micros(r.At), string(r.Asker), r.AskerName, r.AskerRelation, r.Name, r.Kana,
		r.Birth, r.Route, r.AgeBand, r.District, r.Contact, r.Trouble, listJSON(r.Fields), r.Urgency, flag(r.Danger), string(r.Consent), string(r.Triage), r.Note, r.TriageBy,
		r.TriageName, micros(r.TriageAt)); err != nil {
		return err
	}
	if err := savePerson(ctx, t, in.Person); err != nil {
		return err
	}
	if err := pairNames(ctx, t, c.Tenant, c.ID, nil, foldsOf([]cases.Person{in.Person})); err != nil {
		return err
	}
	if err := addMember(ctx, t, c.Tenant, in.Member); err != nil {
		return err
	}
	docs := make([]plans.NewDoc, 0, len(in.Docs))
	for _, d := range in.Docs {
		docs = append(docs, plans.NewDoc(d))
	}
	if err := firstUpdates(ctx, t, docs, e); err != nil {
		return err
	}
	if in.End != nil {
		return insertEnd(ctx, t, c.Tenant, *in.End)
	}
	return nil
}

func intakeBy(ctx context.Context, t *tx, where string, args ...any) (intake.Record, bool, error) {
	r, err := scanIntake(t.row(ctx, `SELECT `+intakeColumns+` FROM intake i WHERE `+where, args...).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return intake.Record{}, false, nil
	}
	return r, err == nil, err
}

// IntakeByID implements intake.Store.
func (s *Store) IntakeByID(ctx context.Context, tenant, id string) (r intake.Record, ok bool, err error) {
	err = s.read(ctx, func(t *tx) error {
		r, ok, err = intakeBy(ctx, t, `i.tenant = $1 AND i.id = $2`, tenant, id)
		return err
	})
	return r, ok, err
}

// IntakeOf implements intake.Store.
func (s *Store) IntakeOf(ctx context.Context, sc access.Scope, caseID string) (r intake.Record, ok bool, err error) {
	err = s.read(ctx, func(t *tx) error {
		if _, err := caseInScope(ctx, t, sc, caseID); err != nil {
			return err
		}
		r, ok, err = intakeBy(ctx, t, `i.tenant = $1 AND i.case_id = $2`, sc.Tenant, caseID)
		return err
	})
	return r, ok, err
}

// Intakes implements intake.Store.
func (s *Store) Intakes(ctx context.Context, sc access.Scope, q intake.Query) (out []intake.Listed, err error) {
	var p params
	where := caseScope(sc, &p, "i.tenant", "i.case_id")
	if q.AgencyID != "" {
		where += ` AND i.agency_id = ` + p.add(q.AgencyID)
	}
	if q.Triage != "" {
		where += ` AND i.triage = ` + p.add(string(q.Triage))
	}
	if q.Reader != "" {
		where += ` AND ` + s.d.position + `(pe.withheld_from, ` + p.add(`"`+q.Reader+`"`) + `) = 0`
	}
	if q.After.ID != "" {
		where += ` AND (i.at, i.id) < (` + p.add(micros(q.After.At)) + `, ` + p.add(q.After.ID) + `)`
	}
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var l intake.Listed
		var stage string
		l.Record, err = scanIntake(scan, &l.CaseNumber, &stage)
		l.Stage = cases.Stage(stage)
		out = append(out, l)
		return err
	}, `SELECT `+intakeColumns+`, c.number, c.stage FROM intake i
		JOIN case_file c ON c.tenant = i.tenant AND c.id = i.case_id JOIN person pe ON pe.tenant = i.tenant AND pe.id = i.person_id
		WHERE `+where+` ORDER BY i.at DESC, i.id DESC LIMIT `+p.add(q.Limit), p.v...)
	return out, s.classify(err)
}

// SetTriage implements intake.Store.
func (s *Store) SetTriage(ctx context.Context, r intake.Record, was intake.Triage, c cases.Case, end *cases.End, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if err := t.must(ctx, fault.New(fault.Conflict, "ほかの人が先に判断を変えました。画面を更新してください。"),
			`UPDATE intake SET triage = $1, note = $2, triage_by = $3, triage_name = $4, triage_at = $5 WHERE tenant = $6 AND id = $7 AND triage = $8`,
			string(r.Triage), r.Note, r.TriageBy, r.TriageName, micros(r.TriageAt), r.Tenant, r.ID, string(was)); err != nil {
			return err
		}
		if end != nil {
			if err := endAtCounter(ctx, t, c, *end); err != nil {
				return err
			}
		}
		return t.audit(ctx, e)
	})
}

// endAtCounter ends a case whose 相談 needed no more than information.
func endAtCounter(ctx context.Context, t *tx, c cases.Case, end cases.End) error {
	x := cases.Step{Version: c.Version + 1, From: c.Stage, To: cases.StageClosed, At: end.At, ByID: end.By, ByName: end.ByName, Reason: end.Reason}
	c.Stage, c.UpdatedAt = cases.StageClosed, end.At
	if err := updateCase(ctx, t, c); err != nil {
		return err
	}
	if err := insertStep(ctx, t, c.Tenant, c.ID, x); err != nil {
		return err
	}
	return insertEnd(ctx, t, c.Tenant, end)
}

func insertEnd(ctx context.Context, t *tx, tenant string, end cases.End) error {
	_, err := t.exec(ctx, `INSERT INTO case_end (tenant, id, case_id, at, by_user, by_name, lead_id, reason) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
		tenant, end.ID, end.CaseID, micros(end.At), end.By, end.ByName, end.LeadID, end.Reason)
	return err
}

// Known implements intake.Store: three statements, none of which depends on a name.
func (s *Store) Known(ctx context.Context, sc access.Scope, limit int) (out []intake.Known, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = nil
		var p params
		where := caseScope(sc, &p, "c.tenant", "c.id")
		place := map[string]int{}
		var ids []string
		err := t.query(ctx, func(scan func(...any) error) error {
			c, err := scanCase(scan)
			place[c.ID], ids = len(out), append(ids, c.ID)
			out = append(out, intake.Known{Case: c})
			return err
		}, `SELECT `+caseColumns+` FROM case_file c WHERE `+where+` ORDER BY c.number DESC LIMIT `+p.add(limit), p.v...)
		if err != nil {
			return err
		}
		for chunk := range slices.Chunk(ids, 200) {
			q := params{v: []any{sc.Tenant}}
			in := ""
			for i, id := range chunk {
				if i > 0 {
					in += ", "
				}
				in += q.add(id)
			}
			if err := t.query(ctx, func(scan func(...any) error) error {
				x, err := scanPerson(scan)
				if err == nil {
					k := &out[place[x.CaseID]]
					k.Persons = append(k.Persons, x)
				}
				return err
			}, `SELECT `+personColumns+` FROM person WHERE tenant = $1 AND case_id IN (`+in+`) ORDER BY case_id, ord, id`, q.v...); err != nil {
				return err
			}
			if err := t.query(ctx, func(scan func(...any) error) error {
				r, err := scanIntake(scan)
				if err == nil {
					out[place[r.CaseID]].Intake = &r
				}
				return err
			}, `SELECT `+intakeColumns+` FROM intake i WHERE i.tenant = $1 AND i.case_id IN (`+in+`)`, q.v...); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}
