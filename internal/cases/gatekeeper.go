package cases

import (
	"context"
	"fmt"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
)

// MeetingFacts is what package meeting tells the gate about one actor in one meeting at this moment.
type MeetingFacts struct {
	Exists bool
	CaseID string
	Mode   consent.Mode
	// Open: information may be shown (受付 … 閉会). In a 支援会議 nothing is shown outside of it.
	Open bool
	// Participant: the actor (or, for an actor without user id, anybody of its agency) was invited or has joined.
	Participant bool
	// Confirmed: 守秘義務確認 by this actor in this meeting.
	Confirmed bool
	// Designated: the agency is 構成員, or 構成員外 that was designated.
	Designated bool
	// MinutesOpen: from 閉会 until the 会議録 is final, the meeting counts as open for that record, and for nothing else, because this actor
	// is asked to confirm it: it was there and, in a 支援会議 or as a guest, confirmed secrecy. In a 重層的支援会議 consent still decides.
	MinutesOpen bool
	// MayWrite: plan and minutes take writing now (not frozen for agreement, not closed).
	MayWrite bool
	// PlanID: the plan the meeting discusses; in its context nobody but a holder writes into another one.
	PlanID string
	// Agenda are the ids of the items of the agenda.
	Agenda []string
	// ClosedAt is the instant of 閉会. WasThere: the actor sat in the meeting, with secrecy confirmed where that is needed.
	ClosedAt *time.Time
	WasThere bool
	// Cancelled: called off (中止) before 開会.
	Cancelled bool
	// MayPrepare: the actor's agency has a seat with a voice, in a 支援会議 as 構成員 or designated, and the meeting is not over: it writes its 準備シート.
	MayPrepare bool
	// Prepared are the agencies that have handed in their 準備シート: the others read it from then on, as the gate says.
	Prepared []string
	// PrepareFor are the agencies whose 準備シート is entered for them (代行入力) and was not looked at by them yet: who holds the record writes there.
	PrepareFor []string
	// Observer: the agency's seat is one of an observer.
	Observer bool
}

// Meetings is what the gate asks package meeting.
type Meetings interface {
	// GateFacts answers for the actor; Exists=false when there is no such meeting in the municipality. An actor without
	// user id stands for its agency (「この機関から見ると」).
	GateFacts(ctx context.Context, tenant, meetingID string, actor access.Actor) (MeetingFacts, error)
}

// Gatekeeper gathers the facts and lets consent.Decide answer. It is the only way to a document of a case:
// live.Gate for connections, CanSee for REST reads and PDFs, View for the screen.
type Gatekeeper struct {
	store    GateStore
	meetings Meetings
	now      func() time.Time
}

var _ live.Gate = (*Gatekeeper)(nil)

// NewGatekeeper makes the gate. meetings may be set later with SetMeetings, before the first question.
func NewGatekeeper(store GateStore, meetings Meetings, now func() time.Time) *Gatekeeper {
	return &Gatekeeper{store: store, meetings: meetings, now: now}
}

// SetMeetings closes the circle at start-up: meeting is built upon cases, and the gate asks meeting.
func (g *Gatekeeper) SetMeetings(m Meetings) { g.meetings = m }

// Rights implements live.Gate. It is asked again and again, for lists too, so it writes nothing: whoever opens a document for
// somebody writes the audit entry, for a refusal too.
func (g *Gatekeeper) Rights(ctx context.Context, actor access.Actor, meetingID string, m live.Meta) (live.Rights, error) {
	if m.Tenant != actor.Tenant || m.Tenant == "" {
		return live.Rights{Reason: "member"}, nil // nothing of another municipality, not even a line in its log
	}
	at, err := g.look(ctx, actor, meetingID, m.CaseID)
	if err != nil {
		return live.Rights{}, err
	}
	if m.Kind == live.KindMinutes && meetingID != m.OwnerID && actor.Holder() {
		if at.meeting, err = g.meetingFacts(ctx, actor, m.OwnerID); err != nil { // the holder's writing follows the minutes' own meeting
			return live.Rights{}, err
		}
	}
	return at.rights(m), nil
}

// CanSee answers for reads outside of live documents: REST, PDFs, exports. personID "" = the household. It writes no
// audit entry: the caller knows what the reading was for.
func (g *Gatekeeper) CanSee(ctx context.Context, actor access.Actor, meetingID, caseID, personID string, item consent.Item) (consent.Decision, error) {
	m, err := g.look(ctx, actor, meetingID, caseID)
	if err != nil {
		return consent.Decision{}, err
	}
	return m.decide(personID, item), nil
}

// look gathers all facts of one moment.
func (g *Gatekeeper) look(ctx context.Context, actor access.Actor, meetingID, caseID string) (moment, error) {
	if actor.Tenant == "" || caseID == "" {
		return moment{}, noCase()
	}
	facts, err := g.store.GateCase(ctx, actor.Tenant, caseID, actor.AgencyID, actor.UserID)
	if err != nil {
		return moment{}, fmt.Errorf("facts of the gate: %w", err)
	}
	m := moment{actor: actor, caseID: caseID, meetingID: meetingID, facts: facts, at: g.now().UTC().Truncate(time.Microsecond)}
	if meetingID != "" {
		if m.meeting, err = g.meetingFacts(ctx, actor, meetingID); err != nil {
			return moment{}, err
		}
	}
	return m, nil
}

func (g *Gatekeeper) meetingFacts(ctx context.Context, actor access.Actor, meetingID string) (MeetingFacts, error) {
	if g.meetings == nil {
		return MeetingFacts{}, nil
	}
	f, err := g.meetings.GateFacts(ctx, actor.Tenant, meetingID, actor)
	if err != nil {
		return MeetingFacts{}, fmt.Errorf("facts of the meeting: %w", err)
	}
	return f, nil
}

func noCase() error { return fault.New(fault.NotFound, "") }
