package draw

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// allowed are the gofpdf calls that were examined and found to keep text and bytes as they are. Everything else is
// banned: MultiCell and SplitText lose kanji, Write and Cell know no kinsoku, AliasNbPages misaligns,
// SetAttachments moves object numbers, SetXmpMetadata writes an orphan, SetPageBox and the global SetDefault* calls
// are not deterministic or not safe.
var allowed = map[string]bool{
	"NewCustom": true, "SetAutoPageBreak": true, "SetMargins": true, "SetCatalogSort": true, "SetCompression": true,
	"SetCreationDate": true, "SetModificationDate": true, "AddUTF8FontFromBytes": true, "AddPageFormat": true,
	"SetFont": true, "SetTextColor": true, "SetFillColor": true, "SetDrawColor": true, "SetLineWidth": true,
	"Text": true, "Line": true, "Rect": true, "Circle": true, "RawWriteStr": true, "Output": true,
}

func TestOnlyExaminedCallsOfTheDrawingLibrary(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || !onLibrary(sel.X) {
				return true
			}
			used[sel.Sel.Name] = true
			if !allowed[sel.Sel.Name] {
				t.Errorf("%s calls gofpdf's %s", name, sel.Sel.Name)
			}
			return true
		})
	}
	for call := range allowed {
		if !used[call] {
			t.Errorf("%s is allowed but no longer used; take it off the list", call)
		}
	}
}

// onLibrary tells gofpdf.X, p.X and w.p.X.
func onLibrary(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.Ident:
		return x.Name == "gofpdf" || x.Name == "p"
	case *ast.SelectorExpr:
		return x.Sel.Name == "p"
	}
	return false
}

func TestOnlyThisPackageImportsTheDrawingLibrary(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..", "..")
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && (e.Name() == "node_modules" || e.Name() == ".git") {
			return fs.SkipDir
		}
		if filepath.Ext(path) != ".go" {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return nil // not ours to judge while it is being written
		}
		for _, imp := range f.Imports {
			if strings.Contains(imp.Path.Value, "gofpdf") && filepath.Base(filepath.Dir(path)) != "draw" && path != filepath.Join(root, "bench", "pages", "plain.go") {
				t.Errorf("%s imports %s", path, imp.Path.Value)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
