package meeting_test

import (
	"context"
	"testing"

	"kasane/internal/consent"
)

// bells counts how often screens of a meeting were told to look.
type bells struct{ rung int }

func (b *bells) MeetingChanged(context.Context, string, string, int64) { b.rung++ }
func (b *bells) DocsChanged(context.Context, string, string, []string) {}

// TestANewDocumentRings: who has the minutes open learns at once that there is a new document, and only when it is new.
func TestANewDocumentRings(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.create(consent.ModeLayered, "")
	b := &bells{}
	w.svc.Tell = b
	for range 2 {
		if _, err := w.svc.EnsureDoc(w.ctx, w.sec, w.id, "p1", consent.ItemIncome); err != nil {
			t.Fatal(err)
		}
	}
	if b.rung != 1 {
		t.Errorf("the bell rang %d times, want once", b.rung)
	}
}
