package meeting_test

import (
	"encoding/json"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/meeting"
)

// Words of the 支援会議 that must not be anywhere before they are carried.
const (
	saidBasic  = "玄関まで出てきてくれるようになった"
	saidHealth = "受診を半年していない"
	decided    = "包括が週1回訪ねる"
	task       = "主治医に連絡する"
	unchosen   = "近隣からの苦情が続く"
)

// heard is a 支援会議 in which things were said, and a 重層的支援会議 called after it. w.id is the latter.
func heard(t *testing.T) (w *world, support string) {
	t.Helper()
	w = newWorld(t)
	w.create(consent.ModeSupport, "同意が得られていないため")
	w.seated()
	support = w.id
	ref, err := w.svc.EnsureDoc(w.ctx, w.sec, support, "p1", consent.ItemHealth)
	if err != nil || !ref.Write {
		t.Fatal(ref, err)
	}
	w.write(w.doc(live.KindMinutes, "p1", consent.ItemBasic), func(b *live.Builder) {
		b.Row("speech", "speech0001", "a0", map[string]any{"agency": "a3"}, map[string]string{"text": saidBasic})
		b.Row("speech", "speech0002", "a1", map[string]any{"agency": "a2"}, map[string]string{"text": unchosen})
		b.Row("decision", "decision01", "a0", nil, map[string]string{"text": decided})
		b.Row("speech", "speech0003", "a2", map[string]any{"agency": "a2"}, map[string]string{"text": ""})
	})
	w.write(w.doc(live.KindMinutes, "p1", consent.ItemHealth), func(b *live.Builder) {
		b.Row("point", "point00001", "a0", map[string]any{"agenda": "x"}, map[string]string{"title": "受診", "content": saidHealth, "conclusion": "同行する"})
		b.Row("homework", "homework01", "a0", map[string]any{"agency": "a3", "who": "包括 三郎", "due": "2026-12-01"}, map[string]string{"text": task})
	})
	w.create(consent.ModeLayered, "")
	return w, support
}

// row finds a row of the list by its words.
func (w *world) carryRow(words string) meeting.CarryRow {
	w.t.Helper()
	list, err := w.svc.Carryable(w.ctx, w.sec, w.id)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, m := range list.Meetings {
		for _, r := range m.Rows {
			if strings.Contains(r.Text, words) {
				return r
			}
		}
	}
	w.t.Fatalf("%s is not in the list", words)
	return meeting.CarryRow{}
}

func (w *world) choose(words ...string) []meeting.CarryChoice {
	w.t.Helper()
	var out []meeting.CarryChoice
	for _, s := range words {
		r := w.carryRow(s)
		out = append(out, meeting.CarryChoice{Meeting: r.Meeting, Doc: r.Doc, Row: r.Row})
	}
	return out
}

// reads is all an actor gets of the meeting: the room, the draft and every document the gate lets open.
func (w *world) reads(a access.Actor) string {
	w.t.Helper()
	raw, err := json.Marshal(w.room(a))
	if err != nil {
		w.t.Fatal(err)
	}
	out := string(raw)
	if res, _, err := w.svc.Draft(w.ctx, a, w.id, meeting.PaperMinutes); err == nil {
		out += string(res.PDF)
	}
	return out + w.documents(a)
}

// documents are the words of the minutes that the gate lets an actor open.
func (w *world) documents(a access.Actor) (out string) {
	w.t.Helper()
	metas, err := w.store.OwnedDocs(w.ctx, "t", live.KindMinutes, w.id)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, m := range metas {
		r, err := w.svc.Gate.Rights(w.ctx, a, w.id, m)
		if err != nil {
			w.t.Fatal(err)
		}
		if d, err := w.docs.Load(w.ctx, "t", m.ID); err != nil {
			w.t.Fatal(err)
		} else if r.Read {
			text, _ := d.Canonical()
			out += string(text)
		}
	}
	return out
}

// held is what the store holds of the meeting that carrying may change.
func (w *world) held() string {
	w.t.Helper()
	events, err := w.store.MeetingEvents(w.ctx, "t", w.id, 0)
	if err != nil {
		w.t.Fatal(err)
	}
	raw, err := json.Marshal(events)
	if err != nil {
		w.t.Fatal(err)
	}
	return string(raw) + w.documents(w.sec)
}

func entries(w *world, v access.Verb) (n int) {
	for _, e := range w.store.Audit {
		if e.Verb == v {
			n++
		}
	}
	return n
}

