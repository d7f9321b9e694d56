package web

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"kasane/internal/archive"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/pdf/pdftest"
)

// person is the one person of the case of a settled house.
func (h *house) person(b *browser) string {
	h.t.Helper()
	var page consentsBody
	b.get("/api/cases/"+h.caseID+"/consents").into(h.t, &page)
	return page.Persons[0].PersonID
}

// given records a consent for the 社協 and gives it back.
func (h *house) given(b *browser, change ...func(map[string]any)) consent.Record {
	h.t.Helper()
	now := h.clock.Now()
	body := map[string]any{"personId": h.person(b), "state": "granted", "grantor": "self", "purposes": []string{"conference", "coordination"},
		"scope": map[string][]string{h.welfare.ID: {"basic", "care"}}, "until": now.In(jst).AddDate(0, 6, 0).Format(time.DateOnly), "method": "written", "explainedBy": "事務 花子",
		"explainedAt": now.Add(-time.Hour)}
	for _, c := range change {
		c(body)
	}
	var rec consent.Record
	b.post("/api/cases/"+h.caseID+"/consents", body).into(h.t, &rec)
	return rec
}

func TestConsentByWordOfMouth(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk := h.as("secretariat")
	now := h.clock.Now()
	rec := h.given(desk, func(m map[string]any) {
		m["method"] = "oral"
		m["details"] = map[string]any{
			"oral":        map[string]any{"hearer": "井上", "witness": "中村", "at": now.Add(-time.Minute), "place": "自宅", "words": "「話していい」"},
			"explanation": map[string]any{"way": "visit", "care": []string{"interpreter"}, "language": "タガログ語", "interpreter": "𠮷田"},
		}
	})
	if rec.Details.Oral == nil || rec.Details.Oral.Words != "「話していい」" || rec.Details.Explanation.Language != "タガログ語" {
		t.Errorf("%+v", rec.Details)
	}
	var page consentsBody
	desk.get("/api/cases/"+h.caseID+"/consents").into(t, &page)
	if len(page.Persons[0].Records) != 1 || page.Persons[0].Records[0].Details.Oral.Hearer != "井上" || page.Persons[0].Explained[0].Way != "訪問" ||
		len(page.Ways) == 0 || len(page.Cares) != 6 || len(page.Texts) != 1 || page.Texts[0].Hash != rec.FormHash || page.Texts[0].No != 1 {
		t.Errorf("desk %+v", page)
	}
	a := desk.post("/api/cases/"+h.caseID+"/consents", map[string]any{"personId": rec.PersonID, "state": "refused", "grantor": "self", "method": "oral", "explainedBy": "事務 花子",
		"explainedAt": now, "details": map[string]any{"oral": map[string]any{"hearer": "井上", "at": now, "place": "自宅", "words": "いやだ"}}})
	if a.field() != "details.oral.witness" || !strings.Contains(string(a.body), "立会者") {
		t.Errorf("%s", a.body)
	}
	wantKind(t, "a field that does not exist", desk.post("/api/cases/"+h.caseID+"/consents", map[string]any{"details": map[string]any{"fax": 1}}), fault.Invalid)
}

