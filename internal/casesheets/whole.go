package casesheets

import (
	"context"
	"slices"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/papers"
	"kasane/internal/sheets"
)

// forPerson are the fields of the plans that are sheets which go to the person (本人交付版): what was planned with them. What the agencies arrange among themselves,
// how one learned of the household, and what a visit takes care of stays out; so does every field a municipality has added.
var forPerson = map[string][]string{
	"joining_plan":  {"jp_on", "jp_review_on", "jp_agency", "jp_by", "jp_hope", "jp_stage", "jp_partner", "jp_trial_on", "jp_terms", "jp_stay", "jp_sign_on"},
	"outreach_plan": {"op_on", "op_review_on", "op_agency", "op_by", "op_method", "op_often", "op_goal"},
}

// GoesToPerson tells whether a form has a 本人交付版.
func (s *Service) GoesToPerson(form string) bool { return forPerson[form] != nil }

// Listed are the sheets a case has, as of the day it was opened.
func (s *Service) Listed(ctx context.Context, a access.Actor, caseID string) ([]papers.Listed, error) {
	c, err := s.store.Case(ctx, access.ScopeOf(a), caseID)
	if err != nil {
		return nil, err
	}
	var out []papers.Listed
	for _, f := range s.books.Of(a.Tenant).At(jptime.DateOf(c.OpenedAt).String()).Forms {
		if f.ID != progress {
			out = append(out, papers.Listed{ID: f.ID, Title: f.Title})
		}
	}
	return out, nil
}

// SheetDoc is a sheet with what the reader sees of it now, and of that what a copy may hold. person: the one who gets it (本人交付版), and then the fields that are
// for them alone.
func (s *Service) SheetDoc(ctx context.Context, a access.Actor, caseID, form string, read cases.CopyReader, person string) (papers.SheetDoc, error) {
	if person != "" && !s.GoesToPerson(form) {
		return papers.SheetDoc{}, noForm
	}
	m, err := s.gather(ctx, a, caseID, Wish{Form: form})
	if err != nil {
		return papers.SheetDoc{}, err
	}
	m.only(read)
	if person == "" {
		return m.doc(), nil
	}
	m.persons = slices.DeleteFunc(m.persons, func(p cases.Person) bool { return p.ID != person })
	if len(m.persons) == 0 || !m.answered(person) {
		return papers.SheetDoc{}, fault.New(fault.Forbidden, "この人に渡せる内容が、この様式にはありません。")
	}
	m.form.Sections = keptFields(m.form.Sections, forPerson[form])
	return m.doc(), nil
}

// only leaves what a copy may hold.
func (m *material) only(read cases.CopyReader) {
	for k, on := range m.show {
		show, _ := read.Reads(k.person, k.item)
		m.show[k] = on && show
	}
	for k := range m.docs {
		if !m.show[k] {
			delete(m.docs, k)
		}
	}
}

// keptFields are sections with some of their fields.
func keptFields(list []sheets.Section, ids []string) []sheets.Section {
	out := slices.Clone(list)
	for i := range out {
		out[i].Fields = slices.DeleteFunc(slices.Clone(out[i].Fields), func(f sheets.Field) bool { return !slices.Contains(ids, f.ID) })
	}
	return out
}
