package figures

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/fault"
	"kasane/internal/text"
)

// Line (内訳の1件) is a case behind a figure: number and first letters, never a name.
type Line struct {
	CaseID     string    `json:"caseId"`
	CaseNumber string    `json:"caseNumber"`
	StageLabel string    `json:"stageLabel"`
	Initials   string    `json:"initials"`
	Opened     time.Time `json:"opened"`
	Times      int       `json:"times"`          // how often it is counted
	Days       *int      `json:"days,omitempty"` // how long it has stood in its stage
	// Kana is what Initials is made from; it never leaves the server.
	Kana []string `json:"-"`
}

// Question says of which number the cases are asked for.
type Question struct {
	Year   int
	Figure string // id of a figure, of a distribution, or "standing": the stages of the funnel
	Month  *int   // of a figure; nil the year
	Row    string // label of a distribution, code of a stage
	From   int    // how many lines were given already
}

// Drilled (内訳) are the cases behind a number, a page of them.
type Drilled struct {
	Title      string `json:"title"`
	Definition string `json:"definition"`
	Lines      []Line `json:"lines"`
	Total      int    `json:"total"`
	Next       int    `json:"next"` // From of the page after this one; 0 there is none
}

// drillPage is how many lines one answer holds.
const drillPage = 100

var noSuchFigure = fault.New(fault.Invalid, "内訳を見る数を選び直してください。").On("figure")

// Cases lists the cases behind a number. They are the very ones that were counted for this actor, who sees them all: a case the actor is kept from is in neither.
func (s *Service) Cases(ctx context.Context, actor access.Actor, q Question) (Drilled, error) {
	if q.From < 0 || q.Month != nil && (*q.Month < 0 || *q.Month > 11) {
		return Drilled{}, noSuchFigure
	}
	out, times, days, err := s.behind(ctx, actor, q)
	if err != nil {
		return Drilled{}, err
	}
	order := sorted(times)
	if days != nil { // the longest first
		slices.SortStableFunc(order, func(a, b string) int { return days[b] - days[a] })
	}
	out.Total, out.Lines = len(order), []Line{}
	order = order[min(q.From, len(order)):]
	if len(order) > drillPage {
		order, out.Next = order[:drillPage], q.From+drillPage
	}
	if len(order) > 0 {
		if out.Lines, err = s.store.FigureLines(ctx, access.ScopeOf(actor), order); err != nil {
			return Drilled{}, fmt.Errorf("cases of a figure: %w", err)
		}
	}
	for i, l := range out.Lines {
		out.Lines[i].Initials, out.Lines[i].Times = initials(l.Kana), times[l.CaseID]
		if days != nil {
			d := days[l.CaseID]
			out.Lines[i].Days = &d
		}
	}
	slices.SortStableFunc(out.Lines, func(a, b Line) int {
		if a.Days != nil && b.Days != nil {
			return *b.Days - *a.Days
		}
		return cmp.Compare(b.CaseNumber, a.CaseNumber)
	})
	e := actor.Audit(s.now(), access.VerbFiguresCases, strings.TrimSpace(fmt.Sprintf("%d %s", q.Year, q.Figure)))
	return out, s.store.AppendAudit(ctx, e)
}

// behind finds the cases of a number, each with how often it counts, and of those that stand in a stage for how many days they have.
func (s *Service) behind(ctx context.Context, actor access.Actor, q Question) (out Drilled, times, days map[string]int, err error) {
	if q.Figure == "standing" {
		return s.standing(ctx, actor, q)
	}
	t, err := s.table(ctx, actor, q.Year)
	if err != nil {
		return out, nil, nil, err
	}
	for _, g := range t.Groups {
		for _, f := range g.Figures {
			if f.ID != q.Figure || !f.Drill {
				continue
			}
			month, when := wholeYear, t.Name
			if q.Month != nil {
				month, when = *q.Month, t.Name+"　"+t.Months[*q.Month]
			}
			return Drilled{Title: f.Label + "（" + when + "）", Definition: f.Definition}, f.Behind(month), nil, nil
		}
	}
	for _, x := range t.Shares {
		for _, r := range x.Rows {
			if x.ID == q.Figure && x.Drill && r.Label == q.Row {
				times = map[string]int{}
				count(times, r.of)
				return Drilled{Title: x.Title + "：" + r.Label, Definition: x.Definition}, times, nil, nil
			}
		}
	}
	return out, nil, nil, noSuchFigure
}

// standing are the cases that stand in a stage now.
func (s *Service) standing(ctx context.Context, actor access.Actor, q Question) (out Drilled, times, days map[string]int, err error) {
	steps, err := s.store.FigureSteps(ctx, access.ScopeOf(actor))
	if err != nil {
		return out, nil, nil, fmt.Errorf("cases of a stage: %w", err)
	}
	stage := cases.Stage(q.Row)
	if stage.Label() == "" {
		return out, nil, nil, noSuchFigure
	}
	now := s.now()
	days = map[string]int{}
	for _, x := range stays(steps) {
		if x.to == nil && x.stage == stage {
			days[x.caseID] = int(x.days(now))
		}
	}
	out.Title = "いま「" + stage.Label() + "」にあるケース"
	out.Definition = "その段階に入ってから、まだ次に進んでいないケース。長く止まっているものから並べます。"
	times = maps.Clone(days)
	for id := range times {
		times[id] = 1
	}
	return out, times, days, nil
}

// initials are the first letters of the readings: 「た・よ」.
func initials(kana []string) string {
	var out []string
	for _, k := range kana {
		out = append(out, text.Initial(k))
	}
	return strings.Join(out, "・")
}
