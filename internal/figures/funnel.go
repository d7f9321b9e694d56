package figures

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/fault"
	"kasane/internal/jptime"
)

// FunnelStage (段階ごとの流れ) is how cases go through one stage.
type FunnelStage struct {
	Stage   cases.Stage `json:"stage"`
	Label   string      `json:"label"`
	Entered int         `json:"entered"` // cases that came to it in the span, each once
	Left    int         `json:"left"`    // stays that ended in the span
	Days    *float64    `json:"days"`    // of those, the median
	Now     int         `json:"now"`     // cases that stand in it now
	Waiting *float64    `json:"waiting"` // since when, in days: the median
	Long    int         `json:"long"`    // of those for thirty days or more
}

// Funnel (どこで止まっているか) is how many cases came to each stage in a 年度 or one of its months, how many stand there now, and how long it takes.
type Funnel struct {
	Year   int           `json:"year"`
	Month  *int          `json:"month"` // 0 is April; nil the whole year
	Name   string        `json:"name"`
	At     time.Time     `json:"at"`
	Stages []FunnelStage `json:"stages"`
	Years  []int         `json:"years"`
}

// stay is a case in a stage: since when, and until when; nil while it lasts.
type stay struct {
	caseID string
	stage  cases.Stage
	from   time.Time
	to     *time.Time
	gap    bool // it ended, and nobody knows when
}

// stays turns steps, by case and in order, into stays.
func stays(steps []Step) (out []stay) {
	for i, x := range steps {
		s := stay{caseID: x.CaseID, stage: x.Stage, from: x.At, gap: x.Gap}
		if i+1 < len(steps) && steps[i+1].CaseID == x.CaseID {
			s.to = &steps[i+1].At
		}
		out = append(out, s)
	}
	return out
}

// days is how long a stay lasted, or has lasted.
func (s stay) days(now time.Time) float64 {
	if s.to != nil {
		now = *s.to
	}
	return max(0, now.Sub(s.from).Hours()/24)
}

// Flow makes the stages of a funnel out of the steps, for what happened in [from, to).
func Flow(steps []Step, from, to, now time.Time) []FunnelStage {
	in := func(at time.Time) bool { return !at.Before(from) && at.Before(to) }
	var out []FunnelStage
	list := stays(steps)
	for _, stage := range cases.Stages() {
		f := FunnelStage{Stage: stage, Label: stage.Label()}
		came := map[string]bool{}
		var left, waits []float64
		for _, s := range list {
			if s.stage != stage {
				continue
			}
			if in(s.from) {
				came[s.caseID] = true
			}
			switch {
			case s.to == nil:
				waits = append(waits, s.days(now))
			case !s.gap && in(*s.to):
				left = append(left, s.days(now))
			}
		}
		f.Entered, f.Left, f.Now = len(came), len(left), len(waits)
		f.Days, f.Waiting = median(left), median(waits)
		for _, d := range waits {
			if d >= stuckAfter.Hours()/24 && stage != cases.StageClosed {
				f.Long++
			}
		}
		out = append(out, f)
	}
	return out
}

// median is the middle one, to one digit; of none there is none.
func median(list []float64) *float64 {
	if len(list) == 0 {
		return nil
	}
	list = slices.Clone(list)
	slices.Sort(list)
	mid := len(list) / 2
	v := list[mid]
	if len(list)%2 == 0 {
		v = (list[mid-1] + v) / 2
	}
	return number(math.Round(v*10) / 10)
}

// Funnel draws it; month nil is the whole 年度, and year 0 the one that runs.
func (s *Service) Funnel(ctx context.Context, actor access.Actor, year int, month *int) (Funnel, error) {
	x, err := s.span(year)
	if err != nil {
		return Funnel{}, err
	}
	if month != nil && (*month < 0 || *month > 11) {
		return Funnel{}, fault.New(fault.Invalid, "月を選び直してください。").On("month")
	}
	steps, err := s.store.FigureSteps(ctx, access.ScopeOf(actor))
	if err != nil {
		return Funnel{}, fmt.Errorf("funnel: %w", err)
	}
	from, to := x.begin(0), x.begin(12)
	out := Funnel{Year: x.year, Month: month, Name: jptime.FiscalYearName(x.year), At: x.now.UTC()}
	if month != nil {
		from, to = x.begin(*month), x.begin(*month+1)
		out.Name += "　" + x.names()[*month]
	}
	out.Stages = Flow(steps, from, to, x.now)
	oldest := jptime.DateOf(x.now).FiscalYear()
	for _, st := range steps {
		oldest = min(oldest, max(firstYear, jptime.DateOf(st.At).FiscalYear()))
	}
	for y := jptime.DateOf(x.now).FiscalYear(); y >= oldest; y-- {
		out.Years = append(out.Years, y)
	}
	return out, s.store.AppendAudit(ctx, actor.Audit(x.now, access.VerbFigures, fmt.Sprintf("%d funnel", x.year)))
}
