package ydoc

import (
	"encoding/json"
	"math"
	"unsafe"
)

// content is what a struct holds: bytes, or of a ContentType the type. A slice and a pointer would take twice the 16 bytes, in every struct.
type content struct {
	ptr       unsafe.Pointer // *byte; *Type if the struct's kind is ContentType
	size, cap uint32
}

// bytes are the content of any kind but ContentType.
func (c *content) bytes() []byte { return unsafe.Slice((*byte)(c.ptr), c.cap)[:c.size] }

// setBytes puts s, which is shorter than 4 GB, for so is every update.
func (c *content) setBytes(s []byte) {
	*c = content{unsafe.Pointer(unsafe.SliceData(s)), uint32(len(s)), uint32(min(cap(s), math.MaxUint32))}
}

// typ is the type that a ContentType holds, nil for other kinds.
func (it *item) typ() *Type {
	if it.kind != ContentType {
		return nil
	}
	return (*Type)(it.ptr)
}

func (it *item) setType(t *Type) { it.content = content{ptr: unsafe.Pointer(t)} }

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
//	ContentType    the type itself

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

// part is elements from..to of the content of it, as they would be written after such cuts, without cutting.
func (it *item) part(from, to uint32) []byte {
	if from == 0 && to == it.length {
		return it.bytes()
	}
	return part(it.kind, it.bytes(), int(from), int(to), int(it.length))
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
		it.length = r.length()
		it.flags |= flagDeleted
	case ContentJSON, ContentAny:
		it.length = uint32(r.count(1))
		from = r.p
		for n := it.length; n > 0 && r.err == nil; n-- {
			if it.kind == ContentAny {
				r.skipAny(0)
			} else {
				r.json(true)
			}
		}
		it.setBytes(r.keep(r.b[from:r.p]))
	case ContentBinary:
		it.setBytes(r.keep(r.bytes()))
	case ContentString:
		s := r.str()
		it.setBytes(r.keep(s))
		it.length = uint32(utf16Len(s))
	case ContentEmbed:
		it.setBytes(r.keep(r.json(false)))
	case ContentFormat:
		r.str()
		r.json(false)
		it.setBytes(r.keep(r.b[from:r.p]))
	case ContentType:
		it.setType(r.typ(it))
	case ContentDoc:
		r.str()
		r.skipAny(0)
		it.setBytes(r.keep(r.b[from:r.p]))
	default:
		r.fail("unknown content")
	}
}

// json reads a varString that must be JSON.
func (r *reader) json(undefined bool) []byte {
	s := r.str()
	if r.err == nil && !json.Valid(s) && !(undefined && string(s) == "undefined") {
		r.fail("invalid JSON")
		return nil
	}
	return s
}

// kind reads the kind of a nested type.
func (r *reader) kind() Kind {
	n := r.uint()
	if n > uint64(KindXMLText-KindArray) {
		r.fail("unknown type")
		return KindUnknown
	}
	return KindArray + Kind(n)
}

func (r *decoder) typ(it *item) *Type {
	t := &Type{item: it, kind: r.kind()}
	if t.kind.named() {
		t.name = string(r.str())
	}
	return t
}

// appendContent writes elements from..to of it.
func (it *item) appendContent(b []byte, from, to uint32) []byte {
	switch it.kind {
	case ContentDeleted:
		return putUint(b, uint64(to-from))
	case ContentType:
		t := it.typ()
		if b = putUint(b, uint64(t.kind-KindArray)); t.kind.named() {
			b = putStr(b, t.name)
		}
		return b
	case ContentString:
		return putBytes(b, it.part(from, to))
	case ContentAny, ContentJSON:
		return append(putUint(b, uint64(to-from)), it.part(from, to)...)
	case ContentBinary, ContentEmbed:
		return putBytes(b, it.bytes())
	}
	return append(b, it.bytes()...)
}

// each yields the values of it as elements of a list; text as one string.
func (it *item) each(yield func(Value) bool) bool {
	r := reader{b: it.bytes()}
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
	r := reader{b: it.bytes()}
	switch it.kind {
	case ContentAny:
		r.p = elementOffset(it.kind, r.b, int(it.length)-1)
		return r.any()
	case ContentJSON:
		r.p = elementOffset(it.kind, r.b, int(it.length)-1)
		return jsonValue(r.bytes())
	case ContentBinary:
		return append([]byte{}, r.b...)
	case ContentString:
		return string(r.b)
	case ContentEmbed:
		return jsonValue(r.b)
	case ContentType:
		return it.typ()
	case ContentDoc:
		return SubDoc{GUID: string(r.str())}
	}
	return nil
}

// format gives key and JSON value of a ContentFormat.
func (it *item) format() (key string, value []byte) {
	r := reader{b: it.bytes()}
	key = string(r.bytes())
	return key, r.bytes()
}
