package live_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"

	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/live/livetest"
	"kasane/internal/sheets"
)

// mark stands in every hostile text: where it turns up, the text has come.
const mark = "鵺鵼"

// neverLive are texts no field takes, with the code of the refusal. The list is that of web.TestHostileText.
var neverLive = map[string]string{
	mark + "\u202E0123": live.CodeText, mark + "\u2066x": live.CodeText, mark + "\x07": live.CodeText, mark + "\x1b[31m": live.CodeText,
	mark + "\r\nlevel=INFO msg=ok": live.CodeText, mark + "\u0085": live.CodeText, mark + "\x7f": live.CodeText, mark + "\uE000": live.CodeText,
	mark + "\u2028alert(1)": live.CodeText, mark + "\u2029": live.CodeText, mark + "\uFDD0": live.CodeText,
	mark + " 1234-5678-9018": live.CodeMyNumber, mark + "１２３４５６７８９０１８": live.CodeMyNumber,
}

// harmlessLive are texts that are no fault by their characters: a field keeps them as they are, or refuses them by its own rule.
var harmlessLive = []string{
	mark + `<script>alert(1)</script><img src=x onerror=alert(1)>`, mark + `</script></title>--><svg onload=alert(1)>`, mark + `"'` + "`" + `{{1}}${1}%s%n\`,
	`=HYPERLINK("http://x","` + mark + `")`, "@SUM(" + mark + ")", "\u200B" + mark + "\u200D\uFEFF", mark + "\ntime=2026-01-01 level=INFO",
}

// liveField is one field of one kind of document.
type liveField struct {
	kind  live.Kind
	key   string
	limit int // of a text; 0 = a scalar
}

// liveFields are all there are: from the schema of plans and minutes, and for the records from the definitions of the sheets.
func liveFields(t *testing.T) (list []liveField) {
	t.Helper()
	for _, kind := range live.Kinds() {
		before := len(list)
		values, texts := live.Fields(kind, row, "ag-school")
		for _, key := range values {
			list = append(list, liveField{kind: kind, key: key})
		}
		for key, limit := range texts {
			list = append(list, liveField{kind, key, limit})
		}
		if kind == live.KindSection {
			for _, f := range sheetFields(t) {
				list = append(list, liveField{kind: kind, key: f.Key()}, liveField{kind, f.Key(), live.LimitOfSheets},
					liveField{kind: kind, key: f.OtherKey()}, liveField{kind, f.OtherKey(), live.LimitOfSheets})
			}
		}
		if len(list) == before {
			t.Errorf("no field of documents of kind %s is known here", kind)
		}
	}
	return list
}

// sheetFields are all fields of the built-in sheets that live in a document.
func sheetFields(t *testing.T) (list []sheets.Field) {
	t.Helper()
	book, err := sheets.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	set := book.At("2026-04-01")
	for _, owner := range []sheets.Owner{sheets.OwnerPerson, sheets.OwnerHousehold} {
		for _, item := range set.Items(owner) {
			list = append(list, set.FieldsOf(owner, item)...)
		}
	}
	if len(list) < 60 {
		t.Fatalf("only %d fields of sheets", len(list))
	}
	return list
}

// write puts a text into a field of a new document; what stands there then.
func (f liveField) write(t *testing.T, s string) (kept string, err error) {
	t.Helper()
	d, c := empty(t, f.kind), livetest.NewClient(7)
	update := func() []byte {
		if f.limit > 0 {
			return c.Type(f.key, s)
		}
		return c.Set(f.key, s)
	}()
	ch, err := d.Check(holder, full, update)
	if err == nil {
		_, err = d.Apply(ch)
	}
	if err != nil {
		return "", err
	}
	raw, _ := d.Canonical()
	return string(raw), nil
}

// TestHostileFields: every field of every kind of live document refuses what no field takes, with the code and in words, and says nothing of it again. The
// rest it keeps as it is, or refuses by its own rule; a text longer than its limit is refused.
func TestHostileFields(t *testing.T) {
	t.Parallel()
	list := liveFields(t)
	kept := map[live.Kind]int{}
	for _, f := range list {
		for s, code := range neverLive {
			if _, err := f.write(t, s); live.Code(err) != code || !strings.HasSuffix(fault.Message(err), "。") || strings.Contains(fault.Message(err), mark) {
				t.Errorf("%s %s takes %q, or says something else: %v", f.kind, f.key, s, err)
			}
		}
		for _, s := range harmlessLive {
			now, err := f.write(t, s)
			switch code := live.Code(err); {
			case err == nil && !strings.Contains(now, mark):
				t.Errorf("%s %s changed %q: %s", f.kind, f.key, s, now)
			case err == nil:
				kept[f.kind]++
			case f.limit > 0 || code != live.CodeSchema || strings.Contains(fault.Message(err), mark):
				t.Errorf("%s %s refuses %q: %v", f.kind, f.key, s, err)
			}
		}
		long := f.limit
		if long == 0 {
			long = 4_000 / len("あ")
		}
		if _, err := f.write(t, strings.Repeat("あ", long+1)); live.Code(err) != live.CodeTooLarge {
			t.Errorf("%s %s takes %d letters: %v", f.kind, f.key, long+1, err)
		}
	}
	t.Logf("%d fields; kept: %v", len(list), kept)
	for _, kind := range live.Kinds() {
		if kept[kind] == 0 {
			t.Errorf("no field of kind %s keeps anything: the table proves nothing", kind)
		}
	}
}

// TestFieldsAreAllThereAre holds the table above against the declarations of the schema.
func TestFieldsAreAllThereAre(t *testing.T) {
	t.Parallel()
	file, err := parser.ParseFile(token.NewFileSet(), "schema.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		if lit, ok := spec.Values[0].(*ast.CompositeLit); ok {
			if _, ok := lit.Type.(*ast.MapType); ok {
				if found++; !slices.Contains(live.SchemaMaps, spec.Names[0].Name) {
					t.Errorf("%s is not in the table of fields: its fields are not tried with hostile text", spec.Names[0].Name)
				}
			}
		}
		return true
	})
	if found != len(live.SchemaMaps) {
		t.Errorf("%d maps of fields in schema.go, %d in the table", found, len(live.SchemaMaps))
	}
}

// TestSheetTypesHaveARule: what a sheet says of a value refuses, for every type of field there is, what no field takes; only words may hold the rest.
func TestSheetTypesHaveARule(t *testing.T) {
	t.Parallel()
	book, err := sheets.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	set := book.At("2026-04-01")
	seen := map[sheets.Type]bool{}
	for _, f := range sheetFields(t) {
		seen[f.Type] = true
		for s := range neverLive {
			if err := set.Validate(f, s); !fault.Is(err, fault.Invalid) || strings.Contains(fault.Message(err), mark) {
				t.Errorf("%s (%s) takes %q: %v", f.ID, f.Type, s, err)
			}
		}
		for _, s := range harmlessLive {
			if err := set.Validate(f, s); err == nil && !f.Prose() {
				t.Errorf("%s (%s) takes %q", f.ID, f.Type, s)
			}
		}
	}
	if len(seen) < 8 {
		t.Errorf("only types %v stand in the sheets", seen)
	}
}
