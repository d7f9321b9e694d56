package quota_test

import (
	"context"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/quota"
)

// town is a store of one municipality.
type town struct {
	limits quota.Limits
	kept   quota.Use
	caseID string // that sits
	agency string
	asked  int // how often what is kept was asked for
}

func (m *town) Quota(context.Context, string) (quota.Limits, error) { return m.limits, nil }
func (m *town) Quotas(context.Context) (map[string]quota.Limits, error) {
	return map[string]quota.Limits{"m1": m.limits}, nil
}
func (m *town) Kept(context.Context, string) (quota.Use, error) { m.asked++; return m.kept, nil }
func (m *town) Sits(_ context.Context, _, caseID, agency string) (bool, error) {
	return caseID != "" && caseID == m.caseID || agency != "" && agency == m.agency, nil
}

func want(t *testing.T, what string, err error, kind fault.Kind, refused bool) {
	t.Helper()
	if refused != (err != nil) || refused && !fault.Is(err, kind) {
		t.Errorf("%s: %v", what, err)
	}
}

// Each limit refuses what is beyond it and nothing before; nobody is refused for whom a meeting goes on.
func TestLimits(t *testing.T) {
	t.Parallel()
	ctx, now, connected, nodes := context.Background(), time.Date(2026, 12, 1, 9, 0, 30, 0, time.UTC), 0, 1
	m := &town{limits: quota.Limits{Storage: 100, Members: 3, Connections: 5, Requests: 4}, kept: quota.Use{Storage: 90, Members: 2}, caseID: "sits", agency: "a2"}
	s := quota.New(m, func() time.Time { return now }, func(string) int { return connected }, func() int { return nodes })
	want(t, "a file that fits to the byte", s.Room(ctx, "m1", "c1", 10), 0, false)
	want(t, "a byte more", s.Room(ctx, "m1", "c1", 11), fault.TooLarge, true)
	want(t, "of a case whose meeting goes on", s.Room(ctx, "m1", "sits", 1000), 0, false)
	want(t, "the third account", s.Member(ctx, "m1"), 0, false)
	m.kept.Members = 3
	want(t, "the fourth", s.Member(ctx, "m1"), fault.Conflict, true)
	for connected = range 7 {
		want(t, "somebody", s.Enter(ctx, "m1", access.User{AgencyID: "a1"}), fault.Unavailable, connected >= 5)
		want(t, "whose agency sits", s.Enter(ctx, "m1", access.User{AgencyID: "a2"}), 0, false)
		want(t, "an administrator", s.Enter(ctx, "m1", access.User{AgencyID: "a1", Roles: []access.Role{access.RoleAdmin}}), 0, false)
	}
	for i := range 6 {
		want(t, "a system", s.Ask(ctx, "m1"), fault.RateLimited, i >= 4)
	}
	now, nodes = now.Add(time.Minute), 2
	for i := range 4 {
		want(t, "a system at one of two nodes", s.Ask(ctx, "m1"), fault.RateLimited, i >= 2)
	}
	m.limits, m.asked = quota.Limits{}, 0
	now = now.Add(time.Minute)
	for range 20 {
		want(t, "no limit", s.Ask(ctx, "m1"), 0, false)
	}
	want(t, "no limit", s.Room(ctx, "m1", "c1", 1<<40), 0, false)
	want(t, "no limit", s.Member(ctx, "m1"), 0, false)
	want(t, "no limit", s.Enter(ctx, "m1", access.User{}), 0, false)
	if m.asked != 0 {
		t.Error("what is kept is summed though there is no limit")
	}
}

// From four fifths on a municipality is told, and the installation without a name.
func TestNear(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	m := &town{limits: quota.Limits{Storage: 1000, Members: 10}, kept: quota.Use{Storage: 799, Members: 7}}
	s := quota.New(m, time.Now, func(string) int { return 0 }, func() int { return 1 })
	near := func() (n int) {
		t.Helper()
		lines, err := s.Lines(ctx, "m1")
		if err != nil || len(lines) != 2 {
			t.Fatalf("%+v %v", lines, err)
		}
		for _, l := range lines {
			if l.Near() {
				n++
			}
			if l.Advice == "" || l.Label == "" {
				t.Errorf("%+v", l)
			}
		}
		if err := s.Look(ctx); err != nil {
			t.Fatal(err)
		}
		if told := s.Sound(ctx) != nil; told != (n > 0) {
			t.Errorf("%d near, told: %v", n, told)
		}
		return n
	}
	if n := near(); n != 0 {
		t.Errorf("%d", n)
	}
	m.kept.Storage = 800
	if n := near(); n != 1 {
		t.Errorf("%d", n)
	}
	m.kept.Members = 12
	if n := near(); n != 2 {
		t.Errorf("%d", n)
	}
}

func TestSizes(t *testing.T) {
	t.Parallel()
	for text, n := range map[string]int64{"20GB": 20 << 30, "500 mb": 500 << 20, "1.5TB": 3 << 39, "0": 0, "12KB": 12 << 10, "7B": 7} {
		if got, err := quota.ParseSize(text); err != nil || got != n {
			t.Errorf("%s: %d %v", text, got, err)
		}
	}
	for _, bad := range []string{"", "20", "GB", "-1GB", "0GB", "1e30TB", "NaNGB", "20GiB"} {
		if n, err := quota.ParseSize(bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %d %v", bad, n, err)
		}
	}
	for n, text := range map[int64]string{0: "0B", 1023: "1023B", 20 << 30: "20GB", 3 << 29: "1.5GB"} {
		if got := quota.Size(n); got != text {
			t.Errorf("%d: %s", n, got)
		}
	}
	if quota.Limits.Valid(quota.Limits{Members: -1}) == nil {
		t.Error("less than nobody")
	}
}
