package store

import (
	"context"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/meeting"
	"kasane/internal/plans"
)

// LeadOffers implements plans.Leads.
func (s *Store) LeadOffers(ctx context.Context, sc access.Scope, caseID string) (out []plans.LeadOffer, err error) {
	err = s.read(ctx, func(t *tx) error {
		if _, err := caseInScope(ctx, t, sc, caseID); err != nil {
			return err
		}
		out, err = leadsOf(ctx, t, sc.Tenant, caseID)
		return err
	})
	return out, err
}

// leadsOf reads the offers of a case with their answers, oldest first.
func leadsOf(ctx context.Context, t *tx, tenant, caseID string) (out []plans.LeadOffer, err error) {
	place := map[string]int{}
	err = t.query(ctx, func(scan func(...any) error) error {
		o := plans.LeadOffer{Tenant: tenant, CaseID: caseID, Answers: []plans.LeadAnswer{}}
		var kind, state string
		var when int64
		err := scan(&o.ID, &kind, &o.From, &o.FromName, &o.To, &o.ToName, &o.Note, &o.ByID, &o.ByName, &o.ByAgency, &o.MeetingID, &when, &state)
		o.Kind, o.State, o.At = plans.LeadKind(kind), plans.LeadState(state), at(when)
		place[o.ID] = len(out)
		out = append(out, o)
		return err
	}, `SELECT id, kind, from_agency, from_name, to_agency, to_name, note, by_user, by_name, by_agency, meeting_id, at, state
		FROM lead_offer WHERE tenant = $1 AND case_id = $2 ORDER BY at, id`, tenant, caseID)
	if err != nil || len(out) == 0 {
		return out, err
	}
	err = t.query(ctx, func(scan func(...any) error) error {
		a := plans.LeadAnswer{Tenant: tenant}
		var answer string
		var when int64
		err := scan(&a.ID, &a.OfferID, &answer, &a.Reason, &a.Due, &a.UserID, &a.UserName, &a.UserPost, &a.AgencyID, &a.AgencyName, &a.MeetingID, &when)
		a.Answer, a.At = plans.Answer(answer), at(when)
		i := place[a.OfferID]
		out[i].Answers = append(out[i].Answers, a)
		return err
	}, `SELECT a.id, a.offer_id, a.answer, a.reason, a.due, a.user_id, a.user_name, a.user_post, a.agency_id, a.agency_name, a.meeting_id, a.at
		FROM lead_answer a JOIN lead_offer o ON o.tenant = a.tenant AND o.id = a.offer_id
		WHERE o.tenant = $1 AND o.case_id = $2 ORDER BY a.at, a.id`, tenant, caseID)
	return out, err
}

// AddLeadOffer implements plans.Leads.
func (s *Store) AddLeadOffer(ctx context.Context, o plans.LeadOffer, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if _, err := caseInScope(ctx, t, access.Scope{Tenant: o.Tenant, All: true}, o.CaseID); err != nil {
			return err
		}
		if err := insertLeadOffer(ctx, t, o); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

func insertLeadOffer(ctx context.Context, t *tx, o plans.LeadOffer) error {
	return t.must(ctx, fault.New(fault.Conflict, "返事を待っている申し出があります。取り下げてから、あらためて頼んでください。"),
		`INSERT INTO lead_offer (tenant, id, case_id, kind, from_agency, from_name, to_agency, to_name, note, by_user, by_name, by_agency, meeting_id, at, state)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15) ON CONFLICT DO NOTHING`,
		o.Tenant, o.ID, o.CaseID, string(o.Kind), o.From, o.FromName, o.To, o.ToName, o.Note, o.ByID, o.ByName, o.ByAgency, o.MeetingID, micros(o.At),
		string(plans.LeadAsked))
}

// AnswerLead implements plans.Leads.
func (s *Store) AnswerLead(ctx context.Context, a plans.LeadAnswer, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if err := insertLeadAnswer(ctx, t, a); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

func insertLeadAnswer(ctx context.Context, t *tx, a plans.LeadAnswer) error {
	if err := t.must(ctx, fault.New(fault.Conflict, "この申し出には、すでに返事がされています。画面を更新してください。"),
		`UPDATE lead_offer SET state = $1 WHERE tenant = $2 AND id = $3 AND state IN ($4, $5)`,
		string(a.State()), a.Tenant, a.OfferID, string(plans.LeadAsked), string(plans.LeadTakeback)); err != nil {
		return err
	}
	_, err := t.exec(ctx, `INSERT INTO lead_answer (tenant, id, offer_id, answer, reason, due, user_id, user_name, user_post, agency_id, agency_name, meeting_id, at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`,
		a.Tenant, a.ID, a.OfferID, string(a.Answer), a.Reason, a.Due, a.UserID, a.UserName, a.UserPost, a.AgencyID, a.AgencyName, a.MeetingID, micros(a.At))
	return err
}

// changeLeads is what a meeting does to the offers (step 7).
func changeLeads(ctx context.Context, t *tx, c meeting.Change) error {
	if c.LeadOffer != nil {
		o := *c.LeadOffer
		o.Tenant = c.Tenant
		if err := insertLeadOffer(ctx, t, o); err != nil {
			return err
		}
	}
	if c.LeadAnswer != nil {
		a := *c.LeadAnswer
		a.Tenant = c.Tenant
		return insertLeadAnswer(ctx, t, a)
	}
	return nil
}
