package app

import (
	"slices"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/live"
)

// plantOf is what somebody says of a person and class in a meeting.
func (g *gathering) plantOf(w *town, what, person string, item consent.Item) string {
	return w.words.plant(secret{what: what, place: inMeeting, file: g.file.id, tenant: g.file.tenant, person: person, item: item, meeting: g.id})
}

// own marks a word as known to who wrote it, whatever comes.
func (w *town) own(word string, p *reader) {
	w.words.mu.Lock()
	defer w.words.mu.Unlock()
	w.words.known[word].user = p.id
}

// short is what is said in short while the meeting runs: 保留 and 地域課題メモ, comments on the plan, how an agency feels.
func (w *town) short(g *gathering) {
	desk := g.file.desk
	for range 2 {
		p := pick(w, []*reader{desk, w.someone()})
		person, item := pick(w, append([]string{""}, g.file.persons...)), pick(w, consent.Items())
		kind := pick(w, []string{"park", "local"})
		w.act(g, p, "note", map[string]any{"kind": kind, "text": g.plantOf(w, "note of the room", person, item), "person": person, "item": item}, nil)
	}
	if g.plan != "" && len(g.file.actions) > 0 {
		a := pick(w, g.file.actions)
		id, _, _ := live.ParseName(a.doc)
		spot := map[string]string{"kind": "action", "docId": id, "row": a.id, "column": pick(w, append([]string{""}, g.file.agencies...))}
		w.act(g, pick(w, []*reader{desk, w.someone()}), "comment", map[string]any{"spot": spot, "text": g.plantOf(w, "comment on the plan", a.person, a.item)}, nil)
	}
	r := w.roomOf(g)
	for _, n := range r.During.Notes {
		if n.State == "" && n.Kind == "park" && w.oneIn(2) {
			w.act(g, desk, "note_state", map[string]any{"id": n.ID, "state": "carried", "reason": g.plantOf(w, "reason of what is carried over", n.Person, n.Item)}, nil)
			break
		}
	}
	for _, c := range r.During.Comments {
		if c.State == "" && w.oneIn(2) {
			reason := g.plantOf(w, "what was done about a comment", c.Spot.PersonID, c.Spot.Item)
			w.act(g, desk, "comment_state", map[string]any{"id": c.ID, "state": pick(w, []string{"settled", "point"}), "reason": reason}, nil)
		}
	}
	if r.Status != "open" || !w.oneIn(2) || !w.act(g, desk, "sense", map[string]any{}, nil) {
		return
	}
	for _, p := range some(w, w.people(g.file.tenant)) {
		said := g.say(w, "feeling of an agency")
		w.words.mu.Lock()
		w.words.known[said].agency = p.agency
		w.words.mu.Unlock()
		w.act(g, p, "sense_answer", map[string]any{"feel": "worry", "note": said}, nil)
	}
}

// suggest lets those who were there say what of the minutes should read otherwise, and the chair answer.
func (w *town) suggest(g *gathering, r room) {
	if r.Minutes == nil {
		return
	}
	there := w.facts().meetings[g.id].there
	people := slices.DeleteFunc(w.people(g.file.tenant), func(p *reader) bool { return !there[p.id] })
	for _, p := range some(w, people)[:min(2, len(people))] {
		person, item := pick(w, append([]string{""}, g.file.persons...)), pick(w, consent.Items())
		say := func(what string) string {
			word := g.plantOf(w, what, person, item)
			w.own(word, p)
			return word
		}
		w.act(g, p, "suggest", map[string]any{"hash": r.Minutes.Hash, "where": say("place of a suggestion"), "text": say("suggestion to the minutes"), "reason": say("reason of a suggestion"),
			"personId": person, "item": item}, nil)
	}
	for _, s := range w.roomOf(g).Minutes.Suggestions {
		if s.DoneAt != nil {
			continue
		}
		answer := map[string]any{"id": s.ID, "accept": w.oneIn(2), "reason": g.plantOf(w, "answer to a suggestion", s.PersonID, s.Item)}
		if s.Item == "" { // the chair does not see it either; nothing is said of it then
			answer["accept"], answer["reason"] = true, ""
		}
		w.act(g, g.chair, "suggest_answer", answer, nil)
	}
}

// survey lets those who were there say what they think of the meeting: it goes to who holds the record, and to nobody else.
func (w *town) survey(g *gathering) {
	for _, p := range some(w, w.people(g.file.tenant)) {
		if p.role == access.RoleRecords || !w.facts().meetings[g.id].there[p.id] {
			continue
		}
		note := w.words.plant(secret{what: "note of a survey", place: inNote, file: g.file.id, tenant: g.file.tenant, item: consent.ItemBasic, user: p.id})
		w.act(g, p, "survey", map[string]any{"scores": map[string]int{"purpose": 4, "voice": 3, "role": 2, "person": 1}, "note": note}, nil)
	}
}
