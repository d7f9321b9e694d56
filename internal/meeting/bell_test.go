package meeting_test

import (
	"context"
	"testing"

	"kasane/internal/consent"
	"kasane/internal/live"
)

// bells counts how often screens of a meeting were told to look.
type bells struct {
	rung int
	docs []string
}

func (b *bells) MeetingChanged(context.Context, string, string, int64) { b.rung++ }
func (b *bells) DocsChanged(_ context.Context, _, _ string, ids []string) {
	b.docs = append(b.docs, ids...)
}

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

// TestCarriedRowsRing: who has the document open that rows were carried into sees them at once.
func TestCarriedRowsRing(t *testing.T) {
	t.Parallel()
	w, _ := heard(t)
	w.grant(allItems, "a3")
	b := &bells{}
	w.svc.Tell = b
	if _, err := w.svc.Carry(w.ctx, w.sec, w.id, w.choose(saidBasic)); err != nil {
		t.Fatal(err)
	}
	if into := w.doc(live.KindMinutes, "p1", consent.ItemBasic); b.rung != 1 || len(b.docs) != 1 || b.docs[0] != into {
		t.Errorf("the bell rang %d times, for %v, want %s", b.rung, b.docs, into)
	}
}
