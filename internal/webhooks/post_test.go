package webhooks_test

import (
	"context"
	"io"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
	"kasane/internal/webhooks"
)

func none() ([]netip.Addr, error) { return nil, nil }

// An event is signed, says ids alone, comes once from two nodes, and there is none of what did not happen.
func TestDelivered(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		r := newReceiver(t, false)
		o := newOffice(t, s, r)
		made := o.address(r, "a1", webhooks.KindCase)
		id := o.opens()
		if err := s.CreateCase(o.ctx, newCase(o, "other"), nil, nil, o.w.Entry("m1-00001", access.VerbCaseCreate).InCase("other")); err == nil {
			t.Fatal("the entry is there already: the case is not made")
		}
		var both sync.WaitGroup
		for _, n := range []*webhooks.Service{o.a, o.b} {
			both.Go(func() { o.okAsync(n.Post(o.ctx)) })
		}
		both.Wait()
		o.posts()
		got := r.since()
		if len(got) != 1 || got[0].message.Data.CaseID != id || got[0].message.Type != webhooks.KindCase || got[0].message.Data.Path != "/api/cases?id="+id || got[0].id == "" {
			t.Fatalf("%+v", got)
		}
		if !got[0].verified(t, made.Secret) || !got[0].at.Equal(o.now().Truncate(time.Second)) {
			t.Errorf("signed at %s: %s", got[0].at, got[0].signature)
		}
		changed := got[0]
		changed.body += " "
		if changed.verified(t, made.Secret) {
			t.Error("the signature is of any body")
		}
		for _, secret := range []string{"植田", "秘密子", "うえた", "K2026", "福祉課", "髙橋", "管理者", "planted"} {
			if strings.Contains(got[0].body, secret) {
				t.Errorf("%s in %s", secret, got[0].body)
			}
		}
		list := o.deliveries(made.Endpoint.ID)
		if len(list) != 1 || list[0].State != webhooks.StateSent || list[0].Tries != 1 || list[0].Code != 200 || list[0].ID != got[0].id {
			t.Errorf("%+v", list)
		}
	})
}

// A node that dies between the event and the sending, or between the sending and what it writes of it, is followed by another: with the same id.
func TestNodeDies(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		r := newReceiver(t, false)
		o := newOffice(t, s, r)
		made := o.address(r, "a1", webhooks.KindCase)
		o.opens()
		dead, err := s.ClaimWebhooks(o.ctx, o.now(), o.now().Add(webhooks.ClaimedFor), 10, 10) // claimed, and never heard of again
		if err != nil || len(dead) != 1 {
			t.Fatal(dead, err)
		}
		if o.posts(); len(r.since()) != 0 {
			t.Error("sent by two at once")
		}
		o.passes(webhooks.ClaimedFor - time.Second)
		if o.posts(); len(r.since()) != 0 {
			t.Error("taken over before its time")
		}
		o.passes(2 * time.Second)
		o.posts()
		first := r.since()
		if len(first) != 1 || first[0].id != dead[0].ID || !first[0].verified(t, made.Secret) {
			t.Fatalf("%+v", first)
		}
		// the dead one comes back and says that it failed: it has been overtaken
		if off, err := s.EndWebhook(o.ctx, webhooks.Outcome{Outgoing: dead[0], Result: webhooks.StateFailed, At: o.now(), Gone: true}, o.entry(access.VerbWebhookOff)); off || err != nil {
			t.Error(off, err)
		}
		if d := o.deliveries(made.Endpoint.ID)[0]; d.State != webhooks.StateSent || o.endpoint(made.Endpoint.ID).OffAt != nil {
			t.Errorf("%+v", d)
		}
		// it was taken, and the node died before it wrote so: it comes once more, and is known by its id
		o.opens()
		claimed, err := s.ClaimWebhooks(o.ctx, o.now(), o.now().Add(webhooks.ClaimedFor), 10, 10)
		o.ok(err)
		o.passes(webhooks.ClaimedFor + time.Second)
		o.posts()
		if again := r.since(); len(again) != 1 || again[0].id != claimed[0].ID || again[0].id == first[0].id {
			t.Errorf("%+v", again)
		}
	})
}

