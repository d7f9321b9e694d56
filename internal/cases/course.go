package cases

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/jptime"
	"kasane/internal/sheets"
)

// ScreeningLine is a スクリーニング with its words.
type ScreeningLine struct {
	Screening
	ResultLabel  string   `json:"resultLabel"`
	GroundLabels []string `json:"groundLabels"`
	// Past: it was of an earlier インテーク, or a newer one has taken its place.
	Past bool `json:"past"`
}

// StepLine is a Step with its words.
type StepLine struct {
	From       Stage     `json:"from"`
	FromLabel  string    `json:"fromLabel"`
	To         Stage     `json:"to"`
	ToLabel    string    `json:"toLabel"`
	At         time.Time `json:"at"`
	ByName     string    `json:"byName"`
	AgencyName string    `json:"agencyName"`
	Code       string    `json:"code"`
	CodeLabel  string    `json:"codeLabel"`
	Reason     string    `json:"reason"`
	Until      string    `json:"until"`
}

// Course (段階の経過) is how a case has gone through its stages, as one reader may see it.
type Course struct {
	Stage   Stage `json:"stage"`
	Version int64 `json:"version"`
	// Screenings and Steps, newest first.
	Screenings []ScreeningLine `json:"screenings"`
	Steps      []StepLine      `json:"steps"`
	// MayScreen: the actor may record a スクリーニング now.
	MayScreen bool `json:"mayScreen"`
	// Until and DaysLate are of the 中断 that lasts; DaysLate counts from 再開予定日 on.
	Until    string `json:"until"`
	DaysLate int    `json:"daysLate"`
	// Closing is what 終結 wants here, for who holds the record.
	Closing *Closing `json:"closing,omitempty"`
	// Former and Later are the cases of a 再受付 that the reader has to do with too.
	Former *CaseLink  `json:"former,omitempty"`
	Later  []CaseLink `json:"later"`
	// Withheld: reasons are kept from the reader (同意範囲外).
	Withheld bool `json:"withheld"`
}

// Closing is what stands about a 終結 to come.
type Closing struct {
	Agreed    bool   `json:"agreed"`    // an agreed plan wants its 評価
	Evaluated bool   `json:"evaluated"` // and has it
	Planned   bool   `json:"planned"`   // a plan wants 終結後の主担当, or a reason
	Lead      string `json:"lead"`      // who has accepted
}

// Course tells it to staff of the case. What was said at a move or a スクリーニング is told of the household as 支援経過, the result of a スクリーニング as 基本情報: as far as
// the gate shows these to the reader. The stages themselves, and 再開予定日, everybody of the case knows.
func (s *Service) Course(ctx context.Context, actor access.Actor, caseID string) (Course, error) {
	if err := access.Require(actor, access.ActOutreach); err != nil {
		return Course{}, err
	}
	r, err := s.gate.Fieldwork(ctx, actor, caseID)
	if err != nil {
		return Course{}, err
	}
	scope := access.ScopeOf(actor)
	c, err := s.store.Case(ctx, scope, caseID)
	if err != nil {
		return Course{}, err
	}
	screenings, err := s.store.Screenings(ctx, scope, caseID)
	if err != nil {
		return Course{}, err
	}
	steps, err := s.store.CaseSteps(ctx, scope, caseID)
	if err != nil {
		return Course{}, err
	}
	said := !r.Spared() && r.Sees("", "", consent.ItemProgress)
	v := Course{Stage: c.Stage, Version: c.Version, Screenings: []ScreeningLine{}, Steps: []StepLine{}, MayScreen: actor.Holder() && c.Stage == StageIntake, Withheld: !said}
	if r.Sees("", "", consent.ItemBasic) && !r.Spared() {
		for i, x := range slices.Backward(screenings) {
			v.Screenings = append(v.Screenings, screeningLine(s.sheets.Of(actor.Tenant), x, said, i < len(screenings)-1 || x.CaseVersion != c.Version && c.Stage == StageIntake))
		}
	}
	for _, x := range slices.Backward(steps) {
		v.Steps = append(v.Steps, stepLine(s.sheets.Of(actor.Tenant), x, said))
	}
	if c.Stage == StageSuspended && len(steps) > 0 && steps[len(steps)-1].Version == c.Version {
		v.Until = steps[len(steps)-1].Until
		v.DaysLate = daysAfter(v.Until, s.time())
	}
	if v.Former, v.Later, err = s.links(ctx, actor, caseID); err != nil {
		return Course{}, err
	}
	if actor.Holder() {
		e, err := s.store.EndingOf(ctx, scope, caseID)
		if err != nil {
			return Course{}, err
		}
		v.Closing = &Closing{Agreed: e.Agreed, Evaluated: e.Evaluated, Planned: e.Planned, Lead: e.LeadName}
	}
	return v, s.store.AppendAudit(ctx, actor.Audit(s.time(), access.VerbCaseOpen, caseID).InCase(caseID))
}

