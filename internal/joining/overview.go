package joining

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/jptime"
	"kasane/internal/text"
)

// Overview (参加支援の状況) is every 参加支援 of the municipality, for who holds the cases: numbers and initials, no words.
type Overview struct {
	Lines  []OverviewLine `json:"lines"`
	Counts map[State]int  `json:"counts"`
	States []StateWord    `json:"states"`
}

// StateWord is a state with its word.
type StateWord struct {
	State State  `json:"state"`
	Label string `json:"label"`
}

// OverviewLine is one of them.
type OverviewLine struct {
	CaseID     string   `json:"caseId"`
	CaseNumber string   `json:"caseNumber"`
	Initial    string   `json:"initial"`
	Needs      []string `json:"needs"` // in words
	State      State    `json:"state"`
	StateLabel string   `json:"stateLabel"`
	Places     []string `json:"places"` // used now
	AgencyName string   `json:"agencyName"`
	OpenedOn   string   `json:"openedOn"`
	LastOn     string   `json:"lastOn"` // of the last step
	Quiet      int      `json:"quiet"`  // days since
}

// Overview lists them, those that are open and quiet longest first.
func (s *Service) Overview(ctx context.Context, actor access.Actor) (Overview, error) {
	if err := access.Require(actor, access.ActJoiningList); err != nil {
		return Overview{}, err
	}
	list, err := s.store.Joinings(ctx, access.ScopeOf(actor), "")
	if err != nil {
		return Overview{}, err
	}
	out := Overview{Lines: []OverviewLine{}, Counts: map[State]int{}, States: []StateWord{}}
	for _, st := range []State{StateLooking, StateTrial, StateUsing, StateEnded} {
		out.States = append(out.States, StateWord{st, st.Label()})
	}
	today := s.today()
	for _, j := range list {
		l := s.line(actor, j)
		x := OverviewLine{CaseID: j.CaseID, CaseNumber: j.CaseNumber, Initial: text.Initial(j.Kana), Needs: l.NeedLabels, State: l.State, StateLabel: l.StateLabel, Places: []string{},
			AgencyName: j.AgencyName, OpenedOn: j.OpenedOn, LastOn: j.OpenedOn}
		for _, u := range l.Uses {
			x.Places = append(x.Places, u.PlaceName)
		}
		for _, st := range j.Steps {
			if st.Day > x.LastOn && st.Outcome != Planned {
				x.LastOn = st.Day
			}
		}
		x.Quiet = daysBetween(x.LastOn, today)
		out.Counts[l.State]++
		out.Lines = append(out.Lines, x)
	}
	slices.SortStableFunc(out.Lines, func(a, b OverviewLine) int {
		if (a.State == StateEnded) != (b.State == StateEnded) {
			if a.State == StateEnded {
				return 1
			}
			return -1
		}
		return b.Quiet - a.Quiet
	})
	return out, s.store.AppendAudit(ctx, actor.Audit(s.clock(), access.VerbJoiningList, ""))
}

// daysBetween counts the days from an ISO day to another.
func daysBetween(from string, to jptime.Date) int {
	t, err := time.ParseInLocation(time.DateOnly, from, jptime.JST)
	if err != nil {
		return 0
	}
	return max(0, int(to.Time().Sub(t).Hours()/24))
}
