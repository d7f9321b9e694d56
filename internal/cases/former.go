package cases

import (
	"context"
	"fmt"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/text"
)

// Former says from which case another one goes on (再受付).
type Former struct {
	Tenant, CaseID, FormerID string
	Reason                   string
	By, ByName               string
	At                       time.Time
}

// CaseLink is the other case of a 再受付, as a reader may see it.
type CaseLink struct {
	CaseID     string    `json:"caseId"`
	Number     string    `json:"number"`
	Stage      Stage     `json:"stage"`
	StageLabel string    `json:"stageLabel"`
	At         time.Time `json:"at"`
	// Reason is for who holds the record.
	Reason string `json:"reason,omitempty"`
	// Later: the other one came after.
	Later bool `json:"-"`
}

// AgainInput is a 再受付 as a new case: who of the household it is about, and why.
type AgainInput struct {
	Persons []string `json:"persons"` // ids in the former case
	Reason  string   `json:"reason"`
}

// Again takes a household in again, as a new case that is linked to the former one. Holders only. What protects somebody comes along: 住所秘匿, 特定機関に非開示,
// 本人に非開示 and 閲覧遮断; nothing else does, no agency, no consent and no record.
func (s *Service) Again(ctx context.Context, actor access.Actor, formerID string, in AgainInput) (Case, error) {
	if err := holder(actor); err != nil {
		return Case{}, err
	}
	for _, err := range []error{text.Required("reason", "再受付の理由", in.Reason), text.Memo("reason", "再受付の理由", in.Reason, 500)} {
		if err != nil {
			return Case{}, err
		}
	}
	scope := access.ScopeOf(actor)
	former, err := s.store.Case(ctx, scope, formerID)
	if err != nil {
		return Case{}, err
	}
	if former.Stage != StageClosed {
		return Case{}, notClosed(former)
	}
	persons, err := s.store.Persons(ctx, scope, formerID)
	if err != nil {
		return Case{}, err
	}
	now := s.time()
	c := Case{ID: access.NewID(now), Tenant: actor.Tenant, Stage: StageReceived, Version: 1, OpenedAt: now, OpenedBy: actor.UserID, UpdatedAt: now}
	same := map[string]string{}
	var taken []Person
	for _, p := range persons {
		if !slices.Contains(in.Persons, p.ID) {
			continue
		}
		id := access.NewID(now)
		same[p.ID] = id
		p.ID, p.CaseID, p.Ord, p.UpdatedAt = id, c.ID, len(taken)+1, now
		taken = append(taken, p)
	}
	switch {
	case len(taken) != len(in.Persons):
		return Case{}, fault.New(fault.Conflict, "世帯員が変わっています。画面を更新して選び直してください。").On("persons")
	case subjects(taken) == 0:
		return Case{}, fault.New(fault.Invalid, "支援の対象者（本人）を1人以上選んでください。").On("persons")
	}
	n, err := s.store.NextNumber(ctx, actor.Tenant, NumberSeries(now))
	if err != nil {
		return Case{}, fmt.Errorf("number of a case: %w", err)
	}
	c.Number = fmt.Sprintf("%s-%04d", NumberSeries(now), n)
	f := Former{Tenant: actor.Tenant, CaseID: c.ID, FormerID: formerID, Reason: in.Reason, By: actor.UserID, ByName: actor.Name, At: now}
	return c, s.store.OpenAgain(ctx, c, taken, same, f, actor.Audit(now, access.VerbCaseAgain, c.ID).InCase(c.ID))
}

func notClosed(c Case) *fault.Error {
	return fault.Newf(fault.Conflict, "再受付は、終結したケースからします(今は「%s」です)。", c.Stage.Label())
}

// LinkFormer links a case that was taken in already to the former one of the same household, or ("" number) takes the link back. Holders only, who see both. 閲覧遮断 of the former
// case holds for this one from then on.
func (s *Service) LinkFormer(ctx context.Context, actor access.Actor, caseID, number, reason string) error {
	if err := holder(actor); err != nil {
		return err
	}
	if err := text.Memo("reason", "理由", reason, 500); err != nil {
		return err
	}
	scope := access.ScopeOf(actor)
	if _, err := s.store.Case(ctx, scope, caseID); err != nil {
		return err
	}
	now := s.time()
	f := Former{Tenant: actor.Tenant, CaseID: caseID, Reason: reason, By: actor.UserID, ByName: actor.Name, At: now}
	if number != "" {
		former, err := s.store.CaseByNumber(ctx, scope, number)
		if fault.Is(err, fault.NotFound) {
			return fault.New(fault.Invalid, "このケースIDのケースは見つかりません。").On("number")
		}
		if err != nil {
			return err
		}
		switch {
		case former.ID == caseID:
			return fault.New(fault.Invalid, "同じケースです。以前のケースのケースIDを入れてください。").On("number")
		case former.Stage != StageClosed:
			return notClosed(former).On("number")
		}
		f.FormerID = former.ID
	}
	return s.store.SetFormer(ctx, f, actor.Audit(now, access.VerbCaseAgain, caseID).InCase(caseID))
}

// links are the cases before and after, as far as the reader has to do with them too: of any other not even that there is one.
func (s *Service) links(ctx context.Context, actor access.Actor, caseID string) (former *CaseLink, later []CaseLink, err error) {
	later = []CaseLink{}
	list, err := s.store.CaseLinks(ctx, access.ScopeOf(actor), caseID)
	for _, l := range list {
		if _, err := s.gate.Fieldwork(ctx, actor, l.CaseID); fault.Is(err, fault.NotFound) {
			continue
		} else if err != nil {
			return nil, nil, err
		}
		l.StageLabel = l.Stage.Label()
		if !actor.Holder() {
			l.Reason = ""
		}
		if l.Later {
			later = append(later, l)
		} else {
			former = &l
		}
	}
	return former, later, err
}
