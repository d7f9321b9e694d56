package audit

import (
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
)

// The leaves and heads of the reference implementation of RFC 6962 (certificate-transparency, merkletree tests).
func TestKnownRoots(t *testing.T) {
	t.Parallel()
	inputs := []string{"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"}
	roots := []string{
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
		"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
		"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
	}
	var leaves []Hash
	for i, in := range inputs {
		b, err := hex.DecodeString(in)
		if err != nil {
			t.Fatal(err)
		}
		leaves = append(leaves, LeafHash(b))
		if got := Root(leaves).String(); got != roots[i] {
			t.Errorf("root of %d leaves: %s, want %s", i+1, got, roots[i])
		}
	}
	if got := Root(nil).String(); got != "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" {
		t.Errorf("root of nothing: %s", got)
	}
}

func leafHashes(n int) []Hash {
	out := make([]Hash, n)
	for i := range out {
		out[i] = LeafHash(fmt.Appendf(nil, "leaf %d", i))
	}
	return out
}

func TestProofs(t *testing.T) {
	t.Parallel()
	all := leafHashes(33)
	for n := 1; n <= len(all); n++ {
		leaves, root := all[:n], Root(all[:n])
		for i := range n {
			path := Inclusion(leaves, i)
			if !VerifyInclusion(leaves[i], int64(i), int64(n), path, root) {
				t.Fatalf("leaf %d of %d is not shown", i, n)
			}
			if VerifyInclusion(leaves[i], int64(i+1)%int64(n), int64(n), path, root) && n > 1 {
				t.Fatalf("leaf %d of %d is shown elsewhere", i, n)
			}
			if VerifyInclusion(LeafHash([]byte("other")), int64(i), int64(n), path, root) {
				t.Fatalf("a foreign leaf is shown at %d of %d", i, n)
			}
			if len(path) > 0 && VerifyInclusion(leaves[i], int64(i), int64(n), path[1:], root) {
				t.Fatalf("a shortened path shows %d of %d", i, n)
			}
		}
		for m := 0; m <= n; m++ {
			proof := Consistency(leaves, m)
			if !VerifyConsistency(int64(m), int64(n), proof, Root(all[:m]), root) {
				t.Fatalf("%d is not the beginning of %d", m, n)
			}
			if VerifyConsistency(int64(m), int64(n), proof, LeafHash([]byte("x")), root) {
				t.Fatalf("a false beginning of %d passes for %d", m, n)
			}
			if m > 0 && m < n {
				bad := slices.Clone(proof)
				bad[len(bad)/2][0] ^= 1
				if VerifyConsistency(int64(m), int64(n), bad, Root(all[:m]), root) {
					t.Fatalf("a false proof passes for %d of %d", m, n)
				}
			}
		}
	}
	if VerifyConsistency(3, 2, nil, Root(all[:3]), Root(all[:2])) || VerifyInclusion(all[0], -1, 3, nil, Root(all[:3])) {
		t.Error("nonsense passes")
	}
}

func TestResume(t *testing.T) {
	t.Parallel()
	all := leafHashes(70)
	tree := &Tree{}
	for i, l := range all {
		var err error
		if tree, err = Resume(tree.Size(), tree.Peaks()); err != nil {
			t.Fatal(err)
		}
		tree.Add(l)
		if tree.Root() != Root(all[:i+1]) {
			t.Fatalf("root after %d", i+1)
		}
	}
	if _, err := Resume(3, make([]byte, 32)); err == nil {
		t.Error("peaks that do not fit")
	}
	c := Checkpoint{Size: 70, Root: tree.Root()}
	if got, err := ParseCheckpoint(c.String()); err != nil || got != c {
		t.Errorf("checkpoint %v %v", got, err)
	}
	for _, bad := range []string{"", "7", "x:00", "-1:" + tree.Root().String(), "1:zz", "1:00"} {
		if _, err := ParseCheckpoint(bad); err == nil {
			t.Errorf("%q is a checkpoint", bad)
		}
	}
}

