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
	"kasane/internal/live"
)

// Day (訪問の一日表) is the list of one day for a worker or an agency.
type Day struct {
	Day    string `json:"day"`
	Today  string `json:"today"`
	Mine   bool   `json:"mine"` // only what is the reader's or anybody's
	Agency string `json:"agency"`
	// Items are the classes an entry may be of: the form is opened where there may be no line.
	Items  []consent.Item `json:"items"`
	Visits []DayLine      `json:"visits"`
	// Overdue is what was planned for a day before and did not happen, the oldest first. Only in the list of today.
	Overdue []DayLine `json:"overdue"`
}

// DayLine is one visit of the list.
type DayLine struct {
	VisitLine
	CaseID     string     `json:"caseId"`
	CaseNumber string     `json:"caseNumber"`
	State      VisitState `json:"state"`
	Own        bool       `json:"own"` // the reader's, not anybody's
	Safety     Safety     `json:"safety"`
	Last       *Line      `json:"last"` // newest contact the reader sees, without its text
	// Address is given where the gate gives 住所・連絡先; AddressWhy says why not. AddressSecret: 住所秘匿, told to who holds the record.
	Address       string `json:"address"`
	AddressWhy    string `json:"addressWhy"`
	AddressSecret bool   `json:"addressSecret"`
}

// Day makes the list of a day for the actor's agency; mine takes what is the actor's, or anybody's. Each case in it is in the log.
func (s *Service) Day(ctx context.Context, a access.Actor, day string, mine bool) (Day, error) {
	if err := access.Require(a, access.ActOutreach); err != nil {
		return Day{}, err
	}
	out := Day{Day: day, Today: s.today(), Mine: mine, Agency: a.AgencyName, Items: Items(), Visits: []DayLine{}, Overdue: []DayLine{}}
	if day == "" {
		out.Day = out.Today
	} else if _, err := time.ParseInLocation(time.DateOnly, day, jptime.JST); err != nil {
		return Day{}, fault.New(fault.Invalid, "日付を選び直してください。").On("day")
	}
	list, err := s.store.OutreachDay(ctx, access.ScopeOf(a), a.AgencyID, out.Day)
	if err != nil {
		return Day{}, err
	}
	b := &dayBook{s: s, a: a, cases: map[string]*dayCase{}, entries: []access.Entry{a.Audit(s.time(), access.VerbOutreachDay, "")}}
	for _, v := range list {
		past := v.Day < out.Day
		if mine && v.UserID != "" && v.UserID != a.UserID || past && (out.Day != out.Today || v.State != VisitPlanned) {
			continue
		}
		l, ok, err := b.line(ctx, v)
		if err != nil {
			return Day{}, err
		}
		switch {
		case !ok:
		case past:
			out.Overdue = append(out.Overdue, l)
		default:
			out.Visits = append(out.Visits, l)
		}
	}
	return out, s.store.AppendAudit(ctx, b.entries...)
}

// Printed notes that the list of a day was printed: each case on it.
func (s *Service) Printed(ctx context.Context, a access.Actor, day string, mine bool) error {
	d, err := s.Day(ctx, a, day, mine)
	if err != nil {
		return err
	}
	entries := []access.Entry{a.Audit(s.time(), access.VerbPagePrint, "")}
	for _, l := range slices.Concat(d.Visits, d.Overdue) {
		if !slices.ContainsFunc(entries, func(e access.Entry) bool { return e.CaseID == l.CaseID }) {
			entries = append(entries, a.Audit(s.time(), access.VerbPagePrint, l.CaseID).InCase(l.CaseID))
		}
	}
	return s.store.AppendAudit(ctx, entries...)
}

