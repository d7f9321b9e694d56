package describe

import (
	"bytes"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// typeScript writes the schemas as types of the client, and of each route what it is asked and answers.
func typeScript(spec object) []byte {
	var b bytes.Buffer
	b.WriteString("// Written by `make openapi` from the types the server reads and writes. Do not edit.\n\n")
	schemas := spec["components"].(object)["schemas"].(object)
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		s := schemas[name].(object)
		comment(&b, "", s["description"])
		if props, ok := s["properties"].(object); ok && len(props) > 0 {
			fmt.Fprintf(&b, "export interface %s %s\n\n", tsName(name), tsObject(s, ""))
			continue
		}
		fmt.Fprintf(&b, "export type %s = %s\n\n", tsName(name), tsType(s, ""))
	}
	b.WriteString("/** What each route is asked, and what it answers. */\nexport interface Routes {\n")
	paths := spec["paths"].(object)
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		item := paths[path].(object)
		for _, method := range slices.Sorted(maps.Keys(item)) {
			op := item[method].(object)
			fmt.Fprintf(&b, "  '%s %s': { asked: %s; answer: %s }\n", strings.ToUpper(method), path, asked(op), answered(op))
		}
	}
	b.WriteString("}\n\n/** The answer of a route. */\nexport type Answer<R extends keyof Routes> = Routes[R]['answer']\n\n/** What a route is asked in its body. */\nexport type Asked<R extends keyof Routes> = Routes[R]['asked']\n")
	return b.Bytes()
}

func comment(b *bytes.Buffer, indent string, said any) {
	if s, ok := said.(string); ok && s != "" {
		fmt.Fprintf(b, "%s/** %s */\n", indent, strings.ReplaceAll(s, "*/", "* /"))
	}
}

func jsonOf(content any) (object, bool) {
	c, _ := content.(object)
	j, _ := c["application/json"].(object)
	s, ok := j["schema"].(object)
	return s, ok
}

func asked(op object) string {
	body, _ := op["requestBody"].(object)
	content, _ := body["content"].(object)
	if content["multipart/form-data"] != nil {
		return "FormData"
	}
	if s, ok := jsonOf(content); ok {
		return tsType(s, "    ")
	}
	return "undefined"
}

func answered(op object) string {
	answers := op["responses"].(object)
	var out []string
	if ok, is := answers["200"].(object); is {
		if s, found := jsonOf(ok["content"]); found {
			out = append(out, tsType(s, "    "))
		} else {
			out = append(out, "Blob")
		}
	}
	if answers["204"] != nil {
		out = append(out, "undefined")
	}
	if len(out) == 0 {
		return "never"
	}
	return strings.Join(out, " | ")
}

var notInName = regexp.MustCompile(`[^A-Za-z0-9]+`)

// tsName is cases.Person as CasesPerson.
func tsName(name string) string {
	var out strings.Builder
	for _, p := range notInName.Split(name, -1) {
		if p != "" {
			out.WriteString(strings.ToUpper(p[:1]) + p[1:])
		}
	}
	return out.String()
}

func tsType(s object, indent string) string {
	if r, ok := s["$ref"].(string); ok {
		return tsName(r[strings.LastIndex(r, "/")+1:])
	}
	if any, ok := s["anyOf"].([]any); ok {
		var parts []string
		for _, x := range any {
			parts = append(parts, tsType(x.(object), indent))
		}
		return strings.Join(parts, " | ")
	}
	switch t := s["type"].(type) {
	case []any:
		one := maps.Clone(s)
		one["type"] = t[0]
		return tsType(one, indent) + " | null"
	case string:
		return tsBasic(s, t, indent)
	}
	return "unknown"
}

func tsBasic(s object, kind, indent string) string {
	switch kind {
	case "boolean", "null":
		return kind
	case "integer", "number":
		return "number"
	case "array":
		item := tsType(s["items"].(object), indent)
		if strings.Contains(item, " | ") {
			item = "(" + item + ")"
		}
		return item + "[]"
	case "object":
		if more, ok := s["additionalProperties"].(object); ok {
			return "Record<string, " + tsType(more, indent) + ">"
		}
		return tsObject(s, indent)
	}
	return "string" // of known words too: a form may add others
}

func tsObject(s object, indent string) string {
	props, _ := s["properties"].(object)
	if len(props) == 0 {
		return "Record<string, never>"
	}
	required, _ := s["required"].([]string)
	var b bytes.Buffer
	b.WriteString("{\n")
	for _, name := range slices.Sorted(maps.Keys(props)) {
		p := props[name].(object)
		comment(&b, indent+"  ", p["description"])
		mark := "?"
		if slices.Contains(required, name) {
			mark = ""
		}
		fmt.Fprintf(&b, "%s  %s%s: %s\n", indent, name, mark, tsType(p, indent+"  "))
	}
	b.WriteString(indent + "}")
	return b.String()
}
