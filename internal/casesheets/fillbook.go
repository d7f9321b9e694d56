package casesheets

import (
	"context"
	"strings"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/papers"
	"kasane/internal/sheets"
	"kasane/internal/tables"
)

// The headings of a sheet that may come back.
const (
	headWrite = "記入欄"
	headMark  = "記号（変えないでください）"
)

// The columns of it.
const (
	colWho = iota
	colSection
	colField
	colChoice
	colWrite
	colHow
	colMark
)

// Fill is a sheet as a file to be written in and brought back (記入用): a row for each field, with the version that went out.
func (s *Service) Fill(ctx context.Context, a access.Actor, caseID string, w Wish, form tables.Form) ([]byte, string, error) {
	if !form.Valid() {
		return nil, "", fault.New(fault.Invalid, "保存の形式（Excel・CSV）を選び直してください。").On("as")
	}
	m, err := s.gather(ctx, a, caseID, w)
	if err != nil {
		return nil, "", err
	}
	out, err := s.given(ctx, m, func() ([]byte, error) { return tables.Write(m.fillBook(form), form) })
	if err != nil {
		return nil, "", err
	}
	name := strings.TrimSuffix(papers.FileName(jptime.DateOf(m.at), m.head, m.fileKind()+"_記入用"), ".pdf") + form.Extension()
	return out, name, nil
}

// fillBook is the sheet to be written in. As an Excel file its second sheet has the words that can be chosen; a CSV has the rows alone.
func (m *material) fillBook(form tables.Form) tables.Book {
	doc := m.doc()
	secret := "取扱注意・部外秘"
	if doc.CopyFor != "" {
		secret += "　" + doc.CopyFor
	}
	b := tables.Book{Title: doc.Title, Status: "記入用", About: []string{secret, "様式　" + doc.Version + "　ケースID　" + m.kase.Number + "　" + m.subject(), "書き出した日時：" + jptime.FormatDateTime(doc.At)},
		Note: "黄色の欄に書き、保存して、Kasaneの「記入した表を読み込む」で読み込みます。変えなかった欄はそのままです。「" + papers.Withheld + "」の欄には書けません。行や見出しは消さないでください。",
		Foot: doc.CopyFor, Author: doc.Municipality, At: doc.At}
	g := tables.Grid{Name: "記入", Portrait: true, Named: []int{colField}, Hidden: []int{colMark}, Fill: colWrite + 1, Picks: map[int]tables.Pick{},
		Columns: []tables.Column{{Title: "だれの", Width: 16}, {Title: "区分", Width: 18}, {Title: "項目", Width: 26}, {Title: "選択肢", Width: 24}, {Title: headWrite, Width: 46}, {Title: "書き方", Width: 26}, {Title: headMark, Width: 12}}}
	words := tables.Grid{Name: "選べる言葉", Portrait: true, Columns: []tables.Column{{Title: "項目", Width: 36}, {Title: "言葉", Width: 60}}}
	from := map[string]tables.Pick{} // by field
	for _, s := range m.slots() {
		held, shown := m.holds(s, m.docs[s.class]), m.show[s.class]
		if s.several() && shown {
			for _, c := range m.offers(s, held) {
				on := map[bool]string{true: ring}[strings.Contains("\n"+held+"\n", "\n"+c.Code+"\n")]
				g.Picks[len(g.Rows)] = tables.Pick{Words: []string{ring}}
				g.Rows = append(g.Rows, []string{s.who, s.section, s.label(), c.Label, on, "当てはまるものに○", m.markOf(s, markChoice+c.Code).String()})
			}
			continue
		}
		part, choice := "", ""
		if s.words {
			part, choice = markWords, "その他の言葉"
		}
		row := []string{s.who, s.section, labelled(s.field), choice, papers.Withheld, "書けません", m.markOf(s, part).String()}
		if shown {
			row[colWrite], row[colHow] = m.cell(s, held), howTo(s)
			if p, ok := m.picks(s, held, &words, from); ok {
				g.Picks[len(g.Rows)] = p
			}
		}
		g.Rows = append(g.Rows, row)
	}
	if form == tables.FormXLSX {
		b.Sheet, b.List = g, words
	} else {
		b.List = g
	}
	return b
}

// markOf is the mark of a row of a slot.
func (m *material) markOf(s slot, part string) mark {
	k := mark{tenant: m.actor.Tenant, caseID: m.kase.ID, form: m.form.ID, person: s.person, field: s.field.ID, part: part, version: markKept}
	if !m.show[s.class] {
		return k
	}
	meta, _ := m.meta(s.class)
	var seq int64
	if d := m.docs[s.class]; d != nil {
		seq = d.Seq()
	}
	k.version = versionOf(meta, seq)
	return k
}

// picks is what a cell offers; the words of a field are listed once.
func (m *material) picks(s slot, held string, words *tables.Grid, from map[string]tables.Pick) (tables.Pick, bool) {
	var list []sheets.Code
	switch {
	case s.words:
		return tables.Pick{}, false
	case s.field.Type == sheets.TypeBool:
		return tables.Pick{Words: []string{ring}}, true
	case s.field.Type == sheets.TypeOne:
		list = m.offers(s, held)
	case s.field.Type == sheets.TypeAgency, s.field.Type == sheets.TypePerson:
		list = m.nameable(s)
	}
	if len(list) == 0 {
		return tables.Pick{}, false
	}
	p, listed := from[s.id()]
	if !listed {
		p = tables.Pick{Column: 1, From: len(words.Rows), To: len(words.Rows) + len(list) - 1}
		for _, c := range list {
			words.Rows = append(words.Rows, []string{strings.Join([]string{s.who, labelled(s.field)}, "　"), c.Label})
		}
		from[s.id()] = p
	}
	return p, true
}

// howTo says how a cell is written.
func howTo(s slot) string {
	if s.words {
		return "「その他」などを選んだときの言葉"
	}
	switch s.field.Type {
	case sheets.TypeDate:
		return "R8.6.12、令和8年6月12日、2026/6/12"
	case sheets.TypeOne:
		return "1つ選ぶ（シート「選べる言葉」）"
	case sheets.TypeAgency, sheets.TypePerson:
		return "名称のとおりに（シート「選べる言葉」）"
	case sheets.TypeBool:
		return "当てはまるときに○"
	case sheets.TypeInt:
		return "数字" + map[bool]string{true: "（" + s.field.Unit + "）"}[s.field.Unit != ""]
	case sheets.TypeYen:
		return "数字（円）"
	case sheets.TypeMemo:
		return "文章"
	}
	return ""
}
