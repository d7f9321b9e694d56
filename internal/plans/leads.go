package plans

import (
	"cmp"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/text"
)

// LeadKind says which 主担当 of a case is spoken of.
type LeadKind string

// The kinds.
const (
	LeadNow   LeadKind = "now"   // 主担当機関: who goes with the household while the plan runs
	LeadAfter LeadKind = "after" // 終結後の主担当: whom the person turns to once 多機関協働 has ended
)

// Label is the Japanese word of the kind, "" for none that is known.
func (k LeadKind) Label() string {
	return map[LeadKind]string{LeadNow: "主担当機関", LeadAfter: "終結後の主担当"}[k]
}

// LeadState (申し出の状態).
type LeadState string

// The states. An offer that is asked or taken home is open; of a case and kind one is open at a time.
const (
	LeadAsked       LeadState = "asked"       // 返事を待っている
	LeadTakeback    LeadState = "takeback"    // 持ち帰り: the answer comes by its due date
	LeadAccepted    LeadState = "accepted"    // 引受
	LeadConditional LeadState = "conditional" // 条件付き
	LeadDeclined    LeadState = "declined"    // 辞退
	LeadWithdrawn   LeadState = "withdrawn"   // 取り下げ
	LeadPlanned     LeadState = "planned"     // named in the plan; nobody has accepted. Of a LeadHolder only.
)

// Open tells whether an answer is waited for.
func (s LeadState) Open() bool { return s == LeadAsked || s == LeadTakeback }

// Taken tells whether the agency has taken it on.
func (s LeadState) Taken() bool { return s == LeadAccepted || s == LeadConditional }

// Label is the Japanese word of the state.
func (s LeadState) Label() string {
	return map[LeadState]string{LeadAsked: "返事待ち", LeadTakeback: "持ち帰り", LeadAccepted: "引受", LeadConditional: "条件付き引受", LeadDeclined: "辞退",
		LeadWithdrawn: "取り下げ", LeadPlanned: "引受なし"}[s]
}

// AnswerWithdraw takes an offer back; who made it, the agency that is to hand over, and who holds the record may.
const AnswerWithdraw Answer = "withdraw"

// leadStates is what an answer makes of an offer.
var leadStates = map[Answer]LeadState{AnswerAccept: LeadAccepted, AnswerConditional: LeadConditional, AnswerTakeback: LeadTakeback,
	AnswerDecline: LeadDeclined, AnswerWithdraw: LeadWithdrawn}

// LeadOffer (主担当の申し出) asks one agency to become 主担当. Note and reasons are of the household's 基本情報.
type LeadOffer struct {
	ID        string       `json:"id"`
	Tenant    string       `json:"-"`
	CaseID    string       `json:"caseId"`
	Kind      LeadKind     `json:"kind"`
	From      string       `json:"from"` // the agency that hands over; "" none did it before
	FromName  string       `json:"fromName"`
	To        string       `json:"to"`
	ToName    string       `json:"toName"`
	Note      string       `json:"note"` // 申し送り
	ByID      string       `json:"-"`
	ByName    string       `json:"byName"`
	ByAgency  string       `json:"byAgency"` // name of the agency of who asked
	MeetingID string       `json:"meetingId,omitempty"`
	At        time.Time    `json:"at"`
	State     LeadState    `json:"state"`
	Answers   []LeadAnswer `json:"answers"` // oldest first; none is ever changed
}

// LeadAnswer is one word on an offer.
type LeadAnswer struct {
	ID         string    `json:"id"`
	Tenant     string    `json:"-"`
	OfferID    string    `json:"-"`
	Answer     Answer    `json:"answer"`
	Reason     string    `json:"reason,omitempty"`
	Due        string    `json:"due,omitempty"` // ISO date: until when a 持ち帰り is answered
	UserID     string    `json:"-"`
	UserName   string    `json:"userName"`
	UserPost   string    `json:"userPost"`
	AgencyID   string    `json:"agencyId"`
	AgencyName string    `json:"agencyName"`
	MeetingID  string    `json:"meetingId,omitempty"`
	At         time.Time `json:"at"`
}

// last is the newest word on an offer; the zero one when there is none.
func (o LeadOffer) last() LeadAnswer {
	if n := len(o.Answers); n > 0 {
		return o.Answers[n-1]
	}
	return LeadAnswer{}
}

