package rehearsal_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/demo"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/papers"
	"kasane/internal/pdf"
	"kasane/internal/plans"
	"kasane/internal/rehearsal"
	"kasane/internal/sheets"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// hall is the practice room with its chair, who is the test.
type hall struct {
	*testing.T
	ctx     context.Context
	now     time.Time
	d       *rehearsal.Director
	ports   rehearsal.Ports
	live    *live.Service
	meeting *meeting.Service
	chair   access.Actor
	id      string
}

func open(t *testing.T, st *store.Store) *hall {
	t.Helper()
	h := &hall{T: t, ctx: t.Context(), now: time.Date(2026, 11, 30, 1, 0, 0, 0, time.UTC)}
	now := func() time.Time { return h.now }
	print := papers.New(pdf.New(pdf.Options{}))
	h.ok(demo.Seed(h.ctx, st, print, h.now))
	book, err := sheets.Builtin()
	h.ok(err)
	gate := cases.NewGatekeeper(st, nil, now)
	docs := live.NewService(st, gate, now)
	p := plans.NewService(st, docs, gate, now)
	h.meeting = meeting.NewService(meeting.Ports{Store: st, Plans: p, Docs: docs, Gate: gate, Books: book, Print: print, Now: now, Node: "n"})
	gate.SetMeetings(h.meeting)
	all, err := st.ListMunicipalities(h.ctx)
	h.ok(err)
	users, err := st.ListUsers(h.ctx, all[0].ID)
	h.ok(err)
	agencies, err := st.ListAgencies(h.ctx, all[0].ID)
	h.ok(err)
	cast := map[string]access.Actor{}
	for _, u := range users {
		i := slices.IndexFunc(agencies, func(a access.Agency) bool { return a.ID == u.AgencyID })
		cast[u.Login] = access.Actor{Tenant: all[0].ID, UserID: u.ID, Name: u.Name, AgencyID: u.AgencyID, AgencyName: agencies[i].Name, Roles: u.Roles}
	}
	h.chair = cast[rehearsal.Chair]
	h.live = docs
	h.ports = rehearsal.Ports{Meeting: h.meeting, Plans: p, Live: docs, Cases: cases.NewService(st, gate, book, now), Consent: consent.NewService(st, nil, now),
		Cast: cast, Now: now, Pause: time.Nanosecond, Log: slog.New(slog.DiscardHandler)}
	h.d = rehearsal.New(h.ports)
	return h
}

func (h *hall) ok(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// wait lets time go by until something is so.
func (h *hall) wait(what string, so func(r meeting.Room) bool) meeting.Room {
	h.Helper()
	for range 120 {
		h.ok(h.d.Step(h.ctx))
		if h.id == "" {
			list, err := h.meeting.List(h.ctx, h.chair, meeting.Query{Limit: 200})
			h.ok(err)
			i := slices.IndexFunc(list, func(m meeting.Ref) bool {
				return strings.HasPrefix(m.Title, rehearsal.Title) && m.Status == meeting.StatusDraft
			})
			if i >= 0 {
				h.id = list[i].ID
			}
			continue
		}
		r, err := h.meeting.State(h.ctx, h.chair, h.id)
		h.ok(err)
		if so(r) {
			return r
		}
		h.now = h.now.Add(2 * time.Second)
	}
	r, _ := h.meeting.State(h.ctx, h.chair, h.id)
	raw, _ := json.MarshalIndent(map[string]any{"status": r.Status, "seats": r.Seats, "answers": r.Answers, "minutes": r.Minutes, "blockers": r.Blockers}, "", " ")
	h.Fatalf("never: %s\n%s", what, raw)
	return r
}

func (h *hall) act(act meeting.Act, params any) meeting.Room {
	h.Helper()
	raw, err := json.Marshal(params)
	h.ok(err)
	r, err := h.meeting.Act(h.ctx, h.chair, h.id, act, raw, 1<<40)
	if err != nil {
		h.Fatalf("%s: %v", act, err)
	}
	return r
}

func (h *hall) agree() {
	h.Helper()
	r := h.wait("the hash of the plan", func(r meeting.Room) bool { return r.Frozen != nil && r.Frozen.Hash != "" })
	h.act(meeting.ActAnswer, map[string]any{"hash": r.Frozen.Hash, "answer": "agree"})
	h.wait("everybody answers", func(r meeting.Room) bool { return r.Answers.Revealed })
}

// TestWhatThePlayersWroteIsNotWrittenAgain: a practice that goes on after a restart leaves alone what stands there, and what somebody put right.
func TestWhatThePlayersWroteIsNotWrittenAgain(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, st *store.Store) {
		h := open(t, st)
		h.wait("the practice is prepared", func(r meeting.Room) bool { return r.Status == meeting.StatusDraft })
		h.act(meeting.ActReception, nil)
		h.ok(h.meeting.Join(h.ctx, h.chair, h.id, "", meeting.FormRoom))
		h.act(meeting.ActSecrecy, nil)
		h.wait("all are there", func(r meeting.Room) bool {
			return !slices.ContainsFunc(r.Seats, func(s meeting.SeatLine) bool { return !s.Attended })
		})
		h.act(meeting.ActOpen, nil)
		h.act(meeting.ActPhase, map[string]string{"id": meeting.PhaseGoals})
		h.wait("a parked point, after the cell", func(r meeting.Room) bool { return len(r.During.Notes) == 1 })
		doc, key := h.cell("お茶の会")
		_, err := h.live.ServerWrite(h.ctx, h.chair, doc, func(b *live.Builder) error { b.Text(key, "議長が書き直した。"); return nil })
		h.ok(err)
		h.d = rehearsal.New(h.ports)
		for range 12 {
			h.now = h.now.Add(2 * time.Second)
			h.ok(h.d.Step(h.ctx))
		}
		if doc, _ := h.cell("議長が書き直した。"); doc == "" {
			t.Error("what the chair wrote is gone")
		}
	})
}

