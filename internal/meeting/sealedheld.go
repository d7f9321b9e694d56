package meeting

import (
	"encoding/json"
	"fmt"
	"strings"

	"kasane/internal/archive"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/plans"
)

// class is one class of information about a person ("" = the household).
type class struct {
	person string
	item   consent.Item
}

// held is what a sealed record holds. What was left out of it when it was sealed – 住所秘匿 stood then, no consent covered it – no copy brings back, whatever
// has changed since.
type held struct {
	docs map[class]bool // plan and matrix: the documents in it; nil of a 会議録
	said string         // 会議録: all it says
	left map[class]bool // 会議録: what was noted as left out at 閉会
	gone map[class]bool // classes that were found to be left out
}

func heldBy(rec archive.Record, content []byte, whole State) (*held, error) {
	h := &held{gone: map[class]bool{}, left: map[class]bool{}}
	if rec.Kind != archive.KindMinutes {
		_, parts, err := plans.StoredParts(content, nil)
		if err != nil {
			return nil, err
		}
		h.docs = map[class]bool{}
		for _, p := range parts {
			h.docs[class{p.PersonID, p.Item}] = true
		}
		return h, nil
	}
	var all any
	if err := json.Unmarshal(content, &all); err != nil {
		return nil, fault.Wrap(fault.Internal, fmt.Errorf("content of a 会議録: %w", err), "")
	}
	var b strings.Builder
	everyText(all, &b)
	h.said = b.String()
	if whole.Closed != nil {
		for _, l := range whole.Closed.Left {
			h.left[class{l.PersonID, l.Item}] = true
		}
	}
	for _, n := range whole.Notes {
		if n.Kind == NoteLocal && n.State != "dropped" && n.Item == consent.ItemAddress && !strings.Contains(h.said, n.Text) {
			h.gone[class{n.Person, n.Item}] = true
		}
	}
	return h, nil
}

// everyText writes every text of a value, each on a line of its own.
func everyText(v any, b *strings.Builder) {
	switch x := v.(type) {
	case string:
		b.WriteString(x)
		b.WriteByte('\n')
	case []any:
		for _, y := range x {
			everyText(y, b)
		}
	case map[string]any:
		for _, y := range x {
			everyText(y, b)
		}
	}
}

// without tells whether a document was left out of the record, and keeps it for what else is of its class.
func (h *held) without(p plans.Part) bool {
	k := class{p.PersonID, p.Item}
	if h.leaves(k, p) {
		h.gone[k] = true
	}
	return h.gone[k]
}

func (h *held) leaves(k class, p plans.Part) bool {
	if h.docs != nil {
		return planRows(p) > 0 && !h.docs[k]
	}
	texts := rowTexts(p)
	for _, t := range texts {
		if !strings.Contains(h.said, t) {
			return true
		}
	}
	return len(texts) == 0 && h.left[k]
}

// rowTexts are the texts by which a document stands in a 会議録.
func rowTexts(p plans.Part) []string {
	var out []string
	add := func(list ...string) {
		for _, t := range list {
			if strings.TrimSpace(t) != "" {
				out = append(out, t)
			}
		}
	}
	m := readMinutes([]plans.Part{p})
	for _, x := range m.Points {
		add(x.Title, x.Content, x.Conclusion, x.Remaining)
	}
	for _, x := range m.Speeches {
		add(x.Text)
	}
	for _, x := range m.Homework {
		add(x.Text)
	}
	for _, x := range append(m.Decisions, m.Locals...) {
		add(x.Text)
	}
	if p.Item != consent.ItemAddress { // of the plan its addresses alone are looked for: what else stands in the 役割分担 goes by consent, which does not change behind
		return out
	}
	for _, a := range plans.ReadBody(plans.Plan{}, []plans.Part{p}).Actions {
		add(a.Text)
	}
	return out
}

// anySecret tells whether the address of anybody in the house is kept secret now.
func (f Facts) anySecret() bool { return f.secret("", consent.ItemAddress) }
