package figures_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"kasane/internal/access"
	"kasane/internal/figures"
	"kasane/internal/seedtest"
)

// Towns at random: every number of the picture is what a slow count over the facts gives.
func TestConnect(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(seedtest.Seed(t), 7))
	ids := []string{"a", "b", "c", "d", "e"}
	states := []string{"asked", "checking", "accepted", "accepted", "declined", "withdrawn"}
	dumped := false
	for range 200 {
		var f figures.NetworkFacts
		for _, id := range ids {
			f.Agencies = append(f.Agencies, access.Agency{ID: id, Name: "機関" + id})
		}
		runs := []string{"1", "2", "3", "4", "5", "6"}
		works := func(c, a string) bool { return slices.Contains(f.Members, figures.Membership{CaseID: c, AgencyID: a}) }
		for _, c := range runs {
			for _, a := range ids {
				if rnd.IntN(3) == 0 {
					f.Members = append(f.Members, figures.Membership{CaseID: c, AgencyID: a})
				}
			}
		}
		for range rnd.IntN(30) {
			i := rnd.IntN(5)
			f.Referrals = append(f.Referrals, figures.Referral{CaseID: runs[rnd.IntN(6)], From: ids[i], To: ids[(i+1+rnd.IntN(4))%5], State: states[rnd.IntN(6)]})
		}
		n := figures.Connect(f)
		for _, id := range ids {
			want := figures.Node{ID: id, Name: "機関" + id}
			for _, c := range runs {
				if works(c, id) {
					want.Cases++
				}
			}
			for _, o := range ids {
				if o != id && slices.ContainsFunc(runs, func(c string) bool { return works(c, id) && works(c, o) }) {
					want.With++
				}
			}
			for _, r := range f.Referrals {
				if r.State == "withdrawn" {
					continue
				}
				if r.From == id {
					want.Sent++
					if r.State == "accepted" && !works(r.CaseID, id) && slices.ContainsFunc(ids, func(a string) bool { return works(r.CaseID, a) }) {
						want.Left++
					}
				}
				if r.To == id {
					want.Received++
					if r.State == "declined" {
						want.Declined++
					}
					if r.State == "asked" || r.State == "checking" {
						want.Waiting++
					}
				}
			}
			want.Dumps = want.Left >= 3 && want.Left > want.Sent-want.Left
			dumped = dumped || want.Dumps
			i := slices.IndexFunc(n.Nodes, func(x figures.Node) bool { return x.ID == id })
			if want.Cases+want.Sent+want.Received == 0 {
				if i >= 0 {
					t.Fatalf("an agency that does nothing: %+v", n.Nodes[i])
				}
				continue
			}
			if i < 0 || n.Nodes[i] != want {
				t.Fatalf("%+v, want %+v of %+v", n.Nodes, want, f)
			}
		}
		for _, x := range n.Ties {
			cases, referrals := 0, 0
			for _, c := range runs {
				if works(c, x.A) && works(c, x.B) {
					cases++
				}
			}
			for _, r := range f.Referrals {
				if r.State != "withdrawn" && (r.From == x.A && r.To == x.B || r.From == x.B && r.To == x.A) {
					referrals++
				}
			}
			if x.A >= x.B || x.Cases != cases || x.Referrals != referrals || cases+referrals == 0 {
				t.Fatalf("%+v: %d cases, %d referrals", x, cases, referrals)
			}
		}
	}
	if !dumped {
		t.Error("no town in which somebody handed over and left")
	}
}
