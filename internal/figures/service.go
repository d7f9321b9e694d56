package figures

import (
	"context"
	"fmt"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/meeting"
	"kasane/internal/sheets"
	"kasane/internal/tables"
)

// Service gives the figures of a municipality to those who hold its cases.
type Service struct {
	store Store
	books sheets.Books
	tally *Tally
	print Printer
	now   func() time.Time
}

// NewService makes one.
func NewService(store Store, books sheets.Books, tally *Tally, print Printer, now func() time.Time) *Service {
	return &Service{store, books, tally, print, now}
}

// firstYear is the 年度 in which the scheme began (令和3年度).
const firstYear = 2021

// Table counts a 年度; 0 is the one that runs.
func (s *Service) Table(ctx context.Context, actor access.Actor, year int) (Table, error) {
	t, err := s.table(ctx, actor, year)
	if err != nil {
		return t, err
	}
	return t, s.store.AppendAudit(ctx, actor.Audit(s.now(), access.VerbFigures, fmt.Sprint(t.Year)))
}

// span checks a 年度 that can be counted; 0 is the one that runs.
func (s *Service) span(year int) (span, error) {
	now := s.now()
	running := jptime.DateOf(now).FiscalYear()
	if year == 0 {
		year = running
	}
	if year < firstYear || year > running {
		return span{}, fault.Newf(fault.Invalid, "年度は、%sから%sまでの中で選んでください。", jptime.FiscalYearName(firstYear), jptime.FiscalYearName(running)).On("year")
	}
	return span{year, now}, nil
}

// facts are what a table is counted from.
type facts struct {
	cases    []Case
	plans    []Plan
	held     []Meeting
	contacts []Contact
	area     Area
	taken    []Intake
	handed   []Handed
	targets  []Target
}

func (s *Service) facts(ctx context.Context, sc access.Scope, x span) (f facts, err error) {
	from, to := x.begin(0), x.begin(12)
	if f.cases, err = s.store.FigureCases(ctx, sc); err != nil {
		return f, err
	}
	if f.plans, err = s.store.FigurePlans(ctx, sc, from, to); err != nil {
		return f, err
	}
	err = s.store.EachClosedMeeting(ctx, sc, from, to, func(m Meeting, as meeting.Meeting, events []meeting.Event) error {
		err := m.attend(as, events)
		f.held = append(f.held, m)
		return err
	})
	if err != nil {
		return f, err
	}
	if f.contacts, err = s.store.FigureContacts(ctx, sc, from, to); err != nil {
		return f, err
	}
	if f.taken, err = s.store.FigureIntakes(ctx, sc, from, to); err != nil {
		return f, err
	}
	if f.handed, err = s.store.FigureReferrals(ctx, sc, from, to); err != nil {
		return f, err
	}
	if f.targets, err = s.store.FigureTargets(ctx, sc.Tenant, x.year); err != nil {
		return f, err
	}
	f.area, err = s.store.FigureArea(ctx, sc)
	return f, err
}

func (s *Service) table(ctx context.Context, actor access.Actor, year int) (Table, error) {
	x, err := s.span(year)
	if err != nil {
		return Table{}, err
	}
	sc := access.ScopeOf(actor)
	f, err := s.facts(ctx, sc, x)
	if err != nil {
		return Table{}, err
	}
	t := Count(x.year, x.now, f.cases, f.plans, f.held, f.contacts)
	set := s.books.Of(actor.Tenant).At(jptime.DateOf(x.now).String())
	for i, p := range f.area.Places {
		f.area.Places[i].Kind = set.Label("resource_kind", p.Kind)
	}
	t.AddArea(f.area)
	if err := s.addCourses(ctx, sc, x, set, &t); err != nil {
		return Table{}, err
	}
	t.AddIntakes(set, f.taken, f.handed)
	t.AddTargets(f.targets)
	more, err := s.tally.read(ctx, actor.Tenant) // so that what was chosen a moment ago counts
	if err != nil {
		return Table{}, err
	}
	t.Reading = more
	answers, err := s.store.FigureAnswers(ctx, sc, x.begin(0), x.begin(12))
	if err != nil {
		return Table{}, err
	}
	t.AddAnswers(set, answers)
	running := jptime.DateOf(x.now).FiscalYear()
	oldest := running
	for _, c := range f.cases {
		oldest = min(oldest, max(firstYear, jptime.DateOf(c.Opened).FiscalYear()))
	}
	for y := running; y >= oldest; y-- {
		t.Years = append(t.Years, y)
	}
	return t, nil
}

// File is the table as a file. Unless it stays in the office, small cells are suppressed.
func (s *Service) File(ctx context.Context, actor access.Actor, year int, form tables.Form, inside bool) (file []byte, name string, err error) {
	if !form.Valid() && form != FormPDF {
		return nil, "", fault.New(fault.Invalid, "保存の形式を選び直してください。").On("as")
	}
	t, err := s.table(ctx, actor, year)
	if err != nil {
		return nil, "", err
	}
	of, err := s.store.MunicipalityName(ctx, actor.Tenant)
	if err != nil {
		return nil, "", err
	}
	end := form.Extension()
	if form == FormPDF {
		r, err := s.print.Figures(ctx, t.paper(actor, of, inside))
		if err != nil {
			return nil, "", err
		}
		file, end = r.PDF, ".pdf"
	} else if file, err = tables.Write(t.book(of, inside), form); err != nil {
		return nil, "", err
	}
	why := "提出・公表用"
	if inside {
		why = "庁内用"
	}
	e := actor.Audit(s.now(), access.VerbFiguresFile, fmt.Sprint(t.Year))
	e.Reason = why
	return file, fmt.Sprintf("集計表_%d年度_%s%s", t.Year, why, end), s.store.AppendAudit(ctx, e)
}
