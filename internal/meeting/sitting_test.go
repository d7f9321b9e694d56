package meeting_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/meeting"
)

func (w *world) sitting() meeting.SittingInput {
	return meeting.SittingInput{Type: "support", Mode: consent.ModeSupport, Title: "11月の会議", PlannedStart: start, Place: "第1会議室", Form: meeting.FormRoom,
		Reason: "情報の共有", ChairID: "u1", RecorderID: "u2", Cases: []meeting.CaseInput{{CaseID: "c", Minutes: 30,
			Agenda: []*meeting.AgendaItem{{Title: "役割", Purpose: meeting.PurposePolicy, Point: "だれが訪問するか"}}}}}
}

// Whoever calls for a 開催 says what each 案件 is brought for.
func TestSittingIsRefused(t *testing.T) {
	w := newWorld(t)
	for name, c := range map[string]struct {
		by   access.Actor
		edit func(*meeting.SittingInput)
		want fault.Kind
		on   string
	}{
		"an agency":     {w.hk, func(*meeting.SittingInput) {}, fault.Forbidden, ""},
		"no case":       {w.sec, func(in *meeting.SittingInput) { in.Cases = nil }, fault.Invalid, "cases"},
		"case not said": {w.sec, func(in *meeting.SittingInput) { in.Cases[0].CaseID = "" }, fault.Invalid, "cases"},
		"twice":         {w.sec, func(in *meeting.SittingInput) { in.Cases = append(in.Cases, in.Cases[0]) }, fault.Invalid, "cases"},
		"too many":      {w.sec, func(in *meeting.SittingInput) { in.Cases = make([]meeting.CaseInput, 11) }, fault.Invalid, "cases"},
		"no time":       {w.sec, func(in *meeting.SittingInput) { in.Cases[0].Minutes = 4 }, fault.Invalid, "minutes"},
		"no agenda":     {w.sec, func(in *meeting.SittingInput) { in.Cases[0].Agenda = nil }, fault.Invalid, "agenda"},
		"no point":      {w.sec, func(in *meeting.SittingInput) { in.Cases[0].Agenda[0].Point = " \n" }, fault.Invalid, "point"},
		"no purpose":    {w.sec, func(in *meeting.SittingInput) { in.Cases[0].Agenda[0].Purpose = "" }, fault.Invalid, "purpose"},
		"no such case":  {w.sec, func(in *meeting.SittingInput) { in.Cases[0].CaseID = "c9" }, fault.NotFound, ""},
		"no such plan":  {w.sec, func(in *meeting.SittingInput) { in.Cases[0].PlanID = "pl9" }, fault.Invalid, "planId"},
	} {
		in := w.sitting()
		c.edit(&in)
		_, err := w.svc.CreateSitting(w.ctx, c.by, in)
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind != c.want || c.on != "" && f.Field != c.on {
			t.Errorf("%s: %+v", name, err)
		}
	}
	if list, err := w.svc.List(w.ctx, w.sec, meeting.Query{}); err != nil || len(list) != 0 {
		t.Fatalf("something was called: %+v %v", list, err)
	}
	w.create(consent.ModeSupport, "情報の共有")
	w.refused(fault.Invalid, w.sec, meeting.ActAgenda, meeting.AgendaItem{Title: "議題", Purpose: meeting.PurposeShare})
}

func TestSittingIsCalled(t *testing.T) {
	w := newWorld(t)
	list, err := w.svc.CreateSitting(w.ctx, w.sec, w.sitting())
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	m := list[0]
	if !m.PlannedStart.Equal(start) || !m.PlannedEnd.Equal(start.Add(30*time.Minute)) || m.Place != "第1会議室" || m.ChairID != "u1" || m.RecorderID != "u2" {
		t.Errorf("%+v", m)
	}
	w.id = m.ID
	if r := w.room(w.chair); r.Sitting != nil || r.Convened == nil || r.Agenda[0].Point != "だれが訪問するか" {
		t.Errorf("one case stands alone: %+v %+v", r.Sitting, r.Convened)
	}
}

// two makes a 開催 of two meetings: the first with seats of a1, a2 and a3, the second with those of a1, a2 and a4.
func (w *world) two() (first, second string) {
	w.t.Helper()
	ids := w.sittingOf([]string{"a1", "a2", "a3"}, []string{"a1", "a2", "a4"})
	return ids[0], ids[1]
}

