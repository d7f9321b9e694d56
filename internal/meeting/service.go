package meeting

import (
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/papers"
	"kasane/internal/plans"
	"kasane/internal/seal"
	"kasane/internal/sheets"
)

// Printer makes the documents of a meeting; *papers.Printer is it.
type Printer interface {
	Minutes(ctx context.Context, m papers.MinutesDoc) (papers.Result, error)
	Plan(ctx context.Context, m papers.PlanDoc) (papers.Result, error)
	RoleMatrix(ctx context.Context, m papers.RoleMatrixDoc) (papers.Result, error)
	Prep(ctx context.Context, m papers.PrepDoc) (papers.Result, error)
	Notice(ctx context.Context, m papers.NoticeDoc) (papers.Result, error)
	Attendance(ctx context.Context, m papers.AttendanceDoc) (papers.Result, error)
	Secrecy(ctx context.Context, m papers.SecrecyDoc) (papers.Result, error)
}

// Sealer signs what is sealed; *seal.Sealer is it. It never keeps a record from being sealed.
type Sealer interface {
	Seal(ctx context.Context, print func(note string) ([]byte, error)) (seal.Sealed, error)
}

// Teller rings the bell after a commit, so that open screens look at once. Nothing depends on it being heard.
type Teller interface {
	// MeetingChanged: the meeting has events up to seq.
	MeetingChanged(ctx context.Context, tenant, meetingID string, seq int64)
	// DocsChanged: freezing or access of documents of the case changed. ids may be nil for "all of the case".
	DocsChanged(ctx context.Context, tenant, caseID string, ids []string)
}

// Gate is the consent gate; *cases.Gatekeeper is it. Rights is asked for documents, the views for everything else a reader sees.
type Gate interface {
	live.Gate
	// View answers for all persons and items at once. NotFound when the actor has nothing to do with the case.
	View(ctx context.Context, actor access.Actor, meetingID, caseID string) (cases.View, error)
	// MinutesView is View for the paper of the minutes, which who was there reads longer than the rest.
	MinutesView(ctx context.Context, actor access.Actor, meetingID, caseID string) (cases.View, error)
	// ToPerson is View without what must not reach the person (本人に非開示).
	ToPerson(ctx context.Context, actor access.Actor, meetingID, caseID string) (cases.View, error)
	// ViewAs is View through the eyes of an agency; for any agency to holders only.
	ViewAs(ctx context.Context, actor access.Actor, meetingID, caseID, agencyID string) (cases.View, error)
}

// Docs reads live documents as committed and prepares changes to them; *live.Service is it. Whoever calls has asked the gate.
type Docs interface {
	// Former are the texts that stood in a document once and do not any more.
	Former(ctx context.Context, tenant, docID string) ([]string, error)
	plans.Docs
	// Authors tells for each Yjs client id of a document who wrote with it.
	Authors(ctx context.Context, tenant, docID string) (map[uint64]live.Author, error)
	// Prepare makes a checked change by the actor, to be committed with the meeting (Change.Append). Without rows nothing would change.
	Prepare(ctx context.Context, actor access.Actor, m live.Meta, r live.Rights, write func(*live.Builder) error) (live.Batch, error)
}

// Ports is what a Service stands on. Tell may be nil.
type Ports struct {
	Store Store
	Plans *plans.Service
	Docs  Docs
	Gate  Gate
	Print Printer
	Seal  Sealer       // nil: nothing is signed
	Books sheets.Books // labels of codes in papers; nil: the built-in ones
	Tell  Teller
	Log   *slog.Logger
	Now   func() time.Time
	Node  string // who holds the lease of a closing
}

// Service is what can be done with meetings.
type Service struct {
	Ports
	lately plans.Lately
	folds  folder
}

// NewService makes the service.
func NewService(p Ports) *Service {
	if p.Log == nil {
		p.Log = slog.New(slog.DiscardHandler)
	}
	if p.Books == nil {
		book, err := sheets.Builtin()
		if err != nil { // its own tests hold it; papers would print codes instead of their words
			p.Log.Error("meeting: built-in sheets cannot be read", "err", err)
			book = &sheets.Book{}
		}
		p.Books = book
	}
	return &Service{Ports: p}
}

func (s *Service) clock() time.Time { return s.Now().UTC().Truncate(time.Microsecond) }

// attempts bounds how often an act is tried again because other events came first.
const attempts = 8

