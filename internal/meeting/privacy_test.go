package meeting_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/meeting"
)

// TestRemovedAgencyReadsNoMinutes: who was there may confirm the minutes of a 支援会議, but not for an agency that has left the case since.
func TestRemovedAgencyReadsNoMinutes(t *testing.T) {
	t.Parallel()
	w := eventful(t)
	w.act(w.chair, meeting.ActClose, nil)
	w.act(w.sec, meeting.ActPropose, map[string]string{"until": "2026-12-07"})
	minutes := live.Meta{Tenant: "t", ID: w.doc(live.KindMinutes, "", consent.ItemBasic), Kind: live.KindMinutes, CaseID: "c", OwnerID: w.id, Item: consent.ItemBasic, Frozen: true}
	read := func() (live.Rights, error) { return w.svc.Gate.Rights(w.ctx, w.hk, w.id, minutes) }
	if r, err := read(); err != nil || !r.Read || r.Write {
		t.Fatalf("before: %+v %v", r, err)
	}
	w.store.Edit(func(f *meeting.Facts) {
		for i := range f.Members {
			if f.Members[i].AgencyID == w.hk.AgencyID {
				until := w.clock.now()
				f.Members[i].Until = &until
			}
		}
	})
	if r, err := read(); err != nil || r.Read {
		t.Errorf("the documents: %+v %v", r, err)
	}
	if res, _, err := w.svc.Draft(w.ctx, w.hk, w.id, meeting.PaperMinutes); err == nil && strings.Contains(string(res.PDF), "週1回訪問する") {
		t.Error("the draft")
	}
	if _, _, err := w.svc.MinutesFile(w.ctx, w.hk, w.id, 1); !fault.Is(err, fault.Forbidden) {
		t.Errorf("the kept file: %v", err)
	}
}

// TestSecondHandTextFollowsTheGate: what people write beside the documents, and what was agreed with whom, is shown to nobody without
// the right to 基本情報.
func TestSecondHandTextFollowsTheGate(t *testing.T) {
	t.Parallel()
	const illness, items = "本人の入院に付き添い", "虐待・DV"
	w := newWorld(t)
	w.grant([]consent.Item{consent.ItemBasic, consent.ItemAbuse}, "a1", "a2") // nothing for a3
	w.create(consent.ModeLayered, "")
	w.fill()
	w.seated()
	w.act(w.sec, meeting.ActSeat, map[string]any{"agencyId": "a4"})
	w.act(w.sec, meeting.ActSeatExcuse, map[string]string{"agencyId": "a4", "status": "absent", "reason": illness})
	w.act(w.sec, meeting.ActAttendance, map[string]any{"name": "民生 七子", "agencyId": "a2", "form": "room", "absent": true, "reason": illness})
	withdraw(w, consent.Withdrawal{ID: "w1", RecordID: "r1", At: w.clock.now(), Agencies: []string{"a2"}, Items: []consent.Item{consent.ItemAbuse}})
	look := func(a access.Actor) string {
		t.Helper()
		b, err := json.Marshal(w.room(a))
		if err != nil {
			t.Fatal(err)
		}
		all := string(b)
		for _, kind := range []meeting.PaperKind{meeting.PaperMinutes, meeting.PaperPlan, meeting.PaperMatrix} {
			res, _, err := w.svc.Draft(w.ctx, a, w.id, kind)
			if err != nil {
				t.Fatal(err)
			}
			all += string(res.PDF)
		}
		return all
	}
	if s := look(w.sec); !strings.Contains(s, illness) || !strings.Contains(s, items) {
		t.Fatal("the holder does not see it either")
	}
	s := look(w.hk)
	for _, word := range []string{illness, items, "福祉総務課（基本情報"} {
		if strings.Contains(s, word) {
			t.Errorf("%q reaches an agency without consent", word)
		}
	}
}

// TestOpinionsOnTheMinutesFollowTheGate: what an agency writes when it confirms the minutes is free text like any other; the draft of a reader without
// the right to 基本情報 says that there is an opinion, and not which.
func TestOpinionsOnTheMinutesFollowTheGate(t *testing.T) {
	t.Parallel()
	const opinion = "本人の入院先が違う"
	w := newWorld(t)
	w.grant(allItems, "a1", "a2") // nothing for a3
	w.create(consent.ModeLayered, "")
	w.fill()
	w.seated()
	w.act(w.chair, meeting.ActRowReason, map[string]string{"actionId": actionID, "reason": "後日受諾"})
	w.act(w.chair, meeting.ActFreeze, nil)
	for _, a := range []access.Actor{w.chair, w.sec, w.hk} {
		w.answer(a, meeting.AnswerAgree, "")
	}
	w.act(w.chair, meeting.ActDecide, map[string]string{"outcome": "agreed"})
	w.resolveAgenda()
	w.act(w.chair, meeting.ActClose, nil)
	hash := w.act(w.sec, meeting.ActPropose, map[string]string{"until": "2026-12-07"}).Minutes.Hash
	w.act(w.sec, meeting.ActConfirm, map[string]any{"hash": hash, "ok": false, "opinion": opinion})
	for _, c := range []struct {
		who  access.Actor
		sees bool
	}{{w.sec, true}, {w.hk, false}} {
		res, _, err := w.svc.Draft(w.ctx, c.who, w.id, meeting.PaperMinutes)
		if err != nil {
			t.Fatal(err)
		}
		if s := string(res.PDF); strings.Contains(s, opinion) != c.sees || !strings.Contains(s, "意見あり") {
			t.Errorf("%s sees the opinion: %v, want %v", c.who.Name, !c.sees, c.sees)
		}
	}
}

