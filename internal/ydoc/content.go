package ydoc

import "encoding/json"

// Contents are kept as on the wire, which makes re-encoding lossless and reading lazy:
//
//	ContentString  the UTF-8 text
//	ContentAny     the values one after the other
//	ContentJSON    the varStrings one after the other
//	ContentBinary  the bytes
//	ContentEmbed   the JSON text
//	ContentFormat  varString key, varString JSON
//	ContentDoc     varString guid, any value
//	ContentDeleted nothing: the length says all
//	ContentType    nothing: item.typ is the type

const replacement = "\uFFFD"

// utf16Len counts the UTF-16 units of valid UTF-8.
func utf16Len(s []byte) int {
	n := 0
	for _, c := range s {
		switch {
		case c < 0x80 || c >= 0xC0 && c < 0xF0:
			n++
		case c >= 0xF0:
			n += 2
		}
	}
	return n
}

// utf16Offset gives the byte offset of the k-th UTF-16 unit. If that is the second half of a surrogate pair, pair is true and the
// offset is the pair's.
func utf16Offset(s []byte, k int) (off int, pair bool) {
	for n := 0; off < len(s); {
		if n == k {
			return off, false
		}
		switch c := s[off]; {
		case c < 0x80:
			off, n = off+1, n+1
		case c < 0xE0:
			off, n = off+2, n+1
		case c < 0xF0:
			off, n = off+3, n+1
		default:
			if n+1 == k {
				return off, true
			}
			off, n = off+4, n+2
		}
	}
	return len(s), false
}

// elementOffset gives the byte offset of the k-th element of ContentAny or ContentJSON.
func elementOffset(kind ContentKind, s []byte, k int) int {
	r := reader{b: s}
	for ; k > 0; k-- {
		if kind == ContentAny {
			r.skipAny(0)
		} else {
			r.bytes()
		}
	}
	return r.p
}

// splitContent cuts content of length elements after k of them. A surrogate pair cut in two becomes U+FFFD on both sides, as in yjs: pair tells.
func splitContent(kind ContentKind, s []byte, k, length int) (left, right []byte, pair bool) {
	off := 0
	switch kind {
	case ContentString:
		if off = k; len(s) != length {
			off, pair = utf16Offset(s, k)
		}
		if pair {
			left = append(s[:off:off], replacement...)
			right = append([]byte(replacement), s[off+4:]...)
			return left, right, true
		}
	case ContentAny, ContentJSON:
		off = elementOffset(kind, s, k)
	}
	return s[:off:off], s[off:], false
}

// part is content[from:to] as it would be written after such cuts, without touching s.
func part(kind ContentKind, s []byte, from, to, length int) []byte {
	if to < length {
		s, _, _ = splitContent(kind, s, to, length)
	}
	if from > 0 {
		_, s, _ = splitContent(kind, s, from, to)
	}
	return s
}

// mergesContent says which kinds yjs joins with their neighbours.
func mergesContent(k ContentKind) bool {
	return k == ContentDeleted || k == ContentString || k == ContentAny || k == ContentJSON
}

// content reads what follows the head of a struct into it and sets its length.
func (r *decoder) content(it *item) {
	it.length = 1
	from := r.p
	switch it.kind {
	case ContentDeleted:
		it.length = int(r.uint())
		it.flags |= flagDeleted
		return
	case ContentJSON, ContentAny:
		it.length = r.count(1)
		from = r.p
		for n := it.length; n > 0 && r.err == nil; n-- {
			if it.kind == ContentAny {
				r.skipAny(0)
			} else {
				r.json(true)
			}
		}
		it.buf = r.keep(r.b[from:r.p])
	case ContentBinary:
		it.buf = r.keep(r.bytes())
	case ContentString:
		it.buf = r.keep(r.str())
		it.length = utf16Len(it.buf)
	case ContentEmbed:
		it.buf = r.keep(r.json(false))
	case ContentFormat:
		r.str()
		r.json(false)
		it.buf = r.keep(r.b[from:r.p])
	case ContentType:
		it.typ = r.typ(it)
	case ContentDoc:
		r.str()
		r.skipAny(0)
		it.buf = r.keep(r.b[from:r.p])
	default:
		r.fail("unknown content")
	}
}

// json reads a varString that must be JSON.
func (r *decoder) json(undefined bool) []byte {
	s := r.str()
	if r.err == nil && !json.Valid(s) && !(undefined && string(s) == "undefined") {
		r.fail("invalid JSON")
		return nil
	}
	return s
}

func (r *decoder) typ(it *item) *Type {
	n := r.uint()
	if n > uint64(KindXMLText-KindArray) {
		r.fail("unknown type")
		return nil
	}
	t := &Type{item: it, kind: KindArray + Kind(n)}
	if t.kind.named() {
		t.name = string(r.str())
	}
	return t
}

// appendContent writes elements from..to of it.
func (it *item) appendContent(b []byte, from, to int) []byte {
	switch it.kind {
	case ContentDeleted:
		return putUint(b, uint64(to-from))
	case ContentType:
		b = putUint(b, uint64(it.typ.kind-KindArray))
		if it.typ.kind.named() {
			b = putStr(b, it.typ.name)
		}
		return b
	case ContentString:
		return putBytes(b, part(it.kind, it.buf, from, to, it.length))
	case ContentAny, ContentJSON:
		return append(putUint(b, uint64(to-from)), part(it.kind, it.buf, from, to, it.length)...)
	case ContentBinary, ContentEmbed:
		return putBytes(b, it.buf)
	}
	return append(b, it.buf...)
}

// each yields the values of it as elements of a list; text as one string.
func (it *item) each(yield func(Value) bool) bool {
	r := reader{b: it.buf}
	switch it.kind {
	case ContentAny:
		for n := it.length; n > 0; n-- {
			if !yield(r.any()) {
				return false
			}
		}
		return true
	case ContentJSON:
		for n := it.length; n > 0; n-- {
			if !yield(jsonValue(r.bytes())) {
				return false
			}
		}
		return true
	}
	return yield(it.lastValue())
}

// lastValue is what an entry of a map shows: the last element.
func (it *item) lastValue() Value {
	r := reader{b: it.buf}
	switch it.kind {
	case ContentAny:
		r.p = elementOffset(it.kind, it.buf, it.length-1)
		return r.any()
	case ContentJSON:
		r.p = elementOffset(it.kind, it.buf, it.length-1)
		return jsonValue(r.bytes())
	case ContentBinary:
		return append([]byte{}, it.buf...)
	case ContentString:
		return string(it.buf)
	case ContentEmbed:
		return jsonValue(it.buf)
	case ContentType:
		return it.typ
	case ContentDoc:
		return SubDoc{GUID: string(r.str())}
	}
	return nil
}

// format gives key and JSON value of a ContentFormat.
func (it *item) format() (key string, value []byte) {
	r := reader{b: it.buf}
	key = string(r.bytes())
	return key, r.bytes()
}
