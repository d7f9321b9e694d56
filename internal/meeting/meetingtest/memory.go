// Package meetingtest has the stores of meetings and plans in memory, for tests of those who use them.
package meetingtest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/live/livetest"
	"kasane/internal/meeting"
	"kasane/internal/plans"
)

// Memory implements meeting.Store, plans.Store and cases.GateStore for one case and one municipality. Facts may be changed by
// tests between calls.
type Memory struct {
	Live *livetest.Memory
	now  func() time.Time

	mu       sync.Mutex
	Facts    meeting.Facts
	Plans    []plans.Plan
	Metas    []live.Meta // of plans and minutes; heads and flags live in Live
	versions map[string][]plans.Version
	answers  []plans.RoleAnswer
	meetings map[string]meeting.Meeting
	events   map[string][]meeting.Event
	closings map[string]meeting.Closing
	minutes  map[string][]meeting.MinutesVersion
	types    []meeting.Type
	Kept     []cases.Discretion // 本人に非開示
	sittings [][]string         // ids of meetings in order
	numbers  map[string]int
	dates    map[string]meeting.DatePoll
	issues   map[string]meeting.IssueMark // by note
	Sealed   []meeting.Paper
	Audit    []access.Entry
	Notices  []meeting.KeptNotice
	Ended    []string // meetings whose guests were sent away (Change.EndGuests)
	// BeforeRecord, when set, runs before a Change takes effect; its error fails the call.
	BeforeRecord func(meeting.Change) error
}

var (
	_ meeting.Store   = (*Memory)(nil)
	_ plans.Store     = (*Memory)(nil)
	_ cases.GateStore = (*Memory)(nil)
)

// New makes an empty store around the facts of one case.
func New(now func() time.Time, f meeting.Facts) *Memory {
	return &Memory{Live: livetest.NewMemory(now), now: now, Facts: f, versions: map[string][]plans.Version{}, meetings: map[string]meeting.Meeting{},
		events: map[string][]meeting.Event{}, closings: map[string]meeting.Closing{}, minutes: map[string][]meeting.MinutesVersion{}, numbers: map[string]int{}}
}

// Discretions implements cases.GateStore.
func (s *Memory) Discretions(context.Context, access.Scope, string) ([]cases.Discretion, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.Kept), nil
}

func missing() error { return fault.New(fault.NotFound, "") }

func (s *Memory) sees(sc access.Scope) bool {
	return sc.Tenant == s.Facts.Case.Tenant && sc.Tenant != ""
}

func (s *Memory) caseVisible(sc access.Scope) bool {
	if !s.sees(sc) {
		return false
	}
	member := slices.ContainsFunc(s.Facts.Members, func(m cases.Member) bool { return m.AgencyID == sc.AgencyID && m.Until == nil })
	_, met := s.meetings[sc.MeetingID]
	return sc.All || sc.AgencyID != "" && member || met
}

// addDoc puts a document with its first update.
func (s *Memory) addDoc(ctx context.Context, m live.Meta, initial []byte, clients map[uint64]string, by string) error {
	s.Live.Seed(m)
	s.Metas = append(s.Metas, m)
	if initial == nil {
		return nil
	}
	out, err := s.Live.AppendDocs(ctx, []live.Batch{{Tenant: m.Tenant, DocID: m.ID, Epoch: m.Epoch, Rows: []live.Row{{Update: initial, ActorID: by}}, Clients: clients}})
	if err != nil {
		return err
	}
	return out[0].Err
}

// CreatePlan implements plans.Store.
func (s *Memory) CreatePlan(ctx context.Context, p plans.Plan, docs []plans.NewDoc, e access.Entry) (plans.Plan, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	newest := ""
	for _, x := range s.Plans {
		if x.Round >= p.Round {
			newest, p.Round = x.ID, x.Round
		}
	}
	p.Round++
	if newest != p.PreviousID {
		return plans.Plan{}, fault.New(fault.Conflict, "")
	}
	s.Plans = append(s.Plans, p)
	for _, d := range docs {
		if err := s.addDoc(ctx, d.Meta, d.Initial, d.Clients, e.ActorID); err != nil {
			return plans.Plan{}, err
		}
	}
	s.Audit = append(s.Audit, e)
	return p, nil
}

