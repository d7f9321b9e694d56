package access

import (
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/fault"
)

// The table a person can check: one line per action, one column per role.
// s=secretariat c=city h=chair a=agency o=observer r=records u=auditor d=admin g=guest m=staff admin
const table = `
public          s c h a o r u d g m
session         s c h a o r u d g m
agency.list     s c h a o r u d - m
administer      - c - - - - - d - -
case.read       s c h a o - - - g -
case.create     s c - - - - - - - -
case.edit       s c - - - - - - - -
intake          s c - a - - - - - -
import          s c - - - - - - - -
users.manage    - c - - - - - d - m
account         s c h a o r u d - m
consent.record  s c - - - - - - - -
consent.read    s c - - - - - - - -
file.read       s c - - - r - - - -
doc.write       s c h a - - - - g -
plan.create     s c - - - - - - - -
plan.read       s c h a o - - - g -
plan.answer     s c h a - - - - g -
meeting.create  s c - - - - - - - -
meeting.carry   s c - - - - - - - -
handout.give    s c - - - - - - - -
meeting.read    s c h a o - - - g -
meeting.act     s c h a o - - - g -
guest.invite    s c h - - - - - - -
gaiji.read      s c h - - r - d - -
gaiji.keep      - c - - - r - d - -
archive.read    s c - - - r - - - -
archive.keep    - c - - - r - - - -
archive.copy    s c - - - r - - - -
archive.verify  s c - - - r u - - -
audit.read      - c - - - - u - - -
seen.read       s c - - - - - - - -
incident        s c - - - - - - - -
emergency.read  s c - - - - u - - -
glass.break     - - - - - - - d - -
glass.read      s c - - - - u - - -
glass.end       s c - - - - - d - -
glass.review    s c - - - - - - - -
figures         s c - - - - - - - -
status          s c - - - - - d - -
jobs            s c - - - r u d - -
outreach        s c h a - - - - - -
place.read      s c h a - - - - - -
place.keep      s c - a - - - - - -
joining         s c h a - - - - - -
joining.list    s c - - - - - - - -
sheet.paper     s c h a - - - - - -
sheet.back      s c - - - - - - - -
sheet.hide      s c - - - - - - - -
paper.copy      s c - - - - - - - -
`

var columns = []Role{RoleSecretariat, RoleCity, RoleChair, RoleAgency, RoleObserver, RoleRecords, RoleAuditor, RoleAdmin, RoleGuest, RoleStaffAdmin}

func TestCanByRole(t *testing.T) {
	t.Parallel()
	seen := map[Action]bool{}
	for _, line := range strings.Split(strings.TrimSpace(table), "\n") {
		f := strings.Fields(line)
		act := Action(f[0])
		seen[act] = true
		for i, role := range columns {
			a := Actor{Tenant: "t", UserID: "u", Roles: []Role{role}}
			if role == RoleGuest {
				a.GuestMeeting = "m"
			}
			if got, want := Can(a, act), f[i+1] != "-"; got != want {
				t.Errorf("%s may %s: %v, want %v", role, act, got, want)
			}
		}
	}
	for _, act := range Actions() {
		if !seen[act] {
			t.Errorf("action %s is missing in the table", act)
		}
		if act != ActPublic && len(grants[act]) == 0 {
			t.Errorf("action %s is granted to nobody", act)
		}
	}
	for act := range grants {
		if !seen[act] {
			t.Errorf("%s is granted, and no line of the table says to whom", act)
		}
	}
	for _, role := range Roles() {
		if !slices.Contains(columns, role) {
			t.Errorf("%s has no column in the table", role)
		}
	}
	if len(seen) != len(Actions()) {
		t.Errorf("%d actions in the table, %d exist", len(seen), len(Actions()))
	}
}

// 緊急時の閲覧 adds reading to an administrator and nothing to anybody else; what it reads is marked, and it is the one case.
func TestGlassAddsReadingAlone(t *testing.T) {
	t.Parallel()
	for _, role := range columns {
		plain := Actor{Tenant: "t", UserID: "u", Roles: []Role{role}}
		if role == RoleGuest {
			plain.GuestMeeting = "m"
		}
		broken := plain
		broken.Glass = "c"
		admin := role == RoleAdmin
		for _, act := range Actions() {
			want := Can(plain, act) || admin && (act == ActCaseRead || act == ActPlanRead)
			if got := Can(broken, act); got != want {
				t.Errorf("%s with a glass may %s: %v, want %v", role, act, got, want)
			}
		}
		want := ScopeOf(plain)
		if admin {
			want.CaseID = "c"
		}
		if got := ScopeOf(broken); got != want {
			t.Errorf("%s: scope %+v, want %+v", role, got, want)
		}
		if e := broken.Audit(time.Now(), VerbCaseOpen, "c"); (e.Reason == ReasonBreakGlass) != admin {
			t.Errorf("%s: entry with reason %q", role, e.Reason)
		}
	}
	guest := Actor{Tenant: "t", UserID: "g", GuestMeeting: "m", Glass: "c", Roles: columns}
	if ScopeOf(guest).CaseID != "" || ScopeOf(Actor{Tenant: "t", UserID: "u", Glass: "c", Waiting: true, Roles: columns}) != (Scope{}) {
		t.Error("a guest with a glass")
	}
	if both := (Actor{Tenant: "t", UserID: "u", Glass: "c", Roles: []Role{RoleAdmin, RoleCity}}); both.Audit(time.Now(), VerbCaseOpen, "c").Reason != "" {
		t.Error("a holder's reading is marked")
	}
	if (Scope{Tenant: "t", CaseID: "c"}).Zero() || ScopeOf(Actor{Tenant: "t", UserID: "u", Roles: []Role{RoleAdmin}}) != (Scope{Tenant: "t", UserID: "u"}) {
		t.Error("scope")
	}
}

func TestCanOfNobody(t *testing.T) {
	t.Parallel()
	everyRole := Actor{Roles: columns}
	for _, act := range Actions() {
		if act == ActPublic {
			continue
		}
		if Can(Actor{}, act) || Can(everyRole, act) {
			t.Errorf("somebody without municipality and id may %s", act)
		}
		if k := fault.KindOf(Require(Actor{}, act)); k != fault.Unauthorized {
			t.Errorf("%s for nobody: %v", act, k)
		}
	}
}

func TestGuestStaysAGuest(t *testing.T) {
	t.Parallel()
	promoted := Actor{Tenant: "t", UserID: "g", GuestMeeting: "m", Roles: columns}
	for _, act := range []Action{ActAdminister, ActCaseCreate, ActConsentRecord, ActArchiveRead, ActGuestInvite, ActFileRead, ActAgencyList} {
		if Can(promoted, act) {
			t.Errorf("a guest with extra roles may %s", act)
		}
	}
	lost := Actor{Tenant: "t", UserID: "g", Roles: []Role{RoleGuest}}
	if Can(lost, ActMeetingRead) {
		t.Error("the guest role without a meeting opens meetings")
	}
	if k := fault.KindOf(Require(promoted, ActAdminister)); k != fault.Forbidden {
		t.Errorf("kind %v", k)
	}
	if Can(Actor{Tenant: "t", UserID: "u", Roles: []Role{"root"}}, ActSession) || Can(Actor{Tenant: "t", UserID: "u", Roles: columns}, "unknown") {
		t.Error("an unknown role or action is allowed")
	}
}
