package cases

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/text"
)

// FollowupState says where a フォローアップ stands.
type FollowupState string

// The states.
const (
	FollowupPlanned FollowupState = "planned" // 予定
	FollowupDone    FollowupState = "done"    // 済み
	FollowupDropped FollowupState = "dropped" // 取りやめ
)

// Followup (フォローアップ) asks after 終結 how somebody is: first when and by whom, then what was heard. What was heard is never changed.
type Followup struct {
	ID, Tenant, CaseID     string
	AgencyID, AgencyName   string // who is to do it
	DueOn                  string
	MadeBy, MadeName       string
	MadeAt                 time.Time
	State                  FollowupState
	Method, Result, Note   string
	DoneOn                 string
	DoneBy, DoneName       string
	DoneAgency, DoneByName string // the agency of who did it, and its name then
	DoneAt                 *time.Time
}

// FollowupLine is one as a reader may see it.
type FollowupLine struct {
	ID          string        `json:"id"`
	AgencyID    string        `json:"agencyId"`
	AgencyName  string        `json:"agencyName"`
	DueOn       string        `json:"dueOn"`
	DaysLate    int           `json:"daysLate"`
	State       FollowupState `json:"state"`
	MethodLabel string        `json:"methodLabel"`
	ResultLabel string        `json:"resultLabel"`
	Note        string        `json:"note"`
	DoneOn      string        `json:"doneOn"`
	DoneBy      string        `json:"doneBy"`
	MayDo       bool          `json:"mayDo"`
	// Withheld: what was heard is out of the consent for the reader (同意範囲外).
	Withheld bool `json:"withheld"`
}

// FollowupInput is a フォローアップ as planned.
type FollowupInput struct {
	AgencyID string `json:"agencyId"`
	DueOn    string `json:"dueOn"`
}

// HeardInput is what was heard; Drop takes the plan back instead. NextOn plans the next one.
type HeardInput struct {
	Drop   bool   `json:"drop"`
	DoneOn string `json:"doneOn"`
	Method string `json:"method"`
	Result string `json:"result"`
	Note   string `json:"note"`
	NextOn string `json:"nextOn"`
}

// maxFollowup is how many days ahead a フォローアップ may lie.
const maxFollowup = 2 * 366

// Followups lists those of a case to its staff, newest first. What was heard is 支援経過 of the household; an agency goes on seeing what it wrote itself.
func (s *Service) Followups(ctx context.Context, actor access.Actor, caseID string) ([]FollowupLine, error) {
	r, list, err := s.followups(ctx, actor, caseID)
	if err != nil {
		return nil, err
	}
	now, set := s.time(), s.set(actor.Tenant)
	out := []FollowupLine{}
	for _, x := range slices.Backward(list) {
		l := FollowupLine{ID: x.ID, AgencyID: x.AgencyID, AgencyName: x.AgencyName, DueOn: x.DueOn, State: x.State, DoneOn: x.DoneOn, MayDo: x.mayDo(actor)}
		if x.State == FollowupPlanned {
			l.DaysLate = daysAfter(x.DueOn, now)
		}
		if x.State == FollowupDone {
			if l.Withheld = r.Spared() || !r.Sees(x.DoneAgency, "", consent.ItemProgress); !l.Withheld {
				l.MethodLabel, l.ResultLabel, l.Note = set.Label("outreach_method", x.Method), set.Label("followup_result", x.Result), x.Note
			}
			l.DoneBy = x.DoneByName + "　" + x.DoneName
		}
		out = append(out, l)
	}
	return out, s.store.AppendAudit(ctx, actor.Audit(now, access.VerbCaseOpen, caseID).InCase(caseID))
}

func (s *Service) followups(ctx context.Context, actor access.Actor, caseID string) (FieldRights, []Followup, error) {
	if err := access.Require(actor, access.ActOutreach); err != nil {
		return FieldRights{}, nil, err
	}
	r, err := s.gate.Fieldwork(ctx, actor, caseID)
	if err != nil {
		return FieldRights{}, nil, err
	}
	list, err := s.store.Followups(ctx, access.ScopeOf(actor), caseID)
	return r, list, err
}

// mayDo: who is to do it, and who holds the record.
func (x Followup) mayDo(a access.Actor) bool {
	return x.State == FollowupPlanned && (a.Holder() || a.AgencyID != "" && a.AgencyID == x.AgencyID)
}

// PlanFollowup plans one of a case that is 終結: who holds the record for any agency of the case, an agency for itself.
func (s *Service) PlanFollowup(ctx context.Context, actor access.Actor, caseID string, in FollowupInput) error {
	if _, _, err := s.followups(ctx, actor, caseID); err != nil {
		return err
	}
	if in.AgencyID != actor.AgencyID && !actor.Holder() {
		return fault.New(fault.Forbidden, "ほかの機関のフォローアップを決められるのは、事務局と市の所管課だけです。").On("agencyId")
	}
	now := s.time()
	if err := comingDay("dueOn", "フォローアップの予定日", in.DueOn, now); err != nil {
		return err
	}
	x := Followup{ID: access.NewID(now), Tenant: actor.Tenant, CaseID: caseID, AgencyID: in.AgencyID, DueOn: in.DueOn, MadeBy: actor.UserID, MadeName: actor.Name, MadeAt: now, State: FollowupPlanned}
	return s.store.AddFollowup(ctx, x, actor.Audit(now, access.VerbFollowup, x.ID).InCase(caseID))
}

