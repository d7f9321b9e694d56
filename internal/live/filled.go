package live

import (
	"context"
	"slices"
	"strings"
	"time"
)

// FilledBetween names what a document held at some moment of a span, without any of it: headers and sheet fields by their labels, rows and role cells by their
// kind, sorted, each once. It is told from the log, so what was taken out since is named too. The caller has asked who may know.
func (s *Service) FilledBetween(ctx context.Context, tenant, docID string, from, to time.Time, names Names) ([]string, error) {
	m, err := s.store.DocMeta(ctx, tenant, docID)
	if err != nil {
		return nil, err
	}
	p, done, err := s.past(ctx, m)
	if err != nil {
		return nil, err
	}
	defer done()
	var begin, end int64
	for _, r := range p.rows {
		if !r.At.After(from) {
			begin = r.Seq
		}
		if !r.At.After(to) {
			end = r.Seq
		}
	}
	if err := p.to(begin, nil); err != nil {
		return nil, err
	}
	keys := p.d.filled()
	err = p.to(end, func(_ int, touched []string) {
		for _, k := range touched {
			if text, ok := strings.CutPrefix(k, textPrefix); ok && p.d.Text(text) != "" {
				keys = append(keys, text)
			} else if !ok && p.d.says(k) {
				keys = append(keys, k)
			}
		}
	})
	return labelled(keys, names), err
}

// filled are the keys that hold something now.
func (d *Document) filled() []string {
	keys := d.TextKeys()
	for _, k := range d.Keys() {
		if d.says(k) {
			keys = append(keys, k)
		}
	}
	return keys
}

// says tells whether a scalar says anything.
func (d *Document) says(key string) bool {
	v, ok := d.Value(key)
	return ok && v != nil && v != "" && v != false
}

func labelled(keys []string, names Names) []string {
	var out []string
	for _, k := range keys {
		if label := fieldKind(k, names); label != "" {
			out = append(out, label)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// fieldKind is the label of a key without the words of its row; "" where the key holds nothing of its own.
func fieldKind(key string, names Names) string {
	parts := strings.Split(key, "/")
	switch {
	case len(parts) == 1:
		return headerLabels[key]
	case len(parts) == 2 && parts[0] == "f":
		id := strings.TrimSuffix(parts[1], "_other")
		if n := names("field", id); n != "" {
			return n
		}
		return id
	case len(parts) == 4 && parts[0] == "cell":
		return "役割分担"
	case len(parts) == 3 && parts[2] != "ord" && parts[2] != "del":
		return rowLabels[parts[0]]
	}
	return ""
}
