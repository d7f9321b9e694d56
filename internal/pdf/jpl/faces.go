package jpl

import (
	"fmt"
	"strings"

	"kasane/internal/pdf/fontx"
)

// Source opens a fallback face; it is asked at the first character the faces before it lack, so a 46 MB font
// costs nothing until a name needs it. It must be safe for concurrent use and give the same face every time.
type Source func() (*fontx.Font, error)

// Fonts is the choice of faces for all documents: a body family and what to fall back to, in order.
// Fallback never goes from regular to bold or back.
type Fonts struct {
	Regular, Bold Source
	Fallback      []Source
}

// Slot is one cut font of a document.
type Slot struct {
	Subset *fontx.Subset
	Bold   bool // the face is bold itself, so bold text needs no thickening
}

// Kind classifies a Problem.
type Kind string

// The kinds of problem.
const (
	NoGlyph       Kind = "no_glyph"       // 字形がない: no face has the character; 〓 is drawn
	VariationLost Kind = "variation_lost" // 異体字の指定が失われる: the base form is drawn
	InvalidText   Kind = "invalid_text"   // 壊れた文字コード: not UTF-8; 〓 is drawn
	Dropped       Kind = "dropped"        // 印字しない制御文字: left out
)

// Problem is a character that cannot be printed as it was written.
type Problem struct {
	Where string // the heading and column it stands under
	Text  string // the character with its selector, as written
	Code  string // "U+9089 U+E0100"
	Kind  Kind
	Name  bool // it stands in a name field (氏名): a record is not sealed with it
}

// Place says where a text stands, for problems.
type Place struct {
	Where string
	Name  bool
}

// maxProblems bounds the list for a document of garbage; the last entry then says that there are more.
const maxProblems = 500

// Faces is the fonts of one document, the cut fonts it has grown so far, and its problems.
type Faces struct {
	Problems []Problem
	Slots    []Slot
	Blacking bool      // Black in a text is a character that was blacked out
	Drawn    *Drawings // 外字 with a picture, for what no face can print as written

	regular, bold *fontx.Font
	fallback      []Source
	opened        map[int]*fontx.Font // fallback index → face, nil when it failed to open
	failed        error
	slot          map[*fontx.Font]int // face → slot being filled
	seen          map[Problem]bool
	quiet         bool // measuring: problems are noted when the text is set
}

// NewFaces begins a document. The body faces must open; a fallback that does not is passed over, and FallbackErr says so.
func NewFaces(f Fonts) (*Faces, error) {
	regular, err := f.Regular()
	if err != nil {
		return nil, err
	}
	bold, err := f.Bold()
	if err != nil {
		return nil, err
	}
	return &Faces{
		regular: regular, bold: bold, fallback: f.Fallback,
		opened: map[int]*fontx.Font{}, slot: map[*fontx.Font]int{}, seen: map[Problem]bool{},
	}, nil
}

// FallbackErr is the error of the first fallback face that was needed and could not be opened.
func (f *Faces) FallbackErr() error { return f.failed }

// face gives the k-th face to try for text of a weight: 0 is the body face.
func (f *Faces) face(k int, bold bool) *fontx.Font {
	if k == 0 {
		if bold {
			return f.bold
		}
		return f.regular
	}
	k--
	if font, done := f.opened[k]; done {
		return font
	}
	font, err := f.fallback[k]()
	if err != nil {
		font = nil
		if f.failed == nil {
			f.failed = fmt.Errorf("fallback face %d: %w", k+1, err)
		}
	}
	f.opened[k] = font
	return font
}

// find picks the face for a character: the exact variation in any face; else the base character in any face.
func (f *Faces) find(r, selector rune, bold bool) (font *fontx.Font, gid uint16, exact bool) {
	n := len(f.fallback) + 1
	if selector != 0 {
		for k := range n {
			if font := f.face(k, bold); font != nil {
				if g, ok, exact := font.Glyph(r, selector); ok && exact {
					return font, g, true
				}
			}
		}
	}
	for k := range n {
		if font := f.face(k, bold); font != nil {
			if g, ok, _ := font.Glyph(r, 0); ok {
				return font, g, selector == 0
			}
		}
	}
	return nil, 0, false
}

// cluster makes the drawn unit for a glyph, in the slot of its face.
func (f *Faces) cluster(font *fontx.Font, gid uint16, r rune, text string) Cluster {
	w := font.Advance(gid)
	slot, code := f.code(font, gid, text, fontx.Fit{})
	return Cluster{Text: text, R: r, W: w, Natural: w, Slot: slot, Code: code}
}

// code gives the cut font and the code there of a glyph in its room.
func (f *Faces) code(font *fontx.Font, gid uint16, text string, fit fontx.Fit) (slot int, code uint16) {
	slot, ok := f.slot[font]
	if !ok {
		slot = f.newSlot(font)
	}
	code, ok = f.Slots[slot].Subset.Code(gid, text, fit)
	if !ok { // its private codes are used up
		slot = f.newSlot(font)
		code, _ = f.Slots[slot].Subset.Code(gid, text, fit)
	}
	return slot, code
}

func (f *Faces) newSlot(font *fontx.Font) int {
	f.Slots = append(f.Slots, Slot{Subset: font.NewSubset(), Bold: font == f.bold})
	f.slot[font] = len(f.Slots) - 1
	return len(f.Slots) - 1
}

// note lists a problem once per place.
func (f *Faces) note(at Place, text string, kind Kind) {
	p := Problem{Where: at.Where, Text: text, Code: codePoints(text), Kind: kind, Name: at.Name}
	if f.quiet || f.seen[p] || len(f.Problems) > maxProblems {
		return
	}
	f.seen[p] = true
	if len(f.Problems) == maxProblems {
		p = Problem{Where: "ほか多数", Kind: kind, Name: at.Name}
	}
	f.Problems = append(f.Problems, p)
}

func codePoints(text string) string {
	var parts []string
	for _, r := range text {
		parts = append(parts, fmt.Sprintf("U+%04X", r))
	}
	return strings.Join(parts, " ")
}
