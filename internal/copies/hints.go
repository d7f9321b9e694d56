package copies

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/cases"
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

// hints finds the names of everybody, of agencies, and what the staff thought.
func hints(p meeting.SealedPaper, texts []papers.Printed) []Hint {
	var list []papers.Named
	var out []Hint
	for i, x := range p.Facts.Persons {
		label := x.Name
		if x.Relation != "" {
			label += "（" + x.Relation + "）"
		}
		list = append(list, papers.Named{Name: x.Name, Kana: x.Kana, Alias: x.Alias, Call: x.ID})
		out = append(out, Hint{ID: fmt.Sprintf("person%d", i+1), Label: "氏名：" + label, Ground: papers.GroundOther})
	}
	staff, agencies := len(out), len(out)+1
	out = append(out, Hint{ID: "staff", Label: "職員・関係者の氏名", Ground: papers.GroundOther}, Hint{ID: "agencies", Label: "機関の名称", Ground: papers.GroundWork},
		Hint{ID: "judged", Label: "評価・判断（検討内容、発言要旨、支援の方針）", Ground: papers.GroundCouncil})
	of := make([]int, 0, len(list))
	for i := range list {
		of = append(of, i)
	}
	for _, n := range staffOf(p) {
		list, of = append(list, n), append(of, staff)
	}
	for _, n := range agenciesOf(p) {
		list, of = append(list, n), append(of, agencies)
	}
	f := papers.NewFinder(list)
	for _, t := range texts {
		for _, h := range f.Find(t.Text) {
			k := staff
			if h.Who >= 0 {
				k = of[h.Who]
			} else if len(p.Facts.Persons) > 0 {
				k = 0 // a family name that several bear
			}
			out[k].Marks = append(out[k].Marks, papers.Mark{No: t.No, From: h.From, To: h.To, Ground: out[k].Ground})
		}
		if n := len([]rune(t.Text)); !t.Fixed && n > 0 && slices.ContainsFunc(judged, func(s string) bool { return strings.HasSuffix(t.Section, s) }) {
			k := agencies + 1
			out[k].Marks = append(out[k].Marks, papers.Mark{No: t.No, From: 0, To: n, Ground: out[k].Ground})
		}
	}
	return slices.DeleteFunc(out, func(h Hint) bool { return len(h.Marks) == 0 })
}

// staffOf are the people who sat there and those with accounts.
func staffOf(p meeting.SealedPaper) []papers.Named {
	var out []papers.Named
	for _, x := range p.People {
		if x.AgencyID == "" && slices.ContainsFunc(p.Facts.Persons, func(y cases.Person) bool { return text.Fold(y.Name) == text.Fold(x.Name) }) {
			continue // 本人 or family who sat there: no staff
		}
		out = append(out, papers.Named{Name: x.Name, Kana: x.Kana, Call: "staff"})
	}
	for _, u := range p.Facts.Users {
		out = append(out, papers.Named{Name: u.Name, Kana: u.Kana, Call: "staff"})
	}
	return out
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
	a := papers.Anonymity{Municipality: p.Facts.Municipality, Agencies: agenciesOf(p), Staff: staffOf(p)}
	subjects := 0
	for _, x := range p.Facts.Persons {
		if x.Subject {
			subjects++
		}
	}
	nth, kin := 0, 0
	for i, x := range p.Facts.Persons {
		call := ""
		switch {
		case x.Subject && subjects == 1:
			call = "本人"
		case x.Subject:
			nth++
			call = fmt.Sprintf("本人%d", nth)
		case kin < 26:
			call = "家族" + string(rune('A'+kin))
			kin++
		default:
			call = fmt.Sprintf("家族%d", i+1)
		}
		a.Household = append(a.Household, papers.Named{Name: x.Name, Kana: x.Kana, Alias: x.Alias, Call: call})
		if d, ok := birthOf(x); ok {
			a.Births = append(a.Births, d)
		}
	}
	for _, w := range []string{rec.CaseNumber, rec.Number} {
		a.Literals = append(a.Literals, papers.Named{Name: w, Call: "（番号）"})
	}
	return a
}

func birthOf(x cases.Person) (jptime.Date, bool) {
	t, err := time.Parse(time.DateOnly, x.Birth)
	return jptime.DateOf(t), err == nil
}
