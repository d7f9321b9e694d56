package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/identity"
	"kasane/internal/intake"
)

// takeBody is a complete 相談, as the browser sends it.
func takeBody(change map[string]any) map[string]any {
	body := map[string]any{"id": strings.Repeat("1", 26), "asker": "family", "askerName": "娘の人", "askerRelation": "長女", "name": "椿山 節", "kana": "つばきやま せつ",
		"birth": "1941-02-03", "ageBand": "", "sex": "女", "district": "蓮沼町", "contact": "080-1111-2222", "addressSecret": false, "route": "03",
		"trouble": "栗拾いの帰りに迷子", "fields": []string{"care"}, "urgency": "week", "danger": false, "consent": "notyet", "triage": "own", "note": ""}
	for k, v := range change {
		body[k] = v
	}
	return body
}

func (b *browser) take(change map[string]any) intake.Made {
	b.h.t.Helper()
	var made intake.Made
	b.post("/api/intakes", takeBody(change)).into(b.h.t, &made)
	return made
}

func (s *scene) intakes() {
	s.t.Helper()
	s.taken = s.agency.take(nil).CaseID
	s.referral = strings.Repeat("2", 26)
	wantStatus(s.t, "つなぎ", s.desk.post("/api/cases/"+s.caseID+"/referrals", map[string]any{"id": s.referral, "to": s.house.city.ID, "picks": []string{}, "reason": "分担を相談したい", "wish": ""}), http.StatusNoContent)
}

func (s *scene) intakeAsks(out map[string]ask) {
	at, taken := "/api/cases/"+s.caseID, "/api/cases/"+s.taken
	for key, a := range map[string]ask{
		"GET /api/intakes":                        {login: "agency", path: "/api/intakes"},
		"POST /api/intakes":                       {login: "agency", path: "/api/intakes", body: takeBody(map[string]any{"id": strings.Repeat("3", 26)})},
		"POST /api/intakes/similar":               {login: "agency", path: "/api/intakes/similar", body: map[string]string{"name": "", "kana": "わたなべ ただし", "birth": ""}},
		"GET /api/cases/{case}/intake":            {login: "agency", path: taken + "/intake"},
		"POST /api/cases/{case}/intake/triage":    {login: "agency", path: taken + "/intake/triage", body: map[string]string{"from": "own", "to": "joint", "note": ""}},
		"GET /api/cases/{case}/doubles":           {login: "secretariat", path: at + "/doubles"},
		"GET /api/cases/{case}/referrals":         {login: "agency", path: at + "/referrals"},
		"POST /api/cases/{case}/referrals":        {login: "agency", path: at + "/referrals", body: map[string]any{"id": strings.Repeat("4", 26), "to": s.stranger.ID, "picks": []string{}, "reason": "住まいの相談", "wish": ""}},
		"GET /api/cases/{case}/referrals/options": {login: "agency", path: at + "/referrals/options?to=" + s.stranger.ID},
		"GET /api/referrals":                      {login: "agency", path: "/api/referrals"},
		"GET /api/referrals/{id}":                 {login: "city", path: "/api/referrals/" + s.referral},
		"POST /api/referrals/{id}":                {login: "city", path: "/api/referrals/" + s.referral, body: map[string]string{"answer": "check", "reason": "係で相談する", "due": s.clock.Now().In(jst).AddDate(0, 0, 5).Format(time.DateOnly)}},
		"GET /api/referrals/{id}/sheet.pdf":       {login: "city", path: "/api/referrals/" + s.referral + "/sheet.pdf"},
		"GET /api/referral-days":                  {login: "city", path: "/api/referral-days"},
		"PUT /api/referral-days":                  {login: "city", path: "/api/referral-days", body: map[string]int{"days": 3}},
	} {
		out[key] = a
	}
}

