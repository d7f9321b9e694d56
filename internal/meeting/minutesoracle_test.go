package meeting_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/meeting"
	"kasane/internal/papers"
	"kasane/internal/seedtest"
)

// standing says where each kind of event has to be found in the 会議録: a line of the log, a block of its own, or nowhere. It is written here a second
// time, by hand: what the minutes hold is agreed with those who sign them, and no change of the code changes it by the way.
var standing = map[meeting.Kind]string{
	meeting.KindConvened: "log", meeting.KindMode: "log", meeting.KindChair: "log", meeting.KindDesignated: "log", meeting.KindSeatExcused: "log",
	meeting.KindReception: "log", meeting.KindOpened: "log", meeting.KindAttendance: "log", meeting.KindRowReason: "log", meeting.KindCarried: "log",
	meeting.KindFrozen: "log", meeting.KindReopened: "log", meeting.KindAnswered: "log", meeting.KindObjectionDone: "log", meeting.KindDecided: "log",
	meeting.KindWithdrawn: "log", meeting.KindClosing: "log", meeting.KindAgendaState: "log", meeting.KindAmend: "log", meeting.KindWaiver: "log",
	meeting.KindTurnsEnd: "log", meeting.KindNoteState: "log", meeting.KindHandover: "log", meeting.KindHandoverDone: "log",
	meeting.KindSuggested: "log", meeting.KindSuggestDone: "log", meeting.KindCorrect: "log", meeting.KindCorrectUndone: "log", meeting.KindLeadOffered: "log", meeting.KindLeadAnswered: "log",

	meeting.KindJoined: "attendance", meeting.KindLeft: "attendance", meeting.KindSecrecy: "attendance", meeting.KindSeat: "attendance",
	meeting.KindAgenda: "agenda", meeting.KindAgendaRemoved: "agenda", meeting.KindRole: "matrix", meeting.KindNext: "next", meeting.KindNote: "community",
}

// kindsOf reads the kinds of events from where they are declared.
func kindsOf(t *testing.T) []meeting.Kind {
	t.Helper()
	src, err := os.ReadFile("kinds.go")
	if err != nil {
		t.Fatal(err)
	}
	var out []meeting.Kind
	for _, m := range regexp.MustCompile(`Kind\s+Kind = "(\w+)"|\sKind\w+\s+Kind = "(\w+)"`).FindAllStringSubmatch(string(src), -1) {
		out = append(out, meeting.Kind(m[1]+m[2]))
	}
	return out
}

// told are the events of the log that have to stand in these minutes as a line, oldest first. An answer to the plan as it is asked about stands in the
// block of answers instead, once all have answered; before that it stands nowhere: a line for some of the answers alone would tell which these are.
func told(t *testing.T, st meeting.State, events []meeting.Event) []meeting.Event {
	t.Helper()
	var out []meeting.Event
	for _, e := range events {
		if standing[e.Kind] != "log" {
			continue
		}
		var d struct {
			Hash   string         `json:"hash"`
			Answer meeting.Answer `json:"answer"`
			State  string         `json:"state"`
		}
		if len(e.Data) > 0 {
			if err := json.Unmarshal(e.Data, &d); err != nil {
				t.Fatal(err)
			}
		}
		// a 結論 stands beside its 議題; only that one was carried over, and why, is told
		if e.Kind == meeting.KindAgendaState && d.State != "carried" {
			continue
		}
		if e.Kind == meeting.KindAnswered {
			var asked *meeting.Round // what is being asked about now
			if n := len(st.Rounds); n > 0 && st.Rounds[n-1].VoidAt == nil {
				asked = &st.Rounds[n-1]
			}
			if asked != nil && asked.Hash == d.Hash && (asked.Revealed == nil || d.Answer != meeting.AnswerObject) {
				continue
			}
		}
		out = append(out, e)
	}
	return out
}

