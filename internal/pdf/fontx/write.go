package fontx

import (
	"encoding/binary"
	"maps"
	"slices"
)

var be = binary.BigEndian

// cutOutlines writes the tables that depend on the choice of glyphs.
func (f *Font) cutOutlines(old []uint16, renumber map[uint16]uint16) map[string][]byte {
	var glyf, loca, hmtx []byte
	for _, g := range old {
		loca = be.AppendUint32(loca, uint32(len(glyf)))
		outline := slices.Clone(f.outline(g))
		eachPart(outline, func(at int, part uint16) { be.PutUint16(outline[at:], renumber[part]) })
		glyf = pad4(append(glyf, outline...))
		hmtx = be.AppendUint16(hmtx, f.adv[g])
		hmtx = be.AppendUint16(hmtx, uint16(f.bearing(int(g))))
	}
	loca = be.AppendUint32(loca, uint32(len(glyf)))
	head := slices.Clone(f.tables["head"])
	be.PutUint16(head[50:], 1) // long loca
	be.PutUint32(head[8:], 0)  // checksum, set by assemble
	hhea := slices.Clone(f.tables["hhea"])
	be.PutUint16(hhea[34:], uint16(len(old)))
	maxp := slices.Clone(f.tables["maxp"])
	be.PutUint16(maxp[4:], uint16(len(old)))
	post := append([]byte{0, 3, 0, 0}, f.tables["post"][4:16]...) // format 3: no glyph names
	post = append(post, make([]byte, 16)...)
	return map[string][]byte{"glyf": glyf, "loca": loca, "hmtx": hmtx, "head": head, "hhea": hhea, "maxp": maxp, "post": post}
}

type codeGlyph struct{ code, glyph int }

// format4 writes a cmap with one segment per run of consecutive codes and glyphs; pairs are sorted by code.
func format4(pairs []codeGlyph) []byte {
	type segment struct{ first, last, glyph int }
	var segs []segment
	for _, p := range pairs {
		if n := len(segs); n > 0 && segs[n-1].last+1 == p.code && segs[n-1].glyph+p.code-segs[n-1].first == p.glyph {
			segs[n-1].last = p.code
			continue
		}
		segs = append(segs, segment{p.code, p.code, p.glyph})
	}
	segs = append(segs, segment{0xFFFF, 0xFFFF, 0})
	n := len(segs)
	search, selector := searchRange(n, 2)
	var b []byte
	for _, v := range []int{0, 1, 3, 1, 0, 12, 4, 16 + 8*n, 0, 2 * n, search, selector, 2*n - search} {
		b = be.AppendUint16(b, uint16(v))
	}
	for _, s := range segs {
		b = be.AppendUint16(b, uint16(s.last))
	}
	b = be.AppendUint16(b, 0)
	for _, s := range segs {
		b = be.AppendUint16(b, uint16(s.first))
	}
	for _, s := range segs {
		delta := s.glyph - s.first
		if s.first == 0xFFFF {
			delta = 1
		}
		b = be.AppendUint16(b, uint16(delta))
	}
	return append(b, make([]byte, 2*n)...) // no range offsets
}

func searchRange(n, unit int) (search, selector int) {
	search = unit
	for search*2 <= n*unit {
		search, selector = search*2, selector+1
	}
	return search, selector
}

// assemble puts tables into a font file with right checksums.
func assemble(tables map[string][]byte) []byte {
	names := slices.Sorted(maps.Keys(tables))
	n := len(names)
	search, selector := searchRange(n, 16)
	out := []byte{0, 1, 0, 0}
	for _, v := range []int{n, search, selector, n*16 - search} {
		out = be.AppendUint16(out, uint16(v))
	}
	off, head := 12+16*n, 0
	for _, k := range names {
		if k == "head" {
			head = off
		}
		out = append(out, k...)
		for _, v := range []uint32{checksum(tables[k]), uint32(off), uint32(len(tables[k]))} {
			out = be.AppendUint32(out, v)
		}
		off += (len(tables[k]) + 3) &^ 3
	}
	for _, k := range names {
		out = pad4(append(out, tables[k]...))
	}
	be.PutUint32(out[head+8:], 0xB1B0AFBA-checksum(out))
	return out
}

func pad4(b []byte) []byte {
	for len(b)%4 != 0 {
		b = append(b, 0)
	}
	return b
}

func checksum(b []byte) (s uint32) {
	for i := 0; i < len(b); i += 4 {
		var w [4]byte
		copy(w[:], b[i:])
		s += be.Uint32(w[:])
	}
	return s
}
