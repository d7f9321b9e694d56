package tables

import (
	"bytes"
	"encoding/csv"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/japanese"

	"kasane/internal/fault"
	"kasane/internal/seedtest"
)

// hostile are texts that spreadsheets, CSV readers or XML could take for something else.
var hostile = []string{"=HYPERLINK(\"http://x\",\"y\")", "+81", "-1+1", "@SUM(A1)", "\t=1", "＝1+1", "＋1", "－1", "＠x", " =1", "　=1", "\u200B=1", "<b>&amp;\"'</b>", "]]><x/>", "_x0041_ _x000D_ _x005F_x0041_x0042_x0043_",
	"一行目\n=2行目", "末尾の空白 ", " 先頭の空白", "a,b;c\"d", "邉\U000E0100 𠮷 髙\uFA11", "か\u3099", "' 引用", "－", ""}

func sample(texts ...string) Book {
	b := Book{Title: "役割分担表", Status: "案", About: []string{"重層的支援会議　開催日：令和8年11月30日(2026-11-30)", "対象者：渡邉　A&B"}, Foot: "写し　社協&市　山田", Author: "潮見市",
		At:    time.Date(2026, 11, 30, 3, 4, 5, 0, time.UTC),
		Sheet: Grid{Name: "役割分担表", Repeat: 2, Columns: []Column{{"№", 5}, {"支援項目", 30}, {"福祉総務課", 40}}},
		List:  Grid{Name: "役割の一覧", Named: []int{0, 1}, Columns: []Column{{"№", 5}, {"機関", 20}, {"内容", 40}}}}
	for i, s := range texts {
		row := []string{string(rune('1' + i%9)), "機関", s}
		b.Sheet.Rows, b.List.Rows = append(b.Sheet.Rows, row), append(b.List.Rows, row)
	}
	return b
}

func opened(t *testing.T, b Book) (*excelize.File, []byte) {
	t.Helper()
	raw, err := XLSX(b)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f, raw
}

// wantCell: a cell says exactly this, and is a text.
func wantCell(t *testing.T, f *excelize.File, sheet, at, want string) {
	t.Helper()
	got, err := f.GetCellValue(sheet, at)
	if err != nil || got != want {
		t.Errorf("%s!%s: %q (%v), want %q", sheet, at, got, err, want)
	}
	if formula, err := f.GetCellFormula(sheet, at); err != nil || formula != "" {
		t.Errorf("%s!%s is a formula: %q %v", sheet, at, formula, err)
	}
	if kind, err := f.GetCellType(sheet, at); want != "" && (err != nil || kind != excelize.CellTypeSharedString && kind != excelize.CellTypeInlineString) {
		t.Errorf("%s!%s is no text: %v %v", sheet, at, kind, err)
	}
}

func TestXLSXIsReadBackAsItWas(t *testing.T) {
	t.Parallel()
	b := sample(hostile...)
	f, _ := opened(t, b)
	if list := f.GetSheetList(); !slices.Equal(list, []string{"役割分担表", "役割の一覧"}) {
		t.Fatal(list)
	}
	wantCell(t, f, "役割分担表", "A1", "役割分担表（案）")
	wantCell(t, f, "役割分担表", "A3", "対象者：渡邉　A&B")
	for i, c := range b.Sheet.Columns {
		wantCell(t, f, "役割分担表", name(i+1, 4), c.Title)
		wantCell(t, f, "役割の一覧", name(i+1, 1), b.List.Columns[i].Title)
	}
	for i, s := range hostile {
		wantCell(t, f, "役割分担表", name(3, 5+i), s)
		wantCell(t, f, "役割の一覧", name(3, 2+i), s)
	}
}

