package plans

import (
	"cmp"
	"slices"
	"strconv"

	"kasane/internal/consent"
	"kasane/internal/text"
)

// Setting is the moment a matrix is looked at: outside of a meeting, or in one.
type Setting struct {
	Day      string          // ISO: the meeting's day, else today
	Meeting  bool            // in a meeting: absence counts
	Seats    []string        // agencies with a seat, in order
	Attended map[string]bool // agencies that came
	Reasons  map[Row]string  // why a row goes on without one accepted ◎
}

// Row is a 支援項目 with the document it stands in. Ids of rows are made by clients, so an id alone may come twice.
type Row struct {
	PersonID string
	Item     consent.Item
	ActionID string
}

// Row is the action's place and id.
func (a Action) Row() Row { return Row{PersonID: a.PersonID, Item: a.Item, ActionID: a.ID} }

const (
	contentLimit = 200 // graphemes in a cell, domain.md §5
	loadLimit    = 5   // ◎ of one agency at which 丸投げ is asked about
)

// RoleMatrix (役割分担表) is the view of the actions by agency, with what has to be looked at.
func RoleMatrix(body Body, h Household, answers []AnswerView, set Setting) Matrix {
	m := Matrix{Columns: columns(body, h, set), Rows: []MatrixRow{}, Warnings: []Warning{}}
	for _, w := range body.Withheld {
		m.Withheld += w.Actions
	}
	needs, goals := map[string]string{}, map[string]string{}
	for _, n := range body.Needs {
		needs[n.ID] = n.Text
	}
	for _, g := range body.Goals {
		goals[g.ID] = g.Text
	}
	for i, a := range body.Actions {
		row := MatrixRow{Action: a, NeedText: needs[a.Need], GoalText: goals[a.Goal], Answers: []AnswerView{}, Reason: set.Reasons[a.Row()]}
		for _, v := range answers {
			if v.ActionID == a.ID && v.DocID == a.DocID {
				row.Answers = append(row.Answers, v)
			}
		}
		m.Rows = append(m.Rows, row)
		m.Warnings = append(m.Warnings, checkRow(i+1, row, m.Columns, set)...)
	}
	m.load()
	m.Warnings = append(m.Warnings, checkPlan(body, m)...)
	return m
}

// columns: agencies with a seat and members in their order, whoever else has a cell, then 本人 and 家族.
func columns(body Body, h Household, set Setting) []Column {
	var out []Column
	add := func(id string) {
		if id == "" || id == ColumnSelf || id == ColumnFamily || slices.ContainsFunc(out, func(c Column) bool { return c.ID == id }) {
			return
		}
		c := Column{ID: id, Kind: "agency", Name: id, Short: id, Present: !set.Meeting || set.Attended[id]}
		if i := slices.IndexFunc(h.Agencies, func(a MemberAgency) bool { return a.ID == id }); i >= 0 {
			a := h.Agencies[i]
			c.Name, c.Short, c.Member = a.Name, cmp.Or(a.Short, a.Name), a.Member
		}
		out = append(out, c)
	}
	for _, a := range h.Agencies {
		if a.Member {
			add(a.ID)
		}
	}
	for _, id := range set.Seats {
		add(id)
	}
	for _, a := range body.Actions {
		for _, c := range a.Cells {
			add(c.Column)
		}
	}
	return append(out, Column{ID: ColumnSelf, Kind: "self", Name: "本人", Short: "本人", Present: true},
		Column{ID: ColumnFamily, Kind: "family", Name: "家族", Short: "家族", Present: true})
}

func (m *Matrix) load() {
	for i := range m.Columns {
		for _, r := range m.Rows {
			if c, ok := r.Action.Cell(m.Columns[i].ID); ok && c.Active() {
				m.Columns[i].Roles++
				if c.Code == CodeLead {
					m.Columns[i].Leads++
				}
			}
		}
	}
}

// rowCheck collects the warnings of one row.
type rowCheck struct {
	n    int
	row  MatrixRow
	cols []Column
	set  Setting
	out  []Warning
}

func (c *rowCheck) say(code, column string, blocking bool, message string) {
	if blocking && c.row.Reason != "" {
		blocking = false
		message += "（理由: " + c.row.Reason + "）"
	}
	c.out = append(c.out, Warning{Code: code, Blocking: blocking, Message: "支援項目" + strconv.Itoa(c.n) + ": " + message,
		ActionID: c.row.Action.ID, DocID: c.row.Action.DocID, Column: column})
}