func TestConsentEndsAndIsRenewed(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk := h.as("secretariat")
	old := h.given(desk)
	var list struct{ Ending []consent.Ending }
	desk.get("/api/consents/ending?days=30").into(t, &list)
	if list.Ending == nil || len(list.Ending) != 0 {
		t.Errorf("half a year before: %+v", list.Ending)
	}
	raw := desk.get("/api/consents/ending?days=200")
	raw.into(t, &list)
	if len(list.Ending) != 1 || list.Ending[0].RecordID != old.ID || list.Ending[0].CaseNumber != "K2025-0001" || strings.Contains(string(raw.body), "渡邉") {
		t.Errorf("%s", raw.body)
	}
	for _, days := range []string{"0", "-1", "x", "9999"} {
		wantKind(t, "days "+days, desk.get("/api/consents/ending?days="+days), fault.Invalid)
	}
	for _, login := range []string{"agency", "chair", "observer", "stranger", "records", "auditor", "sysadmin"} {
		b := h.as(login)
		wantKind(t, login+" reads the list", b.get("/api/consents/ending"), fault.Forbidden)
		wantKind(t, login+" renews", b.post("/api/consents/"+old.ID+"/renew", map[string]any{}), fault.Forbidden)
	}
	renew := func(m map[string]any) answer {
		body := map[string]any{"method": "written", "explainedBy": "事務 花子", "explainedAt": h.clock.Now(), "until": h.clock.Now().In(jst).AddDate(1, 0, -1).Format(time.DateOnly)}
		for k, v := range m {
			body[k] = v
		}
		return desk.post("/api/consents/"+old.ID+"/renew", body)
	}
	h.clock.Advance(24 * time.Hour)
	desk = h.as("secretariat")
	for _, c := range []struct {
		field string
		body  map[string]any
	}{
		{"explainedAt", map[string]any{"explainedAt": old.ExplainedAt}}, {"explainedBy", map[string]any{"explainedBy": ""}}, {"method", map[string]any{"method": ""}},
		{"details.phone.hearer", map[string]any{"method": "phone"}}, {"until", map[string]any{"until": ""}}, {"evidenceFile", map[string]any{"evidenceFile": "nothing"}},
		{"scope", map[string]any{"scope": map[string]any{}}}, // the scope is taken over, not sent
	} {
		if a := renew(c.body); a.kind() != "invalid" || a.field() != c.field {
			t.Errorf("%v: %d %s", c.body, a.status, a.body)
		}
	}
	var rec consent.Record
	renew(nil).into(t, &rec)
	if rec.Renews != old.ID || len(rec.Scope[h.welfare.ID]) != 2 {
		t.Errorf("%+v", rec)
	}
	wantKind(t, "twice", renew(nil), fault.Conflict)
	wantKind(t, "nothing", desk.post("/api/consents/01nothere/renew", map[string]any{}), fault.NotFound)
}

func TestConsentTextsOfTheMunicipality(t *testing.T) {
	t.Parallel()
	h := settled(t)
	city := h.as("city")
	var got struct {
		Texts       []consent.KeptText
		Current     consent.FormText
		CurrentHash string
	}
	city.get("/api/consent-texts").into(t, &got)
	if got.Texts == nil || len(got.Texts) != 0 || got.CurrentHash != got.Current.Hash() {
		t.Errorf("%+v", got)
	}
	today := h.clock.Now().In(jst).Format(time.DateOnly)
	body := map[string]any{"title": "潮見市の同意書", "paragraphs": []string{"私は、次のとおり同意します。"}, "easy": []string{"あなたのことを つたえます。"}, "withdraw": "いつでも撤回できます。", "effectiveFrom": today}
	var k consent.KeptText
	city.post("/api/consent-texts", body).into(t, &k)
	if k.No != 1 || !k.Own || k.Hash != k.Text.Hash() {
		t.Errorf("%+v", k)
	}
	if rec := h.given(city); rec.FormHash != k.Hash {
		t.Errorf("recorded with %s", rec.FormVersion)
	}
	wantKind(t, "again", city.post("/api/consent-texts", body), fault.Conflict)
	for _, login := range []string{"secretariat", "agency", "chair", "auditor"} {
		wantKind(t, login, h.as(login).post("/api/consent-texts", body), fault.Forbidden)
	}
	wantKind(t, "an agency reads them", h.as("agency").get("/api/consent-texts"), fault.Forbidden)
}

func TestWithdrawalSaysWhoWasTold(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk := h.as("secretariat")
	rec := h.given(desk)
	a := desk.post("/api/consents/"+rec.ID+"/withdraw", map[string]any{"agencies": []string{h.welfare.ID}, "items": []string{"care"}, "how": "fax"})
	if a.field() != "how" {
		t.Errorf("%s", a.body)
	}
	var after consent.Record
	desk.post("/api/consents/"+rec.ID+"/withdraw", map[string]any{"agencies": []string{h.welfare.ID}, "items": []string{"care"}, "how": "phone", "receivedBy": "窓口 太郎",
		"told": []string{h.welfare.ID}, "note": "電話で"}).into(t, &after)
	w := after.Withdrawals[0]
	if w.ReceivedBy != "窓口 太郎" || w.How != consent.NoticePhone || len(w.Told) != 1 || w.EvidenceFile != "" {
		t.Errorf("%+v", w)
	}
	a = desk.post("/api/consents/"+rec.ID+"/withdraw", map[string]any{"items": []string{"health"}, "how": "sheet", "evidenceFile": "another"})
	wantKind(t, "a sheet nobody has sent", a, fault.Invalid)
	if a.field() != "evidenceFile" {
		t.Errorf("%s", a.body)
	}
	var sheet struct{ ID, SHA256 string }
	desk.upload(h.caseID, "撤回届.pdf", pdfBytes).into(t, &sheet)
	desk.post("/api/consents/"+rec.ID+"/withdraw", map[string]any{"items": []string{"health"}, "how": "sheet", "evidenceFile": sheet.ID}).into(t, &after)
	if w := after.Withdrawals[1]; w.EvidenceFile != sheet.ID || w.EvidenceSHA256 != sheet.SHA256 || len(w.EvidenceSHA256) != 64 {
		t.Errorf("%+v", w)
	}
}

