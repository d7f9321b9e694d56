package web

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/identity"
	"kasane/internal/meeting"
	"kasane/internal/pdf/pdftest"
	"kasane/internal/plans"
)

func (h *house) userID(login string) string {
	h.t.Helper()
	acc, err := h.store.AccountByLogin(context.Background(), h.tenant, login)
	h.ok(err)
	return acc.ID
}

// call makes a 支援会議 of the case with 社協 at the table and the chair, still in preparation.
func (h *house) call(desk *browser, planID string) (id string) {
	h.t.Helper()
	start := h.clock.Now().Add(time.Hour)
	var made struct {
		ID string
		No int
	}
	a := desk.post("/api/cases/"+h.caseID+"/meetings", map[string]any{"type": "support", "mode": "support", "planId": planID, "title": "第1回 支援会議",
		"plannedStart": start, "plannedEnd": start.Add(time.Hour), "place": "第1会議室", "form": "hybrid", "basis": "社会福祉法第106条の6", "reason": "同意が得られていないため",
		"agencies": []string{h.welfare.ID}, "chairId": h.userID("chair"), "recorderId": h.userID("secretariat"),
		"agenda": []any{map[string]any{"title": "状況の共有", "purpose": "share", "point": "本人の様子", "item": "basic"}}})
	a.into(h.t, &made)
	return made.ID
}

// act does an act and gives the room.
func (b *browser) act(id, act string, params any) (answer, meeting.Room) {
	b.h.t.Helper()
	var room meeting.Room
	a := b.get("/api/meetings/" + id)
	a.into(b.h.t, &room)
	a = b.post("/api/meetings/"+id+"/acts", map[string]any{"act": act, "params": params, "seq": room.Seq})
	if a.status == http.StatusOK {
		room = meeting.Room{} // Unmarshal merges into what is there
		a.into(b.h.t, &room)
	}
	return a, room
}

func (b *browser) must(id, act string, params any) meeting.Room {
	b.h.t.Helper()
	a, room := b.act(id, act, params)
	if a.status != http.StatusOK {
		b.h.t.Fatalf("%s: %d %s", act, a.status, a.body)
	}
	return room
}

