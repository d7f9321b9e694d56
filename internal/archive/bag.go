package archive

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"kasane/internal/fault"
)

// Sink is where a transfer package is written to: a folder or a zip.
type Sink interface {
	// Add writes a file; name has slashes.
	Add(name string, at time.Time, content []byte) error
}

// Folder is a Sink that writes below a folder that was empty or is not there yet.
type Folder string

// NewFolder makes the folder; one that holds something is refused.
func NewFolder(dir string) (Folder, error) {
	if list, err := os.ReadDir(dir); err == nil && len(list) > 0 {
		return "", fault.New(fault.Conflict, "書き出し先のフォルダーが空ではありません。新しいフォルダーを指定してください。")
	}
	return Folder(dir), os.MkdirAll(dir, 0o700)
}

// Add implements Sink.
func (f Folder) Add(name string, at time.Time, content []byte) error {
	to := filepath.Join(string(f), filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(to, content, 0o600); err != nil {
		return err
	}
	return os.Chtimes(to, at, at)
}

// Zip is a Sink that writes a zip whose files lie in one folder.
type Zip struct {
	z   *zip.Writer
	top string
}

// NewZip begins a zip.
func NewZip(w io.Writer, top string) *Zip { return &Zip{z: zip.NewWriter(w), top: top} }

// Add implements Sink. What is compressed already is stored as it is.
func (z *Zip) Add(name string, at time.Time, content []byte) error {
	h := &zip.FileHeader{Name: z.top + "/" + name, Method: zip.Deflate, Modified: at.UTC()}
	if strings.HasSuffix(name, ".pdf") {
		h.Method = zip.Store
	}
	w, err := z.z.CreateHeader(h)
	if err != nil {
		return err
	}
	_, err = w.Write(content)
	return err
}

// Close ends the zip; without it, it is broken.
func (z *Zip) Close() error { return z.z.Close() }

// bag writes files and keeps their hashes for the manifests (BagIt 1.0, RFC 8493).
type bag struct {
	to            Sink
	at            time.Time
	payload, tags []string // lines of the manifests
	bytes         int64
}

func (b *bag) add(name string, at time.Time, content []byte) error {
	line := Sum(content) + "  " + name
	if strings.HasPrefix(name, "data/") {
		b.payload, b.bytes = append(b.payload, line), b.bytes+int64(len(content))
	} else {
		b.tags = append(b.tags, line)
	}
	return b.to.Add(name, at, content)
}

func lines(list []string) []byte {
	slices.SortFunc(list, func(a, b string) int { return strings.Compare(a[66:], b[66:]) })
	return []byte(strings.Join(list, "\n") + "\n")
}

// close writes what makes a folder a bag.
func (b *bag) close(info []string, readme []byte) error {
	count := len(b.payload)
	info = append(info, fmt.Sprintf("Payload-Oxum: %d.%d", b.bytes, count))
	for _, f := range []struct {
		name    string
		content []byte
	}{
		{"bagit.txt", []byte("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")},
		{"bag-info.txt", []byte(strings.Join(info, "\n") + "\n")},
		{"README.ja.txt", readme},
		{"manifest-sha256.txt", lines(b.payload)},
	} {
		if err := b.add(f.name, b.at, f.content); err != nil {
			return err
		}
	}
	return b.to.Add("tagmanifest-sha256.txt", b.at, lines(b.tags))
}

// readManifest reads lines of hash and name.
func readManifest(b []byte) (map[string]string, error) {
	out := map[string]string{}
	for _, l := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n") {
		sum, name, ok := strings.Cut(l, "  ")
		if raw, err := hex.DecodeString(sum); !ok || err != nil || len(raw) != sha256.Size || name == "" || out[name] != "" {
			return nil, fmt.Errorf("archive: a line of the manifest cannot be read: %.120q", l)
		}
		out[name] = sum
	}
	return out, nil
}

func sumOf(r io.Reader) (string, error) {
	var h hash.Hash = sha256.New()
	if _, err := io.Copy(h, r); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// csvBytes writes rows as a spreadsheet reads them: UTF-8 with BOM, Windows line ends, no formula.
func csvBytes(rows [][]string) []byte {
	var b bytes.Buffer
	b.WriteString("\uFEFF")
	for _, row := range rows {
		for i, c := range row {
			if i > 0 {
				b.WriteByte(',')
			}
			if c != "" && strings.ContainsAny(string([]rune(c)[:1]), "=+-@\t\r\n＝＋－＠") {
				c = "'" + c
			}
			if strings.ContainsAny(c, "\",\r\n") {
				c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
			b.WriteString(c)
		}
		b.WriteString("\r\n")
	}
	return b.Bytes()
}
