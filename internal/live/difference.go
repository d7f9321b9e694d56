package live

import (
	"context"
	"slices"
	"strings"

	"kasane/internal/access"
	"kasane/internal/text"
)

// unit is one code point of a text with where it comes from.
type unit struct {
	text   string
	client uint64
	clock  uint64
	row    int // that wrote it
}

// units are the visible code points of a text in order.
func (p *past) units(key string) []unit {
	var out []unit
	for _, piece := range p.d.doc.Pieces(p.d.doc.Root(textPrefix + key)) {
		clock := piece.Clock
		for _, r := range piece.Text {
			out = append(out, unit{string(r), piece.Client, clock, p.writer(piece.Client, clock)})
			if clock++; r > 0xFFFF {
				clock++
			}
		}
	}
	return out
}

func join(units []unit) string {
	var sb strings.Builder
	for _, u := range units {
		sb.WriteString(u.text)
	}
	return sb.String()
}

// clusters gives for each unit the number of the character (grapheme cluster) it is part of.
func clusters(units []unit) []int {
	bounds := text.Boundaries(join(units))
	out := make([]int, len(units))
	at, c := 0, 0
	for i, u := range units {
		for c+1 < len(bounds) && bounds[c+1] <= at {
			c++
		}
		out[i] = c
		at += len(u.text)
	}
	return out
}

// whole gives each character to the latest of the rows that made it: a mark added to a letter makes another character.
func whole(units []unit) {
	of := clusters(units)
	for i := 0; i < len(units); {
		j, row := i, units[i].row
		for ; j < len(units) && of[j] == of[i]; j++ {
			row = max(row, units[j].row)
		}
		for ; i < j; i++ {
			units[i].row = row
		}
	}
}

// FieldDiff is one field that two versions differ in.
type FieldDiff struct {
	FieldRef
	Kind   string `json:"kind"` // added, removed, changed
	Before string `json:"before"`
	After  string `json:"after"`
	Parts  []Part `json:"parts,omitempty"` // of a text
	By     []By   `json:"by"`              // whose rows changed it between the two, each author once, latest row
}

// Difference is what has changed between two versions of a document.
type Difference struct {
	From   int64       `json:"from"`
	To     int64       `json:"to"`
	Fields []FieldDiff `json:"fields"`
}

// reading is what is remembered of one field of the older version while the log goes on.
type reading struct {
	value any
	units []unit
	gone  map[[2]uint64]int // unit → row that deleted it
	rows  []int
	seen  []unit // as of the row before
}

// Difference compares the versions from and to, by field, with who did what in between.
func (s *Service) Difference(ctx context.Context, actor access.Actor, meetingID, docID string, epoch int, from, to int64, names Names) (Difference, error) {
	p, _, done, err := s.look(ctx, actor, meetingID, docID, epoch)
	if err != nil {
		return Difference{}, err
	}
	defer done()
	if from > to {
		return Difference{}, errNoVersion
	}
	if err := p.known(to); err != nil || from < 0 {
		return Difference{}, errNoVersion
	}
	if err := p.to(from, nil); err != nil {
		return Difference{}, err
	}
	old := map[string]*reading{}
	for _, k := range p.d.everyKey() {
		r := &reading{}
		if name := k.name; k.text {
			r.units = p.units(name)
			r.seen = r.units
			old[textPrefix+name] = r
		} else {
			r.value, _ = p.d.Value(name)
			old[name] = r
		}
	}
	if err := p.to(to, func(row int, keys []string) { p.note(old, row, keys) }); err != nil {
		return Difference{}, err
	}
	out := Difference{From: from, To: to, Fields: []FieldDiff{}}
	keys := make([]string, 0, len(old))
	for k, r := range old {
		if len(r.rows) > 0 {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b string) int {
		return strings.Compare(strings.TrimPrefix(a, textPrefix), strings.TrimPrefix(b, textPrefix))
	})
	for _, k := range keys {
		if f, differs := p.compare(k, old[k], names); differs {
			out.Fields = append(out.Fields, f)
		}
	}
	return out, nil
}

