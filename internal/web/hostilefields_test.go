package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// source reads the declarations of the house, so that every field that takes text is found by itself: a new one needs no line anywhere.
type source struct {
	t     *testing.T
	types map[string]map[string]ast.Expr      // package → name → type
	funcs map[string]map[string]*ast.FuncDecl // package → name (methods too) → function
	texts map[string]map[string]string        // package → constant → string
	acts  map[string]string                   // constant of an act → its handler
}

func readSource(t *testing.T) *source {
	t.Helper()
	s := &source{t: t, types: map[string]map[string]ast.Expr{}, funcs: map[string]map[string]*ast.FuncDecl{}, texts: map[string]map[string]string{}, acts: map[string]string{}}
	files, err := filepath.Glob("../*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, raw, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		p := filepath.Base(filepath.Dir(path))
		if s.types[p] == nil {
			s.types[p], s.funcs[p], s.texts[p] = map[string]ast.Expr{}, map[string]*ast.FuncDecl{}, map[string]string{}
		}
		for _, d := range f.Decls {
			s.take(p, d)
		}
	}
	return s
}

func (s *source) take(p string, d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		s.funcs[p][d.Name.Name] = d
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				s.types[p][spec.Name.Name] = spec.Type
			case *ast.ValueSpec:
				for i, name := range spec.Names {
					if i >= len(spec.Values) {
						continue
					}
					if l, ok := spec.Values[i].(*ast.BasicLit); ok && l.Kind == token.STRING {
						s.texts[p][name.Name], _ = strconv.Unquote(l.Value)
					}
					if l, ok := spec.Values[i].(*ast.CompositeLit); ok && p == "meeting" && name.Name == "handlers" {
						for _, e := range l.Elts {
							kv := e.(*ast.KeyValueExpr)
							if to, ok := kv.Value.(*ast.Ident); ok {
								s.acts[kv.Key.(*ast.Ident).Name] = to.Name
							}
						}
					}
				}
			}
		}
	}
}

// bodyOf finds what a handler decodes, also in what it calls.
func (s *source) bodyOf(p, name, reader string, seen map[string]bool) (ast.Expr, bool) {
	fn := s.funcs[p][name]
	if fn == nil || fn.Body == nil || seen[name] {
		return nil, false
	}
	seen[name] = true
	local := map[string]ast.Expr{}
	var found ast.Expr
	var calls []string
	ok := false
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ValueSpec:
			for _, x := range n.Names {
				local[x.Name] = n.Type
			}
		case *ast.AssignStmt:
			for i, x := range n.Lhs {
				if id, is := x.(*ast.Ident); is && i < len(n.Rhs) {
					if l, is := n.Rhs[i].(*ast.CompositeLit); is {
						local[id.Name] = l.Type
					}
				}
			}
		case *ast.CallExpr:
			called := nameOf(n.Fun)
			if called != reader {
				calls = append(calls, called)
				return true
			}
			u, is := n.Args[len(n.Args)-1].(*ast.UnaryExpr)
			if !is {
				return true
			}
			switch x := u.X.(type) {
			case *ast.Ident:
				found, ok = local[x.Name], true
			case *ast.CompositeLit:
				found, ok = x.Type, true
			}
		}
		return true
	})
	if ok && found != nil {
		return found, true
	}
	for _, c := range calls {
		if e, ok := s.bodyOf(p, c, reader, seen); ok {
			return e, true
		}
	}
	return nil, false
}

func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// fields are the places of strings in a value of a type, as they stand in JSON: "agenda[0].title". An unknown type fails.
func (s *source) fields(p string, e ast.Expr, at string) []string {
	switch e := e.(type) {
	case *ast.Ident:
		switch e.Name {
		case "string", "any":
			return []string{at}
		case "bool", "int", "int64", "uint64", "float64", "byte", "uint8", "int32":
			return nil
		}
		if t := s.types[p][e.Name]; t != nil {
			return s.fields(p, t, at)
		}
	case *ast.SelectorExpr:
		of := nameOf(e.X)
		if of == "time" && e.Sel.Name == "Time" || of == "json" && e.Sel.Name == "RawMessage" {
			return []string{at}
		}
		if t := s.types[of][e.Sel.Name]; t != nil {
			return s.fields(of, t, at)
		}
	case *ast.StarExpr:
		return s.fields(p, e.X, at)
	case *ast.ArrayType:
		return s.fields(p, e.Elt, at+"[0]")
	case *ast.MapType:
		return append(s.fields(p, e.Value, join(at, "key")), join(at, "*"))
	case *ast.InterfaceType:
		return []string{at}
	case *ast.StructType:
		var out []string
		for _, f := range e.Fields.List {
			tag := ""
			if f.Tag != nil {
				raw, _ := strconv.Unquote(f.Tag.Value)
				tag, _, _ = strings.Cut(reflect.StructTag(raw).Get("json"), ",")
			}
			switch {
			case tag == "-":
			case len(f.Names) == 0 && tag == "":
				out = append(out, s.fields(p, f.Type, at)...)
			default:
				for _, n := range f.Names {
					name := tag
					if name == "" {
						name = strings.ToLower(n.Name[:1]) + n.Name[1:]
					}
					if n.IsExported() {
						out = append(out, s.fields(p, f.Type, join(at, name))...)
					}
				}
			}
		}
		return out
	}
	s.t.Errorf("a field of a type that is not known: %s: %T %s", at, e, nameOf(e))
	return nil
}

// input is one place where text comes in: a field of the body of a route, or of the parameters of an act.
type input struct {
	key, act, field string
}

// inputs are all there are.
func (s *source) inputs(routes []route) (out []input) {
	for _, rt := range routes {
		key := rt.method + " " + rt.pattern
		if rt.method == get || rt.method == del || rt.binary || rt.multipart {
			continue
		}
		name := runtime.FuncForPC(reflect.ValueOf(rt.handle).Pointer()).Name()
		name = strings.TrimSuffix(name[strings.LastIndex(name, ".")+1:], "-fm")
		body, ok := s.bodyOf("web", name, "decode", map[string]bool{})
		if !ok {
			s.t.Errorf("%s: what %s decodes was not found", key, name)
			continue
		}
		for _, f := range s.fields("web", body, "") {
			out = append(out, input{key: key, field: f})
		}
	}
	for act, handler := range s.acts {
		body, ok := s.bodyOf("meeting", handler, "read", map[string]bool{})
		if !ok {
			continue // takes nothing
		}
		for _, f := range s.fields("meeting", body, "params") {
			out = append(out, input{key: "POST /api/meetings/{meeting}/acts", act: s.texts["meeting"][act], field: f})
		}
	}
	return out
}
