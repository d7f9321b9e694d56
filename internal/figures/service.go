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
	now   func() time.Time
}

// NewService makes one.
func NewService(store Store, books sheets.Books, tally *Tally, now func() time.Time) *Service {
	return &Service{store, books, tally, now}
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

func (s *Service) table(ctx context.Context, actor access.Actor, year int) (Table, error) {
	now := s.now()
	running := jptime.DateOf(now).FiscalYear()
	if year == 0 {
		year = running
	}
	if year < firstYear || year > running {
		return Table{}, fault.Newf(fault.Invalid, "年度は、%sから%sまでの中で選んでください。", jptime.FiscalYearName(firstYear), jptime.FiscalYearName(running)).On("year")
	}
	list, err := s.store.FigureCases(ctx, actor.Tenant)
	if err != nil {
		return Table{}, err
	}
	x := span{year, now}
	plans, err := s.store.FigurePlans(ctx, actor.Tenant, x.begin(0), x.begin(12))
	if err != nil {
		return Table{}, err
	}
	var held []Meeting
	err = s.store.EachClosedMeeting(ctx, actor.Tenant, x.begin(0), x.begin(12), func(m Meeting, as meeting.Meeting, events []meeting.Event) error {
		err := m.attend(as, events)
		held = append(held, m)
		return err
	})
	if err != nil {
		return Table{}, err
	}
	contacts, err := s.store.FigureContacts(ctx, actor.Tenant, x.begin(0), x.begin(12))
	if err != nil {
		return Table{}, err
	}
	t := Count(year, now, list, plans, held, contacts)
	area, err := s.store.FigureArea(ctx, actor.Tenant)
	if err != nil {
		return Table{}, err
	}
	set := s.books.Of(actor.Tenant).At(jptime.DateOf(now).String())
	for i, p := range area.Places {
		area.Places[i].Kind = set.Label("resource_kind", p.Kind)
	}
	t.AddArea(area)
	if err := s.addCourses(ctx, actor.Tenant, x, set, &t); err != nil {
		return Table{}, err
	}
	more, err := s.tally.read(ctx, actor.Tenant) // so that what was chosen a moment ago counts
	if err != nil {
		return Table{}, err
	}
	t.Reading = more
	answers, err := s.store.FigureAnswers(ctx, actor.Tenant, x.begin(0), x.begin(12))
	if err != nil {
		return Table{}, err
	}
	t.AddAnswers(set, answers)
	oldest := running
	for _, c := range list {
		oldest = min(oldest, max(firstYear, jptime.DateOf(c.Opened).FiscalYear()))
	}
	for y := running; y >= oldest; y-- {
		t.Years = append(t.Years, y)
	}
	return t, nil
}

// File is the table as a file. Unless it stays in the office, small cells are suppressed.
func (s *Service) File(ctx context.Context, actor access.Actor, year int, form tables.Form, inside bool) (file []byte, name string, err error) {
	if !form.Valid() {
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
	if file, err = tables.Write(t.book(of, inside), form); err != nil {
		return nil, "", err
	}
	why := "提出・公表用"
	if inside {
		why = "庁内用"
	}
	e := actor.Audit(s.now(), access.VerbFiguresFile, fmt.Sprint(t.Year))
	e.Reason = why
	return file, fmt.Sprintf("集計表_%d年度_%s%s", t.Year, why, form.Extension()), s.store.AppendAudit(ctx, e)
}
