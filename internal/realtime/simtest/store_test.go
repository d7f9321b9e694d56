package simtest

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/live/livetest"
)

// database is the store and the gate as one node reaches them: every question takes time, and may fail, hang, or be answered to nobody.
type database struct {
	w   *world
	log *livetest.Memory
	out <-chan struct{} // closed when the node is no more

	mu       sync.Mutex
	rnd      *rand.Rand
	cut      cutKind
	gate     cutKind // of the gate's answers alone: the log works
	noAppend float64 // chance that an append fails though nothing was stored
	lost     float64 // chance that an append is stored and its answer lost
	noRead   float64
	crash    crashKind
	crashed  func()
	trouble  time.Time // the last time something was wrong
}

type cutKind uint8

const (
	cutNone  cutKind = iota
	cutQuick         // refused at once
	cutHang          // no answer until the caller gives up
)

type crashKind uint8

const (
	crashNone crashKind = iota
	crashBefore
	crashAfter
)

var errStore = fault.New(fault.Unavailable, "simtest: store away")

func (d *database) locked(f func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f()
}

// pause waits for 0.3 to 4 ms, and fails when the caller or the node ends meanwhile.
func (d *database) pause(ctx context.Context) error {
	var n time.Duration
	d.locked(func() { n = time.Duration(300_000 + d.rnd.IntN(4_000_000)) })
	return d.sleep(ctx, n)
}

func (d *database) sleep(ctx context.Context, n time.Duration) error {
	t := time.NewTimer(n)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return fault.Wrap(fault.Unavailable, ctx.Err(), "")
	case <-d.out:
		return errStore
	}
}

// reach gets to the database or fails; hits counts what else may go wrong on the way.
func (d *database) reach(ctx context.Context, chance func() float64) error {
	var cut cutKind
	var bad bool
	d.locked(func() {
		cut, bad = d.cut, d.rnd.Float64() < chance()
		if cut != cutNone || bad {
			d.trouble = time.Now()
		}
	})
	switch {
	case cut == cutHang:
		return d.sleep(ctx, time.Hour)
	case cut == cutQuick, bad:
		_ = d.pause(ctx)
		return errStore
	}
	return d.pause(ctx)
}

func (d *database) reading(ctx context.Context) error {
	return d.reach(ctx, func() float64 { return d.noRead })
}

// AppendDocs implements live.Store.
func (d *database) AppendDocs(ctx context.Context, batches []live.Batch) ([]live.Appended, error) {
	if err := d.reach(ctx, func() float64 { return d.noAppend }); err != nil {
		return nil, err
	}
	var lost bool
	var crash crashKind
	var crashed func()
	d.locked(func() {
		lost = d.rnd.Float64() < d.lost
		crash, crashed, d.crash = d.crash, d.crashed, crashNone
	})
	if crash == crashBefore {
		crashed()
		return nil, errStore
	}
	// From here on the log has it, whatever becomes of the caller.
	out, err := d.log.AppendDocs(context.WithoutCancel(ctx), batches)
	if crash == crashAfter {
		crashed()
		return nil, errStore
	}
	if e := d.pause(ctx); e != nil {
		return nil, e
	}
	if lost {
		return nil, errStore
	}
	return out, err
}

// DocMeta implements live.Store.
func (d *database) DocMeta(ctx context.Context, tenant, id string) (live.Meta, error) {
	if err := d.reading(ctx); err != nil {
		return live.Meta{}, err
	}
	m, err := d.log.DocMeta(ctx, tenant, id)
	if e := d.pause(ctx); e != nil {
		return live.Meta{}, e
	}
	return m, err
}

// LoadDoc implements live.Store.
func (d *database) LoadDoc(ctx context.Context, tenant, id string) (live.Loaded, error) {
	if err := d.reading(ctx); err != nil {
		return live.Loaded{}, err
	}
	l, err := d.log.LoadDoc(ctx, tenant, id)
	if e := d.pause(ctx); e != nil {
		return live.Loaded{}, e
	}
	return l, err
}

// Since implements live.Store.
func (d *database) Since(ctx context.Context, tenant, id string, seq int64) ([]live.Row, error) {
	if err := d.reading(ctx); err != nil {
		return nil, err
	}
	rows, err := d.log.Since(ctx, tenant, id, seq)
	if e := d.pause(ctx); e != nil {
		return nil, e
	}
	return rows, err
}

// Heads implements live.Store.
func (d *database) Heads(ctx context.Context, tenant string, ids []string) (map[string]live.Head, error) {
	if err := d.reading(ctx); err != nil {
		return nil, err
	}
	h, err := d.log.Heads(ctx, tenant, ids)
	if e := d.pause(ctx); e != nil {
		return nil, e
	}
	return h, err
}

// PutSnapshot implements live.Store.
func (d *database) PutSnapshot(ctx context.Context, tenant, id string, seq int64, state []byte) error {
	if err := d.reading(ctx); err != nil {
		return err
	}
	return d.log.PutSnapshot(ctx, tenant, id, seq, state)
}

// Round implements live.Gate.
func (d *database) Round() live.Gate { return d }

// Rights implements live.Gate.
func (d *database) Rights(ctx context.Context, a access.Actor, _ string, m live.Meta) (live.Rights, error) {
	if err := d.reading(ctx); err != nil {
		return live.Rights{}, err
	}
	var gate cutKind
	d.locked(func() {
		if gate = d.gate; gate != cutNone {
			d.trouble = time.Now()
		}
	})
	switch gate {
	case cutHang:
		return live.Rights{}, d.sleep(ctx, time.Hour)
	case cutQuick:
		return live.Rights{}, errStore
	}
	return d.w.consent.rights(a.UserID, m.ID), nil
}

// consent is what the gate says, and since when.
type consent struct {
	mu sync.Mutex
	no map[[2]string]refusal // by user and document
}

type refusal struct {
	since  time.Time
	reason string
	write  bool // only writing is refused
}

func (c *consent) rights(user, doc string) live.Rights {
	c.mu.Lock()
	defer c.mu.Unlock()
	r, no := c.no[[2]string{user, doc}]
	switch {
	case !no:
		return live.Rights{Read: true, Write: true}
	case r.write:
		return live.Rights{Read: true, Reason: r.reason}
	}
	return live.Rights{Reason: r.reason}
}

// unread tells since when a user may not read a document.
func (c *consent) unread(user, doc string) (time.Time, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	r, no := c.no[[2]string{user, doc}]
	return r.since, no && !r.write
}

func (c *consent) set(user, doc string, r *refusal) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k := [2]string{user, doc}
	if r == nil {
		delete(c.no, k)
		return
	}
	if old, was := c.no[k]; was && !old.write && !r.write {
		r.since = old.since
	}
	c.no[k] = *r
}
