package archive

import (
	"testing"
	"time"
)

func TestKeep(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		day         string
		years       int
		from, until string
	}{
		{"2026-04-01T00:00:00+09:00", 5, "2027-04-01", "2032-03-31"},
		{"2026-12-31T23:59:59+09:00", 5, "2027-04-01", "2032-03-31"},
		{"2027-03-31T23:59:59+09:00", 5, "2027-04-01", "2032-03-31"},
		{"2027-03-31T15:00:00Z", 1, "2028-04-01", "2029-03-31"}, // already 1 April in Japan
		{"2027-03-31T14:59:59Z", 1, "2027-04-01", "2028-03-31"},
		{"2026-06-01T09:00:00+09:00", 30, "2027-04-01", "2057-03-31"},
		{"2026-06-01T09:00:00+09:00", 0, "2027-04-01", ""},
	} {
		at, err := time.Parse(time.RFC3339, c.day)
		if err != nil {
			t.Fatal(err)
		}
		got := Keep(ClassMinutes, c.years, at)
		if got.From != c.from || got.Until != c.until || got.Class != ClassMinutes || got.Years != c.years {
			t.Errorf("%s, %d years: %+v", c.day, c.years, got)
		}
	}
}

// Each field of a record counts in its chain hash.
func TestChainCoversEverything(t *testing.T) {
	t.Parallel()
	base := Record{Tenant: "m1", ID: "r1", Seq: 1, Number: "1号", Kind: KindPlan, Title: "t", State: StateSealed, Version: 1, SealedAt: time.Unix(1, 0)}
	seen := map[string]int{Chain(base): -1}
	for i, change := range []func(*Record){
		func(r *Record) { r.Tenant = "m2" }, func(r *Record) { r.ID = "x" }, func(r *Record) { r.Seq = 2 }, func(r *Record) { r.Number = "x" },
		func(r *Record) { r.Kind = KindMatrix }, func(r *Record) { r.Title = "x" }, func(r *Record) { r.State = StateDraft },
		func(r *Record) { r.CaseID = "x" }, func(r *Record) { r.CaseNumber = "x" }, func(r *Record) { r.MeetingID = "x" },
		func(r *Record) { r.MeetingDay = time.Unix(9, 0) }, func(r *Record) { r.Version = 2 }, func(r *Record) { r.Replaces = "x" },
		func(r *Record) { r.FileName = "x" }, func(r *Record) { r.FileSHA256 = "x" }, func(r *Record) { r.ContentSHA256 = "x" },
		func(r *Record) { r.Pages = 1 }, func(r *Record) { r.Size = 1 }, func(r *Record) { r.Renderer = "x" },
		func(r *Record) { r.Retention.Class = "x" }, func(r *Record) { r.Retention.Years = 1 }, func(r *Record) { r.Retention.From = "x" },
		func(r *Record) { r.Retention.Until = "x" }, func(r *Record) { r.SealedAt = time.Unix(9, 0) }, func(r *Record) { r.SealedBy = "x" },
		func(r *Record) { r.AuditCheckpoint = "x" }, func(r *Record) { r.PrevHash = "x" },
	} {
		r := base
		change(&r)
		h := Chain(r)
		if j, ok := seen[h]; ok {
			t.Errorf("changes %d and %d give one hash", i, j)
		}
		seen[h] = i
	}
}
