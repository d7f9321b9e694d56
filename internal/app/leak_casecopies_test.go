package app

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"kasane/internal/access"
)

// caseCopies lets the desk make a copy of papers of each case for an agency (機関別) – 支援経過記録, スクリーニング票, モニタリング and 評価, 準備シート –, and holds it against what
// that agency may keep: as somebody of it reads the case, or the meeting, at this moment, and nothing by 緊急開示.
func (w *town) caseCopies() {
	for _, f := range w.homes {
		facts := w.facts()
		c, keeper := facts.cases[f.id], f.desk
		agencies := slices.Sorted(maps.Keys(c.ever))
		if c.barred[keeper.id] || len(agencies) == 0 {
			continue
		}
		of := map[string]string{"course~": "", "screening~": ""} // with the meeting they are of
		for _, r := range w.reviewed {
			if r.file == f.id {
				of["review~"+r.id] = ""
			}
		}
		for _, g := range w.halls {
			if g.file == f {
				of["prep~"+g.id] = g.id
			}
		}
		type turn struct{ paper, agency string }
		var turns []turn
		for paper := range of {
			for _, agency := range agencies {
				turns = append(turns, turn{paper, agency})
			}
		}
		slices.SortFunc(turns, func(a, b turn) int { return strings.Compare(a.paper+a.agency, b.paper+b.agency) })
		for _, x := range turns {
			paper, agency := x.paper, x.agency
			w.signIn(keeper)
			at := "/api/archive/" + f.id + "~" + paper + "/copies/preview"
			a := w.post(keeper.in(""), http.MethodPost, "/api/archive/{id}/copies/preview", at, map[string]any{"kind": "agency", "agencyId": agency})
			w.mu.Lock()
			got := w.got
			w.got = nil
			w.mu.Unlock()
			support := of[paper] != "" && facts.meetings[of[paper]].support
			switch {
			case a.status != http.StatusOK:
				w.counts.noCaseCopies++
			case support || facts.screenOnly[keeper.tenant] && !w.holdsFiles(agency):
				w.leak = "a copy of " + paper + " of case " + f.number + " is made for agency " + agency + ", which may keep none"
			default:
				w.counts.caseCopies++
			}
			without := facts.clone()
			without.cases[f.id].urgent = nil
			by := asker{reader: &reader{tenant: keeper.tenant, agency: agency, role: access.RoleAgency}, meeting: of[paper]}
			for _, h := range got {
				for _, s := range h.words {
					if w.counts.inCaseCopies++; !without.may(by, s, w.now()) && w.leak == "" {
						w.leak = "the copy of " + paper + " of case " + f.number + " for agency " + agency + " holds " + s.String()
					}
				}
			}
		}
	}
}
