package tables

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// filled makes the column that is to be written in look like it, offers what can be chosen there, and hides what is for Kasane. A word that is not offered may be
// typed all the same: what it means is said when the file comes back.
func (x *writer) filled(g Grid, top int) error {
	for _, i := range g.Hidden {
		col, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return fmt.Errorf("xlsx: %w", err)
		}
		if err := x.SetColVisible(g.Name, col, false); err != nil {
			return fmt.Errorf("xlsx: %w", err)
		}
	}
	if g.Fill == 0 || len(g.Rows) == 0 {
		return nil
	}
	if err := x.SetCellStyle(g.Name, name(g.Fill, top+1), name(g.Fill, top+len(g.Rows)), x.fill); err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	for r := range g.Rows {
		if p, ok := g.Picks[r]; ok {
			if err := x.pick(g.Name, name(g.Fill, top+1+r), p); err != nil {
				return err
			}
		}
	}
	return nil
}

func (x *writer) pick(sheet, cell string, p Pick) error {
	v := excelize.NewDataValidation(true)
	v.Sqref = cell
	if len(p.Words) == 0 {
		v.SetSqrefDropList(fmt.Sprintf("'%s'!$%s$%d:$%s$%d", x.book.List.Name, ColumnName(p.Column), p.From+2, ColumnName(p.Column), p.To+2))
	} else if err := v.SetDropList(p.Words); err != nil {
		return fmt.Errorf("xlsx choice: %w", err)
	}
	v.ShowErrorMessage = false
	if err := x.AddDataValidation(sheet, v); err != nil {
		return fmt.Errorf("xlsx choice: %w", err)
	}
	return nil
}
