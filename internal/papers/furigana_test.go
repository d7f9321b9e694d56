package papers

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
)

func marked(text string) string {
	var b strings.Builder
	for _, r := range furigana(text) {
		if r.Reading == "" {
			b.WriteString(r.Text)
			continue
		}
		b.WriteString("[" + r.Text + "|" + r.Reading + "]")
	}
	return b.String()
}

func TestFurigana(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":              "",
		"かな":            "かな",
		"同意書に書かれた":      "[同意書|どういしょ]に[書|か]かれた",
		"後から撤回した後は":     "[後|あと]から[撤回|てっかい]した[後|あと]は",
		"未知の憂鬱":         "未知の憂鬱",
		"本人の家族":         "[本人|ほんにん]の[家族|かぞく]",
		"いろいろな人たち":      "いろいろな[人|ひと]たち",
		"邉\U000E0100さん": "邉\U000E0100さん",
	} {
		if got := marked(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
		plain := ""
		for _, r := range furigana(text) {
			plain += r.Text
		}
		if plain != text {
			t.Errorf("%q became %q", text, plain)
		}
	}
	for _, list := range dictionary {
		for _, w := range list {
			for _, r := range w.runs {
				if strings.ContainsAny(r.Text+r.Reading, "[]|") {
					t.Errorf("%q is written wrongly", w.plain)
				}
			}
			if Unread(w.plain) != "" {
				t.Errorf("%q has kanji without a reading", w.plain)
			}
		}
	}
}

// TestWordsOfThePapersHaveReadings: every word these papers print by themselves, taken from their source.
func TestWordsOfThePapersHaveReadings(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, name := range []string{"consentdoc.go", "consentprint.go"} {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			s, err := strconv.Unquote(lit.Value)
			if err != nil || strings.Contains(s, "`") {
				return true
			}
			if seen++; Unread(s) != "" {
				t.Errorf("%q: no reading for %q", s, Unread(s))
			}
			return true
		})
	}
	if seen < 80 {
		t.Errorf("only %d words looked at", seen)
	}
}
