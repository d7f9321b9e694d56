package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"html"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// client serves the browser client: files of dist, compressed as they were built or once at start, and index.html for every other path.
type client struct {
	index []byte
	files map[string]asset
}

type asset struct {
	kind        string
	plain, gzip []byte // gzip is nil where it does not pay, plain where the file was built compressed
	etag        string
	immutable   bool // its name carries a hash of its content
}

// gzipped is what the name of a file ends with that was built compressed.
const gzipped = ".gz"

// noncePlace in index.html becomes the nonce of the answer; basePlace the path prefix.
const (
	noncePlace = "__NONCE__"
	basePlace  = "__BASE__"
)

func newClient(dist fs.FS, base string) (*client, error) {
	if dist == nil {
		return nil, errors.New("web: no client files given")
	}
	c := &client{files: map[string]asset{}}
	err := fs.WalkDir(dist, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") || name == descriptionFile {
			return err
		}
		b, err := fs.ReadFile(dist, name)
		if err != nil {
			return err
		}
		if name == "index.html" {
			c.index = underBase(b, base)
			return nil
		}
		c.files["/"+strings.TrimSuffix(name, gzipped)], err = newAsset(name, b)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("web: client files: %w", err)
	}
	if c.index == nil {
		return nil, errors.New("web: the client has no index.html")
	}
	return c, nil
}

// underBase points the page's own files below the path prefix.
func underBase(index []byte, base string) []byte {
	if base != "" {
		for _, attr := range []string{`src="/`, `href="/`} {
			index = bytes.ReplaceAll(index, []byte(attr), []byte(attr[:len(attr)-1]+html.EscapeString(base)+"/"))
		}
	}
	return bytes.ReplaceAll(index, []byte(basePlace), []byte(html.EscapeString(base)))
}

// types of our files; the table of the machine we run on is not asked.
var types = map[string]string{
	".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".html": "text/html; charset=utf-8",
	".svg": "image/svg+xml", ".json": "application/json", ".webmanifest": "application/manifest+json", ".txt": "text/plain; charset=utf-8",
	".woff2": "font/woff2", ".woff": "font/woff", ".ttf": "font/ttf", ".png": "image/png", ".ico": "image/x-icon", ".map": "application/json",
	".wasm": "application/wasm",
}

func newAsset(name string, b []byte) (asset, error) {
	name, packed := strings.CutSuffix(name, gzipped)
	kind, ok := types[path.Ext(name)]
	if !ok {
		kind = "application/octet-stream"
	}
	sum := sha256.Sum256(b)
	a := asset{kind: kind, plain: b, etag: `"` + hex.EncodeToString(sum[:12]) + `"`, immutable: strings.HasPrefix(name, "assets/")}
	if packed {
		a.plain, a.gzip = nil, b
		_, err := gunzip(b) // what cannot be read must not be found out by somebody at the counter
		return a, err
	}
	major, _, err := mime.ParseMediaType(kind)
	if err != nil {
		return asset{}, err
	}
	if strings.HasPrefix(major, "text/") || major == "image/svg+xml" || major == "application/json" || major == "font/ttf" || major == "application/wasm" {
		var z bytes.Buffer
		w, err := gzip.NewWriterLevel(&z, gzip.BestCompression)
		if err != nil {
			return asset{}, err
		}
		if _, err := w.Write(b); err != nil {
			return asset{}, err
		}
		if err := w.Close(); err != nil {
			return asset{}, err
		}
		if z.Len() < len(b)*9/10 {
			a.gzip = z.Bytes()
		}
	}
	return a, nil
}

func (c *client) serve(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	if a, ok := c.files[r.URL.Path]; ok {
		c.file(w, r, a)
		return
	}
	// A missing asset must not come back as a page: the browser would run HTML as a script.
	if strings.HasPrefix(r.URL.Path, "/assets/") {
		http.NotFound(w, r)
		return
	}
	nonce := newNonce()
	page := bytes.ReplaceAll(c.index, []byte(noncePlace), []byte(nonce))
	h := w.Header()
	h.Set("Content-Security-Policy", pagePolicy(nonce))
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(page)))
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodGet {
		_, _ = w.Write(page)
	}
}

func (c *client) file(w http.ResponseWriter, r *http.Request, a asset) {
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("ETag", a.etag)
	h.Set("Vary", "Accept-Encoding")
	h.Set("Cache-Control", "no-cache")
	if a.immutable {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if r.Header.Get("If-None-Match") == a.etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := a.body(h, r)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodGet {
		_, _ = w.Write(body)
	}
}

// body is what is sent to the asker. All browsers accept gzip; for others a file that was built compressed is read anew.
func (a asset) body(h http.Header, r *http.Request) []byte {
	if a.gzip != nil && acceptsGzip(r) {
		h.Set("Content-Encoding", "gzip")
		return a.gzip
	}
	if a.plain == nil {
		b, _ := gunzip(a.gzip) // it was read at the start
		return b
	}
	return a.plain
}

func gunzip(b []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

func acceptsGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.TrimSpace(name) == "gzip" {
			return strings.ReplaceAll(q, " ", "") != "q=0"
		}
	}
	return false
}
