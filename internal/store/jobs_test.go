package store_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/jobs"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// beats is how often a node speaks; one whose heart beats once an hour hangs.
const beats = 5 * time.Millisecond

// openSeal is a seal one can look through.
type openSeal struct{}

func (openSeal) Seal(_ context.Context, tenant, place string, plain []byte) ([]byte, error) {
	return append([]byte(tenant+"\x01"+place+"\x01"), plain...), nil
}

func (openSeal) Open(_ context.Context, tenant, place string, sealed []byte) ([]byte, error) {
	plain, ok := strings.CutPrefix(string(sealed), tenant+"\x01"+place+"\x01")
	if !ok {
		return nil, errors.New("moved to another place")
	}
	return []byte(plain), nil
}

// rights says who somebody is now.
type rights struct{ actor access.Actor }

func (r *rights) ActorOf(_ context.Context, tenant, id string) (access.Actor, error) {
	if r.actor.Tenant != tenant || r.actor.UserID != id {
		return access.Actor{}, fault.New(fault.NotFound, "")
	}
	return r.actor, nil
}

// crew is nodes that share a store.
type crew struct {
	t     *testing.T
	s     *store.Store
	clock *storetest.Clock
	who   *rights
}

func (c crew) node(name string, beat time.Duration, do func(context.Context, *jobs.Run) (string, error)) *jobs.Service {
	works := map[jobs.Kind]jobs.Work{jobs.KindVerify: {Do: do}, jobs.KindCheck: {Do: do}}
	return jobs.New(c.s, openSeal{}, c.who, works, jobs.Options{Node: name, Keep: 24 * time.Hour, Log: slog.New(slog.DiscardHandler), Now: c.clock.Now, Beat: beat})
}

func (c crew) job(id string) jobs.Job {
	c.t.Helper()
	j, err := c.s.Job(context.Background(), c.who.actor.Tenant, id)
	if err != nil {
		c.t.Fatal(err)
	}
	return j
}

func eachCrew(t *testing.T, fn func(ctx context.Context, c crew)) {
	t.Parallel()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			s, clock := storetest.Open(t, engine)
			w := storetest.NewWorld(t, s, "m1")
			fn(context.Background(), crew{t, s, clock, &rights{w.Holder}})
		})
	}
}

// five makes five parts, and is told of each before it is written.
func five(before func(n int)) func(context.Context, *jobs.Run) (string, error) {
	return func(ctx context.Context, r *jobs.Run) (string, error) {
		for n := range 5 {
			if before != nil {
				before(n)
			}
			if err := r.Put(ctx, fmt.Appendf(nil, "part %d", n)); err != nil {
				return "", err
			}
			r.Progress(n+1, 5)
		}
		return "5つできました。", nil
	}
}

// A node that is gone for a while loses its work to another, which goes on from what is there; what the first writes when it comes back changes nothing.
func TestWorkGoesOnAtAnotherNode(t *testing.T) {
	eachCrew(t, func(ctx context.Context, c crew) {
		half, back, gone := make(chan struct{}), make(chan struct{}), make(chan error, 1)
		first := c.node("n1", time.Hour, five(func(n int) {
			if n == 3 {
				close(half)
				<-back
			}
		}))
		second := c.node("n2", beats, five(nil))
		v, err := first.Add(ctx, c.who.actor, jobs.Order{Kind: jobs.KindVerify})
		if err != nil || v.State != jobs.StateWaiting {
			c.t.Fatal(v, err)
		}
		go func() {
			_, err := first.Step(ctx)
			gone <- err
		}()
		<-half
		if worked, err := second.Step(ctx); worked || err != nil {
			c.t.Fatalf("both work on it: %v %v", worked, err)
		}
		c.clock.Advance(time.Minute)
		if worked, err := second.Step(ctx); !worked || err != nil {
			c.t.Fatal(worked, err)
		}
		close(back)
		if err := <-gone; err != nil {
			c.t.Errorf("who lost it: %v", err)
		}
		j := c.job(v.ID)
		if j.State != jobs.StateDone || j.Turn != 2 || j.Node != "n2" || j.Done != 5 || j.Said != "5つできました。" || !j.Fetch {
			c.t.Errorf("%+v", j)
		}
		if n := store.Count(ctx, c.s, "job_part"); n != 5 {
			c.t.Errorf("%d parts", n)
		}
		if err := c.s.PutPart(ctx, jobs.Job{Tenant: j.Tenant, ID: j.ID, Turn: 1}, jobs.Part{Side: jobs.SideMade, N: 9, Body: []byte("late")}); !fault.Is(err, fault.Gone) {
			c.t.Errorf("the first node writes on: %v", err)
		}
		c.clock.Advance(25 * time.Hour)
		if err := c.s.PruneJobs(ctx, j.Tenant, c.clock.Now().Add(-24*time.Hour)); err != nil || store.Count(ctx, c.s, "job")+store.Count(ctx, c.s, "job_part") != 0 {
			c.t.Errorf("not cleared away: %v", err)
		}
	})
}