func TestXLSXPrintsAsTheOfficeDoes(t *testing.T) {
	t.Parallel()
	f, _ := opened(t, sample("訪問する"))
	for _, sheet := range f.GetSheetList() {
		p, err := f.GetPageLayout(sheet)
		if err != nil || *p.Size != paperA3 || *p.Orientation != "landscape" || *p.FitToWidth != 1 || *p.FitToHeight != 0 {
			t.Errorf("%s: %+v %v", sheet, p, err)
		}
		if props, err := f.GetSheetProps(sheet); err != nil || props.FitToPage == nil || !*props.FitToPage {
			t.Errorf("%s is not fitted to its paper: %v", sheet, err)
		}
		if foot, err := f.GetHeaderFooter(sheet); err != nil || foot.OddFooter != "&L役割分担表（案）　写し　社協＆市　山田&R&P/&N" {
			t.Errorf("%s: %+v %v", sheet, foot, err)
		}
	}
	want := map[string]string{"役割分担表": "'役割分担表'!$A:$B,'役割分担表'!$4:$4", "役割の一覧": "'役割の一覧'!$1:$1"}
	for _, d := range f.GetDefinedName() {
		if d.Name != "_xlnm.Print_Titles" || d.RefersTo != want[d.Scope] {
			t.Errorf("%+v", d)
		}
		delete(want, d.Scope)
	}
	if len(want) > 0 {
		t.Errorf("no repeated heads: %v", want)
	}
	for column, width := range map[string]float64{"A": 5, "B": 30, "C": 40} {
		if got, err := f.GetColWidth("役割分担表", column); err != nil || got != width {
			t.Errorf("%s: %v %v", column, got, err)
		}
	}
	props, err := f.GetDocProps()
	if err != nil || props.Created != "2026-11-30T03:04:05Z" || props.Modified != props.Created || props.Creator != "潮見市" {
		t.Errorf("%+v %v", props, err)
	}
	wide := sample()
	for range 12 {
		wide.Sheet.Columns = append(wide.Sheet.Columns, Column{"機関", 40})
	}
	g, _ := opened(t, wide)
	if p, err := g.GetPageLayout("役割分担表"); err != nil || *p.FitToWidth != 3 {
		t.Errorf("twelve more agencies: %+v %v", p, err)
	}
}

// The same book gives the same bytes, in every form.
func TestSameBytes(t *testing.T) {
	t.Parallel()
	for _, form := range []Form{FormXLSX, FormCSV, FormCP932} {
		first, err := Write(sample("訪問する", "同行する"), form)
		if err != nil {
			t.Fatal(err)
		}
		for range 20 {
			again, err := Write(sample("訪問する", "同行する"), form)
			if err != nil || !bytes.Equal(first, again) {
				t.Fatalf("%s: %v, other bytes", form, err)
			}
		}
		if other, err := Write(sample("訪問する", "同行しない"), form); err != nil || bytes.Equal(first, other) {
			t.Errorf("%s: another book gives the same bytes: %v", form, err)
		}
	}
}

func TestXLSXCutsNothing(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("長", mostChars)
	f, _ := opened(t, sample(long))
	wantCell(t, f, "役割の一覧", "C2", long)
	if _, err := XLSX(sample(long + "い")); !fault.Is(err, fault.TooLarge) {
		t.Errorf("a longer text: %v", err)
	}
	if _, err := XLSX(sample(strings.Repeat("𠮷", mostChars/2+1))); !fault.Is(err, fault.TooLarge) {
		t.Errorf("a text of surrogate pairs: %v", err)
	}
}

// rows reads a CSV as a program does.
func rows(t *testing.T, raw string) [][]string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(raw))
	r.FieldsPerRecord = -1
	out, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestCSVIsReadBack(t *testing.T) {
	t.Parallel()
	raw, err := CSV(sample(hostile...))
	if err != nil || !bytes.HasPrefix(raw, []byte("\xEF\xBB\xBF№,機関,内容\r\n")) {
		t.Fatalf("%v %.40q", err, raw)
	}
	got := rows(t, strings.TrimPrefix(string(raw), "\uFEFF"))
	if len(got) != len(hostile)+2 {
		t.Fatalf("%d rows", len(got))
	}
	for i, s := range hostile {
		if cell := got[i+1][2]; cell != s && cell != "'"+s {
			t.Errorf("%q becomes %q", s, cell)
		}
	}
	if last := got[len(got)-1]; !slices.Equal(last[:3], []string{"以上", "24件", "役割分担表（案）"}) || last[len(last)-1] != "写し　社協&市　山田" {
		t.Errorf("%q", last)
	}
}

