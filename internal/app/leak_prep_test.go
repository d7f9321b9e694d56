package app

import (
	"fmt"
	"net/http"
	"slices"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/live"
)

// prepare lets somebody write a word into the 準備シート of their agency, and sometimes hand it in or take it back.
func (w *town) prepare(g *gathering, p *reader) {
	person, item := "", consent.ItemBasic
	if w.oneIn(2) {
		person, item = pick(w, append([]string{""}, g.file.persons...)), pick(w, consent.Items())
	}
	var made struct{ DocID, Doc string }
	a := w.change(p.in(g.id), fmt.Sprintf("begins a sheet of %q, %s", person, item), http.MethodPost, "/api/docs", "/api/docs",
		map[string]any{"kind": "prep", "ownerId": g.id, "personId": person, "item": item}, nil)
	if !a.into(&made) || made.DocID == "" {
		return
	}
	if !slices.ContainsFunc(w.docs, func(d document) bool { return d.id == made.DocID }) {
		w.docs = append(w.docs, document{name: made.Doc, id: made.DocID, file: g.file.id, owner: g.id, kind: live.KindPrep, person: person, item: item})
	}
	word := w.words.plant(secret{what: "answer of a sheet", place: inPrep, file: g.file.id, tenant: g.file.tenant, person: person, item: item, meeting: g.id, agency: p.agency})
	_, err := w.h.live.ServerWrite(w.t.Context(), p.actor(), made.DocID, func(b *live.Builder) error {
		b.Text(pick(w, []string{"picture", "work", "involve", "ask"}), word)
		return nil
	})
	w.ok(err)
	if undo := w.oneIn(4); !w.oneIn(3) {
		w.act(g, p, "prepared", map[string]any{"undo": undo}, func(m *meetingFacts, _ *facts) { m.handed[p.agency] = !undo })
	}
}

// preparing lets those who have a seat in the first meetings write, before anything is open.
func (w *town) preparing() {
	for _, g := range w.halls {
		for _, p := range w.readers {
			if _, seated := w.facts().meetings[g.id].seats[p.agency]; seated && !p.guest() && p.role != access.RoleObserver && w.oneIn(2) {
				w.prepare(g, p)
			}
		}
		for range 2 {
			w.look(w.someone(), 30)
		}
	}
}