// sittingOf calls a 開催 with the seats of each of its cases.
func (w *world) sittingOf(cases ...[]string) (ids []string) {
	w.t.Helper()
	for _, seats := range cases {
		m, err := w.svc.Create(w.ctx, w.sec, meeting.Input{CaseID: "c", Type: "support", Title: "会議", PlannedStart: start, PlannedEnd: start.Add(time.Hour), Form: meeting.FormRoom,
			ChairID: "u1", RecorderID: "u2", Reason: "共有", Agencies: seats,
			Agenda: []*meeting.AgendaItem{{Title: "役割", Purpose: meeting.PurposePolicy, Point: "だれが訪問するか"}}})
		if err != nil {
			w.t.Fatal(err)
		}
		ids = append(ids, m.ID)
	}
	w.store.Join(ids...)
	return ids
}

// Who was in the room when a case closed and has a seat in the next is there; 守秘義務 is asked again; nobody else comes along.
func TestNextCase(t *testing.T) {
	w := newWorld(t)
	first, second := w.two()
	if r := (func() meeting.Room { w.id = second; return w.room(w.out) })(); r.Sitting != nil {
		t.Errorf("a seat in the second case alone tells of the first: %+v", r.Sitting)
	}
	w.id = first
	if r := w.room(w.hk); r.Sitting != nil {
		t.Errorf("a seat in the first case alone tells of the next: %+v", r.Sitting)
	}
	if r := w.room(w.chair); r.Sitting == nil || r.Sitting.Pos != 1 || len(r.Sitting.Cases) != 2 || r.Sitting.Next != second {
		t.Fatalf("%+v", r.Sitting)
	}
	w.act(w.chair, meeting.ActReception, nil)
	for _, a := range []access.Actor{w.chair, w.sec, w.hk} {
		if err := w.svc.Join(w.ctx, a, first, "conn-"+a.UserID, meeting.FormRoom); err != nil {
			t.Fatal(err)
		}
		w.act(a, meeting.ActSecrecy, nil)
	}
	byHand := func(name, agency string, form meeting.Form) {
		w.act(w.sec, meeting.ActAttendance, map[string]any{"name": name, "agencyId": agency, "form": form, "from": w.clock.now(), "reason": "受付"})
	}
	byHand("民生 五郎", "a2", meeting.FormRoom)
	byHand("本人", "", meeting.FormRoom)
	byHand("遠隔 六郎", "a2", meeting.FormRemote)
	w.act(w.chair, meeting.ActOpen, nil)
	if err := w.svc.Leave(w.ctx, w.sec, first, "conn-u2"); err != nil { // gone before the end
		t.Fatal(err)
	}
	w.act(w.chair, meeting.ActAgendaState, map[string]any{"id": w.room(w.chair).Agenda[0].ID, "state": "resolved"})
	w.write(w.doc(live.KindMinutes, "", consent.ItemBasic), func(b *live.Builder) {
		b.Row("decision", "decision01", "a0", nil, map[string]string{"text": "週に1回訪ねる"})
	})
	w.act(w.chair, meeting.ActClose, nil)
	if r := w.room(w.chair); r.Sitting.Next != second {
		t.Errorf("after 閉会: %+v", r.Sitting)
	}
	w.id = second
	r := w.act(w.chair, meeting.ActReception, nil)
	var here []string
	for _, p := range r.Attendance {
		here = append(here, p.Name)
		if !p.Here() || p.Secrecy != nil {
			t.Errorf("%+v", p)
		}
	}
	if slices.Sort(here); !slices.Equal(here, []string{"民生 五郎", "議長 一郎"}) {
		t.Errorf("came along: %v", here)
	}
	if r.Sitting == nil || r.Sitting.Pos != 2 || r.Sitting.Next != "" || r.Sitting.Cases[0].StatusLabel == "" {
		t.Errorf("%+v", r.Sitting)
	}
	w.refused(fault.Conflict, w.chair, meeting.ActOpen, nil) // 守秘義務確認 of the chair is per case
}

// 受付 of the second case begins while the first still runs: nobody is moved out of it.
func TestNextCaseDoesNotWait(t *testing.T) {
	w := newWorld(t)
	first, second := w.two()
	w.id = first
	w.act(w.chair, meeting.ActReception, nil)
	if err := w.svc.Join(w.ctx, w.chair, first, "conn", meeting.FormRoom); err != nil {
		t.Fatal(err)
	}
	w.id = second
	if r := w.act(w.chair, meeting.ActReception, nil); len(r.Attendance) != 0 {
		t.Errorf("%+v", r.Attendance)
	}
}
