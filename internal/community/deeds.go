package community

import (
	"context"
	"slices"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
)

// kept is a place the actor writes about.
func (s *Service) kept(ctx context.Context, actor access.Actor, id string) (Place, error) {
	if err := access.Require(actor, access.ActPlaceKeep); err != nil {
		return Place{}, err
	}
	p, err := s.store.Place(ctx, actor.Tenant, id)
	if err == nil && !mayKeep(actor, p.AgencyID) {
		err = notYours
	}
	return p, err
}

// AddDay writes how many came on a day.
func (s *Service) AddDay(ctx context.Context, actor access.Actor, placeID string, in DayInput) error {
	if _, err := s.kept(ctx, actor, placeID); err != nil {
		return err
	}
	if err := in.check(s.today()); err != nil {
		return err
	}
	now := s.clock()
	d := Day{ID: access.NewID(now), PlaceID: placeID, Day: in.Day, Counts: in.Counts, Note: in.Note, At: now, By: actor.UserID, ByName: actor.Name}
	return s.store.AddDay(ctx, actor.Tenant, d, actor.Audit(now, access.VerbPlaceDay, d.ID))
}

// DropDay takes a day back that was entered by mistake.
func (s *Service) DropDay(ctx context.Context, actor access.Actor, placeID, id string) error {
	if _, err := s.kept(ctx, actor, placeID); err != nil {
		return err
	}
	now := s.clock()
	return s.store.DropDay(ctx, actor.Tenant, placeID, id, now, actor.Audit(now, access.VerbPlaceDayDrop, id))
}

// AddLink brings somebody to a place. A person of a case has to be one the actor may see.
func (s *Service) AddLink(ctx context.Context, actor access.Actor, placeID string, in LinkInput) error {
	if err := access.Require(actor, access.ActPlaceKeep); err != nil {
		return err
	}
	p, err := s.store.Place(ctx, actor.Tenant, placeID)
	if err != nil {
		return err
	}
	if in.CaseID == "" && !mayKeep(actor, p.AgencyID) {
		return notYours
	}
	if err := in.check(p, s.today()); err != nil {
		return err
	}
	if in.CaseID != "" {
		ok, err := s.shows(ctx, actor, in.CaseID, in.PersonID, consent.ItemProgress)
		if err != nil {
			return err
		}
		if !ok {
			return fault.New(fault.NotFound, "このケースの人をつなぐことはできません。見る権限がないか、同意の範囲外です。")
		}
	}
	now := s.clock()
	l := Link{ID: access.NewID(now), PlaceID: placeID, CaseID: in.CaseID, PersonID: in.PersonID, Role: in.Role, Since: in.Since, AgencyID: actor.AgencyID,
		By: actor.UserID, ByName: actor.Name, MadeAt: now, N: 1, At: now}
	return s.store.AddLink(ctx, actor.Tenant, l, actor.Audit(now, access.VerbPlaceLink, l.ID).InCase(in.CaseID))
}

// SetResult tells what became of a link.
func (s *Service) SetResult(ctx context.Context, actor access.Actor, placeID, id string, in ResultInput) error {
	if err := access.Require(actor, access.ActPlaceKeep); err != nil {
		return err
	}
	p, err := s.store.Place(ctx, actor.Tenant, placeID)
	if err != nil {
		return err
	}
	links, err := s.store.PlaceLinks(ctx, actor.Tenant, placeID)
	if err != nil {
		return err
	}
	if links, err = s.seen(ctx, actor, links); err != nil {
		return err
	}
	i := slices.IndexFunc(links, func(l Link) bool { return l.ID == id })
	if i < 0 {
		return fault.New(fault.NotFound, "このつなぎは見つかりません。画面を更新してください。")
	}
	l := links[i]
	if !mayKeep(actor, p.AgencyID) && !mayKeep(actor, l.AgencyID) {
		return notYours
	}
	if err := in.check(l, s.today()); err != nil {
		return err
	}
	if in.N != l.N {
		return fault.New(fault.Conflict, "ほかの人がこのつなぎの結果を先に記録しました。画面を更新してください。")
	}
	now := s.clock()
	l.Result, l.ResultOn, l.N, l.At = in.Result, in.ResultOn, l.N+1, now
	return s.store.SetLink(ctx, actor.Tenant, l, actor.Audit(now, access.VerbPlaceResult, id).InCase(l.CaseID))
}
