package app

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/live"
	"kasane/internal/live/livetest"
)

// gathering is a meeting as the test runs it.
type gathering struct {
	id     string
	file   *household
	plan   string
	chair  *reader
	guests []*reader
	before *gathering // the case before in its 開催

	quarrel bool  // its agencies object
	seq     int64 // of the state that was read last
}

// room is what the test reads of the state of a meeting.
type room struct {
	Seq    int64
	Status string
	Agenda []struct {
		ID, State, Person string
		Item              consent.Item
	}
	Frozen  *struct{ Hash string }
	Minutes *struct {
		Hash        string
		Suggestions []struct {
			ID, PersonID string
			Item         consent.Item
			DoneAt       *time.Time
		}
	}
	During struct {
		Notes []struct {
			ID, Kind, State, Person string
			Item                    consent.Item
		}
		Comments []struct {
			ID, State string
			Spot      struct {
				PersonID string
				Item     consent.Item
			}
		}
	}
	Answers struct{ Missing []string }
	Seats   []struct {
		AgencyID string
		Excused  string
	}
	Blockers []struct{ Code, Target string }
	Docs     []struct {
		Doc, DocID, PersonID string
		Item                 consent.Item
	}
}

// convene calls a meeting with seats for some agencies.
func (w *town) convene(f *household, layered bool) {
	c := w.calling(f, layered)
	if c == nil {
		return
	}
	body := map[string]any{"type": c.kind(), "mode": c.kind(), "planId": c.g.plan, "title": "会議", "plannedStart": w.now().Add(time.Hour), "plannedEnd": w.now().Add(2 * time.Hour),
		"place": "室", "form": "hybrid", "basis": "根拠", "reason": c.plantIn(w, "reason of the meeting", "", consent.ItemBasic), "agencies": c.seats, "chairId": c.g.chair.id,
		"recorderId": f.desk.id, "agenda": c.agenda}
	w.change(f.desk.in(""), fmt.Sprintf("calls a %s, chair %s, seats %v", c.kind(), c.g.chair.login, c.seats), http.MethodPost, "/api/cases/{case}/meetings",
		"/api/cases/"+f.id+"/meetings", body, func(x *facts, a answer) {
			var made struct{ ID string }
			a.into(&made)
			c.stands(x, made.ID)
		})
	w.made(c)
}

// roomOf reads the meeting as the desk, and learns of its documents.
func (w *town) roomOf(g *gathering) (r room) {
	w.get(g.file.desk.in(g.id), "/api/meetings/{meeting}", "/api/meetings/"+g.id).into(&r)
	g.seq = r.Seq
	for _, d := range r.Docs {
		if !slices.ContainsFunc(w.docs, func(x document) bool { return x.id == d.DocID }) {
			w.docs = append(w.docs, document{name: d.Doc, id: d.DocID, file: g.file.id, owner: g.id, kind: live.KindMinutes, person: d.PersonID, item: d.Item})
		}
	}
	return r
}

// act does an act of a meeting and tells what it recorded. Whoever saw an older state looks again and says it once more.
func (w *town) act(g *gathering, p *reader, act string, params map[string]any, tell func(m *meetingFacts, x *facts)) bool {
	known := g.seq
	for {
		if known == 0 {
			w.roomOf(g)
		}
		a := w.change(p.in(g.id), fmt.Sprintf("%s in %s %v", act, g.id, params), http.MethodPost, "/api/meetings/{meeting}/acts", "/api/meetings/"+g.id+"/acts",
			map[string]any{"act": act, "params": params, "seq": g.seq}, func(x *facts, _ answer) {
				if m := x.meetings[g.id]; tell != nil {
					tell(m, x)
				}
			})
		var r room
		if a.into(&r) {
			g.seq = r.Seq
			return true
		}
		if g.seq = 0; known == 0 || a.status != http.StatusConflict {
			return false
		}
		known = 0
	}
}

// enter brings somebody into a meeting, and lets them confirm secrecy more often than not.
func (w *town) enter(g *gathering, p *reader) {
	running := w.facts().meetings[g.id].running
	w.change(p.in(g.id), "enters "+g.id, http.MethodPost, "/api/meetings/{meeting}/enter", "/api/meetings/"+g.id+"/enter", map[string]string{"form": "room"}, func(x *facts, _ answer) {
		if running {
			x.meetings[g.id].there[p.id] = true
		}
	})
	if !w.oneIn(3) {
		w.act(g, p, "secrecy", map[string]any{}, func(m *meetingFacts, _ *facts) { m.sworn[p.id] = true })
	}
}

