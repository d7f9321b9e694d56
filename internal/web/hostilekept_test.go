package web

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/live"
	"kasane/internal/pdf/pdftest"
	"kasane/internal/seedtest"
)

// TestHostileTextIsHarmless sends texts that are no fault by their characters into every field. A field refuses them by its own rule, without saying them
// again, or keeps them. Then everything the server gives is asked for: JSON is nothing else, PDFs are sound and hold the text and no script, no cell of a
// CSV is a formula, and neither log holds anything of it. Each run of CI sends a third of the texts into each field, every text into some; KASANE_HOSTILE=all sends all.
func TestHostileTextIsHarmless(t *testing.T) {
	t.Parallel()
	src, s := readSource(t), newScene(t)
	routes := (&server{deps: s.deps}).routes()
	list := src.inputs(routes)
	slices.SortFunc(list, func(a, b input) int { return strings.Compare(a.key+a.act+a.field, b.key+b.act+b.field) })
	u := &sender{s: s, t: t, asks: s.asks(), people: map[string]*browser{}}
	keptIn := map[string]bool{}
	names, all, turn := slices.Sorted(maps.Keys(taken)), os.Getenv("KASANE_HOSTILE") == "all", int(seedtest.Seed(t)%3)
	for i, in := range list {
		for n, what := range names {
			if !all && (i+n+turn)%3 != 0 {
				continue
			}
			text := taken[what]
			if in.key == "PUT /api/account/password" { // the account would be gone; identity.TestOwnPassword
				continue
			}
			got := u.send(in, text)
			where := in.key + " " + in.act + ", " + in.field + ": " + what
			switch {
			case got.status >= 500:
				t.Errorf("%s: %d %.300s", where, got.status, got.body)
			case got.status >= 400:
				// Of several addresses the one that cannot be read is named, in at most 40 characters.
				if bytes.Contains(got.body, []byte(mark)) && in.field != "addresses[0]" || got.kind() == "" || len(got.body) > 2_000 {
					t.Errorf("%s: a refusal that says the text again: %.300s", where, got.body)
				}
				if got.kind() == "invalid" && got.field() == "" {
					t.Errorf("%s: a refusal that names no field: %.300s", where, got.body)
				}
			default:
				keptIn[in.key+in.act+in.field] = true
				u.harmless(where, got)
			}
		}
	}
	t.Logf("%d of %d fields keep some of the texts", len(keptIn), len(list))
	if len(keptIn) < 60 {
		t.Errorf("only %d fields kept any of the texts", len(keptIn))
	}
	u.papers()
	u.everything(routes)
	s.quiet(t)
}

// sender sends as whoever may.
type sender struct {
	s      *scene
	t      *testing.T
	asks   map[string]ask
	people map[string]*browser
}

func (u *sender) by(a ask, method string, body any) (got answer) {
	for range 2 {
		if u.people[a.login] == nil {
			u.people[a.login] = u.s.browser()
			if a.login != "" {
				u.people[a.login] = u.s.as(a.login)
			}
		}
		u.s.clock.Advance(time.Second)
		if b := u.people[a.login]; body != nil {
			got = b.send(method, a.path, body)
		} else {
			got = b.make(method, a)
		}
		if got.kind() != "unauthorized" || a.login == "" {
			return got
		}
		u.people[a.login] = nil // the desk was left in the meantime
	}
	return got
}

func (u *sender) send(in input, text string) answer {
	method, _, _ := strings.Cut(in.key, " ")
	a := u.asks[in.key]
	return u.by(a, method, in.with(u.t, a.body, text))
}

// harmless: what is answered is taken for what it is, and for nothing a browser would run.
func (u *sender) harmless(where string, a answer) {
	u.t.Helper()
	if a.header.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(a.header.Get("Content-Security-Policy"), "default-src") {
		u.t.Errorf("%s: headers %v", where, a.header)
	}
	switch kind, _, _ := strings.Cut(a.header.Get("Content-Type"), ";"); {
	case kind == "application/json":
		if !json.Valid(a.body) {
			u.t.Errorf("%s: no JSON: %.300s", where, a.body)
		}
	case kind == "text/csv":
		u.table(where, a.body)
	case kind == "application/pdf":
		u.paper(where, a.body)
	case len(a.body) > 0 && bytes.Contains(a.body, []byte(mark)):
		u.t.Errorf("%s: a text as %q", where, kind)
	}
	for k, v := range a.header {
		if strings.ContainsAny(strings.Join(v, ""), "\r\n") || strings.Contains(strings.Join(v, ""), mark) {
			u.t.Errorf("%s: %s: %q", where, k, v)
		}
	}
}