// PlanByID implements plans.Store.
func (s *Memory) PlanByID(_ context.Context, sc access.Scope, id string) (plans.Plan, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.Plans, func(p plans.Plan) bool { return p.ID == id })
	if i < 0 || !s.planVisible(sc, s.Plans[i]) {
		return plans.Plan{}, missing()
	}
	return s.Plans[i], nil
}

// planVisible: a meeting shows its own plan with those before it, everything else follows the case.
func (s *Memory) planVisible(sc access.Scope, p plans.Plan) bool {
	of := s.meetings[sc.MeetingID].PlanID
	own := slices.IndexFunc(s.Plans, func(x plans.Plan) bool { return of != "" && x.ID == of })
	met := own >= 0 && p.Round <= s.Plans[own].Round
	sc.MeetingID = ""
	return s.sees(sc) && (met || s.caseVisible(sc))
}

// PlansOfCase implements plans.Store.
func (s *Memory) PlansOfCase(_ context.Context, sc access.Scope, _ string) ([]plans.Plan, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := slices.DeleteFunc(slices.Clone(s.Plans), func(p plans.Plan) bool { return !s.planVisible(sc, p) })
	slices.Reverse(out)
	return out, nil
}

// OwnedDocs implements plans.Store and meeting.Store.
func (s *Memory) OwnedDocs(ctx context.Context, tenant string, kind live.Kind, ownerID string) ([]live.Meta, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []live.Meta
	for _, m := range s.Metas {
		if m.Tenant == tenant && m.Kind == kind && m.OwnerID == ownerID {
			now, err := s.Live.DocMeta(ctx, tenant, m.ID)
			if err != nil {
				return nil, err
			}
			out = append(out, now)
		}
	}
	slices.SortFunc(out, func(a, b live.Meta) int {
		return cmp.Or(strings.Compare(a.PersonID, b.PersonID), strings.Compare(string(a.Item), string(b.Item)), strings.Compare(a.ID, b.ID))
	})
	return out, nil
}

// EnsureDocs implements plans.Store and meeting.Store.
func (s *Memory) EnsureDocs(ctx context.Context, want []live.Meta, e access.Entry) ([]live.Meta, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []live.Meta
	for _, w := range want {
		i := slices.IndexFunc(s.Metas, func(m live.Meta) bool {
			return m.Kind == w.Kind && m.OwnerID == w.OwnerID && m.PersonID == w.PersonID && m.Item == w.Item
		})
		if i < 0 {
			if err := s.addDoc(ctx, w, nil, nil, e.ActorID); err != nil {
				return nil, err
			}
			i = len(s.Metas) - 1
			s.Audit = append(s.Audit, e)
		}
		now, err := s.Live.DocMeta(ctx, s.Metas[i].Tenant, s.Metas[i].ID)
		if err != nil {
			return nil, err
		}
		out = append(out, now)
	}
	return out, nil
}

// PlanVersions implements plans.Store.
func (s *Memory) PlanVersions(_ context.Context, _ string, planID string) ([]plans.Version, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := slices.Clone(s.versions[planID])
	slices.Reverse(out)
	for i := range out {
		out[i].Canonical = nil
	}
	return out, nil
}

// PlanVersion implements plans.Store.
func (s *Memory) PlanVersion(_ context.Context, _ string, planID string, n int) (plans.Version, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, v := range s.versions[planID] {
		if v.N == n {
			return v, nil
		}
	}
	return plans.Version{}, missing()
}

// PlanAnswers implements plans.Store.
func (s *Memory) PlanAnswers(_ context.Context, _ string, planID string) ([]plans.RoleAnswer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(s.answers), func(a plans.RoleAnswer) bool { return a.PlanID != planID }), nil
}

