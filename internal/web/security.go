package web

import (
	"crypto/rand"
	"encoding/base64"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"kasane/internal/identity"
)

// secureHeaders are on every answer; the page itself adds its nonce, downloads narrow the policy further.
func (s *server) secureHeaders(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), bluetooth=(), midi=(), display-capture=(), browsing-topics=()")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("X-Robots-Tag", "noindex, nofollow")
	h.Set("Cache-Control", "no-store")
	if s.secure(r) {
		h.Set("Strict-Transport-Security", "max-age=15552000")
	}
}

// pagePolicy is the policy of the client's page: own files only, styles of the editor with the nonce.
func pagePolicy(nonce string) string {
	return strings.Join([]string{
		"default-src 'none'", "script-src 'self' 'nonce-" + nonce + "'", "style-src 'self' 'nonce-" + nonce + "'",
		"img-src 'self' data: blob:", "font-src 'self'", "connect-src 'self'", "manifest-src 'self'", "worker-src 'self'",
		"frame-src 'self' blob:", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
	}, "; ")
}

func newNonce() string {
	var b [18]byte
	_, _ = rand.Read(b[:])
	return base64.StdEncoding.EncodeToString(b[:])
}

// peer is the address the connection came from.
func peer(r *http.Request) (netip.Addr, bool) {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	a, err := netip.ParseAddr(host)
	return a.Unmap().WithZone(""), err == nil
}

func (s *server) trusted(a netip.Addr) bool {
	for _, p := range s.deps.Settings.TrustedProxies {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// clientIP is the address of the one who asks: the connection's, or, behind trusted proxies, the last address of
// X-Forwarded-For that is not a trusted proxy itself. What a client writes into the header in front of it counts nothing.
func (s *server) clientIP(r *http.Request) string {
	a, ok := peer(r)
	if !ok {
		return ""
	}
	if !s.trusted(a) {
		return a.String()
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		a = hop.Unmap().WithZone("")
		if !s.trusted(a) {
			break
		}
	}
	return a.String()
}

// client tells where a request comes from.
func (s *server) from(r *http.Request) identity.Client {
	return identity.Client{IP: s.clientIP(r), Device: identity.DeviceOf(r.UserAgent())}
}

// secure tells whether the browser spoke TLS: to us, or to a trusted proxy that says so.
func (s *server) secure(r *http.Request) bool {
	if r.TLS != nil || s.deps.Settings.SecureCookie {
		return true
	}
	a, ok := peer(r)
	return ok && s.trusted(a) && strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https")
}

// ownOrigin guards websockets, which browsers open across origins without asking: an Origin must be ours. Programs without
// a browser send none; they have no cookie of somebody else to misuse.
func (s *server) ownOrigin(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return r.Header.Get("Sec-Fetch-Site") == "" || r.Header.Get("Sec-Fetch-Site") == "same-origin"
	}
	if s.deps.Settings.PublicURL != "" && strings.EqualFold(origin, s.deps.Settings.PublicURL) {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host != "" && strings.EqualFold(u.Host, r.Host)
}

// publicOrigin is what stands before the path of an invitation link.
func (s *server) publicOrigin(r *http.Request) string {
	if _, ofOne := s.host(r); !ofOne && s.deps.Settings.PublicURL != "" {
		return s.deps.Settings.PublicURL
	}
	scheme := "http"
	if s.secure(r) {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}

// host gives the code of the municipality whose host name the request came by, where each has its own.
func (s *server) host(r *http.Request) (code string, ok bool) {
	code, ok = s.deps.Settings.Hosts[strings.ToLower(r.Host)]
	return code, ok
}

const cookieName = "kasane_session"

// SessionToken is the token of a request's session cookie, "" without one.
func SessionToken(r *http.Request) string {
	c, err := r.Cookie(cookieName)
	if err != nil {
		return ""
	}
	return c.Value
}

func (s *server) cookiePath() string { return s.deps.Settings.BasePath + "/" }

// setCookie hands the token to the browser: not readable by scripts, never sent from other sites, gone when the browser closes.
func (s *server) setCookie(w http.ResponseWriter, r *http.Request, token string) {
	http.SetCookie(w, &http.Cookie{Name: cookieName, Value: token, Path: s.cookiePath(), HttpOnly: true, Secure: s.secure(r),
		SameSite: http.SameSiteStrictMode})
}

func (s *server) dropCookie(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, &http.Cookie{Name: cookieName, Value: "", Path: s.cookiePath(), HttpOnly: true, Secure: s.secure(r),
		SameSite: http.SameSiteStrictMode, MaxAge: -1})
}
