package papers

import (
	"context"
	"strconv"
	"time"

	"kasane/internal/jptime"
	"kasane/internal/pdf"
)

// NoticeDoc is the 開催通知: one letter per agency, each on a page of its own. What it says of the case is what its agency may see.
type NoticeDoc struct {
	Head
	Number  string      // 文書番号 as the office gives it; "" leaves room to write it
	Issued  jptime.Date // 発出日
	From    string      // 発信者: 職
	Sender  string      // 発信者: 氏名, "" prints none
	Basis   string      // 根拠
	Secrecy bool        // 支援会議: the duty of secrecy is told
	Start   time.Time   // 予定
	End     time.Time
	Place   string
	Form    string
	Link    string      // address of the meeting room
	Reply   jptime.Date // 出欠の回答期限
	Contact string      // 担当: 課・氏名・電話
	Letters []NoticeLetter
	Invited []string `json:",omitempty"` // 本人あての案内: the agencies that are asked to come
}

// NoticeLetter is the letter to one agency.
type NoticeLetter struct {
	Agency string
	Agenda []string // what may be told to it
	More   bool     // there is more, which is told in the meeting
}

// Notice prints the 開催通知, A4 portrait.
func (p *Printer) Notice(ctx context.Context, m NoticeDoc) (Result, error) {
	return p.print(ctx, m.Head, "開催通知", a4Portrait, func(s *sheet) {
		s.stamp = "作成　"
		for i, l := range m.Letters {
			if i > 0 {
				s.NewPage()
			}
			s.letter(&m, l)
		}
	})
}

var (
	letterStyle = pdf.Style{Size: 10.5, Lead: 1.7, Align: pdf.Justify}
	letterRight = pdf.Style{Size: 10.5, Lead: 1.7, Align: pdf.End}
	letterMid   = pdf.Style{Size: 10.5, Lead: 1.7, Align: pdf.Center, Before: 2, After: 2}
)

func (s *sheet) letter(m *NoticeDoc, l NoticeLetter) {
	if m.FormName != "" {
		s.Para(m.FormName, edgeStyle)
	}
	number := m.Number
	if number == "" {
		number = "第　　　　　号"
	}
	s.Set(pdf.Para{Text: number, Where: "文書番号"}, letterRight)
	issued := emptyDay
	if !m.Issued.IsZero() {
		issued = m.Issued.Wareki()
	}
	s.Para(issued, letterRight)
	s.Skip(4)
	s.Set(pdf.Para{Text: l.Agency + "　御中", Where: "宛先"}, letterStyle)
	s.Skip(4)
	s.Set(pdf.Para{Text: joinNonEmpty("　", m.From, m.Sender), Where: "発信者", Name: m.Sender != ""}, letterRight)
	s.Skip(8)
	st := titleStyle
	st.Size = 14
	s.Heading(1, joinNonEmpty("　", m.MeetingKind, s.round())+"の開催について（通知）", st)
	s.Skip(4)
	s.Para("　日頃から、包括的な支援体制の整備に御協力いただき、ありがとうございます。", letterStyle)
	s.Para("　このことについて、次のとおり開催しますので、御出席くださるようお願いします。", letterStyle)
	s.Para("記", letterMid)
	s.points(m, l)
	s.Para("以上", letterRight)
	if m.Contact != "" {
		s.Skip(6)
		s.form([]pdf.Cell{label("担当"), wide(value("担当", m.Contact))})
	}
}

// points are the numbered lines under 記, as a table without colours.
func (s *sheet) points(m *NoticeDoc, l NoticeLetter) {
	t := table([]float64{36, 134})
	n := 0
	row := func(name, text string) {
		if text == "" {
			return
		}
		n++
		t.Rows = append(t.Rows, pdf.Row{NoSplit: true, Cells: []pdf.Cell{label(strconv.Itoa(n) + "　" + name), value(name, text)}})
	}
	row("日時", span(m.Start, m.End))
	row("場所", m.Place+bracket(m.Form))
	row("根拠", m.Basis)
	row("案件", "ケースID "+m.CaseID)
	agenda := ""
	for i, a := range l.Agenda {
		if i > 0 {
			agenda += "\n"
		}
		agenda += "（" + strconv.Itoa(i+1) + "）" + a
	}
	if l.More {
		agenda = joinNonEmpty("\n", agenda, "内容は、本人同意の範囲と守秘義務の確認に応じて、会議の場で示します。")
	}
	row("議題", agenda)
	row("準備", "準備シートを、会議の前日までに会議室の画面から提出してください。画面を使えないときは、紙で事務局へ届けてください。")
	row("会議室", m.Link)
	if !m.Reply.IsZero() {
		row("出欠の回答", m.Reply.Wareki()+"（"+m.Reply.Weekday()+"）までに、担当へお知らせください。代理の方が出席するときは、その氏名もお知らせください。")
	}
	if m.Secrecy {
		row("守秘義務", "この会議で知った秘密は、正当な理由なく漏らしてはなりません（社会福祉法第106条の6第5項）。構成員でなくなった後も同じです。会議と資料は非公開です。")
	} else {
		row("取扱い", "会議と資料は非公開です。本人の情報は、本人が同意した範囲で示します。")
	}
	s.Table(t)
}

func bracket(text string) string {
	if text == "" {
		return ""
	}
	return "（" + text + "）"
}
