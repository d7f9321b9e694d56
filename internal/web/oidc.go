package web

import (
	"net/http"

	"kasane/internal/fault"
)

// oidcCookie is kept by the browser between the button and the way back. It comes with a redirect from another site, so it is Lax; it opens nothing.
const oidcCookie = "kasane_oidc"

// oidcStart sends the browser to the sign-in service of the municipality.
func (s *server) oidcStart(w http.ResponseWriter, r *http.Request) error {
	tenant, err := s.tenantFor(r, r.URL.Query().Get("municipality"))
	if err == nil && tenant == "" {
		err = fault.New(fault.NotFound, "")
	}
	if err != nil {
		return s.oidcFailed(w, r, err)
	}
	url, kept, err := s.deps.Identity.AskOIDC(r.Context(), tenant)
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
	if err := s.endSession(r); err != nil {
		return err
	}
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
	http.SetCookie(w, &http.Cookie{Name: oidcCookie, Value: value, Path: s.deps.Settings.BasePath + "/api/oidc/", HttpOnly: true, Secure: s.secure(r),
		SameSite: http.SameSiteLaxMode, MaxAge: seconds})
}
