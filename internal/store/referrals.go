package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/intake"
	"kasane/internal/webhooks"
)

var noReferral = fault.New(fault.NotFound, "このつなぎは見つかりません。取り下げられたか、見る権限がない可能性があります。")

// referralScope is the condition on つなぎ, alias f: those of cases in scope, and for an agency those that came to it, but not what it accepted in a case it
// is no longer of. What a user is barred from is in neither.
func referralScope(s access.Scope, p *params) string {
	inside := caseScope(s, p, "f.tenant", "f.case_id")
	if s.Tenant == "" || s.AgencyID == "" {
		return inside
	}
	came := `f.tenant = ` + p.add(s.Tenant) + ` AND f.to_agency = ` + p.add(s.AgencyID) + ` AND f.state <> ` + p.add(string(intake.StateAccepted)) + unbarred(s, p, "f.tenant", "f.case_id")
	return `((` + inside + `) OR (` + came + `))`
}

// AddReferral implements intake.Referrals.
func (s *Store) AddReferral(ctx context.Context, r intake.Referral, e access.Entry) (made bool, err error) {
	err = s.write(ctx, func(t *tx) error {
		made = false
		if _, err := caseInScope(ctx, t, access.Scope{Tenant: r.Tenant, All: true}, r.CaseID); err != nil {
			return err
		}
		var one int
		err := t.row(ctx, `SELECT 1 FROM referral WHERE tenant = $1 AND id = $2`, r.Tenant, r.ID).Scan(&one)
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if err := t.must(ctx, fault.New(fault.Conflict, r.ToName+"には、返事を待っているつなぎがあります。取り下げてから、あらためて送ってください。").On("to"),
			`INSERT INTO referral (tenant, id, case_id, from_agency, from_name, to_agency, to_name, reason, wish_on, parts, by_user, by_name, by_post, at, state)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15) ON CONFLICT DO NOTHING`,
			r.Tenant, r.ID, r.CaseID, r.From, r.FromName, r.To, r.ToName, r.Reason, r.Wish, listJSON(r.Parts), r.ByID, r.ByName, r.ByPost, micros(r.At),
			string(intake.StateAsked)); err != nil {
			return err
		}
		made = true
		if err := t.tell(ctx, referralEvent(webhooks.KindReferral, r, r.At)); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
	return made, err
}

// referralEvent is what is told of a つなぎ: to who sent it and to whom it goes, beside the agencies of the case.
func referralEvent(k webhooks.Kind, r intake.Referral, when time.Time) webhooks.Event {
	return webhooks.Event{Tenant: r.Tenant, Kind: k, At: when, CaseID: r.CaseID, Target: r.ID, Parties: []string{r.From, r.To}}
}

const referralColumns = `f.tenant, f.id, f.case_id, c.number, f.from_agency, f.from_name, f.to_agency, f.to_name, f.reason, f.wish_on, f.parts, f.by_user, f.by_name, f.by_post,
	f.at, f.state`

func scanReferral(scan func(...any) error) (r intake.Referral, err error) {
	var when int64
	var parts, state string
	if err := scan(&r.Tenant, &r.ID, &r.CaseID, &r.CaseNumber, &r.From, &r.FromName, &r.To, &r.ToName, &r.Reason, &r.Wish, &parts, &r.ByID, &r.ByName, &r.ByPost, &when,
		&state); err != nil {
		return r, err
	}
	r.At, r.State, r.Answers = at(when), intake.ReferralState(state), []intake.Answer{}
	return r, fromJSON(parts, &r.Parts)
}

// Referrals implements intake.Referrals.
func (s *Store) Referrals(ctx context.Context, sc access.Scope, q intake.ReferralQuery) (out []intake.Referral, err error) {
	err = s.read(ctx, func(t *tx) error {
		var p params
		where := referralScope(sc, &p)
		if q.CaseID != "" {
			where += ` AND f.case_id = ` + p.add(q.CaseID)
		}
		if q.AgencyID != "" {
			agency := p.add(q.AgencyID)
			where += ` AND (f.to_agency = ` + agency + ` OR f.from_agency = ` + agency + `)`
		}
		if q.Open {
			where += ` AND f.state IN (` + p.add(string(intake.StateAsked)) + `, ` + p.add(string(intake.StateChecking)) + `)`
		}
		out, err = referralsOf(ctx, t, where+` ORDER BY f.at DESC, f.id DESC LIMIT `+p.add(q.Limit), p.v)
		return err
	})
	return out, err
}

// Referral implements intake.Referrals.
func (s *Store) Referral(ctx context.Context, sc access.Scope, id string) (r intake.Referral, err error) {
	err = s.read(ctx, func(t *tx) error {
		var p params
		list, err := referralsOf(ctx, t, referralScope(sc, &p)+` AND f.id = `+p.add(id), p.v)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return noReferral
		}
		r = list[0]
		return nil
	})
	return r, err
}

// referralsOf reads つなぎ with their answers.
func referralsOf(ctx context.Context, t *tx, rest string, args []any) (out []intake.Referral, err error) {
	place := map[string]int{}
	var p params
	ids := ""
	err = t.query(ctx, func(scan func(...any) error) error {
		r, err := scanReferral(scan)
		if len(out) == 0 {
			p.add(r.Tenant)
		} else {
			ids += ", "
		}
		ids += p.add(r.ID)
		place[r.ID] = len(out)
		out = append(out, r)
		return err
	}, `SELECT `+referralColumns+` FROM referral f JOIN case_file c ON c.tenant = f.tenant AND c.id = f.case_id WHERE `+rest, args...)
	if err != nil || len(out) == 0 {
		return out, err
	}
	err = t.query(ctx, func(scan func(...any) error) error {
		var a intake.Answer
		var word string
		var when int64
		err := scan(&a.Tenant, &a.ID, &a.ReferralID, &word, &a.Reason, &a.Due, &a.UserID, &a.UserName, &a.UserPost, &a.AgencyID, &a.AgencyName, &when)
		a.Word, a.At = intake.Word(word), at(when)
		r := &out[place[a.ReferralID]]
		r.Answers = append(r.Answers, a)
		return err
	}, `SELECT tenant, id, referral_id, answer, reason, due, user_id, user_name, user_post, agency_id, agency_name, at FROM referral_answer
		WHERE tenant = $1 AND referral_id IN (`+ids+`) ORDER BY at, id`, p.v...)
	return out, err
}

// AnswerReferral implements intake.Referrals.
func (s *Store) AnswerReferral(ctx context.Context, r intake.Referral, a intake.Answer, e access.Entry) error {
	answer := func(t *tx) error {
		if err := t.must(ctx, fault.New(fault.Conflict, "このつなぎには、すでに返事がされています。画面を更新してください。"),
			`UPDATE referral SET state = $1 WHERE tenant = $2 AND id = $3 AND state IN ($4, $5)`,
			string(a.Word.State()), r.Tenant, r.ID, string(intake.StateAsked), string(intake.StateChecking)); err != nil {
			return err
		}
		_, err := t.exec(ctx, `INSERT INTO referral_answer (tenant, id, referral_id, answer, reason, due, user_id, user_name, user_post, agency_id, agency_name, at)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`,
			r.Tenant, a.ID, r.ID, string(a.Word), a.Reason, a.Due, a.UserID, a.UserName, a.UserPost, a.AgencyID, a.AgencyName, micros(a.At))
		if err != nil {
			return err
		}
		return t.tell(ctx, referralEvent(webhooks.KindReferralAnswer, r, a.At))
	}
	if a.Word != intake.WordAccept {
		return s.write(ctx, func(t *tx) error {
			if err := answer(t); err != nil {
				return err
			}
			return t.audit(ctx, e)
		})
	}
	return s.changeAccess(ctx, r.Tenant, r.CaseID, e, func(t *tx) error {
		if err := answer(t); err != nil {
			return err
		}
		// Somebody may have made it a member meanwhile: then it is one.
		_, err := t.exec(ctx, `INSERT INTO case_member (tenant, case_id, agency_id, since, ord, ended_at, note)
			SELECT $1, $2, $3, $4, COALESCE(MAX(m.ord), 0) + 1, CAST(NULL AS BIGINT), $5 FROM case_member m WHERE m.tenant = $1 AND m.case_id = $2
			ON CONFLICT DO NOTHING`, r.Tenant, r.CaseID, r.To, micros(a.At), "つなぎの受領")
		return err
	})
}

// ReferralDays implements intake.Referrals.
func (s *Store) ReferralDays(ctx context.Context, tenant string) (days int, err error) {
	err = s.read(ctx, func(t *tx) error {
		err := t.row(ctx, `SELECT days FROM referral_days WHERE tenant = $1`, tenant).Scan(&days)
		if errors.Is(err, sql.ErrNoRows) {
			days, err = intake.DefaultDays, nil
		}
		return err
	})
	return days, err
}

// SaveReferralDays implements intake.Referrals.
func (s *Store) SaveReferralDays(ctx context.Context, tenant string, days int, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, `INSERT INTO referral_days (tenant, days) VALUES ($1, $2) ON CONFLICT (tenant) DO UPDATE SET days = excluded.days`, tenant, days); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}
