package app

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
)

// apartSteps are the things that happen in a run; apartLooks how many readings somebody tries at once.
const (
	apartSteps = 24
	apartLooks = 40
)

// visit is one random run among three municipalities.
func (l *land) visit(t *testing.T, seed uint64) *town {
	t.Helper()
	w := l.view(t, seed, 0)
	picked := some(w, l.towns)
	for len(picked) < 3 {
		picked = some(w, l.towns)
	}
	picked = picked[:3]
	for _, b := range picked {
		w.readers, w.docs, w.plans, w.files = append(w.readers, b.town.readers...), append(w.docs, b.town.docs...), append(w.plans, b.town.plans...), append(w.files, b.town.files...)
		w.papers, w.spots, w.reviewed = append(w.papers, b.town.papers...), append(w.spots, b.town.spots...), append(w.reviewed, b.town.reviewed...)
		w.homes, w.halls = append(w.homes, b.town.homes...), append(w.halls, b.town.halls...)
	}
	for _, p := range w.readers {
		if !p.guest() {
			w.signIn(p)
		}
	}
	for range apartSteps {
		l.move(w, picked)
		l.deed(w, picked)
		if w.judge(); w.leak != "" || t.Failed() {
			break
		}
	}
	time.Sleep(100 * time.Millisecond) // what was typed last is still on its way to the others
	for _, line := range w.lines {
		line.close()
	}
	w.judge()
	if said := l.heard.found(); w.leak == "" && len(said) > 0 {
		w.leak = said[0]
	}
	return w
}

// move goes to a node, and by the host name of somebody.
func (l *land) move(w *town, picked []*borough) {
	i := w.rnd.IntN(len(l.urls))
	w.url, w.h, w.host = l.urls[i], l.nodes[i], ""
	if w.oneIn(3) {
		w.host = pick(w, picked).host
	}
	w.note("node %d, host %q", i, w.host)
}

// deed is one random thing that somebody does.
func (l *land) deed(w *town, picked []*borough) {
	p := pick(w, w.readers)
	switch n := w.rnd.IntN(100); {
	case n < 20:
		w.look(p, apartLooks)
	case n < 40:
		w.host = ""
		w.desk(p)
	case n < 55:
		w.sockets(p)
	case n < 67:
		w.typing(5)
	case n < 82:
		w.trespass(12)
	case n < 88:
		w.entangle(p)
	case n < 93:
		w.crooked(p, picked)
	case n < 96:
		l.system(w, pick(w, picked))
	default:
		l.wrongDoor(w, picked)
	}
}

// desk lets somebody read at home, so that there is something that could stray: the cases, the plans, the meetings and the papers of their own.
func (w *town) desk(p *reader) {
	all := slices.DeleteFunc(w.glances(p), func(g glance) bool {
		return !slices.ContainsFunc(w.homes, func(f *household) bool {
			return f.tenant == p.tenant && (strings.Contains(g.path, f.id) || strings.Contains(g.path, f.plan)) || slices.ContainsFunc(w.halls, func(h *gathering) bool { return h.file == f && f.tenant == p.tenant && strings.Contains(g.path, h.id) })
		})
	})
	w.rnd.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	w.note("%s (%s) reads %d things at home", p.login, p.role, min(len(all), apartLooks))
	w.tryAll(p, all[:min(len(all), apartLooks)])
}

// entangle names people, agencies and cases of another municipality in the middle of what is the asker's own.
func (w *town) entangle(p *reader) {
	mine := slices.IndexFunc(w.homes, func(f *household) bool { return f.tenant == p.tenant })
	theirs := slices.IndexFunc(w.homes, func(f *household) bool { return f.tenant != p.tenant })
	f, s := w.homes[mine], w.homes[theirs]
	them := w.readers[slices.IndexFunc(w.readers, func(q *reader) bool { return q.tenant == s.tenant && q.role == "chair" })]
	desk := f.desk
	w.signIn(desk)
	agenda := []any{map[string]any{"title": "議題", "point": "論点", "purpose": "share", "item": "basic", "person": ""}}
	path := "/api/cases/" + f.id
	for _, x := range []struct {
		method, path string
		body         map[string]any
	}{
		{http.MethodPost, path + "/members", map[string]any{"agencyId": them.agency, "note": ""}},
		{http.MethodPost, path + "/bars", map[string]any{"userId": them.id, "reason": "利害関係"}},
		{http.MethodPost, path + "/leads", map[string]any{"kind": "now", "to": them.agency, "note": ""}},
		{http.MethodPost, path + "/consents", map[string]any{"personId": s.persons[0], "state": "refused", "grantor": "self", "method": "written", "explainedBy": "説明者", "explainedAt": w.now()}},
		{http.MethodPost, path + "/emergencies", map[string]any{"agencyId": them.agency, "persons": f.persons, "items": []string{"basic"}, "basis": "life", "reason": "急ぐ", "hours": 5}},
		{http.MethodPost, path + "/referrals", map[string]any{"id": access.NewID(w.now()), "to": them.agency, "picks": []string{}, "reason": "分担の相談", "wish": ""}},
		{http.MethodPost, path + "/joinings", map[string]any{"personId": s.persons[0], "item": "work", "needs": []string{"place"}, "wish": "", "openedOn": w.today(0)}},
		{http.MethodPost, path + "/meetings", map[string]any{"type": "layered", "mode": "layered", "planId": s.plan, "title": "会議", "plannedStart": w.now(), "plannedEnd": w.now().Add(time.Hour), "place": "室", "form": "hybrid",
			"basis": "根拠", "reason": "急ぐ", "agencies": []string{them.agency}, "chairId": them.id, "recorderId": desk.id, "agenda": agenda}},
		{http.MethodPost, "/api/docs", map[string]any{"kind": "plan", "ownerId": s.plan, "personId": s.persons[0], "item": "basic"}},
		{http.MethodPost, "/api/docs", map[string]any{"kind": "plan", "ownerId": f.plan, "personId": s.persons[0], "item": "basic"}},
		{http.MethodPost, "/api/places/" + w.placeOf(f) + "/links", map[string]any{"caseId": s.id, "personId": s.persons[0], "role": "participant", "since": w.today(0)}},
		{http.MethodPost, "/api/sittings", map[string]any{"type": "layered", "mode": "layered", "title": "2件の会議", "plannedStart": w.now(), "place": "室", "form": "hybrid", "basis": "根拠", "reason": "急ぐ",
			"chairId": desk.id, "recorderId": desk.id, "cases": []any{map[string]any{"caseId": f.id, "minutes": 30, "agencies": []string{}, "agenda": agenda}, map[string]any{"caseId": s.id, "minutes": 30, "agencies": []string{}, "agenda": agenda}}}},
	} {
		a := w.post(desk.in(""), x.method, "", x.path, x.body)
		w.note("%s names what is of another municipality: %s %s → %d%s", desk.login, x.method, x.path, a.status, reasonOf(a))
		if a.status < 400 {
			w.t.Errorf("%s %s took what is of another municipality: %d %s\n%v", x.method, x.path, a.status, a.body, x.body)
		}
	}
}

