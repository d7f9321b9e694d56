package papers

import (
	"context"
	"strings"
	"time"

	"kasane/internal/jptime"
	"kasane/internal/pdf"
)

// PrepQuestions are the four questions of a 準備シート.
func PrepQuestions() []string {
	return []string{"把握している世帯像", "現在の取り組み状況", "どの支援機関に関わってもらいたいか", "他部署へお願いしたいこと"}
}

// PrepDoc is the 準備シート of a meeting: what each agency wrote beforehand, or the empty form.
type PrepDoc struct {
	Head
	Start, End time.Time // 予定
	Place      string
	Blank      bool
	Sheets     []PrepSheet
}

// PrepSheet is the sheet of one agency.
type PrepSheet struct {
	Agency string
	State  string // 未提出, 提出済み, 紙で受領
	At     time.Time
	// Entered says who entered it for the agency (代行入力), and whether the agency has looked at it; "" it wrote itself.
	Entered string
	Parts   []PrepPart
}

// PrepPart is what was written about one person (or the household) of one class of information.
type PrepPart struct {
	About    string   // 世帯, or whom it concerns
	Item     string   // 情報の項目
	Answers  []string // to the four questions
	Withheld bool
}

// Prep prints the 準備シート, A4 portrait.
func (p *Printer) Prep(ctx context.Context, m PrepDoc) (Result, error) {
	return p.print(ctx, m.Head, "準備シート", a4Portrait, func(s *sheet) {
		s.stamp = "印刷　"
		s.block()
		if m.Variant != VariantAnonymous { // which tells neither when and where nor of which case
			s.form(
				[]pdf.Cell{label("開催予定"), wide(value("開催予定", span(m.Start, m.End)))},
				[]pdf.Cell{label("場所"), value("場所", m.Place), label("ケースID"), value("ケースID", m.CaseID)},
			)
		}
		for _, sheet := range m.Sheets {
			s.prepSheet(sheet, m.Blank)
		}
		if m.Blank {
			s.Skip(3)
			s.Para("氏名など個人が分かる内容を書いたときは、取扱いに注意し、会議の事務局へ直接渡してください。", noteStyle)
		}
	})
}

func (s *sheet) prepSheet(sheet PrepSheet, blank bool) {
	s.h2(sheet.Agency)
	if blank {
		s.form([]pdf.Cell{label("記入者（職・氏名）"), value("記入者", ""), label("記入日"), value("記入日", emptyDay)})
		t := table([]float64{44, 126})
		for _, q := range PrepQuestions() {
			t.Rows = append(t.Rows, pdf.Row{NoSplit: true, Cells: []pdf.Cell{label(q), pdf.Text(strings.Repeat("\n", 7))}})
		}
		s.Table(t)
		return
	}
	state := sheet.State
	if !sheet.At.IsZero() {
		state += "（" + jptime.FormatDateTime(sheet.At) + "）"
	}
	s.Para(state, noteStyle)
	if sheet.Entered != "" {
		s.Set(pdf.Para{Text: sheet.Entered, Where: "代行入力", Name: true}, noteStyle)
	}
	for _, part := range sheet.Parts {
		s.Skip(1)
		s.prepPart(part)
	}
}

func (s *sheet) prepPart(part PrepPart) {
	t := table([]float64{44, 126})
	st := headStyle
	st.Align = pdf.Start
	about := pdf.Cell{Paras: []pdf.Para{{Text: part.About + "・" + part.Item, Where: "対象者", Name: true, Style: &st}}, Span: 2, Fill: &headFill}
	t.Rows = append(t.Rows, pdf.Row{Cells: []pdf.Cell{about}})
	if part.Withheld {
		t.Rows = append(t.Rows, pdf.Row{Cells: []pdf.Cell{hidden(2)}})
	}
	for i, a := range part.Answers {
		q := PrepQuestions()[i]
		t.Rows = append(t.Rows, pdf.Row{Cells: []pdf.Cell{label(q), value(q, orNothing(a))}})
	}
	s.Table(t)
}
