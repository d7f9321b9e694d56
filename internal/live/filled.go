package live

import (
	"slices"
	"strings"
)

// Filled names what a document holds now, without any of it: headers and sheet fields by their labels, rows and role cells by their kind. Sorted, each once.
func (d *Document) Filled(names Names) []string {
	keys := d.TextKeys()
	for _, k := range d.Keys() {
		if v, ok := d.Value(k); ok && v != nil && v != "" && v != false {
			keys = append(keys, k)
		}
	}
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