// AsOf is the offer as it stood at an instant; false when it had not been made.
func (o LeadOffer) AsOf(at time.Time) (LeadOffer, bool) {
	if o.At.After(at) {
		return o, false
	}
	o.State = LeadAsked
	o.Answers = slices.DeleteFunc(slices.Clone(o.Answers), func(a LeadAnswer) bool { return a.At.After(at) })
	if n := len(o.Answers); n > 0 {
		o.State = leadStates[o.Answers[n-1].Answer]
	}
	return o, true
}

// LeadHolder is who is 主担当 and on what that rests.
type LeadHolder struct {
	AgencyID  string     `json:"agencyId"` // "" nobody
	Name      string     `json:"name"`
	State     LeadState  `json:"state"` // accepted | conditional | planned | ""
	Label     string     `json:"label"`
	Condition string     `json:"condition,omitempty"`
	At        *time.Time `json:"at,omitempty"` // of the acceptance
	By        string     `json:"by,omitempty"`
}

// accepted is the newest offer of a kind that was taken on after an instant.
func accepted(offers []LeadOffer, kind LeadKind, after time.Time) (LeadOffer, bool) {
	var best LeadOffer
	for _, o := range offers {
		if o.Kind == kind && o.State.Taken() && o.last().At.After(after) && !o.last().At.Before(best.last().At) {
			best = o
		}
	}
	return best, best.ID != ""
}

// LeadOf says who is 主担当. What was accepted since the newest agreement about a plan stands over what the plan names: until somebody accepts,
// the old one stays. agreed is the instant of that agreement, the zero time for none; known tells whether an agency is still of the case.
func LeadOf(kind LeadKind, planned string, offers []LeadOffer, agreed time.Time, known func(id string) (name string, member bool)) LeadHolder {
	after := agreed
	if kind == LeadAfter { // a plan names the 終結後の主担当; only the agency itself takes it on
		after = time.Time{}
	}
	if o, ok := accepted(offers, kind, after); ok {
		if _, member := known(o.To); member || kind == LeadNow {
			a := o.last()
			return LeadHolder{AgencyID: o.To, Name: o.ToName, State: o.State, Label: o.State.Label(), Condition: a.Reason, At: &a.At, By: a.UserName}
		}
	}
	if planned == "" {
		return LeadHolder{}
	}
	name, _ := known(planned)
	return LeadHolder{AgencyID: planned, Name: cmp.Or(name, planned), State: LeadPlanned, Label: LeadPlanned.Label()}
}

// OpenLead is the offer of a kind that waits for an answer.
func OpenLead(offers []LeadOffer, kind LeadKind) (LeadOffer, bool) {
	i := slices.IndexFunc(offers, func(o LeadOffer) bool { return o.Kind == kind && o.State.Open() })
	if i < 0 {
		return LeadOffer{}, false
	}
	return offers[i], true
}

// LeadInput is an offer as made.
type LeadInput struct {
	Kind LeadKind `json:"kind"`
	To   string   `json:"to"`
	Note string   `json:"note"`
}

// LeadPlace is where an offer is made: who is 主担当 now, to whom it may go, and whether the actor runs the meeting it is made in.
type LeadPlace struct {
	CaseID    string
	MeetingID string
	Desk      bool
	Now       LeadHolder
	After     LeadHolder
	Offers    []LeadOffer
	To        func(id string) (name string, ok bool) // an agency that may be asked
}

// MakeLead checks an offer and makes the record. Forbidden unless the actor is of the agency that is 主担当, runs the meeting, or holds the record.
func MakeLead(actor access.Actor, in LeadInput, p LeadPlace, now time.Time) (LeadOffer, error) {
	if in.Kind.Label() == "" {
		return LeadOffer{}, fault.New(fault.Invalid, "「主担当機関」か「終結後の主担当」かを選んでください。").On("kind")
	}
	if !MayOfferLead(actor, p) {
		return LeadOffer{}, fault.New(fault.Forbidden, "主担当を頼めるのは、いまの主担当機関と、事務局（多機関協働担当・市所管課・会議の進行役）です。")
	}
	if err := text.Memo("note", "申し送り", in.Note, 500); err != nil {
		return LeadOffer{}, err
	}
	from := p.Now
	if in.Kind == LeadAfter {
		from = p.After
	}
	name, ok := p.To(in.To)
	_, waiting := OpenLead(p.Offers, in.Kind)
	switch {
	case !ok:
		return LeadOffer{}, fault.New(fault.Invalid, "頼む先の機関を、このケースに関わる機関から選んでください。").On("to")
	case in.To == from.AgencyID && (in.Kind == LeadNow || from.State.Taken()):
		return LeadOffer{}, fault.New(fault.Conflict, name+"は、すでに"+in.Kind.Label()+"です。").On("to")
	case waiting:
		return LeadOffer{}, fault.New(fault.Conflict, "返事を待っている申し出があります。取り下げてから、あらためて頼んでください。").On("kind")
	}
	o := LeadOffer{ID: access.NewID(now), Tenant: actor.Tenant, CaseID: p.CaseID, Kind: in.Kind, To: in.To, ToName: name, Note: in.Note, ByID: actor.UserID,
		ByName: actor.Name, ByAgency: actor.AgencyName, MeetingID: p.MeetingID, At: now, State: LeadAsked, Answers: []LeadAnswer{}}
	if in.Kind == LeadNow {
		o.From, o.FromName = from.AgencyID, from.Name
	}
	return o, nil
}

