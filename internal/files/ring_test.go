package files

import (
	"bytes"
	"context"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"kasane/internal/access"
)

func keyFile(dir string) string { return filepath.Join(dir, "keys", ringFile) }

func TestKeysAreMadeOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	ids := make([]KeyID, 8)
	var wg sync.WaitGroup
	for i := range ids {
		wg.Go(func() {
			r, err := LoadRing(dir)
			if err != nil || len(r.keys) != 1 {
				t.Error(r.IDs(), err)
				return
			}
			ids[i] = r.IDs()[0]
		})
	}
	wg.Wait()
	for _, id := range ids {
		if id != ids[0] {
			t.Fatal("two keys for one directory")
		}
	}
	onlyFile(t, dir)
	if err := os.WriteFile(keyFile(dir), []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadRing(dir); err == nil {
		t.Error("a damaged key was taken or replaced")
	}
	if _, err := AddKey(dir); err == nil {
		t.Error("a damaged key file was replaced")
	}
}

func onlyFile(t *testing.T, dir string) {
	t.Helper()
	st, err := os.Stat(keyFile(dir))
	if err != nil || st.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v", st, err)
	}
	if left, _ := os.ReadDir(filepath.Join(dir, "keys")); len(left) != 1 {
		t.Errorf("%d files left in keys", len(left))
	}
}

func TestKeyIsAddedInFrontAndOldOnesGo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, err := AddKey(dir); err == nil {
		t.Error("a key was added to none: the files of a lost key would never be missed")
	}
	first, err := LoadRing(dir)
	if err != nil {
		t.Fatal(err)
	}
	two, err := AddKey(dir)
	if err != nil || len(two.keys) != 2 || two.IDs()[1] != first.IDs()[0] || !bytes.Equal(two.Oldest(), first.Oldest()) {
		t.Fatal(two.IDs(), first.IDs(), err)
	}
	onlyFile(t, dir)
	if again, err := LoadRing(dir); err != nil || again.IDs()[0] != two.IDs()[0] || len(again.keys) != 2 {
		t.Error(again.IDs(), err)
	}
	one, err := KeepNewest(dir)
	if err != nil || len(one.keys) != 1 || one.IDs()[0] != two.IDs()[0] {
		t.Error(one.IDs(), err)
	}
	onlyFile(t, dir)
}

func TestParseRing(t *testing.T) {
	t.Parallel()
	a, b := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{1}, KeySize)), base64.RawStdEncoding.EncodeToString(bytes.Repeat([]byte{2}, KeySize))
	want := ring(t, 1, 2).IDs()
	for _, s := range []string{a + "," + b, a + ", " + b + "\n", a + "\n" + b, a + "\r\n\r\n" + b} {
		if r, err := ParseRing(s); err != nil || len(r.keys) != 2 || r.IDs()[0] != want[0] || r.IDs()[1] != want[1] {
			t.Errorf("%q: %v", s, err)
		}
	}
	for _, s := range []string{"", " , ", a + "," + a, a + ",x", a + b, a[:20]} {
		if _, err := ParseRing(s); err == nil {
			t.Errorf("%q was taken", s)
		}
	}
	if id := want[0].String(); strings.Contains(a, id) || len(id) != 8 {
		t.Errorf("id %s", id)
	}
}

func TestDraftKeysAreOfOneUser(t *testing.T) {
	t.Parallel()
	s, _ := service(t)
	draft := func(s *Service, a access.Actor) [][]byte {
		keys, err := s.DraftKeys(context.Background(), a)
		if err != nil {
			t.Fatal(err)
		}
		return keys
	}
	keys := draft(s, clerk)
	if len(keys) != 1 || len(keys[0]) != 32 || !bytes.Equal(keys[0], draft(s, access.Actor{Tenant: "t1", UserID: "u1", SessionID: "later"})[0]) {
		t.Error("the key is not the user's")
	}
	for what, k := range map[string][]byte{
		"another user":         draft(s, access.Actor{Tenant: "t1", UserID: "u2"})[0],
		"another municipality": draft(s, access.Actor{Tenant: "t2", UserID: "u1"})[0],
		"moved border":         draft(s, access.Actor{Tenant: "t1u", UserID: "1"})[0],
		"another installation": draft(New(newShelf(), ring(t, 8), clock), clerk)[0],
	} {
		if bytes.Equal(k, keys[0]) {
			t.Errorf("%s has the same key", what)
		}
	}
	later := draft(New(newShelf(), ring(t, 8, 7), clock), clerk)
	if len(later) != 2 || !bytes.Equal(later[1], keys[0]) || bytes.Equal(later[0], keys[0]) {
		t.Error("after a change of keys the words kept under the old one do not open")
	}
}
