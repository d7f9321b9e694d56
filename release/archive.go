package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// entry is a file of an archive.
type entry struct {
	name string
	from string // path; "" = content
	mode int64
	body []byte
}

// papers are what lies beside the program: how to run it, in both languages, and examples.
var papers = []string{"docs/operations.ja.md", "docs/operations.md", "docs/api.md", "docs/config.md", "docs/manual/setup.md", "docs/performance.md", "docs/records.ja.md", "docs/records.md", "docs/scale.md", "docs/security.md",
	"docker-compose.yml", "deploy/kasane.service", "deploy/kasane.env.example", "deploy/nginx.conf", "deploy/alerts.yml", "deploy/grafana/kasane.json"}

// archive writes the archive of a system: the program and its papers in one folder.
func (r *release) archive(t target, binary string) error {
	dir := fmt.Sprintf("kasane-%s-%s-%s", r.version, t.os, t.arch)
	list := []entry{{name: dir + "/" + t.binary(), from: binary, mode: 0o755}}
	for _, p := range papers {
		list = append(list, entry{name: dir + "/" + p, from: filepath.Join(r.root, p), mode: 0o644})
	}
	slices.SortFunc(list, func(a, b entry) int { return strings.Compare(a.name, b.name) })
	if t.os == "windows" {
		return r.write(dir+".zip", func(w io.Writer) error { return r.zipped(w, list) })
	}
	return r.write(dir+".tar.gz", func(w io.Writer) error {
		z, err := gzip.NewWriterLevel(w, gzip.BestCompression) // without name and time
		if err != nil {
			return err
		}
		if err := r.tarred(z, list); err != nil {
			return err
		}
		return z.Close()
	})
}

// write writes a file of the release, and says so.
func (r *release) write(name string, fill func(io.Writer) error) error {
	f, err := os.Create(filepath.Join(r.out, name))
	if err != nil {
		return err
	}
	if err := fill(f); err != nil {
		_ = f.Close()
		return err
	}
	r.log("write %s", name)
	return f.Close()
}

func (e entry) open() (io.ReadCloser, int64, error) {
	if e.from == "" {
		return io.NopCloser(bytes.NewReader(e.body)), int64(len(e.body)), nil
	}
	f, err := os.Open(e.from)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err != nil {
		_ = f.Close()
		return nil, 0, err
	}
	return f, info.Size(), nil
}

// tarred writes files of nobody, at the time of the commit.
func (r *release) tarred(w io.Writer, list []entry) error {
	t := tar.NewWriter(w)
	for _, e := range list {
		f, size, err := e.open()
		if err != nil {
			return err
		}
		err = t.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: e.name, Mode: e.mode, Size: size, ModTime: r.at, Format: tar.FormatUSTAR})
		if err == nil {
			_, err = io.Copy(t, f)
		}
		if e := f.Close(); err == nil {
			err = e
		}
		if err != nil {
			return err
		}
	}
	return t.Close()
}

func (r *release) zipped(w io.Writer, list []entry) error {
	z := zip.NewWriter(w)
	for _, e := range list {
		f, _, err := e.open()
		if err != nil {
			return err
		}
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate, Modified: r.at}
		h.SetMode(os.FileMode(e.mode))
		to, err := z.CreateHeader(h)
		if err == nil {
			_, err = io.Copy(to, f)
		}
		if e := f.Close(); err == nil {
			err = e
		}
		if err != nil {
			return err
		}
	}
	return z.Close()
}

// sums writes SHA256SUMS over everything, as sha256sum -c reads it.
func (r *release) sums() error {
	list, err := os.ReadDir(r.out)
	if err != nil {
		return err
	}
	var lines strings.Builder
	for _, d := range list { // sorted by name
		raw, err := os.ReadFile(filepath.Join(r.out, d.Name()))
		if err != nil {
			return err
		}
		sum := sha256.Sum256(raw)
		lines.WriteString(hex.EncodeToString(sum[:]) + "  " + d.Name() + "\n")
	}
	return r.write("SHA256SUMS", func(w io.Writer) error {
		_, err := io.WriteString(w, lines.String())
		return err
	})
}
