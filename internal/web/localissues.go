package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/community"
	"kasane/internal/meeting"
)

// localIssuesBody is the list of 地域課題 with the resources that were made of them.
type localIssuesBody struct {
	meeting.LocalIssueList
	Places map[string][]community.IssuePlace `json:"places"` // by id of the issue
}

func (s *server) localIssues(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Meeting.LocalIssues(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	made, err := s.deps.Community.OfIssues(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	body := localIssuesBody{LocalIssueList: list, Places: map[string][]community.IssuePlace{}}
	for _, i := range list.Issues { // of others not even an id
		if len(made[i.ID]) > 0 {
			body.Places[i.ID] = made[i.ID]
		}
	}
	return s.reply(w, r, body)
}

func (s *server) localIssueMark(w http.ResponseWriter, r *http.Request) error {
	var in meeting.IssueMarkInput
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Meeting.MarkIssue(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "meeting"), chi.URLParam(r, "id"), in); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
