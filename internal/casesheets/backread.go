package casesheets

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kasane/internal/fault"
	"kasane/internal/imports"
	"kasane/internal/papers"
	"kasane/internal/sheets"
	"kasane/internal/tables"
	"kasane/internal/text"
)

// back is a sheet on its way in.
type back struct {
	m        *material
	form     tables.Form
	slots    map[string]slot // by id
	cells    map[string][]entry
	order    []string // ids of slots in the order of the file
	read     int
	changes  []Change
	troubles []Trouble
}

// entry is one row of the file.
type entry struct {
	mark        mark
	sheet, cell string
	text        string
}

var (
	errNotOurs = fault.New(fault.Invalid, "Kasaneで「記入用」に書き出したファイルではありません。「様式の帳票を作る」の「記入用Excel」か「記入用CSV」で書き出したファイルに書いて、読み込んでください。").On("file")
	errNoHead  = fault.Newf(fault.Invalid, "見出しの行（「%s」のある行）が見つかりません。見出しを消したり直したりしないで、もう一度書き出したファイルに書いてください。", headWrite).On("file")
)

// backOf finds the rows of a file, wherever they stand in it by now.
func (m *material) backOf(read tables.Read) (*back, error) {
	b := &back{m: m, form: read.Form, slots: map[string]slot{}, cells: map[string][]entry{}}
	for _, s := range m.slots() {
		b.slots[s.id()] = s
	}
	found := false
	for _, sheet := range read.Sheets {
		if sheet.Hidden || !slices.ContainsFunc(sheet.Rows, func(r []string) bool { return slices.ContainsFunc(r, isMark) }) {
			continue
		}
		found = true
		if err := b.sheet(sheet); err != nil {
			return nil, err
		}
	}
	if !found {
		return nil, errNotOurs
	}
	return b, nil
}

func (b *back) sheet(sheet tables.ReadSheet) error {
	head := slices.IndexFunc(sheet.Rows, func(r []string) bool { return slices.Contains(r, headWrite) })
	if head < 0 {
		return errNoHead
	}
	write, label := slices.Index(sheet.Rows[head], headWrite), slices.Index(sheet.Rows[head], "項目")
	for i := head + 1; i < len(sheet.Rows); i++ {
		row := sheet.Rows[i]
		if len(row) > 0 && row[0] == "以上" {
			continue // the last line of a CSV
		}
		e := entry{sheet: sheet.Name, cell: tables.ColumnName(write) + strconv.Itoa(i+1), text: sheet.At(i, write)}
		if b.form != tables.FormXLSX {
			e.sheet, e.cell = "CSV", fmt.Sprintf("%d行目の%s列", i+1, tables.ColumnName(write))
		}
		at := slices.IndexFunc(row, isMark)
		if at < 0 {
			b.unmarked(e, sheet.At(i, label))
			continue
		}
		k, ok := readMark(row[at])
		if !ok {
			b.say(e, slot{}, sheet.At(i, label), "この行の記号が変わっているため、どの欄か分かりません。書き出したままのファイルの同じ行に書いてください。")
			continue
		}
		if err := b.m.own(k); err != nil {
			return err
		}
		e.mark = k
		b.take(e, sheet.At(i, label))
	}
	return nil
}

// unmarked is a row that Kasane did not write.
func (b *back) unmarked(e entry, label string) {
	label = strings.TrimSpace(label)
	switch {
	case label == "" && strings.TrimSpace(e.text) == "":
	case slices.ContainsFunc(b.m.slots(), func(s slot) bool { return labelled(s.field) == label }):
		b.say(e, slot{}, label, "書き出したときになかった行です。この項目の元の行に書いてください。")
	default:
		b.say(e, slot{}, label, "この様式にない項目です。読み込みません。項目を増やすには、管理の「様式と選択肢」で足してください。")
	}
}

// take puts a row to its slot.
func (b *back) take(e entry, label string) {
	f, ok := b.m.field(e.mark.field)
	id := e.mark.person + ":" + f.Key()
	if e.mark.part == markWords {
		id = e.mark.person + ":" + f.OtherKey()
	}
	s, open := b.slots[id]
	switch {
	case !ok:
		b.say(e, slot{}, label, "この項目は、いまの様式にありません。書き出し直してください。")
	case !open && f.Retired:
		if strings.TrimSpace(e.text) != "" {
			b.note(e, slot{}, label, "使わないことになった項目です。読み込みません。")
		}
	case !open:
		b.say(e, slot{}, label, "この欄の人が、いまの世帯員にいません（または同意範囲外です）。書き出し直してください。")
	default:
		if b.cells[id] == nil {
			b.order = append(b.order, id)
		} else if slices.ContainsFunc(b.cells[id], func(x entry) bool { return x.mark.part == e.mark.part }) {
			b.say(e, s, "", "同じ欄の行が2つあります。写して増やした行を消してください。")
			return
		}
		b.cells[id] = append(b.cells[id], e)
	}
}

func (m *material) field(id string) (sheets.Field, bool) {
	for _, sec := range m.form.Sections {
		for _, f := range sec.Fields {
			if f.ID == id {
				return f, true
			}
		}
	}
	return sheets.Field{}, false
}

// say lists an error of a cell.
func (b *back) say(e entry, s slot, label, message string) { b.tell(e, s, label, message, false) }

// note lists what is worth knowing of a cell.
func (b *back) note(e entry, s slot, label, message string) { b.tell(e, s, label, message, true) }

