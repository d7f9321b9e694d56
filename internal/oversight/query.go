package oversight

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/jptime"
)

// Scan is the most rows one page of a filtered list looks at.
const Scan = 50_000

// Query narrows the log. Empty fields mean any.
type Query struct {
	From, To time.Time // [From, To); zero: no bound
	Actor    string
	Agency   string
	Received bool   // with Agency: also copies of records that were made for it by others
	Case     string // id
	Session  string
	IP       string
	Verbs    []access.Verb
	Result   string
	Outside  *Hours // only what happened outside these
	After    Key    // where the page before ended; zero: from the newest on
	Limit    int    // 1 … 1000
}

// Key is a place in the log, in order of time.
type Key struct {
	At time.Time
	ID string
}

// String is the key as it travels: opaque to the client.
func (k Key) String() string {
	if k.ID == "" {
		return ""
	}
	return strconv.FormatInt(k.At.UnixMicro(), 10) + "." + k.ID
}

// parseKey reads what String wrote.
func parseKey(s string) (Key, error) {
	if s == "" {
		return Key{}, nil
	}
	us, id, ok := strings.Cut(s, ".")
	n, err := strconv.ParseInt(us, 10, 64)
	if !ok || err != nil || id == "" || len(id) > 64 {
		return Key{}, fault.New(fault.Invalid, "続きの場所が正しくありません。最初から表示し直してください。").On("after")
	}
	return Key{At: time.UnixMicro(n).UTC(), ID: id}, nil
}

// Filter is what a person chooses. Days are ISO dates in Japan, both included.
type Filter struct {
	From    string      `json:"from"`
	To      string      `json:"to"`
	Actor   string      `json:"actor"`  // user id
	Agency  string      `json:"agency"` // agency id
	Case    string      `json:"case"`   // ケースID as people write it
	Session string      `json:"session"`
	IP      string      `json:"ip"`
	Verb    access.Verb `json:"verb"`
	Result  string      `json:"result"`
	After   string      `json:"after"`
	Limit   int         `json:"limit"`
}

// longest is the longest period of a report.
const longest = 366

// period reads the first and the last day; without them, the month up to today.
func period(from, to string, now time.Time) (time.Time, time.Time, error) {
	last := jptime.DateOf(now)
	var err error
	if to != "" {
		if last, err = day(to); err != nil {
			return now, now, fault.New(fault.Invalid, "終わりの日を確かめてください。").On("to")
		}
	}
	first := last.AddDays(-30)
	if from != "" {
		if first, err = day(from); err != nil {
			return now, now, fault.New(fault.Invalid, "始まりの日を確かめてください。").On("from")
		}
	}
	switch {
	case last.Before(first):
		return now, now, fault.New(fault.Invalid, "終わりの日が始まりの日より前です。").On("to")
	case first.AddDays(longest).Before(last.AddDays(1)):
		return now, now, fault.New(fault.Invalid, "期間は1年以内にしてください。").On("from")
	}
	return first.Time().UTC(), last.AddDays(1).Time().UTC(), nil
}

func day(s string) (jptime.Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return jptime.Date{}, err
	}
	y, m, d := t.Date()
	return jptime.Date{Year: y, Month: m, Day: d}, nil
}

// results are what an entry may say of the deed.
var results = []string{"ok", "denied", "failed"}

func resultLabel(r string) string {
	switch r {
	case "ok":
		return "成功"
	case "denied":
		return "拒否"
	case "failed":
		return "失敗"
	}
	return r
}

// query checks a filter, all but the case, which is looked for.
func (f Filter) query(now time.Time) (q Query, err error) {
	if q.From, q.To, err = period(f.From, f.To, now); err != nil {
		return q, err
	}
	for field, v := range map[string]string{"actor": f.Actor, "agency": f.Agency, "session": f.Session, "ip": f.IP, "case": f.Case} {
		if len(v) > 100 {
			return q, fault.New(fault.Invalid, "条件が長すぎます。").On(field)
		}
	}
	if f.Verb != "" {
		if !f.Verb.Known() {
			return q, fault.New(fault.Invalid, "操作を選び直してください。").On("verb")
		}
		q.Verbs = []access.Verb{f.Verb}
	}
	if f.Result != "" && !slices.Contains(results, f.Result) {
		return q, fault.New(fault.Invalid, "結果を選び直してください。").On("result")
	}
	if f.Limit < 0 || f.Limit > 500 {
		return q, fault.New(fault.Invalid, "一度に表示できるのは500件までです。").On("limit")
	}
	if q.After, err = parseKey(f.After); err != nil {
		return q, err
	}
	q.Received = f.Agency != "" && f.Actor == "" && f.Session == "" && f.IP == "" // whoever asks by a person or a device does not ask what an agency got
	q.Actor, q.Agency, q.Session, q.IP, q.Result = f.Actor, f.Agency, f.Session, strings.TrimSpace(f.IP), f.Result
	if q.Limit = f.Limit; q.Limit == 0 {
		q.Limit = 100
	}
	return q, nil
}