// placeOf is a place of the municipality of a case: they stand in the order of the cases.
func (w *town) placeOf(f *household) string { return w.spots[slices.Index(w.homes, f)] }

// crooked asks by paths and heads that a proxy or a client may get wrong.
func (w *town) crooked(p *reader, picked []*borough) {
	if !p.guest() {
		w.signIn(p)
	}
	s := w.homes[slices.IndexFunc(w.homes, func(f *household) bool { return f.tenant != p.tenant })]
	mine := w.homes[slices.IndexFunc(w.homes, func(f *household) bool { return f.tenant == p.tenant })]
	their := picked[slices.IndexFunc(picked, func(b *borough) bool { return b.id == s.tenant })]
	for _, path := range []string{"/api/cases/" + mine.id + "/../" + s.id, "/api/cases/" + mine.id + "%2f..%2f" + s.id, "//api/cases/" + s.id, "/api/cases/" + s.id + "/", "/api/cases/" + s.id + "%00",
		"/api/cases/" + strings.ToLower(s.id), "/" + their.code + "/api/cases/" + s.id, "/" + their.id + "/api/cases", "/api/cases?tenant=" + their.id + "&municipality=" + their.code,
		"/api/cases/" + s.id + "?tenant=" + their.id + "&meeting=" + url.QueryEscape("' OR '1'='1"), "/api/cases?agency=" + s.desk.agency + "&stage=%25"} {
		for _, head := range []http.Header{nil, {"X-Forwarded-Host": {their.host}}, {"X-Original-URL": {"/api/cases/" + s.id}}, {"X-Tenant": {their.id}}, {"Forwarded": {"host=" + their.host}}} {
			w.head = head
			w.get(p.in(""), "", path)
		}
	}
	w.head = nil
	w.get(asker{reader: &reader{login: "a stranger"}}, "", "/api/cases/"+s.id)
	w.host = their.host
	w.get(asker{reader: &reader{login: "a stranger"}}, "", "/api/session")
	w.get(p.in(""), "", "/api/cases/"+s.id)
}

// system is a program of a municipality, which asks with its 連携用トークン for things of all three.
func (l *land) system(w *town, b *borough) {
	w.bearer = b.token
	defer func() { w.bearer = "" }()
	by := asker{reader: &reader{login: "a program of " + b.name, tenant: b.id}}
	for _, path := range []string{"/api/cases", "/api/archive", "/api/figures", "/api/cases?agency=" + pick(w, w.readers).agency, "/api/cases/" + pick(w, w.homes).id, "/api/plans/" + pick(w, w.homes).plan} {
		w.get(by, "", path)
	}
}

// wrongDoor signs in with the password of one municipality at another one, at its host name, and where it belongs.
func (l *land) wrongDoor(w *town, picked []*borough) {
	from, to := picked[0], picked[1]
	try := func(host, municipality string, let bool) {
		w.host = host
		a := w.post(asker{reader: &reader{login: "kanri", tenant: from.id}}, http.MethodPost, "/api/session", "/api/session",
			map[string]string{"login": "kanri", "password": from.password, "municipality": municipality})
		w.note("kanri of %s at %q, municipality %s: %d", from.name, host, municipality, a.status)
		if let != (a.status < 300) && a.status != http.StatusTooManyRequests {
			w.t.Errorf("kanri of %s at %q, municipality %s: %d %s", from.name, host, municipality, a.status, a.body)
		}
	}
	try("", to.id, false)
	if to.host != "" {
		try(to.host, from.id, false)
		try(to.host, "", false)
	}
	try(from.host, from.id, true)
}
