package plans

import (
	"slices"
	"strings"
)

// Diff lists the fields that differ between two readings of plans of one case (前回との差分), in the order of the newer one; what was
// removed follows. Both readings must be of what the reader may see.
func Diff(before, after Body, names map[string]string) []Change {
	d := &differ{names: names, out: []Change{}}
	d.header(before, after)
	d.narratives(before, after)
	compareRows(d, "need", before.Needs, after.Needs, func(n Need) row {
		return row{n.ID, n.Text, n.Place, []field{{"text", n.Text}, {"code", n.Code}, {"priority", n.Priority}, {"person", n.Person}}}
	})
	compareRows(d, "goal", before.Goals, after.Goals, func(g Goal) row {
		return row{g.ID, g.Text, g.Place, []field{{"text", g.Text}, {"kind", g.Kind}, {"due", g.Due}}}
	})
	compareRows(d, "action", before.Actions, after.Actions, func(a Action) row {
		return row{a.ID, a.Text, a.Place, []field{{"text", a.Text}}}
	})
	d.cells(before, after)
	return d.out
}

type differ struct {
	names map[string]string // columns: agency id → name
	out   []Change
}

type field struct{ name, value string }

type row struct {
	id, label string
	at        Place
	fields    []field
}

func (d *differ) name(id string) string {
	switch id {
	case ColumnSelf:
		return "本人"
	case ColumnFamily:
		return "家族"
	}
	if n := d.names[id]; n != "" {
		return n
	}
	return id
}

func (d *differ) add(what, label, rowID, column, name string, at Place, before, after string) {
	if before == after {
		return
	}
	kind := "changed"
	switch {
	case before == "":
		kind = "added"
	case after == "":
		kind = "removed"
	}
	d.out = append(d.out, Change{Kind: kind, What: what, Label: label, RowID: rowID, Column: column, Field: name,
		PersonID: at.PersonID, Item: at.Item, Before: before, After: after})
}

func (d *differ) header(before, after Body) {
	at := Place{Item: "basic"}
	d.add("plan", "主担当機関", "", "", "lead", at, d.agency(before.Lead), d.agency(after.Lead))
	d.add("plan", "終結後の主担当", "", "", "after_lead", at, d.agency(before.AfterLead), d.agency(after.AfterLead))
	d.add("plan", "プラン期間（開始）", "", "", "period_from", at, before.PeriodFrom, after.PeriodFrom)
	d.add("plan", "プラン期間（終了）", "", "", "period_to", at, before.PeriodTo, after.PeriodTo)
	d.add("plan", "次回モニタリング予定", "", "", "next_monitoring", at, before.NextMonitoring, after.NextMonitoring)
	d.add("plan", "利用する事業", "", "", "programs", at, strings.Join(before.Programs, "、"), strings.Join(after.Programs, "、"))
}

func (d *differ) agency(id string) string {
	if id == "" {
		return ""
	}
	return d.name(id)
}

// narratives are matched by field, person and item: each document has one of each.
func (d *differ) narratives(before, after Body) {
	find := func(in []Narrative, n Narrative) string {
		i := slices.IndexFunc(in, func(x Narrative) bool {
			return x.Field == n.Field && x.PersonID == n.PersonID && x.Item == n.Item
		})
		if i < 0 {
			return ""
		}
		return in[i].Text
	}
	for _, n := range after.Narratives {
		d.add("narrative", NarrativeLabel(n.Field), "", "", n.Field, n.Place, find(before.Narratives, n), n.Text)
	}
	for _, n := range before.Narratives {
		if find(after.Narratives, n) == "" {
			d.add("narrative", NarrativeLabel(n.Field), "", "", n.Field, n.Place, n.Text, "")
		}
	}
}

// compareRows matches rows by id: a plan made from a previous one keeps the ids of its rows.
func compareRows[T any](d *differ, what string, before, after []T, read func(T) row) {
	old := map[string]row{}
	for _, t := range before {
		r := read(t)
		old[r.id] = r
	}
	for _, t := range after {
		r := read(t)
		o, ok := old[r.id]
		delete(old, r.id)
		if !ok {
			d.out = append(d.out, Change{Kind: "added", What: what, Label: r.label, RowID: r.id, PersonID: r.at.PersonID, Item: r.at.Item, After: r.label})
			continue
		}
		for i, f := range r.fields {
			d.add(what, r.label, r.id, "", f.name, r.at, o.fields[i].value, f.value)
		}
	}
	for _, t := range before {
		if r := read(t); old[r.id].id != "" {
			d.out = append(d.out, Change{Kind: "removed", What: what, Label: r.label, RowID: r.id, PersonID: r.at.PersonID, Item: r.at.Item, Before: r.label})
		}
	}
}

// cells compares the role cells of the actions that are in both.
func (d *differ) cells(before, after Body) {
	for _, a := range after.Actions {
		o, ok := before.Action(a.ID)
		columns := []string{}
		for _, c := range append(slices.Clone(o.Cells), a.Cells...) {
			if !slices.Contains(columns, c.Column) {
				columns = append(columns, c.Column)
			}
		}
		if !ok {
			columns = nil // the whole row is new
		}
		slices.Sort(columns)
		for _, col := range columns {
			was, _ := o.Cell(col)
			is, _ := a.Cell(col)
			label := a.Text + " / " + d.name(col)
			for _, f := range [...]struct{ name, was, is string }{{"code", mark(was.Code), mark(is.Code)}, {"content", was.Content, is.Content},
				{"limits", was.Limits, is.Limits}, {"who", was.Who, is.Who}, {"freq", was.Freq, is.Freq}, {"start", was.Start, is.Start}, {"due", was.Due, is.Due}} {
				d.add("cell", label, a.ID, col, f.name, a.Place, f.was, f.is)
			}
		}
	}
}

func mark(c Code) string {
	if c == "" {
		return ""
	}
	return c.Mark() + c.Label()
}
