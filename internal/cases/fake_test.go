package cases

import (
	"context"
	"slices"
	"strconv"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
)

// fake is a Store and GateStore in memory for municipality "t".
type fake struct {
	numbers     map[string]int
	cases       []Case
	persons     []Person
	members     []Member
	docs        []live.Meta
	records     []consent.Record
	audit       []access.Entry
	bars        []Bar
	discretions []Discretion
	emergencies []consent.Emergency
	glasses     []consent.Glass
	ending      Ending
	screenings  []Screening
	steps       []Step
	paused      []Paused
	// meetings: meeting id → case id, for scopes
	meetings map[string]string
}

func (f *fake) sees(s access.Scope, caseID string) bool {
	if s.Tenant != "t" || !slices.ContainsFunc(f.cases, func(c Case) bool { return c.ID == caseID }) {
		return false
	}
	return s.All || s.CaseID == caseID || s.MeetingID != "" && f.meetings[s.MeetingID] == caseID || s.AgencyID != "" && f.current(caseID, s.AgencyID)
}

func (f *fake) current(caseID, agency string) bool {
	return slices.ContainsFunc(f.members, func(m Member) bool { return m.CaseID == caseID && m.AgencyID == agency && m.Until == nil })
}

func (f *fake) NextNumber(_ context.Context, tenant, series string) (int, error) {
	f.numbers[tenant+series]++
	return f.numbers[tenant+series], nil
}

func (f *fake) CreateCase(_ context.Context, c Case, persons []Person, members []Member, e access.Entry) error {
	f.cases, f.persons, f.members = append(f.cases, c), append(f.persons, persons...), append(f.members, members...)
	f.audit = append(f.audit, e)
	return nil
}

func (f *fake) Case(_ context.Context, s access.Scope, id string) (Case, error) {
	for _, c := range f.cases {
		if c.ID == id && f.sees(s, id) {
			return c, nil
		}
	}
	return Case{}, fault.New(fault.NotFound, "")
}

func (f *fake) Cases(_ context.Context, s access.Scope, _ Query) ([]Summary, error) {
	var out []Summary
	for _, c := range f.cases {
		if f.sees(s, c.ID) {
			sum := Summary{Case: c}
			for _, p := range f.persons {
				if p.CaseID == c.ID && p.Subject {
					sum.SubjectKana = append(sum.SubjectKana, p.Kana)
				}
			}
			out = append(out, sum)
		}
	}
	return out, nil
}

func (f *fake) EndingOf(_ context.Context, s access.Scope, id string) (Ending, error) {
	if !f.sees(s, id) {
		return Ending{}, fault.New(fault.NotFound, "")
	}
	return f.ending, nil
}

func (f *fake) MoveCase(_ context.Context, c Case, decide func(MoveFacts) (Move, error), e access.Entry) error {
	for i := range f.cases {
		if f.cases[i].ID != c.ID {
			continue
		}
		facts := MoveFacts{Stage: f.cases[i].Stage, Version: f.cases[i].Version, Ending: f.ending}
		for _, x := range f.screenings {
			if x.CaseID == c.ID && x.CaseVersion == facts.Version {
				facts.Screening = &x
			}
		}
		m, err := decide(facts)
		if err != nil {
			return err
		}
		if m.End != nil {
			f.ending.Last = m.End
		}
		m.Step.Version, m.Step.From, m.Step.To, m.Step.At = c.Version+1, facts.Stage, c.Stage, c.UpdatedAt
		c.Version++
		f.cases[i], f.steps, f.audit = c, append(f.steps, m.Step), append(f.audit, e)
		return nil
	}
	return fault.New(fault.NotFound, "")
}

func (f *fake) CaseSteps(_ context.Context, s access.Scope, id string) ([]Step, error) {
	if !f.sees(s, id) {
		return nil, fault.New(fault.NotFound, "")
	}
	return f.steps, nil
}

func (f *fake) PausedCases(context.Context, access.Scope, string, int) ([]Paused, error) {
	return f.paused, nil
}

