package demo_test

import (
	"bytes"
	"runtime"
	"testing"
	"time"

	"kasane/internal/backup"
	"kasane/internal/meeting"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// TestSamePapersFromBothEngines prints every paper of every meeting of the demo from SQLite and from the same content on PostgreSQL, on one processor
// and on four, twenty times in all: the same record gives the same bytes.
func TestSamePapersFromBothEngines(t *testing.T) {
	open := func(o store.Options) *store.Store {
		s, err := store.Open(ctx, o)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		return s
	}
	now := func() time.Time { return noon }
	lite := open(store.Options{DataDir: t.TempDir(), Now: now})
	first := seed(t, lite, noon)
	if err := lite.SequenceWaiting(ctx); err != nil {
		t.Fatal(err)
	}
	o := store.Options{DatabaseURL: storetest.Empty(t), Now: now}
	if err := store.Restore(ctx, o, func(to backup.Sink) error { return lite.Dump(ctx, "test", to) }); err != nil {
		t.Fatal(err)
	}
	want := first.everyPaper()
	if len(want) < 12 {
		t.Fatalf("%d papers", len(want))
	}
	for _, w := range []*town{first, served(t, open(o), noon)} {
		for _, procs := range []int{1, 4} {
			was := runtime.GOMAXPROCS(procs)
			for run := range 5 {
				for name, got := range w.everyPaper() {
					if !bytes.Equal(got, want[name]) {
						t.Errorf("%s, %d processors, run %d: other bytes (%d, at first %d)", name, procs, run, len(got), len(want[name]))
					}
				}
			}
			runtime.GOMAXPROCS(was)
		}
	}
}

// everyPaper prints what the desk can print of the meetings, by meeting and kind. A paper that there is none of yet is left out.
func (w *town) everyPaper() map[string][]byte {
	w.Helper()
	desk, out := w.as("jimukyoku"), map[string][]byte{}
	for _, m := range w.meetings("") {
		for _, kind := range []meeting.PaperKind{meeting.PaperPlan, meeting.PaperMatrix, meeting.PaperMinutes} {
			if res, _, err := w.meeting.Draft(ctx, desk, m.ID, kind); err == nil {
				out[m.ID+" "+string(kind)] = res.PDF
			}
		}
		if res, _, err := w.meeting.AttendancePaper(ctx, desk, m.ID, true); err == nil {
			out[m.ID+" attendance"] = res.PDF
		}
	}
	return out
}