// TestIntakeThroughTheDoor: any counter takes a 相談 in once, however often it is sent; it reads its own words and no later name; nobody else's agency does.
func TestIntakeThroughTheDoor(t *testing.T) {
	t.Parallel()
	h := settled(t)
	agency, desk, stranger := h.as("stranger"), h.as("secretariat"), h.as("agency")
	first := agency.take(nil)
	if again := agency.take(nil); again != first {
		t.Errorf("sent twice: %+v %+v", first, again)
	}
	refused(t, "the id of somebody else", stranger.post("/api/intakes", takeBody(nil)), fault.Conflict)
	path := "/api/cases/" + first.CaseID
	var got struct{ Intake *intake.View }
	agency.get(path+"/intake").into(t, &got)
	if v := got.Intake; v == nil || v.Name != "椿山 節" || v.Trouble == "" || v.Contact == "" || len(v.Withheld) != 0 || v.AskerName != "娘の人" {
		t.Fatalf("the counter does not read what it wrote: %+v", v)
	}
	wantKind(t, "another agency", stranger.get(path+"/intake"), fault.NotFound)
	// The case page shows the counter no name without consent: what it knows stands in its own 受付.
	if a := agency.get(path); strings.Contains(string(a.body), "椿山") {
		t.Errorf("the case page names the person without consent: %s", a.body)
	}
	// The record is filled for who holds it.
	var page caseBody
	desk.get(path).into(t, &page)
	used := 0
	for _, s := range page.Sections {
		if s.Used {
			used++
		}
	}
	if used < 4 {
		t.Errorf("%d records are filled from the 受付", used)
	}
	// A name that is found later is not told to the counter, and 住所秘匿 takes the address from it.
	p := page.Persons[0]
	wantStatus(t, "renamed", desk.send(http.MethodPut, path+"/persons/"+p.ID, map[string]any{"name": "楡井 節", "kana": "にれい せつ", "relation": "本人", "subject": true, "addressSecret": true}), http.StatusOK)
	agency.get(path+"/intake").into(t, &got)
	if v := got.Intake; v.Name != "椿山 節" || v.District != "" || v.Contact != "" || len(v.Withheld) != 1 {
		t.Errorf("%+v", v)
	}
	// 特定機関に非開示: nothing is left, neither its own words nor a line in its list.
	wantStatus(t, "withheld", desk.send(http.MethodPut, path+"/persons/"+p.ID, map[string]any{"name": "楡井 節", "kana": "にれい せつ", "relation": "本人", "subject": true, "withheldFrom": []string{h.stranger.ID}}), http.StatusOK)
	for _, at := range []string{path + "/intake", "/api/intakes"} {
		if a := agency.get(at); strings.Contains(string(a.body), "椿山") || strings.Contains(string(a.body), "迷子") || strings.Contains(string(a.body), first.Number) {
			t.Errorf("%s after 非開示: %s", at, a.body)
		}
	}
}

// TestIntakeRefuses: what is missing is named by its field, in Japanese.
func TestIntakeRefuses(t *testing.T) {
	t.Parallel()
	h := settled(t)
	agency := h.as("agency")
	for field, change := range map[string]map[string]any{
		"asker": {"asker": ""}, "askerName": {"asker": "anonymous"}, "trouble": {"trouble": "　"}, "fields": {"fields": []string{}}, "urgency": {"urgency": "soon"},
		"consent": {"consent": ""}, "triage": {"triage": "later"}, "note": {"triage": "info"}, "ageBand": {"ageBand": "80"}, "birth": {"birth": "1941-02-31"}, "id": {"id": "x"},
		"route": {"route": "99"}, "kana": {"kana": "椿"}, "name": {"name": " 椿山"},
	} {
		if change["id"] == nil {
			change["id"] = access.NewID(h.clock.Now())
		}
		a := agency.post("/api/intakes", takeBody(change))
		if a.status != http.StatusUnprocessableEntity || a.field() != field {
			t.Errorf("%v: %d on %q: %s", change, a.status, a.field(), a.body)
		}
	}
	for _, login := range []string{"observer", "records", "auditor", "sysadmin", "chair"} {
		wantKind(t, login, h.as(login).post("/api/intakes", takeBody(nil)), fault.Forbidden)
	}
	// 匿名: no name at all.
	made := agency.take(map[string]any{"id": strings.Repeat("9", 26), "asker": "anonymous", "askerName": "", "name": "", "kana": "", "birth": "", "ageBand": "80", "triage": "info", "note": "窓口を案内した"})
	var got struct{ Intake *intake.View }
	agency.get("/api/cases/"+made.CaseID+"/intake").into(t, &got)
	if got.Intake.Name != "匿名" || got.Intake.AgeBand != "80代" || len(got.Intake.MayTriage) != 0 {
		t.Errorf("%+v", got.Intake)
	}
	var page caseBody
	h.as("city").get("/api/cases/"+made.CaseID).into(t, &page)
	if page.Case.Stage != "closed" || page.Case.End == nil || page.Case.End.Reason != "情報提供のみで終了" {
		t.Errorf("%+v", page.Case)
	}
}

