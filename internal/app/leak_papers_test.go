package app

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"slices"
	"time"

	"kasane/internal/consent"
)

// paper is a hand-out (資料) as the test knows it.
type paper struct {
	id   string
	hall *gathering
}

// recall is how long the longest 資料回収 of a run takes, in days.
const recall = 2

// handOut gives a file to a meeting: a word in its name and one in its bytes, of any person and class.
func (w *town) handOut(g *gathering) {
	r := w.roomOf(g)
	if len(r.Agenda) == 0 {
		return
	}
	s := secret{place: inHandout, file: g.file.id, tenant: g.file.tenant, person: pick(w, append([]string{""}, g.file.persons...)), item: pick(w, consent.Items()), meeting: g.id}
	say := func(what string) string { s := s; s.what = what; return w.words.plant(s) }
	name, content := say("name of a hand-out"), say("content of a hand-out")
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for k, v := range map[string]string{"agendaId": pick(w, r.Agenda).ID, "personId": s.person, "item": string(s.item)} {
		w.ok(form.WriteField(k, v))
	}
	part, err := form.CreateFormFile("file", name+".pdf")
	w.ok(err)
	fmt.Fprintf(part, "%%PDF-1.4\n1 0 obj<</Title (%s)>>endobj\ntrailer<<>>\n%%%%EOF\n", content)
	w.ok(form.Close())
	path := "/api/meetings/" + g.id + "/handouts"
	a := w.send(g.file.desk.in(g.id), g.file.desk.cookie, http.MethodPost, "/api/meetings/{meeting}/handouts", path, form.FormDataContentType(), &body)
	w.note("%s hands out %s of %q in %s: %d", g.file.desk.login, s.item, s.person, g.id, a.status)
	var made struct{ ID string }
	if a.into(&made) {
		w.words.mu.Lock()
		w.words.known[name].paper, w.words.known[content].paper = made.ID, made.ID
		w.words.mu.Unlock()
		w.papers = append(w.papers, paper{made.ID, g})
	} else if w.facts().meetings[g.id].closedAt.IsZero() {
		w.t.Errorf("a hand-out is refused: %d %s", a.status, a.body)
	}
	w.judge()
}

// takePaper takes a hand-out back before its time.
func (w *town) takePaper() {
	if len(w.papers) == 0 {
		return
	}
	p := pick(w, w.papers)
	w.change(p.hall.file.desk.in(p.hall.id), "takes back "+p.id, http.MethodDelete, "/api/meetings/{meeting}/handouts/{id}", "/api/meetings/"+p.hall.id+"/handouts/"+p.id, struct{}{},
		func(x *facts, _ answer) { x.taken[p.id] = true })
}

// paperGlances are all ways to hand-outs: the lists, the bytes for the screen and as a copy, in the own meeting and, guessed, in every other one, and as if
// they were evidence.
func (w *town) paperGlances(p *reader) (out []glance) {
	add := func(by asker, method, pattern, path string, body any) {
		out = append(out, glance{by, method, pattern, path, body})
	}
	for _, g := range w.halls {
		if p.guest() && p.meeting != g.id && w.oneIn(2) { // their pace is bounded, and they cannot sign in again
			continue
		}
		at := "/api/meetings/" + g.id + "/handouts"
		add(p.in(g.id), http.MethodGet, "/api/meetings/{meeting}/handouts", at, nil)
		for _, x := range w.papers {
			if x.hall != g && w.oneIn(2) {
				continue
			}
			add(p.in(g.id), http.MethodPost, "/api/meetings/{meeting}/handouts/{id}/open", at+"/"+x.id+"/open", struct{}{})
			copied := p.in(g.id)
			copied.copy = true
			add(copied, http.MethodGet, "/api/meetings/{meeting}/handouts/{id}/copy", at+"/"+x.id+"/copy", nil)
		}
	}
	for _, x := range w.papers {
		add(p.in(""), http.MethodGet, "/api/files/{id}", "/api/files/"+x.id, nil)
	}
	return out
}

// maySeePaper is the rule of 資料: as in the meeting while it runs, and until 資料回収 for who was there; a copy for who may take copies. Who holds the record was
// asked before.
func (f *facts) maySeePaper(a asker, s *secret, at time.Time) bool {
	c, m := f.cases[s.file], f.meetings[a.meeting]
	if m == nil || m.id != s.meeting || !m.takesPart(a.reader) || c.kept(s, a.agency) {
		return false
	}
	over := !m.closedAt.IsZero()
	if over && !at.Before(m.closedAt.AddDate(0, 0, f.days)) {
		return false
	}
	open := m.running || over && m.there[a.id]
	if m.support {
		seat := m.seats[a.agency]
		return open && m.sworn[a.id] && (seat.member || seat.designated)
	}
	if a.guest() && !(open && m.sworn[a.id]) {
		return false
	}
	return c.covers(s, a.agency, at, consent.PurposeConference)
}

// allPapers lets everybody try every hand-out.
func (w *town) allPapers(when string) {
	w.note("everybody tries the hand-outs %s", when)
	for _, p := range w.readers {
		w.tryAll(p, w.paperGlances(p))
	}
	w.judge()
}

// returned brings meetings with hand-outs to their end, and lets everybody try them in each state: while it runs, after 閉会, after 資料回収.
func (w *town) returned() {
	if len(w.halls) == 0 {
		return
	}
	var g *gathering
	for _, x := range w.halls {
		if m := w.facts().meetings[x.id]; m.closedAt.IsZero() && x.file == w.homes[0] && (g == nil || m.running) {
			g = x
		}
	}
	if g == nil {
		w.convene(w.homes[0], w.oneIn(2))
		g = w.halls[len(w.halls)-1]
	}
	for range 3 {
		w.handOut(g)
	}
	for range 4 {
		w.advance(g)
		for range 3 {
			w.enter(g, w.someone())
		}
		if w.facts().meetings[g.id].running {
			break
		}
	}
	w.handOut(g)
	w.allPapers("while " + g.id + " runs or was called")
	for range 8 {
		if w.advance(g); !w.facts().meetings[g.id].closedAt.IsZero() {
			break
		}
	}
	w.takePaper()
	w.allPapers("after the end of " + g.id)
	if !w.facts().meetings[g.id].closedAt.IsZero() {
		w.counts.ended++
	}
	admin := w.as("admin")
	w.signIn(admin)
	days := w.rnd.IntN(recall + 1)
	w.change(admin.in(""), fmt.Sprintf("hand-outs end after %d days", days), http.MethodPut, "/api/handout-days", "/api/handout-days", map[string]any{"days": days},
		func(x *facts, _ answer) { x.days = days })
	w.jump(recall*24*time.Hour + time.Minute)
	w.allPapers("after 資料回収")
}

// tryAll makes requests as somebody who has just signed in; whoever makes many signs in again, for the pace of a session is bounded.
func (w *town) tryAll(p *reader, all []glance) {
	for i, g := range all {
		if !p.guest() && i%30 == 0 {
			w.signIn(p)
		}
		g.by.reader, g.by.session = p, p.session
		a := w.try(g)
		if g.pattern == "/api/files/{id}" || len(a.body) == 0 || a.status != http.StatusOK {
			continue
		}
		if slices.ContainsFunc(w.papers, func(x paper) bool { return bytes.Contains([]byte(g.path), []byte(x.id)) }) {
			w.counts.papers++
		}
	}
}

// try makes one of the requests.
func (w *town) try(g glance) answer {
	if g.method == http.MethodGet {
		return w.get(g.by, g.pattern, g.path)
	}
	return w.post(g.by, g.method, g.pattern, g.path, g.body)
}
