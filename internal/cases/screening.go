package cases

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/text"
)

// Screening (スクリーニング) is what was found in the インテーク: codes of the list screening (①–⑤). It is of the case as it stood; the newest one counts.
type Screening struct {
	ID          string    `json:"-"`
	Tenant      string    `json:"-"`
	CaseID      string    `json:"-"`
	CaseVersion int64     `json:"-"`
	Day         string    `json:"day"` // スクリーニング実施日, ISO
	Result      string    `json:"result"`
	Grounds     []string  `json:"grounds"`     // why 多機関協働 is needed, of the list trouble
	To          string    `json:"to"`          // つなぎ先 of ②
	ConfirmedOn string    `json:"confirmedOn"` // つなぎ確認日
	Reason      string    `json:"reason"`
	ByID        string    `json:"-"`
	ByName      string    `json:"byName"`
	AgencyName  string    `json:"agencyName"`
	At          time.Time `json:"at"`
}

// The results.
const (
	ScreenInformed = "1" // ①情報提供・相談対応のみで終了
	ScreenPassed   = "2" // ②他の制度・機関で対応可能
	ScreenSeeking  = "3" // ③引き続き同意に向けて取り組む
	ScreenPlan     = "4" // ④継続支援しプランを策定する
	ScreenBroken   = "5" // ⑤判断前に中断・終了
)

// leadsTo are the stages each result opens.
var leadsTo = map[string][]Stage{
	ScreenInformed: {StageClosed},
	ScreenPassed:   {StageClosed},
	ScreenSeeking:  {StageSeeking},
	ScreenPlan:     {StageAssessment},
	ScreenBroken:   {StageSuspended, StageClosed},
}

// LeadsTo are the stages a result opens; none for a code that is no result.
func LeadsTo(result string) []Stage { return slices.Clone(leadsTo[result]) }

// wanted says which results open a stage.
var wanted = map[Stage]string{
	StageAssessment: "④（継続支援しプランを策定する）",
	StageSeeking:    "③（引き続き同意に向けて取り組む）",
	StageClosed:     "①（情報提供のみで終了）、②（他の制度・機関で対応可能）、⑤（判断前に終了）のどれか",
	StageSuspended:  "⑤（判断前に中断）",
}

// screened is the condition on the way out of the インテーク: nobody is taken into 多機関協働, or let go, without a スクリーニング that says so.
func screened(x *Screening, to Stage) error {
	switch {
	case x == nil:
		return fault.Newf(fault.Conflict, "スクリーニングの結果がまだありません。「スクリーニング」の欄で結果を記録してから「%s」に進めてください。", to.Label()).On("screening")
	case !slices.Contains(leadsTo[x.Result], to):
		return fault.Newf(fault.Conflict, "「%s」に進めるには、スクリーニングの結果が%sである必要があります。今の結果と違うときは、「スクリーニング」の欄で記録し直してください。", to.Label(), wanted[to]).On("screening")
	case x.Result == ScreenPassed && x.ConfirmedOn == "":
		return fault.New(fault.Conflict, "つなぎ先がまだ確認できていません。つなぎ先に連絡がついたら、「スクリーニング」の欄でつなぎ確認日を記録してから終結にしてください。").On("screening")
	}
	return nil
}

// ScreeningInput is a スクリーニング as recorded.
type ScreeningInput struct {
	Version     int64    `json:"version"` // of the case, as the actor saw it
	Day         string   `json:"day"`
	Result      string   `json:"result"`
	Grounds     []string `json:"grounds"`
	To          string   `json:"to"`
	ConfirmedOn string   `json:"confirmedOn"`
	Reason      string   `json:"reason"`
}