// load reads a meeting as an actor may see it and folds it. NotFound when the actor has no part in it.
func (s *Service) load(ctx context.Context, actor access.Actor, id string) (State, subject, error) {
	if actor.Tenant == "" {
		return State{}, subject{}, fault.New(fault.Unauthorized, "")
	}
	st, err := s.fold(ctx, access.ScopeOf(actor), actor.Tenant, id)
	if err != nil {
		return State{}, subject{}, err
	}
	sub := st.subject(actor)
	if sub.who == 0 {
		return State{}, subject{}, fault.New(fault.NotFound, "")
	}
	return st, sub, nil
}

// whole reads a meeting for Kasane itself.
func (s *Service) whole(ctx context.Context, tenant, id string) (State, error) {
	return s.fold(ctx, access.Scope{Tenant: tenant, All: true}, tenant, id)
}

// fold reads row and events. The row is read first, so the events are never older than it.
func (s *Service) fold(ctx context.Context, scope access.Scope, tenant, id string) (State, error) {
	m, err := s.Store.MeetingByID(ctx, scope, id)
	if err != nil {
		return State{}, err
	}
	events, err := s.Store.MeetingEvents(ctx, tenant, id, 0)
	if err != nil {
		return State{}, err
	}
	return Fold(m, events)
}

// steering are the events that change the course of a meeting: whoever acts exclusively must have seen the last of them.
var steering = []Kind{KindMode, KindReception, KindOpened, KindPhase, KindFreezing, KindReopened, KindDecided, KindClosing,
	KindSealed, KindAmend, KindProposed, KindFinal, KindCorrect, KindCorrectUndone, KindCancelled}

// Act is the one entry point: it asks the table, makes the events and writes them with everything that belongs to them in one
// transaction. expectSeq is the sequence of the state the person saw; an exclusive act is refused with Conflict when the course
// of the meeting has changed since. The new room state for the actor is returned.
func (s *Service) Act(ctx context.Context, actor access.Actor, meetingID string, act Act, params json.RawMessage, expectSeq int64) (Room, error) {
	after, err := s.try(ctx, actor, meetingID, act, params, expectSeq)
	if err != nil {
		return Room{}, err
	}
	if after != nil {
		if err := after(ctx); err != nil {
			// The act is done; what follows it is done again by whoever looks next (freeze) or by Recover (closing).
			s.Log.WarnContext(ctx, "meeting: the step after an act will be repeated", "act", string(act), "meeting", meetingID, "err", err)
		}
	}
	return s.State(ctx, actor, meetingID)
}

func (s *Service) try(ctx context.Context, actor access.Actor, meetingID string, act Act, params json.RawMessage, expectSeq int64) (func(context.Context) error, error) {
	var last error
	for range attempts {
		st, sub, err := s.load(ctx, actor, meetingID)
		if err != nil {
			return nil, err
		}
		if err := s.outdated(ctx, st, act, expectSeq); err != nil {
			return nil, err
		}
		if err := st.judge(sub, act); err != nil {
			return nil, err
		}
		d := s.deed(&st, sub)
		d.act, d.params = act, params
		if err := handlers[act](ctx, d); err != nil {
			return nil, err
		}
		if len(d.change.Events) == 0 {
			return nil, nil // nothing to change
		}
		if last = d.commit(ctx); last == nil {
			return d.after, nil
		}
		if !fault.Is(last, fault.Conflict) {
			return nil, last
		}
	}
	return nil, last
}

// outdated refuses an exclusive act of somebody who has not seen the last change of course.
func (s *Service) outdated(ctx context.Context, st State, act Act, expectSeq int64) error {
	r, ok := ruleOf(act)
	if !ok || !r.exclusive || expectSeq >= st.Meeting.Seq {
		return nil
	}
	events, err := s.Store.MeetingEvents(ctx, st.Meeting.Tenant, st.Meeting.ID, expectSeq)
	if err != nil {
		return err
	}
	for _, e := range slices.Backward(events) {
		if e.Seq <= st.Meeting.Seq && slices.Contains(steering, e.Kind) {
			who := e.ActorName
			if e.ActorID == st.Meeting.ChairID {
				who = "議長"
			}
			return fault.New(fault.Conflict, "すでに"+who+"の操作で会議が進んでいます（今は「"+st.Meeting.Status.Label()+"」です）。画面を確かめてから、必要ならもう一度操作してください。").
				With("seq", st.Meeting.Seq)
		}
	}
	return nil
}