// AddPlanAnswer implements plans.Store.
func (s *Memory) AddPlanAnswer(_ context.Context, a plans.RoleAnswer, e access.Entry) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers, s.Audit = append(s.answers, a), append(s.Audit, e)
	return nil
}

// PlanHousehold implements plans.Store.
func (s *Memory) PlanHousehold(_ context.Context, tenant, caseID string) (plans.Household, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.Facts
	if f.Case.ID != caseID || f.Case.Tenant != tenant {
		return plans.Household{}, missing()
	}
	h := plans.Household{CaseID: caseID, CaseNumber: f.Case.Number}
	for _, p := range f.Persons {
		h.Persons = append(h.Persons, plans.Person{ID: p.ID, Ord: p.Ord, Name: p.Name, Kana: p.Kana, Relation: p.Relation, Subject: p.Subject})
	}
	rank := func(id string) int { // members in order of joining, then the others
		i := slices.IndexFunc(f.Members, func(m cases.Member) bool { return m.AgencyID == id && m.Until == nil })
		if i < 0 {
			return len(f.Members)
		}
		return i
	}
	for _, a := range f.Agencies {
		h.Agencies = append(h.Agencies, plans.MemberAgency{ID: a.ID, Name: a.Name, Short: a.Short, City: a.City, Member: rank(a.ID) < len(f.Members)})
	}
	slices.SortStableFunc(h.Agencies, func(a, b plans.MemberAgency) int { return cmp.Compare(rank(a.ID), rank(b.ID)) })
	return h, nil
}

// AppendAudit implements the stores.
func (s *Memory) AppendAudit(_ context.Context, entries ...access.Entry) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Audit = append(s.Audit, entries...)
	return nil
}

// GateSelf implements cases.GateStore.
func (s *Memory) GateSelf(ctx context.Context, tenant, caseID, agencyID, userID string) (cases.GateCase, error) {
	g, err := s.GateCase(ctx, tenant, caseID, agencyID, userID)
	return cases.GateCase{Member: g.Member, Removed: g.Removed}, err
}

// GateCase implements cases.GateStore.
func (s *Memory) GateCase(_ context.Context, tenant, caseID, agencyID, _ string) (cases.GateCase, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.Facts
	if f.Case.ID != caseID || f.Case.Tenant != tenant {
		return cases.GateCase{}, missing()
	}
	g := cases.GateCase{Records: slices.Clone(f.Consents)}
	for _, p := range f.Persons {
		g.Persons = append(g.Persons, cases.GatePerson{ID: p.ID, Subject: p.Subject, AddressSecret: p.AddressSecret, WithheldFrom: p.WithheldFrom})
	}
	for _, m := range f.Members {
		if m.AgencyID == agencyID {
			g.Member, g.Removed = m.Until == nil, m.Until != nil
		}
	}
	return g, nil
}

// Withdraw does what the store of consent does: the withdrawal and the notes in the meetings, at once.
func (s *Memory) Withdraw(recordID string, w consent.Withdrawal, notes []consent.Note) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Facts.Consents = slices.Clone(s.Facts.Consents)
	for i := range s.Facts.Consents {
		if r := &s.Facts.Consents[i]; r.ID == recordID {
			r.Withdrawals = append(slices.Clone(r.Withdrawals), w)
		}
	}
	for _, n := range notes {
		m := s.meetings[n.MeetingID]
		m.Seq++
		s.meetings[n.MeetingID] = m
		s.events[n.MeetingID] = append(s.events[n.MeetingID], meeting.Event{Tenant: m.Tenant, MeetingID: m.ID, Seq: m.Seq, Kind: meeting.Kind(n.Kind), At: n.At,
			ActorID: n.ActorID, ActorName: n.ActorName, AgencyID: n.AgencyID, AgencyName: n.AgencyName, Data: n.Data})
	}
}

// Versions tells the states of a plan's versions, oldest first.
func (s *Memory) Versions(planID string) []plans.Version {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.versions[planID])
}

func cloneHeads(m map[string]int64) map[string]int64 {
	if m == nil {
		return map[string]int64{}
	}
	return maps.Clone(m)
}