func screeningLine(book *sheets.Book, x Screening, said, past bool) ScreeningLine {
	set := book.At(jptime.DateOf(x.At).String())
	l := ScreeningLine{Screening: x, ResultLabel: set.Label("screening", x.Result), GroundLabels: []string{}, Past: past}
	if !said {
		l.Grounds, l.To, l.Reason = []string{}, "", ""
		return l
	}
	if l.Grounds == nil {
		l.Grounds = []string{}
	}
	for _, g := range x.Grounds {
		l.GroundLabels = append(l.GroundLabels, set.Label("trouble", g))
	}
	return l
}

func stepLine(book *sheets.Book, x Step, said bool) StepLine {
	l := StepLine{From: x.From, FromLabel: x.From.Label(), To: x.To, ToLabel: x.To.Label(), At: x.At, ByName: x.ByName, AgencyName: x.AgencyName, Until: x.Until}
	if !said {
		return l
	}
	l.Code, l.Reason = x.Code, x.Reason
	if list := codesOf[x.To]; list != "" && x.Code != "" {
		l.CodeLabel = book.At(jptime.DateOf(x.At).String()).Label(list, x.Code)
	}
	return l
}

// set are the forms and choices of a municipality today.
func (s *Service) set(tenant string) sheets.Set {
	return s.sheets.Of(tenant).At(jptime.DateOf(s.time()).String())
}

// daysAfter counts the days since an ISO day; 0 on the day itself, before it, and without one.
func daysAfter(day string, now time.Time) int {
	d, err := time.ParseInLocation(time.DateOnly, day, jptime.JST)
	if err != nil {
		return 0
	}
	return max(0, int(jptime.DateOf(now).Time().Sub(d)/(24*time.Hour)))
}

// Paused is a case in 中断 whose 再開予定日 has come or gone.
type Paused struct {
	CaseID     string `json:"caseId"`
	CaseNumber string `json:"caseNumber"`
	Since      string `json:"since"` // ISO day
	Until      string `json:"until"`
	Days       int    `json:"days"`
}

// pausesMost is how many lines the list of overdue 中断 has.
const pausesMost = 200

// OverduePauses lists the cases of the actor whose 再開予定日 is over, the longest first. Dates alone: why it was broken off stands on the page of the case.
func (s *Service) OverduePauses(ctx context.Context, actor access.Actor) ([]Paused, error) {
	if err := access.Require(actor, access.ActOutreach); err != nil {
		return nil, err
	}
	now := s.time()
	scope := access.ScopeOf(actor)
	scope.Archive = false
	list, err := s.store.PausedCases(ctx, scope, jptime.DateOf(now).String(), pausesMost)
	if err != nil {
		return nil, err
	}
	out := []Paused{}
	for _, x := range list {
		x.Days = daysAfter(x.Until, now)
		out = append(out, x)
	}
	return out, s.store.AppendAudit(ctx, actor.Audit(now, access.VerbOverdue, ""))
}
