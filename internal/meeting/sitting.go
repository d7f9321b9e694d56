package meeting

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
)

// Sitting (開催) groups the meetings of one date, place, chair and recorder in an order. Each meeting stays one case with its own
// consent, events, minutes and records, because records are kept per person.
type Sitting struct {
	ID        string
	Tenant    string
	CreatedAt time.Time
	CreatedBy string
}

// Called is a meeting as it is called for, ready to be written.
type Called struct {
	Meeting Meeting
	Docs    []live.Meta // of the minutes
	Events  []Event     // the first ones, Seq 1…
	Audit   access.Entry
}

// SittingInput is a 開催 as it is called for (POST /api/sittings).
type SittingInput struct {
	Type         string       `json:"type"`
	Mode         consent.Mode `json:"mode"`
	Title        string       `json:"title"`
	PlannedStart time.Time    `json:"plannedStart"`
	Place        string       `json:"place"`
	Form         Form         `json:"form"`
	Convener     string       `json:"convener"`
	Basis        string       `json:"basis"`
	Reason       string       `json:"reason"`
	ChairID      string       `json:"chairId"`
	RecorderID   string       `json:"recorderId"`
	Cases        []CaseInput  `json:"cases"`
}

// CaseInput (案件) is one case of a 開催. The cases follow one another: each begins when the planned minutes of those before are over.
type CaseInput struct {
	CaseID   string        `json:"caseId"`
	PlanID   string        `json:"planId"`
	Minutes  int           `json:"minutes"`
	Agencies []string      `json:"agencies"` // nil = the members of the case
	Agenda   []*AgendaItem `json:"agenda"`
}

// SittingCase is a meeting of a 開催 as somebody with a part in it sees it.
type SittingCase struct {
	MeetingID    string    `json:"meetingId"`
	CaseNumber   string    `json:"caseNumber"`
	Status       Status    `json:"status"`
	StatusLabel  string    `json:"statusLabel"`
	PlannedStart time.Time `json:"plannedStart"`
}

// SittingLine is the 開催 in the room. Only the cases the reader has a part in are in it, and counted.
type SittingLine struct {
	Pos   int           `json:"pos"` // 案件 1, 2, 3 … of those in Cases
	Cases []SittingCase `json:"cases"`
	Next  string        `json:"next"` // the meeting that follows and is not over; "" = this was the last
}

// maxCases bounds the cases of one 開催.
const maxCases = 10

// CreateSitting calls for the meetings of a 開催: all or none. Holders only. Errors name the field and say which case.
func (s *Service) CreateSitting(ctx context.Context, actor access.Actor, in SittingInput) ([]Meeting, error) {
	if !actor.Holder() {
		return nil, fault.New(fault.Forbidden, "会議を作成できるのは、多機関協働担当と市所管課です。")
	}
	if n := len(in.Cases); n < 1 || n > maxCases {
		return nil, fault.New(fault.Invalid, "案件は1件から10件まで選んでください。").On("cases")
	}
	now := s.clock()
	begin := in.PlannedStart
	var list []Called
	for i, c := range in.Cases {
		if err := in.check(i); err != nil {
			return nil, err
		}
		// Who is kept from a case (閲覧遮断) calls no meeting of it, whatever its id says.
		if _, err := s.Store.Case(ctx, access.ScopeOf(actor), c.CaseID); err != nil {
			return nil, err
		}
		end := begin.Add(time.Duration(c.Minutes) * time.Minute)
		called, err := s.call(ctx, actor, in.meeting(c, begin, end), now)
		if err != nil {
			return nil, err
		}
		list, begin = append(list, called), end
	}
	sitting := Sitting{ID: access.NewID(now), Tenant: actor.Tenant, CreatedAt: now, CreatedBy: actor.UserID}
	return s.Store.CreateSitting(ctx, sitting, list)
}

// check looks at one case: every 案件 says what it is brought for.
func (in SittingInput) check(i int) error {
	c := in.Cases[i]
	switch {
	case c.CaseID == "":
		return fault.New(fault.Invalid, "案件にするケースを選んでください。").On("cases")
	case slices.ContainsFunc(in.Cases[:i], func(x CaseInput) bool { return x.CaseID == c.CaseID }):
		return fault.New(fault.Invalid, "同じケースが2回入っています。1つの案件にまとめてください。").On("cases")
	case c.Minutes < 5 || c.Minutes > 480:
		return fault.New(fault.Invalid, "案件ごとの予定の時間は、5分から480分までで入れてください。").On("minutes")
	case len(c.Agenda) == 0:
		return fault.New(fault.Invalid, "案件ごとに、議題を目的と論点を添えて1つ以上入れてください。").On("agenda")
	}
	return nil
}

func (in SittingInput) meeting(c CaseInput, begin, end time.Time) Input {
	return Input{CaseID: c.CaseID, Type: in.Type, Mode: in.Mode, PlanID: c.PlanID, Title: in.Title, PlannedStart: begin, PlannedEnd: end, Place: in.Place, Form: in.Form,
		Convener: in.Convener, Basis: in.Basis, Reason: in.Reason, Agencies: c.Agencies, ChairID: in.ChairID, RecorderID: in.RecorderID, Agenda: c.Agenda}
}

