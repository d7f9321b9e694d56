package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/oversight"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

var auditor = access.Scope{Tenant: tenant, Audit: true}

// entriesAt writes n entries, one a second, by users in turn: every third is denied, every fifth belongs to the case, every fourth opens a document.
func entriesAt(t testing.TB, s *store.Store, from time.Time, n int) (all []access.Entry) {
	t.Helper()
	for i := range n {
		e := access.Entry{ID: fmt.Sprintf("x%06d", i), At: from.Add(time.Duration(i) * time.Second), Tenant: tenant, ActorID: fmt.Sprint("u", i%2+1), AgencyID: fmt.Sprint("a", i%2+1),
			SessionID: fmt.Sprint("s", i%7), IP: "192.0.2.1", Verb: access.VerbCaseOpen, Target: "c1", Result: "ok"}
		if i%3 == 0 {
			e = e.Denied("scope")
		}
		if i%5 == 0 {
			e.CaseID = "c1"
		}
		if i%4 == 0 {
			e.Verb, e.Target = access.VerbDocOpen, "d1"
		}
		all = append(all, e)
	}
	for some := range slices.Chunk(all, 500) {
		if err := s.AppendAudit(context.Background(), some...); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// A filtered list read page by page is the filtered log, newest first, each entry once: whatever the filter, whatever the length of a page.
func TestAuditPages(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		from := storetest.Start.Add(time.Hour)
		all := entriesAt(t, s, from, 700)
		for name, f := range map[string]struct {
			q    oversight.Query
			want func(access.Entry) bool
		}{
			"all": {oversight.Query{From: from}, func(access.Entry) bool { return true }},
			"period": {oversight.Query{From: from.Add(time.Minute), To: from.Add(2 * time.Minute)}, func(e access.Entry) bool {
				return !e.At.Before(from.Add(time.Minute)) && e.At.Before(from.Add(2*time.Minute))
			}},
			"actor":   {oversight.Query{From: from, Actor: "u1"}, func(e access.Entry) bool { return e.ActorID == "u1" }},
			"agency":  {oversight.Query{From: from, Agency: "a2"}, func(e access.Entry) bool { return e.AgencyID == "a2" }},
			"session": {oversight.Query{From: from, Session: "s3"}, func(e access.Entry) bool { return e.SessionID == "s3" }},
			"case":    {oversight.Query{From: from, Case: "c1", Result: "denied"}, func(e access.Entry) bool { return e.CaseID == "c1" && e.Result == "denied" }},
			"verb": {oversight.Query{From: from, Verbs: []access.Verb{access.VerbDocOpen, access.VerbSignIn}, Actor: "u1", IP: "192.0.2.1"},
				func(e access.Entry) bool { return e.Verb == access.VerbDocOpen && e.ActorID == "u1" }},
			"nothing": {oversight.Query{From: from, IP: "192.0.2.9"}, func(access.Entry) bool { return false }},
		} {
			for _, limit := range []int{1, 7, 100, 1000} {
				if limit == 1 && name == "all" {
					continue
				}
				var got, want []string
				q := f.q
				for q.Limit = limit; ; {
					page, next, err := s.AuditPage(ctx, auditor, q)
					if err != nil || len(page) > limit {
						t.Fatal(name, len(page), err)
					}
					for _, e := range page {
						got = append(got, e.ID)
					}
					if q.After = next; next.ID == "" {
						break
					}
				}
				for _, e := range all {
					if f.want(e) {
						want = append(want, e.ID)
					}
				}
				slices.Reverse(want)
				if !slices.Equal(got, want) {
					t.Errorf("%s, %d a page: %d entries, want %d", name, limit, len(got), len(want))
				}
			}
			var looks []string
			n, err := s.EachLook(ctx, auditor, f.q, func(l oversight.Look) error { looks = append(looks, l.ID); return nil })
			want := 0
			for _, e := range all {
				if f.want(e) {
					if want < len(looks) && looks[want] != e.ID {
						t.Errorf("%s: look %d is %s", name, want, looks[want])
					}
					want++
				}
			}
			if err != nil || n != want || len(looks) != want {
				t.Errorf("%s: %d looks, want %d, %v", name, n, want, err)
			}
		}
	})
}

