package ydoc

import "strings"

// JSON is the document as plain values, root by root. Roots that nobody defined are read as what they look like: with keys a map,
// with text a text, else an array. For a stable form use CanonicalJSON.
func (d *Doc) JSON() any {
	o := map[string]any{}
	for _, n := range d.RootNames() {
		o[n] = d.roots[n].ToJSON(KindUnknown)
	}
	return o
}

// ToJSON reads t, and all that is nested in it, as yjs's toJSON does: maps, arrays and texts without formats. Undefined becomes nil in an array
// and is left out of a map. k is the kind to read t as, KindUnknown for its own.
func (t *Type) ToJSON(k Kind) any {
	if k == KindUnknown {
		k = t.looksLike()
	}
	switch k {
	case KindMap, KindHook:
		o := map[string]any{}
		for _, key := range t.MapKeys() {
			v, _ := t.MapGet(key)
			if v = plain(v); !isUndefined(v) {
				o[key] = v
			}
		}
		return o
	case KindText, KindXMLText:
		return t.Text()
	case KindElement, KindFragment:
		return t.xml()
	}
	a := []any{}
	for v := range t.Values() {
		if v = plain(v); isUndefined(v) {
			v = nil
		}
		a = append(a, v)
	}
	return a
}

// plain replaces nested types by their JSON, and cleans objects of undefined.
func plain(v Value) any {
	switch v := v.(type) {
	case *Type:
		return v.ToJSON(KindUnknown)
	case SubDoc:
		return map[string]any{"guid": v.GUID}
	case []any:
		for i := range v {
			if v[i] = plain(v[i]); isUndefined(v[i]) {
				v[i] = nil
			}
		}
	case map[string]any:
		for k := range v {
			if v[k] = plain(v[k]); isUndefined(v[k]) {
				delete(v, k)
			}
		}
	}
	return v
}

func isUndefined(v any) bool {
	_, ok := v.(Undefined)
	return ok
}

// looksLike is the kind of t, guessed for a root that nobody defined.
func (t *Type) looksLike() Kind {
	if t.kind != KindUnknown {
		return t.kind
	}
	for _, it := range t.entries {
		if !it.deleted() {
			return KindMap
		}
	}
	for it := t.start; it != nil; it = it.right {
		switch it.kind {
		case ContentString, ContentEmbed, ContentFormat:
			return KindText
		case ContentDeleted:
		default:
			return KindArray
		}
	}
	if len(t.entries) > 0 {
		return KindMap
	}
	return KindArray
}

// xml is the markup of an XML type, unescaped as yjs gives it: for looking at, not for parsing.
func (t *Type) xml() string {
	var sb strings.Builder
	if t.kind == KindElement {
		sb.WriteString("<" + strings.ToLower(t.name))
		for _, k := range t.MapKeys() {
			if v, _ := t.MapGet(k); v != nil {
				s, _ := v.(string)
				sb.WriteString(" " + k + `="` + s + `"`)
			}
		}
		sb.WriteString(">")
	}
	for v := range t.Values() {
		if c, ok := v.(*Type); ok {
			if s, ok := c.ToJSON(KindUnknown).(string); ok {
				sb.WriteString(s)
			}
		}
	}
	if t.kind == KindElement {
		sb.WriteString("</" + strings.ToLower(t.name) + ">")
	}
	return sb.String()
}
