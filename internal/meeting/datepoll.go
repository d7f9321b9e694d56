package meeting

import (
	"cmp"
	"slices"
	"time"

	"kasane/internal/fault"
)

// DatePoll (日程調整) is the asking for a date of a meeting in preparation.
type DatePoll struct {
	Tenant    string
	MeetingID string
	Options   []DateOption
	Until     time.Time // links are dead from then on
	Fixed     string    // the option that was taken
	CreatedAt time.Time
	CreatedBy string
	Replies   []DateReply // one per agency asked, in the order of their ids
}

// DateOption (候補日) is a time that is offered.
type DateOption struct {
	ID    string    `json:"id"`
	Start time.Time `json:"start"`
	End   time.Time `json:"end"`
}

// DateReply is what one agency is asked and answers.
type DateReply struct {
	AgencyID  string
	Must      bool   // 必須出席
	TokenHash string // lower hex SHA-256 of the link's secret
	Answers   map[string]DateAnswer
	At        *time.Time
}

// DateAnswer is ◎, ○ or ×.
type DateAnswer string

// The answers.
const (
	DateGood DateAnswer = "good" // ◎ 都合がよい
	DateCan  DateAnswer = "can"  // ○ 出席できる
	DateNo   DateAnswer = "no"   // × 出席できない
)

func (a DateAnswer) valid() bool { return a == DateGood || a == DateCan || a == DateNo }
func (a DateAnswer) can() bool   { return a == DateGood || a == DateCan }

// tally counts the answers to an option.
type tally struct {
	mustNo, mustOpen, no, good, can int
}

func (p DatePoll) tally(option string) tally {
	var t tally
	for _, r := range p.Replies {
		a, said := r.Answers[option]
		switch {
		case a == DateGood:
			t.good++
		case a == DateCan:
			t.can++
		case a == DateNo:
			t.no++
		}
		if r.Must && a == DateNo {
			t.mustNo++
		}
		if r.Must && !said {
			t.mustOpen++
		}
	}
	return t
}

// best proposes an option by a plain rule: every agency that must attend can (◎ or ○). Of several, the one to which fewest agencies say ×, then the one
// with most answers that say they can, then most ◎, then the earliest. "" when there is none.
func (p DatePoll) best() string {
	fits := slices.DeleteFunc(slices.Clone(p.Options), func(o DateOption) bool {
		t := p.tally(o.ID)
		return t.mustNo > 0 || t.mustOpen > 0 || t.good+t.can == 0
	})
	if len(fits) == 0 {
		return ""
	}
	return slices.MinFunc(fits, func(a, b DateOption) int {
		x, y := p.tally(a.ID), p.tally(b.ID)
		return cmp.Or(x.no-y.no, (y.good+y.can)-(x.good+x.can), y.good-x.good, a.Start.Compare(b.Start), cmp.Compare(a.ID, b.ID))
	}).ID
}

func (p DatePoll) option(id string) (DateOption, bool) {
	i := slices.IndexFunc(p.Options, func(o DateOption) bool { return o.ID == id })
	if i < 0 {
		return DateOption{}, false
	}
	return p.Options[i], true
}

func (p DatePoll) reply(agencyID string) *DateReply {
	i := slices.IndexFunc(p.Replies, func(r DateReply) bool { return r.AgencyID == agencyID })
	if i < 0 {
		return nil
	}
	return &p.Replies[i]
}

// maxDates bounds the candidates of one poll.
const maxDates = 20

// checkDates holds the candidates against the calendar.
func checkDates(list []DateOption, now time.Time) error {
	bad := func(message string) error { return fault.New(fault.Invalid, message).On("options") }
	if len(list) < 1 || len(list) > maxDates {
		return bad("候補の日時は1から20まで入れてください。")
	}
	for i, o := range list {
		switch {
		case !o.Start.After(now):
			return bad("候補の日時は、これからの日時にしてください。")
		case o.Start.After(now.AddDate(1, 0, 0)):
			return bad("候補の日時は、1年以内にしてください。")
		case !o.End.After(o.Start) || o.End.Sub(o.Start) > 8*time.Hour:
			return bad("候補の終わりの時刻は、始まりより後、8時間以内にしてください。")
		case slices.ContainsFunc(list[:i], func(x DateOption) bool { return x.Start.Equal(o.Start) && x.End.Equal(o.End) }):
			return bad("同じ候補が2回入っています。")
		}
	}
	return nil
}
