package intake

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/fault"
	"kasane/internal/text"
)

// Line is a 受付 in the list: number and initial, never a name.
type Line struct {
	CaseID       string    `json:"caseId"`
	CaseNumber   string    `json:"caseNumber"`
	Initial      string    `json:"initial"`
	At           time.Time `json:"at"`
	AgencyName   string    `json:"agencyName"`
	Asker        string    `json:"asker"`
	Fields       []string  `json:"fields"`
	Urgency      string    `json:"urgency"`
	Urgent       bool      `json:"urgent"` // 即日
	Danger       bool      `json:"danger"`
	ConsentLabel string    `json:"consentLabel"`
	Triage       Triage    `json:"triage"`
	TriageLabel  string    `json:"triageLabel"`
	StageLabel   string    `json:"stageLabel"`
	// Waits: it was given to 多機関協働, and nobody has begun with it.
	Waits bool `json:"waits"`
}

// List is the 受付 of the actor's agency, or for who holds the record of all, newest first. triage narrows, "" any.
func (s *Service) List(ctx context.Context, actor access.Actor, triage Triage) ([]Line, error) {
	if err := access.Require(actor, access.ActIntake); err != nil {
		return nil, err
	}
	if triage != "" && triage.Label() == "" {
		return nil, fault.New(fault.Invalid, "受付の判断を選び直してください。").On("triage")
	}
	agency := actor.AgencyID
	if actor.Holder() {
		agency = ""
	}
	list, err := s.store.Intakes(ctx, access.ScopeOf(actor), Query{AgencyID: agency, Triage: triage, Limit: listedAtOnce})
	if err != nil {
		return nil, err
	}
	out := make([]Line, 0, len(list))
	set := s.set(actor.Tenant)
	for _, r := range list {
		if !actor.Holder() && slices.Contains(r.Withheld, actor.AgencyID) {
			continue
		}
		out = append(out, Line{CaseID: r.CaseID, CaseNumber: r.CaseNumber, Initial: text.Initial(r.Kana), At: r.At, AgencyName: r.AgencyName, Asker: r.Asker.Label(),
			Fields: r.fieldLabels(), Urgency: set.Label("urgency", r.Urgency), Urgent: r.Urgency == "now", Danger: r.Danger, ConsentLabel: r.Consent.Label(),
			Triage: r.Triage, TriageLabel: r.Triage.Label(), StageLabel: r.Stage.Label(), Waits: r.Triage == TriageJoint && r.Stage == cases.StageReceived})
	}
	return out, s.store.AppendAudit(ctx, actor.Audit(s.clock(), access.VerbIntakeList, ""))
}
