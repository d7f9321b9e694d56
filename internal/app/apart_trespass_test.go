package app

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
)

// schema is as much of a JSON schema as docs/openapi.json uses.
type schema struct {
	Ref        string `json:"$ref"`
	Type       any
	Format     string
	Properties map[string]schema
	Items      *schema
	AnyOf      []schema
}

// write is a route that changes something whose id stands in its path.
type write struct {
	method, pattern string
	body            schema
	roles           []access.Role // who may, of their own
}

// described are the writes of the API and the schemas that they name, as docs/openapi.json has them.
var described = sync.OnceValues(func() (writes []write, named map[string]schema) {
	raw, err := os.ReadFile("../../docs/openapi.json")
	if err != nil {
		panic(err)
	}
	var doc struct {
		Paths map[string]map[string]struct {
			RequestBody struct {
				Content map[string]struct{ Schema schema }
			}
			Roles []access.Role `json:"x-roles"`
		}
		Components struct{ Schemas map[string]schema }
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		panic(err)
	}
	for pattern, methods := range doc.Paths {
		for method, o := range methods {
			_, files := o.RequestBody.Content["multipart/form-data"]
			if method != "get" && strings.Contains(pattern, "{") && !files && !slices.Contains(ownIDs, pattern) {
				writes = append(writes, write{strings.ToUpper(method), pattern, o.RequestBody.Content["application/json"].Schema, o.Roles})
			}
		}
	}
	slices.SortFunc(writes, func(a, b write) int { return strings.Compare(a.pattern+a.method, b.pattern+b.method) })
	return writes, doc.Components.Schemas
})

// ownIDs are routes whose ids name something of whoever asks, in each municipality the same: they may well be answered.
var ownIDs = []string{"/api/first-run/{id}", "/api/account/sessions/{id}", "/api/forms/{n}"}

// trespass tries to change what belongs to another municipality, by routes that name an id, as somebody who may do so at home. Each has to be refused.
func (w *town) trespass(times int) {
	writes, _ := described()
	if len(writes) < 80 {
		w.t.Fatalf("only %d routes that write are described", len(writes))
	}
	w.host = ""
	f := pick(w, w.homes)
	for range times {
		x := pick(w, writes)
		who := slices.DeleteFunc(slices.Clone(w.readers), func(p *reader) bool { return p.tenant == f.tenant || !slices.Contains(x.roles, p.role) })
		if len(who) == 0 {
			continue
		}
		p := pick(w, who)
		if !p.guest() {
			w.signIn(p)
		}
		v := w.strangeTo(f)
		path := v.path(w, x.pattern)
		a := w.post(p.in(""), x.method, x.pattern, path, v.fill(w, "", x.body))
		w.note("%s (%s) tries %s %s → %d%s", p.login, p.role, x.method, path, a.status, reasonOf(a))
		if a.status < 400 {
			w.t.Errorf("%s %s of another municipality was done: %d %s\n%s", x.method, path, a.status, a.body, w.story())
		}
		w.tried = append(w.tried, a.status)
	}
}

// strange is what somebody may know of another municipality: ids of one case there, and of all that belongs to it.
type strange struct {
	f                    *household
	meeting, place, them string
	agency               string
	any                  []string
}

func (w *town) strangeTo(f *household) strange {
	v := strange{f: f, place: w.placeOf(f)}
	for _, g := range w.halls {
		if g.file == f {
			v.meeting = g.id
		}
	}
	p := pick(w, w.people(f.tenant))
	v.them, v.agency = p.id, p.agency
	v.any = []string{f.persons[0], f.plan, f.referral, p.id, p.agency, v.meeting, f.actions[0].id}
	for _, d := range w.docs {
		if d.file == f.id {
			v.any = append(v.any, d.name)
		}
	}
	v.any = append(v.any, f.forms...)
	return v
}

// path fills a route.
func (v strange) path(w *town, pattern string) string {
	id := pick(w, v.any)
	for part, fits := range map[string]string{"/persons/{id}": v.f.persons[0], "/members/{id}": v.agency, "/users/{id}": v.them, "/agencies/{id}": v.agency, "/consents/{id}": pick(w, v.f.forms),
		"/referrals/{id}": v.f.referral, "/bars/{id}": v.them} {
		if strings.Contains(pattern, part) {
			id = fits
		}
	}
	if strings.Contains(pattern, "/docs/{id}") {
		id = v.any[slices.IndexFunc(v.any, func(s string) bool { return strings.Contains(s, ".") })]
	}
	return strings.NewReplacer("{case}", v.f.id, "{plan}", v.f.plan, "{meeting}", v.meeting, "{place}", v.place, "{id}", id, "{n}", "1", "{hold}", pick(w, v.any)).Replace(pattern)
}

// fill makes a body after its schema, with what is known of the other municipality.
func (v strange) fill(w *town, name string, s schema) any {
	_, named := described()
	if s.Ref != "" {
		s = named[strings.TrimPrefix(s.Ref, "#/components/schemas/")]
	}
	if len(s.AnyOf) > 0 {
		return v.fill(w, name, s.AnyOf[0])
	}
	kind, _ := s.Type.(string)
	if list, ok := s.Type.([]any); ok {
		kind, _ = list[0].(string)
	}
	switch kind {
	case "object":
		out := map[string]any{}
		for k, p := range s.Properties {
			out[k] = v.fill(w, k, p)
		}
		return out
	case "array":
		if s.Items == nil {
			return []any{}
		}
		return []any{v.fill(w, name, *s.Items)}
	case "boolean":
		return w.oneIn(2)
	case "integer", "number":
		return w.rnd.IntN(2)
	case "string":
		return v.say(w, strings.ToLower(name), s.Format)
	}
	return map[string]any{}
}

// say is a text of the body: an id where its name asks for one, else a day, a common word or a secret.
func (v strange) say(w *town, name, format string) any {
	has := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(s string) bool { return strings.Contains(name, s) })
	}
	switch {
	case format == "date-time":
		return w.now().Add(time.Hour)
	case has("case"):
		return v.f.id
	case has("person"), name == "of":
		return v.f.persons[0]
	case has("agency", "agencies"), name == "to":
		return v.agency
	case has("user", "chair", "recorder"), name == "by":
		return v.them
	case has("plan"):
		return v.f.plan
	case has("meeting"):
		return v.meeting
	case has("place"):
		return v.place
	case has("doc"):
		return v.any[len(v.any)-1-len(v.f.forms)]
	case has("item"):
		return string(consent.ItemBasic)
	case name == "id":
		return access.NewID(w.now())
	case has("day", "until", "from", "since", "date"), strings.HasSuffix(name, "on"):
		return w.today(0)
	case has("kind", "state", "answer", "act", "method", "status", "outcome", "result", "stage"):
		return pick(w, []string{"now", "note", "next", "agree", "intake", "open", "1", "visit", "participant"})
	}
	return v.f.word(w, inNote, name+" by a stranger", "", consent.ItemBasic)
}
