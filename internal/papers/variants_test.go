package papers

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/hex"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"kasane/internal/fault"
	"kasane/internal/pdf/pdftest"
)

// A household whose names have letters that stand nowhere else, so that a single glyph left behind is found.
var hiddenHouse = []Named{
	{Name: "纐纈 燐音", Kana: "こうけつ りんね", Call: "本人"},
	{Name: "纐纈 篤胤", Kana: "こうけつ あつたね", Alias: "鵺丸", Call: "家族A"},
}

var planted = []string{"纐纈", "燐音", "篤胤", "鵺丸", "こうけつ", "コウケツ", "ｺｳｹﾂ"}

const plantedText = "纐纈　燐音さんと篤胤が、コウケツ・リンネ名義（ｺｳｹﾂ ﾘﾝﾈ）で借りた。鵺丸とも名のる。電話 090-1234-5678、昭和19年6月3日生、1944/6/3。みなと野市汐見町3丁目4番5号、K2025-0012。"

// template is a document with what makes its variants; anon and give are nil where it has none.
type template struct {
	name string
	with func(Edit, []Blacked) (Result, error) // printed with an Edit
	anon func(Anonymity) (Result, error)
	give func(Look) (Result, error)
}

// templates are all documents of a case.
func templates() []template {
	p, ctx := printer(), context.Background()
	var out []template
	add := func(name string, d Doc, give bool) {
		x := template{name: name, with: func(e Edit, b []Blacked) (Result, error) {
			return p.Print(ctx, d.Headed(func(h *Head) {
				h.ContentHash, h.Checkpoint, h.Variant, h.Edit, h.Blacked = "", "", VariantRedacted, e, b
			}))
		}}
		if m, ok := d.(SheetDoc); ok {
			x.anon = func(a Anonymity) (Result, error) { return p.Sheet(ctx, a.Sheet(m, nil)) }
		} else if _, err := (Anonymity{}).Of(d); err == nil {
			x.anon = func(a Anonymity) (Result, error) {
				veiled, err := a.Of(d)
				if err != nil {
					return Result{}, err
				}
				return p.Print(ctx, veiled)
			}
		}
		if give {
			x.give = func(l Look) (Result, error) { return p.Given(ctx, d, l) }
		}
		out = append(out, x)
	}
	add("minutes", plantMinutes(), true)
	add("plan", plantPlan(), true)
	add("matrix", plantMatrix(), true)
	add("evaluation", plantEvaluation(), true)
	add("monitoring", plantMonitor(), true)
	add("joining plan", plantJoining(), true)
	add("prep", plantPrep(), false)
	add("sheet", plantSheet(), false)
	add("screening", plantScreening(), false)
	add("course", plantCourse(), false)
	add("attendance", plantAttendance(), false)
	add("notice", plantNotice(), true)
	add("secrecy", plantSecrecy(), false)
	add("handover", plantHandover(), false)
	add("referral", plantReferral(), false)
	for _, kind := range []string{"consent", "withdrawal", "receipt"} {
		add(kind, ConsentPaper{plantConsent(), kind}, false)
	}
	return out
}

var streams = regexp.MustCompile(`(?s)stream\r?\n(.*?)\nendstream`) // a \r before the end may be the last byte of the stream

// opened is the file with every stream unpacked behind it.
func opened(t *testing.T, file []byte) []byte {
	t.Helper()
	out := bytes.Clone(file)
	for _, m := range streams.FindAllSubmatch(file, -1) {
		z, err := zlib.NewReader(bytes.NewReader(m[1]))
		if err != nil {
			continue
		}
		b, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		out = append(append(out, '\n'), b...)
	}
	return out
}

// spellings are the ways a word can stand in a PDF.
func spellings(word string) [][]byte {
	var wide []byte
	for _, u := range utf16.Encode([]rune(word)) {
		wide = append(wide, byte(u>>8), byte(u))
	}
	upper := strings.ToUpper(hex.EncodeToString(wide))
	return [][]byte{[]byte(word), wide, []byte(upper), []byte(strings.ToLower(upper)), []byte(hex.EncodeToString([]byte(word)))}
}

func gone(t *testing.T, what string, file []byte, words ...string) (all []byte, text string) {
	t.Helper()
	all, text = opened(t, file), pdftest.Ink(pdftest.Text(t, file, "-raw"))
	for _, w := range words {
		if strings.Contains(text, pdftest.Ink(w)) {
			t.Errorf("%s: %q is read", what, w)
		}
		for _, s := range spellings(w) {
			if bytes.Contains(all, s) {
				t.Errorf("%s: %q is in the bytes as %q", what, w, s)
			}
		}
	}
	return all, text
}