// note remembers what a row did to the fields it touched.
func (p *past) note(old map[string]*reading, row int, keys []string) {
	for _, k := range keys {
		r := old[k]
		if r == nil {
			r = &reading{}
			old[k] = r
		}
		r.rows = append(r.rows, row)
		name, isText := strings.CutPrefix(k, textPrefix)
		if !isText {
			continue
		}
		now := p.units(name)
		there := make(map[[2]uint64]bool, len(now))
		for _, u := range now {
			there[[2]uint64{u.client, u.clock}] = true
		}
		for _, u := range r.seen {
			if id := [2]uint64{u.client, u.clock}; !there[id] {
				if r.gone == nil {
					r.gone = map[[2]uint64]int{}
				}
				r.gone[id] = row
			}
		}
		r.seen = now
	}
}

// compare makes the difference of one field.
func (p *past) compare(k string, r *reading, names Names) (FieldDiff, bool) {
	name, isText := strings.CutPrefix(k, textPrefix)
	f := FieldDiff{FieldRef: p.d.refer(name, names), By: p.authors(r.rows)}
	if isText {
		f.Before, f.After = join(r.units), join(r.seen)
		f.Parts = p.merge(r)
	} else {
		v, _ := p.d.Value(name)
		if v == r.value {
			return f, false
		}
		f.Before, f.After = shown(name, r.value, names), shown(name, v, names)
	}
	switch {
	case f.Before == f.After && isText:
		return f, false
	case f.Before == "":
		f.Kind = "added"
	case f.After == "":
		f.Kind = "removed"
	default:
		f.Kind = "changed"
	}
	return f, true
}

// authors are those of rows, each once with the latest row, latest first.
func (p *past) authors(rows []int) []By {
	out := []By{}
	for _, row := range slices.Backward(rows) {
		by := p.by(row)
		if !slices.ContainsFunc(out, func(b By) bool { return b.ActorID == by.ActorID && b.AgencyName == by.AgencyName }) {
			out = append(out, by)
		}
	}
	return out
}

// merge lays the older and the newer text of a field over each other. What both have stands in the same order in both, so walking the two
// is exact; nothing is guessed by comparing letters. Characters of which only a part was changed are removed and added whole.
func (p *past) merge(r *reading) []Part {
	kept := keptUnits(r.units, r.seen)
	newer := slices.Clone(r.seen)
	whole(newer)
	var out []Part
	last := -1
	put := func(op, s string, row int) {
		if n := len(out); n > 0 && out[n-1].Op == op && (op == "" || p.joins(last, row)) {
			out[n-1].Text += s
			return
		}
		part := Part{Text: s, Op: op}
		if op != "" {
			by := p.by(row)
			part.By, last = &by, row
		}
		out = append(out, part)
	}
	i, j := 0, 0
	for i < len(r.units) || j < len(r.seen) {
		switch {
		case i < len(r.units) && !kept[[2]uint64{r.units[i].client, r.units[i].clock}]:
			put("del", r.units[i].text, p.remover(r, i))
			i++
		case j < len(r.seen) && !kept[[2]uint64{r.seen[j].client, r.seen[j].clock}]:
			put("ins", r.seen[j].text, newer[j].row)
			j++
		default:
			put("", r.seen[j].text, -1)
			i, j = i+1, j+1
		}
	}
	return out
}

// remover is the row that took a unit of the older text away; of a character that was only made into another one, the last row that
// touched the field.
func (p *past) remover(r *reading, i int) int {
	if row, ok := r.gone[[2]uint64{r.units[i].client, r.units[i].clock}]; ok {
		return row
	}
	of := clusters(r.units)
	for j, u := range r.units {
		if of[j] == of[i] {
			if row, ok := r.gone[[2]uint64{u.client, u.clock}]; ok {
				return row
			}
		}
	}
	return r.rows[len(r.rows)-1]
}

// keptUnits are the units that both texts have, in characters that are the same in both.
func keptUnits(before, after []unit) map[[2]uint64]bool {
	id := func(u unit) [2]uint64 { return [2]uint64{u.client, u.clock} }
	group := func(units []unit) map[[2]uint64]string {
		of, sb := clusters(units), map[int]string{}
		for i, u := range units {
			sb[of[i]] += u.text + "\x00" + fmtID(id(u)) + "\x00"
		}
		m := make(map[[2]uint64]string, len(units))
		for i, u := range units {
			m[id(u)] = sb[of[i]]
		}
		return m
	}
	a, b := group(before), group(after)
	kept := map[[2]uint64]bool{}
	for u, c := range a {
		if b[u] == c {
			kept[u] = true
		}
	}
	return kept
}
