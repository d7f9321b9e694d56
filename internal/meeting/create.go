package meeting

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/plans"
)

// Input is a meeting as it is called for (POST /api/cases/{id}/meetings).
type Input struct {
	CaseID       string        `json:"-"`
	Type         string        `json:"type"` // type id: "layered", "support" or one of the municipality's
	Mode         consent.Mode  `json:"mode"` // "" = as the type says
	PlanID       string        `json:"planId"`
	Title        string        `json:"title"`
	PlannedStart time.Time     `json:"plannedStart"`
	PlannedEnd   time.Time     `json:"plannedEnd"`
	Place        string        `json:"place"`
	Form         Form          `json:"form"`
	Convener     string        `json:"convener"` // "" = the one who creates it
	Basis        string        `json:"basis"`    // "" = as the type says
	Reason       string        `json:"reason"`   // given: 招集 is recorded at once
	Agencies     []string      `json:"agencies"` // nil = the members of the case and whom the type always calls
	ChairID      string        `json:"chairId"`
	RecorderID   string        `json:"recorderId"`
	Agenda       []*AgendaItem `json:"agenda"`
}

// Create calls a meeting. Holders only. Errors name the field.
func (s *Service) Create(ctx context.Context, actor access.Actor, in Input) (Meeting, error) {
	if !actor.Holder() {
		return Meeting{}, fault.New(fault.Forbidden, "会議を作成できるのは、多機関協働担当と市所管課です。")
	}
	c, err := s.call(ctx, actor, in, s.clock())
	if err != nil {
		return Meeting{}, err
	}
	return s.Store.CreateMeeting(ctx, c.Meeting, c.Docs, c.Events, c.Audit)
}

// call makes what a meeting begins with; nothing is written yet.
func (s *Service) call(ctx context.Context, actor access.Actor, in Input, now time.Time) (Called, error) {
	f, err := s.Store.MeetingFacts(ctx, actor.Tenant, in.CaseID)
	if err != nil {
		return Called{}, err
	}
	m, err := s.frame(ctx, actor, in, now)
	if err != nil {
		return Called{}, err
	}
	d := &deed{s: s, st: &State{Meeting: Meeting{ID: m.ID, Tenant: m.Tenant, CaseID: m.CaseID}}, sub: subject{actor: actor}, now: now, facts: &f}
	data, err := d.firstData(ctx, in, m)
	if err != nil {
		return Called{}, err
	}
	if err := d.emit(KindCreated, data); err != nil {
		return Called{}, err
	}
	if in.Reason != "" {
		c := convenedData{Convener: in.Convener, Basis: in.Basis, Reason: in.Reason}
		if c.Convener == "" {
			c.Convener = actor.Name
		}
		if c.Basis == "" {
			c.Basis = m.Type.Basis
		}
		if err := c.check(); err != nil {
			return Called{}, err
		}
		if err := d.emit(KindConvened, c); err != nil {
			return Called{}, err
		}
	}
	st, err := Fold(m, d.change.Events)
	if err != nil {
		return Called{}, err
	}
	docs := []live.Meta{s.minutesDoc(m, "", now)}
	for _, p := range f.subjects() {
		docs = append(docs, s.minutesDoc(m, p.ID, now))
	}
	return Called{Meeting: st.Meeting, Docs: docs, Events: d.change.Events,
		Audit: actor.Audit(now, access.VerbMeetingCreate, m.ID).InCase(m.CaseID).InMeeting(m.ID)}, nil
}

