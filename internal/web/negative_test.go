package web

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/identity"
	"kasane/internal/meeting"
)

// lines are the rows of the table of routes with their complete request; the line over plain HTTP is not in this house.
func (s *scene) lines() map[string]route {
	out := map[string]route{}
	for _, rt := range (&server{deps: s.deps}).routes() {
		if !strings.HasPrefix(rt.pattern, "/hp/") {
			out[rt.method+" "+rt.pattern] = rt
		}
	}
	return out
}

// TestNegativesOfEveryRoute: the table above and the requests of the scene are those of the house, line by line.
func TestNegativesOfEveryRoute(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	asks := s.asks()
	known := map[string]bool{}
	for _, rt := range (&server{deps: s.deps}).routes() {
		key := rt.method + " " + rt.pattern
		known[key] = true
		if negatives[key].reach == 0 {
			t.Errorf("%s has no row in the negative tests", key)
		}
		if asks[key].path == "" {
			t.Errorf("%s has no complete request in the scene", key)
		}
	}
	for key := range negatives {
		if !known[key] && !strings.Contains(key, "/api/oidc/") { // these are there only with a sign-in service
			t.Errorf("%s is no route", key)
		}
	}
}

// refused holds an answer against what somebody may get to whom the route is not open: no success, no fault of ours, none of the scene's words.
func refused(t *testing.T, what string, a answer, kinds ...fault.Kind) {
	t.Helper()
	if !slices.ContainsFunc(kinds, func(k fault.Kind) bool { return a.kind() == k.String() && a.status == statusOf[k] }) {
		t.Errorf("%s: %d %s, want one of %v: %.200s", what, a.status, a.kind(), kinds, a.body)
	}
	quiet(t, what, a)
}

func quiet(t *testing.T, what string, a answer) {
	t.Helper()
	if said := a.says(sceneWords); len(said) > 0 || a.status >= http.StatusInternalServerError {
		t.Errorf("%s: %d, %v stand in the answer: %.300s", what, a.status, said, a.body)
	}
}

// TestAnotherAgency: staff of an agency without any tie to the case make every request with the right ids.
func TestAnotherAgency(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	asks := s.asks()
	for key, rt := range s.lines() {
		n, what := negatives[key], "stranger: "+key
		if n.reach == everybody || n.ends {
			continue
		}
		before := s.dump("audit_entry", "audit_checkpoint")
		a := s.as("stranger").make(rt.method, asks[key])
		switch n.reach {
		case bound:
			refused(t, what, a, fault.NotFound, fault.Forbidden)
		case office:
			refused(t, what, a, fault.Forbidden)
		case listing, register:
			wantStatus(t, what, a, http.StatusOK)
			for _, id := range []string{s.caseID, s.met, s.sealed, s.plan} {
				if strings.Contains(string(a.body), id) {
					t.Errorf("%s: lists what is not the stranger's: %s", what, a.body)
				}
			}
		}
		quiet(t, what, a)
		if s.dump("audit_entry", "audit_checkpoint") != before && n.reach != signedIn {
			t.Errorf("%s changed something", what)
		}
	}
}

// elsewhere founds a second municipality in the same house, with somebody who has every role there.
func (s *scene) elsewhere() *browser {
	s.t.Helper()
	ctx := context.Background()
	m, agency, _, err := s.ids.Found(ctx, identity.Founding{Name: "隣の町", Code: "999999", Agency: identity.AgencyInput{Name: "隣の福祉課", City: true},
		Admin: identity.UserInput{Login: "boss", Name: "隣の人", Roles: []access.Role{access.RoleAdmin}, Password: password}})
	s.ok(err)
	u := access.User{ID: access.NewID(s.clock.Now()), Tenant: m.ID, AgencyID: agency.ID, Login: "all", Name: "隣の人", Roles: []access.Role{access.RoleAdmin, access.RoleCity,
		access.RoleSecretariat, access.RoleChair, access.RoleAgency, access.RoleRecords, access.RoleAuditor}}
	s.ok(s.store.CreateUser(ctx, identity.Account{User: u}, access.Actor{Tenant: m.ID, UserID: "test"}.Audit(s.clock.Now(), access.VerbUserSave, u.ID)))
	home := s.tenant
	s.tenant = m.ID
	b := s.as("all")
	s.tenant = home
	return b
}