// deed is one act on its way: what it says, what it writes, what follows it.
type deed struct {
	s      *Service
	st     *State
	sub    subject
	act    Act
	params json.RawMessage
	now    time.Time
	change Change
	audit  access.Verb
	after  func(ctx context.Context) error
	facts  *Facts
}

// deed begins an act now; clocks of nodes differ, but the log does not run backwards.
func (s *Service) deed(st *State, sub subject) *deed {
	d := &deed{s: s, st: st, sub: sub, now: s.clock()}
	if d.now.Before(st.lastAt) {
		d.now = st.lastAt
	}
	return d
}

// read decodes the parameters.
func (d *deed) read(to any) error {
	if len(d.params) == 0 {
		return nil
	}
	if err := json.Unmarshal(d.params, to); err != nil {
		return fault.Wrap(fault.Invalid, err, "操作の内容を読み取れません。画面を更新してください。").On("params")
	}
	return nil
}

// given sets the parameters of a deed that no request brought.
func (d *deed) given(params any) {
	d.params, _ = json.Marshal(params) // of our own types: it cannot fail
}

// emit adds an event by the actor.
func (d *deed) emit(kind Kind, data any) error { return d.emitAs(d.sub.actor, kind, data) }

func (d *deed) emitAs(by access.Actor, kind Kind, data any) error {
	raw, err := json.Marshal(data)
	if err != nil {
		return fault.Wrap(fault.Internal, err, "")
	}
	m := d.st.Meeting
	d.change.Events = append(d.change.Events, Event{Tenant: m.Tenant, MeetingID: m.ID, Seq: m.Seq + int64(len(d.change.Events)) + 1, Kind: kind, At: d.now,
		ActorID: by.UserID, ActorName: by.Name, ActorPost: by.Post, AgencyID: by.AgencyID, AgencyName: by.AgencyName, Data: raw})
	return nil
}

// know reads the facts of the case once.
func (d *deed) know(ctx context.Context) (Facts, error) {
	if d.facts == nil {
		f, err := d.s.Store.MeetingFacts(ctx, d.st.Meeting.Tenant, d.st.Meeting.CaseID)
		if err != nil {
			return Facts{}, err
		}
		d.facts = &f
	}
	return *d.facts, nil
}

// opening lists the events after which the gate may answer differently.
var opening = []Kind{KindMode, KindSeat, KindSeatRemoved, KindDesignated, KindGuest, KindGuestRemoved, KindReception, KindSecrecy, KindOpened,
	KindChair, KindEdited, KindAttendance, KindClosing, KindClosed, KindAmend, KindProposed, KindFinal, KindCorrect, KindCorrectUndone, KindCancelled, KindPrepared, KindPrepFor}

// commit folds the events into the row and writes all in one transaction; then the bell is rung.
func (d *deed) commit(ctx context.Context) error {
	m := d.st.Meeting
	c := &d.change
	c.Tenant, c.MeetingID, c.Expect = m.Tenant, m.ID, m.Seq
	for _, e := range c.Events {
		if err := d.st.apply(e); err != nil {
			return fault.Wrap(fault.Internal, err, "")
		}
		c.BumpAccess = c.BumpAccess || slices.Contains(opening, e.Kind)
	}
	d.st.Meeting.Tenant, d.st.Meeting.ID, d.st.Meeting.CaseID, d.st.Meeting.No = m.Tenant, m.ID, m.CaseID, m.No
	c.Meeting = d.st.Meeting
	verb := d.audit
	if verb == "" {
		verb = access.VerbMeetingAct
	}
	c.Audit = d.sub.actor.Audit(d.now, verb, m.ID).InCase(m.CaseID).InMeeting(m.ID)
	c.Audit.Reason = string(d.act)
	if _, err := d.s.Store.RecordMeeting(ctx, *c); err != nil {
		return err
	}
	d.s.tell(ctx, *c)
	return nil
}

func (s *Service) tell(ctx context.Context, c Change) {
	if s.Tell == nil {
		return
	}
	ids := append(slices.Clone(c.Freeze), c.Thaw...)
	for _, b := range c.Append {
		ids = append(ids, b.DocID)
	}
	switch {
	case c.BumpAccess:
		s.Tell.DocsChanged(ctx, c.Tenant, c.Meeting.CaseID, nil)
	case len(ids) > 0:
		s.Tell.DocsChanged(ctx, c.Tenant, c.Meeting.CaseID, ids)
	}
	s.Tell.MeetingChanged(ctx, c.Tenant, c.MeetingID, c.Meeting.Seq)
}
