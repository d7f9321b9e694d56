package papers

import (
	"context"
	"strconv"
	"strings"
	"time"

	"kasane/internal/jptime"
	"kasane/internal/pdf"
)

// AttendanceDoc is the 出席簿 of a meeting: the sheet that is signed at the door, or who was there.
type AttendanceDoc struct {
	Head
	Start, End time.Time // 予定, or as they were
	Planned    bool      // they are 予定
	Place      string
	Form       string
	Basis      string
	Chair      Person
	Secrecy    bool // 支援会議: the duty of secrecy is the law's
	Blank      bool // to be signed: no times, a place to sign, lines for who comes unannounced
	Lines      []AttendanceLine
}

// AttendanceLine is one person, or a seat whose person is not known yet.
type AttendanceLine struct {
	Person
	State     string // 出席（会場）, 代理出席, 書面, 欠席, …; of a sheet to be signed what is known beforehand
	Stays     []Stay // 入退室
	ProxyFor  string // 代理: for whom
	Member    bool   // 構成員
	Appointed string // 構成員外: 指定日, in words
	Family    bool   // 本人・家族: neither 構成員 nor not
	Observer  bool
	SecrecyAt time.Time
}

// Stay is one 入室 with its 退室; End is zero while it lasts.
type Stay struct{ Start, End time.Time }

// spareLines are left on a sheet to be signed for who comes unannounced, where the page has room for them.
const spareLines = 4

// The height of a line to be signed, mm, and of one on a page that is full.
const (
	signLine  = 11.0
	tightLine = 9.5
)

// Attendance prints the 出席簿, A4 landscape: names and a signature need the width.
func (p *Printer) Attendance(ctx context.Context, m AttendanceDoc) (Result, error) {
	return p.print(ctx, m.Head, "出席簿", a4Landscape, func(s *sheet) {
		s.stamp = "作成　"
		s.block()
		when := span(m.Start, m.End)
		if m.Planned && when != "" {
			when += "（予定）"
		}
		s.form(
			[]pdf.Cell{label("名称"), value("名称", joinNonEmpty("　", m.MeetingKind, s.round())), label("ケースID"), value("ケースID", m.CaseID)},
			[]pdf.Cell{label("日時"), wide(value("日時", when))},
			[]pdf.Cell{label("場所"), value("場所", m.Place+bracket(m.Form)), label("議長"), name("議長", joinNonEmpty("　", m.Chair.Agency, m.Chair.Post, m.Chair.Name))},
			[]pdf.Cell{label("根拠"), wide(value("根拠", m.Basis))},
		)
		s.Skip(3)
		if m.Blank {
			s.Para(pledged(m.Secrecy), attendanceNote)
			s.Table(s.sheetToSign(m.Lines))
			s.Skip(2)
			s.Para("※「出席形態」は、当てはまるものに○を付けてください。代理の方は、誰の代理かを余白に書いてください。", noteStyle)
			return
		}
		s.Para(headcount(m.Lines), attendanceNote)
		s.Table(attended(m.Lines))
	})
}

var attendanceNote = pdf.Style{Size: 9.5, Lead: 1.5, After: 1.5, Left: 1}

// pledged is what a signature stands for.
func pledged(secrecy bool) string {
	if secrecy {
		return "署名は、出席と守秘義務の確認を兼ねます。この会議で知った秘密は、正当な理由なく漏らしてはなりません。構成員でなくなった後も同じです（社会福祉法第106条の6第5項）。"
	}
	return "署名は、出席と、この会議で知った秘密を漏らさないことの確認を兼ねます。会議と資料は非公開です。"
}

// headcount says how many came.
func headcount(lines []AttendanceLine) string {
	var came, proxies, written, absent int
	for _, l := range lines {
		switch {
		case l.State == "欠席":
			absent++
		case l.State == "書面":
			written++
		case len(l.Stays) > 0:
			came++
			if l.ProxyFor != "" {
				proxies++
			}
		}
	}
	out := "出席 " + strconv.Itoa(came) + "人"
	if proxies > 0 {
		out += "（うち代理 " + strconv.Itoa(proxies) + "人）"
	}
	return out + "　書面 " + strconv.Itoa(written) + "人　欠席 " + strconv.Itoa(absent) + "人"
}

