package jobs

import (
	"context"
	"time"

	"kasane/internal/access"
)

// Kind is what sort of work a job is.
type Kind string

// The kinds. The first three are asked for by people, the others go on by themselves.
const (
	KindImport    Kind = "import"    // 名簿の取込
	KindPackage   Kind = "package"   // 引渡しの書き出し
	KindVerify    Kind = "verify"    // 改ざんの点検, of everything sealed
	KindCheck     Kind = "check"     // 夜間の照合
	KindRetention Kind = "retention" // 保存期間の満了の確認
	KindReminders Kind = "reminders" // お知らせのメール
)

var kinds = map[Kind]struct {
	label  string
	action access.Action // who may look at jobs of others, and stop them
}{
	KindImport:    {"名簿の取込", access.ActImport},
	KindPackage:   {"引渡しの書き出し", access.ActArchiveKeep},
	KindVerify:    {"改ざんの点検", access.ActArchiveVerify},
	KindCheck:     {"夜間の照合", access.ActJobs},
	KindRetention: {"保存期間の満了の確認", access.ActJobs},
	KindReminders: {"お知らせのメール", access.ActJobs},
}

// Label is the kind in Japanese.
func (k Kind) Label() string { return kinds[k].label }

// State is how a job stands.
type State string

// The states.
const (
	StateWaiting State = "waiting"
	StateRunning State = "running"
	StateDone    State = "done"
	StateFailed  State = "failed"
	StateStopped State = "stopped"
)

// Label is the state in Japanese.
func (s State) Label() string {
	return map[State]string{StateWaiting: "順番待ち", StateRunning: "処理中", StateDone: "終了", StateFailed: "失敗", StateStopped: "取消"}[s]
}

// Over tells whether nothing more comes of it.
func (s State) Over() bool { return s == StateDone || s == StateFailed || s == StateStopped }

// Job (処理) is one piece of work.
type Job struct {
	Tenant, ID string
	Kind       Kind
	State      State
	By         string // user; "" = by itself
	Asked      string // JSON: numbers and ids, no word of a person
	MadeAt     time.Time
	StartedAt  *time.Time
	BeatAt     *time.Time
	EndedAt    *time.Time
	Node       string
	Turn       int
	DueAt      time.Time
	Done       int
	Total      int // 0: not known
	Stop       bool
	Said       string
	Trouble    string
	Fetch      bool // something was made that can be fetched
}

// Side tells who made a part: given by who asked, or made by the work.
type Side string

// The sides.
const (
	SideGiven Side = "given"
	SideMade  Side = "made"
)

// Part is a piece of what was given or made, sealed.
type Part struct {
	Side Side
	N    int
	Sum  string
	Body []byte
}

// Beat is how far somebody has come with a job.
type Beat struct {
	Done, Total int
	At, Until   time.Time
}

// Ending is how a job ends, or how it is given back.
type Ending struct {
	State   State
	At      time.Time
	Said    string
	Trouble string
	Fetch   bool
	Due     time.Time // of one that is given back: when it may be taken again
}

// Store keeps the jobs. Everything that names a turn does nothing and answers fault.Gone when the job has another one, or is over.
type Store interface {
	// AddJob writes a job with what was given. When the id is taken it writes nothing and returns the job that has it, with made false. e is nil for a job nobody asked for.
	AddJob(ctx context.Context, j Job, given []Part, e *access.Entry) (out Job, made bool, err error)
	// Jobs returns the newest of a municipality, newest first.
	Jobs(ctx context.Context, tenant string, limit int) ([]Job, error)
	// Job returns one; NotFound.
	Job(ctx context.Context, tenant, id string) (Job, error)
	// DueJobs returns, oldest first, those of all municipalities that may be taken now: tenant and id.
	DueJobs(ctx context.Context, now time.Time, limit int) ([]Job, error)
	// TakeJob gives a job that is due to a node until a time and raises its turn; false when somebody else has it.
	TakeJob(ctx context.Context, tenant, id, node string, now, until time.Time) (Job, bool, error)
	// BeatJob keeps the lease and notes how far the work has come; it tells whether somebody wants it stopped.
	BeatJob(ctx context.Context, j Job, b Beat) (stop bool, err error)
	// EndJob ends a job, or gives it back (StateWaiting). With its end go the parts that were given, and when it was not done those that were made.
	EndJob(ctx context.Context, j Job, end Ending) error
	// StopJob ends a job that waits; of one that is worked it notes that it is to stop. Conflict when it is over.
	StopJob(ctx context.Context, tenant, id string, now time.Time, e access.Entry) (Job, error)
	// PutPart writes a part, or does nothing when it is there with the same hash.
	PutPart(ctx context.Context, j Job, p Part) error
	// CutParts removes the parts made from n on.
	CutParts(ctx context.Context, j Job, n int) error
	// JobPart returns one part; NotFound.
	JobPart(ctx context.Context, tenant, id string, side Side, n int) (Part, error)
	// PruneJobs removes those that ended before a time, with their parts.
	PruneJobs(ctx context.Context, tenant string, before time.Time) error

	ListMunicipalities(ctx context.Context) ([]access.Municipality, error)
	AppendAudit(ctx context.Context, entries ...access.Entry) error
}

// Seal keeps what is given and made from who reads the database.
type Seal interface {
	Seal(ctx context.Context, tenant, place string, plain []byte) ([]byte, error)
	Open(ctx context.Context, tenant, place string, sealed []byte) ([]byte, error)
}

// People tell what somebody may do now.
type People interface {
	// ActorOf is a user as they are now, without a session; Forbidden when the account or its agency is closed, NotFound.
	ActorOf(ctx context.Context, tenant, userID string) (access.Actor, error)
}
