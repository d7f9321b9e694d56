package consent

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// Whole is a record with all it takes to print or to export it.
type Whole struct {
	Record Record
	Person Party
	Names  map[string]string // of the agencies the record names
	Text   KeptText          // what was shown
}

// Whole returns a record to be printed or exported. Holders only; the reading is audited under the verb that says what for.
func (s *Service) Whole(ctx context.Context, actor access.Actor, id string, what access.Verb) (Whole, error) {
	r, err := s.One(ctx, actor, id)
	if err != nil {
		return Whole{}, err
	}
	w := Whole{Record: r}
	if w.Person, err = s.party(ctx, actor, r.CaseID, r.PersonID); err != nil {
		return Whole{}, err
	}
	ids := slices.Concat(slices.Sorted(maps.Keys(r.Scope)), r.Sources)
	for _, x := range r.Withdrawals {
		ids = append(ids, slices.Concat(x.Agencies, x.Told)...)
	}
	slices.Sort(ids)
	if w.Names, err = s.store.AgencyNames(ctx, actor.Tenant, slices.Compact(ids)); err != nil {
		return Whole{}, fmt.Errorf("names of agencies: %w", err)
	}
	kept, _, err := s.texts(ctx, actor.Tenant, s.now())
	if err != nil {
		return Whole{}, err
	}
	w.Text, _ = TextOf(kept, r.FormHash)
	if w.Text.Altered {
		return Whole{}, fault.New(fault.Conflict, "保存された同意書の文面が、記録のときのものと一致しません。管理者に連絡してください。")
	}
	if err := s.store.AppendAudit(ctx, actor.Audit(s.now(), what, r.ID).InCase(r.CaseID)); err != nil {
		return Whole{}, fmt.Errorf("audit of a consent: %w", err)
	}
	return w, nil
}

// Empty returns what a sheet to be signed needs: the person and the text in force. Holders only; audited like Whole.
func (s *Service) Empty(ctx context.Context, actor access.Actor, caseID, personID string) (Whole, error) {
	if err := s.holder(ctx, actor, caseID); err != nil {
		return Whole{}, err
	}
	p, err := s.party(ctx, actor, caseID, personID)
	if err != nil {
		return Whole{}, err
	}
	kept, current, err := s.texts(ctx, actor.Tenant, s.now())
	if err != nil {
		return Whole{}, err
	}
	text, found := TextOf(kept, current.Hash())
	if !found {
		text = KeptText{Hash: current.Hash(), Text: current}
	}
	if err := s.store.AppendAudit(ctx, actor.Audit(s.now(), access.VerbConsentPrint, personID).InCase(caseID)); err != nil {
		return Whole{}, fmt.Errorf("audit of a sheet: %w", err)
	}
	return Whole{Record: Record{Tenant: actor.Tenant, CaseID: caseID, PersonID: personID}, Person: p, Names: map[string]string{}, Text: text}, nil
}

func (s *Service) party(ctx context.Context, actor access.Actor, caseID, personID string) (Party, error) {
	parties, err := s.store.Parties(ctx, access.ScopeOf(actor), caseID)
	if err != nil {
		return Party{}, fmt.Errorf("persons of the case: %w", err)
	}
	i := slices.IndexFunc(parties, func(p Party) bool { return p.PersonID == personID })
	if i < 0 {
		return Party{}, fault.New(fault.NotFound, "対象者が、このケースの世帯員の中に見つかりません。")
	}
	return parties[i], nil
}

// Canonical is a record as it was written, without what was withdrawn later, as JSON. The audit entry of its recording holds the hash of it,
// so a record that is changed afterwards, or was never recorded, is found by `kasane verify`.
func Canonical(r Record) ([]byte, error) {
	r.Withdrawals = nil
	return json.Marshal(r)
}

// Digest is the lower hex SHA-256 of Canonical.
func Digest(r Record) (string, error) {
	r.Withdrawals = nil
	return hash(r)
}

// settled is a record as it will be read again: times in UTC to the microsecond, empty lists as none. Only so its hash can be made again.
func settled(r Record) Record {
	at := func(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
	r.ExplainedAt = at(r.ExplainedAt)
	if r.CopyGivenAt != nil {
		given := at(*r.CopyGivenAt)
		r.CopyGivenAt = &given
	}
	if o := r.Details.Oral; o != nil {
		x := *o
		x.At = at(x.At)
		r.Details.Oral = &x
	}
	if p := r.Details.Phone; p != nil {
		x := *p
		x.At = at(x.At)
		r.Details.Phone = &x
	}
	r.Purposes, r.Others, r.Sources, r.Forms = none(r.Purposes), none(r.Others), none(r.Sources), none(r.Forms)
	r.Details.Explanation.Care = none(r.Details.Explanation.Care)
	if string(r.Signature) == "null" {
		r.Signature = nil
	}
	return r
}

func none[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}
