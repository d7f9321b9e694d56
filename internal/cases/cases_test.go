package cases

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/sheets"
)

var (
	clock     = time.Date(2026, 6, 10, 1, 2, 3, 456789, time.UTC)
	secretary = access.Actor{Tenant: "t", UserID: "u1", AgencyID: "s", Roles: []access.Role{access.RoleSecretariat}}
	houkatsu  = access.Actor{Tenant: "t", UserID: "u2", AgencyID: "a", Roles: []access.Role{access.RoleAgency}}
	hokenjo   = access.Actor{Tenant: "t", UserID: "u3", AgencyID: "b", Roles: []access.Role{access.RoleAgency}}
	ctx       = context.Background()
)

type world struct {
	*Service
	f    *fake
	gate *Gatekeeper
	hall hall
	c    Case
	// mother is the subject, son is not
	mother, son string
}

// newWorld: a mother (subject) and her son; agencies a and b are members; m1 is a running 重層的支援会議 of a, b and x,
// m2 a running 支援会議 of a and x (designated), m3 a closed one.
func newWorld(t *testing.T) *world {
	t.Helper()
	book, err := sheets.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{f: &fake{numbers: map[string]int{}, meetings: map[string]string{}}, hall: hall{}}
	now := func() time.Time { return clock }
	w.gate = NewGatekeeper(w.f, w.hall, now)
	w.Service = NewService(w.f, w.gate, book, now)
	w.c, err = w.Create(ctx, secretary, NewCase{Persons: []PersonInput{
		{Name: "髙橋 \u3000よし", Kana: "たかはし よし", Relation: "母", Birth: "1944-05-01", Sex: "女", Subject: true},
		{Name: "髙橋 𠮷男", Kana: "たかはし よしお", Relation: "長男", Sex: "男"},
	}, Agencies: []string{"a", "b"}})
	if err != nil {
		t.Fatal(err)
	}
	w.mother, w.son = w.f.persons[0].ID, w.f.persons[1].ID
	for id, facts := range map[string]MeetingFacts{
		"m1": {Mode: consent.ModeLayered, Open: true, MayWrite: true, PlanID: "plan"},
		"m2": {Mode: consent.ModeSupport, Open: true, Confirmed: true, Designated: true, MayWrite: true, PlanID: "plan"},
		"m3": {Mode: consent.ModeSupport, Confirmed: true, Designated: true},
	} {
		facts.Exists, facts.CaseID, facts.Participant = true, w.c.ID, true
		w.f.meetings[id] = w.c.ID
		for _, a := range []string{"a", "b", "x"} {
			if id == "m1" || a != "b" {
				w.hall[id+"/"+a] = facts
			}
		}
	}
	return w
}

func (w *world) consent(person string, purposes []consent.Purpose, scope map[string][]consent.Item) {
	w.f.records = append(w.f.records, consent.Record{ID: "r" + person, PersonID: person, Number: "D2026-0001", State: consent.StatePartial,
		Purposes: purposes, Scope: scope, From: clock.Add(-time.Hour), Until: clock.Add(time.Hour)})
}

func (w *world) doc(kind live.Kind, owner, person string, item consent.Item) live.Meta {
	return live.Meta{Tenant: "t", ID: "doc", Epoch: 1, Kind: kind, CaseID: w.c.ID, OwnerID: owner, PersonID: person, Item: item}
}

func TestCreateKeepsNamesAndNumbers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if w.c.Number != "K2026-0001" || w.c.Stage != StageReceived || w.f.persons[0].Name != "髙橋 \u3000よし" || w.f.persons[1].Name != "髙橋 𠮷男" {
		t.Errorf("case %+v persons %+v", w.c, w.f.persons)
	}
	c, err := w.Create(ctx, secretary, NewCase{OpenedAt: "2026-03-31", Persons: []PersonInput{{Alias: "匿名", Relation: "本人", Subject: true}}})
	if err != nil || c.Number != "K2025-0001" {
		t.Errorf("case of the fiscal year before: %q %v", c.Number, err)
	}
	for _, a := range []access.Actor{houkatsu, {}, {Tenant: "t", Roles: []access.Role{access.RoleAdmin}}} {
		if _, err := w.Create(ctx, a, NewCase{Persons: []PersonInput{{Name: "a", Relation: "本人", Subject: true}}}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%v may create: %v", a.Roles, err)
		}
	}
}

