package meeting

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/plans"
)

// OverdueRole (期限を過ぎた役割) is a cell of the 役割分担表 of an agreed plan whose term is over. It stays until the plan is looked at anew (再プラン) or the case ends.
type OverdueRole struct {
	CaseID     string `json:"caseId"`
	CaseNumber string `json:"caseNumber"`
	PlanID     string `json:"planId"`
	Round      int    `json:"round"`
	DocID      string `json:"docId"`
	ActionID   string `json:"actionId"`
	Column     string `json:"column"` // agency id
	AgencyName string `json:"agencyName"`
	Mark       string `json:"mark"` // ◎○△見
	CodeLabel  string `json:"codeLabel"`
	Action     string `json:"action"` // 支援項目
	Content    string `json:"content"`
	Who        string `json:"who"`
	Due        string `json:"due"` // ISO
	Days       int    `json:"days"`
	Mine       bool   `json:"mine"`
}

// OverdueRoles is a page of them, the longest overdue first.
type OverdueRoles struct {
	Lines  []OverdueRole `json:"lines"`
	Looked int           `json:"looked"` // plans looked through for this page
	Total  int           `json:"total"`
	Next   string        `json:"next"`
}

// OverdueRoles lists the terms of roles that are over in agreed plans of cases that go on: to those who hold the record all of them, to others those
// of their own agency. What of a plan somebody reads is what the gate shows outside of meetings. after is Next of the page before.
func (s *Service) OverdueRoles(ctx context.Context, actor access.Actor, after string) (OverdueRoles, error) {
	out := OverdueRoles{Lines: []OverdueRole{}}
	if err := overdueAsker(actor); err != nil {
		return out, err
	}
	if len(after) > 64 {
		return out, fault.New(fault.Invalid, "一覧の続きを読み取れません。画面を更新してください。").On("after")
	}
	scope := access.ScopeOf(actor)
	scope.Archive = false
	list, err := s.Store.AgreedPlans(ctx, scope, after, overduePage)
	if err != nil {
		return out, err
	}
	if out.Total, err = s.Store.CountAgreedPlans(ctx, scope); err != nil {
		return out, err
	}
	if out.Looked = len(list); out.Looked == overduePage {
		out.Next = list[out.Looked-1].CaseNumber
	}
	now := s.clock()
	entries := []access.Entry{actor.Audit(now, access.VerbOverdue, "")}
	for _, p := range list {
		lines, err := s.overdueCells(ctx, actor, p, now)
		if err != nil {
			return OverdueRoles{}, err
		}
		if len(lines) > 0 {
			entries = append(entries, actor.Audit(now, access.VerbPlanOpen, p.PlanID).InCase(p.CaseID))
		}
		out.Lines = append(out.Lines, lines...)
	}
	slices.SortStableFunc(out.Lines, func(a, b OverdueRole) int { return compareDue(a.Due, b.Due, a.CaseNumber, b.CaseNumber) })
	return out, s.Store.AppendAudit(ctx, entries...)
}

// overdueCells reads the cells of one plan, as frozen when it was agreed to: its documents take no writing since.
func (s *Service) overdueCells(ctx context.Context, actor access.Actor, p AgreedPlan, now time.Time) ([]OverdueRole, error) {
	body, house, err := s.Plans.Readable(ctx, actor, "", p.PlanID)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []OverdueRole
	for _, a := range body.Actions {
		for _, c := range a.Cells {
			i := slices.IndexFunc(house.Agencies, func(g plans.MemberAgency) bool { return g.ID == c.Column })
			days := daysLate(c.Due, now)
			if i < 0 || !c.Active() || days <= 0 || !actor.Holder() && c.Column != actor.AgencyID {
				continue
			}
			out = append(out, OverdueRole{CaseID: p.CaseID, CaseNumber: p.CaseNumber, PlanID: p.PlanID, Round: p.Round, DocID: a.DocID, ActionID: a.ID, Column: c.Column,
				AgencyName: house.Agencies[i].Name, Mark: c.Code.Mark(), CodeLabel: c.Code.Label(), Action: a.Text, Content: c.Content, Who: c.Who, Due: c.Due, Days: days,
				Mine: c.Column == actor.AgencyID})
		}
	}
	return out, nil
}

// WaitingLead (返事を待っている主担当の申し出) is an offer that is open, without words.
type WaitingLead struct {
	CaseID     string    `json:"caseId"`
	CaseNumber string    `json:"caseNumber"`
	OfferID    string    `json:"offerId"`
	KindLabel  string    `json:"kindLabel"`
	FromName   string    `json:"fromName"`
	ToName     string    `json:"toName"`
	At         time.Time `json:"at"`
	StateLabel string    `json:"stateLabel"`
	Due        string    `json:"due"`  // of a 持ち帰り
	Late       bool      `json:"late"` // that term is over
	Mine       bool      `json:"mine"` // the reader's agency is to answer
}

// WaitingLeads are the offers that wait, the oldest first.
type WaitingLeads struct {
	Lines []WaitingLead `json:"lines"`
	More  bool          `json:"more"` // there are more than are shown
}

// WaitingLeads lists the offers of 主担当 that wait for an answer: to those who hold the record all, to others those to or from their own agency.
func (s *Service) WaitingLeads(ctx context.Context, actor access.Actor) (WaitingLeads, error) {
	out := WaitingLeads{Lines: []WaitingLead{}}
	if err := overdueAsker(actor); err != nil {
		return out, err
	}
	scope := access.ScopeOf(actor)
	agency := actor.AgencyID
	switch {
	case actor.Holder():
		agency = ""
	case agency == "" || !actor.HasAny(access.RoleAgency, access.RoleChair):
		return out, s.Store.AppendAudit(ctx, actor.Audit(s.clock(), access.VerbOverdue, ""))
	}
	list, err := s.Store.OpenLeads(ctx, scope, agency, overduePage+1)
	if err != nil {
		return out, err
	}
	if out.More = len(list) > overduePage; out.More {
		list = list[:overduePage]
	}
	now := s.clock()
	for _, l := range list {
		o := l.Offer
		w := WaitingLead{CaseID: o.CaseID, CaseNumber: l.CaseNumber, OfferID: o.ID, KindLabel: o.Kind.Label(), FromName: o.FromName, ToName: o.ToName, At: o.At,
			StateLabel: o.State.Label(), Mine: o.To == actor.AgencyID}
		if n := len(o.Answers); n > 0 {
			w.Due = o.Answers[n-1].Due
			w.Late = daysLate(w.Due, now) > 0
		}
		out.Lines = append(out.Lines, w)
	}
	return out, s.Store.AppendAudit(ctx, actor.Audit(now, access.VerbOverdue, ""))
}
