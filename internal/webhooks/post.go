package webhooks

import (
	"context"
	"errors"
	"sync"
	"time"

	"kasane/internal/access"
)

// How many events one round sends, how many of them of one address and at the same time, and how long they are claimed.
const (
	atOnce     = 32
	ofOne      = 4
	sideBySide = 8
	claimedFor = 2 * time.Minute // longer than a round can take: atOnce ÷ sideBySide × sendWithin, and the way to the database
	endsWithin = 5 * time.Second // a request, when the node stops
)

// backoff are the pauses between the tries: an event is given up some 34 hours after it happened.
var backoff = []time.Duration{5 * time.Second, time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 8 * time.Hour, 24 * time.Hour}

// When an address of which nothing gets through is switched off: after so long, and not by the first tries of an event, which a short break fails as well.
const (
	failsFor       = 3 * 24 * time.Hour
	failsTries     = 4
	retryAfterMost = 24 * time.Hour
)

// keptFor is how long deliveries are shown.
const keptFor = 14 * 24 * time.Hour

// Post sends what is due. Nodes that do it at the same time send different ones.
func (s *Service) Post(ctx context.Context) error {
	if !s.opt.On {
		return nil
	}
	for {
		now := s.now()
		list, err := s.store.ClaimWebhooks(ctx, now, now.Add(claimedFor), atOnce, ofOne)
		if err != nil || len(list) == 0 {
			return err
		}
		if err := s.round(ctx, list); err != nil || ctx.Err() != nil {
			return err
		}
	}
}

// round sends what was claimed, some of it side by side: an address that does not answer holds the others up no longer than its own time.
func (s *Service) round(ctx context.Context, list []Outgoing) error {
	errs := make([]error, len(list))
	room := make(chan struct{}, sideBySide)
	var all sync.WaitGroup
	for i, o := range list {
		room <- struct{}{}
		all.Go(func() {
			defer func() { <-room }()
			errs[i] = s.one(ctx, o)
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// one tries one event. What a node that stops has claimed and not begun goes back; what it has begun may end.
func (s *Service) one(ctx context.Context, o Outgoing) error {
	lasting := context.WithoutCancel(ctx)
	if ctx.Err() != nil {
		_, err := s.store.EndWebhook(lasting, Outcome{Outgoing: o, Result: StateWaiting, Unbegun: true, Due: s.now(), At: s.now()}, access.Entry{})
		return err
	}
	inside, cancel := context.WithCancel(lasting)
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(endsWithin, cancel) })()
	r := s.try(inside, o)
	out := s.outcome(o, r)
	e := access.System(o.Tenant).Audit(out.At, access.VerbWebhookOff, o.EndpointID)
	if e.Reason = string(OffFailing); out.Gone {
		e.Reason = string(OffGone)
	}
	off, err := s.store.EndWebhook(lasting, out, e)
	if r.why != "" {
		s.opt.Log.WarnContext(ctx, "a webhook was not taken", "endpoint", o.EndpointID, "event", o.ID, "kind", string(o.Kind), "state", string(out.Result), "code", r.code, "why", string(r.why), "tries", o.Tries, "off", off)
	}
	return err
}

// try signs and sends.
func (s *Service) try(ctx context.Context, o Outgoing) result {
	seal, err := s.opt.SealOf(ctx, o.Tenant)
	if err != nil {
		return result{why: WhyLocked}
	}
	keys := make([][]byte, 0, len(o.Secrets))
	for _, x := range o.Secrets {
		key, err := seal.OpenSecret(SecretPlace(x.Tenant, x.ID), x.Sealed)
		if err != nil {
			return result{why: WhyLocked}
		}
		keys = append(keys, key)
	}
	if len(keys) == 0 {
		return result{why: WhyLocked}
	}
	at, body := s.now(), []byte(o.Body)
	return s.opt.Sender.send(ctx, o.URL, o.ID, signature(keys, o.ID, at, body), at, body)
}

// outcome judges a try.
func (s *Service) outcome(o Outgoing, r result) Outcome {
	now := s.now()
	out := Outcome{Outgoing: o, Result: StateSent, At: now, Code: r.code, Why: r.why}
	if r.why == "" {
		return out
	}
	out.Gone = r.code == 410
	switch {
	case o.Kind == KindTest || o.Tries > len(backoff): // a test is looked at by somebody, who tries again
		out.Result = StateFailed
	default:
		out.Result, out.Due = StateWaiting, now.Add(max(backoff[max(o.Tries-1, 0)], r.later))
	}
	if o.Kind != KindTest && o.Tries >= failsTries {
		out.FailingBefore = now.Add(-failsFor)
	}
	return out
}

// Tidy forgets what is old.
func (s *Service) Tidy(ctx context.Context) error {
	now := s.now()
	return s.store.PruneWebhooks(ctx, now.Add(-keptFor), now)
}
