package meeting

import (
	"context"
	"regexp"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/plans"
	"kasane/internal/text"
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
	Agencies     []string      `json:"agencies"` // nil = the members of the case
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

// Types lists the meeting types in force on a day (ISO date).
func (s *Service) Types(ctx context.Context, actor access.Actor, on string) ([]Type, error) {
	if actor.Tenant == "" {
		return nil, fault.New(fault.Unauthorized, "")
	}
	saved, err := s.Store.MeetingTypes(ctx, actor.Tenant)
	if err != nil {
		return nil, err
	}
	return EffectiveTypes(saved, on), nil
}

var typeID = regexp.MustCompile(`^[a-z0-9_-]{1,40}$`)

// SaveType adds a version of a meeting type with its 適用開始日. 市所管課 only. Meetings that exist keep what their type said.
func (s *Service) SaveType(ctx context.Context, actor access.Actor, t Type) error {
	if actor.Guest() || !actor.Has(access.RoleCity) {
		return fault.New(fault.Forbidden, "会議種別を変えられるのは市所管課です。")
	}
	if err := first(required("id", "種別の記号", t.ID, 40), required("name", "名称", t.Name, 60), required("basis", "根拠", t.Basis, 200), text.Line("chairPost", "議長職", t.ChairPost, 60)); err != nil {
		return err
	}
	if !typeID.MatchString(t.ID) { // it stands in the audit log, which holds no text
		return fault.New(fault.Invalid, "種別の記号は、英小文字・数字・「_」「-」だけで入力してください。").On("id")
	}
	if _, err := time.Parse(time.DateOnly, t.EffectiveFrom); err != nil {
		return fault.New(fault.Invalid, "適用開始日を入れてください。").On("effectiveFrom")
	}
	if t.Mode != consent.ModeLayered && t.Mode != consent.ModeSupport {
		return fault.New(fault.Invalid, "支援会議か重層的支援会議かを選んでください。").On("mode")
	}
	if t.ConfirmDays < 0 || t.ConfirmDays > 60 {
		return fault.New(fault.Invalid, "会議録の確認期間は60日までで入れてください。").On("confirmDays")
	}
	if t.Retention < 1 || t.Retention > 100 {
		return fault.New(fault.Invalid, "保存年限は1年から100年までで入れてください。").On("retention")
	}
	t.NeedsConsent = t.Mode == consent.ModeLayered
	if len(t.Phases) == 0 {
		t.Phases = DefaultPhases()
	}
	now := s.clock()
	return s.Store.SaveMeetingType(ctx, actor.Tenant, t, actor.Audit(now, access.VerbMeetingAct, t.ID))
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
	return s.Plans.GetIn(ctx, actor, meetingID, st.Meeting.PlanID, st.setting(s.clock()))
}
