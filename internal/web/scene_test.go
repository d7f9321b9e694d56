package web

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/forms"
	"kasane/internal/identity"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/papers"
	"kasane/internal/plans"
)

// Words that stand in the texts of the scene: whoever is refused must not find one in the answer.
const (
	wordPlan, wordMinutes, wordReason, wordForm, wordFile = "鵜蟹鰯梟", "鷺葵蕨鯨", "隼椿蓬萩", "桔梗楓檜", "椎榊柊楠"
	personName                                            = "渡邉"
)

var sceneWords = []string{wordPlan, wordMinutes, wordReason, wordForm, wordFile, personName, "わたなべ"}

// scene is a house in which everything a route can name exists: a meeting that is over and sealed with its plan, one that runs with the next plan, a
// consent, evidence, a guest who is in, one who is only invited.
type scene struct {
	*house
	desk, city, chair, agency, guest *browser
	person, record, file             string
	plan, sealedPlan                 string
	met, sealed                      string
	layered                          string // 重層的支援会議 in preparation
	doc, sealedDoc, minutes          string // wire names
	action, cellHash                 string
	archived, archivedMinutes, held  string
	invited                          invitedBody
	token                            string
	entered                          identity.Entry
	guestID, waiting                 string // who is in, who waits in the lobby
	locked                           *browser
	otherSession                     string // of the chair
	emergency, glass, glassOver      string
	lead                             string // 終結後の主担当, asked of the agency
	review                           string // a 評価 of the city, with words in it
	visit                            string // a 訪問の予定 of the agency, for today
	ended, endedPerson, followed     string // a case that is 終結, a フォローアップ of it
	screened                         string // a case in its インテーク with a スクリーニング
	planned, deciding, decision      string // a case with a プラン案, one of which 支援決定 is asked, the 起案
	taken, referral                  string // a case the agency took in, a つなぎ of the case to the city
	issue                            string // a 地域課題 of met
	joined, joinedToo                string // 参加支援 of the person of the scene, of two classes
	imported                         string // a list that was taken in
	job, jobWaits                    string // work of the records desk: one that is over, one that waits
	spot, spotDay, spotLink          string // of the 社会資源台帳: the person of the scene was brought there
	gaiji                            string // a 外字
	paper                            string // handed out in the meeting that runs
	dateToken                        string // 日程調整: a living link, of a meeting of its own
	dateSaid                         map[string]string
	dates                            []meeting.DateOption // of the 重層的支援会議
}

func (h *house) write(doc string, f func(b *live.Builder)) {
	h.t.Helper()
	by := access.Actor{Tenant: h.tenant, UserID: h.userID("secretariat"), Roles: []access.Role{access.RoleSecretariat}}
	_, err := live.NewService(h.store, nil, h.clock.Now).ServerWrite(context.Background(), by, doc, func(b *live.Builder) error { f(b); return nil })
	h.ok(err)
}

