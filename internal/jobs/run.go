package jobs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// tries is how often a job is taken before it counts as failed: one that brings its node down must not bring down the next for ever.
const tries = 5

// errStopped and errLost are why the context of a run ends early.
var (
	errStopped = errors.New("jobs: stopped by somebody")
	errLost    = errors.New("jobs: another node has it")
)

// Run is a job under way.
type Run struct {
	Job   Job
	Actor access.Actor // who asked for it, as they are now; of work that goes on by itself, the system
	s     *Service

	mu          sync.Mutex
	done, total int
	parts       int
}

// Progress tells how far the work has come; total 0: not known. It costs nothing: the heartbeat carries it.
func (r *Run) Progress(done, total int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.done, r.total = done, total
}

// Step is Progress by one more.
func (r *Run) Step() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.done++
}

func (r *Run) beat(now time.Time, lease time.Duration) Beat {
	r.mu.Lock()
	defer r.mu.Unlock()
	return Beat{Done: r.done, Total: r.total, At: now, Until: now.Add(lease)}
}

// Asked reads what was asked for.
func (r *Run) Asked(into any) error { return json.Unmarshal([]byte(r.Job.Asked), into) }

// Given returns a part of what was given.
func (r *Run) Given(ctx context.Context, n int) ([]byte, error) {
	return r.s.open(ctx, r.Job, SideGiven, n)
}

// Put makes the next part. After a crash the parts are made in the same order again; one that is there already is not written twice.
func (r *Run) Put(ctx context.Context, plain []byte) error {
	p, err := r.s.sealed(ctx, r.Job, SideMade, r.parts, plain)
	if err != nil {
		return err
	}
	r.parts++
	return r.s.store.PutPart(ctx, r.Job, p)
}

// Made is what a job made.
type Made struct {
	s   *Service
	Job Job
}

// Asked reads what was asked for.
func (m *Made) Asked(into any) error { return json.Unmarshal([]byte(m.Job.Asked), into) }

// Part returns a part; NotFound behind the last.
func (m *Made) Part(ctx context.Context, n int) ([]byte, error) {
	return m.s.open(ctx, m.Job, SideMade, n)
}

func place(j Job, side Side, n int) string { return fmt.Sprint("job/", j.ID, "/", side, "/", n) }

func (s *Service) sealed(ctx context.Context, j Job, side Side, n int, plain []byte) (Part, error) {
	at := place(j, side, n)
	body, err := s.seal.Seal(ctx, j.Tenant, at, plain)
	sum := sha256.New()
	sum.Write([]byte(j.Tenant + "\x00" + at + "\x00"))
	sum.Write(plain)
	return Part{Side: side, N: n, Sum: hex.EncodeToString(sum.Sum(nil)), Body: body}, err
}

func (s *Service) open(ctx context.Context, j Job, side Side, n int) ([]byte, error) {
	p, err := s.store.JobPart(ctx, j.Tenant, j.ID, side, n)
	if err != nil {
		return nil, err
	}
	return s.seal.Open(ctx, j.Tenant, place(j, side, n), p.Body)
}

// Step works one job that is due, if there is one, to its end.
func (s *Service) Step(ctx context.Context) (worked bool, err error) {
	due, err := s.store.DueJobs(ctx, s.now(), 20)
	if err != nil {
		return false, err
	}
	for _, d := range due {
		now := s.now()
		j, mine, err := s.store.TakeJob(ctx, d.Tenant, d.ID, s.opt.Node, now, now.Add(s.opt.Lease))
		if err != nil {
			return false, err
		}
		if mine {
			return true, s.work(ctx, j)
		}
	}
	return false, nil
}

// work does a job while its heart beats.
func (s *Service) work(ctx context.Context, j Job) error {
	r := &Run{Job: j, s: s, done: j.Done, total: j.Total}
	if j.Turn > 1 {
		s.opt.Log.InfoContext(ctx, "job taken up again", "job", j.ID, "kind", string(j.Kind), "turn", j.Turn)
	}
	working, end := context.WithCancelCause(ctx)
	hearts := make(chan struct{})
	go func() {
		defer close(hearts)
		s.hearts(working, r, end)
	}()
	said, err := s.do(working, r)
	cause := context.Cause(working)
	end(nil)
	<-hearts
	return s.ended(context.WithoutCancel(ctx), r, said, err, cause)
}

