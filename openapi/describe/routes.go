package describe

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"
)

// line is one route of the table.
type line struct {
	method, path, action string
	verb, silence        string // what remains in the audit log, or why nothing does
	group                string // the comment above it
	scope                string // what a token needs; "" = not for tokens
	multipart, binary    bool
	heavy                bool
	handler              *types.Func
}

// routes reads the table: the composite literals of the function routes.
func (p *program) routes() ([]line, error) {
	var out []line
	var fault error
	for fn, decl := range p.decls {
		if fn.Name() != "routes" {
			continue
		}
		file := p.fileOf(decl.Pos())
		ast.Inspect(decl.Body, func(n ast.Node) bool {
			list, ok := n.(*ast.CompositeLit)
			if !ok || list.Type != nil {
				return true
			}
			l, err := p.line(list)
			if err != nil {
				fault = fmt.Errorf("%s: %w", p.fset.Position(list.Pos()), err)
				return false
			}
			l.group = p.heading(file, decl.Body.Pos(), list.Pos())
			out = append(out, l)
			return false
		})
	}
	if fault == nil && len(out) < 100 {
		fault = fmt.Errorf("only %d routes found in the table", len(out))
	}
	return out, fault
}

func (p *program) line(list *ast.CompositeLit) (line, error) {
	l := line{}
	for _, e := range list.Elts {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok {
			return l, fmt.Errorf("a route without names of its fields")
		}
		value := ""
		if v := p.info.Types[kv.Value].Value; v != nil && v.Kind() == constant.String {
			value = constant.StringVal(v)
		}
		yes := p.info.Types[kv.Value].Value != nil && p.info.Types[kv.Value].Value.ExactString() == "true"
		switch kv.Key.(*ast.Ident).Name {
		case "method":
			l.method = strings.ToLower(value)
		case "pattern":
			l.path = value
		case "action":
			l.action = value
		case "scope":
			l.scope = value
		case "multipart":
			l.multipart = yes
		case "binary":
			l.binary = yes
		case "heavy":
			l.heavy = yes
		case "audit":
			call := kv.Value.(*ast.CallExpr)
			said := constant.StringVal(p.info.Types[call.Args[0]].Value)
			if call.Fun.(*ast.Ident).Name == "silent" {
				l.silence = said
			} else {
				l.verb = said
			}
		case "handle":
			sel := kv.Value.(*ast.SelectorExpr)
			l.handler = p.info.Uses[sel.Sel].(*types.Func)
		}
	}
	if l.method == "" || l.path == "" || l.handler == nil {
		return l, fmt.Errorf("a route without method, path or handler")
	}
	return l, nil
}

func (p *program) fileOf(at token.Pos) *ast.File {
	for _, f := range p.files {
		if f.FileStart <= at && at < f.FileEnd {
			return f
		}
	}
	return nil
}

// heading is the last comment above a route: its words before the first punctuation.
func (p *program) heading(f *ast.File, from, to token.Pos) string {
	said := ""
	for _, c := range f.Comments {
		if c.Pos() > from && c.End() < to {
			lines := strings.Split(strings.TrimSpace(c.Text()), "\n")
			said, _, _ = strings.Cut(lines[len(lines)-1], ";")
			said, _, _ = strings.Cut(said, ":")
		}
	}
	return strings.TrimSpace(said)
}
