package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/community"
	"kasane/internal/fault"
	"kasane/internal/meeting"
)

// spotBody is a complete place of the member agency.
func (s *scene) spotBody(n int) map[string]any {
	return map[string]any{"name": "海辺のサロン", "kind": "salon", "fields": []string{"kaigo", "konkyu"}, "district": "東部", "address": "潮見町1", "lat": 35.681236, "lng": 139.767125, "capacity": 12,
		"hours": "毎週水曜", "contact": "運営の会", "terms": "どなたでも", "state": "open", "agencyId": s.welfare.ID, "note": "送迎あり", "issueMeeting": "", "issueNote": "", "n": n}
}

func spotDay(day string) map[string]any {
	return map[string]any{"day": day, "children": 1, "young": 2, "working": 3, "elder": 4, "note": "秋の会"}
}

// places makes one with a day, and brings the person of the scene there.
func (s *scene) places() {
	s.t.Helper()
	var made struct{ ID string }
	s.desk.post("/api/places", s.spotBody(0)).into(s.t, &made)
	s.spot = made.ID
	at, today := "/api/places/"+s.spot, s.clock.Now().In(jst).Format(time.DateOnly)
	wantStatus(s.t, "day", s.agency.post(at+"/days", spotDay(today)), http.StatusNoContent)
	wantStatus(s.t, "link", s.desk.post(at+"/links", map[string]string{"caseId": s.caseID, "personId": s.person, "role": "participant", "since": today}), http.StatusNoContent)
	d := s.desk.spot(s.spot)
	s.spotDay, s.spotLink = d.Days[0].ID, d.Links[0].ID
}

func (b *browser) spot(id string) (d community.Detail) {
	b.h.t.Helper()
	b.get("/api/places/"+id).into(b.h.t, &d)
	return d
}

// Every agency reads the register, its own people write; the name of somebody who was brought there is for whom the gate shows it, and nobody else learns that
// there is one.
func TestRegisterOfPlaces(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	today := s.clock.Now().In(jst).Format(time.DateOnly)
	at := "/api/places/" + s.spot
	for _, who := range []string{"secretariat", "city", "agency", "chair", "stranger"} {
		b := s.as(who)
		d := b.spot(s.spot)
		if d.Name != "海辺のサロン" || len(d.Days) != 1 || d.Days[0].Elder != 4 || d.Tally[0].Days != 1 || d.Tally[0].Elder != 4 || *d.Lat != 35.681236 || *d.Capacity != 12 {
			t.Errorf("%s reads %+v", who, d)
		}
		if sees := who != "stranger" && who != "chair"; sees != (len(d.Links) == 1 && strings.HasPrefix(d.Links[0].Name, personName)) || !sees && len(d.Links) > 0 {
			t.Errorf("%s sees links %+v", who, d.Links)
		}
		if d.Keep != (who == "secretariat" || who == "city" || who == "agency") {
			t.Errorf("%s keeps: %v", who, d.Keep)
		}
		var page community.Page
		b.post("/api/places/search", map[string]any{"q": "ｻﾛﾝ", "field": "konkyu", "district": "東部", "state": "open"}).into(t, &page)
		if page.Total != 1 || page.Places[0].ID != s.spot || !slices.Equal(page.Districts, []string{"東部"}) {
			t.Errorf("%s finds %+v", who, page)
		}
	}
	for _, who := range []string{"observer", "records", "auditor", "sysadmin"} {
		wantKind(t, who, s.as(who).get(at), fault.Forbidden)
		wantKind(t, who, s.as(who).post("/api/places/search", map[string]any{}), fault.Forbidden)
		wantKind(t, who, s.as(who).post("/api/places/file", map[string]any{"as": "csv"}), fault.Forbidden)
	}
	wantKind(t, "guest", s.guest.get(at), fault.Forbidden)
	for _, who := range []string{"chair", "stranger"} {
		b := s.as(who)
		wantKind(t, who+" writes", b.send(put, at, s.spotBody(1)), fault.Forbidden)
		wantKind(t, who+" counts", b.post(at+"/days", spotDay(today)), fault.Forbidden)
		wantKind(t, who+" brings a resident", b.post(at+"/links", map[string]string{"role": "participant", "since": today}), fault.Forbidden)
	}
	own := s.spotBody(0)
	own["agencyId"] = ""
	var made struct{ ID string }
	s.as("stranger").post("/api/places", own).into(t, &made)
	if d := s.as("stranger").spot(made.ID); d.AgencyID != s.stranger.ID || !d.Keep {
		t.Errorf("of one's own agency: %+v", d)
	}
	// The member agency saw the name by consent; when that is withdrawn, the link is gone with it.
	seen := s.count(string(access.VerbPlaceNames))
	wantStatus(t, "withdraw", s.desk.post("/api/consents/"+s.record+"/withdraw", map[string]any{"note": "やめます"}), http.StatusOK)
	if d := s.agency.spot(s.spot); len(d.Links) > 0 {
		t.Errorf("after the withdrawal the agency sees %+v", d.Links)
	}
	if n := s.count(string(access.VerbPlaceNames)); n != seen || seen == 0 {
		t.Errorf("%d entries that names were shown, then %d", seen, n)
	}
	wantKind(t, "the agency tells a result it does not see", s.agency.send(put, at+"/links/"+s.spotLink, map[string]any{"result": "ended", "resultOn": today, "n": 1}), fault.NotFound)
	// Somebody who is kept from the case holds the register all the same.
	wantStatus(t, "bar", s.desk.post("/api/cases/"+s.caseID+"/bars", map[string]string{"userId": s.userID("city"), "reason": wordReason}), http.StatusNoContent)
	if d := s.as("city").spot(s.spot); len(d.Links) > 0 || !d.Keep {
		t.Errorf("kept from the case: %+v", d)
	}
	wantKind(t, "and brings nobody of it", s.as("city").post(at+"/links", map[string]string{"caseId": s.caseID, "personId": s.person, "role": "bearer", "since": today}), fault.NotFound)
}

