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

// prepare writes into the own sheet, as the browser does: the document first, then the words.
func (w *world) prepare(a access.Actor, person string, item consent.Item, said string) string {
	w.t.Helper()
	ref, err := w.svc.EnsurePrep(w.ctx, a, w.id, "", person, item)
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.docs.ServerWrite(w.ctx, a, ref.DocID, func(b *live.Builder) error { b.Text("picture", said); return nil }); err != nil {
		w.t.Fatal(err)
	}
	return ref.DocID
}

func sheetOf(t *testing.T, b meeting.PrepBoard, agency string) meeting.PrepSheet {
	t.Helper()
	for _, s := range b.Sheets {
		if s.AgencyID == agency {
			return s
		}
	}
	t.Fatalf("no sheet of %s in %+v", agency, b)
	return meeting.PrepSheet{}
}

// An agency fills its 準備シート before a 支援会議; nobody but who holds the record sees it before it is handed in, and other agencies not before
// the meeting has begun and they have confirmed secrecy.
func TestPrepBeforeASupportMeeting(t *testing.T) {
	w := newWorld(t)
	w.create(consent.ModeSupport, "情報の共有")
	board := func(a access.Actor) meeting.PrepBoard {
		t.Helper()
		b, err := w.svc.Prep(w.ctx, a, w.id)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	printed := func(a access.Actor, blank bool) string {
		t.Helper()
		res, _, err := w.svc.PrepPaper(w.ctx, a, w.id, blank)
		if err != nil {
			t.Fatal(err)
		}
		return string(res.PDF)
	}
	if b := board(w.hk); !b.May || len(b.Sheets) != 3 || !sheetOf(t, b, "a3").Own || sheetOf(t, b, "a2").Own {
		t.Errorf("%+v", b)
	}
	if _, err := w.try(w.hk, meeting.ActPrepared, map[string]any{}); !fault.Is(err, fault.Conflict) {
		t.Errorf("an empty sheet is handed in: %v", err)
	}
	const said = "玄関に督促状がたまっている"
	doc := w.prepare(w.hk, "", consent.ItemBasic, said)
	if again, err := w.svc.EnsurePrep(w.ctx, w.hk, w.id, "", "", consent.ItemBasic); err != nil || again.DocID != doc {
		t.Errorf("a second document for the same place: %+v %v", again, err)
	}
	if len(sheetOf(t, board(w.chair), "a3").Docs) != 1 || !strings.Contains(printed(w.sec, false), said) {
		t.Error("who holds the record does not see it")
	}
	other := actor("u9", "a2", "社協 九子", access.RoleAgency)
	sees := func(a access.Actor) bool {
		t.Helper()
		docs := sheetOf(t, board(a), "a3").Docs
		in := strings.Contains(printed(a, false), said)
		if (len(docs) == 1 && docs[0].Read) != in {
			t.Errorf("screen and paper differ: %+v", docs)
		}
		return in
	}
	if sees(other) {
		t.Error("seen before it was handed in")
	}
	w.act(w.hk, meeting.ActPrepared, nil)
	if s := sheetOf(t, board(other), "a3"); s.State != "done" || s.At == nil || s.By != "" || len(s.Docs) != 0 {
		t.Errorf("%+v", s)
	}
	if s := sheetOf(t, board(w.sec), "a3"); s.By != w.hk.Name {
		t.Errorf("%+v", s)
	}
	w.act(w.sec, meeting.ActReception, nil)
	if sees(other) {
		t.Error("seen before secrecy was confirmed")
	}
	if err := w.svc.Join(w.ctx, other, w.id, "", meeting.FormRoom); err != nil {
		t.Fatal(err)
	}
	w.act(other, meeting.ActSecrecy, nil)
	if !sees(other) {
		t.Error("not seen in the meeting")
	}
	w.act(w.hk, meeting.ActPrepared, map[string]any{"undo": true})
	if sees(other) {
		t.Error("seen after it was taken back")
	}
	w.act(w.hk, meeting.ActPrepared, nil)
	if text := printed(w.hk, true); strings.Contains(text, said) || !strings.Contains(text, "機関a3") {
		t.Errorf("the empty form is not empty: %s", text)
	}
	// Nobody gets at the sheet of another agency, whatever is asked for.
	if _, err := w.svc.EnsurePrep(w.ctx, w.out, w.id, "", "", consent.ItemBasic); !fault.Is(err, fault.NotFound) {
		t.Errorf("an agency without a seat: %v", err)
	}
	if _, err := w.svc.EnsurePrep(w.ctx, w.hk, w.id, "", "nobody", consent.ItemBasic); !fault.Is(err, fault.Invalid) {
		t.Errorf("a person of another case: %v", err)
	}
	if _, err := w.svc.EnsurePrep(w.ctx, w.hk, w.id, "", "", "magic"); !fault.Is(err, fault.Invalid) {
		t.Errorf("an unknown class: %v", err)
	}
	noCopies := other
	noCopies.NoCopies = true
	if _, _, err := w.svc.PrepPaper(w.ctx, noCopies, w.id, false); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a copy for an agency without copies: %v", err)
	}
	var audited bool
	for _, e := range w.store.Audit {
		audited = audited || e.Verb == access.VerbPDFDraft && e.Hash != ""
	}
	if !audited {
		t.Error("a paper was made without an entry in the log")
	}
}

// A sheet that came on paper is noted by those who run the meeting; the log says both, and a seat that is taken away takes its sheet along.
func TestPrepOnPaper(t *testing.T) {
	w := newWorld(t)
	w.create(consent.ModeSupport, "情報の共有")
	w.act(w.sec, meeting.ActPrepPaper, map[string]any{"agencyId": "a3"})
	b, err := w.svc.Prep(w.ctx, w.sec, w.id)
	if err != nil || sheetOf(t, b, "a3").State != "paper" {
		t.Fatalf("%+v %v", b, err)
	}
	if _, err := w.try(w.sec, meeting.ActPrepPaper, map[string]any{"agencyId": "a4"}); !fault.Is(err, fault.Invalid) {
		t.Errorf("of an agency without a seat: %v", err)
	}
	if _, err := w.try(w.hk, meeting.ActPrepPaper, map[string]any{"agencyId": "a3"}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("by an agency: %v", err)
	}
	w.prepare(w.hk, "", consent.ItemBasic, "あとから画面で")
	w.act(w.hk, meeting.ActPrepared, nil)
	if _, err := w.try(w.sec, meeting.ActPrepPaper, map[string]any{"agencyId": "a3", "undo": true}); !fault.Is(err, fault.Conflict) {
		t.Errorf("taken back over the agency's head: %v", err)
	}
	room, err := w.svc.State(w.ctx, w.sec, w.id)
	if err != nil {
		t.Fatal(err)
	}
	log, err := json.Marshal(room.Events)
	if err != nil || !strings.Contains(string(log), "準備シートを紙で受け取った") || !strings.Contains(string(log), "地域包括支援センターが準備シートを提出した") {
		t.Errorf("%s %v", log, err)
	}
	w.act(w.chair, meeting.ActSeatRemove, map[string]any{"id": "a3"})
	w.act(w.chair, meeting.ActSeat, map[string]any{"agencyId": "a3", "member": true})
	if b, err = w.svc.Prep(w.ctx, w.sec, w.id); err != nil || sheetOf(t, b, "a3").State != "" {
		t.Errorf("%+v %v", b, err)
	}
}
