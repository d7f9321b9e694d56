package web

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/cases"
	"kasane/internal/casesheets"
	"kasane/internal/community"
	"kasane/internal/consent"
	"kasane/internal/copies"
	"kasane/internal/desk"
	"kasane/internal/figures"
	"kasane/internal/files"
	"kasane/internal/firstrun"
	"kasane/internal/forms"
	"kasane/internal/gaiji"
	"kasane/internal/handouts"
	"kasane/internal/identity"
	"kasane/internal/imports"
	"kasane/internal/intake"
	"kasane/internal/jobs"
	"kasane/internal/joining"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/notice"
	"kasane/internal/outreach"
	"kasane/internal/oversight"
	"kasane/internal/plans"
	"kasane/internal/reviews"
	"kasane/internal/sheets"
	"kasane/internal/webhooks"
)

// Settings are the parts of the configuration that concern HTTP.
type Settings struct {
	BasePath       string            // "" or "/kasane"
	PublicURL      string            // origin in invitation links; "" = as the request came
	Hosts          map[string]string // host name in lower case → code of the municipality that signs in there
	TrustedProxies []netip.Prefix    // whose X-Forwarded-* are believed
	SecureCookie   bool              // always Secure; otherwise only when the request came by TLS
}

// Auditor writes audit entries durably.
type Auditor interface {
	AppendAudit(ctx context.Context, entries ...access.Entry) error
}

// Check (点検項目) is one line of /readyz. Run must return within the context; its error is shown as fault.Message says.
type Check struct {
	Name  string
	Label string // 日本語の項目名
	Run   func(ctx context.Context) error
	// Notice: trouble that is told, and does not make the node unready.
	Notice bool
}

// Deps is everything the web needs. All fields are required unless said otherwise.
type Deps struct {
	Log      *slog.Logger
	Now      func() time.Time
	Settings Settings
	Dist     fs.FS        // the browser client
	Realtime http.Handler // /hp and /yws/; nil in tests without live documents
	Ready    []Check      // may be empty
	Audit    Auditor
	Identity *identity.Service
	Files    *files.Service
	Handouts *handouts.Service
	Cases    *cases.Service
	Intake   *intake.Service
	Imports  *imports.Service
	Jobs     *jobs.Service
	Gate     *cases.Gatekeeper
	Docs     *live.Service
	Consent  *consent.Service
	Desk     *desk.Service
	Plans    *plans.Service
	Sheets   sheets.Books
	Meeting  *meeting.Service
	Lists    Lists
	Archive  *archive.Service
	Copies   *copies.Service
	Gaiji    *gaiji.Service
	Forms    *forms.Service
	Figures  *figures.Service
	Notices  *notice.Service
	// Answered is told the class of the route (classOf), the status and the time of every answer, for the metrics; nil: nobody is.
	Answered func(class string, status int, took time.Duration)
	// Status says how the installation is, to people who are no engineers; nil: nothing is known of it.
	Status   func(ctx context.Context, a access.Actor) []StatusLine
	Outreach *outreach.Service
	Reviews  *reviews.Service
	// CaseSheets prints the sheets of a case.
	CaseSheets *casesheets.Service
	// Community keeps the 社会資源台帳.
	Community *community.Service
	Joining   *joining.Service // 参加支援
	FirstRun  *firstrun.Service
	// Oversight answers the privacy officer.
	Oversight *oversight.Service
	Tokens    *identity.Tokens  // 連携用トークン
	Webhooks  *webhooks.Service // 連携先への通知
	// TokenAsks counts a request of the municipality's systems and refuses what is beyond its quota (上限); nil: there is none.
	TokenAsks func(ctx context.Context, tenant string) error
	// EndSession cuts the live connections of a session that ended here; nil: they end when they are looked at again.
	EndSession func(tenant, sessionID string)
	// CaseChanged has the rights to all live documents of a case decided anew now, on every node; nil: at the next turn.
	CaseChanged func(ctx context.Context, tenant, caseID string)
	// Recheck has the sessions of all live connections looked at now: some of them may have ended; nil: at the next turn.
	Recheck func()
}

// Lists reads rows that no service lists; the store is it.
type Lists interface {
	Plans
	Meetings
}
