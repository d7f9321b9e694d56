package sheets

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

//go:embed data
var builtin embed.FS

// Book is all forms and lists in all versions. It never changes after Load and is safe to share.
type Book struct {
	forms []Definition // by EffectiveFrom
	lists []dated      // by from
	days  []string     // on which something changes, in order
	sets  []Set        // what is in force from that day on
}

type dated struct {
	from string
	list CodeList
}

// Set is what is in force on one day, ready to be sent to the browser. It is shared: not to be changed.
type Set struct {
	Date  string       `json:"date"`
	Forms []Definition `json:"forms"`
	Lists []CodeList   `json:"lists"`

	flat []Field // of all forms, in order
}

// Builtin loads the forms that come with Kasane.
func Builtin() (*Book, error) {
	sub, err := fs.Sub(builtin, "data")
	if err != nil {
		return nil, fmt.Errorf("built-in sheets: %w", err)
	}
	return Load(sub)
}

// Load reads every form_*.json (a Definition) and lists*.json ({effectiveFrom, lists}) below the root and checks the whole.
func Load(dir fs.FS) (*Book, error) {
	b := &Book{}
	err := fs.WalkDir(dir, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name := d.Name()
		if !strings.HasSuffix(name, ".json") {
			return nil
		}
		data, err := fs.ReadFile(dir, path)
		if err != nil {
			return err
		}
		switch {
		case strings.HasPrefix(name, "form_"):
			err = b.addForm(data)
		case strings.HasPrefix(name, "lists"):
			err = b.addLists(data)
		default:
			err = fmt.Errorf("neither a form nor lists")
		}
		if err != nil {
			return fmt.Errorf("sheet %s: %w", path, err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(b.forms, func(x, y Definition) int { return strings.Compare(x.EffectiveFrom, y.EffectiveFrom) })
	slices.SortStableFunc(b.lists, func(x, y dated) int { return strings.Compare(x.from, y.from) })
	for _, d := range b.forms {
		b.days = append(b.days, d.EffectiveFrom)
	}
	for _, l := range b.lists {
		b.days = append(b.days, l.from)
	}
	slices.Sort(b.days)
	b.days = slices.Compact(b.days)
	for _, day := range b.days {
		b.sets = append(b.sets, b.inForce(day))
	}
	if err := b.check(); err != nil {
		return nil, err
	}
	return b, nil
}

func (b *Book) addForm(data []byte) error {
	var d Definition
	if err := decode(data, &d); err != nil {
		return err
	}
	b.forms = append(b.forms, d)
	return nil
}

func (b *Book) addLists(data []byte) error {
	var f struct {
		EffectiveFrom string     `json:"effectiveFrom"`
		Lists         []CodeList `json:"lists"`
	}
	if err := decode(data, &f); err != nil {
		return err
	}
	for _, l := range f.Lists {
		b.lists = append(b.lists, dated{f.EffectiveFrom, l})
	}
	return nil
}

func decode(data []byte, v any) error {
	dec := json.NewDecoder(strings.NewReader(string(data)))
	dec.DisallowUnknownFields()
	return dec.Decode(v)
}

// formOrder is the order in which forms are filled in; unknown ones follow by id.
var formOrder = []string{"uketsuke", "assessment", "progress", "outreach_plan", "joining_plan"}

// At returns everything in force on a day (ISO date): of each form and list the newest version not after it, or the oldest when
// the day lies before all of them.
func (b *Book) At(date string) Set {
	i, found := slices.BinarySearch(b.days, date)
	if !found {
		i--
	}
	if len(b.sets) == 0 {
		return Set{Date: date, Forms: []Definition{}, Lists: []CodeList{}}
	}
	s := b.sets[max(i, 0)]
	s.Date = date
	return s
}

func (b *Book) inForce(date string) Set {
	s := Set{Date: date, Forms: []Definition{}, Lists: []CodeList{}}
	for _, d := range b.forms {
		i := slices.IndexFunc(s.Forms, func(x Definition) bool { return x.ID == d.ID })
		switch {
		case i < 0:
			s.Forms = append(s.Forms, d)
		case d.EffectiveFrom <= date:
			s.Forms[i] = d
		}
	}
	for _, d := range b.lists {
		i := slices.IndexFunc(s.Lists, func(x CodeList) bool { return x.ID == d.list.ID })
		switch {
		case i < 0:
			s.Lists = append(s.Lists, d.list)
		case d.from <= date:
			s.Lists[i] = d.list
		}
	}
	rank := func(id string) int {
		if i := slices.Index(formOrder, id); i >= 0 {
			return i
		}
		return len(formOrder)
	}
	slices.SortStableFunc(s.Forms, func(x, y Definition) int {
		if d := rank(x.ID) - rank(y.ID); d != 0 {
			return d
		}
		return strings.Compare(x.ID, y.ID)
	})
	for _, d := range s.Forms {
		for _, sec := range d.Sections {
			s.flat = append(s.flat, sec.Fields...)
		}
	}
	return s
}

// Form returns a form by id.
func (s Set) Form(id string) (Definition, bool) {
	i := slices.IndexFunc(s.Forms, func(d Definition) bool { return d.ID == id })
	if i < 0 {
		return Definition{}, false
	}
	return s.Forms[i], true
}

// List returns a code list by id.
func (s Set) List(id string) (CodeList, bool) {
	i := slices.IndexFunc(s.Lists, func(l CodeList) bool { return l.ID == id })
	if i < 0 {
		return CodeList{}, false
	}
	return s.Lists[i], true
}

// Label is the label of a code of a list.
func (s Set) Label(list, code string) string {
	l, _ := s.List(list)
	return l.Label(code)
}

// Field returns a field by id, of whatever form.
func (s Set) Field(id string) (Field, bool) {
	for _, f := range s.flat {
		if f.ID == id {
			return f, true
		}
	}
	return Field{}, false
}

// FieldsOf returns the fields that live in the document of an owner and item, in form order.
func (s Set) FieldsOf(o Owner, item string) []Field {
	var out []Field
	for _, f := range s.flat {
		if f.Owner == o && f.Item == item && f.From == "" {
			out = append(out, f)
		}
	}
	return out
}

// Holds tells whether the document of an owner and item has a key f/<name>: a field, or the words of a choice.
func (s Set) Holds(o Owner, item, name string) bool {
	for _, f := range s.FieldsOf(o, item) {
		if f.ID == name || s.asksWords(f) && f.ID+"_other" == name {
			return true
		}
	}
	return false
}

func (s Set) asksWords(f Field) bool {
	l, _ := s.List(f.Codes)
	return slices.ContainsFunc(l.Codes, func(c Code) bool { return c.Other })
}

// Items returns the items for which an owner has a document, in the order of the list "item".
func (s Set) Items(o Owner) []string {
	l, _ := s.List("item")
	var out []string
	for _, c := range l.Codes {
		if len(s.FieldsOf(o, c.Code)) > 0 {
			out = append(out, c.Code)
		}
	}
	return out
}
