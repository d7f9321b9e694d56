package webhooks_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
	"kasane/internal/webhooks"
)

// Two nodes send while people work, to an address that goes and fails by turns: nobody's work is refused for that, and each event comes, with one id.
func TestPeopleGoOnMeanwhile(t *testing.T) {
	t.Parallel()
	const people, each = 4, 15
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		r := newReceiver(t, false)
		o := newOffice(t, s, r)
		made := o.address(r, "a1", webhooks.KindCase)
		var mu sync.Mutex
		asked := 0
		r.does(func(w http.ResponseWriter, _ *http.Request) {
			mu.Lock()
			defer mu.Unlock()
			if asked++; asked%2 == 1 {
				w.WriteHeader(http.StatusInternalServerError)
			}
		})
		var working, sending sync.WaitGroup
		done := make(chan struct{})
		for _, n := range []*webhooks.Service{o.a, o.b} {
			sending.Go(func() {
				for {
					o.okAsync(n.Post(o.ctx))
					select {
					case <-done:
						return
					case <-time.After(5 * time.Millisecond):
						o.passes(time.Second)
					}
				}
			})
		}
		for p := range people {
			working.Go(func() {
				for i := range each {
					id := fmt.Sprintf("p%dx%d", p, i)
					c := cases.Case{ID: id, Tenant: "m1", Number: "K-" + id, Stage: cases.StageReceived, Version: 1, OpenedAt: storetest.Start, OpenedBy: "u1", UpdatedAt: storetest.Start}
					o.okAsync(s.CreateCase(o.ctx, c, nil, []cases.Member{{AgencyID: "a2", Since: storetest.Start}}, o.w.Entry("e"+id, access.VerbCaseCreate).InCase(id)))
				}
			})
		}
		working.Wait()
		close(done)
		sending.Wait()
		r.answers(http.StatusOK)
		for range len(webhooks.Backoff) + 1 {
			o.posts()
			o.passes(24 * time.Hour)
		}
		ids, told := map[string]bool{}, map[string]string{}
		for _, x := range r.since() {
			if was := told[x.message.Data.CaseID]; was != "" && was != x.id || !x.verified(t, made.Secret) {
				t.Errorf("%s came as %s and %s", x.message.Data.CaseID, was, x.id)
			}
			ids[x.id], told[x.message.Data.CaseID] = true, x.id
		}
		if p := o.endpoint(made.Endpoint.ID); len(told) != people*each || len(ids) != people*each || p.Waiting != 0 || p.OffAt != nil || p.FailingSince != nil {
			t.Errorf("%d cases, %d events: %+v", len(told), len(ids), p)
		}
	})
}