func entry(i int) access.Entry {
	at := time.Date(2026, 6, 1, 0, 0, i, 0, time.UTC)
	return access.Entry{ID: fmt.Sprint("id", i), At: at, Tenant: "m1", ActorID: "u1", Verb: access.VerbCaseOpen, Target: fmt.Sprint(i), Result: "ok"}
}

// Every field of an entry is in its leaf, and moving a letter from one field to the next changes it.
func TestLeaf(t *testing.T) {
	t.Parallel()
	seen := map[string]int{string(Leaf(entry(1))): -1}
	for i, change := range []func(*access.Entry){
		func(e *access.Entry) { e.ID = "x" }, func(e *access.Entry) { e.At = e.At.Add(time.Microsecond) },
		func(e *access.Entry) { e.Tenant = "m2" }, func(e *access.Entry) { e.ActorID = "x" },
		func(e *access.Entry) { e.AgencyID = "x" }, func(e *access.Entry) { e.SessionID = "x" },
		func(e *access.Entry) { e.IP = "x" }, func(e *access.Entry) { e.Verb = "x" },
		func(e *access.Entry) { e.CaseID = "x" }, func(e *access.Entry) { e.MeetingID = "x" },
		func(e *access.Entry) { e.Target = "x" }, func(e *access.Entry) { e.Result = "x" },
		func(e *access.Entry) { e.Reason = "x" }, func(e *access.Entry) { e.Hash = "x" },
		func(e *access.Entry) { e.ActorID, e.AgencyID = "u", "1" },
	} {
		e := entry(1)
		change(&e)
		if j, ok := seen[string(Leaf(e))]; ok {
			t.Errorf("changes %d and %d give one leaf", i, j)
		}
		seen[string(Leaf(e))] = i
	}
}

// A log that was edited, reordered, thinned or cut is found, whatever is done to it.
func TestTamper(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 0))
	type stored struct {
		leaf int64
		e    access.Entry
		hash Hash
	}
	fresh := func(n int) (log []stored, points []Checkpoint) {
		var tree Tree
		for i := range n {
			h := LeafHash(Leaf(entry(i)))
			tree.Add(h)
			log = append(log, stored{int64(i), entry(i), h})
			if i%5 == 4 || i == n-1 {
				points = append(points, Checkpoint{Size: tree.Size(), Root: tree.Root()})
			}
		}
		return log, points
	}
	verify := func(log []stored, points []Checkpoint) string {
		v := NewVerifier(points)
		for _, s := range log {
			v.Entry(s.leaf, s.e, s.hash[:])
		}
		return strings.Join(v.End(), "\n")
	}
	for range 200 {
		n := 2 + rnd.IntN(40)
		log, points := fresh(n)
		if p := verify(log, points); p != "" {
			t.Fatalf("a whole log: %s", p)
		}
		i := rnd.IntN(n)
		j := (i + 1 + rnd.IntN(n-1)) % n
		for name, do := range map[string]func([]stored) []stored{
			"edited":           func(l []stored) []stored { l[i].e.Result = "denied"; return l },
			"edited, rehashed": func(l []stored) []stored { l[i].e.ActorID = "u2"; l[i].hash = LeafHash(Leaf(l[i].e)); return l },
			"swapped":          func(l []stored) []stored { l[i].e, l[j].e = l[j].e, l[i].e; return l },
			"swapped whole": func(l []stored) []stored {
				l[i].e, l[j].e = l[j].e, l[i].e
				l[i].hash, l[j].hash = l[j].hash, l[i].hash
				return l
			},
			"removed":   func(l []stored) []stored { return slices.Delete(l, i, i+1) },
			"truncated": func(l []stored) []stored { return l[:i] },
		} {
			if p := verify(do(slices.Clone(log)), points); p == "" {
				t.Errorf("n=%d i=%d j=%d: a log that was %s passes", n, i, j, name)
			}
		}
	}
}
