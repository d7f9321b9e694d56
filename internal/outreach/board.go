package outreach

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
)

// Who is a person an entry can be about, as the reader may call them; the household has the id "".
type Who struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

// Line is an entry as one reader sees it.
type Line struct {
	ID         string       `json:"id"`
	Kind       Kind         `json:"kind"`
	Target     string       `json:"target"`
	NextStep   string       `json:"nextStep"`
	PersonID   string       `json:"personId"`
	Who        string       `json:"who"`
	Item       consent.Item `json:"item"`
	ItemLabel  string       `json:"itemLabel"`
	AgencyName string       `json:"agencyName"`
	UserName   string       `json:"userName"`
	At         time.Time    `json:"at"`
	RecordedAt time.Time    `json:"recordedAt"`
	Method     string       `json:"method"`
	MethodText string       `json:"methodLabel"`
	Met        []string     `json:"met"`
	MetText    []string     `json:"metLabels"`
	Place      string       `json:"place"`
	PlaceText  string       `json:"placeLabel"`
	Body       string       `json:"body"`
	Relation   string       `json:"relation"`
	RelText    string       `json:"relationLabel"`
	// Old are the entries this one took the place of, newest first.
	Old []Line `json:"old"`
	// MayCorrect: of the reader's agency.
	MayCorrect bool `json:"mayCorrect"`
}

// Step (関係の段階) is one step of the way to somebody.
type Step struct {
	PersonID   string    `json:"personId"`
	Who        string    `json:"who"`
	Relation   string    `json:"relation"`
	Label      string    `json:"label"`
	At         time.Time `json:"at"`
	AgencyName string    `json:"agencyName"`
	UserName   string    `json:"userName"`
}

// VisitLine is a planned visit as one reader sees it on the page of the case.
type VisitLine struct {
	ID       string `json:"id"`
	PersonID string `json:"personId"`
	Who      string `json:"who"`
	Day      string `json:"day"`
	Clock    string `json:"clock"`
	Worker   string `json:"worker"` // "" = anybody of the agency
	DaysLate int    `json:"daysLate"`
	Version  int64  `json:"version"`
	Mine     bool   `json:"mine"` // of the reader's agency, which changes it
}

// Board is アウトリーチ of a case as one reader sees it.
type Board struct {
	CaseNumber string         `json:"caseNumber"`
	Stage      cases.Stage    `json:"stage"`
	Safety     Safety         `json:"safety"`
	MayWarn    bool           `json:"mayWarn"` // may change 安全上の留意
	People     []Who          `json:"people"`
	Items      []consent.Item `json:"items"`
	Entries    []Line         `json:"entries"` // newest first; none when only the summary was asked for
	Hidden     int            `json:"hidden"`  // 同意範囲外
	Steps      []Step         `json:"steps"`   // oldest first
	Last       *Line          `json:"last"`    // newest entry the reader sees, without its text
	Visits     []VisitLine    `json:"visits"`
	Total      int            `json:"total"`

	names map[string]string // of the household, for a paper that must not tell them
}

// Board tells everything of a case; brief leaves the entries out. The reading is in the log.
func (s *Service) Board(ctx context.Context, a access.Actor, caseID string, brief bool) (Board, error) {
	r, err := s.allowed(ctx, a, caseID)
	if err != nil {
		return Board{}, err
	}
	scope := access.ScopeOf(a)
	c, err := s.store.Case(ctx, scope, caseID)
	if err != nil {
		return Board{}, err
	}
	out := Board{CaseNumber: c.Number, Stage: c.Stage, MayWarn: !r.Spared(), Items: Items(), Entries: []Line{}, Steps: []Step{}, Visits: []VisitLine{}}
	if out.Safety, err = s.safety(ctx, a, r, caseID); err != nil {
		return Board{}, err
	}
	persons, err := s.store.Persons(ctx, scope, caseID)
	if err != nil {
		return Board{}, err
	}
	out.names = NamesOf(persons)
	people := People(r, persons)
	for _, p := range people {
		if r.Sees(a.AgencyID, p.ID, consent.ItemProgress) {
			out.People = append(out.People, p)
		}
	}
	all, err := s.store.OutreachEntries(ctx, scope, caseID)
	if err != nil {
		return Board{}, err
	}
	lines := s.lines(r, a, people, all, &out.Hidden)
	out.Total = len(lines)
	out.Steps = steps(lines)
	if len(lines) > 0 {
		last := lines[0]
		last.Body, last.Old = "", []Line{}
		out.Last = &last
	}
	visits, err := s.store.OutreachVisits(ctx, scope, caseID)
	if err != nil {
		return Board{}, err
	}
	for _, v := range visits {
		if r.Sees(v.AgencyID, v.PersonID, consent.ItemProgress) {
			out.Visits = append(out.Visits, s.visitLine(a, people, v))
		}
	}
	entry := a.Audit(s.time(), access.VerbOutreachOpen, caseID).InCase(caseID)
	if brief {
		entry.Target = ""
	} else {
		out.Entries = lines
	}
	return out, s.store.AppendAudit(ctx, entry)
}

