package figures

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/jptime"
)

// Membership says that an agency works in a case that is neither 終結 nor 中断.
type Membership struct{ CaseID, AgencyID string }

// Referral is a つなぎ from one agency to another.
type Referral struct {
	CaseID, From, To string
	State            string // asked, checking, accepted, declined, withdrawn
}

// NetworkFacts are what the picture of the agencies is drawn from.
type NetworkFacts struct {
	Agencies  []access.Agency
	Members   []Membership
	Referrals []Referral // of the span asked for
}

// Node (機関) is one agency in the picture.
type Node struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Short    string `json:"short"`
	Cases    int    `json:"cases"`    // running cases it works in
	With     int    `json:"with"`     // agencies it shares one of them with
	Sent     int    `json:"sent"`     // つなぎ it gave, withdrawn ones left out
	Received int    `json:"received"` // つなぎ it was given
	Waiting  int    `json:"waiting"`  // of those, without an answer
	Declined int    `json:"declined"` // of those, 辞退
	// Left (つないだ後に抜けた): of the つなぎ it gave and the other accepted, those in whose case it works no longer.
	Left int `json:"left"`
	// Dumps (丸投げの心配): it has left most of what it handed over.
	Dumps bool `json:"dumps"`
}

// Tie (つながり) is between two agencies, the lesser id first.
type Tie struct {
	A         string `json:"a"`
	B         string `json:"b"`
	Cases     int    `json:"cases"`     // running cases both work in
	Referrals int    `json:"referrals"` // つなぎ between them, either way
}

// Network (機関のつながり) is who works with whom over all cases.
type Network struct {
	At    time.Time `json:"at"`
	Year  string    `json:"year"` // of the つなぎ
	Nodes []Node    `json:"nodes"`
	Ties  []Tie     `json:"ties"`
}

// fromDumped is how many つなぎ it takes before leaving most of them is told.
const fromDumped = 3

// Network draws it for those who hold the cases: it counts, and names no case.
func (s *Service) Network(ctx context.Context, actor access.Actor) (Network, error) {
	now := s.now()
	year := jptime.DateOf(now).FiscalYear()
	facts, err := s.store.FigureNetwork(ctx, access.ScopeOf(actor), span{year, now}.begin(0))
	if err != nil {
		return Network{}, fmt.Errorf("network: %w", err)
	}
	n := Connect(facts)
	n.At, n.Year = now.UTC(), jptime.FiscalYearName(year)
	return n, s.store.AppendAudit(ctx, actor.Audit(now, access.VerbNetwork, fmt.Sprint(year)))
}

// Connect counts the picture out of its facts. Agencies that neither work in a running case nor took part in a つなぎ are left out.
func Connect(f NetworkFacts) Network {
	nodes := map[string]*Node{}
	for _, a := range f.Agencies {
		nodes[a.ID] = &Node{ID: a.ID, Name: a.Name, Short: a.Short}
	}
	in := map[Membership]bool{}
	of := map[string][]string{} // agencies by case
	for _, m := range f.Members {
		if n := nodes[m.AgencyID]; n != nil && !in[m] {
			in[m] = true
			n.Cases++
			of[m.CaseID] = append(of[m.CaseID], m.AgencyID)
		}
	}
	ties := map[[2]string]*Tie{}
	tie := func(a, b string) *Tie {
		key := [2]string{min(a, b), max(a, b)}
		if ties[key] == nil {
			ties[key] = &Tie{A: key[0], B: key[1]}
		}
		return ties[key]
	}
	for _, list := range of {
		for i, a := range list {
			for _, b := range list[:i] {
				tie(a, b).Cases++
			}
		}
	}
	for _, t := range ties {
		nodes[t.A].With++
		nodes[t.B].With++
	}
	for _, r := range f.Referrals {
		if from, to := nodes[r.From], nodes[r.To]; from != nil && to != nil && r.State != "withdrawn" {
			hand(from, to, r, of[r.CaseID])
			tie(r.From, r.To).Referrals++
		}
	}
	out := Network{Nodes: []Node{}, Ties: []Tie{}}
	for _, n := range nodes {
		if n.Cases+n.Sent+n.Received > 0 {
			n.Dumps = n.Left >= fromDumped && 2*n.Left > n.Sent
			out.Nodes = append(out.Nodes, *n)
		}
	}
	for _, t := range ties {
		out.Ties = append(out.Ties, *t)
	}
	slices.SortFunc(out.Nodes, func(a, b Node) int { return cmp.Or(b.Cases-a.Cases, cmp.Compare(a.ID, b.ID)) })
	slices.SortFunc(out.Ties, func(a, b Tie) int {
		return cmp.Or(b.Cases-a.Cases, b.Referrals-a.Referrals, cmp.Compare(a.A+" "+a.B, b.A+" "+b.B))
	})
	return out
}

// hand counts one つなぎ at both ends. there are the agencies of its case while that runs.
func hand(from, to *Node, r Referral, there []string) {
	from.Sent++
	to.Received++
	switch r.State {
	case "asked", "checking":
		to.Waiting++
	case "declined":
		to.Declined++
	case "accepted":
		if len(there) > 0 && !slices.Contains(there, r.From) {
			from.Left++
		}
	}
}
