package casesheets

import (
	"context"
	"slices"

	"kasane/internal/fault"
	"kasane/internal/live"
)

// The three-way comparison: what went out, what stands in the record now, what stands on the sheet.

// compare says for every slot of the file what it would change.
func (s *Service) compare(ctx context.Context, b *back) error {
	c := &comparing{Service: s, back: b, then: map[thenKey]*live.Document{}, rights: map[class]live.Rights{}, today: s.today(b.m)}
	for _, id := range b.order {
		if err := c.slot(ctx, b.slots[id], b.cells[id]); err != nil {
			return err
		}
	}
	return nil
}

type thenKey struct {
	class
	seq int64
}

// comparing is a comparison on its way.
type comparing struct {
	*Service
	*back
	then   map[thenKey]*live.Document
	rights map[class]live.Rights
	today  func(slot) bool
	closed []class // told once that they are 同意範囲外 by now
}

func (c *comparing) slot(ctx context.Context, s slot, rows []entry) error {
	switch {
	case !c.m.show[s.class]:
		c.hidden(s, rows)
		return nil
	case rows[0].mark.version == markKept:
		for _, e := range rows {
			if !blankOrKept(e.text) {
				c.say(e, s, "", "書き出したときに同意範囲外だった欄です。いまの内容を見ずに書き換えることになるため、読み込みません。画面で確かめて入力してください。")
			}
		}
		return nil
	}
	c.read++
	doc, known, err := c.before(ctx, s.class, rows[0].mark)
	if err != nil {
		return err
	}
	now := c.m.holds(s, c.m.docs[s.class])
	was := now
	if known {
		was = c.m.holds(s, doc)
	}
	put, ok := c.reading(s, rows, was)
	if !ok {
		return nil
	}
	if put == "" && s.field.Required && !s.words {
		c.note(rows[0], s, "", "必須の項目が空です。空のままでも取り込めます。")
	}
	if put == was && known || put == now {
		return nil
	}
	message, err := c.mayNot(ctx, s)
	if err != nil {
		return err
	}
	if message != "" {
		c.say(rows[0], s, "", message)
		return nil
	}
	x := Change{Key: s.id(), Who: s.who, Section: s.section, Label: s.label(), Sheet: rows[0].sheet, Cell: rows[0].cell, Was: c.m.read(s, was), Now: c.m.read(s, now), New: c.m.read(s, put),
		Conflict: !known || now != was, Notes: []string{}, slot: s, have: now, put: put}
	if s.several() {
		x.Cell = c.moved(s, rows, was, put)
	}
	if put == "" {
		x.Notes = append(x.Notes, "空欄にします。")
	}
	if s.words && put != "" && !c.asksWords(s, rows) {
		x.Notes = append(x.Notes, "「その他」などの、言葉を書く選択肢が選ばれていません。")
	}
	c.changes = append(c.changes, x)
	return nil
}

// hidden says of what the gate does not show: it is not read, and nothing is compared with it.
func (c *comparing) hidden(s slot, rows []entry) {
	for _, e := range rows {
		switch {
		case blankOrKept(e.text):
		case e.mark.version == markKept:
			c.say(e, s, "", "同意範囲外の欄です。書き込めません。元の「同意範囲外」に戻してください。")
		case !slices.Contains(c.closed, s.class):
			c.closed = append(c.closed, s.class)
			c.back.troubles = append(c.back.troubles, Trouble{Sheet: e.sheet, Cell: e.cell, Who: s.who, Label: s.item.Label(), Note: true,
				Message: "書き出したあとに同意範囲外になりました。この区分の欄は読まず、書き込みません。"})
		}
	}
}

// before is the document as it stood when the sheet went out; known is false when that version is no longer to be had.
func (c *comparing) before(ctx context.Context, k class, mk mark) (d *live.Document, known bool, err error) {
	epoch, seq, ok := mk.at()
	meta, made := c.m.meta(k)
	switch now := c.m.docs[k]; {
	case !ok || epoch != meta.Epoch:
		return nil, false, nil
	case seq == 0:
		return nil, true, nil
	case !made || now == nil || seq > now.Seq():
		return nil, false, nil
	case seq == now.Seq():
		return now, true, nil
	}
	at := thenKey{k, seq}
	if d, ok := c.then[at]; ok {
		return d, d != nil, nil
	}
	d, err = c.docs.ReadAt(ctx, c.m.actor.Tenant, meta.ID, seq)
	if fault.Is(err, fault.NotFound) {
		d, err = nil, nil
	}
	c.then[at] = d
	return d, d != nil, err
}

// mayNot says why a slot cannot be written.
func (c *comparing) mayNot(ctx context.Context, s slot) (string, error) {
	r, asked := c.rights[s.class]
	if !asked {
		meta, _ := c.m.meta(s.class)
		var err error
		if r, err = c.gate.Rights(ctx, c.m.actor, "", meta); err != nil {
			return "", err
		}
		c.rights[s.class] = r
	}
	switch {
	case r.Reason == live.CodeFrozen:
		return "この欄の文書は固定されているため、書き込めません。", nil
	case !r.Read || !r.Write:
		return "この欄に書き込む権限がありません。書き込めるのは事務局と市の所管課です。", nil
	case !c.today(s):
		return "いまの様式では、この欄に書き込めません。画面で確かめてください。", nil
	}
	return "", nil
}

// moved is the cell of the first choice that differs.
func (c *comparing) moved(s slot, rows []entry, was, put string) string {
	for _, e := range rows {
		code := e.mark.part[min(len(e.mark.part), len(markChoice)):]
		if slices.Contains(codesOf(was), code) != slices.Contains(codesOf(put), code) {
			return e.cell
		}
	}
	return rows[0].cell
}

// asksWords tells whether a choice that takes words is made on the sheet, or in the record where the sheet does not say.
func (c *comparing) asksWords(s slot, _ []entry) bool {
	of := s
	of.words = false
	held := c.m.holds(of, c.m.docs[of.class])
	for _, x := range c.changes {
		if x.slot.id() == of.id() {
			held = x.put
		}
	}
	l, _ := c.m.set.List(s.field.Codes)
	return slices.ContainsFunc(codesOf(held), func(code string) bool {
		x, _ := l.Find(code)
		return x.Other
	})
}
