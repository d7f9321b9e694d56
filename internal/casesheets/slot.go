package casesheets

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/jptime"
	"kasane/internal/live"
	"kasane/internal/sheets"
)

// slot (欄) is one thing to be written in a sheet: a field of the household or of one person, or the words that go with a choice.
type slot struct {
	class
	field   sheets.Field
	words   bool // 「その他( )」: the words
	who     string
	section string
}

// wordsMax is how long the words of a choice may be.
const wordsMax = 200

// key is where it lives in its document.
func (s slot) key() string {
	if s.words {
		return s.field.OtherKey()
	}
	return s.field.Key()
}

// id tells it from every other slot of the form.
func (s slot) id() string { return s.person + ":" + s.key() }

func (s slot) label() string {
	if s.words {
		return s.field.Label + "（その他の言葉）"
	}
	return labelled(s.field)
}

// prose tells whether it is a shared text.
func (s slot) prose() bool { return s.words || s.field.Prose() }

// several tells whether it has a row for each choice.
func (s slot) several() bool { return s.field.Type == sheets.TypeMulti && !s.words }

// slots are what can be written on the screen, and nothing else: what comes from the record itself, signatures and what is no longer asked are not among them.
// The household comes first in each section of the first person.
func (m *material) slots() []slot {
	var out []slot
	for i, p := range m.writers() {
		for _, sec := range m.form.Sections {
			for _, f := range sec.Fields {
				if f.From != "" || f.Retired || f.Type == sheets.TypeSig || f.Owner == sheets.OwnerHousehold && i > 0 {
					continue
				}
				s := slot{class: m.place(f, p.ID), field: f, who: m.whose(f, p), section: sec.Title}
				out = append(out, s)
				if l, _ := m.set.List(f.Codes); slices.ContainsFunc(l.Codes, func(c sheets.Code) bool { return c.Other }) {
					s.words = true
					out = append(out, s)
				}
			}
		}
	}
	return out
}

// writers are whom the sheet can be written for: the first 本人, and everybody of the household whom the gate names or of whom it shows an answer.
func (m *material) writers() []cases.Person {
	out := m.people()[:1:1]
	for _, p := range m.persons {
		if p.ID != out[0].ID && (m.named(p.ID) || m.answered(p.ID)) {
			out = append(out, p)
		}
	}
	return out
}

func (m *material) whose(f sheets.Field, p cases.Person) string {
	switch {
	case f.Owner == sheets.OwnerHousehold:
		return "世帯"
	case !m.named(p.ID) && (p.Subject || p.ID == ""):
		return "本人"
	}
	return m.heading(p)
}

// holds is what a document says in a slot, in one form in which it is compared: a text as it is, a day ISO, codes in the order of the list, a number in digits.
func (m *material) holds(s slot, d *live.Document) string {
	if d == nil {
		return ""
	}
	if s.prose() {
		return d.Text(s.key())
	}
	switch v, _ := d.Value(s.key()); v := v.(type) {
	case bool:
		return map[bool]string{true: "yes"}[v]
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case int:
		return strconv.Itoa(v)
	case string:
		if s.several() {
			codes, err := sheets.Choices(v)
			if err != nil {
				return v
			}
			return m.inOrder(s, codes)
		}
		return v
	}
	return ""
}

