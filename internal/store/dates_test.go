package store_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/meeting"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// A poll comes back as it was written; answers and links stay when the question changes; an answer without its audit entry is none.
func TestDatePolls(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		entry := func(id string) access.Entry { return w.Entry(id, access.VerbDates) }
		if _, err := s.DatePoll(ctx, tenant, "g1"); !fault.Is(err, fault.NotFound) {
			t.Errorf("before there is one: %v", err)
		}
		p := meeting.DatePoll{Tenant: tenant, MeetingID: "g1", Options: []meeting.DateOption{{ID: "o1", Start: storetest.Start, End: storetest.Start.Add(time.Hour)}},
			Until: storetest.Start.Add(48 * time.Hour), CreatedAt: storetest.Start, CreatedBy: "u1",
			Replies: []meeting.DateReply{{AgencyID: "a1", Must: true, TokenHash: "h1"}, {AgencyID: "a2", TokenHash: "h2"}}}
		if err := s.SaveDatePoll(ctx, p, entry("d1")); err != nil {
			t.Fatal(err)
		}
		for i := range p.Replies {
			p.Replies[i].Answers = map[string]meeting.DateAnswer{}
		}
		if got, err := s.DatePoll(ctx, tenant, "g1"); err != nil || !reflect.DeepEqual(got, p) {
			t.Errorf("%+v %v, want %+v", got, err, p)
		}
		if tn, m, a, err := s.DateLink(ctx, "h2"); err != nil || tn != tenant || m != "g1" || a != "a2" {
			t.Errorf("%s %s %s %v", tn, m, a, err)
		}
		if _, _, _, err := s.DateLink(ctx, "nobody's"); !fault.Is(err, fault.NotFound) {
			t.Errorf("a guessed link: %v", err)
		}
		if _, err := s.DatePoll(ctx, "m2", "g1"); !fault.Is(err, fault.NotFound) {
			t.Errorf("of another municipality: %v", err)
		}
		said := map[string]meeting.DateAnswer{"o1": meeting.DateGood}
		if err := s.AnswerDates(ctx, tenant, "g1", "h2", said, storetest.Start, entry("d1")); err == nil { // the entry is there already
			t.Error("an answer without its entry")
		}
		if got, err := s.DatePoll(ctx, tenant, "g1"); err != nil || len(got.Replies[1].Answers) != 0 {
			t.Errorf("%+v %v", got, err)
		}
		if err := s.AnswerDates(ctx, tenant, "g1", "h2", said, storetest.Start, entry("d2")); err != nil {
			t.Fatal(err)
		}
		if err := s.AnswerDates(ctx, tenant, "g1", "h3", said, storetest.Start, entry("d3")); !fault.Is(err, fault.NotFound) {
			t.Errorf("by a link that is none: %v", err)
		}
		p.Fixed, p.Replies = "o1", []meeting.DateReply{{AgencyID: "a2", Must: true}}
		if err := s.SaveDatePoll(ctx, p, entry("d4")); err != nil {
			t.Fatal(err)
		}
		got, err := s.DatePoll(ctx, tenant, "g1")
		if err != nil || got.Fixed != "o1" || len(got.Replies) != 1 || got.Replies[0].TokenHash != "h2" || !got.Replies[0].Must || got.Replies[0].Answers["o1"] != meeting.DateGood ||
			got.Replies[0].At == nil || !got.Replies[0].At.Equal(storetest.Start) {
			t.Errorf("%+v %v", got, err)
		}
		p.MeetingID = "nothing"
		if err := s.SaveDatePoll(ctx, p, entry("d5")); !fault.Is(err, fault.NotFound) {
			t.Errorf("for no meeting: %v", err)
		}
	})
}
