package identity

import (
	"context"
	"time"

	"kasane/internal/access"
)

// Session (サインイン中の状態) is one row; the token itself is never stored. It belongs to a user or to a guest link.
type Session struct {
	Hash      string // lower hex SHA-256 of the token; unique over all municipalities; Actor.SessionID
	Tenant    string
	UserID    string // "" for a guest
	GuestID   string // guest link id, "" for a user
	CreatedAt time.Time
	LastSeen  time.Time // written at most once a minute
	ExpiresAt time.Time // absolute end, whatever the activity
	IP        string    // address of sign-in
	Device    string    // browser and system of sign-in, as DeviceOf tells them
	Stage     Stage     // what is still owed; never StageLocked, which LockedAt tells
	Factor    string    // how the second step was done, "" = not at all
	Challenge string    // what the next answer has to fit; belongs to the session
	LockedAt  *time.Time
	Service   string // issuer of the sign-in service that vouched for it, "" = none
}

// Follow says what a new session does to others.
type Follow struct {
	Clear []string // attempt counts that are forgiven
	Of    string   // hash of the session it takes the place of, "" = none
	Alone bool     // the other sessions of the user end
}

// Account is a user with what is needed to check the password.
type Account struct {
	access.User
	PasswordHash string // PHC string; "" never matches
	Subject      string // whom the sign-in service of the municipality means by this account; "" = not used yet
}

// Principal is a living session with the person behind it as known at this moment.
type Principal struct {
	Session Session
	User    access.User   // zero for a guest
	Agency  access.Agency // of the user, or of the guest
	Guest   *GuestLink    // nil for a user

	Municipality access.Municipality
	Set          *Rules // nil: the municipality has set none
}

func (p Principal) rules() Rules { return rules(p.Set, p.Municipality) }

func (p Principal) name() string {
	if p.Guest != nil {
		return p.Guest.Name
	}
	return p.User.Name
}

// GuestLink (招待リンク) lets one person without an account into one meeting, once.
type GuestLink struct {
	ID        string
	Tenant    string
	MeetingID string
	TokenHash string // lower hex SHA-256 of the token in the URL fragment; unique over all municipalities
	PINHash   string // PHC string of the six digits
	Name      string // as the inviter wrote it, never normalised
	Kana      string
	AgencyID  string
	Post      string
	CreatedBy string
	CreatedAt time.Time
	ExpiresAt time.Time
	Attempts  int        // PINs tried so far
	UsedAt    *time.Time // entered: name, agency and secrecy confirmed
	RevokedAt *time.Time
	// AdmittedAt is when the guest was let in: at once, or by the chair (待合室).
	AdmittedAt *time.Time
	// Carried: came along from the case before (開催); what was confirmed at the door was for that one.
	Carried bool
}

// AttemptKey counts sign-in attempts for one account name or one address.
type AttemptKey struct {
	Key   string // opaque: kind and hash, no login in clear
	Limit int    // the attempt that makes the count reach Limit also locks the key
}

// Store keeps accounts, sessions and guest links. Every mutation writes its audit entry in the same transaction.
// Times are microseconds in UTC. Unless said otherwise a missing row is fault.NotFound.
type Store interface {
	Municipalities
	Accounts
	Sessions
	Guests
	Factors
	// AppendAudit writes audit entries durably; used for events without another row (failed sign-in).
	AppendAudit(ctx context.Context, entries ...access.Entry) error
}

// Municipalities are the tenants of the installation.
type Municipalities interface {
	// ListMunicipalities returns all, ordered by CreatedAt.
	ListMunicipalities(ctx context.Context) ([]access.Municipality, error)
	// CreateMunicipality stores the municipality with its first agency and administrator. With onlyFirst it answers
	// fault.Conflict when any municipality exists already (two setups at once: one wins).
	CreateMunicipality(ctx context.Context, m access.Municipality, first access.Agency, admin Account, onlyFirst bool, e access.Entry) error
	// Rules returns the rules of sign-in, nil where none are set or there is no such municipality (yet). SaveRules sets them.
	Rules(ctx context.Context, tenant string) (*Rules, error)
	SaveRules(ctx context.Context, tenant string, r Rules, e access.Entry) error
}

