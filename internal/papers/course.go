package papers

import (
	"context"
	"strconv"
	"strings"
	"time"

	"kasane/internal/jptime"
	"kasane/internal/pdf"
)

// EvaluationDoc is the 評価シート of a plan: what came of each goal, what has changed, and what follows; or the モニタリング記録, which asks the same on the way.
type EvaluationDoc struct {
	Head
	Monitor    bool
	Next       jptime.Date // 次回のモニタリング
	Round      int
	Day        jptime.Date
	Agency, By string
	Goals      []EvaluatedGoal
	Unseen     int    // goals the reader may not see
	Result     string // 終結, 再プランして継続, 中断; of a モニタリング 継続, 再プラン, 終結検討
	About      string // whose the words are
	Subject    string `json:"-"` // their name, which is not printed; "" the household
	Item       string // 情報の区分
	Reason     Memo   // 終結理由
	Changes    Memo   // 見られた変化
	Agencies   Memo   // 支援機関側の変化
	Change     Memo   // 本人の変化
	Left       Memo   // 残された課題
	Voice      Memo   // 本人の意見・希望
	View       Memo   // 支援者の意見
	After      Memo   // 終結後の見守り・再相談先
}

// EvaluatedGoal is a goal of the plan and what came of it.
type EvaluatedGoal struct {
	Kind   string // 長期目標, 短期目標
	Text   string
	Due    jptime.Date
	Result string // 達成, 一部達成, 未達成
}

// Name is what the paper is called.
func (m EvaluationDoc) Name() string {
	if m.Monitor {
		return "モニタリング記録"
	}
	return "評価シート"
}

// Evaluation prints the 評価シート or the モニタリング記録, A4 portrait.
func (p *Printer) Evaluation(ctx context.Context, m EvaluationDoc) (Result, error) {
	return p.print(ctx, m.Head, m.Name(), a4Portrait, func(s *sheet) {
		s.stamp = "印刷　"
		s.block()
		on, result, goals, state, what := "評価日", "会議での評価", "目標の達成状況", "達成の状況", "評価の内容"
		if m.Monitor {
			on, result, goals, state, what = "実施日", "判断", "目標の進捗", "進捗", "確かめた内容"
		}
		rows := [][]pdf.Cell{
			{label(on), value(on, day(m.Day)), label("ケースID"), value("ケースID", m.CaseID)},
			{label("対象のプラン"), value("対象のプラン", roundName(m.Round)), label(result), value(result, m.Result)},
			{label("作成"), wide(value("作成", joinNonEmpty("　", m.Agency, m.By)))},
		}
		if m.Monitor {
			rows = append(rows, []pdf.Cell{label("次回の予定"), wide(value("次回の予定", orNothing(day(m.Next))))})
		}
		s.form(rows...)
		s.h2(goals)
		t := table([]float64{24, 86, 34, 26}, "区分", "目標", "期限", state)
		for _, g := range m.Goals {
			t.Rows = append(t.Rows, pdf.Row{Cells: []pdf.Cell{value("区分", g.Kind), value("目標", g.Text), value("期限", shortDay(g.Due)), value(state, g.Result)}})
		}
		for range min(m.Unseen, 50) {
			t.Rows = append(t.Rows, pdf.Row{Cells: []pdf.Cell{hidden(4)}})
		}
		s.orNone(t)
		s.h2(what + "（" + joinNonEmpty("・", m.About, m.Item) + "）")
		t = table([]float64{44, 126})
		for _, f := range m.words() {
			row := pdf.Row{Cells: []pdf.Cell{label(f.name), value(f.name, orNothing(f.memo.Text))}}
			if f.memo.Withheld {
				row.Cells[1] = hidden(1)
			}
			t.Rows = append(t.Rows, row)
		}
		s.Table(t)
	})
}

type namedMemo struct {
	name string
	memo Memo
}

// words are what was written, under the labels of the sheet.
func (m EvaluationDoc) words() []namedMemo {
	if m.Monitor {
		return []namedMemo{{"本人の変化", m.Change}, {"本人の感想", m.Voice}, {"新たな課題", m.Left}, {"支援者の意見", m.View}}
	}
	return []namedMemo{{"見られた変化", m.Changes}, {"本人の変化", m.Change}, {"支援機関側の変化", m.Agencies}, {"残された課題", m.Left}, {"本人の意見・希望", m.Voice},
		{"支援者の意見", m.View}, {"終結の理由", m.Reason}, {"終結後の見守り・再相談先", m.After}}
}

func roundName(n int) string {
	if n <= 1 {
		return "初回"
	}
	return "再プラン第" + strconv.Itoa(n-1) + "回"
}

// CourseDoc is 支援経過記録: what was done, in its order, as one reader may see it.
type CourseDoc struct {
	Head
	Title   string
	Entries []CourseEntry
	Unseen  int // 同意範囲外
}

// CourseEntry is one line of it.
type CourseEntry struct {
	At         time.Time
	InMonth    bool `json:"-"` // 匿名版: the month alone is printed
	Method     string
	Who        string // 対象: of the household, as the reader may call them
	Subject    string `json:"-"` // their name, which is not printed; "" the household
	With       string // whom one met or talked with
	Agency, By string // 対応者
	Item       string
	Text       string
	Next       string // 次の対応
}

// Course prints 支援経過記録, A4 portrait.
func (p *Printer) Course(ctx context.Context, m CourseDoc) (Result, error) {
	return p.print(ctx, m.Head, "支援経過記録", a4Portrait, func(s *sheet) {
		s.stamp = "印刷　"
		s.block()
		if m.CaseID != "" { // a 匿名版 has none
			s.form([]pdf.Cell{label("ケースID"), wide(value("ケースID", m.CaseID))})
		}
		t := table([]float64{28, 30, 34, 78}, "日時", "方法・対象", "対応者", "内容")
		for _, e := range m.Entries {
			text, when, with := e.Text, jptime.FormatShort(e.At), e.With
			if e.InMonth {
				when = jptime.DateOf(e.At).InMonth().Short()
			}
			if e.Who != "" {
				with = strings.TrimSpace(e.Who + "： " + with)
			}
			if e.Next != "" {
				text += "\n次の対応：" + e.Next
			}
			t.Rows = append(t.Rows, pdf.Row{Cells: []pdf.Cell{value("日時", when), value("方法・対象", joinNonEmpty("\n", e.Method, with)),
				value("対応者", joinNonEmpty("\n", e.Agency, e.By)), value("内容", text+"\n（"+e.Item+"）")}})
		}
		s.orNone(t)
		if m.Unseen > 0 {
			s.Skip(2)
			s.Para("ほかに"+withheld+"の記録が"+strconv.Itoa(m.Unseen)+"件あります。", noteStyle)
		}
	})
}
