package imports

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/intake"
	"kasane/internal/live"
	"kasane/internal/sheets"
	"kasane/internal/text"
)

// one reads a choice: by its word, or by what somebody has said the word means. ok is false when the row cannot be taken in.
func (c *checker) one(r *row, field, s string) (code string, ok bool) {
	options, words := c.p.choices(field)
	if code, ok := words[text.Fold(s)]; ok {
		return code, true
	}
	for _, a := range c.p.agencies { // by its short name
		if a.Short == s && a.Active && slices.ContainsFunc(options, func(o Option) bool { return o.Code == a.ID }) {
			return a.ID, true
		}
	}
	if slices.Contains(blanks, s) {
		return "", true
	}
	key := [2]string{field, short(s)}
	w := c.asked[key]
	if w == nil {
		w = &Word{Field: field, Label: c.label(field), Word: short(s), Options: options}
		w.Code, w.Known = c.words[field][short(s)]
		if w.Code != "" && !slices.ContainsFunc(options, func(o Option) bool { return o.Code == w.Code }) {
			w.Code, w.Known = "", false // an agency that is no longer, a choice that was given up
		}
		c.asked[key] = w
	}
	w.Rows++
	if !w.Known {
		c.say(r, field, "「%s」が何に当たるか決まっていません。「言葉の対応」で選んでください。", short(s))
	}
	return w.Code, w.Known
}

// several reads choices, the whole cell first: a name may hold the sign that divides.
func (c *checker) several(r *row, field, s string) (codes []string) {
	_, words := c.p.choices(field)
	list := parts(s)
	if _, whole := words[text.Fold(s)]; whole {
		list = []string{s}
	}
	for _, p := range list {
		if code, ok := c.one(r, field, p); ok && code != "" && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

// answer reads a field of the form.
func (c *checker) answer(r *row, f sheets.Field, s string) {
	id := ofSheet + f.ID
	a := answer{field: f, value: s}
	switch f.Type {
	case sheets.TypeDate:
		if slices.Contains(blanks, s) {
			return
		}
		day, err := readDate(s)
		if err != nil {
			c.say(r, id, "日付として読み取れません。「R8.6.12」「2026/6/12」のように直してください。")
			return
		}
		a.value, r.shown[id] = day, shownDay(day)
	case sheets.TypeBool:
		v, ok := readFlag(s)
		if !ok {
			c.say(r, id, "「○」か「×」にしてください。")
			return
		}
		a.value, r.shown[id] = v, map[bool]string{true: "はい", false: "いいえ"}[v]
	case sheets.TypeInt, sheets.TypeYen:
		v, ok := readNumber(s)
		if !ok {
			c.say(r, id, "数として読み取れません。数字だけにしてください。")
			return
		}
		a.value = v
	case sheets.TypeOne, sheets.TypeAgency, sheets.TypeMulti:
		if !c.chosen(r, &a, id, s) {
			return
		}
	case sheets.TypeText:
		if strings.HasPrefix(f.ID, "tel") && lostZero(s) {
			c.say(r, id, "電話番号の先頭の0が落ちています（Excelが数として扱ったため）。列の書式を「文字列」にして入れ直してください。")
			return
		}
	}
	if err := c.p.set.Validate(f, a.value); err != nil {
		c.tell(r, id, false, err)
		return
	}
	r.answers = append(r.answers, a)
}

// chosen reads the choices of a field of the form; false: nothing to keep.
func (c *checker) chosen(r *row, a *answer, id, s string) bool {
	codes := []string{}
	if a.field.Type == sheets.TypeMulti {
		codes = c.several(r, id, s)
	} else if code, ok := c.one(r, id, s); ok && code != "" {
		codes = append(codes, code)
	}
	l, _ := c.p.set.List(a.field.Codes)
	var labels []string
	for _, code := range codes {
		x, ok := l.Find(code)
		if ok && x.Other && text.Fold(s) != text.Fold(x.Label) { // the word itself is kept beside 「その他」
			a.words = s
		}
		labels = append(labels, cmp.Or(x.Label, c.agencyName(code)))
	}
	r.shown[id] = strings.Join(labels, "、")
	if a.words != "" {
		if err := text.Line(a.field.ID, a.field.Label, a.words, 200); err != nil {
			c.tell(r, id, false, err)
			return false
		}
		r.shown[id] += "（" + a.words + "）"
	}
	if len(codes) == 0 {
		return false
	}
	a.value = codes[0]
	if a.field.Type == sheets.TypeMulti {
		b, _ := json.Marshal(codes) // strings always encode
		a.value = string(b)
	}
	return true
}

func (c *checker) agencyName(id string) string {
	for _, a := range c.p.agencies {
		if a.ID == id {
			return a.Name
		}
	}
	return id
}

// lostZero tells whether a telephone number stands there without its 0.
func lostZero(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return (len(s) == 9 || len(s) == 10) && s[0] != '0'
}

// docs are the documents of the form with what a row says, in the name of who takes it in.
func (c *checker) docs(actor access.Actor, r *row, n NewCase) ([]intake.NewDoc, error) {
	type at struct {
		owner sheets.Owner
		item  consent.Item
	}
	fields := map[at][]answer{}
	for _, a := range r.answers {
		k := at{a.field.Owner, consent.Item(a.field.Item)}
		fields[k] = append(fields[k], a)
	}
	var out []intake.NewDoc
	for _, k := range slices.SortedFunc(maps.Keys(fields), func(a, b at) int {
		return strings.Compare(string(a.owner)+string(a.item), string(b.owner)+string(b.item))
	}) {
		m := live.Meta{Tenant: actor.Tenant, ID: access.NewID(c.now), Epoch: 1, Kind: live.KindSection, CaseID: n.Case.ID, OwnerID: n.Case.ID, Item: k.item}
		if k.owner == sheets.OwnerPerson {
			m.OwnerID, m.PersonID = n.Persons[0].ID, n.Persons[0].ID
		}
		update, clients, err := live.Draft(m, actor, func(b *live.Builder) error {
			for _, a := range fields[k] {
				if a.field.Prose() {
					b.Text(a.field.Key(), a.value.(string))
					continue
				}
				b.Set(a.field.Key(), a.value)
				if a.words != "" {
					b.Text(a.field.OtherKey(), a.words)
				}
			}
			return nil
		})
		if err != nil {
			return nil, fault.Wrap(fault.Invalid, err, fault.Message(err))
		}
		out = append(out, intake.NewDoc{Meta: m, Initial: update, Clients: clients})
	}
	return out, nil
}
