package outreach

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
)

// VisitInput plans a visit.
type VisitInput struct {
	ID       string `json:"id"` // made by whoever writes
	PersonID string `json:"personId"`
	Day      string `json:"day"`
	Clock    string `json:"clock"`
	Mine     bool   `json:"mine"`
}

// Plan plans a visit for the actor's agency.
func (s *Service) Plan(ctx context.Context, a access.Actor, caseID string, in VisitInput) error {
	r, err := s.allowed(ctx, a, caseID)
	if err != nil {
		return err
	}
	if !clientID.MatchString(in.ID) {
		return fault.New(fault.Invalid, "予定の番号を読み取れません。画面を更新して、もう一度入力してください。").On("id")
	}
	if err := s.about(r, a, in.PersonID, consent.ItemProgress); err != nil {
		return err
	}
	if in.Day == "" {
		return fault.New(fault.Invalid, "予定の日付を入れてください。").On("day")
	}
	if err := checkWhen("day", "clock", in.Day, in.Clock, s.today()); err != nil {
		return err
	}
	now := s.time()
	v := visitOf(a, caseID, in.PersonID, in.Day, in.Clock, in.Mine, now)
	v.ID = in.ID
	return s.store.AddOutreachVisit(ctx, v, a.Audit(now, access.VerbOutreachPlan, v.ID).InCase(caseID))
}

// VisitChange moves a planned visit, or drops it (取りやめ).
type VisitChange struct {
	Day     string `json:"day"`
	Clock   string `json:"clock"`
	Mine    bool   `json:"mine"`
	Drop    bool   `json:"drop"`
	Version int64  `json:"version"`
}

// Change changes a planned visit of the actor's agency.
func (s *Service) Change(ctx context.Context, a access.Actor, id string, in VisitChange) error {
	if err := access.Require(a, access.ActOutreach); err != nil {
		return err
	}
	v, err := s.store.OutreachVisit(ctx, access.ScopeOf(a), id)
	if err != nil {
		return err
	}
	r, err := s.allowed(ctx, a, v.CaseID)
	if err != nil {
		return err
	}
	if v.AgencyID != a.AgencyID || !r.Sees(a.AgencyID, v.PersonID, consent.ItemProgress) {
		return fault.New(fault.NotFound, "")
	}
	v.Version = in.Version
	if in.Drop {
		v.State = VisitDropped
	} else {
		if err := checkWhen("day", "clock", in.Day, in.Clock, s.today()); err != nil {
			return err
		}
		v.Day, v.Clock, v.UserID, v.UserName = in.Day, in.Clock, "", ""
		if in.Mine {
			v.UserID, v.UserName = a.UserID, a.Name
		}
	}
	return s.store.UpdateOutreachVisit(ctx, v, a.Audit(s.time(), access.VerbOutreachPlan, v.ID).InCase(v.CaseID))
}

func (s *Service) visitLine(a access.Actor, people []Who, v Visit) VisitLine {
	return VisitLine{ID: v.ID, PersonID: v.PersonID, Who: Called(people, v.PersonID), Day: v.Day, Clock: v.Clock, Worker: v.UserName, DaysLate: Late(v.Day, s.today()),
		Version: v.Version, Mine: v.AgencyID == a.AgencyID}
}

// Late counts the days since a day, 0 when it has not passed.
func Late(day, today string) int {
	d, err := time.ParseInLocation(time.DateOnly, day, jptime.JST)
	t, err2 := time.ParseInLocation(time.DateOnly, today, jptime.JST)
	if err != nil || err2 != nil {
		return 0
	}
	return max(0, int(t.Sub(d)/(24*time.Hour)))
}
