package outreach

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/sheets"
	"kasane/internal/text"
)

// Service is what can be done with it.
type Service struct {
	store Store
	gate  Gate
	docs  Docs
	books sheets.Books
	print Printer
	now   func() time.Time
}

// New makes the service.
func New(store Store, gate Gate, docs Docs, books sheets.Books, now func() time.Time) *Service {
	return &Service{store: store, gate: gate, docs: docs, books: books, now: now}
}

func (s *Service) time() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

func (s *Service) today() string { return dayOf(s.now()) }

func dayOf(t time.Time) string { return t.In(jptime.JST).Format(time.DateOnly) }

// set is what the lists say today.
func (s *Service) set(tenant string) sheets.Set { return s.books.Of(tenant).At(s.today()) }

// allowed asks who it is, and the gate. NotFound: the actor has no part in the case.
func (s *Service) allowed(ctx context.Context, a access.Actor, caseID string) (cases.FieldRights, error) {
	if err := access.Require(a, access.ActOutreach); err != nil {
		return cases.FieldRights{}, err
	}
	return s.gate.Fieldwork(ctx, a, caseID)
}

// Items are the classes an entry may be of. The address is none: it stands in its sheet, and nowhere else.
func Items() []consent.Item {
	return slices.DeleteFunc(consent.Items(), func(i consent.Item) bool { return i == consent.ItemAddress })
}

// known refuses a code that the list of today does not have.
func (s *Service) known(a access.Actor, list, field, label, code string) error {
	l, _ := s.set(a.Tenant).List(list)
	if _, ok := l.Find(code); !ok {
		return fault.Newf(fault.Invalid, "%sを選んでください。", label).On(field)
	}
	return nil
}

// SafetyInput is what is said for those who visit.
type SafetyInput struct {
	Codes   []string `json:"codes"`
	Note    string   `json:"note"`
	Version int64    `json:"version"`
}

// SaveSafety says what whoever visits has to know before. Whoever may see the case may say it: who was there knows.
func (s *Service) SaveSafety(ctx context.Context, a access.Actor, caseID string, in SafetyInput) error {
	r, err := s.allowed(ctx, a, caseID)
	if err != nil {
		return err
	}
	if r.Spared() {
		return fault.New(fault.Forbidden, "安全上の留意は、事務局に伝えて書いてもらってください。")
	}
	for i, c := range in.Codes {
		if err := s.known(a, "outreach_safety", "codes", "安全上の留意", c); err != nil {
			return err
		}
		if slices.Contains(in.Codes[:i], c) {
			return fault.New(fault.Invalid, "同じ項目が2つあります。").On("codes")
		}
	}
	if err := text.Memo("note", "安全上の留意", in.Note, 200); err != nil {
		return err
	}
	now := s.time()
	v := Safety{CaseID: caseID, Codes: in.Codes, Note: in.Note, Version: in.Version, At: now, By: a.UserID, ByName: a.Name, ByAgency: a.AgencyName}
	return s.store.SaveOutreachSafety(ctx, a.Tenant, v, a.Audit(now, access.VerbOutreachSafety, caseID).InCase(caseID))
}

// safety is what the reader is told: the words about a household in which somebody is kept from the reader's agency are not for it, the signs are.
func (s *Service) safety(ctx context.Context, a access.Actor, r cases.FieldRights, caseID string) (Safety, error) {
	v, err := s.store.OutreachSafety(ctx, access.ScopeOf(a), caseID)
	if err != nil {
		return Safety{}, err
	}
	if r.Spared() {
		v.Note, v.ByName, v.ByAgency = "", "", ""
	}
	if v.Codes == nil {
		v.Codes = []string{}
	}
	v.Labels = []string{}
	for _, c := range v.Codes {
		v.Labels = append(v.Labels, s.set(a.Tenant).Label("outreach_safety", c))
	}
	return v, nil
}