func newScene(t *testing.T) *scene {
	t.Helper()
	s := &scene{house: settled(t)}
	s.desk, s.city, s.chair, s.agency = s.as("secretariat"), s.as("city"), s.as("chair"), s.as("agency")
	var got caseBody
	s.desk.get("/api/cases/"+s.caseID).into(t, &got)
	s.person = got.Persons[0].ID
	var file struct{ ID string }
	s.desk.upload(s.caseID, "同意書_"+wordFile+".pdf", []byte("%PDF-1.4\n% "+wordFile+"\ntrailer<<>>\n%%EOF\n")).into(t, &file)
	s.file = file.ID
	s.consents()
	var plan struct{ ID string }
	s.desk.post("/api/cases/"+s.caseID+"/plans", map[string]string{"previous": ""}).into(t, &plan)
	s.sealedPlan = plan.ID
	s.sealed = s.call(s.desk, s.sealedPlan)
	s.rows(s.sealedPlan)
	s.hold(s.sealed)
	s.seal()
	s.desk.post("/api/cases/"+s.caseID+"/plans", map[string]string{"previous": s.sealedPlan}).into(t, &plan)
	s.plan = plan.ID
	s.met = s.call(s.desk, s.plan)
	s.hold(s.met)
	s.names()
	room := s.desk.must(s.met, "note", map[string]any{"kind": "local", "text": wordMinutes, "shared": true})
	s.issue = room.During.Notes[0].ID
	s.paper = s.handOut(s.met, "basic", "資料_"+wordFile+".pdf", []byte("%PDF-1.4\n% "+wordFile+"\ntrailer<<>>\n%%EOF\n"))
	s.as("city").post("/api/forms", formBody(0, s.formChange(3))).into(s.t, &forms.Version{})
	s.gaiji = s.letter("邊\U000E01EF").ID
	wantStatus(t, "logo", s.city.send(http.MethodPut, "/api/town/logo", map[string][]byte{"picture": logoPNG(t)}), http.StatusOK)
	s.places()
	s.joining()
	s.imports()
	s.jobs()
	s.layered = s.callLayered(s.desk, s.welfare.ID)
	s.datePolls()
	var urgent struct{ ID string }
	s.desk.post("/api/cases/"+s.caseID+"/emergencies", map[string]any{"agencyId": s.welfare.ID, "persons": []string{s.person}, "items": []string{"health"}, "basis": "life",
		"reason": wordReason, "hours": 2}).into(t, &urgent)
	s.emergency = urgent.ID
	var leads plans.LeadView
	s.desk.post("/api/cases/"+s.caseID+"/leads", map[string]string{"kind": "after", "to": s.welfare.ID, "note": wordReason}).into(t, &leads)
	s.lead = leads.Offers[0].ID
	s.outreach()
	s.intakes()
	s.decisions()
	s.courses()
	s.glasses()
	kept := map[string]string{"personId": s.person, "item": "justice", "reason": wordReason}
	wantStatus(t, "本人に非開示", s.desk.post("/api/cases/"+s.caseID+"/discretions", kept), http.StatusNoContent)
	bar := map[string]string{"userId": s.userID("observer"), "reason": wordReason}
	wantStatus(t, "bar", s.desk.post("/api/cases/"+s.caseID+"/bars", bar), http.StatusNoContent)
	s.guests()
	s.sessions()
	return s
}

// outreach is an entry of the city with words in it, a planned visit of the agency, and what whoever visits has to know.
func (s *scene) outreach() {
	s.t.Helper()
	at := "/api/cases/" + s.caseID + "/outreach"
	said := s.outreachBody("entry-of-the-scene-001", "city")
	said["body"] = wordReason
	wantStatus(s.t, "entry", s.city.post(at, said), http.StatusNoContent)
	s.review = "review-of-the-scene-01"
	wantStatus(s.t, "review", s.city.post("/api/cases/"+s.caseID+"/reviews", s.reviewBody(s.review, "city", "evaluation")), http.StatusNoContent)
	s.visit = "visit-of-the-scene-001"
	wantStatus(s.t, "visit", s.agency.post(at+"/visits", map[string]any{"id": s.visit, "personId": s.person, "day": s.today(), "clock": "", "mine": false}), http.StatusNoContent)
	wantStatus(s.t, "safety", s.agency.send(http.MethodPut, at+"/safety", map[string]any{"codes": []string{"pair"}, "note": "二人で", "version": 0}), http.StatusNoContent)
}

// reviewBody is a complete モニタリング or 評価; the plan of the scene has no goals.
func (s *scene) reviewBody(id, login, kind string) map[string]any {
	verdict, words := "continue", map[string]any{"change": "変わりない", "voice": "", "found": "", "view": "", "changes": []string{}, "agencyChanges": []string{}, "endReason": "", "after": ""}
	if kind == "evaluation" {
		verdict, words["change"] = "replan", wordReason
	}
	return map[string]any{"id": id, "by": s.userID(login), "kind": kind, "day": s.today(), "goals": []any{}, "verdict": verdict,
		"nextDay": s.clock.Now().AddDate(0, 2, 0).In(jst).Format(time.DateOnly), "personId": s.person, "item": "progress", "said": words, "replaces": ""}
}