// What fails is tried at its times and not before, with the same id and body each time, and is given up after the last; by hand it is sent once more.
func TestTriedAgain(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		r := newReceiver(t, false)
		o := newOffice(t, s, r)
		made := o.address(r, "a1", webhooks.KindCase)
		r.answers(http.StatusInternalServerError)
		o.opens()
		ids, bodies := map[string]bool{}, map[string]bool{}
		for i := range len(webhooks.Backoff) + 1 {
			o.posts()
			got := r.since()
			if len(got) != 1 || !got[0].verified(t, made.Secret) {
				t.Fatalf("try %d: %+v", i+1, got)
			}
			ids[got[0].id], bodies[got[0].body] = true, true
			if i == len(webhooks.Backoff) {
				break
			}
			d := o.deliveries(made.Endpoint.ID)[0]
			if d.State != webhooks.StateWaiting || d.Tries != i+1 || d.Code != 500 || d.Why != webhooks.WhyAnswer || d.Next == nil || !d.Next.Equal(o.now().Add(webhooks.Backoff[i])) || d.MayAgain {
				t.Errorf("after try %d: %+v", i+1, d)
			}
			o.passes(webhooks.Backoff[i] - time.Second)
			if o.posts(); len(r.since()) != 0 {
				t.Errorf("try %d comes early", i+2)
			}
			o.passes(time.Second)
		}
		o.passes(1000 * time.Hour)
		if o.posts(); len(r.since()) != 0 {
			t.Error("tried after it was given up")
		}
		d := o.deliveries(made.Endpoint.ID)[0]
		if d.State != webhooks.StateFailed || len(ids) != 1 || len(bodies) != 1 || !d.MayAgain {
			t.Errorf("%+v %v", d, ids)
		}
		if h, err := o.a.Health(o.ctx, "m1"); err != nil || h.On != 1 || h.Failing != 1 {
			t.Errorf("%+v %v", h, err)
		}
		r.answers(http.StatusNoContent)
		o.ok(o.a.Again(o.ctx, o.admin, made.Endpoint.ID, d.ID))
		o.posts()
		if got := r.since(); len(got) != 1 || !ids[got[0].id] {
			t.Errorf("by hand: %+v", got)
		}
		if p := o.endpoint(made.Endpoint.ID); p.FailingSince != nil || p.OffAt != nil {
			t.Errorf("it works again: %+v", p)
		}
	})
}

// An address that says it is gone is switched off at once, one of which nothing gets through for days then; what waits for it is dropped, and the log says so.
func TestSwitchedOff(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		r := newReceiver(t, false)
		o := newOffice(t, s, r)
		made := o.address(r, "a1", webhooks.KindCase)
		r.answers(http.StatusServiceUnavailable)
		o.opens()
		o.posts()
		o.opens()
		r.answers(http.StatusGone)
		o.posts()
		p := o.endpoint(made.Endpoint.ID)
		if p.OffWhy != webhooks.OffGone || p.OffAt == nil || p.Waiting != 0 {
			t.Fatalf("%+v", p)
		}
		o.opens()
		o.passes(100 * time.Hour)
		r.since()
		if o.posts(); len(r.since()) != 0 || len(o.deliveries(p.ID)) != 2 {
			t.Error("told of after it was switched off")
		}
		for _, d := range o.deliveries(p.ID) {
			if d.State != webhooks.StateDropped || d.MayAgain {
				t.Errorf("%+v", d)
			}
			if err := o.a.Again(o.ctx, o.admin, p.ID, d.ID); !fault.Is(err, fault.Conflict) {
				t.Error(err)
			}
		}
		if h, err := o.a.Health(o.ctx, "m1"); err != nil || h.Off != 1 || h.On != 0 {
			t.Errorf("%+v %v", h, err)
		}
		o.offStands("gone")

		// switched on again, it fails for days
		o.ok(s.SaveWebhook(o.ctx, webhooks.Endpoint{Tenant: "m1", ID: p.ID, URL: p.URL, Kinds: p.Kinds}, o.entry(access.VerbWebhookSave)))
		r.answers(http.StatusInternalServerError)
		begun := o.now()
		for o.endpoint(p.ID).OffAt == nil && o.now().Sub(begun) < 200*time.Hour {
			o.opens()
			o.posts()
			o.passes(time.Hour)
		}
		p = o.endpoint(p.ID)
		if p.OffWhy != webhooks.OffFailing || p.OffAt.Sub(begun) < 72*time.Hour || p.OffAt.Sub(begun) > 73*time.Hour || p.Waiting != 0 {
			t.Errorf("%s %+v", p.OffAt.Sub(begun), p)
		}
		o.offStands("failing")
		if strings.Contains(o.log.String(), "planted") || strings.Contains(o.log.String(), "127.0.0.1") {
			t.Errorf("the address stands in the log: %.400s", o.log.String())
		}
	})
}