func TestCarryCopiesExactlyWhatIsNamed(t *testing.T) {
	t.Parallel()
	w, support := heard(t)
	w.grant([]consent.Item{consent.ItemBasic}, "a3")
	w.store.Edit(func(f *meeting.Facts) {
		f.Consents[0].Scope["a2"] = []consent.Item{consent.ItemBasic, consent.ItemHealth}
	})
	w.seated()
	own := w.doc(live.KindMinutes, "p1", consent.ItemBasic)
	w.write(own, func(b *live.Builder) {
		b.Row("speech", "speech0009", "zz", nil, map[string]string{"text": "この会議の発言"})
	})
	social := actor("u5", "a2", "社協 五郎", access.RoleAgency)
	for _, a := range []access.Actor{w.hk, social, w.sec} {
		for _, s := range []string{saidBasic, saidHealth, decided, task, unchosen, support, "回支援会議から"} {
			if got := w.reads(a); strings.Contains(got, s) {
				t.Fatalf("%s reads %q before anything was carried", a.UserID, s)
			}
		}
	}
	basic, health := w.carryRow(saidBasic), w.carryRow(saidHealth)
	if basic.Carried || basic.Why != "" || basic.Agency != "地域包括支援センター" || strings.Join(basic.Sees, " ") != "a2 a3" && strings.Join(basic.Sees, " ") != "a3 a2" {
		t.Errorf("%+v", basic)
	}
	if health.Agency != "機関a2" || strings.Join(health.Sees, " ") != "a2" || health.Kind != "point" || health.ItemLabel != "健康・医療" || health.Person == "" {
		t.Errorf("%+v", health)
	}
	before := entries(w, access.VerbMeetingCarry)
	if _, err := w.svc.Carry(w.ctx, w.sec, w.id, w.choose(saidHealth, saidBasic, task)); err != nil {
		t.Fatal(err)
	}
	if n := entries(w, access.VerbMeetingCarry) - before; n != 1 {
		t.Errorf("%d entries for one set of rows", n)
	}
	d, err := w.docs.Load(w.ctx, "t", own)
	if err != nil {
		t.Fatal(err)
	}
	rows := d.Rows("speech")
	if len(rows) != 2 || len(d.Rows("decision")) != 0 {
		t.Fatalf("%+v", rows)
	}
	at := "speech/" + rows[1].ID + "/"
	if got := d.Text(at + "text"); got != "【第1回支援会議から】"+saidBasic || d.String(at+"agency") != "a3" {
		t.Errorf("the copy, behind what stood there: %q of %q", got, d.String(at+"agency"))
	}
	if log := w.store.Live.Rows("t", own); log[len(log)-1].ActorID != w.sec.UserID || log[len(log)-1].AgencyID != w.sec.AgencyID {
		t.Errorf("the log names %+v", log[len(log)-1])
	}
	h, err := w.docs.Load(w.ctx, "t", w.doc(live.KindMinutes, "p1", consent.ItemHealth))
	if err != nil {
		t.Fatal(err)
	}
	p, k := h.Rows("point"), h.Rows("homework")
	if len(p) != 1 || len(k) != 1 || h.Text("point/"+p[0].ID+"/title") != "【第1回支援会議から】受診" || h.Text("point/"+p[0].ID+"/content") != saidHealth ||
		h.Text("point/"+p[0].ID+"/conclusion") != "同行する" || h.String("point/"+p[0].ID+"/agenda") != "" ||
		h.String("homework/"+k[0].ID+"/who") != "包括 三郎" || h.String("homework/"+k[0].ID+"/due") != "2026-12-01" {
		t.Errorf("%v %v", p, k)
	}
	for _, c := range []struct {
		who     access.Actor
		see, no []string
	}{
		{w.hk, []string{saidBasic, "発言要旨1件を引き継いだ"}, []string{saidHealth, task, decided, unchosen, "検討した項目1件", "宿題1件"}},
		{social, []string{saidBasic, saidHealth, task, "検討した項目1件・発言要旨1件・宿題1件を引き継いだ"}, []string{decided, unchosen}},
		{w.sec, []string{saidBasic, saidHealth, task}, []string{decided, unchosen}},
	} {
		got := w.reads(c.who)
		for _, s := range c.see {
			if !strings.Contains(got, s) {
				t.Errorf("%s does not read %q", c.who.UserID, s)
			}
		}
		for _, s := range c.no {
			if strings.Contains(got, s) {
				t.Errorf("%s reads %q", c.who.UserID, s)
			}
		}
	}
	// The minutes of the 支援会議 themselves stay where they are.
	if r, err := w.svc.Gate.Rights(w.ctx, social, w.id, live.Meta{Tenant: "t", ID: basic.Doc, Kind: live.KindMinutes, CaseID: "c", OwnerID: support, PersonID: "p1", Item: consent.ItemBasic}); err != nil || r.Read {
		t.Errorf("%+v %v", r, err)
	}
}

