package describe

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestUntypedIsFound: a handler that answers anything, or nothing that can be found, is a fault and no empty schema.
func TestUntypedIsFound(t *testing.T) {
	t.Parallel()
	p, err := load("../..")
	if err != nil {
		t.Fatal(err)
	}
	g := newGen(p)
	g.schema(p.pkg.Scope().Lookup("errorPart").Type(), false, "elsewhere")
	if len(g.faults) != 0 {
		t.Errorf("the details of a refusal may be anything: %v", g.faults)
	}
	g.schema(p.pkg.Scope().Lookup("Deps").Type(), false, "Deps")
	if !strings.Contains(strings.Join(g.faults, "\n"), "no schema for") {
		t.Errorf("a type with functions in it passed: %v", g.faults)
	}
	g = newGen(p)
	for fn := range p.decls {
		if fn.Name() == "audited" {
			g.operation(line{method: "get", path: "/api/x", handler: fn}, "x")
		}
	}
	if len(g.faults) != 1 || !strings.Contains(g.faults[0], "no answer found") {
		t.Errorf("a handler without an answer: %v", g.faults)
	}
}

// TestPagesAreSaid: a list that tells in its head where the next page is says so, where it is read by GET.
func TestPagesAreSaid(t *testing.T) {
	t.Parallel()
	p, err := load("../..")
	if err != nil {
		t.Fatal(err)
	}
	g, tried := newGen(p), 0
	for fn := range p.decls {
		for _, method := range []string{"get", "post"} {
			if want := method == "get"; fn.Name() == "caseList" || fn.Name() == "agencies" {
				op := g.operation(line{method: method, path: "/api/x", handler: fn}, "x")
				_, said := op["responses"].(object)["200"].(object)["headers"]
				if tried++; said != (want && fn.Name() == "caseList") {
					t.Errorf("%s %s: %v", method, fn.Name(), said)
				}
			}
		}
	}
	if tried != 4 {
		t.Errorf("%d handlers", tried)
	}
}

// TestCheckFinds: each mistake the check is for, in a description that is sound otherwise.
func TestCheckFinds(t *testing.T) {
	t.Parallel()
	const sound = `{"openapi":"3.1.0","info":{"title":"a","version":"1"},"paths":{"/a/{id}":{"get":{"operationId":"a","security":[{"s":[]}],
		"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}],
		"responses":{"200":{"description":"a","content":{"application/json":{"schema":{"$ref":"#/components/schemas/A"}}}}}},
		"put":{"operationId":"b","security":[],"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}],"responses":{"204":{"description":"b"}}}}},
		"components":{"securitySchemes":{"s":{"type":"http"}},"schemas":{"A":{"type":"object","required":["x"],"properties":{"x":{"type":["string","null"]}}}}}}`
	try := func(old, now string) string {
		t.Helper()
		if strings.Count(sound, old) == 0 {
			t.Fatalf("%s is not there", old)
		}
		var doc object
		if err := json.Unmarshal([]byte(strings.Replace(sound, old, now, 1)), &doc); err != nil {
			t.Fatal(err)
		}
		if err := check(doc); err != nil {
			return err.Error()
		}
		return ""
	}
	if said := try("3.1.0", "3.1.1"); said != "" {
		t.Errorf("the sound one: %s", said)
	}
	for _, c := range [][3]string{
		{`3.1.0`, `3.0.0`, "no 3.1"}, {`schemas/A"`, `schemas/B"`, "leads nowhere"}, {`"operationId":"b"`, `"operationId":"a"`, "operationId"},
		{`"title":"a",`, ``, "required"}, {`"name":"id","in":"path"`, `"name":"no","in":"path"`, "not declared"}, {`"required":true`, `"required":false`, "not of the path"},
		{`{"204":{"description":"b"}}`, `{}`, "no response"}, {`{"s":[]}`, `{"t":[]}`, "no security scheme"}, {`["x"]`, `["y"]`, "not described"},
		{`"null"`, `"nil"`, "no type"}, {`"A":{`, `"A b":{},"A":{`, "name not allowed"},
	} {
		if said := try(c[0], c[1]); !strings.Contains(said, c[2]) {
			t.Errorf("%s instead of %s: %q", c[1], c[0], said)
		}
	}
}
