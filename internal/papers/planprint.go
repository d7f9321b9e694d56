package papers

import (
	"context"
	"fmt"
	"slices"

	"kasane/internal/jptime"
	"kasane/internal/pdf"
)

// Plan prints the 支援プラン（プラン兼利用申込書）, A4 portrait; the 役割分担表 follows on landscape pages.
func (p *Printer) Plan(ctx context.Context, m PlanDoc) (Result, error) {
	return p.print(ctx, m.Head, "支援プラン（プラン兼利用申込書）", a4Portrait, func(s *sheet) {
		s.block()
		s.parts(
			part{"head", func() { s.planHead(&m) }}, part{"household", func() { s.household(&m) }}, part{"wishes", func() { s.wishes(m.Wishes) }},
			part{"situation", func() { s.h2("世帯の状況・課題の整理（解きほぐし）"); s.memo(m.Situation) }}, part{"priorities", func() { s.priorities(m.Priorities) }},
			part{"goals", func() { s.goals(&m) }}, part{"policy", func() { s.h2("支援の方針（全体）"); s.memo(m.Policy) }}, part{"lead", func() { s.lead(&m) }},
			part{"emergency", func() { s.emergency(m.Risk, m.Emergency) }},
			part{"services", func() {
				s.services(&m)
				for _, x := range m.Extra {
					s.extra(x)
				}
			}},
			part{"consent", func() { s.planConsent(&m) }}, part{"meeting", func() { s.planMeeting(&m) }})
		s.roles(m.Roles)
	})
}

func (s *sheet) planHead(m *PlanDoc) {
	s.h2("プラン")
	s.form(
		[]pdf.Cell{label("プラン番号"), value("プラン番号", m.PlanNo), label("作成回"), value("作成回", m.Round)},
		[]pdf.Cell{label("作成日"), value("作成日", day(m.CreatedOn)), label("作成者"), person("作成者", m.Author)},
		[]pdf.Cell{label("プラン期間"), wide(value("プラン期間", period(m.From, m.To)))},
		[]pdf.Cell{label("次回モニタリング"), value("次回モニタリング", day(m.NextMonitoring)), label("ケースID"), value("ケースID", m.CaseID)},
	)
}

func period(from, to jptime.Date) string {
	if from.IsZero() && to.IsZero() {
		return ""
	}
	return day(from) + " ～ " + day(to)
}

func (s *sheet) household(m *PlanDoc) {
	s.h2("本人・世帯")
	birth := day(m.Birth)
	if age := jptime.Age(m.Birth, m.CreatedOn); age >= 0 && !m.CreatedOn.IsZero() {
		birth += fmt.Sprintf("　%d歳", age)
	}
	birth = orDefault(birth, m.AgeGroup)
	s.form([]pdf.Cell{label("本人氏名"), {Paras: namePara("本人氏名", m.Subject)}, label("生年月日"), value("生年月日", birth)})
	if len(m.Household) == 0 {
		return
	}
	s.Skip(2)
	t := table([]float64{44, 20, 36, 70}, "世帯員（ふりがな）", "続柄", "生年月日・年齢", "状況・関わる機関")
	for _, x := range m.Household {
		if x.Withheld {
			t.Rows = append(t.Rows, pdf.Row{Cells: []pdf.Cell{hidden(4)}})
			continue
		}
		birth := shortDay(x.Birth)
		if age := jptime.Age(x.Birth, m.CreatedOn); age >= 0 && !m.CreatedOn.IsZero() {
			birth += fmt.Sprintf("（%d歳）", age)
		}
		birth = orDefault(birth, x.AgeGroup)
		t.Rows = append(t.Rows, pdf.Row{Cells: []pdf.Cell{
			{Paras: namePara("世帯員", Person{Name: x.Name, Kana: x.Kana})}, pdf.Text(x.Relation), pdf.Text(birth), pdf.Text(x.Note),
		}})
	}
	s.Table(t)
}

func (s *sheet) wishes(list []Wish) {
	t := table([]float64{27, s.Inner() - 27}, "だれの", "意向（本人のことばで）")
	for _, w := range list {
		cells := []pdf.Cell{label(w.Who), pdf.Text(w.Text)}
		if w.Withheld {
			cells = []pdf.Cell{hidden(2)}
		}
		t.Rows = append(t.Rows, pdf.Row{Cells: cells})
	}
	s.listing("本人・家族の意向", t)
}

