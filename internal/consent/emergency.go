package consent

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/text"
)

// Emergency (緊急開示) shows an agency of the case, without consent, what it needs at once: items of persons, for hours, on a legal basis, with a reason.
// A second holder of the record stands for it within a day, or it lapses. It lifts consent and nothing else: 住所秘匿, 特定機関に非開示, membership and
// the rules of a 支援会議 stay.
type Emergency struct {
	ID       string    `json:"id"`
	Tenant   string    `json:"-"`
	CaseID   string    `json:"caseId"`
	AgencyID string    `json:"agencyId"`
	Persons  []string  `json:"persons"`
	Items    []Item    `json:"items"`
	Basis    Basis     `json:"basis"`
	Reason   string    `json:"reason"`
	By       string    `json:"by"`
	ByName   string    `json:"byName"`
	At       time.Time `json:"at"`
	Until    time.Time `json:"until"`

	ConfirmedBy   string     `json:"confirmedBy"`
	ConfirmedName string     `json:"confirmedName"`
	ConfirmedAt   *time.Time `json:"confirmedAt"`
	EndedBy       string     `json:"endedBy"`
	EndedAt       *time.Time `json:"endedAt"`

	// Number of the case and name of the agency, as the lists show them.
	Number string `json:"number"`
	Agency string `json:"agency"`
	// Count is how many persons they are, also for who is not told which.
	Count int `json:"count"`
}

// Basis is the legal ground of a disclosure without consent (根拠).
type Basis string

// The grounds (個人情報保護法 69条2項・27条1項 and the duties to report).
const (
	BasisLife    Basis = "life"    // 生命・身体・財産の保護
	BasisChild   Basis = "child"   // 児童の健全な育成
	BasisReport  Basis = "report"  // 法令(虐待の通報など)
	BasisBenefit Basis = "benefit" // 69条2項4号 本人の利益
	BasisOther   Basis = "other"   // その他(理由必須)
)

// Bases lists the grounds in the order they are offered.
func Bases() []Basis { return []Basis{BasisLife, BasisChild, BasisReport, BasisBenefit, BasisOther} }

// Label is what the screen says.
func (b Basis) Label() string {
	switch b {
	case BasisLife:
		return "生命・身体・財産の保護"
	case BasisChild:
		return "児童の健全な育成"
	case BasisReport:
		return "法令(虐待の通報など)"
	case BasisBenefit:
		return "本人の利益(69条2項4号)"
	case BasisOther:
		return "その他"
	}
	return ""
}

// Bounds of an emergency.
const (
	EmergencyMost    = 72 * time.Hour
	EmergencyConfirm = 24 * time.Hour // without a second person it lapses
)

// Ends is when it is over, as known now: its own end, the end somebody made, or, unconfirmed, a day after it began.
func (e Emergency) Ends() time.Time {
	end := e.Until
	if e.ConfirmedAt == nil {
		if day := e.At.Add(EmergencyConfirm); day.Before(end) {
			end = day
		}
	}
	if e.EndedAt != nil && e.EndedAt.Before(end) {
		end = *e.EndedAt
	}
	return end
}

// Live tells whether it holds at a moment.
func (e Emergency) Live(at time.Time) bool { return !at.Before(e.At) && at.Before(e.Ends()) }

// Lapsed tells whether nobody confirmed it within a day.
func (e Emergency) Lapsed(at time.Time) bool {
	return e.ConfirmedAt == nil && !at.Before(e.At.Add(EmergencyConfirm))
}

// Covers tells whether it answers a question with yes.
func (e Emergency) Covers(q Question) bool {
	return e.Live(q.At) && e.AgencyID == q.AgencyID && slices.Contains(e.Items, q.Item) &&
		!slices.ContainsFunc(q.Persons, func(p string) bool { return !slices.Contains(e.Persons, p) })
}

// EmergencyInput is an emergency as entered.
type EmergencyInput struct {
	CaseID   string   `json:"-"`
	AgencyID string   `json:"agencyId"`
	Persons  []string `json:"persons"`
	Items    []Item   `json:"items"`
	Basis    Basis    `json:"basis"`
	Reason   string   `json:"reason"`
	Hours    int      `json:"hours"`
}

func (in EmergencyInput) check() error {
	switch {
	case in.AgencyID == "":
		return fault.New(fault.Invalid, "開示する機関を選んでください。").On("agencyId")
	case len(in.Persons) == 0 || len(in.Persons) > 100:
		return fault.New(fault.Invalid, "対象の人を選んでください。").On("persons")
	case len(in.Items) == 0 || !validItems(in.Items):
		return fault.New(fault.Invalid, "開示する項目を選んでください。").On("items")
	case in.Basis.Label() == "":
		return fault.New(fault.Invalid, "根拠を選んでください。").On("basis")
	case in.Hours < 1 || time.Duration(in.Hours)*time.Hour > EmergencyMost:
		return fault.Newf(fault.Invalid, "期間は1時間から%.0f時間までにしてください。", EmergencyMost.Hours()).On("hours")
	case strings.TrimSpace(in.Reason) == "":
		return fault.New(fault.Invalid, "理由を入力してください。なぜ同意を待てないかを書いてください。").On("reason")
	}
	return text.Memo("reason", "理由", in.Reason, 500)
}

