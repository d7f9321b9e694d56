package casesheets

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/jptime"
	"kasane/internal/live"
	"kasane/internal/papers"
	"kasane/internal/sheets"
)

// without is the code of 本人同意なし.
const without = "without"

// unsigned tells whether the sheet is the version for somebody who has not agreed (同意なし版): as the sheet itself says.
func (m *material) unsigned() bool {
	return m.value(class{"", consent.ItemBasic}, "f/consent_kind") == without
}

// title is the name of the form in its version.
func (m *material) title() string { return titled(m.form, m.signs(), m.unsigned()) }

// titled: a form that asks whether the person has agreed comes in two versions, one without a place to sign.
func titled(f sheets.Definition, signs, unsigned bool) string {
	switch {
	case !signs:
		return f.Title
	case unsigned:
		return f.Title + "（本人同意なし）"
	}
	return f.Title + "（本人同意あり）"
}

// signs tells whether the form comes in two versions.
func (m *material) signs() bool { return signs(m.form) }

func signs(f sheets.Definition) bool {
	return slices.ContainsFunc(f.Sections, func(s sheets.Section) bool {
		return slices.ContainsFunc(s.Fields, func(x sheets.Field) bool { return x.Codes == "consent_kind" })
	})
}

func signature(f sheets.Field) bool { return f.Type == sheets.TypeSig }

// doc is the paper.
func (m *material) doc() papers.SheetDoc {
	d := papers.SheetDoc{Head: m.head, Title: m.title(), Version: version(m.form)}
	people := m.people()
	if !asks(m.form, "case.number") {
		d.About = append(d.About, papers.Field{Label: "ケースID", Value: m.unveiled(m.kase.Number, leftOut)})
	}
	if first := people[0]; !asks(m.form, "person.name") {
		shown := m.named(first.ID)
		f := papers.Field{Label: "氏名", Name: true, Withheld: !shown}
		if shown {
			f.Value = m.nameOf(first)
		}
		d.About = append(d.About, f)
	}
	for i, p := range people {
		part := papers.SheetPart{Sections: m.sections(p, i == 0)}
		if i > 0 {
			part.Person = m.heading(p)
		}
		d.Parts = append(d.Parts, part)
	}
	return d
}

// asks tells whether a form shows something of the record itself.
func asks(f sheets.Definition, from string) bool {
	return slices.ContainsFunc(f.Sections, func(s sheets.Section) bool {
		return slices.ContainsFunc(s.Fields, func(x sheets.Field) bool { return x.From == from })
	})
}

func version(f sheets.Definition) string {
	d, err := jptime.Parse(f.EffectiveFrom)
	if err != nil {
		return f.Version
	}
	return f.Version + "（" + d.Wareki() + "から）"
}

// people are whom the sheet is about: the first 本人, then every other 本人 and whoever has an answer that is shown, in the order of the household. A form
// that asks nothing about the household is about those for whom it was filled in, as soon as it was for anybody.
func (m *material) people() []cases.Person {
	if len(m.persons) == 0 {
		return []cases.Person{{}}
	}
	if !slices.ContainsFunc(m.form.Sections, func(s sheets.Section) bool { return slices.ContainsFunc(s.Fields, ofHousehold) }) {
		filled := slices.DeleteFunc(slices.Clone(m.persons), func(p cases.Person) bool { return !m.answered(p.ID) })
		if len(filled) > 0 {
			return filled
		}
	}
	first := max(slices.IndexFunc(m.persons, func(p cases.Person) bool { return p.Subject }), 0)
	out := []cases.Person{m.persons[first]}
	for i, p := range m.persons {
		if i != first && (m.named(p.ID) && p.Subject || m.answered(p.ID)) {
			out = append(out, p)
		}
	}
	return out
}

func ofHousehold(f sheets.Field) bool { return f.Owner == sheets.OwnerHousehold }

// answered tells whether a field of the form was filled in for a person, as far as it is shown.
func (m *material) answered(person string) bool {
	for _, sec := range m.form.Sections {
		for _, f := range sec.Fields {
			if f.Owner == sheets.OwnerPerson && f.From == "" && m.filled(f, person) {
				return true
			}
		}
	}
	return false
}

func (m *material) filled(f sheets.Field, person string) bool {
	d := m.docs[m.place(f, person)]
	if d == nil {
		return false
	}
	if f.Prose() {
		return strings.TrimSpace(d.Text(f.Key())) != ""
	}
	v, ok := d.Value(f.Key())
	return ok && v != nil && v != "" && v != "[]"
}

