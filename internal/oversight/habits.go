package oversight

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/jptime"
)

// Looks are the verbs by which somebody is shown information of persons: pages, documents, PDFs, files.
func Looks() []access.Verb {
	return []access.Verb{access.VerbCaseOpen, access.VerbDocOpen, access.VerbDocHistory, access.VerbDocRestore, access.VerbConsentRead,
		access.VerbConsentPrint, access.VerbConsentExport, access.VerbPlanOpen,
		access.VerbMeetingOpen, access.VerbPDFDraft, access.VerbArchiveDownload, access.VerbArchiveCopy, access.VerbArchiveCopyRead, access.VerbFileGet,
		access.VerbHandoutOpen, access.VerbHandoutCopy, access.VerbMatrixTake, access.VerbSheetPaper, access.VerbSheetPaperLook, access.VerbSheetBackLook,
		access.VerbOutreachOpen, access.VerbOutreachDay, access.VerbPlaceNames, access.VerbJoiningOpen, access.VerbReferralOpen, access.VerbReferralSheet, access.VerbReviewOpen}
}

// AfterHours (時間外の閲覧) returns what was looked at outside the hours of the office.
func (s *Service) AfterHours(ctx context.Context, a access.Actor, f Filter) (Page, error) {
	if err := access.Require(a, access.ActAuditRead); err != nil {
		return Page{}, err
	}
	f.Verb, f.Result = "", ""
	q, err := s.ask(ctx, a, f)
	if err != nil {
		return Page{}, err
	}
	v, err := s.settings(ctx, a)
	if err != nil {
		return Page{}, err
	}
	q.Verbs, q.Result, q.Outside = Looks(), "ok", v.hours(q.From, q.To)
	p, err := s.page(ctx, a, q)
	if err != nil {
		return Page{}, err
	}
	return p, s.noted(ctx, a.Audit(s.now(), access.VerbAuditHours, "").InCase(q.Case))
}

// Burst (大量閲覧) is a time in which somebody opened more cases than usual.
type Burst struct {
	ActorID string    `json:"actorId"`
	Actor   string    `json:"actor"`
	Agency  string    `json:"agency"`
	Window  string    `json:"window"` // hour, day
	From    time.Time `json:"from"`   // the first look
	To      time.Time `json:"to"`     // the last
	Cases   int       `json:"cases"`  // most different cases in one window
}

