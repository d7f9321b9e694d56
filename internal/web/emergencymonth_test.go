package web

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// TestEmergencyMonth: 緊急開示の月次一覧 and its CSV. Who keeps the log sees that and what was shown, on which basis, by whom and whether somebody stood for it; the
// reason and the persons are for who holds the record. Nobody else gets anything.
func TestEmergencyMonth(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk, auditor := h.as("secretariat"), h.as("auditor")
	var person string
	h.ok(h.raw.QueryRow(`SELECT id FROM person WHERE case_id = ?`, h.caseID).Scan(&person))
	const reason = "=HYPERLINK(\"http://x\",\"安否\")"
	a := desk.post("/api/cases/"+h.caseID+"/emergencies", map[string]any{"agencyId": h.welfare.ID, "persons": []string{person}, "items": []string{"justice"}, "basis": "life", "reason": reason, "hours": 2})
	wantStatus(t, "an emergency", a, http.StatusOK)
	query := "?month=" + h.clock.Now().In(jst).Format("2006-01")

	type line struct {
		CaseID, Number, Agency, Reason, BasisLabel, ByName string
		Persons, Items                                     []string
		Count                                              int
		MayConfirm                                         bool
	}
	read := func(b *browser) line {
		t.Helper()
		var v struct{ Emergencies []line }
		got := b.get("/api/emergencies" + query)
		if got.into(t, &v); len(v.Emergencies) != 1 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		return v.Emergencies[0]
	}
	if l := read(desk); l.Reason != reason || len(l.Persons) != 1 || l.Count != 1 || l.CaseID != h.caseID {
		t.Errorf("who holds the record: %+v", l)
	}
	if l := read(auditor); l.Reason != "" || len(l.Persons) != 0 || l.CaseID != "" || l.MayConfirm || l.Count != 1 || l.Number == "" || l.Agency != h.welfare.Name || len(l.Items) != 1 ||
		l.BasisLabel == "" || l.ByName == "" {
		t.Errorf("who keeps the log: %+v", l)
	}

	table := func(b *browser) [][]string {
		t.Helper()
		got := b.get("/api/emergencies/export" + query)
		wantStatus(t, "CSV", got, http.StatusOK)
		if !bytes.HasPrefix(got.body, []byte("\uFEFF")) || !strings.HasPrefix(got.header.Get("Content-Type"), "text/csv") || !strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment") {
			t.Errorf("%v %q", got.header, got.body)
		}
		r := csv.NewReader(bytes.NewReader(got.body[3:]))
		r.FieldsPerRecord = -1
		rows, err := r.ReadAll()
		if err != nil || len(rows) != 3 || rows[2][0] != "以上" || rows[2][1] != "1件" || len(rows[0]) != len(rows[1]) {
			t.Fatalf("%v %q", err, rows)
		}
		return rows
	}
	if rows := table(desk); rows[0][6] != "理由" || rows[1][6] != "'"+reason {
		t.Errorf("who holds the record: %q", rows)
	}
	rows := table(auditor)
	if whole := strings.Join(append(rows[0], rows[1]...), " "); strings.Contains(whole, "理由") || strings.Contains(whole, "安否") || strings.Contains(whole, person) || rows[1][3] != "1" ||
		rows[1][4] != "司法・前歴" || rows[1][7] != "なし" || rows[1][10] != "開示中" {
		t.Errorf("who keeps the log: %q", rows)
	}

	for _, login := range []string{"agency", "chair", "observer", "records", "sysadmin", "stranger"} {
		b := h.as(login)
		for _, path := range []string{"/api/emergencies", "/api/emergencies/export"} {
			wantKind(t, login+" "+path, b.get(path+query), fault.Forbidden)
		}
	}
	wantKind(t, "of one case, by who keeps the log", auditor.get("/api/cases/"+h.caseID+"/emergencies"), fault.Forbidden)
	wantKind(t, "no month", auditor.get("/api/emergencies/export?month=2026"), fault.Invalid)

	logged := map[access.Verb]map[string]int{access.VerbEmergencyRead: {}, access.VerbEmergencyExport: {}}
	for _, e := range h.entries() {
		if by, ok := logged[e.Verb]; ok && e.Result == "ok" {
			by[e.ActorID]++
		}
		if strings.Contains(e.Reason+e.Target, "安否") {
			t.Errorf("the reason stands in the log: %+v", e)
		}
	}
	for verb, by := range logged {
		for _, login := range []string{"secretariat", "auditor"} {
			if by[h.userID(login)] != 1 {
				t.Errorf("%s by %s: %d entries", verb, login, by[h.userID(login)])
			}
		}
	}

	// who is kept from the case sees nothing of it here either
	wantStatus(t, "閲覧遮断", desk.post("/api/cases/"+h.caseID+"/bars", map[string]string{"userId": h.userID("auditor"), "reason": "親族"}), http.StatusNoContent)
	var none struct{ Emergencies []line }
	if auditor.get("/api/emergencies"+query).into(t, &none); len(none.Emergencies) != 0 {
		t.Errorf("%+v", none)
	}
}
