package web

import (
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/oversight"
)

func (s *server) auditOptions(w http.ResponseWriter, r *http.Request) error {
	o, err := s.deps.Oversight.Options(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, o)
}

func (s *server) auditEntries(w http.ResponseWriter, r *http.Request) error {
	var f oversight.Filter
	if err := decode(r, &f); err != nil {
		return err
	}
	p, err := s.deps.Oversight.Entries(r.Context(), access.ActorFrom(r.Context()), f)
	if err != nil {
		return err
	}
	return s.reply(w, r, p)
}

// auditExport streams: a log may be longer than the memory for it. What goes wrong on the way cuts the answer off, so that nobody takes the part for the whole.
func (s *server) auditExport(w http.ResponseWriter, r *http.Request) error {
	var f oversight.Filter
	if err := decode(r, &f); err != nil {
		return err
	}
	x, err := s.deps.Oversight.Export(r.Context(), access.ActorFrom(r.Context()), f)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", disposition("監査ログ.csv", false))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	w.WriteHeader(http.StatusOK)
	if err := x.Write(r.Context(), patient{w, http.NewResponseController(w)}); err != nil {
		s.deps.Log.WarnContext(r.Context(), "export of the audit log was cut off", "request", requestID(r), "err", err)
		panic(http.ErrAbortHandler)
	}
	return nil
}

// patient gives a slow reader half a minute for each part, not for the whole.
type patient struct {
	http.ResponseWriter
	control *http.ResponseController
}

// Write writes one part.
func (p patient) Write(b []byte) (int, error) {
	_ = p.control.SetWriteDeadline(time.Now().Add(30 * time.Second)) // where there is no deadline there is none to move
	return p.ResponseWriter.Write(b)
}

func (s *server) auditSeen(w http.ResponseWriter, r *http.Request) error {
	var f oversight.Filter
	if err := decode(r, &f); err != nil {
		return err
	}
	v, err := s.deps.Oversight.SeenCase(r.Context(), access.ActorFrom(r.Context()), f)
	if err != nil {
		return err
	}
	return s.reply(w, r, v)
}

func (s *server) personSeen(w http.ResponseWriter, r *http.Request) error {
	var f oversight.Filter
	if err := decode(r, &f); err != nil {
		return err
	}
	v, err := s.deps.Oversight.SeenPerson(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), chi.URLParam(r, "id"), f)
	if err != nil {
		return err
	}
	return s.reply(w, r, v)
}

func (s *server) auditHours(w http.ResponseWriter, r *http.Request) error {
	var f oversight.Filter
	if err := decode(r, &f); err != nil {
		return err
	}
	p, err := s.deps.Oversight.AfterHours(r.Context(), access.ActorFrom(r.Context()), f)
	if err != nil {
		return err
	}
	return s.reply(w, r, p)
}

func (s *server) auditMass(w http.ResponseWriter, r *http.Request) error {
	var f oversight.Filter
	if err := decode(r, &f); err != nil {
		return err
	}
	list, err := s.deps.Oversight.Mass(r.Context(), access.ActorFrom(r.Context()), f)
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{"bursts": some(list)})
}

func (s *server) auditMonthly(w http.ResponseWriter, r *http.Request) error {
	var f oversight.Filter
	if err := decode(r, &f); err != nil {
		return err
	}
	list, err := s.deps.Oversight.Monthly(r.Context(), access.ActorFrom(r.Context()), f)
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{"months": some(list)})
}

func (s *server) auditSearches(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Q    string `json:"q"`
		From string `json:"from"`
		To   string `json:"to"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	hits, err := s.deps.Oversight.Searched(r.Context(), access.ActorFrom(r.Context()), in.Q, oversight.Filter{From: in.From, To: in.To})
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{"hits": some(hits)})
}

func (s *server) auditSettings(w http.ResponseWriter, r *http.Request) error {
	var in oversight.Settings
	if err := decode(r, &in); err != nil {
		return err
	}
	v, err := s.deps.Oversight.Set(r.Context(), access.ActorFrom(r.Context()), in)
	if err != nil {
		return err
	}
	return s.reply(w, r, v)
}

func (s *server) incidentForm(w http.ResponseWriter, r *http.Request) error {
	o, err := s.deps.Oversight.IncidentForm(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, o)
}

func (s *server) incidentExport(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		oversight.IncidentInput
		Format string `json:"format"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	if in.Format != "csv" && in.Format != "json" {
		return fault.New(fault.Invalid, "書き出す形式(csv か json)を選んでください。").On("format")
	}
	rep, err := s.deps.Oversight.Incident(r.Context(), access.ActorFrom(r.Context()), in.IncidentInput)
	if err != nil {
		return err
	}
	if in.Format == "json" {
		return s.reply(w, r, rep)
	}
	body, err := rep.CSV()
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: "漏えい等の報告の資料_" + rep.ID + ".csv", kind: "text/csv; charset=utf-8", bytes: body})
}
