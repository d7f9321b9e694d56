package web

import (
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/consent"
)

// throughGlass gives an administrator the one case of a 緊急時の閲覧 that holds at this moment, for this request.
func (s *server) throughGlass(r *http.Request, a access.Actor) (access.Actor, error) {
	g, err := s.deps.Consent.GlassNow(r.Context(), a)
	if err == nil && g != nil {
		a.Glass = g.CaseID
	}
	return a, err
}

// glassBody is a 緊急時の閲覧 with what follows from the time it is and from who asks.
type glassBody struct {
	consent.Glass
	BasisLabel   string    `json:"basisLabel"`
	FindingLabel string    `json:"findingLabel"`
	Ends         time.Time `json:"ends"`
	Live         bool      `json:"live"`
	// MayEnd and MayReview: the asker may do so now.
	MayEnd    bool `json:"mayEnd"`
	MayReview bool `json:"mayReview"`
}

func (s *server) glass(a access.Actor, g consent.Glass) glassBody {
	live := g.Live(s.deps.Now())
	return glassBody{Glass: g, BasisLabel: g.Basis.Label(), FindingLabel: g.Finding.Label(), Ends: g.Ends(), Live: live,
		MayEnd:    live && access.Can(a, access.ActGlassEnd) && (g.UserID == a.UserID || access.Can(a, access.ActGlassReview)),
		MayReview: !live && g.ReviewedAt == nil && g.UserID != a.UserID && access.Can(a, access.ActGlassReview)}
}

// glassOf is what the reader of a case reads it by.
func (s *server) glassOf(r *http.Request, a access.Actor) (*glassBody, error) {
	if a.Glass == "" {
		return nil, nil
	}
	g, err := s.deps.Consent.GlassNow(r.Context(), a)
	if err != nil || g == nil {
		return nil, err
	}
	b := s.glass(a, *g)
	return &b, nil
}

func (s *server) glasses(w http.ResponseWriter, r *http.Request, list []consent.Glass) error {
	out := []glassBody{}
	for _, g := range list {
		out = append(out, s.glass(access.ActorFrom(r.Context()), g))
	}
	return s.reply(w, r, map[string]any{"glasses": out})
}

func (s *server) glassList(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Consent.Glasses(r.Context(), access.ActorFrom(r.Context()), false)
	if err != nil {
		return err
	}
	return s.glasses(w, r, list)
}

func (s *server) glassOwn(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Consent.OwnGlasses(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.glasses(w, r, list)
}

// alarmLine is what the banner says: the reason, which may speak of the people of the case, stands in the list alone.
type alarmLine struct {
	ID       string    `json:"id"`
	Number   string    `json:"number"`
	UserName string    `json:"userName"`
	At       time.Time `json:"at"`
	Ends     time.Time `json:"ends"`
	Live     bool      `json:"live"`
}

// glassAlarm is asked by every page of every holder of the record.
func (s *server) glassAlarm(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Consent.Glasses(r.Context(), access.ActorFrom(r.Context()), true)
	if err != nil {
		return err
	}
	out := []alarmLine{}
	for _, g := range list {
		out = append(out, alarmLine{g.ID, g.Number, g.UserName, g.At, g.Ends(), g.Live(s.deps.Now())})
	}
	return s.reply(w, r, map[string]any{"alarms": out})
}

func (s *server) glassBreak(w http.ResponseWriter, r *http.Request) error {
	var in consent.GlassInput
	if err := decode(r, &in); err != nil {
		return err
	}
	a := access.ActorFrom(r.Context())
	g, err := s.deps.Consent.BreakGlass(r.Context(), a, in)
	if err != nil {
		return err
	}
	s.caseChanged(r, g.CaseID)
	return s.reply(w, r, s.glass(a, g))
}

func (s *server) glassEnd(w http.ResponseWriter, r *http.Request) error {
	if err := decode(r, &struct{}{}); err != nil {
		return err
	}
	a := access.ActorFrom(r.Context())
	g, err := s.deps.Consent.EndGlass(r.Context(), a, chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	s.caseChanged(r, g.CaseID)
	return s.reply(w, r, s.glass(a, g))
}

func (s *server) glassReview(w http.ResponseWriter, r *http.Request) error {
	var in consent.ReviewInput
	if err := decode(r, &in); err != nil {
		return err
	}
	a := access.ActorFrom(r.Context())
	g, err := s.deps.Consent.ReviewGlass(r.Context(), a, chi.URLParam(r, "id"), in)
	if err != nil {
		return err
	}
	return s.reply(w, r, s.glass(a, g))
}
