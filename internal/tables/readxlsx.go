package tables

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"kasane/internal/fault"
)

// The parts of an .xlsx that are read: the list of sheets, the texts they share, which styles are dates, and the cells. Formulas, macros, pictures, comments and
// links are not looked at; of a formula counts the value that the file holds.

// openXLSX reads the workbook in a zip, of which no part unpacks to more than so many bytes, and all that is read not to twice as many.
func openXLSX(file []byte, most int64) (Read, error) {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return Read{}, broken("圧縮を解けません")
	}
	if len(z.File) > maxParts {
		return Read{}, tooLarge
	}
	x := &reader{parts: map[string]*zip.File{}, most: most}
	for _, f := range z.File {
		x.parts[strings.ToLower(strings.TrimPrefix(f.Name, "/"))] = f
	}
	for _, step := range []func() error{x.workbook, x.sharedStrings, x.styles} {
		if err := step(); err != nil {
			return Read{}, err
		}
	}
	out := Read{Form: FormXLSX}
	for _, s := range x.sheets {
		sheet := ReadSheet{Name: s.name, Hidden: s.hidden}
		if err := x.cells(s.part, &sheet); err != nil {
			return Read{}, err
		}
		out.Sheets = append(out.Sheets, sheet)
	}
	if len(out.Sheets) == 0 {
		return Read{}, broken("シートがありません")
	}
	return out, nil
}

// reader is a workbook on its way in.
type reader struct {
	parts   map[string]*zip.File
	most    int64 // bytes of one part
	spent   int64 // bytes unpacked
	budget  budget
	shared  []string
	dates   []bool // by style
	since04 bool   // days are counted from 1904
	sheets  []sheetPart
}

type sheetPart struct {
	name, part string
	hidden     bool
}

// each gives the elements of a part, one by one. A part that is not there has none.
func (x *reader) each(part string, begin func(xml.StartElement) error, end func(name string) error, text func(string)) error {
	f := x.parts[strings.ToLower(part)]
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return broken("圧縮を解けません")
	}
	defer func() { _ = r.Close() }()
	bounded := &bounded{r: r, left: min(x.most, 2*x.most-x.spent)}
	defer func() { x.spent += bounded.read }()
	d := xml.NewDecoder(bounded)
	d.Strict = true
	for {
		t, err := d.RawToken()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, errBound):
			return tooLarge
		case err != nil:
			return broken("XMLを読めません")
		}
		switch t := t.(type) {
		case xml.StartElement:
			err = begin(t)
		case xml.EndElement:
			err = end(t.Name.Local)
		case xml.CharData:
			text(string(t))
		case xml.Directive: // a DOCTYPE: no spreadsheet writes one
			err = broken("使えない宣言があります")
		}
		if err != nil {
			return err
		}
	}
}

var errBound = errors.New("tables: part too large")

// bounded stops a part that unpacks to more than it may.
type bounded struct {
	r    io.Reader
	left int64
	read int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	b.read += int64(n)
	if b.left -= int64(n); b.left < 0 {
		return 0, errBound
	}
	return n, err
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// relation is the attribute r:id: the prefix differs between writers, the name does not.
func relation(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

func nothing(string) error { return nil }
func unheard(string)       {}

// workbook finds the sheets in their order.
func (x *reader) workbook() error {
	book := "xl/workbook.xml"
	err := x.each("_rels/.rels", func(e xml.StartElement) error {
		if strings.HasSuffix(attr(e, "Type"), "/officeDocument") {
			book = strings.TrimPrefix(path.Clean("/"+attr(e, "Target")), "/")
		}
		return nil
	}, nothing, unheard)
	if err != nil {
		return err
	}
	if x.parts[strings.ToLower(book)] == nil {
		return fault.New(fault.Invalid, "Excelのファイルではありません。「Excelブック（.xlsx）」で保存したファイルを選んでください。")
	}
	dir, file := path.Split(book)
	target := map[string]string{}
	err = x.each(dir+"_rels/"+file+".rels", func(e xml.StartElement) error {
		if e.Name.Local == "Relationship" && strings.HasSuffix(attr(e, "Type"), "/worksheet") {
			t := attr(e, "Target")
			if !strings.HasPrefix(t, "/") {
				t = "/" + dir + t
			}
			target[attr(e, "Id")] = strings.TrimPrefix(path.Clean(t), "/")
		}
		return nil
	}, nothing, unheard)
	if err != nil {
		return err
	}
	return x.each(book, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			x.since04 = attr(e, "date1904") == "1" || attr(e, "date1904") == "true"
		case "sheet":
			if part := target[relation(e)]; part != "" { // a sheet of charts has none
				x.sheets = append(x.sheets, sheetPart{attr(e, "name"), part, attr(e, "state") != "" && attr(e, "state") != "visible"})
			}
			if len(x.sheets) > maxSheets {
				return tooLarge
			}
		}
		return nil
	}, nothing, unheard)
}

// sharedStrings reads the texts, without the readings (ふりがな) that Japanese spreadsheets keep beside them.
func (x *reader) sharedStrings() error {
	var t texts
	return x.each("xl/sharedStrings.xml", func(e xml.StartElement) error {
		t.begin(e.Name.Local)
		return nil
	}, func(name string) error {
		t.end(name)
		if name != "si" {
			return nil
		}
		s := unescape(t.take())
		if err := x.budget.take(s, 1); err != nil {
			return err
		}
		x.shared = append(x.shared, s)
		return nil
	}, t.add)
}

