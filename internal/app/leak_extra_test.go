package app

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/jobs"
	"kasane/internal/jptime"
)

// pane is a 緊急時の閲覧 as it was recorded: who reads the case, until when at most, and whether it was taken back.
type pane struct {
	id, user string
	from     time.Time
	until    time.Time
	over     bool
}

// breakGlass lets the administrator read a case in an emergency, or ends that, or lets the desk review it.
func (w *town) breakGlass(f *household) {
	admin, list := w.as("admin"), w.facts().cases[f.id].panes
	if f.tenant != admin.tenant {
		return
	}
	if len(list) > 0 {
		p := list[len(list)-1]
		by := pick(w, []*reader{admin, f.desk})
		w.change(by.in(""), "ends the glass "+p.id, http.MethodPost, "/api/glass/{id}/end", "/api/glass/"+p.id+"/end", struct{}{}, func(x *facts, _ answer) {
			c := x.cases[f.id]
			c.panes[len(c.panes)-1].over = true
		})
		w.change(f.desk.in(""), "reviews the glass "+p.id, http.MethodPost, "/api/glass/{id}/review", "/api/glass/"+p.id+"/review",
			map[string]any{"finding": pick(w, []string{"proper", "improper"}), "note": w.ofGlass(f, "note of a review", admin)}, nil)
	}
	minutes := pick(w, []int{1, 20, 60})
	now := w.now()
	a := w.change(admin.in(""), fmt.Sprintf("breaks the glass of %s for %d minutes", f.id, minutes), http.MethodPost, "/api/glass", "/api/glass",
		map[string]any{"number": f.number, "basis": "life", "reason": w.ofGlass(f, "reason of a glass", admin), "minutes": minutes}, func(x *facts, a answer) {
			var made struct{ ID string }
			a.into(&made)
			c := x.cases[f.id]
			c.panes = append(c.panes, pane{id: made.ID, user: admin.id, from: now, until: w.now().Add(time.Duration(minutes) * time.Minute)})
		})
	if a.status == http.StatusOK {
		w.counts.glasses++
		w.sockets(admin)
		w.look(admin, 40)
		for _, path := range []string{"/api/cases/" + f.id, "/api/plans/" + f.plan} {
			w.get(admin.in(""), "", path)
		}
	}
}

// ofGlass is what is written of a 緊急時の閲覧: for who holds the record, who keeps the log, and the one who broke it.
func (w *town) ofGlass(f *household, what string, user *reader) string {
	return w.words.plant(secret{what: what, place: inGlass, file: f.id, tenant: f.tenant, item: consent.ItemBasic, user: user.id})
}

// throughGlass tells whether somebody reads a word by 緊急時の閲覧: what stands in the records and plans of the one case, outside of meetings, for the
// time; what is kept from the reader's agency, and addresses that are a secret, stay so.
func (c *caseFacts) throughGlass(a asker, s *secret, at time.Time) bool {
	content := (s.place == inSheet || s.place == inPlan) && !c.kept(s, a.agency)
	own := s.place == inNote && s.agency == a.agency // how the reader's own agency is involved
	return a.role == access.RoleAdmin && a.meeting == "" && s.meeting == "" && (content || own) &&
		slices.ContainsFunc(c.panes, func(p pane) bool { return p.user == a.id && !p.over && at.Before(p.until) })
}