// absent: neither the planted words nor a glyph of them.
func absent(t *testing.T, what string, file []byte, words ...string) {
	t.Helper()
	all, text := gone(t, what, file, words...)
	for _, r := range "纐纈燐篤胤鵺" { // not even a glyph
		if s := spellings(string(r)); strings.Contains(text, string(r)) || bytes.Contains(all, []byte("<"+string(s[2])+">")) {
			t.Errorf("%s: a font holds %c", what, r)
		}
	}
}

func TestBlackedOutTextIsGone(t *testing.T) {
	t.Parallel()
	find := NewFinder(hiddenHouse)
	for _, x := range templates() {
		var texts []Printed
		if _, err := x.with(func(p Printed) string { texts = append(texts, p); return p.Text }, nil); err != nil {
			t.Fatal(err)
		}
		var marks []Mark
		for _, p := range texts {
			for _, h := range find.Find(p.Text) {
				marks = append(marks, Mark{p.No, h.From, h.To, GroundOther})
			}
		}
		if len(marks) < 5 {
			t.Fatalf("%s: %d places found", x.name, len(marks))
		}
		r, err := NewRedaction(marks)
		if err != nil {
			t.Fatal(err)
		}
		res := must(t)(x.with(r.Edit, r.Reasons()))
		if err := r.Done(); err != nil {
			t.Errorf("%s: %v", x.name, err)
		}
		pdftest.Sound(t, res.PDF)
		absent(t, x.name+", 開示用", res.PDF, planted...)
		text := pdftest.Ink(pdftest.Text(t, res.PDF, "-raw"))
		for _, want := range []string{"■■", "不開示とした部分", "第2号", "開示用"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not printed", x.name, want)
			}
		}
	}
}

// TestEdgesTellNothingBlackedOut: number and kind of meeting that are blacked out in the body stand at the edge of no page and in no property either.
func TestEdgesTellNothingBlackedOut(t *testing.T) {
	t.Parallel()
	m := plantMinutes()
	m.Head.DocumentNo, m.Head.MeetingKind = "重層第七七七号", "虐待対応個別会議"
	secret := []string{m.Head.DocumentNo, m.Head.MeetingKind}
	print := func(e Edit, b []Blacked) (Result, error) {
		d := m
		d.Head.ContentHash, d.Head.Checkpoint, d.Head.Variant, d.Head.Edit, d.Head.Blacked = "", "", "開示用", e, b
		return printer().Minutes(context.Background(), d)
	}
	var marks []Mark
	seen := map[string]bool{}
	if _, err := print(func(p Printed) string {
		for _, s := range secret {
			if i := strings.Index(p.Text, s); i >= 0 {
				from := len([]rune(p.Text[:i]))
				marks, seen[s] = append(marks, Mark{p.No, from, from + len([]rune(s)), GroundOther}), true
			}
		}
		return p.Text
	}, nil); err != nil || len(seen) != len(secret) {
		t.Fatalf("%v: only %v can be blacked out", err, seen)
	}
	r, err := NewRedaction(marks)
	if err != nil {
		t.Fatal(err)
	}
	res := must(t)(print(r.Edit, r.Reasons()))
	pdftest.Sound(t, res.PDF)
	gone(t, "the edges", res.PDF, secret...)
}

// TestWhatIsBlackedOutLeavesNoTrace: two records that differ only in what is blacked out give the same file, byte by byte.
func TestWhatIsBlackedOutLeavesNoTrace(t *testing.T) {
	t.Parallel()
	print := func(secret string) []byte {
		m := exampleMinutes()
		m.ContentHash, m.Variant = "", "開示用"
		m.Items[0].Discussion, m.Cases[0].Subject = "前"+secret+"後", secret
		m.Roles.Rows[0].Item = secret
		r, err := NewRedaction(nil)
		if err != nil {
			t.Fatal(err)
		}
		m.Edit = func(p Printed) string {
			at := strings.Index(p.Text, secret)
			if at < 0 {
				return p.Text
			}
			from := len([]rune(p.Text[:at]))
			r.marks[p.No] = []Mark{{p.No, from, from + len([]rune(secret)), GroundOther}}
			return r.Edit(p)
		}
		return must(t)(printer().Minutes(context.Background(), m)).PDF
	}
	a := print("纐纈燐音が、」「ABCiii")
	for _, other := range []string{"山田花子と12月3日iWmm", "：：（（））、、。。・・1W"} {
		if !bytes.Equal(a, print(other)) {
			t.Errorf("the file tells %q from what else is blacked out", other)
		}
	}
	if bytes.Equal(a, print("纐纈燐音が、」「ABC")) {
		t.Error("the bar does not grow with the text")
	}
}

func TestRedactionRefusesWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	for name, marks := range map[string][]Mark{
		"backwards": {{1, 3, 3, GroundOther}}, "negative": {{1, -1, 3, GroundOther}}, "no ground": {{1, 0, 3, ""}},
		"overlap": {{1, 0, 3, GroundOther}, {1, 2, 5, GroundWork}},
	} {
		if _, err := NewRedaction(marks); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, m := range map[string]Mark{"behind the end": {0, 2, 9, GroundOther}, "no such text": {7, 0, 1, GroundOther}} {
		r, err := NewRedaction([]Mark{m})
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Edit(Printed{No: 0, Text: "秘密です"}); name == "behind the end" && strings.ContainsAny(got, "秘密です") {
			t.Errorf("%s: %q", name, got)
		}
		if err := r.Done(); !fault.Is(err, fault.Conflict) {
			t.Errorf("%s: %v", name, err)
		}
	}
	r, _ := NewRedaction([]Mark{{0, 1, 2, GroundOther}})
	if got := r.Edit(Printed{Text: "渡邉\U000E0100か\u3099"}); got != "渡\uFDD0か\u3099" {
		t.Errorf("a selector stays behind: %q", got)
	}
}

func TestAnonymousVersionNamesNobody(t *testing.T) {
	t.Parallel()
	a := Anonymity{Municipality: "みなと野市", Household: hiddenHouse, Births: nil,
		Agencies: []Named{{Name: "東部地域包括支援センター", Call: "地域包括支援センター", Whole: true}},
		Literals: []Named{{Name: "K2025-0012", Call: "（ケース番号）"}, {Name: "福総第2026-0417号", Call: "（文書番号）"}}}
	a.Births = append(a.Births, date(1944, 6, 3))
	for _, p := range []Person{chair, recorder, csw, houkatsu, health, selfHelp, taxOffice, welfare} {
		a.Staff = append(a.Staff, Named{Name: p.Name, Kana: p.Kana})
	}
	gone := append([]string{"K2025-0012", "福総第2026-0417号", "みなと野市", "090-1234-5678", "昭和19年6月3日", "1944/6/3", "汐見町", "東部地域包括", minuteHash[:16], planHash[:16],
		"葉子", "健一", "たかはし", "さくら"}, planted...)
	for _, x := range templates() {
		if x.anon == nil {
			continue
		}
		res := must(t)(x.anon(a))
		pdftest.Sound(t, res.PDF)
		absent(t, x.name+", 匿名版", res.PDF, gone...)
		text := pdftest.Ink(pdftest.Text(t, res.PDF, "-raw"))
		for _, want := range []string{"本人", "匿名版", "（電話番号）"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not printed", x.name, want)
			}
		}
		if x.name == "plan" && !strings.Contains(text, "80歳代") {
			t.Error("the age is not told by tens")
		}
	}
}

func TestFindNames(t *testing.T) {
	t.Parallel()
	f := NewFinder([]Named{
		{Name: "髙橋 花子", Kana: "たかはし はなこ", Call: "本人"}, {Name: "髙橋 一", Kana: "たかはし はじめ", Call: "家族A"},
		{Name: "Maria Santos", Kana: "マリア サントス", Call: "家族B"}, {Name: "林太郎", Kana: "はやし たろう", Call: "家族C"},
		{Name: "渡邉\U000E0100 さくら", Call: "家族D"},
	})
	for in, want := range map[string]string{
		"高橋花子は":        "本人は",
		"髙橋　花子さん":      "本人さん",
		"高橋さんの家":       "（姓）さんの家",
		"花子と一さん":       "本人と家族Aさん",
		"一番、第一に":       "一番、第一に",
		"タカハシ・ハナコ名義":   "本人名義",
		"ﾀｶﾊｼ ﾊﾅｺ":     "本人",
		"SANTOSさん、ﾏﾘｱ": "家族Bさん、家族B",
		"林さんと森林、太郎さん":  "家族Cさんと森林、家族Cさん",
		"渡辺さくらが渡邊に":    "家族Dが家族Dに",
		"さくらんぼ狩り":      "さくらんぼ狩り",
		"さくらは元気":       "家族Dは元気",
	} {
		if got := f.Replace(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func TestGivenCopies(t *testing.T) {
	t.Parallel()
	for _, x := range templates() {
		if x.give == nil {
			continue
		}
		for _, look := range Looks() {
			res := must(t)(x.give(look))
			pdftest.Sound(t, res.PDF)
			text := pdftest.Ink(pdftest.Text(t, res.PDF, "-raw"))
			for _, not := range []string{withheld, "漏れて", "ここにあるはず", minuteHash[:16], planHash[:16]} {
				if strings.Contains(text, not) {
					t.Errorf("%s %s: %q is printed", x.name, look, not)
				}
			}
			if !strings.Contains(text, VariantGiven) || !strings.Contains(text, "燐音") {
				t.Errorf("%s %s is not for the person", x.name, look)
			}
		}
	}
}
