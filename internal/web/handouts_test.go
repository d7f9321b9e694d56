package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/handouts"
	"kasane/internal/identity"
	"kasane/internal/meeting"
	"kasane/internal/pdf/pdftest"
)

// handing is the request that hands a file out in a meeting, for its first item of the agenda.
func (h *house) handing(met, item, name string, content []byte) ask {
	h.t.Helper()
	var room meeting.Room
	h.as("secretariat").get("/api/meetings/"+met).into(h.t, &room)
	if len(room.Agenda) == 0 {
		h.t.Fatal("no agenda")
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for k, v := range map[string]string{"agendaId": room.Agenda[0].ID, "personId": "", "item": item} {
		h.ok(form.WriteField(k, v))
	}
	w, err := form.CreateFormFile("file", name)
	h.ok(err)
	_, err = w.Write(content)
	h.ok(err)
	h.ok(form.Close())
	return ask{login: "secretariat", path: "/api/meetings/" + met + "/handouts", form: body.Bytes(), kind: form.FormDataContentType()}
}

func (b *browser) hand(a ask) answer {
	return b.do(http.MethodPost, a.path, bytes.NewReader(a.form), a.kind)
}

func (h *house) handOut(met, item, name string, content []byte) string {
	h.t.Helper()
	var made struct{ ID string }
	h.as("secretariat").hand(h.handing(met, item, name, content)).into(h.t, &made)
	return made.ID
}

func (b *browser) handouts(met string) (l handouts.List) {
	b.h.t.Helper()
	b.get("/api/meetings/"+met+"/handouts").into(b.h.t, &l)
	return l
}

// open asks for the bytes; they are never sent to be shown by the browser itself.
func (b *browser) openPaper(met, id string) answer {
	b.h.t.Helper()
	a := b.post("/api/meetings/"+met+"/handouts/"+id+"/open", map[string]any{})
	if a.status == http.StatusOK && (!strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment") || !strings.Contains(a.header.Get("Content-Security-Policy"), "sandbox")) {
		b.h.t.Errorf("sent to be shown: %v", a.header)
	}
	return a
}

// closeMet closes the meeting of the scene that runs, with all its agencies' answers.
func (s *scene) closeMet() {
	s.t.Helper()
	answer := map[string]string{"actionId": s.action, "answer": "conditional", "reason": wordReason, "cellHash": s.cellHash}
	wantStatus(s.t, "role", s.agency.post("/api/plans/"+s.plan+"/answers?meeting="+s.met, answer), http.StatusOK)
	room := s.chair.must(s.met, "freeze", map[string]any{})
	for _, b := range []*browser{s.chair, s.agency} {
		room = b.must(s.met, "answer", map[string]any{"hash": room.Frozen.Hash, "answer": "conditional", "reason": wordReason})
	}
	s.chair.must(s.met, "decide", map[string]any{"outcome": "conditional"})
	for _, a := range room.Agenda {
		s.desk.must(s.met, "agenda_state", map[string]string{"id": a.ID, "state": "resolved"})
	}
	if room = s.chair.must(s.met, "close", map[string]any{}); room.Status != meeting.StatusClosed {
		s.t.Fatalf("%s %+v", room.Status, room.Blockers)
	}
}

// copies lets agencies outside of the city take copies.
func (s *scene) copies() {
	s.t.Helper()
	rules := identity.DefaultRules(false)
	rules.Copies = true
	a := s.city.send(http.MethodPut, "/api/sign-in-rules", rules)
	if a.status != http.StatusOK && a.status != http.StatusNoContent {
		s.t.Fatalf("rules: %d %s", a.status, a.body)
	}
}

// TestHandoutsEnd: in a 支援会議 the papers are read while it runs and for n days after 閉会 by who was there, then by who holds the record.
func TestHandoutsEnd(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	if a := s.agency.openPaper(s.met, s.paper); a.status != http.StatusOK || !bytes.Contains(a.body, []byte(wordFile)) {
		t.Fatalf("agency: %d", a.status)
	}
	wantKind(t, "no copy for an agency of delivery", s.agency.get("/api/meetings/"+s.met+"/handouts/"+s.paper+"/copy"), fault.Forbidden)
	s.copies()
	wantStatus(t, "a copy for an agency", s.agency.get("/api/meetings/"+s.met+"/handouts/"+s.paper+"/copy"), http.StatusOK)
	wantStatus(t, "guest on the screen", s.guest.openPaper(s.met, s.paper), http.StatusOK)
	wantKind(t, "no copy for a guest", s.guest.get("/api/meetings/"+s.met+"/handouts/"+s.paper+"/copy"), fault.Forbidden)
	wantKind(t, "not as evidence", s.as("records").get("/api/files/"+s.paper), fault.NotFound)
	wantKind(t, "not as evidence to the desk", s.desk.get("/api/files/"+s.paper), fault.NotFound)
	wantStatus(t, "the bar is lifted", s.desk.do(del, "/api/cases/"+s.caseID+"/bars/"+s.userID("observer"), nil, ""), http.StatusNoContent)
	observer := s.as("observer")
	wantKind(t, "observer before secrecy", observer.openPaper(s.met, s.paper), fault.NotFound)
	wantStatus(t, "observer enters", observer.post("/api/meetings/"+s.met+"/enter", map[string]string{"form": "room"}), http.StatusNoContent)
	observer.must(s.met, "secrecy", map[string]any{})
	wantStatus(t, "observer on the screen", observer.openPaper(s.met, s.paper), http.StatusOK)
	wantKind(t, "no copy for an observer", observer.get("/api/meetings/"+s.met+"/handouts/"+s.paper+"/copy"), fault.Forbidden)
	if l := observer.handouts(s.met); l.Copies || len(l.Handouts) != 1 || len(l.Handouts[0].Receipts) != 0 {
		t.Errorf("observer: %+v", l)
	}
	for who, b := range map[string]*browser{"agency": s.agency, "guest": s.guest, "observer": observer} {
		wantKind(t, who+" hands out", b.hand(s.handing(s.met, "basic", "x.pdf", pdfBytes)), fault.Forbidden)
		wantKind(t, who+" takes back", b.do(del, "/api/meetings/"+s.met+"/handouts/"+s.paper, nil, ""), fault.Forbidden)
	}
	l := s.desk.handouts(s.met)
	if len(l.Handouts) != 1 || len(l.Handouts[0].Receipts) != 4 || l.Days != 7 || !l.Copies || !l.MayGive {
		t.Fatalf("%+v", l)
	}
	r := l.Handouts[0].Receipts
	if r[0].Deed != handouts.DeedView || r[1].Deed != handouts.DeedCopy || r[0].AgencyID != s.welfare.ID || r[2].Deed != handouts.DeedView {
		t.Errorf("%+v", r)
	}
	if g := s.guest.handouts(s.met); len(g.Handouts) != 1 || len(g.Handouts[0].Receipts) != 0 || g.Copies {
		t.Errorf("guest: %+v", g)
	}
	wantStatus(t, "fewer days", s.city.send(put, "/api/handout-days", map[string]int{"days": 2}), http.StatusNoContent)
	wantKind(t, "too many days", s.city.send(put, "/api/handout-days", map[string]int{"days": 91}), fault.Invalid)
	s.closeMet()
	if s.agency.handouts(s.met).EndsAt == nil {
		t.Error("no end")
	}
	s.clock.Advance(48*time.Hour - time.Minute)
	s.agency, s.desk = s.as("agency"), s.as("secretariat") // a session lasts twelve hours
	wantStatus(t, "a minute before", s.agency.openPaper(s.met, s.paper), http.StatusOK)
	wantKind(t, "handed out after 閉会", s.desk.hand(s.handing(s.met, "basic", "x.pdf", pdfBytes)), fault.Conflict)
	s.clock.Advance(time.Minute)
	wantKind(t, "after n days", s.agency.openPaper(s.met, s.paper), fault.NotFound)
	wantKind(t, "no copy either", s.agency.get("/api/meetings/"+s.met+"/handouts/"+s.paper+"/copy"), fault.NotFound)
	if l := s.agency.handouts(s.met); len(l.Handouts) != 0 || !l.Ended || l.Withheld != 1 {
		t.Errorf("after n days: %+v", l)
	}
	wantStatus(t, "the desk", s.desk.openPaper(s.met, s.paper), http.StatusOK)
	denied := 0
	for _, e := range s.entries() {
		if e.Verb == access.VerbHandoutOpen && e.Target == s.paper && e.Result == "denied" && e.CaseID == s.caseID && e.MeetingID == s.met {
			denied++
		}
	}
	if denied != 2 { // the observer before 守秘義務確認, the agency after its time
		t.Errorf("%d refusals in the log", denied)
	}
}

// TestHandoutsFollowConsent: in a 重層的支援会議 an agency has a paper of a class while consent for it holds; taken back it is gone for all.
func TestHandoutsFollowConsent(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	basic := s.handOut(s.layered, "basic", "基本.pdf", pdfBytes)
	health := s.handOut(s.layered, "health", "診断_"+wordFile+".pdf", pdfBytes)
	if l := s.agency.handouts(s.layered); len(l.Handouts) != 2 {
		t.Fatalf("%+v", l)
	}
	wantStatus(t, "opens", s.agency.openPaper(s.layered, health), http.StatusOK)
	for who, b := range map[string]*browser{"no seat": s.as("stranger"), "guest of another meeting": s.guest, "barred": s.as("observer"), "sysadmin": s.as("sysadmin"), "records": s.as("records")} {
		for _, a := range []answer{b.get("/api/meetings/" + s.layered + "/handouts"), b.openPaper(s.layered, basic), b.get("/api/meetings/" + s.layered + "/handouts/" + basic + "/copy")} {
			refused(t, who, a, fault.NotFound, fault.Forbidden)
		}
	}
	wantStatus(t, "withdraw", s.desk.post("/api/consents/"+s.record+"/withdraw", map[string]any{"items": []string{"health"}, "note": wordForm}), http.StatusOK)
	wantStatus(t, "緊急開示, which had opened the class too, ends", s.desk.post("/api/emergencies/"+s.emergency+"/end", map[string]any{}), http.StatusOK)
	a := s.agency.get("/api/meetings/" + s.layered + "/handouts")
	if bytes.Contains(a.body, []byte(wordFile)) {
		t.Error("the name of a paper outside of consent is told")
	}
	if l := s.agency.handouts(s.layered); len(l.Handouts) != 1 || l.Withheld != 1 {
		t.Errorf("%+v", l)
	}
	wantKind(t, "consent ended", s.agency.openPaper(s.layered, health), fault.NotFound)
	wantStatus(t, "take back", s.desk.do(del, "/api/meetings/"+s.layered+"/handouts/"+basic, nil, ""), http.StatusNoContent)
	for who, b := range map[string]*browser{"agency": s.agency, "desk": s.desk} {
		wantKind(t, who+": taken back", b.openPaper(s.layered, basic), fault.NotFound)
	}
	book := s.desk.get("/api/meetings/" + s.layered + "/handouts.pdf") // 資料受渡簿: who had it, and that it was taken back
	wantStatus(t, "the book", book, http.StatusOK)
	text := pdftest.Ink(pdftest.Text(t, book.body, "-raw"))
	for _, want := range []string{"資料受渡簿", "基本.pdf", "まだ、だれも受け取っていません", "診断_" + wordFile + ".pdf", "画面で開いた", "回収"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the book: %s", want, text)
		}
	}
	for login, kind := range map[string]fault.Kind{"agency": fault.Forbidden, "stranger": fault.NotFound, "observer": fault.NotFound} {
		wantKind(t, "the book for "+login, s.as(login).get("/api/meetings/"+s.layered+"/handouts.pdf"), kind)
	}
	for what, c := range map[string][]byte{"html": []byte("<html><script>1</script>"), "svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), "cut": pdfBytes[:12]} {
		wantKind(t, what, s.desk.hand(s.handing(s.layered, "basic", "x.pdf", c)), fault.Invalid)
	}
	wantKind(t, "個人番号", s.desk.hand(s.handing(s.layered, "basic", "番号_123456789018.pdf", pdfBytes)), fault.Invalid)
	wantKind(t, "no class", s.desk.hand(s.handing(s.layered, "all", "x.pdf", pdfBytes)), fault.Invalid)
}
