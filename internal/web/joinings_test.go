package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/community"
	"kasane/internal/fault"
	"kasane/internal/joining"
)

func (s *scene) joinBody(item string, n int) map[string]any {
	return map[string]any{"personId": s.person, "item": item, "needs": []string{"people"}, "fields": []string{"kaigo"}, "aim": "ibasho", "wish": wordForm, "free": "水曜の午後", "district": "東部",
		"openedOn": s.clock.Now().In(jst).Format(time.DateOnly), "n": n}
}

// joining is one of the member agency, with a 見学 to come.
func (s *scene) joining() {
	s.t.Helper()
	at := "/api/cases/" + s.caseID + "/joinings"
	wantStatus(s.t, "参加支援", s.agency.post(at, s.joinBody("progress", 0)), http.StatusNoContent)
	j := s.agency.joinings(s.caseID)[0]
	s.joined = j.ID
	wantStatus(s.t, "見学の予定", s.agency.post(at+"/"+j.ID+"/steps", map[string]any{"kind": "trial", "placeId": s.spot, "day": s.clock.Now().In(jst).AddDate(0, 0, 3).Format(time.DateOnly), "outcome": "planned",
		"body": wordForm, "n": 1}), http.StatusNoContent)
	wantStatus(s.t, "of another class", s.agency.post(at, s.joinBody("family", 0)), http.StatusNoContent)
	for _, j := range s.agency.joinings(s.caseID) {
		if j.ID != s.joined {
			s.joinedToo = j.ID
		}
	}
}

func (b *browser) joinings(caseID string) []joining.Line {
	b.h.t.Helper()
	var board joining.Board
	b.get("/api/cases/"+caseID+"/joinings").into(b.h.t, &board)
	return board.Joinings
}

// A person is accompanied into a place and out of it: what fits is suggested with its reasons, each step follows the one before, and the コーディネート of the
// place is written with it.
func TestAccompanied(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	at, today := "/api/cases/"+s.caseID+"/joinings/"+s.joined+"/steps", s.clock.Now().In(jst).Format(time.DateOnly)
	line := func() joining.Line {
		t.Helper()
		list := s.agency.joinings(s.caseID)
		i := slices.IndexFunc(list, func(l joining.Line) bool { return l.ID == s.joined })
		if i < 0 {
			t.Fatalf("%+v", list)
		}
		return list[i]
	}
	j := line()
	if j.State != joining.StateTrial || j.N != 2 || !j.MayWrite || len(j.Suggested) != 1 || j.Suggested[0].PlaceID != s.spot {
		t.Fatalf("%+v", j)
	}
	if want := []string{"種類が合う", "分野が合う（介護）", "同じ地区", "曜日が合う（水）", "空きがある"}; !slices.Equal(j.Suggested[0].Reasons, want) {
		t.Errorf("reasons %v, want %v", j.Suggested[0].Reasons, want)
	}
	step := func(kind, outcome, method string, n int) answer {
		t.Helper()
		place := s.spot
		if kind == "end" {
			place = ""
		}
		return s.agency.post(at, map[string]any{"kind": kind, "placeId": place, "day": today, "method": method, "outcome": outcome, "body": wordForm, "n": n})
	}
	wantKind(t, "定着支援 before the use", step("settle", "well", "visit", 2), fault.Invalid)
	wantStatus(t, "利用開始", step("start", "", "", 2), http.StatusNoContent)
	wantKind(t, "by somebody who saw the state before", step("settle", "well", "visit", 2), fault.Conflict)
	wantKind(t, "begun twice", step("start", "", "", 3), fault.Conflict)
	wantStatus(t, "定着支援", step("settle", "well", "visit", 3), http.StatusNoContent)
	wantKind(t, "the end while it is used", step("end", "settled", "", 4), fault.Conflict)
	if j := line(); j.State != joining.StateUsing || len(j.Uses) != 1 || j.Uses[0].PlaceName != "海辺のサロン" || len(j.Suggested) != 0 || j.Steps[0].OutcomeLabel != "落ち着いている" {
		t.Errorf("%+v", j)
	}
	links := func(want community.Result) {
		t.Helper()
		d := s.agency.spot(s.spot)
		if len(d.Links) != 2 || !slices.ContainsFunc(d.Links, func(l community.LinkLine) bool {
			return l.ID != s.spotLink && l.PersonID == s.person && l.Result == want
		}) {
			t.Errorf("links %+v, want one that is %q", d.Links, want)
		}
	}
	links(community.ResultNone)
	wantStatus(t, "利用の終わり", step("stop", "unfit", "", 4), http.StatusNoContent)
	links(community.ResultUnfit)
	wantStatus(t, "終わり", step("end", "wish", "", 5), http.StatusNoContent)
	wantKind(t, "after its end", step("trial", "want", "", 6), fault.Conflict)
	if j := line(); j.State != joining.StateEnded || j.EndedOn != today || len(j.Suggested) != 0 {
		t.Errorf("%+v", j)
	}
	wantStatus(t, "begun anew", s.agency.post("/api/cases/"+s.caseID+"/joinings", s.joinBody("progress", 0)), http.StatusNoContent)
	wantKind(t, "two at once", s.desk.post("/api/cases/"+s.caseID+"/joinings", s.joinBody("progress", 0)), fault.Conflict)
	var o joining.Overview
	s.desk.get("/api/joinings").into(t, &o)
	if len(o.Lines) != 2 || o.Counts[joining.StateEnded] != 1 || o.Lines[0].State != joining.StateLooking || o.Lines[0].Initial != "わ" || o.Next != "" {
		t.Errorf("%+v", o)
	}
	s.desk.get("/api/joinings?state=ended").into(t, &o)
	if len(o.Lines) != 1 || o.Lines[0].State != joining.StateEnded {
		t.Errorf("%+v", o)
	}
	wantKind(t, "no state", s.desk.get("/api/joinings?state=x"), fault.Invalid)
	wantKind(t, "no place in the list", s.desk.get("/api/joinings?after=x"), fault.Invalid)
	if a := s.desk.get("/api/joinings"); len(a.says([]string{wordForm, personName})) > 0 {
		t.Errorf("the list says %s", a.body)
	}
}