// someone is what a person is called of whom nothing may be told.
const someone = "世帯員"

// People are the household and its persons as the reader may call them on a list: by relation and initial, never by name.
func People(r cases.FieldRights, persons []cases.Person) []Who {
	out := []Who{{"", "世帯"}}
	for _, p := range persons {
		card := r.Card(p)
		label := card.Relation
		switch {
		case label == "" && card.Initial == "":
			label = someone
		case label == "":
			label = card.Initial + "さん"
		case card.Initial != "":
			label += "（" + card.Initial + "）"
		}
		out = append(out, Who{p.ID, label})
	}
	return out
}

// NamesOf are the names of a household, by person.
func NamesOf(persons []cases.Person) map[string]string {
	out := map[string]string{}
	for _, p := range persons {
		out[p.ID] = p.Name
	}
	return out
}

// nothing is an empty list in place of none.
func nothing(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// Called is how one of them is called.
func Called(people []Who, id string) string {
	if i := slices.IndexFunc(people, func(w Who) bool { return w.ID == id }); i >= 0 {
		return people[i].Label
	}
	return ""
}

// lines are the entries the reader sees, newest first, each with those it took the place of; the others are counted, but for those about somebody who is kept from
// the reader.
func (s *Service) lines(r cases.FieldRights, a access.Actor, people []Who, all []Entry, hidden *int) []Line {
	set := s.set(a.Tenant)
	replaced, byID := map[string]bool{}, map[string]Entry{}
	for _, x := range all {
		byID[x.ID] = x
		if x.Replaces != "" {
			replaced[x.Replaces] = true
		}
	}
	line := func(x Entry) Line {
		l := Line{ID: x.ID, Kind: x.Kind, Target: x.Target, NextStep: x.NextStep, PersonID: x.PersonID, Who: Called(people, x.PersonID), Item: x.Item, ItemLabel: x.Item.Label(), AgencyName: x.AgencyName, UserName: x.UserName,
			At: x.At, RecordedAt: x.RecordedAt, Method: x.Method, MethodText: set.Label(x.Kind.methods(), x.Method), Met: nothing(x.Met), MetText: []string{}, Place: x.Place, Body: x.Body,
			Relation: x.Relation, Old: []Line{}}
		for _, m := range x.Met {
			l.MetText = append(l.MetText, set.Label("outreach_met", m))
		}
		if x.Place != "" {
			l.PlaceText = set.Label("outreach_place", x.Place)
		}
		if x.Relation != "" {
			l.RelText = set.Label("relation_stage", x.Relation)
		}
		return l
	}
	out := []Line{}
	for _, x := range all {
		switch {
		case replaced[x.ID]:
			continue
		case !r.Sees(x.AgencyID, x.PersonID, x.Item):
			if !r.Secret(x.PersonID, x.Item) {
				*hidden++
			}
			continue
		}
		l := line(x)
		l.MayCorrect = x.AgencyID == a.AgencyID
		for old, ok := byID[x.Replaces]; ok; old, ok = byID[old.Replaces] {
			if r.Sees(old.AgencyID, old.PersonID, old.Item) {
				l.Old = append(l.Old, line(old))
			}
		}
		out = append(out, l)
	}
	return out
}

// steps is the history of 関係の段階, oldest first; a stage said again is no step.
func steps(lines []Line) []Step {
	out := []Step{}
	at := map[string]string{}
	for _, l := range slices.Backward(lines) {
		if l.Relation == "" || at[l.PersonID] == l.Relation {
			continue
		}
		at[l.PersonID] = l.Relation
		out = append(out, Step{PersonID: l.PersonID, Who: l.Who, Relation: l.Relation, Label: l.RelText, At: l.At, AgencyName: l.AgencyName, UserName: l.UserName})
	}
	return out
}
