package web

import (
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/live"
)

// docName reads the document's name on the wire from the path.
func docName(r *http.Request) (id string, epoch int, err error) {
	id, epoch, ok := live.ParseName(chi.URLParam(r, "id"))
	if !ok {
		return "", 0, fault.New(fault.NotFound, "")
	}
	return id, epoch, nil
}

// seqOf reads a sequence; what is no number is no version.
func seqOf(s, field string) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return 0, fault.New(fault.Invalid, "比べる時点を選び直してください。").On(field)
	}
	return n, nil
}

// names gives the labels of agencies and sheet fields. A guest knows no list of agencies: unknown columns stay without a name.
func (s *server) names(r *http.Request) live.Names {
	agencies := map[string]string{}
	if list, err := s.deps.Identity.Agencies(r.Context(), access.ActorFrom(r.Context())); err == nil {
		for _, a := range list {
			agencies[a.ID] = a.Name
		}
	}
	return func(kind, id string) string {
		if kind == "agency" {
			return agencies[id]
		}
		return ""
	}
}

func (s *server) docHistory(w http.ResponseWriter, r *http.Request) error {
	id, epoch, err := docName(r)
	if err != nil {
		return err
	}
	var before int64
	if v := r.URL.Query().Get("before"); v != "" {
		if before, err = seqOf(v, "before"); err != nil {
			return err
		}
	}
	t, err := s.deps.Docs.History(r.Context(), access.ActorFrom(r.Context()), inMeeting(r), id, epoch, before, s.names(r))
	if err != nil {
		return err
	}
	if err := s.ofDoc(r, id); err != nil {
		return err
	}
	t.Edits = some(t.Edits)
	return s.reply(w, r, t)
}

func (s *server) docVersion(w http.ResponseWriter, r *http.Request) error {
	id, epoch, err := docName(r)
	if err != nil {
		return err
	}
	seq, err := seqOf(chi.URLParam(r, "seq"), "seq")
	if err != nil {
		return err
	}
	v, err := s.deps.Docs.Version(r.Context(), access.ActorFrom(r.Context()), inMeeting(r), id, epoch, seq, s.names(r))
	if err != nil {
		return err
	}
	if err := s.ofDoc(r, id); err != nil {
		return err
	}
	return s.reply(w, r, v)
}

func (s *server) docDiff(w http.ResponseWriter, r *http.Request) error {
	id, epoch, err := docName(r)
	if err != nil {
		return err
	}
	from, err := seqOf(r.URL.Query().Get("from"), "from")
	if err != nil {
		return err
	}
	to, err := seqOf(r.URL.Query().Get("to"), "to")
	if err != nil {
		return err
	}
	d, err := s.deps.Docs.Difference(r.Context(), access.ActorFrom(r.Context()), inMeeting(r), id, epoch, from, to, s.names(r))
	if err != nil {
		return err
	}
	if err := s.ofDoc(r, id); err != nil {
		return err
	}
	return s.reply(w, r, d)
}

func (s *server) docRestore(w http.ResponseWriter, r *http.Request) error {
	id, epoch, err := docName(r)
	if err != nil {
		return err
	}
	var in live.RestoreInput
	if err := decode(r, &in); err != nil {
		return err
	}
	out, err := s.deps.Docs.Restore(r.Context(), access.ActorFrom(r.Context()), inMeeting(r), id, epoch, in, s.names(r))
	if err != nil {
		return err
	}
	if v := visitOf(r); v != nil && in.Plan == "" { // a list of what would change shows text, and nothing else is written of it
		v.verb, v.pending = access.VerbDocHistory, true
		if err := s.ofDoc(r, id); err != nil {
			return err
		}
	}
	return s.reply(w, r, out)
}
