package papers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kasane/internal/jptime"
	"kasane/internal/pdf"
)

// The measures of the matrix, mm. Below minColumn a 9 pt cell holds too few characters to read well.
const (
	numberWidth = 8.0
	itemWidth   = 46.0
	minColumn   = 25.5
	maxColumn   = 62.0
	a4Agencies  = 8
	a4Rows      = 10
)

// RoleMatrix prints the 役割分担表: A4 landscape for up to 8 agencies and 10 rows if it fits one page at 9 pt, else A3
// landscape, and if there are more agencies than that holds, the columns over several tables.
func (p *Printer) RoleMatrix(ctx context.Context, m RoleMatrixDoc) (Result, error) {
	return p.print(ctx, m.Head, "役割分担表", a4Landscape, func(s *sheet) {
		s.Turn(s.matrixPaper(&m.Matrix, 42))
		s.block()
		w := s.Inner()
		t := table([]float64{24, w/3 - 24, 24, w/3 - 24, 24, w/3 - 24})
		t.Rows = []pdf.Row{
			{Cells: []pdf.Cell{label("対象者"), {Paras: namePara("対象者", m.Subject)}, label("プラン"), value("プラン", m.PlanNo), label("開催日"), value("開催日", day(m.MeetingDate))}},
			{Cells: []pdf.Cell{label("ケースID"), value("ケースID", m.CaseID), label("主担当機関"), value("主担当機関", m.LeadAgency), label("文書番号"), value("文書番号", m.DocumentNo)}},
		}
		s.Table(t)
		s.Skip(2)
		s.matrix(&m.Matrix, 2)
	})
}

// matrixPaper chooses the paper; taken is the height other things need on the first page.
func (s *sheet) matrixPaper(m *RoleMatrix, taken float64) pdf.Geometry {
	if len(m.Agencies) > a4Agencies || len(m.Rows) > a4Rows {
		return a3Landscape
	}
	inner := a4Landscape.W - a4Landscape.Left - a4Landscape.Right
	h := s.guessHeight(matrixTable(m, m.Agencies, 0, inner))
	if h > a4Landscape.H-a4Landscape.Top-a4Landscape.Bottom-taken-8 {
		return a3Landscape
	}
	return a4Landscape
}

// matrix sets the legend, the matrix in as many tables as its columns need, and the limits. level is that of its
// headings.
func (s *sheet) matrix(m *RoleMatrix, level int) {
	s.Section("役割分担表")
	s.Para(legend(), pdf.Style{Size: 8.5, Lead: 1.5})
	room := int((s.Inner() - numberWidth - itemWidth) / minColumn)
	groups := balanced(len(m.Agencies), room)
	from := 0
	for i, n := range groups {
		if i > 0 {
			s.NewPage()
		}
		if len(groups) > 1 {
			s.Heading(level, fmt.Sprintf("機関の列　%d／%d（%d列目から%d列目まで）", i+1, len(groups), from+1, from+n), sectionStyle)
		}
		s.Table(matrixTable(m, m.Agencies[from:from+n], from, s.Inner()))
		from += n
	}
	if len(m.Agencies) == 0 {
		s.none()
	}
	s.limits(m.Limits, level)
}

// balanced splits n columns into groups of at most room, as equal as can be.
func balanced(n, room int) []int {
	if n == 0 {
		return nil
	}
	parts := (n + room - 1) / room
	out := make([]int, parts)
	for i := range out {
		out[i] = n / parts
		if i < n%parts {
			out[i]++
		}
	}
	return out
}

// matrixTable makes the table for the agencies from column first on.
func matrixTable(m *RoleMatrix, agencies []MatrixAgency, first int, width float64) *pdf.Table {
	item := itemWidth
	col := min((width-numberWidth-item)/float64(max(len(agencies), 1)), maxColumn)
	if used := numberWidth + item + col*float64(len(agencies)); used < width {
		item = min(width-used+item, 90)
	}
	cols, heads := []float64{numberWidth, item}, []string{"№", "課題／支援項目"}
	for _, a := range agencies {
		cols, heads = append(cols, col), append(heads, columnHead(a))
	}
	t := table(cols, heads...)
	t.Pad = 1
	t.Continued = continued + "　" + legend()
	for _, r := range m.Rows {
		t.Rows = append(t.Rows, matrixRow(r, first, len(agencies)))
	}
	t.Rows = append(t.Rows, loads(m, first, len(agencies)))
	return t
}

// columnHead is the name of an agency with what has to be known of it.
func columnHead(a MatrixAgency) string {
	h := a.Name
	if a.Lead {
		h += "\n【主担当機関】"
	}
	switch {
	case a.AcceptedLater:
		h += "\n（欠席・事後受諾）"
	case a.Absent:
		h += "\n（欠席）"
	}
	return h
}

