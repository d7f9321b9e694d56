package web

import (
	"net/http"
	"strconv"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/figures"
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
	kind := form.ContentType()
	if form == figures.FormPDF {
		kind = "application/pdf"
	}
	return s.send(w, r, download{name: name, kind: kind, bytes: file})
}

// network answers with who works with whom over all cases.
func (s *server) network(w http.ResponseWriter, r *http.Request) error {
	n, err := s.deps.Figures.Network(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, n)
}

// monthAsked is the month of the 年度 that is asked for, April 0; nil the whole of it.
func monthAsked(r *http.Request) (*int, error) {
	v := r.URL.Query().Get("month")
	if v == "" {
		return nil, nil
	}
	m, err := strconv.Atoi(v)
	if err != nil {
		return nil, fault.New(fault.Invalid, "月を選び直してください。").On("month")
	}
	return &m, nil
}

// figureFunnel answers with how the cases went from stage to stage.
func (s *server) figureFunnel(w http.ResponseWriter, r *http.Request) error {
	year, err := fiscalYear(r)
	if err != nil {
		return err
	}
	month, err := monthAsked(r)
	if err != nil {
		return err
	}
	f, err := s.deps.Figures.Funnel(r.Context(), access.ActorFrom(r.Context()), year, month)
	if err != nil {
		return err
	}
	return s.reply(w, r, f)
}

// figureCases answers with the cases behind a number.
func (s *server) figureCases(w http.ResponseWriter, r *http.Request) error {
	year, err := fiscalYear(r)
	if err != nil {
		return err
	}
	month, err := monthAsked(r)
	if err != nil {
		return err
	}
	v := r.URL.Query()
	q := figures.Question{Year: year, Figure: v.Get("figure"), Month: month, Row: v.Get("row")}
	if from := v.Get("from"); from != "" {
		if q.From, err = strconv.Atoi(from); err != nil {
			return fault.New(fault.Invalid, "一覧の続きを読み取れません。画面を更新してください。").On("from")
		}
	}
	out, err := s.deps.Figures.Cases(r.Context(), access.ActorFrom(r.Context()), q)
	if err != nil {
		return err
	}
	return s.reply(w, r, out)
}

// figureTargets answers with the targets of a 年度.
func (s *server) figureTargets(w http.ResponseWriter, r *http.Request) error {
	year, err := fiscalYear(r)
	if err != nil {
		return err
	}
	out, err := s.deps.Figures.Aims(r.Context(), access.ActorFrom(r.Context()), year)
	if err != nil {
		return err
	}
	return s.reply(w, r, out)
}

// figureTargetsSave changes them.
func (s *server) figureTargetsSave(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Year    int                    `json:"year"`
		Targets []figures.TargetChange `json:"targets"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Figures.SetTargets(r.Context(), access.ActorFrom(r.Context()), in.Year, in.Targets); err != nil {
		return err
	}
	return s.done(w, r)
}
