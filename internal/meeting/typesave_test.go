package meeting_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/meeting"
)

func ownType(from string) meeting.Type {
	return meeting.Type{ID: "marugoto", Name: "まるごと会議", Mode: consent.ModeLayered, Basis: "見本市まるごと会議設置要綱第3条", ChairPost: "福祉総務課長", Retention: 10, ConfirmDays: 14,
		EffectiveFrom: from, FormName: "様式第5号（第8条関係）", Agencies: []string{"a4", "gone"}, Agenda: meeting.FourDuties()}
}

// A municipality's own type has its versions: the one in force on the day counts, and a meeting keeps what its type said.
func TestTypeVersions(t *testing.T) {
	w := newWorld(t)
	for _, from := range []string{"2026-04-01", "2026-12-01"} {
		typ := ownType(from)
		typ.Name += from
		if err := w.svc.SaveType(w.ctx, w.chair, typ); err != nil {
			t.Fatal(err)
		}
	}
	list, err := w.svc.TypeVersions(w.ctx, w.chair)
	if err != nil || len(list) != 4 {
		t.Fatalf("%+v %v", list, err)
	}
	if next, now := list[2], list[3]; next.EffectiveFrom != "2026-12-01" || next.Current || !next.Open || !now.Current || now.Open || now.BuiltIn || !list[0].BuiltIn {
		t.Errorf("%+v", list)
	}
	for day, want := range map[string]string{"2026-03-31": "", "2026-11-30": "まるごと会議2026-04-01", "2026-12-01": "まるごと会議2026-12-01"} {
		types, err := w.svc.Types(w.ctx, w.hk, day)
		i := slices.IndexFunc(types, func(x meeting.Type) bool { return x.ID == "marugoto" })
		if err != nil || (i < 0) != (want == "") || i >= 0 && types[i].Name != want {
			t.Errorf("%s: %+v %v", day, types, err)
		}
	}
	past, next := ownType("2026-04-01"), ownType("2026-12-01")
	if err := w.svc.SaveType(w.ctx, w.chair, past); !fault.Is(err, fault.Conflict) {
		t.Errorf("a version that was in force is written over: %v", err)
	}
	next.Retired = true
	if err := w.svc.SaveType(w.ctx, w.chair, next); err != nil {
		t.Errorf("a version to come is put right: %v", err)
	}
	types, err := w.svc.Types(w.ctx, w.hk, "2026-12-01")
	if err != nil || slices.ContainsFunc(types, func(x meeting.Type) bool { return x.ID == "marugoto" }) {
		t.Errorf("retired, and still offered: %+v %v", types, err)
	}
	for _, other := range []access.Actor{w.sec, w.hk, {Tenant: "t", UserID: "x", Roles: []access.Role{access.RoleAdmin}}} {
		if _, err := w.svc.TypeVersions(w.ctx, other); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%v reads the settings: %v", other.Roles, err)
		}
		if err := w.svc.SaveType(w.ctx, other, ownType("2027-04-01")); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%v changes the settings: %v", other.Roles, err)
		}
	}
}

// A new meeting of a type has the seats the type always calls, besides the members; an agency that is no member is not 構成員.
func TestTypeCallsAgencies(t *testing.T) {
	w := newWorld(t)
	typ := ownType("2026-04-01")
	typ.Phases = meeting.DefaultPhases()
	typ.Phases[1].Minutes = 33
	if err := w.svc.SaveType(w.ctx, w.chair, typ); err != nil {
		t.Fatal(err)
	}
	in := meeting.Input{CaseID: "c", Type: "marugoto", Title: "第1回", PlannedStart: start, PlannedEnd: start.Add(3600e9), Form: meeting.FormRoom, ChairID: "u1", RecorderID: "u2"}
	m, err := w.svc.Create(w.ctx, w.sec, in)
	if err != nil {
		t.Fatal(err)
	}
	room, err := w.svc.State(w.ctx, w.sec, m.ID)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, s := range room.Seats {
		got[s.AgencyID] = s.Member
	}
	if len(got) != 4 || !got["a3"] || got["a4"] {
		t.Errorf("seats %v", got)
	}
	if m.Type.FormName != typ.FormName || m.Type.ConfirmDays != 14 || len(m.Type.Agencies)+len(m.Type.Agenda) != 0 || room.Phases[1].Minutes != 33 {
		t.Errorf("%+v %+v", m.Type, room.Phases[1])
	}
	in.Agencies = []string{"a3"} // chosen by hand: nobody is added
	m, err = w.svc.Create(w.ctx, w.sec, in)
	if err != nil || slices.Contains(m.Agencies, "a4") {
		t.Errorf("%v %v", m.Agencies, err)
	}
}

// What a type may not say is refused beside its field.
func TestTypeRefused(t *testing.T) {
	w := newWorld(t)
	for field, spoil := range map[string]func(*meeting.Type){
		"id":            func(x *meeting.Type) { x.ID = "まるごと" },
		"name":          func(x *meeting.Type) { x.Name = " " },
		"basis":         func(x *meeting.Type) { x.Basis = "" },
		"formName":      func(x *meeting.Type) { x.FormName = strings.Repeat("式", 61) },
		"chairPost":     func(x *meeting.Type) { x.ChairPost = "課\n長" },
		"mode":          func(x *meeting.Type) { x.Mode = "" },
		"retention":     func(x *meeting.Type) { x.Retention = 0 },
		"confirmDays":   func(x *meeting.Type) { x.ConfirmDays = 61 },
		"effectiveFrom": func(x *meeting.Type) { x.EffectiveFrom = "R8.4.1" },
		"agencies":      func(x *meeting.Type) { x.Agencies = []string{"'; --"} },
		"agenda":        func(x *meeting.Type) { x.Agenda[0].Point = "" },
		"phases":        func(x *meeting.Type) { x.Phases = meeting.DefaultPhases()[:6] },
	} {
		typ := ownType("2026-04-01")
		spoil(&typ)
		err := w.svc.SaveType(w.ctx, w.chair, typ)
		var f *fault.Error
		if !fault.Is(err, fault.Invalid) || !errors.As(err, &f) || f.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}

// The four duties of the meeting are there from the start, each complete as an item of an agenda.
func TestFourDuties(t *testing.T) {
	blocks := meeting.FourDuties()
	if len(blocks) != 4 || blocks[2].Usual || blocks[2].Purpose != meeting.PurposeClose {
		t.Fatalf("%+v", blocks)
	}
	for _, typ := range meeting.BuiltInTypes() {
		w := newWorld(t)
		typ.EffectiveFrom = "2026-12-01"
		if err := w.svc.SaveType(w.ctx, w.chair, typ); err != nil {
			t.Errorf("%s does not stand its own checks: %v", typ.Name, err)
		}
	}
}
