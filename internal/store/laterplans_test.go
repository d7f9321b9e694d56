package store_test

import (
	"context"
	"testing"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/meeting"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// A plan that a later meeting of the case agreed to another in the place of says so, in the list and on its page; the minutes of the old meeting do not, nor the new plan.
func TestAPlanThatWasReplaced(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		seal := func(id, in string, kind meeting.PaperKind, number string) {
			t.Helper()
			m, err := s.MeetingByID(ctx, access.ScopeOf(w.Holder), in)
			if err != nil {
				t.Fatal(err)
			}
			c := change(t, w, id, nil)
			c.MeetingID, c.Expect, c.Meeting = in, m.Seq, m
			c.Meeting.Seq = m.Seq + int64(len(c.Events))
			p := paper(kind, 1, number)
			p.MeetingID, p.Number = in, number
			if kind == meeting.PaperMinutes {
				c.Minutes = &meeting.MinutesVersion{N: 1, Hash: p.ContentSHA256, Content: p.Content, PDF: p.PDF, SHA256: p.SHA256, At: p.SealedAt}
			}
			c.Seal = []meeting.Paper{p}
			if _, err := s.RecordMeeting(ctx, c); err != nil {
				t.Fatal(err)
			}
			if _, err := s.SequenceAudit(ctx, tenant); err != nil {
				t.Fatal(err)
			}
		}
		seal("old plan", "g1", meeting.PaperPlan, "第1号")
		seal("old minutes", "g1", meeting.PaperMinutes, "第2号")
		svc := archive.NewService(s, (&storetest.Clock{}).Now)
		later := func() map[string]string {
			t.Helper()
			list, err := linesOf(svc.List(ctx, w.Holder, archive.Filter{}))
			if err != nil {
				t.Fatal(err)
			}
			out := map[string]string{}
			for _, l := range list {
				out[l.Number] = l.Later
				k, err := svc.Keeping(ctx, w.Holder, l.ID)
				if l.ID != "" && (err != nil || k.Later != l.Later) {
					t.Errorf("its page says %q, the list %q: %v", k.Later, l.Later, err)
				}
			}
			return out
		}
		if got := later(); got["第1号"] != "" {
			t.Errorf("before there is another: %v", got)
		}
		m := storetest.NewMeeting(tenant, "g2", "pl1")
		if _, err := s.CreateMeeting(ctx, m, nil, []meeting.Event{{Kind: meeting.KindCreated, At: storetest.Start, ActorID: "u1", ActorName: "髙橋", AgencyID: "a1", AgencyName: "福祉課", Data: []byte(`{"n":1}`)}},
			w.Entry("second", access.VerbMeetingCreate)); err != nil {
			t.Fatal(err)
		}
		seal("new plan", "g2", meeting.PaperPlan, "第3号")
		if got := later(); got["第1号"] != "第3号" || got["第2号"] != "" || got["第3号"] != "" {
			t.Errorf("%v", got)
		}
	})
}
