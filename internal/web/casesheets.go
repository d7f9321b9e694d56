package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/casesheets"
	"kasane/internal/tables"
)

func sheetWish(r *http.Request) casesheets.Wish {
	return casesheets.Wish{Form: chi.URLParam(r, "id"), For: r.URL.Query().Get("for")}
}

// sheetPaper answers with a sheet of the case in the look of its form, as the reader, or the agency it is for, may see it.
func (s *server) sheetPaper(w http.ResponseWriter, r *http.Request) error {
	res, name, err := s.deps.CaseSheets.Paper(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), sheetWish(r))
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: name, kind: "application/pdf", bytes: res.PDF, inline: true})
}

// screeningPaper answers with the スクリーニング票 of the case as the reader may see it.
func (s *server) screeningPaper(w http.ResponseWriter, r *http.Request) error {
	res, name, err := s.deps.CaseSheets.Screening(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"))
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: name, kind: "application/pdf", bytes: res.PDF, inline: true})
}

// sheetFile answers with the same for a spreadsheet; fill=1 is to be written in and brought back.
func (s *server) sheetFile(w http.ResponseWriter, r *http.Request) error {
	form := tables.Form(r.URL.Query().Get("as"))
	write := s.deps.CaseSheets.Table
	if r.URL.Query().Get("fill") == "1" {
		write = s.deps.CaseSheets.Fill
	}
	file, name, err := write(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), sheetWish(r), form)
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: name, kind: form.ContentType(), bytes: file})
}

// sheetBlank answers with an empty form of today; consent=without is the version without a place to sign.
func (s *server) sheetBlank(w http.ResponseWriter, r *http.Request) error {
	res, name, err := s.deps.CaseSheets.Blank(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"), r.URL.Query().Get("consent") == "without")
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: name, kind: "application/pdf", bytes: res.PDF, inline: true})
}

// sheetDoubts says what somebody has to decide before a 匿名版 of a sheet is made.
func (s *server) sheetDoubts(w http.ResponseWriter, r *http.Request) error {
	open, err := s.deps.CaseSheets.Doubts(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	return s.reply(w, r, open)
}

// sheetAnonymous answers with the 匿名版 of a sheet.
func (s *server) sheetAnonymous(w http.ResponseWriter, r *http.Request) error {
	var wish casesheets.AnonymousWish
	if err := decode(r, &wish); err != nil {
		return err
	}
	file, name, err := s.deps.CaseSheets.Anonymous(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), chi.URLParam(r, "id"), wish)
	if err != nil {
		return err
	}
	kind := "application/pdf"
	if wish.As != "pdf" {
		kind = tables.Form(wish.As).ContentType()
	}
	return s.send(w, r, download{name: name, kind: kind, bytes: file})
}

// sheetBackLook says what a sheet that was written in would change.
func (s *server) sheetBackLook(w http.ResponseWriter, r *http.Request) error {
	f, done, err := s.readTable(r, nil)
	if err != nil {
		return err
	}
	defer done()
	p, err := s.deps.CaseSheets.Look(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), chi.URLParam(r, "id"), casesheets.File(f))
	if err != nil {
		return err
	}
	return s.reply(w, r, p)
}

// sheetBack writes what was chosen of it.
func (s *server) sheetBack(w http.ResponseWriter, r *http.Request) error {
	var o casesheets.Order
	f, done, err := s.readTable(r, &o)
	if err != nil {
		return err
	}
	defer done()
	t, err := s.deps.CaseSheets.Take(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), chi.URLParam(r, "id"), casesheets.File(f), o)
	if err != nil {
		return err
	}
	return s.reply(w, r, t)
}
