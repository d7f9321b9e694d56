package web

import (
	"encoding/json"
	"net/http"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/identity"
	"kasane/internal/meeting"
)

// sessionUse says that somebody is at the desk, where what they do is no request.
func (s *server) sessionUse(w http.ResponseWriter, r *http.Request) error {
	if err := decode(r, &struct{}{}); err != nil {
		return err
	}
	return s.done(w, r)
}

// sessionLock covers the desk: from here on the cookie opens nothing but the lock.
func (s *server) sessionLock(w http.ResponseWriter, r *http.Request) error {
	if err := decode(r, &struct{}{}); err != nil {
		return err
	}
	a := access.ActorFrom(r.Context())
	if err := s.deps.Identity.Lock(r.Context(), a); err != nil {
		return err
	}
	if s.deps.EndSession != nil {
		s.deps.EndSession(a.Tenant, a.SessionID)
	}
	return s.done(w, r)
}

func (s *server) sessionUnlock(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Secret string `json:"secret"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	a, err := s.deps.Identity.Unlock(r.Context(), SessionToken(r), in.Secret, s.from(r))
	if err != nil {
		return err
	}
	return s.replySession(w, r, a)
}

// sessionLeave ends a session that is locked or not finished.
func (s *server) sessionLeave(w http.ResponseWriter, r *http.Request) error {
	if err := decode(r, &struct{}{}); err != nil {
		return err
	}
	left, err := s.deps.Identity.Leave(r.Context(), SessionToken(r), s.from(r))
	if err != nil && !fault.Is(err, fault.Unauthorized) {
		return err
	}
	s.recheck()
	s.dropCookie(w, r)
	return s.replyLeft(w, r, left)
}

func (s *server) secondStep(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Code string `json:"code"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	token, a, err := s.deps.Identity.SecondStep(r.Context(), SessionToken(r), in.Code, s.from(r))
	if err != nil {
		return err
	}
	return s.replyEntered(w, r, token, a)
}

func (s *server) passkeyAsk(w http.ResponseWriter, r *http.Request) error {
	if err := decode(r, &struct{}{}); err != nil {
		return err
	}
	ask, err := s.deps.Identity.AskPasskey(r.Context(), s.publicOrigin(r))
	if err != nil {
		return err
	}
	return s.reply(w, r, ask)
}

func (s *server) passkeySignIn(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		State  string          `json:"state"`
		Answer json.RawMessage `json:"answer"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	token, a, err := s.deps.Identity.SignInPasskey(r.Context(), in.State, in.Answer, s.publicOrigin(r), s.from(r))
	if err != nil {
		return err
	}
	return s.replyEntered(w, r, token, a)
}

// accountBody is one's own account as one sees it.
type accountBody struct {
	Sessions    []identity.OpenSession `json:"sessions"`
	Factors     []identity.OwnFactor   `json:"factors"`
	PasswordMin int                    `json:"passwordMin"`
}

func (s *server) account(w http.ResponseWriter, r *http.Request) error {
	ctx, a := r.Context(), access.ActorFrom(r.Context())
	rules, err := s.deps.Identity.Rules(ctx, a)
	if err != nil {
		return err
	}
	sessions, err := s.deps.Identity.OwnSessions(ctx, a)
	if err != nil {
		return err
	}
	factors, err := s.deps.Identity.OwnFactors(ctx, a)
	if err != nil {
		return err
	}
	return s.reply(w, r, accountBody{sessions, factors, rules.PasswordMin})
}

func (s *server) passwordChange(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Old      string `json:"old"`
		Password string `json:"password"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Identity.ChangePassword(r.Context(), access.ActorFrom(r.Context()), in.Old, in.Password); err != nil {
		return err
	}
	s.recheck()
	return s.done(w, r)
}

func (s *server) sessionsEnd(w http.ResponseWriter, r *http.Request) error {
	if err := s.deps.Identity.EndOwn(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id")); err != nil {
		return err
	}
	s.recheck()
	return s.done(w, r)
}

func (s *server) totpAsk(w http.ResponseWriter, r *http.Request) error {
	if err := decode(r, &struct{}{}); err != nil {
		return err
	}
	e, err := s.deps.Identity.BeginTOTP(r.Context(), SessionToken(r), s.from(r))
	if err != nil {
		return err
	}
	return s.reply(w, r, e)
}

