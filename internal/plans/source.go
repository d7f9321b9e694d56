package plans

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
)

// Source is a document in the flat schema: a live one (*live.Document) or one of a stored version.
type Source interface {
	String(key string) string
	Text(key string) string
	Keys() []string
	TextKeys() []string
	Rows(kind string) []live.Line
}

var _ Source = (*live.Document)(nil)

// Part is one document of a plan with its place.
type Part struct {
	Place
	Source
}

// stored is a document read from canonical JSON.
type stored struct {
	values map[string]any
	texts  map[string]string
}

func (s stored) String(key string) string { v, _ := s.values[key].(string); return v }
func (s stored) Text(key string) string   { return s.texts[key] }
func (s stored) Keys() []string           { return sortedKeys(s.values) }
func (s stored) TextKeys() []string       { return sortedKeys(s.texts) }

func (s stored) Rows(kind string) []live.Line {
	var lines []live.Line
	for _, key := range s.Keys() {
		id, ok := strings.CutPrefix(key, kind+"/")
		if !ok {
			continue
		}
		if id, ok = strings.CutSuffix(id, "/ord"); !ok || strings.Contains(id, "/") {
			continue
		}
		if s.values[kind+"/"+id+"/del"] == true {
			continue
		}
		if ord := s.String(key); ord != "" {
			lines = append(lines, live.Line{ID: id, Ord: ord})
		}
	}
	live.SortLines(lines)
	return lines
}

func sortedKeys[T any](m map[string]T) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// canonicalPlan mirrors what CanonicalPlan writes.
type canonicalPlan struct {
	Case  string `json:"case"`
	Plan  string `json:"plan"`
	Round int    `json:"round"`
	Docs  []struct {
		Item   consent.Item             `json:"item"`
		Person string                   `json:"person"`
		State  map[string]canonicalRoot `json:"state"`
	} `json:"docs"`
}

type canonicalRoot struct {
	List []struct {
		S string `json:"$s"`
	} `json:"list"`
	Map map[string]any `json:"map"`
}

// StoredParts reads the documents of a version from its canonical JSON. heads gives the document ids back by person and item.
func StoredParts(canonical []byte, heads []DocHead) (Plan, []Part, error) {
	var c canonicalPlan
	if err := json.Unmarshal(canonical, &c); err != nil {
		return Plan{}, nil, fault.Wrap(fault.Internal, fmt.Errorf("plans: stored version: %w", err), "")
	}
	ids := map[Place]string{}
	for _, h := range heads {
		ids[Place{PersonID: h.PersonID, Item: h.Item}] = h.DocID
	}
	parts := make([]Part, 0, len(c.Docs))
	for _, d := range c.Docs {
		src := stored{values: d.State["v"].Map, texts: map[string]string{}}
		for name, root := range d.State {
			if key, ok := strings.CutPrefix(name, "t:"); ok {
				for _, seg := range root.List {
					src.texts[key] += seg.S
				}
			}
		}
		at := Place{PersonID: d.Person, Item: d.Item}
		at.DocID = ids[Place{PersonID: d.Person, Item: d.Item}]
		parts = append(parts, Part{Place: at, Source: src})
	}
	return Plan{ID: c.Plan, CaseID: c.Case, Round: c.Round}, parts, nil
}