// Accounts are agencies and users.
type Accounts interface {
	// ListAgencies returns all agencies of the municipality, also inactive ones, ordered by Category, Name, ID.
	ListAgencies(ctx context.Context, tenant string) ([]access.Agency, error)
	// SaveAgency inserts (create) or updates by id (fault.NotFound if missing). A name taken by another agency: fault.Conflict.
	SaveAgency(ctx context.Context, a access.Agency, create bool, e access.Entry) error
	// SaveAgencies does so with many, all or none, each with its entry.
	SaveAgencies(ctx context.Context, all []AgencySaving) error
	// ListUsers returns all users of the municipality, ordered by AgencyID, Kana, ID.
	ListUsers(ctx context.Context, tenant string) ([]access.User, error)
	// GetUser returns one user with the password hash.
	GetUser(ctx context.Context, tenant, id string) (Account, error)
	// AccountByLogin finds by exact login (already lower case); logins are unique within a municipality.
	AccountByLogin(ctx context.Context, tenant, login string) (Account, error)
	// AccountBySubject finds by what BindSubject has bound. BindSubject binds an account that is bound to nobody; fault.Conflict otherwise, and when the
	// subject is bound to another.
	AccountBySubject(ctx context.Context, tenant, subject string) (Account, error)
	BindSubject(ctx context.Context, tenant, userID, subject string, e access.Entry) error
	// CreateUser inserts; login taken → fault.Conflict on field "login"; unknown agency → fault.Invalid on "agencyId".
	CreateUser(ctx context.Context, u Account, e access.Entry) error
	// UpdateUser updates by id; an empty PasswordHash keeps the old one. endSessions deletes the user's sessions in the
	// same transaction. Errors as CreateUser, and NotFound.
	UpdateUser(ctx context.Context, u Account, endSessions bool, e access.Entry) error
	// SetPassword sets a password and ends the user's sessions but one, in one transaction.
	SetPassword(ctx context.Context, tenant, userID, hash, keep string, e access.Entry) error
}

// Sessions are sign-ins and the counting of attempts.
type Sessions interface {
	// BeginAttempt counts an attempt before the password is looked at, so that parallel guesses cannot pass together.
	// In one transaction: if any key is locked at now, nothing is counted and the latest end of a lock is returned.
	// Otherwise every key's count rises by one (a count whose first attempt is older than window starts again from zero);
	// a key whose count reaches its Limit is locked until now+lock, but this attempt may go on: the zero time is returned.
	BeginAttempt(ctx context.Context, tenant string, keys []AttemptKey, window, lock time.Duration, now time.Time) (lockedUntil time.Time, err error)
	// ForgetAttempts forgets the counts and locks of keys.
	ForgetAttempts(ctx context.Context, tenant string, keys ...string) error
	// CreateSession inserts the session and does to others what f says, in one transaction. A session it should take the place of and that is gone:
	// fault.Unauthorized, and nothing is written.
	CreateSession(ctx context.Context, s Session, f Follow, e access.Entry) error
	// ListSessions returns the sessions of a user, newest first.
	ListSessions(ctx context.Context, tenant, userID string) ([]Session, error)
	// EndSessions deletes the sessions of a user but the one with the hash keep.
	EndSessions(ctx context.Context, tenant, userID, keep string, e access.Entry) error
	// LockSession sets or (nil) takes away LockedAt; a lock that stands keeps its time. Unlocking also counts as use at the time of the entry and
	// forgets nothing else. No error when the session is gone.
	LockSession(ctx context.Context, hash string, at *time.Time, e access.Entry) error
	// SetChallenge sets what the next answer has to fit. TakeChallenge empties it; false when it is another by now: it is answered once.
	SetChallenge(ctx context.Context, hash, challenge string) error
	TakeChallenge(ctx context.Context, hash, challenge string) (bool, error)
	// FindPrincipal reads session, user or guest link, agency and rules in one transaction; fault.NotFound if there is no such session.
	// It judges neither expiry nor disabling.
	FindPrincipal(ctx context.Context, hash string) (Principal, error)
	// TouchSession sets LastSeen; no audit entry, no error when the session is gone.
	TouchSession(ctx context.Context, hash string, now time.Time) error
	// EndSession deletes the session; no error when it is gone already.
	EndSession(ctx context.Context, hash string, e access.Entry) error
	// PurgeSessions deletes sessions whose ExpiresAt is before now or whose LastSeen is before idleSince, and attempt
	// counts that are neither locked nor younger than a day.
	PurgeSessions(ctx context.Context, now, idleSince time.Time) error
}

