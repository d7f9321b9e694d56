package audit

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/seedtest"
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
	signed := signer(t).Sign("m1", Checkpoint{Size: 70, Root: tree.Root(), At: entry(1).At, Prev: all[3]})
	for in, want := range map[string]Checkpoint{c.String(): c, signed.Short(): c, signed.String(): signed,
		" " + strings.ReplaceAll(signed.String(), ":", ":\n ") + "\n": signed} {
		if got, err := ParseCheckpoint(in); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("checkpoint %v %v", got, err)
		}
	}
	for _, bad := range []string{"", "7", "x:00", "-1:" + tree.Root().String(), "1:zz", "1:00", signed.String() + "x", signed.Short() + ":1",
		strings.Replace(signed.String(), signed.Key, "", 1)} {
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

func signer(t *testing.T) *Signer {
	t.Helper()
	s, err := NewSigner(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A signature holds for its log, its size, root, time and place in the chain, and for its key alone.
func TestSignature(t *testing.T) {
	t.Parallel()
	s := signer(t)
	c := s.Sign("m1", Checkpoint{Size: 3, Root: leafHashes(1)[0], At: entry(1).At})
	key, err := ParsePublicKey(s.Public().String() + "\n")
	if err != nil {
		t.Fatal(err)
	}
	if keys := (Keys{key}); !keys.Signed("m1", c) || keys.Signed("m2", c) || (Keys{}).Signed("m1", c) {
		t.Error("the signature of m1")
	}
	for i, change := range []func(*Checkpoint){func(c *Checkpoint) { c.Size++ }, func(c *Checkpoint) { c.Root[0] ^= 1 }, func(c *Checkpoint) { c.At = c.At.Add(time.Microsecond) },
		func(c *Checkpoint) { c.Prev[0] ^= 1 }, func(c *Checkpoint) { c.Key = "0123456789abcdef" }, func(c *Checkpoint) { c.Sig = append([]byte{1}, c.Sig[1:]...) }} {
		other := c
		change(&other)
		if (Keys{key}).Signed("m1", other) {
			t.Errorf("change %d passes", i)
		}
		if other.Digest("m1") == c.Digest("m1") {
			t.Errorf("change %d has the digest of the original", i)
		}
	}
	if other, _ := NewSigner(make([]byte, 32)); (Keys{other.Public()}).Signed("m1", c) {
		t.Error("another key passes")
	}
	for _, bad := range []string{"", "x", "AAAA"} {
		if _, err := ParsePublicKey(bad); err == nil {
			t.Errorf("%q is a key", bad)
		}
	}
	if _, err := NewSigner(nil); err == nil {
		t.Error("a signer without a key")
	}
}

// stored is a log as a database keeps it.
type stored struct {
	rows []storedRow
	kept []Kept
}

type storedRow struct {
	leaf int64
	e    access.Entry
	hash Hash
}

func freshLog(s *Signer, n int) (l stored) {
	var tree Tree
	for i := range n {
		h := LeafHash(Leaf(entry(i)))
		tree.Add(h)
		l.rows = append(l.rows, storedRow{int64(i), entry(i), h})
		if i%5 == 4 || i == n-1 {
			c := Checkpoint{Size: tree.Size(), Root: tree.Root(), At: entry(i).At}
			if len(l.kept) > 0 {
				c.Prev = l.kept[len(l.kept)-1].Digest("m1")
			}
			l.kept = append(l.kept, Kept{s.Sign("m1", c), tree.Peaks()})
		}
	}
	return l
}

func (l stored) verify(anchors []Anchor, keys Keys) []Finding {
	v := NewVerifier("m1", l.kept, anchors, keys)
	for _, r := range l.rows {
		v.Entry(r.leaf, r.e, r.hash[:])
	}
	return v.End()
}

// A log that was edited, reordered, thinned or cut is found, whatever is done to it, and the first bad row is in what the first finding names.
func TestTamper(t *testing.T) {
	t.Parallel()
	seed := seedtest.Seed(t)
	rnd := rand.New(rand.NewPCG(seed, 0))
	s := signer(t)
	keys := Keys{s.Public()}
	for range 200 {
		n := 2 + rnd.IntN(40)
		whole := freshLog(s, n)
		head := []Anchor{{whole.kept[len(whole.kept)-1].Checkpoint, "紙"}}
		for _, ks := range []Keys{nil, keys} {
			if f := whole.verify(head, ks); len(f) > 0 {
				t.Fatalf("a whole log: %v", f)
			}
		}
		i := rnd.IntN(n)
		j := (i + 1 + rnd.IntN(n-1)) % n
		first := int64(min(i, j)) + 1
		k := rnd.IntN(len(whole.kept))
		point := whole.kept[k].Size
		for name, c := range map[string]struct {
			part Part
			row  int64
			do   func(*stored)
		}{
			"edited":           {PartEntry, int64(i) + 1, func(l *stored) { l.rows[i].e.Result = "denied" }},
			"hash edited":      {PartEntry, int64(i) + 1, func(l *stored) { l.rows[i].hash[3] ^= 1 }},
			"edited, rehashed": {PartEntry, int64(i) + 1, func(l *stored) { r := &l.rows[i]; r.e.ActorID = "u2"; r.hash = LeafHash(Leaf(r.e)) }},
			"swapped":          {PartEntry, first, func(l *stored) { l.rows[i].e, l.rows[j].e = l.rows[j].e, l.rows[i].e }},
			"swapped whole": {PartEntry, first, func(l *stored) {
				a, b := &l.rows[i], &l.rows[j]
				a.e, b.e, a.hash, b.hash = b.e, a.e, b.hash, a.hash
			}},
			"removed":   {PartEntry, int64(i) + 1, func(l *stored) { l.rows = slices.Delete(l.rows, i, i+1) }},
			"truncated": {PartEntry, int64(i) + 1, func(l *stored) { l.rows = l.rows[:i] }},
			"truncated with points": {PartEntry, int64(i) + 1, func(l *stored) {
				l.rows = l.rows[:i]
				l.kept = slices.DeleteFunc(l.kept, func(c Kept) bool { return c.Size > int64(i) })
			}},
			"checkpoint edited": {PartCheckpoint, point, func(l *stored) { l.kept[k].Root[0] ^= 1 }},
			"checkpoint signed anew": {PartCheckpoint, point, func(l *stored) {
				o, _ := NewSigner(make([]byte, 32))
				l.kept[k].Checkpoint = o.Sign("m1", l.kept[k].Checkpoint)
			}},
			"checkpoint stripped": {PartCheckpoint, point, func(l *stored) { l.kept[k].Key, l.kept[k].Sig = "", nil }},
			"checkpoint time":     {PartCheckpoint, point, func(l *stored) { l.kept[k].At = l.kept[k].At.Add(time.Second) }},
			"peaks":               {PartCheckpoint, point, func(l *stored) { l.kept[k].Peaks = append([]byte{9}, l.kept[k].Peaks[1:]...) }},
			"checkpoint removed":  {PartCheckpoint, point, func(l *stored) { l.kept = slices.Delete(l.kept, k, k+1) }},
		} {
			l := stored{slices.Clone(whole.rows), slices.Clone(whole.kept)}
			c.do(&l)
			f := l.verify(head, keys)
			if len(f) == 0 || f[0].Part != c.part || c.row < f[0].From || c.row > f[0].To || f[0].Message == "" {
				t.Errorf("n=%d i=%d j=%d k=%d: a log that was %s: %v, want %s %d", n, i, j, k, name, f, c.part, c.row)
			}
		}
	}
}

// Checkpoints from before there were signatures are believed when the first signed one speaks for the last of them.
func TestUnsignedBeginning(t *testing.T) {
	t.Parallel()
	s := signer(t)
	keys := Keys{s.Public()}
	l := freshLog(nil, 20)
	if f := l.verify(nil, keys); len(f) == 0 {
		t.Error("a log without any signature passes")
	}
	last := &l.kept[3]
	last.Prev = l.kept[2].Digest("m1")
	last.Checkpoint = s.Sign("m1", last.Checkpoint)
	if f := l.verify(nil, keys); len(f) > 0 {
		t.Errorf("%v", f)
	}
	l.kept[2].At = l.kept[2].At.Add(time.Second)
	if f := l.verify(nil, keys); len(f) == 0 {
		t.Error("an unsigned checkpoint that nobody speaks for passes")
	}
}

func TestRows(t *testing.T) {
	t.Parallel()
	if r, ok := ParseRows(Rows{3, 17}.String()); !ok || r != (Rows{3, 17}) {
		t.Error(r, ok)
	}
	for _, bad := range []string{"", "3", "3-", "5-4", "0-1", "a-b", "-1-2"} {
		if _, ok := ParseRows(bad); ok {
			t.Errorf("%q are rows", bad)
		}
	}
}

// Inclusions gives for every leaf what Inclusion gives, and nothing for numbers that are not there.
func TestInclusions(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 7))
	for n := range 40 {
		leaves := make([]Hash, n)
		for i := range leaves {
			leaves[i] = LeafHash([]byte{byte(i), byte(n)})
		}
		var wanted []int64
		for i := range n {
			if r.IntN(3) > 0 {
				wanted = append(wanted, int64(i), int64(i))
			}
		}
		r.Shuffle(len(wanted), func(i, j int) { wanted[i], wanted[j] = wanted[j], wanted[i] })
		got := Inclusions(leaves, append([]int64{-1, int64(n)}, wanted...))
		for _, i := range wanted {
			path, ok := got[i]
			if !ok || !slices.Equal(path, Inclusion(leaves, int(i))) || !VerifyInclusion(leaves[i], i, int64(n), path, Root(leaves)) {
				t.Fatalf("leaf %d of %d: %v", i, n, path)
			}
		}
		slices.Sort(wanted)
		if len(got) != len(slices.Compact(wanted)) {
			t.Errorf("of %d: %d paths for %d leaves", n, len(got), len(wanted))
		}
	}
}

// A log that moved to another installation: up to the move it is signed with the key of the one it left, and that counts only while the one it came to speaks for it.
func TestOrigin(t *testing.T) {
	t.Parallel()
	here := signer(t)
	there, err := NewSigner(bytes.Repeat([]byte{9}, 32))
	if err != nil {
		t.Fatal(err)
	}
	keys := Keys{here.Public()}
	log := freshLog(there, 20) // checkpoints at 5, 10, 15, 20
	origin := Origin{Size: 15, Key: there.Public()}
	sign := func(c *Kept, by *Signer) { c.Checkpoint = by.Sign("m1", c.Checkpoint) }
	sign(&log.kept[3], here)
	find := func(l stored, origins ...Origin) int {
		v := NewVerifier("m1", l.kept, []Anchor{{l.kept[1].Checkpoint, "確定文書"}}, keys, origins...)
		for _, r := range l.rows {
			v.Entry(r.leaf, r.e, r.hash[:])
		}
		return len(v.End())
	}
	if n := find(log, origin); n != 0 {
		t.Errorf("a log that moved: %d findings", n)
	}
	if find(log) == 0 {
		t.Error("without a word of the move a strange signature passes")
	}
	if find(log, Origin{Size: 9, Key: there.Public()}) == 0 {
		t.Error("a strange signature from after the move passes")
	}
	alone := stored{log.rows[:15], log.kept[:3]}
	if find(alone, origin) == 0 {
		t.Error("somebody with the database alone makes a strange signature genuine")
	}
	forged := freshLog(there, 20)
	forged.rows[2].e.Reason = "forged"
	var tree Tree
	for i := range forged.rows { // hashes and all checkpoints up to the move made anew by who has the old key
		h := LeafHash(Leaf(forged.rows[i].e))
		forged.rows[i].hash = h
		if tree.Add(h); i%5 == 4 && i < 15 {
			c := Checkpoint{Size: tree.Size(), Root: tree.Root(), At: forged.rows[i].e.At}
			if i > 4 {
				c.Prev = forged.kept[i/5-1].Digest("m1")
			}
			forged.kept[i/5] = Kept{there.Sign("m1", c), tree.Peaks()}
		}
	}
	forged.kept[3] = log.kept[3]
	if find(forged, origin) == 0 {
		t.Error("who has the old key rewrites what was before the move")
	}
}
