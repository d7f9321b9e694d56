package cases

import (
	"context"
	"fmt"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/text"
)

// Bar (利害関係者の閲覧遮断) keeps one member of the staff from a case, whatever their role: a relative, a neighbour, a party of a dispute. The case is not
// there for them: in no list, search, document, file or record.
type Bar struct {
	CaseID string    `json:"-"`
	UserID string    `json:"userId"`
	Reason string    `json:"reason"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

// Bars lists who is kept from a case. Holders only.
func (s *Service) Bars(ctx context.Context, actor access.Actor, caseID string) ([]Bar, error) {
	if err := holder(actor); err != nil {
		return nil, err
	}
	list, err := s.store.Bars(ctx, access.ScopeOf(actor), caseID)
	if err != nil {
		return nil, fmt.Errorf("bars of a case: %w", err)
	}
	return list, nil
}

// SetBar keeps somebody from a case from now on, also on open connections. Holders only; nobody bars themselves, so that somebody is left who can take it
// away. Conflict: barred already. NotFound: no such case or person.
func (s *Service) SetBar(ctx context.Context, actor access.Actor, caseID, userID, reason string) error {
	if err := holder(actor); err != nil {
		return err
	}
	if err := text.Memo("reason", "理由", reason, 200); err != nil {
		return err
	}
	switch userID {
	case "":
		return fault.New(fault.Invalid, "閲覧を止める職員を選んでください。").On("userId")
	case actor.UserID:
		return fault.New(fault.Invalid, "自分の閲覧は止められません。ほかの担当者に依頼してください。").On("userId")
	}
	now := s.time()
	b := Bar{CaseID: caseID, UserID: userID, Reason: reason, By: actor.UserID, At: now}
	if err := s.store.SetBar(ctx, actor.Tenant, b, actor.Audit(now, access.VerbCaseBar, userID).InCase(caseID)); err != nil {
		return fmt.Errorf("bar: %w", err)
	}
	return nil
}

// RemoveBar lets somebody see the case again as their role says. Holders only.
func (s *Service) RemoveBar(ctx context.Context, actor access.Actor, caseID, userID string) error {
	if err := holder(actor); err != nil {
		return err
	}
	if err := s.store.RemoveBar(ctx, actor.Tenant, caseID, userID, actor.Audit(s.time(), access.VerbCaseUnbar, userID).InCase(caseID)); err != nil {
		return fmt.Errorf("unbar: %w", err)
	}
	return nil
}

// Admit refuses a case to somebody who is kept from it: NotFound, as if there were none. It asks nothing else.
func (s *Service) Admit(ctx context.Context, actor access.Actor, caseID string) error {
	is, err := s.store.Barred(ctx, actor.Tenant, caseID, actor.UserID)
	if err != nil {
		return fmt.Errorf("bar: %w", err)
	}
	if is {
		return noCase()
	}
	return nil
}
