package identity

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
)

// How long things last and how often they may go wrong.
const (
	SessionIdle     = 60 * time.Minute // without a request
	SessionAbsolute = 12 * time.Hour   // whatever the activity
	touchEvery      = time.Minute      // LastSeen is written at most this often

	accountFailures = 5  // wrong passwords for one login name
	addressFailures = 20 // wrong passwords from one address: a whole office may share one
	attemptWindow   = 15 * time.Minute
	lockFor         = 15 * time.Minute

	guestFailures  = 5
	guestAfterPlan = 2 * time.Hour       // a link outlives the planned end of its meeting by this at least
	guestMax       = 60 * 24 * time.Hour // and never lives longer than this
)

// Options are what the service needs beside its store.
type Options struct {
	Now func() time.Time
	// SetupCode opens Setup while the installation has no municipality; "" closes it.
	SetupCode string
	// Seal keeps the secrets of second factors.
	Seal Sealer
	// SealOf finds what keeps the secrets of a municipality; nil: Seal does.
	SealOf func(ctx context.Context, tenant string) (Sealer, error)
	// OIDC is the sign-in service of the municipality; nil where passwords and passkeys are all.
	OIDC *OIDCOptions
	// Quota is what the municipality may use (上限); nil: as much as it likes.
	Quota Quota
	// DemoAccounts are shown on the sign-in page of a demo municipality; nil elsewhere.
	DemoAccounts []DemoAccount
}

// Quota (上限) says whether there is room in a municipality.
type Quota interface {
	// Member is asked before one more account comes to be, or a stopped one goes on.
	Member(ctx context.Context, tenant string) error
	// Enter is asked before one more signs in. Guests are not asked: they come for a meeting.
	Enter(ctx context.Context, tenant string, u access.User) error
}

// DemoAccount is an account of the demo, offered openly on its sign-in page. Such accounts exist in demo municipalities only.
type DemoAccount struct {
	Login     string `json:"login"`
	Password  string `json:"password"`
	Name      string `json:"name"`
	Agency    string `json:"agency"`
	RoleLabel string `json:"roleLabel"`
	Hint      string `json:"hint"`
}

// Service answers who somebody is. It is safe for concurrent use and keeps no state of its own.
type Service struct {
	store  Store
	hasher *hasher
	oidc   *service // nil: no sign-in service
	opt    Options
}

// New makes the service.
func New(store Store, opt Options) *Service {
	s := &Service{store: store, hasher: newHasher(), opt: opt}
	if opt.OIDC != nil {
		s.oidc = &service{opt: *opt.OIDC}
	}
	return s
}

func (s *Service) now() time.Time { return s.opt.Now().UTC().Truncate(time.Microsecond) }

// actorOf builds the actor of a principal: the only place where a session becomes rights.
func actorOf(p Principal) access.Actor {
	a := access.Actor{
		Tenant: p.Session.Tenant, SessionID: p.Session.Hash,
		AgencyID: p.Agency.ID, AgencyName: p.Agency.Name,
	}
	a.Outside = !p.Agency.City
	a.NoCopies = a.Outside && !p.rules().Copies
	if p.Guest != nil {
		a.UserID, a.Name, a.Post = p.Guest.ID, p.Guest.Name, p.Guest.Post
		a.Roles, a.GuestMeeting = []access.Role{access.RoleGuest}, p.Guest.MeetingID
		a.Waiting = p.Guest.AdmittedAt == nil
		return a
	}
	if slices.Contains(p.User.Roles, access.RoleSecretariat) || slices.Contains(p.User.Roles, access.RoleCity) {
		a.Outside, a.NoCopies = false, false // a 多機関協働事業者 by contract holds the record
	}
	a.UserID, a.Name, a.Post, a.Roles = p.User.ID, p.User.Name, p.User.Post, p.User.Roles
	return a
}
