package app

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/identity"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/realtime"
	"kasane/internal/store"
)

// door is what a live connection asks of the rest: who is it, may it be in this meeting, note that it came.
type door struct {
	identity *identity.Service
	meeting  *meeting.Service
	store    *store.Store
	live     *live.Service
	log      *slog.Logger
	now      func() time.Time
}

func (d *door) config(b realtime.Bus) realtime.Config {
	return realtime.Config{
		Documents: d.live, Bus: b, Log: d.log, Now: d.now,
		Identify:   identify,
		Valid:      d.identity.Holds,                         // who lost a role or changed the agency begins anew, with the rights of this moment
		SameOrigin: func(*http.Request) bool { return true }, // web has looked at the Origin already
		Channels:   d,
		OnJoin: func(ctx context.Context, a access.Actor, meetingID string) {
			d.attend(ctx, meetingID, d.meeting.Join(ctx, a, meetingID, a.SessionID, ""))
		},
		OnLeave: func(ctx context.Context, a access.Actor, meetingID string) {
			d.attend(ctx, meetingID, d.meeting.Leave(ctx, a, meetingID, a.SessionID))
		},
		Opened: d.opened,
		Timing: realtime.Timing{Recheck: recheckEvery},
	}
}

// identify takes the actor web has found for the request; the zero Actor is nobody.
func identify(r *http.Request) (access.Actor, error) {
	a := access.ActorFrom(r.Context())
	if a.Tenant == "" || a.Waiting {
		return access.Actor{}, fault.New(fault.Unauthorized, "")
	}
	return a, nil
}

// Join implements realtime.Channels: whoever may see the meeting may be present in it.
func (d *door) Join(ctx context.Context, a access.Actor, meetingID string) error {
	_, err := d.store.MeetingByID(ctx, access.ScopeOf(a), meetingID)
	return err
}

func (d *door) attend(ctx context.Context, meetingID string, err error) {
	if err != nil && !fault.Is(err, fault.NotFound) {
		d.log.WarnContext(ctx, "attendance was not noted", "meeting", meetingID, "err", err)
	}
}

// opened writes the audit entry of a document that was opened, or refused, on a socket.
func (d *door) opened(ctx context.Context, o realtime.Opening) error {
	e := o.Actor.Audit(d.now(), access.VerbDocOpen, o.DocID).InCase(o.Meta.CaseID).InMeeting(o.MeetingID)
	switch {
	case o.Err == nil && o.Rights.Reason == access.ReasonBreakGlass:
		e.Reason = access.ReasonBreakGlass
	case o.Err == nil:
	case fault.Is(o.Err, fault.Forbidden):
		e = e.Denied(o.Rights.Reason)
		e.Verb = access.VerbGateDenied
	default:
		e = e.Failed(fault.KindOf(o.Err).String())
	}
	return d.store.AppendAudit(ctx, e)
}