func TestCreateRefusesWithFieldAndMessage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, c := range []struct {
		name, field, says string
		spoil             func(*NewCase)
	}{
		{"nobody", "persons", "一人以上", func(n *NewCase) { n.Persons = nil }},
		{"no subject", "persons", "本人", func(n *NewCase) { n.Persons[0].Subject = false }},
		{"too many", "persons", "30人", func(n *NewCase) { n.Persons = slices.Repeat(n.Persons, 31) }},
		{"no name", "persons[0].name", "氏名", func(n *NewCase) { n.Persons[0].Name, n.Persons[0].Kana = "", "" }},
		{"name with a control", "persons[0].name", "制御文字", func(n *NewCase) { n.Persons[0].Name = "a\x07" }},
		{"private use", "persons[0].name", "外字", func(n *NewCase) { n.Persons[0].Name = "\uE000田" }},
		{"blank edge", "persons[0].name", "空白", func(n *NewCase) { n.Persons[0].Name = "田中\u3000" }},
		{"101 graphemes", "persons[0].name", "100文字", func(n *NewCase) { n.Persons[0].Name = strings.Repeat("邉\U000E0100", 101) }},
		{"kanji as kana", "persons[0].kana", "ひらがな", func(n *NewCase) { n.Persons[0].Kana = "田中" }},
		{"no relation", "persons[0].relation", "続柄", func(n *NewCase) { n.Persons[0].Relation = " " }},
		{"sex", "persons[0].sex", "性別", func(n *NewCase) { n.Persons[0].Sex = "F" }},
		{"birth", "persons[0].birth", "生年月日", func(n *NewCase) { n.Persons[0].Birth = "昭和19年" }},
		{"born tomorrow", "persons[0].birth", "生年月日", func(n *NewCase) { n.Persons[0].Birth = "2026-06-11" }},
		{"agency twice", "agencies[1]", "同じ機関", func(n *NewCase) { n.Agencies = []string{"a", "a"} }},
		{"opened tomorrow", "openedAt", "未来", func(n *NewCase) { n.OpenedAt = "2026-06-11" }},
		{"opened never", "openedAt", "日付", func(n *NewCase) { n.OpenedAt = "2026-06-31" }},
	} {
		in := NewCase{Persons: []PersonInput{{Name: "田中", Kana: "たなか", Relation: "本人", Subject: true}}}
		c.spoil(&in)
		_, err := w.Create(ctx, secretary, in)
		var e *fault.Error
		if !errors.As(err, &e) || e.Kind != fault.Invalid || e.Field != c.field || !strings.Contains(e.Message, c.says) {
			t.Errorf("%s: %v %+v", c.name, err, e)
		}
	}
	good := NewCase{Persons: []PersonInput{{Name: strings.Repeat("邉\U000E0100", 100), Kana: "Nguyễn", Birth: "1944-05", Relation: "本人", Subject: true}}}
	if _, err := w.Create(ctx, secretary, good); err != nil {
		t.Errorf("100 graphemes of two code points each: %v", err)
	}
}