// TestSimilarTellsNothingElse: the answer to a counter is the same, byte for byte, whether or not somebody of that name stands where it may not look: in a
// case of others, in one it is of without consent, in one it is barred from.
func TestSimilarTellsNothingElse(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk, city, agency := h.as("secretariat"), h.as("city"), h.as("stranger")
	ask := func(b *browser, name string) (string, intake.Found) {
		t.Helper()
		a := b.post("/api/intakes/similar", map[string]string{"name": name, "kana": "", "birth": ""})
		var f intake.Found
		a.into(t, &f)
		return string(a.body), f
	}
	nobody, f := ask(agency, "椿山 節")
	if f.Count != 0 || len(f.Lines) != 0 {
		t.Fatalf("%+v", f)
	}
	// A secret in a case of others.
	var made struct{ ID string }
	secret := map[string]any{"name": "椿山 節", "kana": "つばきやま せつ", "relation": "本人", "subject": true, "birth": "1941-02-03"}
	desk.post("/api/cases", map[string]any{"persons": []any{secret}}).into(t, &made)
	if got, _ := ask(agency, "椿山 節"); got != nobody {
		t.Errorf("a case of others shows: %s", got)
	}
	// The agency is of the case, but the person has agreed to nothing.
	wantStatus(t, "member", desk.post("/api/cases/"+made.ID+"/members", map[string]string{"agencyId": h.stranger.ID}), http.StatusNoContent)
	if got, _ := ask(agency, "椿山 節"); got != nobody {
		t.Errorf("a name without consent shows: %s", got)
	}
	// Who holds the record finds it, whatever form of the kanji is typed; who is barred does not.
	if _, f := ask(desk, "椿山節"); f.Count != 1 || f.Lines[0].CaseID != made.ID {
		t.Errorf("%+v", f)
	}
	wantStatus(t, "bar", city.post("/api/cases/"+made.ID+"/bars", map[string]string{"userId": h.userID("secretariat"), "reason": "親族"}), http.StatusNoContent)
	if got, f := ask(desk, "椿山 節"); f.Count != 0 || got != nobody {
		t.Errorf("who is barred finds it: %s", got)
	}
	wantStatus(t, "unbar", city.do(del, "/api/cases/"+made.ID+"/bars/"+h.userID("secretariat"), nil, ""), http.StatusNoContent)
	// What the own agency took in itself it finds, by what it typed, and no other case beside it.
	own := agency.take(nil)
	_, f = ask(agency, "椿山　節")
	if f.Count != 1 || f.Lines[0].CaseID != own.CaseID || f.Lines[0].Birth != "1941-02-03" {
		t.Errorf("%+v", f)
	}
	// 重複のおそれ is told on the case to who holds the record, and to nobody else.
	var d intake.Found
	desk.get("/api/cases/"+own.CaseID+"/doubles").into(t, &d)
	if d.Count != 1 || d.Lines[0].CaseID != made.ID {
		t.Errorf("%+v", d)
	}
	wantKind(t, "the counter", agency.get("/api/cases/"+own.CaseID+"/doubles"), fault.Forbidden)
	wantStatus(t, "bar", city.post("/api/cases/"+made.ID+"/bars", map[string]string{"userId": h.userID("secretariat"), "reason": "親族"}), http.StatusNoContent)
	if desk.get("/api/cases/"+own.CaseID+"/doubles").into(t, &d); d.Count != 0 {
		t.Errorf("who is barred is told of the double: %+v", d)
	}
}

