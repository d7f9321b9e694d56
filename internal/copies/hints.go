package copies

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/jptime"
	"kasane/internal/meeting"
	"kasane/internal/papers"
	"kasane/internal/text"
)

// Hint (墨塗りの候補) is a group of places that a 開示請求 usually asks about: it proposes, and people decide.
type Hint struct {
	ID     string        `json:"id"`
	Label  string        `json:"label"`
	Ground papers.Ground `json:"ground"`
	Marks  []papers.Mark `json:"marks"`
}

// judged are the sections that hold 評価・判断 of the staff.
var judged = []string{"検討した項目", "各機関の発言要旨", "支援の方針（全体）", "緊急時・リスク対応", "できないこと・条件"}

// judgedFields are the fields of papers of a case that hold it: of 評価シート and モニタリング記録, スクリーニング票, 準備シート, 支援経過記録, つなぎシート.
var judgedFields = append([]string{"支援者の意見", "残された課題", "新たな課題", "本人の変化", "判断の理由", "内容", "つなぐ理由"}, papers.PrepQuestions()...)

// judgement tells whether a text is what the staff thought.
func judgement(t papers.Printed) bool {
	if t.Fixed || t.Text == "" {
		return false
	}
	return slices.ContainsFunc(judged, func(s string) bool { return strings.HasSuffix(t.Section, s) }) || slices.Contains(judgedFields, t.Field) && t.Text != "なし"
}

// groups of the places where a name stands, beside one for each person of the household.
const (
	groupFamily = iota // a family name that several bear
	groupStaff
	groupAgencies
	groupJudged
	groups
)

// hints finds the names of everybody, of agencies, and what the staff thought.
func hints(p meeting.SealedPaper, texts []papers.Printed) []Hint {
	var list []papers.Named
	var out []Hint
	var of []int // the group of each name
	for i, x := range p.Facts.Persons {
		label := x.Name
		if x.Relation != "" {
			label += "（" + x.Relation + "）"
		}
		out = append(out, Hint{ID: fmt.Sprintf("person%d", i+1), Label: "氏名：" + label, Ground: papers.GroundOther})
	}
	others := len(out)
	out = append(out, make([]Hint, groups)...)
	out[others+groupFamily] = Hint{ID: "family", Label: "同じ名字の人（だれのことかは文面で確かめる）", Ground: papers.GroundOther}
	out[others+groupStaff] = Hint{ID: "staff", Label: "職員・関係者の氏名", Ground: papers.GroundOther}
	out[others+groupAgencies] = Hint{ID: "agencies", Label: "機関の名称", Ground: papers.GroundWork}
	out[others+groupJudged] = Hint{ID: "judged", Label: "評価・判断（検討内容、発言要旨、支援の方針）", Ground: papers.GroundCouncil}
	add := func(group int, names ...papers.Named) {
		for _, n := range names {
			list, of = append(list, n), append(of, group)
		}
	}
	for _, n := range household(p) {
		add(slices.IndexFunc(p.Facts.Persons, func(x cases.Person) bool { return x.ID == n.Call }), n)
	}
	staff, there := staffOf(p)
	add(others+groupStaff, append(staff, there...)...)
	add(others+groupAgencies, agenciesOf(p)...)
	f := papers.NewFinder(list)
	for _, t := range texts {
		for _, h := range f.Find(t.Text) {
			k := others + groupFamily
			if h.Who >= 0 && of[h.Who] >= 0 {
				k = of[h.Who]
			}
			out[k].Marks = append(out[k].Marks, papers.Mark{No: t.No, From: h.From, To: h.To, Ground: out[k].Ground})
		}
		if judgement(t) {
			k := others + groupJudged
			out[k].Marks = append(out[k].Marks, papers.Mark{No: t.No, From: 0, To: len([]rune(t.Text)), Ground: out[k].Ground})
		}
	}
	return slices.DeleteFunc(out, func(h Hint) bool { return len(h.Marks) == 0 })
}

// household are the names of everybody in the house, as they are and as they were when the record was sealed. Call is whose it is, "" where nobody knows.
func household(p meeting.SealedPaper) []papers.Named {
	var out []papers.Named
	for _, x := range p.Facts.Persons {
		out = append(out, papers.Named{Name: x.Name, Kana: x.Kana, Alias: x.Alias, Call: x.ID})
	}
	for _, x := range p.Then {
		if !slices.ContainsFunc(out, func(n papers.Named) bool { return n.Name == x.Name && n.Call == x.PersonID }) {
			out = append(out, papers.Named{Name: x.Name, Kana: x.Kana, Call: x.PersonID})
		}
	}
	return out
}