func TestCarryOnlyOnce(t *testing.T) {
	t.Parallel()
	w, _ := heard(t)
	w.grant(allItems, "a2", "a3")
	rows := w.choose(saidBasic, decided)
	if _, err := w.svc.Carry(w.ctx, w.sec, w.id, append(rows[:1:1], rows[0])); err != nil { // named twice in one request: one copy
		t.Fatal(err)
	}
	if !w.carryRow(saidBasic).Carried || w.carryRow(decided).Carried {
		t.Error("the list does not know what was carried")
	}
	before := w.held()
	if strings.Count(before, saidBasic) == 0 {
		t.Fatal("not carried")
	}
	for _, again := range [][]meeting.CarryChoice{rows[:1], rows} {
		if _, err := w.svc.Carry(w.ctx, w.sec, w.id, again); !fault.Is(err, fault.Conflict) || !strings.Contains(fault.Message(err), "すでに引き継いでいます") {
			t.Fatalf("%v", err)
		}
	}
	if w.held() != before {
		t.Error("a refusal changed something")
	}
	if _, err := w.svc.Carry(w.ctx, w.sec, w.id, rows[1:]); err != nil {
		t.Errorf("what was not carried yet: %v", err)
	}
}

func TestCarryNeedsConsentOfThePersonForTheItem(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		edit func(*meeting.Facts)
		row  string
		says string
	}{
		"no record":        {func(f *meeting.Facts) { f.Consents = nil }, saidBasic, "有効な同意がない"},
		"refused":          {func(f *meeting.Facts) { f.Consents[0].State = consent.StateRefused }, saidBasic, "有効な同意がない"},
		"expired":          {func(f *meeting.Facts) { f.Consents[0].Until = start }, saidBasic, "有効な同意がない"},
		"another purpose":  {func(f *meeting.Facts) { f.Consents[0].Purposes = []consent.Purpose{consent.PurposePlan} }, saidBasic, "有効な同意がない"},
		"of another":       {func(f *meeting.Facts) { f.Consents[0].PersonID = "p2" }, saidBasic, "有効な同意がない"},
		"item not covered": {func(f *meeting.Facts) { f.Consents[0].Scope["a3"] = []consent.Item{consent.ItemBasic} }, saidHealth, "「健康・医療」がない"},
		"withdrawn": {func(f *meeting.Facts) {
			f.Consents[0].Withdrawals = []consent.Withdrawal{{ID: "w1", RecordID: "r1", At: start}}
		}, saidBasic, "有効な同意がない"},
		"address kept secret": {func(f *meeting.Facts) { f.Persons[0].AddressSecret = true }, "新しい住まい", "住所秘匿"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, support := heard(t)
			w.id, support = support, w.id
			if _, err := w.svc.EnsureDoc(w.ctx, w.sec, w.id, "p1", consent.ItemAddress); err != nil {
				t.Fatal(err)
			}
			w.write(w.doc(live.KindMinutes, "p1", consent.ItemAddress), func(b *live.Builder) {
				b.Row("decision", "decision07", "a0", nil, map[string]string{"text": "新しい住まい"})
			})
			w.id = support
			w.grant(allItems, "a3")
			covered := w.choose(c.row)
			w.store.Edit(func(f *meeting.Facts) { // deep enough that no other test shares it
				f.Consents[0].Scope = map[string][]consent.Item{"a3": allItems}
				c.edit(f)
			})
			if r := w.carryRow(c.row); !strings.Contains(r.Why, c.says) || !strings.HasSuffix(r.Why, "。") {
				t.Errorf("the list says %q", r.Why)
			}
			before := w.held()
			if _, err := w.svc.Carry(w.ctx, w.sec, w.id, covered); !fault.Is(err, fault.Conflict) || !strings.Contains(fault.Message(err), c.says) || strings.Contains(fault.Message(err), "髙橋") {
				t.Errorf("%v", err)
			}
			if w.held() != before || entries(w, access.VerbMeetingCarry) != 0 {
				t.Error("a refusal changed something")
			}
		})
	}
}

