package app

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/live"
)

// advance takes a meeting one step further along its course.
func (w *town) advance(g *gathering) {
	r := w.roomOf(g)
	desk := g.file.desk
	switch r.Status {
	case "draft":
		w.act(g, desk, "reception", map[string]any{}, func(m *meetingFacts, x *facts) { m.running = true; g.follow(x) })
		w.enter(g, desk)
	case "reception":
		w.enter(g, g.chair)
		w.act(g, g.chair, "secrecy", map[string]any{}, func(m *meetingFacts, _ *facts) { m.sworn[g.chair.id] = true })
		if !w.act(g, g.chair, "open", map[string]any{}, nil) && w.oneIn(2) {
			w.act(g, g.chair, "mode", map[string]any{"convener": "招集者", "basis": "根拠", "reason": g.say(w, "reason of another mode")}, func(m *meetingFacts, _ *facts) { m.support = true })
		}
	case "open":
		w.talk(g)
		w.short(g)
		switch {
		case g.plan != "" && w.oneIn(2):
			w.act(g, desk, "freeze", map[string]any{}, nil)
		default:
			w.finish(g, r)
		}
	case "agreeing":
		if w.oneIn(6) {
			w.act(g, desk, "reopen", map[string]any{"reason": g.say(w, "reason of reopening")}, nil)
			return
		}
		w.finish(g, r)
	case "closed":
		w.survey(g)
		if w.oneIn(4) {
			w.act(g, desk, "amend", map[string]any{"reason": g.say(w, "reason of an amendment")}, nil)
		}
		w.act(g, desk, "propose", map[string]any{"until": w.today(0)}, func(m *meetingFacts, _ *facts) { m.asked = true })
	case "confirming":
		if w.oneIn(4) {
			w.act(g, desk, "amend", map[string]any{"reason": g.say(w, "reason of an amendment")}, func(m *meetingFacts, _ *facts) { m.asked = false })
			return
		}
		w.suggest(g, r)
		w.confirm(g, w.roomOf(g))
		w.act(g, g.chair, "final", map[string]any{"reason": g.say(w, "reason of the final version")}, func(m *meetingFacts, x *facts) { m.after, m.whenFinal = false, x.cases[m.file].clone() })
	}
}

// talk is what people say and do in a meeting that is open.
func (w *town) talk(g *gathering) {
	desk := g.file.desk
	w.act(g, desk, "next", map[string]any{"date": w.today(30), "time": "10:00", "agenda": g.say(w, "agenda of the next meeting")}, nil)
	if g.plan == "" || len(g.file.actions) == 0 {
		return
	}
	a := pick(w, g.file.actions)
	reason := w.words.plant(secret{what: "reason of a row", place: inMeeting, file: g.file.id, tenant: g.file.tenant, person: a.person, item: a.item, meeting: g.id})
	w.act(g, desk, "row_reason", map[string]any{"actionId": a.id, "reason": reason}, nil)
	w.role(g, pick(w, w.people(g.file.tenant)))
	w.lead(g, pick(w, w.people(g.file.tenant)))
}

// lead asks an agency to become 終結後の主担当, and lets somebody answer; both stand in the household's 基本情報.
func (w *town) lead(g *gathering, p *reader) {
	path, word := "/api/cases/"+g.file.id+"/leads", func(what string) string { return g.file.word(w, inPlan, what, "", consent.ItemBasic) }
	w.change(g.file.desk.in(g.id), "asks "+p.agency+" to be 主担当", http.MethodPost, "/api/cases/{case}/leads", path+"?meeting="+g.id,
		map[string]string{"kind": pick(w, []string{"now", "after"}), "to": p.agency, "note": word("note of an offer")}, nil)
	var v struct {
		Offers []struct {
			ID  string
			May bool `json:"mayAnswer"`
		}
	}
	if !w.get(p.in(g.id), "/api/cases/{case}/leads", path+"?meeting="+g.id).into(&v) {
		return
	}
	for _, o := range v.Offers {
		if o.May {
			w.change(p.in(g.id), "answers the offer "+o.ID, http.MethodPost, "/api/cases/{case}/leads/{id}", path+"/"+o.ID+"?meeting="+g.id,
				map[string]string{"answer": pick(w, []string{"conditional", "decline"}), "reason": word("reason of an answer to an offer")}, nil)
			return
		}
	}
}

// role lets an agency answer one of its cells, when it sees one.
func (w *town) role(g *gathering, p *reader) {
	path := "/api/plans/" + g.plan
	var v struct {
		Body struct {
			Actions []struct {
				ID, DocID string
				Cells     []struct{ Column, Hash, Code string }
			}
		}
	}
	if !w.get(p.in(g.id), "/api/plans/{plan}", path+"?meeting="+g.id).into(&v) {
		return
	}
	for _, a := range v.Body.Actions {
		for _, c := range a.Cells {
			i := slices.IndexFunc(w.docs, func(d document) bool { return d.id == a.DocID })
			if c.Column != p.agency || i < 0 {
				continue
			}
			d := w.docs[i]
			reason := g.file.word(w, inPlan, "condition of a role", d.person, d.item)
			w.change(p.in(g.id), "answers the role of "+a.ID, http.MethodPost, "/api/plans/{plan}/answers", path+"/answers?meeting="+g.id,
				map[string]any{"doc": a.DocID, "actionId": a.ID, "answer": "conditional", "reason": reason, "cellHash": c.Hash}, nil)
			return
		}
	}
}

