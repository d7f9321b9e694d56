package papers

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"kasane/internal/fault"
	"kasane/internal/pdf/pdftest"
)

// A signature given on the screen is drawn, not written: where it is marked, not a stroke of it is in the file, and two files differ in nothing by whose it was.
func TestBlackedOutSignatureIsGone(t *testing.T) {
	t.Parallel()
	print := func(strokes []Stroke, hide bool) []byte {
		d := plantConsent()
		d.Strokes = strokes
		met := false
		out := must(t)(printer().Print(context.Background(), ConsentPaper{d, "consent"}.Headed(func(h *Head) {
			h.Variant, h.Blacked = VariantRedacted, []Blacked{{GroundOther, 1}}
			h.Edit = func(p Printed) string {
				if p.Text == signed && hide {
					met = true
					return strings.Repeat("\uFDD0", len([]rune(signed)))
				}
				return p.Text
			}
		})))
		if met != hide {
			t.Errorf("the signature is asked about: %v", met)
		}
		pdftest.Sound(t, out.PDF)
		return out.PDF
	}
	one, other := []Stroke{{{0.1, 0.2}, {0.6, 0.7}}}, []Stroke{{{0.9, 0.9}, {0.2, 0.1}}}
	if bytes.Equal(print(one, false), print(other, false)) {
		t.Error("the signature is not drawn where nothing is hidden")
	}
	if !bytes.Equal(print(one, true), print(other, true)) {
		t.Error("the file tells whose signature was blacked out")
	}
}

// Two sheets that differ only in what is blacked out give the same file: no width of it decides where a line ends or what stands beside what.
func TestSheetLeavesNoTraceOfWhatIsBlackedOut(t *testing.T) {
	t.Parallel()
	print := func(secret string) []byte {
		m := plantSheet()
		x := &m.Parts[0].Sections[0]
		x.Rows[2].Choices[1].Words, x.Rows[4].Text = secret, "前"+secret
		x.Rows = append(x.Rows, SheetRow{Label: "電話", Kind: SheetText, Text: secret}, SheetRow{Label: "携帯", Kind: SheetText, Text: "なし"})
		r, err := NewRedaction(nil)
		if err != nil {
			t.Fatal(err)
		}
		m.Variant = VariantRedacted
		m.Edit = func(p Printed) string {
			at := strings.Index(p.Text, secret)
			if at < 0 {
				return p.Text
			}
			from := len([]rune(p.Text[:at]))
			r.marks[p.No] = []Mark{{p.No, from, from + len([]rune(secret)), GroundOther}}
			return r.Edit(p)
		}
		return must(t)(printer().Sheet(context.Background(), m)).PDF
	}
	a := print("纐纈燐音が来所しました。ご本人と一緒でした。")
	for _, other := range []string{"090-1234-5678 iiii ABC", "ｺｳｹﾂ ﾘﾝﾈ iiiiiiiiiiiii"} {
		if !bytes.Equal(a, print(other)) {
			t.Errorf("the file tells %q from what else is blacked out", other)
		}
	}
}

// The edges of a sheet do not tell whether somebody has agreed, which may be blacked out in the body.
func TestEdgesOfASheetTellNoConsent(t *testing.T) {
	t.Parallel()
	m := plantSheet()
	m.Variant, m.Blacked = VariantRedacted, []Blacked{{GroundSelf, 1}}
	m.Edit = func(p Printed) string { return strings.ReplaceAll(p.Text, "本人同意あり", "") }
	res := must(t)(printer().Sheet(context.Background(), m))
	pdftest.Sound(t, res.PDF)
	gone(t, "the edges of a sheet", res.PDF, "本人同意あり")
}

// 本人交付版 hold what is for the person, and neither what the staff thinks nor what the agencies arrange.
func TestGivenPapersLeaveTheStaffOut(t *testing.T) {
	t.Parallel()
	m := plantEvaluation()
	m.View, m.Agencies, m.Unseen = Memo{Text: "漏れてはならない意見"}, Memo{Text: "漏れてはならない変化"}, 3
	m.Voice, m.After, m.Left = Memo{Text: "家で暮らしたい"}, Memo{Text: "困ったときは汐見包括へ"}, Memo{Text: "漏れてはならない課題", Withheld: true}
	text := pdftest.Ink(pdftest.Text(t, must(t)(printer().GivenEvaluation(context.Background(), m, LookPlain)).PDF, "-raw"))
	if strings.Contains(text, "漏れて") || strings.Contains(text, withheld) || !strings.Contains(text, "家で暮らしたい") || !strings.Contains(text, "困ったときは汐見包括へ") || !strings.Contains(text, "一部達成") {
		t.Error(text)
	}
	if easy := pdftest.Ink(pdftest.Text(t, must(t)(printer().GivenEvaluation(context.Background(), m, LookEasy)).PDF, "-raw")); !strings.Contains(easy, pdftest.Ink("すこし できました")) {
		t.Error(easy)
	}
	text = pdftest.Ink(pdftest.Text(t, must(t)(printer().GivenSheet(context.Background(), plantJoining(), LookPlain)).PDF, "-raw"))
	for _, not := range []string{"漏れて", "空の欄", "書かれていない節", "就労体験", "ケースID"} {
		if strings.Contains(text, not) {
			t.Errorf("%q is in the plan for the person: %s", not, text)
		}
	}
	if !strings.Contains(text, "居場所") || !strings.Contains(text, "その他（畑の手伝い）") {
		t.Error(text)
	}
}

// No variant of any document carries the 元データ of a record (PDF/A-3a), whatever the model it is made of says.
func TestNoVariantCarriesTheSource(t *testing.T) {
	t.Parallel()
	const source = `{"漏":"纐纈 燐音"}`
	for _, x := range []Doc{plantMinutes(), plantPlan(), plantMatrix(), plantEvaluation(), plantPrep(), plantSheet(), plantScreening(), plantCourse(), plantAttendance(), plantNotice(), plantReferral(), plantSecrecy(), plantHandover(), plantMonitor(), plantJoining(), ConsentPaper{plantConsent(), "consent"}} {
		sourced := x.Headed(func(h *Head) { *h = sourcedHead(*h, source) })
		record := must(t)(printer().Print(context.Background(), sourced))
		pdftest.Sound(t, record.PDF)
		if !bytes.Contains(record.PDF, []byte("/EmbeddedFile")) {
			t.Errorf("%T: the record itself carries none", x)
		}
		for what, change := range map[string]func(*Head){"機関別": func(h *Head) { h.Variant = "機関別" }, "開示用": func(h *Head) { h.Variant, h.Edit = VariantRedacted, func(p Printed) string { return p.Text } },
			"見本": func(h *Head) { h.CopyFor = "見本" }} {
			if out, err := printer().Print(context.Background(), sourced.Headed(change)); !fault.Is(err, fault.Internal) || len(out.PDF) > 0 {
				t.Errorf("%T, %s: printed with the source: %v", x, what, err)
			}
		}
		if veiled, err := (Anonymity{Household: hiddenHouse}).Of(sourced); err == nil {
			if out, err := printer().Print(context.Background(), veiled); err == nil || len(out.PDF) > 0 {
				t.Errorf("%T, 匿名版: printed with the source", x)
			}
		}
		if out, err := printer().Given(context.Background(), sourced, LookPlain); err == nil {
			t.Errorf("%T, 本人交付版: printed with the source (%d bytes)", x, len(out.PDF))
		}
	}
}
