package papers

import (
	"context"
	"strings"
	"testing"

	"kasane/internal/pdf/pdftest"
)

func prepExample() PrepDoc {
	h := exampleHead()
	h.FormName = "様式第2号（第6条関係）"
	return PrepDoc{Head: h, Start: h.At, End: h.At.Add(3600e9), Place: "市役所 第2会議室", Sheets: []PrepSheet{
		{Agency: "東部地域包括支援センター", State: "提出済み", At: h.At, Parts: []PrepPart{
			{About: "世帯", Item: "基本情報", Answers: []string{"髙橋家は母と長男の2人暮らし。\n玄関に督促状がある。", "月1回訪問している。", "保健所に、長男の様子を見てほしい。", "税務課: 分納の相談。"}},
			{About: "髙橋 \uFA11\uFA10子", Item: "健康・医療", Withheld: true},
		}},
		{Agency: "民生委員・児童委員", State: "未提出"},
	}}
}

// The paper holds what was written, in the order of the agencies, and 同意範囲外 where the reader may not see.
func TestPrepPaper(t *testing.T) {
	t.Parallel()
	p := printer()
	res, err := p.Prep(context.Background(), prepExample())
	if err != nil {
		t.Fatal(err)
	}
	text := pdftest.Ink(pdftest.Text(t, res.PDF))
	at := 0
	for _, want := range []string{"様式第2号（第6条関係）", "準備シート", "東部地域包括支援センター", "提出済み", "世帯・基本情報", "把握している世帯像", "玄関に督促状がある。", "税務課: 分納の相談。",
		"健康・医療", withheld, "民生委員・児童委員", "未提出"} {
		i := strings.Index(text[at:], pdftest.Ink(want))
		if i < 0 {
			t.Fatalf("%q is missing, or stands elsewhere: %s", want, text)
		}
		at += i
	}
	again, err := p.Prep(context.Background(), prepExample())
	if err != nil || string(again.PDF) != string(res.PDF) {
		t.Errorf("the same model gives other bytes: %v", err)
	}
}

// The empty form has the questions and room to write, and nobody's words.
func TestPrepBlank(t *testing.T) {
	t.Parallel()
	m := prepExample()
	m.Blank, m.Sheets = true, []PrepSheet{{Agency: "民生委員・児童委員"}}
	res, err := printer().Prep(context.Background(), m)
	if err != nil {
		t.Fatal(err)
	}
	text := pdftest.Ink(pdftest.Text(t, res.PDF))
	for _, q := range PrepQuestions() {
		if !strings.Contains(text, pdftest.Ink(q)) {
			t.Errorf("%q is missing", q)
		}
	}
	if res.Pages != 1 || strings.Contains(text, "督促状") {
		t.Errorf("%d pages: %s", res.Pages, text)
	}
}