// place is the document of a field.
func (m *material) place(f sheets.Field, person string) class {
	if f.Owner == sheets.OwnerHousehold {
		person = ""
	}
	return class{person, consent.Item(f.Item)}
}

func (m *material) value(k class, key string) any {
	if d := m.docs[k]; d != nil {
		v, _ := d.Value(key)
		return v
	}
	return nil
}

// sections are the parts of the form for one person; with the household's fields in the first.
func (m *material) sections(p cases.Person, first bool) []papers.SheetSection {
	var out []papers.SheetSection
	for _, sec := range m.form.Sections {
		x := papers.SheetSection{Title: sec.Title}
		for _, f := range sec.Fields {
			if f.Owner == sheets.OwnerHousehold && !first || !m.asked(sec, f, p.ID) {
				continue
			}
			r := m.row(f, p)
			r.ByHand = slices.ContainsFunc(sec.Fields, signature)
			x.Rows = append(x.Rows, r)
		}
		if first {
			x.Tables = m.tables(sec.ID)
		}
		if len(x.Rows)+len(x.Tables) > 0 {
			out = append(out, x)
		}
	}
	return out
}

// asked: what is no longer asked stays on paper where it was answered; who has not agreed signs nothing.
func (m *material) asked(sec sheets.Section, f sheets.Field, person string) bool {
	unsigned := m.signs() && m.unsigned() && slices.ContainsFunc(sec.Fields, signature) && !sheets.Own(f.ID)
	return !f.Retired && !unsigned || m.filled(f, person)
}

// row is a field with its answer.
func (m *material) row(f sheets.Field, p cases.Person) papers.SheetRow {
	r := papers.SheetRow{Label: labelled(f), Report: f.StateReport, House: f.Owner == sheets.OwnerHousehold, Kind: kindOf(f)}
	k := m.place(f, p.ID)
	if !m.show[k] && !strings.HasPrefix(f.From, "case.") {
		r.Withheld = true
		return r
	}
	switch d := m.docs[k]; {
	case f.From != "":
		m.from(f, p, &r)
	case d != nil:
		m.answer(f, d, &r)
	default:
		r.Choices = m.choices(f, nil, "")
	}
	if f.Type == sheets.TypeSig {
		r.Note = f.Help
	}
	m.hideRow(f, p, &r)
	return r
}

func labelled(f sheets.Field) string {
	if f.Unit != "" && !strings.HasSuffix(f.Label, f.Unit) && f.Type != sheets.TypeInt {
		return f.Label + "（" + f.Unit + "）"
	}
	return f.Label
}

func kindOf(f sheets.Field) papers.SheetKind {
	switch {
	case f.From == "person.name" || f.From == "person.kana" || f.ID == "visitor_name":
		return papers.SheetName
	case f.Type == sheets.TypeSig:
		return papers.SheetSign
	case f.Type == sheets.TypeDate:
		return papers.SheetDay
	case f.Type == sheets.TypeOne, f.Type == sheets.TypeMulti, f.Type == sheets.TypeBool:
		return papers.SheetChosen
	case f.Type == sheets.TypeMemo:
		return papers.SheetLong
	case f.Type == sheets.TypeText && f.Max > 60:
		return papers.SheetWide
	}
	return papers.SheetText
}

// lines is how much room a text has on a form that is filled in by hand.
func lines(f sheets.Field) int {
	switch {
	case f.Max <= 500:
		return 2
	case f.Max <= 2000:
		return 3
	}
	return 5
}

// from fills in what stands in the record itself.
func (m *material) from(f sheets.Field, p cases.Person, r *papers.SheetRow) {
	switch f.From {
	case "case.number":
		r.Text = m.kase.Number
	case "case.openedAt":
		r.Day = jptime.DateOf(m.kase.OpenedAt)
	case "person.name":
		r.Text = orElse(p.Name, p.Alias)
	case "person.kana":
		r.Text = p.Kana
	case "person.sex":
		r.Choices = m.choices(f, []string{p.Sex}, "")
	case "person.birth":
		r.Kind, r.Text = papers.SheetText, m.born(p)
	}
}

