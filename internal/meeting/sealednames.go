package meeting

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"kasane/internal/archive"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/papers"
)

// FormerName is a name somebody of the household had in the papers of a meeting. They may be called otherwise today: married, adopted, corrected.
type FormerName struct {
	PersonID   string // "" when it is not known whose name it was
	Name, Kana string
}

// calledThen reads the names of the 本人 from the 会議録 of the meeting as its content says them.
func (s *Service) calledThen(ctx context.Context, rec archive.Record, content []byte, f Facts) ([]FormerName, error) {
	if rec.Kind != archive.KindMinutes {
		versions, err := s.Store.MinutesVersions(ctx, rec.Tenant, rec.MeetingID)
		if err != nil || len(versions) == 0 {
			return nil, err
		}
		v, err := s.Store.MinutesVersion(ctx, rec.Tenant, rec.MeetingID, versions[len(versions)-1].N)
		if fault.Is(err, fault.Gone) { // the 会議録 was disposed of before the plan
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		if content = v.Content; len(content) == 0 {
			return nil, nil
		}
	}
	var m papers.MinutesDoc
	if err := json.Unmarshal(content, &m); err != nil {
		return nil, fault.Wrap(fault.Internal, fmt.Errorf("names in a 会議録: %w", err), "")
	}
	var kana []string
	for _, c := range m.Cases {
		kana = append(kana, strings.Split(c.Kana, "、")...)
	}
	subjects := f.subjects()
	var out []FormerName
	for i, c := range m.Consents {
		if c.Person == "" || strings.HasPrefix(c.Person, "世帯") {
			continue
		}
		x := FormerName{Name: c.Person}
		switch k := slices.IndexFunc(f.Persons, func(p cases.Person) bool { return p.Name == c.Person }); {
		case k >= 0:
			x.PersonID = f.Persons[k].ID
		case len(m.Consents) == len(subjects): // one line for each 本人, in their order
			x.PersonID = subjects[i].ID
		}
		if len(kana) == len(m.Consents) {
			x.Kana = kana[i]
		}
		out = append(out, x)
	}
	return out, nil
}

// registeredPlaces reads where the household lives and lived and how it is called, from what is and was registered of each person and of the house.
func (s *Service) registeredPlaces(ctx context.Context, tenant string, f Facts) ([]string, error) {
	owners := []string{f.Case.ID}
	for _, p := range f.Persons {
		owners = append(owners, p.ID)
	}
	var out []string
	for _, owner := range owners {
		metas, err := s.Store.OwnedDocs(ctx, tenant, live.KindSection, owner)
		if err != nil {
			return nil, err
		}
		for _, m := range metas {
			if m.Item != consent.ItemAddress || m.Head == 0 {
				continue
			}
			d, err := s.Docs.ReadDocument(ctx, tenant, m.ID)
			if err != nil {
				return nil, err
			}
			for _, key := range d.Keys() {
				out = append(out, d.String(key))
			}
			for _, key := range d.TextKeys() {
				out = append(out, d.Text(key))
			}
			former, err := s.Docs.Former(ctx, tenant, m.ID)
			if err != nil {
				return nil, err
			}
			out = append(out, former...)
		}
	}
	return slices.DeleteFunc(out, func(v string) bool { return strings.TrimSpace(v) == "" }), nil
}
