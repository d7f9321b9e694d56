package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"kasane/docs"
)

// description is docs/openapi.json, against which every answer of every test of this package is held: a browser of the tests looks at what it gets.
var description = sync.OnceValue(func() map[string]any {
	var d map[string]any
	if err := json.Unmarshal(docs.OpenAPI, &d); err != nil {
		panic(err)
	}
	return d
})

// described is the operation of a request, nil where the table has no such route.
func described(method, path string) map[string]any {
	path, _, _ = strings.Cut(path, "?")
	asked := strings.Split(path, "/")
	var found map[string]any
	best := -1
	for pattern, item := range description()["paths"].(map[string]any) {
		op, _ := item.(map[string]any)[strings.ToLower(method)].(map[string]any)
		parts, fixed := strings.Split(pattern, "/"), 0
		if op == nil || len(parts) != len(asked) {
			continue
		}
		for i, p := range parts {
			switch {
			case p == asked[i]:
				fixed++
			case !strings.HasPrefix(p, "{") || !strings.HasSuffix(asked[i], p[strings.Index(p, "}")+1:]):
				fixed = -1000
			}
		}
		if fixed > best {
			best, found = fixed, op
		}
	}
	return found
}

// holdTo holds an answer to the description; sent is the body of the request.
func holdTo(t *testing.T, method, path string, sent []byte, kind string, a answer) {
	t.Helper()
	op := described(method, path)
	if op == nil || strings.HasPrefix(path, "/hp") || path == "/readyz" {
		return
	}
	v := verifier{}
	answers := op["responses"].(map[string]any)
	got, _, _ := mime.ParseMediaType(a.header.Get("Content-Type"))
	switch {
	case a.status >= 400:
		schema := v.deref(answers["default"])["content"].(map[string]any)[got]
		v.body("refusal", a.body, schema)
	case a.status == http.StatusNotModified, a.status >= 300:
	default:
		said, _ := answers[fmt.Sprint(a.status)].(map[string]any)
		if said == nil {
			v.fault("answer", "status %d is not described", a.status)
		} else if content, _ := said["content"].(map[string]any); content != nil {
			if schema, ok := content[got]; ok {
				v.body("answer", a.body, schema)
			} else if content["application/octet-stream"] == nil {
				v.fault("answer", "a body of type %q is not described", got)
			}
		}
		if body, _ := op["requestBody"].(map[string]any); body != nil && kind == "application/json" {
			v.body("request", sent, body["content"].(map[string]any)[kind])
		}
	}
	if len(v.faults) > 0 {
		t.Errorf("%s %s: not as docs/openapi.json says: %s", method, op["operationId"], strings.Join(v.faults[:min(len(v.faults), 8)], "; "))
	}
}

// verifier holds JSON to a schema; it knows what the schemas of the description are made of.
type verifier struct{ faults []string }

func (v *verifier) fault(at, format string, a ...any) {
	v.faults = append(v.faults, at+": "+fmt.Sprintf(format, a...))
}

func (v *verifier) body(at string, raw []byte, content any) {
	media, _ := content.(map[string]any)
	if media == nil || media["schema"] == nil {
		return
	}
	var got any
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if err := dec.Decode(&got); err != nil {
		v.fault(at, "no JSON")
		return
	}
	v.value(at, got, media["schema"])
}

func (v *verifier) deref(x any) map[string]any {
	m, _ := x.(map[string]any)
	for m["$ref"] != nil {
		var at any = description()
		for part := range strings.SplitSeq(strings.TrimPrefix(m["$ref"].(string), "#/"), "/") {
			at = at.(map[string]any)[part]
		}
		m = at.(map[string]any)
	}
	return m
}

func (v *verifier) value(at string, got, schema any) {
	s := v.deref(schema)
	if any, ok := s["anyOf"].([]any); ok {
		for _, one := range any {
			try := verifier{}
			if try.value(at, got, one); len(try.faults) == 0 {
				return
			}
		}
		v.fault(at, "fits none of the %d that it may be", len(any))
		return
	}
	kinds, _ := s["type"].([]any)
	if one, ok := s["type"].(string); ok {
		kinds = append(kinds, one)
	}
	if len(kinds) == 0 {
		return
	}
	kind := kindOf(got)
	if !slices.Contains(kinds, any(kind)) && !(kind == "integer" && slices.Contains(kinds, any("number"))) {
		v.fault(at, "is of type %s, not %v", kind, kinds)
		return
	}
	switch got := got.(type) {
	case []any:
		for i, x := range got {
			v.value(fmt.Sprintf("%s[%d]", at, i), x, s["items"])
		}
	case map[string]any:
		v.object(at, got, s)
	}
}