// TestAnotherMunicipality: whoever has every role in one municipality reaches nothing of another.
func TestAnotherMunicipality(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	asks, b := s.asks(), s.elsewhere()
	for key, rt := range s.lines() {
		n, what := negatives[key], "another municipality: "+key
		if n.reach == everybody || n.ends || n.own {
			continue
		}
		before := s.dump("audit_entry", "audit_checkpoint", "agency", "app_user", "case_file", "person", "name_pair", "name_paired", "stage_entry")
		s.clock.Advance(time.Second) // one session makes them all, and its pace is bounded
		a := b.make(rt.method, asks[key])
		switch {
		case n.reach == bound, n.reach == register, strings.Contains(rt.pattern, "{") && n.reach == office, key == "POST /api/archive/verify":
			refused(t, what, a, fault.NotFound, fault.Forbidden, fault.Invalid)
		case key == "POST /api/users":
			refused(t, what, a, fault.Invalid, fault.NotFound) // the agency is not one of theirs
		case a.status >= 300: // theirs holds no such thing
			refused(t, what, a, fault.NotFound, fault.Forbidden, fault.Invalid, fault.Conflict)
		default:
			for _, id := range []string{s.caseID, s.met, s.welfare.ID, s.userID("agency"), s.archived} {
				if strings.Contains(string(a.body), id) {
					t.Errorf("%s: %s of the other municipality: %s", what, id, a.body)
				}
			}
		}
		quiet(t, what, a)
		if s.dump("audit_entry", "audit_checkpoint", "agency", "app_user", "case_file", "person", "name_pair", "name_paired", "stage_entry") != before {
			t.Errorf("%s changed something", what)
		}
	}
}

// TestEndedInvitation: while it holds, a guest reads the one meeting; when it was taken back, every route but the public ones answers 401.
func TestEndedInvitation(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	asks := s.asks()
	keep := *s.guest.cookie
	as := func() *browser { b := s.browser(); c := keep; b.cookie = &c; return b }
	answered := 0
	for key, rt := range s.lines() {
		n, what := negatives[key], "guest: "+key
		if n.reach == everybody || n.ends || rt.method == del {
			continue
		}
		a := as().make(rt.method, asks[key])
		switch {
		case !n.guest:
			refused(t, what, a, fault.Forbidden, fault.NotFound)
		case a.status < 300:
			answered++
		case a.status == http.StatusUnauthorized || a.status >= http.StatusInternalServerError:
			t.Errorf("%s: %d %s", what, a.status, a.body)
		}
	}
	if answered < 15 {
		t.Errorf("only %d routes answered the guest: the rest of this test says little", answered)
	}
	wantStatus(t, "revoke", s.chair.do(del, "/api/meetings/"+s.met+"/guests/"+s.guestID, nil, ""), http.StatusNoContent)
	for key, rt := range s.lines() {
		if n := negatives[key]; n.reach != everybody {
			refused(t, "ended invitation: "+key, as().make(rt.method, asks[key]), fault.Unauthorized)
		}
	}
}

// TestReplayedGuestLink: a link that was used, taken back, guessed or has run out is dead, and says nothing.
func TestReplayedGuestLink(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	revoked := identity.Entry{Token: s.token, PIN: s.invited.PIN, Name: "来ない 客", Agency: s.welfare.Name, Secrecy: true}
	wantStatus(t, "revoke", s.chair.do(del, "/api/meetings/"+s.met+"/guests/"+s.invited.ID, nil, ""), http.StatusNoContent)
	in, token := s.chair.invited(s.met, "遅い 客")
	late := identity.Entry{Token: token, PIN: in.PIN, Name: "遅い 客", Agency: s.welfare.Name, Secrecy: true}
	guessed := late
	guessed.Token = strings.Repeat("A", len(token))
	dead := map[string]identity.Entry{"used": s.entered, "taken back": revoked, "guessed": guessed, "empty": {Secrecy: true}}
	try := func() {
		for what, entry := range dead {
			refused(t, what+", entering", s.browser().post("/api/guest/enter", entry), fault.Gone)
			refused(t, what+", asking", s.browser().post("/api/guest/check", map[string]string{"token": entry.Token}), fault.Gone)
		}
	}
	try()
	s.clock.Advance(20 * time.Hour)
	dead["run out"] = late
	try()
}

