package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// once is the release most tests look at.
var once struct {
	sync.Once
	dir string
	r   release
}

func TestMain(m *testing.M) {
	code := m.Run()
	_ = os.RemoveAll(once.dir)
	os.Exit(code)
}

func made(t *testing.T) release {
	t.Helper()
	once.Do(func() {
		dir, err := os.MkdirTemp("", "kasane-release-test-")
		if err != nil {
			t.Fatal(err)
		}
		once.dir, once.r = dir, makeIn(t, dir, 0o755)
	})
	return once.r
}

// makeIn makes the files of a release around a stand-in of the program, a piece of this test: compiling three of the real one takes minutes, and `make release-check` does it.
func makeIn(t *testing.T, dir string, mode os.FileMode) release {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(dir, "kasane")
	raw, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(binary, raw[:100<<10], mode); err != nil {
		t.Fatal(err)
	}
	r := release{root: "..", out: filepath.Join(dir, "out"), version: "v1.2.0-3-gabc1234", at: time.Unix(1_780_000_000, 0).UTC(), log: t.Logf}
	if err := os.Mkdir(r.out, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, x := range targets {
		if err := r.archive(x, binary); err != nil {
			t.Fatal(err)
		}
		if x.deb == "amd64" {
			if err := r.debian(context.Background(), x, binary, filepath.Join(dir, "deb")); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := r.sbom(self); err != nil {
		t.Fatal(err)
	}
	if err := r.sums(); err != nil {
		t.Fatal(err)
	}
	return r
}

// The same tree gives the same bytes: at another time, in another folder, with other permissions.
func TestSameBytes(t *testing.T) {
	t.Parallel()
	first, second := made(t), makeIn(t, t.TempDir(), 0o600)
	a, err := os.ReadFile(filepath.Join(first.out, "SHA256SUMS"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(second.out, "SHA256SUMS"))
	if err != nil || !bytes.Equal(a, b) {
		t.Errorf("%v\n%s\n%s", err, a, b)
	}
	cmd := exec.Command("sha256sum", "--check", "--strict", "SHA256SUMS")
	cmd.Dir = first.out
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	list, err := os.ReadDir(first.out)
	if err != nil || strings.Count(string(a), "\n") != len(list)-1 || len(list) != 6 {
		t.Errorf("%d files, %v\n%s", len(list), err, a)
	}
}

// The package is read as dpkg reads it: account, unit, settings that an upgrade leaves alone, scripts that a shell takes.
func TestDebianPackage(t *testing.T) {
	t.Parallel()
	r := made(t)
	deb := filepath.Join(r.out, "kasane_1.2.0+3+gabc1234_amd64.deb")
	ask := func(args ...string) string {
		t.Helper()
		out, err := exec.Command("dpkg-deb", append(args, deb)...).CombinedOutput()
		if err != nil {
			t.Fatalf("dpkg-deb %v: %v\n%s", args, err, out)
		}
		return string(out)
	}
	info := ask("-I")
	for _, want := range []string{" Package: kasane\n", " Version: 1.2.0+3+gabc1234\n", " Architecture: amd64\n", "conffiles", "postinst", "prerm", "postrm"} {
		if !strings.Contains(info, want) {
			t.Errorf("-I lacks %q:\n%s", want, info)
		}
	}
	held := ask("-c")
	for _, want := range []string{`-rwxr-xr-x root/root +\d+ \S+ \S+ \./usr/bin/kasane\n`, `-rw-r----- root/root +\d+ \S+ \S+ \./etc/kasane\.env\n`, `-rw-r--r-- root/root +\d+ \S+ \S+ \./usr/lib/systemd/system/kasane\.service\n`,
		`\./usr/share/doc/kasane/operations\.ja\.md\n`, `\./usr/share/doc/kasane/grafana/kasane\.json\n`} {
		if !regexp.MustCompile(want).MatchString(held) {
			t.Errorf("-c lacks %s:\n%s", want, held)
		}
	}
	for line := range strings.Lines(held) {
		if !strings.Contains(line, " root/root ") || !strings.Contains(line, r.at.Local().Format("2006-01-02")) && !strings.Contains(line, r.at.Format("2006-01-02")) {
			t.Errorf("owner or time of this machine: %s", line)
		}
	}
	if strings.Contains(held, "/var/lib") {
		t.Error("the package owns the folder of the records: removing it would take them along")
	}
	dir := t.TempDir()
	if out, err := exec.Command("dpkg-deb", "-R", deb, dir).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	unit, err := os.ReadFile(filepath.Join(dir, "usr/lib/systemd/system/kasane.service"))
	if err != nil || !strings.HasPrefix(string(unit), "[Unit]\n") || !strings.Contains(string(unit), "\nExecStart=/usr/bin/kasane serve --data /var/lib/kasane\n") || strings.Contains(string(unit), "/usr/local") {
		t.Errorf("%v\n%s", err, unit)
	}
	if conf, err := os.ReadFile(filepath.Join(dir, "DEBIAN/conffiles")); err != nil || string(conf) != "/etc/kasane.env\n" {
		t.Errorf("%v %s", err, conf)
	}
	for _, s := range []string{"postinst", "prerm", "postrm"} {
		path := filepath.Join(dir, "DEBIAN", s)
		if out, err := exec.Command("sh", "-n", path).CombinedOutput(); err != nil {
			t.Errorf("%s: %v %s", s, err, out)
		}
		raw, err := os.ReadFile(path)
		if err != nil || !bytes.HasPrefix(raw, []byte("#!/bin/sh\n")) || !bytes.Contains(raw, []byte("\nset -e\n")) || bytes.Contains(raw, []byte("rm -r")) {
			t.Errorf("%s: %v\n%s", s, err, raw)
		}
	}
}

func TestDebVersions(t *testing.T) {
	t.Parallel()
	ordered := []string{debVersion("0f20006"), debVersion("v1.2.0"), debVersion("v1.2.0-3-gabc1234"), debVersion("v1.2.1")}
	if !slices.Equal(ordered, []string{"0~0f20006", "1.2.0", "1.2.0+3+gabc1234", "1.2.1"}) {
		t.Error(ordered)
	}
	for i := 1; i < len(ordered); i++ {
		if err := exec.Command("dpkg", "--compare-versions", ordered[i-1], "lt", ordered[i]).Run(); err != nil {
			t.Errorf("%s is not older than %s", ordered[i-1], ordered[i])
		}
	}
	if v := debVersion("dev"); v != "0~dev" {
		t.Error(v)
	}
}

// Whoever runs it has no network to follow a link by: what the operations refer to lies beside them.
func TestPapersReferToPapers(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"operations.md", "operations.ja.md"} {
		raw, err := os.ReadFile("../docs/" + name)
		if err != nil {
			t.Fatal(err)
		}
		links := regexp.MustCompile(`\]\(([^)#:]+)[^)]*\)`).FindAllStringSubmatch(string(raw), -1)
		if len(links) < 5 {
			t.Errorf("%s: %d links", name, len(links))
		}
		for _, l := range links {
			if to := path.Join("docs", l[1]); !slices.Contains(papers, to) {
				t.Errorf("%s refers to %s, which does not come along", name, to)
			}
		}
	}
}

// The archives hold the program and its papers in one folder, and nothing of this machine.
func TestArchives(t *testing.T) {
	t.Parallel()
	r := made(t)
	want := []string{"deploy/alerts.yml", "deploy/grafana/kasane.json", "deploy/kasane.env.example", "deploy/kasane.service", "deploy/nginx.conf", "docker-compose.yml", "docs/api.md", "docs/config.md", "docs/manual/setup.md",
		"docs/operations.ja.md", "docs/operations.md", "docs/performance.md", "docs/records.ja.md", "docs/records.md", "docs/scale.md", "docs/security.md"}
	for _, arch := range []string{"amd64", "arm64"} {
		dir := fmt.Sprintf("kasane-%s-linux-%s", r.version, arch)
		f, err := os.Open(filepath.Join(r.out, dir+".tar.gz"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for tr := tar.NewReader(z); ; {
			h, err := tr.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if h.Uid != 0 || h.Gid != 0 || h.Uname != "" || !h.ModTime.Equal(r.at) || h.Mode != 0o644 && h.Name != dir+"/kasane" {
				t.Errorf("%+v", h)
			}
			got = append(got, strings.TrimPrefix(h.Name, dir+"/"))
		}
		if !slices.Equal(got, append(slices.Clone(want), "kasane")) {
			t.Error(got)
		}
	}
	z, err := zip.OpenReader(filepath.Join(r.out, "kasane-"+r.version+"-windows-amd64.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if len(z.File) != len(want)+1 || !strings.HasSuffix(z.File[len(want)].Name, "/kasane.exe") || !z.File[0].Modified.Equal(r.at) {
		t.Errorf("%d files, %s", len(z.File), z.File[0].Modified)
	}
}

// What is inside: every module of the binary with its sum, every npm package of the client and none of those that only build it.
func TestSBOM(t *testing.T) {
	t.Parallel()
	r := made(t)
	raw, err := os.ReadFile(filepath.Join(r.out, "kasane-"+r.version+".cdx.json"))
	if err != nil {
		t.Fatal(err)
	}
	var doc bom
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Format != "CycloneDX" || doc.Spec != "1.6" || !regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(doc.Serial) || doc.Metadata.Component.Version != r.version {
		t.Errorf("%s", raw[:300])
	}
	by := map[string]component{}
	for _, c := range doc.Components {
		if by[c.Ref].Ref != "" || c.Ref != c.Purl || c.Name == "" || c.Version == "" {
			t.Errorf("%+v", c)
		}
		by[c.Ref] = c
	}
	lock := map[string]bool{}
	for name := range by {
		lock[strings.Split(strings.TrimPrefix(name, "pkg:npm/"), "@")[0]] = strings.HasPrefix(name, "pkg:npm/")
	}
	if !lock["react"] || !lock["yjs"] || lock["vite"] || lock["typescript"] || by["pkg:golang/std@"+strings.TrimPrefix(goVersion(t), "go")].Name != "std" {
		t.Errorf("%d components, %v", len(by), lock)
	}
	for _, c := range by {
		if strings.HasPrefix(c.Purl, "pkg:npm/react@") && (len(c.Hashes) != 1 || len(c.Hashes[0].Content) != 128 || len(c.Licenses) != 1) {
			t.Errorf("%+v", c)
		}
	}
	if doc.Dependencies[0].Ref != "kasane" || len(doc.Dependencies[0].On) != len(doc.Components) {
		t.Errorf("%+v", doc.Dependencies)
	}
	sum := sha256.Sum256(raw)
	list, err := os.ReadFile(filepath.Join(r.out, "SHA256SUMS"))
	if err != nil || !strings.Contains(string(list), hex.EncodeToString(sum[:])+"  kasane-"+r.version+".cdx.json\n") {
		t.Errorf("%v %s", err, list)
	}
}

func goVersion(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOVERSION").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}
