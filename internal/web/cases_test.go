package web

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/files"
)

var pdfBytes = []byte("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")

// entries reads the audit log as it is stored.
func (h *house) entries() (list []access.Entry) {
	h.t.Helper()
	ctx := context.Background()
	_, err := h.store.SequenceAudit(ctx, h.tenant)
	h.ok(err)
	h.ok(h.store.AtOneMoment(ctx, func(src archive.Source) error {
		return src.EachAuditEntry(ctx, h.tenant, func(_ int64, e access.Entry, _ []byte) error { list = append(list, e); return nil })
	}))
	return list
}

func TestCaseThroughTheDoor(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk := h.as("secretariat")
	person := map[string]any{"name": "𠮷田 邉\U000E0100子", "kana": "よしだ なべこ", "relation": "本人", "subject": true}
	var made struct{ ID, Number string }
	desk.post("/api/cases", map[string]any{"persons": []any{person}, "agencies": []string{h.welfare.ID}}).into(t, &made)
	var got caseBody
	a := desk.get("/api/cases/" + made.ID)
	a.into(t, &got)
	if got.Case.Number != made.Number || len(got.Persons) != 1 || got.Persons[0].Name != person["name"] || got.Persons[0].Withheld ||
		len(got.Members) != 1 || got.Members[0].Name != h.welfare.Name || len(got.Consent) != 1 || !got.Abilities.Edit || len(got.Sections) == 0 {
		t.Errorf("%s", a.body)
	}
	path := "/api/cases/" + made.ID
	wantKind(t, "person without relation", desk.post(path+"/persons", map[string]any{"name": "x"}), fault.Invalid)
	person["relation"], person["subject"], person["name"] = "母", false, "髙\uFA11"
	var p struct{ ID, Name string }
	desk.post(path+"/persons", person).into(t, &p)
	person["name"] = "塚\uFA10"
	desk.send(http.MethodPut, path+"/persons/"+p.ID, person).into(t, &p)
	if p.Name != "塚\uFA10" {
		t.Errorf("%q", p.Name)
	}
	wantKind(t, "person of another case", desk.send(http.MethodPut, "/api/cases/"+h.caseID+"/persons/"+p.ID, person), fault.NotFound)
	wantStatus(t, "member", desk.post(path+"/members", map[string]string{"agencyId": h.stranger.ID, "note": ""}), http.StatusNoContent)
	wantKind(t, "member twice", desk.post(path+"/members", map[string]string{"agencyId": h.stranger.ID}), fault.Conflict)
	wantStatus(t, "member sees it", h.as("stranger").get(path), http.StatusOK)
	wantStatus(t, "member goes", desk.do(http.MethodDelete, path+"/members/"+h.stranger.ID, nil, ""), http.StatusNoContent)
	if a := h.as("stranger").get(path); a.status == http.StatusOK || strings.Contains(string(a.body), made.Number) {
		t.Errorf("a former member reads %d %s", a.status, a.body)
	}
	var list struct{ Cases []summaryBody }
	raw := desk.post("/api/cases/search", map[string]string{"q": made.Number})
	raw.into(t, &list)
	if len(list.Cases) != 1 || list.Cases[0].StageLabel == "" || strings.Contains(string(raw.body), "𠮷田") {
		t.Errorf("%s", raw.body)
	}
	wantKind(t, "too many", desk.get("/api/cases?limit=1000"), fault.Invalid)
}

