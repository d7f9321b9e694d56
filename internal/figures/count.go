package figures

import (
	"cmp"
	"slices"
	"time"

	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/jptime"
)

// stuckAfter is how long nothing has to move in a case for it to stand still (どこで止まっているか).
const stuckAfter = 30 * 24 * time.Hour

// Count makes the table of a 年度 out of the facts.
func Count(year int, now time.Time, list []Case, plans []Plan, held []Meeting, contacts []Contact) Table {
	s := span{year, now}
	t := Table{Year: year, Name: jptime.FiscalYearName(year), At: now, Months: s.names()}
	t.Groups = []Group{s.reception(list), s.planning(plans), s.meetings("支援会議（106条の6）", "support", consent.ModeSupport, held),
		s.meetings("重層的支援会議", "layered", consent.ModeLayered, held), s.outreach(contacts), s.ends(list), s.area(held)}
	t.Shares = []Share{s.stages(list), s.sexes(list), s.ages(list)}
	return t
}

func (s span) reception(list []Case) Group {
	var opened behind
	for _, c := range list {
		if m, ok := s.month(c.Opened); ok {
			opened.add(m, c.ID)
		}
	}
	running := func(which func(c Case, end time.Time) bool) func(time.Time) []string {
		return func(end time.Time) (out []string) {
			for _, c := range list {
				if c.Opened.Before(end) && !c.endedBy(end) && which(c, end) {
					out = append(out, c.ID)
				}
			}
			return out
		}
	}
	return Group{Title: "受付と同意", Programme: ProgrammeJoint, Figures: []Figure{
		s.cases(Figure{ID: "opened", Label: "新規相談受付件数", Unit: UnitCases, Reported: true, Personal: true, Definition: "受付日がその月にあるケースの数。再受付は数えません。"}, opened),
		s.standing(Figure{ID: "running", Label: "支援中の件数（月末）", Unit: UnitCases, Personal: true, Definition: "その月の末日（今月は今）に、受け付けていて終結していないケースの数。中断も含みます。"},
			running(func(Case, time.Time) bool { return true })),
		s.standing(Figure{ID: "consent", Label: "同意ありの件数（月末）", Unit: UnitCases, Reported: true, Personal: true, Definition: "上のうち、世帯のだれかの有効な同意（一部同意を含む）が1つでもあるケースの数。"}, running(Case.agreedAt)),
		s.standing(Figure{ID: "no-consent", Label: "同意なしの件数（月末）", Unit: UnitCases, Reported: true, Personal: true, Definition: "上のうち、有効な同意が1つもないケースの数。"},
			running(func(c Case, end time.Time) bool { return !c.agreedAt(end) })),
	}}
}

func (c Case) endedBy(end time.Time) bool { return c.Ended != nil && c.Ended.Before(end) }

// agreedAt tells whether some consent is in force just before an instant.
func (c Case) agreedAt(end time.Time) bool {
	return slices.ContainsFunc(c.Consents, func(x Consent) bool {
		return x.From.Before(end) && !x.Until.Before(end) && (x.Withdrawn == nil || !x.Withdrawn.Before(end))
	})
}

func (s span) planning(plans []Plan) Group {
	var first, again, all behind
	for _, p := range plans {
		m, ok := s.month(p.Agreed)
		if !ok {
			continue
		}
		if all.add(m, p.CaseID); p.Round == 1 {
			first.add(m, p.CaseID)
		} else {
			again.add(m, p.CaseID)
		}
	}
	return Group{Title: "プラン（多機関協働）", Programme: ProgrammeJoint, Figures: []Figure{
		s.cases(Figure{ID: "plans-new", Label: "プラン作成件数（新規）", Unit: UnitCases, Reported: true, Personal: true, Definition: "そのケースの最初のプランで、合意して閉会した日がその月にあるものの数。"}, first),
		s.cases(Figure{ID: "plans-again", Label: "プラン作成件数（再プラン）", Unit: UnitCases, Reported: true, Personal: true, Definition: "2つ目からのプランで、合意して閉会した日がその月にあるものの数。"}, again),
		s.once(Figure{ID: "plans-cases", Label: "プランに合意したケース", Unit: UnitDistinct, Personal: true, Definition: "その月に合意したプランのあるケース。年計は、年度の中で1度だけ数えます。"}, all),
	}}
}

func (s span) meetings(title, id string, mode consent.Mode, held []Meeting) Group {
	var sittings [12]map[string]bool
	var each behind
	var agencies [12]int
	var minutes, people, remote, days, sealed, ones [12]float64
	for m := range 12 {
		sittings[m] = map[string]bool{}
	}
	for _, g := range held {
		m, ok := s.month(g.Closed)
		if !ok || g.Mode != mode {
			continue
		}
		sittings[m][cmp.Or(g.Sitting, g.ID)] = true
		each.add(m, g.CaseID)
		agencies[m] += g.Agencies
		minutes[m] += g.Closed.Sub(g.Opened).Minutes()
		ones[m]++
		people[m] += float64(g.People)
		remote[m] += 100 * float64(g.Remote)
		if g.Sealed != nil {
			days[m] += g.Sealed.Sub(g.Closed).Hours() / 24
			sealed[m]++
		}
	}
	return Group{Title: title, Programme: ProgrammeJoint, Figures: []Figure{
		s.distinct(Figure{ID: id + "-held", Label: "開催回数", Unit: UnitTimes, Reported: true, Definition: "閉会した日がその月にある会議の数。1回の開催で複数のケースを扱っても1回です。"}, sittings).from(each),
		s.once(Figure{ID: id + "-cases", Label: "検討ケース数（実）", Unit: UnitDistinct, Reported: true, Personal: true, Definition: "検討したケース。同じ月に2回検討しても1件、年計でも1件です。"}, each),
		s.cases(Figure{ID: id + "-each", Label: "検討ケース数（延べ）", Unit: UnitEach, Reported: true, Personal: true, Definition: "検討した回数。同じケースを2回検討すれば2件です。"}, each),
		s.count(Figure{ID: id + "-agencies", Label: "出席機関数（延べ）", Unit: UnitAgencies, Reported: true, Definition: "ケースごとに、席のある機関のうち1人でも出席した機関の数。オブザーバーは数えません。"}, agencies),
		s.mean(Figure{ID: id + "-minutes", Label: "平均所要時間", Unit: UnitMinutes, Definition: "開会から閉会までの分。ケースごとの平均です。"}, minutes, ones),
		s.mean(Figure{ID: id + "-remote", Label: "遠隔出席率", Unit: UnitPercent, Definition: "出席者のうち、遠隔で出席した人の割合。"}, remote, people),
		s.mean(Figure{ID: id + "-sealed", Label: "会議録の確定までの日数", Unit: UnitDays, Definition: "閉会から会議録の確定までの日数の平均。閉会した月で数え、確定していないものは入りません。"}, days, sealed),
	}}
}

