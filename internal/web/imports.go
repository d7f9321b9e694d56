package web

import (
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/imports"
	"kasane/internal/tables"
	"kasane/internal/text"
)

// A file to be read comes with every request that is about it, and with how it is to be taken: nothing of it waits on the server.
const (
	tableLimit = tables.MaxFile + howLimit + 64<<10
	howLimit   = 512 << 10
)

// readTable takes a file and what is said of it (a part "how" with JSON) from a form.
func (s *server) readTable(r *http.Request, how any) (imports.File, func(), error) {
	var f imports.File
	select {
	case s.uploads <- struct{}{}:
	case <-r.Context().Done():
		return f, nil, fault.Wrap(fault.Unavailable, r.Context().Err(), "")
	}
	done := func() { <-s.uploads }
	err := readParts(r, &f, how)
	if err != nil {
		done()
	}
	return f, done, err
}

// readParts reads the parts one by one: nothing is spooled to disk, where it would lie unencrypted.
func readParts(r *http.Request, f *imports.File, how any) error {
	form, err := r.MultipartReader()
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "送信の形式が正しくありません。画面を読み込み直してください。")
	}
	for range 3 {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return broken(err)
		}
		limit, file := int64(howLimit), part.FormName() == "file"
		if file {
			limit = tables.MaxFile
		}
		b, err := io.ReadAll(io.LimitReader(part, limit+1))
		switch {
		case err != nil:
			return broken(err)
		case int64(len(b)) > limit:
			_, err := tables.Open(make([]byte, tables.MaxFile+1)) // the word on large files is said in one place
			return err
		case file:
			f.Name, f.Bytes = part.FileName(), b
		case part.FormName() == "how" && how != nil:
			inner := r.Clone(r.Context())
			inner.Body = io.NopCloser(strings.NewReader(string(b)))
			if err := decode(inner, how); err != nil {
				return err
			}
		default:
			return fault.New(fault.Invalid, "知らない項目が送られました。画面を読み込み直してください。")
		}
	}
	return fault.New(fault.Invalid, "送信の形式が正しくありません。画面を読み込み直してください。")
}

func (s *server) importList(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Imports.List(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{"imports": list})
}

func (s *server) importLook(w http.ResponseWriter, r *http.Request) error {
	var how imports.How
	f, done, err := s.readTable(r, &how)
	if err != nil {
		return err
	}
	defer done()
	p, err := s.deps.Imports.Look(r.Context(), access.ActorFrom(r.Context()), f, how)
	if err != nil {
		return err
	}
	return s.reply(w, r, p)
}

func (s *server) importErrors(w http.ResponseWriter, r *http.Request) error {
	var how imports.How
	f, done, err := s.readTable(r, &how)
	if err != nil {
		return err
	}
	defer done()
	b, err := s.deps.Imports.Errors(r.Context(), access.ActorFrom(r.Context()), f, how)
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: "取込のエラー一覧.csv", kind: tables.FormCSV.ContentType(), bytes: b})
}

func (s *server) importDo(w http.ResponseWriter, r *http.Request) error {
	var o imports.Order
	f, done, err := s.readTable(r, &o)
	if err != nil {
		return err
	}
	defer done()
	b, err := s.deps.Imports.Do(r.Context(), access.ActorFrom(r.Context()), f, o)
	if err != nil {
		return err
	}
	return s.reply(w, r, b)
}

// importUndo takes an import back. Whoever has a document of a case open that went loses it when its node looks at the heads again, within a second.
func (s *server) importUndo(w http.ResponseWriter, r *http.Request) error {
	u, err := s.deps.Imports.Undo(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	return s.reply(w, r, u)
}

// tableRead gives a table back that the asker brought along, as texts: the client lays it over what it may write. Nothing of it is kept.
func (s *server) tableRead(w http.ResponseWriter, r *http.Request) error {
	f, done, err := s.readTable(r, nil)
	if err != nil {
		return err
	}
	defer done()
	read, err := tables.Open(f.Bytes)
	if err != nil {
		return err
	}
	type sheet struct {
		Name string     `json:"name"`
		Rows [][]string `json:"rows"`
	}
	out := []sheet{}
	for _, x := range read.Sheets {
		if x.Hidden {
			continue
		}
		rows := make([][]string, len(x.Rows))
		for i, row := range x.Rows {
			rows[i] = append([]string{}, row...)
			for _, c := range row {
				if err := errors.Join(text.Check(c), text.MyNumber(c)); err != nil {
					return fault.Newf(fault.Invalid, "シート「%s」の%d行目: %s", x.Name, i+1, fault.Message(err))
				}
			}
		}
		out = append(out, sheet{x.Name, rows})
	}
	return s.reply(w, r, map[string]any{"sheets": out})
}
