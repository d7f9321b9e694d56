package cases

import (
	"context"
	"fmt"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/jptime"
	"kasane/internal/live"
	"kasane/internal/sheets"
)

// Section (世帯員の記録) is one document of sheet fields: one person (or the household) and one item class.
type Section struct {
	Doc         string       `json:"doc"` // wire name; "" when it may not be read
	PersonID    string       `json:"personId"`
	Item        consent.Item `json:"item"`
	Label       string       `json:"label"`
	Read        bool         `json:"read"`
	Write       bool         `json:"write"`
	Reason      string       `json:"reason,omitempty"`      // why not, see live.Rights
	ReasonLabel string       `json:"reasonLabel,omitempty"` // 「同意範囲外」 …
	// NotToPerson: it must not reach the person (本人に非開示). Said to who may read it.
	NotToPerson bool `json:"notToPerson,omitempty"`
	// Used: something was written in it. Said to who may read it.
	Used bool `json:"used,omitempty"`
}

// Sections returns one line per person × item that the sheets know, the household first. Documents the actor may read and
// that do not exist yet are made.
func (s *Service) Sections(ctx context.Context, actor access.Actor, meetingID, caseID string) ([]Section, error) {
	m, err := s.gate.look(ctx, actor, meetingID, caseID)
	if err != nil {
		return nil, err
	}
	if _, err := s.store.Case(ctx, m.scope(), caseID); err != nil {
		return nil, fmt.Errorf("case: %w", err)
	}
	now := s.time()
	var want []live.Meta
	var place []int // of want in out
	out := s.sectionLines(m, caseID, func(meta live.Meta, at int) { want, place = append(want, meta), append(place, at) })
	if len(want) == 0 {
		return out, nil
	}
	docs, err := s.store.EnsureDocs(ctx, want, actor.Audit(now, access.VerbDocOpen, caseID).InCase(caseID))
	if err != nil {
		return nil, fmt.Errorf("section documents: %w", err)
	}
	for i, d := range docs {
		r := m.rights(d)
		line := &out[place[i]]
		line.Doc, line.Write, line.Reason, line.Used = d.Name(), r.Write, r.Reason, r.Read && d.Head > 0
	}
	kept, err := s.gate.store.Discretions(ctx, access.Scope{Tenant: actor.Tenant, All: true}, caseID)
	if err != nil {
		return nil, fmt.Errorf("what is kept from the person: %w", err)
	}
	for i := range out {
		line := &out[i]
		line.NotToPerson = line.Read && slices.ContainsFunc(kept, func(d Discretion) bool { return d.covers(line.PersonID, line.Item) })
	}
	return out, nil
}

// sectionLines are the lines of the sheets as the actor of the moment may read them; each that may be read is given to readable.
func (s *Service) sectionLines(m moment, caseID string, readable func(meta live.Meta, at int)) []Section {
	now := s.time()
	set := s.sheets.Of(m.actor.Tenant).At(now.In(jptime.JST).Format(time.DateOnly))
	out := []Section{}
	add := func(personID string, o sheets.Owner) {
		for _, item := range set.Items(o) {
			meta := sectionMeta(m.actor.Tenant, caseID, personID, consent.Item(item), now)
			r := m.rights(meta)
			line := Section{PersonID: personID, Item: meta.Item, Label: meta.Item.Label(), Read: r.Read, Write: r.Write, Reason: r.Reason}
			if r.Read {
				readable(meta, len(out))
			} else {
				line.ReasonLabel = m.told(m.decide(personID, meta.Item)).Reason.Label()
				if r.Reason == "secret" {
					line.Reason = "consent"
				}
			}
			out = append(out, line)
		}
	}
	add("", sheets.OwnerHousehold)
	for _, p := range m.facts.Persons {
		add(p.ID, sheets.OwnerPerson)
	}
	return out
}

// EnsureDocument returns the document of (kind, owner, person, item), making it when missing. It asks no gate: callers
// are services that have decided, and whoever opens the document is asked again.
// ownerID: person id (household: case id) for sections, plan id, meeting id.
func (s *Service) EnsureDocument(ctx context.Context, actor access.Actor, caseID string, kind live.Kind, ownerID, personID string, item consent.Item) (live.Meta, error) {
	now := s.time()
	want := live.Meta{Tenant: actor.Tenant, ID: access.NewID(now), Epoch: 1, Kind: kind, CaseID: caseID, OwnerID: ownerID, PersonID: personID, Item: item}
	docs, err := s.store.EnsureDocs(ctx, []live.Meta{want}, actor.Audit(now, access.VerbDocOpen, want.ID).InCase(caseID))
	if err != nil {
		return live.Meta{}, fmt.Errorf("document: %w", err)
	}
	return docs[0], nil
}

// SectionFields says which fields a section document holds, by the sheets of the day: for live.WithFields.
func SectionFields(books sheets.Books, now func() time.Time) func(m live.Meta, field string) bool {
	return func(m live.Meta, field string) bool {
		owner := sheets.OwnerPerson
		if m.PersonID == "" {
			owner = sheets.OwnerHousehold
		}
		return books.Of(m.Tenant).At(now().In(jptime.JST).Format(time.DateOnly)).Holds(owner, string(m.Item), field)
	}
}

// sectionMeta names the section document of a person (or, with "", of the household) and item.
func sectionMeta(tenant, caseID, personID string, item consent.Item, now time.Time) live.Meta {
	owner := personID
	if owner == "" {
		owner = caseID
	}
	return live.Meta{Tenant: tenant, ID: access.NewID(now), Epoch: 1, Kind: live.KindSection, CaseID: caseID, OwnerID: owner, PersonID: personID, Item: item}
}
