package papers

import (
	"fmt"
	"strings"

	"kasane/internal/jptime"
	"kasane/internal/pdf"
)

func (s *sheet) decisions(m *MinutesDoc) {
	s.h2("決定事項")
	if m.Result != "" {
		st := bodyStyle
		st.Bold, st.After = true, 1.5
		s.Para("会議の結果　"+m.Result, st)
	}
	t := table([]float64{11, 121, 38}, "番号", "内容", "採決方法")
	for _, d := range m.Decisions {
		cells := []pdf.Cell{repeated(d.No), pdf.Text(d.Text), pdf.Text(d.Method)}
		if d.Withheld {
			cells = []pdf.Cell{repeated(d.No), hidden(2)}
		}
		t.Rows = append(t.Rows, pdf.Row{Cells: cells})
	}
	s.orNone(t)
	s.answers(m.Answers)
	s.leads(m.Leads)
}

// leads lists who was asked to become 主担当; a meeting in which nobody was has no such block.
func (s *sheet) leads(list []LeadLine) {
	if len(list) == 0 {
		return
	}
	t := table([]float64{30, 41, 23, 43, 33}, "主担当の種別", "頼んだ機関", "回答", "理由・条件・申し送り", "回答者・日時")
	for _, l := range list {
		small := smallStyle
		reason := pdf.Text(l.Reason)
		if l.Note != "" {
			reason.Paras = append(reason.Paras, pdf.Para{Text: "申し送り　" + l.Note, Style: &small})
		}
		state := pdf.Text(l.State)
		if !l.Due.IsZero() {
			state.Paras = append(state.Paras, pdf.Para{Text: "期限 " + shortDay(l.Due), Style: &small})
		}
		who := name("回答者", l.By)
		if !l.At.IsZero() {
			who.Paras = append(who.Paras, pdf.Para{Text: jptime.FormatShort(l.At), Style: &small})
		}
		t.Rows = append(t.Rows, pdf.Row{NoSplit: true, Cells: []pdf.Cell{pdf.Text(l.Kind), pdf.Text(l.Agency), state, reason, who}})
	}
	s.listing("主担当の申し出と回答", t)
}

// answers lists what each agency answered, and to which content.
func (s *sheet) answers(list []Answer) {
	t := table([]float64{41, 28, 23, 40, 38}, "機関", "回答者", "回答", "理由・条件", "日時・対象とした内容")
	for _, a := range list {
		small := smallStyle
		what := joinNonEmpty(" ", a.PlanVersion, short(a.PlanHash))
		t.Rows = append(t.Rows, pdf.Row{NoSplit: true, Cells: []pdf.Cell{
			pdf.Text(a.Agency), name("回答者", a.Name), pdf.Text(a.Answer), pdf.Text(a.Reason),
			{Paras: []pdf.Para{{Text: jptime.FormatShort(a.At)}, {Text: what, Style: &small}}},
		}})
	}
	s.listing("各機関の回答", t)
}

func (s *sheet) homework(list []Homework) {
	t := table([]float64{11, 41, 28, 66, 24}, "№", "担当機関", "担当者", "内容", "期限")
	for _, h := range list {
		cells := []pdf.Cell{pdf.Text(h.No), pdf.Text(h.Agency), name("担当者", h.Person), pdf.Text(h.Text), due(h.Due)}
		if h.Withheld {
			cells = []pdf.Cell{pdf.Text(h.No), hidden(4)}
		}
		t.Rows = append(t.Rows, pdf.Row{Cells: cells})
	}
	s.listing("宿題", t)
}

func (s *sheet) events(list []Event) {
	t := table([]float64{30, 45, 95}, "日時", "だれが", "内容")
	for _, e := range list {
		cells := []pdf.Cell{pdf.Text(jptime.FormatShort(e.At)), name("だれが", e.Who), pdf.Text(e.Text)}
		if e.Withheld {
			cells = []pdf.Cell{cells[0], hidden(2)}
		}
		t.Rows = append(t.Rows, pdf.Row{Cells: cells})
	}
	s.listing("会議中の出来事", t)
}

