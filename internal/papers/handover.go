package papers

import (
	"context"
	"slices"
	"strconv"
	"time"

	"kasane/internal/jptime"
	"kasane/internal/pdf"
)

// Door is what a meeting says of itself on a paper of the secretariat's.
type Door struct {
	Head
	CaseID     string // its id, for the log
	Start, End time.Time
	Planned    bool
	Place      string
	Over       bool             // after 閉会
	People     []AttendanceLine // who is expected
}

// HandoverDoc is the 資料受渡簿 of a meeting: what was handed out, who received it and how, and that it was taken back; or the sheet for what is handed out on paper.
type HandoverDoc struct {
	Head
	Start, End time.Time
	Planned    bool
	Place      string
	Ends       time.Time // 閲覧の終わり (資料回収); zero before 閉会
	Days       int       // 閉会 + n 日
	Unseen     int       // hand-outs the reader may not see
	Blank      bool
	People     []AttendanceLine // of a sheet to be signed: who is expected
	Items      []HandoverItem
}

// HandoverItem is one hand-out.
type HandoverItem struct {
	Name      string
	Item      string // 情報の項目
	By        string // 機関・氏名 of who handed it out
	At        time.Time
	TakenBack time.Time
	Receipts  []HandoverReceipt
}

// HandoverReceipt is one time somebody received it.
type HandoverReceipt struct {
	Agency, Name string
	How          string // 画面で開いた, 写しを受け取った
	At           time.Time
}

// Lines for papers, and for people, on a sheet that is filled in by hand.
const (
	handoverPapers = 5
	handoverSpare  = 4
)

// Handover prints the 資料受渡簿: A4 portrait, to be signed A4 landscape.
func (p *Printer) Handover(ctx context.Context, m HandoverDoc) (Result, error) {
	g := a4Portrait
	if m.Blank {
		g = a4Landscape
	}
	return p.print(ctx, m.Head, "資料受渡簿", g, func(s *sheet) {
		s.stamp = "作成　"
		s.block()
		when := span(m.Start, m.End)
		if m.Planned && when != "" {
			when += "（予定）"
		}
		s.form(
			[]pdf.Cell{label("名称"), value("名称", joinNonEmpty("　", m.MeetingKind, s.round())), label("ケースID"), value("ケースID", m.CaseID)},
			[]pdf.Cell{label("日時"), value("日時", when), label("場所"), value("場所", m.Place)},
		)
		if m.Blank {
			s.byHand(&m)
			return
		}
		s.Skip(2)
		end := "閉会の" + strconv.Itoa(m.Days) + "日後に、閲覧できなくなります。"
		if !m.Ends.IsZero() {
			end = jptime.FormatDateTime(m.Ends) + "に、閲覧できなくなります（閉会の" + strconv.Itoa(m.Days) + "日後）。"
		}
		s.Para("資料の回収　"+end, attendanceNote)
		if len(m.Items) == 0 {
			s.none()
		}
		for _, x := range m.Items {
			s.handedOut(x)
		}
		if m.Unseen > 0 {
			s.Skip(2)
			s.Para("ほかに"+withheld+"の資料が"+strconv.Itoa(m.Unseen)+"件あります。", noteStyle)
		}
	})
}

func (s *sheet) handedOut(x HandoverItem) {
	s.Need(40)
	s.h2(x.Name)
	back := "まだ（閲覧の期限まで）"
	if !x.TakenBack.IsZero() {
		back = jptime.FormatDateTime(x.TakenBack) + "　回収"
	}
	s.form(
		[]pdf.Cell{label("配布"), wide(value("配布", joinNonEmpty("　", jptime.FormatDateTime(x.At), x.By)))},
		[]pdf.Cell{label("情報の項目"), value("情報の項目", x.Item), label("回収"), value("回収", back)},
	)
	s.Skip(1.5)
	t := table([]float64{40, 56, 40, 34}, "受け取った日時", "機関", "氏名", "方法")
	for _, r := range x.Receipts {
		t.Rows = append(t.Rows, pdf.Row{NoSplit: true, Cells: []pdf.Cell{pdf.Text(jptime.FormatShort(r.At)), pdf.Text(r.Agency), name("氏名", r.Name), pdf.Text(r.How)}})
	}
	if len(t.Rows) == 0 {
		s.Para("まだ、だれも受け取っていません。", noteStyle)
		return
	}
	s.Table(t)
}

// byHand is the sheet for papers that are handed out in the room: which they are, and for everybody a place to sign for each of them and for its return.
func (s *sheet) byHand(m *HandoverDoc) {
	s.Skip(2)
	s.Para("紙で配る資料の名前・部数・回収の要否を書き、受け取った人は資料の番号の欄に署名してください。回収した資料は、事務局が「回収」の欄に時刻を書きます。", attendanceNote)
	t := table([]float64{12, 151, 30, 35, 35}, "資料", "資料の名前", "部数", "回収（要・不要）", "配布した人")
	for i := range handoverPapers {
		t.Rows = append(t.Rows, pdf.Row{NoSplit: true, MinHeight: 6.5, Cells: []pdf.Cell{{Paras: []pdf.Para{{Text: string(rune('Ａ' + i))}}, Middle: true}, pdf.Text(""), pdf.Text(""), pdf.Text(""), pdf.Text("")}})
	}
	s.Table(t)
	s.Skip(3)
	s.Table(s.receivers(m.People))
}

// receivers is who signs for the papers, with spare lines as far as they make no page of their own.
func (s *sheet) receivers(people []AttendanceLine) *pdf.Table {
	part := func(from, to, spare int) *pdf.Table { return s.receiverTable(people[from:to], spare) }
	least := s.pagesOf(0, len(people), 0, part)
	for spare := handoverSpare; spare > 0; spare-- {
		if s.pagesOf(0, len(people), spare, part) <= least {
			return s.receiverTable(people, spare)
		}
	}
	return s.receiverTable(people, 0)
}

func (s *sheet) receiverTable(people []AttendanceLine, spare int) *pdf.Table {
	heads, cols := []string{"機関", "氏名"}, []float64{58, 40}
	for i := range handoverPapers {
		heads, cols = append(heads, string(rune('Ａ'+i))+"　受領"), append(cols, 21)
	}
	heads, cols = append(heads, "回収"), append(cols, s.Inner()-58-40-21*handoverPapers)
	t := table(cols, heads...)
	for _, l := range append(slices.Clone(people), make([]AttendanceLine, spare)...) {
		cells := []pdf.Cell{pdf.Text(l.Agency), name("氏名", l.Name)}
		for range handoverPapers + 1 {
			cells = append(cells, pdf.Text(""))
		}
		cells[0].Middle, cells[1].Middle = true, true
		t.Rows = append(t.Rows, pdf.Row{NoSplit: true, MinHeight: 8.5, Cells: cells})
	}
	return t
}
