package meeting

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/live"
	"kasane/internal/papers"
	"kasane/internal/plans"
)

// 主担当 of the whole plan in a meeting: an agency is asked to become 主担当機関 or 終結後の主担当, and answers itself. The offers are those of the case
// (plans.LeadOffer); what happens to them in the hour is an event as well, so that the minutes hold it.

type leadAnsweredData struct {
	plans.LeadAnswer
	OfferID string         `json:"offerId"`
	Kind    plans.LeadKind `json:"kind"`
	ToName  string         `json:"toName"`
}

// leadPlace is where an offer of this meeting stands: to any seat with a voice or member of the case, and whoever runs the meeting may ask.
func (d *deed) leadPlace(ctx context.Context) (plans.LeadPlace, error) {
	m := d.st.Meeting
	p, err := d.s.Plans.LeadPlace(ctx, d.sub.actor, m.ID, m.CaseID)
	if err != nil {
		return p, err
	}
	p.Desk = d.sub.is(whoDesk)
	known := p.To
	p.To = func(id string) (string, bool) {
		if seat := d.st.seat(id); seat != nil {
			return seat.Name, !seat.Observer
		}
		name, member := known(id)
		return name, member
	}
	return p, nil
}

func doLeadOffer(ctx context.Context, d *deed) error {
	var in plans.LeadInput
	if err := d.read(&in); err != nil {
		return err
	}
	p, err := d.leadPlace(ctx)
	if err != nil {
		return err
	}
	can, err := sight(ctx, d.s.Gate.View, d.sub.actor, *d.st)
	if err != nil {
		return err
	}
	if !can("", consent.ItemBasic) {
		return fault.New(fault.Forbidden, "同意の範囲により、この会議で主担当を頼むことはできません。")
	}
	o, err := plans.MakeLead(d.sub.actor, in, p, d.now)
	if err != nil {
		return err
	}
	d.audit, d.change.LeadOffer = access.VerbLeadOffer, &o
	return d.emit(KindLeadOffered, o)
}

func doLeadAnswer(ctx context.Context, d *deed) error {
	var in struct {
		ID string `json:"id"`
		plans.LeadReply
	}
	if err := d.read(&in); err != nil {
		return err
	}
	p, err := d.leadPlace(ctx)
	if err != nil {
		return err
	}
	o, err := p.Offer(in.ID)
	if err != nil {
		return err
	}
	a, err := plans.AnswerLead(d.sub.actor, o, in.LeadReply, p, d.now)
	if err != nil {
		return err
	}
	d.audit, d.change.LeadAnswer = access.VerbLeadAnswer, &a
	if a.State().Taken() {
		if err := d.nameLead(ctx, o); err != nil {
			return err
		}
	}
	return d.emit(KindLeadAnswered, leadAnsweredData{LeadAnswer: a, OfferID: o.ID, Kind: o.Kind, ToName: o.ToName})
}

