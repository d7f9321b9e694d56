package sheets

import (
	"slices"
	"strings"
)

// Amendment (様式の変更) is everything a municipality has changed in the shipped forms and lists, from a day on. A later one stands for itself: it says everything
// the former said and more, because what was once asked stays readable; what is no longer asked is retired.
type Amendment struct {
	EffectiveFrom string        `json:"effectiveFrom"` // 適用開始日, ISO date
	Fields        []OwnField    `json:"fields"`        // 追加した項目
	Changes       []FieldChange `json:"changes"`       // 変更した項目
	Lists         []OwnList     `json:"lists"`         // 追加した選択肢
}

// OwnField (追加した項目) is a field of the municipality's own.
type OwnField struct {
	Form    string `json:"form"`
	Section string `json:"section"`
	After   string `json:"after,omitempty"` // id of the field before it; "" or unknown: at the end of the section
	Field
}

// FieldChange (変更した項目) says how a shipped or own field is shown. Its type, class and choices never change: values written before would not fit.
type FieldChange struct {
	ID          string `json:"id"`
	Label       string `json:"label"`
	Help        string `json:"help"`
	Required    bool   `json:"required"`
	StateReport bool   `json:"stateReport"`
	Retired     bool   `json:"retired"` // 使わない
}

// OwnList (追加した選択肢) adds choices to a list, or retires some of it, or is a list of the municipality's own (its id begins with OwnPrefix).
type OwnList struct {
	ID    string   `json:"id"`
	Title string   `json:"title"`           // of an own list
	Codes []Code   `json:"codes"`           // own choices, in order, behind the shipped ones
	Gone  []string `json:"gone,omitempty"`  // shipped codes no longer offered
	Named []Named  `json:"named,omitempty"` // shipped codes under another name
}

// Named is a shipped choice under the name a municipality gives it.
type Named struct {
	Code  string `json:"code"`
	Label string `json:"label"`
}

// OwnPrefix begins the ids of fields, lists and codes that a municipality has added: a later shipped form never takes one of them.
const OwnPrefix = "own_"

// Own tells whether an id is of a municipality's own.
func Own(id string) bool { return strings.HasPrefix(id, OwnPrefix) }

// Books gives the forms as a municipality has them. A Book alone is the shipped one for everybody.
type Books interface {
	// Of gives the forms of a municipality. It never fails: when its changes cannot be read, the last ones known are meant.
	Of(tenant string) *Book
}

// Of is the book itself: without changes of their own all municipalities have the same.
func (b *Book) Of(string) *Book { return b }

// Amended is the book with the changes of a municipality, given in the order they were made; of those in force on a day the last one counts.
// The error names what the data do not allow; it is for the log: Amendment.Check has told the person before.
func (b *Book) Amended(changes []Amendment) (*Book, error) {
	if len(changes) == 0 {
		return b, nil
	}
	out := &Book{forms: b.forms, lists: b.lists, days: slices.Clone(b.days)}
	for _, c := range changes {
		out.days = append(out.days, c.EffectiveFrom)
	}
	slices.Sort(out.days)
	out.days = slices.Compact(out.days)
	for _, day := range out.days {
		set := b.inForce(day)
		if c := lastBefore(changes, day); c != nil {
			set = set.amended(*c)
		}
		out.sets = append(out.sets, set)
	}
	return out, out.check()
}

func lastBefore(changes []Amendment, day string) *Amendment {
	for i := len(changes) - 1; i >= 0; i-- {
		if changes[i].EffectiveFrom <= day {
			return &changes[i]
		}
	}
	return nil
}

// amended is a set of its own: nothing is shared with the shipped one that is changed.
func (s Set) amended(c Amendment) Set {
	out := Set{Date: s.Date}
	for _, d := range s.Forms {
		d.Sections = slices.Clone(d.Sections)
		for i, sec := range d.Sections {
			sec.Fields = slices.Clone(sec.Fields)
			for _, own := range c.Fields {
				if own.Form == d.ID && d.place(own.Section) == i {
					sec.Fields = insert(sec.Fields, own)
				}
			}
			for k, f := range sec.Fields {
				sec.Fields[k] = c.apply(f)
			}
			d.Sections[i] = sec
		}
		out.Forms = append(out.Forms, d)
		for _, sec := range d.Sections {
			out.flat = append(out.flat, sec.Fields...)
		}
	}
	for _, l := range s.Lists {
		if i := slices.IndexFunc(c.Lists, func(o OwnList) bool { return o.ID == l.ID }); i >= 0 {
			l = c.Lists[i].apply(l)
		}
		out.Lists = append(out.Lists, l)
	}
	for _, o := range c.Lists {
		if Own(o.ID) {
			out.Lists = append(out.Lists, CodeList{ID: o.ID, Title: o.Title, Tenant: true, Codes: o.Codes})
		}
	}
	return out
}

// place is where the section with the id stands; a field whose section a later form does not have any more comes into the last one.
func (d Definition) place(section string) int {
	if i := slices.IndexFunc(d.Sections, func(s Section) bool { return s.ID == section }); i >= 0 {
		return i
	}
	return len(d.Sections) - 1
}

func insert(fields []Field, own OwnField) []Field {
	i := slices.IndexFunc(fields, func(f Field) bool { return f.ID == own.After })
	if i < 0 {
		return append(fields, own.Field)
	}
	return slices.Insert(fields, i+1, own.Field)
}

func (c Amendment) apply(f Field) Field {
	i := slices.IndexFunc(c.Changes, func(x FieldChange) bool { return x.ID == f.ID })
	if i < 0 {
		return f
	}
	x := c.Changes[i]
	f.Label, f.Help, f.Required, f.StateReport, f.Retired = x.Label, x.Help, x.Required && !x.Retired, x.StateReport, x.Retired
	return f
}

func (o OwnList) apply(l CodeList) CodeList {
	l.Codes = slices.Clone(l.Codes)
	for i, c := range l.Codes {
		if k := slices.IndexFunc(o.Named, func(n Named) bool { return n.Code == c.Code }); k >= 0 {
			l.Codes[i].Label = o.Named[k].Label
		}
		l.Codes[i].Retired = slices.Contains(o.Gone, c.Code)
	}
	l.Codes = append(l.Codes, o.Codes...)
	return l
}

// Open tells whether a municipality may change a list: one of its own, one marked so, or one that only fields of the sheets choose from. What the program
// itself understands (役割, 情報の項目, 状態 …) stays as it is.
func (s Set) Open(list string) bool {
	l, ok := s.List(list)
	if !ok || fixed[list] {
		return false
	}
	return l.Tenant || slices.ContainsFunc(s.flat, func(f Field) bool { return f.Codes == list })
}

// fixed lists are chosen from in sheets and also understood by the program.
var fixed = map[string]bool{"item": true, "stage": true, "sex": true, "consent_kind": true, "program": true, "role": true, "yes_no": true}