func (s *scene) today() string { return s.clock.Now().In(jst).Format(time.DateOnly) }

func (s *scene) outreachBody(id, login string) map[string]any {
	return map[string]any{"id": id, "by": s.userID(login), "personId": s.person, "item": "progress", "at": s.clock.Now(), "method": "visit", "met": []string{"family"}, "place": "door", "body": "声だけ",
		"relation": "indirect", "replaces": "", "visitId": "", "nextDay": "", "nextClock": "", "nextMine": false}
}

// form is a complete consent of the scene's person for the member agency.
func (s *scene) form() map[string]any {
	now := s.clock.Now()
	return map[string]any{"personId": s.person, "state": "granted", "grantor": "self", "purposeNote": wordForm,
		"purposes": []string{"conference", "coordination", "plan"}, "scope": map[string]any{s.welfare.ID: consent.Items()}, "until": now.AddDate(0, 6, 0).Format(time.DateOnly),
		"method": "written", "methodNote": wordForm, "explainedBy": "山田", "explainedAt": now, "evidenceFile": s.file}
}

func (s *scene) consents() {
	s.t.Helper()
	var rec consent.Record
	s.desk.post("/api/cases/"+s.caseID+"/consents", s.form()).into(s.t, &rec)
	s.record = rec.ID
}

// rows fills the plan and its first document.
func (s *scene) rows(plan string) {
	s.t.Helper()
	var ref plans.DocRef
	s.desk.post("/api/docs", map[string]string{"kind": "plan", "ownerId": plan, "personId": "", "item": "basic"}).into(s.t, &ref)
	s.sealedDoc = ref.Doc
	s.write(ref.DocID, func(b *live.Builder) {
		b.Text("wish", wordPlan)
		b.Row("action", "action0001", "a0", nil, map[string]string{"text": wordPlan})
		b.Cell("action0001", s.welfare.ID, map[string]any{"code": "lead"}, map[string]string{"content": wordPlan})
	})
}

// hold opens a meeting with everybody in it and a decision in its minutes.
func (s *scene) hold(id string) {
	s.t.Helper()
	s.chair.must(id, "reception", map[string]any{})
	for _, b := range []*browser{s.chair, s.desk, s.agency} {
		wantStatus(s.t, "enter", b.post("/api/meetings/"+id+"/enter", map[string]string{"form": "room"}), http.StatusNoContent)
		b.must(id, "secrecy", map[string]any{})
	}
	s.chair.must(id, "designate", map[string]any{"agencyId": s.house.city.ID, "reason": wordReason})
	s.chair.must(id, "open", map[string]any{})
	s.desk.must(id, "next", map[string]any{"date": s.clock.Now().AddDate(0, 1, 0).Format(time.DateOnly), "agenda": wordReason})
	var ref plans.DocRef
	s.desk.post("/api/docs", map[string]string{"kind": "minutes", "ownerId": id, "personId": "", "item": "basic"}).into(s.t, &ref)
	s.minutes = ref.Doc
	s.write(ref.DocID, func(b *live.Builder) {
		b.Row("decision", "decision01", "a0", nil, map[string]string{"text": wordMinutes})
	})
}

// cell finds the cell of the member agency in a plan, as the agency sees it in a meeting that is open.
func (s *scene) cell(plan, met string) {
	s.t.Helper()
	var v plans.View
	s.agency.get("/api/plans/"+plan+"?meeting="+met).into(s.t, &v)
	a, ok := v.Body.Action("action0001")
	c, has := a.Cell(s.welfare.ID)
	if !ok || !has {
		s.t.Fatalf("the agency does not see its cell: %+v", v.Body)
	}
	s.action, s.cellHash = a.ID, c.Hash
}

