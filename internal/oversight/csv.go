package oversight

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"strconv"

	"kasane/internal/access"
	"kasane/internal/jptime"
	"kasane/internal/tables"
)

// BOM makes spreadsheets read a CSV as UTF-8.
const BOM = "\uFEFF"

// writeRows writes rows of safe cells with Windows line ends.
func writeRows(w io.Writer, rows ...[]string) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	for _, row := range rows {
		safe := make([]string, len(row))
		for i, c := range row {
			safe[i] = tables.Cell(c)
		}
		if err := out.Write(safe); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

var exportHead = []string{"日時", "利用者", "職", "機関", "操作", "対象の区分", "ケースID", "結果", "理由", "端末のアドレス", "会議", "対象", "セッション", "利用者ID", "記録ID"}

// exportPage is how many lines are read at once.
const exportPage = 1000

// Export is an audit log on its way out: the entry that it was taken is written before the first line.
type Export struct {
	s *Service
	a access.Actor
	q Query
}

// Export begins an export of the entries of a filter.
func (s *Service) Export(ctx context.Context, a access.Actor, f Filter) (*Export, error) {
	if err := access.Require(a, access.ActAuditRead); err != nil {
		return nil, err
	}
	f.After, f.Limit = "", 0
	q, err := s.ask(ctx, a, f)
	if err != nil {
		return nil, err
	}
	q.Limit = exportPage
	return &Export{s, a, q}, s.noted(ctx, a.Audit(s.now(), access.VerbAuditExport, "").InCase(q.Case))
}

// Write writes the whole export page by page, newest first. A last line says how many there were, so that a file cut off is seen.
func (x *Export) Write(ctx context.Context, w io.Writer) error {
	var b bytes.Buffer
	b.WriteString(BOM)
	if err := writeRows(&b, exportHead); err != nil {
		return err
	}
	total, q := 0, x.q
	for {
		p, err := x.s.page(ctx, x.a, q)
		if err != nil {
			return err
		}
		for _, l := range p.Lines {
			if err := writeRows(&b, l.row()); err != nil {
				return err
			}
		}
		total += len(p.Lines)
		if p.Next == "" {
			break
		}
		if q.After, err = parseKey(p.Next); err != nil {
			return err
		}
		if _, err := b.WriteTo(w); err != nil {
			return err
		}
	}
	if err := writeRows(&b, []string{"以上", strconv.Itoa(total) + "件"}); err != nil {
		return err
	}
	_, err := b.WriteTo(w)
	return err
}

func (l Line) row() []string {
	return []string{l.At.In(jptime.JST).Format("2006-01-02 15:04:05.000"), l.Actor, l.Post, l.Agency, l.VerbLabel, l.What, l.CaseNumber, l.ResultLabel, l.ReasonLabel, l.IP,
		l.MeetingID, l.Target, l.Session, l.ActorID, l.ID}
}
