package papers

import (
	"context"
	"strings"
	"time"

	"kasane/internal/jptime"
	"kasane/internal/pdf"
)

// Minutes prints the 会議録, A4 portrait; the copy of the 役割分担表 follows on landscape pages.
func (p *Printer) Minutes(ctx context.Context, m MinutesDoc) (Result, error) {
	return p.print(ctx, m.Head, "会議録", a4Portrait, func(s *sheet) {
		s.block()
		list := []part{
			{"held", func() { s.minutesHead(&m) }}, {"attendance", func() { s.attendance(&m) }}, {"cases", func() { s.cases(&m) }}, {"consents", func() { s.consents(&m) }},
			{"items", func() { s.items(m.Items) }}, {"statements", func() { s.statements(m.Statements) }}, {"decisions", func() { s.decisions(&m) }},
			{"homework", func() { s.homework(m.Homework) }}, {"community", func() { s.h2("地域課題・社会資源"); s.memo(m.Community) }}, {"events", func() { s.events(m.Events) }},
		}
		if m.Variant != VariantAnonymous { // neither when nor by whom
			list = append(list, part{"next", func() { s.next(m.Next) }}, part{"confirmation", func() { s.confirmation(&m) }})
		}
		s.parts(list...)
		s.corrections(m.Corrections)
		if m.Roles != nil { // a meeting without a plan has none, and a copy for somebody who may not see it says nothing of it
			s.roles(m.Roles)
		}
	})
}

func (s *sheet) minutesHead(m *MinutesDoc) {
	s.h2("開催")
	handling := m.Handling
	if handling == "" {
		handling = "取扱注意・部外秘"
	}
	s.form(
		[]pdf.Cell{label("日時"), wide(value("日時", span(m.Start, m.End)))},
		[]pdf.Cell{label("場所"), value("場所", m.Place), label("開催形態"), value("開催形態", m.Form)},
		[]pdf.Cell{label("本人・家族の同席"), wide(value("本人・家族の同席", orNothing(m.Family)))},
		[]pdf.Cell{label("招集者"), person("招集者", m.Convener), label("議長"), person("議長", m.Chair)},
		[]pdf.Cell{label("司会"), person("司会", m.Facilitator), label("記録者"), person("記録者", m.Recorder)},
		[]pdf.Cell{label("根拠条文"), wide(value("根拠条文", m.LegalBasis))},
		[]pdf.Cell{label("文書番号"), value("文書番号", m.DocumentNo), label("版"), value("版", s.version())},
		[]pdf.Cell{label("取扱区分"), value("取扱区分", handling), label("保存年限"), value("保存年限", m.Retention)},
	)
}

// span is the time of a meeting: the date once, both times.
func span(from, to time.Time) string {
	if from.IsZero() {
		return ""
	}
	d := jptime.DateOf(from)
	out := d.Wareki() + "（" + d.Weekday() + "）(" + d.String() + ")　" + jptime.FormatTime(from) + "～"
	if to.IsZero() {
		return out
	}
	if jptime.DateOf(to) != d {
		return out + jptime.FormatDateTime(to)
	}
	return out + jptime.FormatTime(to)
}

func (s *sheet) attendance(m *MinutesDoc) {
	s.h2("出席者")
	t := table([]float64{41, 22, 33, 12, 22, 22, 18}, "機関", "職", "氏名（ふりがな）", "形態", "入退室", "区分", "守秘義務")
	for _, a := range m.Attendees {
		who := pdf.Cell{Paras: namePara("氏名", a.Person)}
		if a.ProxyFor != "" {
			st := smallStyle
			who.Paras = append(who.Paras, pdf.Para{Text: a.ProxyFor + "の代理", Style: &st, Name: true})
		}
		kind := "構成員"
		if !a.Member {
			kind = "構成員外"
			if a.Appointed != "" {
				kind += "\n" + a.Appointed
			}
		}
		secrecy := "未確認"
		if a.Sworn {
			secrecy = "確認"
		}
		if !a.SecrecyAt.IsZero() {
			secrecy = "確認\n" + jptime.FormatTime(a.SecrecyAt)
		}
		t.Rows = append(t.Rows, pdf.Row{NoSplit: true, Cells: []pdf.Cell{
			pdf.Text(a.Agency), pdf.Text(a.Post), who, pdf.Text(a.Mode), pdf.Text(presence(a.In, a.Out)), pdf.Text(kind), pdf.Text(secrecy),
		}})
	}
	s.orNone(t)
	if len(m.Absentees) > 0 {
		s.Skip(2)
		t := table([]float64{41, 22, 33, 44, 30}, "欠席（機関）", "職", "氏名（ふりがな）", "理由", "代理")
		for _, a := range m.Absentees {
			t.Rows = append(t.Rows, pdf.Row{NoSplit: true, Cells: []pdf.Cell{
				pdf.Text(a.Agency), pdf.Text(a.Post), {Paras: namePara("欠席者", a.Person)}, pdf.Text(a.Reason), name("代理", a.Proxy),
			}})
		}
		s.Table(t)
	}
}