func (f *fake) Screenings(_ context.Context, s access.Scope, id string) ([]Screening, error) {
	if !f.sees(s, id) {
		return nil, fault.New(fault.NotFound, "")
	}
	return f.screenings, nil
}

func (f *fake) Followups(context.Context, access.Scope, string) ([]Followup, error) { return nil, nil }

func (f *fake) AddFollowup(context.Context, Followup, access.Entry) error { return nil }

func (f *fake) DoFollowup(context.Context, Followup, *Followup, access.Entry) error { return nil }

func (f *fake) LateFollowups(context.Context, access.Scope, string, string, int) ([]LateFollowup, error) {
	return nil, nil
}

func (f *fake) CaseByNumber(context.Context, access.Scope, string) (Case, error) {
	return Case{}, fault.New(fault.NotFound, "")
}

func (f *fake) OpenAgain(context.Context, Case, []Person, map[string]string, Former, access.Entry) error {
	return nil
}

func (f *fake) SetFormer(context.Context, Former, access.Entry) error { return nil }

func (f *fake) CaseLinks(context.Context, access.Scope, string) ([]CaseLink, error) { return nil, nil }

func (f *fake) AddScreening(_ context.Context, x Screening, e access.Entry) error {
	f.screenings, f.audit = append(f.screenings, x), append(f.audit, e)
	return nil
}

func (f *fake) Persons(_ context.Context, s access.Scope, caseID string) ([]Person, error) {
	if !f.sees(s, caseID) {
		return nil, fault.New(fault.NotFound, "")
	}
	var out []Person
	for _, p := range f.persons {
		if p.CaseID == caseID {
			out = append(out, p)
		}
	}
	return out, nil
}

func (f *fake) SavePerson(_ context.Context, p Person, e access.Entry) error {
	f.audit = append(f.audit, e)
	for i := range f.persons {
		if f.persons[i].ID == p.ID {
			f.persons[i] = p
			return nil
		}
	}
	f.persons = append(f.persons, p)
	return nil
}

func (f *fake) Members(_ context.Context, s access.Scope, caseID string) ([]Member, error) {
	if !f.sees(s, caseID) {
		return nil, fault.New(fault.NotFound, "")
	}
	var out []Member
	for _, m := range f.members {
		if m.CaseID == caseID {
			out = append(out, m)
		}
	}
	return out, nil
}

func (f *fake) AddMember(_ context.Context, _ string, m Member, e access.Entry) error {
	if f.current(m.CaseID, m.AgencyID) {
		return fault.New(fault.Conflict, "")
	}
	f.members, f.audit = append(f.members, m), append(f.audit, e)
	return nil
}

func (f *fake) RemoveMember(_ context.Context, _, caseID, agencyID string, until time.Time, e access.Entry) error {
	for i, m := range f.members {
		if m.CaseID == caseID && m.AgencyID == agencyID && m.Until == nil {
			f.members[i].Until, f.audit = &until, append(f.audit, e)
			return nil
		}
	}
	return fault.New(fault.NotFound, "")
}

func (f *fake) EnsureDocs(_ context.Context, want []live.Meta, e access.Entry) ([]live.Meta, error) {
	out := make([]live.Meta, len(want))
	for i, w := range want {
		j := slices.IndexFunc(f.docs, func(d live.Meta) bool {
			return d.Kind == w.Kind && d.OwnerID == w.OwnerID && d.PersonID == w.PersonID && d.Item == w.Item
		})
		if j < 0 {
			w.ID = "d" + strconv.Itoa(len(f.docs))
			f.docs, j = append(f.docs, w), len(f.docs)
			f.audit = append(f.audit, e)
		}
		out[i] = f.docs[j]
	}
	return out, nil
}

func (f *fake) Bars(_ context.Context, s access.Scope, caseID string) (out []Bar, _ error) {
	if !f.sees(s, caseID) {
		return nil, fault.New(fault.NotFound, "")
	}
	for _, b := range f.bars {
		if b.CaseID == caseID {
			out = append(out, b)
		}
	}
	return out, nil
}

