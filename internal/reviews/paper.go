package reviews

import (
	"context"
	"slices"
	"strings"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/outreach"
	"kasane/internal/papers"
)

// Printer makes the 評価シート.
type Printer interface {
	Evaluation(ctx context.Context, m papers.EvaluationDoc) (papers.Result, error)
}

// PrintWith gives the service its printer; without one no paper is made.
func (s *Service) PrintWith(p Printer) { s.print = p }

// Paper is the 評価シート of a record as the reader may see it now. It is audited.
func (s *Service) Paper(ctx context.Context, a access.Actor, caseID, id string) (papers.Result, string, error) {
	if a.NoCopies {
		return papers.Result{}, "", fault.New(fault.Forbidden, "あなたの機関には、PDFを渡さない設定になっています。画面で確かめるか、事務局に相談してください。")
	}
	b, err := s.Board(ctx, a, caseID)
	if err != nil {
		return papers.Result{}, "", err
	}
	i := slices.IndexFunc(b.Records, func(l Line) bool { return l.ID == id && l.Kind == KindEvaluation })
	if i < 0 {
		return papers.Result{}, "", fault.New(fault.NotFound, "この評価は見つかりません。画面を更新してください。")
	}
	l := b.Records[i]
	h, err := outreach.PaperHead(ctx, s.store, a, b.CaseNumber, s.now().UTC())
	if err != nil {
		return papers.Result{}, "", err
	}
	memo := func(words ...string) papers.Memo {
		if l.Hidden {
			return papers.Memo{Withheld: true}
		}
		return papers.Memo{Text: strings.Join(words, "、")}
	}
	doc := papers.EvaluationDoc{Head: h, Round: l.Round, Day: DayOf(l.Day), Agency: l.AgencyName, By: l.UserName, Unseen: l.Unseen, Result: l.VerdictLabel, About: l.Who, Item: l.ItemLabel,
		Reason: memo(l.EndLabel), Changes: memo(l.ChangeLabels...), Agencies: memo(l.AgencyLabels...), Change: memo(l.Said.Change), Left: memo(l.Said.Found), Voice: memo(l.Said.Voice),
		View: memo(l.Said.View), After: memo(l.Said.After)}
	for _, g := range b.Goals {
		if j := slices.IndexFunc(l.Goals, func(m Marked) bool { return m.Goal == g.ID }); j >= 0 {
			kind := map[string]string{"long": "長期目標", "short": "短期目標"}[g.Kind]
			doc.Goals = append(doc.Goals, papers.EvaluatedGoal{Kind: kind, Text: g.Text, Due: DayOf(g.Due), Result: l.Goals[j].Label})
		}
	}
	res, err := s.print.Evaluation(ctx, doc)
	if err != nil {
		return papers.Result{}, "", err
	}
	return res, papers.FileName(jptime.DateOf(h.At), h, "評価シート"), s.store.AppendAudit(ctx, outreach.PaperEntry(a, h, caseID, res))
}
