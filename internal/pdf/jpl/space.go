package jpl

import (
	"unicode"

	"kasane/internal/pdf/fontx"
)

// The room between characters, after JLREQ (日本語組版処理の要件) and JIS X 4051.
const (
	blankHalf  = 500 // the empty half of a full-width bracket, comma or full stop
	quarterGap = 250 // 四分アキ: the room between a Latin letter or a digit and a kanji or kana
)

// side tells on which side a full-width punctuation mark is blank.
type side uint8

const (
	noBlank    side = iota
	blankLeft       // 始め括弧
	blankRight      // 終わり括弧, 句点, 読点
	blankBoth       // 中点: a quarter on either side, never trimmed itself
)

func (c *Cluster) blank() side {
	switch {
	case c.R < 0x3001 || c.R > 0x30FB && c.R < 0xFF01 || c.Natural != 2*blankHalf && !c.Trim || c.Black:
		return noBlank
	case openers[c.R]:
		return blankLeft
	case closers[c.R]:
		return blankRight
	case c.R == '・' || c.R == '：' || c.R == '；':
		return blankBoth
	}
	return noBlank
}

// trim takes the blank half away.
func (c *Cluster) trim() {
	if !c.Trim {
		c.Trim = true
		c.W -= blankHalf
	}
}

// latin tells letters and digits that stand apart from Japanese ones. Full-width forms are Japanese typesetting and need no gap.
func (c *Cluster) latin() bool {
	r := c.R
	switch {
	case r < 0x80:
		return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == '%' || r == '#' || r == '$' || r == '&'
	case r >= 0x2000 || c.Natural >= 1000:
		return false
	}
	return unicode.IsLetter(r)
}

// japanese tells kanji and full-width kana.
func (c *Cluster) japanese() bool {
	r := c.R
	switch {
	case r < 0x3005 || c.Black:
		return false
	case r <= 0x3007, r >= 0x3041 && r <= 0x3096, r >= 0x309D && r <= 0x309E, r >= 0x30A1 && r <= 0x30FA, r >= 0x30FC && r <= 0x30FE:
		return true
	}
	return r >= 0x3400 && r <= 0x9FFF || r >= 0xF900 && r <= 0xFAFF || r >= 0x20000 && r <= 0x3FFFF
}

// space sets the room between neighbours: punctuation that meets punctuation loses a blank half (」「 ）） 。「 「『),
// Latin letters and digits stand a quarter em from Japanese ones.
func space(c []Cluster) []Cluster {
	for i := 0; i+1 < len(c); i++ {
		a, b := &c[i], &c[i+1]
		switch left, right := a.blank(), b.blank(); {
		case left == blankRight && right != noBlank:
			a.trim()
		case right == blankLeft && (left == blankLeft || left == blankBoth):
			b.trim()
		case a.latin() && b.japanese() || a.japanese() && b.latin():
			a.W += quarterGap - a.Gap
			a.Gap = quarterGap
		}
	}
	return c
}

// slack is the room a cluster gives up when a line ends with it.
func (c *Cluster) slack() int {
	if !c.Trim && c.blank() == blankRight {
		return blankHalf
	}
	return c.Gap
}

// beginLine takes away the room before the first cluster of a line: an opening bracket stands at the very edge (天付き).
func beginLine(c []Cluster) {
	if len(c) > 0 && c[0].blank() == blankLeft {
		c[0].trim()
	}
}

// endLine makes a line of c: its last ink gives up the room after it.
func endLine(c []Cluster, hard bool) Line {
	n := len(c)
	for n > 0 && c[n-1].R == ' ' {
		n--
	}
	if n > 0 {
		last := &c[n-1]
		if last.blank() == blankRight {
			last.trim()
		}
		last.W -= last.Gap
		last.Gap = 0
	}
	l := Line{Clusters: c, Hard: hard}
	for i := range c[:n] {
		l.W += c[i].W
	}
	return l
}

// oneLine is a text that is never broken.
func oneLine(c []Cluster) Line {
	beginLine(c)
	return endLine(c, true)
}

// settle gives the clusters that are about to be drawn glyphs of the room they take, in the cut font itself.
func (f *Faces) settle(c []Cluster) {
	for i := range c {
		x := &c[i]
		width := x.Natural + x.Gap
		shift := 0
		if x.Trim {
			if width = blankHalf; openers[x.R] {
				shift = -blankHalf
			}
		}
		if x.set || width == x.Natural {
			continue
		}
		cut := f.Slots[x.Slot].Subset
		x.Slot, x.Code = f.code(cut.Font(), cut.Glyph(x.Code), x.Text, fontx.Fit{Shift: shift, Width: width})
		x.Natural, x.set = width, true
	}
}