// sheetToSign is the table to be signed. Spare lines never make a page of their own: a full page has lines that are less high, then fewer spare ones.
func (s *sheet) sheetToSign(lines []AttendanceLine) *pdf.Table {
	least := s.pagesToSign(lines, tightLine, 0)
	for _, try := range []struct {
		line  float64
		spare int
	}{{signLine, spareLines}, {signLine, spareLines - 1}, {tightLine, spareLines}, {tightLine, spareLines - 1}, {tightLine, spareLines - 2}, {tightLine, 1}} {
		if s.pagesToSign(lines, try.line, try.spare) <= least {
			return toSign(lines, try.line, try.spare)
		}
	}
	return toSign(lines, tightLine, 0)
}

// pagesToSign is how many pages such a table takes from here on, with the note below it.
func (s *sheet) pagesToSign(lines []AttendanceLine, height float64, spare int) int {
	return s.pagesOf(9, len(lines), spare, func(from, to, spare int) *pdf.Table { return toSign(lines[from:to], height, spare) })
}

// pagesOf is how many pages a table of lines and spare ones takes from here on, with a note of some height below it. part makes the table of some of the lines.
func (s *sheet) pagesOf(note float64, lines, spare int, part func(from, to, spare int) *pdf.Table) int {
	const again = 6 // （前ページからの続き）
	g := s.Geometry()
	head := s.guessHeight(part(0, 0, 0))
	rows := make([]float64, 0, lines+spare)
	for i := range lines {
		rows = append(rows, s.guessHeight(part(i, i+1, 0))-head)
	}
	for range spare {
		rows = append(rows, s.guessHeight(part(0, 0, 1))-head)
	}
	pages, room := 1, g.H-g.Bottom-s.Y()-head
	for i, h := range rows {
		need := h
		if i == len(rows)-1 {
			need += note
		}
		if need > room {
			pages, room = pages+1, g.H-g.Top-g.Bottom-head-again
		}
		room -= h
	}
	return pages
}

func toSign(lines []AttendanceLine, height float64, spare int) *pdf.Table {
	t := table([]float64{9, 52, 28, 44, 27, 24, 16, 16, 47}, "№", "機関", "職", "氏名（ふりがな）", "区分", "出席形態", "入室", "退室", "署名")
	row := func(no string, l AttendanceLine, who pdf.Cell, form string) {
		cells := []pdf.Cell{pdf.Text(no), pdf.Text(l.Agency), pdf.Text(l.Post), who, pdf.Text(l.Membership()), pdf.Text(form), pdf.Text(""), pdf.Text(""), pdf.Text("")}
		for i := range cells {
			cells[i].Middle = true
		}
		t.Rows = append(t.Rows, pdf.Row{NoSplit: true, MinHeight: height, Cells: cells})
	}
	for i, l := range lines {
		form := "会場・遠隔"
		if l.State != "" {
			form = l.State
		}
		row(strconv.Itoa(i+1), l, l.who(), form)
	}
	for range spare {
		row("", AttendanceLine{Family: true}, pdf.Text(""), "会場・遠隔")
	}
	return t
}

func attended(lines []AttendanceLine) *pdf.Table {
	t := table([]float64{9, 60, 34, 52, 32, 28, 24, 24}, "№", "機関", "職", "氏名（ふりがな）", "区分", "出欠", "入退室", "守秘義務")
	for i, l := range lines {
		var stays []string
		for _, s := range l.Stays {
			stays = append(stays, presence(s.Start, s.End))
		}
		secrecy := ""
		switch {
		case !l.SecrecyAt.IsZero():
			secrecy = "確認　" + jptime.FormatTime(l.SecrecyAt)
		case len(l.Stays) > 0:
			secrecy = "未確認"
		}
		t.Rows = append(t.Rows, pdf.Row{NoSplit: true, Cells: []pdf.Cell{pdf.Text(strconv.Itoa(i + 1)), pdf.Text(l.Agency), pdf.Text(l.Post), l.who(), pdf.Text(l.Membership()), pdf.Text(l.State),
			pdf.Text(strings.Join(stays, "\n")), pdf.Text(secrecy)}})
	}
	return t
}

// who is the name with whom it stands for.
func (l AttendanceLine) who() pdf.Cell {
	c := pdf.Cell{Paras: namePara("氏名", l.Person)}
	if l.ProxyFor != "" {
		st := smallStyle
		c.Paras = append(c.Paras, pdf.Para{Text: l.ProxyFor + "の代理", Style: &st, Where: "代理", Name: true})
	}
	return c
}

// Membership is 構成員 or not.
func (l AttendanceLine) Membership() string {
	switch {
	case l.Family:
		return ""
	case l.Observer:
		return "傍聴"
	case l.Member:
		return "構成員"
	}
	return joinNonEmpty("\n", "構成員外", l.Appointed)
}
