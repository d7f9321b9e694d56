package web

import (
	"context"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/plans"
	"kasane/internal/tables"
)

// planRef is a plan in the list of a case.
type planRef struct {
	plans.Plan
	Label string `json:"label"` // 初回プラン, 再プラン(第1回) …
}

// Plans lists the plans of a case; the store is it. Outside of the scope the list is empty or fault.NotFound.
type Plans interface {
	PlansOfCase(ctx context.Context, s access.Scope, caseID string) ([]plans.Plan, error)
}

func (s *server) plansOf(r *http.Request, caseID string) ([]planRef, error) {
	list, err := s.deps.Lists.PlansOfCase(r.Context(), access.ScopeOf(access.ActorFrom(r.Context())), caseID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	out := []planRef{}
	for _, p := range list {
		out = append(out, planRef{p, roundLabel(p.Round)})
	}
	return out, nil
}

func roundLabel(round int) string {
	if round <= 1 {
		return "初回プラン"
	}
	return "再プラン(第" + strconv.Itoa(round-1) + "回)"
}

func (s *server) planCreate(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Previous string `json:"previous"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	p, err := s.deps.Plans.Create(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), in.Previous)
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{"id": p.ID, "round": p.Round})
}

// planGet reads the plan; in its meeting with what the meeting knows of seats and absence.
func (s *server) planGet(w http.ResponseWriter, r *http.Request) error {
	ctx, a, id, in := r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "plan"), inMeeting(r)
	var v plans.View
	m, err := s.contextOf(r, in)
	switch {
	case err != nil:
		return err
	case m.PlanID == id && id != "":
		v, err = s.deps.Meeting.PlanView(ctx, a, in)
	default:
		v, err = s.deps.Plans.Get(ctx, a, in, id)
	}
	if err != nil {
		return err
	}
	if in == "" && v.Abilities.Take && !a.Holder() { // the file is made in the newest meeting that discusses the plan
		if v.Abilities.Take, err = s.mayTake(r, id); err != nil {
			return err
		}
	}
	v.Diff = some(v.Diff)
	return s.reply(w, r, v)
}

// mayTake tells whether the actor may take the 役割分担表 of a plan home, in the newest meeting that discusses it.
func (s *server) mayTake(r *http.Request, plan string) (bool, error) {
	in, err := s.meetingOfPlan(r, plan, false)
	if err != nil || in == "" {
		return err == nil, err
	}
	watches, err := s.deps.Meeting.Observes(r.Context(), access.ActorFrom(r.Context()), in)
	return !watches, err
}

// contextOf is the row of the meeting named in a request, the zero row when none is named.
func (s *server) contextOf(r *http.Request, id string) (meeting.Meeting, error) {
	if id == "" {
		return meeting.Meeting{}, nil
	}
	return s.row(r, id)
}

// planDraft prints the plan as its reader sees it, in the meeting named or the newest one that discusses it.
func (s *server) planDraft(w http.ResponseWriter, r *http.Request) error {
	kind := meeting.PaperKind(r.URL.Query().Get("kind"))
	if kind != meeting.PaperPlan && kind != meeting.PaperMatrix {
		return fault.New(fault.Invalid, "文書の種類を選び直してください。").On("kind")
	}
	in, err := s.paperMeeting(r)
	if err != nil {
		return err
	}
	return s.draft(w, r, in, kind)
}

// paperMeeting is the meeting a paper of a plan is made in: the one named, or the newest that discusses it.
func (s *server) paperMeeting(r *http.Request) (string, error) {
	id, in := chi.URLParam(r, "plan"), inMeeting(r)
	if in == "" {
		var err error
		if in, err = s.meetingOfPlan(r, id, false); err != nil {
			return "", err
		}
	}
	if in == "" {
		return "", fault.New(fault.NotFound, "このプランを扱う会議がまだありません。会議を作成すると、案を印刷・保存できます。")
	}
	m, err := s.row(r, in)
	if err != nil {
		return "", err
	}
	if m.PlanID != id {
		return "", fault.New(fault.NotFound, "")
	}
	return in, nil
}

// planTable answers with the 役割分担表, or with kind=plan the プラン, as its reader sees it, for a spreadsheet.
func (s *server) planTable(w http.ResponseWriter, r *http.Request) error {
	form := tables.Form(r.URL.Query().Get("as"))
	if !form.Valid() {
		return fault.New(fault.Invalid, "保存の形式（Excel・CSV）を選び直してください。").On("as")
	}
	in, err := s.paperMeeting(r)
	if err != nil {
		return err
	}
	table := s.deps.Meeting.Table
	switch kind := r.URL.Query().Get("kind"); {
	case kind == string(meeting.PaperPlan):
		table = s.deps.Meeting.PlanTable
	case kind != "" && kind != string(meeting.PaperMatrix):
		return fault.New(fault.Invalid, "文書の種類を選び直してください。").On("kind")
	}
	file, name, err := table(r.Context(), access.ActorFrom(r.Context()), in, form)
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: name, kind: form.ContentType(), bytes: file})
}

func (s *server) planDiff(w http.ResponseWriter, r *http.Request) error {
	from, err := strconv.Atoi(r.URL.Query().Get("from"))
	if err != nil || from < 1 {
		return fault.New(fault.Invalid, "比べる版を選んでください。").On("from")
	}
	to := 0
	if v := r.URL.Query().Get("to"); v != "" {
		if to, err = strconv.Atoi(v); err != nil || to < 0 {
			return fault.New(fault.Invalid, "比べる版を選んでください。").On("to")
		}
	}
	list, err := s.deps.Plans.Compare(r.Context(), access.ActorFrom(r.Context()), inMeeting(r), chi.URLParam(r, "plan"), from, to)
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{"changes": some(list)})
}

func (s *server) planAnswer(w http.ResponseWriter, r *http.Request) error {
	var in plans.AnswerInput
	if err := decode(r, &in); err != nil {
		return err
	}
	ctx, a, id, at := r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "plan"), inMeeting(r)
	m, err := s.contextOf(r, at)
	if err != nil {
		return err
	}
	if answersInMeeting(m, id) {
		return s.answerInMeeting(w, r, at, in)
	}
	v, err := s.deps.Plans.AnswerRole(ctx, a, at, id, in)
	if err != nil {
		return err
	}
	return s.reply(w, r, v)
}

// answerInMeeting makes the answer an act of the meeting, so that it stands in its events.
func (s *server) answerInMeeting(w http.ResponseWriter, r *http.Request, at string, in plans.AnswerInput) error {
	ctx, a := r.Context(), access.ActorFrom(r.Context())
	if err := s.act(ctx, a, at, meeting.ActRole, in); err != nil {
		return err
	}
	v, err := s.deps.Meeting.PlanView(ctx, a, at)
	if err != nil {
		return err
	}
	for _, x := range v.Answers {
		if x.ActionID == in.ActionID && x.AgencyID == a.AgencyID {
			return s.reply(w, r, x)
		}
	}
	return s.done(w, r)
}

// docCreate gives the live document of a person and item class, making it when it is missing and the actor may write there.
func (s *server) docCreate(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Kind      live.Kind    `json:"kind"`
		OwnerID   string       `json:"ownerId"`
		CaseID    string       `json:"caseId"`
		MeetingID string       `json:"meetingId"`
		AgencyID  string       `json:"agencyId"` // of a 準備シート that is entered for another agency
		PersonID  string       `json:"personId"`
		Item      consent.Item `json:"item"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	ctx, a := r.Context(), access.ActorFrom(r.Context())
	switch in.Kind {
	case live.KindPlan:
		if in.MeetingID == "" && !a.Holder() { // an agency writes in the meeting that is running
			var err error
			if in.MeetingID, err = s.meetingOfPlan(r, in.OwnerID, true); err != nil {
				return err
			}
		}
		ref, err := s.deps.Plans.EnsureDoc(ctx, a, in.MeetingID, in.OwnerID, in.PersonID, in.Item)
		if err != nil {
			return err
		}
		running, err := s.meetingOfPlan(r, in.OwnerID, true)
		if err != nil {
			return err
		}
		if running != "" { // holders write outside of it, too; its screens shall know
			s.deps.Meeting.DocMade(ctx, a.Tenant, running)
		}
		return s.reply(w, r, ref)
	case live.KindMinutes:
		ref, err := s.deps.Meeting.EnsureDoc(ctx, a, in.OwnerID, in.PersonID, in.Item)
		if err != nil {
			return err
		}
		return s.reply(w, r, ref)
	case live.KindPrep:
		ref, err := s.deps.Meeting.EnsurePrep(ctx, a, in.OwnerID, in.AgencyID, in.PersonID, in.Item)
		if err != nil {
			return err
		}
		return s.reply(w, r, ref)
	case live.KindSection:
		return s.sectionDoc(w, r, a, in.CaseID, in.PersonID, in.Item)
	default:
		return fault.New(fault.Invalid, "この種類の文書は作れません。").On("kind")
	}
}

// sectionDoc makes a document of sheet fields. Only those who hold the record write sheets; the person must be of the case.
func (s *server) sectionDoc(w http.ResponseWriter, r *http.Request, a access.Actor, caseID, personID string, item consent.Item) error {
	ctx := r.Context()
	if !a.Holder() {
		return fault.New(fault.Forbidden, "")
	}
	if !item.Valid() {
		return fault.New(fault.Invalid, "情報の区分を選び直してください。").On("item")
	}
	d, err := s.deps.Cases.Get(ctx, a, "", caseID)
	if err != nil {
		return err
	}
	owner, known := caseID, personID == ""
	for _, p := range d.Persons {
		if p.ID == personID {
			owner, known = p.ID, true
		}
	}
	if !known {
		return fault.New(fault.Invalid, "対象者を選び直してください。").On("personId")
	}
	m, err := s.deps.Cases.EnsureDocument(ctx, a, caseID, live.KindSection, owner, personID, item)
	if err != nil {
		return err
	}
	rights, err := s.deps.Gate.Rights(ctx, a, "", m)
	if err != nil {
		return err
	}
	return s.reply(w, r, plans.Ref(m, rights))
}
