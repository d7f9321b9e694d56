package archive

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// SearchText is what a record is found by: its number and names, and every word of the content it was made from.
func SearchText(r Record, content []byte) string {
	var b strings.Builder
	b.WriteString(r.Number + "\n" + r.Title + "\n" + r.FileName + "\n" + r.CaseNumber)
	var v any
	if len(content) > 0 && json.Unmarshal(content, &v) == nil {
		words(&b, v)
	}
	return b.String()
}

// words adds the texts of a JSON value, without keys, ids and hashes.
func words(b *strings.Builder, v any) {
	switch v := v.(type) {
	case string:
		if !token(v) {
			b.WriteString("\n" + v)
		}
	case []any:
		for _, x := range v {
			words(b, x)
		}
	case map[string]any: // the order does not matter to who searches, but the copy is compared by bytes
		for _, k := range slices.Sorted(maps.Keys(v)) {
			words(b, v[k])
		}
	}
}

// token tells an id, a hash or a code from a text.
func token(s string) bool {
	return s == "" || len(s) >= 16 && !strings.ContainsFunc(s, func(r rune) bool {
		return r != '-' && r != '_' && r != '.' && r != ':' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
}