// seal brings the first meeting to its end: agreed, closed, confirmed, final.
func (s *scene) seal() {
	s.t.Helper()
	s.cell(s.sealedPlan, s.sealed)
	answer := map[string]string{"actionId": s.action, "answer": "conditional", "reason": wordReason, "cellHash": s.cellHash}
	wantStatus(s.t, "role", s.agency.post("/api/plans/"+s.sealedPlan+"/answers?meeting="+s.sealed, answer), http.StatusOK)
	room := s.chair.must(s.sealed, "freeze", map[string]any{})
	for _, b := range []*browser{s.chair, s.agency} {
		room = b.must(s.sealed, "answer", map[string]any{"hash": room.Frozen.Hash, "answer": "conditional", "reason": wordReason})
	}
	s.chair.must(s.sealed, "decide", map[string]any{"outcome": "conditional"})
	s.desk.must(s.sealed, "agenda_state", map[string]string{"id": room.Agenda[0].ID, "state": "resolved"})
	if room = s.chair.must(s.sealed, "close", map[string]any{}); room.Status != meeting.StatusClosed {
		s.t.Fatalf("%s %+v", room.Status, room.Blockers)
	}
	room = s.desk.must(s.sealed, "propose", map[string]string{"until": s.clock.Now().AddDate(0, 0, 14).Format(time.DateOnly)})
	for _, b := range []*browser{s.chair, s.agency} {
		b.must(s.sealed, "confirm", map[string]any{"hash": room.Minutes.Hash, "ok": true})
	}
	if room = s.chair.must(s.sealed, "final", map[string]any{}); room.Status != meeting.StatusSealed || len(room.Records) == 0 {
		s.t.Fatalf("%s %+v", room.Status, room.Records)
	}
	s.archived = room.Records[0].ID
	s.archivedMinutes = room.Records[len(room.Records)-1].ID
}

// names finds the documents and the cell of the meeting that runs.
func (s *scene) names() {
	s.t.Helper()
	s.cell(s.plan, s.met)
	var v plans.View
	s.desk.get("/api/plans/"+s.plan).into(s.t, &v)
	i := slices.IndexFunc(v.Docs, func(d plans.DocRef) bool { return d.PersonID == "" && d.Item == consent.ItemBasic })
	s.doc = v.Docs[i].Doc
}

// guests invites three: one has come in, one waits in the lobby.
func (s *scene) guests() {
	s.t.Helper()
	for _, name := range []string{"待つ 客", "来た 客"} {
		in, token := s.chair.invited(s.met, name)
		s.entered = identity.Entry{Token: token, PIN: in.PIN, Name: name, Agency: s.welfare.Name, Secrecy: true}
		s.guest, s.waiting, s.guestID = s.browser(), s.guestID, in.ID
		wantStatus(s.t, "guest", s.guest.post("/api/guest/enter", s.entered), http.StatusOK)
	}
	wantStatus(s.t, "let in", s.chair.post("/api/meetings/"+s.met+"/guests/"+s.guestID+"/admit", map[string]any{}), http.StatusNoContent)
	s.invited, s.token = s.chair.invited(s.met, "来ない 客")
}

// glasses are two 緊急時の閲覧: one that holds, one that is over and waits for its review.
func (s *scene) glasses() {
	s.t.Helper()
	admin := s.as("sysadmin")
	var g glassBody
	wantStatus(s.t, "a second administrator", admin.post("/api/users", map[string]any{"agencyId": s.house.city.ID, "login": "sysadmin2", "name": "管理者二", "kana": "かんり", "roles": []string{"admin"},
		"password": password}), http.StatusOK)
	admin.post("/api/glass", breaking).into(s.t, &g)
	s.glassOver = g.ID
	wantStatus(s.t, "end", admin.post("/api/glass/"+g.ID+"/end", map[string]any{}), http.StatusOK)
	s.as("sysadmin2").post("/api/glass", breaking).into(s.t, &g)
	s.glass = g.ID
}

