package papers

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"kasane/internal/jptime"
)

// clockTime is a time of the day, which goes with its day.
var clockTime = regexp.MustCompile(`\s*(?:[01]?[0-9]|2[0-3]):[0-5][0-9]`)

// Sheet makes the 匿名版 of a sheet of a case: every text of it edited beforehand, so that the paper and the file for a spreadsheet say the same. tell, when it is
// not nil, hears each text and what somebody has to decide about it.
func (a Anonymity) Sheet(m SheetDoc, tell func(Printed, []Doubt)) SheetDoc {
	edit := a.Edit()
	if tell != nil {
		edit = a.Watch(tell)
	}
	w := sheetWalk{edit: edit, form: a.form().Edit()}
	m.Title = w.fixed(m.Title)
	m.About = slices.Clone(m.About)
	for i := range m.About {
		m.About[i].Value = w.text(m.About[i].Label, m.About[i].Value)
	}
	m.Parts = slices.Clone(m.Parts)
	for i := range m.Parts {
		m.Parts[i] = w.part(m.Parts[i])
	}
	a.head(&m.Head)
	m.Edit, m.MeetingKind = nil, "" // it is done, and no meeting is in it
	return m
}

// form is what is looked for in the words of the form: the names a municipality may have put into its own fields and choices, and no short ones, which are usual words
// (就労 in 就労体験).
func (a Anonymity) form() Anonymity {
	out := Anonymity{Municipality: a.Municipality}
	for _, x := range a.Agencies {
		x.Alias = ""
		out.Agencies = append(out.Agencies, x)
	}
	return out
}

// sheetWalk goes through the texts of a sheet in the order in which they stand.
type sheetWalk struct {
	edit  Edit
	form  Edit // of the words of the form
	n     int
	under string
}

func (w *sheetWalk) text(field, text string) string {
	if text == "" || text == withheld {
		return text
	}
	p := Printed{No: w.n, Section: w.under, Field: field, Text: text}
	w.n++
	return w.edit(p)
}

func (w *sheetWalk) fixed(text string) string { return w.form(Printed{Text: text, Fixed: true}) }

func (w *sheetWalk) part(p SheetPart) SheetPart {
	p.Person = w.text("", p.Person)
	p.Sections = slices.Clone(p.Sections)
	for i := range p.Sections {
		x := &p.Sections[i]
		w.under = x.Title
		x.Title = w.fixed(x.Title)
		x.Rows = slices.Clone(x.Rows)
		for k := range x.Rows {
			x.Rows[k] = w.row(x.Rows[k])
		}
		x.Tables = slices.Clone(x.Tables)
		for k := range x.Tables {
			x.Tables[k] = w.table(x.Tables[k])
		}
	}
	return p
}

func (w *sheetWalk) row(r SheetRow) SheetRow {
	label := r.Label
	r.Label = w.fixed(r.Label)
	r.Text, r.Note, r.Day = w.text(label, r.Text), w.fixed(r.Note), r.Day.InMonth()
	if r.Kind == SheetName { // what stands there is no name any more
		r.Kind = SheetText
	}
	r.Choices = slices.Clone(r.Choices)
	for i := range r.Choices {
		c := &r.Choices[i]
		c.Label, c.Words = w.fixed(c.Label), w.text(label, c.Words)
	}
	return r
}

func (w *sheetWalk) table(t SheetTable) SheetTable {
	t.Rows = slices.Clone(t.Rows)
	for i := range t.Rows {
		r := &t.Rows[i]
		r.Cells, r.Name = slices.Clone(r.Cells), 0
		for k := range r.Cells {
			r.Cells[k] = clockTime.ReplaceAllString(w.text(t.Title, r.Cells[k]), "")
		}
	}
	return t
}

// Agency is a name of an agency as what it is, also one that is not registered any more.
func (a Anonymity) Agency(name string) string { return a.caller().agency(name) }

// Person is a name in the place of one: of the household as what they are there, anybody else as other.
func (a Anonymity) Person(name, other string) string {
	if strings.TrimSpace(name) == "" {
		return ""
	}
	return a.caller().who(name, other)
}

// MonthOf is the first day of the month of an instant, in which a 匿名版 is made.
func MonthOf(at time.Time) time.Time {
	d := jptime.DateOf(at)
	return jptime.Date{Year: d.Year, Month: d.Month, Day: 1}.Time()
}
