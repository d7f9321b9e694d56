package intake

import (
	"context"
	"strconv"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/fault"
	"kasane/internal/text"
)

// Line is a 受付 in the list: number and initial, never a name.
type Line struct {
	CaseID       string    `json:"caseId"`
	CaseNumber   string    `json:"caseNumber"`
	Initial      string    `json:"initial"`
	At           time.Time `json:"at"`
	AgencyName   string    `json:"agencyName"`
	Asker        string    `json:"asker"`
	Fields       []string  `json:"fields"`
	Urgency      string    `json:"urgency"`
	Urgent       bool      `json:"urgent"` // 即日
	Danger       bool      `json:"danger"`
	ConsentLabel string    `json:"consentLabel"`
	Triage       Triage    `json:"triage"`
	TriageLabel  string    `json:"triageLabel"`
	StageLabel   string    `json:"stageLabel"`
	// Waits: it was given to 多機関協働, and nobody has begun with it.
	Waits bool `json:"waits"`
}

// pageOf is how many 受付 are listed at once.
const pageOf = 100

// Page is a part of the list.
type Page struct {
	Lines []Line
	Next  string // what the next page is asked for after; "" = there is none
}

// Cursor is the place of a 受付 in the list: the page after it begins there.
type Cursor struct {
	At time.Time
	ID string
}

func (c Cursor) String() string { return strconv.FormatInt(c.At.UnixMicro(), 10) + "~" + c.ID }

// cursor reads one back.
func cursor(s string) (Cursor, error) {
	at, id, ok := strings.Cut(s, "~")
	us, err := strconv.ParseInt(at, 10, 64)
	if !ok || err != nil || id == "" || len(id) > 64 {
		return Cursor{}, fault.New(fault.Invalid, "一覧の続きを読み取れません。画面を更新してください。").On("after")
	}
	return Cursor{At: time.UnixMicro(us), ID: id}, nil
}

// List is a page of the 受付 of the actor's agency, or for who holds the record of all, newest first. triage narrows, "" any; after is Next of the page before.
func (s *Service) List(ctx context.Context, actor access.Actor, triage Triage, after string) (Page, error) {
	if err := access.Require(actor, access.ActIntake); err != nil {
		return Page{}, err
	}
	if triage != "" && triage.Label() == "" {
		return Page{}, fault.New(fault.Invalid, "受付の判断を選び直してください。").On("triage")
	}
	q := Query{AgencyID: actor.AgencyID, Reader: actor.AgencyID, Triage: triage, Limit: pageOf + 1}
	if actor.Holder() {
		q.AgencyID, q.Reader = "", ""
	}
	if after != "" {
		var err error
		if q.After, err = cursor(after); err != nil {
			return Page{}, err
		}
	}
	list, err := s.store.Intakes(ctx, access.ScopeOf(actor), q)
	if err != nil {
		return Page{}, err
	}
	out := Page{Lines: make([]Line, 0, len(list))}
	if len(list) > pageOf {
		list = list[:pageOf]
		out.Next = Cursor{list[pageOf-1].At, list[pageOf-1].ID}.String()
	}
	set := s.set(actor.Tenant)
	for _, r := range list {
		out.Lines = append(out.Lines, Line{CaseID: r.CaseID, CaseNumber: r.CaseNumber, Initial: text.Initial(r.Kana), At: r.At, AgencyName: r.AgencyName, Asker: r.Asker.Label(),
			Fields: r.fieldLabels(), Urgency: set.Label("urgency", r.Urgency), Urgent: r.Urgency == "now", Danger: r.Danger, ConsentLabel: r.Consent.Label(),
			Triage: r.Triage, TriageLabel: r.Triage.Label(), StageLabel: r.Stage.Label(), Waits: r.Triage == TriageJoint && r.Stage == cases.StageReceived})
	}
	return out, s.store.AppendAudit(ctx, actor.Audit(s.clock(), access.VerbIntakeList, ""))
}