// presence is when someone came and left.
func presence(in, out time.Time) string {
	if in.IsZero() && out.IsZero() {
		return ""
	}
	return jptime.FormatTime(in) + "～" + jptime.FormatTime(out)
}

func orNothing(text string) string {
	if strings.TrimSpace(text) == "" {
		return "なし"
	}
	return text
}

func (s *sheet) cases(m *MinutesDoc) {
	t := table([]float64{38, 88, 44}, "ケースID", "対象者（ふりがな）", "種別")
	for _, c := range m.Cases {
		t.Rows = append(t.Rows, pdf.Row{Cells: []pdf.Cell{
			pdf.Text(c.CaseID), {Paras: namePara("対象者", Person{Name: c.Subject, Kana: c.Kana})}, pdf.Text(c.Kind),
		}})
	}
	s.listing("案件", t)
}

func (s *sheet) consents(m *MinutesDoc) {
	s.h2("本人同意の状況")
	if m.NoConsent != nil {
		s.form(
			[]pdf.Cell{label("同意なしの根拠"), wide(value("根拠", m.NoConsent.Basis))},
			[]pdf.Cell{label("理由"), wide(value("理由", m.NoConsent.Reason))},
		)
		s.Skip(2)
	}
	t := table([]float64{32, 20, 28, 58, 32}, "対象者", "状態", "同意書番号", "範囲（提供先・項目）", "同意日・期限")
	for _, c := range m.Consents {
		dates := shortDay(c.On)
		if !c.Until.IsZero() {
			dates = joinNonEmpty("\n", dates, shortDay(c.Until)+"まで")
		}
		t.Rows = append(t.Rows, pdf.Row{Cells: []pdf.Cell{
			name("対象者", c.Person), pdf.Text(c.State), pdf.Text(c.No), pdf.Text(c.Scope), pdf.Text(dates),
		}})
	}
	if len(t.Rows) > 0 || m.NoConsent == nil {
		s.orNone(t)
	}
}

func (s *sheet) items(items []MinutesItem) {
	t := table([]float64{9, 32, 62, 35, 32}, "№", "検討した項目", "検討内容", "結論", "残された課題")
	for _, i := range items {
		cells := []pdf.Cell{repeated(i.No)}
		if i.Withheld {
			cells = append(cells, hidden(4))
		} else {
			title := repeated(i.Title)
			title.RowHead = true
			cells = append(cells, title, pdf.Text(i.Discussion), pdf.Text(i.Conclusion), pdf.Text(i.Remains))
		}
		t.Rows = append(t.Rows, pdf.Row{Cells: cells})
	}
	s.listing("検討した項目", t)
}

func (s *sheet) statements(list []Statement) {
	t := table([]float64{50, s.Inner() - 50}, "機関・発言者", "要旨")
	for _, x := range list {
		who := repeated(x.Agency)
		if x.Speaker != "" {
			who.Paras = append(who.Paras, pdf.Para{Text: x.Speaker, Where: "発言者", Name: true})
		}
		cells := []pdf.Cell{who, pdf.Text(x.Text)}
		if x.Withheld {
			cells = []pdf.Cell{hidden(2)}
		}
		t.Rows = append(t.Rows, pdf.Row{Cells: cells})
	}
	s.listing("各機関の発言要旨", t)
}
