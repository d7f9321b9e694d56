package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"kasane/internal/live"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// TestWriterCanBeCancelledWhileItWaits: who waits for another's transaction goes when it is told to; who was told to go before its COMMIT leaves nothing.
func TestWriterCanBeCancelledWhileItWaits(t *testing.T) {
	s, _ := storetest.Open(t, "sqlite")
	makeDocs(t, s, "d1")
	made, release, held := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	holding, cancel := context.WithCancel(context.Background())
	go func() {
		held <- store.Within(holding, s, func(x store.Inside) error {
			close(made)
			<-release
			return x.Exec("UPDATE doc SET head = 7 WHERE id = 'd1'")
		})
	}()
	<-made

	waiting, give := context.WithTimeout(context.Background(), 30*time.Millisecond)
	defer give()
	if _, err := s.AppendDocs(waiting, []live.Batch{batch("d1", 1, "u1", "a")}); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("waiting ended with %v", err)
	}
	cancel()
	close(release)
	if err := <-held; !errors.Is(err, context.Canceled) {
		t.Fatalf("the cancelled one ended with %v", err)
	}
	appendOne(t, s, 1)
}

// TestWriterOutlivesWhatGoesWrong: a failed statement, a panic, a COMMIT that could not be: the next transaction finds the connection as it should be.
func TestWriterOutlivesWhatGoesWrong(t *testing.T) {
	s, _ := storetest.Open(t, "sqlite")
	makeDocs(t, s, "d1")
	for i, wrong := range []func(store.Inside) error{
		func(x store.Inside) error { return x.Exec("INSERT INTO nowhere VALUES (1)") },
		func(x store.Inside) error { return errors.Join(x.Exec("ROLLBACK"), errors.New("ended by the engine")) },
		func(x store.Inside) error { return x.Exec("COMMIT") },
		func(store.Inside) error { panic("oh") },
	} {
		err := func() (err error) {
			defer func() {
				if p := recover(); p != nil {
					err = fmt.Errorf("%v", p)
				}
			}()
			return store.Within(context.Background(), s, wrong)
		}()
		if err == nil {
			t.Fatalf("%d: no error", i)
		}
		appendOne(t, s, int64(i+1))
	}
}

// appendOne appends a row that has to become row seq.
func appendOne(t *testing.T, s *store.Store, seq int64) {
	t.Helper()
	out, err := s.AppendDocs(context.Background(), []live.Batch{batch("d1", 1, "u1", fmt.Sprint(seq))})
	if err != nil || out[0].Err != nil || out[0].To != seq {
		t.Fatalf("append %d: %+v, %v", seq, out, err)
	}
}
