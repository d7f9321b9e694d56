package papers

import (
	"bytes"
	"context"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/pdf"
	"kasane/internal/pdf/pdfa"
	"kasane/internal/pdf/pdftest"
)

var update = flag.Bool("update", false, "write the golden files anew")

func printer() *Printer { return New(pdf.New(pdf.Options{})) }

// must unpacks a result.
func must(t testing.TB) func(Result, error) Result {
	return func(r Result, err error) Result {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
}

func draftMinutes() MinutesDoc {
	d := exampleMinutes()
	d.Draft = true
	d.Chair.Name = "髙橋😀"
	d.Absentees[0].Proxy = "\u9FFC山"
	d.Community.Text += "\uE000"
	d.NoConsent = &NoConsent{Basis: "社会福祉法第106条の6第1項", Reason: "長男の同意が得られず、生命・身体の安全に関わるため。"}
	d.Confirmation.ChairAt = time.Time{}
	return d
}

func unsignedPlan() PlanDoc {
	p := examplePlan()
	p.Draft, p.Approval, p.Consent, p.Meeting, p.Roles = true, nil, PlanConsent{No: "同2025-0031", Explainer: houkatsu}, PlanMeeting{}, nil
	return p
}

func bigMatrix() RoleMatrixDoc {
	m := exampleMatrixDoc()
	for i := range 12 {
		m.Matrix.Agencies = append(m.Matrix.Agencies, MatrixAgency{Name: "協力機関" + string(rune('A'+i))})
	}
	for i := range m.Matrix.Rows {
		for len(m.Matrix.Rows[i].Cells) < 19 && !m.Matrix.Rows[i].Withheld {
			m.Matrix.Rows[i].Cells = append(m.Matrix.Rows[i].Cells, MatrixCell{Code: "△", Content: "後方から支援する。"})
		}
	}
	for i := range 14 {
		r := m.Matrix.Rows[i%3]
		r.No = string(rune('a' + i))
		m.Matrix.Rows = append(m.Matrix.Rows, r)
	}
	return m
}

// examples are the documents every check below runs over.
func examples(t testing.TB) map[string]Result {
	p, ctx, r := printer(), context.Background(), must(t)
	return map[string]Result{
		"minutes":       r(p.Minutes(ctx, exampleMinutes())),
		"minutes_draft": r(p.Minutes(ctx, draftMinutes())),
		"plan":          r(p.Plan(ctx, examplePlan())),
		"plan_unsigned": r(p.Plan(ctx, unsignedPlan())),
		"matrix":        r(p.RoleMatrix(ctx, exampleMatrixDoc())),
		"matrix_big":    r(p.RoleMatrix(ctx, bigMatrix())),
		"empty":         r(p.Minutes(ctx, MinutesDoc{Head: Head{At: clock(9, 0)}})),
	}
}

func TestDocumentsReadAsBefore(t *testing.T) {
	t.Parallel()
	for name, r := range examples(t) {
		pdftest.Sound(t, r.PDF)
		got := pdftest.Text(t, r.PDF, "-raw")
		path := filepath.Join("testdata", name+".txt")
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s reads differently; look at it, then run with -update\n%s", name, firstDifference(string(want), got))
		}
	}
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			return "was: " + w[i] + "\nis:  " + g[i]
		}
	}
	return "one is longer"
}

func TestWithheldTextIsNowhereInTheFile(t *testing.T) {
	t.Parallel()
	for name, r := range examples(t) {
		text := pdftest.Ink(pdftest.Text(t, r.PDF, "-raw"))
		if strings.Contains(text, "漏れて") || strings.Contains(text, "ここにあるはず") {
			t.Errorf("%s prints what is withheld", name)
		}
		if name != "empty" && !strings.Contains(text, withheld) {
			t.Errorf("%s does not say that something is withheld", name)
		}
	}
}