// priorities leaves the column of grounds out when nobody has written any.
func (s *sheet) priorities(list []Priority) {
	grounds := slices.ContainsFunc(list, func(p Priority) bool { return p.Grounds != "" })
	widths, heads := []float64{12, 36, s.Inner() - 12 - 36 - 32, 32}, []string{"順位", "コード", "課題", "対象者"}
	if grounds {
		widths, heads = []float64{12, 28, 46, 30, s.Inner() - 12 - 28 - 46 - 30}, append(heads, "根拠")
	}
	t := table(widths, heads...)
	for _, p := range list {
		cells := []pdf.Cell{pdf.Text(fmt.Sprint(p.Rank)), pdf.Text(p.Code), pdf.Text(p.Issue), name("対象者", p.Person)}
		if grounds {
			cells = append(cells, pdf.Text(p.Grounds))
		}
		if p.Withheld {
			cells = []pdf.Cell{pdf.Text(fmt.Sprint(p.Rank)), hidden(len(heads) - 1)}
		}
		t.Rows = append(t.Rows, pdf.Row{Cells: cells})
	}
	s.listing("優先課題", t)
}

func (s *sheet) goals(m *PlanDoc) {
	t := table([]float64{27, s.Inner() - 27 - 46, 46}, "区分", "目標", "期限")
	add := func(kind string, g Goal) {
		cells := []pdf.Cell{label(kind), pdf.Text(g.Text), pdf.Text(day(g.Due))}
		if g.Withheld {
			cells = []pdf.Cell{label(kind), hidden(2)}
		}
		t.Rows = append(t.Rows, pdf.Row{Cells: cells})
	}
	add("長期目標", m.LongGoal)
	for i, g := range m.ShortGoals {
		add(fmt.Sprintf("短期目標 %d", i+1), g)
	}
	s.listing("目標", t)
}

func (s *sheet) lead(m *PlanDoc) {
	s.h2("主担当機関")
	s.form(
		[]pdf.Cell{label("主担当機関"), value("主担当機関", m.LeadAgency), label("副"), value("副", m.SubAgencies)},
		[]pdf.Cell{label("終結後の主担当"), wide(s.after(m))},
	)
}

// after is 終結後の主担当 with what it said.
func (s *sheet) after(m *PlanDoc) pdf.Cell {
	cell := value("終結後の主担当", m.AfterAgency)
	if m.AfterAgency == "" || m.After.State == "" {
		return cell
	}
	small := smallStyle
	said := m.After.State
	if !m.After.On.IsZero() {
		said += "　" + m.After.On.Both()
	}
	cell.Paras = append(cell.Paras, pdf.Para{Text: said, Style: &small})
	if m.After.By != "" {
		cell.Paras = append(cell.Paras, pdf.Para{Text: m.After.By, Where: "終結後の主担当", Name: true, Style: &small})
	}
	if m.After.Condition != "" {
		cell.Paras = append(cell.Paras, pdf.Para{Text: "条件　" + m.After.Condition, Style: &small})
	}
	return cell
}

// emergency prints what is to be done in words, and below it whom to call.
func (s *sheet) emergency(risk Memo, list []Contact) {
	if risk.Text != "" || risk.Withheld {
		s.h2("緊急時・リスク対応")
		s.memo(risk)
		if len(list) == 0 {
			return
		}
	}
	t := table([]float64{31, 41, 30, 30, 38}, "どのようなとき", "機関", "氏名", "電話", "備考")
	for _, c := range list {
		cells := []pdf.Cell{pdf.Text(c.When), pdf.Text(c.Agency), name("氏名", c.Name), pdf.Text(c.Phone), pdf.Text(c.Note)}
		if c.Withheld {
			cells = []pdf.Cell{hidden(5)}
		}
		t.Rows = append(t.Rows, pdf.Row{NoSplit: true, Cells: cells})
	}
	s.listing("緊急時・リスク対応（連絡網）", t)
}
