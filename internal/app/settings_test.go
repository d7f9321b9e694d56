package app

import (
	"bytes"
	"context"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSettingsOfTheService: a command typed by hand reads what the service reads.
func TestSettingsOfTheService(t *testing.T) {
	t.Parallel()
	x := newSite(t, "", "")
	_ = x.open().Close()
	key, public := keyPair(t, x)
	env := filepath.Join(t.TempDir(), "kasane.env")
	must(t, os.WriteFile(env, []byte("# settings\n; too\n\nKASANE_ADDR=127.0.0.1:8080\nKASANE_BACKUP_TO=\""+public+"\"\n"), 0o600))
	out := filepath.Join(t.TempDir(), "a.backup")
	if code, said := x.run("backup", "--out", out); code != exitFail || !strings.Contains(said, "控えの公開鍵がありません") {
		t.Errorf("without settings: %d %s", code, said)
	}
	for _, how := range [][]string{{"--env", env}, {"--env=" + env}} {
		if code, said := x.run("backup", append(how, "--out", out)...); code != exitOK {
			t.Errorf("%v: %d %s", how, code, said)
		}
	}
	to := newSite(t, "", "")
	if code, said := to.run("restore", "--from", out, "--key", key, "--env", env); code != exitOK {
		t.Errorf("%d %s", code, said)
	}
	x.env["KASANE_BACKUP_TO"] = "age1else"
	if code, said := x.run("backup", "--env", env, "--out", out); code != exitFail {
		t.Errorf("the environment itself does not come first: %d %s", code, said)
	}
	for what, args := range map[string][]string{"no file": {"backup", "--env"}, "a file that is not there": {"backup", "--env", env + "x"}} {
		var b bytes.Buffer
		if code := Main(context.Background(), Process{Args: args, Lookup: x.lookup, Out: &b, Err: &b}); code != exitUsage || !strings.Contains(b.String(), "設定") {
			t.Errorf("%s: %d %s", what, code, &b)
		}
	}
}

func TestParseSettings(t *testing.T) {
	t.Parallel()
	got, err := parseSettings("A=1\n B = two words \nC='x y'\nD=\"q\\\"r\\\\\"\nE=\nF=a=b#c\n#G=1\n")
	if want := map[string]string{"A": "1", "B": "two words", "C": "x y", "D": `q"r\`, "E": "", "F": "a=b#c"}; err != nil || !maps.Equal(got, want) {
		t.Errorf("%q %v", got, err)
	}
	for _, bad := range []string{"A", "=1", "A B=1", "A=1\\\nB=2"} {
		if got, err := parseSettings(bad); err == nil || !strings.Contains(err.Error(), "1行目") {
			t.Errorf("%q: %q %v", bad, got, err)
		}
	}
}
