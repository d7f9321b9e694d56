package webhooks

import (
	"encoding/json"
	"slices"
	"time"

	"kasane/internal/access"
)

// Kind names what has happened. Stable: receivers ask for it by its name.
type Kind string

// The kinds.
const (
	KindTest           Kind = "webhook.test"
	KindIntake         Kind = "intake.taken"
	KindCase           Kind = "case.created"
	KindCaseStage      Kind = "case.stage_changed"
	KindConsent        Kind = "consent.changed"
	KindReferral       Kind = "referral.sent"
	KindReferralAnswer Kind = "referral.answered"
	KindLead           Kind = "lead.offered"
	KindLeadAnswer     Kind = "lead.answered"
	KindMeeting        Kind = "meeting.called"
	KindMeetingMoved   Kind = "meeting.rescheduled"
	KindMeetingOff     Kind = "meeting.cancelled"
	KindMeetingOpened  Kind = "meeting.opened"
	KindMeetingClosed  Kind = "meeting.closed"
	KindPlanAgreed     Kind = "plan.agreed"
	KindPlanVoid       Kind = "plan.agreement_void"
	KindReview         Kind = "review.recorded"
	KindTaskLate       Kind = "task.overdue"
	KindSealed         Kind = "record.sealed"
	KindDisposed       Kind = "record.disposed"
)

// Reach is which agencies outside of the municipality are told of a kind, if they want it: never more than what they may ask for.
type Reach uint8

// The reaches. The municipality's own sections may be told of everything.
const (
	ReachCity   Reach = iota // none
	ReachMember              // those of the case, and who is party to it
	ReachSeat                // those with a seat in the meeting
)

// Choice is a kind as the form offers it.
type Choice struct {
	ID    Kind   `json:"id"`
	Label string `json:"label"`
	City  bool   `json:"city"` // for agencies of the municipality only
}

type kindOf struct {
	kind  Kind
	label string
	reach Reach
	path  func(Event) string // where to ask
}

func ofCase(e Event) string  { return "/api/cases?id=" + e.CaseID }
func ofRecords(Event) string { return "/api/archive" }
func ofMeeting(e Event) string {
	return "/api/meetings/" + e.MeetingID
}

var kinds = []kindOf{
	{KindIntake, "相談を受け付けた", ReachMember, ofCase},
	{KindCase, "ケースができた", ReachMember, ofCase},
	{KindCaseStage, "ケースの段階が変わった", ReachMember, ofCase},
	{KindConsent, "同意が変わった（記録・撤回・満了・緊急開示）", ReachMember, ofCase},
	{KindReferral, "つなぎを送った", ReachMember, ofCase},
	{KindReferralAnswer, "つなぎに返事があった（受領・お断りなど）", ReachMember, ofCase},
	{KindLead, "主担当を頼んだ", ReachMember, ofCase},
	{KindLeadAnswer, "主担当の申し出に返事があった", ReachMember, ofCase},
	{KindMeeting, "会議を招集した", ReachSeat, ofMeeting},
	{KindMeetingMoved, "会議の日時が変わった", ReachSeat, ofMeeting},
	{KindMeetingOff, "会議を中止した", ReachSeat, ofMeeting},
	{KindMeetingOpened, "会議を開いた", ReachSeat, ofMeeting},
	{KindMeetingClosed, "会議を閉じた", ReachSeat, ofMeeting},
	{KindPlanAgreed, "プランに合意した", ReachSeat, ofMeeting},
	{KindPlanVoid, "プランの合意の確認をやめた・合意に至らなかった", ReachSeat, ofMeeting},
	{KindReview, "モニタリング・評価を記録した", ReachMember, ofCase},
	{KindTaskLate, "宿題の期限が過ぎた", ReachCity, ofMeeting},
	{KindSealed, "文書を確定した", ReachCity, ofRecords},
	{KindDisposed, "文書を廃棄した", ReachCity, ofRecords},
}

