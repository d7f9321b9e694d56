package meeting

import (
	"context"

	"kasane/internal/consent"
	"kasane/internal/fault"
)

// Spot (プランの箇所) is the part of the plan an objection or a comment names: a paragraph, a 課題, a 目標, a 支援項目 or one cell of it. What is said of it concerns that
// row, so it is shown to whom the row is shown.
type Spot struct {
	Kind     string       `json:"kind"` // text | need | goal | action
	DocID    string       `json:"docId"`
	Row      string       `json:"row"`    // of a paragraph: wish, situation, policy, risk
	Column   string       `json:"column"` // of a cell: agency id, self, family; "" = the row
	PersonID string       `json:"personId"`
	Item     consent.Item `json:"item"`
}

// seen tells whether a reader may see what is said at a spot; without one only the household's 基本情報 counts.
func (s *Spot) seen(can func(string, consent.Item) bool) bool {
	return s == nil || can(s.PersonID, s.Item)
}

// find looks the spot up in the plan as the actor may read it, and takes its class from there.
func (s *Spot) find(ctx context.Context, d *deed) error {
	m := d.st.Meeting
	body, _, err := d.s.Plans.Readable(ctx, d.sub.actor, m.ID, m.PlanID)
	if err != nil {
		return err
	}
	take := func(kind, doc, row, person string, item consent.Item) bool {
		if s.Kind != kind || s.DocID != doc || s.Row != row {
			return false
		}
		s.PersonID, s.Item = person, item
		return true
	}
	for _, n := range body.Narratives {
		if take("text", n.DocID, n.Field, n.PersonID, n.Item) {
			return nil
		}
	}
	for _, n := range body.Needs {
		if take("need", n.DocID, n.ID, n.PersonID, n.Item) {
			return nil
		}
	}
	for _, g := range body.Goals {
		if take("goal", g.DocID, g.ID, g.PersonID, g.Item) {
			return nil
		}
	}
	for _, a := range body.Actions {
		if take("action", a.DocID, a.ID, a.PersonID, a.Item) {
			return nil
		}
	}
	return fault.New(fault.Invalid, "プランのその箇所が見つかりません。選び直してください。").On("spot")
}

// spotOf is where an objection stands.
func (s *State) spotOf(objectionID string) *Spot {
	for _, o := range s.Objections {
		if o.ID == objectionID {
			return o.Spot
		}
	}
	return nil
}

// lastAnswer is what an agency said to an earlier version that is void now, so that it can look at what changed since.
func (s *State) lastAnswer(agencyID string) *LastAnswer {
	for i := len(s.Rounds) - 1; i >= 0; i-- {
		r := s.Rounds[i]
		if r.VoidAt == nil {
			continue
		}
		for _, a := range r.Answers {
			if a.AgencyID == agencyID {
				return &LastAnswer{Version: r.Version, Answer: a.Answer, Label: a.Answer.Label()}
			}
		}
	}
	return nil
}

// LastAnswer is the own answer to an earlier version.
type LastAnswer struct {
	Version int    `json:"version"`
	Answer  Answer `json:"answer"`
	Label   string `json:"label"`
}