// newcomer is somebody of a further agency.
func (h *house) newcomer(name, login string) (access.Agency, *browser) {
	h.t.Helper()
	boss := access.Actor{Tenant: h.tenant, UserID: "test", Roles: []access.Role{access.RoleAdmin}}
	a, err := h.ids.SaveAgency(h.t.Context(), boss, "", identity.AgencyInput{Name: name, Short: name[:6], Category: "other"})
	h.ok(err)
	u := access.User{ID: access.NewID(h.clock.Now()), Tenant: h.tenant, AgencyID: a.ID, Login: login, Name: login, Kana: "かな", Roles: []access.Role{access.RoleAgency}}
	h.ok(h.store.CreateUser(h.t.Context(), identity.Account{User: u}, boss.Audit(h.clock.Now(), access.VerbUserSave, u.ID)))
	return a, h.as(login)
}

// TestReferralThroughTheDoor: without consent nothing leaves that says who it is; with consent what was picked does, until it is withdrawn; the receiver is
// of the case once it has said so, and has nothing left when it declines.
func TestReferralThroughTheDoor(t *testing.T) {
	t.Parallel()
	h := settled(t)
	sender := h.as("stranger")
	to, receiver := h.newcomer("東部包括支援センター", "toubu")
	own := sender.take(nil)
	path := "/api/cases/" + own.CaseID
	options := func() (o intake.Options) {
		t.Helper()
		sender.get(path+"/referrals/options?to="+to.ID).into(t, &o)
		return o
	}
	may := map[string]bool{}
	keys := map[string]string{}
	for _, p := range options().Parts {
		kind, _, _ := strings.Cut(p.Key, ":")
		may[kind], keys[kind] = p.May, p.Key
	}
	if len(may) != 5 || !may["plain"] || may["basic"] || may["progress"] || may["address"] || may["family"] {
		t.Fatalf("without consent: %v", may)
	}
	send := func(n string, picks []string, reason string) answer {
		return sender.post(path+"/referrals", map[string]any{"id": strings.Repeat(n, 26), "to": to.ID, "picks": picks, "reason": reason, "wish": ""})
	}
	wantKind(t, "a name without consent", send("5", []string{keys["basic"]}, "介護の相談"), fault.Forbidden)
	if a := send("5", []string{"plain"}, "椿山さんの介護の相談"); a.status != http.StatusUnprocessableEntity || a.field() != "reason" {
		t.Errorf("a reason that names the person: %d %s", a.status, a.body)
	}
	wantStatus(t, "without a name", send("5", []string{"plain"}, "介護の相談"), http.StatusNoContent)
	wantStatus(t, "sent twice", send("5", []string{"plain"}, "介護の相談"), http.StatusNoContent)
	wantKind(t, "a second one", send("6", []string{"plain"}, "介護の相談"), fault.Conflict)
	id := strings.Repeat("5", 26)
	secrets := []string{"椿山", "つばきやま", "迷子", "080-1111", "蓮沼", "娘の人", own.CaseID}
	for _, at := range []string{"/api/referrals", "/api/referrals/" + id, "/api/overdue?of=referrals", "/api/intakes", "/api/cases"} {
		if a := receiver.get(at); a.status != http.StatusOK || len(a.says(secrets)) > 0 {
			t.Errorf("%s: %d, the receiver reads %v", at, a.status, a.says(secrets))
		}
	}
	if a := receiver.get("/api/referrals/" + id + "/sheet.pdf"); a.status != http.StatusForbidden { // an agency outside of the city, as the municipality has it
		t.Errorf("sheet for who takes no copies: %d", a.status)
	}
	wantKind(t, "the case before 受領", receiver.get(path), fault.NotFound)
	wantKind(t, "an agency between them", h.as("agency").get("/api/referrals/"+id), fault.NotFound)
	// 未確認 after its days, on the list of the sender.
	h.clock.Advance(8 * 24 * time.Hour)
	sender, receiver = h.as("stranger"), h.as("toubu")
	var late []intake.ReferralLine
	sender.get("/api/overdue?of=referrals").into(t, &late)
	if len(late) != 1 || late[0].Days != 1 || late[0].ID != id {
		t.Errorf("%+v", late)
	}
	if a := receiver.post("/api/referrals/"+id, map[string]string{"answer": "decline", "reason": "", "due": ""}); a.status != http.StatusUnprocessableEntity || a.field() != "reason" {
		t.Errorf("辞退 without a reason: %d %s", a.status, a.body)
	}
	wantKind(t, "the sender answers", sender.post("/api/referrals/"+id, map[string]string{"answer": "accept", "reason": "", "due": ""}), fault.Forbidden)
	wantStatus(t, "辞退", receiver.post("/api/referrals/"+id, map[string]string{"answer": "decline", "reason": "地区が違う", "due": ""}), http.StatusNoContent)
	if a := receiver.get("/api/referrals/" + id); len(a.says([]string{"高齢・介護", "介護の相談"})) > 0 {
		t.Errorf("after 辞退 it still reads: %s", a.body)
	}
	h.consentedReferral(own, to, keys)
}

