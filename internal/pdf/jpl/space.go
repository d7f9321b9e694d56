package jpl

import (
	"unicode"

	"kasane/internal/pdf/fontx"
)

// The room between characters, after JLREQ (日本語組版処理の要件) and JIS X 4051.
const (
	blankHalf  = 500 // the empty half of a full-width bracket, comma or full stop
	quarterGap = 250 // 四分アキ: the room between a Latin letter or a digit and a kanji or kana
	eighthGap  = 125 // 八分アキ: what is left of it where that keeps a character on its line (追い込み)
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
		case a.Gap == 0 && (a.latin() && b.japanese() || a.japanese() && b.latin()):
			a.W += quarterGap
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

// measure is what a line may take.
type measure struct {
	width int  // 1/1000 em
	hang  bool // one 、 or 。 may stand in the margin
	close bool // no room between Latin and Japanese letters is needed
}

// least is the smallest room between Latin and Japanese letters.
func (m measure) least() int {
	if m.close {
		return 0
	}
	return eighthGap
}

// oneLiner tells whether a paragraph fits on a single line without any room between Latin and Japanese letters. In a cell that is better than a
// second line with a character or two; in a text of several lines the reader would see the difference between them.
func (m measure) oneLiner(c []Cluster) bool {
	sum := 0
	for i := range c {
		if c[i].R == '\n' {
			break
		}
		last := 0
		if lastOf(c, i) {
			last = c[i].slack() - c[i].Gap
		}
		if sum += c[i].W - c[i].Gap; sum-last > m.width {
			return false
		}
	}
	return !m.hang
}

// pull is how much narrower a line gets whose gaps are gaps together.
func (m measure) pull(gaps int) int { return gaps * (quarterGap - m.least()) / quarterGap }

// tighten takes room from between the letters of a line until it fits: all gaps of a line are the same.
func (l *Line) tighten(m measure) {
	for _, gap := range []int{eighthGap, 0} {
		if l.W-l.Hang <= m.width || gap < m.least() {
			return
		}
		for i := range l.Clusters {
			if c := &l.Clusters[i]; c.Gap > gap {
				c.W -= c.Gap - gap
				l.W -= c.Gap - gap
				c.Gap = gap
			}
		}
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