func checkRow(n int, row MatrixRow, cols []Column, set Setting) []Warning {
	c := &rowCheck{n: n, row: row, cols: cols, set: set}
	leads := 0
	for _, col := range cols {
		cell, ok := row.Action.Cell(col.ID)
		if !ok {
			continue
		}
		if cell.Code == CodeLead && col.Kind == "agency" {
			leads++
		}
		c.cell(col, cell)
	}
	switch {
	case leads == 0:
		c.say("no_lead", "", true, "主担当（◎）がありません。1つの機関を◎にするか、理由を記録してください。")
	case leads > 1:
		c.say("two_leads", "", true, "主担当（◎）が"+strconv.Itoa(leads)+"つあります。1つにするか、理由を記録してください。")
	}
	return c.out
}

func (c *rowCheck) cell(col Column, cell Cell) {
	switch {
	case cell.Code == CodeLead && col.Kind != "agency":
		c.say("lead_person", col.ID, false, col.Name+"の欄は「本」を使います。◎は機関に付けてください。")
	case cell.Code == CodeSelf && col.Kind == "agency":
		c.say("self_agency", col.ID, false, "「本」は本人・家族の欄に使います。"+col.Name+"の役割を選び直してください。")
	case cell.Code == CodeOpen:
		c.say("open_cell", col.ID, false, col.Name+"の役割が「？要調整」のままです。")
	}
	if cell.Due != "" && cell.Due < c.set.Day {
		c.say("due_before", col.ID, false, col.Name+"の期限（"+cell.Due+"）が会議の日（"+c.set.Day+"）より前です。日付を確かめてください。")
	}
	if cell.Start != "" && cell.Due != "" && cell.Due < cell.Start {
		c.say("due_before_start", col.ID, false, col.Name+"の期限（"+cell.Due+"）が開始日（"+cell.Start+"）より前です。")
	}
	if n := text.GraphemeLen(cell.Content); n > contentLimit {
		c.say("too_long", col.ID, false, col.Name+"の内容が"+strconv.Itoa(n)+"字あります。200字までにしてください。")
	}
	if col.Kind == "agency" && cell.Active() {
		c.answer(col, cell)
	}
}

// answer looks at what the agency said about its cell. A ◎ that is not accepted stops 閉会; other roles only warn.
func (c *rowCheck) answer(col Column, cell Cell) {
	lead := cell.Code == CodeLead
	what := col.Name + "（" + cell.Code.Mark() + cell.Code.Label() + "）"
	i := slices.IndexFunc(c.row.Answers, func(a AnswerView) bool { return a.AgencyID == col.ID })
	if i < 0 {
		switch {
		case lead && c.set.Meeting && !col.Present:
			c.say("lead_absent", col.ID, true, what+"は出席していません。後日の引受を待つか、別の機関を◎にするか、理由を記録してください。")
		default:
			c.say("unanswered", col.ID, lead, what+"がまだ回答していません。")
		}
		return
	}
	switch a := c.row.Answers[i]; {
	case a.Void:
		c.say("void", col.ID, lead, what+"の回答のあとに欄の内容が変わりました。もう一度回答が要ります。")
	case a.Answer == AnswerDecline:
		c.say("declined", col.ID, lead, what+"は辞退しました。担当を見直してください。")
	case a.Answer == AnswerTakeback:
		c.say("takeback", col.ID, lead, what+"は持ち帰りです（回答期限 "+a.Due+"）。")
	}
}

func checkPlan(body Body, m Matrix) []Warning {
	var out []Warning
	say := func(code, column, message string) {
		out = append(out, Warning{Code: code, Message: message, Column: column})
	}
	if len(body.Actions) == 0 && m.Withheld == 0 {
		say("no_action", "", "支援項目がありません。「支援内容・役割分担」に行を加えてください。")
	}
	whole := !slices.ContainsFunc(body.Withheld, func(w Withheld) bool { return w.PersonID == "" })
	if body.Lead == "" && whole {
		say("no_plan_lead", "", "プラン全体の主担当機関が決まっていません。")
	}
	if body.AfterLead == "" && whole {
		say("no_after_lead", "", "終結後の主担当が決まっていません。")
	}
	for _, c := range m.Columns {
		if c.Kind == "agency" && c.Leads >= loadLimit && c.Leads*2 > len(m.Rows) {
			say("overload", c.ID, c.Name+"に主担当（◎）が"+strconv.Itoa(c.Leads)+"つ集まっています。分けられないか確かめてください。")
		}
		if c.Kind == "agency" && !c.Member && c.Roles > 0 {
			say("not_member", c.ID, c.Name+"は、このケースに関わる機関として登録されていません。登録するか、役割を見直してください。")
		}
	}
	return out
}
