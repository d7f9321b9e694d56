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
	form map[uint16]form    // code → what is drawn
	text map[uint16]string  // code → text meant
	next int
}

// Fit gives a glyph another room (字送り) than the font does, in 1/1000 em: the outline moves by Shift and the next character
// stands Width further on. The zero Fit leaves the glyph as it is. The room is part of the cut font, so whoever reads the
// page sees characters that touch, never a gap that could be taken for a space.
type Fit struct{ Shift, Width int }

// form is a glyph in its room.
type form struct {
	gid uint16
	fit Fit
}

// meaning is a form together with the text it stands for: the same glyph may stand for two texts
// (a compatibility ideograph and its unified form, or 〓 for two missing characters).
type meaning struct {
	form form
	text string
}

// NewSubset begins an empty collection.
func (f *Font) NewSubset() *Subset {
	return &Subset{font: f, code: map[meaning]uint16{}, form: map[uint16]form{}, text: map[uint16]string{}, next: privateFirst}
}

// Font is the face the subset is cut from.
func (s *Subset) Font() *Font { return s.font }

// Code gives the 16-bit code that draws gid in the room of fit and reads as text. ok is false when the 6,400 private
// codes are used up; the caller then goes on with a second subset of the same font.
func (s *Subset) Code(gid uint16, text string, fit Fit) (code uint16, ok bool) {
	m := meaning{form{gid, fit}, text}
	if c, has := s.code[m]; has {
		return c, true
	}
	c, ok := ownCode(text)
	if _, taken := s.form[c]; !ok || taken {
		if s.next > privateLast {
			return 0, false
		}
		c = uint16(s.next)
		s.next++
	}
	s.code[m], s.form[c], s.text[c] = c, m.form, text
	return c, true
}

// Glyph is the glyph a code draws.
func (s *Subset) Glyph(code uint16) uint16 { return s.form[code].gid }

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
func (s *Subset) Len() int { return len(s.form) }

// Meaning maps every code in use to the text it stands for.
func (s *Subset) Meaning() map[uint16]string { return maps.Clone(s.text) }

// TTF builds the cut font. The same calls of Code give the same bytes.
func (s *Subset) TTF() []byte {
	old := s.glyphs()
	renumber := make(map[uint16]uint16, len(old))
	for i, g := range old {
		renumber[g] = uint16(i)
	}
	codes := slices.Sorted(maps.Keys(s.form))
	pairs := make([]codeGlyph, len(codes))
	var fitted []form // the glyphs in a room of their own follow the others
	at := map[form]int{}
	for i, c := range codes {
		f := s.form[c]
		n, has := at[f]
		switch {
		case f.fit == Fit{}:
			n = int(renumber[f.gid])
		case !has:
			n = len(old) + len(fitted)
			at[f], fitted = n, append(fitted, f)
		}
		pairs[i] = codeGlyph{int(c), n}
	}
	t := s.font.cutOutlines(old, fitted, renumber)
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
	for _, f := range s.form {
		add(f.gid)
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
