package community

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/text"
)

// Care (受け入れ側への支援) is what was done for those who take people in; nothing of the people.
type Care struct {
	ID          string    `json:"id"`
	PlaceID     string    `json:"-"`
	Day         string    `json:"day"`
	Method      string    `json:"method"` // code of join_method
	MethodLabel string    `json:"methodLabel"`
	Body        string    `json:"body"`
	AgencyName  string    `json:"agencyName"`
	By          string    `json:"-"`
	ByName      string    `json:"byName"`
	At          time.Time `json:"-"`
}

// CareInput is a care as it is written.
type CareInput struct {
	Day    string `json:"day"`
	Method string `json:"method"`
	Body   string `json:"body"`
}

// AddCare writes what was done for those who take people in.
func (s *Service) AddCare(ctx context.Context, actor access.Actor, placeID string, in CareInput) error {
	if _, err := s.kept(ctx, actor, placeID); err != nil {
		return err
	}
	if err := past("day", "日", in.Day, s.today()); err != nil {
		return err
	}
	if !known(s.set(actor.Tenant), "join_method", in.Method) {
		return fault.New(fault.Invalid, "方法を選んでください。").On("method")
	}
	if err := text.Memo("body", "内容", in.Body, 1_000); err != nil {
		return err
	}
	if err := text.Required("body", "内容", in.Body); err != nil {
		return err
	}
	now := s.clock()
	c := Care{ID: access.NewID(now), PlaceID: placeID, Day: in.Day, Method: in.Method, Body: in.Body, AgencyName: actor.AgencyName, By: actor.UserID, ByName: actor.Name, At: now}
	return s.store.AddCare(ctx, actor.Tenant, c, actor.Audit(now, access.VerbPlaceCare, c.ID))
}

// cares are for those who write about the place: what is said of an organisation in trouble is not for everybody.
func (s *Service) cares(ctx context.Context, actor access.Actor, p Place) ([]Care, error) {
	if !mayKeep(actor, p.AgencyID) {
		return []Care{}, nil
	}
	list, err := s.store.PlaceCares(ctx, actor.Tenant, p.ID)
	set := s.set(actor.Tenant)
	for i := range list {
		list[i].MethodLabel = set.Label("join_method", list[i].Method)
	}
	return append([]Care{}, list...), err
}
