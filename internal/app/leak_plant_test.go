package app

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/jptime"
	"kasane/internal/live"
	"kasane/internal/sheets"
)

// household is a case as the test knows it beside the facts.
type household struct {
	id, tenant string
	number     string
	desk       *reader // who holds it
	persons    []string
	agencies   []string // of its municipality
	forms      []string // ids of consent records
	plan       string
	called     string   // its person at the counter
	counter    string   // the agency that took it in
	passings   []string // つなぎ that hand something over
	referral   string   // a つなぎ of the case to an agency that is not of it
	actions    []action
	names      map[string]cases.PersonInput
}

// action is a row of a plan with the document it stands in.
type action struct {
	id, doc, person string
	item            consent.Item
}

// found opens a case: three persons, words in everything that can be said of a person, sheets of every item, a plan.
func (w *town) found(desk *reader, members []*reader, people int) *household {
	w.t.Helper()
	ctx := w.t.Context()
	f := &household{tenant: desk.tenant, desk: desk, names: map[string]cases.PersonInput{}}
	for _, p := range w.readers {
		if p.tenant == f.tenant && !slices.Contains(f.agencies, p.agency) {
			f.agencies = append(f.agencies, p.agency)
		}
	}
	in := cases.NewCase{}
	for _, m := range members {
		if !slices.Contains(in.Agencies, m.agency) {
			in.Agencies = append(in.Agencies, m.agency)
		}
	}
	var planted [][]string
	for i := range people {
		one := secret{place: inSheet, item: consent.ItemBasic, tenant: f.tenant}
		say := func(what string) secret { s := one; s.what = what + fmt.Sprint(" of person ", i+1); return s }
		p := cases.PersonInput{Name: w.words.plant(say("name")), Kana: w.words.reading(say("reading")), Alias: w.words.plant(say("alias")),
			Relation: w.words.plant(say("relation")), Birth: "1950", Subject: i < 2}
		in.Persons = append(in.Persons, p)
		planted = append(planted, []string{p.Name, p.Kana, p.Alias, p.Relation})
	}
	c, err := w.h.cases.Create(ctx, desk.actor(), in)
	w.ok(err)
	f.id, f.number = c.ID, c.Number
	now := &caseFacts{id: c.ID, now: map[string]bool{}, ever: map[string]bool{}, barred: map[string]bool{}}
	d, err := w.h.cases.Get(ctx, desk.actor(), "", c.ID)
	w.ok(err)
	for i, p := range d.Persons {
		f.persons = append(f.persons, p.ID)
		f.names[p.ID] = in.Persons[i]
		now.persons = append(now.persons, personFacts{id: p.ID, subject: p.Subject})
		for _, word := range planted[i] {
			w.words.place(word, c.ID, p.ID)
		}
	}
	for _, m := range members {
		now.now[m.agency], now.ever[m.agency] = true, true
	}
	w.turn(time.Now(), func(f *facts) { f.cases[c.ID] = now })
	w.sheets(f)
	w.plan(f)
	w.evidence(f)
	w.refer(f)
	return f
}

// place completes a word that was planted before the ids of its place were known.
func (w *words) place(word, file, person string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.known[word].file, w.known[word].person = file, person
}

// word plants a word of a case.
func (f *household) word(w *town, at place, what, person string, item consent.Item) string {
	return w.words.plant(secret{what: what, place: at, file: f.id, tenant: f.tenant, person: person, item: item})
}

// sheets writes a word into a field of every section document.
func (w *town) sheets(f *household) {
	w.t.Helper()
	ctx := w.t.Context()
	book, err := sheets.Builtin()
	w.ok(err)
	set := book.At(w.now().In(jptime.JST).Format(time.DateOnly))
	list, err := w.h.cases.Sections(ctx, f.desk.actor(), "", f.id)
	w.ok(err)
	for _, s := range list {
		id, _, _ := live.ParseName(s.Doc)
		w.docs = append(w.docs, document{name: s.Doc, id: id, file: f.id, owner: f.id, kind: live.KindSection, person: s.PersonID, item: s.Item})
		owner := sheets.OwnerPerson
		if s.PersonID == "" {
			owner = sheets.OwnerHousehold
		}
		fields := set.FieldsOf(owner, string(s.Item))
		w.author(f, id, func(b *live.Builder) {
			b.Row("event", "event0000001", live.Ord(1), map[string]any{"when": "1998-04"}, map[string]string{"text": f.word(w, inSheet, "event of the chronicle", s.PersonID, s.Item)})
			if s.PersonID == "" && s.Item == consent.ItemFamily {
				b.Row("kin", "kin000000001", live.Ord(1), map[string]any{"sex": "female"}, map[string]string{"text": f.word(w, inSheet, "name of a relative", "", s.Item)})
			}
		})
		i := slices.IndexFunc(fields, sheets.Field.Prose)
		if i < 0 {
			continue
		}
		w.author(f, id, func(b *live.Builder) {
			b.Text(fields[i].Key(), f.word(w, inSheet, "sheet field "+fields[i].ID, s.PersonID, s.Item))
		})
	}
}

