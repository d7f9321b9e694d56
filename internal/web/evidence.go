package web

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/http"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/files"
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

// readUpload reads the parts of the form one by one: nothing is spooled to disk, where it would lie unencrypted.
func readUpload(r *http.Request) (files.Upload, error) {
	var u files.Upload
	form, err := r.MultipartReader()
	if err != nil {
		return u, fault.Wrap(fault.Invalid, err, "送信の形式が正しくありません。画面を読み込み直してください。")
	}
	for range 8 { // parts of our form: file, caseId, purpose
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return u, nil
		}
		if err != nil {
			return u, broken(err)
		}
		limit := int64(200)
		if part.FormName() == "file" {
			limit = files.MaxSize
		}
		b, err := readPart(part, limit)
		if err != nil {
			return u, err
		}
		switch part.FormName() {
		case "file":
			u.Bytes, u.Name = b, part.FileName()
		case "caseId":
			u.CaseID = string(b)
		case "purpose":
			u.Purpose = files.Purpose(b)
		default:
			return u, fault.New(fault.Invalid, "知らない項目が送られました。画面を読み込み直してください。")
		}
	}
	return u, fault.New(fault.Invalid, "送信の形式が正しくありません。画面を読み込み直してください。")
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
