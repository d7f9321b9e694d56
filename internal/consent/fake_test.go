package consent

import (
	"context"
	"slices"
	"sync"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// fake is a Store in memory, for one municipality "t" and one case "c".
type fake struct {
	mu       sync.Mutex
	numbers  map[string]int
	records  []Record
	parties  []Party
	agencies map[string]string
	notes    []Note
	texts    []KeptText
	urgent   []Emergency
	glasses  []Glass
	audit    []access.Entry
	fail     error    // of the next write
	running  []string // meetings a withdrawal has to be noted in
}

func newFake() *fake {
	return &fake{numbers: map[string]int{}, agencies: map[string]string{"a": "地域包括", "b": "保健所"},
		parties: []Party{{PersonID: "child", Birth: "2012-01-01"}, {PersonID: "p", Birth: "1944-05-01", Subject: true}}}
}

func (f *fake) NextNumber(_ context.Context, tenant, series string) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.numbers[tenant+series]++
	return f.numbers[tenant+series], nil
}

func (f *fake) InsertConsent(_ context.Context, r Record, shown FormText, e access.Entry) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fail != nil {
		return f.fail
	}
	if r.Renews != "" && slices.ContainsFunc(f.records, func(x Record) bool { return x.Renews == r.Renews }) {
		return fault.New(fault.Conflict, "")
	}
	f.keep(KeptText{Hash: shown.Hash(), Text: shown, KeptAt: r.RecordedAt})
	f.records, f.audit = append(f.records, r), append(f.audit, e)
	return nil
}

// GlassCase knows one case, K2026-0001, and keeps "barred" from it.
func (f *fake) GlassCase(_ context.Context, _, userID, number string) (string, error) {
	if number != "K2026-0001" || userID == "barred" {
		return "", fault.New(fault.NotFound, "")
	}
	return "c", nil
}

func (f *fake) InsertGlass(_ context.Context, g Glass, e access.Entry) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if slices.ContainsFunc(f.glasses, func(x Glass) bool { return x.UserID == g.UserID && x.Live(g.At) }) {
		return fault.New(fault.Conflict, "")
	}
	f.glasses, f.audit = append([]Glass{g}, f.glasses...), append(f.audit, e)
	return nil
}

func (f *fake) EndGlass(ctx context.Context, g Glass, e access.Entry) error {
	return f.ReviewGlass(ctx, g, e)
}

func (f *fake) ReviewGlass(_ context.Context, g Glass, e access.Entry) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range f.glasses {
		if f.glasses[i].ID == g.ID {
			f.glasses[i], f.audit = g, append(f.audit, e)
			return nil
		}
	}
	return fault.New(fault.Conflict, "")
}

func (f *fake) Glass(_ context.Context, _ access.Scope, id string) (Glass, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, g := range f.glasses {
		if g.ID == id {
			return g, nil
		}
	}
	return Glass{}, fault.New(fault.NotFound, "")
}

func (f *fake) Glasses(_ context.Context, _ access.Scope, open bool) ([]Glass, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(f.glasses), func(g Glass) bool { return open && g.ReviewedAt != nil }), nil
}

func (f *fake) OwnGlasses(_ context.Context, _, userID string) ([]Glass, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(f.glasses), func(g Glass) bool { return g.UserID != userID }), nil
}

func (f *fake) InsertEmergency(_ context.Context, x Emergency, e access.Entry) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.urgent, f.audit = append(f.urgent, x), append(f.audit, e)
	return nil
}

func (f *fake) UpdateEmergency(_ context.Context, x Emergency, e access.Entry) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range f.urgent {
		if f.urgent[i].ID == x.ID {
			f.urgent[i] = x
		}
	}
	f.audit = append(f.audit, e)
	return nil
}

func (f *fake) Emergency(_ context.Context, _ access.Scope, id string) (Emergency, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, x := range f.urgent {
		if x.ID == id {
			return x, nil
		}
	}
	return Emergency{}, fault.New(fault.NotFound, "")
}

func (f *fake) Emergencies(_ context.Context, _ access.Scope, caseID string, from, to time.Time) (out []Emergency, _ error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, x := range f.urgent {
		if (caseID == "" || x.CaseID == caseID) && !x.At.Before(from) && x.At.Before(to) {
			out = append(out, x)
		}
	}
	return out, nil
}

func (f *fake) Withdraw(_ context.Context, _ string, w Withdrawal, notes []Note, e access.Entry) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fail != nil {
		return f.fail
	}
	for _, m := range f.running {
		if !slices.ContainsFunc(notes, func(n Note) bool { return n.MeetingID == m }) {
			return fault.New(fault.Conflict, "")
		}
	}
	for i := range f.records {
		if f.records[i].ID == w.RecordID {
			f.records[i].Withdrawals = append(slices.Clone(f.records[i].Withdrawals), w)
			f.notes, f.audit = append(f.notes, notes...), append(f.audit, e)
			return nil
		}
	}
	return fault.New(fault.NotFound, "")
}

func (f *fake) keep(k KeptText) bool {
	if slices.ContainsFunc(f.texts, func(x KeptText) bool { return x.Hash == k.Hash }) {
		return false
	}
	k.No = len(f.texts) + 1
	f.texts = append(f.texts, k)
	return true
}

func (f *fake) KeepText(_ context.Context, _ string, k KeptText, e access.Entry) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.keep(k) {
		return 0, fault.New(fault.Conflict, "")
	}
	f.audit = append(f.audit, e)
	return len(f.texts), nil
}

func (f *fake) ConsentTexts(_ context.Context, tenant string) ([]KeptText, error) {
	if tenant != "t" {
		return nil, nil
	}
	return slices.Clone(f.texts), nil
}

func (f *fake) EndingConsents(_ context.Context, s access.Scope, q EndingQuery) ([]CaseConsents, error) {
	if s.Tenant != "t" || !s.All {
		return nil, nil
	}
	if !slices.ContainsFunc(f.records, func(r Record) bool { return r.Until.After(q.From) && !r.Until.After(q.Until) }) {
		return nil, nil
	}
	return []CaseConsents{{CaseID: "c", CaseNumber: "K2026-0001", Parties: f.parties, Records: slices.Clone(f.records)}}, nil
}

func (f *fake) Consents(_ context.Context, s access.Scope, caseID string) ([]Record, error) {
	if s.Tenant != "t" || !s.All || caseID != "c" {
		return nil, fault.New(fault.NotFound, "")
	}
	return slices.Clone(f.records), nil
}

func (f *fake) Consent(_ context.Context, s access.Scope, id string) (Record, error) {
	for _, r := range f.records {
		if s.Tenant == "t" && (s.All || s.AgencyID != "") && r.ID == id {
			return r, nil
		}
	}
	return Record{}, fault.New(fault.NotFound, "")
}

func (f *fake) Parties(_ context.Context, s access.Scope, caseID string) ([]Party, error) {
	if s.Tenant != "t" || !s.All || caseID != "c" {
		return nil, fault.New(fault.NotFound, "")
	}
	return f.parties, nil
}

func (f *fake) AgencyNames(_ context.Context, _ string, ids []string) (map[string]string, error) {
	out := map[string]string{}
	for _, id := range ids {
		if n, ok := f.agencies[id]; ok {
			out[id] = n
		}
	}
	return out, nil
}

func (f *fake) AppendAudit(_ context.Context, entries ...access.Entry) error {
	f.audit = append(f.audit, entries...)
	return nil
}
