package joining

import (
	"slices"
	"time"

	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/sheets"
	"kasane/internal/text"
)

// Input is what a person looks for, as it is written.
type Input struct {
	PersonID string       `json:"personId"` // of a new one
	Item     consent.Item `json:"item"`
	Needs    []string     `json:"needs"`
	Fields   []string     `json:"fields"`
	Aim      string       `json:"aim"`
	Wish     string       `json:"wish"`
	Free     string       `json:"free"`
	District string       `json:"district"`
	OpenedOn string       `json:"openedOn"`
	N        int          `json:"n"`
}

// Items are the classes a 参加支援 may be of: the address is none of them.
func Items() []consent.Item {
	return slices.DeleteFunc(consent.Items(), func(i consent.Item) bool { return i == consent.ItemAddress })
}

func known(set sheets.Set, list, code string) bool {
	l, _ := set.List(list)
	_, ok := l.Find(code)
	return ok
}

func (in Input) check(set sheets.Set, old Joining, today jptime.Date) error {
	if !slices.Contains(Items(), in.Item) {
		return fault.New(fault.Invalid, "情報の区分を選んでください。").On("item")
	}
	for _, l := range []struct {
		key, label, list string
		codes, old       []string
		need             bool
	}{{"needs", "求めているもの", "join_need", in.Needs, old.Needs, true}, {"fields", "分野", "resource_field", in.Fields, old.Fields, false}} {
		if l.need && len(l.codes) == 0 {
			return fault.Newf(fault.Invalid, "%sを、1つ以上選んでください。", l.label).On(l.key)
		}
		for i, c := range l.codes {
			if slices.Contains(l.codes[:i], c) || !known(set, l.list, c) && !slices.Contains(l.old, c) {
				return fault.Newf(fault.Invalid, "%sを選び直してください。", l.label).On(l.key)
			}
		}
	}
	if in.Aim != "" && in.Aim != old.Aim && !known(set, "join_aim", in.Aim) {
		return fault.New(fault.Invalid, "社会参加の段階を選び直してください。").On("aim")
	}
	if err := text.Memo("wish", "本人の希望・関心", in.Wish, 500); err != nil {
		return err
	}
	if err := text.Line("free", "行ける曜日・時間", in.Free, 100); err != nil {
		return err
	}
	if err := text.Line("district", "圏域・地区", in.District, 40); err != nil {
		return err
	}
	return past("openedOn", "始めた日", in.OpenedOn, "", today)
}

// past takes a day that has come and is not before another.
func past(key, label, day, from string, today jptime.Date) error {
	t, err := time.Parse(time.DateOnly, day)
	switch {
	case err != nil:
		return fault.Newf(fault.Invalid, "%sを、年月日で入力してください。", label).On(key)
	case t.Format(time.DateOnly) > today.String():
		return fault.Newf(fault.Invalid, "%sに、まだ来ていない日は入れられません。", label).On(key)
	case day < from:
		return fault.Newf(fault.Invalid, "%sは、参加支援を始めた日より後にしてください。", label).On(key)
	case day < "2000-01-01":
		return fault.Newf(fault.Invalid, "%sの年を確かめてください。", label).On(key)
	}
	return nil
}

// StepInput is a step as it is written.
type StepInput struct {
	Kind    Kind   `json:"kind"`
	PlaceID string `json:"placeId"`
	Day     string `json:"day"`
	Method  string `json:"method"`
	Outcome string `json:"outcome"`
	Body    string `json:"body"`
	N       int    `json:"n"` // of the joining as it was seen
}

func (in StepInput) check(set sheets.Set, j Joining, today jptime.Date) error {
	switch {
	case in.Kind.Label() == "":
		return fault.New(fault.Invalid, "記録の種別を選んでください。").On("kind")
	case (in.PlaceID == "") != (in.Kind == KindEnd):
		return fault.New(fault.Invalid, "資源を選んでください。").On("placeId")
	case in.Kind == KindSettle && !known(set, "join_method", in.Method), in.Kind != KindSettle && in.Method != "":
		return fault.New(fault.Invalid, "方法を選んでください。").On("method")
	}
	if list := outcomes[in.Kind]; list == "" && in.Outcome != "" || list != "" && !known(set, list, in.Outcome) {
		return fault.New(fault.Invalid, "結果を選んでください。").On("outcome")
	}
	if err := text.Memo("body", "内容", in.Body, 1_000); err != nil {
		return err
	}
	if in.Kind == KindTrial && in.Outcome == Planned {
		if _, err := time.Parse(time.DateOnly, in.Day); err != nil || in.Day < today.String() || in.Day > today.AddDays(366).String() {
			return fault.New(fault.Invalid, "予定の日は、今日から1年以内の日を入れてください。").On("day")
		}
	} else if err := past("day", "日", in.Day, j.OpenedOn, today); err != nil {
		return err
	}
	return in.follows(j)
}

// follows tells whether the step can come after those that are there.
func (in StepInput) follows(j Joining) error {
	use, uses := j.using(in.PlaceID)
	switch {
	case j.EndedOn != "":
		return fault.New(fault.Conflict, "この参加支援は終わっています。続けるときは、新しく始めてください。")
	case in.Kind == KindStart && uses:
		return fault.New(fault.Conflict, "この資源は、もう利用中です。").On("placeId")
	case (in.Kind == KindSettle || in.Kind == KindStop) && !uses:
		return fault.New(fault.Invalid, "利用中の資源を選んでください。").On("placeId")
	case (in.Kind == KindSettle || in.Kind == KindStop) && in.Day < use.Since:
		return fault.New(fault.Invalid, "利用を始めた日より後の日を入れてください。").On("day")
	case in.Kind == KindEnd && len(j.uses()) > 0:
		return fault.New(fault.Conflict, "利用中の資源があります。先に「利用の終わり」を記録してください。").On("kind")
	}
	return nil
}