func (b *back) tell(e entry, s slot, label, message string, note bool) {
	if s.field.ID != "" {
		label = s.label()
	}
	t := Trouble{Sheet: e.sheet, Cell: e.cell, Who: s.who, Label: short(label), Value: short(e.text), Message: message, Note: note}
	if text.MyNumber(e.text) != nil {
		t.Value = ""
	}
	b.troubles = append(b.troubles, t)
}

func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// errorValues are what a spreadsheet shows in the place of a result.
var errorValues = []string{"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", tables.NoResult}

// reading reads a slot from its rows: what it holds on the sheet. ok is false when that cannot be told, which has been said.
func (b *back) reading(s slot, rows []entry, base string) (held string, ok bool) {
	if s.several() {
		return b.several(s, rows, base)
	}
	e := rows[0]
	if e.text == tables.Returned(b.m.cell(s, base), b.form) { // whatever it is, it was not touched
		return base, true
	}
	if !b.sound(s, e) {
		return "", false
	}
	said := strings.TrimRight(e.text, " 　\n")
	if !s.prose() || s.words || s.field.Type == sheets.TypeText {
		said = strings.TrimSpace(e.text)
	}
	if said == "" {
		return "", true
	}
	held, message := b.m.understood(s, said)
	if message != "" {
		b.say(e, s, "", message)
		return "", false
	}
	if held == base {
		return base, true
	}
	if err := b.m.checked(s, held); err != nil {
		b.say(e, s, "", fault.Message(err))
		return "", false
	}
	return held, true
}

// sound refuses what is not taken from any cell.
func (b *back) sound(s slot, e entry) bool {
	if err := text.MyNumber(e.text); err != nil {
		b.say(e, s, "", fault.Message(err))
		return false
	}
	if slices.Contains(errorValues, strings.TrimSpace(e.text)) {
		b.say(e, s, "", "計算式の結果がエラーか、まだ計算されていません。値を文字で入れて保存し直してください。")
		return false
	}
	return true
}

// understood reads a text of a cell; message says what has to be mended.
func (m *material) understood(s slot, said string) (held, message string) {
	if s.prose() {
		if strings.HasPrefix(s.field.ID, "tel") && !s.words && imports.LostZero(said) {
			return "", "電話番号の先頭の0が落ちています（Excelが数として扱ったため）。セルの書式を「文字列」にして入れ直してください。"
		}
		return said, ""
	}
	switch s.field.Type {
	case sheets.TypeDate:
		day, err := imports.Date(said)
		if err != nil {
			return "", "日付として読み取れません。「R8.6.12」「令和8年6月12日」「2026/6/12」のように直してください。"
		}
		return day, ""
	case sheets.TypeBool:
		on, ok := imports.Flag(said)
		if !ok {
			return "", "「○」か空欄にしてください。"
		}
		return map[bool]string{true: "yes"}[on], ""
	case sheets.TypeInt, sheets.TypeYen:
		n, ok := imports.Number(said)
		if !ok {
			return "", "数として読み取れません。数字だけにしてください。"
		}
		return strconv.FormatFloat(n, 'f', -1, 64), ""
	case sheets.TypeOne:
		l, _ := m.set.List(s.field.Codes)
		return chosenOf(slices.DeleteFunc(slices.Clone(l.Codes), func(c sheets.Code) bool { return c.Retired }), said)
	}
	return chosenOf(m.nameable(s), said)
}

// chosenOf finds a word in a list.
func chosenOf(list []sheets.Code, said string) (code, message string) {
	var labels []string
	n := 0
	for _, c := range list {
		labels = append(labels, c.Label)
		if text.Fold(c.Label) == text.Fold(said) {
			code, n = c.Code, n+1
		}
	}
	switch {
	case n == 1:
		return code, ""
	case n > 1:
		return "", "同じ名前のものが2つ以上あり、決められません。画面で選んでください。"
	case len(labels) > 12:
		return "", "選択肢にない言葉です。シート「選べる言葉」から選んでください。"
	}
	return "", "選択肢にない言葉です。「" + strings.Join(labels, "」「") + "」のどれかにしてください。"
}

// several reads the rows of a field of several choices; a choice whose row is missing stays as it was.
func (b *back) several(s slot, rows []entry, base string) (string, bool) {
	codes, good := codesOf(base), true
	l, _ := b.m.set.List(s.field.Codes)
	for _, e := range rows {
		code, choice := strings.CutPrefix(e.mark.part, markChoice)
		if !choice { // it was 同意範囲外 when it went out
			continue
		}
		was := slices.Contains(codes, code)
		if e.text == map[bool]string{true: ring}[was] {
			continue
		}
		if !b.sound(s, e) {
			good = false
			continue
		}
		on, ok := imports.Flag(strings.TrimSpace(e.text))
		c, known := l.Find(code)
		switch {
		case !ok:
			b.say(e, s, "", "「○」か空欄にしてください。")
			good = false
		case on && !was && (!known || c.Retired):
			b.say(e, s, "", "この選択肢は使わないことになりました。ほかの選択肢を選んでください。")
			good = false
		case on && !was:
			codes = append(codes, code)
		case !on && was:
			codes = slices.DeleteFunc(codes, func(x string) bool { return x == code })
		}
	}
	return b.m.inOrder(s, codes), good
}

// blankOrKept tells whether a cell says nothing that could be taken in.
func blankOrKept(s string) bool {
	s = strings.TrimSpace(s)
	return s == "" || s == papers.Withheld
}
