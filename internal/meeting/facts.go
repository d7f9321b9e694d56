package meeting

import (
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/papers"
)

func (f Facts) person(id string) *cases.Person {
	i := slices.IndexFunc(f.Persons, func(p cases.Person) bool { return p.ID == id })
	if i < 0 {
		return nil
	}
	return &f.Persons[i]
}

func (f Facts) agency(id string) access.Agency {
	i := slices.IndexFunc(f.Agencies, func(a access.Agency) bool { return a.ID == id })
	if i < 0 {
		return access.Agency{ID: id}
	}
	return f.Agencies[i]
}

// official is a user as papers name people.
func (f Facts) official(userID string) papers.Person {
	i := slices.IndexFunc(f.Users, func(u access.User) bool { return u.ID == userID })
	if i < 0 {
		return papers.Person{}
	}
	u := f.Users[i]
	return papers.Person{Agency: f.agency(u.AgencyID).Name, Post: u.Post, Name: u.Name, Kana: u.Kana}
}

func (f Facts) subjects() []cases.Person {
	var out []cases.Person
	for _, p := range f.Persons {
		if p.Subject {
			out = append(out, p)
		}
	}
	return out
}

// concerned is whose consent a document needs: the person, or for the household every subject.
func (f Facts) concerned(personID string) []string {
	if personID != "" {
		return []string{personID}
	}
	var ids []string
	for _, p := range f.subjects() {
		ids = append(ids, p.ID)
	}
	return ids
}

// secret tells whether an item is kept from every paper that leaves the holders: 住所秘匿.
func (f Facts) secret(personID string, item consent.Item) bool {
	if item != consent.ItemAddress {
		return false
	}
	for _, p := range f.Persons {
		if p.AddressSecret && (personID == "" || personID == p.ID) {
			return true
		}
	}
	return false
}

// hiddenSince tells whether an item that is secret may not yet have been so at an instant: the entry of somebody it concerns was changed later.
func (f Facts) hiddenSince(personID string, item consent.Item, at time.Time) bool {
	return f.secret(personID, item) && slices.ContainsFunc(f.Persons, func(p cases.Person) bool {
		return p.AddressSecret && (personID == "" || personID == p.ID) && p.UpdatedAt.After(at)
	})
}

// withheld tells whether a subject is kept from an agency: 特定機関に非開示.
func (f Facts) withheld(agencyID string) bool {
	return slices.ContainsFunc(f.subjects(), func(p cases.Person) bool { return slices.Contains(p.WithheldFrom, agencyID) })
}

// removed tells whether an agency was a member of the case and is none now: it reads nothing any more.
func (f Facts) removed(agencyID string) bool {
	return !f.member(agencyID) && slices.ContainsFunc(f.Members, func(m cases.Member) bool { return m.AgencyID == agencyID })
}

// covered tells whether an item of a person (or of the household) may be sealed by a 重層的支援会議 that closes at an instant: for
// everyone concerned, a consent in force then lets at least one agency have it for the conference or the plan.
func (f Facts) covered(personID string, item consent.Item, at time.Time) bool {
	ids := f.concerned(personID)
	if len(ids) == 0 || f.secret(personID, item) {
		return false
	}
	return !slices.ContainsFunc(ids, func(id string) bool {
		return !f.someAgency(id, item, at, consent.PurposeConference, consent.PurposePlan)
	})
}

func (f Facts) someAgency(personID string, item consent.Item, at time.Time, purposes ...consent.Purpose) bool {
	var known []consent.Record
	for _, r := range f.Consents {
		if !r.RecordedAt.After(at) {
			known = append(known, r)
		}
	}
	r, ok := validRecord(known, personID, at, purposes...)
	if !ok {
		return false
	}
	agencies := []string{"その他会議が必要と認める機関"} // no agency's id: asks the box for agencies not named
	for id := range r.Scope {
		agencies = append(agencies, id)
	}
	here := consent.Facts{Member: true, Mode: consent.ModeLayered, MeetingOpen: true, Confirmed: true, Designated: true}
	for _, purpose := range purposes {
		for _, a := range agencies {
			q := consent.Question{Persons: []string{personID}, AgencyID: a, Item: item, Purpose: purpose, At: at}
			if consent.Decide(q, here, known).Allow {
				return true
			}
		}
	}
	return false
}

// papersKind is what the meeting is called in its papers: a 重層的支援会議 held as 支援会議 is one.
func (s *State) typeName() string {
	m := s.Meeting
	if m.Mode == consent.ModeSupport && m.Type.Mode != consent.ModeSupport {
		return "支援会議"
	}
	return m.Type.Name
}

// basis is the legal ground as convened, else as the type says.
func (s *State) basis() string {
	if s.Convened != nil && s.Convened.Basis != "" {
		return s.Convened.Basis
	}
	return s.Meeting.Type.Basis
}
