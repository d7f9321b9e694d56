package intake

import (
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/text"
)

// DefaultDays and MaxDays: after so many days without an answer a つなぎ is 未確認.
const (
	DefaultDays = 7
	MaxDays     = 60
	maxChecking = 60 // days a 確認中 may take
)

// ReferralState (つなぎの状態).
type ReferralState string

// The states. What is asked or being checked is open.
const (
	StateAsked     ReferralState = "asked"     // 返事待ち
	StateChecking  ReferralState = "checking"  // 確認中, the answer comes by its due date
	StateAccepted  ReferralState = "accepted"  // 受領
	StateDeclined  ReferralState = "declined"  // 辞退
	StateWithdrawn ReferralState = "withdrawn" // 取り下げ
)

// Open tells whether an answer is waited for.
func (s ReferralState) Open() bool { return s == StateAsked || s == StateChecking }

// Label is the Japanese word of the state.
func (s ReferralState) Label() string {
	return map[ReferralState]string{StateAsked: "返事待ち", StateChecking: "確認中", StateAccepted: "受領", StateDeclined: "辞退", StateWithdrawn: "取り下げ"}[s]
}

// Word is an answer to a つなぎ.
type Word string

// The answers.
const (
	WordAccept   Word = "accept"
	WordCheck    Word = "check"
	WordDecline  Word = "decline"
	WordWithdraw Word = "withdraw"
)

// State is what an answer makes of its つなぎ, "" for none that is known.
func (w Word) State() ReferralState {
	return map[Word]ReferralState{WordAccept: StateAccepted, WordCheck: StateChecking, WordDecline: StateDeclined, WordWithdraw: StateWithdrawn}[w]
}

// Part is one thing that is handed over, in the words of that moment. Plain parts say of nobody who it is.
type Part struct {
	Key      string       `json:"key"`
	PersonID string       `json:"personId"`
	Item     consent.Item `json:"item"` // "" plain
	Label    string       `json:"label"`
	Lines    []PartLine   `json:"lines"`
}

// PartLine is a labelled value.
type PartLine struct {
	Label string `json:"label"`
	Value string `json:"value"`
	Name  bool   `json:"name,omitempty"` // a person's name
}

// Plain tells whether it may be handed over without consent.
func (p Part) Plain() bool { return p.Item == "" }

// Referral (つなぎ) hands a matter over from one agency to another.
type Referral struct {
	ID         string
	Tenant     string
	CaseID     string
	CaseNumber string // read only
	From       string
	FromName   string
	To         string
	ToName     string
	Reason     string
	Wish       string // ISO day by which the sender would like it taken up; ""
	Parts      []Part
	ByID       string
	ByName     string
	ByPost     string
	At         time.Time
	State      ReferralState
	Answers    []Answer // oldest first; none is ever changed
}

// Answer is one word on a つなぎ.
type Answer struct {
	ID         string    `json:"id"`
	Tenant     string    `json:"-"`
	ReferralID string    `json:"-"`
	Word       Word      `json:"answer"`
	Label      string    `json:"label"`
	Reason     string    `json:"reason"`
	Due        string    `json:"due,omitempty"`
	UserID     string    `json:"-"`
	UserName   string    `json:"userName"`
	UserPost   string    `json:"userPost"`
	AgencyID   string    `json:"-"`
	AgencyName string    `json:"agencyName"`
	At         time.Time `json:"at"`
}

// due is until when a 確認中 is answered; "" none.
func (r Referral) due() string {
	if n := len(r.Answers); n > 0 && r.State == StateChecking {
		return r.Answers[n-1].Due
	}
	return ""
}

// Late tells how many days a つなぎ waits over its time: the term of its 確認中, the wished date, or so many days after it was sent, whichever is first.
func (r Referral) Late(now time.Time, days int) int {
	if !r.State.Open() {
		return 0
	}
	last := jptime.DateOf(r.At).AddDays(days)
	if due, err := jptime.Parse(r.due()); err == nil && !due.IsZero() {
		last = due
	} else if wish, err := jptime.Parse(r.Wish); err == nil && !wish.IsZero() && wish.Before(last) {
		last = wish
	}
	return max(0, int(jptime.DateOf(now).Time().Sub(last.Time())/(24*time.Hour)))
}