// frame checks type, mode, times and plan.
func (s *Service) frame(ctx context.Context, actor access.Actor, in Input, now time.Time) (Meeting, error) {
	types, err := s.Types(ctx, actor, day(now))
	if err != nil {
		return Meeting{}, err
	}
	i := slices.IndexFunc(types, func(t Type) bool { return t.ID == in.Type })
	if i < 0 {
		return Meeting{}, fault.New(fault.Invalid, "会議種別を選んでください。").On("type")
	}
	t := types[i]
	t.Agencies, t.Categories, t.Agenda = nil, nil, nil // what a meeting begins with; it is in the events from here on
	mode := in.Mode
	if mode == consent.ModeNone {
		mode = t.Mode
	}
	if mode != consent.ModeLayered && mode != consent.ModeSupport {
		return Meeting{}, fault.New(fault.Invalid, "支援会議か重層的支援会議かを選んでください。").On("mode")
	}
	m := Meeting{ID: access.NewID(now), Tenant: actor.Tenant, CaseID: in.CaseID, PlanID: in.PlanID, Title: in.Title, Type: t, Mode: mode,
		PlannedStart: in.PlannedStart.UTC(), PlannedEnd: in.PlannedEnd.UTC(), Place: in.Place, Form: in.Form, ChairID: in.ChairID, RecorderID: in.RecorderID,
		DeputyIDs: []string{}, Status: StatusDraft}
	if err := checkFrame(m); err != nil {
		return Meeting{}, err
	}
	if in.PlanID != "" {
		p, err := s.Plans.ByID(ctx, actor.Tenant, in.PlanID)
		if err != nil || p.CaseID != in.CaseID {
			return Meeting{}, fault.New(fault.Invalid, "プランは、このケースのものを選んでください。").On("planId")
		}
	}
	return m, nil
}

// firstData gathers seats and agenda; chair and recorder bring the seat of their agency.
func (d *deed) firstData(ctx context.Context, in Input, m Meeting) (createdData, error) {
	data := createdData{Meeting: m, Phases: m.Type.Phases, Seats: []seatData{}, Agenda: orEmpty(in.Agenda)}
	data.Meeting.Type.Phases = nil
	agencies := in.Agencies
	if agencies == nil {
		for _, x := range d.facts.Members {
			if x.Until == nil {
				agencies = append(agencies, x.AgencyID)
			}
		}
		usual, err := d.usualAgencies(ctx, in.Type)
		if err != nil {
			return data, err
		}
		agencies = append(agencies, usual...)
	}
	for _, id := range []string{in.ChairID, in.RecorderID} {
		if id == "" {
			continue
		}
		u, err := d.user(ctx, id)
		if err != nil {
			return data, err
		}
		agencies = append(agencies, u.AgencyID)
	}
	for _, id := range agencies {
		if slices.ContainsFunc(data.Seats, func(s seatData) bool { return s.AgencyID == id }) {
			continue
		}
		seat, err := d.newSeat(ctx, id)
		if err != nil {
			return data, err
		}
		data.Seats = append(data.Seats, seat)
	}
	for _, a := range data.Agenda {
		if a == nil {
			return data, fault.New(fault.Invalid, "議題の内容を確かめてください。").On("agenda")
		}
		a.ID, a.State, a.Note = access.NewID(d.now), "", ""
		if err := a.check(); err != nil {
			return data, err
		}
	}
	return data, nil
}

func (s *Service) minutesDoc(m Meeting, person string, now time.Time) live.Meta {
	return live.Meta{Tenant: m.Tenant, ID: access.NewID(now), Epoch: 1, Kind: live.KindMinutes, CaseID: m.CaseID, OwnerID: m.ID, PersonID: person, Item: consent.ItemBasic}
}

// PlanView is the plan in the context of the meeting: absence, stated reasons and the meeting's day count.
func (s *Service) PlanView(ctx context.Context, actor access.Actor, meetingID string) (plans.View, error) {
	st, _, err := s.load(ctx, actor, meetingID)
	if err != nil {
		return plans.View{}, err
	}
	if st.Meeting.PlanID == "" {
		return plans.View{}, fault.New(fault.NotFound, "この会議にはプランがありません。")
	}
	v, err := s.Plans.GetIn(ctx, actor, meetingID, st.Meeting.PlanID, st.setting(s.clock()))
	v.Abilities.Take = v.Abilities.Take && !st.observes(actor)
	return v, err
}
