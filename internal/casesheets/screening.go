package casesheets

import (
	"context"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/outreach"
	"kasane/internal/papers"
	"kasane/internal/sheets"
)

// Courses tells 段階の経過 of a case as somebody may see it; *cases.Service is it.
type Courses interface {
	Course(ctx context.Context, actor access.Actor, caseID string) (cases.Course, error)
}

// Screening is the スクリーニング票 of a case as its reader may see it now: the newest result and those before it.
func (s *Service) Screening(ctx context.Context, a access.Actor, caseID string) (papers.Result, string, error) {
	doc, err := s.ScreeningDoc(ctx, a, caseID, nil)
	if err != nil {
		return papers.Result{}, "", err
	}
	res, err := s.print.Screening(ctx, doc)
	if err != nil {
		return papers.Result{}, "", err
	}
	e := outreach.PaperEntry(a, doc.Head, caseID, res)
	e.Verb, e.Target = access.VerbSheetPaper, access.PaperScreening
	return res, papers.FileName(jptime.DateOf(doc.At), doc.Head, "スクリーニング票"), s.store.AppendAudit(ctx, e)
}

// Screened tells whether a case has a スクリーニング票 that somebody may see.
func (s *Service) Screened(ctx context.Context, a access.Actor, caseID string) (bool, error) {
	c, err := s.courses.Course(ctx, a, caseID)
	return len(c.Screenings) > 0, err
}

// ScreeningDoc is the スクリーニング票 with what the reader sees of it now, and of that what a copy may hold.
func (s *Service) ScreeningDoc(ctx context.Context, a access.Actor, caseID string, read cases.CopyReader) (papers.ScreeningDoc, error) {
	m, err := s.entered(ctx, a, caseID)
	if err != nil {
		return papers.ScreeningDoc{}, err
	}
	m.only(read)
	c, err := s.courses.Course(ctx, a, caseID)
	if err != nil {
		return papers.ScreeningDoc{}, err
	}
	switch {
	case !m.show[class{"", consent.ItemBasic}]:
		return papers.ScreeningDoc{}, fault.New(fault.Forbidden, "あなたの機関には、いまの同意の範囲で渡せるものがありません。")
	case len(c.Screenings) == 0:
		return papers.ScreeningDoc{}, fault.New(fault.NotFound, "スクリーニングの結果がまだありません。")
	}
	if m.persons, err = s.store.Persons(ctx, access.Scope{Tenant: a.Tenant, All: true}, caseID); err != nil { // the gate has let them in
		return papers.ScreeningDoc{}, err
	}
	return m.screening(c, s.books.Of(a.Tenant)), nil
}

// entered begins a paper of a case that is no form: who may make papers, what the gate shows them, and the head.
func (s *Service) entered(ctx context.Context, a access.Actor, caseID string) (*material, error) {
	if err := mayTake(a); err != nil {
		return nil, err
	}
	m := &material{actor: a, at: s.now().UTC().Truncate(time.Microsecond)}
	err := s.allowed(ctx, m, caseID)
	if err != nil {
		return nil, err
	}
	if m.kase, err = s.store.Case(ctx, access.Scope{Tenant: a.Tenant, All: true}, caseID); err != nil { // the gate has let them in
		return nil, err
	}
	m.head, err = outreach.PaperHead(ctx, s.store, a, m.kase.Number, m.at)
	return m, err
}

// screening is the paper: the newest result with every choice there was that day.
func (m *material) screening(c cases.Course, book *sheets.Book) papers.ScreeningDoc {
	x := c.Screenings[0]
	set := book.At(jptime.DateOf(x.At).String())
	said := !c.Withheld && m.show[class{"", consent.ItemProgress}]
	d := papers.ScreeningDoc{Head: m.head, Subject: m.aboutWhom(), Day: dayOf(x.Day), Agency: x.AgencyName, By: x.ByName, At: x.At, Past: x.Past, Withheld: !said}
	d.Gone, d.GoneTo = gone(c, x.At)
	results, _ := set.List("screening")
	for _, r := range results.Codes {
		if !r.Retired || r.Code == x.Result {
			d.Results = append(d.Results, papers.ScreeningResult{Label: r.Label, Next: leads(r.Code), Chosen: r.Code == x.Result})
		}
	}
	if said {
		d.To, d.Confirmed, d.Reason = x.To, dayOf(x.ConfirmedOn), x.Reason
		grounds, _ := set.List("trouble")
		for _, g := range grounds.Codes {
			if on := slices.Contains(x.Grounds, g.Code); on || !g.Retired {
				d.Grounds = append(d.Grounds, papers.Check{Label: g.Label, Checked: on})
			}
		}
	}
	for _, e := range c.Screenings[1:] {
		was := papers.EarlierScreening{Day: dayOf(e.Day), Result: e.ResultLabel, Agency: e.AgencyName, By: e.ByName, Reason: papers.Memo{Withheld: !said}}
		if said {
			was.Reason.Text = e.Reason
		}
		d.Earlier = append(d.Earlier, was)
	}
	return d
}

// aboutWhom is the first 本人, whom the paper is about.
func (m *material) aboutWhom() papers.Field {
	f := papers.Field{Label: "氏名", Name: true}
	if i := max(slices.IndexFunc(m.persons, func(p cases.Person) bool { return p.Subject }), 0); i < len(m.persons) {
		if f.Withheld = !m.named(m.persons[i].ID); !f.Withheld {
			f.Value = m.nameOf(m.persons[i])
		}
	}
	return f
}

// leads says which stages a result opens.
func leads(result string) string {
	var to []string
	for _, st := range cases.LeadsTo(result) {
		to = append(to, "「"+st.Label()+"」")
	}
	out := strings.Join(to, "か")
	switch {
	case out == "":
		return ""
	case result == cases.ScreenPassed:
		return out + "（つなぎ先を確認してから）"
	}
	return out
}

// gone is the first step out of the インテーク after a スクリーニング, and the same without when and by whom.
func gone(c cases.Course, after time.Time) (whole, to string) {
	for _, st := range slices.Backward(c.Steps) { // newest first
		if st.From == cases.StageIntake && st.At.After(after) {
			to = "「" + st.ToLabel + "」に進めました"
			return to + "（" + strings.Join(nonEmpty(jptime.FormatDateTime(st.At), st.AgencyName, st.ByName), "　") + "）", to
		}
	}
	return "", ""
}

// dayOf reads an ISO day; "" is none.
func dayOf(iso string) jptime.Date {
	d, _ := jptime.Parse(iso) // what was kept was checked
	return d
}
