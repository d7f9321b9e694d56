package papers

import (
	"strings"

	"kasane/internal/pdf"
)

// services prints the services applied for, with check boxes.
func (s *sheet) services(m *PlanDoc) {
	s.h2("利用する事業")
	var parts []string
	for _, c := range m.Services {
		box := "☐ "
		if c.Checked {
			box = "☑ "
		}
		parts = append(parts, box+c.Label)
	}
	if len(parts) == 0 {
		s.none()
		return
	}
	st := bodyStyle
	st.Align = pdf.Start
	s.Para(strings.Join(parts, "\n"), st)
}

// extra prints a further block of fields.
func (s *sheet) extra(x Section) {
	t := table([]float64{40, s.Inner() - 40})
	for _, f := range x.Fields {
		c := pdf.Cell{Paras: []pdf.Para{{Text: f.Value, Where: f.Label, Name: f.Name}}}
		if f.Withheld { // the label is the form's own wording and stays
			c = hidden(1)
		}
		t.Rows = append(t.Rows, pdf.Row{Cells: []pdf.Cell{label(f.Label), c}})
	}
	s.listing(x.Title, t)
}

// planConsent is the declaration of the person, signed or to be signed.
func (s *sheet) planConsent(m *PlanDoc) {
	c := m.Consent
	s.Need(62)
	s.h2("本人同意・利用申込")
	st := bodyStyle
	st.After = 2
	s.Para("このプランの内容について説明を受け、その内容に同意し、上記の事業の利用を申し込みます。", st)
	signed, signer := day(c.SignedOn), c.Signer
	if !c.Signed {
		signed, signer = "令和　　年　　月　　日", ""
	}
	blank := pdf.Row{MinHeight: 14}
	t := table(s.formCols())
	t.Continued = ""
	blank.Cells = []pdf.Cell{label("同意・申込日"), value("同意日", signed), label("本人署名"), name("本人署名", signer)}
	blank.NoSplit = true
	t.Rows = append(t.Rows, blank, pdf.Row{NoSplit: true, Cells: []pdf.Cell{
		label("同意書番号"), value("同意書番号", c.No), label("説明者"), person("説明者", c.Explainer),
	}})
	if c.Proxy != "" || !c.Signed {
		t.Rows = append(t.Rows,
			pdf.Row{NoSplit: true, Cells: []pdf.Cell{label("代筆者"), name("代筆者", c.Proxy), label("本人との続柄"), value("続柄", c.Relation)}},
			pdf.Row{NoSplit: true, Cells: []pdf.Cell{label("代筆の理由"), wide(value("代筆の理由", c.Reason))}},
		)
	}
	for _, r := range t.Rows {
		for i := range r.Cells {
			r.Cells[i].Middle = true
		}
	}
	s.Table(t)
}

// planMeeting is how the meeting dealt with the plan and what the municipality decided.
func (s *sheet) planMeeting(m *PlanDoc) {
	s.h2(orDefault(m.MeetingKind, "会議") + "の結果・支援決定")
	x := m.Meeting
	rows := [][]pdf.Cell{
		{label("開催日・回次"), value("開催日", joinNonEmpty("　", day(x.On), s.round())), label("結果"), value("結果", x.Result)},
	}
	if x.Conditions != "" {
		rows = append(rows, []pdf.Cell{label("条件"), wide(value("条件", x.Conditions))})
	}
	rows = append(rows, []pdf.Cell{label("支援決定日"), value("支援決定日", day(x.DecidedOn)), label("決裁者"), person("決裁者", x.DecidedBy)})
	s.form(rows...)
}

func orDefault(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
