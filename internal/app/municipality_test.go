package app

import (
	"context"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/identity"
	"kasane/internal/store/storetest"
)

// TestMunicipalities: a second municipality is added by the command, its administrator signs in with the password that was said, and both are listed.
func TestMunicipalities(t *testing.T) {
	t.Parallel()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			url := ""
			if engine == "postgres" {
				url = storetest.Empty(t)
			}
			x := newSite(t, url, drillKey)
			must(t, x.open().Close())
			if code, out := x.run("municipality"); code != exitOK || !strings.Contains(out, "まだ市町村がありません") {
				t.Errorf("%d %s", code, out)
			}
			add := func(name, code string) (int, string) {
				return x.run("municipality add", "--name", name, "--code", code, "--agency", "福祉政策課", "--admin", "𠮷田 髙子", "--login", "yoshida")
			}
			code, out := add("潮見市", "012025")
			said := regexp.MustCompile(`パスワード: (\S+)`).FindStringSubmatch(out)
			if code != exitOK || len(said) != 2 {
				t.Fatalf("%d %s", code, out)
			}
			if code, out := add("隣の町", "012033"); code != exitOK {
				t.Fatalf("%d %s", code, out)
			}
			if code, out := add("潮見市", "012025"); code != exitFail {
				t.Errorf("the same code twice: %d %s", code, out)
			}
			if code, out := x.run("municipality add", "--name", "町"); code != exitUsage || !strings.Contains(out, "--code を指定してください") {
				t.Errorf("half of it: %d %s", code, out)
			}
			if code, out := x.run("municipality"); code != exitOK || strings.Index(out, "012025 潮見市  利用者 1 人、ケース 0 件") > strings.Index(out, "012033 隣の町") || !strings.Contains(out, "012025") {
				t.Errorf("%d %s", code, out)
			}
			_, public := keyPair(t, x)
			if code, out := x.run("municipality export", "隣の町", "--out", filepath.Join(t.TempDir(), "new"), "--to", public); code != exitOK {
				t.Errorf("one in which nobody signed in yet: %d %s", code, out)
			}
			st := x.open()
			all, err := st.ListMunicipalities(context.Background())
			if err != nil || len(all) != 2 {
				t.Fatal(all, err)
			}
			_, a, err := identity.New(st, identity.Options{Now: time.Now}).SignIn(context.Background(), all[0].ID, "yoshida", said[1], identity.Client{})
			if err != nil || a.Tenant != all[0].ID || !a.Has(access.RoleAdmin) {
				t.Errorf("%+v %v", a, err)
			}
		})
	}
}
