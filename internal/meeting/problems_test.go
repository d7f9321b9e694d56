package meeting

import (
	"slices"
	"strings"
	"testing"

	"kasane/internal/pdf"
)

// What cannot be printed is told by character and place; once a reason is recorded, only names are left to be solved.
func TestProblems(t *testing.T) {
	t.Parallel()
	found := []pdf.Problem{
		{Where: "役割分担表／東部包括\n【主担当機関】", Text: "🌸", Code: "U+1F338"},
		{Where: "役割分担表／東部包括\n【主担当機関】", Text: "\U0002A6D6", Code: "U+2A6D6", Name: true},
		{Where: "役割分担表／東部包括\n【主担当機関】", Text: "🌸", Code: "U+1F338"},
		{Where: "役割分担表／東部包括\n【主担当機関】", Text: "🍀", Code: "U+1F340"},
	}
	all := problemsOf(PaperPlan, found)
	if len(all) != 2 || !slices.Equal(all[0].Chars, []string{"U+1F338", "U+1F340"}) || all[0].Where != "役割分担表／東部包括 【主担当機関】" {
		t.Fatalf("%+v", all)
	}
	if !strings.Contains(all[0].Message, "「🌸🍀」") || !strings.Contains(all[1].Message, "の氏名に、印字できない文字「\U0002A6D6」") {
		t.Errorf("%q %q", all[0].Message, all[1].Message)
	}
	if held := holding(problemsOf(PaperPlan, found), false); len(held) != 2 {
		t.Errorf("without a reason: %+v", held)
	}
	if held := holding(problemsOf(PaperPlan, found), true); len(held) != 1 || !held[0].Name {
		t.Errorf("with a reason: %+v", held)
	}
}
