package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/meeting"
)

func (s *server) prepBoard(w http.ResponseWriter, r *http.Request) error {
	board, err := s.deps.Meeting.Prep(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "meeting"))
	if err != nil {
		return err
	}
	return s.reply(w, r, board)
}

// notice answers with the 開催通知. It is asked with a body: what the office writes on it does not belong into an address.
func (s *server) notice(w http.ResponseWriter, r *http.Request) error {
	var in meeting.NoticeInput
	if err := decode(r, &in); err != nil {
		return err
	}
	res, name, err := s.deps.Meeting.Notice(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "meeting"), s.publicOrigin(r)+s.deps.Settings.BasePath, in)
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: name, kind: "application/pdf", bytes: res.PDF})
}

// attendancePaper answers with the 出席簿: of who was there, or to be signed at the door.
func (s *server) attendancePaper(w http.ResponseWriter, r *http.Request) error {
	res, name, err := s.deps.Meeting.AttendancePaper(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "meeting"), r.URL.Query().Get("blank") != "")
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: name, kind: "application/pdf", bytes: res.PDF, inline: true})
}

// secrecyPaper answers with the 守秘義務確認書: who has confirmed, or to be signed.
func (s *server) secrecyPaper(w http.ResponseWriter, r *http.Request) error {
	res, name, err := s.deps.Meeting.SecrecyPaper(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "meeting"), r.URL.Query().Get("blank") != "")
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: name, kind: "application/pdf", bytes: res.PDF, inline: true})
}

// handoverPaper answers with the 資料受渡簿: of what was handed out, or to be filled in in the room.
func (s *server) handoverPaper(w http.ResponseWriter, r *http.Request) error {
	res, name, err := s.deps.Handouts.Paper(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "meeting"), r.URL.Query().Get("blank") != "")
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: name, kind: "application/pdf", bytes: res.PDF, inline: true})
}

// prepPaper answers with the 準備シート as the reader may see them, or with the empty form.
func (s *server) prepPaper(w http.ResponseWriter, r *http.Request) error {
	res, name, err := s.deps.Meeting.PrepPaper(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "meeting"), r.URL.Query().Get("blank") != "")
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: name, kind: "application/pdf", bytes: res.PDF, inline: true})
}
