package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/papers"
	"kasane/internal/sheets"
)

// Store reads what a paper says besides the record.
type Store interface {
	// ConsentCase returns the case with its current member agencies in the order of their membership; NotFound outside the scope.
	ConsentCase(ctx context.Context, s access.Scope, caseID string) (Case, error)
}

// Case is the case a consent belongs to.
type Case struct {
	Municipality     string // name
	MunicipalityCode string // 全国地方公共団体コード, "" if not known
	Number           string
	Members          []Agency
}

// Agency is an agency with its name.
type Agency struct{ ID, Name string }

// Printer makes the papers; *papers.Printer is it.
type Printer interface {
	Consent(ctx context.Context, m papers.ConsentDoc) (papers.Result, error)
	Receipt(ctx context.Context, m papers.ConsentDoc) (papers.Result, error)
	WithdrawalSheet(ctx context.Context, m papers.ConsentDoc) (papers.Result, error)
}

// Paper is which paper is wanted.
type Paper string

// The papers.
const (
	PaperConsent    Paper = "consent"    // 同意書
	PaperWithdrawal Paper = "withdrawal" // 撤回届
	PaperReceipt    Paper = "receipt"    // 控え
)

// Service prints and exports.
type Service struct {
	consents *consent.Service
	store    Store
	print    Printer
	books    sheets.Books
	now      func() time.Time
}

// NewService makes the service.
func NewService(consents *consent.Service, store Store, print Printer, books sheets.Books, now func() time.Time) *Service {
	return &Service{consents: consents, store: store, print: print, books: books, now: now}
}

// File is a finished paper with the name it is handed out under.
type File struct {
	Name     string
	Bytes    []byte
	Problems int // characters that are not printed as written
}

// Blank prints a sheet to be signed for one person of a case: 同意書 or 撤回届. Holders only.
func (s *Service) Blank(ctx context.Context, actor access.Actor, caseID, personID string, paper Paper, look papers.Look) (File, error) {
	if err := known(paper, look); err != nil {
		return File{}, err
	}
	if paper == PaperReceipt {
		return File{}, fault.New(fault.Invalid, "控えは、記録した同意から作ります。").On("paper")
	}
	w, err := s.consents.Empty(ctx, actor, caseID, personID)
	if err != nil {
		return File{}, err
	}
	return s.make(ctx, actor, w, paper, look, false)
}

// Of prints a paper from a record. Holders only.
func (s *Service) Of(ctx context.Context, actor access.Actor, recordID string, paper Paper, look papers.Look) (File, error) {
	if err := known(paper, look); err != nil {
		return File{}, err
	}
	w, err := s.consents.Whole(ctx, actor, recordID, access.VerbConsentPrint)
	if err != nil {
		return File{}, err
	}
	if paper != PaperConsent && w.Record.State != consent.StateGranted && w.Record.State != consent.StatePartial {
		return File{}, fault.New(fault.Conflict, "この記録は同意の記録ではないため、控えと撤回届は作れません。")
	}
	return s.make(ctx, actor, w, paper, look, true)
}

func known(paper Paper, look papers.Look) error {
	if look.Label() == "" {
		return fault.New(fault.Invalid, "様式(通常・ふりがな・やさしい日本語・大きな字)を選んでください。").On("style")
	}
	switch paper {
	case PaperConsent, PaperWithdrawal, PaperReceipt:
		return nil
	}
	return fault.New(fault.Invalid, "同意書・撤回届・控えのどれかを選んでください。").On("paper")
}

func (s *Service) make(ctx context.Context, actor access.Actor, w consent.Whole, paper Paper, look papers.Look, filled bool) (File, error) {
	d, err := s.doc(ctx, actor, w, paper, look, filled)
	if err != nil {
		return File{}, err
	}
	var r papers.Result
	kind := "同意書"
	switch paper {
	case PaperWithdrawal:
		kind = "撤回届"
		r, err = s.print.WithdrawalSheet(ctx, d)
	case PaperReceipt:
		kind = "同意書の控え"
		r, err = s.print.Receipt(ctx, d)
	case PaperConsent:
		r, err = s.print.Consent(ctx, d)
	}
	if err != nil {
		return File{}, err
	}
	return File{Name: papers.FileName(jptime.DateOf(d.At), d.Head, kind+"_"+look.Label()), Bytes: r.PDF, Problems: len(r.Problems)}, nil
}

