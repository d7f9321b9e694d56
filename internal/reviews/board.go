package reviews

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/outreach"
	"kasane/internal/plans"
)

// Goal is a goal of the plan that the reader may see.
type Goal struct {
	ID   string `json:"id"`
	Kind string `json:"kind"` // long 長期, short 短期
	Text string `json:"text"`
	Due  string `json:"due"`

	place plans.Place
}

// Marked is what a record says of a goal the reader may see.
type Marked struct {
	Goal  string `json:"goal"`
	Text  string `json:"text"`
	Code  string `json:"code"`
	Label string `json:"label"`
}

// Line is a record as one reader sees it.
type Line struct {
	ID           string       `json:"id"`
	Kind         Kind         `json:"kind"`
	Round        int          `json:"round"` // of the plan; 0 = an earlier one
	Day          string       `json:"day"`
	AgencyName   string       `json:"agencyName"`
	UserName     string       `json:"userName"`
	RecordedAt   time.Time    `json:"recordedAt"`
	Goals        []Marked     `json:"goals"`
	Unseen       int          `json:"unseen"` // goals the reader may not see
	Verdict      string       `json:"verdict"`
	VerdictLabel string       `json:"verdictLabel"`
	NextDay      string       `json:"nextDay"`
	Who          string       `json:"who"`
	PersonID     string       `json:"personId"`
	Item         consent.Item `json:"item"`
	ItemLabel    string       `json:"itemLabel"`
	// Hidden: the words are out of the consent for the reader (同意範囲外), and Said is empty.
	Hidden       bool     `json:"hidden"`
	Said         Said     `json:"said"`
	ChangeLabels []string `json:"changeLabels"`
	AgencyLabels []string `json:"agencyLabels"`
	EndLabel     string   `json:"endLabel"`
	Corrected    int      `json:"corrected"` // how often it was corrected
	MayCorrect   bool     `json:"mayCorrect"`
}

// Board is モニタリング and 評価 of a case as one reader sees it.
type Board struct {
	CaseNumber  string         `json:"caseNumber"`
	Stage       cases.Stage    `json:"stage"`
	PlanID      string         `json:"planId"` // "" = no plan was agreed to yet
	Round       int            `json:"round"`
	Goals       []Goal         `json:"goals"`
	Due         string         `json:"due"` // next モニタリング, "" = none is fixed
	DaysLate    int            `json:"daysLate"`
	Records     []Line         `json:"records"` // newest first
	People      []outreach.Who `json:"people"`
	Items       []consent.Item `json:"items"`
	MayEvaluate bool           `json:"mayEvaluate"`

	names map[string]string // of the household, for a paper that must not tell them
}

// Board tells everything of a case. The reading is in the log.
func (s *Service) Board(ctx context.Context, a access.Actor, caseID string) (Board, error) {
	if err := access.Require(a, access.ActOutreach); err != nil {
		return Board{}, err
	}
	r, err := s.gate.Fieldwork(ctx, a, caseID)
	if err != nil {
		return Board{}, err
	}
	scope := access.ScopeOf(a)
	c, err := s.store.Case(ctx, scope, caseID)
	if err != nil {
		return Board{}, err
	}
	plan, body, err := s.plan(ctx, a, caseID)
	if err != nil {
		return Board{}, err
	}
	persons, err := s.store.Persons(ctx, scope, caseID)
	if err != nil {
		return Board{}, err
	}
	all, err := s.store.Reviews(ctx, scope, caseID)
	if err != nil {
		return Board{}, err
	}
	out := Board{CaseNumber: c.Number, Stage: c.Stage, PlanID: plan.ID, Round: plan.Round, Goals: []Goal{}, Items: outreach.Items(), MayEvaluate: a.Holder()}
	for _, g := range body.Goals {
		out.Goals = append(out.Goals, Goal{g.ID, g.Kind, g.Text, g.Due, g.Place})
	}
	out.names = outreach.NamesOf(persons)
	people := outreach.People(r, persons)
	for _, p := range people {
		if r.Sees(a.AgencyID, p.ID, consent.ItemProgress) {
			out.People = append(out.People, p)
		}
	}
	out.Records = s.lines(r, a, people, plan, body.Goals, all)
	if plan.ID != "" && c.Stage.GoesOn() {
		out.Due = due(plan.ID, all, body.NextMonitoring)
		out.DaysLate = outreach.Late(out.Due, s.today())
	}
	return out, s.store.AppendAudit(ctx, a.Audit(s.now(), access.VerbReviewOpen, caseID).InCase(caseID))
}

// due is the day of the next モニタリング of a plan: that of the newest record, otherwise that of the plan. After an 評価 none is due.
func due(planID string, all []Record, ofPlan string) string {
	for _, x := range all { // newest first
		if x.PlanID != planID || replacedIn(all, x.ID) {
			continue
		}
		return x.NextDay
	}
	return ofPlan
}

func replacedIn(all []Record, id string) bool {
	return slices.ContainsFunc(all, func(y Record) bool { return y.Replaces == id })
}

