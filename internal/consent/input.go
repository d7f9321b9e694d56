package consent

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"kasane/internal/fault"
	"kasane/internal/text"
)

// MaxYears is the longest period one consent may cover before it is asked again (最長1年で再確認).
const MaxYears = 1

// A signature is bounded in bytes, strokes and points: a name takes some tens of strokes.
const (
	maxSignature = 200 << 10
	maxStrokes   = 200
	maxPoints    = 6000
)

// record checks the input and makes the record of it, without id, number and recorder. now is the moment of recording, form the text
// that was shown.
func (in Input) record(now time.Time, form FormText) (Record, error) {
	if in.Grantor == GrantorOther && in.Details.Agent != nil && in.Details.Agent.Kind == "" {
		a := *in.Details.Agent
		a.Kind = AgentOther // there is only this one
		in.Details.Agent = &a
	}
	if err := in.check(now); err != nil {
		return Record{}, err
	}
	r := Record{CaseID: in.CaseID, PersonID: in.PersonID, State: in.State, Grantor: in.Grantor, GrantorName: in.GrantorName,
		GrantorNote: in.GrantorNote, GrantorDoc: in.GrantorDoc, Purposes: in.Purposes, PurposeNote: in.PurposeNote, Scope: in.Scope,
		Others: in.Others, Sources: in.Sources, Forms: in.Forms, Method: in.Method, MethodNote: in.MethodNote, ExplainedBy: in.ExplainedBy,
		ExplainedAt: in.ExplainedAt.UTC().Truncate(time.Microsecond), ExplainHow: in.ExplainHow, CopyGivenAt: in.CopyGivenAt,
		EvidenceFile: in.EvidenceFile, EvidenceSHA256: in.EvidenceSHA256, Signature: in.Signature, Details: in.Details.only(in.Method, in.Grantor)}
	if r.Scope == nil {
		r.Scope = map[string][]Item{}
	}
	if err := in.period(&r, now); err != nil {
		return Record{}, err
	}
	r.FormVersion, r.FormHash = form.Version, form.Hash()
	return settled(r), nil
}

// given tells whether the input says that (some) information may be provided.
func (in Input) given() bool { return in.State == StateGranted || in.State == StatePartial }