// texts gathers what stands in the <t> of a text, plain or in runs.
type texts struct {
	b       strings.Builder
	in      bool
	reading int // within <rPh>
}

func (t *texts) begin(name string) {
	switch name {
	case "t":
		t.in = t.reading == 0
	case "rPh":
		t.reading++
	}
}

func (t *texts) end(name string) {
	switch name {
	case "t":
		t.in = false
	case "rPh":
		t.reading--
	}
}

func (t *texts) add(s string) {
	if t.in {
		t.b.WriteString(s)
	}
}

func (t *texts) take() string {
	s := t.b.String()
	t.b.Reset()
	return s
}

// unescape reads the escapes of the file format: _x000D_ is a carriage return, _x005F_ a line under. Ends of lines become one line feed.
func unescape(s string) string {
	if strings.Contains(s, "_x") {
		var b strings.Builder
		for i := 0; i < len(s); {
			if s[i] == '_' && escapes.MatchString(s[i:]) {
				u, err := strconv.ParseUint(s[i+2:i+6], 16, 32)
				if err == nil && (u < 0xD800 || u > 0xDFFF) {
					b.WriteRune(rune(u))
					i += 7
					continue
				}
			}
			b.WriteByte(s[i])
			i++
		}
		s = b.String()
	}
	return lines1(s)
}

// styles finds out which styles show a number as a date.
func (x *reader) styles() error {
	own, inCells := map[string]bool{}, false
	return x.each("xl/styles.xml", func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			own[attr(e, "numFmtId")] = dateFormat(attr(e, "formatCode"))
		case "cellXfs":
			inCells = true
		case "xf":
			if inCells {
				id := attr(e, "numFmtId")
				date, ours := own[id]
				x.dates = append(x.dates, date || !ours && builtinDate(id))
			}
			if len(x.dates) > 100_000 {
				return tooLarge
			}
		}
		return nil
	}, func(name string) error {
		if name == "cellXfs" {
			inCells = false
		}
		return nil
	}, unheard)
}

// cells reads a sheet.
func (x *reader) cells(part string, into *ReadSheet) error {
	if x.parts[strings.ToLower(part)] == nil {
		return broken("シートの中身がありません")
	}
	var t texts
	var c cell
	row, column := -1, -1
	return x.each(part, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "row":
			row, column = row+1, -1
			if n, err := strconv.Atoi(attr(e, "r")); err == nil {
				row = n - 1
			}
		case "c":
			column++
			c = cell{kind: attr(e, "t"), style: attr(e, "s")}
			if r, k, ok := address(attr(e, "r")); ok {
				row, column = r, k
			}
		case "f":
			c.formula = true
		case "v":
			c.inValue, c.valued = true, true
		}
		t.begin(e.Name.Local)
		return nil
	}, func(name string) error {
		t.end(name)
		switch name {
		case "v":
			c.inValue = false
		case "c":
			s, err := x.value(c, t.take())
			if err != nil {
				return err
			}
			return into.put(row, column, s, &x.budget)
		}
		return nil
	}, func(s string) {
		if c.inValue {
			c.value += s
		}
		t.add(s)
	})
}

// cell is one cell on its way.
type cell struct {
	kind, style, value string
	formula            bool
	inValue, valued    bool // the <v>
}

// NoResult stands where a formula has no value in the file.
const NoResult = "#CALC!"

// value is the text of a cell.
func (x *reader) value(c cell, inline string) (string, error) {
	if c.formula && !c.valued {
		return NoResult, nil
	}
	switch c.kind {
	case "s":
		i, err := strconv.Atoi(c.value)
		if c.value == "" {
			return "", nil
		}
		if err != nil || i < 0 || i >= len(x.shared) {
			return "", broken("文字列の番号が正しくありません")
		}
		return x.shared[i], nil
	case "inlineStr":
		return unescape(inline), nil
	case "str":
		return unescape(c.value), nil
	case "b":
		return map[string]string{"1": "TRUE", "true": "TRUE"}[c.value] + map[string]string{"0": "FALSE", "false": "FALSE"}[c.value], nil
	case "e":
		return c.value, nil
	case "d":
		return strings.TrimSuffix(c.value, "T00:00:00"), nil
	}
	if c.value == "" {
		return "", nil
	}
	n, err := strconv.ParseFloat(c.value, 64)
	if err != nil {
		return "", broken("数として読めない欄があります")
	}
	style, err := strconv.Atoi(c.style)
	if err == nil && style >= 0 && style < len(x.dates) && x.dates[style] {
		if d, ok := dateOf(n, x.since04); ok {
			return d, nil
		}
	}
	return number(n), nil
}

// address reads B3 as row 2, column 1.
func address(s string) (row, column int, ok bool) {
	i := 0
	for i < len(s) && i < 4 && s[i] >= 'A' && s[i] <= 'Z' {
		column = column*26 + int(s[i]-'A') + 1
		i++
	}
	n, err := strconv.Atoi(s[i:])
	if i == 0 || err != nil || n < 1 {
		return 0, 0, false
	}
	return n - 1, column - 1, true
}
