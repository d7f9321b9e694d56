package meeting_test

import (
	"slices"
	"strings"
	"testing"

	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/meeting"
)

// TestStripIsTheGate: the strip promises an agency no item of the household that the gate would not give it.
func TestStripIsTheGate(t *testing.T) {
	t.Parallel()
	for _, mode := range []consent.Mode{consent.ModeLayered, consent.ModeSupport} {
		for _, c := range []struct {
			name   string
			change func(*world, *meeting.Facts)
		}{
			{"as it is", func(*world, *meeting.Facts) {}},
			{"the subject is withheld from it", func(_ *world, f *meeting.Facts) { f.Persons[0].WithheldFrom = []string{"a3"} }},
			{"somebody else is withheld from it", func(_ *world, f *meeting.Facts) { f.Persons[1].WithheldFrom = []string{"a3"} }},
			{"the subject is withheld from another", func(_ *world, f *meeting.Facts) { f.Persons[0].WithheldFrom = []string{"a4"} }},
			{"secret address", func(_ *world, f *meeting.Facts) { f.Persons[1].AddressSecret = true }},
			{"no subject", func(_ *world, f *meeting.Facts) { f.Persons[0].Subject = false }},
			{"removed from the case", func(w *world, f *meeting.Facts) {
				until := w.clock.now()
				f.Members[2].Until = &until
			}},
		} {
			w := newWorld(t)
			w.grant([]consent.Item{consent.ItemBasic, consent.ItemAddress, consent.ItemCare}, "a1", "a2", "a3")
			w.create(mode, "支援が要る")
			w.seated()
			w.store.Edit(func(f *meeting.Facts) { c.change(w, f) })
			var said []consent.Item
			for _, a := range w.room(w.chair).Consent.Agencies {
				if a.AgencyID == "a3" {
					said = a.Items
					if a.All {
						said = consent.Items()
					}
				}
			}
			var gate []consent.Item
			v, err := w.svc.Gate.View(w.ctx, w.hk, w.id, "c")
			if err != nil && !fault.Is(err, fault.NotFound) { // not found: nothing of the case is its any more
				t.Fatal(err)
			}
			for _, p := range v.Persons {
				for _, i := range p.Items {
					if i.Allow && p.PersonID == "" {
						gate = append(gate, i.Item)
					}
				}
			}
			if !slices.Equal(said, gate) {
				t.Errorf("%s, %s: the strip says %v, the gate %v", mode, c.name, said, gate)
			}
		}
	}
}

// The band says until when the consent is in force in the calendar of the office.
func TestStripSaysTheDayInWareki(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2", "a3")
	w.create(consent.ModeLayered, "")
	if got := w.room(w.chair).Consent; !strings.HasSuffix(got.Label, "（本人同意 "+jptime.DateOf(got.Until.Add(-1)).Wareki()+"まで有効）") || !strings.Contains(got.Label, "令和") {
		t.Error(got.Label)
	}
}