func TestMeetingThroughTheDoor(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk, chair, agency := h.as("secretariat"), h.as("chair"), h.as("agency")
	var plan struct{ ID string }
	desk.post("/api/cases/"+h.caseID+"/plans", map[string]string{"previous": ""}).into(t, &plan)
	id := h.call(desk, plan.ID)
	var list struct{ Meetings []meeting.Ref }
	agency.get("/api/meetings").into(t, &list)
	if len(list.Meetings) != 1 || list.Meetings[0].ID != id || list.Meetings[0].StatusLabel == "" {
		t.Errorf("%+v", list)
	}
	wantKind(t, "stranger", h.as("stranger").get("/api/meetings/"+id), fault.NotFound)
	wantKind(t, "stranger acts", h.as("stranger").post("/api/meetings/"+id+"/acts", map[string]any{"act": "hand", "params": map[string]any{"up": true}}), fault.NotFound)
	wantKind(t, "agency opens reception", agency.post("/api/meetings/"+id+"/acts", map[string]any{"act": "reception", "params": map[string]any{}, "seq": 99}), fault.Forbidden)
	wantKind(t, "unknown act", chair.post("/api/meetings/"+id+"/acts", map[string]any{"act": "dance", "params": map[string]any{}, "seq": 1}), fault.Invalid)
	wantKind(t, "invitation as an act", chair.post("/api/meetings/"+id+"/acts", map[string]any{"act": "guest_invite", "params": map[string]any{}, "seq": 1}), fault.Invalid)

	room := chair.must(id, "reception", map[string]any{})
	if room.Status != meeting.StatusReception {
		t.Errorf("%s", room.Status)
	}
	wantKind(t, "stale exclusive act", chair.post("/api/meetings/"+id+"/acts", map[string]any{"act": "open", "params": map[string]any{}, "seq": 0}), fault.Conflict)
	for _, b := range []*browser{chair, desk, agency} {
		wantStatus(t, "enter", b.post("/api/meetings/"+id+"/enter", map[string]string{"form": "room"}), http.StatusNoContent)
		b.must(id, "secrecy", map[string]any{})
	}
	if room = chair.must(id, "open", map[string]any{}); room.Status != meeting.StatusOpen {
		t.Errorf("%s", room.Status)
	}
	var v plans.View
	agency.get("/api/plans/"+plan.ID+"?meeting="+id).into(t, &v)
	if len(v.Columns) == 0 || v.Plan.ID != plan.ID || !v.Abilities.Edit {
		t.Errorf("%+v", v)
	}
	// In the running meeting the agency may add rows of a further class; the meeting is found by itself.
	var ref plans.DocRef
	agency.post("/api/docs", map[string]string{"kind": "plan", "ownerId": plan.ID, "personId": "", "item": "income"}).into(t, &ref)
	if ref.Doc == "" || !ref.Write || ref.Item != "income" {
		t.Errorf("%+v", ref)
	}
	agency.post("/api/docs", map[string]string{"kind": "minutes", "ownerId": id, "personId": "", "item": "income"}).into(t, &ref)
	desk.post("/api/docs", map[string]string{"kind": "section", "caseId": h.caseID, "personId": "", "item": "family"}).into(t, &ref)
	if ref.Doc == "" || ref.Kind != "section" {
		t.Errorf("%+v", ref)
	}
	wantKind(t, "unknown kind", desk.post("/api/docs", map[string]string{"kind": "other"}), fault.Invalid)
	wantKind(t, "unknown item", desk.post("/api/docs", map[string]string{"kind": "section", "caseId": h.caseID, "item": "secret"}), fault.Invalid)
	wantKind(t, "person of nowhere", desk.post("/api/docs", map[string]string{"kind": "section", "caseId": h.caseID, "personId": "x", "item": "basic"}), fault.Invalid)

	// An agency that is no section of the city takes no files until the municipality allows it; then each copy says whose it is.
	papers := []string{"/api/plans/" + plan.ID + "/pdf?kind=plan", "/api/meetings/" + id + "/minutes.pdf"}
	for _, path := range papers {
		wantKind(t, "no copies: "+path, agency.get(path), fault.Forbidden)
		if text := pdftest.Text(t, desk.get(path).body); strings.Contains(pdftest.Ink(text), "写し") {
			t.Errorf("%s: a holder's own paper is called a copy", path)
		}
	}
	table := "/api/plans/" + plan.ID + "/matrix?as="
	wantKind(t, "no copies: a table", agency.get(table+"xlsx"), fault.Forbidden)
	rules := identity.DefaultRules(false)
	rules.Copies = true
	if a := h.as("city").send(put, "/api/sign-in-rules", rules); a.status != http.StatusNoContent {
		t.Fatalf("%d %s", a.status, a.body)
	}
	for _, path := range papers {
		text := pdftest.Ink(pdftest.Text(t, agency.get(path).body))
		if n := strings.Count(text, pdftest.Ink("写し　"+h.welfare.Name)); n < 4 {
			t.Errorf("%s: says %d times whose copy it is: %.300s", path, n, text)
		}
	}
	for _, path := range []string{"/api/plans/" + plan.ID + "/pdf?kind=plan", "/api/plans/" + plan.ID + "/pdf?kind=matrix&meeting=" + id, "/api/meetings/" + id + "/minutes.pdf"} {
		a := agency.get(path)
		if a.status != 200 || a.header.Get("Content-Type") != "application/pdf" || !bytes.HasPrefix(a.body, []byte("%PDF-")) ||
			!strings.HasPrefix(a.header.Get("Content-Disposition"), "inline; ") {
			t.Errorf("%s: %d %v %.200s", path, a.status, a.header, a.body)
		}
		if a := h.as("stranger").get(path); a.status != http.StatusNotFound {
			t.Errorf("stranger: %s: %d", path, a.status)
		}
	}
	for as, kind := range map[string]string{"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"} {
		for _, at := range []string{"", "&meeting=" + id} {
			a := agency.get(table + as + at)
			name, _ := url.PathUnescape(a.header.Get("Content-Disposition"))
			if a.status != http.StatusOK || a.header.Get("Content-Type") != kind || !strings.HasPrefix(name, "attachment; ") || !strings.HasSuffix(name, "役割分担表_案."+as) {
				t.Errorf("table as %s: %d %v", as, a.status, a.header)
			}
			wantKind(t, "stranger", h.as("stranger").get(table+as+at), fault.NotFound)
			wantKind(t, "adviser", h.as("observer").get(table+as+"&meeting="+id), fault.Forbidden)
		}
	}
	// The name of the person has a variation selector, which CP932 cannot hold.
	if a := desk.get(table + "csv932"); a.kind() != fault.Conflict.String() || !strings.Contains(string(a.body), `"code":"U+9089 U+E0100"`) {
		t.Errorf("CP932: %d %s", a.status, a.body)
	}
	wantKind(t, "form of a table", desk.get(table+"ods"), fault.Invalid)
	wantKind(t, "table in another meeting", desk.get(table+"csv&meeting=x"), fault.NotFound)
	wantKind(t, "kind of paper", desk.get("/api/plans/"+plan.ID+"/pdf?kind=secret"), fault.Invalid)
	wantKind(t, "diff without versions", desk.get("/api/plans/"+plan.ID+"/diff?from=x"), fault.Invalid)
	wantKind(t, "diff of an unknown version", desk.get("/api/plans/"+plan.ID+"/diff?from=7"), fault.NotFound)
	wantKind(t, "answer to an unknown action", agency.post("/api/plans/"+plan.ID+"/answers?meeting="+id, map[string]string{"actionId": "nothing", "answer": "accept", "cellHash": "x"}), fault.NotFound)
	var types struct{ Types []meeting.Type }
	if agency.get("/api/meeting-types").into(t, &types); len(types.Types) < 2 {
		t.Errorf("%+v", types)
	}
	wantKind(t, "a type without a name", h.as("city").post("/api/meeting-types", map[string]string{"id": "x"}), fault.Invalid)
}

