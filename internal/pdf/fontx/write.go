package fontx

import (
	"encoding/binary"
	"maps"
	"slices"
)

var be = binary.BigEndian

// cutOutlines writes the tables that depend on the choice of glyphs: those of old, then the fitted ones.
func (f *Font) cutOutlines(old []uint16, fitted []form, renumber map[uint16]uint16) map[string][]byte {
	var glyf, loca, hmtx []byte
	add := func(outline []byte, adv, bearing int) {
		loca = be.AppendUint32(loca, uint32(len(glyf)))
		glyf = pad4(append(glyf, outline...))
		hmtx = be.AppendUint16(hmtx, uint16(adv))
		hmtx = be.AppendUint16(hmtx, uint16(bearing))
	}
	copied := func(g uint16) []byte {
		outline := slices.Clone(f.outline(g))
		eachPart(outline, func(at int, part uint16) { be.PutUint16(outline[at:], renumber[part]) })
		return outline
	}
	for _, g := range old {
		add(copied(g), int(f.adv[g]), f.bearing(int(g)))
	}
	moved := false
	for _, m := range fitted {
		outline, shift := copied(m.gid), f.units(m.fit.Shift)
		if shift != 0 && len(outline) >= 10 {
			outline, moved = shifted(outline, renumber[m.gid], shift), true
		}
		add(outline, f.units(m.fit.Width), f.bearing(int(m.gid))+shift)
	}
	loca = be.AppendUint32(loca, uint32(len(glyf)))
	glyphs := uint16(len(old) + len(fitted))
	head := slices.Clone(f.tables["head"])
	be.PutUint16(head[50:], 1) // long loca
	be.PutUint32(head[8:], 0)  // checksum, set by assemble
	hhea := slices.Clone(f.tables["hhea"])
	be.PutUint16(hhea[34:], glyphs)
	maxp := slices.Clone(f.tables["maxp"])
	be.PutUint16(maxp[4:], glyphs)
	if moved {
		allowParts(maxp)
	}
	post := append([]byte{0, 3, 0, 0}, f.tables["post"][4:16]...) // format 3: no glyph names
	post = append(post, make([]byte, 16)...)
	return map[string][]byte{"glyf": glyf, "loca": loca, "hmtx": hmtx, "head": head, "hhea": hhea, "maxp": maxp, "post": post}
}

// units turns 1/1000 em into the font's own units.
func (f *Font) units(milli int) int {
	half := 500
	if milli < 0 {
		half = -half
	}
	return (milli*f.upem + half) / 1000
}

// shifted is a glyph that draws another one further to the right: a composite of one part.
func shifted(outline []byte, part uint16, dx int) []byte {
	b := []byte{0xFF, 0xFF}
	for _, v := range []int{s16(outline, 2) + dx, s16(outline, 4), s16(outline, 6) + dx, s16(outline, 8)} {
		b = be.AppendUint16(b, uint16(v))
	}
	for _, v := range []int{0x0003, int(part), dx, 0} { // the arguments are words and distances
		b = be.AppendUint16(b, uint16(v))
	}
	return b
}

// allowParts raises the limits of maxp so that any glyph may be a part of another one.
func allowParts(maxp []byte) {
	if len(maxp) < 32 {
		return
	}
	for _, k := range []struct{ single, composite int }{{6, 10}, {8, 12}} { // points, contours
		be.PutUint16(maxp[k.composite:], uint16(max(u16(maxp, k.single), u16(maxp, k.composite))))
	}
	be.PutUint16(maxp[28:], uint16(max(u16(maxp, 28), 1)))
	be.PutUint16(maxp[30:], uint16(u16(maxp, 30)+1))
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
