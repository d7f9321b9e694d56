package ydoc

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"unicode/utf8"
)

// Value is what a map entry or an array element holds: nil (null), Undefined, bool, int, float64, BigInt, string, []byte,
// []any, map[string]any, SubDoc, or *Type for a nested type. A whole number arrives as int when the browser sent it as one.
type Value = any

// Undefined is JavaScript's undefined, which is not null.
type Undefined struct{}

// BigInt is JavaScript's bigint, as far as yjs can store one.
type BigInt int64

// SubDoc stands for a document embedded by reference.
type SubDoc struct{ GUID string }

// Tags of lib0's any encoding.
const (
	anyBytes     = 116
	anyArray     = 117
	anyObject    = 118
	anyString    = 119
	anyTrue      = 120
	anyFalse     = 121
	anyBigInt    = 122
	anyFloat64   = 123
	anyFloat32   = 124
	anyInt       = 125
	anyNull      = 126
	anyUndefined = 127
)

// skipAny checks one any value and moves past it.
func (r *reader) skipAny(depth int) {
	if depth > maxNesting {
		r.fail("value nests too deeply")
		return
	}
	switch r.byte() {
	case anyUndefined, anyNull, anyTrue, anyFalse:
	case anyInt:
		r.sint()
	case anyFloat32:
		r.take(4)
	case anyFloat64, anyBigInt:
		r.take(8)
	case anyString:
		r.str()
	case anyBytes:
		r.bytes()
	case anyObject:
		for n := r.count(2); n > 0 && r.err == nil; n-- {
			r.str()
			r.skipAny(depth + 1)
		}
	case anyArray:
		for n := r.count(1); n > 0 && r.err == nil; n-- {
			r.skipAny(depth + 1)
		}
	default:
		r.fail("unknown value tag")
	}
}

// any reads one value of bytes that skipAny has checked.
func (r *reader) any() Value {
	switch r.byte() {
	case anyUndefined:
		return Undefined{}
	case anyTrue:
		return true
	case anyFalse:
		return false
	case anyInt:
		n, negZero := r.sint()
		if negZero {
			return math.Copysign(0, -1)
		}
		if int64(int(n)) != n {
			return float64(n)
		}
		return int(n)
	case anyFloat32:
		return float64(math.Float32frombits(binary.BigEndian.Uint32(r.take(4))))
	case anyFloat64:
		return math.Float64frombits(binary.BigEndian.Uint64(r.take(8)))
	case anyBigInt:
		return BigInt(binary.BigEndian.Uint64(r.take(8)))
	case anyString:
		return string(r.str())
	case anyBytes:
		return append([]byte{}, r.bytes()...)
	case anyObject:
		o := map[string]any{}
		for n := r.count(2); n > 0; n-- {
			k := string(r.str())
			o[k] = r.any()
		}
		return o
	case anyArray:
		a := []any{}
		for n := r.count(1); n > 0; n-- {
			a = append(a, r.any())
		}
		return a
	}
	return nil
}

// jsonValue reads the text of a JSON value that was checked before; "undefined" is yjs's own addition.
func jsonValue(s []byte) Value {
	if string(s) == "undefined" {
		return Undefined{}
	}
	var v any
	if json.Unmarshal(s, &v) != nil {
		return nil
	}
	return v
}

// putAny writes v as lib0 does: numbers in the smallest of three forms, object keys sorted so that equal values give equal bytes.
func putAny(b []byte, v Value, depth int) ([]byte, error) {
	if depth > maxNesting {
		return nil, fmt.Errorf("ydoc: value nests deeper than %d", maxNesting)
	}
	switch v := v.(type) {
	case nil:
		return append(b, anyNull), nil
	case Undefined:
		return append(b, anyUndefined), nil
	case bool:
		if v {
			return append(b, anyTrue), nil
		}
		return append(b, anyFalse), nil
	case int:
		return putAny(b, int64(v), depth)
	case int64:
		if v > maxSafe || v < -maxSafe {
			return nil, fmt.Errorf("ydoc: %d is no integer of JavaScript", v)
		}
		return putNumber(b, float64(v)), nil
	case float64:
		return putNumber(b, v), nil
	case BigInt:
		return binary.BigEndian.AppendUint64(append(b, anyBigInt), uint64(v)), nil
	case string:
		if !utf8.ValidString(v) {
			return nil, fmt.Errorf("ydoc: string is not UTF-8")
		}
		return putStr(append(b, anyString), v), nil
	case []byte:
		return putBytes(append(b, anyBytes), v), nil
	case []string:
		b = putUint(append(b, anyArray), uint64(len(v)))
		return putAll(b, slices.Values(v), depth)
	case []any:
		b = putUint(append(b, anyArray), uint64(len(v)))
		return putAll(b, slices.Values(v), depth)
	case map[string]any:
		var err error
		b = putUint(append(b, anyObject), uint64(len(v)))
		for _, k := range slices.Sorted(maps.Keys(v)) {
			if !utf8.ValidString(k) {
				return nil, fmt.Errorf("ydoc: object key is not UTF-8")
			}
			if b, err = putAny(putStr(b, k), v[k], depth+1); err != nil {
				return nil, err
			}
		}
		return b, nil
	}
	return nil, fmt.Errorf("ydoc: cannot store a %T", v)
}

// putAll writes the elements of an array.
func putAll[E any](b []byte, seq func(func(E) bool), depth int) ([]byte, error) {
	var err error
	for e := range seq {
		if b, err = putAny(b, e, depth+1); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func putNumber(b []byte, f float64) []byte {
	const largest = 1<<31 - 1
	switch {
	case f == 0 && math.Signbit(f):
		return append(b, anyInt, 64)
	case f == math.Trunc(f) && math.Abs(f) <= largest:
		return putSint(append(b, anyInt), int64(f))
	case float64(float32(f)) == f:
		return binary.BigEndian.AppendUint32(append(b, anyFloat32), math.Float32bits(float32(f)))
	}
	return binary.BigEndian.AppendUint64(append(b, anyFloat64), math.Float64bits(f))
}