// invited makes a guest of the meeting and gives what the guest receives.
func (b *browser) invited(id, name string) (in invitedBody, token string) {
	b.h.t.Helper()
	a := b.post("/api/meetings/"+id+"/guests", map[string]string{"name": name, "kana": "わたなべ", "agencyId": b.h.welfare.ID, "post": "医師"})
	a.into(b.h.t, &in)
	u, err := url.Parse(in.URL)
	b.h.ok(err)
	if u.Path != "/join" || len(u.Fragment) != 43 || len(in.PIN) != 6 || strings.Contains(u.RawQuery, in.PIN) {
		b.h.t.Errorf("%+v", in)
	}
	return in, u.Fragment
}

func TestGuestThroughTheDoor(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk, chair := h.as("secretariat"), h.as("chair")
	id, other := h.call(desk, ""), h.call(desk, "")
	wantKind(t, "agency invites", h.as("agency").post("/api/meetings/"+id+"/guests", map[string]string{"name": "x", "agencyId": h.welfare.ID}), fault.Forbidden)
	wantKind(t, "no name", chair.post("/api/meetings/"+id+"/guests", map[string]string{"name": "", "agencyId": h.welfare.ID}), fault.Invalid)
	wantKind(t, "no meeting", desk.post("/api/meetings/nothing/guests", map[string]string{"name": "x", "agencyId": h.welfare.ID}), fault.NotFound)
	chair.must(id, "reception", map[string]any{})
	name := "渡邉\U000E0100\u3000正"
	in, token := chair.invited(id, name)

	guest := h.browser()
	var ok struct{ OK bool }
	if guest.post("/api/guest/check", map[string]string{"token": token}).into(t, &ok); !ok.OK {
		t.Error("a living link is refused")
	}
	entry := identity.Entry{Token: token, PIN: "x", Name: name, Agency: h.welfare.Name, Secrecy: true}
	wantKind(t, "wrong PIN", guest.post("/api/guest/enter", entry), fault.Unauthorized)
	entry.PIN, entry.Name = in.PIN, "渡部 正"
	wantKind(t, "other name", guest.post("/api/guest/enter", entry), fault.Unauthorized)
	entry.Name, entry.Secrecy = name, false
	wantKind(t, "secrecy", guest.post("/api/guest/enter", entry), fault.Invalid)
	entry.Secrecy = true
	var body sessionBody
	guest.post("/api/guest/enter", entry).into(t, &body)
	if body.Actor == nil || body.Actor.GuestMeeting != id || body.Actor.Name != name || !body.Actor.Waiting {
		t.Fatalf("%+v", body)
	}
	for _, path := range []string{"/api/meetings/" + id, "/api/meetings", "/api/cases", "/api/cases/" + h.caseID, "/api/meetings/" + id + "/minutes.pdf"} {
		wantKind(t, "in the lobby: "+path, guest.get(path), fault.Forbidden)
	}
	wantKind(t, "lets oneself in", guest.post("/api/meetings/"+id+"/guests/"+in.ID+"/admit", map[string]any{}), fault.Forbidden)
	wantKind(t, "let in by somebody who does not run the meeting", h.as("agency").post("/api/meetings/"+id+"/guests/"+in.ID+"/admit", map[string]any{}), fault.Forbidden)
	wantKind(t, "let into another meeting", h.as("city").post("/api/meetings/"+other+"/guests/"+in.ID+"/admit", map[string]any{}), fault.NotFound)
	if a := h.as("chair").post("/api/meetings/"+id+"/guests/"+in.ID+"/admit", map[string]any{}); a.status != http.StatusNoContent {
		t.Fatalf("%d %s", a.status, a.body)
	}
	replay := h.browser()
	wantKind(t, "replay", replay.post("/api/guest/enter", entry), fault.Gone)
	wantKind(t, "check after use", replay.post("/api/guest/check", map[string]string{"token": token}), fault.Gone)
	wantKind(t, "never existed", replay.post("/api/guest/check", map[string]string{"token": "x"}), fault.Gone)

	var room meeting.Room
	guest.get("/api/meetings/"+id).into(t, &room)
	if !room.You.Confirmed || !room.You.Here || room.You.MustConfirm {
		t.Errorf("secrecy or arrival is not noted: %+v", room.You)
	}
	wantKind(t, "another meeting", guest.get("/api/meetings/"+other), fault.NotFound)
	wantKind(t, "acts in another meeting", guest.post("/api/meetings/"+other+"/acts", map[string]any{"act": "hand", "params": map[string]any{"up": true}}), fault.NotFound)
	wantKind(t, "enters another meeting", guest.post("/api/meetings/"+other+"/enter", map[string]string{"form": "remote"}), fault.NotFound)
	wantKind(t, "minutes of another meeting", guest.get("/api/meetings/"+other+"/minutes.pdf"), fault.NotFound)
	for _, path := range []string{"/api/users", "/api/directory", "/api/agencies", "/api/archive", "/api/cases/" + h.caseID + "/consents", "/api/meetings/" + id + "/guests", "/api/files/x"} {
		wantKind(t, "guest: "+path, guest.get(path), fault.Forbidden)
	}
	wantKind(t, "guest invites", guest.post("/api/meetings/"+id+"/guests", map[string]string{"name": "x", "agencyId": h.welfare.ID}), fault.Forbidden)
	wantKind(t, "guest closes", guest.post("/api/meetings/"+id+"/acts", map[string]any{"act": "open", "params": map[string]any{}, "seq": 99}), fault.Forbidden)
	var cases struct{ Cases []summaryBody }
	if guest.get("/api/cases").into(t, &cases); len(cases.Cases) > 1 {
		t.Errorf("%+v", cases)
	}

	var guests struct{ Guests []guestBody }
	a := chair.get("/api/meetings/" + id + "/guests")
	a.into(t, &guests)
	if len(guests.Guests) != 1 || guests.Guests[0].UsedAt == nil || strings.Contains(string(a.body), "argon2") || strings.Contains(string(a.body), "oken") {
		t.Errorf("%s", a.body)
	}
	wantKind(t, "revoked through another meeting", desk.do(http.MethodDelete, "/api/meetings/"+other+"/guests/"+in.ID, nil, ""), fault.NotFound)
	wantStatus(t, "revoke", chair.do(http.MethodDelete, "/api/meetings/"+id+"/guests/"+in.ID, nil, ""), http.StatusNoContent)
	wantKind(t, "revoked", guest.get("/api/meetings/"+id), fault.Unauthorized)

	in, token = chair.invited(id, "別の人")
	late := h.browser()
	moved, waits := chair.invited(other, "待つ人")
	day := h.clock.Now().AddDate(0, 0, 3)
	chair.must(other, "edit", map[string]any{"plannedStart": day, "plannedEnd": day.Add(time.Hour)}) // the day of the other meeting changes: its link follows
	h.clock.Advance(20 * time.Hour)
	wantKind(t, "expired", late.post("/api/guest/enter", identity.Entry{Token: token, PIN: in.PIN, Name: "別の人", Agency: h.welfare.Name, Secrecy: true}), fault.Gone)

	wantStatus(t, "the link of the meeting that moved", late.post("/api/guest/check", map[string]string{"token": waits}), http.StatusOK)
	if moved.ExpiresAt.After(h.clock.Now()) {
		t.Error("the link would have lived as it was")
	}

	chair = h.as("chair")
	in, token = chair.invited(id, "三人目")
	chair.must(id, "guest_remove", map[string]string{"id": in.ID}) // as an act it ends the link, too
	wantKind(t, "removed by an act", late.post("/api/guest/check", map[string]string{"token": token}), fault.Gone)

	log := h.log.String()
	for _, secret := range []string{token, in.PIN + `"`, name, "三人目"} {
		if strings.Contains(log, secret) {
			t.Errorf("%q stands in the log", secret)
		}
	}
	verbs := map[access.Verb]bool{}
	for _, e := range h.entries() {
		verbs[e.Verb] = true
	}
	for _, v := range []access.Verb{access.VerbGuestInvite, access.VerbGuestEnter, access.VerbGuestFailed, access.VerbGuestRevoke, access.VerbMeetingJoin} {
		if !verbs[v] {
			t.Errorf("no entry %s", v)
		}
	}
}

