package web

import (
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/meeting"
)

// casesPage is how many cases one answer holds unless the client asks for fewer.
const casesPage = 100

// summaryBody is a line of the case list.
type summaryBody struct {
	cases.Summary
	StageLabel string `json:"stageLabel"`
}

func (s *server) caseList(w http.ResponseWriter, r *http.Request) error {
	v := r.URL.Query()
	limit, err := strconv.Atoi(v.Get("limit"))
	if err != nil {
		limit = casesPage
	}
	// No search words here: an address stands in logs of proxies and in the history of browsers.
	return s.listCases(w, r, cases.Query{ID: v.Get("id"), Stage: cases.Stage(v.Get("stage")), After: v.Get("after"), Limit: limit})
}

func (s *server) caseSearch(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Q      string      `json:"q"`
		Stage  cases.Stage `json:"stage"`
		Agency string      `json:"agency"`
		After  string      `json:"after"`
		Limit  int         `json:"limit"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	if in.Limit == 0 {
		in.Limit = casesPage
	}
	return s.listCases(w, r, cases.Query{Number: in.Q, Stage: in.Stage, AgencyID: in.Agency, After: in.After, Limit: in.Limit})
}

func (s *server) listCases(w http.ResponseWriter, r *http.Request, q cases.Query) error {
	if q.Limit < 1 || q.Limit > 200 {
		return fault.New(fault.Invalid, "一度に表示できるのは200件までです。").On("limit")
	}
	list, err := s.deps.Cases.List(r.Context(), access.ActorFrom(r.Context()), q)
	if err != nil {
		return err
	}
	out := []summaryBody{}
	for _, c := range list {
		out = append(out, summaryBody{c, c.Stage.Label()})
	}
	next := ""
	if len(out) == q.Limit {
		next = out[len(out)-1].Number
	}
	following(w, r, next)
	return s.reply(w, r, map[string]any{"cases": out, "next": next})
}

func (s *server) caseCreate(w http.ResponseWriter, r *http.Request) error {
	var in cases.NewCase
	if err := decode(r, &in); err != nil {
		return err
	}
	c, err := s.deps.Cases.Create(r.Context(), access.ActorFrom(r.Context()), in)
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]string{"id": c.ID, "number": c.Number})
}

// memberBody is a member agency with the names a screen needs.
type memberBody struct {
	cases.Member
	Name  string `json:"name"`
	Short string `json:"short"`
	City  bool   `json:"city"`
}

// personBody is a person; one that may not be seen has no name and says why.
type personBody struct {
	cases.PersonCard
	Withheld bool `json:"withheld"`
}

type caseBody struct {
	Case      cases.Detail       `json:"case"`
	Persons   []personBody       `json:"persons"`
	Members   []memberBody       `json:"members"`
	Sections  []cases.Section    `json:"sections"`
	Plans     []planRef          `json:"plans"`
	Meetings  []meeting.Ref      `json:"meetings"`
	Consent   []consent.BoardRow `json:"consent"`
	Abilities caseAbilities      `json:"abilities"`
	// Glass: the case is read by 緊急時の閲覧; nil for everybody else.
	Glass *glassBody `json:"glass,omitempty"`
}

type caseAbilities struct {
	Edit          bool `json:"edit"`
	AddMember     bool `json:"addMember"`
	RecordConsent bool `json:"recordConsent"`
	CreatePlan    bool `json:"createPlan"`
	CreateMeeting bool `json:"createMeeting"`
}

func (s *server) caseGet(w http.ResponseWriter, r *http.Request) error {
	ctx, a, id, in := r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), inMeeting(r)
	d, err := s.deps.Cases.Get(ctx, a, in, id)
	if err != nil {
		return err
	}
	body := caseBody{Persons: []personBody{}, Abilities: caseAbilities{
		Edit: d.Holder && access.Can(a, access.ActCaseEdit), AddMember: d.Holder && access.Can(a, access.ActCaseEdit),
		RecordConsent: d.Holder && access.Can(a, access.ActConsentRecord), CreatePlan: d.Holder && access.Can(a, access.ActPlanCreate) && d.Stage.GoesOn(),
		CreateMeeting: d.Holder && access.Can(a, access.ActMeetingCreate)}}
	if body.Glass, err = s.glassOf(r, a); err != nil {
		return err
	}
	for _, p := range d.Persons {
		body.Persons = append(body.Persons, personBody{p, p.Hidden})
	}
	if body.Members, err = s.members(r, d.Members); err != nil {
		return err
	}
	if body.Sections, err = s.deps.Cases.Sections(ctx, a, in, id); err != nil {
		return err
	}
	body.Sections = some(body.Sections)
	if body.Plans, err = s.plansOf(r, id); err != nil {
		return err
	}
	if body.Meetings, err = s.deps.Meeting.List(ctx, a, meeting.Query{CaseID: id}); err != nil {
		return err
	}
	body.Consent = []consent.BoardRow{}
	if d.Holder {
		board, err := s.deps.Consent.Board(ctx, a, id)
		if err != nil {
			return err
		}
		body.Consent = board.Rows
	}
	d.Persons, d.Members = nil, nil
	body.Case = d
	return s.reply(w, r, body)
}

// members adds names; names of agencies are no secret to whoever sees the membership.
func (s *server) members(r *http.Request, list []cases.Member) ([]memberBody, error) {
	all, err := s.deps.Identity.Agencies(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return nil, err
	}
	names := map[string]access.Agency{}
	for _, g := range all {
		names[g.ID] = g
	}
	out := []memberBody{}
	for _, m := range list {
		g := names[m.AgencyID]
		out = append(out, memberBody{m, g.Name, g.Short, g.City})
	}
	return out, nil
}

func (s *server) personCreate(w http.ResponseWriter, r *http.Request) error {
	return s.savePerson(w, r, "")
}

func (s *server) personUpdate(w http.ResponseWriter, r *http.Request) error {
	return s.savePerson(w, r, chi.URLParam(r, "id"))
}

func (s *server) savePerson(w http.ResponseWriter, r *http.Request, id string) error {
	var in cases.PersonInput
	if err := decode(r, &in); err != nil {
		return err
	}
	in.ID = id // the address says whom; the body cannot say otherwise
	p, err := s.deps.Cases.SavePerson(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), in)
	if err != nil {
		return err
	}
	s.caseChanged(r, chi.URLParam(r, "case"))
	return s.reply(w, r, p)
}

func (s *server) stageSet(w http.ResponseWriter, r *http.Request) error {
	var in cases.StageInput
	if err := decode(r, &in); err != nil {
		return err
	}
	c, err := s.deps.Cases.SetStage(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), in)
	if err != nil {
		return err
	}
	return s.reply(w, r, c)
}

func (s *server) memberAdd(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		AgencyID string `json:"agencyId"`
		Note     string `json:"note"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Cases.AddMember(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), in.AgencyID, in.Note); err != nil {
		return err
	}
	s.caseChanged(r, chi.URLParam(r, "case"))
	return s.done(w, r)
}