// Mass returns, for a period, who opened more than so many different cases within an hour or within 24 hours, the most first.
func (s *Service) Mass(ctx context.Context, a access.Actor, f Filter) ([]Burst, error) {
	if err := access.Require(a, access.ActAuditRead); err != nil {
		return nil, err
	}
	q, err := f.query(s.now())
	if err != nil {
		return nil, err
	}
	v, err := s.settings(ctx, a)
	if err != nil {
		return nil, err
	}
	q = Query{From: q.From, To: q.To, Actor: q.Actor, Agency: q.Agency, Verbs: Looks(), Result: "ok"}
	hour, daily := newRush("hour", time.Hour, v.PerHour), newRush("day", 24*time.Hour, v.PerDay)
	_, err = s.store.EachLook(ctx, access.ScopeOf(a), q, func(l Look) error {
		if l.Case != "" {
			hour.see(l)
			daily.see(l)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("mass viewing: %w", err)
	}
	out := append(hour.done(), daily.done()...)
	if err := s.nameBursts(ctx, a, out); err != nil {
		return nil, err
	}
	slices.SortFunc(out, func(a, b Burst) int {
		return cmp.Or(b.Cases-a.Cases, a.From.Compare(b.From), cmp.Compare(a.Window, b.Window), cmp.Compare(a.ActorID, b.ActorID))
	})
	return out, s.noted(ctx, a.Audit(s.now(), access.VerbAuditMass, ""))
}

func (s *Service) nameBursts(ctx context.Context, a access.Actor, out []Burst) error {
	var ask asked
	for _, b := range out {
		ask.entry(b.ActorID, b.Agency, "", "")
	}
	named, err := s.store.AuditNames(ctx, access.ScopeOf(a), ask.Ask)
	if err != nil {
		return fmt.Errorf("names: %w", err)
	}
	for i, b := range out {
		out[i].Actor, out[i].Agency = named.staff(b.ActorID).Name, named.Agencies[b.Agency]
	}
	return nil
}

// rush slides a window over the looks of each person and keeps the times in which it held more than most cases.
type rush struct {
	name   string
	window time.Duration
	most   int
	people map[string]*recent
	out    []Burst
}

// recent is what one person opened within the window: for each case when last, oldest first in order.
type recent struct {
	last  map[string]time.Time
	order []seenAt
	burst *Burst
}

type seenAt struct {
	caseID string
	at     time.Time
}

func newRush(name string, window time.Duration, most int) *rush {
	return &rush{name: name, window: window, most: most, people: map[string]*recent{}}
}

func (r *rush) see(l Look) {
	p := r.people[l.Actor]
	if p == nil {
		p = &recent{last: map[string]time.Time{}}
		r.people[l.Actor] = p
	}
	// A second look within the window moves the case to the end: at most one living place for each, and one dead for each look not yet overtaken.
	cut := l.At.Add(-r.window)
	p.last[l.Case] = l.At
	p.order = append(p.order, seenAt{l.Case, l.At})
	n := 0
	for _, s := range p.order {
		if p.last[s.caseID].Equal(s.at) {
			if s.at.After(cut) {
				break
			}
			delete(p.last, s.caseID)
		}
		n++
	}
	p.order = p.order[n:]
	if len(p.order) > 2*len(p.last)+64 {
		p.order = slices.DeleteFunc(p.order, func(s seenAt) bool { return !p.last[s.caseID].Equal(s.at) })
	}
	switch {
	case len(p.last) > r.most && p.burst == nil:
		p.burst = &Burst{ActorID: l.Actor, Agency: l.Agency, Window: r.name, From: r.first(p), To: l.At, Cases: len(p.last)}
	case len(p.last) > r.most:
		p.burst.To, p.burst.Cases = l.At, max(p.burst.Cases, len(p.last))
	case p.burst != nil:
		r.out = append(r.out, *p.burst)
		p.burst = nil
	}
}

func (r *rush) first(p *recent) time.Time {
	for _, s := range p.order {
		if p.last[s.caseID].Equal(s.at) {
			return s.at
		}
	}
	return time.Time{}
}

func (r *rush) done() []Burst {
	for _, p := range r.people {
		if p.burst != nil {
			r.out = append(r.out, *p.burst)
		}
	}
	return r.out
}

// Month (月別の集計) counts what one user did in one month.
type Month struct {
	Month   string `json:"month"` // 2026-06
	ActorID string `json:"actorId"`
	Actor   string `json:"actor"`
	Agency  string `json:"agency"`
	Opened  int    `json:"opened"`  // pages and documents
	Printed int    `json:"printed"` // papers: drafts, consent sheets
	Taken   int    `json:"taken"`   // files and sealed records that left the house, exports
	Denied  int    `json:"denied"`  // by role or consent
}

// Monthly returns the counts of each user and month of a period, by month, agency and name.
func (s *Service) Monthly(ctx context.Context, a access.Actor, f Filter) ([]Month, error) {
	if err := access.Require(a, access.ActAuditRead); err != nil {
		return nil, err
	}
	q, err := f.query(s.now())
	if err != nil {
		return nil, err
	}
	var out []Month
	var ask asked
	for from := q.From; from.Before(q.To); {
		d := jptime.DateOf(from)
		to := jptime.Date{Year: d.Year, Month: d.Month, Day: 1}.Time().AddDate(0, 1, 0).UTC()
		if q.To.Before(to) {
			to = q.To
		}
		counts, err := s.store.Tally(ctx, access.ScopeOf(a), Query{From: from, To: to, Actor: q.Actor, Agency: q.Agency})
		if err != nil {
			return nil, fmt.Errorf("counts of a month: %w", err)
		}
		for _, m := range monthOf(d.String()[:7], counts) {
			ask.entry(m.ActorID, m.Agency, "", "")
			out = append(out, m)
		}
		from = to
	}
	named, err := s.store.AuditNames(ctx, access.ScopeOf(a), ask.Ask)
	if err != nil {
		return nil, fmt.Errorf("names: %w", err)
	}
	for i, m := range out {
		out[i].Actor, out[i].Agency = named.staff(m.ActorID).Name, named.Agencies[m.Agency]
	}
	slices.SortStableFunc(out, func(a, b Month) int {
		return cmp.Or(cmp.Compare(a.Month, b.Month), cmp.Compare(a.Agency, b.Agency), cmp.Compare(a.Actor, b.Actor), cmp.Compare(a.ActorID, b.ActorID))
	})
	return out, s.noted(ctx, a.Audit(s.now(), access.VerbAuditMonthly, ""))
}

// monthOf adds up the counts of each user in each agency; who did none of what is counted is left out.
func monthOf(month string, counts []Count) []Month {
	type who struct{ actor, agency string }
	sum := map[who]*Month{}
	var order []who
	for _, c := range counts {
		k := who{c.Actor, c.Agency}
		if c.Actor == "" || c.Actor == "system" {
			continue
		}
		if sum[k] == nil {
			sum[k] = &Month{Month: month, ActorID: c.Actor, Agency: c.Agency}
			order = append(order, k)
		}
		m := sum[k]
		switch {
		case c.Result == "denied":
			m.Denied += c.N
		case c.Result != "ok":
		case c.Verb == access.VerbPagePrint, c.Verb == access.VerbPDFDraft, c.Verb == access.VerbConsentPrint, c.Verb == access.VerbAttendancePaper, c.Verb == access.VerbSecrecyPaper, c.Verb == access.VerbHandoverPaper:
			m.Printed += c.N
		case slices.Contains(takes, c.Verb):
			m.Taken += c.N
		case slices.Contains(Looks(), c.Verb):
			m.Opened += c.N
		}
	}
	var out []Month
	for _, k := range order {
		if m := sum[k]; m.Opened+m.Printed+m.Taken+m.Denied > 0 {
			out = append(out, *m)
		}
	}
	return out
}

// takes are the verbs by which a file leaves the house.
var takes = []access.Verb{access.VerbArchiveDownload, access.VerbArchiveCopy, access.VerbArchiveCopyRead, access.VerbArchiveExport, access.VerbFileGet, access.VerbHandoutCopy, access.VerbConsentExport, access.VerbAuditExport, access.VerbIncidentExport,
	access.VerbEmergencyExport, access.VerbMatrixTake, access.VerbSheetPaper, access.VerbPlaceFile, access.VerbReferralSheet}
