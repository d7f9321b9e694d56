package webhooks

import (
	"context"
	"time"

	"kasane/internal/access"
)

// OffWhy says why an address is switched off; "" = it is on.
type OffWhy string

// The reasons.
const (
	OffByHand  OffWhy = "hand"
	OffGone    OffWhy = "gone"    // it answered 410
	OffFailing OffWhy = "failing" // nothing got through for days
)

// Endpoint (送信先) is an address that is told.
type Endpoint struct {
	Tenant, ID           string
	AgencyID, AgencyName string // whose system it is
	City                 bool   // of the municipality
	URL, Note            string
	Kinds                []Kind
	At                   time.Time
	By, ByName           string
	OffAt                *time.Time
	OffWhy               OffWhy
	FailingSince         *time.Time // nothing has got through since
	Waiting              int64      // events that wait to be sent
	SentAt               *time.Time // the newest that got through
	OldUntil             *time.Time // until then the old secret signs, too
}

// Secret (署名の鍵) is a row: sealed, and bound to its place.
type Secret struct {
	Tenant, ID, EndpointID string
	Sealed                 []byte
	At                     time.Time
	Until                  *time.Time // it signs no longer after that; nil = the one in force
}

// SecretPlace names the place of a secret for a Sealer.
func SecretPlace(tenant, id string) string { return "webhook\x00" + tenant + "\x00" + id }

// State is where a delivery stands.
type State string

// The states. The first two are no ends.
const (
	StateWaiting State = "waiting"
	StateSending State = "sending"
	StateSent    State = "sent"
	StateFailed  State = "failed"  // tried often enough
	StateDropped State = "dropped" // the address was switched off
)

// Why is what kind of failure a try ended with; "" = none.
type Why string

// The failures.
const (
	WhyAnswer   Why = "answer"   // it answered something other than 2xx
	WhyRedirect Why = "redirect" // it sends elsewhere, and nobody goes there
	WhyTimeout  Why = "timeout"
	WhyName     Why = "name"    // its name is not known
	WhyConnect  Why = "connect" // nobody listens, or the line broke
	WhyTLS      Why = "tls"     // its certificate does not hold
	WhyInside   Why = "inside"  // an address that is never dialled
	WhyPrivate  Why = "private" // a private address that no setting opens
	WhyPlain    Why = "plain"   // http, and no setting allows it
	WhyLocked   Why = "locked"  // the secret does not open
)

// Delivery (送信) is an event on its way to an address.
type Delivery struct {
	Tenant, EndpointID, ID string
	Kind                   Kind
	Body                   string
	At                     time.Time // when it happened
	State                  State
	Tries                  int
	Due                    time.Time // the next try; while it is being sent: when nobody is sending it any more
	TriedAt                *time.Time
	EndedAt                *time.Time
	Code                   int // the answer of the last try, 0 = none
	Why                    Why
}

// Outgoing is a delivery that was claimed, with what it is sent with.
type Outgoing struct {
	Delivery
	Claim   int // goes up each time somebody takes it
	URL     string
	Secrets []Secret // newest first, those that sign at this moment
}

// Outcome is how a try ended.
type Outcome struct {
	Outgoing
	Result State // StateWaiting: tried again at Due
	// Unbegun: it was claimed and not tried, and does not count.
	Unbegun bool
	Due     time.Time
	At      time.Time
	Code    int
	Why     Why
	// Gone: the address is switched off. FailingBefore: so is one of which nothing has got through since before that time; zero = never.
	Gone          bool
	FailingBefore time.Time
}

// Health is how the addresses of a municipality are.
type Health struct {
	On      int64 // addresses in use
	Failing int64 // of those: nothing has got through lately
	Off     int64 // switched off by Kasane
	GivenUp int64 // events that were given up in the last days
}

// Store keeps addresses and deliveries. Every mutation of people writes its audit entry in the same transaction.
type Store interface {
	// Webhooks lists the addresses of a municipality, the newest first.
	Webhooks(ctx context.Context, tenant string, now time.Time) ([]Endpoint, error)
	// Webhook returns one. NotFound: there is none.
	Webhook(ctx context.Context, tenant, id string, now time.Time) (Endpoint, error)
	// AddWebhook keeps an address with its secret. Conflict: there are as many as most.
	AddWebhook(ctx context.Context, p Endpoint, s Secret, most int, e access.Entry) error
	// SaveWebhook changes URL, note, kinds and whether it is on; an address that is switched off drops what waits. NotFound: there is none.
	SaveWebhook(ctx context.Context, p Endpoint, e access.Entry) error
	// RemoveWebhook removes an address with everything of it. NotFound: there is none.
	RemoveWebhook(ctx context.Context, tenant, id string, e access.Entry) error
	// ChangeWebhookSecret puts a secret in force; the one that was goes on until a time, those before it go. NotFound: there is no such address.
	ChangeWebhookSecret(ctx context.Context, s Secret, old time.Time, e access.Entry) error
	// TestWebhook queues a test. Conflict: the address is off. RateLimited: there were most since a time.
	TestWebhook(ctx context.Context, d Delivery, since time.Time, most int, e access.Entry) error
	// WebhookDeliveries lists the newest of an address.
	WebhookDeliveries(ctx context.Context, tenant, id string, limit int) ([]Delivery, error)
	// AgainWebhook sends one that has ended once more, with its id. NotFound: there is none. Conflict: it has not ended, or the address is off.
	AgainWebhook(ctx context.Context, tenant, endpoint, id string, now time.Time, e access.Entry) error
	// ClaimWebhooks takes what is due for its caller alone until a time, at most so many of one address: of addresses that are on, whose agency is in use, of municipalities that are not
	// suspended. What another had claimed and never ended is due again at its time.
	ClaimWebhooks(ctx context.Context, now, until time.Time, limit, each int) ([]Outgoing, error)
	// EndWebhook writes how a try ended, unless somebody else has claimed it since, and what that means for the address; e is written when it is switched off by it, which is told.
	EndWebhook(ctx context.Context, o Outcome, e access.Entry) (off bool, err error)
	// PruneWebhooks forgets what was made before a time, and secrets that sign no longer.
	PruneWebhooks(ctx context.Context, before, now time.Time) error
	// WebhookHealth counts; GivenUp since a time.
	WebhookHealth(ctx context.Context, tenant string, since time.Time) (Health, error)
	// WebhooksWanted are the kinds that addresses want which are on, by municipality; of municipalities that are not suspended.
	WebhooksWanted(ctx context.Context) (map[string][]Kind, error)
	// TellWebhooks writes events that happen once, for addresses that were there when they did; what was written before is not written again.
	TellWebhooks(ctx context.Context, list []Event) error
	TakeLease(ctx context.Context, tenant, name, holder string, now, until time.Time) (bool, error)
	EndLease(ctx context.Context, tenant, name, holder string) error
	AppendAudit(ctx context.Context, entries ...access.Entry) error
	ListAgencies(ctx context.Context, tenant string) ([]access.Agency, error)
}
