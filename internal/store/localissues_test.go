package store_test

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/meeting"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// Meetings with a shared memo are found by who sees them; what became of a memo is kept with its entry or not at all.
func TestLocalIssues(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		holder := access.ScopeOf(w.Holder)
		note := func(data string) {
			t.Helper()
			m, err := s.MeetingByID(ctx, holder, "g1")
			if err != nil {
				t.Fatal(err)
			}
			expect := m.Seq
			m.Seq++
			if _, err := s.RecordMeeting(ctx, meeting.Change{Tenant: tenant, MeetingID: "g1", Expect: expect, Meeting: m, Audit: w.Entry("note"+data[7:9], access.VerbMeetingAct),
				Events: []meeting.Event{{Tenant: tenant, MeetingID: "g1", Seq: expect + 1, Kind: meeting.KindNote, At: storetest.Start, Data: []byte(data)}}}); err != nil {
				t.Fatal(err)
			}
		}
		check := func(what string, sc access.Scope, want ...string) {
			t.Helper()
			if got, err := s.NotedMeetings(ctx, sc); err != nil || !slices.Equal(got, want) {
				t.Errorf("%s: %v %v, want %v", what, got, err, want)
			}
		}
		note(`{"id":"n1","kind":"local","text":"\"shared\":true と書いただけ","item":"basic","person":""}`)
		check("not shared", holder)
		note(`{"id":"n2","kind":"local","text":"夜のバスがない","item":"basic","person":"","shared":true}`)
		check("holder", holder, "g1")
		check("nobody", access.Scope{})
		check("another municipality", access.Scope{Tenant: "m2", All: true})
		check("an agency without a seat", access.Scope{Tenant: tenant, AgencyID: "none"})
		mark := meeting.IssueMark{NoteID: "n2", MeetingID: "g1", Theme: "transport", State: "looking", At: storetest.Start, By: "u1"}
		if err := s.MarkIssue(ctx, tenant, mark, w.Entry("i1", access.VerbLocalIssueMark)); err != nil {
			t.Fatal(err)
		}
		lost := mark
		lost.MeetingID = "none"
		if err := s.MarkIssue(ctx, tenant, lost, w.Entry("i2", access.VerbLocalIssueMark)); !fault.Is(err, fault.NotFound) {
			t.Errorf("of no meeting: %v", err)
		}
		next := mark
		next.State = "resource"
		if err := s.MarkIssue(ctx, tenant, next, w.Entry("i1", access.VerbLocalIssueMark)); err == nil { // the entry is there already
			t.Error("a mark without its entry")
		}
		for _, want := range []meeting.IssueMark{mark, next} {
			if got, err := s.IssueMarks(ctx, tenant); err != nil || !reflect.DeepEqual(got, map[string]meeting.IssueMark{"n2": want}) {
				t.Errorf("%+v %v, want %+v", got, err, want)
			}
			if err := s.MarkIssue(ctx, tenant, next, w.Entry("i3"+string(want.State), access.VerbLocalIssueMark)); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := s.IssueMarks(ctx, "m2"); err != nil || len(got) != 0 {
			t.Errorf("another municipality: %v %v", got, err)
		}
	})
}

// 第n回 counts what is held: the next meeting takes the number of a cancelled one.
func TestNumberOfACancelledMeetingIsFree(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		m, err := s.MeetingByID(ctx, access.ScopeOf(w.Holder), "g1")
		if err != nil {
			t.Fatal(err)
		}
		no, expect := m.No, m.Seq
		m.Status, m.Seq = meeting.StatusCancelled, expect+1
		if _, err := s.RecordMeeting(ctx, meeting.Change{Tenant: tenant, MeetingID: "g1", Expect: expect, Meeting: m, Audit: w.Entry("off", access.VerbMeetingAct),
			Events: []meeting.Event{{Tenant: tenant, MeetingID: "g1", Seq: expect + 1, Kind: meeting.KindCancelled, At: storetest.Start, Data: []byte(`{"reason":"台風"}`)}}}); err != nil {
			t.Fatal(err)
		}
		next := storetest.NewMeeting(tenant, "g9", "")
		next.CaseID, next.Type = m.CaseID, m.Type
		got, err := s.CreateMeeting(ctx, next, nil, nil, w.Entry("new", access.VerbMeetingCreate))
		if err != nil || got.No != no {
			t.Errorf("number %d after a cancelled %d: %v", got.No, no, err)
		}
	})
}