func (s *sheet) next(n *NextMeeting) {
	s.h2("次回")
	if n == nil {
		s.none()
		return
	}
	at := value("予定日時", jptime.FormatDateTime(n.At))
	rows := [][]pdf.Cell{{label("予定日時"), at, label("場所"), value("場所", n.Place)}}
	if n.Place == "" { // not fixed yet, or nothing for the reader of a copy: no empty line
		rows[0] = []pdf.Cell{label("予定日時"), wide(at)}
	}
	if n.Agenda != "" {
		rows = append(rows, []pdf.Cell{label("議題"), wide(value("議題", n.Agenda))})
	}
	s.form(rows...)
}

// confirmation is the 確認 block: who wrote it, what the agencies say of it, the chair's stamp, version and hash.
func (s *sheet) confirmation(m *MinutesDoc) {
	s.Need(60)
	s.h2("会議録の確認")
	c := m.Confirmation
	rows := [][]pdf.Cell{
		{label("作成者"), person("作成者", c.Author), label("作成日時"), value("作成日時", jptime.FormatDateTime(c.WrittenAt))},
		{label("議長確認"), value("議長確認", orUnconfirmed(jptime.FormatDateTime(c.ChairAt))), label("版"), value("版", s.version())},
	}
	if m.ContentHash != "" { // copies have none
		rows = append(rows, []pdf.Cell{label("内容のハッシュ"), wide(value("内容のハッシュ（SHA-256）", m.ContentHash))})
	}
	s.form(rows...)
	s.Skip(2)
	if len(c.Agencies) > 0 {
		t := table([]float64{45, 33, 27, 33, 32}, "機関", "氏名", "確認", "日時", "意見")
		for _, a := range c.Agencies {
			t.Rows = append(t.Rows, pdf.Row{NoSplit: true, Cells: []pdf.Cell{
				pdf.Text(a.Agency), name("氏名", a.Name), pdf.Text(a.State), pdf.Text(jptime.FormatShort(a.At)), pdf.Text(a.Opinion),
			}})
		}
		s.Table(t)
	}
	if !c.ChairAt.IsZero() {
		s.chairSeal(m)
	}
}

func orUnconfirmed(text string) string {
	if text == "" {
		return "未確認"
	}
	return text
}

// chairSeal draws the chair's date stamp at the right margin.
func (s *sheet) chairSeal(m *MinutesDoc) {
	const height = 21.0
	s.Need(height)
	g := s.Geometry()
	y := s.Y() + height/2
	st := cellStyle
	st.Align = pdf.End
	s.Put(s.Page(), pdf.Para{Text: "上記のとおり確認した。　議長　" + m.Chair.Name, Where: "議長", Name: true}, st, g.Left, y-2, s.Inner()-22)
	s.DateSeal(s.Page(), g.W-g.Right-9.5, y, "議長確認", jptime.DateOf(m.Confirmation.ChairAt).Short(), m.Chair.Name)
	s.Skip(height)
}

func (s *sheet) corrections(list []Correction) {
	if len(list) == 0 {
		return
	}
	s.h2("訂正履歴")
	t := table([]float64{12, 26, 42, 50, 40}, "版", "日時", "訂正者", "訂正の理由", "訂正の箇所")
	for _, c := range list {
		t.Rows = append(t.Rows, pdf.Row{Cells: []pdf.Cell{
			pdf.Text(fmt.Sprint(c.Version)), pdf.Text(jptime.FormatShort(c.At)), person("訂正者", c.By), pdf.Text(c.Reason), pdf.Text(strings.Join(c.Places, "、")),
		}})
	}
	s.Table(t)
}

// roles sets the copy of the matrix on landscape pages of its own.
func (s *sheet) roles(m *RoleMatrix) {
	if m == nil {
		s.h2("役割分担")
		s.none()
		return
	}
	s.Turn(s.matrixPaper(m, 16))
	s.h2("役割分担")
	s.matrix(m, 3)
}
