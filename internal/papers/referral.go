package papers

import (
	"context"
	"time"

	"kasane/internal/jptime"
	"kasane/internal/pdf"
)

// ReferralDoc is the つなぎシート: what one agency hands over to another, as far as the receiver may see it.
type ReferralDoc struct {
	Head
	From   string
	By     Person
	To     string
	Sent   time.Time
	Wish   jptime.Date // 希望日
	Reason string
	State  string
	Parts  []ReferralPart
}

// ReferralPart is one thing that is handed over.
type ReferralPart struct {
	Title    string
	Fields   []Field
	Withheld bool
}

// Referral prints the つなぎシート, A4 portrait.
func (p *Printer) Referral(ctx context.Context, m ReferralDoc) (Result, error) {
	return p.print(ctx, m.Head, "つなぎシート", a4Portrait, func(s *sheet) {
		s.stamp = "印刷　"
		s.block()
		wish := "指定なし"
		if !m.Wish.IsZero() {
			wish = m.Wish.Both()
		}
		s.form(
			[]pdf.Cell{label("つなぎ元"), value("つなぎ元", m.From), label("担当者"), name("担当者", joinNonEmpty("　", m.By.Post, m.By.Name))},
			[]pdf.Cell{label("つなぎ先"), wide(value("つなぎ先", m.To))},
			[]pdf.Cell{label("送った日時"), value("送った日時", jptime.FormatDateTime(m.Sent)), label("希望日"), value("希望日", wish)},
			[]pdf.Cell{label("ケースID"), value("ケースID", m.CaseID), label("状態"), value("状態", m.State)},
		)
		s.h2("つなぐ理由")
		s.Set(pdf.Para{Text: orNothing(m.Reason), Where: "つなぐ理由"}, letterStyle)
		s.h2("渡す内容")
		if len(m.Parts) == 0 {
			s.Para("渡す内容はありません。受領のあと、本人同意の範囲で共有します。", noteStyle)
		}
		for _, part := range m.Parts {
			s.referralPart(part)
		}
		s.h2("返事")
		s.form(
			[]pdf.Cell{label("返事"), wide(value("返事", "□ 受領　　□ 辞退　　□ 確認中（　　　年　　月　　日まで）"))},
			[]pdf.Cell{label("理由"), wide(value("理由", "\n\n"))},
			[]pdf.Cell{label("担当者"), value("担当者", ""), label("日付"), value("日付", emptyDay)},
		)
		s.Skip(2)
		s.Para("返事は Kasane の「つなぎ」の画面からできます。紙で返すときは、つなぎ元へ直接渡してください。受領するまで、つなぎ先はこのケースの関わる機関ではありません。", noteStyle)
	})
}

func (s *sheet) referralPart(part ReferralPart) {
	t := table([]float64{44, 126})
	st := headStyle
	st.Align = pdf.Start
	t.Rows = append(t.Rows, pdf.Row{Cells: []pdf.Cell{{Paras: []pdf.Para{{Text: part.Title, Style: &st}}, Span: 2, Fill: &headFill}}})
	if part.Withheld {
		t.Rows = append(t.Rows, pdf.Row{Cells: []pdf.Cell{hidden(2)}})
	}
	for _, f := range part.Fields {
		c := value(f.Label, f.Value)
		if f.Name {
			c = name(f.Label, f.Value)
		}
		t.Rows = append(t.Rows, pdf.Row{Cells: []pdf.Cell{label(f.Label), c}})
	}
	s.Table(t)
	s.Skip(1)
}
