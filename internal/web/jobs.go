package web

import (
	"encoding/json"
	"io"
	"net/http"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/imports"
	"kasane/internal/jobs"
)

// ImportOrder is the order of an import with the name of its file, as it lies sealed beside the file until the work is over.
type ImportOrder struct {
	imports.Order
	Name string `json:"name"`
}

// PackageOrder is what is asked of a transfer package.
type PackageOrder struct {
	Year int `json:"year"`
}

// jobList answers with the work in the background that the asker may look at.
func (s *server) jobList(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Jobs.List(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{"jobs": list, "at": s.deps.Now()})
}

// jobGet answers with one.
func (s *server) jobGet(w http.ResponseWriter, r *http.Request) error {
	v, err := s.deps.Jobs.Get(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	return s.reply(w, r, v)
}

// jobStop ends one.
func (s *server) jobStop(w http.ResponseWriter, r *http.Request) error {
	if err := decode(r, &struct{}{}); err != nil {
		return err
	}
	v, err := s.deps.Jobs.Stop(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	return s.reply(w, r, v)
}

// jobResult streams what a job made. What goes wrong on the way cuts the answer off.
func (s *server) jobResult(w http.ResponseWriter, r *http.Request) error {
	res, err := s.deps.Jobs.Fetch(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	begun := false
	err = res.Write(r.Context(), func() io.Writer {
		begun = true
		h := w.Header()
		h.Set("Content-Type", res.Type)
		if res.Name != "" {
			h.Set("Content-Disposition", disposition(res.Name, false))
			h.Set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
		}
		w.WriteHeader(http.StatusOK)
		return patient{w, http.NewResponseController(w)}
	})
	if err != nil && begun {
		s.deps.Log.WarnContext(r.Context(), "the result of a job was cut off", "request", requestID(r), "err", err)
		panic(http.ErrAbortHandler)
	}
	return err
}

// jobPackage begins the transfer package of a 年度.
func (s *server) jobPackage(w http.ResponseWriter, r *http.Request) error {
	var in PackageOrder
	if err := decode(r, &in); err != nil {
		return err
	}
	if in.Year < 1900 || in.Year > 9998 {
		return fault.New(fault.Invalid, "年度を確かめてください。").On("year")
	}
	return s.begin(w, r, jobs.Order{Kind: jobs.KindPackage, Asked: in})
}

// jobVerify begins a verification of everything sealed.
func (s *server) jobVerify(w http.ResponseWriter, r *http.Request) error {
	if err := decode(r, &struct{}{}); err != nil {
		return err
	}
	return s.begin(w, r, jobs.Order{Kind: jobs.KindVerify})
}

// jobImport looks at an import once more and begins it. The file lies sealed until it is taken in.
func (s *server) jobImport(w http.ResponseWriter, r *http.Request) error {
	var o imports.Order
	f, done, err := s.readTable(r, &o)
	if err != nil {
		return err
	}
	defer done()
	if err := s.deps.Imports.Check(r.Context(), access.ActorFrom(r.Context()), f, o); err != nil {
		return err
	}
	order, err := json.Marshal(ImportOrder{o, f.Name})
	if err != nil {
		return err
	}
	return s.begin(w, r, jobs.Order{ID: o.ID, Kind: jobs.KindImport, Given: [][]byte{order, f.Bytes}})
}

func (s *server) begin(w http.ResponseWriter, r *http.Request, o jobs.Order) error {
	v, err := s.deps.Jobs.Add(r.Context(), access.ActorFrom(r.Context()), o)
	if err != nil {
		return err
	}
	return s.reply(w, r, v)
}
