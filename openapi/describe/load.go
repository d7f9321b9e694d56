package describe

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const webPath = "kasane/internal/web"

// program is the package of the handlers, type-checked from its source, and where the sources of the packages below it are.
type program struct {
	fset  *token.FileSet
	files []*ast.File
	pkg   *types.Package
	info  *types.Info
	decls map[*types.Func]*ast.FuncDecl
	dirs  map[string][]string // files of each package of the house
	notes map[string]map[string]string
}

type listed struct {
	ImportPath, Dir, Export string
	GoFiles                 []string
	Standard                bool
}

// load asks the go command for the compiled packages below the handlers and checks the handlers against them.
func load(root string) (*program, error) {
	cmd := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles,Standard", webPath)
	cmd.Dir, cmd.Stderr = root, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	exports := map[string]string{}
	p := &program{fset: token.NewFileSet(), decls: map[*types.Func]*ast.FuncDecl{}, dirs: map[string][]string{}, notes: map[string]map[string]string{}}
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var l listed
		if err := dec.Decode(&l); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		exports[l.ImportPath] = l.Export
		if strings.HasPrefix(l.ImportPath, "kasane/") {
			for _, f := range l.GoFiles {
				p.dirs[l.ImportPath] = append(p.dirs[l.ImportPath], filepath.Join(l.Dir, f))
			}
		}
	}
	for _, name := range p.dirs[webPath] {
		f, err := parser.ParseFile(p.fset, name, nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		p.files = append(p.files, f)
	}
	conf := types.Config{Importer: importer.ForCompiler(p.fset, "gc", func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, fmt.Errorf("no compiled package %s", path)
		}
		return os.Open(exports[path])
	})}
	p.info = &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}}
	if p.pkg, err = conf.Check(webPath, p.fset, p.files, p.info); err != nil {
		return nil, err
	}
	for _, f := range p.files {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				p.decls[p.info.Defs[fn.Name].(*types.Func)] = fn
			}
		}
	}
	return p, nil
}

// note is the comment at a type ("Case") or a field ("Case.Number") of a package, in one line.
func (p *program) note(pkg, name string) string {
	if !strings.HasPrefix(pkg, "kasane/") {
		return ""
	}
	if p.notes[pkg] == nil {
		p.notes[pkg] = p.notesOf(pkg)
	}
	return p.notes[pkg][name]
}

func (p *program) notesOf(pkg string) map[string]string {
	out := map[string]string{}
	for _, file := range p.dirs[pkg] {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			continue // it has been compiled; without its comments the description is only shorter
		}
		for _, d := range f.Decls {
			decl, ok := d.(*ast.GenDecl)
			if !ok || decl.Tok != token.TYPE {
				continue
			}
			for _, s := range decl.Specs {
				t := s.(*ast.TypeSpec)
				doc := t.Doc
				if doc == nil && len(decl.Specs) == 1 {
					doc = decl.Doc
				}
				out[t.Name.Name] = oneLine(doc)
				if st, ok := t.Type.(*ast.StructType); ok {
					fieldNotes(out, t.Name.Name, st)
				}
			}
		}
	}
	return out
}

func fieldNotes(out map[string]string, name string, st *ast.StructType) {
	for _, f := range st.Fields.List {
		said := strings.TrimSpace(oneLine(f.Doc) + " " + oneLine(f.Comment))
		for _, n := range f.Names {
			out[name+"."+n.Name] = said
		}
	}
}

func oneLine(c *ast.CommentGroup) string {
	if c == nil {
		return ""
	}
	return strings.Join(strings.Fields(c.Text()), " ")
}