func (s *server) totpConfirm(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Code string `json:"code"`
		Name string `json:"name"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	e, err := s.deps.Identity.ConfirmTOTP(r.Context(), SessionToken(r), in.Code, in.Name, s.from(r))
	if err != nil {
		return err
	}
	return s.replyEnrolled(w, r, e)
}

func (s *server) passkeyBegin(w http.ResponseWriter, r *http.Request) error {
	if err := decode(r, &struct{}{}); err != nil {
		return err
	}
	options, err := s.deps.Identity.BeginPasskey(r.Context(), SessionToken(r), s.publicOrigin(r), s.from(r))
	if err != nil {
		return err
	}
	return s.reply(w, r, options)
}

func (s *server) passkeyConfirm(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Answer json.RawMessage `json:"answer"`
		Name   string          `json:"name"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	e, err := s.deps.Identity.ConfirmPasskey(r.Context(), SessionToken(r), s.publicOrigin(r), in.Answer, in.Name, s.from(r))
	if err != nil {
		return err
	}
	return s.replyEnrolled(w, r, e)
}

// replyEnrolled shows the codes to be written down; where the sign-in waited for the factor the session acts from here on.
func (s *server) replyEnrolled(w http.ResponseWriter, r *http.Request, e identity.Enrolled) error {
	if e.Token != "" {
		s.setCookie(w, r, e.Token)
	}
	return s.reply(w, r, map[string]any{"codes": some(e.Codes)})
}

func (s *server) recoveryNew(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Password string `json:"password"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	codes, err := s.deps.Identity.NewRecovery(r.Context(), access.ActorFrom(r.Context()), in.Password)
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{"codes": codes})
}

func (s *server) factorRemove(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Password string `json:"password"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Identity.RemoveFactor(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"), in.Password); err != nil {
		return err
	}
	return s.done(w, r)
}

func (s *server) rulesGet(w http.ResponseWriter, r *http.Request) error {
	rules, err := s.deps.Identity.Rules(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, rules)
}

func (s *server) rulesSave(w http.ResponseWriter, r *http.Request) error {
	var in identity.Rules
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Identity.SaveRules(r.Context(), access.ActorFrom(r.Context()), in); err != nil {
		return err
	}
	return s.done(w, r)
}

func (s *server) userSessions(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Identity.SessionsOf(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{"sessions": list})
}

func (s *server) userSessionsEnd(w http.ResponseWriter, r *http.Request) error {
	if err := s.deps.Identity.EndSessionsOf(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id")); err != nil {
		return err
	}
	s.recheck()
	return s.done(w, r)
}

func (s *server) userFactorsReset(w http.ResponseWriter, r *http.Request) error {
	if err := s.deps.Identity.ResetFactors(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id")); err != nil {
		return err
	}
	s.recheck()
	return s.done(w, r)
}

// printed notes that a page of a case, plan or meeting was printed by the browser: one that the asker can have before them.
func (s *server) printed(w http.ResponseWriter, r *http.Request) error {
	if err := decode(r, &struct{}{}); err != nil {
		return err
	}
	if err := s.hasPage(r); err != nil {
		return err
	}
	return s.done(w, r)
}

// hasPage tells whether the asker has anything to do with the case, plan or meeting of the address. NotFound otherwise, as if there were none.
func (s *server) hasPage(r *http.Request) error {
	ctx, a := r.Context(), access.ActorFrom(r.Context())
	if id := chi.URLParam(r, "meeting"); id != "" {
		_, err := s.row(r, id)
		return err
	}
	caseID := chi.URLParam(r, "case")
	if id := chi.URLParam(r, "plan"); id != "" {
		p, err := s.deps.Plans.ByID(ctx, a.Tenant, id)
		if err != nil {
			return err
		}
		caseID = p.CaseID
	}
	_, err := s.deps.Gate.View(ctx, a, inMeeting(r), caseID)
	if !fault.Is(err, fault.NotFound) {
		return err
	}
	seats, listErr := s.deps.Lists.ListMeetings(ctx, access.ScopeOf(a), meeting.Query{CaseID: caseID, Limit: 1})
	if listErr != nil || len(seats) > 0 {
		return listErr
	}
	return err
}
