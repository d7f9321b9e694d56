package consent

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/text"
)

// Service records, withdraws and shows consent.
type Service struct {
	store Store
	notes MeetingNotes
	now   func() time.Time
}

// NewService makes the service. notes may be nil (no meetings, tests) or set later with SetMeetingNotes.
func NewService(store Store, notes MeetingNotes, now func() time.Time) *Service {
	return &Service{store: store, notes: notes, now: now}
}

// SetMeetingNotes closes the circle at start-up, before the first call.
func (s *Service) SetMeetingNotes(n MeetingNotes) { s.notes = n }

// Input is a consent record as entered.
type Input struct {
	CaseID      string            `json:"caseId"`
	PersonID    string            `json:"personId"`
	State       State             `json:"state"`
	Grantor     Grantor           `json:"grantor"`
	GrantorName string            `json:"grantorName"`
	GrantorNote string            `json:"grantorNote"`
	GrantorDoc  string            `json:"grantorDoc"`
	Purposes    []Purpose         `json:"purposes"`
	PurposeNote string            `json:"purposeNote"`
	Scope       map[string][]Item `json:"scope"`
	Others      []Item            `json:"others"`
	Sources     []string          `json:"sources"`
	Forms       []string          `json:"forms"`
	From        string            `json:"from"`  // ISO date: first day covered; "" = day of explanation
	Until       string            `json:"until"` // ISO date: last day covered (inclusive, as printed on the form)
	Method      Method            `json:"method"`
	MethodNote  string            `json:"methodNote"`
	ExplainedBy string            `json:"explainedBy"`
	ExplainedAt time.Time         `json:"explainedAt"`
	ExplainHow  string            `json:"explainHow"`
	CopyGivenAt *time.Time        `json:"copyGivenAt"`
	// EvidenceFile and EvidenceSHA256 come from package files.
	EvidenceFile   string          `json:"evidenceFile"`
	EvidenceSHA256 string          `json:"evidenceSha256"`
	Signature      json.RawMessage `json:"signature"`
	FormHash       string          `json:"formHash"` // hash of the text that was shown; must be that of a known form version
	Details        Details         `json:"details"`
}

// WithdrawInput is a withdrawal as entered. Empty Agencies and Items mean everything.
type WithdrawInput struct {
	RecordID string   `json:"recordId"`
	Agencies []string `json:"agencies"`
	Items    []Item   `json:"items"`
	Note     string   `json:"note"`
	// ReceivedBy (受付者): "" = the actor. Told (周知先): agencies that were told.
	ReceivedBy string   `json:"receivedBy"`
	How        Notice   `json:"how"`
	Told       []string `json:"told"`
	// EvidenceFile and EvidenceSHA256 are the scan of the 撤回届, from package files.
	EvidenceFile   string `json:"evidenceFile"`
	EvidenceSHA256 string `json:"-"`
}

// Record stores a new consent record. Holders only. Invalid names the field.
func (s *Service) Record(ctx context.Context, actor access.Actor, in Input) (Record, error) {
	return s.record(ctx, actor, in, "")
}

// record is Record, as a renewal of an older record where renews names one.
func (s *Service) record(ctx context.Context, actor access.Actor, in Input, renews string) (Record, error) {
	if err := s.holder(ctx, actor, in.CaseID); err != nil {
		return Record{}, err
	}
	now := s.now().UTC().Truncate(time.Microsecond)
	form, err := s.shown(ctx, actor.Tenant, in.FormHash, now)
	if err != nil {
		return Record{}, err
	}
	r, err := in.record(now, form)
	if err != nil {
		return Record{}, err
	}
	r.Renews = renews
	if err := s.known(ctx, actor, r); err != nil {
		return Record{}, err
	}
	r.ID, r.Tenant, r.RecordedBy, r.RecordedAt = access.NewID(now), actor.Tenant, actor.UserID, now
	if r.Number, err = s.number(ctx, actor.Tenant, now); err != nil {
		return Record{}, err
	}
	e := actor.Audit(now, access.VerbConsentRecord, r.ID).InCase(r.CaseID)
	if e.Hash, err = Digest(r); err != nil {
		return Record{}, err
	}
	if err := s.store.InsertConsent(ctx, r, form, e); err != nil {
		return Record{}, fmt.Errorf("insert consent: %w", err)
	}
	return r, nil
}

