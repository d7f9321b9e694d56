package papers

import (
	"context"
	"strings"
	"testing"

	"kasane/internal/pdf/pdfa"
	"kasane/internal/pdf/pdftest"
)

func evaluationExample() EvaluationDoc {
	h := exampleHead()
	h.MeetingKind, h.MeetingNo, h.DocumentNo, h.Version, h.ContentHash = "", 0, "", 0, ""
	return EvaluationDoc{Head: h, Round: 2, Day: date(2026, 11, 23), Agency: csw.Agency, By: csw.Name, Result: "再プランして継続", About: "本人（た）", Item: "支援経過", Unseen: 1,
		Goals:   []EvaluatedGoal{{"長期目標", "家の中で安心して過ごせる", date(2027, 3, 31), "一部達成"}, {"短期目標", "髙橋さんと週1回話せる", date(2026, 12, 31), "達成"}},
		Changes: Memo{Text: "孤立の解消、生活習慣の改善"}, Left: Memo{Text: "\uFA11 通院はまだ始まっていない。"}, Voice: Memo{Withheld: true}}
}

func courseExample() CourseDoc {
	h := evaluationExample().Head
	return CourseDoc{Head: h, Unseen: 3, Entries: []CourseEntry{
		{At: clock(10, 0), Method: "訪問", With: "本人（た）： 会えず", Agency: csw.Agency, By: csw.Name, Item: "支援経過", Text: "声だけ。\n手紙を置いた。"},
		{At: clock(15, 30), Method: "他機関との会議", With: "県東部保健所", Agency: csw.Agency, By: csw.Name, Item: "健康・医療", Text: "同行の相談。", Next: "12月に同行する"},
	}}
}

// inOrder tells that the paper says these words one after the other.
func inOrder(t *testing.T, res Result, words ...string) {
	t.Helper()
	for _, msg := range pdfa.Lint(res.PDF) {
		t.Error(msg)
	}
	text := pdftest.Ink(pdftest.Text(t, res.PDF))
	at := 0
	for _, want := range words {
		i := strings.Index(text[at:], pdftest.Ink(want))
		if i < 0 {
			t.Fatalf("%q is missing, or stands elsewhere: %s", want, text)
		}
		at += i
	}
}

// The sheet says of each goal what came of it, and 同意範囲外 in the place of what the reader may not see; the same model gives the same bytes.
func TestEvaluationPaper(t *testing.T) {
	t.Parallel()
	p := printer()
	res, err := p.Evaluation(context.Background(), evaluationExample())
	if err != nil {
		t.Fatal(err)
	}
	inOrder(t, res, "評価シート", "再プラン第1回", "再プランして継続", "家の中で安心して過ごせる", "一部達成", "髙橋さんと週1回話せる", "達成", withheld, "孤立の解消、生活習慣の改善", "\uFA11 通院はまだ始まっていない。",
		"本人の意見・希望", withheld, "支援者の意見")
	if again, err := p.Evaluation(context.Background(), evaluationExample()); err != nil || string(again.PDF) != string(res.PDF) {
		t.Errorf("the same model gives other bytes: %v", err)
	}
	if len(res.Problems) > 0 {
		t.Errorf("%+v", res.Problems)
	}
}

// 支援経過記録 runs in the order of time and tells how much of it the reader may not see.
func TestCoursePaper(t *testing.T) {
	t.Parallel()
	p := printer()
	res, err := p.Course(context.Background(), courseExample())
	if err != nil {
		t.Fatal(err)
	}
	inOrder(t, res, "支援経過記録", "声だけ。", "手紙を置いた。", "他機関との会議", "県東部保健所", "次の対応：12月に同行する", withheld+"の記録が3件")
	if again, err := p.Course(context.Background(), courseExample()); err != nil || string(again.PDF) != string(res.PDF) {
		t.Errorf("the same model gives other bytes: %v", err)
	}
	empty, err := p.Course(context.Background(), CourseDoc{Head: courseExample().Head})
	if err != nil {
		t.Fatal(err)
	}
	inOrder(t, empty, "支援経過記録", "なし")
}
