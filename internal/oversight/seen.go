package oversight

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/audit"
	"kasane/internal/fault"
	"kasane/internal/text"
)

// Seen (誰が見たか) is who looked at a case, or at one person of it.
type Seen struct {
	CaseNumber string   `json:"caseNumber"`
	Agencies   []Viewer `json:"agencies"` // by agency and person, for the whole period; empty in further pages
	Page
}

// Viewer is one person who looked, in one agency.
type Viewer struct {
	Agency  string    `json:"agency"`
	ActorID string    `json:"actorId"`
	Actor   string    `json:"actor"`
	Post    string    `json:"post"`
	Times   int       `json:"times"`
	First   time.Time `json:"first"`
	Last    time.Time `json:"last"`
}

// SeenPerson is asked by who holds the case: everything that showed the person, or the household, or the case as a whole.
func (s *Service) SeenPerson(ctx context.Context, a access.Actor, caseID, personID string, f Filter) (Seen, error) {
	if err := access.Require(a, access.ActSeenRead); err != nil {
		return Seen{}, err
	}
	facts, err := s.store.IncidentCase(ctx, access.ScopeOf(a), caseID)
	if err != nil {
		return Seen{}, err
	}
	if !slices.ContainsFunc(facts.Persons, func(p Person) bool { return p.ID == personID }) {
		return Seen{}, fault.New(fault.NotFound, "この世帯員は見つかりません。画面を更新してください。")
	}
	return s.seen(ctx, a, caseID, personID, f)
}

// SeenCase is asked by the number of a case; no person of it is named.
func (s *Service) SeenCase(ctx context.Context, a access.Actor, f Filter) (Seen, error) {
	if err := access.Require(a, access.ActAuditRead); err != nil {
		return Seen{}, err
	}
	if strings.TrimSpace(f.Case) == "" {
		return Seen{}, fault.New(fault.Invalid, "ケースIDを入れてください。").On("case")
	}
	id, err := s.caseNumbered(ctx, a, f.Case)
	if err != nil {
		return Seen{}, err
	}
	return s.seen(ctx, a, id, "", f)
}

func (s *Service) seen(ctx context.Context, a access.Actor, caseID, personID string, f Filter) (Seen, error) {
	f.Verb, f.Result, f.Case = "", "", ""
	q, err := f.query(s.now())
	if err != nil {
		return Seen{}, err
	}
	q.Case, q.Verbs, q.Result = caseID, Looks(), "ok"
	out := Seen{Agencies: []Viewer{}}
	others, err := s.docsOfOthers(ctx, a, caseID, personID)
	if err != nil {
		return Seen{}, err
	}
	if q.After.ID == "" {
		if out.Agencies, err = s.viewers(ctx, a, q, others); err != nil {
			return Seen{}, err
		}
	}
	entries, next, err := s.store.AuditPage(ctx, access.ScopeOf(a), q)
	if err != nil {
		return Seen{}, fmt.Errorf("who saw: %w", err)
	}
	entries = slices.DeleteFunc(entries, func(e access.Entry) bool { return others[docTarget(e.Verb, e.Target)] })
	if out.Lines, err = s.lines(ctx, a, entries); err != nil {
		return Seen{}, err
	}
	out.Next = next.String()
	named, err := s.store.AuditNames(ctx, access.ScopeOf(a), Ask{Cases: []string{caseID}})
	if err != nil {
		return Seen{}, fmt.Errorf("number of the case: %w", err)
	}
	out.CaseNumber = named.Cases[caseID]
	e := a.Audit(s.now(), access.VerbAuditSeen, personID).InCase(caseID)
	return out, s.noted(ctx, e)
}

// docsOfOthers are the documents of the case that hold another person alone. Without a person there are none.
func (s *Service) docsOfOthers(ctx context.Context, a access.Actor, caseID, personID string) (map[string]bool, error) {
	out := map[string]bool{}
	if personID == "" {
		return out, nil
	}
	facts, err := s.store.IncidentCase(ctx, access.ScopeOf(a), caseID)
	if err != nil {
		return nil, fmt.Errorf("documents of the case: %w", err)
	}
	for _, d := range facts.Docs {
		if d.Person != "" && d.Person != personID {
			out[d.ID] = true
		}
	}
	return out, nil
}

