package web

import (
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/oversight"
)

func (s *server) barList(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Cases.Bars(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"))
	if err != nil {
		return err
	}
	staff, err := s.deps.Identity.Readers(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{"bars": some(list), "staff": some(staff)})
}

func (s *server) barSet(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		UserID string `json:"userId"`
		Reason string `json:"reason"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Cases.SetBar(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), in.UserID, in.Reason); err != nil {
		return err
	}
	s.caseChanged(r, chi.URLParam(r, "case"))
	return s.done(w, r)
}

func (s *server) barRemove(w http.ResponseWriter, r *http.Request) error {
	if err := s.deps.Cases.RemoveBar(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), chi.URLParam(r, "id")); err != nil {
		return err
	}
	s.caseChanged(r, chi.URLParam(r, "case"))
	return s.done(w, r)
}

// emergencyBody is a 緊急開示 with what follows from the time it is.
type emergencyBody struct {
	consent.Emergency
	BasisLabel string    `json:"basisLabel"`
	Ends       time.Time `json:"ends"`
	Live       bool      `json:"live"`
	// Lapsed: nobody confirmed it within a day.
	Lapsed bool `json:"lapsed"`
	// MayConfirm: the asker is a second person, in time.
	MayConfirm bool `json:"mayConfirm"`
}

// emergenciesBody is a list of 緊急開示.
type emergenciesBody struct {
	Emergencies []emergencyBody `json:"emergencies"`
}

func (s *server) emergencies(r *http.Request, list []consent.Emergency) emergenciesBody {
	now, a, out := s.deps.Now(), access.ActorFrom(r.Context()), []emergencyBody{}
	for _, x := range list {
		day := x.At.Add(consent.EmergencyConfirm)
		out = append(out, emergencyBody{Emergency: x, BasisLabel: x.Basis.Label(), Ends: x.Ends(), Live: x.Live(now),
			Lapsed: x.Lapsed(now), MayConfirm: a.Holder() && x.ConfirmedAt == nil && x.By != a.UserID && now.Before(day)})
	}
	return emergenciesBody{out}
}

func (s *server) emergencyList(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Consent.Emergencies(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), time.Time{}, s.deps.Now().Add(time.Second))
	if err != nil {
		return err
	}
	return s.reply(w, r, s.emergencies(r, list))
}

// emergencyMonth is the monthly list (月次の一覧), months of Japan.
func (s *server) emergencyMonth(w http.ResponseWriter, r *http.Request) error {
	list, _, err := s.monthOf(r, false)
	if err != nil {
		return err
	}
	return s.reply(w, r, s.emergencies(r, list))
}

// emergencyExport is the same as CSV.
func (s *server) emergencyExport(w http.ResponseWriter, r *http.Request) error {
	list, month, err := s.monthOf(r, true)
	if err != nil {
		return err
	}
	b, err := oversight.EmergencyTable(list, s.deps.Now(), access.ActorFrom(r.Context()).Holder())
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: "緊急開示の月次一覧_" + month + ".csv", kind: "text/csv; charset=utf-8", bytes: b})
}

func (s *server) monthOf(r *http.Request, export bool) ([]consent.Emergency, string, error) {
	from, err := time.ParseInLocation("2006-01", r.URL.Query().Get("month"), jptime.JST)
	if err != nil {
		return nil, "", fault.Wrap(fault.Invalid, err, "月を選んでください(例:2026-11)。").On("month")
	}
	list, err := s.deps.Consent.EmergencyMonth(r.Context(), access.ActorFrom(r.Context()), from, from.AddDate(0, 1, 0), export)
	return list, from.Format("2006-01"), err
}

func (s *server) emergencyBegin(w http.ResponseWriter, r *http.Request) error {
	var in consent.EmergencyInput
	if err := decode(r, &in); err != nil {
		return err
	}
	in.CaseID = chi.URLParam(r, "case")
	x, err := s.deps.Consent.Disclose(r.Context(), access.ActorFrom(r.Context()), in)
	if err != nil {
		return err
	}
	s.caseChanged(r, x.CaseID)
	return s.reply(w, r, x)
}

func (s *server) emergencyConfirm(w http.ResponseWriter, r *http.Request) error {
	if err := decode(r, &struct{}{}); err != nil {
		return err
	}
	x, err := s.deps.Consent.ConfirmEmergency(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	s.caseChanged(r, x.CaseID)
	return s.reply(w, r, x)
}

func (s *server) emergencyEnd(w http.ResponseWriter, r *http.Request) error {
	if err := decode(r, &struct{}{}); err != nil {
		return err
	}
	x, err := s.deps.Consent.EndEmergency(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	s.caseChanged(r, x.CaseID)
	return s.reply(w, r, x)
}
