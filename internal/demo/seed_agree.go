package demo

import (
	"kasane/internal/fault"
	"kasane/internal/meeting"
	"kasane/internal/plans"
)

// roles has every agency take what the plan gives it.
func (g *gathering) roles() error {
	for _, s := range g.m.seats {
		v, err := g.plans.Get(g.ctx, g.as(s.speaker), g.id, g.planID)
		if err != nil {
			return err
		}
		for _, a := range v.Body.Actions {
			for _, c := range a.Cells {
				if c.Column != g.agencies[s.agency].ID {
					continue
				}
				in := map[string]any{"doc": a.DocID, "actionId": a.ID, "answer": plans.AnswerAccept, "cellHash": c.Hash}
				if err := g.act(s.speaker, meeting.ActRole, in); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// agree freezes the plan, everybody agrees to exactly that, and the result is 了承.
func (g *gathering) agree() error {
	if err := g.act("kaicho", meeting.ActFreeze, nil); err != nil {
		return err
	}
	r, err := g.meeting.State(g.ctx, g.as("kaicho"), g.id)
	if err != nil {
		return err
	}
	if r.Frozen == nil {
		return fault.New(fault.Internal, "demo: the plan is not frozen")
	}
	for _, s := range g.m.seats {
		if err := g.act(s.speaker, meeting.ActAnswer, map[string]any{"hash": r.Frozen.Hash, "answer": "agree"}); err != nil {
			return err
		}
	}
	return g.act("kaicho", meeting.ActDecide, map[string]any{"outcome": "agreed"})
}