// receivedCopy stands for an agency as a whole, which got a copy of a record on paper or as a file: nobody knows who read it there.
const receivedCopy = "copy"

// viewers adds up who looked, over the whole period.
func (s *Service) viewers(ctx context.Context, a access.Actor, q Query, others map[string]bool) ([]Viewer, error) {
	type who struct{ agency, actor string }
	sum := map[who]*Viewer{}
	var ask asked
	_, err := s.store.EachLook(ctx, access.ScopeOf(a), q, func(l Look) error {
		if others[docTarget(l.Verb, l.Target)] {
			return nil
		}
		k := who{l.Agency, l.Actor}
		if sum[k] == nil {
			sum[k] = &Viewer{Agency: l.Agency, ActorID: l.Actor, First: l.At}
			ask.entry(l.Actor, l.Agency, "", "")
		}
		sum[k].Times, sum[k].Last = sum[k].Times+1, l.At
		if l.To != "" { // a copy for an agency is a disclosure to it, whoever made it
			got := who{l.To, receivedCopy}
			if sum[got] == nil {
				sum[got] = &Viewer{Agency: l.To, ActorID: receivedCopy, First: l.At}
				ask.entry("", l.To, "", "")
			}
			sum[got].Times, sum[got].Last = sum[got].Times+1, l.At
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("who saw: %w", err)
	}
	named, err := s.store.AuditNames(ctx, access.ScopeOf(a), ask.Ask)
	if err != nil {
		return nil, fmt.Errorf("names: %w", err)
	}
	out := make([]Viewer, 0, len(sum))
	for _, v := range sum {
		who := named.staff(v.ActorID)
		if v.ActorID == receivedCopy {
			who = Staff{Name: "（写しを受け取った機関）"}
		}
		v.Agency, v.Actor, v.Post = named.Agencies[v.Agency], who.Name, who.Post
		out = append(out, *v)
	}
	slices.SortFunc(out, func(a, b Viewer) int {
		return cmp.Or(cmp.Compare(a.Agency, b.Agency), a.First.Compare(b.First), cmp.Compare(a.ActorID, b.ActorID))
	})
	return out, nil
}

// Hit is a search that a name was, or could have been, found by.
type Hit struct {
	Line
	Part string `json:"part"` // the part of the name that was typed, folded
}

// mostHits bounds the answer; newest first.
const mostHits = 500

// Searched returns who searched for a name or for a part of it. The name is typed by who asks; the log does not hold it, and neither does the entry of this question.
func (s *Service) Searched(ctx context.Context, a access.Actor, word string, f Filter) ([]Hit, error) {
	if err := access.Require(a, access.ActAuditRead); err != nil {
		return nil, err
	}
	if n := len([]rune(text.Fold(word))); n == 0 || n > audit.LongestWord {
		return nil, fault.Newf(fault.Invalid, "調べる名前を%d文字以内で入れてください。", audit.LongestWord).On("q")
	}
	q, err := f.query(s.now())
	if err != nil {
		return nil, err
	}
	parts := s.words.Parts(a.Tenant, word)
	marks := make([]string, 0, len(parts))
	for m := range parts {
		marks = append(marks, m)
	}
	slices.Sort(marks)
	q.Limit = mostHits
	entries, err := s.store.Searches(ctx, access.ScopeOf(a), q, marks)
	if err != nil {
		return nil, fmt.Errorf("searches: %w", err)
	}
	lines, err := s.lines(ctx, a, entries)
	if err != nil {
		return nil, err
	}
	out := make([]Hit, len(lines))
	for i, l := range lines {
		out[i] = Hit{l, parts[entries[i].Hash]}
	}
	e := a.Audit(s.now(), access.VerbAuditSearches, "")
	e.Hash = s.words.Mark(a.Tenant, word)
	return out, s.noted(ctx, e)
}
