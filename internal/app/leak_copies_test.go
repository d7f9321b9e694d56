package app

import (
	"maps"
	"net/http"
	"slices"
	"time"

	"kasane/internal/access"
)

// agencyCopies lets the records staff make a copy of every sealed record for an agency of its case (機関別), and holds it against what that agency may keep: by
// consent at this moment, never by 緊急開示, and nothing the record itself does not hold.
func (w *town) agencyCopies() {
	for i, r := range w.sealed() {
		f := w.facts()
		m := f.meetings[r.MeetingID]
		if m == nil {
			continue
		}
		c, keeper := f.cases[m.file], w.as("records")
		if c.barred[keeper.id] {
			keeper = w.as("desk")
		}
		agencies := slices.Sorted(maps.Keys(c.ever))
		if len(agencies) == 0 || c.barred[keeper.id] {
			continue
		}
		agency := agencies[i%len(agencies)]
		w.signIn(keeper)
		a := w.post(keeper.in(""), http.MethodPost, "/api/archive/{id}/copies/preview", "/api/archive/"+r.ID+"/copies/preview", map[string]any{"kind": "agency", "agencyId": agency})
		w.mu.Lock()
		got := w.got
		w.got = nil
		w.mu.Unlock()
		switch {
		case a.status == http.StatusForbidden || a.status == http.StatusUnprocessableEntity: // nothing for it, or it has left the case
			w.counts.noCopies++
		case a.status != http.StatusOK:
			w.t.Errorf("copy of record %s for %s: %d %s", r.Number, agency, a.status, a.body)
		case m.support || f.screenOnly && !w.holdsFiles(agency):
			w.leak = "a copy of record " + r.Number + " is made for agency " + agency + ", which may keep none"
		default:
			w.counts.copies++
		}
		for _, h := range got {
			for _, s := range h.words {
				if w.counts.inCopies++; !f.mayKeep(m, s, keeper.tenant, agency, r.Kind, w.now()) && w.leak == "" {
					w.leak = "the copy of the " + r.Kind + " of meeting " + m.id + " for agency " + agency + " holds " + s.String()
				}
			}
		}
	}
}

// holdsFiles: a section of the city, or where somebody holds the record.
func (w *town) holdsFiles(agency string) bool {
	return slices.ContainsFunc(w.readers, func(p *reader) bool { return p.agency == agency && (p.holds() || p.login == "records") })
}

// mayKeep tells whether a word may stand in a copy for an agency: as somebody of it reads in the meeting – or, of a plan and where it has no seat, in the case –
// with no 緊急開示.
func (f *facts) mayKeep(m *meetingFacts, s *secret, tenant, agency, kind string, at time.Time) bool {
	g := f.clone()
	g.cases[m.file].urgent = nil
	by := asker{reader: &reader{tenant: tenant, agency: agency, role: access.RoleAgency}, meeting: m.id}
	if _, seated := m.seats[agency]; !seated && kind != "minutes" {
		by.meeting = ""
	}
	return m.sealable(s, kind == "minutes") && g.may(by, s, at)
}