func TestOtherAgenciesGetNothing(t *testing.T) {
	t.Parallel()
	h := settled(t)
	paths := []string{"/api/cases/" + h.caseID, "/api/cases/" + h.caseID + "/view", "/api/cases/" + h.caseID + "/consents", "/api/cases/" + h.caseID + "/view?agency=" + h.welfare.ID}
	for _, login := range []string{"stranger", "records", "auditor", "sysadmin"} {
		b := h.as(login)
		for _, path := range paths {
			a := b.get(path)
			if a.status != http.StatusForbidden && a.status != http.StatusNotFound {
				t.Errorf("%s reads %s: %d %s", login, path, a.status, a.body)
			}
			if strings.Contains(string(a.body), "渡邉") || strings.Contains(string(a.body), "K2025") {
				t.Errorf("%s: %s leaks in %s", login, path, a.body)
			}
		}
	}
	var list struct{ Cases []summaryBody }
	h.as("stranger").get("/api/cases").into(t, &list)
	if len(list.Cases) != 0 {
		t.Errorf("%+v", list)
	}
	// A member without consent sees that the case exists, and no name.
	a := h.as("agency").get(paths[0])
	var got caseBody
	a.into(t, &got)
	if strings.Contains(string(a.body), "渡邉") || len(got.Persons) != 1 || !got.Persons[0].Withheld || len(got.Consent) != 0 || got.Abilities.Edit {
		t.Errorf("%s", a.body)
	}
	for _, login := range []string{"agency", "chair", "observer", "stranger"} {
		b := h.as(login)
		wantKind(t, login+" records consent", b.post("/api/cases/"+h.caseID+"/consents", map[string]any{}), fault.Forbidden)
		wantKind(t, login+" adds a member", b.post("/api/cases/"+h.caseID+"/members", map[string]any{"agencyId": h.stranger.ID}), fault.Forbidden)
		wantKind(t, login+" makes a plan", b.post("/api/cases/"+h.caseID+"/plans", map[string]any{}), fault.Forbidden)
		wantKind(t, login+" uploads", b.upload(h.caseID, "a.pdf", pdfBytes), fault.Forbidden)
		wantKind(t, login+" makes a section", b.post("/api/docs", map[string]any{"kind": "section", "caseId": h.caseID, "item": "basic"}), fault.Forbidden)
	}
}

func TestConsentWithEvidence(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk := h.as("secretariat")
	name := "同意書(写し)_邉\U000E0100様.pdf"
	var f files.File
	a := desk.upload(h.caseID, name, pdfBytes)
	a.into(t, &f)
	if f.Name != name || f.Type != files.TypePDF || f.Size != int64(len(pdfBytes)) || len(f.SHA256) != 64 {
		t.Errorf("%s", a.body)
	}
	got := desk.get("/api/files/" + f.ID)
	for k, want := range map[string]string{"Content-Type": "application/pdf", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"} {
		if got.header.Get(k) != want {
			t.Errorf("%s: %q", k, got.header.Get(k))
		}
	}
	if d := got.header.Get("Content-Disposition"); !bytes.Equal(got.body, pdfBytes) || !strings.HasPrefix(d, "attachment; ") ||
		!strings.Contains(d, "filename*=UTF-8''%E5%90%8C%E6%84%8F%E6%9B%B8%28%E5%86%99%E3%81%97%29_%E9%82%89%F3%A0%84%80%E6%A7%98.pdf") {
		t.Errorf("%q", d)
	}
	if csp := got.header.Get("Content-Security-Policy"); !strings.Contains(csp, "sandbox") {
		t.Errorf("policy %s", csp)
	}
	for _, login := range []string{"agency", "chair", "observer", "stranger", "auditor", "sysadmin"} {
		if a := h.as(login).get("/api/files/" + f.ID); a.status != http.StatusForbidden || bytes.Contains(a.body, []byte("PDF-1")) {
			t.Errorf("%s: %d", login, a.status)
		}
	}
	wantStatus(t, "records read", h.as("records").get("/api/files/"+f.ID), http.StatusOK)
	wantKind(t, "no such file", desk.get("/api/files/nothing"), fault.NotFound)

	var page consentsBody
	desk.get("/api/cases/"+h.caseID+"/consents").into(t, &page)
	if len(page.Persons) != 1 || len(page.Items) != len(consent.Items()) || page.FormText == "" || page.FormVersion == "" {
		t.Fatalf("%+v", page)
	}
	now := h.clock.Now()
	in := map[string]any{"personId": page.Persons[0].PersonID, "state": "granted", "grantor": "self", "purposes": []string{"conference", "coordination", "plan"},
		"scope": map[string][]string{h.welfare.ID: {"basic"}}, "from": "", "until": now.AddDate(0, 6, 0).Format(time.DateOnly), "method": "written",
		"explainedBy": "山田", "explainedAt": now, "evidenceFile": f.ID, "evidenceSha256": strings.Repeat("0", 64), "formHash": page.FormHash}
	var rec consent.Record
	a = desk.post("/api/cases/"+h.caseID+"/consents", in)
	a.into(t, &rec)
	if rec.EvidenceSHA256 != f.SHA256 || rec.CaseID != h.caseID || rec.Number == "" {
		t.Errorf("%s", a.body)
	}
	in["evidenceFile"] = "nothing"
	if a := desk.post("/api/cases/"+h.caseID+"/consents", in); a.kind() != "invalid" || a.field() != "evidenceFile" {
		t.Errorf("%s", a.body)
	}
	var body caseBody
	agency := h.as("agency")
	if agency.get("/api/cases/"+h.caseID).into(t, &body); body.Persons[0].Withheld || body.Persons[0].Name == "" {
		t.Errorf("with consent: %+v", body.Persons)
	}
	wantStatus(t, "withdraw", desk.post("/api/consents/"+rec.ID+"/withdraw", map[string]any{"note": "本人の申し出"}), http.StatusOK)
	if agency.get("/api/cases/"+h.caseID).into(t, &body); !body.Persons[0].Withheld || body.Persons[0].Name != "" {
		t.Errorf("after withdrawal: %+v", body.Persons)
	}
}

