package webhooks_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"kasane/internal/store"
	"kasane/internal/store/storetest"
	"kasane/internal/webhooks"
)

// terms are what the tests say they are.
type terms struct {
	mu     sync.Mutex
	ended  []webhooks.Event
	late   []webhooks.Event
	fails  bool
	looked int // for late tasks
	from   time.Time
}

func (x *terms) EndedConsents(_ context.Context, _ string, from, _ time.Time) ([]webhooks.Event, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.from = from
	return x.ended, nil
}

func (x *terms) LateTasks(context.Context, string, int) ([]webhooks.Event, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.looked++; x.fails {
		return nil, errors.New("the disk is away")
	}
	return x.late, nil
}

// What ends by itself is told once, whichever node finds it and however often, to who was there when it ended; tasks are looked for once a day.
func TestTerms(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		r, social, work := newReceiver(t, false), newReceiver(t, true), newReceiver(t, true)
		x := &terms{}
		n := 0
		o := newOffice(t, s, r, func(opt *webhooks.Options) { n++; opt.Terms, opt.Node = x, fmt.Sprint("node", n) })
		o.clock = time.Date(2026, 6, 2, 6, 0, 0, 0, storetestJST).UTC()
		o.address(r, "a1", webhooks.KindConsent, webhooks.KindTaskLate)
		o.address(social, "a2", webhooks.KindConsent)
		o.address(work, "a3", webhooks.KindConsent)
		told := func(from *receiver) (out []string) {
			for _, m := range from.since() {
				out = append(out, fmt.Sprint(m.message.Type, " ", m.message.Data.ID))
			}
			slices.Sort(out)
			return out
		}
		round := func(what string, city, member, outside []string) {
			t.Helper()
			for range 2 {
				o.ok(o.a.Look(o.ctx))
				o.ok(o.b.Look(o.ctx))
			}
			o.posts()
			for to, want := range map[*receiver][]string{r: city, social: member, work: outside} {
				if got := told(to); !slices.Equal(got, want) {
					t.Errorf("%s: %v, want %v", what, got, want)
				}
			}
		}
		made := o.now()
		x.ended = []webhooks.Event{{Tenant: "m1", Kind: webhooks.KindConsent, At: made.Add(-time.Hour), CaseID: "c1", Target: "r0", Once: "ended/r0"},
			{Tenant: "m1", Kind: webhooks.KindConsent, At: made.Add(time.Minute), CaseID: "c1", Target: "r1", Once: "ended/r1"}}
		over := func(agency, due string) webhooks.Event {
			e, ok := webhooks.Over("m1", "c1", "g1", agency, due)
			if !ok {
				t.Fatal(due)
			}
			return e
		}
		x.late = []webhooks.Event{over("a2", "2026-06-02"), over("a3", "2026-06-02"), over("", "2026-06-02"), over("a2", "2026-05-30")}
		o.passes(2 * time.Minute)
		round("before 7 o'clock", []string{"consent.changed r1"}, []string{"consent.changed r1"}, nil)
		if x.looked != 0 || !x.from.Equal(o.now().AddDate(0, 0, -7)) {
			t.Errorf("looked %d times, from %s", x.looked, x.from)
		}
		// the next morning, for the municipality alone; what was late before the address was there is not news
		o.passes(26 * time.Hour)
		x.fails = true
		if err := o.a.Look(o.ctx); err == nil || x.looked != 1 {
			t.Errorf("%d %v", x.looked, err)
		}
		x.fails = false
		round("the morning", []string{"task.overdue g1", "task.overdue g1", "task.overdue g1"}, nil, nil)
		if x.looked != 2 {
			t.Errorf("looked %d times in a day", x.looked)
		}
		o.passes(24 * time.Hour)
		round("the day after", nil, nil, nil)
		if x.looked != 3 {
			t.Errorf("looked %d times in two days", x.looked)
		}
		if _, ok := webhooks.Over("m1", "c1", "g1", "a2", "来週 植田さんに"); ok {
			t.Error("what is no date is a term")
		}
	})
}

var storetestJST = time.FixedZone("JST", 9*60*60)
