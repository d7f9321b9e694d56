package web

import (
	"net/http"
	"strconv"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/tables"
)

// fiscalYear is the 年度 that is asked for, 0 for the one that runs.
func fiscalYear(r *http.Request) (int, error) {
	v := r.URL.Query().Get("year")
	if v == "" {
		return 0, nil
	}
	year, err := strconv.Atoi(v)
	if err != nil || year < 1 {
		return 0, fault.New(fault.Invalid, "年度を選び直してください。").On("year")
	}
	return year, nil
}

// figures answers with the 集計 of a 年度.
func (s *server) figures(w http.ResponseWriter, r *http.Request) error {
	year, err := fiscalYear(r)
	if err != nil {
		return err
	}
	t, err := s.deps.Figures.Table(r.Context(), access.ActorFrom(r.Context()), year)
	if err != nil {
		return err
	}
	return s.reply(w, r, t)
}

// figuresFile is the same as a file, small cells suppressed unless it stays in the office.
func (s *server) figuresFile(w http.ResponseWriter, r *http.Request) error {
	year, err := fiscalYear(r)
	if err != nil {
		return err
	}
	form := tables.Form(r.URL.Query().Get("as"))
	file, name, err := s.deps.Figures.File(r.Context(), access.ActorFrom(r.Context()), year, form, r.URL.Query().Get("for") == "office")
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: name, kind: form.ContentType(), bytes: file})
}

// network answers with who works with whom over all cases.
func (s *server) network(w http.ResponseWriter, r *http.Request) error {
	n, err := s.deps.Figures.Network(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, n)
}
