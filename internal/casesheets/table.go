package casesheets

import (
	"context"
	"strings"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/papers"
	"kasane/internal/tables"
)

// Table is a sheet as a file for a spreadsheet: what Paper prints, for the same readers.
func (s *Service) Table(ctx context.Context, a access.Actor, caseID string, w Wish, form tables.Form) ([]byte, string, error) {
	if !form.Valid() {
		return nil, "", fault.New(fault.Invalid, "保存の形式（Excel・CSV）を選び直してください。").On("as")
	}
	m, err := s.gather(ctx, a, caseID, w)
	if err != nil {
		return nil, "", err
	}
	out, err := s.given(ctx, m, func() ([]byte, error) { return tables.Write(m.book(m.doc()), form) })
	if err != nil {
		return nil, "", err
	}
	return out, strings.TrimSuffix(papers.FileName(jptime.DateOf(m.at), m.head, m.fileKind()), ".pdf") + form.Extension(), nil
}

// book is the sheet as tables: in the order and with the headings of the form, every choice with its box; and as a list with an answer a row.
func (m *material) book(doc papers.SheetDoc) tables.Book {
	about := []string{"取扱注意・部外秘", "様式　" + doc.Version}
	if doc.CopyFor != "" {
		about[0] += "　" + doc.CopyFor
	}
	b := tables.Book{Title: doc.Title, Status: doc.Variant, About: append(about, m.asOf(doc)), Foot: doc.CopyFor, Author: doc.Municipality, At: doc.At,
		Sheet: tables.Grid{Name: "様式", Portrait: true, Columns: []tables.Column{{Title: "項目", Width: 26}, {Title: "内容", Width: 84}}},
		List: tables.Grid{Name: "一覧", Named: []int{3}, Columns: []tables.Column{{Title: "ケースID", Width: 14}, {Title: "だれの", Width: 24}, {Title: "区分", Width: 26}, {Title: "項目", Width: 30},
			{Title: "内容", Width: 70}}}}
	for _, f := range doc.About {
		v := f.Value
		if f.Withheld {
			v = papers.Withheld
		}
		b.Sheet.Rows = append(b.Sheet.Rows, []string{f.Label, v})
	}
	for i, part := range doc.Parts {
		who := orElse(part.Person, m.subject())
		if i > 0 {
			band(&b.Sheet, part.Person)
		}
		for _, sec := range part.Sections {
			band(&b.Sheet, sec.Title)
			for _, r := range sec.Rows {
				b.Sheet.Rows = append(b.Sheet.Rows, []string{r.Mark(), answered(r)})
				whose := who
				if r.House {
					whose = "世帯"
				}
				b.List.Rows = append(b.List.Rows, []string{m.unveiled(m.kase.Number, ""), whose, sec.Title, r.Label, r.Answer()})
			}
			for _, t := range sec.Tables {
				m.tableRows(&b, sec.Title, t)
			}
		}
	}
	return b
}

// answered is an answer on the first sheet; a signature is a place to sign.
func answered(r papers.SheetRow) string {
	if r.Note != "" && !r.Withheld {
		return strings.Join(nonEmpty(r.Note, r.Text), "\n")
	}
	return r.Plain()
}

// subject is how the list calls whom the first part is about.
func (m *material) subject() string {
	p := m.people()[0]
	if !m.named(p.ID) && (p.Subject || p.ID == "") {
		return "本人"
	}
	return m.heading(p)
}

func band(g *tables.Grid, title string) {
	g.Bands = append(g.Bands, len(g.Rows))
	g.Rows = append(g.Rows, []string{title, ""})
}

// tableRows are those of a table of the form: a line each, the heads before what they head.
func (m *material) tableRows(b *tables.Book, section string, t papers.SheetTable) {
	for i, r := range t.Rows {
		text := papers.Withheld
		if !r.Withheld {
			var parts []string
			for k, c := range r.Cells {
				if c != "" {
					parts = append(parts, t.Heads[k]+"："+c)
				}
			}
			text = strings.Join(parts, "　")
		}
		label := ""
		if i == 0 {
			label = t.Title
		}
		b.Sheet.Rows = append(b.Sheet.Rows, []string{label, text})
		b.List.Rows = append(b.List.Rows, []string{m.unveiled(m.kase.Number, ""), "世帯", section, t.Title, text})
	}
	if len(t.Rows) == 0 {
		b.Sheet.Rows = append(b.Sheet.Rows, []string{t.Title, "なし"})
	}
}