// inOrder writes codes in the order of their list, each once.
func (m *material) inOrder(s slot, codes []string) string {
	l, _ := m.set.List(s.field.Codes)
	at := func(code string) int {
		if i := slices.IndexFunc(l.Codes, func(c sheets.Code) bool { return c.Code == code }); i >= 0 {
			return i
		}
		return len(l.Codes)
	}
	codes = slices.Clone(codes)
	slices.SortStableFunc(codes, func(a, b string) int {
		if d := at(a) - at(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return strings.Join(slices.Compact(codes), "\n")
}

func codesOf(held string) []string { return nonEmpty(strings.Split(held, "\n")...) }

// read writes what a slot holds for people.
func (m *material) read(s slot, held string) string {
	if held == "" || s.prose() {
		return held
	}
	switch s.field.Type {
	case sheets.TypeDate:
		if d, err := jptime.Parse(held); err == nil {
			return d.Both()
		}
	case sheets.TypeBool:
		return "はい"
	case sheets.TypeOne, sheets.TypeMulti:
		var words []string
		for _, c := range codesOf(held) {
			words = append(words, m.set.Label(s.field.Codes, c))
		}
		return strings.Join(words, "\n")
	case sheets.TypeAgency:
		return orElse(m.agencyName(held), held)
	case sheets.TypePerson:
		return orElse(m.personName(held), held)
	}
	return held
}

// cell is what stands in the file for a slot; of several choices each has a cell of its own.
func (m *material) cell(s slot, held string) string {
	if !s.prose() {
		switch s.field.Type {
		case sheets.TypeBool:
			return map[bool]string{true: ring}[held != ""]
		case sheets.TypeDate:
			if d, err := jptime.Parse(held); err == nil {
				return d.Wareki()
			}
		}
	}
	return m.read(s, held)
}

// ring is the sign of yes, and of a choice that is made.
const ring = "○"

// value is what a slot holds as its document keeps it; nil: nothing.
func (s slot) value(held string) any {
	switch {
	case s.prose():
		return held
	case s.several():
		codes := codesOf(held)
		if codes == nil {
			codes = []string{}
		}
		b, _ := json.Marshal(codes) // strings always encode
		return string(b)
	case s.field.Type == sheets.TypeBool:
		return held != ""
	case held == "":
		if s.field.Type == sheets.TypeInt || s.field.Type == sheets.TypeYen {
			return nil
		}
		return ""
	case s.field.Type == sheets.TypeInt, s.field.Type == sheets.TypeYen:
		n, _ := strconv.ParseFloat(held, 64) // it was read as one
		return n
	}
	return held
}

// checked validates what is to be written as the screen does. That something required is empty stands in no one's way.
func (m *material) checked(s slot, held string) error {
	f := s.field
	f.Required = false
	if s.words {
		f.Type, f.Max, f.Label = sheets.TypeText, wordsMax, s.label()
	}
	if s.several() && held == "" {
		return nil
	}
	return m.set.Validate(f, s.value(held))
}

// offers are the choices of a field: those in use, and those that are chosen.
func (m *material) offers(s slot, held string) []sheets.Code {
	l, _ := m.set.List(s.field.Codes)
	chosen := codesOf(held)
	out := slices.DeleteFunc(slices.Clone(l.Codes), func(c sheets.Code) bool { return c.Retired && !slices.Contains(chosen, c.Code) })
	for _, code := range chosen {
		if _, known := l.Find(code); !known {
			out = append(out, sheets.Code{Code: code, Label: code, Retired: true})
		}
	}
	return out
}

// named lists by their names what a field of agencies or of people can be.
func (m *material) nameable(s slot) []sheets.Code {
	var out []sheets.Code
	switch s.field.Type {
	case sheets.TypeAgency:
		for _, a := range m.agencies {
			if a.Active {
				out = append(out, sheets.Code{Code: a.ID, Label: a.Name})
			}
		}
	case sheets.TypePerson:
		for _, p := range m.persons {
			if m.named(p.ID) && p.Name != "" {
				out = append(out, sheets.Code{Code: p.ID, Label: p.Name})
			}
		}
	}
	return out
}

// meta is the document of a class: as it is, or as it would be made.
func (m *material) meta(k class) (live.Meta, bool) {
	if d, ok := m.metas[k]; ok {
		return d, true
	}
	return live.Meta{Tenant: m.actor.Tenant, ID: access.NewID(m.at), Epoch: 1, Kind: live.KindSection, CaseID: m.kase.ID, OwnerID: orElse(k.person, m.kase.ID), PersonID: k.person, Item: k.item}, false
}
