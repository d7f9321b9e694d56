package handouts

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/files"
)

// Handout (資料) is a file handed out in a meeting.
type Handout struct {
	MeetingID string
	AgendaID  string // 議題
	PersonID  string // "" = the household
	Item      consent.Item
	ByName    string
	ByAgency  string
	TakenBack *time.Time // 回収 by hand, before its time
	File      files.File // its id is the id of the hand-out
}

// Deed says how a hand-out was received.
type Deed string

// The deeds.
const (
	DeedView Deed = "view" // 画面で開いた
	DeedCopy Deed = "copy" // 写しを受け取った
)

// Receipt is a line of the 資料受渡簿. Names are as known at that time.
type Receipt struct {
	ID         string    `json:"id"`
	HandoutID  string    `json:"-"`
	UserID     string    `json:"userId"`
	UserName   string    `json:"userName"`
	AgencyID   string    `json:"agencyId"`
	AgencyName string    `json:"agencyName"`
	Deed       Deed      `json:"deed"`
	At         time.Time `json:"at"`
}

// Store keeps hand-outs. Whoever reads has asked the gate; the scope only limits to the meetings somebody can have to do with.
type Store interface {
	// PutHandout inserts file, sealed bytes, hand-out and entry in one transaction. NotFound: no such meeting of the case.
	PutHandout(ctx context.Context, h Handout, sealed []byte, e access.Entry) error
	// Handouts lists those of a meeting, oldest first, without those taken back; none outside the scope.
	Handouts(ctx context.Context, s access.Scope, meetingID string) ([]Handout, error)
	// HandoutBook lists those of a meeting as the 資料受渡簿 has them: oldest first, with those taken back; none outside the scope.
	HandoutBook(ctx context.Context, s access.Scope, meetingID string) ([]Handout, error)
	// Handout finds one of a meeting; NotFound outside the scope and when it was taken back.
	Handout(ctx context.Context, s access.Scope, meetingID, id string) (Handout, error)
	// HandoutReceipts lists who received those of a meeting, oldest first; none outside the scope. What was taken back stays in it.
	HandoutReceipts(ctx context.Context, s access.Scope, meetingID string) ([]Receipt, error)
	// ReceiveHandout returns the sealed bytes and writes receipt and entry in the same transaction; NotFound when it was taken back.
	ReceiveHandout(ctx context.Context, tenant string, r Receipt, e access.Entry) ([]byte, error)
	// TakeBackHandout ends a hand-out; NotFound when there is none.
	TakeBackHandout(ctx context.Context, tenant, id string, at time.Time, e access.Entry) error
	// HandoutDays are those the municipality has set; DefaultDays when it has not.
	HandoutDays(ctx context.Context, tenant string) (int, error)
	// SaveHandoutDays sets them.
	SaveHandoutDays(ctx context.Context, tenant string, days int, e access.Entry) error
	// AppendAudit writes entries of refusals, in a transaction of their own.
	AppendAudit(ctx context.Context, entries ...access.Entry) error
}

// Gate says what of a meeting's hand-outs an actor may have now; *cases.Gatekeeper is it.
type Gate interface {
	Handouts(ctx context.Context, actor access.Actor, meetingID string, keep time.Duration) (cases.HandoutRights, error)
}

// Safe seals and opens files; *files.Service is it.
type Safe interface {
	Receive(ctx context.Context, a access.Actor, u files.Upload) (files.File, []byte, error)
	Open(ctx context.Context, f files.File, sealed []byte) ([]byte, error)
}
