package tables

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"kasane/internal/fault"
)

const (
	face       = "BIZ UDGothic" // stands on every Windows of an office; others take their own
	paperA3    = 8
	paperA4    = 9
	pageChars  = 240.0 // what an A3 page holds across before its letters become too small to read
	mostChars  = 32767 // of one cell, in UTF-16: a spreadsheet cuts what is longer
	lineHeight = 15.0  // points
	textFormat = 49    // "@": what is typed into the cell again stays text
)

// XLSX writes a book as an Excel file: the layout of the office on the first sheet, the list on the second, both set up for A3 landscape where the sheet does not say otherwise.
func XLSX(b Book) ([]byte, error) {
	x := &writer{File: excelize.NewFile(), book: b}
	defer func() { _ = x.Close() }()
	for _, step := range []func() error{x.properties, x.styles, x.office, x.list} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	out, err := x.WriteToBuffer()
	if err != nil {
		return nil, fmt.Errorf("xlsx: %w", err)
	}
	return out.Bytes(), nil
}

// writer is a file on its way.
type writer struct {
	*excelize.File
	book                                 Book
	title, about, head, sub, plain, fill int // styles
}

// properties: whose file it is and of when. Its date is that of the book, never the clock's.
func (x *writer) properties() error {
	at := x.book.At.UTC().Format(time.RFC3339)
	return x.SetDocProps(&excelize.DocProperties{Title: x.book.mark(), Creator: x.book.Author, LastModifiedBy: x.book.Author, Created: at, Modified: at, Language: "ja-JP"})
}

func (x *writer) styles() error {
	var edge []excelize.Border
	for _, side := range []string{"left", "top", "right", "bottom"} {
		edge = append(edge, excelize.Border{Type: side, Color: "666666", Style: 1})
	}
	wrap := &excelize.Alignment{WrapText: true, Vertical: "top"}
	for _, s := range []struct {
		id    *int
		style excelize.Style
	}{
		{&x.title, excelize.Style{Font: &excelize.Font{Family: face, Size: 16, Bold: true}, Alignment: &excelize.Alignment{Vertical: "center"}}},
		{&x.about, excelize.Style{Font: &excelize.Font{Family: face, Size: 11}, Alignment: wrap}},
		{&x.head, excelize.Style{Font: &excelize.Font{Family: face, Size: 11, Bold: true}, Border: edge, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8F1FE"}},
			Alignment: &excelize.Alignment{WrapText: true, Vertical: "center", Horizontal: "center"}}},
		{&x.sub, excelize.Style{Font: &excelize.Font{Family: face, Size: 11, Bold: true}, Border: edge, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F3F5F8"}},
			Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}}},
		{&x.plain, excelize.Style{Font: &excelize.Font{Family: face, Size: 11}, Border: edge, Alignment: wrap}},
		{&x.fill, excelize.Style{Font: &excelize.Font{Family: face, Size: 11}, Border: edge, Alignment: wrap, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF9DB"}}}},
	} {
		s.style.NumFmt = textFormat
		id, err := x.NewStyle(&s.style)
		if err != nil {
			return fmt.Errorf("xlsx style: %w", err)
		}
		*s.id = id
	}
	return nil
}

// office writes the first sheet: title, what it is about, the table.
func (x *writer) office() error {
	g := x.book.Sheet
	if err := x.SetSheetName("Sheet1", g.Name); err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	wide, over := g.width(), append([]string{x.book.mark()}, x.book.About...)
	if x.book.Note != "" {
		over = append(over, x.book.Note)
	}
	for i, line := range over {
		row, style, height := i+1, x.about, lineHeight*float64(lines(line, wide))
		if i == 0 {
			style, height = x.title, 28
		}
		if err := x.across(g, row, line, style, height); err != nil {
			return err
		}
	}
	return x.table(g, len(over)+1)
}

// across writes a line over the whole width of a sheet.
func (x *writer) across(g Grid, row int, line string, style int, height float64) error {
	first, last := name(1, row), name(len(g.Columns), row)
	if err := x.put(g.Name, 1, row, line); err != nil {
		return err
	}
	if len(g.Columns) > 1 {
		if err := x.MergeCell(g.Name, first, last); err != nil {
			return fmt.Errorf("xlsx: %w", err)
		}
	}
	if err := x.SetCellStyle(g.Name, first, last, style); err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	return x.SetRowHeight(g.Name, row, height)
}

// list writes the second sheet.
func (x *writer) list() error {
	if _, err := x.NewSheet(x.book.List.Name); err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	return x.table(x.book.List, 1)
}

// table writes a grid with its head in a row, and sets up its page.
func (x *writer) table(g Grid, top int) error {
	for i, c := range g.Columns {
		if err := x.put(g.Name, i+1, top, c.Title); err != nil {
			return err
		}
		col, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return fmt.Errorf("xlsx: %w", err)
		}
		if err := x.SetColWidth(g.Name, col, col, c.Width); err != nil {
			return fmt.Errorf("xlsx: %w", err)
		}
	}
	if err := x.SetCellStyle(g.Name, name(1, top), name(len(g.Columns), top), x.head); err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	if err := x.SetRowHeight(g.Name, top, g.height(g.titles())); err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	for r, row := range g.Rows {
		for c, s := range row {
			if err := x.put(g.Name, c+1, top+1+r, s); err != nil {
				return err
			}
		}
		at := top + 1 + r
		if slices.Contains(g.Bands, r) {
			if err := x.band(g, at, row[0]); err != nil {
				return err
			}
			continue
		}
		if err := x.SetCellStyle(g.Name, name(1, at), name(len(g.Columns), at), x.plain); err != nil {
			return fmt.Errorf("xlsx: %w", err)
		}
		if err := x.SetRowHeight(g.Name, at, g.height(row)); err != nil {
			return fmt.Errorf("xlsx: %w", err)
		}
	}
	if err := x.filled(g, top); err != nil {
		return err
	}
	return x.page(g, top)
}