func TestNamesComeBackExactly(t *testing.T) {
	t.Parallel()
	r := must(t)(printer().Minutes(context.Background(), exampleMinutes()))
	text := pdftest.Ink(pdftest.Text(t, r.PDF, "-raw"))
	m := exampleMinutes()
	for _, a := range m.Attendees {
		if !strings.Contains(text, pdftest.Ink(a.Name)) {
			t.Errorf("%s (%x) is not read back", a.Name, a.Name)
		}
	}
	if len(r.Problems) != 0 {
		t.Errorf("problems: %+v", r.Problems)
	}
}

func TestEveryPageSaysWhatItIs(t *testing.T) {
	t.Parallel()
	r := must(t)(printer().Minutes(context.Background(), exampleMinutes()))
	pages := strings.Split(strings.TrimSuffix(pdftest.Text(t, r.PDF, "-raw"), "\f"), "\f")
	if len(pages) != r.Pages || r.Pages < 4 {
		t.Fatalf("%d pages, result says %d", len(pages), r.Pages)
	}
	for i, p := range pages {
		for _, want := range []string{
			"取扱注意・部外秘", "重層的支援会議第3回会議録", "福総第2026-0417号", "第2版",
			"確定令和8年11月23日(2026-11-23)17:20", minuteHash[:16],
			string(rune('1'+i)) + "／" + string(rune('0'+r.Pages)) + "頁",
		} {
			if !strings.Contains(pdftest.Ink(p), want) {
				t.Errorf("page %d lacks %s", i+1, want)
			}
		}
	}
}

func TestDraftSaysSoAndListsProblems(t *testing.T) {
	t.Parallel()
	r := must(t)(printer().Minutes(context.Background(), draftMinutes()))
	pages := strings.Split(strings.TrimSuffix(pdftest.Text(t, r.PDF), "\f"), "\f")
	if !strings.Contains(pages[0], "（案）") {
		t.Error("the first page does not say 案")
	}
	last := pdftest.Ink(pages[len(pages)-1])
	for _, want := range []string{"印字できない文字", "U+9FFC", "U+E000", "U+1F600", "出席者／代理", "氏名"} {
		if !strings.Contains(last, want) {
			t.Errorf("the last page lacks %s: %s", want, last)
		}
	}
	names := r.NameProblems()
	if len(names) < 2 || len(names) >= len(r.Problems) {
		t.Errorf("name problems %+v of %+v", names, r.Problems)
	}
	for _, p := range names {
		if p.Code == "U+E000" {
			t.Error("a character of free text counts as a name")
		}
	}
	final := draftMinutes()
	final.Draft = false
	f := must(t)(printer().Minutes(context.Background(), final))
	if text := pdftest.Text(t, f.PDF); strings.Contains(text, "印字できない文字") || len(f.NameProblems()) != len(names) {
		t.Error("a final document must report its problems and not print the list")
	}
}

func TestSameModelSameBytes(t *testing.T) {
	t.Parallel()
	first, again := examples(t), examples(t)
	for name := range first {
		if !bytes.Equal(first[name].PDF, again[name].PDF) || first[name].RendererVersion != again[name].RendererVersion {
			t.Errorf("%s has other bytes the second time", name)
		}
	}
}

func TestPaperOfTheMatrix(t *testing.T) {
	t.Parallel()
	short := func(agencies, rows int) RoleMatrixDoc {
		m := exampleMatrixDoc()
		m.Matrix = RoleMatrix{}
		for range agencies {
			m.Matrix.Agencies = append(m.Matrix.Agencies, MatrixAgency{Name: "機関"})
		}
		for range rows {
			m.Matrix.Rows = append(m.Matrix.Rows, MatrixRow{No: "1", Item: "項目", Cells: []MatrixCell{{Code: "◎"}}})
		}
		return m
	}
	for _, c := range []struct {
		name string
		doc  RoleMatrixDoc
		size string
		text string
	}{
		{"8 by 10", short(8, 10), "841.89 x 595.28", ""},
		{"9 agencies", short(9, 3), "1190.55 x 841.89", ""},
		{"11 rows", short(3, 11), "1190.55 x 841.89", ""},
		{"long cells", exampleMatrixDoc(), "1190.55 x 841.89", ""},
		{"columns split", short(15, 3), "1190.55 x 841.89", "2／2（9列目から15列目まで）"},
		{"no agencies", short(0, 0), "841.89 x 595.28", "なし"},
	} {
		r := must(t)(printer().RoleMatrix(context.Background(), c.doc))
		if info := pdftest.Run(t, "pdfinfo", pdftest.Save(t, r.PDF)); !strings.Contains(info, c.size) {
			t.Errorf("%s: not %s\n%s", c.name, c.size, info)
		}
		if text := pdftest.Ink(pdftest.Text(t, r.PDF)); !strings.Contains(text, c.text) {
			t.Errorf("%s: no %s in %s", c.name, c.text, text)
		}
	}
}

