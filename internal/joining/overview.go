package joining

import (
	"context"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/text"
)

// Overview (参加支援の状況) is a page of every 参加支援 of the municipality, for who holds the cases: numbers and initials, no words.
type Overview struct {
	Lines  []OverviewLine `json:"lines"`
	Counts map[State]int  `json:"counts"` // of all, not of the page
	States []StateWord    `json:"states"`
	Next   string         `json:"next"` // what the next page is asked for after; "" = there is none
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

// overviewPage is how many are listed at once.
const overviewPage = 50

var states = []State{StateLooking, StateTrial, StateUsing, StateEnded}

// Overview is a page of them, quiet longest first: of one state, or ("") of all that go on. after is Next of the page before.
func (s *Service) Overview(ctx context.Context, actor access.Actor, state State, after string) (Overview, error) {
	if err := access.Require(actor, access.ActJoiningList); err != nil {
		return Overview{}, err
	}
	q := Query{State: state, Limit: overviewPage + 1}
	ok := true
	if after != "" {
		q.After.LastOn, q.After.ID, ok = strings.Cut(after, "~")
	}
	if !ok || len(after) > 64 {
		return Overview{}, fault.New(fault.Invalid, "一覧の続きを読み取れません。画面を更新してください。").On("after")
	}
	if state != "" && state.Label() == "" {
		return Overview{}, fault.New(fault.Invalid, "状況を選び直してください。").On("state")
	}
	scope := access.ScopeOf(actor)
	list, err := s.store.JoiningPage(ctx, scope, q)
	if err != nil {
		return Overview{}, err
	}
	out := Overview{Lines: []OverviewLine{}, States: []StateWord{}}
	if out.Counts, err = s.store.CountJoinings(ctx, scope); err != nil {
		return Overview{}, err
	}
	for _, st := range states {
		out.States = append(out.States, StateWord{st, st.Label()})
	}
	if len(list) > overviewPage {
		list = list[:overviewPage]
		last := list[overviewPage-1]
		out.Next = last.LastOn() + "~" + last.ID
	}
	today := s.today()
	for _, j := range list {
		l := s.line(actor, j)
		x := OverviewLine{CaseID: j.CaseID, CaseNumber: j.CaseNumber, Initial: text.Initial(j.Kana), Needs: l.NeedLabels, State: l.State, StateLabel: l.StateLabel, Places: []string{},
			AgencyName: j.AgencyName, OpenedOn: j.OpenedOn, LastOn: j.LastOn()}
		for _, u := range l.Uses {
			x.Places = append(x.Places, u.PlaceName)
		}
		x.Quiet = daysBetween(x.LastOn, today)
		out.Lines = append(out.Lines, x)
	}
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
