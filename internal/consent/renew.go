package consent

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/text"
)

// RenewInput is what a renewal (更新) asks anew: the explanation, the person's answer and the period. Everything else is taken over from the
// record that ends, without what was withdrawn from it.
type RenewInput struct {
	RecordID    string     `json:"recordId"`
	From        string     `json:"from"`
	Until       string     `json:"until"`
	Method      Method     `json:"method"`
	MethodNote  string     `json:"methodNote"`
	ExplainedBy string     `json:"explainedBy"`
	ExplainedAt time.Time  `json:"explainedAt"`
	ExplainHow  string     `json:"explainHow"`
	CopyGivenAt *time.Time `json:"copyGivenAt"`
	// EvidenceFile and EvidenceSHA256 come from package files.
	EvidenceFile   string          `json:"evidenceFile"`
	EvidenceSHA256 string          `json:"evidenceSha256"`
	Signature      json.RawMessage `json:"signature"`
	FormHash       string          `json:"formHash"`
	Details        Details         `json:"details"`
}

// Renew records the person's consent anew with the scope of an older record. It can only keep what is left of that scope: who wants to give
// more makes a new record. Holders only.
func (s *Service) Renew(ctx context.Context, actor access.Actor, in RenewInput) (Record, error) {
	old, err := s.store.Consent(ctx, access.ScopeOf(actor), in.RecordID)
	if err != nil {
		return Record{}, fmt.Errorf("consent to renew: %w", err)
	}
	if err := s.holder(ctx, actor, old.CaseID); err != nil {
		return Record{}, err
	}
	all, err := s.store.Consents(ctx, access.ScopeOf(actor), old.CaseID)
	if err != nil {
		return Record{}, fmt.Errorf("consents of a case: %w", err)
	}
	now := s.now()
	if err := renewable(old, all, now); err != nil {
		return Record{}, err
	}
	if !in.ExplainedAt.Truncate(time.Microsecond).After(old.ExplainedAt) {
		return Record{}, fault.New(fault.Invalid, "更新のときは、あらためて説明した日時を入力してください。前の同意書の説明の日時は使えません。").On("explainedAt")
	}
	next := in.input(old, now)
	if next.From != "" {
		from, err := parseDay("from", "有効期間の開始日", next.From)
		if err != nil {
			return Record{}, err
		}
		if !from.After(old.From) {
			return Record{}, fault.New(fault.Invalid, "更新後の開始日は、前の同意書の開始日より後にしてください。").On("from")
		}
	}
	return s.record(ctx, actor, next, old.ID)
}

// renewable: only the record that holds the person's will can be renewed, and only while something of it is left. One that has expired can.
func renewable(old Record, all []Record, now time.Time) error {
	switch Effective(old, now) {
	case StateGranted, StatePartial, StateExpired:
	case StateWithdrawn:
		return fault.New(fault.Conflict, "この同意は撤回されています。更新ではなく、新しく同意を記録してください。")
	default:
		return fault.New(fault.Conflict, "この記録は有効な同意ではないため、更新できません。")
	}
	if cur, ok := InForce(old.PersonID, now, all); ok && cur.ID != old.ID {
		return fault.Newf(fault.Conflict, "この同意書は新しい記録(%s)に替わっています。新しい記録から更新してください。", cur.Number)
	}
	if i := slices.IndexFunc(all, func(r Record) bool { return r.Renews == old.ID }); i >= 0 {
		return fault.Newf(fault.Conflict, "この同意書はすでに更新されています(%s)。", all[i].Number)
	}
	if left, _ := old.left(now); left == 0 {
		return fault.New(fault.Conflict, "この同意は、すべての項目が撤回されています。新しく同意を記録してください。")
	}
	return nil
}

func (in RenewInput) input(old Record, now time.Time) Input {
	out := Input{CaseID: old.CaseID, PersonID: old.PersonID, State: old.State, Grantor: old.Grantor, GrantorName: old.GrantorName, GrantorNote: old.GrantorNote,
		GrantorDoc: old.GrantorDoc, Purposes: old.Purposes, PurposeNote: old.PurposeNote, Scope: old.Left(now), Others: old.LeftOthers(now), Sources: old.Sources,
		Forms: old.Forms, From: in.From, Until: in.Until, Method: in.Method, MethodNote: in.MethodNote, ExplainedBy: in.ExplainedBy, ExplainedAt: in.ExplainedAt,
		ExplainHow: in.ExplainHow, CopyGivenAt: in.CopyGivenAt, EvidenceFile: in.EvidenceFile, EvidenceSHA256: in.EvidenceSHA256, Signature: in.Signature,
		FormHash: in.FormHash, Details: in.Details}
	if _, gone := old.left(now); gone > 0 {
		out.State = StatePartial
	}
	if out.Details.Agent == nil {
		out.Details.Agent = old.Details.Agent
	}
	return out
}