// Screen records a スクリーニング. Holders only, in the インテーク only; what was recorded before stays readable.
func (s *Service) Screen(ctx context.Context, actor access.Actor, caseID string, in ScreeningInput) error {
	if err := holder(actor); err != nil {
		return err
	}
	c, err := s.store.Case(ctx, access.ScopeOf(actor), caseID)
	if err != nil {
		return fmt.Errorf("case: %w", err)
	}
	now := s.time()
	if err := s.checkScreening(actor.Tenant, in, now); err != nil {
		return err
	}
	switch {
	case c.Stage != StageIntake:
		return fault.Newf(fault.Conflict, "スクリーニングは、「%s」のケースで記録します(今は「%s」です)。", StageIntake.Label(), c.Stage.Label())
	case c.Version != in.Version:
		return fault.New(fault.Conflict, "ほかの人がこのケースを先に変更しました。画面を更新して、もう一度お試しください。")
	}
	x := Screening{ID: access.NewID(now), Tenant: actor.Tenant, CaseID: caseID, CaseVersion: in.Version, Day: in.Day, Result: in.Result, Grounds: in.Grounds, To: strings.TrimSpace(in.To),
		ConfirmedOn: in.ConfirmedOn, Reason: in.Reason, ByID: actor.UserID, ByName: actor.Name, AgencyName: actor.AgencyName, At: now}
	return s.store.AddScreening(ctx, x, actor.Audit(now, access.VerbScreening, x.ID).InCase(caseID))
}

func (s *Service) checkScreening(tenant string, in ScreeningInput, now time.Time) error {
	set := s.set(tenant)
	results, _ := set.List("screening")
	grounds, _ := set.List("trouble")
	if _, known := results.Find(in.Result); !known || leadsTo[in.Result] == nil {
		return fault.New(fault.Invalid, "スクリーニングの結果を選んでください。").On("result")
	}
	for i, g := range in.Grounds {
		if _, known := grounds.Find(g); !known || slices.Contains(in.Grounds[:i], g) {
			return fault.New(fault.Invalid, "多機関協働が必要な理由を選び直してください。").On("grounds")
		}
	}
	if err := pastDay("day", "スクリーニング実施日", in.Day, now); err != nil {
		return err
	}
	for _, err := range []error{text.Line("to", "つなぎ先", in.To, 60), text.Required("reason", "判断の理由", in.Reason), text.Memo("reason", "判断の理由", in.Reason, 1000)} {
		if err != nil {
			return err
		}
	}
	joint, passed := in.Result == ScreenSeeking || in.Result == ScreenPlan, in.Result == ScreenPassed
	switch {
	case joint && len(in.Grounds) == 0:
		return fault.New(fault.Invalid, "多機関協働が必要な理由を1つ以上選んでください。1つの機関で足りるときは、①か②にします。").On("grounds")
	case !joint && len(in.Grounds) > 0:
		return fault.New(fault.Invalid, "多機関協働が必要な理由は、③と④のときだけ選びます。").On("grounds")
	case passed && text.Required("to", "つなぎ先", in.To) != nil:
		return fault.New(fault.Invalid, "つなぎ先を入力してください。").On("to")
	case !passed && strings.TrimSpace(in.To) != "":
		return fault.New(fault.Invalid, "つなぎ先は、②のときだけ入れます。").On("to")
	case !passed && in.ConfirmedOn != "":
		return fault.New(fault.Invalid, "つなぎ確認日は、②のときだけ入れます。").On("confirmedOn")
	case in.ConfirmedOn != "":
		return pastDay("confirmedOn", "つなぎ確認日", in.ConfirmedOn, now)
	}
	return nil
}

// pastDay wants a day that is not to come.
func pastDay(key, label, day string, now time.Time) error {
	d, err := time.ParseInLocation(time.DateOnly, day, jptime.JST)
	switch {
	case err != nil:
		return fault.Newf(fault.Invalid, "%sを入力してください。", label).On(key)
	case day > jptime.DateOf(now).String():
		return fault.Newf(fault.Invalid, "%sが未来になっています。", label).On(key)
	case d.Year() < 2000:
		return fault.Newf(fault.Invalid, "%sの年を確かめてください。", label).On(key)
	}
	return nil
}