func (s *Service) lines(r cases.FieldRights, a access.Actor, people []outreach.Who, plan PlanRef, goals []plans.Goal, all []Record) []Line {
	set := s.set(a.Tenant)
	out := []Line{}
	labels := func(list string, codes []string) []string {
		out := []string{}
		for _, c := range codes {
			out = append(out, set.Label(list, c))
		}
		return out
	}
	for _, x := range all {
		if replacedIn(all, x.ID) || r.Secret(x.PersonID, x.Item) {
			continue
		}
		verdicts, marks := "monitor_verdict", "progress"
		if x.Kind == KindEvaluation {
			verdicts, marks = "evaluation", "goal_result"
		}
		l := Line{ID: x.ID, Kind: x.Kind, Day: x.Day, AgencyName: x.AgencyName, UserName: x.UserName, RecordedAt: x.RecordedAt, Goals: []Marked{}, Verdict: x.Verdict,
			VerdictLabel: set.Label(verdicts, x.Verdict), NextDay: x.NextDay, Who: outreach.Called(people, x.PersonID), PersonID: x.PersonID, Item: x.Item, ItemLabel: x.Item.Label(),
			ChangeLabels: []string{}, AgencyLabels: []string{}, MayCorrect: x.AgencyID == a.AgencyID && x.PlanID == plan.ID && (x.Kind == KindMonitor || a.Holder())}
		if x.PlanID == plan.ID {
			l.Round = plan.Round
		}
		for _, m := range x.Goals {
			if i := slices.IndexFunc(goals, func(g plans.Goal) bool { return g.ID == m.Goal }); i >= 0 && x.PlanID == plan.ID {
				l.Goals = append(l.Goals, Marked{m.Goal, goals[i].Text, m.Code, set.Label(marks, m.Code)})
			} else if x.PlanID == plan.ID {
				l.Unseen++
			}
		}
		if l.Hidden = !r.Sees(x.AgencyID, x.PersonID, x.Item); !l.Hidden {
			l.Said, l.ChangeLabels, l.AgencyLabels = x.Said, labels("change", x.Said.Changes), labels("agency_change", x.Said.AgencyChanges)
			if x.Said.EndReason != "" {
				l.EndLabel = set.Label("end_reason", x.Said.EndReason)
			}
		}
		for id := x.Replaces; id != ""; l.Corrected++ {
			i := slices.IndexFunc(all, func(y Record) bool { return y.ID == id })
			if i < 0 {
				break
			}
			id = all[i].Replaces
		}
		out = append(out, l)
	}
	return out
}

// OverdueLine is a plan whose モニタリング is overdue.
type OverdueLine struct {
	CaseID     string `json:"caseId"`
	CaseNumber string `json:"caseNumber"`
	PlanID     string `json:"planId"`
	Round      int    `json:"round"`
	Due        string `json:"due"`
	Days       int    `json:"days"`
	LastDay    string `json:"lastDay"` // "" = none was made
}

// OverdueList is a page of them, the longest overdue of it first.
type OverdueList struct {
	Lines  []OverdueLine `json:"lines"`
	Looked int           `json:"looked"`
	Total  int           `json:"total"`
	Next   string        `json:"next"`
}

// overduePage is how many plans one page looks through.
const overduePage = 200

// Overdue lists the agreed plans of cases that go on whose モニタリング is overdue, to those who read the plan outside of meetings. after is Next of the page
// before.
func (s *Service) Overdue(ctx context.Context, a access.Actor, after string) (OverdueList, error) {
	out := OverdueList{Lines: []OverdueLine{}}
	switch {
	case a.Tenant == "":
		return out, fault.New(fault.Unauthorized, "")
	case a.Guest():
		return out, fault.New(fault.Forbidden, "期限を過ぎたモニタリングの一覧は、職員だけが見られます。")
	case len(after) > 64:
		return out, fault.New(fault.Invalid, "一覧の続きを読み取れません。画面を更新してください。").On("after")
	}
	scope := access.ScopeOf(a)
	scope.Archive = false
	list, err := s.store.WatchedPlans(ctx, scope, after, overduePage)
	if err != nil {
		return out, err
	}
	if out.Total, err = s.store.CountAgreedPlans(ctx, scope); err != nil {
		return out, err
	}
	if out.Looked = len(list); out.Looked == overduePage {
		out.Next = list[out.Looked-1].CaseNumber
	}
	entries := []access.Entry{a.Audit(s.now(), access.VerbOverdue, "")}
	for _, w := range list {
		if _, err := s.gate.Fieldwork(ctx, a, w.CaseID); fault.Is(err, fault.NotFound) {
			continue
		} else if err != nil {
			return OverdueList{}, err
		}
		day := w.NextDay
		if w.LastDay == "" {
			body, _, err := s.plans.Readable(ctx, a, "", w.PlanID)
			if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Forbidden) {
				continue
			}
			if err != nil {
				return OverdueList{}, err
			}
			day = body.NextMonitoring
		}
		if days := outreach.Late(day, s.today()); days > 0 {
			out.Lines = append(out.Lines, OverdueLine{w.CaseID, w.CaseNumber, w.PlanID, w.Round, day, days, w.LastDay})
			entries = append(entries, a.Audit(s.now(), access.VerbPlanOpen, w.PlanID).InCase(w.CaseID))
		}
	}
	slices.SortStableFunc(out.Lines, func(x, y OverdueLine) int { return y.Days - x.Days })
	return out, s.store.AppendAudit(ctx, entries...)
}

// DayOf is an ISO day as papers say it.
func DayOf(iso string) jptime.Date {
	t, err := time.ParseInLocation(time.DateOnly, iso, jptime.JST)
	if err != nil {
		return jptime.Date{}
	}
	return jptime.DateOf(t)
}