// MayAnswer tells whether the actor may answer it; MayWithdraw, whether it may take it back.
func (r Referral) MayAnswer(a access.Actor) bool {
	return r.State.Open() && a.AgencyID != "" && a.AgencyID == r.To && access.Can(a, access.ActIntake)
}

// MayWithdraw tells whether the actor may take it back.
func (r Referral) MayWithdraw(a access.Actor) bool {
	return r.State.Open() && access.Can(a, access.ActIntake) && (a.AgencyID != "" && a.AgencyID == r.From || a.Holder())
}

// Reply is an answer as given.
type Reply struct {
	Answer Word   `json:"answer"`
	Reason string `json:"reason"`
	Due    string `json:"due"`
}

// answer checks a reply and makes the record.
func (r Referral) answer(a access.Actor, in Reply, now time.Time) (Answer, error) {
	if !r.State.Open() {
		return Answer{}, fault.New(fault.Conflict, "このつなぎには、すでに返事がされています。画面を更新してください。")
	}
	if err := text.Memo("reason", "理由", in.Reason, 500); err != nil {
		return Answer{}, err
	}
	switch {
	case in.Answer.State() == "":
		return Answer{}, fault.New(fault.Invalid, "返事を選んでください。").On("answer")
	case in.Answer == WordWithdraw && !r.MayWithdraw(a):
		return Answer{}, fault.New(fault.Forbidden, "つなぎを取り下げられるのは、つないだ機関と事務局です。")
	case in.Answer != WordWithdraw && !r.MayAnswer(a):
		return Answer{}, fault.New(fault.Forbidden, "返事ができるのは、つなぎ先の機関（"+r.ToName+"）の人だけです。")
	case in.Answer == WordDecline && text.Required("reason", "辞退の理由", in.Reason) != nil:
		return Answer{}, fault.New(fault.Invalid, "辞退の理由を書いてください。つないだ機関が次の手を考えられます。").On("reason")
	case in.Answer != WordCheck && in.Due != "":
		return Answer{}, fault.New(fault.Invalid, "返事の期限は「確認中」のときだけ入れます。").On("due")
	}
	if in.Answer == WordCheck {
		if err := checkDay("due", "返事の期限", in.Due, now, maxChecking); err != nil {
			return Answer{}, err
		}
	}
	return Answer{ID: access.NewID(now), Tenant: r.Tenant, ReferralID: r.ID, Word: in.Answer, Reason: in.Reason, Due: in.Due, UserID: a.UserID, UserName: a.Name,
		UserPost: a.Post, AgencyID: a.AgencyID, AgencyName: a.AgencyName, At: now}, nil
}

// checkDay wants a day from today on, at most so many days ahead.
func checkDay(key, label, s string, now time.Time, most int) error {
	d, err := time.ParseInLocation(time.DateOnly, s, jptime.JST)
	if err != nil {
		return fault.Newf(fault.Invalid, "%sを入力してください。", label).On(key)
	}
	first := jptime.DateOf(now).Time()
	switch {
	case d.Before(first):
		return fault.Newf(fault.Invalid, "%sが過去の日付です。", label).On(key)
	case d.After(first.AddDate(0, 0, most)):
		return fault.Newf(fault.Invalid, "%sは、今日から%d日以内にしてください。", label, most).On(key)
	}
	return nil
}

// ReferralInput is a つなぎ as it is sent.
type ReferralInput struct {
	ID     string   `json:"id"` // made by the browser
	To     string   `json:"to"`
	Picks  []string `json:"picks"` // keys of parts
	Reason string   `json:"reason"`
	Wish   string   `json:"wish"`
}

func (in ReferralInput) check(now time.Time) error {
	if err := checkID(in.ID); err != nil {
		return err
	}
	for _, err := range []error{text.Required("reason", "つなぐ理由", in.Reason), text.Memo("reason", "つなぐ理由", in.Reason, 500)} {
		if err != nil {
			return err
		}
	}
	for i, k := range in.Picks {
		if slices.Contains(in.Picks[:i], k) {
			return fault.New(fault.Invalid, "渡す内容を選び直してください。").On("picks")
		}
	}
	if in.Wish != "" {
		return checkDay("wish", "希望日", in.Wish, now, 366)
	}
	return nil
}
