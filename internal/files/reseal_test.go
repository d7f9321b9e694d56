package files

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"kasane/internal/access"
)

// The shelf is a Vault too.

func (s *shelf) SealedAfter(_ context.Context, after Place, limit int) (out []Sealed, _ error) {
	for _, f := range s.metas {
		if cmp.Or(cmp.Compare(f.Tenant, after.Tenant), cmp.Compare(f.ID, after.ID)) > 0 {
			b := s.blobs[f.ID]
			out = append(out, Sealed{f, bytes.Clone(b[:min(8, len(b))])})
		}
	}
	slices.SortFunc(out, func(a, b Sealed) int {
		return cmp.Or(cmp.Compare(a.File.Tenant, b.File.Tenant), cmp.Compare(a.File.ID, b.File.ID))
	})
	return out[:min(limit, len(out))], nil
}

func (s *shelf) Sealed(_ context.Context, p Place) ([]byte, error) { return s.blobs[p.ID], nil }

func (s *shelf) Reseal(_ context.Context, p Place, was, now []byte, e access.Entry) (bool, error) {
	if s.full--; s.full == 0 {
		return false, errFull
	}
	if !bytes.Equal(s.blobs[p.ID], was) {
		return false, nil
	}
	s.blobs[p.ID], s.entries = now, append(s.entries, e)
	return true, nil
}

func (s *shelf) SecretsAfter(_ context.Context, after Place, limit int) (out []Secret, _ error) {
	for _, x := range s.secrets {
		if cmp.Or(cmp.Compare(x.Place.Tenant, after.Tenant), cmp.Compare(x.Place.ID, after.ID)) > 0 {
			out = append(out, x)
		}
	}
	return out[:min(limit, len(out))], nil
}

func (s *shelf) ResealSecret(_ context.Context, p Place, was, now []byte, e access.Entry) (bool, error) {
	for i, x := range s.secrets {
		if x.Place == p && bytes.Equal(x.Sealed, was) {
			s.secrets[i].Sealed, s.entries = now, append(s.entries, e)
			return true, nil
		}
	}
	return false, nil
}

var errFull = errors.New("disk full")

// fill stores n files with the keys of a service and returns them with their bytes.
func fill(t *testing.T, s *Service, n int) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for i := range n {
		b := append(bytes.Clone(pdfBytes), fmt.Sprintf("%%%d\n%%%%EOF\n", i)...)
		f, err := s.Put(context.Background(), clerk, Upload{CaseID: "case1", Purpose: PurposeEvidence, Name: "x", Bytes: b})
		if err != nil {
			t.Fatal(err)
		}
		out[f.ID] = b
	}
	return out
}

func opens(t *testing.T, store *shelf, r Ring, want map[string][]byte) (open int) {
	t.Helper()
	s := New(store, r, clock)
	for id, b := range want {
		if _, got, err := s.Get(context.Background(), clerk, id); err == nil && bytes.Equal(got, b) {
			open++
		}
	}
	return open
}

func never(t *testing.T) func(File, error) {
	return func(f File, err error) { t.Errorf("%s is called broken: %v", f.ID, err) }
}

// unnamed seals a file as it was sealed before keys had names.
func unnamed(r Ring, f File, plain []byte) []byte {
	return r.keys[0].aead.Seal([]byte{sealUnnamed}, nil, plain, bind(f))
}