// Withdraw takes a record back in whole or part, at once. Running meetings of the case get it into their minutes in
// the same transaction. Holders only.
func (s *Service) Withdraw(ctx context.Context, actor access.Actor, in WithdrawInput) (Record, error) {
	for n := 1; ; n++ {
		r, again, err := s.withdraw(ctx, actor, in)
		if !again || n == attempts {
			return r, err
		}
	}
}

// attempts bounds how often a withdrawal is tried while meetings of the case begin.
const attempts = 5

// withdraw looks at everything as of now. again: a meeting began between the looking and the writing, and nothing was written.
func (s *Service) withdraw(ctx context.Context, actor access.Actor, in WithdrawInput) (_ Record, again bool, _ error) {
	r, err := s.store.Consent(ctx, access.ScopeOf(actor), in.RecordID)
	if err != nil {
		return Record{}, false, fmt.Errorf("consent to withdraw: %w", err)
	}
	if err := s.holder(ctx, actor, r.CaseID); err != nil {
		return Record{}, false, err
	}
	now := s.now().UTC().Truncate(time.Microsecond)
	if err := s.withdrawable(ctx, actor, r, in, now); err != nil {
		return Record{}, false, err
	}
	w := Withdrawal{ID: access.NewID(now), RecordID: r.ID, At: now, By: actor.UserID, ByName: actor.Name,
		Agencies: in.Agencies, Items: in.Items, Note: in.Note, ReceivedBy: in.ReceivedBy, How: in.How, Told: in.Told,
		EvidenceFile: in.EvidenceFile, EvidenceSHA256: in.EvidenceSHA256}
	var notes []Note
	if s.notes != nil {
		if notes, err = s.notes.ConsentWithdrawn(ctx, actor, r, w); err != nil {
			return Record{}, false, fmt.Errorf("notes of the withdrawal: %w", err)
		}
	}
	e := actor.Audit(now, access.VerbConsentWithdraw, r.ID).InCase(r.CaseID)
	if e.Hash, err = hash(w); err != nil {
		return Record{}, false, err
	}
	if err := s.store.Withdraw(ctx, actor.Tenant, w, notes, e); err != nil {
		return Record{}, fault.Is(err, fault.Conflict), fmt.Errorf("withdraw consent: %w", err)
	}
	if s.notes != nil && len(notes) > 0 {
		s.notes.Noted(ctx, actor.Tenant, notes)
	}
	r.Withdrawals = append(slices.Clone(r.Withdrawals), w)
	return r, false, nil
}

// ListForCase returns all records of a case, oldest first. Holders only; the reading is audited.
func (s *Service) ListForCase(ctx context.Context, actor access.Actor, caseID string) ([]Record, error) {
	if err := s.holder(ctx, actor, caseID); err != nil {
		return nil, err
	}
	records, err := s.store.Consents(ctx, access.ScopeOf(actor), caseID)
	if err != nil {
		return nil, fmt.Errorf("consents of a case: %w", err)
	}
	if err := s.store.AppendAudit(ctx, actor.Audit(s.now(), access.VerbConsentRead, caseID).InCase(caseID)); err != nil {
		return nil, fmt.Errorf("audit of reading consents: %w", err)
	}
	return records, nil
}

// One returns a record. Holders only. It writes no audit entry of its success: the caller does something with it that has one.
func (s *Service) One(ctx context.Context, actor access.Actor, id string) (Record, error) {
	if err := s.holder(ctx, actor, ""); err != nil {
		return Record{}, err
	}
	r, err := s.store.Consent(ctx, access.ScopeOf(actor), id)
	if err != nil {
		return Record{}, fmt.Errorf("consent record: %w", err)
	}
	return r, nil
}

