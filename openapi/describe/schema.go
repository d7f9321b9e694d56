package describe

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"strings"
)

type object = map[string]any

// gen collects the schemas of the types the handlers use.
type gen struct {
	*program
	schemas object
	owner   map[string]types.Type // of each name: two types of one name would be one schema
	faults  []string
}

func newGen(p *program) *gen {
	return &gen{program: p, schemas: object{}, owner: map[string]types.Type{}}
}

// anything are the places where any JSON may stand: details of a refusal, the value of a field of a form in the history of a document.
var anything = []string{"web.errorPart.details", "web.problemBody.details", "live.FieldState.value"}

// mayBeNull are the lists that are null where there is nothing to tell; every other list is [] then. The tests of the routes find one that is missing here.
var mayBeNull = []string{"cases.Detail.persons", "cases.Detail.members", "meeting.Type.phases", "sheets.Amendment.changes", "sheets.Amendment.lists", "sheets.Amendment.fields",
	"sheets.OwnList.codes", "sheets.OwnList.gone", "sheets.OwnList.named", "consent.Record.purposes", "reviews.Said.changes", "reviews.Said.agencyChanges"}

func (g *gen) fault(format string, a ...any) { g.faults = append(g.faults, fmt.Sprintf(format, a...)) }

// schema is a type as encoding/json writes it (asked: reads it).
func (g *gen) schema(t types.Type, asked bool, at string) object {
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		return g.named(t, asked, at)
	case *types.Basic:
		return basic(t)
	case *types.Pointer:
		return orNull(g.schema(t.Elem(), asked, at))
	case *types.Slice:
		if b, ok := t.Elem().(*types.Basic); ok && b.Kind() == types.Byte {
			return object{"type": "string", "contentEncoding": "base64"}
		}
		list := object{"type": "array", "items": g.schema(t.Elem(), asked, at)}
		if asked || slices.Contains(mayBeNull, at) {
			list["type"] = []any{"array", "null"}
		}
		return list
	case *types.Array:
		return object{"type": "array", "items": g.schema(t.Elem(), asked, at), "minItems": t.Len(), "maxItems": t.Len()}
	case *types.Map:
		return object{"type": "object", "additionalProperties": g.schema(t.Elem(), asked, at)}
	case *types.Struct:
		return g.fields(t, asked, at, "", "")
	case *types.Interface:
		if slices.Contains(anything, at) {
			return object{}
		}
		g.fault("%s: nothing is known of a value of type any", at)
	default:
		g.fault("%s: no schema for %s", at, t)
	}
	return object{}
}

func basic(t *types.Basic) object {
	switch i := t.Info(); {
	case i&types.IsBoolean != 0:
		return object{"type": "boolean"}
	case i&types.IsInteger != 0:
		return object{"type": "integer"}
	case i&types.IsNumeric != 0:
		return object{"type": "number"}
	}
	return object{"type": "string"}
}

func orNull(s object) object {
	if kind, ok := s["type"].(string); ok && s["enum"] == nil {
		out := maps.Clone(s)
		out["type"] = []any{kind, "null"}
		return out
	}
	return object{"anyOf": []any{s, object{"type": "null"}}}
}

func (g *gen) named(t *types.Named, asked bool, at string) object {
	o := t.Obj()
	full := o.Name()
	if o.Pkg() != nil {
		full = o.Pkg().Path() + "." + o.Name()
	}
	switch full {
	case "time.Time":
		return object{"type": "string", "format": "date-time"}
	case "encoding/json.RawMessage":
		return object{"description": "any JSON"}
	}
	for _, m := range []string{"MarshalJSON", "MarshalText", "UnmarshalJSON", "UnmarshalText"} {
		if x, _, _ := types.LookupFieldOrMethod(types.NewPointer(t), true, o.Pkg(), m); x != nil {
			if _, is := x.(*types.Func); is {
				g.fault("%s: %s writes itself, and no schema says how", at, full)
			}
		}
	}
	if u, ok := t.Underlying().(*types.Basic); ok && u.Info()&types.IsString == 0 {
		return basic(u)
	}
	if _, ok := t.Underlying().(*types.Slice); ok {
		return g.schema(t.Underlying(), asked, at)
	}
	name := schemaName(t)
	if _, ok := t.Underlying().(*types.Struct); ok && asked {
		name += ".asked"
	}
	if was := g.owner[name]; was != nil {
		if !types.Identical(was, t) {
			g.fault("%s: two types are called %s", at, name)
		}
		return ref(name)
	}
	g.owner[name] = t
	s := object{}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		s = g.fields(u, asked, name, o.Pkg().Path(), o.Name())
	case *types.Basic:
		s = g.words(t)
	default:
		s = g.schema(u, asked, name)
	}
	if said := g.note(o.Pkg().Path(), o.Name()); said != "" {
		s["description"] = said
	}
	g.schemas[name] = s
	return ref(name)
}

func ref(name string) object { return object{"$ref": "#/components/schemas/" + name} }