// LeftOthers is what is left of the box 「その他会議が必要と認める機関」.
func (r Record) LeftOthers(at time.Time) []Item {
	var out []Item
	for _, i := range r.Others {
		if !r.withdrawn("", i, at) {
			out = append(out, i)
		}
	}
	return out
}

// EndingQuery asks for cases in which a consent ends in a span of time: after From, not after Until.
type EndingQuery struct {
	From, Until time.Time
	Limit       int
}

// CaseConsents is a case with its persons and all their records.
type CaseConsents struct {
	CaseID     string
	CaseNumber string
	Parties    []Party
	Records    []Record // oldest first, with withdrawals
}

// Ending (期限の近い同意) is a consent that ends soon, or has ended and was not renewed. The list shows initials, not names.
type Ending struct {
	CaseID     string    `json:"caseId"`
	CaseNumber string    `json:"caseNumber"`
	PersonID   string    `json:"personId"`
	Initial    string    `json:"initial"`
	Relation   string    `json:"relation"`
	Subject    bool      `json:"subject"`
	RecordID   string    `json:"recordId"`
	Number     string    `json:"number"`
	Until      time.Time `json:"until"`
	DaysLeft   int       `json:"daysLeft"` // calendar days in Japan to the last day covered; negative once it is over
	Expired    bool      `json:"expired"`
}

const (
	// EndingDays is how far the list looks ahead unless asked otherwise.
	EndingDays = 60
	maxEnding  = 366
	// overdueDays is how long an expired consent that nobody renewed stays on the list.
	overdueDays = 180
	maxCases    = 500
)

// Ending lists the consents in force that end within so many days (0 = EndingDays), and those that ended without renewal, the first to
// end first. Holders only; the reading is audited.
func (s *Service) Ending(ctx context.Context, actor access.Actor, days int) ([]Ending, error) {
	if err := s.holder(ctx, actor, ""); err != nil {
		return nil, err
	}
	if days == 0 {
		days = EndingDays
	}
	if days < 1 || days > maxEnding {
		return nil, fault.Newf(fault.Invalid, "日数は1から%dまでです。", maxEnding).On("days")
	}
	now := s.now()
	today := day(now)
	q := EndingQuery{From: today.AddDate(0, 0, -overdueDays), Until: today.AddDate(0, 0, days+1), Limit: maxCases}
	list, err := s.store.EndingConsents(ctx, access.ScopeOf(actor), q)
	if err != nil {
		return nil, fmt.Errorf("consents that end: %w", err)
	}
	if err := s.store.AppendAudit(ctx, actor.Audit(now, access.VerbConsentRead, "")); err != nil {
		return nil, fmt.Errorf("audit of the list: %w", err)
	}
	out := []Ending{}
	for _, c := range list {
		for _, p := range c.Parties {
			if e, ok := ending(c, p, q, now); ok {
				out = append(out, e)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Ending) int {
		return cmp.Or(a.Until.Compare(b.Until), cmp.Compare(a.CaseNumber, b.CaseNumber), cmp.Compare(a.PersonID, b.PersonID))
	})
	return out, nil
}

// ending tells whether the record that holds the person's will ends in the span. A record that begins later is a renewal made in advance.
func ending(c CaseConsents, p Party, q EndingQuery, now time.Time) (Ending, bool) {
	r, ok := InForce(p.PersonID, now, c.Records)
	if !ok {
		return Ending{}, false
	}
	state := Effective(r, now)
	if state != StateGranted && state != StatePartial && state != StateExpired || !r.Until.After(q.From) || r.Until.After(q.Until) {
		return Ending{}, false
	}
	if left, _ := r.left(now); left == 0 {
		return Ending{}, false
	}
	if slices.ContainsFunc(c.Records, func(x Record) bool { return x.PersonID == p.PersonID && x.will() && x.From.After(now) }) {
		return Ending{}, false
	}
	return Ending{CaseID: c.CaseID, CaseNumber: c.CaseNumber, PersonID: p.PersonID, Initial: text.Initial(p.Kana), Relation: p.Relation, Subject: p.Subject,
		RecordID: r.ID, Number: r.Number, Until: r.Until, DaysLeft: int(r.Until.Sub(day(now))/(24*time.Hour)) - 1, Expired: state == StateExpired}, true
}
