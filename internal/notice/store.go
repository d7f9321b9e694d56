package notice

import (
	"context"
	"time"

	"kasane/internal/access"
)

// Settings (お知らせの設定) is what a person wants to be told, and where.
type Settings struct {
	Address  string     // "" = nowhere
	Digest   bool       // 毎朝の件数
	Meetings bool       // 会議の予定
	Refused  *time.Time // the server of the address does not take mails for it, since then
	Code     int        // its answer, 5xx
}

// Reader (受取人) is somebody who gets mails.
type Reader struct {
	Actor access.Actor // as whom it is decided what waits
	Settings
}

// Kind is what a notice is about.
type Kind string

// The kinds.
const (
	KindHello   Kind = "hello"   // the address was set
	KindDigest  Kind = "digest"  // 毎朝の件数
	KindMeeting Kind = "meeting" // 会議の予定
)

// State is where a notice stands.
type State string

// The states. All but the first two are ends.
const (
	StateQueued  State = "queued"
	StateSending State = "sending"
	StateSent    State = "sent"
	StateRefused State = "refused" // the address
	StateFailed  State = "failed"  // tried often enough, or too late
	StateUnsure  State = "unsure"  // nobody knows whether it was taken
	StateDropped State = "dropped" // not wanted any more
)

// Notice is one mail to one person. About makes it the only one of its kind: a second one is not queued.
type Notice struct {
	ID, Tenant, UserID string
	About              string
	Kind               Kind
	MeetingID          string // "" = none
	Subject, Body      string
	Calendar           string // RFC 5545, "" = none
	Tries              int
	Created, Due       time.Time
	Expires            time.Time // not worth sending after that
}

// Outgoing is a notice with the address of the moment.
type Outgoing struct {
	Notice
	To string
}

// Outcome is how a try ended. Due is the next try of one that is queued again.
type Outcome struct {
	Tenant, ID, UserID string
	State              State
	Code               int // of the server, 0 = none
	Due                time.Time
	To                 string // the address that was tried
}

// HelloMost is how many first mails one person causes within a day: they go to any address.
const HelloMost = 5

// Refusal is an address that is refused, for those who manage accounts.
type Refusal struct {
	UserID, Name         string
	AgencyID, AgencyName string
	At                   time.Time
	Code                 int
}

// Queue is how the notices are.
type Queue struct {
	Waiting int64
	Oldest  time.Time // of those; zero: none waits
	Refused int64     // addresses
}

// Store keeps settings and notices. Every mutation writes its audit entry in the same transaction where it has one.
type Store interface {
	ListMunicipalities(ctx context.Context) ([]access.Municipality, error)
	// NoticeSettings returns those of a person; the zero Settings where there are none.
	NoticeSettings(ctx context.Context, tenant, userID string) (Settings, error)
	// SaveNoticeSettings sets them and forgets a refusal; hello may be nil, and is left out when there were HelloMost in the day before it.
	SaveNoticeSettings(ctx context.Context, tenant, userID string, s Settings, hello *Notice, e access.Entry) error
	// NoticeReaders returns those with an account that may be used and an address that is not refused.
	NoticeReaders(ctx context.Context, tenant string) ([]Reader, error)
	// NoticeRefusals lists the addresses of a municipality that are refused.
	NoticeRefusals(ctx context.Context, tenant string) ([]Refusal, error)
	// QueueNotices puts in what is not there yet, and tells how many that were.
	QueueNotices(ctx context.Context, list []Notice, entries ...access.Entry) (int, error)
	// ClaimNotices takes what is due for its caller alone until a time. What another had claimed and never ended becomes unsure, what nobody wants any more dropped, what is too late
	// failed.
	ClaimNotices(ctx context.Context, now, until time.Time, limit int) ([]Outgoing, error)
	// EndNotice writes how a try ended; a refusal is written to the address, too, if it still is that one.
	EndNotice(ctx context.Context, o Outcome, now time.Time, e access.Entry) error
	// NotifiedMeetings returns the meetings planned after a time, or told of as being after it, by municipality.
	NotifiedMeetings(ctx context.Context, after time.Time) (map[string][]string, error)
	// ToldOf returns what each person was told last of a meeting.
	ToldOf(ctx context.Context, tenant, meetingID string) (map[string]Last, error)
	// PruneNotices forgets what ended before a time.
	PruneNotices(ctx context.Context, before time.Time) error
	// NoticeQueue counts, in one municipality or ("") in all.
	NoticeQueue(ctx context.Context, tenant string) (Queue, error)
	// TakeLease gives a piece of work to one holder until a time; EndLease gives it back.
	TakeLease(ctx context.Context, tenant, name, holder string, now, until time.Time) (bool, error)
	EndLease(ctx context.Context, tenant, name, holder string) error
}

// Last is the newest notice of a meeting to a person, and how many there were.
type Last struct {
	About string
	Count int
}

// Counts (件数) is what waits for a person.
type Counts struct {
	Answers  int // 回答待ち: 主担当の申し出, 会議録の確認
	Late     int // 期限超過 of the own agency
	Meetings int // 会議の予定 of the next days
}

// Planned (会議の予定) is what may be told of a meeting.
type Planned struct {
	ID         string
	Start, End time.Time
	Called     bool     // it is still to be: not cancelled, not begun
	Cancelled  bool     // 中止
	Agencies   []Seat   // with a seat
	Users      []string // chair, deputies, recorder
	Calendar   string   // RFC 5545, without names, title and place
}

// Seat is an agency with a seat.
type Seat struct{ ID, Name string }

// Meetings is what notice asks of the meetings.
type Meetings interface {
	// Waits counts what waits for a person.
	Waits(ctx context.Context, a access.Actor, days int) (Counts, error)
	// Planned returns what may be told of a meeting.
	Planned(ctx context.Context, tenant, meetingID string) (Planned, error)
	// Sees tells whether a person sees the meeting after signing in.
	Sees(ctx context.Context, a access.Actor, meetingID string) (bool, error)
}
