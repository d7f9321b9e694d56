package web

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/meeting"
	"kasane/internal/papers"
)

func (s *server) meetingList(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Meeting.List(r.Context(), access.ActorFrom(r.Context()), meeting.Query{CaseID: r.URL.Query().Get("case")})
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{"meetings": some(list)})
}

func (s *server) meetingTypes(w http.ResponseWriter, r *http.Request) error {
	set, err := s.set(r)
	if err != nil {
		return err
	}
	list, err := s.deps.Meeting.Types(r.Context(), access.ActorFrom(r.Context()), set.Date)
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{"types": some(list)})
}

func (s *server) meetingTypeVersions(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Meeting.TypeVersions(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{"versions": some(list), "papers": papers.LaidPapers()})
}

// meetingTypePreview prints a 見本 in the layout of a type that is being written.
func (s *server) meetingTypePreview(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Type  meeting.Type      `json:"type"`
		Paper meeting.PaperKind `json:"paper"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	res, err := s.deps.Meeting.PreviewPaper(r.Context(), access.ActorFrom(r.Context()), in.Type, in.Paper)
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: "見本.pdf", kind: "application/pdf", bytes: res.PDF})
}

func (s *server) meetingTypeSave(w http.ResponseWriter, r *http.Request) error {
	var in meeting.Type
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Meeting.SaveType(r.Context(), access.ActorFrom(r.Context()), in); err != nil {
		return err
	}
	return s.done(w, r)
}

func (s *server) meetingCreate(w http.ResponseWriter, r *http.Request) error {
	var in meeting.Input
	if err := decode(r, &in); err != nil {
		return err
	}
	in.CaseID = chi.URLParam(r, "case")
	m, err := s.deps.Meeting.Create(r.Context(), access.ActorFrom(r.Context()), in)
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{"id": m.ID, "no": m.No})
}

func (s *server) meetingRoom(w http.ResponseWriter, r *http.Request) error {
	look := s.deps.Meeting.State
	if r.URL.Query().Get("screen") != "" {
		look = s.deps.Meeting.Screen
	}
	room, err := look(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "meeting"))
	if err != nil {
		return err
	}
	return s.reply(w, r, room)
}

func (s *server) meetingAct(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Act    meeting.Act     `json:"act"`
		Params json.RawMessage `json:"params"`
		Seq    int64           `json:"seq"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	ctx, a, id := r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "meeting")
	// A guest is a seat in the meeting and a link with a secret; both are made and taken back together.
	switch in.Act {
	case meeting.ActGuestInvite:
		return fault.New(fault.Invalid, "招待は「遠隔参加者を招待する」の画面から行ってください。").On("act")
	case meeting.ActCarry: // only who holds the record gets to that door
		return fault.New(fault.Invalid, "引き継ぎは「支援会議から引き継ぐ」の画面から行ってください。").On("act")
	case meeting.ActGuestRemove:
		var p struct {
			ID string `json:"id"`
		}
		if err := json.Unmarshal(in.Params, &p); err != nil {
			return fault.Wrap(fault.Invalid, err, "").On("params")
		}
		if err := s.removeGuest(r, a, id, p.ID); err != nil {
			return err
		}
		return s.meetingRoom(w, r)
	}
	room, err := s.deps.Meeting.Act(ctx, a, id, in.Act, in.Params, in.Seq)
	if err != nil {
		return err
	}
	switch in.Act {
	case meeting.ActCancel: // the sessions of its guests have ended
		s.recheck()
	case meeting.ActEdit: // the links follow the day
		if err := s.deps.Identity.MeetingMoved(ctx, a, id, room.Meeting.PlannedEnd); err != nil {
			return err
		}
	}
	return s.reply(w, r, room)
}

// followup is what earlier meetings of the case left to be done.
func (s *server) followup(w http.ResponseWriter, r *http.Request) error {
	f, err := s.deps.Meeting.Followup(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "meeting"))
	if err != nil {
		return err
	}
	return s.reply(w, r, f)
}