// author writes into a document by the server's own way.
func (w *town) author(f *household, id string, write func(b *live.Builder)) {
	w.t.Helper()
	_, err := w.h.live.ServerWrite(w.t.Context(), f.desk.actor(), id, func(b *live.Builder) error { write(b); return nil })
	w.ok(err)
}

// plan makes a plan with texts, rows and cells for several persons and items.
func (w *town) plan(f *household) {
	w.t.Helper()
	ctx := w.t.Context()
	p, err := w.h.plans.Create(ctx, f.desk.actor(), f.id, "")
	w.ok(err)
	f.plan = p.ID
	w.plans = append(w.plans, planRef{p.ID, f.id, f.tenant})
	for _, person := range append([]string{""}, f.persons...) {
		for _, item := range append([]consent.Item{consent.ItemBasic, consent.ItemAddress}, some(w, consent.Items()[1:])[:1]...) {
			w.planDoc(f, person, item)
		}
	}
}

// planDoc writes one document of the plan.
func (w *town) planDoc(f *household, person string, item consent.Item) {
	w.t.Helper()
	ref, err := w.h.plans.EnsureDoc(w.t.Context(), f.desk.actor(), "", f.plan, person, item)
	w.ok(err)
	if slices.ContainsFunc(w.docs, func(d document) bool { return d.id == ref.DocID }) {
		return
	}
	w.docs = append(w.docs, document{name: ref.Doc, id: ref.DocID, file: f.id, owner: f.plan, kind: live.KindPlan, person: person, item: item})
	n := fmt.Sprintf("%s%03d", "row0000000", len(w.docs))
	a := action{id: "act" + n, doc: ref.Doc, person: person, item: item}
	f.actions = append(f.actions, a)
	say := func(what string) string { return f.word(w, inPlan, what, person, item) }
	w.author(f, ref.DocID, func(b *live.Builder) {
		b.Text("wish", say("wish"))
		b.Text("situation", say("situation"))
		b.Row("need", "need"+n, live.Ord(1), map[string]any{"code": "09", "person": person, "priority": "1"}, map[string]string{"text": say("need")})
		b.Row("goal", "goal"+n, live.Ord(1), map[string]any{"need": "need" + n, "kind": pick(w, []string{"long", "short"})}, map[string]string{"text": say("goal")})
		b.Row("action", a.id, live.Ord(1), map[string]any{"need": "need" + n, "goal": "goal" + n}, map[string]string{"text": say("action")})
		for i, agency := range some(w, f.agencies) {
			b.Cell(a.id, agency, map[string]any{"code": []string{"lead", "main", "watch"}[min(i, 2)], "who": say("who of a cell")},
				map[string]string{"content": say("content of a cell"), "limits": say("limits of a cell")})
		}
	})
}

// evidence uploads a signed sheet.
func (w *town) evidence(f *household) {
	w.t.Helper()
	say := func(what string) string { return f.word(w, inEvidence, what, "", consent.ItemBasic) }
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	w.ok(form.WriteField("caseId", f.id))
	w.ok(form.WriteField("purpose", "evidence"))
	part, err := form.CreateFormFile("file", say("name of a file")+".pdf")
	w.ok(err)
	fmt.Fprintf(part, "%%PDF-1.4\n1 0 obj<</Title (%s)>>endobj\ntrailer<<>>\n%%%%EOF\n", say("content of a file"))
	w.ok(form.Close())
	a := w.send(f.desk.in(""), f.desk.cookie, http.MethodPost, "/api/files", "/api/files", form.FormDataContentType(), &body)
	var made struct{ ID string }
	if !a.into(&made) {
		w.t.Fatalf("upload: %d %s", a.status, a.body)
	}
	w.files = append(w.files, made.ID)
}

// neighbours are those who read by membership: agencies and chairs of the municipality of a case.
func (w *town) neighbours(tenant string) []*reader {
	var out []*reader
	for _, p := range w.readers {
		if p.tenant == tenant && (p.role == access.RoleAgency || p.role == access.RoleChair) {
			out = append(out, p)
		}
	}
	return out
}