func TestGetMasksWhatConsentDoesNotCover(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d, err := w.Get(ctx, secretary, "", w.c.ID)
	if err != nil || !d.Holder || d.Persons[1].Name != "髙橋 𠮷男" || len(d.Next) == 0 {
		t.Fatalf("holder: %+v %v", d, err)
	}
	w.consent(w.mother, []consent.Purpose{consent.PurposeCoordination}, map[string][]consent.Item{"a": {consent.ItemBasic}})
	d, err = w.Get(ctx, houkatsu, "", w.c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if d.Persons[0].Hidden || d.Persons[0].Name != "髙橋 \u3000よし" || d.Holder || len(d.Next) != 0 {
		t.Errorf("covered: %+v", d.Persons[0])
	}
	if p := d.Persons[1]; !p.Hidden || p.Name != "" || p.Kana != "" || p.Relation != "" || p.Birth != "" || p.Initial != "た" || p.Reason != consent.ReasonNoConsent {
		t.Errorf("not covered: %+v", p)
	}
	d, err = w.Get(ctx, hokenjo, "", w.c.ID)
	if err != nil || !d.Persons[0].Hidden || d.Persons[0].ReasonLabel != "同意範囲外" {
		t.Errorf("other agency: %+v %v", d.Persons[0], err)
	}
	w.f.persons[1].WithheldFrom = []string{"a"}
	if d, err = w.Get(ctx, houkatsu, "", w.c.ID); err != nil || !d.Persons[1].Hidden || d.Persons[1].Initial != "" {
		t.Errorf("withheld from this agency: %+v %v", d.Persons[1], err)
	}
	for m, change := range map[string]func(*MeetingFacts){"m2": func(f *MeetingFacts) { f.Designated = false }, "m3": func(f *MeetingFacts) {}} {
		facts := w.hall[m+"/x"]
		change(&facts)
		w.hall[m+"/x"] = facts
		if d, err = w.Get(ctx, agency("x"), m, w.c.ID); err != nil || d.Persons[0].Initial != "" || d.Persons[1].Initial != "" {
			t.Errorf("支援会議 %s shows a letter before or after its time: %+v %v", m, d.Persons, err)
		}
	}
	for name, a := range map[string]access.Actor{
		"no member":     {Tenant: "t", AgencyID: "z", Roles: []access.Role{access.RoleAgency}},
		"admin":         {Tenant: "t", AgencyID: "a", Roles: []access.Role{access.RoleAdmin}},
		"records":       {Tenant: "t", AgencyID: "a", Roles: []access.Role{access.RoleRecords}},
		"auditor":       {Tenant: "t", AgencyID: "a", Roles: []access.Role{access.RoleAuditor}},
		"observer":      {Tenant: "t", AgencyID: "a", Roles: []access.Role{access.RoleObserver}},
		"guest":         {Tenant: "t", AgencyID: "a", Roles: []access.Role{access.RoleGuest}, GuestMeeting: "m1"},
		"another town":  {Tenant: "u", AgencyID: "a", Roles: []access.Role{access.RoleSecretariat}},
		"nobody at all": {},
	} {
		if _, err := w.Get(ctx, a, "", w.c.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestListShowsInitialsOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	list, err := w.List(ctx, houkatsu, Query{})
	if err != nil || len(list) != 1 || list[0].Initials != "た" || list[0].SubjectKana != nil {
		t.Errorf("%+v %v", list, err)
	}
	for _, q := range []Query{{Limit: 201}, {Limit: -1}, {Stage: "x"}} {
		if _, err := w.List(ctx, secretary, q); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v", q, err)
		}
	}
}

func TestStages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c, err := w.SetStage(ctx, secretary, w.c.ID, StageInput{Stage: StageIntake, Version: 1})
	if err != nil || c.Version != 2 || c.Stage != StageIntake {
		t.Fatalf("%+v %v", c, err)
	}
	if _, err := w.SetStage(ctx, secretary, w.c.ID, StageInput{Stage: StageSupporting, Version: 2}); !fault.Is(err, fault.Conflict) {
		t.Errorf("a step that is not in the flow: %v", err)
	}
	if _, err := w.SetStage(ctx, secretary, w.c.ID, StageInput{Stage: StageAssessment, Version: 1}); !fault.Is(err, fault.Conflict) {
		t.Errorf("an old version: %v", err)
	}
	for s, to := range flow {
		if s.Label() == "" {
			t.Errorf("stage %q has no label", s)
		}
		for _, n := range to {
			if _, ok := flow[n]; !ok || n == s && s != StageSuspended { // 中断 is put off by going there again
				t.Errorf("%s → %s", s, n)
			}
		}
	}
}

func TestPersonsAndMembers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p, err := w.SavePerson(ctx, secretary, w.c.ID, PersonInput{Name: "髙橋 花", Relation: "孫"})
	if err != nil || p.Ord != 3 || p.ID == "" {
		t.Fatalf("%+v %v", p, err)
	}
	in := PersonInput{ID: w.mother, Name: "x", Relation: "母"}
	if _, err := w.SavePerson(ctx, secretary, w.c.ID, in); !fault.Is(err, fault.Invalid) {
		t.Errorf("the last subject: %v", err)
	}
	in.ID = "somebody"
	if _, err := w.SavePerson(ctx, secretary, w.c.ID, in); !fault.Is(err, fault.NotFound) {
		t.Errorf("unknown person: %v", err)
	}
	if err := w.AddMember(ctx, secretary, w.c.ID, "a", ""); !fault.Is(err, fault.Conflict) {
		t.Errorf("a member twice: %v", err)
	}
	for _, err := range []error{w.AddMember(ctx, houkatsu, w.c.ID, "z", ""), w.RemoveMember(ctx, houkatsu, w.c.ID, "b")} {
		if !fault.Is(err, fault.Forbidden) {
			t.Errorf("an agency changes members: %v", err)
		}
	}
	if err := w.RemoveMember(ctx, secretary, w.c.ID, "a"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Get(ctx, houkatsu, "", w.c.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("removed, still reads: %v", err)
	}
}

func TestSections(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	all, err := w.Sections(ctx, secretary, "", w.c.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		if s.Doc == "" || !s.Read || !s.Write || s.Label == "" {
			t.Fatalf("holder: %+v", s)
		}
	}
	if len(w.f.docs) != len(all) || all[0].PersonID != "" {
		t.Errorf("%d documents for %d sections", len(w.f.docs), len(all))
	}
	again, _ := w.Sections(ctx, secretary, "", w.c.ID)
	if !slices.Equal(all, again) || len(w.f.docs) != len(all) {
		t.Error("the second look differs")
	}
	w.consent(w.mother, []consent.Purpose{consent.PurposeConference}, map[string][]consent.Item{"a": {consent.ItemBasic, consent.ItemCare}})
	seen := 0
	lines, err := w.Sections(ctx, houkatsu, "m1", w.c.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range lines {
		if s.Read != (s.Doc != "") || s.Write {
			t.Errorf("agency: %+v", s)
		}
		if s.Read {
			seen++
		} else if s.ReasonLabel == "" {
			t.Errorf("no word for the chip: %+v", s)
		}
	}
	if seen != 3 { // mother's basic and care, and the household's basic: she is its only subject
		t.Errorf("%d sections are open: %+v", seen, lines)
	}
	if _, err := w.Sections(ctx, access.Actor{Tenant: "t", AgencyID: "z", Roles: []access.Role{access.RoleAgency}}, "m1", w.c.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("a stranger: %v", err)
	}
}

func TestSectionFields(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	book, _ := sheets.Builtin()
	holds := SectionFields(book, func() time.Time { return clock })
	if !holds(w.doc(live.KindSection, w.mother, w.mother, consent.ItemCare), "care_level") ||
		holds(w.doc(live.KindSection, w.mother, w.mother, consent.ItemBasic), "care_level") ||
		holds(w.doc(live.KindSection, w.c.ID, "", consent.ItemCare), "care_level") {
		t.Error("the sheet decides which document a field is in")
	}
}

func TestEnsureDocument(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a, err := w.EnsureDocument(ctx, secretary, w.c.ID, live.KindPlan, "plan", w.mother, consent.ItemCare)
	if err != nil {
		t.Fatal(err)
	}
	b, err := w.EnsureDocument(ctx, secretary, w.c.ID, live.KindPlan, "plan", w.mother, consent.ItemCare)
	if err != nil || a != b {
		t.Errorf("%+v, then %+v, %v", a, b, err)
	}
}

func TestItemsAreTheSameEverywhere(t *testing.T) {
	t.Parallel()
	book, err := sheets.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	set := book.At("2026-06-10")
	items, _ := set.List("item")
	for i, want := range consent.Items() {
		if items.Codes[i].Code != string(want) || items.Codes[i].Label != want.Label() {
			t.Errorf("item %d: %v, consent says %s %s", i, items.Codes[i], want, want.Label())
		}
	}
	purposes, _ := set.List("purpose")
	for i, want := range consent.Purposes() {
		if purposes.Codes[i].Code != string(want) || purposes.Codes[i].Label != want.Label() {
			t.Errorf("purpose %d: %v", i, purposes.Codes[i])
		}
	}
	stages, _ := set.List("stage")
	for _, c := range stages.Codes {
		if Stage(c.Code).Label() != c.Label {
			t.Errorf("stage %v", c)
		}
	}
	states, _ := set.List("consent_state")
	for _, c := range states.Codes {
		if consent.State(c.Code).Label() != c.Label {
			t.Errorf("state %v", c)
		}
	}
}
