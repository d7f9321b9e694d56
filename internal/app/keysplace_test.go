package app

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// TestKeysHaveNoPlace: where the files of the keys cannot be written the database does not come back either, on both engines; when they can, the same command does it all.
func TestKeysHaveNoPlace(t *testing.T) {
	t.Parallel()
	a := newSite(t, "", "")
	must(t, a.open().Close())
	key, public := keyPair(t, a)
	file := filepath.Join(t.TempDir(), "a.backup")
	if code, out := a.run("backup", "--out", file, "--to", public); code != exitOK {
		t.Fatalf("%d %s", code, out)
	}
	for engine, at := range map[string]string{"sqlite": "keys", "postgres": keysEnv} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			url := ""
			if engine == "postgres" {
				url = storetest.Empty(t)
			}
			to := newSite(t, url, "")
			nowhere := filepath.Join(to.dir, at)
			must(t, os.Symlink(filepath.Join(to.dir, "away", "away"), nowhere)) // nothing is there, and nothing can be put there
			code, out := to.run("restore", "--from", file, "--key", key)
			left, err := os.ReadDir(to.dir)
			if code != exitFail || !strings.Contains(out, "何も変えていません") || !strings.Contains(out, "鍵などのファイルを書けません") || err != nil || slices.Contains(leftovers(left), store.FileName) {
				t.Errorf("%d %s %v %v", code, out, left, err)
			}
			must(t, os.Remove(nowhere))
			for _, d := range left { // a folder for the keys may have come
				if d.Name() == "keys" && engine == "postgres" {
					if list, err := os.ReadDir(filepath.Join(to.dir, "keys")); err != nil || len(list) > 0 {
						t.Errorf("keys that were left: %v %v", list, err)
					}
				}
			}
			if code, out := to.run("restore", "--from", file, "--key", key); code != exitOK || strings.Contains(out, "×") {
				t.Errorf("when there is room: %d %s", code, out)
			}
			if engine == "sqlite" {
				info, err := os.Stat(filepath.Join(to.dir, store.FileName))
				if must(t, err); info.Mode().Perm() != 0o600 {
					t.Errorf("the database may be read by others: %v", info.Mode())
				}
			}
		})
	}
}
