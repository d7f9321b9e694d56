package papers

import "context"

// The documents as Docs.

// Headed implements Doc.
func (m MinutesDoc) Headed(change func(*Head)) Doc { change(&m.Head); return m }

func (m MinutesDoc) print(ctx context.Context, p *Printer) (Result, error) { return p.Minutes(ctx, m) }

// Headed implements Doc.
func (m PlanDoc) Headed(change func(*Head)) Doc { change(&m.Head); return m }

func (m PlanDoc) print(ctx context.Context, p *Printer) (Result, error) { return p.Plan(ctx, m) }

// Headed implements Doc.
func (m RoleMatrixDoc) Headed(change func(*Head)) Doc { change(&m.Head); return m }

func (m RoleMatrixDoc) print(ctx context.Context, p *Printer) (Result, error) {
	return p.RoleMatrix(ctx, m)
}

// Headed implements Doc.
func (m EvaluationDoc) Headed(change func(*Head)) Doc { change(&m.Head); return m }

func (m EvaluationDoc) print(ctx context.Context, p *Printer) (Result, error) {
	return p.Evaluation(ctx, m)
}

// Headed implements Doc.
func (m PrepDoc) Headed(change func(*Head)) Doc { change(&m.Head); return m }

func (m PrepDoc) print(ctx context.Context, p *Printer) (Result, error) { return p.Prep(ctx, m) }

// Headed implements Doc.
func (m CourseDoc) Headed(change func(*Head)) Doc { change(&m.Head); return m }

func (m CourseDoc) print(ctx context.Context, p *Printer) (Result, error) { return p.Course(ctx, m) }

// Headed implements Doc.
func (m ScreeningDoc) Headed(change func(*Head)) Doc { change(&m.Head); return m }

func (m ScreeningDoc) print(ctx context.Context, p *Printer) (Result, error) {
	return p.Screening(ctx, m)
}

// Headed implements Doc.
func (m SheetDoc) Headed(change func(*Head)) Doc { change(&m.Head); return m }

func (m SheetDoc) print(ctx context.Context, p *Printer) (Result, error) { return p.Sheet(ctx, m) }

// Headed implements Doc.
func (m AttendanceDoc) Headed(change func(*Head)) Doc { change(&m.Head); return m }

func (m AttendanceDoc) print(ctx context.Context, p *Printer) (Result, error) {
	return p.Attendance(ctx, m)
}

// Headed implements Doc.
func (m NoticeDoc) Headed(change func(*Head)) Doc { change(&m.Head); return m }

func (m NoticeDoc) print(ctx context.Context, p *Printer) (Result, error) { return p.Notice(ctx, m) }

// Headed implements Doc.
func (m ReferralDoc) Headed(change func(*Head)) Doc { change(&m.Head); return m }

func (m ReferralDoc) print(ctx context.Context, p *Printer) (Result, error) {
	return p.Referral(ctx, m)
}

// Headed implements Doc.
func (m SecrecyDoc) Headed(change func(*Head)) Doc { change(&m.Head); return m }

func (m SecrecyDoc) print(ctx context.Context, p *Printer) (Result, error) { return p.Secrecy(ctx, m) }

// Headed implements Doc.
func (m HandoverDoc) Headed(change func(*Head)) Doc { change(&m.Head); return m }

func (m HandoverDoc) print(ctx context.Context, p *Printer) (Result, error) {
	return p.Handover(ctx, m)
}

// consentPapers are the papers of a consent, by what they are asked for with.
var consentPapers = map[string]string{"consent": "同意書", "withdrawal": "撤回届", "receipt": "同意書の控え"}

// ConsentPaper is a consent as one of its papers.
type ConsentPaper struct {
	ConsentDoc
	Kind string
}

// Headed implements Doc.
func (m ConsentPaper) Headed(change func(*Head)) Doc { change(&m.Head); return m }

func (m ConsentPaper) print(ctx context.Context, p *Printer) (Result, error) {
	switch m.Kind {
	case "withdrawal":
		return p.WithdrawalSheet(ctx, m.ConsentDoc)
	case "receipt":
		return p.Receipt(ctx, m.ConsentDoc)
	}
	return p.Consent(ctx, m.ConsentDoc)
}
