package plans

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/text"
)

// Current picks the newest answer per action × agency and tells for each whether it still holds for the body. Answers to actions that
// are not in the body, in the document they were given in, are left out: they are gone, or not this reader's. Ids of rows are made by
// clients, so a row of the same id in another document must not bring them out.
func Current(body Body, answers []RoleAnswer) []AnswerView {
	type key struct{ doc, action, agency string }
	newest := map[key]RoleAnswer{}
	for _, a := range answers {
		k := key{a.DocID, a.ActionID, a.AgencyID}
		if old, ok := newest[k]; !ok || !a.At.Before(old.At) {
			newest[k] = a
		}
	}
	out := []AnswerView{}
	for k, a := range newest {
		action, ok := body.Action(k.action)
		if !ok || action.DocID != k.doc {
			continue
		}
		cell, ok := action.Cell(k.agency)
		out = append(out, AnswerView{RoleAnswer: a, Label: a.Answer.Label(), Void: !ok || cell.Hash != a.CellHash})
	}
	slices.SortFunc(out, func(a, b AnswerView) int {
		return cmp.Or(strings.Compare(a.ActionID, b.ActionID), strings.Compare(a.AgencyID, b.AgencyID))
	})
	return out
}

// AnswerInput is an answer as given.
type AnswerInput struct {
	Doc      string `json:"doc"` // wire name or id of the document of the action; may be empty
	ActionID string `json:"actionId"`
	AgencyID string `json:"agencyId"` // "" = the own one; any other is refused
	Answer   Answer `json:"answer"`
	Reason   string `json:"reason"`
	Due      string `json:"due"`
	CellHash string `json:"cellHash"` // what the person saw
}

// MakeAnswer checks an answer against the plan as it stands and makes the record. Forbidden for another agency; Conflict when the
// cell is not what the person saw; Invalid names the field.
func MakeAnswer(actor access.Actor, body Body, in AnswerInput, meetingID string, now time.Time) (RoleAnswer, error) {
	if actor.AgencyID == "" || (in.AgencyID != "" && in.AgencyID != actor.AgencyID) {
		return RoleAnswer{}, fault.New(fault.Forbidden, "役割に回答できるのは、その機関の人だけです。")
	}
	if err := in.check(now); err != nil {
		return RoleAnswer{}, err
	}
	action, ok := body.Action(in.ActionID)
	if !ok {
		return RoleAnswer{}, fault.New(fault.NotFound, "この支援項目は見つかりません。画面を更新してください。").On("actionId")
	}
	cell, ok := action.Cell(actor.AgencyID)
	if !ok || !cell.Active() {
		return RoleAnswer{}, fault.New(fault.Conflict, "この支援項目には、あなたの機関の役割（◎○△見）が入っていません。").On("actionId")
	}
	if cell.Hash != in.CellHash {
		return RoleAnswer{}, fault.New(fault.Conflict, "回答しようとした欄の内容が変わりました。今の内容を確かめて、もう一度回答してください。").With("cellHash", cell.Hash)
	}
	return RoleAnswer{ID: access.NewID(now), Tenant: actor.Tenant, PlanID: body.PlanID, DocID: action.DocID, ActionID: action.ID,
		AgencyID: actor.AgencyID, AgencyName: actor.AgencyName, Answer: in.Answer, Reason: in.Reason, Due: in.Due, CellHash: cell.Hash,
		UserID: actor.UserID, UserName: actor.Name, UserPost: actor.Post, MeetingID: meetingID, At: now}, nil
}

func (in AnswerInput) check(now time.Time) error {
	if in.Answer.Label() == "" {
		return fault.New(fault.Invalid, "回答（引受・条件付き・持ち帰り・辞退）を選んでください。").On("answer")
	}
	if err := text.Memo("reason", "理由・条件", in.Reason, 500); err != nil {
		return err
	}
	switch in.Answer {
	case AnswerConditional:
		if text.Required("reason", "条件", in.Reason) != nil {
			return fault.New(fault.Invalid, "どのような条件かを書いてください。").On("reason")
		}
	case AnswerDecline:
		if text.Required("reason", "理由", in.Reason) != nil {
			return fault.New(fault.Invalid, "辞退の理由を書いてください。").On("reason")
		}
	case AnswerTakeback:
		due, err := time.Parse(time.DateOnly, in.Due)
		if err != nil {
			return fault.New(fault.Invalid, "いつまでに回答するかを日付で入れてください。").On("due")
		}
		if due.Format(time.DateOnly) < now.In(jst).Format(time.DateOnly) {
			return fault.New(fault.Invalid, "回答の期限は今日以降の日付にしてください。").On("due")
		}
		return nil
	}
	if in.Due != "" {
		return fault.New(fault.Invalid, "回答の期限は「持ち帰り」のときだけ入れます。").On("due")
	}
	return nil
}

// jst is Japan Standard Time, fixed so that no zone data is needed.
var jst = time.FixedZone("JST", 9*3600)
