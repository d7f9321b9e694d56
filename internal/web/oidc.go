package web

import (
	"net/http"
	"time"

	"kasane/internal/fault"
	"kasane/internal/identity"
)

// oidcCookie is kept by the browser between the button and the way back. It comes with a redirect from another site, so it is Lax; it opens nothing.
const oidcCookie = "kasane_oidc"

// anewCookie is kept by a browser in which somebody came in by the service, for as long as a session can last, and again from signing out: the service may
// still know the browser, and whoever sits there by then must not come in by that alone, however the session ended.
const (
	anewCookie  = "kasane_anew"
	anewSeconds = int(identity.SessionAbsolute / time.Second)
)

// oidcStart sends the browser to the sign-in service of the municipality.
func (s *server) oidcStart(w http.ResponseWriter, r *http.Request) error {
	tenant, err := s.tenantFor(r, r.URL.Query().Get("municipality"))
	if err == nil && tenant == "" {
		err = fault.New(fault.NotFound, "")
	}
	if err != nil {
		return s.oidcFailed(w, r, err)
	}
	_, anew := r.Cookie(anewCookie)
	url, kept, err := s.deps.Identity.AskOIDC(r.Context(), tenant, anew == nil)
	if err != nil {
		return s.oidcFailed(w, r, err)
	}
	s.keepOIDC(w, r, kept, 600)
	http.Redirect(w, r, url, http.StatusFound)
	return nil
}

// oidcCallback is where the browser comes back to. Whatever happens it ends on a page of ours: the sign-in page says what went wrong.
func (s *server) oidcCallback(w http.ResponseWriter, r *http.Request) error {
	kept := ""
	if c, err := r.Cookie(oidcCookie); err == nil {
		kept = c.Value
	}
	s.keepOIDC(w, r, "", -1)
	q := r.URL.Query()
	token, _, err := s.deps.Identity.FinishOIDC(r.Context(), kept, q.Get("state"), q.Get("code"), s.from(r))
	if err != nil {
		return s.oidcFailed(w, r, err)
	}
	if _, err := s.endSession(r); err != nil {
		return err
	}
	s.keepAnew(w, r)
	s.setCookie(w, r, token)
	http.Redirect(w, r, s.cookiePath(), http.StatusSeeOther)
	return nil
}

// oidcFailed sends the browser back to the sign-in page with the kind of the failure; its words are the page's.
func (s *server) oidcFailed(w http.ResponseWriter, r *http.Request, err error) error {
	kind := fault.KindOf(err)
	if kind == fault.Internal || kind == fault.NotFound { // ours, or there is no such service
		return err
	}
	s.deps.Log.WarnContext(r.Context(), "sign-in service", "request", requestID(r), "kind", kind.String(), "err", err)
	http.Redirect(w, r, s.cookiePath()+"?signin="+kind.String(), http.StatusSeeOther)
	return nil
}

func (s *server) keepOIDC(w http.ResponseWriter, r *http.Request, value string, seconds int) {
	s.keep(w, r, oidcCookie, value, seconds)
}

func (s *server) keepAnew(w http.ResponseWriter, r *http.Request) {
	s.keep(w, r, anewCookie, "1", anewSeconds)
}

func (s *server) keep(w http.ResponseWriter, r *http.Request, name, value string, seconds int) {
	http.SetCookie(w, &http.Cookie{Name: name, Value: value, Path: s.deps.Settings.BasePath + "/api/oidc/", HttpOnly: true, Secure: s.secure(r),
		SameSite: http.SameSiteLaxMode, MaxAge: seconds})
}
