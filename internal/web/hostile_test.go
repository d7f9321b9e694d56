package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// mark stands in every hostile text: where it turns up, the text has come.
const mark = "鵺鵼"

// neverTaken are texts that no field takes: each is refused with the name of its field before anything is looked at.
var neverTaken = map[string]string{
	"bidi": "電話" + mark + "\u202E0123", "isolate": mark + "\u2066x", "C0": mark + "\x07", "escape of a terminal": mark + "\x1b[31m", "carriage return": mark + "\r\nlevel=INFO msg=ok",
	"C1": mark + "\u0085", "delete": mark + "\x7f", "private use": mark + "\uE000", "line separator": mark + "\u2028alert(1)", "paragraph separator": mark + "\u2029",
	"noncharacter": mark + "\uFDD0", "broken UTF-8": mark + asBroken, "half a pair": mark + asHalf + "x", "個人番号": mark + " 1234-5678-9018", "個人番号, full width": mark + "１２３４５６７８９０１８",
}

// asBroken and asHalf stand for what no string of Go can bring through its JSON: a byte that is no letter, and half a pair of surrogates.
const asBroken, asHalf = "Ⓑ", "Ⓗ"

// body is JSON as it goes over the wire.
func body(t *testing.T, v any) []byte {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.ReplaceAll(bytes.ReplaceAll(raw, []byte(asBroken), []byte("\xff")), []byte(asHalf), []byte(`\ud842`))
}

// taken are texts that a field refuses by its own rule, naming it, or keeps as they are.
var taken = map[string]string{
	"script": mark + `<script>alert(1)</script><img src=x onerror=alert(1)>`, "closer": mark + `</script></title>--><svg onload=alert(1)>`, "quotes": mark + `"'` + "`" + `{{1}}${1}%s%n\`,
	"formula": `=HYPERLINK("http://x","` + mark + `")`, "plus": "+1+" + mark, "minus": "-1-" + mark, "at": "@SUM(" + mark + ")",
	"zero width": "\u200B" + mark + "\u200D\uFEFF", "lines": mark + "\ntime=2026-01-01 level=INFO msg=\"sign in\" user=admin", "tab": "\t=" + mark, "huge": mark + strings.Repeat("あ", 60_000),
}

// TestHostileText sends every hostile text into every field of every request there is. Fields are read from the source, so a new one is tried by itself; a
// new route without a complete request fails. What each field has to do: refuse, naming itself, without saying the text again, or keep it as it is.
func TestHostileText(t *testing.T) {
	t.Parallel()
	src := readSource(t)
	s := newScene(t)
	asks := s.asks()
	list := src.inputs((&server{deps: s.deps}).routes())
	if len(list) < 200 {
		t.Fatalf("only %d fields were found", len(list))
	}
	slices.SortFunc(list, func(a, b input) int { return strings.Compare(a.key+a.act+a.field, b.key+b.act+b.field) })
	heavy := map[string]bool{}
	for _, rt := range (&server{deps: s.deps}).routes() {
		heavy[rt.method+" "+rt.pattern] = rt.heavy
	}
	people := map[string]*browser{"": s.browser()}
	sent := 0
	for _, in := range list {
		a := asks[in.key]
		if a.path == "" {
			t.Errorf("%s has no complete request in the scene", in.key)
			continue
		}
		method, _, _ := strings.Cut(in.key, " ")
		if people[a.login] == nil {
			people[a.login] = s.as(a.login)
		}
		for what, text := range neverTaken {
			if strings.HasSuffix(in.field, "password") && strings.HasPrefix(what, "個人番号") {
				continue
			}
			s.clock.Advance(50 * time.Millisecond)
			if heavy[in.key] {
				s.clock.Advance(time.Second)
			}
			raw := body(t, in.with(t, a.body, text))
			got := people[a.login].do(method, a.path, bytes.NewReader(raw), "application/json")
			if sent++; got.kind() == "unauthorized" && a.login != "" { // the desk was left in the meantime
				people[a.login] = s.as(a.login)
				got = people[a.login].do(method, a.path, bytes.NewReader(raw), "application/json")
			}
			// A key of a map is named by the map it stands in.
			want := strings.TrimSuffix(strings.TrimSuffix(in.field, "*"), ".")
			if got.kind() != "invalid" || got.field() != want || bytes.Contains(got.body, []byte(mark)) {
				t.Errorf("%s %s, %s: %s: %d, field %q, %.200s", in.key, in.act, in.field, what, got.status, got.field(), got.body)
			}
		}
	}
	t.Logf("%d fields, %d requests", len(list), sent)
	s.quiet(t)
}

// with is a complete body with a text in one field.
func (in input) with(t *testing.T, body any, text string) any {
	t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		t.Fatal(err)
	}
	if in.act != "" {
		tree = map[string]any{"act": in.act, "params": map[string]any{}, "seq": 1 << 50}
	}
	return place(tree, strings.Split(strings.ReplaceAll(in.field, "[0]", ".[0]"), "."), text)
}

// place writes a text to a place of a tree, and makes what is missing on the way.
func place(tree any, path []string, text string) any {
	if len(path) == 0 {
		return text
	}
	if path[0] == "[0]" {
		list, _ := tree.([]any)
		if len(list) == 0 {
			list = []any{nil}
		}
		list[0] = place(list[0], path[1:], text)
		return list
	}
	m, _ := tree.(map[string]any)
	if m == nil {
		m = map[string]any{}
	}
	if path[0] == "*" {
		m[text] = nil
		return m
	}
	m[path[0]] = place(m[path[0]], path[1:], text)
	return m
}

// quiet holds the log of the process and the audit log against what was sent: one line for each record, and nothing of the texts.
func (s *scene) quiet(t *testing.T) {
	t.Helper()
	log := s.log.String()
	if strings.Contains(log, mark) || strings.Contains(log, fmt.Sprintf("%+q", mark)[1:7]) {
		t.Error("a text that was sent stands in the log of the process")
	}
	for _, line := range strings.Split(strings.TrimSpace(log), "\n") {
		if line != "" && !strings.HasPrefix(line, "time=") {
			t.Errorf("a line of the log that is none: %.200q", line)
		}
	}
	for _, row := range strings.Split(s.auditRows(), "\n") {
		if strings.Contains(row, mark) {
			t.Errorf("a text that was sent stands in the audit log: %.300s", row)
		}
	}
}
