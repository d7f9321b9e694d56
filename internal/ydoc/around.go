package ydoc

import "unicode/utf8"

// maxPieces is how many places of a text are read one by one; a change of more has the whole text read once.
const maxPieces = 64

// Around gives the visible text at every place where the transaction wrote into ty or deleted from it: what it wrote there, and on both sides as much as
// there is up to the first character for which stop is true, that one included. A rule about neighbouring characters then need not read a long text again
// for each key pressed. A change of very many places gives the whole text. Ask before the document changes again.
func (t *Txn) Around(ty *Type, stop func(rune) bool) []string {
	var out []string
	for _, spans := range [][]clientSpan{t.added, t.deleted} {
		for _, s := range spans {
			l := &t.doc.logs[s.client]
			for i := l.find(s.from); i < len(l.items) && l.items[i].id.clock < s.to; i++ {
				it := l.items[i]
				if it.parent != ty || it.sub != 0 {
					continue
				}
				if len(out) == maxPieces {
					return []string{ty.Text()}
				}
				out = append(out, it.around(s.span, stop))
			}
		}
	}
	return out
}

// around is what stands in the part s of the item, and on both sides up to where it stops.
func (it *item) around(s span, stop func(rune) bool) string {
	var left, middle, right []byte // of this item
	if it.readable() {
		text := it.bytes()
		from := unitOffset(text, int(max(s.from, it.id.clock)-it.id.clock), int(it.length))
		to := unitOffset(text, int(min(s.to, it.end())-it.id.clock), int(it.length))
		left, middle, right = text[:from], text[from:to], text[to:]
	}
	var before [][]byte
	for at := it.left; ; at = at.left {
		n, stopped := tail(left, stop)
		before = append(before, left[len(left)-n:])
		if stopped || at == nil {
			break
		}
		left = nil
		if at.readable() {
			left = at.bytes()
		}
	}
	var out []byte
	for i := len(before) - 1; i >= 0; i-- {
		out = append(out, before[i]...)
	}
	out = append(out, middle...)
	for at := it.right; ; at = at.right {
		n, stopped := head(right, stop)
		out = append(out, right[:n]...)
		if stopped || at == nil {
			return string(out)
		}
		right = nil
		if at.readable() {
			right = at.bytes()
		}
	}
}

// readable tells whether the item is text that a reader sees.
func (it *item) readable() bool { return it.kind == ContentString && !it.deleted() }

// head is how many bytes of s go up to the first character at which it stops, that included; tail the same from the end.
func head(s []byte, stop func(rune) bool) (n int, stopped bool) {
	for n < len(s) {
		r, size := utf8.DecodeRune(s[n:])
		n += size
		if stop(r) {
			return n, true
		}
	}
	return n, false
}

func tail(s []byte, stop func(rune) bool) (n int, stopped bool) {
	for n < len(s) {
		r, size := utf8.DecodeLastRune(s[:len(s)-n])
		n += size
		if stop(r) {
			return n, true
		}
	}
	return n, false
}

// unitOffset is utf16Offset in a text of length units, counted from whichever end is nearer. Of a pair it is where the pair begins.
func unitOffset(s []byte, k, length int) int {
	switch {
	case len(s) == length:
		return k
	case k <= length/2:
		off, _ := utf16Offset(s, k)
		return off
	}
	off := len(s)
	for n := length; n > k; {
		off--
		for off > 0 && !utf8.RuneStart(s[off]) {
			off--
		}
		if n--; s[off] >= 0xF0 {
			n--
		}
	}
	return off
}
