package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"kasane/internal/fault"
	"kasane/internal/identity"
	"kasane/internal/live"
	"kasane/internal/meeting"
)

// TestGuestComesAlong: in a 開催 a guest of the first case goes on to the second when who runs both says so; through its lobby, with secrecy asked again, and
// nothing of either case is shown to them in between.
func TestGuestComesAlong(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk, chair := h.as("secretariat"), h.as("chair")
	second := h.other(desk)
	agenda := []any{map[string]any{"title": "状況の共有", "purpose": "share", "point": "本人の様子", "item": "basic"}}
	var made struct{ Meetings []string }
	desk.post("/api/sittings", map[string]any{"type": "support", "mode": "support", "title": "開催", "plannedStart": h.clock.Now(), "place": "会議室", "form": "hybrid", "reason": "共有",
		"chairId": h.userID("chair"), "recorderId": h.userID("secretariat"), "cases": []any{
			map[string]any{"caseId": h.caseID, "minutes": 30, "agencies": []string{h.welfare.ID}, "agenda": agenda},
			map[string]any{"caseId": second.ID, "minutes": 30, "agencies": []string{}, "agenda": agenda}}}).into(t, &made)
	first, next := made.Meetings[0], made.Meetings[1]
	chair.must(first, "reception", map[string]any{})
	for _, b := range []*browser{chair, desk} {
		wantStatus(t, "enter", b.post("/api/meetings/"+first+"/enter", map[string]string{"form": "room"}), http.StatusNoContent)
		b.must(first, "secrecy", map[string]any{})
	}
	var in invitedBody
	chair.post("/api/meetings/"+first+"/guests", map[string]string{"name": "渡邉 正", "kana": "わたなべ", "agencyId": h.stranger.ID, "post": "医師"}).into(t, &in)
	_, token, _ := strings.Cut(in.URL, "#")
	guest := h.browser()
	wantStatus(t, "guest", guest.post("/api/guest/enter", identity.Entry{Token: token, PIN: in.PIN, Name: "渡邉 正", Agency: h.stranger.Name, Secrecy: true}), http.StatusOK)
	wantStatus(t, "admit", chair.post("/api/meetings/"+first+"/guests/"+in.ID+"/admit", map[string]any{}), http.StatusNoContent)
	room := chair.must(first, "open", map[string]any{})
	along := func(b *browser, id string) answer {
		return b.post("/api/meetings/"+next+"/guests/carry", map[string]string{"guestId": id})
	}
	wantKind(t, "while the first case runs", along(chair, in.ID), fault.Conflict)
	chair.must(first, "agenda_state", map[string]string{"id": room.Agenda[0].ID, "state": "resolved"})
	h.minuted(desk, first, "", "basic", func(b *live.Builder) {
		b.Row("decision", "decision01", "a0", nil, map[string]string{"text": "週に1回訪ねる"})
	})
	chair.must(first, "close", map[string]any{})

	wantKind(t, "an agency says so", along(h.as("agency"), in.ID), fault.Forbidden)
	wantKind(t, "the guest says so", along(guest, in.ID), fault.Forbidden)
	wantKind(t, "nobody's guest", along(chair, "x"), fault.NotFound)
	wantKind(t, "no seat in the next case", along(chair, in.ID), fault.Conflict)
	chair.must(next, "seat", map[string]any{"agencyId": h.stranger.ID})
	chair.must(next, "designate", map[string]string{"agencyId": h.stranger.ID, "reason": "診ている医師"})
	wantStatus(t, "comes along", along(chair, in.ID), http.StatusNoContent)
	wantKind(t, "again", along(chair, in.ID), fault.NotFound)

	var who sessionBody
	guest.get("/api/session").into(t, &who)
	if who.Actor == nil || who.Actor.GuestMeeting != next || !who.Actor.Waiting {
		t.Fatalf("%+v", who.Actor)
	}
	for _, id := range []string{first, next} {
		wantKind(t, "in the lobby", guest.get("/api/meetings/"+id), fault.Forbidden)
	}
	chair.must(next, "reception", map[string]any{})
	wantStatus(t, "admit", chair.post("/api/meetings/"+next+"/guests/"+in.ID+"/admit", map[string]any{}), http.StatusNoContent)
	var seen meeting.Room
	a := guest.get("/api/meetings/" + next)
	a.into(t, &seen)
	if seen.You.Confirmed || !seen.You.MustConfirm || strings.Contains(string(a.body), "本人の様子") {
		t.Errorf("secrecy of the first case counts for the second: %+v", seen.You)
	}
	wantKind(t, "the first case", guest.get("/api/meetings/"+first), fault.NotFound)
	guest.must(next, "secrecy", map[string]any{})
	guest.get("/api/meetings/"+next).into(t, &seen)
	if !seen.You.Confirmed || seen.Agenda[0].Point != "本人の様子" {
		t.Errorf("%+v", seen.You)
	}
	h.clock.Advance(20 * time.Hour)
	wantKind(t, "after the day", guest.get("/api/meetings/"+next), fault.Unauthorized)
}
