package figures

import (
	"context"
	"slices"
	"strconv"

	"kasane/internal/access"
	"kasane/internal/papers"
	"kasane/internal/tables"
)

// FormPDF is the 集計表 as a paper.
const FormPDF tables.Form = "pdf"

// Printer prints the paper; papers.Printer is it.
type Printer interface {
	Figures(ctx context.Context, m papers.FiguresDoc) (papers.Result, error)
}

// paper lays the table out as a paper, from what a file of it says: nothing is shown that the file would not show.
func (t Table) paper(actor access.Actor, municipality string, inside bool) papers.FiguresDoc {
	b := t.book(municipality, inside)
	d := papers.FiguresDoc{Head: papers.Head{Municipality: municipality, Tenant: actor.Tenant, Handling: b.Foot, At: t.At}, Year: t.Name, Note: b.Note, Months: t.Months,
		By: papers.Person{Agency: actor.AgencyName, Post: actor.Post, Name: actor.Name}}
	rows := b.Sheet.Rows
	for _, g := range t.Groups {
		p := papers.FiguresPart{Title: g.Title}
		for _, f := range g.Figures {
			p.Lines = append(p.Lines, papers.FiguresLine{Label: f.Label, Unit: string(f.Unit), Cells: rows[0][3:], Reported: f.Reported, Definition: f.Definition})
			rows = rows[1:]
		}
		d.Parts = append(d.Parts, p)
	}
	year := 3 + len(t.Months) // the column in which a distribution counts
	for _, x := range slices.Concat(t.Shares, t.Answers) {
		s := papers.FiguresShare{Title: x.Title, Unit: string(x.Unit), Definition: x.Definition}
		own := rows[:len(x.Rows)+1] // and 計
		rows = rows[len(own):]
		if x.Total == 0 {
			d.Empty = append(d.Empty, x.Title)
			continue
		}
		for _, r := range own {
			s.Rows = append(s.Rows, papers.FiguresRow{Label: r[1], Count: r[year]})
		}
		s.Rows = measured(s.Rows, len(x.Rows))
		d.Shares = append(d.Shares, s)
	}
	return d
}

// measured gives the first n rows a bar each; the rows after them are sums. What is hidden has none.
func measured(rows []papers.FiguresRow, n int) []papers.FiguresRow {
	most := 0
	for _, r := range rows[:min(n, len(rows))] {
		if v, err := strconv.Atoi(r.Count); err == nil {
			most = max(most, v)
		}
	}
	for i := range rows[:min(n, len(rows))] {
		if v, err := strconv.Atoi(rows[i].Count); err == nil && most > 0 {
			rows[i].Of = float64(v) / float64(most)
		}
	}
	return rows
}