// finish clears away what stands against closing, and closes.
func (w *town) finish(g *gathering, r room) {
	desk := g.file.desk
	for _, a := range r.Agenda {
		if a.State == "" {
			note := w.words.plant(secret{what: "note of the agenda", place: inMeeting, file: g.file.id, tenant: g.file.tenant, person: a.Person, item: a.Item, meeting: g.id})
			w.act(g, desk, "agenda_state", map[string]any{"id": a.ID, "state": "carried", "note": note}, nil)
		}
	}
	if r.Frozen != nil && r.Frozen.Hash != "" {
		w.answer(g, r)
		for _, agency := range w.roomOf(g).Answers.Missing { // nobody of it can answer
			w.act(g, desk, "seat_excuse", map[string]any{"agencyId": agency, "status": "left", "reason": g.say(w, "ground of an absence")}, nil)
		}
		for _, outcome := range []string{"agreed", "conditional", "again"} {
			if w.act(g, g.chair, "decide", map[string]any{"outcome": outcome, "reason": g.say(w, "reason of the result")}, nil) {
				break
			}
		}
	} else {
		w.decision(g)
	}
	r = w.roomOf(g)
	for _, b := range r.Blockers {
		if strings.HasPrefix(b.Code, "role_") {
			i := slices.IndexFunc(g.file.actions, func(a action) bool { return a.id == b.Target })
			if i < 0 {
				return
			}
			a := g.file.actions[i]
			reason := w.words.plant(secret{what: "reason of a row", place: inMeeting, file: g.file.id, tenant: g.file.tenant, person: a.person, item: a.item, meeting: g.id})
			w.act(g, desk, "row_reason", map[string]any{"actionId": a.id, "reason": reason}, nil)
		}
	}
	w.settleNotes(g)
	w.act(g, g.chair, "close", map[string]any{}, func(m *meetingFacts, x *facts) {
		m.running, m.after, m.closedAt, m.whenClosed = false, true, w.now(), x.cases[m.file].clone()
	})
}

// answer lets one person of each agency that is waited for answer the frozen plan.
func (w *town) answer(g *gathering, r room) {
	for _, agency := range r.Answers.Missing {
		for _, p := range w.people(g.file.tenant) {
			if p.agency != agency || p.role == access.RoleRecords || p.role == access.RoleAuditor || p.role == access.RoleAdmin || p.guest() && p.meeting != g.id {
				continue
			}
			what := pick(w, []string{"agree", "agree", "agree", "conditional"})
			if g.quarrel {
				what = pick(w, []string{"agree", "object"})
			}
			said := g.say(w, "answer of an agency")
			w.words.mu.Lock()
			w.words.known[said].agency = agency
			w.words.mu.Unlock()
			if w.act(g, p, "answer", map[string]any{"hash": r.Frozen.Hash, "answer": what, "reason": said}, nil) {
				break
			}
		}
	}
}

// confirm lets the agencies that attended say what they think of the minutes.
func (w *town) confirm(g *gathering, r room) {
	if r.Minutes == nil {
		return
	}
	for _, p := range w.people(g.file.tenant) {
		if m := w.facts().meetings[g.id]; m.there[p.id] {
			said := g.say(w, "opinion on the minutes")
			w.words.mu.Lock()
			w.words.known[said].agency = p.agency
			w.words.mu.Unlock()
			w.act(g, p, "confirm", map[string]any{"hash": r.Minutes.Hash, "ok": false, "opinion": said}, nil)
		}
	}
}

