package jpl

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"kasane/internal/pdf/fontx"
)

// Cluster is the smallest drawn unit: a character with its variation selector or combining mark.
type Cluster struct {
	Text    string // what it stands for in the text layer
	R       rune   // its base character
	W       int    // the room it takes, 1/1000 em
	Natural int    // the width the glyph is drawn with, 1/1000 em
	Slot    int    // the cut font it is drawn with
	Code    uint16 // its code there

	Lead int   // room before the glyph, part of W
	Ruby *Ruby // the reading of the group that begins here
	Tied bool  // belongs to the group of the cluster before: no line begins here

	Trim bool // punctuation without its blank half (約物の詰め)
	Gap  int  // room after it, part of W: the quarter em between Latin and Japanese letters (和欧間)
	set  bool // has its final glyph

	Spoken string // what is read instead of Text: of a 外字 its code and reading as well
	Black  bool   // blacked out (墨塗り)
}

const geta = '〓'

// isSelector tells variation selectors; the two that choose text or emoji style change nothing on paper.
func isSelector(r rune) bool  { return r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF }
func isStyleHint(r rune) bool { return r == 0xFE0E || r == 0xFE0F }

// invisible tells characters that draw nothing and would only confuse a record: controls, joiners, bidi marks.
func invisible(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || isSelector(r) || unicode.Is(unicode.Noncharacter_Code_Point, r)
}

// Shape turns text into clusters with the room they take beside each other. A line feed becomes a cluster with R = '\n' and no code.
func (f *Faces) Shape(at Place, s string, bold bool) []Cluster { return space(f.glyphs(at, s, bold)) }

// glyphs is Shape for characters that stand alone.
func (f *Faces) glyphs(at Place, s string, bold bool) []Cluster {
	out := make([]Cluster, 0, len(s)/3+1)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		bad := r == utf8.RuneError && n == 1
		byteAt := s[i]
		i += n
		switch {
		case bad:
			f.noteByte(at, byteAt)
			out = append(out, f.missing(utf8.RuneError, "\uFFFD", bold))
			continue
		case r == '\r' && i < len(s) && s[i] == '\n':
			continue
		case r == '\n' || r == '\r' || r == 0x2028 || r == 0x2029:
			out = append(out, Cluster{Text: "\n", R: '\n'})
			continue
		case r == '\t':
			r = ' '
		case r == Black && f.Blacking:
			out = append(out, f.black(bold))
			continue
		case invisible(r):
			f.note(at, string(r), Dropped)
			continue
		}
		selector, size := rune(0), 0
		if v, m := utf8.DecodeRuneInString(s[i:]); isSelector(v) {
			selector, size = v, m
		}
		i += size
		if isMark(r) && selector == 0 && f.compose(out, r, bold) {
			continue
		}
		out = append(out, f.draw(at, r, selector, bold))
	}
	return out
}

// draw finds the glyph of one character, or 〓.
func (f *Faces) draw(at Place, r, selector rune, bold bool) Cluster {
	text := string(r)
	if selector != 0 {
		text += string(selector)
	}
	private := unicode.Is(unicode.Co, r) // what a face draws there, if anything, is its own affair
	font, gid, exact := (*fontx.Font)(nil), uint16(0), false
	if !private {
		font, gid, exact = f.find(r, selector, bold)
	}
	if !exact && !isStyleHint(selector) { // a picture fills gaps alone: it never stands for a character that can be printed
		if c, ok := f.drawn(r, text); ok {
			return c
		}
	}
	switch {
	case private:
		f.note(at, text, NoGlyph)
		return f.missing(geta, string(geta), bold)
	case font == nil:
		f.note(at, text, NoGlyph)
		return f.missing(r, text, bold)
	case !exact && !isStyleHint(selector):
		f.note(at, text, VariationLost)
	}
	return f.cluster(font, gid, r, text)
}

// missing draws 〓 for a character no face has; the text layer keeps the character.
func (f *Faces) missing(r rune, text string, bold bool) Cluster {
	font, gid, _ := f.find(geta, 0, bold)
	if font == nil { // not even 〓: the face's .notdef
		font = f.face(0, bold)
	}
	return f.cluster(font, gid, r, text)
}

func (f *Faces) noteByte(at Place, b byte) {
	p := Problem{Where: at.Where, Code: fmt.Sprintf("0x%02X", b), Kind: InvalidText, Name: at.Name}
	if !f.quiet && !f.seen[p] && len(f.Problems) < maxProblems {
		f.seen[p] = true
		f.Problems = append(f.Problems, p)
	}
}

// compose draws a base and a combining mark (か + U+3099, e + U+0301) with the composed glyph, if there is one.
// The text layer keeps both code points. Kanji are left alone: composing them would change the character.
func (f *Faces) compose(out []Cluster, mark rune, bold bool) bool {
	if len(out) == 0 {
		return false
	}
	last := &out[len(out)-1]
	if last.R == '\n' || unicode.Is(unicode.Han, last.R) || utf8.RuneCountInString(last.Text) != 1 {
		return false
	}
	whole := norm.NFC.String(last.Text + string(mark))
	r, n := utf8.DecodeRuneInString(whole)
	if n != len(whole) {
		return false
	}
	font, gid, _ := f.find(r, 0, bold)
	if font == nil {
		return false
	}
	*last = f.cluster(font, gid, r, last.Text+string(mark))
	return true
}