func TestBalanced(t *testing.T) {
	t.Parallel()
	for n := range 60 {
		for room := 1; room < 15; room++ {
			sum := 0
			groups := balanced(n, room)
			for _, g := range groups {
				if sum += g; g > room || g < groups[0]-1 {
					t.Errorf("balanced(%d, %d) = %v", n, room, groups)
				}
			}
			if sum != n {
				t.Errorf("balanced(%d, %d) = %v", n, room, groups)
			}
		}
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	if _, err := printer().Minutes(ctx, MinutesDoc{}); !fault.Is(err, fault.Invalid) {
		t.Errorf("without a time: %v", err)
	}
	long := exampleMinutes()
	long.Community.Text = strings.Repeat("長い。", 20000)
	if _, err := New(pdf.New(pdf.Options{MaxPages: 5})).Minutes(ctx, long); !fault.Is(err, fault.TooLarge) {
		t.Errorf("too long: %v", err)
	}
	broken := func(*sheet) { panic("a bug") }
	if _, err := printer().print(ctx, exampleHead(), "会議録", a4Portrait, broken); !fault.Is(err, fault.Internal) || err == nil {
		t.Errorf("a bug in layout: %v", err)
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := printer().Plan(gone, examplePlan()); !fault.Is(err, fault.Unavailable) {
		t.Errorf("past its deadline: %v", err)
	}
}

func TestFileName(t *testing.T) {
	t.Parallel()
	on := jptime.Date{Year: 2025, Month: 6, Day: 12}
	h := Head{MeetingKind: "重層的支援会議", MeetingNo: 3, CaseID: "K2025-0012", Version: 2}
	for _, c := range []struct {
		edit func(*Head)
		on   jptime.Date
		want string
	}{
		{func(*Head) {}, on, "R070612_重層的支援会議_第03回_K2025-0012_会議録_v2.pdf"},
		{func(h *Head) { h.Draft = true }, on, "R070612_重層的支援会議_第03回_K2025-0012_会議録_案_v2.pdf"},
		{func(h *Head) { h.Copy = true }, on, "R070612_重層的支援会議_第03回_K2025-0012_会議録_写し_v2.pdf"},
		{func(h *Head) { *h = Head{} }, jptime.Date{}, "会議録.pdf"},
		{func(h *Head) { h.CaseID = "../../etc/pass:wd\n\u202E" }, on, "R070612_重層的支援会議_第03回_－..－etc－pass－wd_会議録_v2.pdf"},
		{func(h *Head) { h.CaseID = "" }, on, "R070612_重層的支援会議_第03回_会議録_v2.pdf"},
	} {
		x := h
		c.edit(&x)
		if got := FileName(c.on, x, "会議録"); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
	h.CaseID = strings.Repeat("長", 300)
	if got := FileName(on, h, "会議録"); len(got) > maxNameBytes || !strings.HasSuffix(got, "_v2.pdf") {
		t.Errorf("%d bytes: %s", len(got), got)
	}
}

// A model of garbage in every field gives a document and problems.
func TestGarbageInEveryField(t *testing.T) {
	t.Parallel()
	const seed = 99
	r := rand.New(rand.NewPCG(seed, 5))
	t.Logf("seed %d", seed)
	p, ctx := printer(), context.Background()
	for range 8 {
		var m MinutesDoc
		var plan PlanDoc
		var x RoleMatrixDoc
		var v EvaluationDoc
		var c CourseDoc
		fillGarbage(r, reflect.ValueOf(&m).Elem(), 0)
		fillGarbage(r, reflect.ValueOf(&plan).Elem(), 0)
		fillGarbage(r, reflect.ValueOf(&x).Elem(), 0)
		fillGarbage(r, reflect.ValueOf(&v).Elem(), 0)
		fillGarbage(r, reflect.ValueOf(&c).Elem(), 0)
		m.Source, plan.Source, x.Source, v.Source, c.Source = nil, nil, nil, nil, nil // one that its hash does not name is refused
		for _, res := range []Result{must(t)(p.Minutes(ctx, m)), must(t)(p.Plan(ctx, plan)), must(t)(p.RoleMatrix(ctx, x)), must(t)(p.Evaluation(ctx, v)), must(t)(p.Course(ctx, c))} {
			for _, msg := range pdfa.Lint(res.PDF) {
				t.Errorf("seed %d: %s", seed, msg)
			}
		}
	}
}

func fillGarbage(r *rand.Rand, v reflect.Value, depth int) {
	switch {
	case v.Type() == reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(time.UnixMicro(r.Int64N(4e15))))
	case v.Kind() == reflect.String:
		b := make([]byte, r.IntN(60))
		for i := range b {
			b[i] = byte(r.Uint32())
		}
		s := string(b)
		for range r.IntN(20) {
			s += string(rune(r.IntN(0x30000)))
		}
		v.SetString(s)
	case v.Kind() == reflect.Int:
		v.SetInt(int64(r.IntN(4000) - 100))
	case v.Kind() == reflect.Bool:
		v.SetBool(r.IntN(4) == 0)
	case v.Kind() == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillGarbage(r, v.Elem(), depth+1)
	case v.Kind() == reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), r.IntN(5), 5))
		fallthrough
	case v.Kind() == reflect.Struct:
		if v.Kind() == reflect.Slice {
			for i := range v.Len() {
				fillGarbage(r, v.Index(i), depth+1)
			}
			return
		}
		for i := range v.NumField() {
			fillGarbage(r, v.Field(i), depth+1)
		}
	}
}

