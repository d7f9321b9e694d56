package web

import (
	"net/http"
	"sync"
	"time"

	"github.com/go-chi/chi/v5"
	"golang.org/x/time/rate"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/meeting"
)

func (s *server) datesGet(w http.ResponseWriter, r *http.Request) error {
	board, err := s.deps.Meeting.Dates(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "meeting"))
	if err != nil {
		return err
	}
	return s.reply(w, r, board)
}

// datesSet answers with the links of the agencies that had none. They are shown once.
func (s *server) datesSet(w http.ResponseWriter, r *http.Request) error {
	var in meeting.DatesInput
	if err := decode(r, &in); err != nil {
		return err
	}
	links, err := s.deps.Meeting.SetDates(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "meeting"), in)
	if err != nil {
		return err
	}
	return s.dateLinks(w, r, links)
}

func (s *server) datesRenew(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		AgencyID string `json:"agencyId"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	link, err := s.deps.Meeting.RenewDateLink(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "meeting"), in.AgencyID)
	if err != nil {
		return err
	}
	return s.dateLinks(w, r, []meeting.DateLink{link})
}

// dateLinks puts the secret into the fragment of the address, which no server and no log sees.
func (s *server) dateLinks(w http.ResponseWriter, r *http.Request, links []meeting.DateLink) error {
	for i := range links {
		links[i].URL = s.publicOrigin(r) + s.deps.Settings.BasePath + "/dates#" + links[i].Token
	}
	return s.reply(w, r, map[string]any{"links": some(links)})
}

// datesFix plans the meeting for a candidate; links of guests end with the new day.
func (s *server) datesFix(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Option string `json:"option"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	a, id := access.ActorFrom(r.Context()), chi.URLParam(r, "meeting")
	room, err := s.deps.Meeting.FixDate(r.Context(), a, id, in.Option)
	if err != nil {
		return err
	}
	if err := s.deps.Identity.MeetingMoved(r.Context(), a, id, room.Meeting.PlannedEnd); err != nil {
		return err
	}
	return s.reply(w, r, room)
}

// datesCheck shows a link its question. It needs no session: the secret is all.
func (s *server) datesCheck(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Token string `json:"token"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.links.take(s.clientIP(r), s.deps.Now()); err != nil {
		return err
	}
	q, err := s.deps.Meeting.AskDates(r.Context(), in.Token)
	if err != nil {
		return s.links.blame(s.clientIP(r), s.deps.Now(), err)
	}
	return s.reply(w, r, q)
}

func (s *server) datesAnswer(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Token   string                        `json:"token"`
		Answers map[string]meeting.DateAnswer `json:"answers"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.links.take(s.clientIP(r), s.deps.Now()); err != nil {
		return err
	}
	if err := s.deps.Meeting.AnswerDates(r.Context(), in.Token, in.Answers, s.clientIP(r)); err != nil {
		return s.links.blame(s.clientIP(r), s.deps.Now(), err)
	}
	return s.done(w, r)
}

// How often an address may ask without a session: a whole office is one address, so living links cost little, and dead ones much.
const (
	linkEvery = 5 // requests a second, on the long run
	linkBurst = 100
	deadEvery = 1.0 / 30 // dead links
	deadBurst = 20
)

// linkPace keeps the pace of the addresses that open links without a session.
type linkPace struct {
	mu   sync.Mutex
	all  map[string]*addressPace
	last time.Time
}

type addressPace struct {
	any, dead *rate.Limiter
	seen      time.Time
}

func (p *linkPace) of(ip string, now time.Time) *addressPace {
	if p.all == nil {
		p.all = map[string]*addressPace{}
	}
	if now.Sub(p.last) > time.Hour {
		for k, a := range p.all {
			if now.Sub(a.seen) > time.Hour {
				delete(p.all, k)
			}
		}
		p.last = now
	}
	a := p.all[ip]
	if a == nil {
		a = &addressPace{any: rate.NewLimiter(linkEvery, linkBurst), dead: rate.NewLimiter(deadEvery, deadBurst)}
		p.all[ip] = a
	}
	a.seen = now
	return a
}

var tooManyLinks = fault.New(fault.RateLimited, "この場所からの確認が続いたため、一時的に止めています。しばらく待ってからお試しください。")

// take lets a request of an address through, unless too many came or too many links were dead.
func (p *linkPace) take(ip string, now time.Time) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	a := p.of(ip, now)
	if !a.any.AllowN(now, 1) || a.dead.TokensAt(now) < 1 {
		return tooManyLinks
	}
	return nil
}

// blame counts a dead link against the address; the error is given back.
func (p *linkPace) blame(ip string, now time.Time, err error) error {
	if fault.Is(err, fault.Gone) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.of(ip, now).dead.AllowN(now, 1)
	}
	return err
}