// schemaName is package and type, with the types it was made of.
func schemaName(t *types.Named) string {
	parts := []string{t.Obj().Name()}
	if p := t.Obj().Pkg(); p != nil {
		parts = []string{p.Name(), t.Obj().Name()}
	}
	for a := range t.TypeArgs().Types() {
		if n, ok := types.Unalias(a).(*types.Named); ok {
			parts = append(parts, n.Obj().Name())
		} else {
			parts = append(parts, a.String())
		}
	}
	return strings.Join(parts, ".")
}

// words is a type of words: those its package names are known; a municipality's own forms may add others, so the list is no fence.
func (g *gen) words(t *types.Named) object {
	known := []string{}
	scope := t.Obj().Pkg().Scope()
	for _, n := range scope.Names() {
		if c, ok := scope.Lookup(n).(*types.Const); ok && types.Identical(c.Type(), t) && c.Val().Kind() == constant.String {
			known = append(known, constant.StringVal(c.Val()))
		}
	}
	s := object{"type": "string"}
	if slices.Sort(known); len(known) > 0 {
		s["x-known"] = slices.Compact(known)
	}
	return s
}

// field is one property with where it was found.
type field struct {
	name     string
	schema   object
	optional bool
	depth    int
}

func (g *gen) fields(st *types.Struct, asked bool, at, pkg, owner string) object {
	found := map[string]field{}
	g.gather(st, asked, at, pkg, owner, 0, found)
	props, required := object{}, []string{}
	for name, f := range found {
		props[name] = f.schema
		if !f.optional {
			required = append(required, name)
		}
	}
	s := object{"type": "object", "properties": props, "additionalProperties": false}
	if slices.Sort(required); len(required) > 0 && !asked { // what is not sent is empty; the service says what must not be
		s["required"] = required
	}
	return s
}

func (g *gen) gather(st *types.Struct, asked bool, at, pkg, owner string, depth int, found map[string]field) {
	for i := range st.NumFields() {
		f := st.Field(i)
		name, opts, _ := strings.Cut(reflect.StructTag(st.Tag(i)).Get("json"), ",")
		if name == "-" && opts == "" {
			continue
		}
		if f.Embedded() && name == "" {
			t := types.Unalias(f.Type())
			if p, ok := t.(*types.Pointer); ok {
				t = types.Unalias(p.Elem())
			}
			if n, ok := t.(*types.Named); ok {
				if inner, ok := n.Underlying().(*types.Struct); ok {
					g.gather(inner, asked, at, n.Obj().Pkg().Path(), n.Obj().Name(), depth+1, found)
					continue
				}
			}
		}
		if !f.Exported() {
			continue
		}
		if name == "" {
			name = f.Name()
		}
		if was, ok := found[name]; ok && was.depth <= depth {
			continue
		}
		optional := strings.Contains(","+opts+",", ",omitempty,") || strings.Contains(","+opts+",", ",omitzero,")
		t := f.Type()
		if p, ok := types.Unalias(t).(*types.Pointer); ok && optional && !asked {
			t = p.Elem() // null is left out
		}
		s := g.schema(t, asked, at+"."+name)
		if said := g.note(pkg, owner+"."+f.Name()); said != "" {
			s = maps.Clone(s)
			s["description"] = said
		}
		found[name] = field{name, s, optional, depth}
	}
}

// said is the schema of what is handed to reply: of its type, or of the literal where the type says nothing.
func (g *gen) said(e ast.Expr, at string) object {
	if lit, ok := e.(*ast.CompositeLit); ok {
		if m, ok := g.info.Types[e].Type.Underlying().(*types.Map); ok {
			props, required := object{}, []string{}
			for _, x := range lit.Elts {
				kv := x.(*ast.KeyValueExpr)
				name := g.text(kv.Key)
				if name == "" {
					g.fault("%s: a key that is no constant", at)
				}
				props[name] = g.schema(types.Default(g.info.Types[kv.Value].Type), false, at+"."+name)
				required = append(required, name)
			}
			slices.Sort(required)
			_ = m
			s := object{"type": "object", "properties": props, "additionalProperties": false}
			if len(required) > 0 {
				s["required"] = required
			}
			return s
		}
	}
	if id, ok := e.(*ast.Ident); ok && types.IsInterface(g.info.Types[e].Type) {
		if given := g.given(g.info.Uses[id]); len(given) > 0 {
			all := []any{}
			for _, t := range given {
				all = append(all, g.schema(t, false, at))
			}
			return object{"anyOf": all}
		}
	}
	return g.schema(types.Default(g.info.Types[e].Type), false, at)
}

// given are the types of what is assigned to a variable that may hold anything.
func (g *gen) given(v types.Object) []types.Type {
	var out []types.Type
	for _, f := range g.files {
		if v.Pos() < f.FileStart || v.Pos() >= f.FileEnd {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			a, ok := n.(*ast.AssignStmt)
			if !ok {
				return true
			}
			for i, l := range a.Lhs {
				if id, ok := l.(*ast.Ident); !ok || g.info.Uses[id] != v {
					continue
				}
				t := g.info.Types[a.Rhs[min(i, len(a.Rhs)-1)]].Type
				if tuple, ok := t.(*types.Tuple); ok {
					t = tuple.At(i).Type()
				}
				if !types.IsInterface(t) {
					out = append(out, t)
				}
			}
			return true
		})
	}
	return out
}
