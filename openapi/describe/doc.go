// Package describe says what the HTTP interface is, read from the code that answers it.
//
// Nothing is declared a second time. The table of routes says method, path, action and audit; what a handler reads and writes is found by following it:
// the types it hands to decode and reply, the names it asks the query for, the kind of file it sends. A handler whose answer cannot be found is a fault,
// so a new route without types fails the test of this package, and so does a file that is not what the code says now.
package describe

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// The files that are written, from the root of the repository.
const (
	SpecFile  = "docs/openapi.json"
	TypesFile = "frontend/src/api/schema.ts"
)

// Generate makes both files from the code below root.
func Generate(root string) (map[string][]byte, error) {
	p, err := load(root)
	if err != nil {
		return nil, err
	}
	routes, err := p.routes()
	if err != nil {
		return nil, err
	}
	g := newGen(p)
	spec, err := g.spec(routes)
	if err != nil {
		return nil, err
	}
	if err := check(spec); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(spec); err != nil {
		return nil, err
	}
	return map[string][]byte{SpecFile: out.Bytes(), TypesFile: typeScript(spec)}, nil
}

// Stale says which of the files below root are not what the code says now.
func Stale(root string) ([]string, error) {
	files, err := Generate(root)
	if err != nil {
		return nil, err
	}
	var out []string
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			return nil, err
		}
		if !bytes.Equal(got, want) {
			out = append(out, fmt.Sprintf("%s is not what the code says: run `make openapi`", name))
		}
	}
	return out, nil
}