// carry takes rows of the minutes of 支援会議 over into a 重層的支援会議 of the same case.
func (w *town) carry(g *gathering) {
	m := w.facts().meetings[g.id]
	if m.support || m.after {
		return
	}
	for _, o := range w.halls {
		if x := w.facts().meetings[o.id]; o.file == g.file && x.support && x.running {
			w.decision(o)
			break
		}
	}
	path := "/api/meetings/" + g.id + "/carry"
	type row struct{ Meeting, Doc, Row, Text, Why string }
	var list struct {
		Meetings []struct {
			Rows []struct {
				Meeting, Doc, Row, Text, Why string
				Carried                      bool
			}
		}
	}
	if !w.get(g.file.desk.in(g.id), "/api/meetings/{meeting}/carry", path).into(&list) {
		return
	}
	var rows []row
	for _, m := range list.Meetings {
		for _, r := range m.Rows {
			if !r.Carried && (r.Why == "" || w.oneIn(20)) { // now and then one that is refused
				rows = append(rows, row{r.Meeting, r.Doc, r.Row, r.Text, r.Why})
			}
		}
	}
	if len(rows) == 0 {
		return
	}
	rows = some(w, rows)
	var named []map[string]string
	var text string
	for _, r := range rows {
		named = append(named, map[string]string{"meeting": r.Meeting, "doc": r.Doc, "row": r.Row})
		text += r.Text + "\n"
	}
	words := w.words.find([]byte(text))
	w.change(g.file.desk.in(g.id), fmt.Sprintf("carries %d rows into %s", len(rows), g.id), http.MethodPost, "/api/meetings/{meeting}/carry", path, map[string]any{"rows": named},
		func(x *facts, _ answer) {
			w.counts.carried += len(rows)
			if w.untold {
				return
			}
			for _, s := range words {
				x.meetings[g.id].carried[s.word] = true
			}
		})
	w.roomOf(g)
}

// holdsWord tells whether a word stands in what a meeting may show: its own, that of no meeting, and what was carried into it.
func (m *meetingFacts) holdsWord(s *secret) bool {
	return s.meeting == "" || s.meeting == m.id || m.carried[s.word]
}

// bridge brings a 支援会議 and a 重層的支援会議 of the first case so far that something can be carried from one into the other, and lets people look there.
func (w *town) bridge() {
	f := w.homes[0]
	seek := func(support bool) *gathering {
		for range 2 {
			for _, g := range w.halls {
				if m := w.facts().meetings[g.id]; g.file == f && m.support == support && (m.running || !support && !m.after) {
					return g
				}
			}
			if w.convene(f, !support); support && w.leak == "" {
				w.advance(w.halls[len(w.halls)-1])
			}
		}
		return nil
	}
	from, to := seek(true), seek(false)
	if from == nil || to == nil {
		return
	}
	for before := w.counts.carried; before == w.counts.carried && !w.oneIn(6); {
		for _, person := range f.persons {
			w.consent(f, person, consent.StateGranted)
		}
		w.carry(to)
	}
	for range 4 {
		w.enter(to, w.someone())
	}
	w.advance(to)
	for _, p := range w.people(f.tenant) {
		for _, path := range []string{"", "/minutes.pdf"} {
			a := p.in(to.id)
			a.paper = path != ""
			if !p.guest() || p.meeting == to.id {
				w.get(a, "", "/api/meetings/"+to.id+path)
			}
		}
		for _, d := range w.docs {
			if d.owner == to.id && (!p.guest() || p.meeting == to.id) {
				w.get(p.in(to.id), "", "/api/docs/"+d.name+"/history/1?meeting="+to.id)
			}
		}
	}
	w.judge()
}

// work has the keeper of the records begin what goes on in the background (処理), and waits until it is over. Everybody tries what came of it.
func (w *town) work() {
	keeper := w.as("records")
	for _, order := range []struct {
		path string
		body map[string]any
	}{{"/api/jobs/package", map[string]any{"year": jptime.DateOf(w.now()).FiscalYear()}}, {"/api/jobs/verify", map[string]any{}}} {
		var job jobs.View
		a := w.post(keeper.in(""), http.MethodPost, order.path, order.path, order.body)
		if w.ok(json.Unmarshal(a.body, &job)); job.ID == "" {
			w.t.Fatalf("%s begins nothing: %d %s", order.path, a.status, a.body)
		}
		w.works = append(w.works, job.ID)
	}
	for _, id := range w.works {
		for job, tries := (jobs.View{}), 0; !job.State.Over(); tries++ {
			if tries == 600 {
				w.t.Fatalf("the work %s (%s) does not end", id, job.State)
			}
			time.Sleep(50 * time.Millisecond)
			w.get(keeper.in(""), "/api/jobs/{id}", "/api/jobs/"+id).into(&job)
		}
	}
}