func (s *server) carryList(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Meeting.Carryable(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "meeting"))
	if err != nil {
		return err
	}
	return s.reply(w, r, list)
}

func (s *server) carry(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Rows []meeting.CarryChoice `json:"rows"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	room, err := s.deps.Meeting.Carry(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "meeting"), in.Rows)
	if err != nil {
		return err
	}
	return s.reply(w, r, room)
}

func (s *server) meetingEnter(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Form meeting.Form `json:"form"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	if in.Form != meeting.FormRoom && in.Form != meeting.FormRemote {
		return fault.New(fault.Invalid, "会場か遠隔かを選んでください。").On("form")
	}
	a := access.ActorFrom(r.Context())
	// The connection of this session may have come before: it is the one whose end is the end of the stay.
	if err := s.deps.Meeting.Join(r.Context(), a, chi.URLParam(r, "meeting"), a.SessionID, in.Form); err != nil {
		return err
	}
	return s.done(w, r)
}

func (s *server) minutesDraft(w http.ResponseWriter, r *http.Request) error {
	return s.draft(w, r, chi.URLParam(r, "meeting"), meeting.PaperMinutes)
}

// minutesFile answers with a version of the 会議録(案) as it is kept: the bytes that confirmations name.
func (s *server) minutesFile(w http.ResponseWriter, r *http.Request) error {
	n, err := strconv.Atoi(chi.URLParam(r, "n"))
	if err != nil || n < 1 {
		return fault.New(fault.NotFound, "")
	}
	res, name, err := s.deps.Meeting.MinutesFile(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "meeting"), n)
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: name, kind: "application/pdf", bytes: res.PDF, inline: true})
}

// draft answers with a PDF for the reader: 案, shown by the browser.
func (s *server) draft(w http.ResponseWriter, r *http.Request, meetingID string, kind meeting.PaperKind) error {
	res, name, err := s.deps.Meeting.Draft(r.Context(), access.ActorFrom(r.Context()), meetingID, kind)
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: name, kind: "application/pdf", bytes: res.PDF, inline: true})
}

// Meetings reads rows of meetings; the store is it. MeetingByID is fault.NotFound outside of the scope.
type Meetings interface {
	MeetingByID(ctx context.Context, s access.Scope, id string) (meeting.Meeting, error)
	ListMeetings(ctx context.Context, s access.Scope, q meeting.Query) ([]meeting.Listed, error)
}

// row is the row of a meeting the actor has a part in by scope; what the actor may see of it is for the service to say.
func (s *server) row(r *http.Request, id string) (meeting.Meeting, error) {
	return s.deps.Lists.MeetingByID(r.Context(), access.ScopeOf(access.ActorFrom(r.Context())), id)
}

// meetingOfPlan finds the newest meeting of the actor that discusses a plan, "" if there is none: running ones only, or any.
func (s *server) meetingOfPlan(r *http.Request, planID string, running bool) (string, error) {
	a := access.ActorFrom(r.Context())
	if a.Guest() {
		return a.GuestMeeting, nil
	}
	p, err := s.deps.Plans.ByID(r.Context(), a.Tenant, planID)
	if err != nil {
		return "", err
	}
	list, err := s.deps.Lists.ListMeetings(r.Context(), access.ScopeOf(a), meeting.Query{CaseID: p.CaseID, Limit: 50})
	if err != nil {
		return "", err
	}
	for _, l := range list {
		if running && !l.Status.Running() {
			continue
		}
		m, err := s.row(r, l.ID)
		if err != nil {
			return "", err
		}
		if m.PlanID == planID {
			return m.ID, nil
		}
	}
	return "", nil
}

// inSession are the statuses in which an answer to a role belongs to the meeting.
var inSession = []meeting.Status{meeting.StatusOpen, meeting.StatusAgreeing}

func answersInMeeting(m meeting.Meeting, planID string) bool {
	return m.PlanID == planID && slices.Contains(inSession, m.Status)
}