// staffOf are the people of agencies who sat there and those with accounts, and who else sat there.
func staffOf(p meeting.SealedPaper) (staff, there []papers.Named) {
	house := household(p)
	for _, x := range p.People {
		if x.AgencyID != "" {
			staff = append(staff, papers.Named{Name: x.Name, Kana: x.Kana, Call: "staff"})
		} else if !slices.ContainsFunc(house, func(n papers.Named) bool { return text.FoldName(n.Name) == text.FoldName(x.Name) }) {
			there = append(there, papers.Named{Name: x.Name, Kana: x.Kana, Call: "staff"})
		}
	}
	for _, u := range p.Facts.Users {
		staff = append(staff, papers.Named{Name: u.Name, Kana: u.Kana, Call: "staff"})
	}
	return staff, there
}

// agenciesOf names the agencies by what they are; those of the case with a letter where several are the same.
func agenciesOf(p meeting.SealedPaper) []papers.Named {
	count := map[string]int{}
	label := func(code string) string {
		if l := p.Sheets.Label("agency_category", code); l != "" && l != code {
			return l
		}
		return "関係機関"
	}
	for _, a := range p.CaseAgencies() {
		count[label(a.Category)]++
	}
	used := map[string]int{}
	var out []papers.Named
	for _, a := range p.CaseAgencies() {
		l := label(a.Category)
		used[l]++
		if count[l] > 1 && used[l] <= 26 {
			l += string(rune('A' + used[l] - 1))
		}
		out = append(out, papers.Named{Name: a.Name, Alias: a.Short, Call: l, Whole: true})
	}
	for _, a := range p.Facts.Agencies {
		if !slices.ContainsFunc(p.CaseAgencies(), func(x access.Agency) bool { return x.ID == a.ID }) {
			out = append(out, papers.Named{Name: a.Name, Alias: a.Short, Call: label(a.Category), Whole: true})
		}
	}
	for _, s := range p.Seats { // as they were called then
		if !slices.ContainsFunc(out, func(n papers.Named) bool { return n.Name == s.Name }) {
			out = append(out, papers.Named{Name: s.Name, Alias: s.Short, Call: "関係機関", Whole: true})
		}
	}
	return out
}

// anonymity says who is hidden in a 匿名版, and behind which word.
func anonymity(p meeting.SealedPaper, rec archive.Record) papers.Anonymity {
	a := papers.Anonymity{Municipality: p.Facts.Municipality, Meeting: generalKind(p.Mode), Agencies: agenciesOf(p), Places: p.Places}
	a.Staff, a.Others = staffOf(p)
	calls := places(p.Facts.Persons)
	for _, n := range household(p) {
		if n.Call = calls[n.Call]; n.Call == "" {
			n.Call = "（世帯員）"
		}
		a.Household = append(a.Household, n)
	}
	for _, x := range p.Facts.Persons {
		if d, ok := birthOf(x); ok {
			a.Births = append(a.Births, d)
		}
	}
	for _, w := range []string{rec.CaseNumber, rec.Number} {
		if w != "" { // a paper of a case has no number of its own
			a.Literals = append(a.Literals, papers.Named{Name: w, Call: "（番号）"})
		}
	}
	return a
}

// generalKind is what a meeting is by law. Its own kind may be named after a place or a case.
func generalKind(m consent.Mode) string {
	switch m {
	case consent.ModeLayered:
		return "重層的支援会議"
	case consent.ModeSupport:
		return "支援会議"
	}
	return "会議"
}

// places says for everybody in the house what they are there, by id: 本人, 家族A.
func places(persons []cases.Person) map[string]string {
	subjects := 0
	for _, x := range persons {
		if x.Subject {
			subjects++
		}
	}
	out, nth, kin := map[string]string{}, 0, 0
	for i, x := range persons {
		switch {
		case x.Subject && subjects == 1:
			out[x.ID] = "本人"
		case x.Subject:
			nth++
			out[x.ID] = fmt.Sprintf("本人%d", nth)
		case kin < 26:
			out[x.ID] = "家族" + string(rune('A'+kin))
			kin++
		default:
			out[x.ID] = fmt.Sprintf("家族%d", i+1)
		}
	}
	return out
}

func birthOf(x cases.Person) (jptime.Date, bool) {
	t, err := time.Parse(time.DateOnly, x.Birth)
	return jptime.DateOf(t), err == nil
}
