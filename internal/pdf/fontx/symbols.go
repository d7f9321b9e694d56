package fontx

import "unicode/utf16"

// Symbols makes the house's own small face: the check marks that hardly any Japanese font has (☐ ☑ ☒ ✔).
// They are drawn as real glyphs, so that a check box wraps, copies and reads aloud like any other character.
func Symbols() (*Font, error) {
	frame := [][]point{
		{{110, -10}, {110, 770}, {890, 770}, {890, -10}},
		{{170, 50}, {830, 50}, {830, 710}, {170, 710}},
	}
	tick := []point{{235, 395}, {310, 455}, {435, 300}, {700, 650}, {775, 595}, {440, 160}}
	cross := []point{
		{250, 190}, {440, 380}, {250, 570}, {310, 630}, {500, 440}, {690, 630},
		{750, 570}, {560, 380}, {750, 190}, {690, 130}, {500, 320}, {310, 130},
	}
	return buildFace("KasaneSymbols", []shape{
		{0, frame},
		{'☐', frame},
		{'☑', append(frame[:2:2], tick)},
		{'☒', append(frame[:2:2], cross)},
		{'✔', [][]point{tick}},
	})
}

type point struct{ x, y int }

// shape is a character and its closed contours, straight lines only, on a 1000-unit em.
type shape struct {
	char     rune
	contours [][]point
}

const symbolEm = 1000

// buildFace writes a complete TrueType file; shapes are sorted by character, the first is .notdef.
func buildFace(name string, shapes []shape) (*Font, error) {
	var glyf, loca, hmtx []byte
	var pairs []codeGlyph
	for i, s := range shapes {
		loca = be.AppendUint32(loca, uint32(len(glyf)))
		glyf = pad4(append(glyf, simpleGlyph(s.contours)...))
		hmtx = be.AppendUint16(hmtx, symbolEm)
		hmtx = be.AppendUint16(hmtx, uint16(bounds(s.contours)[0]))
		if s.char != 0 {
			pairs = append(pairs, codeGlyph{int(s.char), i})
		}
	}
	loca = be.AppendUint32(loca, uint32(len(glyf)))
	n := len(shapes)
	box := []int{0, -120, 1000, 880}
	words := func(v ...int) (b []byte) {
		for _, x := range v {
			b = be.AppendUint16(b, uint16(x))
		}
		return b
	}
	head := append(words(1, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 0x0B, symbolEm), make([]byte, 16)...)
	head = append(append(head, words(box...)...), words(0, 8, 2, 1, 0)...)
	hhea := words(1, 0, 880, -120, 0, symbolEm, 0, 0, symbolEm, 1, 0, 0, 0, 0, 0, 0, 0, n)
	points, contours := 0, 0
	for _, s := range shapes {
		sum := 0
		for _, c := range s.contours {
			sum += len(c)
		}
		points, contours = max(points, sum), max(contours, len(s.contours))
	}
	maxp := words(1, 0, n, points, contours, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0)
	os2 := words(4, symbolEm, 400, 5, 0, 650, 600, 0, 75, 650, 600, 0, 350, 50, 300, 0)
	os2 = append(append(os2, make([]byte, 10+16)...), "KSNE"...)
	os2 = append(os2, words(0x40, 0x2610, 0x2714, 880, -120, 0, 880, 120, 0, 0, 0, 0, 500, 770, 0, 0x20, 1)...)
	post := append(words(3, 0, 0, 0, -100, 50), make([]byte, 20)...)
	return Parse(name, assemble(map[string][]byte{
		"cmap": format4(pairs), "glyf": glyf, "head": head, "hhea": hhea, "hmtx": hmtx, "loca": loca,
		"maxp": maxp, "name": nameTable(name), "OS/2": os2, "post": post,
	}))
}

func bounds(contours [][]point) [4]int {
	b := [4]int{symbolEm, symbolEm, 0, 0}
	for _, c := range contours {
		for _, p := range c {
			b = [4]int{min(b[0], p.x), min(b[1], p.y), max(b[2], p.x), max(b[3], p.y)}
		}
	}
	return b
}

// simpleGlyph encodes contours of on-curve points, with 16-bit coordinates throughout.
func simpleGlyph(contours [][]point) []byte {
	b := be.AppendUint16(nil, uint16(len(contours)))
	for _, v := range bounds(contours) {
		b = be.AppendUint16(b, uint16(v))
	}
	end := -1
	for _, c := range contours {
		end += len(c)
		b = be.AppendUint16(b, uint16(end))
	}
	b = be.AppendUint16(b, 0) // no instructions
	for range end + 1 {
		b = append(b, 1) // on the curve
	}
	var xs, ys []byte
	var at point
	for _, c := range contours {
		for _, p := range c {
			xs = be.AppendUint16(xs, uint16(p.x-at.x))
			ys = be.AppendUint16(ys, uint16(p.y-at.y))
			at = p
		}
	}
	return append(append(b, xs...), ys...)
}

// nameTable holds the names a reader expects: family, style, unique, full, version, PostScript.
func nameTable(name string) []byte {
	values := []string{1: name, 2: "Regular", 3: name + " 1", 4: name, 5: "Version 1.000", 6: name}
	var records, strings []byte
	for id := 1; id < len(values); id++ {
		at := len(strings)
		for _, u := range utf16.Encode([]rune(values[id])) {
			strings = be.AppendUint16(strings, u)
		}
		for _, v := range []int{3, 1, 0x409, id, len(strings) - at, at} {
			records = be.AppendUint16(records, uint16(v))
		}
	}
	n := len(values) - 1
	b := be.AppendUint16(be.AppendUint16(be.AppendUint16(nil, 0), uint16(n)), uint16(6+12*n))
	return append(append(b, records...), strings...)
}