// 取消 ends work under way, and takes what it made along; what was given is gone in any case. Rights are asked when it is done.
func TestWorkIsStoppedAndRefused(t *testing.T) {
	eachCrew(t, func(ctx context.Context, c crew) {
		begun := make(chan struct{})
		n := c.node("n1", beats, func(ctx context.Context, r *jobs.Run) (string, error) {
			if err := r.Put(ctx, []byte("half")); err != nil {
				return "", err
			}
			close(begun)
			<-ctx.Done()
			return "", ctx.Err()
		})
		v, err := n.Add(ctx, c.who.actor, jobs.Order{Kind: jobs.KindVerify, Given: [][]byte{[]byte("a list")}})
		if err != nil {
			c.t.Fatal(err)
		}
		over := make(chan error, 1)
		go func() {
			_, err := n.Step(ctx)
			over <- err
		}()
		<-begun
		if _, err := n.Stop(ctx, c.who.actor, v.ID); err != nil {
			c.t.Fatal(err)
		}
		if err := <-over; err != nil {
			c.t.Error(err)
		}
		if j := c.job(v.ID); j.State != jobs.StateStopped || j.Fetch || store.Count(ctx, c.s, "job_part") != 0 {
			c.t.Errorf("%+v, %d parts", j, store.Count(ctx, c.s, "job_part"))
		}
		if v, err = n.Add(ctx, c.who.actor, jobs.Order{Kind: jobs.KindVerify}); err != nil {
			c.t.Fatal(err)
		}
		c.who.actor.Roles = []access.Role{access.RoleAgency} // the right was taken away before its turn came
		if _, err := n.Step(ctx); err != nil {
			c.t.Error(err)
		}
		if j := c.job(v.ID); j.State != jobs.StateFailed || !strings.Contains(j.Trouble, "権限") {
			c.t.Errorf("%+v", j)
		}
	})
}

// Trouble that may pass is tried again after a pause, a bounded number of times; an ordered stop gives work back at once; the same name of the night is one job.
func TestWorkIsTriedAgain(t *testing.T) {
	eachCrew(t, func(ctx context.Context, c crew) {
		var tries atomic.Int32
		n := c.node("n1", beats, func(context.Context, *jobs.Run) (string, error) {
			tries.Add(1)
			return "", errors.New("the disk is away: 渡邉")
		})
		for range 3 {
			if err := n.Enqueue(ctx, c.who.actor.Tenant, "check-1", jobs.KindCheck); err != nil {
				c.t.Fatal(err)
			}
		}
		for range 20 {
			if _, err := n.Step(ctx); err != nil {
				c.t.Fatal(err)
			}
			if worked, err := n.Step(ctx); worked || err != nil {
				c.t.Fatalf("again without a pause: %v", err)
			}
			c.clock.Advance(5 * time.Minute)
		}
		j := c.job("check-1")
		if tries.Load() != 5 || j.State != jobs.StateFailed || strings.Contains(j.Trouble, "渡邉") || j.Trouble == "" {
			c.t.Errorf("%d tries, %+v", tries.Load(), j)
		}
		stopping, stop := context.WithCancel(ctx)
		other := c.node("n2", beats, func(ctx context.Context, _ *jobs.Run) (string, error) { stop(); <-ctx.Done(); return "", ctx.Err() })
		if err := other.Enqueue(ctx, c.who.actor.Tenant, "check-2", jobs.KindCheck); err != nil {
			c.t.Fatal(err)
		}
		if _, err := other.Step(stopping); err != nil {
			c.t.Error(err)
		}
		if j := c.job("check-2"); j.State != jobs.StateWaiting || j.DueAt.After(c.clock.Now()) {
			c.t.Errorf("%+v", j)
		}
		if _, err := n.Stop(ctx, c.who.actor, "check-2"); !fault.Is(err, fault.Conflict) {
			c.t.Errorf("work of the night is stopped: %v", err)
		}
		if list, err := c.s.Jobs(ctx, "m9", 10); err != nil || len(list) != 0 {
			c.t.Errorf("another municipality sees %v %v", list, err)
		}
	})
}
