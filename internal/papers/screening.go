package papers

import (
	"context"
	"time"

	"kasane/internal/jptime"
	"kasane/internal/pdf"
)

// ScreeningDoc is the スクリーニング票: what was found in the インテーク, for each result whether it is the one, by whom and when, and where the case goes from there.
type ScreeningDoc struct {
	Head
	Subject    Field // 氏名
	Day        jptime.Date
	Agency, By string
	At         time.Time // when it was recorded
	Past       bool      // of an インテーク that is over: the one of today has none yet
	Results    []ScreeningResult
	Grounds    []Check // 多機関協働が必要な理由
	To         string  // つなぎ先 of ②
	Confirmed  jptime.Date
	Reason     string
	Withheld   bool   // everything that was said with the result
	Gone       string // where the case went afterwards, "" not yet
	GoneTo     string `json:"-"` // the same without when and by whom, for a 匿名版
	Earlier    []EarlierScreening
}

// ScreeningResult is one of ①–⑤.
type ScreeningResult struct {
	Label  string
	Next   string // where it leads
	Chosen bool
}

// EarlierScreening is one that a newer one has taken the place of.
type EarlierScreening struct {
	Day        jptime.Date
	Result     string
	Agency, By string
	Reason     Memo
}

// Screening prints the スクリーニング票, A4 portrait.
func (p *Printer) Screening(ctx context.Context, m ScreeningDoc) (Result, error) {
	return p.print(ctx, m.Head, "スクリーニング票", a4Portrait, func(s *sheet) {
		s.stamp = "印刷　"
		s.block()
		who := name("氏名", m.Subject.Value)
		if m.Subject.Withheld {
			who = hidden(1)
		}
		s.form(
			[]pdf.Cell{label("ケースID"), value("ケースID", m.CaseID), label("氏名"), who},
			[]pdf.Cell{label("実施日"), value("実施日", day(m.Day)), label("記録した日時"), value("記録した日時", momentOrNothing(m.At))},
			[]pdf.Cell{label("判断した人"), wide(value("判断した人", joinNonEmpty("　", m.Agency, m.By)))},
		)
		if m.Past {
			s.Para("これは前のインテークのときの結果です。今のインテークのスクリーニングは、まだ記録されていません。", noteStyle)
		}
		s.h2("スクリーニング結果")
		t := table([]float64{16, 92, 62}, "判断", "結果の区分", "進める段階")
		for _, r := range m.Results {
			mark := "☐"
			if r.Chosen {
				mark = "☑"
			}
			t.Rows = append(t.Rows, pdf.Row{NoSplit: true, Cells: []pdf.Cell{value("判断", mark), value("結果の区分", r.Label), value("進める段階", r.Next)}})
		}
		s.Table(t)
		s.screeningWords(m)
		s.h2("次の段階")
		gone := m.Gone
		if gone == "" {
			gone = "まだ進めていません。"
		}
		s.form([]pdf.Cell{label("このあと"), wide(value("このあと", gone))})
		s.earlierScreenings(m.Earlier)
	})
}

// screeningWords are what was said with the result.
func (s *sheet) screeningWords(m ScreeningDoc) {
	s.h2("判断の内容")
	t := table([]float64{44, 126})
	add := func(title string, paras ...pdf.Para) {
		c := pdf.Cell{Paras: paras}
		if m.Withheld {
			c = hidden(1)
		}
		t.Rows = append(t.Rows, pdf.Row{Cells: []pdf.Cell{label(title), c}})
	}
	var grounds []pdf.Para
	for _, g := range m.Grounds {
		grounds = append(grounds, pdf.Para{Text: SheetChoice{Label: g.Label, Checked: g.Checked}.Line(), Where: "多機関協働が必要な理由"})
	}
	add("多機関協働が必要な理由", grounds...)
	add("つなぎ先", pdf.Para{Text: orNothing(m.To), Where: "つなぎ先"})
	add("つなぎ確認日", pdf.Para{Text: orNothing(day(m.Confirmed)), Where: "つなぎ確認日"})
	add("判断の理由", pdf.Para{Text: orNothing(m.Reason), Where: "判断の理由"})
	s.Table(t)
}

func (s *sheet) earlierScreenings(list []EarlierScreening) {
	if len(list) == 0 {
		return
	}
	s.h2("前の結果")
	t := table([]float64{24, 54, 36, 56}, "実施日", "結果", "判断した人", "判断の理由")
	for _, e := range list {
		reason := value("判断の理由", e.Reason.Text)
		if e.Reason.Withheld {
			reason = hidden(1)
		}
		t.Rows = append(t.Rows, pdf.Row{Cells: []pdf.Cell{value("実施日", shortDay(e.Day)), value("結果", e.Result), value("判断した人", joinNonEmpty("\n", e.Agency, e.By)), reason}})
	}
	s.Table(t)
}

func momentOrNothing(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return jptime.FormatDateTime(at)
}
