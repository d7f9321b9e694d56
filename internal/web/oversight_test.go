package web

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/oversight"
	"kasane/internal/plans"
)

// The day of a privacy officer through the door: the list with names of staff and numbers of cases, never a person; pages by key; the file.
func TestAuditThroughTheDoor(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk, officer := h.as("secretariat"), h.as("auditor")
	for range 3 {
		wantStatus(t, "case", desk.get("/api/cases/"+h.caseID), 200)
	}
	wantStatus(t, "officer reads a case", officer.get("/api/cases/"+h.caseID), 403)

	var o oversight.Options
	officer.get("/api/audit/options").into(t, &o)
	if len(o.Users) < 9 || len(o.Agencies) != 3 || len(o.Verbs) < 50 || o.Settings != oversight.DefaultSettings() {
		t.Errorf("%+v", o)
	}
	var got []string
	for after := ""; ; {
		var p oversight.Page
		a := officer.post("/api/audit/entries", map[string]any{"case": "K2025-0001", "after": after, "limit": 2})
		a.into(t, &p)
		if bytes.Contains(a.body, []byte("渡邉")) || bytes.Contains(a.body, []byte("わたなべ")) {
			t.Fatalf("a person is named: %s", a.body)
		}
		for _, l := range p.Lines {
			if l.Verb != access.VerbAuditList {
				got = append(got, string(l.Verb)+" "+l.ResultLabel+" "+l.Actor)
			}
		}
		if after = p.Next; after == "" || len(got) > 50 {
			break
		}
	}
	if want := []string{"case.open 拒否 auditor", "case.open 成功 secretariat", "case.open 成功 secretariat", "document.open 成功 secretariat", "case.open 成功 secretariat"}; len(got) < 5 || !slices.Equal(got[:5], want) {
		t.Errorf("%q, want first %q", got, want)
	}
	a := officer.post("/api/audit/export", map[string]any{})
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(a.body, []byte("\xEF\xBB\xBF"))))
	r.FieldsPerRecord = -1 // the last line says how many there were
	rows, err := r.ReadAll()
	if err != nil || a.status != 200 || !strings.Contains(a.header.Get("Content-Disposition"), "attachment") || !strings.HasPrefix(a.header.Get("Content-Type"), "text/csv") ||
		len(rows) < 10 || bytes.Contains(a.body, []byte("渡邉")) {
		t.Errorf("%d %v %d rows, %v", a.status, a.header, len(rows), err)
	}
	a = officer.send(put, "/api/audit/settings", map[string]any{"from": "09:00", "to": "18:00", "officeDays": true, "perHour": 3, "perDay": 9})
	wantStatus(t, "settings", a, 200)
	wantKind(t, "bad settings", officer.send(put, "/api/audit/settings", map[string]any{"from": "9", "to": "18:00", "officeDays": true, "perHour": 3, "perDay": 9}), fault.Invalid)
	for _, path := range []string{"entries", "export", "seen", "hours", "mass", "monthly", "searches"} {
		for _, login := range []string{"secretariat", "sysadmin", "records", "agency"} {
			wantKind(t, login+" "+path, h.as(login).post("/api/audit/"+path, map[string]any{"case": "K2025-0001", "q": "x"}), fault.Forbidden)
		}
	}
	wantKind(t, "officer exports an incident", officer.post("/api/incidents", map[string]any{}), fault.Forbidden)
}

// auditRows are the rows of the log as the database holds them.
func (h *house) auditRows() string {
	h.t.Helper()
	rows, err := h.raw.Query(`SELECT * FROM audit_entry`)
	h.ok(err)
	defer rows.Close()
	columns, err := rows.Columns()
	h.ok(err)
	var b strings.Builder
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		h.ok(rows.Scan(into...))
		fmt.Fprintln(&b, values)
	}
	h.ok(rows.Err())
	return b.String()
}

