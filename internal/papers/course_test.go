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

func screeningExample() ScreeningDoc {
	h := evaluationExample().Head
	return ScreeningDoc{Head: h, Subject: Field{Label: "氏名", Value: "葛\U000E0100城 \uFA10江", Name: true}, Day: date(2026, 11, 20), Agency: houkatsu.Agency, By: houkatsu.Name, At: clock(10, 0),
		Results: []ScreeningResult{{"①情報提供・相談対応のみで終了", "「終結」", false}, {"②他の制度・機関で対応可能", "「終結」（つなぎ先を確認してから）", false},
			{"③現時点で本人同意はとれていないが、引き続き同意に向けて取り組む", "「同意に向けて働きかけ中」", false}, {"④継続支援しプランを策定する", "「アセスメント」", true}, {"⑤判断前に中断・終了（転居・連絡不能等）", "「中断」か「終結」", false}},
		Grounds: []Check{{"役割分担が不明", true}, {"主担当不在", false}, {"制度の狭間", true}, {"世帯内で利害対立", false}}, Reason: "母の介護と長男のひきこもりを、別々の機関が別々に支えている。",
		Gone:    "「アセスメント」に進めました（令和8年11月21日　福祉総務課）",
		Earlier: []EarlierScreening{{date(2026, 9, 4), "③現時点で本人同意はとれていないが、引き続き同意に向けて取り組む", houkatsu.Agency, houkatsu.Name, Memo{Text: "漏れてはならない理由", Withheld: true}}}}
}

// スクリーニング票 says of each result whether it is the one, who found it and when, and where the case went; what the reader may not see is not in it.
func TestScreeningPaper(t *testing.T) {
	t.Parallel()
	p := printer()
	res, err := p.Screening(context.Background(), screeningExample())
	if err != nil {
		t.Fatal(err)
	}
	inOrder(t, res, "スクリーニング票", houkatsu.Name, "☐", "①情報提供", "「終結」", "☑", "④継続支援しプランを策定する", "「アセスメント」", "☐", "⑤判断前", "☑ 役割分担が不明", "☐ 主担当不在", "母の介護と長男の", "次の段階", "前の結果", "③現時点で", withheld)
	inOrder(t, res, "「アセスメント」に進めました")
	if strings.Contains(pdftest.Ink(pdftest.Text(t, res.PDF)), "漏れてはならない") {
		t.Error("what is withheld is printed")
	}
	if again, err := p.Screening(context.Background(), screeningExample()); err != nil || string(again.PDF) != string(res.PDF) {
		t.Errorf("the same model gives other bytes: %v", err)
	}
	if len(res.Problems) > 0 {
		t.Errorf("%+v", res.Problems)
	}
	m := screeningExample()
	m.Withheld, m.Reason, m.To, m.Gone, m.Subject.Withheld, m.Subject.Value = true, "漏れてはならない理由", "漏れてはならない先", "", true, "漏れてはならない氏名"
	res, err = p.Screening(context.Background(), m)
	if err != nil {
		t.Fatal(err)
	}
	inOrder(t, res, "氏名", withheld, "④継続支援しプランを策定する", "判断の理由", withheld, "まだ進めていません")
	if strings.Contains(pdftest.Ink(pdftest.Text(t, res.PDF)), "漏れてはならない") {
		t.Error("what is withheld is printed")
	}
}
