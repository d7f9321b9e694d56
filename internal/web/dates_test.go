package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"kasane/internal/fault"
	"kasane/internal/meeting"
)

// datesBody asks for two dates, or for those that are there.
func (h *house) datesBody(options []meeting.DateOption) map[string]any {
	now := h.clock.Now()
	if options == nil {
		for _, days := range []int{7, 8} {
			at := now.AddDate(0, 0, days).Truncate(time.Minute)
			options = append(options, meeting.DateOption{Start: at, End: at.Add(time.Hour)})
		}
	}
	return map[string]any{"options": options, "must": []string{h.city.ID}, "until": now.In(jst).AddDate(0, 0, 5).Format(time.DateOnly)}
}

// polled begins a 日程調整 and gives the secrets of its links by agency.
func (h *house) polled(id string) map[string]string {
	h.t.Helper()
	var made struct{ Links []meeting.DateLink }
	h.as("secretariat").send(put, "/api/meetings/"+id+"/dates", h.datesBody(nil)).into(h.t, &made)
	out := map[string]string{}
	for _, l := range made.Links {
		u, err := url.Parse(l.URL)
		h.ok(err)
		if u.Path != "/dates" || len(u.Fragment) != 43 || u.RawQuery != "" {
			h.t.Errorf("%s", l.URL)
		}
		out[l.AgencyID] = u.Fragment
	}
	if len(out) == 0 {
		h.t.Fatal("no links")
	}
	return out
}

func (h *house) datesOf(id string) (b meeting.DateBoard) {
	h.t.Helper()
	h.as("secretariat").get("/api/meetings/"+id+"/dates").into(h.t, &b)
	return b
}

// datePolls are those of the scene: one to be changed and fixed, one whose link lives.
func (s *scene) datePolls() {
	s.t.Helper()
	s.polled(s.layered)
	for _, l := range s.datesOf(s.layered).Lines {
		s.dates = append(s.dates, l.DateOption)
	}
	other := s.callLayered(s.desk, s.welfare.ID)
	s.dateToken = s.polled(other)[s.welfare.ID]
	s.dateSaid = map[string]string{s.datesOf(other).Lines[0].ID: "good"}
}

// A link without a session answers for its agency and says nothing of the case; dead ones all say the same; the grid proposes, the date is fixed.
func TestDatesThroughTheDoor(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk := h.as("secretariat")
	id := h.callLayered(desk, h.welfare.ID)
	token := h.polled(id)
	page := h.browser().post("/api/dates/check", map[string]string{"token": token[h.welfare.ID]})
	wantStatus(t, "a living link", page, http.StatusOK)
	for _, secret := range []string{"渡邉", "わたなべ", "K2025-0001", "会議室", "役割分担", "第1回", id, h.caseID, "重層", "支援会議"} {
		if strings.Contains(string(page.body), secret) {
			t.Errorf("the page of a link says %q: %s", secret, page.body)
		}
	}
	if page.header.Get("Set-Cookie") != "" || !strings.Contains(page.header.Get("Cache-Control"), "no-store") {
		t.Errorf("%v", page.header)
	}
	b := h.datesOf(id)
	first, second := b.Lines[0].ID, b.Lines[1].ID
	say := func(agency, a, c string) {
		t.Helper()
		wantStatus(t, "answer", h.browser().post("/api/dates/answer", map[string]any{"token": token[agency], "answers": map[string]string{first: a, second: c}}), http.StatusNoContent)
	}
	say(h.welfare.ID, "good", "no")
	say(h.city.ID, "no", "can")
	if b = h.datesOf(id); b.Best != second {
		t.Errorf("%+v", b)
	}
	wantKind(t, "an answer that is none", h.browser().post("/api/dates/answer", map[string]any{"token": token[h.city.ID], "answers": map[string]string{first: "perhaps"}}), fault.Invalid)
	// The secret stands nowhere but in the link.
	var kept string
	h.ok(h.raw.QueryRow(`SELECT token_hash FROM date_reply WHERE meeting_id = '` + id + `' AND agency_id = '` + h.city.ID + `'`).Scan(&kept))
	if log := h.log.String(); strings.Contains(log, token[h.city.ID]) || kept == "" || strings.Contains(kept, token[h.city.ID]) {
		t.Errorf("the secret of a link is kept: %s", kept)
	}
	for _, login := range []string{"agency", "chair", "observer", "stranger", "records", "auditor", "sysadmin"} {
		if a := h.as(login).get("/api/meetings/" + id + "/dates"); a.status != http.StatusForbidden && a.status != http.StatusNotFound {
			t.Errorf("%s sees who can when: %d", login, a.status)
		}
	}
	var room meeting.Room
	desk.post("/api/meetings/"+id+"/dates/fix", map[string]string{"option": second}).into(t, &room)
	if !room.Meeting.PlannedStart.Equal(b.Lines[1].Start) {
		t.Errorf("%v", room.Meeting.PlannedStart)
	}
	used := h.browser().post("/api/dates/check", map[string]string{"token": token[h.city.ID]})
	guessed := h.browser().post("/api/dates/check", map[string]string{"token": strings.Repeat("A", 43)})
	wantKind(t, "after the date was fixed", used, fault.Gone)
	wantKind(t, "guessed", guessed, fault.Gone)
	said := func(a answer) string {
		var e struct{ Error struct{ Message string } }
		h.ok(json.Unmarshal(a.body, &e))
		return e.Error.Message
	}
	if a, b := said(used), said(guessed); a == "" || a != b {
		t.Errorf("dead links differ: %q, %q", a, b)
	}
}

// Who tries dead links is stopped, also for a living one, and let go on later.
func TestDateLinksAreSlow(t *testing.T) {
	t.Parallel()
	h := settled(t)
	token := h.polled(h.callLayered(h.as("secretariat"), h.welfare.ID))
	try := func(token string) answer {
		return h.browser().post("/api/dates/check", map[string]string{"token": token})
	}
	tries := 0
	for a := try(strings.Repeat("A", 43)); a.kind() == fault.Gone.String() && tries < 200; a = try(strings.Repeat("A", 43)) {
		tries++
	}
	if tries > deadBurst || tries < deadBurst/2 {
		t.Errorf("%d dead links before the door was shut", tries)
	}
	wantKind(t, "a living link from there", try(token[h.welfare.ID]), fault.RateLimited)
	wantKind(t, "an answer from there", h.browser().post("/api/dates/answer", map[string]any{"token": token[h.welfare.ID], "answers": map[string]string{}}), fault.RateLimited)
	h.clock.Advance(2 * time.Minute)
	wantStatus(t, "later", try(token[h.welfare.ID]), http.StatusOK)
}
