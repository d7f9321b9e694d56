package describe

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
)

func same(a, b any) bool { return reflect.DeepEqual(a, b) }

var componentName = regexp.MustCompile(`^[a-zA-Z0-9._-]+$`)

// check holds a description to the rules of OpenAPI 3.1 that a generator can break: references resolve, names are allowed, each operation has its own id
// and an answer, each parameter of a path is declared and none twice, each tag and security scheme exists, each schema says types that there are.
func check(spec object) error {
	raw, err := json.Marshal(spec)
	if err != nil {
		return err
	}
	var doc object
	if err := json.Unmarshal(raw, &doc); err != nil {
		return err
	}
	c := &checker{doc: doc, ids: map[string]string{}}
	c.top()
	c.refs("#", doc)
	for path, item := range doc["paths"].(object) {
		for method, op := range item.(object) {
			c.operation(method+" "+path, path, op.(object))
		}
	}
	hooks, _ := doc["webhooks"].(object)
	for name, item := range hooks {
		for method, op := range item.(object) {
			c.operation("webhook "+method+" "+name, "", op.(object))
		}
	}
	components, _ := doc["components"].(object)
	for kind, all := range components {
		for name := range all.(object) {
			if !componentName.MatchString(name) {
				c.fault("components/%s/%s: name not allowed", kind, name)
			}
		}
	}
	schemas, _ := components["schemas"].(object)
	for name, s := range schemas {
		c.schema(name, s)
	}
	slices.Sort(c.faults)
	return errors.Join(slices.Collect(func(yield func(error) bool) {
		for _, f := range c.faults {
			if !yield(errors.New(f)) {
				return
			}
		}
	})...)
}

type checker struct {
	doc    object
	ids    map[string]string
	faults []string
}

func (c *checker) fault(format string, a ...any) {
	c.faults = append(c.faults, fmt.Sprintf(format, a...))
}

func (c *checker) top() {
	if v, _ := c.doc["openapi"].(string); !strings.HasPrefix(v, "3.1.") {
		c.fault("openapi: %q is no 3.1", v)
	}
	info, _ := c.doc["info"].(object)
	if info["title"] == nil || info["version"] == nil {
		c.fault("info: title and version are required")
	}
}

// refs looks at every $ref below v.
func (c *checker) refs(at string, v any) {
	switch v := v.(type) {
	case object:
		if r, ok := v["$ref"].(string); ok && c.resolve(r) == nil {
			c.fault("%s: %s leads nowhere", at, r)
		}
		for k, x := range v {
			c.refs(at+"/"+k, x)
		}
	case []any:
		for i, x := range v {
			c.refs(fmt.Sprintf("%s/%d", at, i), x)
		}
	}
}

func (c *checker) resolve(r string) any {
	rest, ok := strings.CutPrefix(r, "#/")
	if !ok {
		return nil
	}
	var at any = c.doc
	for part := range strings.SplitSeq(rest, "/") {
		m, ok := at.(object)
		if !ok {
			return nil
		}
		at = m[part]
	}
	return at
}

func (c *checker) operation(at, path string, op object) {
	id, _ := op["operationId"].(string)
	if other := c.ids[id]; id == "" || other != "" {
		c.fault("%s: operationId %q is that of %s, too", at, id, other)
	}
	c.ids[id] = at
	if answers, _ := op["responses"].(object); len(answers) == 0 {
		c.fault("%s: no response", at)
	}
	declared := map[string]int{}
	params, _ := op["parameters"].([]any)
	for _, p := range params {
		p := p.(object)
		if r, ok := p["$ref"].(string); ok {
			p, _ = c.resolve(r).(object)
		}
		name, _ := p["name"].(string)
		in, _ := p["in"].(string)
		if declared[in+" "+name]++; declared[in+" "+name] > 1 {
			c.fault("%s: parameter %s %s twice", at, in, name)
		}
		if !slices.Contains([]string{"path", "query", "header", "cookie"}, in) || name == "" || p["schema"] == nil {
			c.fault("%s: parameter %q is not whole", at, name)
		}
		if in == "path" && (p["required"] != true || !strings.Contains(path, "{"+name+"}")) {
			c.fault("%s: parameter %s is not of the path", at, name)
		}
	}
	for _, m := range inPath.FindAllStringSubmatch(path, -1) {
		if declared["path "+m[1]] == 0 {
			c.fault("%s: {%s} is not declared", at, m[1])
		}
	}
	for _, s := range op["security"].([]any) {
		for scheme := range s.(object) {
			if c.resolve("#/components/securitySchemes/"+scheme) == nil {
				c.fault("%s: no security scheme %s", at, scheme)
			}
		}
	}
}

var kinds = []any{"array", "boolean", "integer", "null", "number", "object", "string"}

func (c *checker) schema(at string, v any) {
	s, ok := v.(object)
	if !ok {
		c.fault("%s: a schema is an object", at)
		return
	}
	switch t := s["type"].(type) {
	case nil:
	case string:
		if !slices.Contains(kinds, any(t)) {
			c.fault("%s: no type %s", at, t)
		}
	case []any:
		for _, x := range t {
			if !slices.Contains(kinds, x) {
				c.fault("%s: no type %v", at, x)
			}
		}
	}
	props, _ := s["properties"].(object)
	for name, p := range props {
		c.schema(at+"."+name, p)
	}
	required, _ := s["required"].([]any)
	for _, r := range required {
		if props[r.(string)] == nil {
			c.fault("%s: %v is required and not described", at, r)
		}
	}
	if items := s["items"]; items != nil {
		c.schema(at+"[]", items)
	}
}
