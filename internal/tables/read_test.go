package tables

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/japanese"

	"kasane/internal/fault"
)

// written is a workbook as Excel makes one.
func written(t testing.TB, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func sheet(t testing.TB, file []byte) ReadSheet {
	t.Helper()
	r, err := Open(file)
	if err != nil {
		t.Fatal(err)
	}
	return r.Sheets[0]
}

// What Kasane itself writes comes back as it was, in every form.
func TestOwnFilesComeBack(t *testing.T) {
	t.Parallel()
	b := sample(hostile...)
	for _, form := range []Form{FormXLSX, FormCSV} {
		raw, err := Write(b, form)
		if err != nil {
			t.Fatal(err)
		}
		r, err := Open(raw)
		if err != nil || r.Form != form {
			t.Fatalf("%s: %v %v", form, r.Form, err)
		}
		list := r.Sheets[len(r.Sheets)-1]
		for i, want := range hostile {
			if got := list.At(1+i, 2); got != want {
				t.Errorf("%s: %q comes back as %q", form, want, got)
			}
		}
	}
	raw, err := Write(sample("髙橋 ①㈱", "=1"), FormCP932)
	if err != nil {
		t.Fatal(err)
	}
	if r, err := Open(raw); err != nil || r.Form != FormCP932 || r.Sheets[0].At(1, 2) != "髙橋 ①㈱" || r.Sheets[0].At(2, 2) != "=1" {
		t.Errorf("CP932: %+v %v", r, err)
	}
}

// A sheet as municipalities keep it: names by the byte, dates by their style, readings left out, formulas by their value.
func TestReadsWhatExcelHolds(t *testing.T) {
	t.Parallel()
	day := time.Date(1970, 3, 2, 0, 0, 0, 0, time.UTC)
	file := written(t, func(f *excelize.File) {
		era, warekiOwn, money := "[$-411]ge.m.d;@", `[$-ja-JP-x-gannen]ggge"年"m"月"d"日"`, `#,##0"円"`
		for i, s := range []*excelize.Style{{NumFmt: 14}, {NumFmt: 57}, {CustomNumFmt: &era}, {CustomNumFmt: &warekiOwn}} {
			id, err := f.NewStyle(s)
			if err != nil {
				t.Fatal(err)
			}
			at := name(1+i, 1)
			_ = f.SetCellValue("Sheet1", at, 25629)
			_ = f.SetCellStyle("Sheet1", at, at, id)
		}
		id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &money})
		if err != nil {
			t.Fatal(err)
		}
		_ = f.SetCellValue("Sheet1", "E1", 12000)
		_ = f.SetCellStyle("Sheet1", "E1", "E1", id)
		_ = f.SetCellValue("Sheet1", "F1", 0.1+0.2)
		_ = f.SetCellValue("Sheet1", "G1", day.Add(13*time.Hour+45*time.Minute))
		for i, v := range []any{"𠮷田 髙\uFA11", "邉\U000E0100", "か\u3099", true, "一行目\n二行目", 9012345678} {
			_ = f.SetCellValue("Sheet1", name(1+i, 3), v)
		}
		_ = f.SetCellFormula("Sheet1", "A4", "1+1")
		if _, err := f.NewSheet("控え"); err != nil {
			t.Fatal(err)
		}
		_ = f.SetSheetVisible("控え", false)
	})
	s := sheet(t, file)
	want := [][]string{{"1970-03-02", "1970-03-02", "1970-03-02", "1970-03-02", "12000", "0.3", "1970-03-02 13:45"}, nil,
		{"𠮷田 髙\uFA11", "邉\U000E0100", "か\u3099", "TRUE", "一行目\n二行目", "9012345678"}, {NoResult}}
	if !slices.EqualFunc(s.Rows, want, slices.Equal) {
		t.Errorf("%q", s.Rows)
	}
	if r, err := Open(file); err != nil || len(r.Sheets) != 2 || r.Sheets[1].Name != "控え" || !r.Sheets[1].Hidden || s.Width() != 7 {
		t.Errorf("%+v %v", r.Sheets, err)
	}
	if d, ok := Serial("25629"); !ok || d != "1970-03-02" {
		t.Error(d)
	}
	for _, bad := range []string{"", "60", "-3", "2958466", "x"} {
		if d, ok := Serial(bad); ok {
			t.Errorf("%q is the day %s", bad, d)
		}
	}
}

