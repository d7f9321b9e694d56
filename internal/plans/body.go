package plans

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"kasane/internal/consent"
)

// The prose fields of a plan, in the order of the sheet.
var narratives = []string{"wish", "situation", "policy", "risk"}

// NarrativeLabel is the Japanese name of a prose field.
func NarrativeLabel(field string) string {
	return map[string]string{"wish": "本人・家族の意向", "situation": "世帯の状況・課題の整理", "policy": "支援の方針", "risk": "緊急時・リスク対応"}[field]
}

// ReadBody merges the documents of a plan. What is not among parts does not exist for it.
func ReadBody(p Plan, parts []Part) Body {
	b := Body{PlanID: p.ID, CaseID: p.CaseID, Round: p.Round, Programs: []string{}, Narratives: []Narrative{},
		Needs: []Need{}, Goals: []Goal{}, Actions: []Action{}, Withheld: []Withheld{}}
	parts = slices.Clone(parts)
	slices.SortFunc(parts, comparePlaces)
	for _, part := range parts {
		b.header(part)
		b.rows(part)
	}
	slices.SortStableFunc(b.Narratives, func(x, y Narrative) int {
		return slices.Index(narratives, x.Field) - slices.Index(narratives, y.Field)
	})
	slices.SortFunc(b.Needs, func(x, y Need) int { return byOrd(x.Ord, x.ID, y.Ord, y.ID) })
	slices.SortFunc(b.Goals, func(x, y Goal) int { return byOrd(x.Ord, x.ID, y.Ord, y.ID) })
	slices.SortFunc(b.Actions, func(x, y Action) int { return byOrd(x.Ord, x.ID, y.Ord, y.ID) })
	return b
}

// comparePlaces puts the household first, 基本情報 first, then the order of persons and items.
func comparePlaces(a, b Part) int {
	return cmp.Or(cmp.Compare(a.PersonID, b.PersonID), cmp.Compare(itemRank(a.Item), itemRank(b.Item)), cmp.Compare(a.DocID, b.DocID))
}

func itemRank(i consent.Item) int { return slices.Index(consent.Items(), i) }

func byOrd(ordA, idA, ordB, idB string) int {
	return cmp.Or(strings.Compare(ordA, ordB), strings.Compare(idA, idB))
}

// header takes the plan's own entries: the household's 基本情報 wins, else whoever has them first.
func (b *Body) header(p Part) {
	for key, to := range map[string]*string{"lead": &b.Lead, "after_lead": &b.AfterLead, "period_from": &b.PeriodFrom,
		"period_to": &b.PeriodTo, "next_monitoring": &b.NextMonitoring} {
		if *to == "" {
			*to = p.String(key)
		}
	}
	if p.PersonID == "" && p.Item == consent.ItemBasic {
		var programs []string
		if json.Unmarshal([]byte(p.String("programs")), &programs) == nil && programs != nil {
			b.Programs = programs
		}
	}
	for _, field := range narratives {
		if text := p.Text(field); text != "" {
			b.Narratives = append(b.Narratives, Narrative{Place: p.Place, Field: field, Text: text})
		}
	}
}

func (b *Body) rows(p Part) {
	for _, l := range p.Rows("need") {
		at := "need/" + l.ID + "/"
		b.Needs = append(b.Needs, Need{Place: p.Place, ID: l.ID, Ord: l.Ord, Code: p.String(at + "code"), Person: p.String(at + "person"),
			Priority: p.String(at + "priority"), Text: p.Text(at + "text")})
	}
	for _, l := range p.Rows("goal") {
		at := "goal/" + l.ID + "/"
		b.Goals = append(b.Goals, Goal{Place: p.Place, ID: l.ID, Ord: l.Ord, Need: p.String(at + "need"), Kind: p.String(at + "kind"),
			Due: p.String(at + "due"), Text: p.Text(at + "text")})
	}
	cells := cellsOf(p.Source)
	for _, l := range p.Rows("action") {
		at := "action/" + l.ID + "/"
		a := Action{Place: p.Place, ID: l.ID, Ord: l.Ord, Need: p.String(at + "need"), Goal: p.String(at + "goal"), Text: p.Text(at + "text"), Cells: []Cell{}}
		for _, column := range sortedKeys(cells[l.ID]) {
			if c := readCell(p.Source, l.ID, column); !c.empty() {
				c.Hash = CellHash(a.Text, c)
				a.Cells = append(a.Cells, c)
			}
		}
		b.Actions = append(b.Actions, a)
	}
}

// cellsOf finds which cells have been written to: action → column.
func cellsOf(s Source) map[string]map[string]bool {
	found := map[string]map[string]bool{}
	for _, key := range append(s.Keys(), s.TextKeys()...) {
		if parts := strings.Split(key, "/"); len(parts) == 4 && parts[0] == "cell" {
			if found[parts[1]] == nil {
				found[parts[1]] = map[string]bool{}
			}
			found[parts[1]][parts[2]] = true
		}
	}
	return found
}

func readCell(s Source, action, column string) Cell {
	at := "cell/" + action + "/" + column + "/"
	return Cell{Column: column, Code: Code(s.String(at + "code")), Content: s.Text(at + "content"), Limits: s.Text(at + "limits"),
		Who: s.String(at + "who"), Freq: s.String(at + "freq"), Start: s.String(at + "start"), Due: s.String(at + "due")}
}

func (c Cell) empty() bool {
	return c == Cell{Column: c.Column}
}

// Active tells whether the cell gives its column something to do or to watch, so that the agency has to answer it.
func (c Cell) Active() bool {
	switch c.Code {
	case CodeLead, CodeMain, CodeAssist, CodeWatch:
		return true
	}
	return false
}

// Cell finds a cell of the action.
func (a Action) Cell(column string) (Cell, bool) {
	i := slices.IndexFunc(a.Cells, func(c Cell) bool { return c.Column == column })
	if i < 0 {
		return Cell{}, false
	}
	return a.Cells[i], true
}

// Action finds an action by id.
func (b Body) Action(id string) (Action, bool) {
	i := slices.IndexFunc(b.Actions, func(a Action) bool { return a.ID == id })
	if i < 0 {
		return Action{}, false
	}
	return b.Actions[i], true
}

// count is what a reader is told of a document that is withheld.
func count(p Part) (rows, actions int) {
	for _, field := range narratives {
		if p.Text(field) != "" {
			rows++
		}
	}
	actions = len(p.Rows("action"))
	return rows + len(p.Rows("need")) + len(p.Rows("goal")) + actions, actions
}