func (s span) ends(list []Case) Group {
	var ended behind
	for _, c := range list {
		if c.Ended == nil {
			continue
		}
		if m, ok := s.month(*c.Ended); ok {
			ended.add(m, c.ID)
		}
	}
	return Group{Title: "終結", Programme: ProgrammeJoint, Figures: []Figure{
		s.cases(Figure{ID: "ended", Label: "終結件数", Unit: UnitCases, Reported: true, Personal: true, Definition: "終結した日がその月にあるケースの数。その後に再受付したものは入りません。"}, ended),
	}}
}

func (s span) area(held []Meeting) Group {
	var issues [12]int
	for _, g := range held {
		if m, ok := s.month(g.Closed); ok {
			issues[m] += g.Issues
		}
	}
	return Group{Title: "地域", Programme: ProgrammeArea, Figures: []Figure{
		s.count(Figure{ID: "issues", Label: "地域課題・資源不足の件数", Unit: UnitCases, Definition: "会議で出された地域課題メモのうち、一覧に入れたものの数。閉会した月で数えます。"}, issues),
	}}
}

// stages is where the cases stand now (どこで止まっているか).
func (s span) stages(list []Case) Share {
	x := Share{ID: "stages", Drill: true, Title: "いまの段階（どこで止まっているか）", Unit: UnitCases, Definition: "今の段階ごとのケースの数と、そのうち30日以上、記録の動きがないもの。年度によらず、今の状態です。"}
	for _, stage := range cases.Stages() {
		still := 0
		var of []string
		for _, c := range list {
			if c.Stage != stage {
				continue
			}
			of = append(of, c.ID)
			if s.now.Sub(c.Updated) >= stuckAfter {
				still++
			}
		}
		row := Row{Label: stage.Label(), Count: len(of), of: of}
		if stage != cases.StageClosed {
			row.Stuck = &still
		}
		x.Rows, x.Total = append(x.Rows, row), x.Total+len(of)
	}
	return x
}

// of the cases opened in the year
func (s span) opened(list []Case) (out []Case) {
	for _, c := range list {
		if _, ok := s.month(c.Opened); ok {
			out = append(out, c)
		}
	}
	return out
}

func (s span) sexes(list []Case) Share {
	x := Share{ID: "sexes", Drill: true, Title: "本人の性別", Unit: UnitDistinct, Definition: "年度の中で受け付けたケースの本人。"}
	order := []string{"男", "女", "その他", "不明・回答しない", "記録なし"}
	of := map[string][]string{}
	for _, c := range s.opened(list) {
		k := c.Sex
		if !slices.Contains(order[:4], k) {
			k = order[4]
		}
		of[k] = append(of[k], c.ID)
		x.Total++
	}
	for _, k := range order {
		x.Rows = append(x.Rows, Row{Label: k, Count: len(of[k]), of: of[k]})
	}
	return x
}

// bands are the 年齢階級.
var bands = []struct {
	label string
	from  int
}{{"10歳未満", 0}, {"10代", 10}, {"20代", 20}, {"30代", 30}, {"40代", 40}, {"50代", 50}, {"60〜64歳", 60}, {"65〜74歳", 65}, {"75〜84歳", 75}, {"85歳以上", 85}}

func (s span) ages(list []Case) Share {
	x := Share{ID: "ages", Drill: true, Title: "本人の年齢", Unit: UnitDistinct, Definition: "年度の中で受け付けたケースの本人の、受付日の年齢。生まれた月や日が分からないときは、年だけで数えます。"}
	of := make([][]string, len(bands)+1)
	for _, c := range s.opened(list) {
		i := band(c.Birth, c.Opened)
		of[i] = append(of[i], c.ID)
		x.Total++
	}
	for i, b := range bands {
		x.Rows = append(x.Rows, Row{Label: b.label, Count: len(of[i]), of: of[i]})
	}
	x.Rows = append(x.Rows, Row{Label: "不明", Count: len(of[len(bands)]), of: of[len(bands)]})
	return x
}

// band is the place of an age in bands, or one behind them.
func band(birth string, at time.Time) int {
	for len(birth) >= 4 && len(birth) < 10 {
		birth += "-01"
	}
	born, err := time.ParseInLocation(time.DateOnly, birth, jptime.JST)
	if err != nil {
		return len(bands)
	}
	age := jptime.Age(jptime.DateOf(born), jptime.DateOf(at))
	for i := len(bands) - 1; i >= 0; i-- {
		if age >= bands[i].from {
			return i
		}
	}
	return len(bands)
}