// A 地域課題 becomes a resource in preparation, and the resource that is open closes it.
func TestIssueBecomesAPlace(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	state := func() meeting.IssueState {
		t.Helper()
		var list localIssuesBody
		s.desk.get("/api/local-issues").into(t, &list)
		i := slices.IndexFunc(list.Issues, func(i meeting.LocalIssue) bool { return i.ID == s.issue })
		if !slices.ContainsFunc(list.States, func(c meeting.Choice) bool { return c.Code == string(list.Issues[i].State) }) {
			t.Errorf("%q is no state of the list", list.Issues[i].State)
		}
		return list.Issues[i].State
	}
	body := s.spotBody(0)
	body["state"], body["issueMeeting"], body["issueNote"] = "preparing", s.met, s.issue
	wantKind(t, "an agency makes one of an issue", s.agency.post("/api/places", body), fault.Forbidden)
	body["issueNote"] = "01nothere"
	wantKind(t, "of no issue", s.desk.post("/api/places", body), fault.NotFound)
	body["issueNote"] = s.issue
	if got := state(); got != meeting.IssueOpen {
		t.Errorf("%s at first", got)
	}
	var made struct {
		ID string
		N  int
	}
	s.desk.post("/api/places", body).into(t, &made)
	if got := state(); got != community.IssueMaking {
		t.Errorf("%s while it is prepared", got)
	}
	if d := s.desk.spot(made.ID); d.Issue != wordMinutes {
		t.Errorf("the desk reads %q", d.Issue)
	}
	quiet(t, "a stranger reads the place", s.as("stranger").get("/api/places/"+made.ID))
	body["state"], body["n"], body["issueMeeting"], body["issueNote"] = "open", 1, "", ""
	wantStatus(t, "opened", s.agency.send(put, "/api/places/"+made.ID, body), http.StatusOK)
	if got := state(); got != community.IssueMade {
		t.Errorf("%s when it is open", got)
	}
	var list localIssuesBody
	s.desk.get("/api/local-issues").into(t, &list)
	if p := list.Places[s.issue]; len(p) != 1 || p[0].ID != made.ID || p[0].StateLabel != "利用可" {
		t.Errorf("%+v", list.Places)
	}
	s.as("stranger").get("/api/local-issues").into(t, &list)
	if len(list.Issues) > 0 {
		t.Errorf("a stranger: %+v", list)
	}
	wantKind(t, "as it was before", s.agency.send(put, "/api/places/"+made.ID, body), fault.Conflict)
}