func (s *server) memberRemove(w http.ResponseWriter, r *http.Request) error {
	if err := s.deps.Cases.RemoveMember(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), chi.URLParam(r, "id")); err != nil {
		return err
	}
	s.caseChanged(r, chi.URLParam(r, "case"))
	return s.done(w, r)
}

// caseView is the consent strip: what an agency gets, and why.
func (s *server) caseView(w http.ResponseWriter, r *http.Request) error {
	ctx, a, id, agency := r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), r.URL.Query().Get("agency")
	var body viewBody
	var err error
	if agency == "" {
		body.View, err = s.deps.Gate.View(ctx, a, inMeeting(r), id)
	} else {
		body.View, err = s.deps.Gate.ViewAs(ctx, a, inMeeting(r), id, agency)
	}
	if err != nil {
		return err
	}
	if agency != "" && a.Holder() {
		seen, err := s.deps.Cases.SeenBy(ctx, a, inMeeting(r), id, agency)
		if err != nil {
			return err
		}
		body.Seen = &seenBody{Inside: seen.Inside, Number: seen.Number, Persons: []personBody{}, Sections: seen.Sections}
		for _, p := range seen.Persons {
			body.Seen.Persons = append(body.Seen.Persons, personBody{p, p.Hidden})
		}
		if body.Seen.Members, err = s.members(r, seen.Members); err != nil {
			return err
		}
	}
	return s.reply(w, r, body)
}

// viewBody is the consent strip; for who holds the record with the page as that agency gets it.
type viewBody struct {
	cases.View
	Seen *seenBody `json:"seen,omitempty"`
}

// seenBody is the part of a case's page that consent governs, in the shape of caseBody.
type seenBody struct {
	Inside   bool            `json:"inside"`
	Number   string          `json:"number,omitempty"`
	Persons  []personBody    `json:"persons"`
	Members  []memberBody    `json:"members"`
	Sections []cases.Section `json:"sections"`
}

// inMeeting is the meeting in whose context something is read; a guest is always in the one of the link.
func inMeeting(r *http.Request) string {
	if a := access.ActorFrom(r.Context()); a.Guest() {
		return a.GuestMeeting
	}
	return r.URL.Query().Get("meeting")
}
