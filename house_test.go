// Package kasane_test holds the house rules of architecture: who may import whom, and who alone imports a
// third-party package.
package kasane_test

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

type pkg struct {
	ImportPath string
	Imports    []string
	Standard   bool
}

// floor is the height of a room: a package imports only rooms on a lower floor, except the pairs in neighbours.
var floor = map[string]int{
	"fault": 0, "jptime": 0, "ydoc": 0, "pdf": 0, "config": 0, "frontend": 0, "relaytest": 0, "seedtest": 0, "metrics": 0, "traces": 0, "docs": 0,
	"text":   1,
	"sheets": 2, "access": 2, "tables": 2,
	"consent": 3, "seal": 3, "backup": 3, "identity": 3, "files": 3, "papers": 3, "audit": 3, "gaiji": 3, "notice": 3, "forms": 3, "jobs": 3, "quota": 3, "webhooks": 3,
	"live": 4, "archive": 4, "oversight": 4, "firstrun": 4,
	"cases": 5, "desk": 5,
	"plans": 6, "handouts": 6, "outreach": 6, "community": 6, "intake": 6,
	"meeting": 7, "joining": 7, "reviews": 7, "imports": 7,
	"demo": 8, "rehearsal": 8, "copies": 8, "figures": 8, "casesheets": 8,
	"web": 9, "realtime": 9, "store": 9,
	"app": 10, "cmd": 11,
	"bench": 12, "release": 12, "openapi": 12, // tools outside the product
}

// adapters never import each other.
var adapters = []string{"web", "realtime", "store"}

// owners: the one room that may import a third-party module.
var owners = map[string]string{
	"github.com/go-webauthn/webauthn":     "identity",
	"github.com/pquerna/otp":              "identity",
	"github.com/boombuler/barcode":        "identity",
	"github.com/coreos/go-oidc/v3":        "identity",
	"github.com/gorilla/websocket":        "realtime",
	"github.com/redis/go-redis/v9":        "realtime/redisbus",
	"github.com/go-chi/chi/v5":            "web",
	"github.com/jackc/pgx/v5":             "store",
	"modernc.org/sqlite":                  "store",
	"github.com/jung-kurt/gofpdf":         "pdf/draw",
	"github.com/rivo/uniseg":              "text",
	"github.com/xuri/excelize/v2":         "tables",
	"github.com/prometheus/client_golang": "metrics",
	"filippo.io/age":                      "backup",
}

func room(path string) string {
	path = strings.TrimPrefix(path, "kasane/")
	path = strings.TrimPrefix(path, "internal/")
	r, _, _ := strings.Cut(path, "/")
	return r
}

func packages(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,Standard", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var list []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); {
		var p pkg
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	if len(list) < 20 {
		t.Fatalf("only %d packages listed", len(list))
	}
	return list
}

func TestArrows(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		if p.ImportPath == "kasane" {
			continue
		}
		from := room(p.ImportPath)
		height, known := floor[from]
		if !known {
			t.Errorf("%s: no floor for room %q; add it to the plan of the house", p.ImportPath, from)
			continue
		}
		for _, imp := range p.Imports {
			if !strings.HasPrefix(imp, "kasane/") || room(imp) == from {
				continue
			}
			// a test helper of a room (bustest, storetest, livetest) may be imported by tests only; p.Imports has no test imports
			if to := floor[room(imp)]; to >= height {
				t.Errorf("%s imports %s: floor %d may not import floor %d", p.ImportPath, imp, height, to)
			}
			if slices.Contains(adapters, from) && slices.Contains(adapters, room(imp)) {
				t.Errorf("%s imports %s: adapters never import each other", p.ImportPath, imp)
			}
		}
	}
}

func TestOneImporter(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		for _, imp := range p.Imports {
			first, _, _ := strings.Cut(imp, "/")
			if !strings.Contains(first, ".") || strings.HasPrefix(imp, "golang.org/x/") {
				continue
			}
			if strings.HasSuffix(p.ImportPath, "test") || p.ImportPath == "kasane/bench" || p.ImportPath == "kasane/bench/pages" { // suites: bustest, storetest, livetest; what stands beside peers
				continue
			}
			found := false
			for module, owner := range owners {
				if imp == module || strings.HasPrefix(imp, module+"/") {
					found = true
					if p.ImportPath != "kasane/internal/"+owner {
						t.Errorf("%s imports %s, which only %s may", p.ImportPath, imp, owner)
					}
				}
			}
			if !found {
				t.Errorf("%s imports %s: no owner; add it to docs/dependencies.md and here", p.ImportPath, imp)
			}
		}
	}
}
