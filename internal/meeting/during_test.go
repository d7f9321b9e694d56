package meeting_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/meeting"
)

// inSession is a meeting that has been opened with three agencies in the room.
func inSession(t *testing.T, items []consent.Item, agencies ...string) *world {
	w := newWorld(t)
	w.grant(items, agencies...)
	w.create(consent.ModeLayered, "")
	w.fill()
	w.seated()
	return w
}

// turnsOf says the round in short: agency:state.
func turnsOf(r meeting.Room) string {
	var out []string
	for _, x := range r.During.Turns.Order {
		out = append(out, x.AgencyID+":"+x.State)
	}
	return strings.Join(out, " ")
}

func TestTheRoundOfAllAgencies(t *testing.T) {
	t.Parallel()
	w := inSession(t, allItems, "a1", "a2", "a3")
	w.refused(fault.Conflict, w.chair, meeting.ActTurn, nil)
	w.refused(fault.Invalid, w.chair, meeting.ActTurns, map[string]any{"minutes": 31})
	w.refused(fault.Invalid, w.chair, meeting.ActTurns, map[string]any{"minutes": 5, "agencies": []string{"a1", "a1"}})
	w.refused(fault.Invalid, w.chair, meeting.ActTurns, map[string]any{"minutes": 5, "agencies": []string{"a9"}})
	w.refused(fault.Forbidden, w.hk, meeting.ActTurns, nil)
	r := w.act(w.chair, meeting.ActTurns, nil)
	if got := turnsOf(r); got != "a1:speaking a2:waiting a3:waiting" || r.Floor != "a1" || r.During.Turns.Minutes != 5 || r.During.Turns.Signal != 240 {
		t.Fatalf("%s, floor %s, %+v", got, r.Floor, r.During.Turns)
	}
	w.refused(fault.Conflict, w.chair, meeting.ActTurns, nil)
	w.act(w.hk, meeting.ActHand, map[string]any{"up": true, "kind": "ask"})
	w.act(w.chair, meeting.ActTurn, map[string]any{"from": "a1", "skip": true}) // 後回し
	w.refused(fault.Conflict, w.sec, meeting.ActTurn, map[string]any{"from": "a1"})
	r = w.act(w.sec, meeting.ActTurn, map[string]any{"from": "a2"})
	if got := turnsOf(r); got != "a1:skipped a2:done a3:speaking" || r.Floor != "a3" || len(r.Hands) != 0 {
		t.Fatalf("%s, floor %s, hands %v", got, r.Floor, r.Hands)
	}
	if s := r.Seats[slices.IndexFunc(r.Seats, func(s meeting.SeatLine) bool { return s.AgencyID == "a2" })]; s.Spoken == 0 {
		t.Error("the time of the turn is not counted as spoken")
	}
	r = w.act(w.chair, meeting.ActTurn, map[string]any{"from": "a3"}) // who was put off comes again
	if got := turnsOf(r); got != "a1:speaking a2:done a3:done" {
		t.Fatal(got)
	}
	r = w.act(w.chair, meeting.ActTurn, map[string]any{"from": "a1", "skip": true}) // and does not speak: the round is over
	if got := turnsOf(r); got != "a1:skipped a2:done a3:done" || r.During.Turns.EndedAt == nil || r.Floor != "" {
		t.Fatalf("%s %+v", got, r.During.Turns)
	}
	last := r.Events[len(r.Events)-1].Text
	if last != "一巡を終えた。発言: 社会福祉協議会、地域包括支援センター。発言なし: 福祉総務課" {
		t.Errorf("log: %s", last)
	}
	w.refused(fault.Conflict, w.chair, meeting.ActTurnsEnd, nil)

	r = w.act(w.chair, meeting.ActTurns, map[string]any{"minutes": 1, "agencies": []string{"a3"}})
	if r.During.Turns.Signal != 30 || turnsOf(r) != "a3:speaking" {
		t.Errorf("second round: %+v", r.During.Turns)
	}
	r = w.act(w.chair, meeting.ActTurn, map[string]any{"from": "a3", "to": "a2"}) // came late
	if got := turnsOf(r); got != "a3:done a2:speaking" {
		t.Error(got)
	}
	r = w.act(w.chair, meeting.ActTurnsEnd, nil)
	if got := turnsOf(r); got != "a3:done a2:done" || r.Floor != "" {
		t.Errorf("ended: %s floor %q", got, r.Floor)
	}
}

