package main

import (
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// bom is a CycloneDX document, as far as it is used here.
type bom struct {
	Format       string      `json:"bomFormat"`
	Spec         string      `json:"specVersion"`
	Serial       string      `json:"serialNumber"`
	Version      int         `json:"version"`
	Metadata     metadata    `json:"metadata"`
	Components   []component `json:"components"`
	Dependencies []depends   `json:"dependencies"`
}

type metadata struct {
	Timestamp string    `json:"timestamp"`
	Component component `json:"component"`
}

type component struct {
	Type     string    `json:"type"`
	Ref      string    `json:"bom-ref"`
	Name     string    `json:"name"`
	Version  string    `json:"version"`
	Purl     string    `json:"purl,omitempty"`
	Hashes   []hash    `json:"hashes,omitempty"`
	Licenses []license `json:"licenses,omitempty"`
}

type hash struct {
	Alg     string `json:"alg"`
	Content string `json:"content"`
}

type license struct {
	Expression string `json:"expression"`
}

type depends struct {
	Ref string   `json:"ref"`
	On  []string `json:"dependsOn"`
}

// sbom lists what is inside: the Go modules, read from the binary itself, and the npm packages of which the client is made, from its lock.
func (r *release) sbom(binary string) error {
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		return err
	}
	var list []component
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		c := component{Type: "library", Name: m.Path, Version: m.Version, Purl: "pkg:golang/" + m.Path + "@" + url.PathEscape(m.Version)}
		if sum, ok := strings.CutPrefix(m.Sum, "h1:"); ok {
			if raw, err := base64.StdEncoding.DecodeString(sum); err == nil {
				c.Hashes = []hash{{"SHA-256", hex.EncodeToString(raw)}} // of the module's tree, as go.sum has it
			}
		}
		list = append(list, c)
	}
	list = append(list, component{Type: "library", Name: "std", Version: strings.TrimPrefix(info.GoVersion, "go"), Purl: "pkg:golang/std@" + strings.TrimPrefix(info.GoVersion, "go")})
	client, err := npm(filepath.Join(r.root, "frontend/package-lock.json"))
	if err != nil {
		return err
	}
	list = append(list, client...)
	for i := range list {
		list[i].Ref = list[i].Purl
	}
	slices.SortFunc(list, func(a, b component) int { return strings.Compare(a.Ref, b.Ref) })
	self := component{Type: "application", Ref: "kasane", Name: "kasane", Version: r.version}
	doc := bom{Format: "CycloneDX", Spec: "1.6", Version: 1, Metadata: metadata{r.at.Format(time.RFC3339), self}, Components: list, Dependencies: []depends{{Ref: "kasane", On: refs(list)}}}
	raw, err := json.Marshal(list)
	if err != nil {
		return err
	}
	doc.Serial = serial(append(raw, r.version...))
	return r.write("kasane-"+r.version+".cdx.json", func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", " ")
		e.SetEscapeHTML(false)
		return e.Encode(doc)
	})
}

func refs(list []component) (out []string) {
	for _, c := range list {
		out = append(out, c.Ref)
	}
	return out
}

// serial is a UUID drawn from the content: the same list has the same one.
func serial(content []byte) string {
	h := sha256.Sum256(content)
	h[6], h[8] = h[6]&0x0f|0x80, h[8]&0x3f|0x80 // version 8, as RFC 9562 has it for such
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:16])
}

// npm reads the packages that go into the client: those that are needed to run, not those that build and test it.
func npm(lock string) (out []component, err error) {
	raw, err := os.ReadFile(lock)
	if err != nil {
		return nil, err
	}
	var file struct {
		LockfileVersion int
		Packages        map[string]struct {
			Version, Integrity, License string
			Dev, Optional, DevOptional  bool
		}
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		return nil, err
	}
	if file.LockfileVersion < 2 {
		return nil, fmt.Errorf("%s has form %d", lock, file.LockfileVersion)
	}
	for place, p := range file.Packages {
		if place == "" || p.Dev || p.DevOptional {
			continue
		}
		name := place[strings.LastIndex(place, "node_modules/")+len("node_modules/"):]
		c := component{Type: "library", Name: name, Version: p.Version, Purl: "pkg:npm/" + strings.Replace(name, "@", "%40", 1) + "@" + p.Version}
		if sum, ok := strings.CutPrefix(p.Integrity, "sha512-"); ok {
			b, err := base64.StdEncoding.DecodeString(sum)
			if err != nil {
				return nil, fmt.Errorf("%s: integrity: %w", name, err)
			}
			c.Hashes = []hash{{"SHA-512", hex.EncodeToString(b)}}
		}
		if p.License != "" {
			c.Licenses = []license{{p.License}}
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b component) int { return strings.Compare(a.Purl, b.Purl) })
	return slices.CompactFunc(out, func(a, b component) bool { return a.Purl == b.Purl }), nil
}
