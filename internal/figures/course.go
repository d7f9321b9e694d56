package figures

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/sheets"
)

// Courses are what is counted of how cases go through their stages.
type Courses struct {
	Screenings []Screened
	Moves      []Moved
	Again      []AgainFrom
	Followups  []Heard
}

// Screened is the last スクリーニング of an インテーク.
type Screened struct {
	Day    string
	Result string
}

// Moved is a move of a case to 中断, 終結 or out of 終結.
type Moved struct {
	CaseID   string
	From, To cases.Stage
	At       time.Time
	Code     string
}

// AgainFrom is a new case that goes on from a former one.
type AgainFrom struct {
	FormerID string
	At       time.Time
}

// Heard is a フォローアップ that was made.
type Heard struct {
	Day    string
	Result string
}

// CourseStore reads them.
type CourseStore interface {
	// FigureCourses gives every move to 中断 and 終結 and out of 終結 since ever, and what else is counted of the days in [from, to), but for
	// the cases the user is kept from.
	FigureCourses(ctx context.Context, tenant, user string, from, to time.Time) (Courses, error)
}

// addCourses counts the state table of the cases into a group of its own, behind 受付と同意.
func (s *Service) addCourses(ctx context.Context, sc access.Scope, x span, set sheets.Set, t *Table) error {
	c, err := s.store.FigureCourses(ctx, sc.Tenant, sc.UserID, x.begin(0), x.begin(12))
	if err != nil {
		return err
	}
	reasons, _ := set.List("end_reason")
	t.Groups = slices.Insert(t.Groups, 1, x.courses(c, reasons))
	return nil
}

// againDays is until when a 再受付 counts as 再相談 after 終結.
const againDays = 365

func (s span) courses(c Courses, reasons sheets.CodeList) Group {
	results := map[string]*[12]int{}
	for _, r := range screened {
		results[r.code] = &[12]int{}
	}
	for _, x := range c.Screenings {
		if m, ok := s.dayOf(x.Day); ok && results[x.Result] != nil {
			results[x.Result][m]++
		}
	}
	var paused, again, soon, heard, lost [12]int
	ended := map[string]*[12]int{}
	last := map[string]time.Time{} // 終結 of each case
	for _, x := range c.Moves {
		m, ok := s.month(x.At)
		switch {
		case x.To == cases.StageClosed:
			last[x.CaseID] = x.At
			if ok {
				if ended[x.Code] == nil {
					ended[x.Code] = &[12]int{}
				}
				ended[x.Code][m]++
			}
		case x.To == cases.StageSuspended && x.From != cases.StageSuspended && ok:
			paused[m]++
		case x.From == cases.StageClosed && ok:
			again[m]++
			if within(last[x.CaseID], x.At) {
				soon[m]++
			}
		}
	}
	for _, x := range c.Again {
		m, ok := s.month(x.At)
		if !ok {
			continue
		}
		again[m]++
		if within(endBefore(c.Moves, x.FormerID, x.At), x.At) {
			soon[m]++
		}
	}
	for _, x := range c.Followups {
		if m, ok := s.dayOf(x.Day); ok {
			heard[m]++
			if x.Result == "04" {
				lost[m]++
			}
		}
	}
	g := Group{Title: "スクリーニング・中断・終結・再受付", Programme: ProgrammeJoint}
	for _, r := range screened {
		g.Figures = append(g.Figures, s.count(Figure{ID: "screened-" + r.code, Label: "スクリーニング " + r.label, Unit: UnitCases, Reported: true, Personal: true,
			Definition: "スクリーニング実施日がその月にあり、結果が" + r.label + "のもの。同じインテークの中で記録し直したときは、最後の結果だけを数えます。"}, *results[r.code]))
	}
	g.Figures = append(g.Figures,
		s.count(Figure{ID: "paused", Label: "中断件数", Unit: UnitCases, Personal: true, Definition: "その月に中断した数。中断を延ばしたものは数えません。"}, paused))
	for _, r := range reasons.Codes {
		if n := ended[r.Code]; n != nil {
			g.Figures = append(g.Figures, s.count(Figure{ID: "ended-" + r.Code, Label: "終結の理由：" + r.Label, Unit: UnitCases, Reported: true, Personal: true,
				Definition: "その月に、この理由で終結した数。後で再受付したものも入ります。"}, *n))
		}
	}
	g.Figures = append(g.Figures,
		s.count(Figure{ID: "again", Label: "再受付件数", Unit: UnitCases, Reported: true, Personal: true, Definition: "その月に、終結したケースを再び受け付けた数。同じケースで再受付したものと、以前のケースと結びつけた新しいケースです。"}, again),
		s.count(Figure{ID: "again-soon", Label: "うち終結後1年以内", Unit: UnitCases, Reported: true, Personal: true, Definition: "再受付のうち、以前の終結から365日以内のもの。"}, soon),
		s.count(Figure{ID: "followups", Label: "フォローアップの回数", Unit: UnitEach, Personal: true, Definition: "連絡した日がその月にあるフォローアップの記録の数。"}, heard),
		s.count(Figure{ID: "followups-lost", Label: "うち連絡がつかない", Unit: UnitEach, Personal: true, Definition: "フォローアップのうち、結果が「連絡がつかない」のもの。"}, lost))
	return g
}

// screened are the results of a スクリーニング.
var screened = []struct{ code, label string }{{"1", "①情報提供のみ"}, {"2", "②他機関で対応"}, {"3", "③同意に向けて"}, {"4", "④プラン策定"}, {"5", "⑤判断前に中断・終了"}}

func within(ended, at time.Time) bool {
	return !ended.IsZero() && at.Sub(ended) <= againDays*24*time.Hour
}

// endBefore is when a case was last told as ended before an instant.
func endBefore(moves []Moved, caseID string, at time.Time) (end time.Time) {
	for _, x := range moves { // oldest first
		if x.CaseID == caseID && x.To == cases.StageClosed && !x.At.After(at) {
			end = x.At
		}
	}
	return end
}
