// Package access knows who acts: municipalities (テナント), agencies (機関), users, roles, and what each may do.
// Everything is denied unless a rule here, the case membership and the consent gate all allow it.
//
// It imports nothing of Kasane but fault, so every package may speak of an Actor.
package access

import (
	"slices"
	"time"
)

// Role is a default right of domain.md §3.1. A user may hold several.
type Role string

// The roles.
const (
	RoleSecretariat Role = "secretariat" // 多機関協働担当(事務局): creates cases, plans, meetings; edits all in its cases
	RoleCity        Role = "city"        // 市所管課(主管): 招集, 支援決定, reads all cases of the municipality
	RoleChair       Role = "chair"       // 会長・議長: may chair meetings
	RoleAgency      Role = "agency"      // 支援関係機関 職員: cases where the agency is 構成員
	RoleObserver    Role = "observer"    // オブザーバー/助言者: reads and comments, one meeting
	RoleRecords     Role = "records"     // 記録担当(文書担当): archive PDFs and metadata, no live edit
	RoleAuditor     Role = "auditor"     // 監査・情報担当: log only, no case body
	RoleAdmin       Role = "admin"       // システム管理者: settings, users; no case body
	RoleStaffAdmin  Role = "staff_admin" // 機関管理者: the accounts of their own agency
	RoleGuest       Role = "guest"       // 遠隔参加者(招待リンク): one meeting only; never stored on a user
)

// Roles lists every role.
func Roles() []Role {
	return []Role{RoleSecretariat, RoleCity, RoleChair, RoleAgency, RoleObserver, RoleRecords, RoleAuditor, RoleAdmin, RoleStaffAdmin, RoleGuest}
}

// Municipality (市町村, テナント) is the outermost wall: nothing crosses it.
type Municipality struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Code      string `json:"code"` // 全国地方公共団体コード, 6 digits, or a short name for a demo
	Demo      bool   `json:"demo"`
	CreatedAt time.Time
}

// Agency (支援関係機関).
type Agency struct {
	ID       string `json:"id"`
	Tenant   string `json:"-"`
	Name     string `json:"name"`
	Short    string `json:"short"`    // label of a matrix column, ≤ 8 characters
	Category string `json:"category"` // 機関区分 code, see sheets
	City     bool   `json:"city"`     // a section of the municipality itself
	Active   bool   `json:"active"`
	// Contact (担当者) and Phone: whom to call. Told to administrators and those who hold the record.
	Contact string `json:"contact,omitempty"`
	Phone   string `json:"phone,omitempty"`
	// Addresses (CIDR) its people may sign in from; empty: anywhere. Told to administrators only.
	Addresses []string `json:"addresses,omitempty"`
}

// User is a person with an account; the account belongs to one agency.
type User struct {
	ID       string `json:"id"`
	Tenant   string `json:"-"`
	AgencyID string `json:"agencyId"`
	Login    string `json:"login"`
	Name     string `json:"name"`
	Kana     string `json:"kana"`
	Post     string `json:"post"` // 職
	Roles    []Role `json:"roles"`
	Disabled bool   `json:"disabled"`
}

// Actor is who does something, as known at that moment. The zero Actor may nothing.
type Actor struct {
	Tenant     string
	UserID     string // user id, or guest link id for a guest
	SessionID  string // hash of the session token, never the token
	Name       string
	Post       string
	AgencyID   string
	AgencyName string
	Roles      []Role
	// GuestMeeting is the only meeting a guest may see; empty for users.
	GuestMeeting string
	// Waiting: a guest in the lobby (待合室), whom nobody has let in yet. They may ask where they stand and nothing else.
	Waiting bool
	// Outside: of an agency that is no section of the city (市の機関ではない): screens carry a watermark, and NoCopies holds where the city has not
	// decided otherwise.
	Outside bool
	// NoCopies: takes no file home and prints nothing (ファイルの受取り・印刷をさせない).
	NoCopies bool
	// Glass is the one case a システム管理者 may read now (緊急時の閲覧). It is asked anew for each request that may use it and stored nowhere.
	Glass string
	// Token: no person but a system of an agency that came with a 連携用トークン. It never holds the record, whatever role it acts in.
	Token bool
	IP    string
}

// Has tells whether the actor holds a role.
func (a Actor) Has(r Role) bool { return slices.Contains(a.Roles, r) }

// HasAny tells whether the actor holds one of the roles.
func (a Actor) HasAny(rs ...Role) bool { return slices.ContainsFunc(rs, a.Has) }

// Guest tells whether the actor came through a guest link.
func (a Actor) Guest() bool { return a.GuestMeeting != "" }

// Holder tells whether the actor belongs to those who hold the case record itself: 多機関協働担当 and 市所管課.
// They collect the information; the consent gate governs what they provide to others.
func (a Actor) Holder() bool { return !a.Guest() && !a.Token && a.HasAny(RoleSecretariat, RoleCity) }

// breaks tells whether the actor reads a case by 緊急時の閲覧: an administrator who does not hold the record anyway.
func (a Actor) breaks() bool { return a.Glass != "" && a.Has(RoleAdmin) && !a.Guest() && !a.Holder() }

// System is the actor of work Kasane does by itself (recovery, sequencing) inside one municipality.
func System(tenant string) Actor {
	return Actor{Tenant: tenant, UserID: "system", Name: "システム", AgencyName: "Kasane"}
}

// Scope limits a query to the rows an actor may see. The zero Scope sees nothing.
// Stores turn it into SQL in one place.
type Scope struct {
	Tenant string
	// All: every case of the municipality (市所管課, 事務局).
	All bool
	// UserID: what this user is kept from (利害関係者の閲覧遮断) is not in scope, whatever else is. "" for nobody in particular.
	UserID string
	// AgencyID: cases in which this agency is a current member.
	AgencyID string
	// MeetingID: a guest sees the one case set of this meeting.
	MeetingID string
	// CaseID: this case with its household, agencies and plans (緊急時の閲覧); no meeting, consent, file or record of it.
	CaseID string
	// Archive: the sealed records and their metadata (記録担当, 市所管課, 事務局, 議長).
	Archive bool
	// Audit: the audit log of the municipality, without the cases (監査・情報担当, 市所管課).
	Audit bool
}

// ScopeOf derives the scope of an actor.
func ScopeOf(a Actor) Scope {
	switch {
	case a.Tenant == "", a.Waiting:
		return Scope{}
	case a.Guest():
		return Scope{Tenant: a.Tenant, MeetingID: a.GuestMeeting}
	}
	s := Scope{Tenant: a.Tenant, UserID: a.UserID, All: a.Holder(), Archive: a.HasAny(RoleRecords, RoleCity, RoleSecretariat),
		Audit: a.HasAny(RoleAuditor, RoleCity)}
	if a.HasAny(RoleAgency, RoleChair, RoleObserver) {
		s.AgencyID = a.AgencyID
	}
	if a.breaks() {
		s.CaseID = a.Glass
	}
	return s
}

// Zero tells whether the scope sees nothing at all.
func (s Scope) Zero() bool {
	return s.Tenant == "" || (!s.All && s.AgencyID == "" && s.MeetingID == "" && s.CaseID == "" && !s.Archive && !s.Audit)
}
