package casesheets

import (
	"context"

	"kasane/internal/access"
	"kasane/internal/jptime"
	"kasane/internal/papers"
	"kasane/internal/sheets"
)

// blankPersons and blankEvents are the empty rows of the tables of a form that is filled in by hand.
const (
	blankPersons = 6
	blankEvents  = 8
)

// Blank is the empty form of today, to be filled in by hand: for a counter without a screen, and for a day without electricity. unsigned: the version for
// somebody who has not agreed.
func (s *Service) Blank(ctx context.Context, a access.Actor, form string, unsigned bool) (papers.Result, string, error) {
	if err := access.Require(a, access.ActSession); err != nil {
		return papers.Result{}, "", err
	}
	set := s.books.Of(a.Tenant).At(jptime.DateOf(s.now()).String())
	f, ok := set.Form(form)
	if !ok || form == progress {
		return papers.Result{}, "", noForm
	}
	of, err := s.store.MunicipalityName(ctx, a.Tenant)
	if err != nil {
		return papers.Result{}, "", err
	}
	h := papers.Head{Municipality: of, Tenant: a.Tenant, At: s.now().UTC()}
	d := papers.SheetDoc{Head: h, Title: titled(f, signs(f), unsigned && signs(f)), Version: version(f), Blank: true, Parts: []papers.SheetPart{{Sections: empty(set, f, unsigned)}}}
	if !asks(f, "case.number") {
		d.About = append(d.About, papers.Field{Label: "ケースID"})
	}
	if !asks(f, "person.name") {
		d.About = append(d.About, papers.Field{Label: "氏名"})
	}
	res, err := s.print.Sheet(ctx, d)
	return res, papers.FileName(jptime.Date{}, papers.Head{}, d.Title+"_記入用"), err
}

// empty is a form without answers.
func empty(set sheets.Set, f sheets.Definition, unsigned bool) []papers.SheetSection {
	m := &material{form: f, set: set}
	var out []papers.SheetSection
	for _, sec := range f.Sections {
		x, signed := papers.SheetSection{Title: sec.Title}, false
		for _, field := range sec.Fields {
			signed = signed || signature(field)
		}
		for _, field := range sec.Fields {
			if field.Retired || signed && unsigned && !sheets.Own(field.ID) {
				continue
			}
			r := papers.SheetRow{Label: labelled(field), Report: field.StateReport, Kind: kindOf(field), Choices: m.choices(field, nil, ""), Lines: lines(field), ByHand: signed}
			switch {
			case field.Type == sheets.TypeSig:
				r.Note = field.Help
			case field.From == "person.birth":
				r.ByHand = false
			}
			x.Rows = append(x.Rows, r)
		}
		x.Tables = emptyTables(f.ID, sec.ID)
		if len(x.Rows) > 0 {
			out = append(out, x)
		}
	}
	return out
}

func emptyTables(form, section string) []papers.SheetTable {
	if form != assessment {
		return nil
	}
	house, years, agencies := householdTable(), chronicleTable(), involvedTable()
	house.Room, years.Room, agencies.Room, agencies.Title = blankPersons, blankEvents, blankPersons, "関わる機関"
	switch section {
	case "a":
		return []papers.SheetTable{house, years}
	case "e":
		return []papers.SheetTable{agencies}
	}
	return nil
}
