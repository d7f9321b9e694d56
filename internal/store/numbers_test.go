package store_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"testing"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/meeting"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// numbered makes a change a closing that draws count numbers.
func numbered(count int) func(*meeting.Change) {
	return func(c *meeting.Change) {
		c.PutClosing = &meeting.Closing{Tenant: c.Tenant, MeetingID: c.MeetingID, Seq: 2, At: storetest.Start, By: "u1", Facts: []byte(`{}`), LeaseBy: "n1", LeaseUntil: storetest.Start}
		c.Draw = &meeting.Draw{Series: "document/2026", Count: count, Put: func(c *meeting.Change, first int) error {
			numbers := map[meeting.PaperKind]string{}
			for i, k := range []meeting.PaperKind{meeting.PaperMinutes, meeting.PaperPlan, meeting.PaperMatrix}[:count] {
				numbers[k] = fmt.Sprint(first + i)
			}
			raw, err := json.Marshal(map[string]any{"numbers": numbers})
			c.Events[0].Data, c.PutClosing.Numbers = raw, numbers
			return err
		}}
	}
}

// A closing that fails after its numbers were drawn leaves no gap: the next one gets the same numbers. What was drawn stands in the closing
// and in the event.
func TestNumbersLeaveNoGap(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		failing := change(t, w, "x1", numbered(3))
		failing.Thaw = []string{"no such document"} // refused long after the numbers
		if _, err := s.RecordMeeting(ctx, failing); !fault.Is(err, fault.NotFound) {
			t.Fatalf("the closing did not fail: %v", err)
		}
		twice := change(t, w, "x2", numbered(3))
		twice.Expect-- // another act came first
		if _, err := s.RecordMeeting(ctx, twice); !fault.Is(err, fault.Conflict) {
			t.Fatalf("an overtaken closing: %v", err)
		}
		if _, err := s.RecordMeeting(ctx, change(t, w, "x3", numbered(3))); err != nil {
			t.Fatal(err)
		}
		c, err := s.ClosingOf(ctx, tenant, "g1")
		if err != nil || c.Numbers[meeting.PaperMinutes] != "1" || c.Numbers[meeting.PaperMatrix] != "3" {
			t.Errorf("%+v %v", c.Numbers, err)
		}
		events, err := s.MeetingEvents(ctx, tenant, "g1", 1)
		if err != nil || len(events) != 1 || string(events[0].Data) != `{"numbers":{"matrix":"3","minutes":"1","plan":"2"}}` {
			t.Errorf("%+v %v", events, err)
		}
	})
}

// Many meetings close at once, some of them in vain: the numbers given are 1, 2, 3 … without a gap and without a double.
func TestNumbersAtOnce(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		const meetings = 12
		var wg sync.WaitGroup
		for i := range meetings {
			id := fmt.Sprint("n", i)
			m, err := s.CreateMeeting(ctx, storetest.NewMeeting(tenant, id, ""), nil, nil, w.Entry("c"+id, access.VerbMeetingCreate))
			if err != nil {
				t.Fatal(err)
			}
			wg.Go(func() {
				c := meeting.Change{Tenant: tenant, MeetingID: id, Expect: m.Seq, Meeting: m, Audit: w.Entry("a"+id, access.VerbMeetingAct),
					Events: []meeting.Event{{Kind: meeting.KindClosing, At: storetest.Start, Data: []byte(`{}`)}}}
				c.Meeting.Seq++
				numbered(2)(&c)
				if i%3 == 0 {
					c.Thaw = []string{"no such document"}
				}
				if _, err := s.RecordMeeting(ctx, c); (err == nil) != (i%3 != 0) {
					t.Errorf("%s: %v", id, err)
				}
			})
		}
		wg.Wait()
		var given []int
		for i := range meetings {
			c, err := s.ClosingOf(ctx, tenant, fmt.Sprint("n", i))
			if fault.Is(err, fault.NotFound) {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range c.Numbers {
				var v int
				if _, err := fmt.Sscan(n, &v); err != nil {
					t.Fatal(err)
				}
				given = append(given, v)
			}
		}
		slices.Sort(given)
		want := make([]int, 16)
		for i := range want {
			want[i] = i + 1
		}
		if !slices.Equal(given, want) {
			t.Errorf("given: %v", given)
		}
	})
}
