package live_test

import (
	"testing"

	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/live/livetest"
)

// TestDrawingsOfTheHousehold: rows of the chronicle, the genogram and the ecomap are written into documents of the household and of persons, and
// only there; what their keys do not hold is refused.
func TestDrawingsOfTheHousehold(t *testing.T) {
	t.Parallel()
	const id = "/row000000001/"
	for _, tt := range []struct {
		kind  live.Kind
		key   string
		value any
		ok    bool
	}{
		{live.KindSection, "event" + id + "when", "1998", true},
		{live.KindSection, "event" + id + "when", "1998-04", true},
		{live.KindSection, "event" + id + "when", "2024-02-29", true},
		{live.KindSection, "event" + id + "when", "", true},
		{live.KindSection, "event" + id + "when", "2023-02-29", false},
		{live.KindSection, "event" + id + "when", "1998-13", false},
		{live.KindSection, "event" + id + "when", "0998", false},
		{live.KindSection, "event" + id + "when", "平成10年", false},
		{live.KindSection, "event" + id + "agency", "a1", true},
		{live.KindSection, "event" + id + "colour", "red", false},
		{live.KindSection, "kin" + id + "sex", "female", true},
		{live.KindSection, "kin" + id + "sex", "女", false},
		{live.KindSection, "kin" + id + "home", true, true},
		{live.KindSection, "kin" + id + "dead", "はい", false},
		{live.KindSection, "tie" + id + "kind", "divorced", true},
		{live.KindSection, "tie" + id + "kind", "friend", false},
		{live.KindSection, "bond" + id + "kind", "conflict", true},
		{live.KindSection, "bond" + id + "kind", "good", false},
		{live.KindSection, "bond" + id + "end", "a", true},
		{live.KindSection, "bond" + id + "end", "c", false},
		{live.KindSection, "bond" + id + "who", "kin000000001", true},
		{live.KindPlan, "bond" + id + "kind", "conflict", false},
		{live.KindSection, "link" + id + "flow", "both", true},
		{live.KindSection, "link" + id + "kind", "tense", true},
		{live.KindSection, "need" + id + "code", "01", false},
		{live.KindPlan, "event" + id + "when", "1998", false},
		{live.KindMinutes, "link" + id + "kind", "tense", false},
	} {
		d, err := live.NewDocument(live.Loaded{Meta: meta(tt.kind)})
		if err != nil {
			t.Fatal(err)
		}
		c := livetest.NewClient(9)
		ch, err := d.Check(holder, live.Rights{Read: true, Write: true}, c.Set(tt.key, tt.value))
		if err == nil {
			_, err = d.Apply(ch)
		}
		if (err == nil) != tt.ok || err != nil && fault.KindOf(err) == fault.Internal {
			t.Errorf("%s %s = %v: %v, want ok %v", tt.kind, tt.key, tt.value, err, tt.ok)
		}
	}
}

// TestChronicleIsBuilt: what Kasane itself writes of a chronicle reads as a row.
func TestChronicleIsBuilt(t *testing.T) {
	t.Parallel()
	d := empty(t, live.KindSection)
	b := d.Builder()
	b.Row("event", "event0000001", "a0", map[string]any{"when": "1998-04"}, map[string]string{"text": "転居"})
	if _, err := b.Update(); err != nil {
		t.Fatal(err)
	}
	if got := d.Rows("event"); len(got) != 1 || d.Text("event/event0000001/text") != "転居" {
		t.Fatalf("%v", got)
	}
}
