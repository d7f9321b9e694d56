package community

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
)

// shownDays is how many activity days a page shows; the tally counts all of them.
const shownDays = 60

// Detail is a place as one reader sees it.
type Detail struct {
	Place
	Days  []Day      `json:"days"`  // newest first
	Tally []Tally    `json:"tally"` // of the 年度 that runs and the one before
	Links []LinkLine `json:"links"` // that the reader may see
	Cares []Care     `json:"cares"` // for those who write about the place
	Issue string     `json:"issue"` // the 地域課題 it was made of, if the reader may read that
	// Keep: the reader writes about this place. Link: brings people there.
	Keep bool `json:"keep"`
	Link bool `json:"link"`
}

// LinkLine is a link with what the reader may do with it.
type LinkLine struct {
	Link
	RoleLabel   string `json:"roleLabel"`
	ResultLabel string `json:"resultLabel"`
	MayResult   bool   `json:"mayResult"`
}

// Get shows a place. The log tells, for each case, that persons of it were shown.
func (s *Service) Get(ctx context.Context, actor access.Actor, id string) (Detail, error) {
	if err := access.Require(actor, access.ActPlaceRead); err != nil {
		return Detail{}, err
	}
	p, err := s.store.Place(ctx, actor.Tenant, id)
	if err != nil {
		return Detail{}, err
	}
	days, err := s.store.PlaceDays(ctx, actor.Tenant, id)
	if err != nil {
		return Detail{}, fmt.Errorf("days of a place: %w", err)
	}
	year := s.today().FiscalYear()
	d := Detail{Place: p, Days: append([]Day{}, days[:min(shownDays, len(days))]...), Tally: []Tally{tally(year, days), tally(year-1, days)}, Links: []LinkLine{},
		Keep: mayKeep(actor, p.AgencyID), Link: access.Can(actor, access.ActPlaceKeep)}
	if p.IssueNote != "" {
		if d.Issue, err = s.issues.LocalIssueText(ctx, actor, p.IssueMeeting, p.IssueNote); err != nil && !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Forbidden) {
			return Detail{}, err
		}
	}
	if d.Cares, err = s.cares(ctx, actor, p); err != nil {
		return Detail{}, err
	}
	links, err := s.store.PlaceLinks(ctx, actor.Tenant, id)
	if err != nil {
		return Detail{}, fmt.Errorf("links of a place: %w", err)
	}
	if links, err = s.seen(ctx, actor, links); err != nil {
		return Detail{}, err
	}
	now := s.clock()
	entries := []access.Entry{actor.Audit(now, access.VerbPlaceOpen, id)}
	var told []string
	for _, l := range links {
		if l.CaseID != "" && !slices.Contains(told, l.CaseID) {
			told = append(told, l.CaseID)
			entries = append(entries, actor.Audit(now, access.VerbPlaceNames, id).InCase(l.CaseID))
		}
		d.Links = append(d.Links, LinkLine{l, l.Role.Label(), l.Result.Label(), s.mayResult(actor, p, l)})
	}
	return d, s.store.AppendAudit(ctx, entries...)
}

// seen leaves of links those the actor may know of: everything about residents without a name, and of persons of cases what the gate shows.
func (s *Service) seen(ctx context.Context, actor access.Actor, links []Link) (out []Link, err error) {
	known := map[string]bool{}
	for _, l := range links {
		if l.CaseID != "" {
			key := l.CaseID + "/" + l.PersonID + "/" + string(l.Item)
			if _, asked := known[key]; !asked {
				if known[key], err = s.shows(ctx, actor, l.CaseID, l.PersonID, l.Item); err != nil {
					return nil, err
				}
			}
			if !known[key] {
				continue
			}
		}
		out = append(out, l)
	}
	return out, nil
}

// shows asks the gate for a person of a case, outside of meetings: who it is, and the class the link is of.
func (s *Service) shows(ctx context.Context, actor access.Actor, caseID, personID string, of consent.Item) (bool, error) {
	for _, item := range []consent.Item{consent.ItemBasic, cmp.Or(of, consent.ItemProgress)} {
		d, err := s.gate.CanSee(ctx, actor, "", caseID, personID, item)
		if fault.Is(err, fault.NotFound) {
			return false, nil
		}
		if err != nil || !d.Allow {
			return false, err
		}
	}
	return true, nil
}

// mayResult: who wrote the link (its agency), who keeps the place, who holds the record.
func (s *Service) mayResult(a access.Actor, p Place, l Link) bool {
	return !l.Result.over() && (mayKeep(a, p.AgencyID) || mayKeep(a, l.AgencyID))
}