// MayOfferLead tells whether the actor may ask an agency to become 主担当.
func MayOfferLead(actor access.Actor, p LeadPlace) bool {
	own := actor.AgencyID != "" && actor.AgencyID == p.Now.AgencyID && speaks(actor)
	return own || p.Desk || actor.Holder()
}

// speaks tells whether an actor speaks for its agency: an adviser does not.
func speaks(actor access.Actor) bool {
	return actor.Guest() || actor.HasAny(access.RoleAgency, access.RoleChair, access.RoleSecretariat, access.RoleCity)
}

// MayAnswerLead tells whether the actor may answer the offer; MayWithdrawLead, whether it may take it back.
func MayAnswerLead(actor access.Actor, o LeadOffer) bool {
	return o.State.Open() && actor.AgencyID != "" && actor.AgencyID == o.To && speaks(actor)
}

// MayWithdrawLead tells whether the actor may take the offer back.
func MayWithdrawLead(actor access.Actor, o LeadOffer, desk bool) bool {
	own := o.ByID == actor.UserID || o.From != "" && o.From == actor.AgencyID && speaks(actor)
	return o.State.Open() && (own || desk || actor.Holder())
}

// LeadReply is an answer as given.
type LeadReply struct {
	Answer Answer `json:"answer"` // accept | conditional | takeback | decline | withdraw
	Reason string `json:"reason"`
	Due    string `json:"due"`
}

// AnswerLead checks an answer and makes the record, with the state it makes of the offer. The rules of the words are those of the matrix.
func AnswerLead(actor access.Actor, o LeadOffer, in LeadReply, p LeadPlace, now time.Time) (LeadAnswer, error) {
	if !o.State.Open() {
		return LeadAnswer{}, fault.New(fault.Conflict, "この申し出には、すでに返事がされています。画面を更新してください。")
	}
	switch {
	case in.Answer == AnswerWithdraw:
		if !MayWithdrawLead(actor, o, p.Desk) {
			return LeadAnswer{}, fault.New(fault.Forbidden, "申し出を取り下げられるのは、申し出た人、いまの主担当機関、事務局です。")
		}
		if err := text.Memo("reason", "理由", in.Reason, 500); err != nil {
			return LeadAnswer{}, err
		}
		if in.Due != "" {
			return LeadAnswer{}, fault.New(fault.Invalid, "回答の期限は「持ち帰り」のときだけ入れます。").On("due")
		}
	case !MayAnswerLead(actor, o):
		return LeadAnswer{}, fault.New(fault.Forbidden, "返事ができるのは、頼まれた機関（"+o.ToName+"）の人だけです。")
	default:
		if err := (AnswerInput{Answer: in.Answer, Reason: in.Reason, Due: in.Due}).check(now); err != nil {
			return LeadAnswer{}, err
		}
		if taken := leadStates[in.Answer].Taken(); taken && o.Kind == LeadNow && o.From != p.Now.AgencyID {
			return LeadAnswer{}, fault.New(fault.Conflict, "申し出のあとに主担当機関が変わりました。事務局に、申し出を取り下げてあらためて頼むよう伝えてください。")
		}
	}
	return LeadAnswer{ID: access.NewID(now), Tenant: actor.Tenant, OfferID: o.ID, Answer: in.Answer, Reason: in.Reason, Due: in.Due, UserID: actor.UserID,
		UserName: actor.Name, UserPost: actor.Post, AgencyID: actor.AgencyID, AgencyName: actor.AgencyName, MeetingID: p.MeetingID, At: now}, nil
}

// State is what the answer makes of its offer.
func (a LeadAnswer) State() LeadState { return leadStates[a.Answer] }
