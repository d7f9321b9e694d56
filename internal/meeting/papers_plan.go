package meeting

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"kasane/internal/consent"
	"kasane/internal/jptime"
	"kasane/internal/papers"
	"kasane/internal/plans"
)

// planDoc is the プラン as a paper.
func (m *material) planDoc() papers.PlanDoc {
	b := m.body
	author := m.facts.official(m.plan.CreatedBy)
	if a := m.facts.agency(m.plan.CreatedFor); a.Name != "" {
		author.Agency = a.Name // the agency at that time
	}
	d := papers.PlanDoc{Head: m.head(), PlanNo: m.planNumber(), Round: m.round(), CreatedOn: jptime.DateOf(m.plan.CreatedAt), Author: author,
		Situation: m.joinTexts("situation"), Policy: m.joinTexts("policy"), LeadAgency: m.agencyName(b.Lead), AfterAgency: m.agencyName(b.AfterLead),
		From: dateOf(b.PeriodFrom), To: dateOf(b.PeriodTo), NextMonitoring: dateOf(b.NextMonitoring), Services: m.programs()}
	m.after(&d)
	d.Layout = m.st.Meeting.Type.layout(PaperPlan)
	m.household(&d)
	for _, n := range b.Narratives {
		if n.Field == "wish" {
			d.Wishes = append(d.Wishes, papers.Wish{Who: m.personName(n.PersonID), Text: n.Text})
		}
	}
	d.Risk = m.joinTexts("risk")
	d.Priorities = m.priorities()
	m.goals(&d)
	roles := m.roleMatrix()
	d.Roles = &roles
	d.Meeting = m.planMeeting()
	if s := m.facts.subjects(); len(s) > 0 && m.visible(s[0].ID, consent.ItemBasic) {
		if r, ok := validRecord(m.facts.Consents, s[0].ID, m.at, consent.PurposePlan); ok {
			d.Consent.No = r.Number
		}
	}
	return d
}

func (m *material) programs() []papers.Check {
	list, _ := m.sheets.List("program")
	var out []papers.Check
	for _, c := range list.Codes {
		out = append(out, papers.Check{Label: c.Label, Checked: slices.Contains(m.body.Programs, c.Code)})
	}
	for _, code := range m.body.Programs {
		if _, ok := list.Find(code); !ok {
			out = append(out, papers.Check{Label: code, Checked: true})
		}
	}
	return out
}

// household copies the persons into the plan: the first subject at its head, the others below. Whose 基本情報 may not be shown
// appears by the place in the household alone.
func (m *material) household(d *papers.PlanDoc) {
	first := ""
	if s := m.facts.subjects(); len(s) > 0 {
		first = s[0].ID
		d.Subject.Name = m.personName(first)
		if m.visible(first, consent.ItemBasic) {
			d.Subject.Kana, d.Birth = s[0].Kana, dateOf(s[0].Birth)
		}
	}
	for _, p := range m.facts.Persons {
		switch {
		case p.ID == first:
		case m.visible(p.ID, consent.ItemBasic):
			d.Household = append(d.Household, papers.HouseholdMember{Name: p.Name, Kana: p.Kana, Relation: p.Relation, Birth: dateOf(p.Birth)})
		default:
			d.Household = append(d.Household, papers.HouseholdMember{Relation: m.personName(p.ID), Withheld: true})
		}
	}
}

func (m *material) priorities() []papers.Priority {
	needs := slices.Clone(m.body.Needs)
	rank := func(n plans.Need) int {
		i, err := strconv.Atoi(n.Priority)
		if err != nil || i < 1 {
			return 1 << 30
		}
		return i
	}
	slices.SortStableFunc(needs, func(a, b plans.Need) int { return cmp.Compare(rank(a), rank(b)) })
	var out []papers.Priority
	for i, n := range needs {
		p := papers.Priority{Rank: i + 1, Code: n.Code, Issue: n.Text}
		if label := m.sheets.Label("need", n.Code); n.Code != "" && label != n.Code {
			p.Code = n.Code + " " + label
		}
		who := n.Person
		if who == "" {
			who = n.PersonID
		}
		p.Person = m.personName(who)
		out = append(out, p)
	}
	for _, w := range m.body.Withheld {
		if w.Count > w.Actions {
			out = append(out, papers.Priority{Rank: len(out) + 1, Withheld: true})
		}
	}
	return out
}

// goals: the first long goal is 長期目標; further long ones are joined to it, the others are 短期目標.
func (m *material) goals(d *papers.PlanDoc) {
	for _, g := range m.body.Goals {
		switch {
		case g.Kind != "long":
			d.ShortGoals = append(d.ShortGoals, papers.Goal{Text: g.Text, Due: dateOf(g.Due)})
		case d.LongGoal.Text == "":
			d.LongGoal = papers.Goal{Text: g.Text, Due: dateOf(g.Due)}
		default:
			d.LongGoal.Text += "\n" + g.Text
		}
	}
	if d.LongGoal.Text == "" && len(m.body.Withheld) > 0 {
		d.LongGoal.Withheld = true
	}
}