// table: every line has as many cells as the first, and no cell is a formula to a spreadsheet.
func (u *sender) table(where string, raw []byte) {
	u.t.Helper()
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\uFEFF"))))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil || len(rows) < 2 {
		u.t.Errorf("%s: %v in %.300q", where, err, raw)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") || strings.HasPrefix(cell, "＝") || strings.HasPrefix(cell, "＋") || strings.HasPrefix(cell, "＠") {
				u.t.Errorf("%s: a cell that is a formula: %q", where, cell)
			}
		}
	}
}

// paper: sound by our lint and qpdf, and without anything that runs or opens.
func (u *sender) paper(where string, raw []byte) {
	u.t.Helper()
	pdftest.Sound(u.t, raw)
	for _, word := range []string{"/JavaScript", "/JS", "/OpenAction", "/AA", "/Launch", "/SubmitForm", "/URI"} {
		if bytes.Contains(raw, []byte(word+" ")) || bytes.Contains(raw, []byte(word+"(")) || bytes.Contains(raw, []byte(word+"<")) {
			u.t.Errorf("%s: %s stands in it", where, word)
		}
	}
}

// papers writes the texts where people type, and holds what is printed against them.
func (u *sender) papers() {
	var want []string
	id := strings.Split(u.s.doc, ".")[0]
	n := 0
	for what, text := range taken {
		if what == "huge" || what == "tab" {
			continue
		}
		n++
		row := "hostile00" + string(rune('a'+n))
		text = strings.Replace(text, mark, mark+string(rune('a'+n)), 1)
		u.s.write(id, func(b *live.Builder) {
			b.Row("need", row+"0", "b0", map[string]any{"code": "09"}, map[string]string{"text": text})
			b.Row("action", row, "b0", nil, map[string]string{"text": text})
			b.Cell(row, u.s.welfare.ID, map[string]any{"code": "lead", "who": text}, map[string]string{"content": text, "limits": text})
		})
		u.s.write(strings.Split(u.s.minutes, ".")[0], func(b *live.Builder) {
			b.Row("speech", row, "b0", nil, map[string]string{"text": text})
		})
		if what != "zero width" {
			want = append(want, pdftest.Ink(text))
		}
	}
	for _, path := range []string{"/api/plans/" + u.s.plan + "/pdf?kind=plan&meeting=" + u.s.met, "/api/plans/" + u.s.plan + "/pdf?kind=matrix&meeting=" + u.s.met,
		"/api/meetings/" + u.s.met + "/minutes.pdf"} {
		a := u.by(ask{login: "secretariat", path: path}, http.MethodGet, nil)
		if a.status != http.StatusOK {
			u.t.Errorf("%s: %d %.200s", path, a.status, a.body)
			continue
		}
		u.paper(path, a.body)
		said := pdftest.Ink(pdftest.Text(u.t, a.body, "-raw"))
		for _, w := range want {
			if !strings.Contains(said, w) {
				u.t.Errorf("%s does not say %q", path, w)
			}
		}
	}
}

// everything asks every reading there is, with the texts in it.
func (u *sender) everything(routes []route) {
	found := 0
	for _, rt := range routes {
		key := rt.method + " " + rt.pattern
		a := u.asks[key]
		if rt.method != get && !strings.HasPrefix(rt.pattern, "/api/audit/") && rt.pattern != "/api/incidents" || a.who != nil || rt.pattern == "/api/files/{id}" ||
			strings.HasSuffix(rt.pattern, "/handouts/{id}/copy") { // the bytes somebody has given, as they are
			continue
		}
		var body any
		if rt.method != get {
			body = a.body
		}
		if got := u.by(a, rt.method, body); got.status == http.StatusOK {
			u.harmless(key, got)
			if bytes.Contains(got.body, []byte(mark)) {
				found++
			}
		}
	}
	in := map[string]any{"case": "K2025-0001", "from": u.s.clock.Now().In(jst).Format(time.DateOnly), "to": u.s.clock.Now().In(jst).Format(time.DateOnly), "reason": "drill", "note": taken["formula"], "format": "csv"}
	u.harmless("incident as CSV", u.by(ask{login: "secretariat", path: "/api/incidents"}, http.MethodPost, in))
	u.harmless("matrix as CSV", u.by(ask{login: "secretariat", path: "/api/plans/" + u.s.plan + "/matrix?as=csv&meeting=" + u.s.met}, http.MethodGet, nil))
	u.t.Logf("%d readings hold some of the texts", found)
	if found < 8 {
		u.t.Errorf("only %d readings hold any of the texts", found)
	}
}
