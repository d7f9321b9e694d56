package reviews

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/plans"
	"kasane/internal/sheets"
	"kasane/internal/text"
)

// Service is what can be done with it.
type Service struct {
	store Store
	gate  Gate
	plans Plans
	books sheets.Books
	print Printer
	now   func() time.Time
}

// New makes the service.
func New(store Store, gate Gate, plans Plans, books sheets.Books, now func() time.Time) *Service {
	return &Service{store: store, gate: gate, plans: plans, books: books, now: now}
}

func (s *Service) today() string { return s.now().In(jptime.JST).Format(time.DateOnly) }

func (s *Service) set(tenant string) sheets.Set { return s.books.Of(tenant).At(s.today()) }

// Input is a record as it was written.
type Input struct {
	ID       string       `json:"id"` // made by whoever writes, so that what comes twice is kept once
	By       string       `json:"by"`
	Kind     Kind         `json:"kind"`
	Day      string       `json:"day"`
	Goals    []Mark       `json:"goals"`
	Verdict  string       `json:"verdict"`
	NextDay  string       `json:"nextDay"`
	PersonID string       `json:"personId"`
	Item     consent.Item `json:"item"`
	Said     Said         `json:"said"`
	Replaces string       `json:"replaces"`
}

const maxWords = 1000

var clientID = regexp.MustCompile(`^[0-9a-z][0-9a-z-]{19,63}$`)

// Record keeps one, about the newest agreed plan of the case.
func (s *Service) Record(ctx context.Context, a access.Actor, caseID string, in Input) error {
	if err := access.Require(a, access.ActOutreach); err != nil {
		return err
	}
	r, err := s.gate.Fieldwork(ctx, a, caseID)
	if err != nil {
		return err
	}
	if in.Kind == KindEvaluation && !a.Holder() {
		return fault.New(fault.Forbidden, "評価を書くのは、多機関協働担当と市所管課です。")
	}
	plan, body, err := s.plan(ctx, a, caseID)
	if err != nil {
		return err
	}
	if plan.ID == "" {
		return fault.New(fault.Conflict, "合意したプランがまだないため、記録できません。会議でプランに合意してから記録してください。")
	}
	if err := s.check(r, a, in, body.Goals); err != nil {
		return err
	}
	now := s.now().UTC().Truncate(time.Microsecond)
	x := Record{ID: in.ID, Tenant: a.Tenant, Kind: in.Kind, CaseID: caseID, PlanID: plan.ID, Day: in.Day, AgencyID: a.AgencyID, AgencyName: a.AgencyName, UserID: a.UserID,
		UserName: a.Name, Goals: in.Goals, Verdict: in.Verdict, NextDay: in.NextDay, PersonID: in.PersonID, Item: in.Item, Said: in.Said, Replaces: in.Replaces, RecordedAt: now}
	_, err = s.store.AddReview(ctx, x, a.Audit(now, access.VerbReviewRecord, x.ID).InCase(caseID))
	return err
}

// plan is the newest agreed plan of a case with what the actor may read of it; the zero one when there is none.
func (s *Service) plan(ctx context.Context, a access.Actor, caseID string) (PlanRef, plans.Body, error) {
	p, err := s.store.AgreedPlan(ctx, access.ScopeOf(a), caseID)
	if err != nil || p.ID == "" {
		return p, plans.Body{}, err
	}
	body, _, err := s.plans.Readable(ctx, a, "", p.ID)
	return p, body, err
}

