package consent

import (
	"slices"
	"time"

	"kasane/internal/fault"
	"kasane/internal/text"
)

// ahead is how far a clock at the desk may run before that of the server.
const ahead = 5 * time.Minute

// checkHow refuses what the chosen method needs and lacks. asked: the person said yes or no.
func (in Input) checkHow(asked bool, now time.Time) error {
	switch in.Method {
	case MethodWritten, MethodSignature:
	case MethodScribe:
		return in.Details.Scribe.check(asked)
	case MethodOral:
		return in.Details.Oral.check(asked, now)
	case MethodPhone:
		return in.Details.Phone.check(asked, now)
	case "":
		if asked {
			return fault.New(fault.Invalid, "同意の方法を選んでください。").On("method")
		}
	default:
		return fault.New(fault.Invalid, "同意の方法を選び直してください。").On("method")
	}
	return nil
}

func (s *Scribe) check(asked bool) error {
	var v Scribe
	if s != nil {
		v = *s
	}
	return first(
		lineOf(asked, "details.scribe.name", "代筆者の氏名", v.Name),
		lineOf(asked, "details.scribe.relation", "代筆者の続柄", v.Relation),
		memoOf(asked, "details.scribe.reason", "代筆の理由", v.Reason),
		lineOf(asked, "details.scribe.witness", "立会人の氏名", v.Witness),
	)
}

func (o *Oral) check(asked bool, now time.Time) error {
	var v Oral
	if o != nil {
		v = *o
	}
	return first(
		lineOf(asked, "details.oral.hearer", "聴取者の氏名", v.Hearer),
		lineOf(asked, "details.oral.witness", "立会者の氏名", v.Witness),
		timeOf(asked, "details.oral.at", "聴き取った日時", v.At, now),
		placeOf(asked, "details.oral.place", "聴き取った場所", v.Place),
		memoOf(asked, "details.oral.words", "発言の要旨", v.Words),
	)
}

func (p *Phone) check(asked bool, now time.Time) error {
	var v Phone
	if p != nil {
		v = *p
	}
	return first(
		lineOf(asked, "details.phone.hearer", "聴取者の氏名", v.Hearer),
		timeOf(asked, "details.phone.at", "電話の日時", v.At, now),
		placeOf(asked, "details.phone.identified", "本人確認の方法", v.Identified),
		memoOf(asked, "details.phone.words", "発言の要旨", v.Words),
	)
}

// checkAgent: who consents in the person's place says by which right. 確認書類 is what that right was checked with; a parent shows it
// too (戸籍・母子健康手帳 …), because whoever brings a child is not always who may decide for it.
func (in Input) checkAgent() error {
	if in.Grantor == GrantorSelf || in.Grantor == "" {
		return nil
	}
	var a Agent
	if in.Details.Agent != nil {
		a = *in.Details.Agent
	}
	if !slices.Contains(kindsOf(in.Grantor), a.Kind) {
		return fault.New(fault.Invalid, "同意者の立場(親権者・成年後見人など)を選んでください。").On("details.agent.kind")
	}
	power := in.Grantor == GrantorGuardian
	reason := in.Grantor == GrantorOther
	return first(
		lineOf(in.Grantor != GrantorGuardian, "details.agent.relation", "本人との続柄", a.Relation),
		memoOf(power, "details.agent.power", "代理権の範囲", a.Power),
		memoOf(reason, "details.agent.reason", "代理の理由", a.Reason),
		placeOf(true, "grantorDoc", "確認書類", in.GrantorDoc),
	)
}

func (e Explanation) check() error {
	if e.Way != "" && e.Way.Label() == "" {
		return fault.New(fault.Invalid, "説明の方法を選び直してください。").On("details.explanation.way")
	}
	for i, c := range e.Care {
		if c.Label() == "" || slices.Contains(e.Care[:i], c) {
			return fault.New(fault.Invalid, "説明の配慮を選び直してください。").On("details.explanation.care")
		}
	}
	interpreted := slices.Contains(e.Care, CareInterpreter)
	return first(
		lineOf(interpreted, "details.explanation.language", "通訳の言語", e.Language),
		lineOf(interpreted, "details.explanation.interpreter", "通訳者の氏名", e.Interpreter),
		lineOf(slices.Contains(e.Care, CareFamily), "details.explanation.family", "同席した家族", e.Family),
	)
}

const (
	maxName  = 60
	maxPlace = 100
	maxWords = 1000
)

func lineOf(need bool, key, label, s string) error {
	return required(need, key, label, s, text.Line(key, label, s, maxName))
}

func placeOf(need bool, key, label, s string) error {
	return required(need, key, label, s, text.Line(key, label, s, maxPlace))
}

func memoOf(need bool, key, label, s string) error {
	return required(need, key, label, s, text.Memo(key, label, s, maxWords))
}

func required(need bool, key, label, s string, bad error) error {
	if need {
		if err := text.Required(key, label, s); err != nil {
			return err
		}
	}
	return bad
}

func timeOf(need bool, key, label string, t, now time.Time) error {
	switch {
	case t.IsZero() && need:
		return fault.Newf(fault.Invalid, "%sを入力してください。", label).On(key)
	case t.After(now.Add(ahead)):
		return fault.Newf(fault.Invalid, "%sが未来になっています。", label).On(key)
	}
	return nil
}