// do asks anew who does it, and does it.
func (s *Service) do(ctx context.Context, r *Run) (said string, err error) {
	if r.Job.Stop {
		return "", errStopped
	}
	if r.Job.Turn > tries {
		return "", fault.New(fault.Conflict, "何度やり直しても終わらないため、止めました。システムの担当者に知らせてください。")
	}
	r.Actor = access.System(r.Job.Tenant)
	if r.Job.By != "" {
		if r.Actor, err = s.people.ActorOf(ctx, r.Job.Tenant, r.Job.By); err != nil {
			return "", err
		}
		if err := access.Require(r.Actor, kinds[r.Job.Kind].action); err != nil {
			return "", err
		}
	}
	w, ok := s.works[r.Job.Kind]
	if !ok {
		return "", fault.New(fault.Conflict, "この処理を行えるサーバーがありません。")
	}
	if said, err = w.Do(ctx, r); err != nil {
		return "", err
	}
	return said, s.store.CutParts(ctx, r.Job, r.parts)
}

// hearts keeps the lease until the work is over. When somebody wants it stopped, or another has it, or it could not be kept for a whole lease, the work ends.
func (s *Service) hearts(ctx context.Context, r *Run, end context.CancelCauseFunc) {
	tick := time.NewTicker(s.opt.Beat)
	defer tick.Stop()
	last := s.now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now := s.now()
		stop, err := s.store.BeatJob(ctx, r.Job, r.beat(now, s.opt.Lease))
		switch {
		case err == nil && stop:
			end(errStopped)
		case err == nil:
			last = now
		case fault.Is(err, fault.Gone), now.Sub(last) > s.opt.Lease:
			end(errLost)
		}
	}
}

// ended writes how it went.
func (s *Service) ended(ctx context.Context, r *Run, said string, err, cause error) error {
	now := s.now()
	e := Ending{State: StateDone, At: now, Said: said, Fetch: r.parts > 0}
	switch {
	case err == nil:
	case errors.Is(cause, errLost), fault.Is(err, fault.Gone):
		return nil // it is another's
	case errors.Is(cause, errStopped), errors.Is(err, errStopped):
		e = Ending{State: StateStopped, At: now}
	case cause != nil: // this node stops: any other may go on at once
		e = Ending{State: StateWaiting, At: now, Due: now}
	case passes(err) && r.Job.Turn < tries:
		s.opt.Log.WarnContext(ctx, "job will be tried again", "job", r.Job.ID, "kind", string(r.Job.Kind), "err", err)
		e = Ending{State: StateWaiting, At: now, Due: now.Add(time.Duration(r.Job.Turn) * s.opt.Lease)}
	default:
		s.opt.Log.WarnContext(ctx, "job failed", "job", r.Job.ID, "kind", string(r.Job.Kind), "err", err)
		e = Ending{State: StateFailed, At: now, Trouble: trouble(err)}
	}
	b := r.beat(now, s.opt.Lease)
	if _, berr := s.store.BeatJob(ctx, r.Job, b); berr != nil {
		return lost(berr)
	}
	return lost(s.store.EndJob(ctx, r.Job, e))
}

// lost forgives that a job has become another's.
func lost(err error) error {
	if fault.Is(err, fault.Gone) {
		return nil
	}
	return err
}

// passes tells whether trouble may be over by itself.
func passes(err error) bool {
	k := fault.KindOf(err)
	return k == fault.Internal || k == fault.Unavailable || k == fault.RateLimited
}

// trouble is why it failed, for people.
func trouble(err error) string {
	switch fault.KindOf(err) {
	case fault.Internal:
		return "内部で問題が起きたため、終えられませんでした。もう一度始めても同じときは、システムの担当者に知らせてください。"
	case fault.Unavailable:
		return "保存先につながらないため、終えられませんでした。しばらくしてから、もう一度始めてください。"
	case fault.Forbidden:
		return "始めた人の権限が変わったため、止めました。"
	}
	return fault.Message(err)
}

// pollEvery is how soon a node sees what another took in.
const (
	pollEvery  = 2 * time.Second
	pruneEvery = time.Hour
)

// Run works jobs one by one until ctx ends.
func (s *Service) Run(ctx context.Context) error {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		worked, err := s.Step(ctx)
		if err == nil {
			err = s.prune(ctx)
		}
		if err != nil && ctx.Err() == nil {
			s.opt.Log.WarnContext(ctx, "will be tried again", "work", "jobs", "err", err)
		}
		if worked && err == nil && ctx.Err() == nil {
			continue
		}
		select {
		case <-ctx.Done():
			return nil
		case <-s.wake:
		case <-tick.C:
		}
	}
}

// prune removes what is old enough.
func (s *Service) prune(ctx context.Context) error {
	now := s.now()
	s.mu.Lock()
	due := now.Sub(s.pruned) >= pruneEvery
	if due {
		s.pruned = now
	}
	s.mu.Unlock()
	if !due {
		return nil
	}
	towns, err := s.store.ListMunicipalities(ctx)
	for _, m := range towns {
		if err == nil {
			err = s.store.PruneJobs(ctx, m.ID, now.Add(-s.opt.Keep))
		}
	}
	return err
}