func BenchmarkMinutes(b *testing.B) {
	p, m := printer(), exampleMinutes()
	must(b)(p.Minutes(context.Background(), m))
	for b.Loop() {
		must(b)(p.Minutes(context.Background(), m))
	}
}

// The checkpoint of a sealed record stands at its end, where it can be copied from, and among the file's properties, where a program finds it.
func TestCheckpointIsInTheFile(t *testing.T) {
	t.Parallel()
	root, prev := strings.Repeat("0f", 32), strings.Repeat("a1", 32)
	for name, c := range map[string]string{"signed": "1234:" + root + ":1780272000019000:" + prev + ":7599776c3085e3f9:" + strings.Repeat("Ab", 43), "unsigned": "7:" + root} {
		for kind, print := range map[string]func(Head) Result{
			"minutes": func(h Head) Result {
				m := exampleMinutes()
				m.Head = h
				return must(t)(printer().Minutes(context.Background(), m))
			},
			"plan": func(h Head) Result {
				m := examplePlan()
				m.Head = h
				return must(t)(printer().Plan(context.Background(), m))
			},
			"matrix": func(h Head) Result {
				m := exampleMatrixDoc()
				m.Head = h
				return must(t)(printer().RoleMatrix(context.Background(), m))
			},
		} {
			h := exampleHead()
			h.Checkpoint = c
			r := print(h)
			pdftest.Sound(t, r.PDF)
			text := strings.Join(strings.Fields(pdftest.Text(t, r.PDF, "-raw")), "")
			point, _, _ := cutCheckpoint(c)
			if !strings.Contains(text, point) || name == "signed" && !strings.Contains(text, c) {
				t.Errorf("%s %s: not printed: %.300s", name, kind, text[max(0, len(text)-600):])
			}
			if !strings.Contains(string(r.PDF), h.DocumentNo+" "+c+"</pdf:Keywords>") {
				t.Errorf("%s %s: not in the properties", name, kind)
			}
		}
	}
}
