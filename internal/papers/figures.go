package papers

import (
	"context"
	"strings"

	"kasane/internal/jptime"
	"kasane/internal/pdf"
)

// FiguresDoc is the 集計表 of a 年度: counts as they may be shown to whom it is given, with what each of them counts.
type FiguresDoc struct {
	Head
	Year   string   // 令和8年度（2026年度）
	By     Person   // who made it
	Note   string   // what 「*」 and an empty cell mean
	Months []string // 4月 … 3月
	Parts  []FiguresPart
	Shares []FiguresShare
	Empty  []string // distributions of which there is nothing to count
}

// FiguresPart (分類) is a part of the table.
type FiguresPart struct {
	Title string
	Lines []FiguresLine
}

// FiguresLine is a figure: a cell for each month, then 年計, 目標 and 達成（％）.
type FiguresLine struct {
	Label, Unit string
	Cells       []string
	Reported    bool // ★ likely to be asked for by the state
	Definition  string
}

// FiguresShare (内訳) is a distribution.
type FiguresShare struct {
	Title, Unit, Definition string
	Rows                    []FiguresRow
}

// FiguresRow is a row of a distribution. Of is how much it is of the greatest row, 0 to 1, for the bar beside it.
type FiguresRow struct {
	Label, Count string
	Of           float64
}

// Figures prints the 集計表.
func (p *Printer) Figures(ctx context.Context, m FiguresDoc) (Result, error) {
	return p.print(ctx, m.Head, "集計表", a4Landscape, func(s *sheet) {
		s.stamp = "集計　"
		s.Heading(1, "集計表", titleStyle)
		s.Skip(2)
		s.form(
			[]pdf.Cell{label("自治体"), name("自治体", m.Municipality), label("年度"), value("年度", m.Year)},
			[]pdf.Cell{label("集計した日時"), value("集計した日時", jptime.FormatDateTime(m.At)), label("作成者"), person("作成者", m.By)},
		)
		s.Skip(1)
		s.Para(m.Note, noteStyle)
		for _, x := range m.Parts {
			s.listing(x.Title, m.months(x))
		}
		for _, x := range m.Shares {
			s.listing(x.Title, x.table())
			s.Para(x.Definition, noteStyle)
		}
		if len(m.Empty) > 0 {
			s.h2("数えるもののない内訳")
			s.Para(strings.Join(m.Empty, "、"), bodyStyle)
		}
		s.h2("項目と定義")
		t := table([]float64{52, 60, 12, 139}, "分類", "項目", "★", "定義")
		for _, x := range m.Parts {
			for _, l := range x.Lines {
				t.Rows = append(t.Rows, pdf.Row{NoSplit: true, Cells: []pdf.Cell{pdf.Text(x.Title), pdf.Text(l.Label), centred(star(l.Reported)), pdf.Text(l.Definition)}})
			}
		}
		s.Table(t)
		s.Para("★は、国への報告で使う見込みの項目です。", noteStyle)
	})
}

// barFill is what the bars of a distribution are drawn in.
var barFill = pdf.RGB{96, 130, 178}

func star(v bool) string {
	if v {
		return "★"
	}
	return ""
}

// months is the table of a part: every month of the 年度 beside the others.
func (m FiguresDoc) months(x FiguresPart) *pdf.Table {
	cols, heads := []float64{54, 23}, []string{"項目", "単位"}
	for _, h := range m.Months {
		cols, heads = append(cols, 11.5), append(heads, h)
	}
	t := table(append(cols, 16, 15, 17), append(heads, "年計", "目標", "達成（％）")...)
	for _, l := range x.Lines {
		row := pdf.Row{NoSplit: true, Cells: []pdf.Cell{{Paras: []pdf.Para{{Text: l.Label}}, RowHead: true}, pdf.Text(l.Unit)}}
		for _, c := range l.Cells {
			row.Cells = append(row.Cells, counted(c))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (x FiguresShare) table() *pdf.Table {
	t := table([]float64{90, 24, 23, 126}, "区分", "数", "単位", "最も多いものと比べて")
	for _, r := range x.Rows {
		t.Rows = append(t.Rows, pdf.Row{NoSplit: true, Cells: []pdf.Cell{{Paras: []pdf.Para{{Text: r.Label}}, RowHead: true}, counted(r.Count), pdf.Text(x.Unit), {Bar: pdf.Bar{Of: r.Of, Color: barFill}}}})
	}
	return t
}

// counted is a number at the right of its cell, centred a sign.
func counted(s string) pdf.Cell {
	st := cellStyle
	st.Align = pdf.End
	return pdf.Cell{Paras: []pdf.Para{{Text: s, Style: &st}}}
}

func centred(s string) pdf.Cell {
	st := cellStyle
	st.Align = pdf.Center
	return pdf.Cell{Paras: []pdf.Para{{Text: s, Style: &st}}}
}