func (s *Service) check(r cases.FieldRights, a access.Actor, in Input, goals []plans.Goal) error {
	switch {
	case in.By != a.UserID:
		return fault.New(fault.Unauthorized, "この端末では、別の人がサインインしています。書いた人がサインインすると送られます。")
	case !clientID.MatchString(in.ID):
		return fault.New(fault.Invalid, "記録の番号を読み取れません。画面を更新して、もう一度入力してください。").On("id")
	case in.Kind != KindMonitor && in.Kind != KindEvaluation:
		return fault.New(fault.Invalid, "記録の種類を選び直してください。").On("kind")
	case in.Item == consent.ItemAddress || !in.Item.Valid():
		return fault.New(fault.Invalid, "情報の区分を選んでください。").On("item")
	case !r.Knows(in.PersonID):
		return fault.New(fault.Invalid, "だれのことかを選び直してください。").On("personId")
	case !r.Sees(a.AgencyID, in.PersonID, in.Item):
		return fault.New(fault.Invalid, "この人のことは、ここには記録できません。事務局に伝えてください。").On("personId")
	}
	for _, step := range []func() error{
		func() error { return s.checkDays(in) },
		func() error { return s.checkGoals(a, in, goals) },
		func() error { return s.checkVerdict(a, in) },
		func() error { return s.checkSaid(a, in) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) checkDays(in Input) error {
	day, err := time.ParseInLocation(time.DateOnly, in.Day, jptime.JST)
	switch {
	case err != nil:
		return fault.New(fault.Invalid, "実施日を入力してください。").On("day")
	case in.Day > s.today():
		return fault.New(fault.Invalid, "実施日が未来になっています。").On("day")
	case day.Year() < 2000:
		return fault.New(fault.Invalid, "実施日の年を確かめてください。").On("day")
	}
	if in.NextDay == "" {
		if in.Kind == KindMonitor && in.Verdict == "continue" {
			return fault.New(fault.Invalid, "継続するときは、次回のモニタリングの日を入れてください。").On("nextDay")
		}
		return nil
	}
	if next, err := time.ParseInLocation(time.DateOnly, in.NextDay, jptime.JST); err != nil || !next.After(day) || next.Year() > 2200 {
		return fault.New(fault.Invalid, "次回の日は、実施日より後にしてください。").On("nextDay")
	}
	return nil
}

// checkGoals: each goal once, by a code of its list; a 評価 says something of every goal.
func (s *Service) checkGoals(a access.Actor, in Input, goals []plans.Goal) error {
	list, _ := s.set(a.Tenant).List(map[Kind]string{KindMonitor: "progress", KindEvaluation: "goal_result"}[in.Kind])
	for i, m := range in.Goals {
		_, known := list.Find(m.Code)
		if !known || !slices.ContainsFunc(goals, func(g plans.Goal) bool { return g.ID == m.Goal }) || slices.ContainsFunc(in.Goals[:i], func(o Mark) bool { return o.Goal == m.Goal }) {
			return fault.New(fault.Invalid, "目標ごとの状況を選び直してください。").On("goals")
		}
	}
	if in.Kind == KindEvaluation && len(in.Goals) < len(goals) {
		return fault.New(fault.Invalid, "目標のすべてについて、達成の状況を選んでください。").On("goals")
	}
	return nil
}

func (s *Service) checkVerdict(a access.Actor, in Input) error {
	if in.Kind == KindMonitor {
		return s.known(a, "monitor_verdict", "verdict", "判断", in.Verdict)
	}
	if err := s.known(a, "evaluation", "verdict", "評価の結果", in.Verdict); err != nil {
		return err
	}
	if in.Verdict == "close" || in.Said.EndReason != "" {
		return s.known(a, "end_reason", "endReason", "終結の理由", in.Said.EndReason)
	}
	return nil
}

func (s *Service) known(a access.Actor, list, field, label, code string) error {
	l, _ := s.set(a.Tenant).List(list)
	if _, ok := l.Find(code); !ok {
		return fault.Newf(fault.Invalid, "%sを選んでください。", label).On(field)
	}
	return nil
}

func (s *Service) checkSaid(a access.Actor, in Input) error {
	d := in.Said
	for i, c := range d.Changes {
		if err := s.known(a, "change", "changes", "見られた変化", c); err != nil || slices.Contains(d.Changes[:i], c) {
			return fault.New(fault.Invalid, "見られた変化を選び直してください。").On("changes")
		}
	}
	for i, c := range d.AgencyChanges {
		if err := s.known(a, "agency_change", "agencyChanges", "支援機関側の変化", c); err != nil || slices.Contains(d.AgencyChanges[:i], c) {
			return fault.New(fault.Invalid, "支援機関側の変化を選び直してください。").On("agencyChanges")
		}
	}
	for _, f := range []struct{ key, label, words string }{{"change", "本人の変化", d.Change}, {"voice", "本人の感想・希望", d.Voice}, {"found", "課題", d.Found}, {"view", "支援者の意見", d.View},
		{"after", "終結後の見守り", d.After}} {
		if err := text.Memo(f.key, f.label, f.words, maxWords); err != nil {
			return err
		}
	}
	if in.Kind == KindMonitor && len(in.Goals) == 0 && strings.TrimSpace(d.Change+d.Voice+d.Found+d.View) == "" {
		return fault.New(fault.Invalid, "目標ごとの状況か、本人の変化を書いてください。").On("change")
	}
	return nil
}
