package access

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// Every constant of type Verb has a label in Japanese, and no two share one: the list of the log shows nothing else.
func TestEveryVerbHasALabel(t *testing.T) {
	t.Parallel()
	file, err := parser.ParseFile(token.NewFileSet(), "audit.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	said, verbs := map[string]Verb{}, 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Names) != 1 || !strings.HasPrefix(spec.Names[0].Name, "Verb") || len(spec.Values) != 1 {
			return true
		}
		lit, ok := spec.Values[0].(*ast.BasicLit)
		if !ok {
			return true
		}
		word, err := strconv.Unquote(lit.Value)
		if err != nil {
			t.Fatal(err)
		}
		verbs++
		v := Verb(word)
		label := v.Label()
		if !v.Known() || !strings.ContainsFunc(label, func(r rune) bool { return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) }) {
			t.Errorf("%s (%s) has no label in Japanese: %q", spec.Names[0].Name, v, label)
		}
		if other, ok := said[label]; ok {
			t.Errorf("%s and %s are both %q", other, v, label)
		}
		said[label] = v
		return true
	})
	if verbs < 50 || len(Verbs()) != verbs {
		t.Errorf("%d verbs are declared, %d have labels", verbs, len(Verbs()))
	}
	if l := Verb("something.new").Label(); l != "something.new" {
		t.Errorf("an unknown verb reads %q", l)
	}
}
