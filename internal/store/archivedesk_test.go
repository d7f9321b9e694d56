package store_test

import (
	"context"
	"testing"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/fault"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// The old version is known as such, the new one as the newest, the 案 as a 案; a stranger's scope and another municipality find nothing.
func TestArchiveMatch(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		sealed(t, w)
		svc := archive.NewService(s, (&storetest.Clock{}).Now)
		before := store.Count(ctx, s, "audit_entry")
		for _, c := range []struct {
			file, claims string
			want         archive.Outcome
			version, now int
		}{
			{"%PDF 田中\uFA10子", "", archive.MatchOld, 1, 2},
			{"%PDF 訂正", "x", archive.MatchLatest, 2, 0},
			{"%PDF 役割", "", archive.MatchLatest, 1, 0},
			{"p1", "", archive.MatchDraft, 1, 0},
			{"%PDF 訂正 ", "重層第plan-1号", archive.MatchAltered, 1, 2},
			{"%PDF 訂正 ", "重層第plan-9号", archive.MatchUnknown, 0, 0},
			{"", "", archive.MatchUnknown, 0, 0},
		} {
			m, err := svc.Match(ctx, w.Holder, archive.Sum([]byte(c.file)), c.claims)
			if err != nil || m.Outcome != c.want || (m.Record != nil) != (c.version > 0) || (m.Newest != nil) != (c.now > 0) {
				t.Errorf("%q: %+v %v", c.file, m, err)
				continue
			}
			if m.Record != nil && m.Record.Version != c.version || m.Newest != nil && m.Newest.Version != c.now {
				t.Errorf("%q: %+v, newest %+v", c.file, m.Record, m.Newest)
			}
		}
		if n := store.Count(ctx, s, "audit_entry"); n != before+7 {
			t.Errorf("%d looks left %d entries", 7, n-before)
		}
		sum := archive.Sum([]byte("%PDF 訂正"))
		for _, sc := range []access.Scope{{}, access.ScopeOf(w.Member), {Tenant: "m9", Archive: true}, {Tenant: tenant, All: true}} {
			if f, err := s.ArchiveByHash(ctx, sc, sum); !fault.Is(err, fault.NotFound) {
				t.Errorf("%+v finds %+v %v", sc, f, err)
			}
			if f, err := s.ArchiveByNumber(ctx, sc, "重層第plan-2号"); !fault.Is(err, fault.NotFound) {
				t.Errorf("%+v finds %+v %v", sc, f, err)
			}
		}
	})
}
