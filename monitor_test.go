package kasane_test

import (
	"context"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"kasane/internal/metrics"
)

// metricNames are the names of metrics in an expression, as the registry calls them.
func metricNames(expr string) (out []string) {
	for _, m := range regexp.MustCompile(`\b(?:kasane|process|go)_[a-z0-9_]+`).FindAllString(expr, -1) {
		out = append(out, regexp.MustCompile(`^(kasane_\w+_seconds)_(?:bucket|sum|count)$`).ReplaceAllString(m, "$1"))
	}
	return out
}

// balanced tells whether what an expression opens is closed.
func balanced(expr string) bool {
	var open []rune
	pairs := map[rune]rune{')': '(', ']': '[', '}': '{'}
	for _, c := range regexp.MustCompile(`"[^"]*"`).ReplaceAllString(expr, "") {
		switch c {
		case '(', '[', '{':
			open = append(open, c)
		case ')', ']', '}':
			if len(open) == 0 || open[len(open)-1] != pairs[c] {
				return false
			}
			open = open[:len(open)-1]
		}
	}
	return len(open) == 0
}

// Every metric that the alerts and the dashboard name is one of the program, and each of its own is shown or alerted of.
func TestMonitoring(t *testing.T) {
	t.Parallel()
	known, err := metrics.New("test", func(context.Context) metrics.Facts { return metrics.Facts{} }).Names()
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	look := func(where, expr string) {
		if !balanced(expr) || strings.TrimSpace(expr) == "" {
			t.Errorf("%s: %q", where, expr)
		}
		for _, n := range metricNames(expr) {
			if used[n] = true; !slices.Contains(known, n) {
				t.Errorf("%s names %s, which the program does not have", where, n)
			}
		}
	}
	alerts(t, look)
	dashboard(t, look)
	own := 0
	slices.Sort(known)
	for _, n := range slices.Compact(known) {
		if !strings.HasPrefix(n, "kasane_") {
			continue
		}
		if own++; !used[n] {
			t.Errorf("%s is neither shown nor alerted of", n)
		}
	}
	if own < 15 || own > 20 {
		t.Errorf("%d metrics of our own", own)
	}
}

func alerts(t *testing.T, look func(where, expr string)) {
	t.Helper()
	raw, err := os.ReadFile("deploy/alerts.yml")
	if err != nil {
		t.Fatal(err)
	}
	var f struct {
		Groups []struct {
			Name  string
			Rules []struct {
				Alert, Expr, For    string
				Labels, Annotations map[string]string
			}
		}
	}
	if err := yaml.Unmarshal(raw, &f); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, g := range f.Groups {
		for _, r := range g.Rules {
			look(r.Alert, r.Expr)
			japanese := regexp.MustCompile(`\p{Hiragana}`).MatchString(r.Annotations["description"])
			if r.Alert == "" || seen[r.Alert] || r.For == "" || r.Annotations["summary"] == "" || !japanese || !slices.Contains([]string{"warning", "critical"}, r.Labels["severity"]) {
				t.Errorf("alert %q is not whole", r.Alert)
			}
			seen[r.Alert] = true
		}
	}
	if len(seen) < 8 {
		t.Errorf("%d alerts", len(seen))
	}
}

func dashboard(t *testing.T, look func(where, expr string)) {
	t.Helper()
	raw, err := os.ReadFile("deploy/grafana/kasane.json")
	if err != nil {
		t.Fatal(err)
	}
	var d struct {
		Title, UID string
		Panels     []struct {
			ID      int
			Title   string
			GridPos struct{ X, Y, W, H int }
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(raw, &d); err != nil {
		t.Fatal(err)
	}
	ids := map[int]bool{}
	for _, p := range d.Panels {
		if ids[p.ID] || p.Title == "" || len(p.Targets) == 0 || p.GridPos.X+p.GridPos.W > 24 {
			t.Errorf("panel %d %q is not whole", p.ID, p.Title)
		}
		ids[p.ID] = true
		for _, x := range p.Targets {
			look("panel "+p.Title, x.Expr)
		}
	}
	if d.UID == "" || len(ids) < 10 {
		t.Errorf("%q with %d panels", d.UID, len(ids))
	}
}
