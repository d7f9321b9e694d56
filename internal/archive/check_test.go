package archive

import (
	"testing"
	"time"
)

func TestDue(t *testing.T) {
	t.Parallel()
	at := func(s string) time.Time {
		if s == "" {
			return time.Time{}
		}
		v, err := time.ParseInLocation("2006-01-02 15:04", s, jst)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct {
		last, started, now string
		want               bool
	}{
		{"", "2026-06-01 09:00", "2026-06-01 09:09", false},
		{"", "2026-06-01 09:00", "2026-06-01 09:10", true},
		{"2026-06-01 09:10", "2026-06-01 09:00", "2026-06-01 23:59", false},
		{"2026-06-01 09:10", "2026-06-01 09:00", "2026-06-02 00:59", false},
		{"2026-06-01 09:10", "2026-06-01 09:00", "2026-06-02 01:00", true},
		{"2026-06-02 01:00", "2026-06-01 09:00", "2026-06-02 01:10", false},
		{"2026-06-02 00:59", "2026-06-01 09:00", "2026-06-02 04:59", true},
		{"2026-06-02 00:59", "2026-06-01 09:00", "2026-06-02 05:00", false},
		{"2026-06-01 01:30", "2026-06-01 09:00", "2026-06-02 13:29", false}, // a night was missed: the machine was off
		{"2026-06-01 01:30", "2026-06-01 09:00", "2026-06-02 13:30", true},
	} {
		if got := due(at(c.last), at(c.started), at(c.now)); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}
