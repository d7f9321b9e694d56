package cases

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/live"
)

// cell is one square of the grid: who asks, from which agency, in which context, with what the person has said, for what.
type cell struct {
	role     access.Role
	relation string // member, removed, stranger
	context  string // none, layered, support (confirmed), unconfirmed, undesignated, closed (a 重層的支援会議), over (a 支援会議)
	said     string // nothing, pending, no, yes, conference, withdrawn, expired, others
	item     consent.Item
	kind     live.Kind
	barred   bool
	urgent   bool // a 緊急開示 of health to the agency holds
}

var (
	gridRelations = []string{"member", "removed", "stranger"}
	gridContexts  = []string{"none", "layered", "support", "unconfirmed", "undesignated", "closed", "over"}
	gridSaid      = []string{"nothing", "pending", "no", "yes", "conference", "withdrawn", "expired", "others"}
)

// yesItems is what the person gives in a yes.
var yesItems = []consent.Item{consent.ItemBasic, consent.ItemCare, consent.ItemIncome}

// mayRead says from the rules of the field (domain: 同意ゲート, 役割) whether the document is shown; it knows nothing of how the gate is written. unknown:
// somebody made a role or a kind of document without a rule here.
func (c cell) mayRead() (may, unknown bool) {
	switch c.role {
	case access.RoleSecretariat, access.RoleCity:
		return !c.barred, false // they hold the record
	case access.RoleRecords, access.RoleAuditor, access.RoleAdmin, access.RoleStaffAdmin:
		return false, false // no case body
	case access.RoleAgency, access.RoleChair, access.RoleObserver, access.RoleGuest:
	default:
		return false, true
	}
	switch c.kind {
	case live.KindSection, live.KindPlan, live.KindMinutes, live.KindPrep: // the consent for the item decides, whatever the paper
	default:
		return false, true
	}
	if c.barred || c.relation == "removed" {
		return false, false
	}
	inMeeting := c.context != "none"
	if !inMeeting && (c.relation != "member" || c.role == access.RoleObserver || c.role == access.RoleGuest || c.kind == live.KindMinutes || c.kind == live.KindPrep) {
		return false, false // the case itself is for members; one meeting is all an observer or a guest has; minutes and 準備シート are read in their own meeting
	}
	switch c.context {
	case "support":
		return true, false // the law stands in for consent
	case "unconfirmed", "undesignated", "over":
		return false, false
	case "closed":
		if c.role == access.RoleGuest {
			return false, false
		}
	}
	if c.urgent && c.item == consent.ItemHealth {
		return true, false
	}
	given := slices.Contains(yesItems, c.item)
	switch c.said {
	case "yes":
		return given, false
	case "others": // the box 「その他会議が必要と認める機関」 has 司法・前歴 alone
		return c.item == consent.ItemJustice, false
	case "conference":
		return given && inMeeting, false
	}
	return false, false
}

// gridWorld sets the scene of a cell.
func gridWorld(w *world, c cell) (access.Actor, string, live.Meta) {
	agency := map[string]string{"member": "a", "removed": "b", "stranger": "x"}[c.relation]
	who := access.Actor{Tenant: "t", UserID: "u-" + agency, AgencyID: agency, Roles: []access.Role{c.role}}
	meeting := ""
	if c.context != "none" {
		meeting = "g-" + c.context
	}
	if c.role == access.RoleGuest {
		who.GuestMeeting = "g-" + c.context
	}
	w.f.bars, w.f.emergencies, w.f.records = nil, nil, nil
	if c.barred {
		w.f.bars = []Bar{{CaseID: w.c.ID, UserID: who.UserID}}
	}
	if c.urgent {
		w.f.emergencies = []consent.Emergency{{CaseID: w.c.ID, AgencyID: agency, Persons: []string{w.mother}, Items: []consent.Item{consent.ItemHealth}, At: clock.Add(-time.Hour), Until: clock.Add(time.Hour)}}
	}
	if c.said != "nothing" {
		r := consent.Record{ID: "r", PersonID: w.mother, Number: "D2026-0001", State: consent.StatePartial, From: clock.Add(-time.Hour), Until: clock.Add(time.Hour),
			Purposes: []consent.Purpose{consent.PurposeConference, consent.PurposeCoordination}, Scope: map[string][]consent.Item{"a": yesItems, "b": yesItems, "x": yesItems}}
		switch c.said {
		case "pending":
			r.State = consent.StatePending
		case "no":
			r.State = consent.StateRefused
		case "conference":
			r.Purposes = r.Purposes[:1]
		case "withdrawn":
			r.Withdrawals = []consent.Withdrawal{{At: clock.Truncate(time.Microsecond)}}
		case "expired":
			r.Until = clock.Truncate(time.Microsecond)
		case "others":
			r.Scope, r.Others = map[string][]consent.Item{"somebody": yesItems}, []consent.Item{consent.ItemJustice}
		}
		w.f.records = []consent.Record{r}
	}
	owner := map[live.Kind]string{live.KindSection: w.mother, live.KindPlan: "plan", live.KindMinutes: "g-layered", live.KindPrep: live.PrepOwner("g-layered", "z")}[c.kind]
	if c.kind == live.KindMinutes && meeting != "" {
		owner = meeting
	}
	if c.kind == live.KindPrep && meeting != "" { // the sheet of another agency, handed in
		owner = live.PrepOwner(meeting, "z")
	}
	return who, meeting, w.doc(c.kind, owner, w.mother, c.item)
}