var testKind = kindOf{KindTest, "テスト送信", ReachCity, func(Event) string { return "/api/codes" }}

func (k Kind) of() (kindOf, bool) {
	if k == KindTest {
		return testKind, true
	}
	i := slices.IndexFunc(kinds, func(x kindOf) bool { return x.kind == k })
	if i < 0 {
		return kindOf{}, false
	}
	return kinds[i], true
}

// Label is the kind in Japanese; of one that is not known any more, its name.
func (k Kind) Label() string {
	if x, ok := k.of(); ok {
		return x.label
	}
	return string(k)
}

// Reach tells which agencies outside may be told of it.
func (k Kind) Reach() Reach {
	x, _ := k.of()
	return x.reach
}

// Choices are all kinds an address can ask for.
func Choices() []Choice {
	out := make([]Choice, 0, len(kinds))
	for _, k := range kinds {
		out = append(out, Choice{k.kind, k.label, k.reach == ReachCity})
	}
	return out
}

// Event is something that has happened. It holds ids alone.
type Event struct {
	Tenant    string
	Kind      Kind
	At        time.Time
	CaseID    string
	MeetingID string
	Target    string   // id of the thing: consent record, つなぎ, plan, record …
	Parties   []string // agencies that are told beside those of the case: to whom a つなぎ goes
	Once      string   // what happens once, and may be found several times: names it, and never leaves; "" = a deed, which tells of itself
}

// Data is what an event says. Everything in it is an id of Kasane or a path of its API.
type Data struct {
	ID        string `json:"id"`                  // of the thing itself: the case, the meeting, the consent record, the つなぎ, the record
	CaseID    string `json:"caseId,omitempty"`    // the case it is of
	MeetingID string `json:"meetingId,omitempty"` // the meeting it is of
	Path      string `json:"path"`                // where to ask what is so now
}

// Message is the body that is sent, in the form of the Standard Webhooks.
type Message struct {
	Type      Kind      `json:"type"`
	Timestamp time.Time `json:"timestamp"` // when it happened
	Data      Data      `json:"data"`
}

// Body is what is sent of an event.
func (e Event) Body() string {
	k, ok := e.Kind.of()
	d := Data{ID: e.Target, CaseID: e.CaseID, MeetingID: e.MeetingID}
	if d.ID == "" {
		d.ID = e.CaseID
	}
	if ok {
		d.Path = k.path(e)
	}
	b, err := json.Marshal(Message{e.Kind, e.At.UTC(), d})
	if err != nil { // of our own types: it cannot fail
		return "{}"
	}
	return string(b)
}

// verbs are the deeds that are events as they stand in the log. What the log does not say as plainly is told where it is written (package store).
var verbs = map[access.Verb]Kind{
	access.VerbIntake:           KindIntake,
	access.VerbCaseCreate:       KindCase,
	access.VerbConsentRecord:    KindConsent,
	access.VerbConsentWithdraw:  KindConsent,
	access.VerbEmergency:        KindConsent,
	access.VerbEmergencyConfirm: KindConsent,
	access.VerbEmergencyEnd:     KindConsent,
	access.VerbLeadOffer:        KindLead,
	access.VerbLeadAnswer:       KindLeadAnswer,
	access.VerbMeetingCreate:    KindMeeting,
	access.VerbReviewRecord:     KindReview,
	access.VerbArchiveDispose:   KindDisposed,
}

// OfEntry is the event an entry of the log is; false for most.
func OfEntry(e access.Entry) (Event, bool) {
	k, ok := verbs[e.Verb]
	if !ok || e.Result != "ok" {
		return Event{}, false
	}
	out := Event{Tenant: e.Tenant, Kind: k, At: e.At, CaseID: e.CaseID, MeetingID: e.MeetingID, Target: e.Target}
	if k == KindIntake && e.AgencyID != "" {
		out.Parties = []string{e.AgencyID} // who took it in
	}
	return out, true
}
