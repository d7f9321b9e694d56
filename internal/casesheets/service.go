package casesheets

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/joining"
	"kasane/internal/jptime"
	"kasane/internal/live"
	"kasane/internal/outreach"
	"kasane/internal/papers"
	"kasane/internal/sheets"
)

// Service makes them.
type Service struct {
	store   Store
	gate    Gate
	docs    Docs
	takers  Takers
	courses Courses
	books   sheets.Books
	print   Printer
	now     func() time.Time
}

// New makes the service.
func New(st Store, g Gate, d Docs, t Takers, c Courses, books sheets.Books, p Printer, now func() time.Time) *Service {
	return &Service{store: st, gate: g, docs: d, takers: t, courses: c, books: books, print: p, now: now}
}

// Store gives the rows; the store is it.
type Store interface {
	Case(ctx context.Context, s access.Scope, id string) (cases.Case, error)
	Persons(ctx context.Context, s access.Scope, caseID string) ([]cases.Person, error)
	Members(ctx context.Context, s access.Scope, caseID string) ([]cases.Member, error)
	// OutreachEntries and OutreachVisits are those of outreach.Store, Joinings that of joining.Store.
	OutreachEntries(ctx context.Context, s access.Scope, caseID string) ([]outreach.Entry, error)
	OutreachVisits(ctx context.Context, s access.Scope, caseID string) ([]outreach.Visit, error)
	Joinings(ctx context.Context, s access.Scope, caseID string) ([]joining.Joining, error)
	OwnedDocs(ctx context.Context, tenant string, kind live.Kind, ownerID string) ([]live.Meta, error)
	ListAgencies(ctx context.Context, tenant string) ([]access.Agency, error)
	ListUsers(ctx context.Context, tenant string) ([]access.User, error)
	MunicipalityName(ctx context.Context, tenant string) (string, error)
	// CountSheetCopies counts the copies of a form of a case; AddSheetCopy keeps the next one with its entry, ErrTaken when it is not the next any more.
	CountSheetCopies(ctx context.Context, tenant, caseID, form string) (int, error)
	AddSheetCopy(ctx context.Context, c Copy, e access.Entry) error
	// EnsureDocs makes the documents that are not there, as that of cases.Store.
	EnsureDocs(ctx context.Context, want []live.Meta, e access.Entry) ([]live.Meta, error)
	AppendAudit(ctx context.Context, entries ...access.Entry) error
}

// Gate is the consent gate; *cases.Gatekeeper is it.
type Gate interface {
	View(ctx context.Context, actor access.Actor, meetingID, caseID string) (cases.View, error)
	ViewAs(ctx context.Context, actor access.Actor, meetingID, caseID, agencyID string) (cases.View, error)
	Rights(ctx context.Context, actor access.Actor, meetingID string, m live.Meta) (live.Rights, error)
}

// Docs are the live documents; *live.Service is it.
type Docs interface {
	ReadDocument(ctx context.Context, tenant, docID string) (*live.Document, error)
	ReadAt(ctx context.Context, tenant, docID string, seq int64) (*live.Document, error)
	Former(ctx context.Context, tenant, docID string) ([]string, error)
	Carry(ctx context.Context, actor access.Actor, deeds []live.Deed) ([]error, error)
}

// Takers knows which agencies take files home; *identity.Service is it.
type Takers interface {
	TakesCopies(ctx context.Context, a access.Actor, g access.Agency) (bool, error)
}

// Printer makes the paper; *papers.Printer is it.
type Printer interface {
	Sheet(ctx context.Context, m papers.SheetDoc) (papers.Result, error)
	Screening(ctx context.Context, m papers.ScreeningDoc) (papers.Result, error)
}

// Wish is which sheet is asked for, and for whom.
type Wish struct {
	Form string
	// For is the agency the paper is for (機関別); "": the reader.
	For string
}

// progress is the sheet that has a paper of its own (支援経過記録).
const progress = "progress"

