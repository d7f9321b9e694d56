package app

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
)

// called is a meeting that is being called for. What is planted before it has an id is completed afterwards.
type called struct {
	g       *gathering
	layered bool
	seats   []string
	agenda  []any
	planted []string
}

// plantIn is what is said of a meeting before it has an id.
func (c *called) plantIn(w *town, what, person string, item consent.Item) string {
	f := c.g.file
	s := w.words.plant(secret{what: what, place: inMeeting, file: f.id, tenant: f.tenant, person: person, item: item, meeting: "being made"})
	c.planted = append(c.planted, s)
	return s
}

// calling prepares a meeting with seats for some agencies and an agenda of any persons and classes; nil when nobody can be its chair.
func (w *town) calling(f *household, layered bool) *called {
	c := &called{g: &gathering{file: f, plan: f.plan, quarrel: w.oneIn(4)}, layered: layered}
	chairs := slices.DeleteFunc(w.people(f.tenant), func(p *reader) bool { return p.role != access.RoleChair && p.role != access.RoleCity })
	if len(chairs) == 0 {
		return nil
	}
	c.g.chair = pick(w, chairs)
	if !layered && w.oneIn(2) {
		c.g.plan = ""
	}
	c.seats = most(w, f.agencies)
	for range 1 + w.rnd.IntN(3) {
		person, item := pick(w, append([]string{""}, f.persons...)), pick(w, consent.Items())
		c.agenda = append(c.agenda, map[string]any{"title": c.plantIn(w, "title of the agenda", person, item), "point": c.plantIn(w, "point of the agenda", person, item),
			"purpose": "share", "item": item, "person": person})
	}
	return c
}

func (c *called) kind() string { return map[bool]string{true: "layered", false: "support"}[c.layered] }

// stands tells the facts that the meeting was made.
func (c *called) stands(x *facts, id string) {
	f := c.g.file
	c.g.id = id
	m := &meetingFacts{id: id, file: f.id, plan: c.g.plan, support: !c.layered, seats: map[string]seatFacts{}, officers: map[string]bool{c.g.chair.id: true, f.desk.id: true},
		sworn: map[string]bool{}, there: map[string]bool{}, guests: map[string]bool{}, carried: map[string]bool{}, handed: map[string]bool{}}
	for _, agency := range append(slices.Clone(c.seats), c.g.chair.agency, f.desk.agency) {
		m.seats[agency] = seatFacts{member: x.cases[f.id].now[agency]}
	}
	x.meetings[id] = m
}

// made completes what was planted and reads the meeting.
func (w *town) made(c *called) {
	w.words.mu.Lock()
	for _, s := range c.planted {
		w.words.known[s].meeting = c.g.id
	}
	w.words.mu.Unlock()
	if c.g.id != "" {
		w.halls = append(w.halls, c.g)
		w.roomOf(c.g)
	}
}

// sit calls a 開催 of two cases with one chair: who has a part in one of them learns nothing of the other.
func (w *town) sit() {
	layered := w.oneIn(2)
	var list []*called
	var cases []any
	for _, f := range w.homes[:2] {
		c := w.calling(f, layered)
		if c == nil {
			return
		}
		if len(list) > 0 {
			c.g.chair, c.g.before = list[0].g.chair, list[0].g
		}
		list = append(list, c)
		cases = append(cases, map[string]any{"caseId": f.id, "planId": c.g.plan, "minutes": 30, "agencies": c.seats, "agenda": c.agenda})
	}
	first := list[0]
	w.change(first.g.file.desk.in(""), fmt.Sprintf("calls a 開催 of two cases, %s, chair %s, seats %v and %v", first.kind(), first.g.chair.login, first.seats, list[1].seats), http.MethodPost,
		"/api/sittings", "/api/sittings", map[string]any{"type": first.kind(), "mode": first.kind(), "title": "2件の会議", "plannedStart": w.now().Add(time.Hour), "place": "室", "form": "hybrid",
			"basis": "根拠", "reason": "2件とも急ぐため", "chairId": first.g.chair.id, "recorderId": first.g.file.desk.id, "cases": cases}, func(x *facts, a answer) {
			var made struct{ Meetings []string }
			if a.into(&made); len(made.Meetings) != len(list) {
				w.t.Errorf("a 開催 of %d cases: %s", len(list), a.body)
				return
			}
			for i, c := range list {
				c.stands(x, made.Meetings[i])
			}
			w.counts.sittings++
		})
	for _, c := range list {
		w.made(c)
	}
}

// follow: whoever stayed in the case before is noted in the one that begins, when their agency has a seat there.
func (g *gathering) follow(x *facts) {
	if g.before == nil {
		return
	}
	before, m := x.meetings[g.before.id], x.meetings[g.id]
	for id := range before.there {
		m.there[id] = true // who has no seat here is refused for that, not for having been elsewhere
	}
}

// guest invites somebody, to the case before where there is one: from there a guest is brought along.
func (w *town) guest(g *gathering) {
	if g.before == nil || w.oneIn(3) {
		w.invite(g)
		return
	}
	if len(g.before.guests) == 0 {
		w.invite(g.before)
	}
	for range 8 { // a guest is brought along from a case that has closed
		if w.facts().meetings[g.before.id].whenClosed != nil {
			break
		}
		for _, person := range g.before.file.persons {
			w.consent(g.before.file, person, consent.StateGranted)
		}
		w.advance(g.before)
	}
	w.bringAlong(g)
}

// bringAlong lets a guest of the case before go on to this one in the same session (次の案件へ): what was read there is read no more, and here nothing
// before secrecy is confirmed for this case.
func (w *town) bringAlong(g *gathering) {
	if len(g.before.guests) == 0 {
		return
	}
	p := pick(w, g.before.guests)
	if _, seated := w.facts().meetings[g.id].seats[p.agency]; !seated && !w.oneIn(4) {
		w.act(g, g.file.desk, "seat", map[string]any{"agencyId": p.agency}, func(m *meetingFacts, x *facts) { m.seat(x, p.agency) })
	}
	came := false
	w.change(g.file.desk.in(""), fmt.Sprintf("brings %s along from %s to %s", p.login, g.before.id, g.id), http.MethodPost, "/api/meetings/{meeting}/guests/carry",
		"/api/meetings/"+g.id+"/guests/carry", map[string]string{"guestId": p.id}, func(x *facts, _ answer) {
			came = true
			delete(x.meetings[g.before.id].guests, p.id)
		})
	if !came {
		return
	}
	w.counts.along++
	g.before.guests = slices.DeleteFunc(g.before.guests, func(r *reader) bool { return r == p })
	g.guests, p.meeting = append(g.guests, p), g.id
	w.look(p, 10)
	running := w.facts().meetings[g.id].running
	w.change(g.chair.in(""), "lets "+p.login+" in, who came along", http.MethodPost, "/api/meetings/{meeting}/guests/{id}/admit",
		"/api/meetings/"+g.id+"/guests/"+p.id+"/admit", struct{}{}, func(x *facts, _ answer) {
			m := x.meetings[g.id]
			m.guests[p.id] = true
			if running {
				m.there[p.id] = true
			}
		})
	w.look(p, 10)
	if w.oneIn(2) {
		w.enter(g, p)
		w.look(p, 10)
	}
}

// anyMeeting calls a meeting of one of the cases, or a 開催.
func (w *town) anyMeeting() {
	if w.oneIn(3) {
		if w.sit(); w.oneIn(2) {
			w.guest(w.halls[len(w.halls)-1])
		}
		return
	}
	w.convene(pick(w, w.homes[:2]), w.oneIn(2))
}