// TestAddressHiddenAfterTheFileWasMade: the kept 案 of a 支援会議 is the same for all who confirm it. When an address in it is kept secret later, agencies
// get it no more, until there is a version without it.
func TestAddressHiddenAfterTheFileWasMade(t *testing.T) {
	t.Parallel()
	const address = "見本町3丁目のアパート"
	for _, kind := range []live.Kind{live.KindMinutes, live.KindPlan} {
		w := eventful(t)
		if kind == live.KindMinutes {
			if _, err := w.svc.EnsureDoc(w.ctx, w.sec, w.id, "p1", consent.ItemAddress); err != nil {
				t.Fatal(err)
			}
			w.write(w.doc(kind, "p1", consent.ItemAddress), func(b *live.Builder) {
				b.Row("decision", "decision09", "a0", nil, map[string]string{"text": address})
			})
		} else {
			w.act(w.chair, meeting.ActReopen, map[string]string{"reason": "住まいを加える"})
			if _, err := w.plans.EnsureDoc(w.ctx, w.sec, w.id, w.planID, "p1", consent.ItemAddress); err != nil {
				t.Fatal(err)
			}
			w.write(w.doc(kind, "p1", consent.ItemAddress), func(b *live.Builder) {
				b.Row("action", "action0009", "a9", nil, map[string]string{"text": address})
				b.Cell("action0009", "a2", map[string]any{"code": "main"}, nil)
			})
			w.act(w.chair, meeting.ActRowReason, map[string]string{"actionId": "action0009", "reason": "後日"})
			w.act(w.chair, meeting.ActFreeze, nil)
			for _, a := range []access.Actor{w.chair, w.sec, w.hk} {
				w.answer(a, meeting.AnswerAgree, "")
			}
			w.act(w.chair, meeting.ActDecide, map[string]string{"outcome": "agreed"})
		}
		w.act(w.chair, meeting.ActClose, nil)
		w.act(w.sec, meeting.ActPropose, map[string]string{"until": "2026-12-07"})
		read := func(n int) (string, error) {
			res, _, err := w.svc.MinutesFile(w.ctx, w.hk, w.id, n)
			return string(res.PDF), err
		}
		if s, err := read(1); err != nil || !strings.Contains(s, address) {
			t.Fatalf("%s: before: %v", kind, err)
		}
		w.store.Edit(func(f *meeting.Facts) { f.Persons[0].AddressSecret, f.Persons[0].UpdatedAt = true, w.clock.now() })
		if _, err := read(1); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s: an address that is kept secret now is in the file an agency gets: %v", kind, err)
		}
		if _, _, err := w.svc.Draft(w.ctx, w.hk, w.id, meeting.PaperMinutes); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s: the draft: %v", kind, err)
		}
		if _, _, err := w.svc.MinutesFile(w.ctx, w.sec, w.id, 1); err != nil {
			t.Errorf("%s: who holds the record: %v", kind, err)
		}
		w.act(w.sec, meeting.ActAmend, map[string]string{"reason": "住所秘匿になった"})
		w.act(w.sec, meeting.ActPropose, map[string]string{"until": "2026-12-07"})
		if s, err := read(2); err != nil || strings.Contains(s, address) {
			t.Errorf("%s: a version made since: %v", kind, err)
		}
	}
}

// TestRoomIsNotReadWithoutItsLine: a reading whose audit entry fails is refused, and so is the next one.
func TestRoomIsNotReadWithoutItsLine(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.create(consent.ModeSupport, "早期の把握")
	broken := errors.New("no database")
	ports := w.svc.Ports
	ports.Store = deaf{Store: w.store, err: broken}
	svc := meeting.NewService(ports)
	for i := range 3 {
		if _, err := svc.State(w.ctx, w.hk, w.id); !errors.Is(err, broken) {
			t.Errorf("reading %d: %v", i, err)
		}
	}
}

// deaf is a store that keeps no audit entries.
type deaf struct {
	meeting.Store
	err error
}

func (d deaf) AppendAudit(context.Context, ...access.Entry) error { return d.err }
