package tables

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"kasane/internal/fault"
)

// What is read at most. A file beyond it is refused with a word on what to do; nothing is cut off.
const (
	MaxFile    = 8 << 20 // bytes of the file
	MaxRows    = 5_000   // of a sheet, up to the last with a text
	MaxColumns = 256
	maxSheets  = 50
	maxCells   = 1 << 20  // of all sheets, with the empty ones before the last of a row
	maxText    = 32 << 20 // bytes of all texts
	maxPart    = 32 << 20 // bytes of one part of an .xlsx, unpacked
	maxParts   = 2_000
)

// Read (読み込んだファイル) is a table that comes in from a spreadsheet.
type Read struct {
	Form   Form // FormCP932 for a CSV in CP932
	Sheets []ReadSheet
}

// ReadSheet is one sheet with its texts. Rows[0] is the first row of the sheet, also when it is empty; the ends of rows and of the sheet that hold nothing are left
// out. A date is written 1970-03-02, whatever the sheet shows.
type ReadSheet struct {
	Name   string
	Hidden bool
	Rows   [][]string
}

// At is the text of a cell, "" outside.
func (s ReadSheet) At(row, column int) string {
	if row < 0 || row >= len(s.Rows) || column < 0 || column >= len(s.Rows[row]) {
		return ""
	}
	return s.Rows[row][column]
}

// Width is the number of columns.
func (s ReadSheet) Width() (n int) {
	for _, r := range s.Rows {
		n = max(n, len(r))
	}
	return n
}

// Open reads an .xlsx or a CSV: what it is, the bytes say and not the name. Texts come out as they went in, no character is replaced. Whatever is wrong with the file is a
// fault.Invalid or fault.TooLarge in words for who chose it.
func Open(file []byte) (Read, error) {
	if len(file) > MaxFile {
		return Read{}, fault.Newf(fault.TooLarge, "ファイルは%d MBまで読み込めます。要らないシートや画像を除くか、分けて保存してください。", MaxFile>>20)
	}
	switch {
	case len(bytes.TrimSpace(file)) == 0:
		return Read{}, fault.New(fault.Invalid, "ファイルが空です。表のあるファイルを選んでください。")
	case bytes.HasPrefix(file, []byte("PK")):
		return openXLSX(file, maxPart)
	case bytes.HasPrefix(file, []byte("\xD0\xCF\x11\xE0")):
		return Read{}, fault.New(fault.Invalid, "古い形式（.xls）か、パスワードで保護されたファイルです。Excelで開き、パスワードを外して「Excelブック（.xlsx）」で保存し直してください。")
	case bytes.HasPrefix(file, []byte("%PDF")):
		return Read{}, fault.New(fault.Invalid, "PDFは読み込めません。ExcelのファイルかCSVを選んでください。")
	}
	return openCSV(file)
}

// budget counts what a file gives, so that a small one cannot become large.
type budget struct{ cells, text int }

var tooLarge = fault.New(fault.TooLarge, "表が大きすぎます。要らない行・列・シートを除くか、ファイルを分けてください。")

func (b *budget) take(s string, cells int) error {
	if b.cells += cells; b.cells > maxCells {
		return tooLarge
	}
	if b.text += len(s); b.text > maxText || len(s) > 4*mostChars {
		return tooLarge
	}
	return nil
}

// put puts a text at its place, counted from 0.
func (s *ReadSheet) put(row, column int, text string, b *budget) error {
	if text == "" {
		return nil
	}
	switch {
	case row < 0 || column < 0:
		return broken("欄の番地が正しくありません")
	case row >= MaxRows:
		return fault.Newf(fault.TooLarge, "%d行より下に値があります（%d行目）。一度に読み込めるのは%d行までです。ファイルを分けるか、離れた所にある値を消してください。", MaxRows, row+1, MaxRows)
	case column >= MaxColumns:
		return fault.Newf(fault.TooLarge, "%d列より右に値があります（%s）。要らない列を消してください。", MaxColumns, name(column+1, row+1))
	}
	if !utf8.ValidString(text) {
		return broken("文字として読めない部分があります")
	}
	for len(s.Rows) <= row {
		s.Rows = append(s.Rows, nil)
	}
	line := s.Rows[row]
	if err := b.take(text, max(1, column+1-len(line))); err != nil {
		return err
	}
	if column >= len(line) {
		line = slices.Grow(line, column+1-len(line))[:column+1]
	}
	line[column] = text
	s.Rows[row] = line
	return nil
}

func broken(what string) error {
	return fault.Newf(fault.Invalid, "ファイルが壊れているか、Excelの形式ではありません（%s）。Excelで開き直し、「Excelブック（.xlsx）」で保存し直してください。", what)
}

// ColumnName is the letter of a column, counted from 0: A, B … AA.
func ColumnName(column int) string { return strings.TrimRight(name(column+1, 0), "0") }

// Returned is what a text reads as when it comes back from a form in which it was written.
func Returned(s string, f Form) string {
	if f == FormXLSX {
		return s
	}
	return plainText(Cell(s))
}

// plainText takes the sign away that Cell puts before what a spreadsheet would take for a formula.
func plainText(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && Cell(rest) == s {
		return rest
	}
	return s
}
