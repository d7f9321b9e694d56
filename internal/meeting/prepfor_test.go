package meeting_test

import (
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/meeting"
)

// TestPrepEnteredForAnAgency: who holds the record enters the sheet of an agency that cannot; it says so wherever it is shown, until the agency has
// looked at it, and from then on only the agency writes there.
func TestPrepEnteredForAnAgency(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant([]consent.Item{consent.ItemBasic}, "a1", "a2", "a3")
	w.create(consent.ModeLayered, "")
	begin := map[string]any{"agencyId": "a3", "step": "begin", "way": "phone", "teller": "包括 三郎"}
	with := func(key string, v any) map[string]any {
		out := map[string]any{}
		for k, x := range begin {
			out[k] = x
		}
		out[key] = v
		return out
	}
	enter := func(by access.Actor, person string, item consent.Item) (string, error) {
		ref, err := w.svc.EnsurePrep(w.ctx, by, w.id, "a3", person, item)
		return ref.DocID, err
	}
	write := func(by access.Actor, doc, said string) error {
		_, err := w.docs.ServerWrite(w.ctx, by, doc, func(b *live.Builder) error { b.Text("work", said); return nil })
		return err
	}
	board := func(a access.Actor) meeting.PrepSheet {
		t.Helper()
		b, err := w.svc.Prep(w.ctx, a, w.id)
		if err != nil {
			t.Fatal(err)
		}
		return sheetOf(t, b, "a3")
	}
	if _, err := enter(w.sec, "", consent.ItemBasic); !fault.Is(err, fault.Forbidden) {
		t.Errorf("before it was begun: %v", err)
	}
	w.refused(fault.Forbidden, w.hk, meeting.ActPrepFor, begin)
	for _, bad := range []map[string]any{with("agencyId", "a2"), with("agencyId", "a4"), with("way", "mail"), with("teller", " "), with("teller", strings.Repeat("長", 101)), with("step", "x")} {
		w.refused(fault.Invalid, w.sec, meeting.ActPrepFor, bad)
	}
	w.act(w.sec, meeting.ActPrepFor, begin)
	w.refused(fault.Conflict, w.sec, meeting.ActPrepFor, with("step", "submit")) // nothing is written
	other := actor("u9", "a1", "福祉 九子", access.RoleAgency)
	for _, a := range []access.Actor{other, w.hk} {
		if _, err := w.svc.EnsurePrep(w.ctx, a, w.id, "a2", "", consent.ItemBasic); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s enters for another agency: %v", a.Name, err)
		}
	}
	doc, err := enter(w.sec, "", consent.ItemBasic)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := enter(w.sec, "p2", consent.ItemBasic); !fault.Is(err, fault.Forbidden) { // nobody told a3 of the son
		t.Errorf("about somebody the agency does not know: %v", err)
	}
	if err := write(w.sec, doc, "週1回訪問している"); err != nil {
		t.Fatal(err)
	}
	s := board(w.sec)
	if len(s.Docs) != 1 || !s.Docs[0].Write || board(w.chair).Docs[0].Write != w.chair.Holder() {
		t.Errorf("who enters it writes there: %+v", s.Docs)
	}
	if !s.MayEnter || s.For == nil || s.For.By != w.sec.Name || s.For.Teller != "包括 三郎" || s.For.WayLabel != "電話" || s.State != "" {
		t.Fatalf("%+v", s)
	}
	if s := board(w.hk); s.MayEnter || s.For == nil || len(s.Docs) != 1 || !s.Docs[0].Write {
		t.Errorf("the agency mends it: %+v", s)
	}
	w.act(w.sec, meeting.ActPrepFor, with("step", "submit"))
	if s := board(other); s.State != "done" || s.For == nil || s.For.WayLabel != "電話" || s.For.By != "" || s.For.Teller != "" {
		t.Errorf("for another agency: %+v %+v", s, s.For)
	}
	paper := func() string {
		t.Helper()
		res, _, err := w.svc.PrepPaper(w.ctx, w.sec, w.id, false)
		if err != nil {
			t.Fatal(err)
		}
		return string(res.PDF)
	}
	if p := paper(); !strings.Contains(p, "代行入力（電話　話した人 包括 三郎　入力 事務 花子") || !strings.Contains(p, "その機関の確認はまだです") {
		t.Errorf("the print does not say who entered it: %s", p)
	}
	w.refused(fault.Conflict, w.chair, meeting.ActPrepCheck, nil) // nobody entered that of a1
	w.act(w.hk, meeting.ActPrepCheck, nil)
	if s := board(w.sec); s.MayEnter || s.For.CheckedAt == nil || s.For.CheckedBy != w.hk.Name {
		t.Errorf("looked at: %+v", s.For)
	}
	if s := board(w.sec); s.Docs[0].Write || !board(w.hk).Docs[0].Write {
		t.Error("who holds the record goes on writing after the agency looked at it")
	}
	if _, err := enter(w.sec, "", consent.ItemHealth); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a further document after the agency looked at it: %v", err)
	}
	if err := write(w.hk, doc, "週2回訪問している"); err != nil {
		t.Errorf("the agency mends its own sheet: %v", err)
	}
	w.refused(fault.Conflict, w.sec, meeting.ActPrepFor, begin)
	if p := paper(); !strings.Contains(p, "その機関が確認（") {
		t.Errorf("the print does not say that the agency has looked: %s", p)
	}
}

// TestWhoWritesItselfIsNotEnteredFor: 代行入力 is for who cannot write; and handing in what was entered says that it is right.
func TestWhoWritesItselfIsNotEnteredFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.create(consent.ModeSupport, "情報の共有")
	begin := map[string]any{"agencyId": "a3", "step": "begin", "way": "fax", "teller": "包括 三郎"}
	w.prepare(w.hk, "", consent.ItemBasic, "自分で書いた")
	w.refused(fault.Conflict, w.chair, meeting.ActPrepFor, begin)

	w.create(consent.ModeSupport, "情報の共有")
	w.act(w.chair, meeting.ActPrepFor, begin)
	ref, err := w.svc.EnsurePrep(w.ctx, w.chair, w.id, "a3", "", consent.ItemBasic)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.docs.ServerWrite(w.ctx, w.chair, ref.DocID, func(b *live.Builder) error { b.Text("ask", "同行"); return nil }); err != nil {
		t.Fatal(err)
	}
	w.refused(fault.Conflict, w.chair, meeting.ActPrepFor, map[string]any{"agencyId": "a3", "step": "undo"}) // its words are there
	w.act(w.hk, meeting.ActPrepared, map[string]any{})
	b, err := w.svc.Prep(w.ctx, w.chair, w.id)
	if s := sheetOf(t, b, "a3"); err != nil || s.State != "done" || s.For == nil || s.For.CheckedBy != w.hk.Name || s.MayEnter {
		t.Errorf("%+v %v", s, err)
	}

	w.create(consent.ModeSupport, "情報の共有")
	w.act(w.chair, meeting.ActPrepFor, begin)
	w.act(w.chair, meeting.ActPrepFor, map[string]any{"agencyId": "a3", "step": "undo"})
	if b, err = w.svc.Prep(w.ctx, w.chair, w.id); err != nil || sheetOf(t, b, "a3").For != nil {
		t.Errorf("left again: %+v %v", b, err)
	}
}