func TestCarryRefusesAllOrNothing(t *testing.T) {
	t.Parallel()
	w, support := heard(t)
	w.grant([]consent.Item{consent.ItemBasic}, "a3")
	before := w.held()
	good := w.choose(saidBasic)
	for name, c := range map[string]struct {
		rows []meeting.CarryChoice
		want fault.Kind
	}{
		"nothing named":       {nil, fault.Invalid},
		"one without cover":   {w.choose(saidBasic, saidHealth), fault.Conflict},
		"one that is not":     {append(good[:1:1], meeting.CarryChoice{Meeting: support, Doc: good[0].Doc, Row: "nothere0001"}), fault.NotFound},
		"wrong meeting named": {[]meeting.CarryChoice{{Meeting: w.id, Doc: good[0].Doc, Row: good[0].Row}}, fault.NotFound},
		"an empty row":        {[]meeting.CarryChoice{{Meeting: support, Doc: good[0].Doc, Row: "speech0003"}}, fault.NotFound},
		"too many":            {make([]meeting.CarryChoice, 201), fault.Invalid},
	} {
		if _, err := w.svc.Carry(w.ctx, w.sec, w.id, c.rows); !fault.Is(err, c.want) || fault.Message(err) == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, a := range []access.Actor{w.hk, actor("u1", "a1", "議長 一郎", access.RoleChair)} {
		if _, err := w.svc.Carry(w.ctx, a, w.id, good); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s carries: %v", a.UserID, err)
		}
		if _, err := w.svc.Carryable(w.ctx, a, w.id); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s reads the list: %v", a.UserID, err)
		}
	}
	if _, err := w.svc.Carryable(w.ctx, w.out, w.id); !fault.Is(err, fault.NotFound) {
		t.Errorf("a stranger: %v", err)
	}
	if _, err := w.svc.Carry(w.ctx, w.sec, support, good); !fault.Is(err, fault.Conflict) {
		t.Errorf("into a 支援会議: %v", err)
	}
	if w.held() != before {
		t.Error("a refusal changed something")
	}
}

// TestCarryLosesToAWithdrawal: a consent withdrawn between the look at it and the commit is not outrun.
func TestCarryLosesToAWithdrawal(t *testing.T) {
	t.Parallel()
	w, _ := heard(t)
	w.grant(allItems, "a3")
	rows := w.choose(saidBasic)
	before, tries := w.held(), 0
	w.store.BeforeRecord = func(c meeting.Change) error {
		if tries++; tries == 1 {
			w.store.Edit(func(f *meeting.Facts) {
				f.Consents[0].Withdrawals = []consent.Withdrawal{{ID: "w1", RecordID: "r1", At: start}}
			})
			for _, b := range c.Append {
				w.store.Live.Change("t", b.DocID, func(m *live.Meta) { m.AccessVersion++ })
			}
		}
		return nil
	}
	if _, err := w.svc.Carry(w.ctx, w.sec, w.id, rows); !fault.Is(err, fault.Conflict) || !strings.Contains(fault.Message(err), "有効な同意がない") {
		t.Errorf("%v", err)
	}
	if w.held() != before || tries != 1 {
		t.Errorf("written in spite of it (%d tries)", tries)
	}
}

