package papers

import (
	"context"
	"reflect"
	"slices"

	"kasane/internal/fault"
)

// Doc is a document of which variants (機関別, 開示用, 匿名版, 本人交付版) are made.
type Doc interface {
	// Headed is the document with its head changed; the one it was called on stays.
	Headed(change func(*Head)) Doc
	print(ctx context.Context, p *Printer) (Result, error)
}

// Listed is a paper in a list of what there is of a case: which one, what it is called, of which day and of whom.
type Listed struct{ ID, Title, Note string }

// NameOf is what a document is called.
func NameOf(d Doc) string {
	switch m := d.(type) {
	case EvaluationDoc:
		return m.Name()
	case SheetDoc:
		return m.Title
	case PrepDoc:
		return "準備シート"
	case CourseDoc:
		return "支援経過記録"
	case ScreeningDoc:
		return "スクリーニング票"
	case AttendanceDoc:
		return "出席簿"
	case NoticeDoc:
		return "開催通知"
	case ReferralDoc:
		return "つなぎシート"
	case SecrecyDoc:
		return "守秘義務確認書"
	case HandoverDoc:
		return "資料受渡簿"
	case ConsentPaper:
		return consentPapers[m.Kind]
	}
	return ""
}

// Print prints any document.
func (p *Printer) Print(ctx context.Context, d Doc) (Result, error) { return d.print(ctx, p) }

var errVariant = fault.New(fault.Conflict, "この種類の文書では、選ばれた種類の写しを作りません。")

// Given prints the 本人交付版 of a document. Conflict: it has none.
func (p *Printer) Given(ctx context.Context, d Doc, look Look) (Result, error) {
	switch m := d.(type) {
	case MinutesDoc:
		return p.GivenMinutes(ctx, m, look)
	case PlanDoc:
		return p.GivenPlan(ctx, m, look)
	case RoleMatrixDoc:
		return p.GivenRoles(ctx, m, look)
	case EvaluationDoc:
		return p.GivenEvaluation(ctx, m, look)
	case SheetDoc:
		return p.GivenSheet(ctx, m, look)
	case NoticeDoc:
		return p.GivenNotice(ctx, m, look)
	}
	return Result{}, errVariant
}

// Of makes the 匿名版 of a document. Conflict: it has none, or (様式の帳票) it is made another way.
func (a Anonymity) Of(d Doc) (Doc, error) {
	switch m := d.(type) {
	case MinutesDoc:
		return a.Minutes(m), nil
	case PlanDoc:
		return a.Plan(m), nil
	case RoleMatrixDoc:
		return a.RoleMatrix(m), nil
	case EvaluationDoc:
		return a.evaluation(m), nil
	case PrepDoc:
		return a.prep(m), nil
	case CourseDoc:
		return a.course(m), nil
	case ScreeningDoc:
		return a.screening(m), nil
	}
	return nil, errVariant
}

func (a Anonymity) evaluation(m EvaluationDoc) EvaluationDoc {
	scrub(reflect.ValueOf(&m).Elem())
	c := a.caller()
	m.Agency, m.By, m.About = c.agency(m.Agency), c.staff(m.By, m.Agency), c.called(m.Subject, m.About)
	a.head(&m.Head)
	m.MeetingKind = "" // no meeting is in it
	return m
}

func (a Anonymity) prep(m PrepDoc) PrepDoc {
	scrub(reflect.ValueOf(&m).Elem())
	c := a.caller()
	for i := range m.Sheets {
		x := &m.Sheets[i]
		x.Agency, x.Entered = c.agency(x.Agency), ""
		for k := range x.Parts {
			x.Parts[k].About = c.who(x.Parts[k].About, anonymousMember)
		}
	}
	a.head(&m.Head)
	m.Place = ""
	return m
}

func (a Anonymity) course(m CourseDoc) CourseDoc {
	c := a.caller()
	m.Entries = slices.Clone(m.Entries)
	for i := range m.Entries {
		e := &m.Entries[i]
		e.At, e.InMonth = MonthOf(e.At), true
		e.By, e.Agency = c.staff(e.By, e.Agency), c.agency(e.Agency)
		e.Who = c.called(e.Subject, e.Who)
	}
	a.head(&m.Head)
	m.MeetingKind = ""
	return m
}

func (a Anonymity) screening(m ScreeningDoc) ScreeningDoc {
	scrub(reflect.ValueOf(&m).Elem())
	c := a.caller()
	m.Subject.Value = c.who(m.Subject.Value, "本人")
	m.By, m.Agency = c.staff(m.By, m.Agency), c.agency(m.Agency)
	if m.Gone != "" {
		m.Gone = m.GoneTo
	}
	for i := range m.Earlier {
		e := &m.Earlier[i]
		e.By, e.Agency = c.staff(e.By, e.Agency), c.agency(e.Agency)
	}
	a.head(&m.Head)
	m.MeetingKind = ""
	return m
}

// called is somebody of the household by name; usual stands for the household as a whole.
func (c caller) called(name, usual string) string {
	if name == "" {
		return usual
	}
	return c.who(name, anonymousMember)
}
