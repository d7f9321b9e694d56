package copies

import (
	"fmt"
	"slices"

	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/meeting"
	"kasane/internal/plans"
)

// refused says why a record gives no copy of a kind, nil where it does. What was said in a 支援会議 stays with those who were there under the duty of
// secrecy (社会福祉法第106条の6): after 閉会 it goes to no agency, and to the person by a 開示請求 alone, in which every place is weighed.
func refused(k Kind, p meeting.SealedPaper) error {
	if p.Mode != consent.ModeSupport {
		return nil
	}
	switch k {
	case KindAgency:
		return fault.New(fault.Forbidden, "支援会議（社会福祉法第106条の6）の記録は、閉会後はどの機関にも渡せません。機関別の写しは作れません。")
	case KindGiven:
		return fault.New(fault.Forbidden, "支援会議（社会福祉法第106条の6）の記録は、守秘義務のもとで話された内容のため、本人交付版を作れません。本人から求めがあったときは、開示請求（個人情報の保護に関する法律第76条）として受け付け、開示用の写しを作ってください。")
	}
	return nil
}

// takesNone says that an agency takes no files home (ファイルの受取り・印刷をさせない).
func takesNone(name string) error {
	return fault.Newf(fault.Forbidden, "%sは、ファイルの受取り・印刷をしない決まりの機関です。写しは渡せません。必要なときは、管理の「サインインの決まり」を確かめてください。", name).On("agencyId")
}

// why is the message of a refusal, "" for none.
func why(err error) string {
	if err == nil {
		return ""
	}
	return fault.Message(err)
}

type class struct {
	person string
	item   consent.Item
}

// shown is what a copy may hold of what the gate answered.
type shown struct {
	show, told map[class]bool
	urgent     bool // 緊急開示 alone would show something
}

// given turns an answer of the gate into what a copy may hold. 緊急開示 is a look for a time, with its end, and no ground for a paper that stays: it counts
// as no consent. tell: where only consent is missing, the copy says that something is left out.
func given(v cases.View, tell bool) shown {
	s := shown{show: map[class]bool{}, told: map[class]bool{}}
	for _, p := range v.Persons {
		for _, i := range p.Items {
			k := class{p.PersonID, i.Item}
			if i.Allow && i.Reason == consent.ReasonEmergency {
				s.urgent, s.told[k] = true, tell
				continue
			}
			s.show[k] = i.Allow
			s.told[k] = tell && !i.Allow && plans.DisclosedFor(i.Reason)
		}
	}
	return s
}

// read is how a copy is read: show it, or tell that it is left out.
func (s shown) read(person string, item consent.Item) (show, tell bool) {
	k := class{person, item}
	return s.show[k], s.told[k]
}

func (s shown) any() bool {
	for _, v := range s.show {
		if v {
			return true
		}
	}
	return false
}

// only leaves what one person may be given: their own, and where they are a 本人 what the household's texts say. Nobody has agreed that it goes to the others
// in the house: what is about them is out of scope for this receiver.
func (s shown) only(p cases.Person) shown {
	for k := range s.show {
		if k.person != p.ID && !(k.person == "" && p.Subject) {
			s.show[k] = false
		}
	}
	return s
}

// receivers lists who can get a 本人交付版: every 本人, then the others of the household.
func receivers(persons []cases.Person) []Choice {
	out := []Choice{}
	for _, subject := range []bool{true, false} {
		for i, p := range persons {
			if p.Subject == subject {
				out = append(out, Choice{ID: p.ID, Label: p.Name + "（" + called(persons, i) + "）"})
			}
		}
	}
	return out
}

// called is a member of the household without a name: 本人, 長男, 世帯員3.
func called(persons []cases.Person, i int) string {
	p := persons[i]
	switch {
	case p.Subject && p.Relation != "" && p.Relation != "本人":
		return "本人・" + p.Relation
	case p.Subject:
		return "本人"
	case p.Relation != "":
		return p.Relation
	}
	return fmt.Sprintf("世帯員%d", i+1)
}

// receiver finds for whom a 本人交付版 is: who was chosen, else the one 本人.
func receiver(persons []cases.Person, id string) (cases.Person, string, error) {
	match := func(p cases.Person) bool { return p.ID == id || id == "" && p.Subject }
	i := slices.IndexFunc(persons, match)
	if i < 0 || slices.ContainsFunc(persons[i+1:], match) {
		return cases.Person{}, "", fault.New(fault.Invalid, "写しを渡す相手を、本人・世帯員から選んでください。").On("personId")
	}
	return persons[i], called(persons, i), nil
}