// addSitting adds the 開催 as far as the actor has a part in it; a meeting that stands alone for the actor has none.
func (s *Service) addSitting(ctx context.Context, room *Room, actor access.Actor, meetingID string) error {
	list, err := s.Store.SittingOf(ctx, access.ScopeOf(actor), meetingID)
	if err != nil || len(list) < 2 {
		return err
	}
	line := &SittingLine{}
	for i, c := range list {
		c.StatusLabel = c.Status.Label()
		line.Cases = append(line.Cases, c)
		switch {
		case c.MeetingID == meetingID:
			line.Pos = i + 1
		case line.Pos > 0 && line.Next == "" && c.Status.ahead():
			line.Next = c.MeetingID
		}
	}
	if line.Pos > 0 {
		room.Sitting = line
	}
	return nil
}

// Before is the case of the 開催 that came before this one and is over, cancelled ones aside, as far as the actor has a part in it. Conflict when there
// is none.
func (s *Service) Before(ctx context.Context, actor access.Actor, meetingID string) (string, error) {
	list, err := s.Store.SittingOf(ctx, access.ScopeOf(actor), meetingID)
	if err != nil {
		return "", err
	}
	list = slices.DeleteFunc(list, func(c SittingCase) bool { return c.Status == StatusCancelled && c.MeetingID != meetingID })
	here := slices.IndexFunc(list, func(c SittingCase) bool { return c.MeetingID == meetingID })
	if here < 1 || list[here-1].Status.ahead() {
		return "", fault.New(fault.Conflict, "引き継げるのは、前の案件が閉会したあとです。")
	}
	return list[here-1].MeetingID, nil
}

// ahead tells whether 閉会 is still to come.
func (s Status) ahead() bool { return s == StatusDraft || s.Running() }

// follow carries 出席 over from the case before when 受付 begins (次の案件へ): of those who were in the room when it closed and whose
// agency has a seat here, too. Who takes part remotely is noted when they follow by themselves. 守秘義務確認 is asked per case.
func (d *deed) follow(ctx context.Context) error {
	m := d.st.Meeting
	list, err := d.s.Store.SittingOf(ctx, access.Scope{Tenant: m.Tenant, All: true}, m.ID)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(c SittingCase) bool { return c.Status == StatusCancelled }) // nobody was there
	here := slices.IndexFunc(list, func(c SittingCase) bool { return c.MeetingID == m.ID })
	if here < 1 || list[here-1].Status.ahead() {
		return nil
	}
	before, err := d.s.whole(ctx, m.Tenant, list[here-1].MeetingID)
	if err != nil {
		return err
	}
	for _, p := range before.People {
		if p.Guest || p.Form != FormRoom || d.st.seat(p.AgencyID) == nil || !before.stayed(p) {
			continue
		}
		if err := d.carryAttendee(p); err != nil {
			return err
		}
	}
	d.after = func(ctx context.Context) error { // open screens of the case before learn that the next one begins
		if d.s.Tell != nil {
			d.s.Tell.MeetingChanged(ctx, m.Tenant, before.Meeting.ID, before.Meeting.Seq)
		}
		return nil
	}
	return nil
}

// stayed tells whether somebody was there until 閉会.
func (s *State) stayed(p Attendee) bool {
	if p.Absent || len(p.Spans) == 0 {
		return false
	}
	to := p.Spans[len(p.Spans)-1].To
	return to == nil || s.Meeting.ClosedAt != nil && !to.Before(*s.Meeting.ClosedAt)
}

// carryAttendee begins the line of one person. The reason names no other case: not every reader has a part in it.
func (d *deed) carryAttendee(p Attendee) error {
	if !p.Manual {
		by := access.Actor{UserID: p.Key, Name: p.Name, Post: p.Post, AgencyID: p.AgencyID, AgencyName: p.AgencyName}
		return d.emitAs(by, KindJoined, joinedData{Conn: connEnter, Form: p.Form})
	}
	from := d.now
	return d.emit(KindAttendance, attendanceData{Key: "m:" + access.NewID(d.now), Name: p.Name, Kana: p.Kana, Post: p.Post, AgencyID: p.AgencyID,
		Form: p.Form, From: &from, Proxy: p.Proxy, Reason: "引き続き出席"})
}

// aloneInList takes the 開催 off the lines that have no companion: that there are others is not told to whom they do not concern. The
// places are counted among the lines that are left.
func aloneInList(list []Ref) {
	of := map[string][]int{}
	for i, r := range list {
		if r.Sitting != "" {
			of[r.Sitting] = append(of[r.Sitting], i)
		}
	}
	for _, at := range of {
		slices.SortFunc(at, func(a, b int) int { return list[a].Pos - list[b].Pos })
		for n, i := range at {
			if list[i].Pos = n + 1; len(at) == 1 {
				list[i].Sitting, list[i].Pos = "", 0
			}
		}
	}
}
