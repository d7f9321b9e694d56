// Package storetest gives tests a fresh store on every engine. A missing PostgreSQL fails the test; nothing is skipped.
package storetest

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"kasane/internal/archive"
	"kasane/internal/audit"
	"kasane/internal/store"
)

// Clock is a clock that moves a millisecond at every look, so that rows have an order without waiting.
type Clock struct{ ms atomic.Int64 }

// Start is the first instant of a Clock: 2026-06-01 09:00 JST.
var Start = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

// Now is the next instant.
func (c *Clock) Now() time.Time {
	return Start.Add(time.Duration(c.ms.Add(1)) * time.Millisecond)
}

// Set puts the clock to a moment.
func (c *Clock) Set(at time.Time) { c.ms.Store(at.Sub(Start).Milliseconds()) }

// Advance moves the clock.
func (c *Clock) Advance(d time.Duration) { c.ms.Add(d.Milliseconds()) }

// signer signs the checkpoints of every test.
func signer() *audit.Signer {
	s, err := audit.NewSigner(bytes.Repeat([]byte{5}, 32))
	if err != nil {
		panic(err)
	}
	return s
}

// Trust believes the signer of the tests.
func Trust() archive.Trust { return archive.Trust{Keys: audit.Keys{signer().Public()}} }

// Each runs fn against a fresh, empty store of every engine, in parallel subtests "sqlite" and "postgres".
func Each(t *testing.T, fn func(t *testing.T, s *store.Store)) {
	t.Helper()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			s, _ := Open(t, engine)
			fn(t, s)
		})
	}
}

// Open gives a fresh store of one engine with its clock; it is closed at the end of the test.
func Open(t testing.TB, engine string) (*store.Store, *Clock) {
	t.Helper()
	clock := &Clock{}
	o := Options(t, engine)
	o.Now = clock.Now
	s, err := store.Open(context.Background(), o)
	if err != nil {
		t.Fatalf("storetest: %s: %v", engine, err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("storetest: close: %v", err)
		}
	})
	return s, clock
}

// OpenRaw is Open on SQLite, with a connection of its own to the database, to do things behind the store's back.
func OpenRaw(t testing.TB) (*store.Store, *Clock, *sql.DB) {
	t.Helper()
	clock := &Clock{}
	o := Options(t, "sqlite")
	o.Now = clock.Now
	s, err := store.Open(context.Background(), o)
	if err != nil {
		t.Fatalf("storetest: %v", err)
	}
	raw, err := sql.Open("sqlite", "file:"+filepath.Join(o.DataDir, "kasane.db")+"?_pragma=busy_timeout(10000)")
	if err != nil {
		t.Fatalf("storetest: %v", err)
	}
	t.Cleanup(func() {
		if err := errors.Join(raw.Close(), s.Close()); err != nil {
			t.Errorf("storetest: close: %v", err)
		}
	})
	return s, clock, raw
}

// Options names a fresh place for a database of one engine, without opening it.
func Options(t testing.TB, engine string) store.Options {
	t.Helper()
	o := store.Options{Now: time.Now, Log: slog.New(slog.DiscardHandler), Signer: signer()}
	switch engine {
	case "sqlite":
		o.DataDir = t.TempDir()
	case "postgres":
		o.DatabaseURL = database(t)
		o.MaxConns = 8
	default:
		t.Fatalf("storetest: engine %q", engine)
	}
	return o
}