// consentedReferral goes on with a consent of the person for the receiver.
func (h *house) consentedReferral(own intake.Made, to access.Agency, keys map[string]string) {
	t := h.t
	t.Helper()
	sender, receiver, desk := h.as("stranger"), h.as("toubu"), h.as("secretariat")
	path := "/api/cases/" + own.CaseID
	var page caseBody
	desk.get(path).into(t, &page)
	person := page.Persons[0].ID
	var rec struct{ ID string }
	now := h.clock.Now()
	desk.post(path+"/consents", map[string]any{"personId": person, "state": "granted", "grantor": "self", "purposes": []string{"coordination"},
		"scope": map[string]any{to.ID: []string{"basic", "progress"}}, "until": now.AddDate(0, 6, 0).Format(time.DateOnly), "method": "oral", "explainedBy": "山田", "explainedAt": now,
		"details": map[string]any{"oral": map[string]any{"hearer": "山田", "witness": "佐藤", "at": now, "place": "窓口", "words": "つないでほしい"}}}).into(t, &rec)
	id := strings.Repeat("7", 26)
	body := map[string]any{"id": id, "to": to.ID, "picks": []string{keys["basic"], keys["progress"]}, "reason": "椿山さんの介護の相談", "wish": ""}
	wantStatus(t, "with consent", sender.post(path+"/referrals", body), http.StatusNoContent)
	read := func() answer { return receiver.get("/api/referrals/" + id) }
	if got := read().says([]string{"椿山 節", "迷子", "080-1111", "蓮沼", "娘の人"}); strings.Join(got, " ") != "椿山 節 迷子" {
		t.Errorf("the receiver reads %v", got)
	}
	wantStatus(t, "確認中", receiver.post("/api/referrals/"+id, map[string]string{"answer": "check", "reason": "", "due": now.AddDate(0, 0, 3).Format(time.DateOnly)}), http.StatusNoContent)
	wantKind(t, "確認中 is no member", receiver.get(path), fault.NotFound)
	wantStatus(t, "受領", receiver.post("/api/referrals/"+id, map[string]string{"answer": "accept", "reason": "", "due": ""}), http.StatusNoContent)
	if a := receiver.get(path); a.status != http.StatusOK || len(a.says([]string{"椿山 節"})) != 1 {
		t.Errorf("after 受領: %d %s", a.status, a.body)
	}
	wantKind(t, "answered already", receiver.post("/api/referrals/"+id, map[string]string{"answer": "decline", "reason": "やはり", "due": ""}), fault.Conflict)
	if a := desk.get("/api/referrals/" + id + "/sheet.pdf"); a.status != http.StatusOK || !strings.HasPrefix(string(a.body), "%PDF") {
		t.Errorf("sheet: %d", a.status)
	}
	wantStatus(t, "withdrawn", desk.post("/api/consents/"+rec.ID+"/withdraw", map[string]any{"agencies": []string{}, "items": []string{}, "how": "phone", "told": []string{}}), http.StatusOK)
	if got := read().says([]string{"椿山 節", "つばきやま", "迷子"}); len(got) > 0 {
		t.Errorf("after the withdrawal the receiver reads %v in what was handed over", got)
	}
	wantStatus(t, "out", desk.do(del, path+"/members/"+to.ID, nil, ""), http.StatusNoContent)
	wantKind(t, "no longer of the case", read(), fault.NotFound)
}

