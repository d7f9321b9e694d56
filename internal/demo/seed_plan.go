package demo

import (
	"fmt"

	"kasane/internal/live"
)

// plan writes the draft, document by document.
func (o *home) plan() error {
	p, err := o.plans.Create(o.ctx, o.as("jimukyoku"), o.caseID, "")
	if err != nil {
		return err
	}
	o.planID = p.ID
	for _, at := range o.h.plan.places() {
		ref, err := o.plans.EnsureDoc(o.ctx, o.as("jimukyoku"), "", p.ID, o.persons[at.person], at.item)
		if err != nil {
			return fmt.Errorf("document %s of %q: %w", at.item, at.person, err)
		}
		write := func(b *live.Builder) error { o.planPart(b, at); return nil }
		if _, err := o.live.ServerWrite(o.ctx, o.as("jimukyoku"), ref.DocID, write); err != nil {
			return fmt.Errorf("writing %s of %q: %w", at.item, at.person, err)
		}
	}
	return nil
}

// places lists the documents of a plan in the order of their first use; the household's 基本情報 is always there.
func (p *plan) places() []place {
	out := []place{{"", "basic"}}
	seen := map[place]bool{out[0]: true}
	add := func(at place) {
		if !seen[at] {
			seen[at] = true
			out = append(out, at)
		}
	}
	for _, x := range p.texts {
		add(x.place)
	}
	for _, x := range p.needs {
		add(x.place)
	}
	for _, x := range p.goals {
		add(x.place)
	}
	for _, x := range p.acts {
		add(x.place)
	}
	return out
}

// planPart writes what of the plan lies in one document. Rows keep their order over all documents.
func (o *home) planPart(b *live.Builder, at place) {
	p := o.h.plan
	if at == (place{"", "basic"}) {
		for key, v := range p.heads {
			text, _ := v.(string)
			if key == "lead" {
				text = o.agencies[text].ID
			}
			b.Set(key, o.cal.expand(text))
		}
	}
	for _, x := range p.texts {
		if x.place == at {
			b.Text(x.key, o.cal.expand(x.text))
		}
	}
	for i, x := range p.needs {
		if x.place == at {
			b.Row("need", x.id, live.Ord(i), map[string]any{"code": x.code, "person": o.persons[x.of], "priority": x.priority},
				map[string]string{"text": o.cal.expand(x.text)})
		}
	}
	for i, x := range p.goals {
		if x.place == at {
			b.Row("goal", x.id, live.Ord(i), map[string]any{"need": x.need, "kind": x.kind, "due": o.cal.due(x.due)},
				map[string]string{"text": o.cal.expand(x.text)})
		}
	}
	for i, x := range p.acts {
		if x.place == at {
			b.Row("action", x.id, live.Ord(i), map[string]any{"goal": x.goal, "need": x.need}, map[string]string{"text": o.cal.expand(x.text)})
			for _, c := range x.cells {
				o.cell(b, x.id, c)
			}
		}
	}
}

func (o *home) cell(b *live.Builder, actionID string, c cell) {
	column := c.column
	if a, ok := o.agencies[column]; ok {
		column = a.ID
	}
	values := map[string]any{"code": c.code}
	for key, v := range map[string]string{"who": c.who, "freq": c.freq, "start": o.cal.due(c.start), "due": o.cal.due(c.due)} {
		if v != "" {
			values[key] = v
		}
	}
	texts := map[string]string{}
	for key, v := range map[string]string{"content": c.content, "limits": c.limits} {
		if v != "" {
			texts[key] = o.cal.expand(v)
		}
	}
	b.Cell(actionID, column, values, texts)
}