// sessions are one that is locked, and a second one of the chair.
func (s *scene) sessions() {
	s.t.Helper()
	s.locked = s.as("sysadmin")
	wantStatus(s.t, "lock", s.locked.post("/api/session/lock", map[string]any{}), http.StatusNoContent)
	s.as("chair")
	var own accountBody
	s.chair.get("/api/account").into(s.t, &own)
	s.otherSession = own.Sessions[slices.IndexFunc(own.Sessions, func(x identity.OpenSession) bool { return !x.This })].ID
}

// ask is a complete request of a route by somebody who may make it.
type ask struct {
	login string // "" = nobody
	path  string
	body  any
	form  []byte // of an upload, with its type in kind
	kind  string
	who   *browser // instead of login
	part  bool     // not complete: what it needs (a phone, a passkey, a sign-in service) is not in this house
}

// asks are complete requests for every route, by their line in the table.
func (s *scene) asks() map[string]ask {
	s.t.Helper()
	start := s.clock.Now().Add(time.Hour)
	person := map[string]any{"name": "渡邉 花", "kana": "わたなべ はな", "relation": "母", "subject": false}
	account := map[string]any{"agencyId": s.welfare.ID, "login": "newone", "name": "新人", "kana": "しんじん", "roles": []string{"agency"}, "password": password}
	known := map[string]any{"agencyId": s.welfare.ID, "login": "observer", "name": "助言者", "kana": "じょげんしゃ", "roles": []string{"observer"}}
	agency := map[string]any{"name": "新しい機関", "short": "新", "category": "other", "active": true}
	var upload bytes.Buffer
	form := multipart.NewWriter(&upload)
	s.ok(form.WriteField("caseId", s.caseID))
	s.ok(form.WriteField("purpose", "evidence"))
	part, err := form.CreateFormFile("file", "別の同意書.pdf")
	s.ok(err)
	_, _ = part.Write(pdfBytes)
	s.ok(form.Close())
	at, plan, met, doc := "/api/cases/"+s.caseID, "/api/plans/"+s.plan, "/api/meetings/"+s.met, "/api/docs/"+s.doc
	out := map[string]ask{
		"GET /livez": {path: "/livez"}, "GET /readyz": {path: "/readyz"}, "GET /api/session": {path: "/api/session"},
		"POST /api/session":      {path: "/api/session", body: map[string]string{"login": "city", "password": password}},
		"DELETE /api/session":    {login: "observer", path: "/api/session"},
		"POST /api/setup":        {path: "/api/setup", body: identity.SetupInput{Code: setupCode, Municipality: "別", Agency: "別", Name: "別", Login: "another", Password: password}},
		"POST /api/guest/check":  {path: "/api/guest/check", body: map[string]string{"token": s.token}},
		"POST /api/guest/enter":  {path: "/api/guest/enter", body: identity.Entry{Token: s.token, PIN: s.invited.PIN, Name: "来ない 客", Agency: s.welfare.Name, Secrecy: true}},
		"POST /api/agencies":     {login: "city", path: "/api/agencies", body: agency},
		"PUT /api/agencies/{id}": {login: "city", path: "/api/agencies/" + s.stranger.ID, body: map[string]any{"name": "改めた機関", "short": "改", "category": "other", "active": true}},
		"POST /api/users":        {login: "city", path: "/api/users", body: account},
		"PUT /api/users/{id}":    {login: "city", path: "/api/users/" + s.userID("observer"), body: known},
		"GET /api/directory":     {login: "secretariat", path: "/api/directory"},
		"POST /api/cases/search": {login: "secretariat", path: "/api/cases/search", body: map[string]any{"q": personName}},
		"POST /api/cases":        {login: "secretariat", path: "/api/cases", body: map[string]any{"persons": []any{map[string]any{"name": "渡邉", "relation": "本人", "subject": true}}}},
		"GET /api/cases/{case}":  {login: "secretariat", path: at},
		"POST /api/docs":         {login: "secretariat", path: "/api/docs", body: map[string]string{"kind": "plan", "ownerId": s.plan, "personId": "", "item": "income"}},
		"POST /api/files":        {login: "secretariat", path: "/api/files", form: upload.Bytes(), kind: form.FormDataContentType()},
		"GET /api/files/{id}":    {login: "secretariat", path: "/api/files/" + s.file},
		"POST /api/meeting-types/preview": {login: "city", path: "/api/meeting-types/preview", body: map[string]any{"paper": "minutes", "type": meeting.Type{Name: "まるごと会議", Basis: "要綱",
			Papers: map[string]papers.Layout{"minutes": {Title: "会議要録", Approval: []string{"課長"}}}}}},
		"POST /api/meeting-types": {login: "city", path: "/api/meeting-types", body: meeting.Type{ID: "own", Name: "まるごと会議", Mode: consent.ModeSupport, Basis: "要綱", Retention: 5, EffectiveFrom: "2026-04-01"}},

		"PUT /api/cases/{case}/stage":           {login: "secretariat", path: at + "/stage", body: map[string]any{"stage": "intake", "version": 1}},
		"POST /api/cases/{case}/persons":        {login: "secretariat", path: at + "/persons", body: person},
		"PUT /api/cases/{case}/persons/{id}":    {login: "secretariat", path: at + "/persons/" + s.person, body: map[string]any{"name": "渡邉 正", "relation": "本人", "subject": true}},
		"POST /api/cases/{case}/members":        {login: "secretariat", path: at + "/members", body: map[string]string{"agencyId": s.house.city.ID, "note": ""}},
		"DELETE /api/cases/{case}/members/{id}": {login: "secretariat", path: at + "/members/" + s.welfare.ID},
		"GET /api/cases/{case}/view":            {login: "agency", path: at + "/view"},
		"GET /api/cases/{case}/consents":        {login: "secretariat", path: at + "/consents"},
		"POST /api/cases/{case}/consents":       {login: "secretariat", path: at + "/consents", body: s.form()},
		"POST /api/consents/{id}/withdraw":      {login: "secretariat", path: "/api/consents/" + s.record + "/withdraw", body: map[string]any{"items": []string{"media"}, "note": wordForm}},
		"POST /api/cases/{case}/plans":          {login: "secretariat", path: at + "/plans", body: map[string]string{"previous": s.plan}},
		"GET /api/docs/{id}/history":            {login: "secretariat", path: doc + "/history"},
		"GET /api/docs/{id}/history/{seq}":      {login: "secretariat", path: doc + "/history/1"},
		"GET /api/docs/{id}/diff":               {login: "secretariat", path: doc + "/diff?from=0&to=1"},
		"POST /api/docs/{id}/restore":           {login: "secretariat", path: doc + "/restore", body: map[string]any{"seq": 0, "keys": []string{}, "plan": ""}},
		"GET /api/plans/{plan}":                 {login: "agency", path: plan + "?meeting=" + s.met},
		"POST /api/plans/{plan}/answers": {login: "agency", path: plan + "/answers?meeting=" + s.met,
			body: map[string]string{"actionId": s.action, "answer": "conditional", "reason": wordReason, "cellHash": s.cellHash}},
		"GET /api/plans/{plan}/diff":   {login: "agency", path: "/api/plans/" + s.sealedPlan + "/diff?from=1"},
		"GET /api/plans/{plan}/pdf":    {login: "secretariat", path: plan + "/pdf?kind=plan&meeting=" + s.met},
		"GET /api/plans/{plan}/matrix": {login: "secretariat", path: plan + "/matrix?as=xlsx&meeting=" + s.met},
		"POST /api/cases/{case}/meetings": {login: "secretariat", path: at + "/meetings", body: map[string]any{"type": "support", "mode": "support", "planId": "", "title": "次の支援会議",
			"plannedStart": start, "plannedEnd": start.Add(time.Hour), "place": "室", "form": "hybrid", "basis": "社会福祉法第106条の6", "reason": wordReason,
			"agencies": []string{s.welfare.ID}, "chairId": s.userID("chair"), "recorderId": s.userID("secretariat"),
			"agenda": []any{map[string]any{"title": "状況の共有", "purpose": "share", "point": "様子", "item": "basic"}}}},
		"GET /api/meetings/{meeting}":                 {login: "agency", path: met},
		"POST /api/meetings/{meeting}/acts":           {login: "agency", path: met + "/acts", body: map[string]any{"act": "hand", "params": map[string]any{"up": true, "kind": "speak"}}},
		"POST /api/meetings/{meeting}/enter":          {login: "city", path: met + "/enter", body: map[string]string{"form": "room"}},
		"GET /api/meetings/{meeting}/guests":          {login: "chair", path: met + "/guests"},
		"POST /api/meetings/{meeting}/guests":         {login: "chair", path: met + "/guests", body: map[string]string{"name": "客", "kana": "きゃく", "agencyId": s.welfare.ID, "post": "医師"}},
		"DELETE /api/meetings/{meeting}/guests/{id}":  {login: "chair", path: met + "/guests/" + s.guestID},
		"GET /api/meetings/{meeting}/minutes.pdf":     {login: "secretariat", path: met + "/minutes.pdf"},
		"GET /api/meetings/{meeting}/minutes/{n}.pdf": {login: "secretariat", path: "/api/meetings/" + s.sealed + "/minutes/1.pdf"},
		"GET /api/archive/{id}/file":                  {login: "records", path: "/api/archive/" + s.archived + "/file"},
		"GET /api/archive":                            {login: "records", path: "/api/archive"},
		"POST /api/archive/search":                    {login: "records", path: "/api/archive/search", body: map[string]any{"q": "K"}},
		"POST /api/archive/verify":                    {login: "records", path: "/api/archive/verify", body: map[string]any{"id": s.archived}},
	}
	s.moreAsks(out)
	for _, path := range []string{"/api/agencies", "/api/sheets", "/api/codes", "/api/cases", "/api/meeting-types", "/api/meetings"} {
		out["GET "+path] = ask{login: "agency", path: path}
	}
	out["GET /api/sheets/{id}"], out["GET /api/users"] = ask{login: "agency", path: "/api/sheets/uketsuke"}, ask{login: "city", path: "/api/users"}
	for _, key := range []string{"POST /hp/line", "POST /hp/line/up", "POST /hp/line/down", "DELETE /hp/line"} { // the line itself is not in this house; internal/realtime asks it
		_, path, _ := strings.Cut(key, " ")
		out[key] = ask{login: "agency", path: path, form: []byte{}, kind: "application/octet-stream"}
	}
	return out
}

// make makes a request as it stands, by somebody.
func (b *browser) make(method string, a ask) answer {
	b.h.t.Helper()
	switch {
	case a.kind != "":
		return b.do(method, a.path, bytes.NewReader(a.form), a.kind)
	case a.body != nil:
		return b.send(method, a.path, a.body)
	case method == del:
		return b.do(method, a.path, nil, "")
	}
	return b.get(a.path)
}

// by is somebody by the login of a request.
func (s *scene) by(a ask) *browser {
	switch {
	case a.who != nil:
		return a.who
	case a.login == "":
		return s.browser()
	}
	return s.as(a.login)
}

// says tells which of the scene's words stand in an answer, its headers included. What a PDF says is packed; those who are refused get none.
func (a answer) says(words []string) []string {
	var head bytes.Buffer
	_ = a.header.Write(&head)
	text := string(a.body) + head.String()
	if u, err := url.PathUnescape(head.String()); err == nil {
		text += u
	}
	var out []string
	for _, w := range words {
		if strings.Contains(text, w) {
			out = append(out, w)
		}
	}
	return out
}
