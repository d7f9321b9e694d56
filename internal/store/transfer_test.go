package store_test

import (
	"bytes"
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/fault"
	"kasane/internal/seal"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// bagged is a package in memory.
type bagged fstest.MapFS

func (b bagged) Add(name string, _ time.Time, content []byte) error {
	b[name] = &fstest.MapFile{Data: bytes.Clone(content)}
	return nil
}

func export(ctx context.Context, t *testing.T, s *store.Store, year int) (bagged, archive.Packed) {
	t.Helper()
	b := bagged{}
	to := archive.Transfer{Municipality: access.Municipality{ID: tenant, Name: "架空市", Code: "000001"}, Year: year, At: storetest.Start.AddDate(7, 0, 0), Keys: storetest.Trust().Keys}
	out, err := archive.Export(ctx, s, to, func() (archive.Sink, error) { return b, nil })
	if err != nil {
		t.Fatal(err)
	}
	return b, out
}

// A package says the same on both engines, verifies from its files alone, holds a disposed record as a line only; whatever is done to it is found.
func TestTransfer(t *testing.T) {
	var packages [2]bagged
	t.Run("engines", func(t *testing.T) {
		for i, engine := range []string{"sqlite", "postgres"} {
			t.Run(engine, func(t *testing.T) {
				ctx := context.Background()
				s, _ := storetest.Open(t, engine)
				w := storetest.NewWorld(t, s, tenant)
				d := newDesk(t, w, s)
				id := d.propose(ctx, t, d.ids(ctx, t, archive.KindMatrix))
				if _, err := d.Decide(ctx, d.second, id, true, ""); err != nil {
					t.Fatal(err)
				}
				if _, err := s.SequenceAudit(ctx, tenant); err != nil {
					t.Fatal(err)
				}
				b, out := export(ctx, t, s, 2026)
				if out.Records != 2 || out.Disposed != 1 || len(b) != 2*2+2+5 {
					t.Errorf("%+v, %d files", out, len(b))
				}
				rep, err := archive.VerifyPackage(fstest.MapFS(b), storetest.Trust().Keys, seal.Trust{})
				if err != nil || !rep.OK || rep.Checked != 3 {
					t.Errorf("%+v %v", rep, err)
				}
				if later, out := export(ctx, t, s, 2032); out.Records != 1 || later["data/content/KS2032-0001.json"] == nil {
					t.Errorf("the year of the certificate: %+v %v", out, slices.Sorted(maps.Keys(later)))
				}
				if all, out := export(ctx, t, s, 0); out.Records != 3 || out.Disposed != 1 || len(all) != 3*2+2+5 {
					t.Errorf("%+v", out)
				}
				packages[i] = b
				spoil(t, b)
				keepsBack(ctx, t, s)
			})
		}
	})
	for name, f := range packages[0] {
		if name != "data/proof.json" && !strings.Contains(name, "manifest") && name != "bag-info.txt" && !bytes.Equal(f.Data, packages[1][name].Data) && name != "data/ledger.csv" {
			t.Errorf("%s differs between the engines", name)
		}
	}
}

// keepsBack: what is not as it was sealed does not go out, and nothing is written.
func keepsBack(ctx context.Context, t *testing.T, s *store.Store) {
	t.Helper()
	if err := store.Exec(ctx, s, `UPDATE archive_record SET file = $1 WHERE seq = 1`, []byte("%PDF x")); err != nil {
		t.Fatal(err)
	}
	to := archive.Transfer{Municipality: access.Municipality{ID: tenant}}
	_, err := archive.Export(ctx, s, to, func() (archive.Sink, error) { t.Error("a sink was opened"); return bagged{}, nil })
	if !fault.Is(err, fault.Conflict) {
		t.Errorf("a changed file went out: %v", err)
	}
}

// spoil does everything to a package that somebody could, with the manifests made to fit again or not.
func spoil(t *testing.T, whole bagged) {
	t.Helper()
	pdf := ""
	for name := range whole {
		if strings.HasPrefix(name, "data/pdf/") && strings.Contains(name, "v2") {
			pdf = name
		}
	}
	replace := func(name, old, new string) func(bagged) {
		return func(b bagged) {
			if !bytes.Contains(b[name].Data, []byte(old)) {
				t.Errorf("%s does not hold %s", name, old)
			}
			b[name] = &fstest.MapFile{Data: bytes.ReplaceAll(b[name].Data, []byte(old), []byte(new))}
		}
	}
	for what, do := range map[string]func(bagged){
		"file changed":       func(b bagged) { b[pdf] = &fstest.MapFile{Data: []byte("%PDF y")} },
		"file gone":          func(b bagged) { delete(b, pdf) },
		"file added":         func(b bagged) { b["data/pdf/x.pdf"] = &fstest.MapFile{Data: []byte("x")} },
		"title":              replace("data/proof.json", "訂正", "改竄"),
		"link":               replace("data/proof.json", `"seq": 2`, `"seq": 3`),
		"another entry":      replace("data/proof.json", `"Verb": "archive.seal"`, `"Verb": "archive.list"`),
		"no disposal":        replace("data/proof.json", `"archive.dispose"`, `"archive.decide"`),
		"leaf number":        replace("data/proof.json", `"leaf": `, `"leaf": 1`),
		"ledger":             replace("data/ledger.csv", "訂正", "改竄"),
		"tombstone made new": replace("data/proof.json", `"Disposed": "`, `"Disposed": "", "x": "`),
	} {
		b := maps.Clone(whole)
		do(b)
		if rep, err := archive.VerifyPackage(fstest.MapFS(b), storetest.Trust().Keys, seal.Trust{}); err == nil && rep.OK {
			t.Errorf("%s was not found", what)
		}
		if what == "ledger" { // it stands in the manifest alone
			continue
		}
		if rep, err := archive.VerifyPackage(fstest.MapFS(refit(t, b)), storetest.Trust().Keys, seal.Trust{}); err == nil && rep.OK && what != "file added" {
			t.Errorf("%s was not found behind manifests that fit", what)
		}
	}
}

// refit makes the manifests anew, as a forger would.
func refit(t *testing.T, b bagged) bagged {
	t.Helper()
	var payload, tags []string
	for name, f := range b {
		switch {
		case strings.HasPrefix(name, "data/"):
			payload = append(payload, archive.Sum(f.Data)+"  "+name)
		case !strings.Contains(name, "manifest"):
			tags = append(tags, archive.Sum(f.Data)+"  "+name)
		}
	}
	_ = b.Add("manifest-sha256.txt", time.Time{}, []byte(strings.Join(payload, "\n")+"\n"))
	tags = append(tags, archive.Sum(b["manifest-sha256.txt"].Data)+"  manifest-sha256.txt")
	_ = b.Add("tagmanifest-sha256.txt", time.Time{}, []byte(strings.Join(tags, "\n")+"\n"))
	return b
}

// A folder that holds something is refused; what is written stays inside.
func TestFolder(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "new")
	f, err := archive.NewFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Add("data/pdf/文書.pdf", storetest.Start, []byte("x")); err != nil {
		t.Fatal(err)
	}
	if b, err := fs.ReadFile(os.DirFS(dir), "data/pdf/文書.pdf"); err != nil || string(b) != "x" {
		t.Errorf("%q %v", b, err)
	}
	if _, err := archive.NewFolder(dir); !fault.Is(err, fault.Conflict) {
		t.Errorf("a folder in use: %v", err)
	}
}