func TestHandsStandByWeightThenByTime(t *testing.T) {
	t.Parallel()
	w := inSession(t, allItems, "a1", "a2", "a3")
	hand := func(a access.Actor, kind string) meeting.Room {
		return w.act(a, meeting.ActHand, map[string]any{"up": true, "kind": kind})
	}
	hand(w.chair, "speak")
	hand(w.sec, "speak")
	r := hand(w.hk, "safety")
	order := func(r meeting.Room) string {
		var out []string
		for _, h := range r.Hands {
			out = append(out, h.Key+":"+h.Kind)
		}
		return strings.Join(out, " ")
	}
	if got := order(r); got != "u3:safety u1:speak u2:speak" {
		t.Error(got)
	}
	hand(w.hk, "ask")
	r = hand(w.sec, "object")
	if got := order(r); got != "u2:object u3:ask u1:speak" {
		t.Error(got)
	}
	w.refused(fault.Invalid, w.hk, meeting.ActHand, map[string]any{"up": true, "kind": "shout"})
}

func note(r meeting.Room, id string) meeting.Note {
	i := slices.IndexFunc(r.During.Notes, func(n meeting.Note) bool { return n.ID == id })
	if i < 0 {
		return meeting.Note{}
	}
	return r.During.Notes[i]
}

func TestParkedPointsAreSettledOrCarriedBeforeTheEnd(t *testing.T) {
	t.Parallel()
	w := inSession(t, allItems, "a1", "a2", "a3")
	w.refused(fault.Invalid, w.hk, meeting.ActNote, map[string]any{"kind": "park", "text": " "})
	w.refused(fault.Invalid, w.hk, meeting.ActNote, map[string]any{"kind": "other", "text": "x"})
	w.refused(fault.Invalid, w.hk, meeting.ActNote, map[string]any{"kind": "park", "text": "x", "item": "secret"})
	w.refused(fault.Invalid, w.hk, meeting.ActNote, map[string]any{"kind": "park", "text": "x", "person": "p9"})
	r := w.act(w.hk, meeting.ActNote, map[string]any{"kind": "park", "text": "鍵の預け先"})
	a := r.During.Notes[0]
	if a.Item != consent.ItemBasic || a.AgencyID != "a3" || a.By != "包括 三郎" {
		t.Fatalf("%+v", a)
	}
	r = w.act(w.hk, meeting.ActNote, map[string]any{"kind": "park", "text": "通院の付き添い"})
	b := r.During.Notes[1]
	r = w.room(w.chair)
	if i := slices.IndexFunc(r.Blockers, func(b meeting.Blocker) bool { return b.Code == "parked" }); i < 0 || !strings.Contains(r.Blockers[i].Message, "2件") {
		t.Fatalf("blockers: %+v", r.Blockers)
	}
	w.refused(fault.Forbidden, w.hk, meeting.ActNoteState, map[string]any{"id": a.ID, "state": "settled"})
	w.refused(fault.Invalid, w.chair, meeting.ActNoteState, map[string]any{"id": a.ID, "state": "carried"})
	w.refused(fault.Invalid, w.chair, meeting.ActNoteState, map[string]any{"id": a.ID, "state": "dropped"})
	w.refused(fault.NotFound, w.chair, meeting.ActNoteState, map[string]any{"id": "none", "state": "settled"})
	w.act(w.chair, meeting.ActNoteState, map[string]any{"id": a.ID, "state": "settled"})
	r = w.act(w.sec, meeting.ActNoteState, map[string]any{"state": "carried", "reason": "時間切れ"}) // all that is left
	if note(r, a.ID).State != "settled" || note(r, b.ID).State != "carried" || note(r, b.ID).Reason != "時間切れ" {
		t.Errorf("%+v", r.During.Notes)
	}
	if slices.ContainsFunc(r.Blockers, func(b meeting.Blocker) bool { return b.Code == "parked" }) {
		t.Errorf("still blocks: %+v", r.Blockers)
	}
	if got := r.Events[len(r.Events)-1].Text; got != "保留「通院の付き添い」を次回へ持ち越した。理由: 時間切れ" {
		t.Error(got)
	}
	w.refused(fault.Conflict, w.sec, meeting.ActNoteState, map[string]any{"state": "carried", "reason": "x"})
}

// TestNotesGoByTheGate: a note is shown, logged and printed to whom the gate shows its class, and nobody writes into a class it may not read.
func TestNotesGoByTheGate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2")
	w.store.Edit(func(f *meeting.Facts) { f.Consents[0].Scope["a3"] = []consent.Item{consent.ItemBasic} })
	w.create(consent.ModeLayered, "")
	w.fill()
	w.seated()
	const secret = "服薬を止めている"
	w.refused(fault.Forbidden, w.hk, meeting.ActNote, map[string]any{"kind": "park", "text": "x", "item": consent.ItemHealth})
	w.act(w.sec, meeting.ActNote, map[string]any{"kind": "park", "text": secret, "item": consent.ItemHealth})
	w.act(w.sec, meeting.ActNote, map[string]any{"kind": "local", "text": secret + "人の受診先", "item": consent.ItemHealth})
	r := w.act(w.chair, meeting.ActNoteState, map[string]any{"state": "carried", "reason": secret})
	if raw, _ := json.Marshal(r); strings.Count(string(raw), secret) < 4 {
		t.Errorf("who may read does not: %s", raw)
	}
	for _, who := range []access.Actor{w.hk} {
		raw, err := json.Marshal(w.room(who))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(raw), "服薬") {
			t.Errorf("%s reads what it may not: %s", who.UserID, raw)
		}
		if n := w.room(who).During.Notes; len(n) != 2 || !n[0].Withheld || !n[1].Withheld {
			t.Errorf("notes: %+v", n)
		}
	}
}

