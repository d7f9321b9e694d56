package papers

import (
	"context"
	"fmt"

	"kasane/internal/jptime"
	"kasane/internal/pdf"
)

// DisposalDoc is the 廃棄証明書: which records went after their period, how, and by whose proposal and decision.
type DisposalDoc struct {
	Head
	Method, Reason, Note  string
	ProposedBy, DecidedBy string // 氏名
	ProposedOn, DecidedOn jptime.Date
	Records               []DisposedRecord
}

// DisposedRecord (廃棄した文書) is what remains of a record.
type DisposedRecord struct {
	Number, Title, FileName string
	Years                   string // 保存年限
	SealedOn                jptime.Date
	Pages                   int
	SHA256                  string
}

// Disposal prints the 廃棄証明書.
func (p *Printer) Disposal(ctx context.Context, m DisposalDoc) (Result, error) {
	return p.print(ctx, m.Head, "廃棄証明書", a4Portrait, func(s *sheet) {
		s.Heading(1, "廃棄証明書", titleStyle)
		s.Skip(2)
		s.Para(fmt.Sprintf("保存期間が満了した次の文書%d件について、起案と決裁を別の職員が行い、本文（PDFと、その元になった内容）を消去したことを証する。文書番号、文書名及びハッシュ値は、記録の連鎖の一部として残る。", len(m.Records)), bodyStyle)
		s.Skip(2)
		s.form(
			[]pdf.Cell{label("起案者"), name("起案者", m.ProposedBy), label("起案日"), value("起案日", day(m.ProposedOn))},
			[]pdf.Cell{label("決裁者"), name("決裁者", m.DecidedBy), label("決裁日"), value("決裁日", day(m.DecidedOn))},
			[]pdf.Cell{label("廃棄の方法"), wide(value("廃棄の方法", m.Method))},
			[]pdf.Cell{label("廃棄の理由"), wide(value("廃棄の理由", m.Reason))},
			[]pdf.Cell{label("決裁の意見"), wide(value("決裁の意見", m.Note))},
		)
		s.Skip(2)
		s.h2("廃棄した文書")
		t := table([]float64{28, 102, 16, 24}, "文書番号", "文書名・ファイル名・SHA-256", "年限", "確定日")
		for _, r := range m.Records {
			small := smallStyle
			t.Rows = append(t.Rows, pdf.Row{NoSplit: true, Cells: []pdf.Cell{
				repeated(r.Number),
				{Paras: []pdf.Para{{Text: fmt.Sprintf("%s（%d頁）", r.Title, r.Pages)}, {Text: r.FileName, Style: &small}, {Text: r.SHA256, Style: &small}}},
				pdf.Text(r.Years), pdf.Text(shortDay(r.SealedOn)),
			}})
		}
		s.Table(t)
	})
}
