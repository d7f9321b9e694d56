package app

import (
	"maps"
	"net/http"
	"slices"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
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
		agency := agencies[(i+w.served)%len(agencies)]
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
		case m.support || f.screenOnly[keeper.tenant] && !w.holdsFiles(agency):
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

// settleNotes leaves nothing in a meeting that keeps it from closing.
func (w *town) settleNotes(g *gathering) {
	for _, n := range w.roomOf(g).During.Notes {
		if n.State == "" && n.Kind == "park" {
			w.act(g, g.file.desk, "note_state", map[string]any{"id": n.ID, "state": "carried", "reason": g.plantOf(w, "reason of what is carried over", n.Person, n.Item)}, nil)
		}
	}
}

// TestCopiesForAgenciesHoldWhatTheyMay: a meeting comes to its sealed records, and every agency gets a copy of each while 緊急開示, withdrawals and flags come and go.
func TestCopiesForAgenciesHoldWhatTheyMay(t *testing.T) {
	t.Parallel()
	w := newTown(t, leakNumber(t, "KASANE_SEED", 6))
	w.begin()
	f := w.homes[0]
	agreed := func() {
		for _, p := range f.persons {
			for range 20 { // until somebody may have something of it for the meeting
				w.consent(f, p, consent.StateGranted)
				r := w.facts().cases[f.id].lastWord(p, w.now())
				if r != nil && slices.ContainsFunc(f.agencies, func(a string) bool { return r.gives(a, consent.ItemBasic, consent.PurposeConference, w.now()) }) {
					break
				}
			}
		}
	}
	agreed()
	w.convene(f, true)
	g := w.halls[len(w.halls)-1]
	for range 25 {
		if w.advance(g); w.facts().meetings[g.id].asked {
			w.jump(24 * time.Hour) // the period of the confirmations is over
			w.signIn(f.desk)
			w.signIn(g.chair)
		}
		if len(w.sealed()) > 2 {
			break
		}
	}
	w.judge()
	for range 2 {
		agreed()
		for range 4 {
			w.urgent(f)
		}
		for range f.agencies {
			w.served++
			w.agencyCopies()
		}
		w.withdraw(f)
		w.flag(f)
		w.judge()
	}
	if w.leak != "" {
		t.Error(w.leak + "\n" + w.story())
	}
	t.Logf("%d copies with %d words, %d refused", w.counts.copies, w.counts.inCopies, w.counts.noCopies)
	if w.counts.copies == 0 || w.counts.inCopies == 0 {
		t.Errorf("%d copies were made", w.counts.copies)
	}
}