func (in Input) check(now time.Time) error {
	steps := []func() error{
		func() error { return in.checkState() },
		func() error { return in.checkGrantor() },
		func() error { return in.checkScope() },
		func() error { return in.checkMethod(now) },
		func() error { return in.checkExplained(now) },
		func() error { return checkSignature(in.Method, in.given(), in.Signature) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (in Input) checkState() error {
	if in.PersonID == "" {
		return fault.New(fault.Invalid, "同意の対象者を選んでください。").On("personId")
	}
	switch in.State {
	case StateNotExplained, StatePending, StateGranted, StatePartial, StateRefused, StateUnknown:
		return nil
	case StateWithdrawn:
		return fault.New(fault.Invalid, "撤回は、同意の記録に対して「撤回する」から行ってください。").On("state")
	case StateExpired:
		return fault.New(fault.Invalid, "期限満了は、有効期間から自動で判定されます。").On("state")
	}
	return fault.New(fault.Invalid, "同意の状態を選んでください。").On("state")
}

func (in Input) checkGrantor() error {
	switch in.Grantor {
	case GrantorSelf, GrantorParent, GrantorGuardian, GrantorOther:
	case "":
		if in.given() || in.State == StateRefused {
			return fault.New(fault.Invalid, "同意者(本人・親権者など)を選んでください。").On("grantor")
		}
	default:
		return fault.New(fault.Invalid, "同意者(本人・親権者など)を選んでください。").On("grantor")
	}
	if in.Grantor != GrantorSelf && in.Grantor != "" {
		if err := text.Required("grantorName", "同意者の氏名", in.GrantorName); err != nil {
			return err
		}
		if err := in.checkAgent(); err != nil {
			return err
		}
	}
	return first(
		text.Line("grantorName", "同意者の氏名", in.GrantorName, 60),
		text.Memo("grantorNote", "同意者の備考", in.GrantorNote, 500),
		text.Line("grantorDoc", "確認書類", in.GrantorDoc, 100),
	)
}

func (in Input) checkScope() error {
	for _, p := range in.Purposes {
		if !p.Valid() {
			return fault.New(fault.Invalid, "目的に、選択肢にないものがあります。選び直してください。").On("purposes")
		}
	}
	total := len(in.Others)
	for _, agency := range slices.Sorted(maps.Keys(in.Scope)) {
		total += len(in.Scope[agency])
		if agency == "" || !validItems(in.Scope[agency]) {
			return fault.New(fault.Invalid, "提供先機関と情報の項目を選び直してください。").On("scope")
		}
	}
	if !validItems(in.Others) {
		return fault.New(fault.Invalid, "「その他会議が必要と認める機関」の項目を選び直してください。").On("others")
	}
	if in.given() && len(in.Purposes) == 0 {
		return fault.New(fault.Invalid, "利用する目的を1つ以上選んでください。").On("purposes")
	}
	if in.given() && total == 0 {
		return fault.New(fault.Invalid, "提供先機関と情報の項目を1つ以上選んでください。").On("scope")
	}
	return text.Memo("purposeNote", "目的の補足", in.PurposeNote, 500)
}

func validItems(items []Item) bool {
	for n, i := range items {
		if !i.Valid() || slices.Contains(items[:n], i) {
			return false
		}
	}
	return true
}

func (in Input) checkMethod(now time.Time) error {
	if err := in.checkHow(in.given() || in.State == StateRefused, now); err != nil {
		return err
	}
	for _, f := range in.Forms {
		if err := text.Line("forms", "記録形態", f, 20); err != nil {
			return err
		}
	}
	return text.Memo("methodNote", "方法の補足", in.MethodNote, 1000)
}

func (in Input) checkExplained(now time.Time) error {
	if in.State != StateNotExplained && in.State != StateUnknown {
		if err := text.Required("explainedBy", "説明者", in.ExplainedBy); err != nil {
			return err
		}
		if in.ExplainedAt.IsZero() {
			return fault.New(fault.Invalid, "説明した日時を入力してください。").On("explainedAt")
		}
	}
	if in.ExplainedAt.After(now.Add(ahead)) {
		return fault.New(fault.Invalid, "説明した日時が未来になっています。").On("explainedAt")
	}
	return first(
		text.Line("explainedBy", "説明者", in.ExplainedBy, 60),
		text.Memo("explainHow", "説明の様子", in.ExplainHow, 500),
		in.Details.Explanation.check(),
	)
}

// period fills From and Until. A refusal begins with its explanation and has no end.
func (in Input) period(r *Record, now time.Time) error {
	start := in.ExplainedAt
	if start.IsZero() {
		start = now
	}
	r.From = day(start)
	var err error
	if in.From != "" {
		if r.From, err = parseDay("from", "有効期間の開始日", in.From); err != nil {
			return err
		}
	}
	if !in.given() {
		return nil
	}
	last := r.From.In(jst).AddDate(MaxYears, 0, 0).UTC()
	if in.Until == "" {
		return fault.New(fault.Invalid, "有効期間の終了日を入力してください。").On("until")
	}
	until, err := parseDay("until", "有効期間の終了日", in.Until)
	if err != nil {
		return err
	}
	r.Until = until.In(jst).AddDate(0, 0, 1).UTC()
	switch {
	case !r.Until.After(r.From):
		return fault.New(fault.Invalid, "有効期間の終了日が開始日より前になっています。").On("until")
	case r.Until.After(last):
		return fault.Newf(fault.Invalid, "有効期間は最長%d年です。終了日を%sまでにしてください。", MaxYears, last.In(jst).AddDate(0, 0, -1).Format("2006年1月2日")).On("until")
	}
	return nil
}

// day is the first instant of t's day in Japan.
func day(t time.Time) time.Time {
	y, m, d := t.In(jst).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, jst).UTC()
}

func parseDay(key, label, s string) (time.Time, error) {
	t, err := time.ParseInLocation(time.DateOnly, s, jst)
	if err != nil || t.Year() < 1900 || t.Year() > 2200 {
		return time.Time{}, fault.Newf(fault.Invalid, "%sの日付が正しくありません。", label).On(key)
	}
	return t.UTC(), nil
}

// checkSignature: strokes are [[{x,y,t}…]…], x and y between 0 and 1, t milliseconds from the first touch.
func checkSignature(m Method, given bool, raw json.RawMessage) error {
	if len(raw) == 0 || string(raw) == "null" {
		if m == MethodSignature && given {
			return fault.New(fault.Invalid, "画面に署名をしてもらってください。").On("signature")
		}
		return nil
	}
	bad := fault.New(fault.Invalid, "署名を読み取れません。もう一度書いてもらってください。").On("signature")
	if len(raw) > maxSignature {
		return bad
	}
	var strokes [][]struct{ X, Y, T *float64 }
	dec := json.NewDecoder(strings.NewReader(string(raw)))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&strokes); err != nil || dec.More() {
		return bad
	}
	if len(strokes) > maxStrokes {
		return bad
	}
	points := 0
	for _, s := range strokes {
		for _, p := range s {
			if p.X == nil || p.Y == nil || *p.X < 0 || *p.X > 1 || *p.Y < 0 || *p.Y > 1 || p.T != nil && *p.T < 0 {
				return bad
			}
			points++
		}
	}
	if points < 2 || points > maxPoints {
		return bad
	}
	return nil
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
