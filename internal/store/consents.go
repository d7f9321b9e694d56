package store

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/desk"
	"kasane/internal/fault"
	"kasane/internal/meeting"
)

const consentColumns = `r.tenant, r.id, r.case_id, r.person_id, r.number, r.state, r.grantor, r.grantor_name, r.grantor_note, r.grantor_doc, r.purposes,
	r.purpose_note, r.scope, r.others, r.sources, r.forms, r.valid_from, r.valid_until, r.method, r.method_note, r.explained_by, r.explained_at, r.explain_how, r.evidence_file, r.evidence_sha256,
	r.signature, r.copy_given_at, r.form_version, r.form_hash, r.recorded_by, r.recorded_at, r.details, r.renews`

func scanConsent(scan func(...any) error) (r consent.Record, err error) {
	var state, grantor, purposes, scope, others, sources, forms, method, signature, details string
	var from, until, explained, recorded int64
	var given nullInt
	if err := scan(&r.Tenant, &r.ID, &r.CaseID, &r.PersonID, &r.Number, &state, &grantor, &r.GrantorName, &r.GrantorNote, &r.GrantorDoc,
		&purposes, &r.PurposeNote, &scope, &others, &sources, &forms, &from, &until, &method, &r.MethodNote, &r.ExplainedBy, &explained, &r.ExplainHow, &r.EvidenceFile, &r.EvidenceSHA256,
		&signature, &given, &r.FormVersion, &r.FormHash, &r.RecordedBy, &recorded, &details, &r.Renews); err != nil {
		return r, err
	}
	r.State, r.Grantor, r.Method = consent.State(state), consent.Grantor(grantor), consent.Method(method)
	r.From, r.Until, r.ExplainedAt, r.RecordedAt = at(from), at(until), at(explained), at(recorded)
	r.CopyGivenAt = atPtr(given)
	if signature != "" {
		r.Signature = json.RawMessage(signature)
	}
	return r, errors.Join(fromJSON(purposes, &r.Purposes), fromJSON(scope, &r.Scope), fromJSON(others, &r.Others),
		fromJSON(sources, &r.Sources), fromJSON(forms, &r.Forms), fromJSON(details, &r.Details))
}

// InsertConsent implements consent.Store.
func (s *Store) InsertConsent(ctx context.Context, r consent.Record, shown consent.FormText, e access.Entry) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		if err := lockCase(ctx, t, r.Tenant, r.CaseID); err != nil {
			return err
		}
		var one int
		err := t.row(ctx, `SELECT 1 FROM person WHERE tenant = $1 AND id = $2 AND case_id = $3`, r.Tenant, r.PersonID, r.CaseID).Scan(&one)
		if err != nil {
			return orMissing(err, fault.New(fault.NotFound, "この世帯員はこのケースにいません。"))
		}
		k := consent.KeptText{Hash: shown.Hash(), Text: shown, KeptAt: r.RecordedAt}
		if _, err := keepText(ctx, t, r.Tenant, k); err != nil {
			return err
		}
		taken := "この同意書番号はもう使われています。もう一度お試しください。"
		if r.Renews != "" {
			taken = "この同意書はすでに更新されています。画面を更新して、新しい記録を確かめてください。"
		}
		if err := t.must(ctx, fault.New(fault.Conflict, taken),
			`INSERT INTO consent_record (`+strings.ReplaceAll(consentColumns, "r.", "")+`)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27,$28,$29,$30,$31,$32,$33) ON CONFLICT DO NOTHING`,
			r.Tenant, r.ID, r.CaseID, r.PersonID, r.Number, string(r.State), string(r.Grantor), r.GrantorName, r.GrantorNote, r.GrantorDoc,
			listJSON(r.Purposes), r.PurposeNote, toJSON(r.Scope), listJSON(r.Others), listJSON(r.Sources), listJSON(r.Forms), micros(r.From), micros(r.Until), string(r.Method), r.MethodNote, r.ExplainedBy,
			micros(r.ExplainedAt), r.ExplainHow, r.EvidenceFile, r.EvidenceSHA256, string(r.Signature), microsPtr(r.CopyGivenAt), r.FormVersion, r.FormHash,
			r.RecordedBy, micros(r.RecordedAt), toJSON(r.Details), r.Renews); err != nil {
			return err
		}
		if err := bumpPerson(ctx, t, r.Tenant, r.CaseID, r.PersonID); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// Withdraw implements consent.Store. The notes take their meetings first, as every change of a meeting does.
