//go:build linux

package faults_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/files"
	"kasane/internal/store"
)

// holdsAtMost is the memory, in MB, that a backup, its return and the verification may ever take, however much is held; what is brought along in a run of the tests is more than that.
const holdsAtMost = 200

// TestBackupStreams: KASANE_VOLUME_MB (240) of evidence files, which cannot be packed, beside the demo municipality. Backup, return and verification are processes of the program, whose
// memory is watched: it does not grow with what is held. Every file opens again afterwards.
func TestBackupStreams(t *testing.T) {
	engines := os.Getenv("KASANE_VOLUME_ENGINES")
	if engines == "" {
		engines = "sqlite postgres"
	}
	for _, engine := range strings.Fields(engines) {
		t.Run(engine, func(t *testing.T) {
			v := vessel{t: t, dir: t.TempDir(), key: base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{7}, 32))}
			v.wipe = func() { _ = os.Remove(filepath.Join(v.dir, store.FileName)) }
			if engine == "postgres" {
				pg := newPostgres(t)
				v.url, v.wipe = pg.url(pg.addr()), func() {
					pg.run("dropdb", "-h", "127.0.0.1", "-p", strconv.Itoa(pg.port), "-U", "kasane", "kasane")
					pg.run("createdb", "-h", "127.0.0.1", "-p", strconv.Itoa(pg.port), "-U", "kasane", "kasane")
				}
			}
			v.stream(int64(number("KASANE_VOLUME_MB", 240)) << 20)
		})
	}
}

// vessel is an installation: a folder, and a database where that is not in the folder.
type vessel struct {
	t             *testing.T
	dir, url, key string
	wipe          func() // removes the database
}

// stream fills the vessel, backs it up, loses it and brings it back.
func (v vessel) stream(size int64) {
	t := v.t
	n := newNode(t, v.dir, v.env()...) // the demo municipality, its records and its log
	n.well()
	n.signal(syscall.SIGTERM)
	n.wait(t)
	begun := time.Now()
	ids := v.fill(size)
	n.start() // numbers what the log has got
	n.well()
	n.signal(syscall.SIGTERM)
	n.wait(t)
	t.Logf("filled with %d files, %d MB, in %v", len(ids), size>>20, time.Since(begun).Round(time.Second))

	away := t.TempDir()
	key, file := filepath.Join(away, "backup.key"), filepath.Join(away, "all.backup")
	said, _ := v.run("backup-key", "--out", key)
	words := strings.Fields(said)
	v.run("backup", "--to", words[len(words)-1], "--out", file)
	info, err := os.Stat(file)
	if err != nil || info.Size() < size {
		t.Fatalf("the backup has %d bytes: %v", info.Size(), err)
	}
	v.wipe()
	if said, _ := v.run("restore", "--from", file, "--key", key); strings.Contains(said, "×") {
		t.Errorf("after the return: %s", said)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if said, _ := v.run("verify"); strings.Contains(said, "×") {
		t.Errorf("verify: %s", said)
	}
	v.opens(ids)
}

func (v vessel) env() []string {
	return []string{"DATABASE_URL=" + v.url, "KASANE_FILE_KEY=" + v.key, "KASANE_AUDIT_KEY=" + v.key, "REDIS_URL="}
}

// run runs a command to its end, tells what it said, and watches its memory.
func (v vessel) run(command string, args ...string) (said string, most int) {
	v.t.Helper()
	binary, err := built()
	if err != nil {
		v.t.Fatal(err)
	}
	begun := time.Now()
	p := begin(v.t, nil, v.env(), binary, append([]string{command, "--data", v.dir}, args...)...)
	anon := 0
	for !p.ended() {
		status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
		for line := range strings.Lines(string(status)) {
			if words := strings.Fields(line); len(words) > 1 {
				kB, _ := strconv.Atoi(words[1])
				switch words[0] {
				case "VmHWM:":
					most = max(most, kB>>10)
				case "RssAnon:":
					anon = max(anon, kB>>10)
				}
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
	if code := p.cmd.ProcessState.ExitCode(); code != 0 {
		v.t.Fatalf("%s: %d\n%s", command, code, &p.log)
	}
	v.t.Logf("%s: %v, %d MB resident at most, %d MB of it its own", command, time.Since(begun).Round(100*time.Millisecond), most, anon)
	if most > holdsAtMost {
		v.t.Errorf("%s held %d MB", command, most)
	}
	return p.log.String(), most
}

func (v vessel) open() (*store.Store, *files.Service) {
	v.t.Helper()
	st, err := store.Open(context.Background(), store.Options{DataDir: v.dir, DatabaseURL: v.url, Now: time.Now})
	if err != nil {
		v.t.Fatal(err)
	}
	v.t.Cleanup(func() { _ = st.Close() })
	ring, err := files.ParseRing(v.key)
	if err != nil {
		v.t.Fatal(err)
	}
	return st, files.New(st, files.NewTowns(st, ring, time.Now), time.Now)
}

// clerk is somebody who keeps the evidence of the demo municipality.
func (v vessel) clerk(st *store.Store) access.Actor {
	v.t.Helper()
	list, err := st.ListMunicipalities(context.Background())
	if err != nil || len(list) != 1 {
		v.t.Fatal(len(list), err)
	}
	return access.Actor{Tenant: list[0].ID, UserID: "u1", AgencyID: "a1", Roles: []access.Role{access.RoleSecretariat}}
}

// fill puts evidence of all sizes into a case, up to the largest, and gives the ids.
func (v vessel) fill(size int64) (ids []string) {
	v.t.Helper()
	st, evidence := v.open()
	a := v.clerk(st)
	found, err := st.Cases(context.Background(), access.ScopeOf(a), cases.Query{Limit: 1})
	if err != nil {
		v.t.Fatal(err)
	}
	rnd := rand.NewChaCha8([32]byte{9})
	for i := 0; size > 0; i++ {
		b := make([]byte, []int{files.MaxSize, 1 << 20, 3 << 20, 300 << 10, 6 << 20}[i%5])
		_, _ = rnd.Read(b)
		copy(b, "%PDF-1.4\n")
		copy(b[len(b)-6:], "%%EOF\n")
		f, err := evidence.Put(context.Background(), a, files.Upload{CaseID: found[0].ID, Purpose: files.PurposeEvidence, Name: "同意書.pdf", Bytes: b})
		if err != nil {
			v.t.Fatal(err)
		}
		ids, size = append(ids, f.ID), size-int64(len(b))
	}
	if err := st.Close(); err != nil {
		v.t.Fatal(err)
	}
	return ids
}

// opens reads every file again; each is held against its hash.
func (v vessel) opens(ids []string) {
	v.t.Helper()
	st, evidence := v.open()
	a := v.clerk(st)
	for _, id := range ids {
		f, b, err := evidence.Get(context.Background(), a, id)
		if err != nil || f.Size != int64(len(b)) {
			v.t.Fatalf("%s: %v", id, err)
		}
	}
	if err := st.Close(); err != nil {
		v.t.Fatal(err)
	}
}
