package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/intake"
)

func (s *server) intakeList(w http.ResponseWriter, r *http.Request) error {
	v := r.URL.Query()
	page, err := s.deps.Intake.List(r.Context(), access.ActorFrom(r.Context()), intake.Triage(v.Get("triage")), v.Get("after"))
	if err != nil {
		return err
	}
	following(w, r, page.Next)
	return s.reply(w, r, map[string]any{"intakes": page.Lines, "next": page.Next})
}

// intakeTake takes a 相談 in. The same sent twice is one.
func (s *server) intakeTake(w http.ResponseWriter, r *http.Request) error {
	var in intake.Input
	if err := decode(r, &in); err != nil {
		return err
	}
	made, err := s.deps.Intake.TakeIn(r.Context(), access.ActorFrom(r.Context()), in)
	if err != nil {
		return err
	}
	return s.reply(w, r, made)
}

// intakeSimilar is asked with a body: a name does not belong into an address.
func (s *server) intakeSimilar(w http.ResponseWriter, r *http.Request) error {
	var in intake.Wanted
	if err := decode(r, &in); err != nil {
		return err
	}
	found, err := s.deps.Intake.Similar(r.Context(), access.ActorFrom(r.Context()), in)
	if err != nil {
		return err
	}
	return s.reply(w, r, found)
}

func (s *server) intakeDoubles(w http.ResponseWriter, r *http.Request) error {
	found, err := s.deps.Intake.Doubles(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"))
	if err != nil {
		return err
	}
	return s.reply(w, r, found)
}

// intakeGet answers with the 受付 of a case as the reader may see it, null for a case that was opened otherwise.
func (s *server) intakeGet(w http.ResponseWriter, r *http.Request) error {
	v, err := s.deps.Intake.Of(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"))
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{"intake": v})
}

func (s *server) intakeTriage(w http.ResponseWriter, r *http.Request) error {
	var in intake.TriageInput
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Intake.Decide(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), in); err != nil {
		return err
	}
	return s.done(w, r)
}

func (s *server) referralsOfCase(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Intake.ReferralsOf(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"))
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{"referrals": list})
}

func (s *server) referralSend(w http.ResponseWriter, r *http.Request) error {
	var in intake.ReferralInput
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Intake.Refer(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), in); err != nil {
		return err
	}
	return s.done(w, r)
}

func (s *server) referralOptions(w http.ResponseWriter, r *http.Request) error {
	o, err := s.deps.Intake.Options(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), r.URL.Query().Get("to"))
	if err != nil {
		return err
	}
	return s.reply(w, r, o)
}

func (s *server) referralList(w http.ResponseWriter, r *http.Request) error {
	lists, err := s.deps.Intake.Referrals(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, lists)
}

func (s *server) referralGet(w http.ResponseWriter, r *http.Request) error {
	v, err := s.deps.Intake.Referral(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	return s.reply(w, r, v)
}

// referralAnswer: who says 受領 is of the case from then on, on open pages too.
func (s *server) referralAnswer(w http.ResponseWriter, r *http.Request) error {
	var in intake.Reply
	if err := decode(r, &in); err != nil {
		return err
	}
	caseID, err := s.deps.Intake.Answer(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"), in)
	if err != nil {
		return err
	}
	if in.Answer == intake.WordAccept {
		s.caseChanged(r, caseID)
	}
	return s.done(w, r)
}

func (s *server) referralSheet(w http.ResponseWriter, r *http.Request) error {
	res, name, err := s.deps.Intake.Sheet(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: name, kind: "application/pdf", bytes: res.PDF, inline: true})
}

func (s *server) referralDays(w http.ResponseWriter, r *http.Request) error {
	days, err := s.deps.Intake.Days(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]int{"days": days})
}

func (s *server) referralDaysSave(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Days int `json:"days"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Intake.SetDays(r.Context(), access.ActorFrom(r.Context()), in.Days); err != nil {
		return err
	}
	return s.done(w, r)
}
