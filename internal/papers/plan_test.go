package papers

import (
	"strings"
	"testing"

	"kasane/internal/pdf/pdftest"
)

// TestPlanInWords: what is to be done in an emergency, written as prose, is not pressed into the list of contacts, and
// a column nobody has filled is left out.
func TestPlanInWords(t *testing.T) {
	t.Parallel()
	doc := PlanDoc{Head: exampleHead(), Risk: Memo{Text: "倒れている・応答がない: 119番。夜間は包括の夜間転送電話へ。"},
		Priorities: []Priority{{Rank: 1, Code: "15 社会的孤立", Issue: "家族以外との関わりがない。", Person: "山﨑 キヨ"}}}
	res, err := printer().Plan(t.Context(), doc)
	if err != nil {
		t.Fatal(err)
	}
	text := pdftest.Text(t, res.PDF, "-raw")
	if flat := strings.Join(strings.Fields(text), ""); !strings.Contains(flat, "倒れている・応答がない:119番。夜間は包括の夜間転送電話へ。") {
		t.Errorf("the words are cut up:\n%s", text)
	}
	for _, head := range []string{"どのようなとき", "根拠"} {
		if strings.Contains(text, head) {
			t.Errorf("an empty column %q is printed", head)
		}
	}
}