func TestCells(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"=HYPERLINK(1)": "'=HYPERLINK(1)", "+81": "'+81", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\tx": "'\tx", "\rx": "'\rx", "\n=1": "'\n=1", "＝1": "'＝1", "＠x": "'＠x",
		"－1": "'－1", " =1": "' =1", "　+1": "'　+1", "\u200B=1": "'\u200B=1", "\uFEFF-1": "'\uFEFF-1",
		"山田": "山田", "": "", " ": " ", "a=1": "a=1", "192.0.2.1": "192.0.2.1", "－": "－", "◎": "◎", "？": "？"} {
		if got := Cell(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func TestCP932HoldsOrRefuses(t *testing.T) {
	t.Parallel()
	plain := "髙橋 ①㈱ ～－ ﾀﾅｶ 纊\n" // NEC and IBM characters are in CP932
	raw, err := CP932(sample(plain, "=1"))
	if err != nil {
		t.Fatal(err)
	}
	utf8, err := japanese.ShiftJIS.NewDecoder().String(string(raw))
	if err != nil {
		t.Fatal(err)
	}
	want, err := CSV(sample(plain, "=1"))
	if err != nil || utf8 != strings.TrimPrefix(string(want), "\uFEFF") {
		t.Errorf("CP932 says something else: %v %q", err, utf8)
	}
	raw, err = CP932(sample("普通", "邉\U000E0100と𠮷", "¥100 か\u3099"))
	if !fault.Is(err, fault.Conflict) || raw != nil {
		t.Fatalf("%d bytes, %v", len(raw), err)
	}
	var f *fault.Error
	if f, _ = err.(*fault.Error); f == nil {
		t.Fatal(err)
	}
	lost := []Lost{{"№2 機関「内容」", "邉\U000E0100", "U+9089 U+E0100"}, {"№2 機関「内容」", "𠮷", "U+20BB7"}, {"№3 機関「内容」", "¥", "U+00A5"}, {"№3 機関「内容」", "か\u3099", "U+304B U+3099"}}
	if got, _ := f.Details["lost"].([]Lost); !slices.Equal(got, lost) || f.Details["total"] != 4 {
		t.Errorf("%+v of %v", f.Details["lost"], f.Details["total"])
	}
	if _, err := CP932(sample(strings.Repeat("𠮷", 300))); err == nil || len(err.(*fault.Error).Details["lost"].([]Lost)) != mostLost || err.(*fault.Error).Details["total"] != 300 {
		t.Errorf("many of them: %v", err)
	}
}

// Whatever the text: Excel gives it back as it was, and CP932 gives it back or names what it cannot hold.
func TestAnyText(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(seedtest.Seed(t), 7))
	pieces := []rune("=+-@＝，,;\"'\n\t &<>_x0A渡邉辺𠮷髙\uFA11～〜‾¥―ｱｶﾞ①㈱Ⅳ∑⊥♡é한あア")
	text := func() string {
		var b strings.Builder
		for range 1 + rnd.IntN(12) {
			switch rnd.IntN(8) {
			case 0:
				b.WriteRune(rune(0x20 + rnd.IntN(0xD800-0x20)))
			case 1:
				b.WriteString("_x0041")
			case 2:
				b.WriteRune(rune(0xE0100 + rnd.IntN(240)))
			default:
				b.WriteRune(pieces[rnd.IntN(len(pieces))])
			}
		}
		return b.String()
	}
	refused := 0
	for range 40 {
		var texts []string
		for range 8 {
			texts = append(texts, text())
		}
		b := sample(texts...)
		f, _ := opened(t, b)
		for i, s := range texts {
			wantCell(t, f, "役割の一覧", name(3, 2+i), s)
		}
		plain, err := b.csv()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := CP932(b)
		if err != nil {
			refused++
			for _, l := range err.(*fault.Error).Details["lost"].([]Lost) {
				if !strings.Contains(string(plain), l.Char) && l.Char != "\n" {
					t.Errorf("%q is lost and stands nowhere", l.Char)
				}
			}
			continue
		}
		if back, err := japanese.ShiftJIS.NewDecoder().Bytes(raw); err != nil || !bytes.Equal(back, plain) {
			t.Errorf("CP932 says something else: %v", err)
		}
	}
	if refused == 0 {
		t.Error("no text was beyond CP932: too tame")
	}
}

// A long name of an agency heads its column whole: the row of heads is as high as it takes.
func TestHeadsAreAsHighAsTheirNames(t *testing.T) {
	t.Parallel()
	b := sample("訪問する")
	one := heightOf(t, b)
	b.Sheet.Columns[2].Title = strings.Repeat("重ね市立東中学校", 6)
	if long := heightOf(t, b); long < one+2*lineHeight {
		t.Errorf("the heads are %.0f points high, %.0f with a long name", one, long)
	}
}

func heightOf(t *testing.T, b Book) float64 {
	t.Helper()
	f, _ := opened(t, b)
	h, err := f.GetRowHeight("役割分担表", 4)
	if err != nil {
		t.Fatal(err)
	}
	return h
}