// A page of a filter that nothing passes looks at no more rows than it says, and goes on where it stopped.
func TestAuditPageIsBounded(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		from := storetest.Start.Add(time.Hour)
		n := oversight.Scan + 10
		fillLog(t, s, from, n, 1)
		rare := access.Entry{ID: "rare", At: from.Add(-time.Second), Tenant: tenant, ActorID: "u1", Verb: access.VerbGateDenied, Result: "denied"}
		if err := s.AppendAudit(ctx, rare); err != nil {
			t.Fatal(err)
		}
		q := oversight.Query{From: from.Add(-time.Minute), Result: "denied", Limit: 10}
		page, next, err := s.AuditPage(ctx, auditor, q)
		if err != nil || len(page) != 0 || next.ID == "" {
			t.Fatalf("%d entries, next %v, %v", len(page), next, err)
		}
		q.After = next
		if page, next, err = s.AuditPage(ctx, auditor, q); err != nil || len(page) != 1 || page[0].ID != "rare" || next.ID != "" {
			t.Errorf("%v, next %v, %v", page, next, err)
		}
	})
}

// Outside the hours of the office is what a clock and a calendar say, minute for minute.
func TestOutsideHours(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		start := time.Date(2026, 9, 18, 8, 0, 0, 0, jptime.JST) // a Friday before five days off
		var all []access.Entry
		for i := range 7 * 24 * 4 {
			all = append(all, access.Entry{ID: fmt.Sprintf("h%05d", i), At: start.Add(time.Duration(i)*15*time.Minute + time.Duration(i%3)*time.Millisecond), Tenant: tenant, ActorID: "u1",
				Verb: access.VerbCaseOpen, Result: "ok"})
		}
		if err := s.AppendAudit(ctx, all...); err != nil {
			t.Fatal(err)
		}
		closed := []int64{}
		for _, d := range []string{"2026-09-21", "2026-09-22", "2026-09-23"} {
			day, _ := time.Parse(time.DateOnly, d)
			closed = append(closed, day.Unix()/86400)
		}
		for name, h := range map[string]oversight.Hours{
			"hours":     {From: 8*60 + 30, To: 17*60 + 15},
			"weekend":   {From: 0, To: 24 * 60, OfficeDays: true},
			"all three": {From: 8*60 + 30, To: 17*60 + 15, OfficeDays: true, Closed: closed},
		} {
			want := 0
			for _, e := range all {
				at := e.At.In(jptime.JST)
				m := at.Hour()*60 + at.Minute()
				out := m < h.From || m >= h.To
				if h.OfficeDays {
					out = out || at.Weekday() == time.Saturday || at.Weekday() == time.Sunday || len(h.Closed) > 0 && !jptime.DateOf(e.At).OfficeDay()
				}
				if out {
					want++
				}
			}
			n, err := s.EachLook(ctx, auditor, oversight.Query{From: start, Outside: &h}, func(oversight.Look) error { return nil })
			if err != nil || n != want || want == 0 || want == len(all) {
				t.Errorf("%s: %d outside, want %d, %v", name, n, want, err)
			}
		}
	})
}

func TestTallySearchesNames(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		from := storetest.Start.Add(time.Hour)
		entriesAt(t, s, from, 60)
		counts, err := s.Tally(ctx, auditor, oversight.Query{From: from, Actor: "u1"})
		sum := 0
		for _, c := range counts {
			sum += c.N
			if c.Actor != "u1" || c.Agency != "a1" {
				t.Errorf("%+v", c)
			}
		}
		if err != nil || sum != 30 || len(counts) != 4 {
			t.Errorf("%d in %+v, %v", sum, counts, err)
		}

		var marks []string
		for i := range 900 {
			marks = append(marks, fmt.Sprintf("mark%04d", i))
		}
		for i, m := range []string{"mark0007", "mark0850", "other", "mark0007"} {
			e := access.Entry{ID: fmt.Sprint("q", i), At: from.Add(time.Duration(i) * time.Minute), Tenant: tenant, ActorID: "u2", Verb: access.VerbCaseList, Result: "ok", Hash: m,
				Reason: access.ReasonSearch}
			if i == 3 {
				e.Reason = "" // a hash of something else
			}
			if err := s.AppendAudit(ctx, e); err != nil {
				t.Fatal(err)
			}
		}
		hits, err := s.Searches(ctx, auditor, oversight.Query{Limit: 100}, marks)
		if err != nil || len(hits) != 2 || hits[0].ID != "q1" || hits[1].ID != "q0" {
			t.Errorf("%v %v", hits, err)
		}

		n, err := s.AuditNames(ctx, auditor, oversight.Ask{Users: []string{"u1", "nobody"}, Agencies: []string{"a2"}, Cases: []string{"c1"}, Docs: []string{"d1"}})
		if err != nil || n.Users["u1"].Name != "髙橋 \uFA10子" || len(n.Users) != 1 || n.Agencies["a2"] != "社会福祉協議会" || n.Cases["c1"] != "K2026-0001" || n.Docs["d1"].Person != "p1" {
			t.Errorf("%+v %v", n, err)
		}
		f, err := s.IncidentCase(ctx, access.ScopeOf(w.Holder), "c1")
		if err != nil || len(f.Persons) != 2 || f.Persons[1].Ord != 2 || !f.Persons[1].AddressSecret || len(f.Docs) < 3 || f.Plans["g1"] != "pl1" {
			t.Errorf("%+v %v", f, err)
		}
		if _, err := s.IncidentCase(ctx, auditor, "c1"); !fault.Is(err, fault.NotFound) {
			t.Errorf("who keeps the log reads a case: %v", err)
		}
		if list, err := s.Incidents(ctx, auditor); err != nil || len(list) != 0 {
			t.Errorf("%v %v", list, err)
		}
	})
}

