package store_test

import (
	"context"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/meeting"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// 開催通知 are counted for their meeting and kept as they were printed, each with its entry or not at all.
func TestKeptNotices(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		made := time.Date(2026, 11, 25, 1, 2, 3, 0, time.UTC)
		keep := func(id, doc string) error {
			return s.KeepNotice(ctx, meeting.KeptNotice{Tenant: tenant, MeetingID: id, At: made, SHA256: "f", Doc: []byte(doc)}, w.Holder.Audit(made, access.VerbNotice, id))
		}
		before := store.Count(ctx, s, "audit_entry")
		for _, doc := range []string{`{"Number":"1"}`, `{"Number":"2"}`} {
			if err := keep("g1", doc); err != nil {
				t.Fatal(err)
			}
		}
		if err := keep("g9", "{}"); !fault.Is(err, fault.NotFound) {
			t.Errorf("of no meeting: %v", err)
		}
		if n := store.Count(ctx, s, "audit_entry"); n != before+2 {
			t.Errorf("two notices left %d entries", n-before)
		}
		got, err := s.KeptNotices(ctx, tenant, "g1")
		if err != nil || len(got) != 2 || got[0].N != 1 || got[1].N != 2 || string(got[1].Doc) != `{"Number":"2"}` || !got[0].At.Equal(made) || got[0].SHA256 != "f" {
			t.Errorf("%+v %v", got, err)
		}
		for tenant, id := range map[string]string{"m9": "g1", tenant: "g9"} {
			if got, err := s.KeptNotices(ctx, tenant, id); err != nil || len(got) != 0 {
				t.Errorf("%s %s: %+v %v", tenant, id, got, err)
			}
		}
	})
}
