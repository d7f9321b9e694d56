package consent_test

import (
	"testing"
	"time"

	. "kasane/internal/consent"
)

// The newest word of a person counts, and a word is spoken when it is given, not when it begins to hold.
func TestTheNewestWordCounts(t *testing.T) {
	on := func(day, hour int) time.Time {
		return time.Date(2026, 6, day, hour, 0, 0, 0, time.FixedZone("JST", 9*3600))
	}
	word := func(id string, s State, from, recorded time.Time) Record {
		return Record{ID: id, PersonID: "p", State: s, From: from, Until: from.AddDate(1, 0, 0), RecordedAt: recorded}
	}
	gone := func(r Record, at time.Time) Record {
		r.Withdrawals = []Withdrawal{{ID: "w", RecordID: r.ID, At: at}}
		return r
	}
	for name, c := range map[string]struct {
		records []Record
		at      time.Time
		want    string
	}{
		"a no spoken after a yes that begins later":                     {[]Record{word("yes", StateGranted, on(15, 0), on(1, 10)), word("no", StateRefused, on(10, 0), on(10, 10))}, on(20, 0), "no"},
		"a no spoken on the day of such a yes":                          {[]Record{word("yes", StateGranted, on(11, 0), on(10, 9)), word("no", StateRefused, on(10, 0), on(10, 10))}, on(20, 0), "no"},
		"a yes spoken after a no":                                       {[]Record{word("no", StateRefused, on(10, 0), on(10, 10)), word("yes", StateGranted, on(15, 0), on(12, 10))}, on(20, 0), "yes"},
		"and not begun":                                                 {[]Record{word("no", StateRefused, on(10, 0), on(10, 10)), word("yes", StateGranted, on(15, 0), on(12, 10))}, on(14, 0), "no"},
		"an older paper written down later":                             {[]Record{word("no", StateRefused, on(10, 0), on(10, 10)), word("yes", StateGranted, on(5, 0), on(12, 10))}, on(20, 0), "no"},
		"a renewal, once it begins":                                     {[]Record{word("old", StateGranted, on(1, 0), on(1, 10)), word("new", StateGranted, on(15, 0), on(10, 10))}, on(16, 0), "new"},
		"two yeses, the first begins last":                              {[]Record{word("first", StateGranted, on(15, 0), on(1, 10)), word("second", StateGranted, on(10, 0), on(10, 10))}, on(20, 0), "second"},
		"a yes that was to begin, and everything was taken back before": {[]Record{gone(word("first", StateGranted, on(1, 0), on(1, 10)), on(10, 12)), word("next", StateGranted, on(15, 0), on(5, 10))}, on(20, 0), "first"},
		"a yes after everything was taken back":                         {[]Record{gone(word("first", StateGranted, on(1, 0), on(1, 10)), on(10, 12)), word("next", StateGranted, on(15, 0), on(12, 10))}, on(20, 0), "next"},
		"a yes on the day, after everything was taken back":             {[]Record{gone(word("first", StateGranted, on(1, 0), on(1, 10)), on(10, 12)), word("next", StateGranted, on(10, 0), on(10, 13))}, on(20, 0), "next"},
		"two words of one day":                                          {[]Record{word("second", StateGranted, on(10, 0), on(10, 11)), word("first", StateRefused, on(10, 9), on(10, 10))}, on(20, 0), "second"},
	} {
		for range 2 {
			if r, ok := InForce("p", c.at, c.records); !ok || r.ID != c.want {
				t.Errorf("%s: %q counts, not %q", name, r.ID, c.want)
			}
			c.records[0], c.records[1] = c.records[1], c.records[0]
		}
	}
}