func TestIncidentAndSettingsAreKept(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		if _, set, err := s.OversightSettings(ctx, auditor); set || err != nil {
			t.Fatal(set, err)
		}
		for _, v := range []oversight.Settings{oversight.DefaultSettings(), {From: "09:00", To: "18:00", PerHour: 5, PerDay: 9}} {
			if err := s.SaveOversightSettings(ctx, tenant, v, w.Entry("set"+v.From, access.VerbAuditSettings)); err != nil {
				t.Fatal(err)
			}
			if got, set, err := s.OversightSettings(ctx, auditor); got != v || !set || err != nil {
				t.Errorf("%+v %v %v", got, set, err)
			}
		}
		i := oversight.Incident{ID: "i1", Tenant: tenant, UserID: "u1", AgencyID: "a1", At: storetest.Start, Reason: "leak", Note: "田中さんの\n件", Filter: oversight.Filter{Actor: "u2", From: "2026-06-01"},
			Persons: 2, Entries: 9}
		if err := s.SaveIncident(ctx, i, w.Entry("inc", access.VerbIncidentExport)); err != nil {
			t.Fatal(err)
		}
		if list, err := s.Incidents(ctx, access.ScopeOf(w.Holder)); err != nil || len(list) != 1 || list[0] != i {
			t.Errorf("%+v %v", list, err)
		}
		// Of a case somebody is kept from they do not read that there was an export, nor why.
		of := i
		of.ID, of.At, of.Filter = "i3", i.At.Add(time.Second), oversight.Filter{Case: " K2026-0001 "}
		if err := s.SaveIncident(ctx, of, w.Entry("inc3", access.VerbIncidentExport).InCase("c1")); err != nil {
			t.Fatal(err)
		}
		if err := s.SetBar(ctx, tenant, cases.Bar{CaseID: "c1", UserID: w.Holder.UserID, Reason: "親族", By: "u2", At: storetest.Start}, w.Entry("bar", access.VerbCaseBar)); err != nil {
			t.Fatal(err)
		}
		if list, err := s.Incidents(ctx, access.ScopeOf(w.Holder)); err != nil || len(list) != 1 || list[0] != i {
			t.Errorf("who is kept from the case reads %+v %v", list, err)
		}
		colleague := w.Holder
		colleague.UserID = "u2"
		if list, err := s.Incidents(ctx, access.ScopeOf(colleague)); err != nil || len(list) != 2 || list[0] != of {
			t.Errorf("a colleague reads %+v %v", list, err)
		}
		// No entry, no row.
		if err := s.SaveIncident(ctx, oversight.Incident{ID: "i2", Tenant: tenant}, access.Entry{}); err == nil {
			t.Error("an incident was kept without an audit entry")
		}
		if n := store.Count(ctx, s, "incident_export"); n != 2 {
			t.Errorf("%d exports are kept", n)
		}
		if n := store.Count(ctx, s, "audit_entry WHERE reason LIKE '%田中%' OR target LIKE '%田中%'"); n != 0 {
			t.Error("the words of a reason stand in the log")
		}
	})
}
