package web

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/files"
	"kasane/internal/text"
)

// uploadLimit leaves room for the form around the file.
const uploadLimit = files.MaxSize + 64<<10

func (s *server) fileUpload(w http.ResponseWriter, r *http.Request) error {
	select {
	case s.uploads <- struct{}{}:
		defer func() { <-s.uploads }()
	case <-r.Context().Done():
		return fault.Wrap(fault.Unavailable, r.Context().Err(), "")
	}
	u, err := readUpload(r)
	if err != nil {
		return err
	}
	f, err := s.deps.Files.Put(r.Context(), access.ActorFrom(r.Context()), u)
	if err != nil {
		return err
	}
	return s.reply(w, r, f)
}

// posted is a form with a file.
type posted struct {
	name   string
	bytes  []byte
	fields map[string]string
}

func readUpload(r *http.Request) (files.Upload, error) {
	f, err := readForm(r, "caseId", "purpose")
	return files.Upload{CaseID: f.fields["caseId"], Purpose: files.Purpose(f.fields["purpose"]), Name: f.name, Bytes: f.bytes}, err
}

// readForm reads the parts of a form one by one, the file and the named fields: nothing is spooled to disk, where it would lie unencrypted.
func readForm(r *http.Request, names ...string) (posted, error) {
	out := posted{fields: map[string]string{}}
	form, err := r.MultipartReader()
	if err != nil {
		return out, fault.Wrap(fault.Invalid, err, "送信の形式が正しくありません。画面を読み込み直してください。")
	}
	for range 8 {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, broken(err)
		}
		limit := int64(200)
		if part.FormName() == "file" {
			limit = files.MaxSize
		}
		b, err := readPart(part, limit)
		if err != nil {
			return out, err
		}
		switch {
		case part.FormName() == "file":
			out.bytes, out.name = b, part.FileName()
		case slices.Contains(names, part.FormName()):
			if err := text.Line(part.FormName(), "送られた項目", string(b), int(limit)); err != nil {
				return out, err
			}
			out.fields[part.FormName()] = string(b)
		default:
			return out, fault.New(fault.Invalid, "知らない項目が送られました。画面を読み込み直してください。")
		}
	}
	return out, fault.New(fault.Invalid, "送信の形式が正しくありません。画面を読み込み直してください。")
}

func readPart(part *multipart.Part, limit int64) ([]byte, error) {
	var b bytes.Buffer
	n, err := io.Copy(&b, io.LimitReader(part, limit+1))
	if err != nil {
		return nil, broken(err)
	}
	if n > limit {
		return nil, files.TooLarge()
	}
	return b.Bytes(), nil
}

func broken(err error) error {
	var tooBig *http.MaxBytesError
	if errors.As(err, &tooBig) {
		return files.TooLarge()
	}
	return fault.Wrap(fault.Invalid, err, "送信が途中で切れました。もう一度お試しください。")
}

func (s *server) fileGet(w http.ResponseWriter, r *http.Request) error {
	f, b, err := s.deps.Files.Get(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: f.Name, kind: f.Type, bytes: b})
}

func notTheFile(err error) error {
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	return fault.New(fault.Invalid, "証憑のファイルが見つかりません。もう一度アップロードしてください。").On("evidenceFile")
}
