package jpl

import (
	"fmt"

	"kasane/internal/pdf/fontx"
)

// Drawing (外字) is a character that no face has, as a picture. Text is how it is written in texts: one character with or without a
// variation selector. Spoken is what stands for it in the text layer: the character with its code and reading.
type Drawing struct {
	Text, Spoken string
	Dots         fontx.Dots
}

// Drawings is a set of 外字 as a face of its own. It is immutable and shared between documents.
type Drawings struct {
	face   *fontx.Font
	glyph  map[string]uint16 // text → glyph
	spoken map[string]string
}

// NewDrawings makes the face. nil stands for no drawings at all.
func NewDrawings(list []Drawing) (*Drawings, error) {
	if len(list) == 0 {
		return nil, nil
	}
	pictures := make([]fontx.Dots, len(list))
	for i, x := range list {
		pictures[i] = x.Dots
	}
	face, err := fontx.Drawn("KasaneGaiji", pictures)
	if err != nil {
		return nil, fmt.Errorf("gaiji: %w", err)
	}
	d := &Drawings{face: face, glyph: map[string]uint16{}, spoken: map[string]string{}}
	for i, x := range list {
		gid, _, _ := face.Glyph(rune(fontx.PrivateFirst+i), 0)
		d.glyph[x.Text], d.spoken[x.Text] = gid, x.Spoken
	}
	return d, nil
}

// drawn gives the cluster of a 外字, when the text is one.
func (f *Faces) drawn(r rune, text string) (Cluster, bool) {
	if f.Drawn == nil {
		return Cluster{}, false
	}
	gid, ok := f.Drawn.glyph[text]
	if !ok {
		return Cluster{}, false
	}
	c := f.cluster(f.Drawn.face, gid, r, text)
	c.Spoken = f.Drawn.spoken[text]
	return c, true
}