// Who is outside of the consent, or of the case, does not learn that there is one; the class stays as it was.
func TestJoiningFollowsTheGate(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	at := "/api/cases/" + s.caseID + "/joinings"
	wantStatus(t, "of income", s.as("city").post(at, s.joinBody("income", 0)), http.StatusNoContent)
	if n := len(s.agency.joinings(s.caseID)); n != 3 {
		t.Fatalf("the agency sees %d while the consent holds", n)
	}
	for _, j := range s.agency.joinings(s.caseID) {
		if j.Item == "income" {
			wantKind(t, "another agency's", s.agency.send(put, at+"/"+j.ID, s.joinBody("income", 1)), fault.Forbidden)
		}
	}
	for _, j := range s.as("city").joinings(s.caseID) {
		if j.Item == "income" {
			wantStatus(t, "used", s.as("city").post(at+"/"+j.ID+"/steps", map[string]any{"kind": "start", "placeId": s.spot, "day": s.clock.Now().In(jst).Format(time.DateOnly), "n": 1}), http.StatusNoContent)
		}
	}
	if d := s.agency.spot(s.spot); len(d.Links) != 2 {
		t.Errorf("links while the consent holds: %+v", d.Links)
	}
	changed := s.joinBody("basic", 2)
	wantKind(t, "the class changes", s.agency.send(put, at+"/"+s.joined, changed), fault.Invalid)
	wantStatus(t, "income is withdrawn", s.desk.post("/api/consents/"+s.record+"/withdraw", map[string]any{"note": "やめます", "items": []string{"income"}}), http.StatusOK)
	list := s.agency.joinings(s.caseID)
	if len(list) != 2 || slices.ContainsFunc(list, func(l joining.Line) bool { return l.Item == "income" }) {
		t.Errorf("after the withdrawal the agency sees %+v", list)
	}
	wantKind(t, "of a class it does not see", s.agency.post(at, s.joinBody("income", 0)), fault.NotFound)
	for _, who := range []string{"stranger", "chair"} {
		a := s.as(who).get(at)
		wantKind(t, who, a, fault.NotFound)
		quiet(t, who, a)
	}
	for _, who := range []string{"observer", "records", "auditor", "sysadmin"} {
		wantKind(t, who, s.as(who).get(at), fault.Forbidden)
	}
	wantKind(t, "guest", s.guest.get(at), fault.Forbidden)
	for _, who := range []string{"agency", "chair", "records"} {
		wantKind(t, who+" lists all", s.as(who).get("/api/joinings"), fault.Forbidden)
	}
	wantStatus(t, "bar", s.desk.post("/api/cases/"+s.caseID+"/bars", map[string]string{"userId": s.userID("city"), "reason": wordReason}), http.StatusNoContent)
	wantKind(t, "kept from the case", s.as("city").get(at), fault.NotFound)
	var o joining.Overview
	s.as("city").get("/api/joinings").into(t, &o)
	if len(o.Lines) > 0 {
		t.Errorf("kept from the case, and in the list: %+v", o.Lines)
	}
	d := s.agency.spot(s.spot)
	if len(d.Links) != 1 || d.Links[0].ID != s.spotLink || d.Links[0].Result != community.ResultNone {
		t.Errorf("the use is of the class that was withdrawn: %+v", d.Links)
	}
	wantStatus(t, "care", s.agency.post("/api/places/"+s.spot+"/cares", map[string]string{"day": s.clock.Now().In(jst).Format(time.DateOnly), "method": "visit", "body": wordReason}), http.StatusNoContent)
	if d = s.agency.spot(s.spot); len(d.Cares) != 1 || d.Cares[0].MethodLabel != "訪問" {
		t.Errorf("%+v", d.Cares)
	}
	if a := s.as("stranger").get("/api/places/" + s.spot); strings.Contains(string(a.body), wordReason) {
		t.Errorf("a stranger reads %s", a.body)
	}
}
