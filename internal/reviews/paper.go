package reviews

import (
	"context"
	"slices"
	"strings"

	"kasane/internal/access"
	"kasane/internal/cases"
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
	doc, err := s.Evaluation(ctx, a, caseID, id, nil)
	if err != nil {
		return papers.Result{}, "", err
	}
	res, err := s.print.Evaluation(ctx, doc)
	if err != nil {
		return papers.Result{}, "", err
	}
	return res, papers.FileName(jptime.DateOf(doc.At), doc.Head, doc.Name()), s.store.AppendAudit(ctx, outreach.PaperEntry(a, doc.Head, caseID, res))
}

// Evaluation is the 評価シート of a record with what the reader sees of it now, and of that what a copy may hold. The reading is in the log.
func (s *Service) Evaluation(ctx context.Context, a access.Actor, caseID, id string, read cases.CopyReader) (papers.EvaluationDoc, error) {
	b, err := s.Board(ctx, a, caseID)
	if err != nil {
		return papers.EvaluationDoc{}, err
	}
	i := slices.IndexFunc(b.Records, func(l Line) bool { return l.ID == id })
	if i < 0 {
		return papers.EvaluationDoc{}, fault.New(fault.NotFound, "この記録は見つかりません。画面を更新してください。")
	}
	l := b.Records[i]
	h, err := outreach.PaperHead(ctx, s.store, a, b.CaseNumber, s.now().UTC())
	if err != nil {
		return papers.EvaluationDoc{}, err
	}
	show, tell := read.Reads(l.PersonID, l.Item)
	memo := func(words ...string) papers.Memo {
		if l.Hidden || !show {
			return papers.Memo{Withheld: l.Hidden || tell}
		}
		return papers.Memo{Text: strings.Join(words, "、")}
	}
	doc := papers.EvaluationDoc{Head: h, Monitor: l.Kind == KindMonitor, Next: DayOf(l.NextDay), Round: l.Round, Day: DayOf(l.Day), Agency: l.AgencyName, By: l.UserName, Unseen: l.Unseen, Result: l.VerdictLabel, About: outreach.CalledIn(read, l.PersonID, l.Who), Item: l.ItemLabel,
		Reason: memo(l.EndLabel), Changes: memo(l.ChangeLabels...), Agencies: memo(l.AgencyLabels...), Change: memo(l.Said.Change), Left: memo(l.Said.Found), Voice: memo(l.Said.Voice),
		View: memo(l.Said.View), After: memo(l.Said.After)}
	if show {
		doc.Subject = b.names[l.PersonID]
	}
	for _, g := range b.Goals {
		j := slices.IndexFunc(l.Goals, func(m Marked) bool { return m.Goal == g.ID })
		if j < 0 {
			continue
		}
		if show, tell := read.Reads(g.place.PersonID, g.place.Item); !show {
			if tell {
				doc.Unseen++
			}
			continue
		}
		kind := map[string]string{"long": "長期目標", "short": "短期目標"}[g.Kind]
		doc.Goals = append(doc.Goals, papers.EvaluatedGoal{Kind: kind, Text: g.Text, Due: DayOf(g.Due), Result: l.Goals[j].Label})
	}
	return doc, nil
}

// Listed are モニタリング and 評価 of a case, newest first, for those who hold it.
func (s *Service) Listed(ctx context.Context, a access.Actor, caseID string) ([]papers.Listed, error) {
	all, err := s.store.Reviews(ctx, access.ScopeOf(a), caseID)
	if err != nil {
		return nil, err
	}
	var out []papers.Listed
	for _, x := range all {
		if !replacedIn(all, x.ID) {
			out = append(out, papers.Listed{ID: x.ID, Title: papers.EvaluationDoc{Monitor: x.Kind == KindMonitor}.Name(), Note: DayOf(x.Day).Wareki() + "　" + x.AgencyName})
		}
	}
	return out, nil
}