// DoFollowup records what was heard, or takes the plan back.
func (s *Service) DoFollowup(ctx context.Context, actor access.Actor, caseID, id string, in HeardInput) error {
	r, list, err := s.followups(ctx, actor, caseID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(x Followup) bool { return x.ID == id })
	if i < 0 {
		return fault.New(fault.NotFound, "このフォローアップは見つかりません。画面を更新してください。")
	}
	x := list[i]
	switch {
	case x.State != FollowupPlanned:
		return followupGone
	case !x.mayDo(actor):
		return fault.New(fault.Forbidden, "記録できるのは、担当の機関("+x.AgencyName+")と、事務局・市の所管課です。")
	case !in.Drop && (r.Spared() || !r.Sees(actor.AgencyID, "", consent.ItemProgress)):
		return fault.New(fault.Invalid, "この世帯のことは、ここには記録できません。事務局に伝えてください。").On("note")
	}
	now := s.time()
	var next *Followup
	if in.Drop {
		x.State = FollowupDropped
	} else {
		if err := s.checkHeard(actor.Tenant, in, now); err != nil {
			return err
		}
		x.State, x.Method, x.Result, x.Note, x.DoneOn = FollowupDone, in.Method, in.Result, in.Note, in.DoneOn
		if in.NextOn != "" {
			next = &Followup{ID: access.NewID(now), Tenant: actor.Tenant, CaseID: caseID, AgencyID: x.AgencyID, DueOn: in.NextOn, MadeBy: actor.UserID, MadeName: actor.Name, MadeAt: now, State: FollowupPlanned}
		}
	}
	x.DoneBy, x.DoneName, x.DoneAgency, x.DoneByName, x.DoneAt = actor.UserID, actor.Name, actor.AgencyID, actor.AgencyName, &now
	return s.store.DoFollowup(ctx, x, next, actor.Audit(now, access.VerbFollowup, x.ID).InCase(caseID))
}

var followupGone = fault.New(fault.Conflict, "このフォローアップは、すでに記録されています。画面を更新してください。")

func (s *Service) checkHeard(tenant string, in HeardInput, now time.Time) error {
	set := s.set(tenant)
	methods, _ := set.List("outreach_method")
	results, _ := set.List("followup_result")
	_, way := methods.Find(in.Method)
	_, known := results.Find(in.Result)
	if err := pastDay("doneOn", "連絡した日", in.DoneOn, now); err != nil {
		return err
	}
	switch {
	case !way:
		return fault.New(fault.Invalid, "方法を選んでください。").On("method")
	case !known:
		return fault.New(fault.Invalid, "結果を選んでください。").On("result")
	case in.NextOn != "":
		if err := comingDay("nextOn", "次のフォローアップの日", in.NextOn, now); err != nil {
			return err
		}
	}
	return text.Memo("note", "様子", in.Note, 1000)
}

// comingDay wants a day from today on.
func comingDay(key, label, day string, now time.Time) error {
	d, err := time.ParseInLocation(time.DateOnly, day, jptime.JST)
	first := jptime.DateOf(now).Time()
	switch {
	case err != nil:
		return fault.Newf(fault.Invalid, "%sを入力してください。", label).On(key)
	case d.Before(first):
		return fault.Newf(fault.Invalid, "%sが過去の日付です。", label).On(key)
	case d.After(first.AddDate(0, 0, maxFollowup)):
		return fault.Newf(fault.Invalid, "%sは、2年以内にしてください。", label).On(key)
	}
	return nil
}

// LateFollowup is a フォローアップ whose day is over. Dates and names of agencies alone.
type LateFollowup struct {
	CaseID     string `json:"caseId"`
	CaseNumber string `json:"caseNumber"`
	AgencyName string `json:"agencyName"`
	DueOn      string `json:"dueOn"`
	Days       int    `json:"days"`
}

// OverdueFollowups lists those of cases that are 終結: all to who holds the record, to others those of their own agency.
func (s *Service) OverdueFollowups(ctx context.Context, actor access.Actor) ([]LateFollowup, error) {
	if err := access.Require(actor, access.ActOutreach); err != nil {
		return nil, err
	}
	now := s.time()
	scope := access.ScopeOf(actor)
	scope.Archive = false
	of := actor.AgencyID
	if actor.Holder() {
		of = ""
	}
	list, err := s.store.LateFollowups(ctx, scope, of, jptime.DateOf(now).String(), pausesMost)
	if err != nil {
		return nil, err
	}
	out := []LateFollowup{}
	for _, x := range list {
		x.Days = daysAfter(x.DueOn, now)
		out = append(out, x)
	}
	return out, s.store.AppendAudit(ctx, actor.Audit(now, access.VerbOverdue, ""))
}
