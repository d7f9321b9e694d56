package cases

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
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
	// MayWrite: plan and minutes take writing now (not frozen for agreement, not closed).
	MayWrite bool
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
