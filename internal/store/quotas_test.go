package store_test

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/quota"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// Limits come back as they were set, with an entry in the log; of a municipality that is not there, there are none.
func TestQuotas(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		l := quota.Limits{Storage: 20 << 30, Members: 500, Connections: 600}
		if got, err := s.Quota(ctx, tenant); err != nil || got != (quota.Limits{}) {
			t.Errorf("%+v %v", got, err)
		}
		if err := s.SetQuota(ctx, tenant, l, w.Entry("q1", access.VerbTownQuota)); err != nil {
			t.Fatal(err)
		}
		if err := s.SetQuota(ctx, tenant, quota.Limits{}, w.Entry("q1", access.VerbTownQuota)); err == nil { // the entry is there already
			t.Error("limits without their entry")
		}
		if err := s.SetQuota(ctx, "nowhere", l, w.Entry("q2", access.VerbTownQuota)); !fault.Is(err, fault.NotFound) {
			t.Errorf("%v", err)
		}
		if err := s.SetQuota(ctx, tenant, quota.Limits{Members: -1}, w.Entry("q3", access.VerbTownQuota)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%v", err)
		}
		if got, err := s.Quota(ctx, tenant); err != nil || got != l {
			t.Errorf("%+v %v", got, err)
		}
		if _, err := s.Quota(ctx, "nowhere"); !fault.Is(err, fault.NotFound) {
			t.Errorf("%v", err)
		}
		if all, err := s.Quotas(ctx); err != nil || !reflect.DeepEqual(all, map[string]quota.Limits{tenant: l}) {
			t.Errorf("%+v %v", all, err)
		}
		if u, err := s.Kept(ctx, tenant); err != nil || u.Members == 0 {
			t.Errorf("%+v %v", u, err)
		}
		if u, err := s.Kept(ctx, "nowhere"); err != nil || u != (quota.Use{}) {
			t.Errorf("%+v %v", u, err)
		}
		sits := map[string]int{tenant: 3, "m2": 1}
		if err := s.Heartbeat(ctx, "n1", "redis"); err != nil {
			t.Fatal(err)
		}
		for _, now := range []map[string]int{sits, nil} {
			if err := s.TellSockets(ctx, "n1", now); err != nil {
				t.Fatal(err)
			}
			if nodes, err := s.LiveNodes(ctx); err != nil || len(nodes) != 1 || !reflect.DeepEqual(nodes[0].Sockets, now) {
				t.Errorf("%+v %v", nodes, err)
			}
		}
	})
}

// What a municipality keeps is read from indexes alone, on SQLite where a row lies beside its megabytes.
func TestKeptTouchesNoFile(t *testing.T) {
	t.Parallel()
	_, _, raw := storetest.OpenRaw(t)
	for _, q := range []string{`SELECT SUM(size) FROM file_blob WHERE tenant = 'x'`, `SELECT SUM(size) FROM archive_record WHERE tenant = 'x' AND disposed_by = ''`} {
		var id, parent, unused int
		var plan string
		if err := raw.QueryRow(`EXPLAIN QUERY PLAN `+q).Scan(&id, &parent, &unused, &plan); err != nil || !strings.Contains(plan, "USING COVERING INDEX") {
			t.Errorf("%s: %s %v", q, plan, err)
		}
	}
}
