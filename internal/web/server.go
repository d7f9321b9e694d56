package web

import (
	"context"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/identity"
)

type server struct {
	deps   Deps
	client *client
	// description of this interface (OpenAPI)
	description asset
	origin      *http.CrossOriginProtection
	uploads     chan struct{} // bounds the memory of uploads
	seen        repeats
	pace        pacer
	links       linkPace
	tokens      linkPace // addresses whose tokens are dead
}

// uploadsAtOnce × files.MaxSize is the memory uploads may take.
const uploadsAtOnce = 4

// lineLimit is the body of one request that brings frames of live documents.
const lineLimit = 2 << 20

// New builds the whole tree of handlers.
func New(d Deps) (http.Handler, error) {
	c, err := newClient(d.Dist, d.Settings.BasePath)
	if err != nil {
		return nil, err
	}
	described, err := newDescription(d.Dist)
	if err != nil {
		return nil, err
	}
	s := &server{deps: d, client: c, description: described, origin: http.NewCrossOriginProtection(), uploads: make(chan struct{}, uploadsAtOnce)}
	if d.Settings.PublicURL != "" {
		if err := s.origin.AddTrustedOrigin(d.Settings.PublicURL); err != nil {
			return nil, err
		}
	}
	mux := chi.NewRouter()
	for _, rt := range s.routes() {
		mux.Method(rt.method, rt.pattern, s.serve(rt))
	}
	mux.Handle("/api/*", s.frame("/api/*", s.render(func(http.ResponseWriter, *http.Request) error {
		return fault.New(fault.NotFound, "このAPIはありません。画面を読み込み直してください。")
	})))
	if d.Realtime != nil {
		mux.Handle("/hp", s.frame("/hp", s.socket(d.Realtime)))
		mux.Handle("/yws/*", s.frame("/yws/*", s.socket(d.Realtime)))
	}
	mux.Handle("/*", s.frame("/*", http.HandlerFunc(c.serve)))
	mux.MethodNotAllowed(s.frame("*", s.render(func(http.ResponseWriter, *http.Request) error {
		return fault.New(fault.NotFound, "このAPIはありません。画面を読み込み直してください。")
	})).ServeHTTP)
	if d.Settings.BasePath == "" {
		return mux, nil
	}
	return underPrefix(d.Settings.BasePath, mux), nil
}

// underPrefix serves h below a path and sends the bare path to its root.
func underPrefix(prefix string, h http.Handler) http.Handler {
	inside := http.StripPrefix(prefix, h)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == prefix:
			http.Redirect(w, r, prefix+"/", http.StatusPermanentRedirect)
		case strings.HasPrefix(r.URL.Path, prefix+"/"):
			inside.ServeHTTP(w, r)
		default:
			http.NotFound(w, r)
		}
	})
}

// serve wraps one route: door checks, actor, action, handler, error.
func (s *server) serve(rt route) http.Handler {
	return s.frame(rt.pattern, s.render(func(w http.ResponseWriter, r *http.Request) error {
		if err := s.door(w, r, rt); err != nil {
			return err
		}
		if rt.nobody {
			return rt.handle(w, r)
		}
		actor, err := s.whoAsks(r, rt)
		if err != nil && (rt.action != access.ActPublic || !fault.Is(err, fault.Unauthorized)) {
			if _, waits := identity.Halted(err); fault.Is(err, fault.Unauthorized) && !waits {
				s.unknown(w, r)
			}
			return err
		}
		if rt.glass {
			if actor, err = s.throughGlass(r, actor); err != nil {
				return err
			}
		}
		v := &visit{verb: rt.audit.verb, pending: rt.audit.by == byWeb}
		*r = *r.WithContext(context.WithValue(access.WithActor(r.Context(), actor), visitKey{}, v))
		if err := access.Require(actor, rt.action); err != nil {
			s.refused(r, rt.audit.verb, err)
			return err
		}
		if !rt.unnoticed {
			if err := s.paced(r.Context(), actor, rt.heavy); err != nil {
				return err
			}
		}
		if err := s.admit(r, actor); err != nil {
			s.refused(r, rt.audit.verb, err)
			return err
		}
		if err := rt.handle(w, r); err != nil {
			// Services write their own refusals of deeds; a read that is refused leaves its trace here.
			if rt.audit.by == byWeb || rt.method == get {
				s.refused(r, rt.audit.verb, err)
			}
			return err
		}
		return nil
	}))
}

// admit keeps whoever is kept from a case (利害関係者の閲覧遮断) out of every route that names one, whatever it would do.
func (s *server) admit(r *http.Request, a access.Actor) error {
	id := chi.URLParam(r, "case")
	if id == "" || a.Guest() {
		return nil
	}
	return s.deps.Cases.Admit(r.Context(), a, id)
}

// door refuses what does not come from our own client in our own form.
func (s *server) door(w http.ResponseWriter, r *http.Request, rt route) error {
	limit := rt.limit
	if limit == 0 {
		limit = jsonLimit
	}
	r.Body = http.MaxBytesReader(w, r.Body, limit)
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return nil
	}
	if err := s.origin.Check(r); err != nil {
		return fault.Wrap(fault.Forbidden, err, "別のサイトからの操作は受け付けません。")
	}
	if _, token := bearer(r); !token && r.Header.Get("X-Kasane") != "1" { // no page of another site has a token to send
		return fault.New(fault.Forbidden, "かさねの画面から操作してください。")
	}
	want := "application/json"
	if rt.multipart {
		want = "multipart/form-data"
	}
	if rt.binary {
		want = "application/octet-stream"
	}
	if r.Method == http.MethodDelete && r.ContentLength == 0 {
		return nil
	}
	if kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";"); !strings.EqualFold(strings.TrimSpace(kind), want) {
		return fault.Newf(fault.Invalid, "送信の形式が違います(%sで送ってください)。", want)
	}
	return nil
}

// identify finds the actor of the cookie.
func (s *server) identify(r *http.Request) (access.Actor, error) {
	return s.deps.Identity.Identify(r.Context(), SessionToken(r), s.from(r))
}

func (s *server) whoAsks(r *http.Request, rt route) (access.Actor, error) {
	if secret, ok := bearer(r); ok {
		return s.tokenActor(r, rt, secret)
	}
	if !rt.unnoticed {
		return s.identify(r)
	}
	return s.deps.Identity.Recognize(r.Context(), SessionToken(r), s.from(r))
}

// line hands a request of a line over plain HTTP to the live documents, which answer it.
func (s *server) line(w http.ResponseWriter, r *http.Request) error {
	if s.deps.Realtime == nil {
		return fault.New(fault.NotFound, "")
	}
	s.deps.Realtime.ServeHTTP(w, r)
	return nil
}

// socket lets an own-origin request through to the live documents with its actor; everything further is decided there, per
// document. Somebody signed out goes through as nobody: a close code says more to the client than a failed handshake.
func (s *server) socket(next http.Handler) http.Handler {
	return s.render(func(w http.ResponseWriter, r *http.Request) error {
		if !s.ownOrigin(r) {
			return fault.New(fault.Forbidden, "別のサイトからの接続は受け付けません。")
		}
		actor, err := s.identify(r)
		if err != nil && !fault.Is(err, fault.Unauthorized) {
			return err
		}
		next.ServeHTTP(w, r.WithContext(access.WithActor(r.Context(), actor)))
		return nil
	})
}
