// Package livetest holds the contract of live.Store as a suite of tests, and a Store in memory for tests of those who use one.
package livetest

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"kasane/internal/fault"
	"kasane/internal/live"
)

// Memory is a live.Store for tests. Its hooks let a test block or fail a commit.
type Memory struct {
	now func() time.Time

	mu     sync.Mutex
	docs   map[key]*document
	before func([]live.Batch) error
	read   func() error
	calls  []int // batches of each AppendDocs call that was let through
}

type key struct{ tenant, id string }

type document struct {
	meta    live.Meta
	rows    []live.Row
	snap    []byte
	snapSeq int64
	clients map[uint64]string
}

var _ live.Store = (*Memory)(nil)

// NewMemory makes an empty store.
func NewMemory(now func() time.Time) *Memory {
	return &Memory{now: now, docs: map[key]*document{}}
}

// Seed puts a document; Head starts at 0.
func (s *Memory) Seed(m live.Meta) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m.Head = 0
	s.docs[key{m.Tenant, m.ID}] = &document{meta: m, clients: map[uint64]string{}}
}

// Change alters what is known of a document, as freezing, revoking and restoring do.
func (s *Memory) Change(tenant, id string, f func(*live.Meta)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if d := s.docs[key{tenant, id}]; d != nil {
		f(&d.meta)
	}
}

// Remove takes a document away, as disposal does.
func (s *Memory) Remove(tenant, id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.docs, key{tenant, id})
}

// BeforeAppend sets a hook that runs, without lock, before each AppendDocs takes effect; its error fails the call.
func (s *Memory) BeforeAppend(f func([]live.Batch) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.before = f
}

// BeforeRead sets a hook that may fail or hold every reading call.
func (s *Memory) BeforeRead(f func() error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.read = f
}

// Appends tells how many batches each AppendDocs call held.
func (s *Memory) Appends() []int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// Rows is the log of a document.
func (s *Memory) Rows(tenant, id string) []live.Row {
	s.mu.Lock()
	defer s.mu.Unlock()
	if d := s.docs[key{tenant, id}]; d != nil {
		return slices.Clone(d.rows)
	}
	return nil
}

// get begins a reading call; the lock is held on success.
func (s *Memory) get(ctx context.Context, tenant, id string) (*document, error) {
	if err := s.gate(ctx); err != nil {
		return nil, err
	}
	d := s.docs[key{tenant, id}]
	if d == nil {
		s.mu.Unlock()
		return nil, fault.New(fault.NotFound, "")
	}
	return d, nil
}

func (s *Memory) gate(ctx context.Context) error {
	s.mu.Lock()
	hook := s.read
	s.mu.Unlock()
	if hook != nil {
		if err := hook(); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return fault.Wrap(fault.Unavailable, err, "")
	}
	s.mu.Lock()
	return nil
}

// DocMeta implements live.Store.
func (s *Memory) DocMeta(ctx context.Context, tenant, id string) (live.Meta, error) {
	d, err := s.get(ctx, tenant, id)
	if err != nil {
		return live.Meta{}, err
	}
	defer s.mu.Unlock()
	return d.meta, nil
}

// LoadDoc implements live.Store.
func (s *Memory) LoadDoc(ctx context.Context, tenant, id string) (live.Loaded, error) {
	d, err := s.get(ctx, tenant, id)
	if err != nil {
		return live.Loaded{}, err
	}
	defer s.mu.Unlock()
	return live.Loaded{Meta: d.meta, Snapshot: slices.Clone(d.snap), SnapSeq: d.snapSeq,
		Rows: slices.Clone(d.rows[d.snapSeq:]), Clients: maps.Clone(d.clients)}, nil
}

// Since implements live.Store.
func (s *Memory) Since(ctx context.Context, tenant, id string, seq int64) ([]live.Row, error) {
	d, err := s.get(ctx, tenant, id)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	if seq >= int64(len(d.rows)) {
		return nil, nil
	}
	return slices.Clone(d.rows[max(seq, 0):]), nil
}

// AppendDocs implements live.Store.
func (s *Memory) AppendDocs(ctx context.Context, batches []live.Batch) ([]live.Appended, error) {
	s.mu.Lock()
	hook := s.before
	s.mu.Unlock()
	if hook != nil {
		if err := hook(batches); err != nil {
			return nil, err
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, len(batches))
	out := make([]live.Appended, len(batches))
	for i, b := range batches {
		out[i] = s.append(b)
	}
	return out, nil
}

func (s *Memory) append(b live.Batch) live.Appended {
	d := s.docs[key{b.Tenant, b.DocID}]
	switch {
	case d == nil:
		return live.Appended{Err: fault.New(fault.NotFound, "")}
	case d.meta.Epoch != b.Epoch:
		return live.Appended{Err: fault.New(fault.Gone, "")}
	case d.meta.Frozen:
		return live.Appended{Err: fault.New(fault.Conflict, "")}
	case b.AccessVersion != 0 && b.AccessVersion != d.meta.AccessVersion:
		return live.Appended{Err: fault.New(fault.Conflict, "")}
	}
	for c, user := range b.Clients {
		if have, ok := d.clients[c]; ok && have != user {
			return live.Appended{Err: fault.New(fault.Forbidden, "")}
		}
	}
	maps.Copy(d.clients, b.Clients)
	a := live.Appended{From: d.meta.Head + 1, At: s.now().UTC().Truncate(time.Microsecond)}
	for _, r := range b.Rows {
		d.meta.Head++
		r.Seq, r.At, r.Update = d.meta.Head, a.At, slices.Clone(r.Update)
		d.rows = append(d.rows, r)
	}
	a.To = d.meta.Head
	return a
}

// Heads implements live.Store.
func (s *Memory) Heads(ctx context.Context, tenant string, ids []string) (map[string]live.Head, error) {
	if err := s.gate(ctx); err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	out := map[string]live.Head{}
	for _, id := range ids {
		if d := s.docs[key{tenant, id}]; d != nil {
			out[id] = live.Head{Head: d.meta.Head, Epoch: d.meta.Epoch, Frozen: d.meta.Frozen, AccessVersion: d.meta.AccessVersion}
		}
	}
	return out, nil
}

// PutSnapshot implements live.Store.
func (s *Memory) PutSnapshot(ctx context.Context, tenant, id string, seq int64, state []byte) error {
	d, err := s.get(ctx, tenant, id)
	if err != nil {
		return err
	}
	defer s.mu.Unlock()
	if seq > d.meta.Head {
		return fault.New(fault.Invalid, "保存されていない変更の写しは置けません。")
	}
	if seq > d.snapSeq {
		d.snap, d.snapSeq = slices.Clone(state), seq
	}
	return nil
}