// step is one random thing that happens.
func (w *town) step() {
	f := pick(w, w.homes)
	for i := 0; w.rnd.IntN(3) > 0 && i < 3; i++ { // mostly the first case
		f = w.homes[0]
	}
	var g *gathering
	if len(w.halls) > 0 {
		g = pick(w, w.halls)
		f = g.file
	}
	n := w.rnd.IntN(100)
	switch {
	case n < 12:
		w.consent(f, pick(w, f.persons), consent.StateGranted, consent.StatePartial, consent.StateGranted, consent.StateGranted, consent.StateRefused, consent.StatePending)
	case n < 18:
		w.withdraw(f)
	case n < 22:
		w.member(f)
	case n < 25:
		w.flag(f)
	case n < 27:
		w.bar(f)
	case n < 28:
		w.urgent(f)
	case n < 29:
		w.breakGlass(f)
	case n < 31 || g == nil:
		if len(w.halls) < 4 {
			w.anyMeeting()
		}
	case n < 50:
		w.advance(g)
	case n < 57:
		w.enter(g, w.someone())
	case n < 61:
		w.seats(g)
	case n < 64:
		w.guest(g)
	case n < 65:
		w.revoke(g)
	case n < 66 && w.oneIn(2):
		w.minutesDoc(g, w.someone())
	case n < 66:
		w.goOut(f, w.someone())
	case n < 67:
		w.prepare(g, w.someone())
	case n < 69:
		w.carry(g)
	case n < 70 && w.oneIn(2):
		w.handOut(g)
	case n < 70:
		w.leave(w.someone())
	case n < 71 && w.oneIn(2):
		w.takePaper()
	case n < 71:
		w.stopAccount(w.someone())
	case n < 81:
		w.sockets(w.someone())
	case n < 88:
		w.typing(6)
	default:
		w.look(w.someone(), 40)
	}
	w.judge()
}

// later waits until nothing may be on its way any more that was allowed before the last change. Then a word is typed into every document of a case:
// it comes to everybody who still has one open.
func (w *town) later(f *household) {
	w.note("two seconds go by, then the desk types into every document of %s", f.id)
	desk := w.dial(f.desk.in(""), "")
	if desk == nil {
		w.t.Error("the desk has no line")
		return
	}
	lines := []*line{desk}
	for _, d := range w.docs {
		if d.file != f.id || d.kind == live.KindSection {
			continue
		}
		l := desk
		if d.kind == live.KindMinutes {
			i := slices.IndexFunc(lines, func(l *line) bool { return l.by.meeting == d.owner })
			if i < 0 {
				i, lines = len(lines), append(lines, w.dial(f.desk.in(d.owner), ""))
			}
			l = lines[i]
		}
		l.open(d.name)
	}
	time.Sleep(liveGrace + 200*time.Millisecond + time.Duration(w.late.Load()))
	for _, l := range lines {
		for _, name := range l.opened(true) {
			w.typ(l, w.docs[slices.IndexFunc(w.docs, func(d document) bool { return d.name == name })])
		}
	}
	time.Sleep(300 * time.Millisecond)
	for _, l := range lines {
		l.close()
	}
	w.judge()
}

// turnaround lets people open things, takes rights away, and looks who still hears what is said.
func (w *town) turnaround() {
	f := w.homes[0]
	for range 6 {
		w.sockets(w.someone())
	}
	time.Sleep(200 * time.Millisecond)
	for range 2 {
		w.withdraw(f)
		w.member(f)
		w.flag(f)
	}
	w.later(f)
}

// course is a whole run. It gives the leak that was found, "" for none.
func (w *town) course(steps int) string {
	w.begin()
	jump, waits := steps/2+w.rnd.IntN(steps/3), []int{steps / 3, steps - 1}
	for i := range steps {
		if w.step(); i == jump {
			w.jump(25 * time.Minute) // consents of today end; sockets are open
			w.later(w.homes[0])
		}
		if slices.Contains(waits, i) {
			w.turnaround()
		}
		if w.leak != "" || w.t.Failed() {
			return w.leak
		}
	}
	w.breakGlass(w.homes[0])
	w.bridge()
	for range 8 { // one of them to its sealed record, if that is possible
		w.advance(w.halls[0])
	}
	w.kept()
	w.work()
	for _, p := range w.readers {
		w.look(p, 120)
		w.doorsOf(p, 20)
		if w.judge(); w.leak != "" {
			return w.leak
		}
	}
	if w.records(); w.leak == "" {
		w.agencyCopies()
	}
	if w.leak == "" {
		w.caseCopies()
	}
	w.toldNothing()
	if w.leak == "" {
		w.returned()
	}
	return w.leak
}

// begin lets households and first meetings be there.
func (w *town) begin() {
	w.told()
	for i, desk := range []string{"desk", "desk", "desk2"} {
		f := w.found(w.as(desk), some(w, w.neighbours(w.as(desk).tenant)), 3-i/2)
		w.homes = append(w.homes, f)
	}
	for _, f := range w.homes {
		w.bringTo(f)
	}
	if w.harm != nil {
		w.harm(w)
	}
	for _, f := range w.homes {
		for _, person := range f.persons {
			w.consent(f, person, consent.StateGranted)
		}
	}
	w.counters()
	if w.oneIn(3) {
		w.sit()
	} else {
		w.convene(w.homes[0], w.oneIn(2))
		w.convene(w.homes[w.rnd.IntN(2)], w.oneIn(2))
	}
	w.preparing()
	for range 4 {
		w.goOut(pick(w, w.homes), w.someone())
	}
	for _, g := range w.halls {
		w.advance(g)
		for range 4 {
			w.enter(g, w.someone())
		}
	}
	for range 8 {
		w.sockets(w.someone())
	}
	w.note("begun with %s", fmt.Sprint(len(w.words.known), " words"))
}