// TestConsentThatEnded: the agency's answers hold the words while the consent does, and none of them a moment after its last day.
func TestConsentThatEnded(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	asks := s.asks()
	outside := func(a ask) ask { // outside of the meeting, where the law would stand in for consent
		a.login = "agency"
		a.path = strings.NewReplacer("?meeting="+s.met, "", "&meeting="+s.met, "").Replace(a.path)
		return a
	}
	held := 0
	for _, ended := range []bool{false, true} {
		if ended {
			s.clock.Set(s.clock.Now().AddDate(0, 6, 2))
		}
		for key, rt := range s.lines() {
			n := negatives[key]
			if n.reach == everybody || n.ends || rt.method == del || strings.Contains(rt.pattern, "{meeting}") || strings.HasPrefix(rt.pattern, "/api/archive") {
				continue
			}
			a := s.by(outside(asks[key])).make(rt.method, outside(asks[key]))
			switch {
			case ended:
				quiet(t, "after the last day: "+key, a)
			case rt.method == get && len(a.says(sceneWords)) > 0:
				held++
			}
		}
	}
	if held < 4 {
		t.Errorf("only %d routes said anything while the consent held", held)
	}
}

// TestWrongID: whoever may make a request gets not found, and nothing else, for something that is not there or is of another kind.
func TestWrongID(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	asks := s.asks()
	part := regexp.MustCompile(`\{[a-z]+\}`)
	for key, rt := range s.lines() {
		names := part.FindAllString(rt.pattern, -1)
		if len(names) == 0 || negatives[key].ends {
			continue
		}
		path, query, _ := strings.Cut(asks[key].path, "?")
		shape := "^" + part.ReplaceAllString(strings.ReplaceAll(rt.pattern, ".", `\.`), "([^/]+?)") + "$"
		found := regexp.MustCompile(shape).FindStringSubmatchIndex(path)
		if found == nil {
			t.Fatalf("%s: %s is no request of it", key, path)
		}
		for i := range names {
			for _, wrong := range []string{"01nothere", "0", "..%2f..%2fapi%2fusers", s.file, s.sealed} {
				a := asks[key]
				if a.path = path[:found[2+2*i]] + wrong + path[found[3+2*i]:]; a.path == path || wrong == "0" && names[i] == "{seq}" { // a document before anything was written
					continue
				}
				if query != "" {
					a.path += "?" + query
				}
				before := s.dump("audit_entry", "audit_checkpoint")
				got := s.by(a).make(rt.method, a)
				if names[i] == "{meeting}" && wrong == s.sealed { // a meeting, though another one: the test of sealed ones looks at that
					continue
				}
				refused(t, fmt.Sprintf("%s with %s as %s", key, wrong, names[i]), got, fault.NotFound, fault.Invalid, fault.Forbidden)
				if s.dump("audit_entry", "audit_checkpoint") != before {
					t.Errorf("%s with %s as %s changed something", key, wrong, names[i])
				}
			}
		}
	}
}

