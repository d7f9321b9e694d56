package jpl

import "strings"

// Line is a broken line. Its clusters include the spaces at its end, which are not counted in W.
type Line struct {
	Clusters []Cluster
	W        int  // width of the ink, 1/1000 em, including Hang
	Hang     int  // width of the punctuation standing in the margin
	Hard     bool // ended by a line feed or the end of the text
}

// Break cuts clusters into lines of at most width (1/1000 em). Characters that may not begin or end a line pull
// their neighbour to the next one (追い出し); with hang, one 、 or 。 may stand in the margin (ぶら下げ).
// Where there is no permitted place at all the line is cut at the measure. A line begins and ends without the blank
// half of its brackets and full stops (行頭・行末の詰め); Break writes that into the clusters.
func Break(c []Cluster, width int, hang bool) []Line {
	m := measure{width: width, hang: hang}
	var lines []Line
	for begins := true; len(c) > 0; {
		beginLine(c)
		m.close = begins && m.oneLiner(c)
		l := nextLine(c, m)
		begins = l.Hard
		l.tighten(m)
		c = c[len(l.Clusters):]
		if l.Hard && len(c) > 0 {
			c = c[1:] // the line feed itself
		}
		lines = append(lines, l)
	}
	return lines
}

func nextLine(c []Cluster, m measure) Line {
	sum, gaps := 0, 0
	permitted, possible := 0, 0
	prev := rune(0) // last character that is not a space
	for i := range c {
		r := c[i].R
		if r == '\n' {
			return endLine(c[:i], true)
		}
		width := m.width + m.pull(gaps)
		if r != ' ' && sum+c[i].W-c[i].slack() > width {
			if m.hang && i > 0 && sum <= width && hangs(c, i) {
				l := endLine(c[:i+1], lastOf(c, i))
				l.Hang = c[i].W
				return l
			}
			return cut(c, permitted, possible, i)
		}
		sum += c[i].W
		gaps += c[i].Gap
		if r != ' ' {
			prev = r
		}
		if lastOf(c, i) {
			continue
		}
		next := c[i+1].R
		if c[i+1].Tied || endBad[prev] || forbidden(r, next) {
			continue
		}
		possible = i + 1
		if canBreak(r, next) {
			permitted = i + 1
		}
	}
	return endLine(c, true)
}

// lastOf tells whether c[i] ends its paragraph.
func lastOf(c []Cluster, i int) bool { return i+1 >= len(c) || c[i+1].R == '\n' }

// hangs tells whether c[i], the first character too many, may stand in the margin.
func hangs(c []Cluster, i int) bool {
	return strings.ContainsRune(mayHang, c[i].R) && (lastOf(c, i) || canBreak(c[i].R, c[i+1].R))
}

// cut ends a line at the best place before overflow: a permitted one, else inside a word, else anywhere.
func cut(c []Cluster, permitted, possible, overflow int) Line {
	n := permitted
	if n == 0 {
		n = possible
	}
	if n == 0 {
		n = max(overflow, 1)
		for n > 1 && isMark(c[n].R) {
			n--
		}
	}
	return endLine(c[:n], false)
}
