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

// End (終結の記録) says how a case was told as ended: who comes after (終結後の主担当), or why nobody had accepted that.
type End struct {
	ID     string    `json:"id"`
	Tenant string    `json:"-"`
	CaseID string    `json:"-"`
	At     time.Time `json:"at"`
	By     string    `json:"-"`
	ByName string    `json:"byName"`
	LeadID string    `json:"leadId"` // agency that had accepted to be 終結後の主担当; "" none
	Reason string    `json:"reason"` // why it ended without one
}

// Ending is what stands about 終結 of a case: whether it ever had a plan, which agency has accepted to be 終結後の主担当 since the case was last
// told as ended and is still of the case, and that last end.
type Ending struct {
	Planned  bool
	LeadID   string
	LeadName string
	Last     *End
}

// StageInput is where a case is moved to.
type StageInput struct {
	Stage   Stage  `json:"stage"`
	Version int64  `json:"version"` // the one the actor saw
	Reason  string `json:"reason"`  // of a 終結 without 終結後の主担当
}

// SetStage moves the case along the flow. A case that had a plan is told as ended (終結) with the agency that accepted to be 終結後の主担当; without
// one only with a reason, which is kept.
func (s *Service) SetStage(ctx context.Context, actor access.Actor, caseID string, in StageInput) (Case, error) {
	if err := holder(actor); err != nil {
		return Case{}, err
	}
	if err := text.Memo("reason", "理由", in.Reason, 500); err != nil {
		return Case{}, err
	}
	scope := access.ScopeOf(actor)
	c, err := s.store.Case(ctx, scope, caseID)
	if err != nil {
		return Case{}, fmt.Errorf("case: %w", err)
	}
	if c.Version == in.Version && !slices.Contains(c.Stage.Next(), in.Stage) {
		return Case{}, fault.Newf(fault.Conflict, "「%s」から「%s」へは進められません。", c.Stage.Label(), in.Stage.Label()).On("stage")
	}
	now := s.time()
	c.Stage, c.Version, c.UpdatedAt = in.Stage, in.Version, now
	e := actor.Audit(now, access.VerbCaseUpdate, caseID).InCase(caseID)
	switch in.Stage {
	case StageClosed:
		err = s.end(ctx, actor, scope, c, in.Reason, e)
	case StageDecided:
		err = s.store.DecideCase(ctx, c, e)
	default:
		err = s.store.UpdateCase(ctx, c, e)
	}
	if err != nil {
		return Case{}, fmt.Errorf("set stage: %w", err)
	}
	c.Version++
	return c, nil
}

func (s *Service) end(ctx context.Context, actor access.Actor, scope access.Scope, c Case, reason string, e access.Entry) error {
	ending, err := s.store.EndingOf(ctx, scope, c.ID)
	if err != nil {
		return err
	}
	end := End{ID: access.NewID(c.UpdatedAt), Tenant: actor.Tenant, CaseID: c.ID, At: c.UpdatedAt, By: actor.UserID, ByName: actor.Name, LeadID: ending.LeadID}
	if ending.LeadID == "" && ending.Planned {
		if text.Required("reason", "理由", reason) != nil {
			return fault.New(fault.Conflict, "終結後の主担当を引き受けた機関がありません。機関に頼んで引受の返事をもらうか、引き受ける機関がないまま終結する理由（転居・死亡・本人の辞退など）を書いてください。").On("reason")
		}
		end.Reason = reason
	}
	return s.store.EndCase(ctx, c, end, e)
}