// TestSealedStaysAsItIs: no route changes a meeting that is sealed, or the plan it agreed to.
func TestSealedStaysAsItIs(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	asks := s.asks()
	move := strings.NewReplacer(s.met, s.sealed, s.layered, s.sealed, s.plan, s.sealedPlan, s.doc, s.sealedDoc)
	for key, rt := range s.lines() {
		n := negatives[key]
		if n.sealed == 0 {
			continue
		}
		a := asks[key]
		a.path = move.Replace(a.path)
		bodies := []any{a.body}
		if key == "POST /api/docs" {
			bodies = []any{map[string]string{"kind": "plan", "ownerId": s.sealedPlan, "item": "income"}, map[string]string{"kind": "minutes", "ownerId": s.sealed, "item": "income"},
				map[string]string{"kind": "prep", "ownerId": s.sealed, "item": "income"}}
		}
		for _, a.body = range bodies {
			before := s.dump("audit_entry", "audit_checkpoint")
			refused(t, "sealed: "+key, s.by(a).make(rt.method, a), n.sealed, fault.Forbidden)
			if s.dump("audit_entry", "audit_checkpoint") != before {
				t.Errorf("%s changed something that is sealed", key)
			}
		}
	}
	for _, b := range []*browser{s.chair, s.desk, s.city} { // every act, not only the one of the table
		var room meeting.Room
		b.get("/api/meetings/"+s.sealed).into(t, &room)
		if len(room.Acts) < 10 {
			t.Errorf("%d acts", len(room.Acts))
		}
		for _, act := range room.Acts {
			a := b.post("/api/meetings/"+s.sealed+"/acts", map[string]any{"act": act.Act, "params": map[string]any{"id": "x"}, "seq": room.Seq})
			// How far a task is and the survey come after the record; they are events beside it.
			// A 訂正 begins another version and leaves the sealed one as it is.
			later := act.Act == meeting.ActTick || act.Act == meeting.ActSurvey || act.Act == meeting.ActCorrect
			if act.Allowed && !later || a.status == http.StatusOK {
				t.Errorf("%s is possible in a sealed meeting: %d", act.Act, a.status)
			}
		}
	}
	before := s.dump("audit_entry", "audit_checkpoint")
	wantStatus(t, "entering a sealed meeting notes nothing", s.desk.post("/api/meetings/"+s.sealed+"/enter", map[string]string{"form": "room"}), http.StatusNoContent)
	if s.dump("audit_entry", "audit_checkpoint") != before {
		t.Error("entering changed a sealed meeting")
	}
}

// TestGuessedAttachment: a file is given by its id to those who hold evidence, in its municipality; other ids of the house are no files.
func TestGuessedAttachment(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	path := "/api/files/" + s.file
	for _, login := range []string{"secretariat", "city", "records"} {
		if a := s.as(login).get(path); a.status != http.StatusOK || len(a.says([]string{wordFile})) != 1 {
			t.Errorf("%s: %d", login, a.status)
		}
	}
	for _, login := range []string{"agency", "chair", "observer", "stranger", "auditor", "sysadmin"} {
		refused(t, login, s.as(login).get(path), fault.Forbidden)
	}
	refused(t, "guest", s.guest.get(path), fault.Forbidden)
	refused(t, "signed out", s.browser().get(path), fault.Unauthorized)
	refused(t, "another municipality", s.elsewhere().get(path), fault.NotFound)
	last := s.file[len(s.file)-1]
	near := s.file[:len(s.file)-1] + string(map[bool]byte{true: 'a', false: 'b'}[last != 'a'])
	for what, id := range map[string]string{"a neighbour": near, "a case": s.caseID, "a sealed record": s.archived, "a consent": s.record, "upper case": strings.ToUpper(s.file),
		"a path": "..%2F" + s.file, "with a dot": s.file + ".1"} {
		refused(t, what, s.desk.get("/api/files/"+id), fault.NotFound)
	}
	for what, id := range map[string]string{"evidence": s.file, "a meeting": s.sealed, "nothing": near} {
		refused(t, "archive: "+what, s.as("records").get("/api/archive/"+id+"/file"), fault.NotFound)
	}
	// Evidence of another case is not taken for a consent.
	var made struct{ ID string }
	s.desk.post("/api/cases", map[string]any{"persons": []any{map[string]any{"name": "別の人", "relation": "本人", "subject": true}}}).into(t, &made)
	var other caseBody
	s.desk.get("/api/cases/"+made.ID).into(t, &other)
	form := s.form()
	form["personId"] = other.Persons[0].ID
	refused(t, "evidence of another case", s.desk.post("/api/cases/"+made.ID+"/consents", form), fault.Invalid)
}