// Paper is a sheet as its reader, or the agency it is for, may see it now.
func (s *Service) Paper(ctx context.Context, a access.Actor, caseID string, w Wish) (papers.Result, string, error) {
	m, err := s.gather(ctx, a, caseID, w)
	if err != nil {
		return papers.Result{}, "", err
	}
	var res papers.Result
	_, err = s.given(ctx, m, func() (_ []byte, err error) {
		res, err = s.print.Sheet(ctx, m.doc())
		return res.PDF, err
	})
	if err != nil {
		return papers.Result{}, "", err
	}
	return res, papers.FileName(jptime.DateOf(m.at), m.head, m.fileKind()), nil
}

// class is a person ("" the household) and an item of information.
type class struct {
	person string
	item   consent.Item
}

// material is everything one paper is made from.
type material struct {
	actor    access.Actor
	wish     Wish
	at       time.Time
	kase     cases.Case
	persons  []cases.Person
	members  []cases.Member
	agencies []access.Agency
	agency   access.Agency // the paper is for; zero: for the reader
	form     sheets.Definition
	set      sheets.Set
	show     map[class]bool
	docs     map[class]*live.Document
	metas    map[class]live.Meta // of the documents that are shown
	contacts []outreach.Entry
	visits   []outreach.Visit
	joinings []joining.Joining
	head     papers.Head
	veil     *veil // of a 匿名版
}

var noForm = fault.New(fault.NotFound, "この様式の帳票は作れません。")

func (s *Service) gather(ctx context.Context, a access.Actor, caseID string, w Wish) (*material, error) {
	if err := mayTake(a); err != nil {
		return nil, err
	}
	m := &material{actor: a, wish: w, at: s.now().UTC().Truncate(time.Microsecond)}
	if err := s.allowed(ctx, m, caseID); err != nil {
		return nil, err
	}
	scope := access.Scope{Tenant: a.Tenant, All: true} // the gate has let them in
	var err error
	if m.kase, err = s.store.Case(ctx, scope, caseID); err != nil {
		return nil, err
	}
	if m.persons, err = s.store.Persons(ctx, scope, caseID); err != nil {
		return nil, err
	}
	if m.members, err = s.store.Members(ctx, scope, caseID); err != nil {
		return nil, err
	}
	m.set = s.books.Of(a.Tenant).At(jptime.DateOf(m.kase.OpenedAt).String())
	var ok bool
	if m.form, ok = m.set.Form(w.Form); !ok || w.Form == progress {
		return nil, noForm
	}
	if err := s.readDocs(ctx, m); err != nil {
		return nil, err
	}
	if err := s.done(ctx, m); err != nil {
		return nil, err
	}
	m.head, err = outreach.PaperHead(ctx, s.store, a, m.kase.Number, m.at)
	if m.agency.ID != "" {
		m.head.Variant = "機関別"
	}
	return m, err
}

// mayTake tells who takes papers and files of a case home.
func mayTake(a access.Actor) error {
	if err := access.Require(a, access.ActSheetPaper); err != nil {
		return err
	}
	if a.NoCopies {
		return fault.New(fault.Forbidden, "あなたの機関には、PDFやファイルを渡さない設定になっています。画面で確かめるか、事務局に相談してください。")
	}
	return nil
}