// TestConsentPapers: each paper in each form is a PDF shown by the browser, audited before it leaves, and nobody else's.
func TestConsentPapers(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk := h.as("secretariat")
	rec := h.given(desk)
	blank := "/api/cases/" + h.caseID + "/consents/form.pdf?person=" + rec.PersonID
	of := "/api/consents/" + rec.ID
	paths := []string{blank + "&paper=withdrawal", of + "/form.pdf?paper=withdrawal", of + "/receipt.pdf"}
	for _, style := range []string{"", "normal", "ruby", "easy", "large"} {
		paths = append(paths, blank+"&style="+style, of+"/form.pdf?style="+style)
	}
	for _, path := range paths {
		before := h.count("consent.print")
		a := desk.get(path)
		if a.status != 200 || a.header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(string(a.body), "%PDF-") || !strings.HasPrefix(a.header.Get("Content-Disposition"), "inline; ") ||
			a.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v %.80s", path, a.status, a.header, a.body)
		}
		if got := h.count("consent.print"); got != before+1 {
			t.Errorf("%s left %d entries", path, got-before)
		}
		for _, login := range []string{"agency", "chair", "observer", "stranger", "records", "auditor", "sysadmin"} {
			if a := h.as(login).get(path); a.status != 403 || strings.HasPrefix(string(a.body), "%PDF") {
				t.Errorf("%s gets %s: %d", login, path, a.status)
			}
		}
	}
	for path, kind := range map[string]fault.Kind{
		blank + "&style=braille": fault.Invalid, blank + "&paper=letter": fault.Invalid, blank + "&paper=receipt": fault.Invalid, of + "/receipt.pdf?style=x": fault.Invalid,
		"/api/cases/" + h.caseID + "/consents/form.pdf":                 fault.NotFound,
		"/api/cases/" + h.caseID + "/consents/form.pdf?person=nobody":   fault.NotFound,
		"/api/cases/01nothere/consents/form.pdf?person=" + rec.PersonID: fault.NotFound,
		"/api/consents/01nothere/receipt.pdf":                           fault.NotFound,
	} {
		wantKind(t, path, desk.get(path), kind)
	}
	now := h.clock.Now()
	var no consent.Record
	desk.post("/api/cases/"+h.caseID+"/consents", map[string]any{"personId": rec.PersonID, "state": "pending", "explainedBy": "井上", "explainedAt": now}).into(t, &no)
	wantKind(t, "a receipt of nothing", desk.get("/api/consents/"+no.ID+"/receipt.pdf"), fault.Conflict)
}

func TestConsentExport(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk := h.as("city")
	rec := h.given(desk)
	for as, kind := range map[string]string{"ts27560": "application/json", "fhir": "application/fhir+json"} {
		path := "/api/consents/" + rec.ID + "/export?as=" + as
		a := desk.get(path)
		if a.status != 200 || a.header.Get("Content-Type") != kind || !strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment; ") ||
			!strings.Contains(string(a.body), rec.Number) && !strings.Contains(string(a.body), rec.ID) || !strings.Contains(string(a.body), h.welfare.Name) {
			t.Errorf("%s: %d %v %.300s", as, a.status, a.header, a.body)
		}
		for _, login := range []string{"agency", "chair", "stranger", "records", "auditor", "sysadmin"} {
			wantKind(t, login, h.as(login).get(path), fault.Forbidden)
		}
	}
	if n := h.count("consent.export"); n != 2+12 { // refusals are written too
		t.Errorf("%d entries", n)
	}
	wantKind(t, "another form", desk.get("/api/consents/"+rec.ID+"/export?as=xml"), fault.Invalid)
	wantKind(t, "no form", desk.get("/api/consents/"+rec.ID+"/export"), fault.Invalid)
	wantKind(t, "nothing", desk.get("/api/consents/01nothere/export?as=fhir"), fault.NotFound)
}