// oracle holds minutes against the list of events.
func oracle(t *testing.T, what string, w *world, m papers.MinutesDoc) int {
	t.Helper()
	row, err := w.store.MeetingByID(w.ctx, access.Scope{Tenant: "t", All: true}, w.id)
	if err != nil {
		t.Fatal(err)
	}
	events, err := w.store.MeetingEvents(w.ctx, "t", w.id, 0)
	if err != nil {
		t.Fatal(err)
	}
	st, err := meeting.Fold(row, events)
	if err != nil {
		t.Fatal(err)
	}
	want := told(t, st, events)
	at := 0
	for _, e := range want {
		for at < len(m.Events) && !m.Events[at].At.Equal(e.At) {
			t.Errorf("%s: the minutes tell %q, which no event of the log has to", what, m.Events[at].Text)
			at++
		}
		if at == len(m.Events) {
			t.Errorf("%s: %s of %s (%s) does not stand in the minutes", what, e.Kind, e.At, e.Data)
			continue
		}
		at++
	}
	for _, l := range m.Events[at:] {
		if l.Who != "Kasane" { // what was left out at closing, said by the house
			t.Errorf("%s: the minutes tell %q beyond the log", what, l.Text)
		}
	}
	return len(want)
}

// TestStandingOfEveryKind: a new kind of event has to say where it stands in the minutes, or that it stands nowhere.
func TestStandingOfEveryKind(t *testing.T) {
	t.Parallel()
	nowhere := "created edited seat_removed guest guest_removed phase hand floor turns turn comment comment_state shown conference freezing closed sealed_papers " +
		"proposed confirmed final sense sensed ticked survey project cancelled prepared prep_for"
	kinds := kindsOf(t)
	if len(kinds) < 50 {
		t.Fatalf("only %d kinds found", len(kinds))
	}
	for _, k := range kinds {
		if standing[k] == "" && !strings.Contains(" "+nowhere+" ", " "+string(k)+" ") {
			t.Errorf("nobody has said where %q stands in the minutes", k)
		}
	}
}

// TestMinutesOracle: the minutes of a whole meeting, and the drafts in the middle of random ones, hold each event they must and none beyond; what is not
// revealed yet is in nobody's draft.
func TestMinutesOracle(t *testing.T) {
	t.Parallel()
	w := eventful(t)
	w.act(w.chair, meeting.ActClose, nil)
	if n := oracle(t, "a whole meeting", w, w.print.minutes[len(w.print.minutes)-1]); n < 18 {
		t.Errorf("only %d events were to be told", n)
	}

	seed := seedtest.Seed(t)
	drafts, lines, early := 0, 0, 0
	for i := range uint64(10) {
		r := rand.New(rand.NewPCG(seed, i))
		w := newWorld(t)
		w.grant(allItems, "a1", "a2", "a3", "a4")
		w.create(consent.ModeLayered, "")
		w.fill()
		for range 8 {
			for range 20 {
				step(w, r)
			}
			what := fmt.Sprintf("seed %d, meeting %d", seed, i)
			before := len(w.print.minutes)
			if _, _, err := w.svc.Draft(w.ctx, w.sec, w.id, meeting.PaperMinutes); err != nil {
				continue // nothing to be told yet, or the meeting is being closed
			}
			drafts++
			lines += oracle(t, what, w, w.print.minutes[before])
			early += unrevealed(t, what, w)
		}
	}
	if drafts < 20 || lines < 100 || early == 0 {
		t.Errorf("seed %d: %d drafts with %d lines, %d of them while answers were hidden: the courses were too tame", seed, drafts, lines, early)
	}
}

// unrevealed holds everybody's draft against answers that are not shown yet: 1 if there were any.
func unrevealed(t *testing.T, what string, w *world) int {
	t.Helper()
	room := w.room(w.chair)
	if room.Frozen == nil || room.Answers.Revealed || room.Frozen.Version > 1 {
		return 0
	}
	for _, who := range []access.Actor{w.chair, w.sec, w.hk, w.out} {
		before := len(w.print.minutes)
		if _, _, err := w.svc.Draft(w.ctx, who, w.id, meeting.PaperMinutes); err != nil {
			continue
		}
		raw, err := json.Marshal(w.print.minutes[before])
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(raw), hidden) {
			t.Errorf("%s: the draft of %s tells an answer that is not revealed", what, who.UserID)
		}
	}
	return 1
}