func TestUploadRefuses(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk := h.as("secretariat")
	big := append(bytes.Repeat([]byte("%PDF-1.4 "), files.MaxSize/9+1), pdfBytes...)
	for name, c := range map[string]struct {
		a    answer
		kind fault.Kind
	}{
		"wrong type":     {desk.upload(h.caseID, "a.pdf", []byte("<html>")), fault.Invalid},
		"executable":     {desk.upload(h.caseID, "scan.png", []byte("MZ\x90\x00")), fault.Invalid},
		"too large":      {desk.upload(h.caseID, "a.pdf", big), fault.TooLarge},
		"much too large": {desk.upload(h.caseID, "a.pdf", append(big, big...)), fault.TooLarge},
		"empty":          {desk.upload(h.caseID, "a.pdf", nil), fault.Invalid},
		"unknown case":   {desk.upload("nowhere", "a.pdf", pdfBytes), fault.NotFound},
		"cut off":        {desk.do(http.MethodPost, "/api/files", strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n%PDF-"), "multipart/form-data; boundary=x"), fault.Invalid},
		"no boundary":    {desk.do(http.MethodPost, "/api/files", strings.NewReader("x"), "multipart/form-data"), fault.Invalid},
		"JSON":           {desk.post("/api/files", map[string]string{}), fault.Invalid},
	} {
		if c.a.kind() != c.kind.String() {
			t.Errorf("%s: %d %s", name, c.a.status, c.a.body)
		}
	}
	huge := strings.NewReader(`{"q":"` + strings.Repeat("あ", jsonLimit) + `"}`)
	wantKind(t, "JSON too large", desk.do(http.MethodPost, "/api/cases/search", huge, "application/json"), fault.TooLarge)
}

func TestReadsAndRefusalsLeaveATrace(t *testing.T) {
	t.Parallel()
	h := settled(t)
	h.as("sysadmin").get("/api/users")
	h.as("city").get("/api/cases/" + h.caseID)
	h.as("auditor").get("/api/cases/" + h.caseID)
	h.as("agency").post("/api/users", map[string]any{})
	want := map[access.Verb]string{access.VerbAdminRead: "ok", access.VerbCaseOpen: "ok"}
	denied := map[access.Verb]bool{access.VerbCaseOpen: false, access.VerbUserSave: false}
	for _, e := range h.entries() {
		if want[e.Verb] == e.Result {
			delete(want, e.Verb)
		}
		if e.Result == "denied" {
			denied[e.Verb] = true
		}
	}
	if len(want) != 0 {
		t.Errorf("no entry of %v", want)
	}
	for v, seen := range denied {
		if !seen {
			t.Errorf("no refusal of %s", v)
		}
	}
}

// TestNoAuditNoAnswer: when the audit log cannot be written, a read route answers with an error and shows nothing.
func TestNoAuditNoAnswer(t *testing.T) {
	t.Parallel()
	h := settled(t, func(d *Deps) { d.Audit = deaf{} })
	a := h.as("sysadmin").get("/api/users")
	if a.status != http.StatusServiceUnavailable || strings.Contains(string(a.body), "secretariat") {
		t.Errorf("%d %s", a.status, a.body)
	}
}

type deaf struct{}

func (deaf) AppendAudit(context.Context, ...access.Entry) error {
	return fault.New(fault.Unavailable, "")
}

func TestRepeatedReadsAreNotedOnceAMinute(t *testing.T) {
	t.Parallel()
	var p repeats
	now := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	e := access.Entry{SessionID: "s", Verb: access.VerbMeetingOpen, Target: "m"}
	other := e
	other.SessionID = "t"
	anonymous := access.Entry{Verb: access.VerbMeetingOpen}
	for i, c := range []struct {
		e    access.Entry
		at   time.Duration
		want bool
	}{{e, 0, false}, {e, 59 * time.Second, true}, {other, 59 * time.Second, false}, {e, 60 * time.Second, false}, {e, 61 * time.Second, true},
		{anonymous, 0, false}, {anonymous, 0, false}} {
		got := p.again(c.e, now.Add(c.at))
		if got != c.want {
			t.Errorf("%d: %v", i, got)
		}
		if !got {
			p.note(c.e, now.Add(c.at))
		}
	}
	late := now.Add(3 * time.Minute)
	for range 2 { // who asks while the first entry is still being written gets one of its own
		if p.again(e, late) {
			t.Error("read on an entry that was not written")
		}
	}
	for i := range maxRepeats + 5 {
		p.note(access.Entry{SessionID: "s", Target: string(rune(i))}, now)
	}
	if len(p.last) > maxRepeats {
		t.Errorf("%d remembered", len(p.last))
	}
}

func TestFormsAndCodes(t *testing.T) {
	t.Parallel()
	h := settled(t)
	b := h.as("agency")
	var list struct{ Sheets []sheetRef }
	b.get("/api/sheets").into(t, &list)
	if len(list.Sheets) == 0 || list.Sheets[0].ID == "" || list.Sheets[0].Title == "" {
		t.Fatalf("%+v", list)
	}
	wantStatus(t, "sheet", b.get("/api/sheets/"+list.Sheets[0].ID), http.StatusOK)
	wantKind(t, "no such sheet", b.get("/api/sheets/nothing"), fault.NotFound)
	wantKind(t, "date", b.get("/api/sheets?date=tomorrow"), fault.Invalid)
	var codes struct {
		Lists map[string][]struct{ Code, Label string }
	}
	if b.get("/api/codes").into(t, &codes); len(codes.Lists["item"]) == 0 {
		t.Errorf("%v", codes.Lists)
	}
}

func TestDay(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"": "", "2026-06-01": "2026-06-01", "2026-05-31T15:00:00Z": "2026-06-01", "2026-05-31T15:00:00.000Z": "2026-06-01", "tomorrow": "tomorrow"} {
		if got := day(in, 0); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
	if got := day("2026-12-01T15:00:00.000Z", -time.Microsecond); got != "2026-12-01" {
		t.Errorf("exclusive end: %q", got)
	}
}