func matrixRow(r MatrixRow, first, n int) pdf.Row {
	if r.Withheld {
		return pdf.Row{Cells: []pdf.Cell{pdf.Text(r.No), hidden(1 + n)}}
	}
	issue, item := labelStyle, cellStyle
	head := pdf.Cell{RowHead: true, Repeat: true, Fill: &nameFill}
	if r.Issue != "" {
		issue.Size = 8
		head.Paras = append(head.Paras, pdf.Para{Text: "［" + r.Issue + "］", Style: &issue})
	}
	head.Paras = append(head.Paras, pdf.Para{Text: r.Item, Style: &item})
	if r.NoLeadReason != "" {
		st := smallStyle
		head.Paras = append(head.Paras, pdf.Para{Text: "◎を置かない理由：" + r.NoLeadReason, Style: &st})
	}
	row := pdf.Row{NoSplit: true, Cells: []pdf.Cell{repeated(r.No), head}}
	for i := first; i < first+n; i++ {
		var c MatrixCell
		if i < len(r.Cells) {
			c = r.Cells[i]
		}
		row.Cells = append(row.Cells, matrixCell(c))
	}
	return row
}

// matrixCell prints a role: its sign and wording, what, who, how often, until when, and the agency's answer.
func matrixCell(c MatrixCell) pdf.Cell {
	if c.Withheld {
		return hidden(1)
	}
	sign := c.Code
	if sign == "" {
		sign = "－"
	}
	if sign == "－" && c.Content == "" && c.Answer == "" {
		st := pdf.Style{Size: 9, Color: grey, Align: pdf.Center, Lead: 1.42}
		return pdf.Cell{Paras: []pdf.Para{{Text: "－", Style: &st}}, Middle: true}
	}
	bold, small := labelStyle, smallStyle
	small.Size, small.Color = 8, black
	out := pdf.Cell{Paras: []pdf.Para{{Text: joinNonEmpty(" ", sign, codeLabel(sign)), Runs: codeRuns(sign), Style: &bold}}}
	switch sign {
	case "◎":
		out.Fill = &leadFill
	case "？":
		out.Fill = &openFill
	}
	add := func(text string, isName bool) {
		if text != "" {
			out.Paras = append(out.Paras, pdf.Para{Text: text, Style: &small, Name: isName})
		}
	}
	if c.Content != "" {
		st := cellStyle
		out.Paras = append(out.Paras, pdf.Para{Text: c.Content, Style: &st})
	}
	if c.Person != "" {
		add("担当："+c.Person, true)
	}
	add(joinNonEmpty("・", c.Frequency, cellPeriod(c)), false)
	if c.Contact != "" {
		add("連絡："+c.Contact, false)
	}
	if c.Progress != "" {
		add("進捗："+c.Progress, false)
	}
	answerParas(c, add)
	return out
}

// codeTails are the ends of the longer labels that stand in one line: a narrow column breaks before them, and leaves no lone と behind.
var codeTails = []string{"取り組むこと", "後方支援", "のみ"}

// codeRuns are sign and label of a role in their parts; nil for a short one.
func codeRuns(sign string) []pdf.Run {
	label := codeLabel(sign)
	for _, tail := range codeTails {
		if head, ok := strings.CutSuffix(label, tail); ok && head != "" {
			return []pdf.Run{{Text: sign + " " + head}, {Text: tail, Whole: true}}
		}
	}
	return nil
}

// cellPeriod is when a role begins and by when it is done.
func cellPeriod(c MatrixCell) string {
	from, to := shortDay(c.Start), shortDay(c.Due)
	switch {
	case from != "" && to != "":
		return from + "～" + to
	case from != "":
		return from + "から"
	case to != "":
		return to + "まで"
	}
	return ""
}

// answerParas prints what the agency answered, who did and when.
func answerParas(c MatrixCell, add func(string, bool)) {
	if c.Answer == "" {
		return
	}
	add("【"+c.Answer+"】"+c.AnsweredBy, c.AnsweredBy != "")
	add(jptime.FormatShort(c.AnsweredAt), false)
	if c.Condition != "" {
		what := "理由："
		if c.Answer == "条件付き" {
			what = "条件："
		}
		add(what+c.Condition, false)
	}
}

// loads is the row that counts ◎ per agency, so that a burden left to one of them is seen.
func loads(m *RoleMatrix, first, n int) pdf.Row {
	st := pdf.Style{Size: 9, Align: pdf.Center, Lead: 1.42}
	title := "◎（主担当）の数"
	if slices.ContainsFunc(m.Rows, func(r MatrixRow) bool { return r.Withheld }) {
		title += "（同意範囲外の行を除く）"
	}
	row := pdf.Row{NoSplit: true, Cells: []pdf.Cell{pdf.Text(""), label(title)}}
	for i := first; i < first+n; i++ {
		lead := 0
		for _, r := range m.Rows {
			if !r.Withheld && i < len(r.Cells) && !r.Cells[i].Withheld && r.Cells[i].Code == "◎" {
				lead++
			}
		}
		row.Cells = append(row.Cells, pdf.Cell{Paras: []pdf.Para{{Text: fmt.Sprint(lead), Style: &st}}})
	}
	return row
}

// limits lists what agencies cannot do, or only on conditions.
func (s *sheet) limits(list []Limit, level int) {
	s.Heading(level, "できないこと・条件", sectionStyle)
	if len(list) == 0 {
		s.none()
		return
	}
	t := table([]float64{55, s.Inner() - 55}, "機関", "内容")
	for _, l := range list {
		cells := []pdf.Cell{pdf.Text(l.Agency), pdf.Text(l.Text)}
		if l.Withheld {
			cells = []pdf.Cell{hidden(2)}
		}
		t.Rows = append(t.Rows, pdf.Row{Cells: cells})
	}
	s.Table(t)
}
