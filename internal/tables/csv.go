package tables

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/japanese"

	"kasane/internal/fault"
)

// bom makes spreadsheets read a CSV as UTF-8.
const bom = "\uFEFF"

// CSV writes the list of a book in UTF-8 with a byte order mark.
func CSV(b Book) ([]byte, error) {
	out, err := b.csv()
	if err != nil {
		return nil, err
	}
	return append([]byte(bom), out...), nil
}

// csv writes the head, the rows, and a last line with their number and what the file is: a file that was cut off is seen.
func (b Book) csv() ([]byte, error) {
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	w.UseCRLF = true
	put := func(row []string) error {
		safe := make([]string, len(row))
		for i, c := range row {
			safe[i] = Cell(c)
		}
		return w.Write(safe)
	}
	head := make([]string, len(b.List.Columns))
	for i, c := range b.List.Columns {
		head[i] = c.Title
	}
	for _, row := range append(append([][]string{head}, b.List.Rows...), b.last()) {
		if err := put(row); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return buf.Bytes(), w.Error()
}

// last is the last line of a CSV.
func (b Book) last() []string {
	row := append([]string{"以上", strconv.Itoa(len(b.List.Rows)) + "件", b.mark()}, b.About...)
	if b.Foot != "" {
		row = append(row, b.Foot)
	}
	return row
}

// Lost (失われる文字) is a character that CP932 does not have, and where it stands.
type Lost struct {
	Where string `json:"where"` // №2 地域包括支援センター「担当者名」
	Char  string `json:"char"`  // as a reader sees it: a kanji with its variation selector is one
	Code  string `json:"code"`  // U+20BB7
}

// mostLost is how many of them are listed.
const mostLost = 100

// CP932 writes the list of a book in CP932. When that cannot hold a character nothing is written: the fault lists them, and UTF-8 is for the user to choose.
func CP932(b Book) ([]byte, error) {
	if lost, n := b.lost(); n > 0 {
		return nil, fault.Newf(fault.Conflict, "この表には、Shift_JIS（CP932）で表せない文字が%d字あります。文字を置き換えないよう、書き出しを止めました。UTF-8のCSVかExcelの形式で保存してください。", n).
			With("lost", lost).With("total", n)
	}
	plain, err := b.csv()
	if err != nil {
		return nil, err
	}
	out, err := japanese.ShiftJIS.NewEncoder().Bytes(plain)
	if err != nil {
		return nil, fmt.Errorf("CP932: %w", err) // every character was tried: a mistake of ours
	}
	return out, nil
}

// lost lists what CP932 cannot hold, cell by cell, and counts all of it.
func (b Book) lost() (list []Lost, n int) {
	list = []Lost{}
	known := map[rune]bool{}
	look := func(where, s string) {
		for _, char := range clusters(s) {
			if holds(char, known) {
				continue
			}
			if n++; len(list) < mostLost {
				list = append(list, Lost{where, char, codes(char)})
			}
		}
	}
	for _, c := range b.List.Columns {
		look("見出し", c.Title)
	}
	for _, row := range b.List.Rows {
		for i, c := range row {
			look(b.List.where(row, i), c)
		}
	}
	for _, c := range b.last() {
		look("末尾の行", c)
	}
	return list, n
}

// where says in words where a cell stands.
func (g Grid) where(row []string, column int) string {
	var name []string
	for _, i := range g.Named {
		if row[i] != "" {
			name = append(name, row[i])
		}
	}
	return "№" + strings.Join(name, " ") + "「" + g.Columns[column].Title + "」"
}

// holds tells whether every code point of a character comes back from CP932 as it was: that it can be written is not enough.
func holds(char string, known map[rune]bool) bool {
	for _, r := range char {
		ok, seen := known[r]
		if !seen {
			ok = survives(r)
			known[r] = ok
		}
		if !ok {
			return false
		}
	}
	return true
}

func survives(r rune) bool {
	b, err := japanese.ShiftJIS.NewEncoder().String(string(r))
	if err != nil {
		return false
	}
	back, err := japanese.ShiftJIS.NewDecoder().String(b)
	return err == nil && back == string(r)
}

func codes(char string) string {
	var out []string
	for _, r := range char {
		out = append(out, fmt.Sprintf("U+%04X", r))
	}
	return strings.Join(out, " ")
}
