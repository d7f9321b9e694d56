package realtime

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"kasane/internal/access"
	"kasane/internal/live"
)

// Channels decides about the channels of meetings (会議の在席と知らせ).
type Channels interface {
	// Join tells whether the actor may be present in a meeting now. It is a pure question, asked at entry and again every few seconds: NotFound,
	// Forbidden or Gone end the presence; other errors change nothing.
	Join(ctx context.Context, actor access.Actor, meetingID string) error
}

// Opening is one attempt to open a document, for the audit log. Err is the refusal; Meta and Rights are as far as known.
type Opening struct {
	Actor     access.Actor
	MeetingID string
	DocID     string
	Meta      live.Meta
	Rights    live.Rights
	Err       error
}

// Config is what a Hub needs. All functions are called from many goroutines.
type Config struct {
	Documents *live.Service
	Bus       Bus
	Log       *slog.Logger
	Now       func() time.Time
	// Identify finds the actor of a request: Unauthorized when there is no valid session.
	Identify func(*http.Request) (access.Actor, error)
	// Valid tells whether an actor's session still holds. Unauthorized, Forbidden, NotFound or Gone end all its connections; other
	// errors change nothing. nil: sessions are not looked at again.
	Valid func(context.Context, access.Actor) error
	// SameOrigin decides about the Origin of a request. nil: only the request's own host.
	SameOrigin func(*http.Request) bool
	// Channels may be nil: then there are no meeting channels.
	Channels Channels
	// OnJoin and OnLeave tell that the first connection of a user entered a meeting's channel on this node, and that none was left for the grace
	// time. They are called one after the other. A node that stops does not tell of leaving.
	OnJoin, OnLeave func(ctx context.Context, actor access.Actor, meetingID string)
	// Opened writes the audit entry of an opening, refused ones too; when it fails the document is not opened. nil: none.
	Opened func(context.Context, Opening) error
	// Apart tells whether there are nodes that this one cannot hear now, so that people there may not be shown. It is asked at every look-up and
	// answers at once. nil: whether the bus is down.
	Apart func() bool
	// Traced is told the way of what was typed, by batches; it must not wait. nil: nobody wants to know, and nothing is measured.
	Traced func(Stroke)
	Limits Limits
	Timing Timing
}

// Limits bound what connections may take. Zero values take the defaults.
type Limits struct {
	Connections  int     // of this node: 20,000
	Lines        int     // over plain HTTP, of one session: 32
	Documents    int     // on one connection: 250
	QueueBytes   int     // waiting to be read by one client: 1 MB, before the frame that exceeds it
	BacklogBytes int     // sent by a client for documents that are still being opened: 2 MB
	Messages     float64 // per second and connection: 100, four times that at once; more is read later, not refused
	Bytes        float64 // likewise: 512 kB, eight times that at once
	BatchRows    int     // updates in one batch: 256
	BatchBytes   int     // 64 kB, before the update that exceeds it
	// ResidentBytes is the memory, about, that documents may take on this node: 1 GB. Above it rooms without members end at once, and no further
	// document is opened: clients are sent away to come again.
	ResidentBytes int64
}

// Timing holds every duration. Zero values take the defaults.
type Timing struct {
	Poll         time.Duration // look at heads: 1 s
	PollBusDown  time.Duration // while the bus is down: 250 ms
	Regate       time.Duration // decide rights again though nothing moved: 30 s
	GateGrace    time.Duration // keep a member whose rights moved but could not be decided: 5 s
	Recheck      time.Duration // of sessions and channels: 5 s
	KeepAlive    time.Duration // a message to a client that heard nothing: 15 s
	Ping         time.Duration // 25 s
	PongWait     time.Duration // without any sign of the client: 60 s
	LinePoll     time.Duration // a question over plain HTTP waits for a frame: 25 s
	WriteTimeout time.Duration // 10 s
	Presence     time.Duration // presence is shown together: 75 ms
	Renew        time.Duration // presence of a silent client: 12 s
	NodeBeat     time.Duration // presence told to other nodes again: 10 s
	NodeExpire   time.Duration // presence of a silent node dropped: 30 s
	LeaveGrace   time.Duration // 15 s
	Evict        time.Duration // a room without members: 60 s
	Append       time.Duration // one commit: 10 s
	Ask          time.Duration // any other question to the database: 5 s
	DrainSpread  time.Duration // connections are sent away over: 3 s
	DrainWait    time.Duration // for commits under way: 5 s
	Slow         time.Duration // until 保存済み, or of one commit, after which it is said in the log: 1 s
	CompactRows  int           // rows since the snapshot: 500
	CompactBytes int           // bytes since the snapshot: 256 kB
}

func orDefault[T int | int64 | float64 | time.Duration](v *T, d T) {
	if *v <= 0 {
		*v = d
	}
}

func (l *Limits) defaults() {
	orDefault(&l.Connections, 20_000)
	orDefault(&l.Lines, 32)
	orDefault(&l.Documents, 250)
	orDefault(&l.QueueBytes, 1<<20)
	orDefault(&l.BacklogBytes, 2<<20)
	orDefault(&l.Messages, 100)
	orDefault(&l.Bytes, 512<<10)
	orDefault(&l.BatchRows, 256)
	orDefault(&l.BatchBytes, 64<<10)
	orDefault(&l.ResidentBytes, 1<<30)
}

func (t *Timing) defaults() {
	for _, d := range []struct {
		v *time.Duration
		d time.Duration
	}{
		{&t.Poll, time.Second}, {&t.PollBusDown, 250 * time.Millisecond}, {&t.Regate, 30 * time.Second}, {&t.GateGrace, 5 * time.Second},
		{&t.Recheck, 5 * time.Second}, {&t.KeepAlive, 15 * time.Second}, {&t.Ping, 25 * time.Second}, {&t.PongWait, 60 * time.Second}, {&t.LinePoll, 25 * time.Second},
		{&t.WriteTimeout, 10 * time.Second}, {&t.Presence, 75 * time.Millisecond}, {&t.Renew, 12 * time.Second}, {&t.NodeBeat, 10 * time.Second},
		{&t.NodeExpire, 30 * time.Second}, {&t.LeaveGrace, 15 * time.Second}, {&t.Evict, 60 * time.Second}, {&t.Append, 10 * time.Second},
		{&t.Ask, 5 * time.Second}, {&t.DrainSpread, 3 * time.Second}, {&t.DrainWait, 5 * time.Second}, {&t.Slow, time.Second},
	} {
		orDefault(d.v, d.d)
	}
	orDefault(&t.CompactRows, 500)
	orDefault(&t.CompactBytes, 256<<10)
}