func (f *fake) SetBar(_ context.Context, _ string, b Bar, e access.Entry) error {
	f.bars, f.audit = append(f.bars, b), append(f.audit, e)
	return nil
}

func (f *fake) RemoveBar(_ context.Context, _, caseID, userID string, e access.Entry) error {
	f.bars = slices.DeleteFunc(f.bars, func(b Bar) bool { return b.CaseID == caseID && b.UserID == userID })
	f.audit = append(f.audit, e)
	return nil
}

func (f *fake) Barred(_ context.Context, _, caseID, userID string) (bool, error) {
	return slices.ContainsFunc(f.bars, func(b Bar) bool { return b.CaseID == caseID && b.UserID == userID }), nil
}

func (f *fake) Discretions(_ context.Context, s access.Scope, caseID string) (out []Discretion, _ error) {
	if !f.sees(s, caseID) {
		return nil, fault.New(fault.NotFound, "")
	}
	for _, d := range f.discretions {
		if d.CaseID == caseID {
			out = append(out, d)
		}
	}
	return out, nil
}

func (f *fake) SetDiscretion(_ context.Context, _ string, d Discretion, e access.Entry) error {
	f.discretions, f.audit = append(f.discretions, d), append(f.audit, e)
	return nil
}

func (f *fake) LiftDiscretion(_ context.Context, _, caseID, personID string, item consent.Item, e access.Entry) error {
	f.discretions = slices.DeleteFunc(f.discretions, func(d Discretion) bool { return d.CaseID == caseID && d.PersonID == personID && d.Item == item })
	f.audit = append(f.audit, e)
	return nil
}

func (f *fake) GateSelf(ctx context.Context, tenant, caseID, agencyID, userID string) (GateCase, error) {
	g, err := f.GateCase(ctx, tenant, caseID, agencyID, userID)
	return GateCase{Member: g.Member, Removed: g.Removed, Barred: g.Barred, Glasses: g.Glasses}, err
}

func (f *fake) GateCase(_ context.Context, tenant, caseID, agencyID, userID string) (GateCase, error) {
	if !f.sees(access.Scope{Tenant: tenant, All: true}, caseID) {
		return GateCase{}, fault.New(fault.NotFound, "")
	}
	g := GateCase{Member: f.current(caseID, agencyID), Records: f.records, Emergencies: f.emergencies}
	g.Barred = slices.ContainsFunc(f.bars, func(b Bar) bool { return b.CaseID == caseID && b.UserID == userID })
	for _, x := range f.glasses {
		if x.CaseID == caseID && x.UserID == userID {
			g.Glasses = append(g.Glasses, x)
		}
	}
	for _, m := range f.members {
		if m.CaseID == caseID && m.AgencyID == agencyID && m.Until != nil {
			g.Removed = !g.Member
		}
	}
	for _, p := range f.persons {
		if p.CaseID == caseID {
			g.Persons = append(g.Persons, GatePerson{ID: p.ID, Subject: p.Subject, AddressSecret: p.AddressSecret, WithheldFrom: p.WithheldFrom})
		}
	}
	return g, nil
}

func (f *fake) AppendAudit(_ context.Context, entries ...access.Entry) error {
	f.audit = append(f.audit, entries...)
	return nil
}

// GateFacts makes fake a Meetings as well; hall holds the answers by meeting and agency.
type hall map[string]MeetingFacts

func (h hall) GateFacts(_ context.Context, tenant, meetingID string, actor access.Actor) (MeetingFacts, error) {
	if tenant != "t" {
		return MeetingFacts{}, nil
	}
	return h[meetingID+"/"+actor.AgencyID], nil
}

func (f *fake) DecisionSteps(context.Context, string) ([]string, error) { return nil, nil }

func (f *fake) SaveDecisionSteps(context.Context, string, []string, access.Entry) error { return nil }

func (f *fake) Decisions(context.Context, access.Scope, string) ([]Decision, error) { return nil, nil }

func (f *fake) AddDecision(context.Context, Decision, access.Entry) error { return nil }

func (f *fake) MarkDecision(context.Context, Decision, DecisionMark, DecisionState, access.Entry) error {
	return nil
}
