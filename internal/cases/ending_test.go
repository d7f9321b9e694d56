package cases

import (
	"errors"
	"strings"
	"testing"

	"kasane/internal/fault"
)

// TestEndOfACase: a case that had a plan ends with the agency that accepted to come after, or with a reason that is kept.
func TestEndOfACase(t *testing.T) {
	t.Parallel()
	to := func(w *world, in StageInput) error {
		_, err := w.SetStage(ctx, secretary, w.c.ID, in)
		return err
	}
	running := func() *world {
		w := newWorld(t)
		w.f.cases[0].Stage = StageSupporting
		return w
	}
	w := running() // never had a plan: 情報提供のみで終了
	if err := to(w, StageInput{Stage: StageClosed, Version: 1, Code: "01"}); err != nil || w.f.ending.Last.LeadID != "" {
		t.Errorf("without a plan: %v", err)
	}
	w = running()
	w.f.ending.Planned = true
	err := to(w, StageInput{Stage: StageClosed, Version: 1, Code: "04", Reason: " "})
	var e *fault.Error
	if !errors.As(err, &e) || e.Kind != fault.Conflict || e.Field != "reason" || w.f.cases[0].Stage != StageSupporting || w.f.ending.Last != nil {
		t.Errorf("nobody accepted: %v", err)
	}
	if err := to(w, StageInput{Stage: StageClosed, Version: 1, Code: "04", Reason: strings.Repeat("長", 501)}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a reason without end: %v", err)
	}
	if err := to(w, StageInput{Stage: StageClosed, Version: 1, Code: "04", Reason: "転居"}); err != nil || w.f.ending.Last.Reason != "転居" || w.f.ending.Last.ByName != secretary.Name {
		t.Errorf("with a reason: %+v %v", w.f.ending.Last, err)
	}
	d, err := w.Get(ctx, secretary, "", w.c.ID)
	if err != nil || d.End == nil || d.End.Reason != "転居" {
		t.Errorf("on the page of who holds the record: %+v %v", d.End, err)
	}
	if d, err = w.Get(ctx, houkatsu, "", w.c.ID); err != nil || d.End != nil {
		t.Errorf("on the page of an agency: %+v %v", d.End, err)
	}
	w = running()
	w.f.ending = Ending{Planned: true, LeadID: "a3", LeadName: "包括"}
	if err := to(w, StageInput{Stage: StageClosed, Version: 1, Code: "04", Reason: "要らない"}); err != nil || w.f.ending.Last.LeadID != "a3" || w.f.ending.Last.Reason != "" {
		t.Errorf("with somebody who accepted: %+v %v", w.f.ending.Last, err)
	}
	if err := to(w, StageInput{Stage: StageReceived, Version: 2}); err != nil {
		t.Errorf("再受付: %v", err)
	}
}
