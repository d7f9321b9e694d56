package live

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"kasane/internal/ydoc"
)

// Canonical is the visible content in the one form that is hashed, and its SHA-256 in lower hex. Equal content gives equal bytes.
func (d *Document) Canonical() (json []byte, sha string) {
	json = d.doc.CanonicalJSON()
	return json, sum(json)
}

// Value is the scalar at a key: string, int, float64, bool or nil. ok is false when nothing was ever set there.
func (d *Document) Value(key string) (v any, ok bool) {
	switch v, ok = d.values.MapGet(key); v.(type) {
	case nil, string, int, float64, bool:
		return v, ok
	}
	return nil, false
}

// String is the string at a key, "" if there is none.
func (d *Document) String(key string) string {
	v, _ := d.Value(key)
	s, _ := v.(string)
	return s
}

// Text is the text at a key, "" if there is none.
func (d *Document) Text(key string) string { return d.doc.Root(textPrefix + key).Text() }

// Keys are the keys of all scalars, sorted.
func (d *Document) Keys() []string { return d.values.MapKeys() }

// TextKeys are the keys of all texts that are not empty, sorted.
func (d *Document) TextKeys() []string {
	var keys []string
	for _, root := range d.doc.RootNames() {
		if key, ok := strings.CutPrefix(root, textPrefix); ok {
			keys = append(keys, key)
		}
	}
	return keys
}

// Line is one row of a list (課題, 目標, 支援項目 …).
type Line struct {
	ID  string
	Ord string
}

// Rows are the rows of a kind that are not deleted, in their order.
func (d *Document) Rows(kind string) []Line {
	var lines []Line
	for _, key := range d.values.MapKeys() {
		id, ok := strings.CutPrefix(key, kind+"/")
		if !ok {
			continue
		}
		if id, ok = strings.CutSuffix(id, "/ord"); !ok || strings.Contains(id, "/") {
			continue
		}
		if del, _ := d.Value(kind + "/" + id + "/del"); del == true {
			continue
		}
		if ord := d.String(key); ord != "" {
			lines = append(lines, Line{ID: id, Ord: ord})
		}
	}
	SortLines(lines)
	return lines
}

// SortLines orders rows by Ord as bytes, ties by id; lists that lie in several documents are merged with it.
func SortLines(lines []Line) {
	slices.SortFunc(lines, func(a, b Line) int {
		return cmp.Or(strings.Compare(a.Ord, b.Ord), strings.Compare(a.ID, b.ID))
	})
}

// Author is who wrote with a Yjs client id, as known at the time of first writing.
type Author struct {
	ActorID    string
	ActorName  string
	AgencyID   string
	AgencyName string
	Since      time.Time
}

// Authors tells for each Yjs client id of a document who wrote with it, from the rows of the log.
func (s *Service) Authors(ctx context.Context, tenant, docID string) (map[uint64]Author, error) {
	rows, err := s.store.Since(ctx, tenant, docID, 0)
	if err != nil {
		return nil, err
	}
	return AuthorsOf(rows), nil
}

// AuthorsOf reads the authors from rows. A row that is no update tells nothing.
func AuthorsOf(rows []Row) map[uint64]Author {
	authors := map[uint64]Author{}
	for _, r := range rows {
		ids, err := ydoc.Clients(r.Update)
		if err != nil {
			continue
		}
		for _, c := range ids {
			if _, ok := authors[c]; !ok {
				authors[c] = Author{ActorID: r.ActorID, ActorName: r.ActorName, AgencyID: r.AgencyID, AgencyName: r.AgencyName, Since: r.At}
			}
		}
	}
	return authors
}

// Passage is a stretch of text by one author.
type Passage struct {
	Text   string
	Author Author
}

// Passages are the visible text at a key in order, by author; neighbours by one person are joined.
func (d *Document) Passages(key string, authors map[uint64]Author) []Passage {
	var out []Passage
	for _, run := range d.doc.TextRuns(d.doc.Root(textPrefix + key)) {
		a := authors[run.Client]
		if n := len(out); n > 0 && out[n-1].Author.ActorID == a.ActorID {
			out[n-1].Text += run.Text
			continue
		}
		out = append(out, Passage{Text: run.Text, Author: a})
	}
	return out
}

// Wrote is the author of the present value of a scalar.
func (d *Document) Wrote(key string, authors map[uint64]Author) (Author, bool) {
	c, ok := d.values.MapClient(key)
	if !ok {
		return Author{}, false
	}
	a, ok := authors[c]
	return a, ok
}