// Guests are invitation links.
type Guests interface {
	// CreateGuest inserts the link; unknown meeting or agency → fault.NotFound.
	CreateGuest(ctx context.Context, g GuestLink, e access.Entry) error
	// GuestByToken finds by token hash over all municipalities.
	GuestByToken(ctx context.Context, tokenHash string) (GuestLink, error)
	// GetGuest finds by id inside a municipality.
	GetGuest(ctx context.Context, tenant, id string) (GuestLink, error)
	// ListGuests returns the links of a meeting, oldest first.
	ListGuests(ctx context.Context, tenant, meetingID string) ([]GuestLink, error)
	// GuestAttempt counts a PIN attempt before the PIN is looked at: a conditional update that raises Attempts by one if
	// Attempts < limit, UsedAt and RevokedAt are null and ExpiresAt > now; otherwise fault.Gone.
	GuestAttempt(ctx context.Context, tenant, id string, limit int, now time.Time) error
	// UseGuest sets UsedAt=now (with admitted AdmittedAt too) if UsedAt and RevokedAt are null and ExpiresAt > now, and inserts the session, in one
	// transaction; otherwise fault.Gone and nothing is written. Of two at once, one wins.
	UseGuest(ctx context.Context, tenant, id string, s Session, admitted bool, now time.Time, e access.Entry) error
	// CarryGuest moves a link that was used and admitted, and is not revoked, from one meeting to another that is not cancelled: it waits there
	// (AdmittedAt null) unless admitted, and ends at end. NotFound when there is none such.
	CarryGuest(ctx context.Context, tenant, id, from, to string, admitted bool, end, now time.Time, e access.Entry) error
	// MoveGuests sets ExpiresAt of the links named; sessions that came through them end no later.
	MoveGuests(ctx context.Context, tenant string, ends map[string]time.Time, e access.Entry) error
	// RevokeGuest sets RevokedAt=now (kept if set already) and deletes the guest's sessions in the same transaction.
	RevokeGuest(ctx context.Context, tenant, id string, now time.Time, e access.Entry) error
	// AdmitGuest sets AdmittedAt=now (kept if set already).
	AdmitGuest(ctx context.Context, tenant, id string, now time.Time, e access.Entry) error
}

// Factors are second factors.
type Factors interface {
	// Factors returns those of a user, oldest first.
	Factors(ctx context.Context, tenant, userID string) ([]Factor, error)
	// AddFactors inserts factors of one user and removes those in old, in one transaction.
	AddFactors(ctx context.Context, add []Factor, old []string, e access.Entry) error
	// RemoveFactors removes factors of a user by their ids; no error for those gone already.
	RemoveFactors(ctx context.Context, tenant, userID string, ids []string, e access.Entry) error
	// UseFactor puts Step and Content of next in the place of those of was, and UsedAt; false when they are not those of was any more.
	UseFactor(ctx context.Context, was, next Factor, now time.Time) (bool, error)
}
