package papers

import (
	"context"
	"strconv"
	"time"

	"kasane/internal/jptime"
	"kasane/internal/pdf"
)

// SecrecyDoc is the 守秘義務確認書・誓約書 of a meeting: a sheet for everybody who signs on paper, or who has confirmed, when and how.
type SecrecyDoc struct {
	Head
	Start, End time.Time // 予定, or as they were
	Planned    bool
	Place      string
	Basis      string
	Law        bool // 支援会議: the duty is that of 社会福祉法第106条の6第5項
	Blank      bool
	Lines      []SecrecyLine
}

// SecrecyLine is one person.
type SecrecyLine struct {
	Person
	Membership string // 構成員, 構成員外 …
	At         time.Time
	How        string // 画面, 書面
}

// duties are what a person confirms. No threat of a penalty stands there: what the law says of one is for the law to say.
func (m SecrecyDoc) duties() []string {
	out := []string{"会議で知った秘密を、正当な理由なく漏らしません。構成員でなくなった後も、職を退いた後も同じです（社会福祉法第106条の6第5項）。"}
	if !m.Law {
		out = []string{"会議で知った秘密を、正当な理由なく漏らしません。会議に関わらなくなった後も、職を退いた後も同じです。自分の職や業務について法令・契約が定める守秘義務も守ります。"}
	}
	return append(out,
		"会議で知った内容を、この会議の目的のほかに使いません。",
		"会議の資料は、決められた人だけで扱い、許可なく写しません。返すよう求められたときは、すぐに返します。",
		"会議の様子と画面を、撮影・録音・転送しません。")
}

// Secrecy prints the 守秘義務確認書, A4 portrait: to be signed a page for each, otherwise the list.
func (p *Printer) Secrecy(ctx context.Context, m SecrecyDoc) (Result, error) {
	return p.print(ctx, m.Head, "守秘義務確認書", a4Portrait, func(s *sheet) {
		s.stamp = "作成　"
		if !m.Blank {
			s.sworn(&m)
			return
		}
		for i, l := range m.Lines {
			if i > 0 {
				s.NewPage()
			}
			s.pledge(&m, l)
		}
	})
}

func (m *SecrecyDoc) when() string {
	when := span(m.Start, m.End)
	if m.Planned && when != "" {
		when += "（予定）"
	}
	return when
}

// pledge is the sheet one person signs.
func (s *sheet) pledge(m *SecrecyDoc, l SecrecyLine) {
	if m.FormName != "" {
		s.Para(m.FormName, edgeStyle)
	}
	s.Para(emptyDay, letterRight)
	s.Skip(4)
	s.Para(m.Municipality+"　御中", letterStyle)
	s.Skip(8)
	s.Heading(1, "守秘義務確認書（誓約書）", titleStyle)
	s.Skip(5)
	s.Para("　次の会議に加わるに当たり、下に書かれたことを確認し、守ることを誓約します。", letterStyle)
	s.Skip(2)
	s.form(
		[]pdf.Cell{label("会議"), wide(value("会議", joinNonEmpty("　", m.MeetingKind, s.round())))},
		[]pdf.Cell{label("日時"), wide(value("日時", m.when()))},
		[]pdf.Cell{label("場所"), value("場所", m.Place), label("ケースID"), value("ケースID", m.CaseID)},
		[]pdf.Cell{label("根拠"), wide(value("根拠", m.Basis))},
	)
	s.Skip(6)
	t := table([]float64{10, s.Inner() - 10})
	for i, d := range m.duties() {
		t.Rows = append(t.Rows, pdf.Row{NoSplit: true, Cells: []pdf.Cell{{Paras: []pdf.Para{{Text: strconv.Itoa(i + 1)}}, RowHead: true, Fill: &nameFill}, pdf.Text(d)}})
	}
	t.Body = pdf.Style{Size: 10.5, Lead: 1.6}
	s.Table(t)
	s.Skip(10)
	s.Need(48)
	t = table([]float64{44, s.Inner() - 44})
	for _, f := range []struct {
		name, text string
		room       float64
	}{{"機関", l.Agency, 11}, {"職", l.Post, 11}, {"ふりがな", l.Kana, 9}, {"氏名", l.Name, 13}, {"署名", "", 18}} {
		c := value(f.name, f.text)
		if f.name == "氏名" {
			c = name(f.name, f.text)
		}
		c.Middle = true
		head := label(f.name)
		head.Middle = true
		t.Rows = append(t.Rows, pdf.Row{NoSplit: true, MinHeight: f.room, Cells: []pdf.Cell{head, c}})
	}
	s.Table(t)
	s.Skip(3)
	s.Para("※　署名した紙は、その場で事務局へ渡してください。事務局は、会議の記録に確認の時刻を書き、この紙を会議録とともに保管します。", noteStyle)
}

// sworn lists who has confirmed.
func (s *sheet) sworn(m *SecrecyDoc) {
	s.block()
	s.form(
		[]pdf.Cell{label("名称"), value("名称", joinNonEmpty("　", m.MeetingKind, s.round())), label("ケースID"), value("ケースID", m.CaseID)},
		[]pdf.Cell{label("日時"), wide(value("日時", m.when()))},
		[]pdf.Cell{label("場所"), wide(value("場所", m.Place))},
		[]pdf.Cell{label("根拠"), wide(value("根拠", m.Basis))},
	)
	s.h2("確認した内容")
	for i, d := range m.duties() {
		s.Para(strconv.Itoa(i+1)+"　"+d, bodyStyle)
	}
	s.h2("確認した人")
	t := table([]float64{9, 46, 26, 37, 22, 30}, "№", "機関", "職", "氏名（ふりがな）", "区分", "確認")
	done := 0
	for i, l := range m.Lines {
		said := "未確認"
		if !l.At.IsZero() {
			done++
			said = joinNonEmpty("\n", jptime.FormatShort(l.At), l.How)
		}
		t.Rows = append(t.Rows, pdf.Row{NoSplit: true, Cells: []pdf.Cell{pdf.Text(strconv.Itoa(i + 1)), pdf.Text(l.Agency), pdf.Text(l.Post), {Paras: namePara("氏名", l.Person)}, pdf.Text(l.Membership), pdf.Text(said)}})
	}
	s.Para("確認 "+strconv.Itoa(done)+"人　未確認 "+strconv.Itoa(len(m.Lines)-done)+"人", attendanceNote)
	s.orNone(t)
}