// raw is a workbook of parts as they are given.
func raw(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	all := map[string]string{
		"_rels/.rels":                `<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="表" r:id="q"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="q" Type="http://x/worksheet" Target="worksheets/s.xml"/></Relationships>`,
		"xl/worksheets/s.xml":        `<worksheet><sheetData/></worksheet>`,
	}
	for k, v := range parts {
		all[k] = v
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for k, v := range all {
		w, err := z.Create(k)
		if err == nil {
			_, err = w.Write([]byte(v))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What Excel writes and excelize does not: readings beside a name, runs of letters, texts within cells, days from 1904, cells without an address.
func TestReadsTheFormat(t *testing.T) {
	t.Parallel()
	s := sheet(t, raw(t, map[string]string{
		"xl/workbook.xml": `<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="表" r:id="q"/></sheets></workbook>`,
		"xl/sharedStrings.xml": `<sst><si><t>渡邉</t><rPh sb="0" eb="2"><t>ワタナベ</t></rPh><phoneticPr fontId="1"/></si><si><r><t>髙</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 﨑</t></r></si>` +
			`<si><t>_x0041_ _x005F_x0041_ a_x000D_
b</t></si></sst>`,
		"xl/styles.xml": `<styleSheet><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
		"xl/worksheets/s.xml": `<worksheet><sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><t>中</t></is></c><c s="1"><v>24167</v></c></row>` +
			`<row><c r="B2" t="str"><f>A1&amp;"x"</f><v>式の値</v></c><c><f>NOW()</f></c><c t="e"><v>#N/A</v></c><c t="s"><v>2</v></c></row></sheetData></worksheet>`,
	}))
	want := [][]string{{"渡邉", "髙 﨑", "中", "1970-03-02"}, {"", "式の値", NoResult, "#N/A", "A _x0041_ a\nb"}}
	if !slices.EqualFunc(s.Rows, want, slices.Equal) {
		t.Errorf("%q", s.Rows)
	}
}

// Hostile and foreign files are refused in Japanese.
func TestRefusesFiles(t *testing.T) {
	t.Parallel()
	cell := func(c string) []byte {
		return raw(t, map[string]string{"xl/worksheets/s.xml": `<worksheet><sheetData><row>` + c + `</row></sheetData></worksheet>`})
	}
	for what, file := range map[string][]byte{
		"nothing": nil, "blanks": []byte(" \r\n"), "an old file": []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest"), "a PDF": []byte("%PDF-1.7\n"), "a zip of something else": raw(t, map[string]string{"_rels/.rels": `<R/>`, "xl/workbook.xml": ""})[:60],
		"half a file": cell(`<c><v>1</v></c>`)[:300], "XML that ends early": cell(`<c><v>1</c`), "a DOCTYPE": raw(t, map[string]string{"xl/sharedStrings.xml": `<!DOCTYPE x [<!ENTITY a "aaaa">]><sst><si><t>&a;</t></si></sst>`}),
		"an entity of nobody": cell(`<c t="inlineStr"><is><t>&a;</t></is></c>`), "a text that is not there": cell(`<c t="s"><v>7</v></c>`), "a word for a number": cell(`<c><v>x</v></c>`), "the last row of all": cell(`<c r="A1048576"><v>1</v></c>`),
		"the last column of all": cell(`<c r="XFD1"><v>1</v></c>`), "an endless address": cell(`<c r="A99999999999999999999"><v>1</v></c><c r="A0" t="s"><v>1</v></c>`), "a picture": {0x89, 'P', 'N', 'G', 0, 1, 0xFF}, "zeros": make([]byte, 100),
		"open quotes": []byte("氏名\n\"髙橋"), "words behind quotes": []byte("氏名\n\"髙\"橋,x"), "half a letter": []byte("\xEF\xBB\xBF氏名\n\xE9"), "CP932 that is none": []byte("\x8E\x81\x96\xBC\n\x81\x20\xFF"), "half of UTF-16": []byte("\xFF\xFE\x0A"),
		"many rows": []byte(strings.Repeat("a\n", MaxRows) + "b"), "many columns": []byte(strings.Repeat(",", MaxColumns) + "b"), "a large file": make([]byte, MaxFile+1),
	} {
		_, err := Open(file)
		if err == nil || fault.Is(err, fault.Internal) || !strings.ContainsAny(fault.Message(err), "。") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := Open([]byte("名\nあ\n\"い")); err == nil || !strings.Contains(err.Error(), "3行目") {
		t.Error(err)
	}
	bomb := raw(t, map[string]string{"xl/sharedStrings.xml": `<sst><si><t>` + strings.Repeat(" ", 1<<16) + `</t></si></sst>`})
	if _, err := openXLSX(bomb, 1<<16); !fault.Is(err, fault.TooLarge) {
		t.Errorf("a part that unpacks to more than it may: %v", err)
	}
	if _, err := openXLSX(bomb, 1<<17); err != nil {
		t.Errorf("and to less: %v", err)
	}
	if r, err := Open(cell(`<c r="A1048576" s="3"/><c r="B1"><v>1</v></c>`)); err != nil || len(r.Sheets[0].Rows) != 1 {
		t.Errorf("a row that only has a colour: %v %v", r, err)
	}
	var f *fault.Error
	if _, err := Open([]byte("\xD0\xCF\x11\xE0")); !errors.As(err, &f) || !strings.Contains(f.Message, ".xlsx") {
		t.Error(err)
	}
}

func TestReadsCSV(t *testing.T) {
	t.Parallel()
	want := [][]string{{"氏名", "備考"}, nil, {"髙橋", "一行目\n\"二\"行目"}, {"", "末"}}
	plain := "氏名,備考\r\n\r\n髙橋,\"一行目\r\n\"\"二\"\"行目\"\r\n,末\r\n,\r\n"
	cp932, err := japanese.ShiftJIS.NewEncoder().String(plain)
	if err != nil {
		t.Fatal(err)
	}
	wide := []byte("\xFF\xFE")
	for _, r := range strings.ReplaceAll(plain, ",", "\t") {
		wide = append(wide, byte(r), byte(r>>8))
	}
	for what, c := range map[string]struct {
		file string
		form Form
	}{"UTF-8": {plain, FormCSV}, "marked": {bom + plain, FormCSV}, "CP932": {cp932, FormCP932}, "Unicode テキスト": {string(wide), FormCSV}, "old Macintosh": {strings.ReplaceAll(plain, "\r\n", "\r"), FormCSV}} {
		r, err := Open([]byte(c.file))
		if err != nil || r.Form != c.form || !slices.EqualFunc(r.Sheets[0].Rows, want, slices.Equal) {
			t.Errorf("%s: %+v %v", what, r, err)
		}
	}
	if s := sheet(t, []byte(bom+"氏名\n𠮷田 髙\uFA11 邉\U000E0100 か\u3099\n")); s.At(1, 0) != "𠮷田 髙\uFA11 邉\U000E0100 か\u3099" || s.At(9, 9) != "" {
		t.Errorf("%q", s.Rows)
	}
}

// Whatever the bytes: a table within its bounds, or a word to the person.
func FuzzOpen(f *testing.F) {
	seeds, err := filepath.Glob("testdata/read/*")
	if err != nil || len(seeds) == 0 {
		f.Fatal("no corpus", err)
	}
	for _, p := range seeds {
		b, err := os.ReadFile(p)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add(raw(f, map[string]string{"xl/worksheets/s.xml": `<worksheet><sheetData><row><c r="B2" t="s"><v>0</v></c></row></sheetData></worksheet>`, "xl/sharedStrings.xml": `<sst><si><t>髙</t></si></sst>`}))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := Open(b)
		if err != nil {
			if fault.Is(err, fault.Internal) {
				t.Fatal(err)
			}
			return
		}
		for _, s := range r.Sheets {
			if len(s.Rows) > MaxRows || s.Width() > MaxColumns {
				t.Fatalf("%d rows, %d columns", len(s.Rows), s.Width())
			}
		}
	})
}
