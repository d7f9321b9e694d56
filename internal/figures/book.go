package figures

import (
	"slices"
	"strconv"

	"kasane/internal/jptime"
	"kasane/internal/tables"
)

// star is what stands in place of a small count.
const star = "*"

// book lays the table out as a file; inside says that it stays in the office.
func (t Table) book(municipality string, inside bool) tables.Book {
	b := tables.Book{Title: "集計表", Status: "提出・公表用", Author: municipality, At: t.At,
		About: []string{municipality + "　" + t.Name, "集計した日時：" + jptime.FormatDateTime(t.At)},
		Note:  "「*」は5未満の数、またはそれが計算で分かってしまう数です。空欄は、まだ来ていない月か、数えるものがない月です。目標は、重層的支援体制整備事業実施計画のものです。", Foot: "提出・公表用",
		Sheet: tables.Grid{Name: "集計表", Repeat: 3, Columns: []tables.Column{{Title: "分類", Width: 18}, {Title: "項目", Width: 30}, {Title: "単位", Width: 11}}},
		List:  tables.Grid{Name: "項目と定義", Named: []int{0, 1}, Columns: []tables.Column{{Title: "分類", Width: 18}, {Title: "項目", Width: 30}, {Title: "単位", Width: 11}, {Title: "国への報告で使う見込み", Width: 12}, {Title: "定義", Width: 60}}}}
	if inside {
		b.Status, b.Foot, b.Note = "庁内用", "庁内用　そのまま外に出さないでください", "5未満の数がそのまま入っています。外に出すときは「提出・公表用」を使ってください。"
	}
	for _, m := range t.Months {
		b.Sheet.Columns = append(b.Sheet.Columns, tables.Column{Title: m, Width: 6})
		b.List.Columns = append(b.List.Columns, tables.Column{Title: m, Width: 6})
	}
	for _, c := range []tables.Column{{Title: "年計", Width: 8}, {Title: "目標", Width: 8}, {Title: "達成（％）", Width: 9}} {
		b.Sheet.Columns = append(b.Sheet.Columns, c)
		b.List.Columns = append(b.List.Columns, c)
	}
	for _, g := range t.Groups {
		for _, f := range g.Figures {
			cells := f.cells(inside)
			b.Sheet.Rows = append(b.Sheet.Rows, append([]string{g.Title, f.Label, string(f.Unit)}, cells...))
			b.List.Rows = append(b.List.Rows, append([]string{g.Title, f.Label, string(f.Unit), yes(f.Reported), f.Definition}, cells...))
		}
	}
	for _, x := range slices.Concat(t.Shares, t.Answers) {
		x.rows(&b, len(t.Months), inside)
	}
	return b
}

func yes(v bool) string {
	if v {
		return "★"
	}
	return ""
}

// cells are the months and the year of a figure as they may be shown.
func (f Figure) cells(inside bool) []string {
	values := make([]int, len(f.Months))
	for i, v := range f.Months {
		if v != nil {
			values[i] = int(*v)
		}
	}
	mask, sum := make([]bool, len(values)), false
	if f.Personal && !inside {
		total := 0
		if f.Year != nil {
			total = int(*f.Year)
		}
		mask, sum = hidden(values, total, f.Sums)
	}
	if f.Office && !inside {
		for i := range mask {
			mask[i] = true
		}
		sum = true
	}
	out := make([]string, 0, len(values)+1)
	for i, v := range f.Months {
		out = append(out, cell(v, mask[i]))
	}
	return append(append(out, cell(f.Year, sum)), f.aimed(sum)...)
}

// aimed are the target and how much of it is reached; a small count could be told from that.
func (f Figure) aimed(hide bool) []string {
	switch {
	case f.Target == nil:
		return []string{"", ""}
	case f.Rate == nil:
		return []string{strconv.Itoa(*f.Target), ""}
	case hide:
		return []string{strconv.Itoa(*f.Target), star}
	}
	return []string{strconv.Itoa(*f.Target), strconv.Itoa(*f.Rate)}
}

func cell(v *float64, hide bool) string {
	switch {
	case v == nil:
		return ""
	case hide:
		return star
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

// rows puts a distribution under the figures: its counts stand in the column of the year.
func (x Share) rows(b *tables.Book, months int, inside bool) {
	values := make([]int, len(x.Rows))
	for i, r := range x.Rows {
		values[i] = r.Count
	}
	mask, sum := make([]bool, len(values)), false
	if !inside && !x.Public {
		mask, sum = hidden(values, x.Total, true)
	}
	line := func(label string, n int, hide bool) {
		v := float64(n)
		cells := append(make([]string, months), cell(&v, hide), "", "")
		b.Sheet.Rows = append(b.Sheet.Rows, append([]string{x.Title, label, string(x.Unit)}, cells...))
		b.List.Rows = append(b.List.Rows, append([]string{x.Title, label, string(x.Unit), "", x.Definition}, cells...))
	}
	for i, r := range x.Rows {
		line(r.Label, r.Count, mask[i])
	}
	line("計", x.Total, sum)
}
