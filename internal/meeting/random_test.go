package meeting_test

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/plans"
	"kasane/internal/seedtest"
)

const hidden = "まだ見せない理由"

// step does one random thing, as people do: most of it is refused, which must change nothing.
func step(w *world, r *rand.Rand) {
	all := []access.Actor{w.chair, w.sec, w.hk, w.out}
	a := all[r.IntN(len(all))]
	room, err := w.svc.State(w.ctx, w.chair, w.id)
	if err != nil {
		w.t.Fatal(err)
	}
	hash := ""
	if room.Frozen != nil {
		hash = room.Frozen.Hash
	}
	pick := func(s ...string) string { return s[r.IntN(len(s))] }
	agency := pick("a1", "a2", "a3", "a4")
	acts := []struct {
		act    meeting.Act
		params any
	}{
		{meeting.ActReception, nil}, {meeting.ActSecrecy, nil}, {meeting.ActOpen, nil}, {meeting.ActHand, map[string]any{"up": r.IntN(2) == 0, "kind": pick("speak", "safety")}},
		{meeting.ActPhase, map[string]string{"id": pick(meeting.PhaseSharing, meeting.PhaseRoles, meeting.PhaseNext)}},
		{meeting.ActFloor, map[string]string{"agencyId": agency}}, {meeting.ActSeat, map[string]string{"agencyId": agency}},
		{meeting.ActSeatExcuse, map[string]string{"agencyId": agency, "status": pick("left", "present", "absent"), "reason": "x"}},
		{meeting.ActFreeze, nil}, {meeting.ActFreeze, nil}, {meeting.ActReopen, map[string]string{"reason": "直す"}},
		{meeting.ActAnswer, map[string]string{"hash": hash, "answer": pick("agree", "agree", "abstain", "conditional"), "reason": hidden}},
		{meeting.ActAnswer, map[string]string{"hash": hash, "answer": pick("object", "agree"), "reason": hidden}},
		{meeting.ActDecide, map[string]string{"outcome": pick("agreed", "conditional", "again", "rejected"), "reason": "理由"}},
		{meeting.ActAgendaState, map[string]string{"id": room.Agenda[0].ID, "state": pick("resolved", "carried", ""), "note": "時間切れ"}},
		{meeting.ActObjectionClose, map[string]string{"id": "o" + pick("10", "15", "20"), "reason": "x"}},
		{meeting.ActNext, map[string]string{"date": "2027-01-10"}},
		{meeting.ActTurns, map[string]int{"minutes": r.IntN(7)}}, {meeting.ActTurn, map[string]any{"from": room.Floor, "skip": r.IntN(2) == 0}}, {meeting.ActTurnsEnd, nil},
		{meeting.ActNote, map[string]string{"kind": pick("park", "local"), "text": "あとで話す"}},
		{meeting.ActNoteState, map[string]string{"state": pick("settled", "carried", ""), "reason": pick("", "時間切れ")}},
		{meeting.ActShow, map[string]string{"tab": pick("plan", "minutes", "x")}},
	}
	switch n := r.IntN(len(acts) + 3); {
	case n < len(acts):
		_, _ = w.try(a, acts[n].act, acts[n].params)
	case n == len(acts):
		_ = w.svc.Join(w.ctx, a, w.id, pick("x", "y"), meeting.FormRemote)
	case n == len(acts)+1:
		_ = w.svc.Leave(w.ctx, a, w.id, pick("x", "y"))
	default:
		_ = w.tryWrite(w.doc(live.KindPlan, "", consent.ItemBasic), func(b *live.Builder) { b.Text("policy", pick("甲", "乙", "丙")) })
	}
}

// TestRandomMeetings: whatever people press in whatever order, the invariants hold.
func TestRandomMeetings(t *testing.T) {
	t.Parallel()
	seed := seedtest.Seed(t)
	for i := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, i))
		w := newWorld(t)
		w.grant(allItems, "a1", "a2", "a3", "a4")
		w.create(consent.ModeLayered, "")
		w.fill()
		was := map[string]bool{} // hash → revealed
		for range 120 {
			step(w, r)
			check(w, seed, was)
		}
	}
}

func check(w *world, seed uint64, was map[string]bool) {
	t := w.t
	t.Helper()
	row, err := w.store.MeetingByID(w.ctx, access.Scope{Tenant: "t", All: true}, w.id)
	if err != nil {
		t.Fatal(err)
	}
	events, _ := w.store.MeetingEvents(w.ctx, "t", w.id, 0)
	a, err := meeting.Fold(row, events)
	if err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
	raw, _ := json.Marshal(events) // as a store gives them back
	var again []meeting.Event
	if err := json.Unmarshal(raw, &again); err != nil {
		t.Fatal(err)
	}
	b, err := meeting.Fold(row, again)
	if err != nil || !reflect.DeepEqual(a, b) {
		t.Fatalf("seed %d: the same events give another state: %v", seed, err)
	}
	if row.Seq != int64(len(events)) || row.Status != a.Meeting.Status || !reflect.DeepEqual(row.Agencies, a.Meeting.Agencies) || row.Mode != a.Meeting.Mode {
		t.Fatalf("seed %d: row and fold differ: %+v %+v", seed, row, a.Meeting)
	}
	frozen := a.Meeting.Status == meeting.StatusAgreeing
	metas, _ := w.store.OwnedDocs(w.ctx, "t", live.KindPlan, w.planID)
	for _, m := range metas {
		if m.Frozen != frozen {
			t.Fatalf("seed %d: in %s document frozen=%v", seed, a.Meeting.Status, m.Frozen)
		}
	}
	for _, v := range w.store.Versions(w.planID) {
		if v.State == plans.VersionProposed != (frozen && v.N == len(w.store.Versions(w.planID))) {
			t.Fatalf("seed %d: version %d is %s in %s", seed, v.N, v.State, a.Meeting.Status)
		}
	}
	for _, who := range []access.Actor{w.chair, w.out} {
		room, err := w.svc.State(w.ctx, who, w.id)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if room.Frozen != nil && was[room.Frozen.Hash] && !room.Answers.Revealed && room.Frozen.Version == len(a.Rounds) && a.Rounds[len(a.Rounds)-1].Revealed != nil {
			t.Fatalf("seed %d: answers became hidden again", seed)
		}
		if room.Frozen != nil && room.Answers.Revealed {
			was[room.Frozen.Hash] = true
		}
		early := room.Frozen != nil && !room.Answers.Revealed
		if early && who.UserID == "u1" && (len(room.Answers.List) > 0 || room.Decision != nil && room.Decision.Outcome.Agreed()) {
			t.Fatalf("seed %d: seen early: %+v", seed, room.Answers)
		}
		if out, _ := json.Marshal(room.Events); early && len(a.Rounds) == 1 && strings.Contains(string(out), hidden) {
			t.Fatalf("seed %d: the log tells early: %s", seed, out)
		}
	}
}
