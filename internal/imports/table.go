package imports

import (
	"strings"

	"kasane/internal/fault"
	"kasane/internal/tables"
	"kasane/internal/text"
)

// MaxImport is how many rows one import takes: they are written in one go, while everybody else waits for a moment.
const MaxImport = 1000

// looked is how many rows are looked at for the headings.
const looked = 15

// table is a sheet with its headings found and its columns told.
type table struct {
	sheet   tables.ReadSheet
	head    int // index of the row of the headings
	heads   []string
	columns map[string]int // field → index of the column
}

// tableOf finds the sheet and the headings, and which column is what.
func tableOf(read tables.Read, how How, p place, m Memory) (table, error) {
	s, err := sheetOf(read, how.Sheet)
	if err != nil {
		return table{}, err
	}
	heads := p.heads(m)
	t := table{sheet: s, head: how.Head - 1}
	if how.Head == 0 {
		t.head = headOf(s, heads)
	}
	if t.head < 0 || t.head >= len(s.Rows) {
		return table{}, fault.New(fault.Invalid, "見出しの行を選び直してください。表の行の範囲を超えています。").On("head")
	}
	for c := range s.Width() {
		t.heads = append(t.heads, strings.Join(strings.Fields(s.At(t.head, c)), " "))
	}
	if t.columns, err = t.mapping(how.Columns, heads, p); err != nil {
		return table{}, err
	}
	if n := t.rows(); n > MaxImport {
		return table{}, fault.Newf(fault.TooLarge, "一度に取り込めるのは%d件までです（この表には%d件あります）。ファイルを年度などで分けてください。", MaxImport, n)
	}
	return t, nil
}

func sheetOf(read tables.Read, name string) (tables.ReadSheet, error) {
	for _, s := range read.Sheets {
		if name == "" && !s.Hidden && len(s.Rows) > 0 || name != "" && s.Name == name {
			if len(s.Rows) == 0 {
				return s, fault.Newf(fault.Invalid, "シート「%s」には何も書かれていません。ほかのシートを選んでください。", s.Name).On("sheet")
			}
			return s, nil
		}
	}
	if name == "" {
		return tables.ReadSheet{}, fault.New(fault.Invalid, "どのシートにも表がありません。").On("sheet")
	}
	return tables.ReadSheet{}, fault.New(fault.Invalid, "選んだシートがファイルにありません。シートを選び直してください。").On("sheet")
}

// headOf is the row in which most headings are known, or the first that holds anything: above a table stand its title and the day.
func headOf(s tables.ReadSheet, heads map[string]string) int {
	best, most := -1, 0
	for r := range min(looked, len(s.Rows)) {
		n, seen := 0, map[string]bool{}
		for _, c := range s.Rows[r] {
			if id := heads[headKey(c)]; id != "" && !seen[id] {
				seen[id] = true
				n++
			}
		}
		if n > most {
			best, most = r, n
		}
		if best < 0 && most == 0 && len(s.Rows[r]) > 0 {
			best = r
		}
	}
	return max(best, 0)
}

// mapping is which column each field is taken from: as it was chosen, or found by the headings; of two columns with one heading the first.
func (t table) mapping(chosen map[string]int, heads map[string]string, p place) (map[string]int, error) {
	out := map[string]int{}
	if chosen == nil {
		for c, h := range t.heads {
			id := heads[headKey(h)]
			if _, twice := out[id]; id != "" && !twice {
				out[id] = c
			}
		}
		return out, nil
	}
	known, taken := map[string]bool{}, map[int]bool{}
	for _, f := range p.fields() {
		known[f.ID] = true
	}
	for id, no := range chosen {
		switch {
		case no == 0:
			continue
		case !known[id] || no < 1 || no > len(t.heads):
			return nil, fault.New(fault.Invalid, "列の対応を選び直してください。").On("columns")
		case taken[no]:
			return nil, fault.Newf(fault.Invalid, "%s列が、二つの項目に選ばれています。一つにしてください。", tables.ColumnName(no-1)).On("columns")
		}
		out[id], taken[no] = no-1, true
	}
	return out, nil
}

// empty tells whether a row holds nothing.
func (t table) empty(row int) bool {
	for _, c := range t.sheet.Rows[row] {
		if trim(c) != "" {
			return false
		}
	}
	return true
}

// rows counts those that hold something.
func (t table) rows() (n int) {
	for r := t.head + 1; r < len(t.sheet.Rows); r++ {
		if !t.empty(r) {
			n++
		}
	}
	return n
}

// shown are the columns as they are offered for choosing. What may be an 個人番号 is not shown.
func (t table) shown() []Column {
	out := []Column{}
	for c, h := range t.heads {
		col := Column{No: c + 1, Letter: tables.ColumnName(c), Title: masked(h)}
		for r := t.head + 1; r < len(t.sheet.Rows) && col.Sample == ""; r++ {
			col.Sample = short(t.sheet.At(r, c))
		}
		out = append(out, col)
	}
	return out
}

// masked hides a text that holds an 個人番号.
func masked(s string) string {
	if text.LooksLikeMyNumber(s) {
		return "（個人番号の形をした数字）"
	}
	return s
}

// short is a text for a line of a list.
func short(s string) string {
	s = strings.Join(strings.Fields(masked(s)), " ")
	at := text.Boundaries(s)
	if len(at) > 41 {
		return s[:at[40]] + "…"
	}
	return s
}
