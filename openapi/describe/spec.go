package describe

import (
	"fmt"
	"go/types"
	"regexp"
	"slices"
	"strings"

	"kasane/internal/access"
)

// byHand are the answers of the handlers that write themselves: content type and what it is.
var byHand = map[string][2]string{
	"livez":          {"text/plain", "ok"},
	"archivePackage": {"application/zip", "a BagIt bag"},
	"jobResult":      {"application/octet-stream", "of 引渡し a BagIt bag in a zip, of 改ざんの点検 the report as JSON (the schema of archiveVerify)"},
	"line":           {"application/octet-stream", "frames of live documents, see docs/protocol.md"},
}

var inPath = regexp.MustCompile(`\{(\w+)\}`)

// spec is the whole description.
func (g *gen) spec(routes []line) (object, error) {
	paths, ids := object{}, operationIDs(routes)
	var groups []any
	named := map[string]bool{}
	for i, l := range routes {
		if paths[l.path] == nil {
			paths[l.path] = object{}
		}
		if !named[l.group] {
			named[l.group] = true
			groups = append(groups, object{"name": groupOf(l)})
		}
		paths[l.path].(object)[l.method] = g.operation(l, ids[i])
	}
	fault := g.schemaOf("errorBody")
	problem := g.schemaOf("problemBody")
	hooks := g.hooks()
	if len(g.faults) > 0 {
		return nil, fmt.Errorf("%d faults:\n%s", len(g.faults), strings.Join(g.faults, "\n"))
	}
	return object{
		"openapi": "3.1.0", "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
		"info": object{"title": "Kasane", "version": "1", "description": "The HTTP interface of Kasane, written from its code by `make openapi`; docs/api.md says " +
			"what it is for. Times are RFC 3339 in UTC, dates ISO. In a request, a field that is not sent is empty; a field that is not named here is refused. " +
			"x-known lists the words the program knows of a field. x-action is what the asker must be allowed to do, x-roles who is, x-audit what remains in the audit log."},
		"servers": []any{object{"url": "/"}}, "tags": groups, "paths": paths, "webhooks": hooks,
		"components": object{
			"schemas": g.schemas,
			"parameters": object{"Own": object{"name": "X-Kasane", "in": "header", "required": false, "schema": object{"type": "string", "const": "1"},
				"description": "with a session cookie: says that no other site's page sends this"}},
			"headers": object{"Next": object{"required": false, "schema": object{"type": "string", "pattern": `^<\?.*>; rel="next"$`, "example": `<?after=01J8&limit=50>; rel="next"`},
				"description": `where the next page is (RFC 8288): the same question with "after". Not sent with the last page.`}},
			"responses": object{"Fault": object{"description": "refused, and why in Japanese; as application/problem+json (RFC 9457) for who accepts that", "content": object{
				"application/json": object{"schema": fault}, "application/problem+json": object{"schema": problem}}}},
			"securitySchemes": object{
				"session": object{"type": "apiKey", "in": "cookie", "name": "kasane_session"},
				"token":   object{"type": "http", "scheme": "bearer", "description": "連携用トークン: for the routes that name a scope only"},
			},
		},
	}, nil
}

func groupOf(l line) string {
	if l.group == "" {
		return "その他"
	}
	return l.group
}

// operationIDs are the names of the handlers; where several routes share one, with what tells them apart.
func operationIDs(routes []line) []string {
	count := map[string]int{}
	for _, l := range routes {
		count[l.handler.Name()]++
	}
	out := make([]string, len(routes))
	for i, l := range routes {
		out[i] = l.handler.Name()
		if count[out[i]] > 1 {
			words := strings.FieldsFunc(strings.ReplaceAll(strings.ReplaceAll(l.path, "{", ""), "}", ""), func(r rune) bool { return r == '/' || r == '.' || r == '-' })
			out[i] += "_" + l.method + "_" + strings.Join(words, "_")
		}
	}
	return out
}

// schemaOf is the schema of a type of the handlers' package.
func (g *gen) schemaOf(name string) object {
	o := g.pkg.Scope().Lookup(name)
	if o == nil {
		g.fault("no type %s", name)
		return object{}
	}
	return g.schema(o.Type(), false, name)
}