// Order puts the visits of a day of the actor's agency in an order.
func (s *Service) Order(ctx context.Context, a access.Actor, day string, ids []string) error {
	if err := access.Require(a, access.ActOutreach); err != nil {
		return err
	}
	if len(ids) == 0 || len(ids) > 200 {
		return fault.New(fault.Invalid, "順番を読み取れません。画面を更新してください。").On("ids")
	}
	if _, err := time.ParseInLocation(time.DateOnly, day, jptime.JST); err != nil {
		return fault.New(fault.Invalid, "日付を選び直してください。").On("day")
	}
	return s.store.OrderOutreachVisits(ctx, a.Tenant, a.AgencyID, day, ids, a.Audit(s.time(), access.VerbOutreachPlan, ""))
}

// dayCase is what the list tells of a case, read once.
type dayCase struct {
	rights cases.FieldRights
	people []Who
	safety Safety
	last   *Line
}

// dayBook reads the list for one actor.
type dayBook struct {
	s       *Service
	a       access.Actor
	cases   map[string]*dayCase // nil: the gate says no
	entries []access.Entry
}

// line is one visit of the list; ok is false for what the reader does not see.
func (b *dayBook) line(ctx context.Context, v DayVisit) (l DayLine, ok bool, err error) {
	c, err := b.open(ctx, v.CaseID)
	if err != nil || c == nil || !c.rights.Sees(v.AgencyID, v.PersonID, consent.ItemProgress) {
		return DayLine{}, false, err
	}
	l = DayLine{VisitLine: b.s.visitLine(b.a, c.people, v.Visit), CaseID: v.CaseID, CaseNumber: v.CaseNumber, State: v.State, Own: v.UserID == b.a.UserID,
		Safety: c.safety, Last: c.last}
	// Of a household it is asked where those live whom the support is for.
	at := []string{v.PersonID}
	if v.PersonID == "" {
		at = c.rights.Subjects()
	}
	for _, person := range at {
		given, why := c.rights.Address(person)
		if !given {
			l.AddressWhy = why
			continue
		}
		where, err := b.address(ctx, v.CaseID, person)
		if err != nil {
			return DayLine{}, false, err
		}
		if where != "" {
			l.Address, l.AddressWhy = where, ""
			l.AddressSecret = b.a.Holder() && c.rights.Hidden(person)
			break
		}
	}
	return l, true, nil
}

// open reads a case for the list.
func (b *dayBook) open(ctx context.Context, caseID string) (*dayCase, error) {
	if c, ok := b.cases[caseID]; ok {
		return c, nil
	}
	b.cases[caseID] = nil
	r, err := b.s.gate.Fieldwork(ctx, b.a, caseID)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	scope := access.ScopeOf(b.a)
	c := &dayCase{rights: r}
	if c.safety, err = b.s.safety(ctx, b.a, r, caseID); err != nil {
		return nil, err
	}
	persons, err := b.s.store.Persons(ctx, scope, caseID)
	if err != nil {
		return nil, err
	}
	c.people = People(r, persons)
	all, err := b.s.store.OutreachEntries(ctx, scope, caseID)
	if err != nil {
		return nil, err
	}
	hidden := 0
	if lines := b.s.lines(r, b.a, c.people, all, &hidden); len(lines) > 0 {
		last := lines[0]
		last.Body, last.Old = "", []Line{}
		c.last = &last
	}
	b.cases[caseID] = c
	b.entries = append(b.entries, b.a.Audit(b.s.time(), access.VerbOutreachDay, caseID).InCase(caseID))
	return c, nil
}

// address reads where somebody lives; the gate has said yes. The document that is read is in the log.
func (b *dayBook) address(ctx context.Context, caseID, personID string) (string, error) {
	metas, err := b.s.store.OwnedDocs(ctx, b.a.Tenant, live.KindSection, personID)
	if err != nil {
		return "", err
	}
	for _, m := range metas {
		if m.Item != consent.ItemAddress || m.CaseID != caseID || m.Head == 0 {
			continue
		}
		d, err := b.s.docs.ReadDocument(ctx, b.a.Tenant, m.ID)
		if err != nil {
			return "", err
		}
		if where := d.Text("f/address"); where != "" {
			b.entries = append(b.entries, b.a.Audit(b.s.time(), access.VerbDocOpen, m.ID).InCase(caseID))
			return where, nil
		}
	}
	return "", nil
}
