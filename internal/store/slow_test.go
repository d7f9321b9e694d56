package store_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

type lockedLog struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}
func (l *lockedLog) String() string { l.mu.Lock(); defer l.mu.Unlock(); return l.b.String() }

// A slow statement is told of with its text and the request it was run for, never with what was asked, and once a minute.
func TestSlowStatementsAreTold(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var log lockedLog
		store.TellSlow(s, slog.New(slog.NewTextHandler(&log, nil)))
		ctx := access.WithRequest(context.Background(), "01request")
		for range 3 {
			if _, err := s.AccountByLogin(ctx, "t", "乙姫の利用者"); err == nil {
				t.Fatal("there is somebody")
			}
		}
		if err := s.AppendAudit(ctx, access.Actor{Tenant: "t", UserID: "u"}.Audit(storetest.Start, access.VerbSignIn, "乙姫")); err != nil {
			t.Fatal(err)
		}
		got := log.String()
		for _, must := range []string{`msg="slow query" request=01request`, "FROM app_user u WHERE u.tenant = $1 AND u.login = $2", "INSERT INTO audit_entry"} {
			if !strings.Contains(got, must) {
				t.Errorf("not said: %s\n%s", must, got)
			}
		}
		if strings.Contains(got, "乙姫") {
			t.Errorf("what was asked is said: %s", got)
		}
		if n, last := s.Slow(); n < 4 || time.Since(last) > time.Minute {
			t.Errorf("%d slow ones, the last at %v", n, last)
		}
		if n := strings.Count(got, "u.login = $2"); n != 1 {
			t.Errorf("said %d times within a minute", n)
		}
	})
}

// What a monitor asks of the database: sessions that hold, entries without a number, and meetings that wait for their seal.
func TestLoad(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		w := storetest.NewWorld(t, s, "m1")
		if err := s.SequenceWaiting(ctx); err != nil {
			t.Fatal(err)
		}
		before, err := s.Load(ctx)
		if err != nil || before.AuditWaiting != 0 || before.Closings != 0 || !before.ClosingSince.IsZero() {
			t.Fatalf("%+v %v", before, err)
		}
		at, waits, err := s.NewestCheckpoint(ctx, w.Holder.Tenant)
		if err != nil || at.IsZero() || !waits.IsZero() {
			t.Errorf("%v %v %v", at, waits, err)
		}
		e := w.Holder.Audit(storetest.Start.Add(time.Minute), access.VerbSignIn, "")
		if err := s.AppendAudit(ctx, e); err != nil {
			t.Fatal(err)
		}
		if err := store.Exec(ctx, s, `INSERT INTO meeting_closing (tenant, meeting_id, seq, at, by_user, heads, numbers, checkpoint, facts, lease_by, lease_until)
			VALUES ($1,'g1',1,$2,'u','{}','{}','',$3,'',0)`, w.Holder.Tenant, storetest.Start.UnixMicro(), []byte("{}")); err != nil {
			t.Fatal(err)
		}
		for _, expires := range []time.Time{storetest.Start.AddDate(1, 0, 0), storetest.Start.AddDate(-1, 0, 0)} {
			if err := store.Exec(ctx, s, `INSERT INTO session (tenant, hash, user_id, guest_id, created_at, last_seen, expires_at, ip, stage, factor, device)
				VALUES ($1,$2,$3,'',0,0,$4,'','','','')`, w.Holder.Tenant, expires.String(), w.Holder.UserID, expires.UnixMicro()); err != nil {
				t.Fatal(err)
			}
		}
		l, err := s.Load(ctx)
		if err != nil || l.AuditWaiting != 1 || l.Closings != 1 || !l.ClosingSince.Equal(storetest.Start) || l.Sessions != before.Sessions+1 {
			t.Errorf("%+v %v", l, err)
		}
		if _, waits, err := s.NewestCheckpoint(ctx, w.Holder.Tenant); err != nil || !waits.Equal(e.At) {
			t.Errorf("%v %v", waits, err)
		}
		if n, since, err := s.Waits(ctx, w.Holder.Tenant); err != nil || n != 1 || !since.Equal(storetest.Start) {
			t.Errorf("%d %v %v", n, since, err)
		}
		if n, since, err := s.Waits(ctx, "m2"); err != nil || n != 0 || !since.IsZero() {
			t.Errorf("another municipality's: %d %v %v", n, since, err)
		}
	})
}
