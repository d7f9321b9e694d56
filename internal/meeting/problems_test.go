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

// A name that stands in what happened cannot be written anew: only a drawing of it (外字) or a font helps. Those of the case and of the minutes' own text can.
func TestProblemsOfNamesSayWhatHelps(t *testing.T) {
	t.Parallel()
	for where, rewrite := range map[string]bool{
		"本人・世帯／本人氏名": true, "本人・世帯／世帯員": true, "同意／対象者": true, "宿題／担当者": true,
		"出席者／氏名": false, "出席者／欠席者": false, "各機関の発言要旨／発言者": false, "回答／回答者": false, "経過／だれが": false, "会議／議長": false,
		"役割分担表／東部包括\n【主担当機関】": false,
	} {
		got := problemsOf(PaperMinutes, []pdf.Problem{{Where: where, Text: "\U0002A6D6", Code: "U+2A6D6", Name: true}})[0].Message
		if strings.Contains(got, "氏名の表記を確かめるか") != rewrite || strings.Contains(got, "あとから直せません") == rewrite || !strings.Contains(got, "外字の登録（「管理」の「外字」）") || !strings.Contains(got, "\U0002A6D6") {
			t.Errorf("%s: %s", where, got)
		}
	}
}