func TestMemosOfTheRegionStandInTheMinutes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2", "a3")
	w.create(consent.ModeSupport, "緊急に支援を協議するため")
	w.act(w.sec, meeting.ActConvene, map[string]string{"convener": "市長", "basis": "社会福祉法第106条の6", "reason": "協議"})
	w.seated()
	for text, word := range map[string]string{"髙橋 太郎さんのような若者の居場所": "氏名", "髙橋家の近くの坂": "氏名", "連絡先は090-1234-5678": "番号"} {
		err := w.refused(fault.Invalid, w.hk, meeting.ActNote, map[string]any{"kind": "local", "text": text, "shared": true})
		if !strings.Contains(fault.Message(err), word) {
			t.Errorf("%s: %s", text, fault.Message(err))
		}
	}
	w.act(w.hk, meeting.ActNote, map[string]any{"kind": "local", "text": "夜間に動ける見守りがない", "shared": true})
	r := w.act(w.hk, meeting.ActNote, map[string]any{"kind": "local", "text": "取り消す文"})
	w.act(w.sec, meeting.ActNoteState, map[string]any{"id": r.During.Notes[1].ID, "state": "dropped"})
	if !r.During.Notes[0].Shared || r.During.Notes[1].Shared {
		t.Errorf("%+v", r.During.Notes)
	}
	w.resolveAgenda()
	w.write(w.doc(live.KindMinutes, "", consent.ItemBasic), func(b *live.Builder) {
		b.Row("decision", "d000000001", "a0", nil, map[string]string{"text": "見守りを続ける"})
		b.Row("local", "l000000001", "a0", nil, map[string]string{"text": "坂の多い地区の移動"})
	})
	w.act(w.chair, meeting.ActClose, nil)
	if got := w.print.minutes[0].Community.Text; got != "坂の多い地区の移動\n夜間に動ける見守りがない" {
		t.Errorf("地域課題・社会資源: %q", got)
	}
}

func TestTheChairShowsAndTheLinkIsChecked(t *testing.T) {
	t.Parallel()
	w := inSession(t, allItems, "a1", "a2", "a3")
	w.refused(fault.Invalid, w.chair, meeting.ActShow, map[string]string{"tab": "secret"})
	w.refused(fault.Forbidden, w.sec, meeting.ActShow, map[string]string{"tab": "plan"})
	w.act(w.chair, meeting.ActShow, map[string]string{"tab": "matrix"})
	if got := w.room(w.hk).During.Shown; got != "matrix" {
		t.Errorf("shown: %q", got)
	}
	for _, bad := range []string{"http://meet.example.lg.jp/1", "https://", "javascript:alert(1)", "https://user:pass@meet.example.lg.jp/", "meet.example.lg.jp", "https://a b/"} {
		w.refused(fault.Invalid, w.sec, meeting.ActConference, map[string]string{"url": bad})
	}
	w.act(w.sec, meeting.ActConference, map[string]string{"url": " https://meet.example.lg.jp/room?id=1 "})
	if got := w.room(w.hk).During.Conference; got != "https://meet.example.lg.jp/room?id=1" {
		t.Errorf("conference: %q", got)
	}
}

func TestAnOpinionOnPaperIsNoPresence(t *testing.T) {
	t.Parallel()
	w := inSession(t, allItems, "a1", "a2", "a3")
	w.act(w.sec, meeting.ActSeat, map[string]string{"agencyId": "a4"})
	w.refused(fault.Invalid, w.sec, meeting.ActAttendance, map[string]any{"name": "消防 次郎", "agencyId": "a4", "form": "post", "reason": "x"})
	r := w.act(w.sec, meeting.ActAttendance, map[string]any{"name": "消防 次郎", "agencyId": "a4", "form": "written", "from": start, "reason": "意見書を受領"})
	i := slices.IndexFunc(r.Attendance, func(a meeting.Attendee) bool { return a.Name == "消防 次郎" })
	if i < 0 || r.Attendance[i].Form != meeting.FormWritten || len(r.Attendance[i].Spans) != 0 {
		t.Fatalf("%+v", r.Attendance)
	}
	if s := r.Seats[slices.IndexFunc(r.Seats, func(s meeting.SeatLine) bool { return s.AgencyID == "a4" })]; s.Attended || s.Asked {
		t.Errorf("an answer is waited for: %+v", s)
	}
}
