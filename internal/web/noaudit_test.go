package web

import (
	"database/sql"
	"fmt"
	"hash/fnv"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// dump is a hash of what every table holds, but for those named and those that a refusal changes too: the use of a session, attempts, numbers used up; and what was read out of
// documents to be counted, which says nothing new.
func (h *house) dump(without ...string) uint64 {
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
	sum := fnv.New64a()
	for _, table := range tables {
		if slices.Contains(append(without, "session", "sign_in_attempt", "counter", "lease", "sheet_reading", "sheet_answer"), table) {
			continue
		}
		rows, err := h.raw.Query(`SELECT * FROM ` + table)
		h.ok(err)
		columns, err := rows.Columns()
		h.ok(err)
		for rows.Next() {
			values, into := make([]sql.RawBytes, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			h.ok(rows.Scan(into...))
			fmt.Fprintf(sum, "%s %d", table, len(values))
			for _, v := range values {
				fmt.Fprintf(sum, " %d %v ", len(v), v == nil)
				_, _ = sum.Write(v)
			}
		}
		h.ok(rows.Close())
	}
	return sum.Sum64()
}

// TestNoRouteAnswersWithoutAudit goes through the table of routes with an audit log that cannot be written: nobody gets an answer but the error, and nothing changes
// in the database. Then, with the log mended, the same requests are answered, which shows that it was the log.
func TestNoRouteAnswersWithoutAudit(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	asks, people := s.asks(), map[string]*browser{}
	for _, a := range asks { // signing in is written into the log, so everybody is there before
		if a.login != "" && people[a.login] == nil {
			people[a.login] = s.as(a.login)
		}
	}
	make := func(rt route) answer {
		a := asks[rt.method+" "+rt.pattern]
		switch {
		case a.who != nil:
			return a.who.make(rt.method, a)
		case a.login == "":
			return s.browser().make(rt.method, a)
		}
		return people[a.login].make(rt.method, a)
	}
	for key := range s.lines() {
		if asks[key].path == "" {
			t.Errorf("%s has no complete request in the scene", key)
		}
	}
	var audited []route
	for _, rt := range (&server{deps: s.deps}).routes() {
		if rt.audit.by != byNobody && rt.pattern != "/api/setup" && !(rt.method == del && rt.pattern == "/api/session") {
			audited = append(audited, rt)
		}
	}
	s.clock.Advance(2 * repeatWithin) // nobody reads on an entry of the preparations
	_, err := s.raw.Exec(`CREATE TRIGGER no_audit BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'no audit'); END`)
	s.ok(err)
	before := [2]uint64{s.dump(), s.dump("guest_link")}
	broken := map[string]answer{}
	for _, rt := range audited {
		key := rt.method + " " + rt.pattern
		a := make(rt)
		broken[key] = a
		if a.status < 400 || a.kind() == "" || len(a.says(sceneWords)) > 0 {
			t.Errorf("%s is answered without an audit entry: %d %.200s", key, a.status, a.body)
		}
		var tries []string
		if key == "POST /api/guest/enter" { // counts the attempt, as signing in does
			tries = []string{"guest_link"}
		}
		if s.dump(tries...) != before[len(tries)] {
			t.Errorf("%s changed something without an audit entry", key)
		}
		before = [2]uint64{s.dump(), s.dump("guest_link")}
	}
	_, err = s.raw.Exec(`DROP TRIGGER no_audit`)
	s.ok(err)
	slices.SortStableFunc(audited, func(a, b route) int { return lastly(a) - lastly(b) })
	alive, reads := 0, 0
	for _, rt := range audited {
		key := rt.method + " " + rt.pattern
		if asks[key].part {
			continue
		}
		s.clock.Advance(200 * time.Millisecond) // nobody sends all of it at once
		if a := make(rt); a.status >= 300 {
			t.Errorf("%s is not answered with a log either: %d %.200s", key, a.status, a.body)
		}
		if broken[key].status < http.StatusInternalServerError {
			t.Errorf("%s was refused for another reason than the audit log: %d %s", key, broken[key].status, broken[key].body)
		}
		if alive++; rt.method == get {
			reads++
		}
	}
	t.Logf("%d of %d audited routes are answered with a log and not without, %d of them reads", alive, len(audited), reads)
	if alive < 48 || reads < 19 {
		t.Errorf("only %d routes (%d reads) were asked in earnest", alive, reads)
	}
}

// lastly says which requests come last, because they take something away from others.
func lastly(rt route) int {
	switch {
	case rt.pattern == "/api/archive/{id}/copies": // is made of a text as it was looked at, with the names that others change
		return -1
	case rt.method == del, strings.HasPrefix(rt.pattern, "/api/session/l"):
		return 3
	case rt.method == post && rt.pattern == "/api/cases/{case}/consents": // takes the place of the one that is withdrawn in part and renewed
		return 2
	case rt.pattern == "/api/consents/{id}/renew":
		return 1
	}
	return 0
}
