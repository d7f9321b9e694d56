package cases

import (
	"context"
	"fmt"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/text"
)

// Step (段階の経過) is one move of a case from stage to stage. It is never changed.
type Step struct {
	Version    int64 // of the case after the move
	From, To   Stage
	At         time.Time
	ByID       string
	ByName     string
	AgencyName string // of who moved it, as it was called then
	Code       string // why, of the list suspend_reason (中断) or end_reason (終結)
	Reason     string
	Until      string // 再開予定日 of a 中断, ISO
}

// StageInput is where a case is moved to.
type StageInput struct {
	Stage   Stage  `json:"stage"`
	Version int64  `json:"version"` // the one the actor saw
	Code    string `json:"code"`    // 中断の理由, 終結の理由
	Until   string `json:"until"`   // 再開予定日
	// Reason says more; of a 終結 it says why there is no 終結後の主担当.
	Reason string `json:"reason"`
}

// MoveFacts is what is looked at before a case is moved, all of one moment.
type MoveFacts struct {
	Stage    Stage
	Version  int64
	Steps    int  // of a 決裁 in this municipality
	Approved bool // a 起案 of this version is
	// Screening is the newest of this version, nil for none.
	Screening *Screening
	Ending    Ending
}

// Move is what is written with the move of a case.
type Move struct {
	Step Step
	End  *End // of a 終結
}

// maxPause is how many days ahead 再開予定日 may lie: a 中断 is looked at again within a year.
const maxPause = 366

// codesOf are the lists of reasons.
var codesOf = map[Stage]string{StageSuspended: "suspend_reason", StageClosed: "end_reason"}

// closingCodes: from these stages 終結 takes its reason from the list. What ends before is told by the スクリーニング, or at the counter.
var closingCodes = []Stage{StageSeeking, StageAssessment, StageSupporting, StageSuspended}

// SetStage moves the case along the flow, where the state table and its conditions allow it (may).
func (s *Service) SetStage(ctx context.Context, actor access.Actor, caseID string, in StageInput) (Case, error) {
	if err := holder(actor); err != nil {
		return Case{}, err
	}
	if err := text.Memo("reason", "理由", in.Reason, 500); err != nil {
		return Case{}, err
	}
	c, err := s.store.Case(ctx, access.ScopeOf(actor), caseID)
	if err != nil {
		return Case{}, fmt.Errorf("case: %w", err)
	}
	if err := s.checkCode(actor.Tenant, in); err != nil {
		return Case{}, err
	}
	now := s.time()
	c.Stage, c.Version, c.UpdatedAt = in.Stage, in.Version, now
	decide := func(f MoveFacts) (Move, error) {
		if err := in.may(f, now); err != nil {
			return Move{}, err
		}
		m := Move{Step: Step{ByID: actor.UserID, ByName: actor.Name, AgencyName: actor.AgencyName, Code: in.Code, Reason: in.Reason, Until: in.Until}}
		if in.Stage == StageClosed {
			end := End{ID: access.NewID(now), Tenant: actor.Tenant, CaseID: caseID, At: now, By: actor.UserID, ByName: actor.Name, LeadID: f.Ending.LeadID}
			if end.LeadID == "" && f.Ending.Planned {
				end.Reason = in.Reason
			}
			m.End = &end
		}
		return m, nil
	}
	if err := s.store.MoveCase(ctx, c, decide, actor.Audit(now, access.VerbCaseUpdate, caseID).InCase(caseID)); err != nil {
		return Case{}, fmt.Errorf("set stage: %w", err)
	}
	c.Version++
	return c, nil
}

// checkCode: a reason is one of its list, and nothing comes along that belongs to another stage.
func (s *Service) checkCode(tenant string, in StageInput) error {
	if in.Code != "" {
		l, _ := s.set(tenant).List(codesOf[in.Stage])
		if _, ok := l.Find(in.Code); !ok {
			return fault.New(fault.Invalid, "理由を選び直してください。").On("code")
		}
	}
	if in.Until != "" && in.Stage != StageSuspended {
		return fault.New(fault.Invalid, "再開予定日は、中断するときだけ入れます。").On("until")
	}
	return nil
}

// may is the state table with its conditions. It says what is missing and what to do.
func (in StageInput) may(f MoveFacts, now time.Time) error {
	switch {
	case in.Version != f.Version:
		return fault.New(fault.Conflict, "ほかの人がこのケースを先に変更しました。画面を更新して、もう一度お試しください。")
	case !slices.Contains(f.Stage.Next(), in.Stage):
		return fault.Newf(fault.Conflict, "「%s」から「%s」へは進められません。", f.Stage.Label(), in.Stage.Label()).On("stage")
	}
	if f.Stage == StageIntake {
		if err := screened(f.Screening, in.Stage); err != nil {
			return err
		}
	}
	switch in.Stage {
	case StageSuspended:
		return in.maySuspend(now)
	case StageClosed:
		return in.mayClose(f)
	case StageDecided:
		if f.Steps > 0 && !f.Approved {
			return fault.New(fault.Conflict, "市町村の決裁が済んでいません。「支援決定」の欄から起案し、決裁を受けてから進めてください。").On("stage")
		}
	}
	return nil
}

func (in StageInput) maySuspend(now time.Time) error {
	switch {
	case in.Code == "":
		return fault.New(fault.Invalid, "中断の理由を選んでください。").On("code")
	case in.Code == otherReason && text.Required("reason", "理由", in.Reason) != nil:
		return fault.New(fault.Invalid, "「その他」のときは、理由を書いてください。").On("reason")
	}
	d, err := time.ParseInLocation(time.DateOnly, in.Until, jptime.JST)
	first := jptime.DateOf(now).Time()
	switch {
	case err != nil:
		return fault.New(fault.Invalid, "再開予定日を入れてください。日が決まらないときは、状況を見直す日を入れます。").On("until")
	case !d.After(first):
		return fault.New(fault.Invalid, "再開予定日は、明日以降の日にしてください。").On("until")
	case d.After(first.AddDate(0, 0, maxPause)):
		return fault.New(fault.Invalid, "再開予定日は、1年以内にしてください。").On("until")
	}
	return nil
}

// otherReason is その他 of both lists as far as it wants words: of suspend_reason.
const otherReason = "09"

func (in StageInput) mayClose(f MoveFacts) error {
	if slices.Contains(closingCodes, f.Stage) {
		switch {
		case f.Ending.Agreed && !f.Ending.Evaluated:
			return fault.New(fault.Conflict, "目標ごとの評価が済んでいません。「モニタリング・評価」で、今のプランの評価を記録し、結果を「終結」にしてから進めてください。").On("evaluation")
		case in.Code == "":
			return fault.New(fault.Invalid, "終結の理由を選んでください。").On("code")
		}
	}
	if f.Ending.LeadID == "" && f.Ending.Planned && text.Required("reason", "理由", in.Reason) != nil {
		return fault.New(fault.Conflict, "終結後の主担当を引き受けた機関がありません。機関に頼んで引受の返事をもらうか、引き受ける機関がないまま終結する理由（転居・死亡・本人の辞退など）を書いてください。").On("reason")
	}
	return nil
}