// born is the day of birth with the age on the day of 受付.
func (m *material) born(p cases.Person) string {
	d, err := jptime.Parse(p.Birth)
	if err != nil {
		return p.Birth
	}
	out := d.Both()
	if age := jptime.Age(d, jptime.DateOf(m.kase.OpenedAt)); age >= 0 {
		out += fmt.Sprintf("　%d歳", age)
	}
	return out
}

// answer fills in what was written.
func (m *material) answer(f sheets.Field, d *live.Document, r *papers.SheetRow) {
	v, _ := d.Value(f.Key())
	s, _ := v.(string)
	switch f.Type {
	case sheets.TypeText, sheets.TypeMemo:
		r.Text = d.Text(f.Key())
	case sheets.TypeDate:
		if day, err := time.Parse(time.DateOnly, s); err == nil {
			r.Day = jptime.Date{Year: day.Year(), Month: day.Month(), Day: day.Day()}
		}
	case sheets.TypeOne:
		r.Choices = m.choices(f, nonEmpty(s), d.Text(f.OtherKey()))
	case sheets.TypeMulti:
		chosen, err := sheets.Choices(s)
		if err != nil {
			chosen = nil
		}
		r.Choices = m.choices(f, chosen, d.Text(f.OtherKey()))
	case sheets.TypeBool:
		r.Choices = m.choices(f, map[bool][]string{true: {"yes"}}[v == true], "")
	case sheets.TypeInt, sheets.TypeYen:
		r.Text = number(v, orElse(f.Unit, map[bool]string{true: "円"}[f.Type == sheets.TypeYen]))
	case sheets.TypeAgency:
		r.Text = m.agencyName(s)
	case sheets.TypePerson:
		r.Text = m.personName(s)
	case sheets.TypeSig:
		if v == true {
			r.Text = "署名あり"
		}
	}
}

// choices are all that are offered, and those that were chosen while they were.
func (m *material) choices(f sheets.Field, chosen []string, words string) []papers.SheetChoice {
	if f.Type == sheets.TypeBool {
		return []papers.SheetChoice{{Label: "はい", Checked: len(chosen) > 0}}
	}
	if f.Type != sheets.TypeOne && f.Type != sheets.TypeMulti {
		return nil
	}
	l, _ := m.set.List(f.Codes)
	var out []papers.SheetChoice
	for _, c := range l.Codes {
		on := slices.Contains(chosen, c.Code)
		if c.Retired && !on {
			continue
		}
		x := papers.SheetChoice{Label: c.Label, Checked: on, Other: c.Other}
		if on && c.Other {
			x.Words = words
		}
		out = append(out, x)
	}
	for _, code := range chosen { // an old value stays visible
		if _, known := l.Find(code); !known && code != "" {
			out = append(out, papers.SheetChoice{Label: code, Checked: true})
		}
	}
	return out
}

// number writes a number with its unit, in groups of three.
func number(v any, unit string) string {
	var n int64
	switch x := v.(type) {
	case float64:
		n = int64(x)
	case int:
		n = int64(x)
	default:
		return ""
	}
	digits := strconv.FormatInt(n, 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits + unit
}

func (m *material) agencyName(id string) string {
	if i := slices.IndexFunc(m.agencies, func(a access.Agency) bool { return a.ID == id }); i >= 0 {
		return m.agencyCalled(m.agencies[i].Name)
	}
	return ""
}

// personName names somebody of the household, for whom the gate shows it.
func (m *material) personName(id string) string {
	i := slices.IndexFunc(m.persons, func(p cases.Person) bool { return p.ID == id })
	switch {
	case i < 0:
		return ""
	case !m.named(id):
		return papers.Withheld
	}
	return m.nameOf(m.persons[i])
}

// named tells whether the gate shows who somebody is.
func (m *material) named(person string) bool { return m.show[class{person, consent.ItemBasic}] }

// called is what somebody is in the household.
func (m *material) called(p cases.Person) string {
	switch {
	case p.Relation != "":
		return p.Relation
	case p.Subject:
		return "本人"
	}
	return "世帯員"
}

func nonEmpty(list ...string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

// heading is how a part of somebody begins: what they are in the household, and their name; for whom the gate does not name, the place in the household.
func (m *material) heading(p cases.Person) string {
	if m.named(p.ID) {
		return strings.Join(nonEmpty(m.called(p), m.nameOf(p)), "　")
	}
	return fmt.Sprintf("世帯員%d", 1+slices.IndexFunc(m.persons, func(x cases.Person) bool { return x.ID == p.ID }))
}