// Who searched for this name is found by the name, though no word of a search stands in the log, nor one of the question.
func TestWhoSearchedForThisName(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk, city, officer := h.as("secretariat"), h.as("city"), h.as("auditor")
	said := []string{"渡辺", "ワタナベ", "邉", "鈴木", "2025-0001", "高﨑"}
	wantStatus(t, "search", desk.post("/api/cases/search", map[string]any{"q": "渡辺"}), 200)
	wantStatus(t, "search", desk.post("/api/cases/search", map[string]any{"q": "ワタナベ"}), 200)
	wantStatus(t, "search", city.post("/api/cases/search", map[string]any{"q": "邉 正"}), 200)
	wantStatus(t, "search", city.post("/api/cases/search", map[string]any{"q": "鈴木"}), 200)
	wantStatus(t, "search", city.post("/api/archive/search", map[string]any{"q": "2025-0001"}), 200)
	wantStatus(t, "list", city.get("/api/cases"), 200)

	ask := func(q string) (out []string) {
		var r struct{ Hits []oversight.Hit }
		officer.post("/api/audit/searches", map[string]any{"q": q}).into(t, &r)
		for _, x := range r.Hits {
			out = append(out, x.Actor+" "+x.Part)
		}
		slices.Sort(out)
		return out
	}
	for q, want := range map[string][]string{
		"渡邉\U000E0100 正": {"city 辺正", "secretariat 渡辺"}, // as the case has it: whoever typed a part was shown the case
		"わたなべ ただし":       {"secretariat わたなべ"},
		"鈴木 一郎":          {"city 鈴木"},
		"K2025-0001":     {"city 2025-0001"},
		"佐藤":             nil,
	} {
		if got := ask(q); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", q, got, want)
		}
	}
	log := h.auditRows()
	for _, word := range append(said, "渡邉", "わたなべ", "佐藤", "辺正") {
		if strings.Contains(log, word) {
			t.Errorf("%q stands in the log", word)
		}
		if strings.Contains(h.log.String(), word) {
			t.Errorf("%q stands in the log of the process", word)
		}
	}
	if !strings.Contains(log, access.ReasonSearch) {
		t.Error("no search is in the log: the test is blind")
	}
	wantKind(t, "empty", officer.post("/api/audit/searches", map[string]any{"q": " "}), fault.Invalid)
	wantKind(t, "long", officer.post("/api/audit/searches", map[string]any{"q": strings.Repeat("あ", 41)}), fault.Invalid)
}

// Who looked into the history of a document is found by the case: the entry names it, though the address does not.
func TestHistoryIsSeenByCase(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk := h.as("secretariat")
	var doc plans.DocRef
	var person string
	h.ok(h.raw.QueryRow(`SELECT id FROM person`).Scan(&person))
	desk.post("/api/docs", map[string]string{"kind": "section", "caseId": h.caseID, "personId": person, "item": "health"}).into(t, &doc)
	h.clock.Advance(2 * repeatWithin)
	wantStatus(t, "history", desk.get("/api/docs/"+doc.Doc+"/history"), 200)
	var v oversight.Seen
	a := desk.post("/api/cases/"+h.caseID+"/persons/"+person+"/seen", map[string]any{})
	a.into(t, &v)
	if len(v.Lines) == 0 || v.Lines[0].Verb != access.VerbDocHistory || v.Lines[0].What != "記録: 健康・医療" || len(v.Agencies) != 1 || v.Agencies[0].Actor != "secretariat" {
		t.Errorf("%s", a.body)
	}
	wantKind(t, "a person of nowhere", desk.post("/api/cases/"+h.caseID+"/persons/01nothere/seen", map[string]any{}), fault.NotFound)
	wantKind(t, "member agency", h.as("agency").post("/api/cases/"+h.caseID+"/persons/"+person+"/seen", map[string]any{}), fault.Forbidden)
}

func TestIncidentThroughTheDoor(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk := h.as("secretariat")
	wantStatus(t, "case", desk.get("/api/cases/"+h.caseID), 200)
	day := h.clock.Now().Format("2006-01-02")
	in := map[string]any{"from": day, "to": day, "actor": h.userID("secretariat"), "reason": "leak", "note": "画面を渡邉さんに見られた", "format": "json"}
	var rep oversight.Report
	desk.post("/api/incidents", in).into(t, &rep)
	if rep.Persons != 1 || rep.Affected[0].Name != "渡邉\U000E0100 正" || rep.Affected[0].Items[0].Item != "basic" || rep.Many || rep.Sensitive {
		t.Errorf("%+v", rep)
	}
	in["format"] = "csv"
	a := desk.post("/api/incidents", in)
	if a.status != 200 || !bytes.HasPrefix(a.body, []byte("\xEF\xBB\xBF")) || !bytes.Contains(a.body, []byte("渡邉\U000E0100 正")) || !strings.Contains(a.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%d %s", a.status, a.body)
	}
	in["format"] = "pdf"
	wantKind(t, "pdf", desk.post("/api/incidents", in), fault.Invalid)
	var form oversight.IncidentOptions
	desk.get("/api/incidents").into(t, &form)
	if len(form.Made) != 2 || form.Made[0].Note != in["note"] {
		t.Errorf("%+v", form.Made)
	}
	if strings.Contains(h.auditRows(), "画面を") {
		t.Error("the words of the reason stand in the log")
	}
	if n := strings.Count(h.auditRows(), "incident.export"); n != 2 {
		t.Errorf("%d entries of exports", n)
	}
}