// allowed asks the gate: for the reader, or for the agency the paper is for.
func (s *Service) allowed(ctx context.Context, m *material, caseID string) error {
	v, err := s.gate.View(ctx, m.actor, "", caseID)
	if err != nil {
		return err
	}
	if m.agencies, err = s.store.ListAgencies(ctx, m.actor.Tenant); err != nil {
		return err
	}
	if m.wish.For != "" {
		if v, err = s.toAgency(ctx, m, caseID); err != nil {
			return err
		}
	}
	m.show = map[class]bool{}
	some, urgent := false, false
	for _, p := range v.Persons {
		for _, i := range p.Items {
			switch {
			case i.Allow && i.Reason == consent.ReasonBreakGlass:
				return fault.New(fault.Forbidden, "緊急時の閲覧では、帳票を作れません。画面で確かめてください。")
			case i.Allow && i.Reason == consent.ReasonEmergency:
				urgent = true
			case i.Allow:
				m.show[class{p.PersonID, i.Item}], some = true, true
			}
		}
	}
	switch who := orElse(m.agency.Name, "あなたの機関"); {
	case some:
		return nil
	case urgent:
		return fault.Newf(fault.Forbidden, "%sには、いまは緊急開示によって見せているものだけがあります。緊急開示は期限のある閲覧で、手もとに残る紙の根拠にはなりません。同意を得てから作ってください。", who)
	default:
		return fault.Newf(fault.Forbidden, "%sには、いまの同意の範囲で渡せるものがありません。", who)
	}
}

// toAgency says for which agency the paper is: one of the case, that may take files home. Only who holds the record gives copies.
func (s *Service) toAgency(ctx context.Context, m *material, caseID string) (cases.View, error) {
	if !m.actor.Holder() {
		return cases.View{}, fault.New(fault.Forbidden, "ほかの機関に渡す写しを作れるのは、事務局と市の所管課だけです。")
	}
	members, err := s.store.Members(ctx, access.Scope{Tenant: m.actor.Tenant, All: true}, caseID)
	if err != nil {
		return cases.View{}, err
	}
	i := slices.IndexFunc(m.agencies, func(x access.Agency) bool { return x.ID == m.wish.For })
	if i < 0 || !slices.ContainsFunc(members, func(x cases.Member) bool { return x.AgencyID == m.wish.For && x.Until == nil }) {
		return cases.View{}, fault.New(fault.Invalid, "写しを渡す機関を、関わる機関から選び直してください。").On("for")
	}
	m.agency = m.agencies[i]
	takes, err := s.takers.TakesCopies(ctx, m.actor, m.agency)
	if err == nil && !takes {
		err = fault.Newf(fault.Forbidden, "%sは、ファイルの受取り・印刷をしない決まりの機関です。写しは渡せません。必要なときは、管理の「サインインの決まり」を確かめてください。", m.agency.Name).On("for")
	}
	if err != nil {
		return cases.View{}, err
	}
	return s.gate.ViewAs(ctx, m.actor, "", caseID, m.agency.ID)
}

// readDocs reads the documents the gate has shown, and no other.
func (s *Service) readDocs(ctx context.Context, m *material) error {
	m.docs, m.metas = map[class]*live.Document{}, map[class]live.Meta{}
	owners := []string{""}
	for _, p := range m.persons {
		owners = append(owners, p.ID)
	}
	for _, person := range owners {
		list, err := s.store.OwnedDocs(ctx, m.actor.Tenant, live.KindSection, orElse(person, m.kase.ID))
		if err != nil {
			return err
		}
		for _, d := range list {
			k := class{d.PersonID, d.Item}
			if d.PersonID != person || !m.show[k] {
				continue
			}
			m.metas[k] = d
			if d.Head == 0 {
				continue
			}
			if m.docs[k], err = s.docs.ReadDocument(ctx, m.actor.Tenant, d.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// entry notes that it was made, with the hash of its bytes, and for whom.
func (m *material) entry(file []byte) access.Entry {
	e := outreach.PaperEntry(m.actor, m.head, m.kase.ID, papers.Result{PDF: file})
	e.Verb, e.Target = access.VerbSheetPaper, m.form.ID
	if m.agency.ID != "" {
		e.Reason = access.CopyFor(m.agency.ID)
	}
	return e
}

// fileKind is what the file is called.
func (m *material) fileKind() string {
	if m.agency.ID != "" {
		return m.title() + "_" + m.agency.Name
	}
	return m.title()
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