// nameLead writes who is 主担当 into the plan of the meeting while it may be written. A plan that is frozen stays as it was agreed to; what was
// accepted since stands beside it.
func (d *deed) nameLead(ctx context.Context, o plans.LeadOffer) error {
	m := d.st.Meeting
	if m.PlanID == "" || m.Status != StatusOpen {
		return nil
	}
	metas, err := d.s.Store.OwnedDocs(ctx, m.Tenant, live.KindPlan, m.PlanID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(metas, func(x live.Meta) bool { return x.PersonID == "" && x.Item == consent.ItemBasic })
	if i < 0 || metas[i].Frozen {
		return nil
	}
	r, err := d.s.Gate.Rights(ctx, d.sub.actor, m.ID, metas[i])
	if err != nil || !r.Read || !r.Write {
		return err
	}
	r.OwnAgencyOnly = false // the line belongs to the plan; the agency has just said yes to it
	key := map[plans.LeadKind]string{plans.LeadNow: "lead", plans.LeadAfter: "after_lead"}[o.Kind]
	batch, err := d.s.Docs.Prepare(ctx, d.sub.actor, metas[i], r, func(b *live.Builder) error {
		b.Set(key, o.To)
		return nil
	})
	if err != nil {
		return err
	}
	if len(batch.Rows) > 0 {
		d.change.Append = append(d.change.Append, batch)
	}
	return nil
}

// Leads is who is 主担当 of the case of a meeting, as the actor may see it there.
func (s *Service) Leads(ctx context.Context, actor access.Actor, meetingID string) (plans.LeadView, error) {
	st, sub, err := s.load(ctx, actor, meetingID)
	if err != nil {
		return plans.LeadView{}, err
	}
	return s.Plans.Leads(ctx, actor, meetingID, st.Meeting.CaseID, sub.is(whoDesk))
}

func (t teller) leadOffered(o plans.LeadOffer) string {
	s := o.ToName + "に" + o.Kind.Label() + "を頼んだ"
	if o.FromName != "" {
		s += "（いまは" + o.FromName + "）"
	}
	if o.Note != "" && t.can("", consent.ItemBasic) {
		s += "。申し送り: " + o.Note
	}
	return s
}

func (t teller) leadAnswered(d leadAnsweredData) string {
	if d.Answer == plans.AnswerWithdraw {
		return d.ToName + "への" + d.Kind.Label() + "の申し出を取り下げた" + t.because(d.Reason)
	}
	s := d.ToName + "が" + d.Kind.Label() + "に「" + d.Answer.Label() + "」と回答した"
	if d.Due != "" {
		s += "（回答の期限 " + dateOf(d.Due).Both() + "）"
	}
	return s + t.because(d.Reason)
}

// until is the last instant whose acceptances count for a paper.
func (m *material) until() time.Time {
	if !m.answersAt.IsZero() {
		return m.answersAt
	}
	return m.at
}

// afterHolder is the 終結後の主担当 as this paper may say it: who took it on, else whom the plan names.
func (m *material) afterHolder() plans.LeadHolder {
	var offers []plans.LeadOffer
	for _, o := range m.facts.Leads {
		if o, made := o.AsOf(m.until()); made {
			offers = append(offers, o)
		}
	}
	return plans.LeadOf(plans.LeadAfter, m.body.AfterLead, offers, time.Time{}, func(id string) (string, bool) { return m.agencyName(id), m.facts.member(id) })
}

// after is 終結後の主担当 in the plan: the agency, and whether it has taken that on.
func (m *material) after(d *papers.PlanDoc) {
	h := m.afterHolder()
	if h.AgencyID == "" || !m.visible("", consent.ItemBasic) {
		return
	}
	d.AfterAgency = h.Name
	if h.At == nil {
		d.After.State = "引受はまだありません"
		return
	}
	d.After = papers.After{State: h.Label, By: h.By, On: jptime.DateOf(*h.At), Condition: h.Condition}
}

// leads are the lines of the 会議録 about 主担当: what was asked or answered in this meeting, and in one that ends a case who comes after.
func (m *material) leads() []papers.LeadLine {
	var out []papers.LeadLine
	for _, o := range m.facts.Leads {
		o, made := o.AsOf(m.until())
		here := o.MeetingID == m.st.Meeting.ID || slices.ContainsFunc(o.Answers, func(a plans.LeadAnswer) bool { return a.MeetingID == m.st.Meeting.ID })
		if !made || !here && !(m.st.ends() && o.Kind == plans.LeadAfter && o.State.Taken()) {
			continue
		}
		l := papers.LeadLine{Kind: o.Kind.Label(), Agency: o.ToName, State: o.State.Label(), Note: m.said(o.Note)}
		if n := len(o.Answers); n > 0 {
			a := o.Answers[n-1]
			l.By, l.At, l.Reason, l.Due = a.UserName, a.At, m.said(a.Reason), dateOf(a.Due)
		}
		out = append(out, l)
	}
	if m.st.ends() && !slices.ContainsFunc(out, func(l papers.LeadLine) bool { return l.Kind == plans.LeadAfter.Label() }) && m.visible("", consent.ItemBasic) {
		out = append(out, papers.LeadLine{Kind: plans.LeadAfter.Label(), Agency: m.agencyName(m.body.AfterLead), State: "引き受けた機関がない"})
	}
	return out
}

// ends tells whether the agenda of the meeting speaks of 終結.
func (s *State) ends() bool {
	return slices.ContainsFunc(s.Agenda, func(a AgendaItem) bool { return a.Kind == AgendaClose || a.Purpose == PurposeClose })
}

// needLeading: who holds the record may act without a seat, everybody else speaks in the meeting.
func needLeading(s State, sub subject) string {
	if sub.is(whoHolder) {
		return ""
	}
	return needSpeaking(s, sub)
}
