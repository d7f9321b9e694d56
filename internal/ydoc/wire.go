package ydoc

import (
	"encoding/binary"
	"errors"
	"fmt"
	"unicode/utf8"
)

// Errors of decoding and integration; all are wrapped with the detail.
var (
	// ErrMalformed: the bytes are no update, or no state vector. The document is as it was.
	ErrMalformed = errors.New("ydoc: malformed")
	// ErrLimit: the bytes are sound, but go beyond what this package holds: clocks of 32 bits, 4 GB and 500,000 structs an
	// update. The document is as it was.
	ErrLimit = errors.New("ydoc: beyond the limits")
	// ErrBudget: integration would cost too much, or nests too deeply. The document is as it was.
	ErrBudget = errors.New("ydoc: over budget")
)

const (
	maxSafe    = 1<<53 - 1 // the largest integer of JavaScript: bounds clients, clocks and lengths
	maxNesting = 64        // of one any value
)

// ID names one element: the clock-th that the client made.
type ID struct{ Client, Clock uint64 }

// reader reads lib0's encoding. The first fault sticks: every later read yields zero values.
type reader struct {
	b     []byte
	p     int
	err   error
	arena []byte // what decoded contents are copied to, so that they do not hold the caller's buffer
}

func (r *reader) fail(what string) {
	if r.err == nil {
		r.err = fmt.Errorf("%w: %s at byte %d", ErrMalformed, what, r.p)
	}
	r.p = len(r.b)
}

// limit fails for what is no fault of the bytes.
func (r *reader) limit(what string) {
	if r.err == nil {
		r.err = fmt.Errorf("%w: %s at byte %d", ErrLimit, what, r.p)
	}
	r.p = len(r.b)
}

func (r *reader) rest() int { return len(r.b) - r.p }

// end fails unless every byte was read.
func (r *reader) end() error {
	if r.err == nil && r.p != len(r.b) {
		r.fail("bytes left over")
	}
	return r.err
}

func (r *reader) byte() byte {
	if r.p >= len(r.b) {
		r.fail("unexpected end")
		return 0
	}
	c := r.b[r.p]
	r.p++
	return c
}

// uint reads a varUint of at most 53 bits.
func (r *reader) uint() uint64 {
	var n uint64
	for s := uint(0); s < 56; s += 7 {
		c := r.byte()
		n |= uint64(c&127) << s
		if c < 128 {
			if n > maxSafe {
				r.fail("integer out of range")
				return 0
			}
			return n
		}
	}
	r.fail("integer out of range")
	return 0
}

// sint reads a varInt: the first byte holds a sign bit and six bits. negZero tells -0, which JavaScript has.
func (r *reader) sint() (n int64, negZero bool) {
	c := r.byte()
	u := uint64(c & 63)
	neg := c&64 != 0
	for s := uint(6); c >= 128; s += 7 {
		if s > 53 {
			r.fail("integer out of range")
			return 0, false
		}
		c = r.byte()
		u |= uint64(c&127) << s
	}
	if u > maxSafe {
		r.fail("integer out of range")
		return 0, false
	}
	if neg {
		return -int64(u), u == 0
	}
	return int64(u), false
}

// count reads a number of elements of at least size bytes each, which therefore cannot exceed what is left.
func (r *reader) count(size int) int {
	n := r.uint()
	if n > uint64(r.rest()/size) {
		r.fail("count exceeds the data")
		return 0
	}
	return int(n)
}

// take reads n bytes, which stay the caller's.
func (r *reader) take(n int) []byte {
	if n > r.rest() {
		r.fail("unexpected end")
		return nil
	}
	s := r.b[r.p : r.p+n : r.p+n]
	r.p += n
	return s
}

// bytes reads a varUint8Array.
func (r *reader) bytes() []byte {
	n := r.uint()
	if n > uint64(r.rest()) {
		r.fail("length exceeds the data")
		return nil
	}
	return r.take(int(n))
}

// str reads a varString, which must be valid UTF-8 as yjs demands too.
func (r *reader) str() []byte {
	s := r.bytes()
	if !utf8.Valid(s) {
		r.fail("invalid UTF-8")
		return nil
	}
	return s
}

func (r *reader) id() ID {
	c := r.uint()
	return ID{c, r.uint()}
}

// keep copies s to memory that the decoded update owns. Small pieces share one allocation.
func (r *reader) keep(s []byte) []byte {
	if len(s) == 0 {
		return nil
	}
	const chunk = 4096
	if len(s) > len(r.arena) {
		r.arena = make([]byte, max(len(s), min(r.rest(), chunk)))
	}
	k := r.arena[:len(s):len(s)]
	r.arena = r.arena[len(s):]
	copy(k, s)
	return k
}

func putUint(b []byte, n uint64) []byte  { return binary.AppendUvarint(b, n) }
func putBytes(b []byte, s []byte) []byte { return append(putUint(b, uint64(len(s))), s...) }
func putStr(b []byte, s string) []byte   { return append(putUint(b, uint64(len(s))), s...) }
func putID(b []byte, id ID) []byte       { return putUint(putUint(b, id.Client), id.Clock) }

// putSint writes a varInt.
func putSint(b []byte, n int64) []byte {
	u, sign := uint64(n), byte(0)
	if n < 0 {
		u, sign = uint64(-n), 64
	}
	c := byte(u&63) | sign
	if u >>= 6; u > 0 {
		return putUint(append(b, c|128), u)
	}
	return append(b, c)
}
