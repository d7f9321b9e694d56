package fontx

import (
	"maps"
	"slices"
)

// The private-use area on which glyphs without a BMP character of their own are put.
const (
	privateFirst = 0xE000
	privateLast  = 0xF8FF
)

// Subset collects the glyphs one document draws with one font.
type Subset struct {
	font *Font
	code map[meaning]uint16 // what was meant → code drawn
	gid  map[uint16]uint16  // code → glyph
	text map[uint16]string  // code → text meant
	next int
}

// meaning is a glyph together with the text it stands for: the same glyph may stand for two texts
// (a compatibility ideograph and its unified form, or 〓 for two missing characters).
type meaning struct {
	gid  uint16
	text string
}

// NewSubset begins an empty collection.
func (f *Font) NewSubset() *Subset {
	return &Subset{font: f, code: map[meaning]uint16{}, gid: map[uint16]uint16{}, text: map[uint16]string{}, next: privateFirst}
}

// Font is the face the subset is cut from.
func (s *Subset) Font() *Font { return s.font }

// Code gives the 16-bit code that draws gid and reads as text. ok is false when the 6,400 private codes are
// used up; the caller then goes on with a second subset of the same font.
func (s *Subset) Code(gid uint16, text string) (code uint16, ok bool) {
	m := meaning{gid, text}
	if c, has := s.code[m]; has {
		return c, true
	}
	c, ok := ownCode(text)
	if _, taken := s.gid[c]; !ok || taken {
		if s.next > privateLast {
			return 0, false
		}
		c = uint16(s.next)
		s.next++
	}
	s.code[m], s.gid[c], s.text[c] = c, gid, text
	return c, true
}

// ownCode is the character's own code, for the plain characters of the BMP.
func ownCode(text string) (uint16, bool) {
	rs := []rune(text)
	if len(rs) != 1 {
		return 0, false
	}
	r := rs[0]
	return uint16(r), r >= 0x20 && r < 0xD800 || r > privateLast && r < 0xFFF0
}

// Len is the number of codes in use.
func (s *Subset) Len() int { return len(s.gid) }

// Meaning maps every code in use to the text it stands for.
func (s *Subset) Meaning() map[uint16]string { return maps.Clone(s.text) }

// TTF builds the cut font. The same calls of Code give the same bytes.
func (s *Subset) TTF() []byte {
	old := s.glyphs()
	renumber := make(map[uint16]uint16, len(old))
	for i, g := range old {
		renumber[g] = uint16(i)
	}
	codes := slices.Sorted(maps.Keys(s.gid))
	pairs := make([]codeGlyph, len(codes))
	for i, c := range codes {
		pairs[i] = codeGlyph{int(c), int(renumber[s.gid[c]])}
	}
	t := s.font.cutOutlines(old, renumber)
	t["cmap"] = format4(pairs)
	for _, k := range []string{"OS/2", "name", "cvt ", "fpgm", "prep"} {
		if b := s.font.tables[k]; b != nil {
			t[k] = b
		}
	}
	return assemble(t)
}

// glyphs lists .notdef, every glyph in use and the parts they are composed of, sorted.
func (s *Subset) glyphs() []uint16 {
	use := map[uint16]bool{}
	var add func(g uint16)
	add = func(g uint16) {
		if use[g] || int(g) >= s.font.glyphs {
			return
		}
		use[g] = true
		eachPart(s.font.outline(g), func(at int, part uint16) { add(part) })
	}
	add(0)
	for _, g := range s.gid {
		add(g)
	}
	return slices.Sorted(maps.Keys(use))
}

// eachPart visits the components of a composite glyph; at is the offset of the component's glyph number.
func eachPart(outline []byte, visit func(at int, part uint16)) {
	if len(outline) < 10 || s16(outline, 0) >= 0 {
		return
	}
	for p := 10; p+4 <= len(outline); {
		flags := u16(outline, p)
		visit(p+2, uint16(u16(outline, p+2)))
		p += 4 + partSize(flags)
		if flags&0x20 == 0 { // MORE_COMPONENTS
			return
		}
	}
}

// partSize is the length of a component's arguments and transformation.
func partSize(flags int) int {
	n := 2
	if flags&0x01 != 0 { // ARG_1_AND_2_ARE_WORDS
		n = 4
	}
	switch {
	case flags&0x08 != 0: // one scale
		n += 2
	case flags&0x40 != 0: // x and y scale
		n += 4
	case flags&0x80 != 0: // 2×2
		n += 8
	}
	return n
}