func (g *gen) operation(l line, id string) object {
	d := g.follow(l.handler)
	at := strings.ToUpper(l.method) + " " + l.path
	op := object{"operationId": id, "tags": []any{groupOf(l)}, "x-action": l.action, "responses": g.answers(l, d, at)}
	if said := g.docOf(l.handler); said != "" {
		op["description"] = said
	}
	if l.verb != "" {
		op["x-audit"] = l.verb
	} else {
		op["x-audit-none"] = l.silence
	}
	if roles := rolesOf(access.Action(l.action)); len(roles) > 0 {
		op["x-roles"] = roles
	}
	if l.heavy {
		op["x-heavy"] = true
	}
	var params []any
	for _, m := range inPath.FindAllStringSubmatch(l.path, -1) {
		params = append(params, object{"name": m[1], "in": "path", "required": true, "schema": object{"type": "string"}})
	}
	for _, q := range d.query {
		params = append(params, object{"name": q, "in": "query", "schema": object{"type": "string"}})
	}
	if l.method != "get" {
		params = append(params, object{"$ref": "#/components/parameters/Own"})
	}
	if len(params) > 0 {
		op["parameters"] = params
	}
	g.body(op, l, d, at)
	switch {
	case access.Action(l.action) == access.ActPublic:
		op["security"] = []any{}
	case l.scope != "":
		op["security"] = []any{object{"session": []any{}}, object{"token": []any{l.scope}}}
	default:
		op["security"] = []any{object{"session": []any{}}}
	}
	return op
}

func (g *gen) body(op object, l line, d *deed, at string) {
	switch {
	case d.file:
		props := object{"file": object{"type": "string", "contentMediaType": "application/octet-stream"}}
		for _, f := range d.form {
			props[f] = object{"type": "string"}
		}
		op["requestBody"] = object{"required": true, "content": object{"multipart/form-data": object{
			"schema": object{"type": "object", "properties": props, "required": []string{"file"}}}}}
	case l.binary && l.method == "post":
		op["requestBody"] = object{"content": object{"application/octet-stream": object{}}}
	case len(d.reads) > 0:
		one := d.reads[0]
		for _, t := range d.reads[1:] {
			if !types.Identical(one, t) {
				g.fault("%s: reads two types, %s and %s", at, one, t)
			}
		}
		op["requestBody"] = object{"required": true, "content": object{"application/json": object{"schema": g.schema(one, true, at)}}}
	case l.method == "post" || l.method == "put":
		if l.method == "put" {
			g.fault("%s: reads nothing that was found", at)
		}
	}
}

func (g *gen) answers(l line, d *deed, at string) object {
	out := object{"default": object{"$ref": "#/components/responses/Fault"}}
	content := object{}
	var said []any
	for _, e := range d.says {
		s := g.said(e, at)
		if !slices.ContainsFunc(said, func(x any) bool { return same(x, s) }) {
			said = append(said, s)
		}
	}
	switch len(said) {
	case 0:
	case 1:
		content["application/json"] = object{"schema": said[0]}
	default:
		content["application/json"] = object{"schema": object{"anyOf": said}}
	}
	bytes := object{}
	kinds := d.sends
	if own, ok := byHand[l.handler.Name()]; ok {
		kinds = []string{own[0]}
	}
	for _, k := range kinds {
		kind, _, _ := strings.Cut(k, ";")
		if content[kind] == nil {
			content[kind] = bytes
		}
	}
	if len(content) > 0 {
		ok := object{"description": "done", "content": content}
		if d.pages && l.method == "get" { // asked for by POST, the next page has no address
			ok["headers"] = object{"Link": object{"$ref": "#/components/headers/Next"}}
		}
		out["200"] = ok
	}
	if d.none {
		out["204"] = object{"description": "done; nothing to say"}
	}
	if d.to {
		out["3XX"] = object{"description": "elsewhere"}
	}
	if len(out) == 1 {
		g.fault("%s: no answer found in %s", at, l.handler.Name())
	}
	return out
}

// rolesOf are the roles that may do it by themselves.
func rolesOf(act access.Action) []string {
	var out []string
	if act == access.ActPublic {
		return nil
	}
	for _, r := range access.Roles() {
		if access.Can(access.Actor{Tenant: "t", UserID: "u", AgencyID: "a", Roles: []access.Role{r}}, act) {
			out = append(out, string(r))
		}
	}
	return out
}