// count counts audit entries with a verb.
func (h *house) count(verb string) (n int) {
	h.t.Helper()
	h.ok(h.raw.QueryRow(`SELECT COUNT(*) FROM audit_entry WHERE verb = $1`, verb).Scan(&n))
	return n
}

// TestRecordsAreBoundToTheLog: however a consent comes in (empty lists, another time zone, spaces in the strokes, every method), its hash in the log is that
// of the record as it is read again, and the paper of the record prints it.
func TestRecordsAreBoundToTheLog(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk := h.as("secretariat")
	now := h.clock.Now().In(jst)
	at := now.Add(-time.Minute).Format("2006-01-02T15:04:05.123456789Z07:00")
	person := h.person(desk)
	path := "/api/cases/" + h.caseID + "/consents"
	var last consent.Record
	for _, body := range []map[string]any{
		{"state": "pending", "purposes": []string{}, "scope": map[string]any{}, "others": []string{}, "sources": []string{}, "forms": []string{}, "details": map[string]any{"explanation": map[string]any{"care": []string{}}}},
		{"state": "refused", "grantor": "self", "method": "oral", "details": map[string]any{"oral": map[string]any{"hearer": "井上", "witness": "中村", "at": at, "place": "玄関", "words": "<いやだ> & \"ほっといて\"\nと言う"}}},
		{"state": "refused", "grantor": "self", "method": "phone", "details": map[string]any{"phone": map[string]any{"hearer": "井上", "at": at, "identified": "生年月日", "words": "いやだ"}}},
		{"state": "partial", "grantor": "parent", "grantorName": "髙\uFA11", "grantorDoc": "戸籍", "method": "scribe", "purposes": []string{"plan"}, "scope": map[string][]string{h.welfare.ID: {"basic"}},
			"until": now.AddDate(0, 3, 0).Format(time.DateOnly), "copyGivenAt": at, "details": map[string]any{"agent": map[string]any{"kind": "parent", "relation": "母"},
				"scribe": map[string]any{"name": "姉", "relation": "姉", "reason": "麻痺", "witness": "林"}}},
		{"state": "granted", "grantor": "self", "method": "signature", "purposes": []string{"plan"}, "scope": map[string][]string{h.welfare.ID: {"basic", "care"}}, "others": []string{"basic"}, "forms": []string{"paper"},
			"sources": []string{h.welfare.ID}, "until": now.AddDate(0, 3, 0).Format(time.DateOnly), "signature": []any{[]any{map[string]any{"x": 0.1, "y": 1e-3, "t": 0}, map[string]any{"x": 0.25, "y": 0.5, "t": 12}}}},
	} {
		body["personId"], body["explainedBy"], body["explainedAt"] = person, "事務 花子", at
		last = consent.Record{}
		desk.post(path, body).into(t, &last)
	}
	wantStatus(t, "withdrawal", desk.post("/api/consents/"+last.ID+"/withdraw", map[string]any{"agencies": []string{}, "items": []string{"care"}, "told": []string{}}), http.StatusOK)
	h.clock.Advance(time.Hour)
	var renewed consent.Record
	h.as("secretariat").post("/api/consents/"+last.ID+"/renew", map[string]any{"method": "written", "explainedBy": "事務 花子", "explainedAt": h.clock.Now(), "from": now.AddDate(0, 0, 1).Format(time.DateOnly),
		"until": now.AddDate(0, 6, 0).Format(time.DateOnly)}).into(t, &renewed)
	h.ok(h.store.SequenceWaiting(context.Background()))
	rep, err := archive.Verify(context.Background(), h.store, h.tenant, archive.Trust{})
	if err != nil || !rep.OK {
		t.Errorf("%+v %v", rep.Problems, err)
	}
	if n := h.count("consent.record"); n != 6 {
		t.Errorf("%d records", n)
	}
	var inLog string
	h.ok(h.raw.QueryRow(`SELECT hash FROM audit_entry WHERE verb = 'consent.record' AND target = $1`, last.ID).Scan(&inLog))
	paper := h.as("secretariat").get("/api/consents/" + last.ID + "/form.pdf")
	if text := pdftest.Text(t, paper.body, "-raw"); len(inLog) != 64 || !strings.Contains(text, inLog[:16]) {
		t.Errorf("the paper does not name %s:\n%s", inLog[:16], text)
	}
}