// holder lets through those who hold the record; a refusal is audited.
func (s *Service) holder(ctx context.Context, actor access.Actor, caseID string) error {
	if actor.Holder() && actor.Tenant != "" {
		return nil
	}
	if actor.Tenant != "" {
		if err := s.store.AppendAudit(ctx, actor.Audit(s.now(), access.VerbConsentRead, caseID).InCase(caseID).Denied("role")); err != nil {
			return fmt.Errorf("audit of a refusal: %w", err)
		}
	}
	return fault.New(fault.Forbidden, "同意書を扱えるのは、事務局(多機関協働担当)と市の所管課だけです。")
}

// known checks that person and agencies of a record exist.
func (s *Service) known(ctx context.Context, actor access.Actor, r Record) error {
	parties, err := s.store.Parties(ctx, access.ScopeOf(actor), r.CaseID)
	if err != nil {
		return fmt.Errorf("persons of the case: %w", err)
	}
	if !slices.ContainsFunc(parties, func(p Party) bool { return p.PersonID == r.PersonID }) {
		return fault.New(fault.Invalid, "同意の対象者が、このケースの世帯員の中に見つかりません。").On("personId")
	}
	ids := slices.Sorted(maps.Keys(r.Scope))
	return first(s.registered(ctx, actor.Tenant, "sources", r.Sources), s.registered(ctx, actor.Tenant, "scope", ids))
}

// registered checks that agencies exist in the municipality.
func (s *Service) registered(ctx context.Context, tenant, field string, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	names, err := s.store.AgencyNames(ctx, tenant, ids)
	if err != nil {
		return fmt.Errorf("names of agencies: %w", err)
	}
	for _, id := range ids {
		if _, ok := names[id]; !ok {
			return fault.New(fault.Invalid, "登録されていない機関が含まれています。機関を選び直してください。").On(field)
		}
	}
	return nil
}

func (s *Service) withdrawable(ctx context.Context, actor access.Actor, r Record, in WithdrawInput, now time.Time) error {
	if r.State != StateGranted && r.State != StatePartial {
		return fault.New(fault.Conflict, "この記録は同意の記録ではないため、撤回できません。")
	}
	if Effective(r, now) == StateWithdrawn {
		return fault.New(fault.Conflict, "この同意は、すでに全部撤回されています。")
	}
	if err := first(text.Memo("note", "撤回の備考", in.Note, 500), text.Line("receivedBy", "受付者", in.ReceivedBy, maxName)); err != nil {
		return err
	}
	if in.How != "" && in.How.Label() == "" {
		return fault.New(fault.Invalid, "申し出の方法を選び直してください。").On("how")
	}
	if err := s.registered(ctx, actor.Tenant, "told", in.Told); err != nil {
		return err
	}
	for _, a := range in.Agencies {
		if _, ok := r.Scope[a]; !ok && len(r.Others) == 0 {
			return fault.New(fault.Invalid, "この同意書にない機関が選ばれています。").On("agencies")
		}
	}
	if !validItems(in.Items) {
		return fault.New(fault.Invalid, "撤回する項目を選び直してください。").On("items")
	}
	all, err := s.store.Consents(ctx, access.ScopeOf(actor), r.CaseID)
	if err != nil {
		return fmt.Errorf("consents of a case: %w", err)
	}
	if cur, ok := InForce(r.PersonID, now, all); ok && cur.ID != r.ID && !r.From.After(now) {
		return fault.Newf(fault.Conflict, "この同意書は新しい記録(%s)に替わっています。新しい記録から撤回してください。", cur.Number)
	}
	return nil
}

// number: 同意書番号 D2026-0001, counted per fiscal year, never reused.
func (s *Service) number(ctx context.Context, tenant string, now time.Time) (string, error) {
	series := fmt.Sprintf("D%04d", fiscalYear(now))
	n, err := s.store.NextNumber(ctx, tenant, series)
	if err != nil {
		return "", fmt.Errorf("number of a consent: %w", err)
	}
	return fmt.Sprintf("%s-%04d", series, n), nil
}

// fiscalYear (年度) begins on 1 April in Japan.
func fiscalYear(t time.Time) int {
	t = t.In(jst)
	if t.Month() < time.April {
		return t.Year() - 1
	}
	return t.Year()
}

// hash binds the audit entry to what was written.
func hash(v any) (string, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("hash of a consent: %w", err)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), nil
}
