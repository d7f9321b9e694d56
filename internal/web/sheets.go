package web

import (
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/sheets"
)

// jst is Japan's zone; "today" on a sheet is Japan's.
var jst = time.FixedZone("JST", 9*60*60)

// set is what is in force on the day asked for, today if none.
func (s *server) set(r *http.Request) (sheets.Set, error) {
	book := s.deps.Sheets.Of(access.ActorFrom(r.Context()).Tenant)
	day := r.URL.Query().Get("date")
	if day == "" {
		return book.At(s.deps.Now().In(jst).Format(time.DateOnly)), nil
	}
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return sheets.Set{}, fault.New(fault.Invalid, "日付の形が正しくありません。").On("date")
	}
	return book.At(day), nil
}

type sheetRef struct {
	ID            string `json:"id"`
	Version       string `json:"version"`
	EffectiveFrom string `json:"effectiveFrom"`
	Title         string `json:"title"`
}

func (s *server) sheetList(w http.ResponseWriter, r *http.Request) error {
	set, err := s.set(r)
	if err != nil {
		return err
	}
	out := []sheetRef{}
	for _, f := range set.Forms {
		out = append(out, sheetRef{f.ID, f.Version, f.EffectiveFrom, f.Title})
	}
	return s.reply(w, r, map[string]any{"sheets": out})
}

func (s *server) sheetGet(w http.ResponseWriter, r *http.Request) error {
	set, err := s.set(r)
	if err != nil {
		return err
	}
	f, ok := set.Form(chi.URLParam(r, "id"))
	if !ok {
		return fault.New(fault.NotFound, "")
	}
	return s.reply(w, r, f)
}

func (s *server) codes(w http.ResponseWriter, r *http.Request) error {
	set, err := s.set(r)
	if err != nil {
		return err
	}
	lists := map[string][]sheets.Code{}
	for _, l := range set.Lists {
		lists[l.ID] = l.Codes
	}
	return s.reply(w, r, map[string]any{"lists": lists})
}
