package web

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// audit says how the deed of a route reaches the audit log.
type audit struct {
	verb access.Verb
	by   auditor
	why  string // of silence
}

type auditor uint8

const (
	byService auditor = iota + 1 // the service writes the entry in the transaction of the deed
	byWeb                        // read route: the entry is written here, before the answer
	byNobody                     // nothing of anybody is shown or changed; why says so
)

// written: the service writes the entry in the same transaction as the deed.
func written(v access.Verb) audit { return audit{verb: v, by: byService} }

// read: this package writes the entry before the answer leaves.
func read(v access.Verb) audit { return audit{verb: v, by: byWeb} }

// silent: no entry, with the reason.
func silent(why string) audit { return audit{by: byNobody, why: why} }

// repeatWithin: the same session reading the same thing again within this time leaves no further entry. A meeting room is
// fetched again at every event; the log keeps who saw what in which minute.
const repeatWithin = time.Minute

// visit is the audit side of one request.
type visit struct {
	verb    access.Verb
	done    bool
	pending bool
	caseID  string // where the path does not name it
	meeting string
}

// audited writes the entry of a read route; the answering functions call it before the first byte. It does nothing for other routes.
func (s *server) audited(r *http.Request) error {
	v := visitOf(r)
	if v == nil || v.done || !v.pending {
		return nil
	}
	a := access.ActorFrom(r.Context())
	e := s.entry(r, a, v.verb)
	now := s.deps.Now()
	if !s.seen.again(e, now) {
		if err := s.deps.Audit.AppendAudit(r.Context(), e); err != nil {
			return err
		}
		s.seen.note(e, now) // only now: two who read at once write two entries, but nobody reads on an entry that was not written
	}
	v.done = true
	return nil
}

// refused writes what was refused to somebody known. It must not hide the refusal behind its own failure, so that is only logged.
func (s *server) refused(r *http.Request, verb access.Verb, cause error) {
	a := access.ActorFrom(r.Context())
	if a.Tenant == "" || verb == "" {
		return
	}
	if k := fault.KindOf(cause); k != fault.Forbidden && k != fault.NotFound {
		return
	}
	// The client may be gone already; the refusal is written all the same.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), 5*time.Second)
	defer cancel()
	if err := s.deps.Audit.AppendAudit(ctx, s.entry(r, a, verb).Denied(fault.KindOf(cause).String())); err != nil {
		s.deps.Log.ErrorContext(r.Context(), "audit of a refusal", "request", requestID(r), "err", err)
	}
}

// entry fills case, meeting and target from the path.
func (s *server) entry(r *http.Request, a access.Actor, verb access.Verb) access.Entry {
	param := func(name string) string {
		v := chi.URLParam(r, name)
		if !plainID(v) { // what a stranger wrote into the address is not copied into the log
			return ""
		}
		return v
	}
	target := param("id")
	for _, name := range []string{"sub", "meeting", "plan", "case"} {
		if target == "" {
			target = param(name)
		}
	}
	e := a.Audit(s.deps.Now(), verb, target).InCase(param("case")).InMeeting(param("meeting"))
	if v := visitOf(r); v != nil && e.CaseID == "" && v.caseID != "" {
		e.CaseID, e.MeetingID = v.caseID, v.meeting
	}
	return e
}

// ofDoc says whose document is read, so that the entry is found by its case. It is called when the reader was let in.
func (s *server) ofDoc(r *http.Request, docID string) error {
	m, err := s.deps.Docs.Meta(r.Context(), access.ActorFrom(r.Context()).Tenant, docID)
	if v := visitOf(r); err == nil && v != nil {
		v.caseID = m.CaseID
		if in := inMeeting(r); plainID(in) {
			v.meeting = in
		}
	}
	return err
}

// plainID tells whether a string looks like an identifier: it may then stand in the log.
func plainID(s string) bool {
	if len(s) > 64 {
		return false
	}
	for _, c := range s {
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.') {
			return false
		}
	}
	return true
}

// repeats remembers what was written lately; per node and bounded.
type repeats struct {
	mu   sync.Mutex
	last map[string]time.Time
}

const maxRepeats = 10_000

func key(e access.Entry) string {
	return e.SessionID + "\x00" + string(e.Verb) + "\x00" + e.CaseID + "\x00" + e.MeetingID + "\x00" + e.Target
}

// again tells whether the same entry was written within repeatWithin.
func (p *repeats) again(e access.Entry, now time.Time) bool {
	if e.SessionID == "" {
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	t, ok := p.last[key(e)]
	return ok && now.Sub(t) < repeatWithin
}

// note remembers an entry that was written.
func (p *repeats) note(e access.Entry, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.last == nil || len(p.last) >= maxRepeats {
		p.last = map[string]time.Time{}
	}
	p.last[key(e)] = now
}

type visitKey struct{}

func visitOf(r *http.Request) *visit {
	v, _ := r.Context().Value(visitKey{}).(*visit)
	return v
}
