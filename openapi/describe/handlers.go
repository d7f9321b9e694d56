package describe

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
	"strings"
)

// deed is what a handler was found to read and to answer.
type deed struct {
	query  []string
	reads  []types.Type
	form   []string // fields beside the file
	file   bool
	says   []ast.Expr // what is handed to reply
	none   bool       // 204
	sends  []string   // kinds of files
	to     bool       // redirects
	seen   map[*types.Func]bool
	refuse bool // answers nothing but a fault
	pages  bool // tells in its head where the next page is
}

// follow walks through a handler and everything of its package it calls.
func (p *program) follow(fn *types.Func) *deed {
	d := &deed{seen: map[*types.Func]bool{}}
	p.visit(fn, d)
	slices.Sort(d.query)
	d.query = slices.Compact(d.query)
	slices.Sort(d.sends)
	d.sends = slices.Compact(d.sends)
	return d
}

func (p *program) visit(fn *types.Func, d *deed) {
	decl := p.decls[fn]
	if decl == nil || d.seen[fn] {
		return
	}
	d.seen[fn] = true
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			p.call(call, d)
		}
		return true
	})
}

func (p *program) callee(call *ast.CallExpr) *types.Func {
	fun := ast.Unparen(call.Fun)
	if i, ok := fun.(*ast.IndexExpr); ok {
		fun = i.X
	}
	var id *ast.Ident
	switch f := fun.(type) {
	case *ast.Ident:
		id = f
	case *ast.SelectorExpr:
		id = f.Sel
	default:
		return nil
	}
	fn, _ := p.info.Uses[id].(*types.Func)
	if fn == nil {
		return nil
	}
	return fn.Origin()
}

func (p *program) call(call *ast.CallExpr, d *deed) {
	fn := p.callee(call)
	if fn == nil || fn.Pkg() == nil {
		return
	}
	switch fn.FullName() {
	case "(net/url.Values).Get":
		d.query = append(d.query, p.text(call.Args[0]))
		return
	case "net/http.Redirect":
		d.to = true
		return
	case "(net/http.ResponseWriter).WriteHeader":
		d.none = d.none || p.text204(call.Args[0])
		return
	case "(net/http.Header).Set":
		if kind := p.text(call.Args[1]); p.text(call.Args[0]) == "Content-Type" && kind != "" {
			d.sends = append(d.sends, kind)
		}
		return
	}
	if fn.Pkg() != p.pkg {
		return
	}
	switch fn.Name() {
	case "decode":
		if ptr, ok := p.info.Types[call.Args[1]].Type.(*types.Pointer); ok {
			d.reads = append(d.reads, ptr.Elem())
		}
	case "reply":
		d.says = append(d.says, call.Args[2])
	case "done":
		d.none = true
	case "send":
		d.sends = append(d.sends, p.kindOf(call.Args[2]))
	case "readForm":
		d.file = true
		for _, a := range call.Args[1:] {
			d.form = append(d.form, p.text(a))
		}
	case "following":
		d.pages = true
	case "renderError":
	default:
		p.visit(fn, d)
	}
}

// kindOf is the content type in the literal of a download; a stored file has its own.
func (p *program) kindOf(e ast.Expr) string {
	if lit, ok := e.(*ast.CompositeLit); ok {
		for _, x := range lit.Elts {
			if kv, ok := x.(*ast.KeyValueExpr); ok && kv.Key.(*ast.Ident).Name == "kind" {
				if kind := p.text(kv.Value); kind != "" {
					return kind
				}
			}
		}
	}
	return "application/octet-stream"
}

// text is the value of a constant string, "" of everything else.
func (p *program) text(e ast.Expr) string {
	if v := p.info.Types[e].Value; v != nil && v.Kind() == constant.String {
		return constant.StringVal(v)
	}
	return ""
}

func (p *program) text204(e ast.Expr) bool {
	v := p.info.Types[e].Value
	return v != nil && v.ExactString() == "204"
}

// docOf is the comment at a handler without the handler's own name at its beginning.
func (p *program) docOf(fn *types.Func) string {
	decl := p.decls[fn]
	if decl == nil {
		return ""
	}
	said := oneLine(decl.Doc)
	return strings.TrimPrefix(strings.TrimPrefix(said, fn.Name()+": "), fn.Name()+" ")
}
