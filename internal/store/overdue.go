package store

import (
	"context"
	"strings"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/meeting"
	"kasane/internal/plans"
)

// CountMeetings implements meeting.Overdues.
func (s *Store) CountMeetings(ctx context.Context, sc access.Scope, q meeting.Query) (n int, err error) {
	var p params
	where := meetingQuery(sc, &p, q)
	err = s.read(ctx, func(t *tx) error {
		return t.row(ctx, `SELECT COUNT(*) FROM meeting g WHERE `+strings.Join(where, " AND "), p.v...).Scan(&n)
	})
	return n, err
}

// agreedPlans is the newest plan with an agreed version of each case that goes on, alias pl with its case c. Of an agency the plans it has anything to do with are
// gathered first: they are few among those of a municipality.
func agreedPlans(sc access.Scope, p *params) string {
	agreed := p.add(string(plans.VersionAgreed))
	few := ""
	if !sc.All && sc.AgencyID != "" && sc.CaseID == "" && sc.MeetingID == "" {
		tenant, agency := p.add(sc.Tenant), p.add(sc.AgencyID)
		// CROSS JOIN: SQLite begins with what stands first, and would else go through every plan and meeting of the municipality
		few = ` AND pl.id IN (SELECT sp.id FROM case_member sm CROSS JOIN plan sp
				WHERE sp.tenant = sm.tenant AND sp.case_id = sm.case_id AND sm.tenant = ` + tenant + ` AND sm.agency_id = ` + agency + ` AND sm.ended_at IS NULL
			UNION SELECT sg.plan_id FROM meeting_agency sa CROSS JOIN meeting sg
				WHERE sg.tenant = sa.tenant AND sg.id = sa.meeting_id AND sa.tenant = ` + tenant + ` AND sa.agency_id = ` + agency + `)`
	}
	return `plan pl JOIN case_file c ON c.tenant = pl.tenant AND c.id = pl.case_id WHERE ` + planScope(sc, p) +
		` AND c.stage NOT IN (` + p.add(string(cases.StageClosed)) + `, ` + p.add(string(cases.StageSuspended)) + `)
		AND EXISTS (SELECT 1 FROM plan_version v WHERE v.tenant = pl.tenant AND v.plan_id = pl.id AND v.state = ` + agreed + `)
		AND NOT EXISTS (SELECT 1 FROM plan n JOIN plan_version v ON v.tenant = n.tenant AND v.plan_id = n.id AND v.state = ` + agreed + `
			WHERE n.tenant = pl.tenant AND n.case_id = pl.case_id AND n.round > pl.round)` + few
}

// AgreedPlans implements meeting.Overdues.
func (s *Store) AgreedPlans(ctx context.Context, sc access.Scope, after string, limit int) (out []meeting.AgreedPlan, err error) {
	var p params
	from := agreedPlans(sc, &p)
	if after != "" {
		from += ` AND c.number < ` + p.add(after)
	}
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var a meeting.AgreedPlan
		err := scan(&a.CaseID, &a.CaseNumber, &a.PlanID, &a.Round)
		out = append(out, a)
		return err
	}, `SELECT pl.case_id, c.number, pl.id, pl.round FROM `+from+` ORDER BY c.number DESC LIMIT `+p.add(limit), p.v...)
	return out, s.classify(err)
}

// CountAgreedPlans implements meeting.Overdues.
func (s *Store) CountAgreedPlans(ctx context.Context, sc access.Scope) (n int, err error) {
	var p params
	from := agreedPlans(sc, &p)
	err = s.read(ctx, func(t *tx) error { return t.row(ctx, `SELECT COUNT(*) FROM `+from, p.v...).Scan(&n) })
	return n, err
}

// OpenLeads implements meeting.Overdues.
func (s *Store) OpenLeads(ctx context.Context, sc access.Scope, agencyID string, limit int) (out []meeting.OpenLead, err error) {
	var p params
	where := caseScope(sc, &p, "o.tenant", "o.case_id") + ` AND o.state IN (` + p.add(string(plans.LeadAsked)) + `, ` + p.add(string(plans.LeadTakeback)) + `)`
	if agencyID != "" {
		agency := p.add(agencyID)
		where += ` AND (o.to_agency = ` + agency + ` OR o.from_agency = ` + agency + `)`
	}
	err = each(ctx, s.r, func(scan func(...any) error) error {
		l := meeting.OpenLead{Offer: plans.LeadOffer{Tenant: sc.Tenant, Answers: []plans.LeadAnswer{}}}
		o := &l.Offer
		var kind, state, due string
		var when int64
		err := scan(&o.ID, &o.CaseID, &kind, &o.From, &o.FromName, &o.To, &o.ToName, &when, &state, &l.CaseNumber, &due)
		o.Kind, o.State, o.At = plans.LeadKind(kind), plans.LeadState(state), at(when)
		if due != "" {
			o.Answers = append(o.Answers, plans.LeadAnswer{Answer: plans.AnswerTakeback, Due: due})
		}
		out = append(out, l)
		return err
	}, `SELECT o.id, o.case_id, o.kind, o.from_agency, o.from_name, o.to_agency, o.to_name, o.at, o.state, c.number,
			COALESCE((SELECT a.due FROM lead_answer a WHERE a.tenant = o.tenant AND a.offer_id = o.id ORDER BY a.at DESC, a.id DESC LIMIT 1), '')
		FROM lead_offer o JOIN case_file c ON c.tenant = o.tenant AND c.id = o.case_id WHERE `+where+` ORDER BY o.at, o.id LIMIT `+p.add(limit), p.v...)
	return out, s.classify(err)
}
