package app

import (
	"context"
	"fmt"
	"time"

	"kasane/internal/access"
	"kasane/internal/rehearsal"
)

// rehearseEvery is how often the players of a practice look at the meeting.
const rehearseEvery = time.Second

// rehearse lets the people of the demo play the other agencies in practice meetings.
func (h *house) rehearse(ctx context.Context, now func() time.Time) error {
	cast, err := h.cast(ctx)
	if err != nil {
		return fmt.Errorf("rehearsal: %w", err)
	}
	h.rehearsal = rehearsal.New(rehearsal.Ports{Meeting: h.meeting, Plans: h.plans, Live: h.live, Cases: h.cases, Consent: h.consent, Cast: cast, Now: now, Log: h.log})
	return nil
}

// cast are the people of the demo municipality by login.
func (h *house) cast(ctx context.Context) (map[string]access.Actor, error) {
	all, err := h.store.ListMunicipalities(ctx)
	if err != nil {
		return nil, err
	}
	cast := map[string]access.Actor{}
	for _, m := range all {
		if !m.Demo {
			continue
		}
		agencies, err := h.store.ListAgencies(ctx, m.ID)
		if err != nil {
			return nil, err
		}
		names := map[string]string{}
		for _, a := range agencies {
			names[a.ID] = a.Name
		}
		users, err := h.store.ListUsers(ctx, m.ID)
		if err != nil {
			return nil, err
		}
		for _, u := range users {
			cast[u.Login] = access.Actor{Tenant: m.ID, UserID: u.ID, Name: u.Name, Post: u.Post, AgencyID: u.AgencyID, AgencyName: names[u.AgencyID], Roles: u.Roles}
		}
	}
	return cast, nil
}
