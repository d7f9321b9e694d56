package realtime

import (
	"context"
	"time"

	"kasane/internal/access"
)

// attendance tells who entered and left the channels of meetings on this node (出席). It counts the connections of each user, and
// lets the grace time pass before it believes that somebody left. One goroutine does everything, so the callbacks come in order.
type attendance struct {
	onJoin, onLeave func(context.Context, access.Actor, string)
	grace           time.Duration
	stopping        func() bool
	events          chan attendEvent
	present         map[attendKey]*attendee
}

type attendKey struct{ tenant, meeting, user string }

type attendEvent struct {
	actor   access.Actor
	meeting string
	change  int // +1 entered, -1 left
}

type attendee struct {
	actor access.Actor
	count int
	since time.Time // of nobody being left
}

func newAttendance(cfg Config, stopping func() bool) *attendance {
	return &attendance{onJoin: cfg.OnJoin, onLeave: cfg.OnLeave, grace: cfg.Timing.LeaveGrace, stopping: stopping,
		events: make(chan attendEvent, 1024), present: map[attendKey]*attendee{}}
}

// note hands an event over. Rooms wait here only if the callbacks are a thousand events behind.
func (a *attendance) note(ctx context.Context, actor access.Actor, meeting string, change int) {
	select {
	case a.events <- attendEvent{actor, meeting, change}:
	case <-ctx.Done():
	}
}

func (a *attendance) run(ctx context.Context) {
	t := time.NewTicker(max(a.grace/10, 5*time.Millisecond))
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-a.events:
			a.take(ctx, e)
		case now := <-t.C:
			a.expire(ctx, now)
		}
	}
}

func (a *attendance) take(ctx context.Context, e attendEvent) {
	k := attendKey{e.actor.Tenant, e.meeting, e.actor.UserID}
	p := a.present[k]
	if p == nil {
		if e.change < 0 {
			return
		}
		p = &attendee{actor: e.actor}
		a.present[k] = p
		a.call(ctx, a.onJoin, e.actor, e.meeting)
	}
	p.actor = e.actor
	if p.count += e.change; p.count <= 0 {
		p.count, p.since = 0, time.Now()
	}
}

func (a *attendance) expire(ctx context.Context, now time.Time) {
	if a.stopping() {
		return // they go to another node, not away
	}
	for k, p := range a.present {
		if p.count == 0 && now.Sub(p.since) >= a.grace {
			delete(a.present, k)
			a.call(ctx, a.onLeave, p.actor, k.meeting)
		}
	}
}

func (a *attendance) call(ctx context.Context, f func(context.Context, access.Actor, string), actor access.Actor, meeting string) {
	if f == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	f(ctx, actor, meeting)
}