// A redirect is not followed, an answer is not read to its end, and one that does not come is not waited for.
func TestHostileReceivers(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		r, elsewhere := newReceiver(t, false), newReceiver(t, true)
		release := make(chan struct{})
		o := newOffice(t, s, r, func(x *webhooks.Options) { x.Sender = webhooks.Hastened(x.Sender, 300*time.Millisecond) })
		defer close(release)
		made := o.address(r, "a1", webhooks.KindCase)
		last := func(says func(http.ResponseWriter, *http.Request)) webhooks.Sent {
			o.passes(time.Hour)
			r.does(says)
			o.opens()
			begun := time.Now()
			o.ok(o.a.Post(o.ctx))
			if took := time.Since(begun); took > 4*time.Second {
				t.Errorf("took %s", took)
			}
			d := o.deliveries(made.Endpoint.ID)[0]
			r.answers(http.StatusOK) // what failed goes through, and does not come again
			o.passes(time.Hour)
			o.posts()
			return d
		}
		for code := range map[int]bool{301: true, 302: true, 303: true, 307: true, 308: true} {
			d := last(func(w http.ResponseWriter, q *http.Request) { http.Redirect(w, q, elsewhere.URL+"/inside", code) })
			if d.Why != webhooks.WhyRedirect || d.Code != code {
				t.Errorf("%d: %+v", code, d)
			}
		}
		if got := elsewhere.since(); len(got) != 0 {
			t.Errorf("followed: %+v", got)
		}
		if d := last(func(w http.ResponseWriter, q *http.Request) {
			for q.Context().Err() == nil { // without an end
				if _, err := io.WriteString(w, strings.Repeat("x", 1<<16)); err != nil {
					return
				}
			}
		}); d.State != webhooks.StateSent {
			t.Errorf("a long answer: %+v", d)
		}
		if d := last(func(_ http.ResponseWriter, q *http.Request) {
			select {
			case <-release:
			case <-q.Context().Done():
			}
		}); d.Why != webhooks.WhyTimeout || d.Code != 0 {
			t.Errorf("no answer: %+v", d)
		}
		if d := last(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }); d.Why != webhooks.WhyConnect {
			t.Errorf("a line that breaks: %+v", d)
		}
		if d := last(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "600")
			w.WriteHeader(http.StatusTooManyRequests)
		}); d.Next == nil || d.Next.Sub(*d.TriedAt) != 600*time.Second {
			t.Errorf("asked to wait: %+v", d)
		}
	})
}

// A node that stops gives back what it had not begun, uncounted, and ends what it had.
func TestNodeStops(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		r := newReceiver(t, false)
		o := newOffice(t, s, r)
		hooks := []string{o.address(r, "a1", webhooks.KindCase).Endpoint.ID, o.address(r, "a1", webhooks.KindCase).Endpoint.ID, o.address(r, "a1", webhooks.KindCase).Endpoint.ID}
		stopping, stop := context.WithCancel(o.ctx)
		begun, full := 0, make(chan struct{})
		var mu sync.Mutex
		r.does(func(http.ResponseWriter, *http.Request) {
			mu.Lock()
			if begun++; begun == webhooks.SideBySide { // as many as there is room for; the rest of the round has not begun
				stop()
				close(full)
			}
			mu.Unlock()
			<-full
		})
		for range 4 {
			o.opens()
		}
		o.ok(o.a.Post(stopping))
		if begun != webhooks.SideBySide {
			t.Errorf("%d begun", begun)
		}
		r.answers(http.StatusOK)
		o.posts()
		seen := map[string]int{}
		for _, x := range r.since() {
			seen[x.id]++
		}
		for _, hook := range hooks {
			for _, d := range o.deliveries(hook) {
				if d.State != webhooks.StateSent || d.Tries != 1 || seen[d.ID] != len(hooks) {
					t.Errorf("%+v, seen %d times", d, seen[d.ID])
				}
			}
		}
		if len(seen) != 4 {
			t.Error(seen)
		}
	})
}

// The real dialler: what lies inside is not reached, by number or by name, and the screen says what to do.
func TestInsideIsNotReached(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		r := newReceiver(t, false)
		o := newOffice(t, s, r, func(x *webhooks.Options) {
			x.Sender = webhooks.NewSender(webhooks.Guard{Own: none, Networks: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}, []string{"127.0.0.1"}, nil)
		})
		made := o.address(r, "a1", webhooks.KindCase)
		port := r.URL[strings.LastIndex(r.URL, ":"):]
		for url, why := range map[string]webhooks.Why{"https://127.0.0.1" + port: webhooks.WhyInside, "https://localhost" + port: webhooks.WhyInside, "https://[::1]" + port: webhooks.WhyInside, "https://[::ffff:127.0.0.1]" + port: webhooks.WhyInside,
			"https://169.254.169.254/latest": webhooks.WhyInside, "https://192.168.0.1/": webhooks.WhyPrivate, "https://no.such.host.invalid/": webhooks.WhyName, "http://receiver.example/": webhooks.WhyPlain} {
			p := o.endpoint(made.Endpoint.ID)
			p.URL = url
			o.ok(s.SaveWebhook(o.ctx, p, o.entry(access.VerbWebhookSave)))
			o.opens()
			o.passes(time.Minute)
			o.ok(o.a.Post(o.ctx))
			if d := o.deliveries(p.ID)[0]; d.Why != why || d.WhyLabel == "" {
				t.Errorf("%s: %+v", url, d)
			}
		}
		if got := r.since(); len(got) != 0 {
			t.Errorf("reached: %+v", got)
		}
	})
}
