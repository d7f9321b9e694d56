package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// The files that are written, from the root of the repository.
const (
	specFile  = "docs/openapi.json"
	typesFile = "frontend/src/api/schema.ts"
)

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, "openapi:", err)
		os.Exit(1)
	}
}

func run(root string) error {
	files, err := generate(root)
	if err != nil {
		return err
	}
	for name, body := range files {
		if err := os.WriteFile(filepath.Join(root, name), body, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// generate makes both files from the code below root.
func generate(root string) (map[string][]byte, error) {
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
	return map[string][]byte{specFile: out.Bytes(), typesFile: typeScript(spec)}, nil
}