func TestResealToANewKey(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, store := service(t)
	want := fill(t, s, resealBatch+20)
	n := 0
	for id, b := range want { // some are from before keys had names
		if n++; n <= 7 {
			store.blobs[id] = unnamed(ring(t, 7), store.metas[id], b)
		}
	}
	if got := opens(t, store, ring(t, 7), want); got != len(want) {
		t.Fatalf("%d of %d open before", got, len(want))
	}
	both := ring(t, 8, 7)
	if got := opens(t, store, both, want); got != len(want) {
		t.Fatalf("%d of %d open while both keys are there", got, len(want))
	}
	c, err := Count(ctx, store)
	if err != nil || c.Unnamed != 7 || c.By[both.IDs()[1]] != len(want)-7 || c.By[both.IDs()[0]] != 0 {
		t.Fatal(c, err)
	}

	store.full = 50 // the 50th write fails: stopped in the middle
	done, err := Reseal(ctx, store, both, clock, never(t))
	if !errors.Is(err, errFull) || done != 49 {
		t.Fatal(done, err)
	}
	if got := opens(t, store, both, want); got != len(want) {
		t.Fatalf("%d of %d open in the middle", got, len(want))
	}
	store.entries = nil
	rest, err := Reseal(ctx, store, both, clock, never(t))
	if err != nil || done+rest != len(want) {
		t.Fatal(done, rest, err)
	}
	if len(store.entries) != rest || store.entries[0].Verb != access.VerbFileReseal || store.entries[0].CaseID != "case1" ||
		store.entries[0].Hash != store.metas[store.entries[0].Target].SHA256 {
		t.Errorf("%d entries for %d files: %+v", len(store.entries), rest, store.entries[0])
	}
	if again, err := Reseal(ctx, store, both, clock, never(t)); again != 0 || err != nil {
		t.Error("a second time:", again, err)
	}
	if got := opens(t, store, ring(t, 8), want); got != len(want) {
		t.Errorf("%d of %d open with the new key alone", got, len(want))
	}
	if got := opens(t, store, ring(t, 7), want); got != 0 {
		t.Errorf("%d still open with the old key alone", got)
	}
}

func TestResealLeavesWhatDoesNotOpen(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, store := service(t)
	want := fill(t, s, 6)
	var ids []string
	for id := range want {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	store.blobs[ids[0]][30] ^= 1                                                                     // damaged
	store.blobs[ids[1]] = store.blobs[ids[2]]                                                        // swapped
	store.blobs[ids[3]] = ring(t, 9).seal(store.metas[ids[3]], want[ids[3]])                         // of a key that is gone
	store.blobs[ids[4]] = ring(t, 7).seal(store.metas[ids[4]], []byte("another sheet in its place")) // who has the key changed it
	before := map[string][]byte{}
	for _, i := range []int{0, 1, 3, 4} {
		before[ids[i]] = bytes.Clone(store.blobs[ids[i]])
	}
	broken := map[string]bool{}
	done, err := Reseal(ctx, store, ring(t, 8, 7), clock, func(f File, _ error) { broken[f.ID] = true })
	if err != nil || done != 2 || len(broken) != 4 {
		t.Fatal(done, broken, err)
	}
	for id, b := range before {
		if !broken[id] || !bytes.Equal(store.blobs[id], b) {
			t.Errorf("%s: touched, or not told", id)
		}
	}
	if got := opens(t, store, ring(t, 8), want); got != 2 {
		t.Errorf("%d of 2 sound files open", got)
	}
}

func TestResealSecrets(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	old, both, fresh := ring(t, 7), ring(t, 8, 7), ring(t, 8)
	store := newShelf()
	for i := range resealBatch + 5 {
		p := Place{"t1", fmt.Sprintf("%04d", i)}
		store.secrets = append(store.secrets, Secret{p, "factor " + p.ID, old.SealSecret("factor "+p.ID, []byte("secret "+p.ID))})
	}
	store.secrets[3].Sealed = store.secrets[4].Sealed // another's secret in its place
	var broken []string
	done, err := ResealSecrets(ctx, store, both, clock, func(id string, _ error) { broken = append(broken, id) })
	if err != nil || done != resealBatch+4 || !slices.Equal(broken, []string{"0003"}) || len(store.entries) != done {
		t.Fatal(done, broken, len(store.entries), err)
	}
	for i, x := range store.secrets {
		plain, err := fresh.OpenSecret(x.Bound, x.Sealed)
		if (i == 3) != (err != nil) || err == nil && string(plain) != "secret "+x.Place.ID {
			t.Errorf("%s: %q %v", x.Place.ID, plain, err)
		}
	}
	if c, err := Count(ctx, store); err != nil || c.Secrets[fresh.IDs()[0]] != done || c.Secrets[old.IDs()[0]] != 1 {
		t.Error(c, err)
	}
}