// TestReferralToWhomItIsKeptFrom: an agency from which the person is kept gets nothing, not even that there is something; the sender is not told, who holds
// the record is.
func TestReferralToWhomItIsKeptFrom(t *testing.T) {
	t.Parallel()
	h := settled(t)
	sender, desk := h.as("stranger"), h.as("secretariat")
	to, receiver := h.newcomer("東部包括支援センター", "toubu")
	own := sender.take(nil)
	path := "/api/cases/" + own.CaseID
	var page caseBody
	desk.get(path).into(t, &page)
	wantStatus(t, "非開示", desk.send(http.MethodPut, path+"/persons/"+page.Persons[0].ID, map[string]any{"name": "椿山 節", "kana": "つばきやま せつ", "relation": "本人", "subject": true,
		"withheldFrom": []string{to.ID}}), http.StatusOK)
	empty := string(receiver.get("/api/referrals").body)
	id := strings.Repeat("5", 26)
	body := map[string]any{"id": id, "to": to.ID, "picks": []string{"plain"}, "reason": "介護の相談", "wish": ""}
	for _, p := range func() (o intake.Options) { sender.get(path+"/referrals/options?to="+to.ID).into(t, &o); return o }().Parts {
		if strings.Contains(p.Why, "非開示") {
			t.Errorf("the sender is told: %+v", p)
		}
	}
	wantStatus(t, "sent", sender.post(path+"/referrals", body), http.StatusNoContent)
	if got := string(receiver.get("/api/referrals").body); got != empty {
		t.Errorf("the receiver sees that there is something: %s", got)
	}
	wantKind(t, "opened", receiver.get("/api/referrals/"+id), fault.NotFound)
	wantKind(t, "answered", receiver.post("/api/referrals/"+id, map[string]string{"answer": "accept", "reason": "", "due": ""}), fault.NotFound)
	var lists intake.ReferralLists
	desk.get("/api/referrals").into(t, &lists)
	if len(lists.Waiting) != 1 || !lists.Waiting[0].Kept {
		t.Errorf("%+v", lists)
	}
	wantKind(t, "who holds the record is told beforehand", desk.post("/api/cases/"+own.CaseID+"/referrals", map[string]any{"id": strings.Repeat("6", 26), "to": to.ID, "picks": []string{}, "reason": "介護", "wish": ""}), fault.Conflict)
}

// second is another member of the city's staff.
func (h *house) second(login string) *browser {
	h.t.Helper()
	u := access.User{ID: access.NewID(h.clock.Now()), Tenant: h.tenant, AgencyID: h.city.ID, Login: login, Name: login, Kana: "かな", Roles: []access.Role{access.RoleCity}}
	boss := access.Actor{Tenant: h.tenant, UserID: "test", Roles: []access.Role{access.RoleAdmin}}
	h.ok(h.store.CreateUser(h.t.Context(), identity.Account{User: u}, boss.Audit(h.clock.Now(), access.VerbUserSave, u.ID)))
	return h.as(login)
}