func (s *Store) Withdraw(ctx context.Context, tenant string, w consent.Withdrawal, notes []consent.Note, e access.Entry) error {
	missing := fault.New(fault.NotFound, "同意の記録が見つかりません。")
	notes = slices.Clone(notes)
	slices.SortStableFunc(notes, func(a, b consent.Note) int { return strings.Compare(a.MeetingID, b.MeetingID) })
	return s.lockingWrite(ctx, func(t *tx) error {
		var caseID, personID string
		err := t.row(ctx, `SELECT case_id, person_id FROM consent_record WHERE tenant = $1 AND id = $2`, tenant, w.RecordID).Scan(&caseID, &personID)
		if err != nil {
			return orMissing(err, missing)
		}
		for _, n := range notes {
			if err := noteMeeting(ctx, t, tenant, n); err != nil {
				return err
			}
		}
		if err := lockCase(ctx, t, tenant, caseID); err != nil {
			return err
		}
		if err := allNoted(ctx, t, tenant, caseID, notes); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `INSERT INTO consent_withdrawal (tenant, id, record_id, at, by_user, by_name, agencies, items, note, received_by, how, told,
			evidence_file, evidence_sha256) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)`, tenant, w.ID, w.RecordID, micros(w.At), w.By, w.ByName,
			listJSON(w.Agencies), listJSON(w.Items), w.Note, w.ReceivedBy, string(w.How), listJSON(w.Told), w.EvidenceFile, w.EvidenceSHA256); err != nil {
			return err
		}
		if err := bumpPerson(ctx, t, tenant, caseID, personID); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// allNoted refuses a withdrawal that a running meeting would not tell of, because it began after the notes were made. Beginning takes the
// lock of the case, which the caller holds: what begins later begins after the withdrawal.
func allNoted(ctx context.Context, t *tx, tenant, caseID string, notes []consent.Note) error {
	missed := false
	err := t.query(ctx, func(scan func(...any) error) error {
		var id, status string
		err := scan(&id, &status)
		noted := slices.ContainsFunc(notes, func(n consent.Note) bool { return n.MeetingID == id })
		missed = missed || meeting.Status(status).Running() && !noted
		return err
	}, `SELECT id, status FROM meeting WHERE tenant = $1 AND case_id = $2`, tenant, caseID)
	if err == nil && missed {
		return fault.New(fault.Conflict, "ちょうど会議の受付が始まりました。もう一度、撤回を記録してください。")
	}
	return err
}

// noteMeeting appends one event to a meeting: raising its seq takes its lock.
func noteMeeting(ctx context.Context, t *tx, tenant string, n consent.Note) error {
	var seq int64
	err := t.row(ctx, `UPDATE meeting SET seq = seq + 1 WHERE tenant = $1 AND id = $2 RETURNING seq`, tenant, n.MeetingID).Scan(&seq)
	if err != nil {
		return orMissing(err, fault.New(fault.NotFound, "会議が見つかりません。"))
	}
	_, err = t.exec(ctx, `INSERT INTO meeting_event (tenant, meeting_id, seq, kind, at, actor_id, actor_name, actor_post, agency_id, agency_name, data)
		VALUES ($1,$2,$3,$4,$5,$6,$7,'',$8,$9,$10)`, tenant, n.MeetingID, seq, n.Kind, micros(n.At), n.ActorID, n.ActorName,
		n.AgencyID, n.AgencyName, rawJSON(n.Data))
	return err
}

// bumpPerson raises the access version of the documents of one person and of the household.
func bumpPerson(ctx context.Context, t *tx, tenant, caseID, personID string) error {
	ids, err := docIDs(ctx, t, `d.tenant = $1 AND d.case_id = $2 AND d.person_id IN ($3, '')`, tenant, caseID, personID)
	if err != nil {
		return err
	}
	return bumpDocs(ctx, t, tenant, ids)
}

// consentsOf reads the records of a case with their withdrawals, oldest first.
func consentsOf(ctx context.Context, t *tx, tenant, caseID string) (out []consent.Record, err error) {
	byID := map[string]int{}
	err = t.query(ctx, func(scan func(...any) error) error {
		r, err := scanConsent(scan)
		byID[r.ID] = len(out)
		out = append(out, r)
		return err
	}, `SELECT `+consentColumns+` FROM consent_record r WHERE r.tenant = $1 AND r.case_id = $2 ORDER BY r.recorded_at, r.id`, tenant, caseID)
	if err != nil {
		return nil, err
	}
	err = withdrawals(ctx, t, func(w consent.Withdrawal) error {
		i := byID[w.RecordID]
		out[i].Withdrawals = append(out[i].Withdrawals, w)
		return nil
	}, `r.tenant = $1 AND r.case_id = $2`, tenant, caseID)
	return out, err
}

func withdrawals(ctx context.Context, t *tx, add func(consent.Withdrawal) error, where string, args ...any) error {
	return t.query(ctx, func(scan func(...any) error) error {
		var w consent.Withdrawal
		var us int64
		var agencies, items, how, told string
		if err := scan(&w.ID, &w.RecordID, &us, &w.By, &w.ByName, &agencies, &items, &w.Note, &w.ReceivedBy, &how, &told, &w.EvidenceFile, &w.EvidenceSHA256); err != nil {
			return err
		}
		w.At, w.How = at(us), consent.Notice(how)
		if err := errors.Join(fromJSON(agencies, &w.Agencies), fromJSON(items, &w.Items), fromJSON(told, &w.Told)); err != nil {
			return err
		}
		return add(w)
	}, `SELECT w.id, w.record_id, w.at, w.by_user, w.by_name, w.agencies, w.items, w.note, w.received_by, w.how, w.told, w.evidence_file, w.evidence_sha256
		FROM consent_withdrawal w JOIN consent_record r ON r.tenant = w.tenant AND r.id = w.record_id
		WHERE `+where+` ORDER BY w.at, w.id`, args...)
}

// Consents implements consent.Store.
func (s *Store) Consents(ctx context.Context, sc access.Scope, caseID string) (out []consent.Record, err error) {
	err = s.read(ctx, func(t *tx) error {
		c, err := caseInScope(ctx, t, sc, caseID)
		if err != nil {
			return err
		}
		out, err = consentsOf(ctx, t, c.Tenant, c.ID)
		return err
	})
	return out, err
}

// Consent implements consent.Store.
func (s *Store) Consent(ctx context.Context, sc access.Scope, id string) (r consent.Record, err error) {
	err = s.read(ctx, func(t *tx) error {
		var p params
		where := caseScope(sc, &p, "r.tenant", "r.case_id") + ` AND r.id = ` + p.add(id)
		r, err = scanConsent(t.row(ctx, `SELECT `+consentColumns+` FROM consent_record r WHERE `+where, p.v...).Scan)
		if err != nil {
			return orMissing(err, fault.New(fault.NotFound, "同意の記録が見つかりません。"))
		}
		return withdrawals(ctx, t, func(w consent.Withdrawal) error { r.Withdrawals = append(r.Withdrawals, w); return nil },
			`r.tenant = $1 AND r.id = $2`, r.Tenant, r.ID)
	})
	return r, err
}

// EndingConsents implements consent.Store.
func (s *Store) EndingConsents(ctx context.Context, sc access.Scope, q consent.EndingQuery) (out []consent.CaseConsents, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = nil
		var p params
		where := caseScope(sc, &p, "r.tenant", "r.case_id") + ` AND r.state IN ('granted', 'partial') AND r.valid_until > ` + p.add(micros(q.From)) +
			` AND r.valid_until <= ` + p.add(micros(q.Until)) + ` AND c.stage NOT IN (` + p.add(string(cases.StageClosed)) + `, ` + p.add(string(cases.StageSuspended)) + `)`
		if err := t.query(ctx, func(scan func(...any) error) error {
			var c consent.CaseConsents
			err := scan(&c.CaseID, &c.CaseNumber)
			out = append(out, c)
			return err
		}, `SELECT DISTINCT c.id, c.number FROM consent_record r JOIN case_file c ON c.tenant = r.tenant AND c.id = r.case_id
			WHERE `+where+` ORDER BY c.number, c.id LIMIT `+p.add(q.Limit), p.v...); err != nil {
			return err
		}
		for i := range out {
			persons, err := personsOf(ctx, t, sc.Tenant, out[i].CaseID)
			if err != nil {
				return err
			}
			out[i].Parties = parties(persons)
			if out[i].Records, err = consentsOf(ctx, t, sc.Tenant, out[i].CaseID); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// ConsentCase implements desk.Store.
func (s *Store) ConsentCase(ctx context.Context, sc access.Scope, caseID string) (c desk.Case, err error) {
	err = s.read(ctx, func(t *tx) error {
		c = desk.Case{}
		row, err := caseInScope(ctx, t, sc, caseID)
		if err != nil {
			return err
		}
		c.Number = row.Number
		if err := t.row(ctx, `SELECT name, code FROM municipality WHERE id = $1`, row.Tenant).Scan(&c.Municipality, &c.MunicipalityCode); err != nil {
			return err
		}
		return t.query(ctx, func(scan func(...any) error) error {
			var a desk.Agency
			err := scan(&a.ID, &a.Name)
			c.Members = append(c.Members, a)
			return err
		}, `SELECT a.id, a.name FROM case_member m JOIN agency a ON a.tenant = m.tenant AND a.id = m.agency_id
			WHERE m.tenant = $1 AND m.case_id = $2 AND m.ended_at IS NULL ORDER BY m.ord, a.id`, row.Tenant, row.ID)
	})
	return c, err
}