// invite makes a guest and, most of the time, lets the guest in.
func (w *town) invite(g *gathering) {
	agency := pick(w, g.file.agencies)
	var made struct{ ID, URL, PIN string }
	name := "客" + fmt.Sprint(len(w.readers))
	w.change(g.file.desk.in(""), "invites a guest of "+agency+" to "+g.id, http.MethodPost, "/api/meetings/{meeting}/guests", "/api/meetings/"+g.id+"/guests",
		map[string]string{"name": name, "kana": "きゃく", "agencyId": agency, "post": "医師"}, func(x *facts, a answer) {
			a.into(&made)
			x.meetings[g.id].seat(x, agency)
		})
	u, err := url.Parse(made.URL)
	if made.ID == "" || err != nil || w.oneIn(5) {
		return
	}
	p := &reader{id: made.ID, tenant: g.file.tenant, agency: agency, name: name, login: name, role: access.RoleGuest, meeting: g.id}
	for _, r := range w.readers {
		if r.agency == agency {
			p.agencyName = r.agencyName
		}
	}
	a := w.change(p.in(g.id), "enters by the link", http.MethodPost, "/api/guest/enter", "/api/guest/enter",
		map[string]any{"token": u.Fragment, "pin": made.PIN, "name": name, "agency": p.agencyName, "secrecy": true}, nil)
	for _, c := range (&http.Response{Header: a.header}).Cookies() {
		if c.Name == "kasane_session" {
			p.session, p.cookie = made.ID, c.Value
		}
	}
	if p.cookie == "" {
		return
	}
	g.guests = append(g.guests, p)
	w.readers = append(w.readers, p)
	if w.oneIn(4) { // stays in the lobby
		return
	}
	running := w.facts().meetings[g.id].running
	w.change(g.chair.in(""), "lets "+name+" in", http.MethodPost, "/api/meetings/{meeting}/guests/{id}/admit", "/api/meetings/"+g.id+"/guests/"+made.ID+"/admit", struct{}{},
		func(x *facts, _ answer) {
			m := x.meetings[g.id]
			m.guests[p.id] = true
			if running {
				m.sworn[p.id], m.there[p.id] = true, true
			}
		})
}

// seat gives an agency a seat as the server does it by itself.
func (m *meetingFacts) seat(x *facts, agency string) {
	if _, ok := m.seats[agency]; !ok {
		m.seats[agency] = seatFacts{member: x.cases[m.file].now[agency]}
	}
}

// revoke takes a guest out.
func (w *town) revoke(g *gathering) {
	if len(g.guests) == 0 {
		return
	}
	p := pick(w, g.guests)
	w.change(g.file.desk.in(""), "takes "+p.login+" out", http.MethodDelete, "/api/meetings/{meeting}/guests/{id}", "/api/meetings/"+g.id+"/guests/"+p.id, struct{}{}, func(x *facts, _ answer) {
		x.meetings[g.id].guests[p.id] = false
		x.dead[p.session] = true
	})
}

// seats changes who sits at the table and on what ground.
func (w *town) seats(g *gathering) {
	agency := pick(w, g.file.agencies)
	desk := g.file.desk
	switch w.rnd.IntN(5) {
	case 0:
		w.act(g, desk, "seat_remove", map[string]any{"id": agency}, func(m *meetingFacts, _ *facts) {
			delete(m.seats, agency)
			w.unseated[[2]string{g.id, agency}] = true
		})
	case 1, 2:
		w.act(g, desk, "designate", map[string]any{"agencyId": agency, "reason": g.say(w, "ground of a designation")}, func(m *meetingFacts, _ *facts) {
			s := m.seats[agency]
			s.designated = true
			m.seats[agency] = s
		})
	case 3:
		w.act(g, desk, "seat_excuse", map[string]any{"agencyId": agency, "status": pick(w, []string{"absent", "left", "present"}), "reason": g.say(w, "ground of an absence")}, nil)
	default:
		member, observer := w.oneIn(2), w.oneIn(3)
		w.act(g, desk, "seat", map[string]any{"agencyId": agency, "member": member, "observer": observer}, func(m *meetingFacts, x *facts) {
			s := m.seats[agency]
			s.member, s.observer = member || x.cases[m.file].now[agency], observer
			m.seats[agency] = s
		})
	}
}

// minutesDoc makes a document of the minutes for a further person and item.
func (w *town) minutesDoc(g *gathering, p *reader) {
	person, item := pick(w, append([]string{""}, g.file.persons...)), pick(w, consent.Items())
	w.change(p.in(g.id), fmt.Sprintf("makes minutes of %q, %s", person, item), http.MethodPost, "/api/docs", "/api/docs",
		map[string]any{"kind": "minutes", "ownerId": g.id, "personId": person, "item": item}, nil)
	w.roomOf(g)
}

// decision lets the desk write what closing needs: a decision in the minutes.
func (w *town) decision(g *gathering) {
	by := g.file.desk.in(g.id)
	i := slices.IndexFunc(w.docs, func(d document) bool { return d.owner == g.id && d.person == "" && d.item == consent.ItemBasic })
	l := w.dial(by, "")
	if i < 0 || l == nil {
		return
	}
	l.open(w.docs[i].name)
	for range 100 {
		if len(l.opened(true)) > 0 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	f := g.file
	word := w.words.plant(secret{what: "decision", place: inMinutes, file: f.id, tenant: f.tenant, item: consent.ItemBasic, meeting: g.id})
	n := "decision/" + strings.ToLower(fmt.Sprintf("decided%06d", len(w.words.known)))
	l.write(w.docs[i].name, func(c *livetest.Client) []byte { return c.Set(n+"/ord", "a0") })
	l.write(w.docs[i].name, func(c *livetest.Client) []byte { return c.Type(n+"/text", word) })
	time.Sleep(100 * time.Millisecond)
}
