package jobs

import (
	"context"
	"encoding/json"
	"log/slog"
	"regexp"
	"sync"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// Work is how jobs of a kind are done.
type Work struct {
	// Do does it and says what came of it. It may be called anew at any time for the same job.
	Do func(ctx context.Context, r *Run) (said string, err error)
	// Give hands the result out; nil: there is none. Everything is asked anew of the actor.
	Give func(ctx context.Context, a access.Actor, m *Made) (Result, error)
}

// Options of the service.
type Options struct {
	Node string
	Keep time.Duration // how long jobs and their results are kept
	Log  *slog.Logger
	Now  func() time.Time
	// Lease is how long a node may be silent before another takes its work; 0: 20 s. Beat is how often it speaks; 0: a tenth of it.
	Lease, Beat time.Duration
}

// Service keeps the jobs and works them.
type Service struct {
	store  Store
	seal   Seal
	people People
	works  map[Kind]Work
	opt    Options
	wake   chan struct{}

	mu     sync.Mutex
	pruned time.Time
}

// New makes the service. Works says how each kind is done.
func New(store Store, seal Seal, people People, works map[Kind]Work, opt Options) *Service {
	if opt.Lease == 0 {
		opt.Lease = 20 * time.Second
	}
	if opt.Beat == 0 {
		opt.Beat = opt.Lease / 10
	}
	return &Service{store: store, seal: seal, people: people, works: works, opt: opt, wake: make(chan struct{}, 1)}
}

func (s *Service) now() time.Time { return s.opt.Now().UTC().Truncate(time.Microsecond) }

// Order is a job as it is asked for.
type Order struct {
	ID    string // made by who asks, so that what is sent twice is one job; "" = a new one
	Kind  Kind
	Asked any      // numbers and ids
	Given [][]byte // sealed until the job ends
}

var idForm = regexp.MustCompile(`^[0-9a-z]{20,40}$`)

// Add takes a job in for somebody, who must be allowed the work.
func (s *Service) Add(ctx context.Context, a access.Actor, o Order) (View, error) {
	if err := access.Require(a, kinds[o.Kind].action); err != nil {
		return View{}, err
	}
	now := s.now()
	if o.ID == "" {
		o.ID = access.NewID(now)
	}
	if !idForm.MatchString(o.ID) {
		return View{}, fault.New(fault.Invalid, "送信の形式が正しくありません。画面を開き直してください。").On("id")
	}
	j, given, err := s.row(ctx, a.Tenant, o, now)
	if err != nil {
		return View{}, err
	}
	j.By = a.UserID
	e := a.Audit(now, access.VerbJobStart, j.ID)
	e.Reason = string(j.Kind)
	out, made, err := s.store.AddJob(ctx, j, given, &e)
	if err != nil {
		return View{}, err
	}
	if !made && (out.By != a.UserID || out.Kind != j.Kind) {
		return View{}, fault.New(fault.Conflict, "この処理は始められませんでした。画面を開き直して、もう一度お試しください。")
	}
	s.nudge()
	return viewOf(a, out), nil
}

// Enqueue takes a job in that goes on by itself. The same id is the same job.
func (s *Service) Enqueue(ctx context.Context, tenant, id string, k Kind) error {
	j, _, err := s.row(ctx, tenant, Order{ID: id, Kind: k}, s.now())
	if err != nil {
		return err
	}
	if _, _, err = s.store.AddJob(ctx, j, nil, nil); err == nil {
		s.nudge()
	}
	return err
}

func (s *Service) row(ctx context.Context, tenant string, o Order, now time.Time) (Job, []Part, error) {
	asked, err := json.Marshal(o.Asked)
	if err != nil {
		return Job{}, nil, err
	}
	j := Job{Tenant: tenant, ID: o.ID, Kind: o.Kind, State: StateWaiting, Asked: string(asked), MadeAt: now, DueAt: now}
	var given []Part
	for n, plain := range o.Given {
		p, err := s.sealed(ctx, j, SideGiven, n, plain)
		if err != nil {
			return j, nil, err
		}
		given = append(given, p)
	}
	return j, given, nil
}

// Note writes a run that did its work already, without the queue: what came of it is looked up with the others. The same id is written once.
func (s *Service) Note(ctx context.Context, tenant, id string, k Kind, begun time.Time, done int, said string) error {
	now := s.now()
	begun = begun.UTC().Truncate(time.Microsecond)
	j := Job{Tenant: tenant, ID: id, Kind: k, State: StateDone, Asked: "null", MadeAt: begun, StartedAt: &begun, BeatAt: &now, EndedAt: &now, Node: s.opt.Node, Turn: 1, Done: done, Total: done, Said: said}
	_, _, err := s.store.AddJob(ctx, j, nil, nil)
	return err
}

// nudge wakes the worker of this node.
func (s *Service) nudge() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}