// band makes a row a heading over the whole width.
func (x *writer) band(g Grid, at int, text string) error {
	first, last := name(1, at), name(len(g.Columns), at)
	if len(g.Columns) > 1 {
		if err := x.MergeCell(g.Name, first, last); err != nil {
			return fmt.Errorf("xlsx: %w", err)
		}
	}
	if err := x.SetCellStyle(g.Name, first, last, x.sub); err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	return x.SetRowHeight(g.Name, at, lineHeight*float64(lines(text, g.width()))+5)
}

// escape keeps a text that looks like an escape of the file format (_x0041_) what it is: excelize writes it as it stands, and every reader would take it for A.
func escape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		if b.WriteByte(s[i]); s[i] == '_' && escapes.MatchString(s[i:]) {
			b.WriteString("x005F_")
		}
	}
	return b.String()
}

var escapes = regexp.MustCompile(`^_x[0-9A-Fa-f]{4}_`)

// put writes a text. It is a text to the spreadsheet whatever it begins with, and nothing of it is cut off.
func (x *writer) put(sheet string, column, row int, s string) error {
	s = escape(s)
	if n := len(utf16.Encode([]rune(s))); n > mostChars {
		return fault.Newf(fault.TooLarge, "Excelの1つの欄に入る長さ（%d字）を超える文章があります。CSV（UTF-8）で保存してください。", mostChars)
	}
	if s == "" {
		return nil
	}
	if err := x.SetCellStr(sheet, name(column, row), s); err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	return nil
}

// page sets up how a sheet prints and what of it stays in sight.
func (x *writer) page(g Grid, top int) error {
	size, across, down, lies, fit := paperA3, max(1, int((g.width()+pageChars-1)/pageChars)), 0, "landscape", true
	if g.Portrait {
		size, across, lies = paperA4, 1, "portrait"
	}
	if err := x.SetPageLayout(g.Name, &excelize.PageLayoutOptions{Size: &size, Orientation: &lies, FitToWidth: &across, FitToHeight: &down}); err != nil {
		return fmt.Errorf("xlsx page: %w", err)
	}
	if err := x.SetSheetProps(g.Name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return fmt.Errorf("xlsx page: %w", err)
	}
	binding, edge, foot := 0.79, 0.5, 0.3 // inches; 左とじ代 20 mm
	if err := x.SetPageMargins(g.Name, &excelize.PageLayoutMarginsOptions{Left: &binding, Right: &edge, Top: &edge, Bottom: &edge, Header: &foot, Footer: &foot}); err != nil {
		return fmt.Errorf("xlsx page: %w", err)
	}
	if err := x.SetHeaderFooter(g.Name, &excelize.HeaderFooterOptions{OddFooter: x.foot()}); err != nil {
		return fmt.Errorf("xlsx page: %w", err)
	}
	heads := fmt.Sprintf("'%s'!$%d:$%d", g.Name, top, top)
	pane := &excelize.Panes{Freeze: true, XSplit: g.Repeat, YSplit: top, TopLeftCell: name(g.Repeat+1, top+1), ActivePane: "bottomRight"}
	if g.Repeat > 0 {
		last, err := excelize.ColumnNumberToName(g.Repeat)
		if err != nil {
			return fmt.Errorf("xlsx page: %w", err)
		}
		heads = fmt.Sprintf("'%s'!$A:$%s,%s", g.Name, last, heads)
	} else {
		pane.ActivePane = "bottomLeft"
	}
	if err := x.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: heads, Scope: g.Name}); err != nil {
		return fmt.Errorf("xlsx page: %w", err)
	}
	return x.SetPanes(g.Name, pane)
}

// foot is the foot of every page: what it is, who takes it, n/N. Spreadsheets take 255 characters there, in which & begins an order.
func (x *writer) foot() string {
	said := x.book.mark()
	if x.book.Foot != "" {
		said += "　" + x.book.Foot
	}
	said = strings.NewReplacer("&", "＆", "\n", "　", "\t", "　").Replace(said)
	for len(utf16.Encode([]rune(said))) > 220 {
		_, n := utf8.DecodeLastRuneInString(said)
		said = said[:len(said)-n]
	}
	return "&L" + said + "&R&P/&N"
}

func (g Grid) width() (sum float64) {
	for _, c := range g.Columns {
		sum += c.Width
	}
	return sum
}

func (g Grid) titles() []string {
	out := make([]string, len(g.Columns))
	for i, c := range g.Columns {
		out[i] = c.Title
	}
	return out
}

// height of a row in points: that of its highest cell, as far as a spreadsheet takes it.
func (g Grid) height(row []string) float64 {
	most := 1
	for i, s := range row {
		most = max(most, lines(s, max(g.Columns[i].Width-2, 2))) // room for what 禁則 takes to the next line
	}
	return min(lineHeight*float64(most)+3, 409)
}

// name is the address of a cell: B3.
func name(column, row int) string {
	var letters []byte
	for n := column; n > 0; n = (n - 1) / 26 {
		letters = append(letters, byte('A'+(n-1)%26))
	}
	slices.Reverse(letters)
	return string(letters) + strconv.Itoa(row)
}