func (s *Service) doc(ctx context.Context, actor access.Actor, w consent.Whole, paper Paper, look papers.Look, filled bool) (papers.ConsentDoc, error) {
	c, err := s.store.ConsentCase(ctx, access.ScopeOf(actor), w.Record.CaseID)
	if err != nil {
		return papers.ConsentDoc{}, fmt.Errorf("case of a consent: %w", err)
	}
	m := model{Whole: w, c: c, look: look, filled: filled, left: paper == PaperReceipt, now: s.now(), forms: s.forms(actor.Tenant, w)}
	d, err := m.doc()
	d.Tenant = actor.Tenant
	return d, err
}

// Doc is a paper of a record, for who makes a copy of it. Holders only; the reading is in the log.
func (s *Service) Doc(ctx context.Context, actor access.Actor, caseID, recordID string, paper Paper) (papers.ConsentPaper, error) {
	w, err := s.consents.Whole(ctx, actor, recordID, access.VerbConsentRead)
	switch {
	case err != nil:
		return papers.ConsentPaper{}, err
	case w.Record.CaseID != caseID || paper == PaperWithdrawal && len(w.Record.Withdrawals) == 0:
		return papers.ConsentPaper{}, fault.New(fault.NotFound, "この同意の記録は見つかりません。")
	}
	d, err := s.doc(ctx, actor, w, paper, papers.LookPlain, true)
	return papers.ConsentPaper{ConsentDoc: d, Kind: string(paper)}, err
}

// Line is a paper of a record in a list.
type Line struct {
	papers.Listed
	Paper    Paper
	PersonID string
}

// Listed are the papers of the consents of a case: 同意書, and 撤回届 of what was taken back. Holders only.
func (s *Service) Listed(ctx context.Context, actor access.Actor, caseID string) ([]Line, error) {
	list, err := s.consents.ListForCase(ctx, actor, caseID)
	var out []Line
	for _, r := range list {
		out = append(out, Line{papers.Listed{ID: r.ID, Title: "同意書", Note: r.Number}, PaperConsent, r.PersonID})
		if len(r.Withdrawals) > 0 {
			out = append(out, Line{papers.Listed{ID: r.ID, Title: "撤回届", Note: r.Number}, PaperWithdrawal, r.PersonID})
		}
	}
	return out, err
}

// forms are the codes of 記録形態 as of the record.
func (s *Service) forms(tenant string, w consent.Whole) []sheets.Code {
	at := w.Record.RecordedAt
	if at.IsZero() {
		at = s.now()
	}
	l, _ := s.books.Of(tenant).At(jptime.DateOf(at).String()).List("record_form")
	return l.Codes
}

// Export gives a record in a form other systems read: "ts27560" or "fhir". Holders only.
func (s *Service) Export(ctx context.Context, actor access.Actor, recordID, as string) ([]byte, string, error) {
	if as != "ts27560" && as != "fhir" {
		return nil, "", fault.New(fault.Invalid, "書き出しの形式(ts27560 または fhir)を選んでください。").On("as")
	}
	w, err := s.consents.Whole(ctx, actor, recordID, access.VerbConsentExport)
	if err != nil {
		return nil, "", err
	}
	c, err := s.store.ConsentCase(ctx, access.ScopeOf(actor), w.Record.CaseID)
	if err != nil {
		return nil, "", fmt.Errorf("case of a consent: %w", err)
	}
	var v any
	if as == "fhir" {
		v = fhirOf(w, c, s.now())
	} else {
		v = ts27560Of(w, c, s.now())
	}
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return nil, "", fault.Wrap(fault.Internal, err, "")
	}
	return data, w.Record.Number + "." + as + ".json", nil
}