func (m *material) planMeeting() papers.PlanMeeting {
	p := papers.PlanMeeting{}
	if m.st.Meeting.OpenedAt != nil {
		p.On = jptime.DateOf(*m.st.Meeting.OpenedAt)
	}
	r := m.st.round()
	if r == nil || r.Decision == nil {
		return p
	}
	p.Result = r.Decision.Outcome.Label()
	var conditions []string
	for _, a := range r.Answers {
		if a.Answer == AnswerConditional && r.Revealed != nil && m.visible("", consent.ItemBasic) {
			conditions = append(conditions, a.AgencyName+": "+a.Reason)
		}
	}
	p.Conditions = strings.Join(conditions, "\n")
	return p
}

// matrixDoc is the 役割分担表 as a paper of its own.
func (m *material) matrixDoc() papers.RoleMatrixDoc {
	d := papers.RoleMatrixDoc{Head: m.head(), PlanNo: m.planNumber() + "　" + m.round(), LeadAgency: m.agencyName(m.body.Lead),
		MeetingDate: jptime.DateOf(m.opened()), Matrix: m.roleMatrix()}
	d.Layout = m.st.Meeting.Type.layout(PaperMatrix)
	if s := m.facts.subjects(); len(s) > 0 {
		d.Subject.Name = m.personName(s[0].ID)
		if m.visible(s[0].ID, consent.ItemBasic) {
			d.Subject.Kana = s[0].Kana
		}
	}
	return d
}

// roleMatrix has a column for everyone with a cell; rows that are withheld stand as such at the end.
func (m *material) roleMatrix() papers.RoleMatrix {
	var out papers.RoleMatrix
	columns := m.columns()
	for _, c := range columns {
		out.Agencies = append(out.Agencies, papers.MatrixAgency{Name: m.columnName(c), Lead: c.ID == m.body.Lead,
			Absent: !c.Present, AcceptedLater: !c.Present && accepted(m.matrix.Rows, c.ID)})
	}
	for i, r := range m.matrix.Rows {
		row := papers.MatrixRow{No: strconv.Itoa(i + 1), Issue: r.NeedText, Item: r.Action.Text, NoLeadReason: r.Reason}
		for _, c := range columns {
			cell, _ := r.Action.Cell(c.ID)
			row.Cells = append(row.Cells, m.cell(cell, r.Answers, c))
			if cell.Limits != "" {
				out.Limits = append(out.Limits, papers.Limit{Agency: m.columnName(c), Text: "（" + row.No + "）" + cell.Limits})
			}
		}
		out.Rows = append(out.Rows, row)
	}
	for range m.matrix.Withheld {
		out.Rows = append(out.Rows, papers.MatrixRow{No: strconv.Itoa(len(out.Rows) + 1), Withheld: true})
	}
	return out
}

// columns are those of everyone with a cell.
func (m *material) columns() (out []plans.Column) {
	for _, c := range m.matrix.Columns {
		if slices.ContainsFunc(m.matrix.Rows, func(r plans.MatrixRow) bool { _, ok := r.Action.Cell(c.ID); return ok }) {
			out = append(out, c)
		}
	}
	return out
}

// accepted tells whether an agency takes on one of its roles as that role stands now.
func accepted(rows []plans.MatrixRow, agencyID string) bool {
	return slices.ContainsFunc(rows, func(r plans.MatrixRow) bool {
		return slices.ContainsFunc(r.Answers, func(a plans.AnswerView) bool {
			return a.AgencyID == agencyID && !a.Void && (a.Answer == plans.AnswerAccept || a.Answer == plans.AnswerConditional)
		})
	})
}

func (m *material) columnName(c plans.Column) string {
	if c.Kind == "agency" {
		return m.agencyName(c.ID)
	}
	return c.Name
}

func (m *material) cell(c plans.Cell, answers []plans.AnswerView, col plans.Column) papers.MatrixCell {
	out := papers.MatrixCell{Code: c.Code.Mark(), Content: c.Content, Person: c.Who, Frequency: m.sheets.Label("frequency", c.Freq),
		Start: dateOf(c.Start), Due: dateOf(c.Due)}
	if col.Kind != "agency" || !c.Active() {
		return out
	}
	out.Answer = "提案中"
	for _, a := range answers {
		if a.AgencyID == col.ID && !a.Void {
			out.Answer, out.Condition, out.AnsweredBy, out.AnsweredAt = a.Label, a.Reason, a.UserName, a.At
			if a.Due != "" {
				out.Condition = strings.TrimSpace(out.Condition + "　期限 " + a.Due)
			}
		}
	}
	return out
}