// TestGrid asks the gate for every role × agency × context × consent × item × kind of document, with and without 閲覧遮断 and 緊急開示.
func TestGrid(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if err := w.RemoveMember(ctx, secretary, w.c.ID, "b"); err != nil {
		t.Fatal(err)
	}
	for _, context := range gridContexts[1:] {
		f := MeetingFacts{Exists: true, CaseID: w.c.ID, Mode: consent.ModeSupport, Open: true, Participant: true, Confirmed: true, Designated: true, PlanID: "plan", MayWrite: true, MayPrepare: true, Prepared: []string{"z"}}
		switch context {
		case "layered":
			f.Mode, f.Designated = consent.ModeLayered, false
		case "unconfirmed":
			f.Confirmed = false
		case "undesignated":
			f.Designated = false
		case "closed":
			f.Mode, f.Open, f.MayWrite = consent.ModeLayered, false, false
		case "over":
			f.Open, f.MayWrite = false, false
		}
		for _, agency := range []string{"a", "b", "x"} {
			w.hall["g-"+context+"/"+agency] = f
		}
		w.f.meetings["g-"+context] = w.c.ID
	}
	cells, shown, wrong := 0, 0, 0
	for c := range everyCell {
		want, unknown := c.mayRead()
		if unknown {
			t.Fatalf("no rule for %+v", c)
		}
		who, meeting, doc := gridWorld(w, c)
		r, err := w.gate.Rights(ctx, who, meeting, doc)
		if err != nil {
			t.Fatal(err)
		}
		if r.Read != want {
			t.Errorf("%+v: read %v (%s), want %v", c, r.Read, r.Reason, want)
			if wrong++; wrong > 20 {
				t.FailNow()
			}
		}
		if r.Write && !r.Read {
			t.Fatalf("%+v may write what it may not read", c)
		}
		cells++
		if want {
			shown++
		}
	}
	t.Logf("%d cells, shown in %d", cells, shown)
	if shown < cells/20 || shown > cells/2 {
		t.Error("the grid has lost its balance")
	}
}

func everyCell(yield func(cell) bool) {
	for n := range len(access.Roles()) * len(gridRelations) * len(gridContexts) * len(gridSaid) * len(consent.Items()) * len(live.Kinds()) * 4 {
		pick := func(of int) int { i := n % of; n /= of; return i }
		c := cell{role: access.Roles()[pick(len(access.Roles()))], relation: gridRelations[pick(len(gridRelations))], context: gridContexts[pick(len(gridContexts))],
			said: gridSaid[pick(len(gridSaid))], item: consent.Items()[pick(len(consent.Items()))], kind: live.Kinds()[pick(len(live.Kinds()))], barred: pick(2) == 1, urgent: pick(2) == 1}
		if !yield(c) {
			return
		}
	}
}

// A role of the grid that the table of access does not know, or the other way round, is a hole.
func TestGridKnowsEveryRole(t *testing.T) {
	t.Parallel()
	for _, r := range access.Roles() {
		if _, unknown := (cell{role: r, kind: live.KindPlan}).mayRead(); unknown {
			t.Errorf("no rule for %s", r)
		}
		a := access.Actor{Tenant: "t", UserID: "u", Roles: []access.Role{r}}
		if r == access.RoleGuest {
			a.GuestMeeting = "m"
		}
		if !access.Can(a, access.ActSession) {
			t.Errorf("%s may not even sign in", r)
		}
	}
	for _, k := range live.Kinds() {
		if fmt.Sprint(k) == "" {
			t.Error("a kind without a name")
		}
	}
}