// cell finds the text of a role cell that begins so.
func (h *hall) cell(words string) (doc, key string) {
	h.Helper()
	v, err := h.meeting.PlanView(h.ctx, h.chair, h.id)
	h.ok(err)
	for _, a := range v.Body.Actions {
		for _, c := range a.Cells {
			if strings.HasPrefix(c.Content, words) {
				return a.DocID, "cell/" + a.ID + "/" + c.Column + "/content"
			}
		}
	}
	return "", ""
}

// TestAChairPractisesAlone: a whole meeting in which only the chair is a person; the others come, speak, write, object once, agree and confirm.
func TestAChairPractisesAlone(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, st *store.Store) {
		h := open(t, st)
		h.wait("the practice is prepared", func(r meeting.Room) bool { return r.Status == meeting.StatusDraft })
		h.act(meeting.ActReception, nil)
		h.ok(h.meeting.Join(h.ctx, h.chair, h.id, "", meeting.FormRoom))
		h.act(meeting.ActSecrecy, nil)
		r := h.wait("all are there", func(r meeting.Room) bool {
			return !slices.ContainsFunc(r.Seats, func(s meeting.SeatLine) bool { return !s.Attended })
		})
		if !slices.ContainsFunc(r.Attendance, func(a meeting.Attendee) bool { return a.Form == meeting.FormRemote }) {
			t.Error("nobody comes from afar")
		}
		h.act(meeting.ActOpen, nil)
		h.act(meeting.ActPhase, map[string]string{"id": meeting.PhaseSharing})
		h.wait("a hand", func(r meeting.Room) bool { return len(r.Hands) == 1 })
		h.act(meeting.ActTurns, map[string]any{"minutes": 1})
		for range r.Seats {
			r = h.wait("a turn", func(r meeting.Room) bool { return r.During.Turns != nil })
			if r.During.Turns.EndedAt != nil {
				break
			}
			for range 3 {
				h.now = h.now.Add(2 * time.Second)
				h.ok(h.d.Step(h.ctx))
			}
			i := slices.IndexFunc(r.During.Turns.Order, func(x meeting.Turn) bool { return x.State == "speaking" })
			h.act(meeting.ActTurn, map[string]any{"from": r.During.Turns.Order[i].AgencyID})
		}
		h.act(meeting.ActPhase, map[string]string{"id": meeting.PhaseGoals})
		h.wait("a cell and a parked point", func(r meeting.Room) bool { return len(r.During.Notes) == 1 })
		h.act(meeting.ActPhase, map[string]string{"id": meeting.PhaseRoles})
		h.wait("every ◎ is accepted", func(meeting.Room) bool {
			v, err := h.meeting.PlanView(h.ctx, h.chair, h.id)
			h.ok(err)
			return len(v.Answers) == 3
		})
		h.act(meeting.ActSense, nil)
		h.wait("feelings", func(r meeting.Room) bool { return len(r.Sense.Missing) == 1 }) // the chair's own
		h.act(meeting.ActFreeze, nil)
		h.agree()
		h.wait("an objection", func(r meeting.Room) bool { return len(r.Objections) == 1 })
		h.act(meeting.ActReopen, map[string]string{"reason": "送り迎えを見直す"})
		h.act(meeting.ActFreeze, nil)
		h.agree()
		r = h.act(meeting.ActDecide, map[string]string{"outcome": "agreed"})
		for _, a := range r.Agenda {
			h.act(meeting.ActAgendaState, map[string]string{"id": a.ID, "state": "resolved"})
		}
		h.act(meeting.ActNoteState, map[string]string{"id": r.During.Notes[0].ID, "state": "settled"})
		r = h.act(meeting.ActClose, nil)
		if r.Status != meeting.StatusClosed {
			t.Fatalf("closing: %s, %+v", r.Status, r.Blockers)
		}
		r = h.wait("the minutes are proposed and a correction is asked for", func(r meeting.Room) bool { return r.Minutes != nil && len(r.Minutes.Suggestions) == 1 })
		h.act(meeting.ActSuggestAnswer, map[string]any{"id": r.Minutes.Suggestions[0].ID, "accept": true})
		h.act(meeting.ActConfirm, map[string]any{"hash": r.Minutes.Hash, "ok": true})
		h.wait("all confirm", func(r meeting.Room) bool { return len(r.Minutes.Waiting) == 0 })
		if r = h.act(meeting.ActFinal, nil); r.Status != meeting.StatusSealed {
			t.Fatalf("final: %s %+v", r.Status, r.Problems)
		}
		first := h.id
		h.id = ""
		if h.wait("the next practice", func(r meeting.Room) bool { return r.Status == meeting.StatusDraft }); h.id == first {
			t.Error("the same practice again")
		}
	})
}