// Disclose begins an emergency disclosure at once. Holders only; the agency must be a current member of the case.
func (s *Service) Disclose(ctx context.Context, actor access.Actor, in EmergencyInput) (Emergency, error) {
	if err := s.holder(ctx, actor, in.CaseID); err != nil {
		return Emergency{}, err
	}
	if err := in.check(); err != nil {
		return Emergency{}, err
	}
	parties, err := s.store.Parties(ctx, access.ScopeOf(actor), in.CaseID)
	if err != nil {
		return Emergency{}, fmt.Errorf("persons of the case: %w", err)
	}
	for _, id := range in.Persons {
		if !slices.ContainsFunc(parties, func(p Party) bool { return p.PersonID == id }) {
			return Emergency{}, fault.New(fault.Invalid, "このケースの世帯員の中に見つからない人が選ばれています。").On("persons")
		}
	}
	now := s.now().UTC().Truncate(time.Microsecond)
	x := Emergency{ID: access.NewID(now), Tenant: actor.Tenant, CaseID: in.CaseID, AgencyID: in.AgencyID, Persons: in.Persons, Items: in.Items, Basis: in.Basis,
		Reason: in.Reason, By: actor.UserID, ByName: actor.Name, At: now, Until: now.Add(time.Duration(in.Hours) * time.Hour)}
	e := actor.Audit(now, access.VerbEmergency, x.ID).InCase(x.CaseID)
	e.Reason = string(x.Basis)
	if e.Hash, err = hash(x); err != nil {
		return Emergency{}, err
	}
	if err := s.store.InsertEmergency(ctx, x, e); err != nil {
		return Emergency{}, fmt.Errorf("emergency disclosure: %w", err)
	}
	return x, nil
}

// ConfirmEmergency is the word of the second person. Conflict: one's own, or confirmed, ended or lapsed already.
func (s *Service) ConfirmEmergency(ctx context.Context, actor access.Actor, id string) (Emergency, error) {
	x, now, err := s.emergency(ctx, actor, id)
	switch {
	case err != nil:
		return Emergency{}, err
	case x.By == actor.UserID:
		return Emergency{}, fault.New(fault.Conflict, "自分が行った緊急開示は、自分では確認できません。別の担当者に依頼してください。")
	case x.ConfirmedAt != nil:
		return Emergency{}, fault.New(fault.Conflict, "この緊急開示は、もう確認されています。")
	case !now.Before(x.At.Add(EmergencyConfirm)):
		return Emergency{}, fault.New(fault.Conflict, "24時間を過ぎたため、この緊急開示は確認できません。月次の一覧に「確認なし」として残ります。")
	}
	x.ConfirmedBy, x.ConfirmedName, x.ConfirmedAt = actor.UserID, actor.Name, &now
	e := actor.Audit(now, access.VerbEmergencyConfirm, id).InCase(x.CaseID)
	return x, s.store.UpdateEmergency(ctx, x, e)
}

// EndEmergency takes it back at once, also on open connections.
func (s *Service) EndEmergency(ctx context.Context, actor access.Actor, id string) (Emergency, error) {
	x, now, err := s.emergency(ctx, actor, id)
	if err != nil {
		return Emergency{}, err
	}
	if !x.Live(now) {
		return Emergency{}, fault.New(fault.Conflict, "この緊急開示は、もう終わっています。")
	}
	x.EndedBy, x.EndedAt = actor.UserID, &now
	e := actor.Audit(now, access.VerbEmergencyEnd, id).InCase(x.CaseID)
	return x, s.store.UpdateEmergency(ctx, x, e)
}

func (s *Service) emergency(ctx context.Context, actor access.Actor, id string) (Emergency, time.Time, error) {
	if err := s.holder(ctx, actor, ""); err != nil {
		return Emergency{}, time.Time{}, err
	}
	x, err := s.store.Emergency(ctx, access.ScopeOf(actor), id)
	if err != nil {
		return Emergency{}, time.Time{}, fmt.Errorf("emergency disclosure: %w", err)
	}
	return x, s.now().UTC().Truncate(time.Microsecond), nil
}

// EmergencyMonth lists those of all cases that began in a span, newest first: the monthly list, for who holds the record and who keeps the log. Of the reason, which
// is text of a case, and of the persons the latter gets nothing but how many they are. export writes the entry of a copy that is taken home; the reading of the
// list is audited by the caller.
func (s *Service) EmergencyMonth(ctx context.Context, actor access.Actor, from, to time.Time, export bool) ([]Emergency, error) {
	if err := access.Require(actor, access.ActEmergencyRead); err != nil {
		return nil, err
	}
	if export && actor.NoCopies {
		return nil, fault.New(fault.Forbidden, "あなたの機関には、ファイルを渡さない設定になっています。画面で確かめるか、市の担当者に相談してください。")
	}
	list, err := s.store.Emergencies(ctx, access.ScopeOf(actor), "", from, to)
	if err != nil {
		return nil, fmt.Errorf("emergency disclosures: %w", err)
	}
	for i := range list {
		if list[i].Count = len(list[i].Persons); !actor.Holder() {
			list[i].Reason, list[i].Persons, list[i].CaseID = "", []string{}, ""
		}
	}
	if export {
		err = s.store.AppendAudit(ctx, actor.Audit(s.now(), access.VerbEmergencyExport, from.Format("2006-01")))
	}
	return list, err
}

// Emergencies lists those of a case that began in a span, newest first. Holders only.
func (s *Service) Emergencies(ctx context.Context, actor access.Actor, caseID string, from, to time.Time) ([]Emergency, error) {
	if err := s.holder(ctx, actor, caseID); err != nil {
		return nil, err
	}
	// An unknown case is no case without emergencies.
	if _, err := s.store.Parties(ctx, access.ScopeOf(actor), caseID); err != nil {
		return nil, fmt.Errorf("case of the emergencies: %w", err)
	}
	list, err := s.store.Emergencies(ctx, access.ScopeOf(actor), caseID, from, to)
	if err != nil {
		return nil, fmt.Errorf("emergency disclosures: %w", err)
	}
	for i := range list {
		list[i].Count = len(list[i].Persons)
	}
	return list, nil
}