// TestCarriedWordsArePutInNobodysMouth: the record does not say that who is here said or decided it here.
func TestCarriedWordsArePutInNobodysMouth(t *testing.T) {
	t.Parallel()
	w, _ := heard(t)
	w.grant(allItems, "a1", "a2", "a3")
	w.fill()
	w.seated()
	w.write(w.doc(live.KindMinutes, "p1", consent.ItemBasic), func(b *live.Builder) {
		b.Row("speech", "speech0009", "a0", map[string]any{"agency": "a3"}, map[string]string{"text": "ここでの発言"})
		b.Row("decision", "decision09", "a0", nil, map[string]string{"text": "ここでの決定"})
	})
	if _, err := w.svc.Carry(w.ctx, w.sec, w.id, w.choose(saidBasic, decided)); err != nil {
		t.Fatal(err)
	}
	w.accept(w.hk)
	w.accept(w.sec)
	w.act(w.chair, meeting.ActFreeze, nil)
	for _, a := range []access.Actor{w.chair, w.sec, w.hk} {
		w.answer(a, meeting.AnswerAgree, "")
	}
	w.act(w.chair, meeting.ActDecide, map[string]string{"outcome": "agreed"})
	w.resolveAgenda()
	w.act(w.chair, meeting.ActClose, nil)
	doc := w.print.minutes[len(w.print.minutes)-1]
	if len(doc.Statements) != 2 || doc.Statements[0].Speaker != "包括 三郎" || doc.Statements[1].Speaker != "" || doc.Statements[1].Agency != "地域包括支援センター" {
		t.Errorf("%+v", doc.Statements)
	}
	if len(doc.Decisions) != 2 || doc.Decisions[0].Method != "全員了承" || doc.Decisions[1].Method != "" || !strings.Contains(doc.Decisions[1].Text, "第1回支援会議から") {
		t.Errorf("%+v", doc.Decisions)
	}
	found := false
	for _, e := range doc.Events {
		found = found || strings.Contains(e.Text, "第1回支援会議（") && strings.Contains(e.Text, "から、発言要旨1件・決定事項1件を引き継いだ")
	}
	if !found {
		t.Errorf("%+v", doc.Events)
	}
	if _, err := w.svc.Carry(w.ctx, w.sec, w.id, []meeting.CarryChoice{{Meeting: "x", Doc: "y", Row: "z"}}); !fault.Is(err, fault.Conflict) {
		t.Errorf("after 閉会: %v", err)
	}
}

// TestCarryNamesAnAgencyWithoutSeat: what it said cannot be put under its seat, so its name stands in the words.
func TestCarryNamesAnAgencyWithoutSeat(t *testing.T) {
	t.Parallel()
	w, _ := heard(t)
	w.grant(allItems, "a2")
	w.act(w.sec, meeting.ActSeatRemove, map[string]string{"id": "a3"})
	if _, err := w.svc.Carry(w.ctx, w.sec, w.id, w.choose(saidBasic)); err != nil {
		t.Fatal(err)
	}
	d, err := w.docs.Load(w.ctx, "t", w.doc(live.KindMinutes, "p1", consent.ItemBasic))
	if err != nil {
		t.Fatal(err)
	}
	at := "speech/" + d.Rows("speech")[0].ID + "/"
	if got := d.Text(at + "text"); got != "【第1回支援会議から・地域包括支援センター】"+saidBasic || d.String(at+"agency") != "" {
		t.Errorf("%q %q", got, d.String(at+"agency"))
	}
}

// TestCarryFromBegunMeetings: the minutes of a 支援会議 that has closed are listed as those of one that runs; one that is only planned has none.
func TestCarryFromBegunMeetings(t *testing.T) {
	t.Parallel()
	w, support := heard(t)
	layered := w.id
	w.grant(allItems, "a3")
	w.create(consent.ModeSupport, "続けて見守るため")
	w.write(w.doc(live.KindMinutes, "p1", consent.ItemBasic), func(b *live.Builder) {
		b.Row("decision", "decision05", "a0", nil, map[string]string{"text": "まだ始まっていない会議の下書き"})
	})
	planned := w.id
	w.id = support
	w.resolveAgenda()
	w.act(w.chair, meeting.ActClose, nil)
	w.id = layered
	list, err := w.svc.Carryable(w.ctx, w.sec, layered)
	if err != nil || len(list.Meetings) != 1 || list.Meetings[0].ID != support || len(list.Meetings[0].Rows) != 5 || list.Meetings[0].StatusLabel != meeting.StatusClosed.Label() {
		t.Fatalf("%+v %v", list, err)
	}
	kinds := ""
	for _, r := range list.Meetings[0].Rows {
		kinds += r.Kind + " "
	}
	if kinds != "point speech speech decision homework " {
		t.Errorf("order of the list: %s", kinds)
	}
	if _, err := w.svc.Carry(w.ctx, w.sec, layered, w.choose(decided)); err != nil {
		t.Error(err)
	}
	w.id = planned
	w.act(w.sec, meeting.ActReception, nil)
	if list, err = w.svc.Carryable(w.ctx, w.sec, layered); err != nil || len(list.Meetings) != 2 || list.Meetings[1].Label != "第2回支援会議" {
		t.Errorf("%+v %v", list, err)
	}
}