func (v *verifier) object(at string, got map[string]any, s map[string]any) {
	props, _ := s["properties"].(map[string]any)
	required, _ := s["required"].([]any)
	for _, r := range required {
		if _, ok := got[r.(string)]; !ok {
			v.fault(at, "%v is missing", r)
		}
	}
	for k, x := range got {
		switch p, more := props[k], s["additionalProperties"]; {
		case p != nil:
			v.value(at+"."+k, x, p)
		case more == false:
			v.fault(at, "%s is not described", k)
		case more != nil:
			v.value(at+"."+k, x, more)
		}
	}
}

func kindOf(x any) string {
	switch x := x.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case json.Number:
		if strings.ContainsAny(string(x), ".eE") {
			return "number"
		}
		return "integer"
	case []any:
		return "array"
	}
	return "object"
}

// TestVerifierFinds: what is not as described is found, each kind of it.
func TestVerifierFinds(t *testing.T) {
	t.Parallel()
	schema := map[string]any{"type": "object", "additionalProperties": false, "required": []any{"id"}, "properties": map[string]any{
		"id": map[string]any{"type": "string"}, "n": map[string]any{"type": []any{"integer", "null"}}, "list": map[string]any{"type": "array", "items": map[string]any{"type": "boolean"}}}}
	for body, sound := range map[string]bool{`{"id":"a","n":null,"list":[true]}`: true, `{"id":"a","n":1}`: true, `{"n":1}`: false, `{"id":1}`: false,
		`{"id":"a","n":1.5}`: false, `{"id":"a","list":null}`: false, `{"id":"a","list":[1]}`: false, `{"id":"a","x":1}`: false, `[]`: false, `{`: false} {
		v := verifier{}
		v.body("it", []byte(body), map[string]any{"schema": schema})
		if (len(v.faults) == 0) != sound {
			t.Errorf("%s: %v", body, v.faults)
		}
	}
	if described("GET", "/api/cases/1/persons") != nil || described("GET", "/api/cases/1?meeting=2")["operationId"] != "caseGet" ||
		described("GET", "/api/archive/check")["operationId"] != "archiveCheck" || described("GET", "/api/meetings/1/minutes/2.pdf")["operationId"] != "minutesFile" {
		t.Error("the operation of a request is not found")
	}
}

// TestConventions: the description is served, an answer somebody has is not sent again, and a refusal comes as RFC 9457 to who accepts that.
func TestConventions(t *testing.T) {
	t.Parallel()
	h := settled(t)
	a := h.as("secretariat")
	whole := a.get("/api/openapi.json")
	if whole.status != http.StatusOK || !bytes.Equal(whole.body, docs.OpenAPI) {
		t.Errorf("the description: %d, %d bytes", whole.status, len(whole.body))
	}
	wantStatus(t, "the description, signed out", h.browser().get("/api/openapi.json"), http.StatusUnauthorized)
	for _, path := range []string{"/api/openapi.json", "/api/cases"} {
		a.header = http.Header{}
		tag := a.get(path).header.Get("ETag")
		a.header = http.Header{"If-None-Match": {`"other", W/` + tag}}
		if again := a.get(path); again.status != http.StatusNotModified || len(again.body) > 0 {
			t.Errorf("%s again: %d, %d bytes", path, again.status, len(again.body))
		}
		a.header = http.Header{"If-None-Match": {`"other"`}}
		wantStatus(t, path+" of another version", a.get(path), http.StatusOK)
	}
	h.opened(a, "一人目")
	h.opened(a, "二人目")
	a.header = http.Header{}
	first := a.get("/api/cases?limit=1")
	link := first.header.Get("Link")
	if m := regexp.MustCompile(`^<(\?[^>]+)>; rel="next"$`).FindStringSubmatch(link); m == nil || !strings.Contains(m[1], "limit=1") {
		t.Errorf("where the next page is: %q", link)
	} else if second := a.get("/api/cases" + m[1]); second.status != http.StatusOK || bytes.Equal(second.body, first.body) || !strings.Contains(string(second.body), "K20") {
		t.Errorf("the next page: %d %s", second.status, second.body)
	}
	if link := a.get("/api/cases").header.Get("Link"); link != "" {
		t.Errorf("after the last page: %q", link)
	}
	a.header = http.Header{"Accept": {"application/problem+json"}}
	got := a.get("/api/cases?limit=1000")
	var p problemBody
	if err := json.Unmarshal(got.body, &p); err != nil || got.header.Get("Content-Type") != "application/problem+json; charset=utf-8" ||
		p.Status != got.status || p.Kind != "invalid" || p.Field != "limit" || p.Detail == "" || p.Instance == "" {
		t.Errorf("as a problem: %v %d %s", err, got.status, got.body)
	}
}
