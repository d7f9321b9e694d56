package meeting

import (
	"context"
	"fmt"

	"kasane/internal/access"
	"kasane/internal/jptime"
	"kasane/internal/papers"
	"kasane/internal/tables"
)

// PlanTable is the 支援プラン（プラン兼利用申込書） as one reader may see it now, as a file for a spreadsheet: what Draft prints, for the same readers as Table. The
// 役割分担 has a file of its own.
func (s *Service) PlanTable(ctx context.Context, actor access.Actor, meetingID string, form tables.Form) ([]byte, string, error) {
	return s.table(ctx, actor, meetingID, PaperPlan, form)
}

// planSheet collects the fields of a plan, section by section.
type planSheet struct {
	section     string
	sheet, list *tables.Grid
}

func (p *planSheet) begin(section string) {
	p.section = section
	p.sheet.Bands = append(p.sheet.Bands, len(p.sheet.Rows))
	p.sheet.Rows = append(p.sheet.Rows, []string{section, ""})
}

// put writes a field; on the first sheet an empty one, too, for the form has it.
func (p *planSheet) put(label, value string) {
	p.sheet.Rows = append(p.sheet.Rows, []string{label, value})
	p.list.Rows = append(p.list.Rows, []string{p.section, label, value})
}

func (p *planSheet) memo(label string, m papers.Memo) { p.put(label, kept(m.Text, m.Withheld)) }

// kept is a text, or what stands in its place.
func kept(text string, withheld bool) string {
	if withheld {
		return papers.Withheld
	}
	return text
}

// planBook is the plan as tables: in the order of the form, and as a list with a row for each field.
func (m *material) planBook() tables.Book {
	d := m.planDoc()
	b := tables.Book{Title: "支援プラン（プラン兼利用申込書）", Status: m.status(), Foot: m.copyFor, Author: d.Municipality, At: d.At,
		Sheet: tables.Grid{Name: "支援プラン", Portrait: true, Columns: []tables.Column{{Title: "項目", Width: 26}, {Title: "内容", Width: 84}}},
		List:  tables.Grid{Name: "項目の一覧", Named: []int{1}, Columns: []tables.Column{{Title: "区分", Width: 30}, {Title: "項目", Width: 30}, {Title: "内容", Width: 80}}}}
	b.About = []string{joined("　", "取扱注意・部外秘", said("文書番号：", d.DocumentNo), m.copyFor), joined("　", "この内容の日時："+jptime.FormatDateTime(d.At), said("合意した版のハッシュ：", d.ContentHash))}
	p := &planSheet{sheet: &b.Sheet, list: &b.List}
	m.planPeople(p, d)
	m.planWork(p, d)
	m.planAgreed(p, d)
	return b
}

// planPeople: the plan's head, the household, what they want.
func (m *material) planPeople(p *planSheet, d papers.PlanDoc) {
	p.begin("プラン")
	p.put("プラン番号", d.PlanNo)
	p.put("作成回", d.Round)
	p.put("作成日", d.CreatedOn.Both())
	p.put("作成者", joined("　", d.Author.Agency, d.Author.Post, d.Author.Name))
	p.put("プラン期間", joined("から", d.From.Both(), said("", d.To.Both())))
	p.put("次回モニタリング", d.NextMonitoring.Both())
	p.put("ケースID", d.CaseID)
	p.begin("本人・世帯")
	p.put("本人氏名", joined("　", d.Subject.Name, said("ふりがな：", d.Subject.Kana)))
	p.put("生年月日", d.Birth.Both())
	for _, x := range d.Household {
		p.put("世帯員", kept(joined("　", x.Name, said("ふりがな：", x.Kana), said("続柄：", x.Relation), said("生年月日：", x.Birth.Both()), x.Note), x.Withheld))
	}
	p.begin("本人・家族の意向")
	for _, w := range d.Wishes {
		p.put(w.Who, kept(w.Text, w.Withheld))
	}
}

// planWork: what is the matter, where it shall lead, who leads.
func (m *material) planWork(p *planSheet, d papers.PlanDoc) {
	p.begin("世帯の状況・課題の整理（解きほぐし）")
	p.memo("状況・課題", d.Situation)
	p.begin("優先課題")
	for _, x := range d.Priorities {
		p.put(fmt.Sprintf("順位%d", x.Rank), kept(joined("　", x.Code, x.Issue, said("対象者：", x.Person), said("根拠：", x.Grounds)), x.Withheld))
	}
	p.begin("目標")
	p.put("長期目標", goalText(d.LongGoal))
	for i, g := range d.ShortGoals {
		p.put(fmt.Sprintf("短期目標 %d", i+1), goalText(g))
	}
	p.begin("支援の方針（全体）")
	p.memo("支援の方針", d.Policy)
	p.begin("主担当機関")
	p.put("主担当機関", d.LeadAgency)
	p.put("副", d.SubAgencies)
	p.put("終結後の主担当", joined("　", d.AfterAgency, d.After.State, d.After.By, said("条件：", d.After.Condition)))
	p.begin("緊急時・リスク対応")
	p.memo("緊急時・リスク対応", d.Risk)
}

// planAgreed: the services that are applied for, the person's consent, what the meeting said.
func (m *material) planAgreed(p *planSheet, d papers.PlanDoc) {
	p.begin("利用する事業")
	services := ""
	for _, c := range d.Services {
		services = joined("　", services, papers.SheetChoice{Label: c.Label, Checked: c.Checked}.Line())
	}
	p.put("利用する事業", services)
	p.begin("本人同意・利用申込")
	p.put("同意書番号", d.Consent.No)
	p.begin("会議の結果・支援決定")
	p.put("開催日", d.Meeting.On.Both())
	p.put("結果", d.Meeting.Result)
	p.put("条件", d.Meeting.Conditions)
	p.put("支援決定日", d.Meeting.DecidedOn.Both())
}

func goalText(g papers.Goal) string {
	return kept(joined("　", g.Text, said("期限：", g.Due.Both())), g.Withheld)
}
