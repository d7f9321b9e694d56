package web

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/identity"
	"kasane/internal/plans"
)

// dump gives what every table holds, but for the tables that a refusal changes too: the use of a session, attempts, numbers used up.
func (h *house) dump() string {
	h.t.Helper()
	var tables []string
	rows, err := h.raw.Query(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name`)
	h.ok(err)
	for rows.Next() {
		var n string
		h.ok(rows.Scan(&n))
		tables = append(tables, n)
	}
	h.ok(rows.Close())
	var b strings.Builder
	for _, table := range tables {
		if slices.Contains([]string{"session", "sign_in_attempt", "counter", "lease"}, table) {
			continue
		}
		rows, err := h.raw.Query(`SELECT * FROM ` + table)
		h.ok(err)
		columns, err := rows.Columns()
		h.ok(err)
		for rows.Next() {
			values, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			h.ok(rows.Scan(into...))
			fmt.Fprintf(&b, "%s %v\n", table, values)
		}
		h.ok(rows.Close())
	}
	return b.String()
}

// TestNoRouteAnswersWithoutAudit goes through the table of routes with an audit log that cannot be written: nobody gets an answer but the error, and nothing changes
// in the database. Then, with the log mended, the same requests are answered, which shows that it was the log.
func TestNoRouteAnswersWithoutAudit(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk, city := h.as("secretariat"), h.as("city")
	var plan struct{ ID string }
	desk.post("/api/cases/"+h.caseID+"/plans", map[string]string{"previous": ""}).into(t, &plan)
	met := h.call(desk, plan.ID)
	var doc plans.DocRef
	desk.post("/api/docs", map[string]string{"kind": "section", "caseId": h.caseID, "personId": "", "item": "family"}).into(t, &doc)
	var file struct{ ID string }
	desk.upload(h.caseID, "同意書.pdf", pdfBytes).into(t, &file)

	rec := h.given(desk)

	h.as("chair").must(met, "reception", map[string]any{})

	start, today := h.clock.Now().Add(time.Hour), h.clock.Now().Format(time.DateOnly)
	var person1 string
	h.ok(h.raw.QueryRow(`SELECT id FROM person`).Scan(&person1))
	other, admin := h.as("agency"), h.as("sysadmin")
	person := map[string]any{"name": "髙\uFA11", "kana": "たか", "relation": "母", "subject": false}
	bodies := map[string]any{
		"POST /api/session":                   map[string]string{"login": "city", "password": password},
		"POST /api/agencies":                  map[string]any{"name": "新しい機関", "short": "新", "category": "other", "active": true},
		"POST /api/users":                     map[string]any{"agencyId": h.welfare.ID, "login": "newone", "name": "新人", "kana": "しんじん", "roles": []string{"agency"}, "password": password},
		"POST /api/cases/search":              map[string]any{"q": "K2025"},
		"POST /api/cases":                     map[string]any{"persons": []any{map[string]any{"name": "渡邉", "kana": "わたなべ", "relation": "本人", "subject": true}}, "agencies": []string{}},
		"PUT /api/cases/{case}/stage":         map[string]any{"stage": "screening", "version": 1},
		"POST /api/cases/{case}/persons":      person,
		"POST /api/cases/{case}/members":      map[string]string{"agencyId": h.stranger.ID, "note": ""},
		"POST /api/docs":                      map[string]string{"kind": "section", "caseId": h.caseID, "personId": "", "item": "income"},
		"POST /api/cases/{case}/plans":        map[string]string{"previous": ""},
		"POST /api/meetings/{meeting}/guests": map[string]string{"name": "客", "kana": "きゃく", "agencyId": h.welfare.ID, "post": "医師"},
		"POST /api/cases/{case}/meetings": map[string]any{"type": "support", "mode": "support", "planId": "", "title": "第2回 支援会議", "plannedStart": start, "plannedEnd": start.Add(time.Hour),
			"place": "室", "form": "hybrid", "basis": "社会福祉法第106条の6", "reason": "同意が得られていないため", "agencies": []string{h.welfare.ID}, "chairId": h.userID("chair"),
			"recorderId": h.userID("secretariat"), "agenda": []any{map[string]any{"title": "状況の共有", "purpose": "share", "point": "様子", "item": "basic"}}},
		"POST /api/meetings/{meeting}/enter": map[string]string{"form": "room"},
		"POST /api/archive/search":           map[string]any{"q": "K"},
		"PUT /api/sign-in-rules":             identity.DefaultRules(false),
		"POST /api/session/lock":             map[string]any{},
		"PUT /api/account/password":          map[string]string{"old": password, "password": "ゆうだちのあとの虹34"},
		"POST /api/archive/verify":           map[string]any{"id": ""},
		"POST /api/cases/{case}/consents":    map[string]any{"personId": rec.PersonID, "state": "pending", "explainedBy": "事務", "explainedAt": h.clock.Now()},
		"POST /api/consents/{id}/withdraw":   map[string]any{"agencies": []string{h.welfare.ID}, "items": []string{"care"}},
		"POST /api/consents/{id}/renew": map[string]any{"method": "written", "explainedBy": "事務", "explainedAt": h.clock.Now(), "from": h.clock.Now().AddDate(0, 0, 1).Format(time.DateOnly),
			"until": h.clock.Now().AddDate(0, 3, 0).Format(time.DateOnly)},
		"POST /api/consent-texts":  map[string]any{"title": "同意書", "paragraphs": []string{"同意します。"}, "easy": []string{"いいです。"}, "withdraw": "撤回できます。", "effectiveFrom": today},
		"POST /api/audit/seen":     map[string]any{"case": "K2025-0001"},
		"POST /api/audit/searches": map[string]any{"q": "渡邉"},
		"PUT /api/audit/settings":  map[string]any{"from": "09:00", "to": "18:00", "officeDays": true, "perHour": 3, "perDay": 9},
		"POST /api/incidents":      map[string]any{"case": "K2025-0001", "from": today, "to": today, "reason": "drill", "note": "訓練", "format": "csv"},
		"POST /api/glass":          map[string]any{"number": "K2025-0001", "basis": "life", "reason": "訓練", "minutes": 5},
	}
	ask := func(rt route) answer {
		key := rt.method + " " + rt.pattern
		path := strings.NewReplacer("{case}", h.caseID, "{plan}", plan.ID, "{meeting}", met, "/api/docs/{id}", "/api/docs/"+doc.Doc, "/api/files/{id}", "/api/files/"+file.ID, "/api/consents/{id}", "/api/consents/"+rec.ID,
			"/api/sheets/{id}", "/api/sheets/plan", "{seq}", "1", "{n}", "1", "/members/{id}", "/members/"+h.welfare.ID).Replace(rt.pattern)
		path = strings.ReplaceAll(path, "/persons/{id}/seen", "/persons/"+person1+"/seen")
		path = strings.ReplaceAll(path, "{id}", "01nothere")
		switch rt.pattern {
		case "/api/plans/{plan}/pdf":
			path += "?kind=plan&meeting=" + met
		case "/api/cases/{case}/view":
			path += "?agency=" + h.welfare.ID
		case "/api/cases/{case}/consents/form.pdf":
			path += "?person=" + rec.PersonID
		case "/api/consents/{id}/export":
			path += "?as=fhir"
		}
		who := desk
		if strings.HasPrefix(rt.pattern, "/api/users") || strings.HasPrefix(rt.pattern, "/api/agencies") || strings.HasPrefix(rt.pattern, "/api/archive") ||
			strings.HasPrefix(rt.pattern, "/api/audit") || rt.pattern == "/api/consent-texts" {
			who = city
		}
		if key == "POST /api/glass" {
			who = admin
		}
		if strings.HasPrefix(rt.pattern, "/api/sign-in") {
			who = city
		}
		if rt.pattern == "/api/session/lock" || rt.pattern == "/api/session/leave" || strings.HasPrefix(rt.pattern, "/api/account") {
			who = other
		}
		switch {
		case rt.multipart:
			return who.upload(h.caseID, "別の同意書.pdf", pdfBytes)
		case rt.method == get:
			return who.get(path)
		case rt.method == del:
			return who.do(rt.method, path, nil, "")
		case bodies[key] != nil:
			if key == "POST /api/session" {
				who = h.browser()
			}
			return who.send(rt.method, path, bodies[key])
		}
		return who.do(rt.method, path, bytes.NewReader([]byte("{}")), "application/json")
	}
	var audited []route
	for _, rt := range (&server{deps: h.deps}).routes() {
		if rt.audit.by != byNobody && rt.pattern != "/api/setup" && !(rt.method == del && rt.pattern == "/api/session") {
			audited = append(audited, rt)
		}
	}
	h.clock.Advance(2 * repeatWithin) // nobody reads on an entry of the preparations
	_, err := h.raw.Exec(`CREATE TRIGGER no_audit BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'no audit'); END`)
	h.ok(err)
	before := h.dump()
	broken := map[string]answer{}
	for _, rt := range audited {
		key := rt.method + " " + rt.pattern
		a := ask(rt)
		broken[key] = a
		if a.status < 400 || a.kind() == "" || bytes.Contains(a.body, []byte("渡邉")) {
			t.Errorf("%s is answered without an audit entry: %d %.200s", key, a.status, a.body)
		}
		if after := h.dump(); after != before {
			t.Errorf("%s changed something without an audit entry", key)
			before = after
		}
	}
	_, err = h.raw.Exec(`DROP TRIGGER no_audit`)
	h.ok(err)
	// What ends a thing comes last.
	slices.SortStableFunc(audited, func(a, b route) int { return boolInt(ends(a)) - boolInt(ends(b)) })
	var alive, reads int
	var dead []string
	for _, rt := range audited {
		key := rt.method + " " + rt.pattern
		if a := ask(rt); a.status >= 300 {
			dead = append(dead, fmt.Sprintf("%s %d %.90s", key, a.status, a.body))
			continue
		}
		if broken[key].status < http.StatusInternalServerError {
			t.Errorf("%s was refused for another reason than the audit log: %d %s", key, broken[key].status, broken[key].body)
		}
		if alive++; rt.method == get {
			reads++
		}
	}
	t.Logf("%d of %d audited routes are answered with a log, %d of them reads; not asked in earnest: %s", alive, len(audited), reads, strings.Join(dead, "\n"))
	if alive < 40 || reads < 17 {
		t.Errorf("only %d routes (%d reads) were asked in earnest", alive, reads)
	}
}

func ends(rt route) bool {
	return rt.method == del || rt.pattern == "/api/session/lock" || rt.pattern == "/api/session/leave"
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
