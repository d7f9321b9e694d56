package ydoc

import (
	"encoding/base64"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// CanonicalJSON is the visible content of the document in one form only: two documents give equal bytes exactly if they read alike, whatever their
// history. It is what is hashed when a plan is agreed, so its form must not change.
//
//	document   {"name": root, …}, roots without content left out; a root is {"list": […], "map": {…}}, each left out when empty, for the kind
//	           of a root is not part of a document
//	text       {"$s": "…", "$a": {formats}} in a list, "$a" left out when empty
//	embed      {"$e": value, "$a": {formats}}; likewise a type or a value to which formats apply
//	types      {"$array": […]}, {"$map": {…}}, {"$text": […], "$attrs": {…}}, {"$xmltext": …}, {"$element": […], "$name": "…", "$attrs": {…}},
//	           {"$fragment": […]}, {"$hook": […], "$name": "…", "$attrs": {…}}; an "$attrs" of nothing is left out
//	values     JSON, numbers as JavaScript writes them; {"$undefined": true}, {"$bigint": "1"}, {"$number": "NaN"}, {"$bytes": "base64"}, {"$doc": "guid"};
//	           a key of an object that begins with $ gets a second one
//
// Keys are sorted by code point, and there is no white space.
func (d *Doc) CanonicalJSON() []byte {
	b := []byte{'{'}
	for i, n := range d.RootNames() {
		if i > 0 {
			b = append(b, ',')
		}
		t := d.roots[n]
		b = append(quote(b, n), ':', '{')
		list := t.Delta()
		if len(list) > 0 {
			b = canonList(append(b, `"list":`...), list)
		}
		if keys := t.MapKeys(); len(keys) > 0 {
			if len(list) > 0 {
				b = append(b, ',')
			}
			b = t.canonMap(append(b, `"map":`...), keys)
		}
		b = append(b, '}')
	}
	return append(b, '}')
}

var canonNames = [...]string{KindArray: "$array", KindMap: "$map", KindText: "$text", KindElement: "$element", KindFragment: "$fragment",
	KindHook: "$hook", KindXMLText: "$xmltext"}

func canonType(b []byte, t *Type) []byte {
	keys := t.MapKeys()
	b = append(append(b, `{"`...), canonNames[t.kind]...)
	b = append(b, `":`...)
	if t.kind == KindMap {
		return append(t.canonMap(b, keys), '}')
	}
	b = canonList(b, t.Delta())
	if t.kind.named() {
		b = quote(append(b, `,"$name":`...), t.name)
	}
	if len(keys) > 0 {
		b = t.canonMap(append(b, `,"$attrs":`...), keys)
	}
	return append(b, '}')
}

func (t *Type) canonMap(b []byte, keys []string) []byte {
	b = append(b, '{')
	for i, k := range keys {
		if i > 0 {
			b = append(b, ',')
		}
		v, _ := t.MapGet(k)
		b = canonValue(append(quote(b, k), ':'), v)
	}
	return append(b, '}')
}

func canonList(b []byte, segs []Segment) []byte {
	b = append(b, '[')
	for i, s := range segs {
		if i > 0 {
			b = append(b, ',')
		}
		switch {
		case s.Kind == ContentString:
			b = quote(append(b, `{"$s":`...), s.Insert.(string))
		case s.Kind == ContentEmbed || len(s.Attributes) > 0:
			b = canonValue(append(b, `{"$e":`...), s.Insert)
		default:
			b = canonValue(b, s.Insert)
			continue
		}
		if len(s.Attributes) > 0 {
			b = canonObject(append(b, `,"$a":`...), s.Attributes)
		}
		b = append(b, '}')
	}
	return append(b, ']')
}

func canonObject(b []byte, o map[string]any) []byte {
	b = append(b, '{')
	for i, k := range slices.Sorted(maps.Keys(o)) {
		if i > 0 {
			b = append(b, ',')
		}
		v := o[k]
		if strings.HasPrefix(k, "$") {
			k = "$" + k
		}
		b = canonValue(append(quote(b, k), ':'), v)
	}
	return append(b, '}')
}

func canonValue(b []byte, v Value) []byte {
	switch v := v.(type) {
	case bool:
		return strconv.AppendBool(b, v)
	case int:
		return canonNumber(b, float64(v))
	case float64:
		return canonNumber(b, v)
	case string:
		return quote(b, v)
	case BigInt:
		b = strconv.AppendInt(append(b, `{"$bigint":"`...), int64(v), 10)
		return append(b, `"}`...)
	case []byte:
		b = base64.StdEncoding.AppendEncode(append(b, `{"$bytes":"`...), v)
		return append(b, `"}`...)
	case Undefined:
		return append(b, `{"$undefined":true}`...)
	case SubDoc:
		return append(quote(append(b, `{"$doc":`...), v.GUID), '}')
	case *Type:
		return canonType(b, v)
	case map[string]any:
		return canonObject(b, v)
	case []any:
		b = append(b, '[')
		for i, e := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = canonValue(b, e)
		}
		return append(b, ']')
	}
	return append(b, "null"...)
}

// canonNumber writes a number as JavaScript's String does; JSON has no word for what is not finite.
func canonNumber(b []byte, f float64) []byte {
	abs := math.Abs(f)
	switch {
	case f != f:
		return append(b, `{"$number":"NaN"}`...)
	case math.IsInf(f, 1):
		return append(b, `{"$number":"Infinity"}`...)
	case math.IsInf(f, -1):
		return append(b, `{"$number":"-Infinity"}`...)
	case f == 0:
		return append(b, '0')
	case abs >= 1e21 || abs < 1e-6:
		s := strconv.FormatFloat(f, 'e', -1, 64)
		s = strings.Replace(strings.Replace(s, "e-0", "e-", 1), "e+0", "e+", 1)
		return append(b, s...)
	}
	return strconv.AppendFloat(b, f, 'f', -1, 64)
}

// quote writes a string as JSON.stringify does: only what must be escaped is.
func quote(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c >= 0x20:
			b = append(b, c)
		case c == '\n':
			b = append(b, `\n`...)
		case c == '\r':
			b = append(b, `\r`...)
		case c == '\t':
			b = append(b, `\t`...)
		case c == '\b':
			b = append(b, `\b`...)
		case c == '\f':
			b = append(b, `\f`...)
		default:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
	}
	return append(b, '"')
}