// Whoever loses the session by the deed of another is cut now, not at the next look.
func TestLostSessionsAreLookedForNow(t *testing.T) {
	t.Parallel()
	looked := 0
	h := settled(t, func(d *Deps) { d.Recheck = func() { looked++ } })
	admin, chair := h.as("sysadmin"), h.as("chair")
	var users struct{ Users []access.User }
	admin.get("/api/users").into(t, &users)
	u := users.Users[slices.IndexFunc(users.Users, func(u access.User) bool { return u.Login == "agency" })]
	in := identity.UserInput{AgencyID: u.AgencyID, Login: u.Login, Name: u.Name, Kana: u.Kana, Post: u.Post, Roles: u.Roles, Disabled: true}
	wantStatus(t, "stop an account", admin.send(http.MethodPut, "/api/users/"+u.ID, in), http.StatusOK)
	if looked != 1 {
		t.Errorf("an account was stopped: looked %d times", looked)
	}
	id := h.call(h.as("secretariat"), "")
	guest, _ := chair.invited(id, "渡邉 正")
	wantStatus(t, "take a guest out", chair.do(http.MethodDelete, "/api/meetings/"+id+"/guests/"+guest.ID, nil, ""), http.StatusNoContent)
	if looked != 2 {
		t.Errorf("a guest was taken out: looked %d times", looked)
	}
}

func TestSignOutCutsLiveConnections(t *testing.T) {
	t.Parallel()
	var cut []string
	h := settled(t, func(d *Deps) { d.EndSession = func(_, session string) { cut = append(cut, session) } })
	b := h.as("agency")
	hash := hashOf(b.cookie.Value)
	wantStatus(t, "sign out", b.do(http.MethodDelete, "/api/session", nil, ""), http.StatusNoContent)
	if len(cut) != 1 || cut[0] != hash {
		t.Errorf("%v, want %s", cut, hash)
	}
}
