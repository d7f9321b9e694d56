package jpl

import (
	"context"
	"strings"
	"testing"
)

func rubyDoc(t *testing.T) *Doc {
	t.Helper()
	return NewDoc(context.Background(), testFaces(t), Geometry{W: 210, H: 297, Left: 20, Right: 20, Top: 20, Bottom: 20}, 10)
}

func texts(c []Cluster) string {
	var b strings.Builder
	for _, x := range c {
		b.WriteString(x.Text)
	}
	return b.String()
}

// TestRubyLosesNothing: the text stays whole and in order, no line begins inside a group, and every reading is drawn above its group.
func TestRubyLosesNothing(t *testing.T) {
	t.Parallel()
	d := rubyDoc(t)
	runs := []Run{{Text: "私", Reading: "わたし"}, {Text: "は、"}, {Text: "情報", Reading: "じょうほう"}, {Text: "の"}, {Text: "提供", Reading: "ていきょう"}, {Text: "に"},
		{Text: "同意", Reading: "どうい"}, {Text: "します。"}, {Text: "邉\U000E0100", Reading: "べ"}}
	want := ""
	for _, r := range runs {
		want += r.Text
	}
	st := Style{Size: 12, Lead: 2.1}
	for width := 9.0; width < 120; width += 3.7 {
		got := ""
		for _, l := range d.Lines(Para{Runs: runs}, st, width) {
			if len(l.Clusters) > 0 && l.Clusters[0].Tied && width > 20 {
				t.Errorf("at %.1f mm a line begins inside a group: %s", width, texts(l.Clusters))
			}
			got += texts(l.Clusters)
		}
		if got != want {
			t.Errorf("at %.1f mm: %q", width, got)
		}
	}
	d.Set(Para{Runs: runs}, st)
	base, readings := 0, ""
	for _, op := range d.Pages[0].Ops {
		if op.Size == 12 {
			base++
			continue
		}
		if op.Size != 6 || op.Tag != 0 || op.Y >= d.Pages[0].Ops[0].Y {
			t.Errorf("reading %q: size %v tag %d y %v", texts(op.Clusters), op.Size, op.Tag, op.Y)
		}
		readings += texts(op.Clusters)
	}
	if base != 1 || readings != "わたしじょうほうていきょうどういべ" {
		t.Errorf("%d lines, readings %q", base, readings)
	}
}

// TestRubyPushesApart: a reading wider than its kanji makes room for itself and stands inside it; a narrow one changes nothing.
func TestRubyPushesApart(t *testing.T) {
	t.Parallel()
	d := rubyDoc(t)
	wide := d.Faces.ShapeRuns(Place{}, []Run{{Text: "私", Reading: "わたくし"}, {Text: "目的", Reading: "もくてき"}, {Text: "情報", Reading: "じょうほう"}}, false)
	if len(wide) != 5 || wide[0].W != 2000 || wide[0].Lead != 500 || wide[1].W != 1000 || wide[2].Lead != 0 || wide[3].W != 1250 || wide[4].Lead != 125 {
		t.Errorf("%+v", wide)
	}
	st := Style{Size: 10, Lead: 2}
	d.Set(Para{Runs: []Run{{Text: "私", Reading: "わたくし"}}}, st)
	em := st.em()
	op := d.Pages[0].Ops[1]
	if right := op.X + float64(len(op.Clusters))*em*rubySize; op.X < 20-1e-9 || right > 20+2*em+1e-6 {
		t.Errorf("the reading stands from %.3f to %.3f, its room from 20 to %.3f", op.X, right, 20+2*em)
	}
}

// TestWholeRunsStayTogether: a box with its label goes to the next line as one piece.
func TestWholeRunsStayTogether(t *testing.T) {
	t.Parallel()
	d := rubyDoc(t)
	runs := []Run{{Text: "☐家族"}, {Text: "　☐"}, {Text: "就労", Reading: "しゅうろう", Whole: true, Tied: true}, {Text: "・学歴", Whole: true, Tied: true}}
	for width := 25.0; width < 60; width += 1.3 {
		for _, l := range d.Lines(Para{Runs: runs}, Style{Size: 10}, width) {
			got := strings.Trim(texts(l.Clusters), "　")
			if got != "☐家族" && got != "☐就労・学歴" && got != "☐家族　☐就労・学歴" && got != "" {
				t.Errorf("at %.1f mm a line is %q", width, got)
			}
		}
	}
}
