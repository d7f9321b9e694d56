package fontx

import (
	"errors"
	"fmt"
	"iter"
)

// Dots is a picture of one character in its em square (全角の枠), Size dots wide and high, row by row from the top, true for ink.
type Dots struct {
	Size int
	Ink  []bool
}

// At tells whether a dot is ink; outside the picture nothing is.
func (d Dots) At(x, y int) bool {
	return x >= 0 && y >= 0 && x < d.Size && y < d.Size && d.Ink[y*d.Size+x]
}

// The limits of a drawing: a character has strokes, a photograph or a scan full of specks has thousands of outlines.
const (
	maxContours = 300
	maxPoints   = 6000
	maxEdges    = 40000 // of dots, before anything is left out
)

// ErrNoLetter says that a picture is no drawing of a character: nothing on it, or far too many specks.
var ErrNoLetter = errors.New("the picture is no drawing of a character")

// Drawn makes a face of pictures (外字): the i-th has the private-use code PrivateFirst+i. The pictures become outlines, so
// they are drawn at any size and weight as every other character is.
func Drawn(name string, pictures []Dots) (*Font, error) {
	if len(pictures) > privateLast-privateFirst+1 {
		return nil, fmt.Errorf("fontx: %d pictures are too many for one face", len(pictures))
	}
	shapes := []shape{{0, [][]point{{{110, -10}, {110, 770}, {890, 770}, {890, -10}}}}}
	for i, p := range pictures {
		contours, err := trace(p)
		if err != nil {
			return nil, err
		}
		shapes = append(shapes, shape{rune(privateFirst + i), contours})
	}
	return buildFace(name, shapes)
}

// PrivateFirst is the code of the first picture of a face that Drawn makes.
const PrivateFirst = privateFirst

// Traceable says whether a picture can be made an outline.
func Traceable(d Dots) error {
	_, err := trace(d)
	return err
}

// emTop is the height of the em square's upper edge over the base line.
const emTop = 880

// trace gives the outlines of a picture in the em square of 1000 units, outer ones clockwise, inner ones the other way round.
func trace(d Dots) ([][]point, error) {
	if d.Size <= 0 || len(d.Ink) != d.Size*d.Size {
		return nil, ErrNoLetter
	}
	var out [][]point
	edges, points := 0, 0
	for loop := range loops(d) {
		if edges += len(loop); edges > maxEdges {
			return nil, ErrNoLetter
		}
		var c []point
		for _, v := range simplify(loop) { // in half dots
			c = append(c, point{v.x * symbolEm / (2 * d.Size), emTop - v.y*symbolEm/(2*d.Size)})
		}
		if len(c) < 3 {
			continue
		}
		out, points = append(out, c), points+len(c)
		if len(out) > maxContours || points > maxPoints {
			return nil, ErrNoLetter
		}
	}
	if len(out) == 0 {
		return nil, ErrNoLetter
	}
	return out, nil
}

// The four directions along the edges of dots, clockwise as seen on the picture.
var steps = [4]point{{1, 0}, {0, 1}, {-1, 0}, {0, -1}} // right, down, left, up

// loops walks the borders between ink and paper with the ink on the right hand and gives the middles of the edges, in half
// dots: slanting strokes come out straight, not in steps.
func loops(d Dots) iter.Seq[[]point] {
	n := d.Size
	done := make([]bool, (n+1)*(n+1)*4)
	at := func(x, y, dir int) int { return (y*(n+1)+x)*4 + dir }
	walk := func(x, y int) (loop []point) {
		for dir := 0; !done[at(x, y, dir)]; dir = turn(d, x, y, dir) {
			done[at(x, y, dir)] = true
			s := steps[dir]
			loop = append(loop, point{2*x + s.x, 2*y + s.y})
			x, y = x+s.x, y+s.y
		}
		return loop
	}
	return func(yield func([]point) bool) {
		for i, ink := range d.Ink {
			x, y := i%n, i/n
			// the upper edge of a dot that has paper above it, walked to the right
			if ink && !d.At(x, y-1) && !done[at(x, y, 0)] && !yield(walk(x, y)) {
				return
			}
		}
	}
}

// turn picks the next edge at a corner: right when the ink ends, straight on along it, else left.
func turn(d Dots, x, y, dir int) int {
	// the dots ahead on either hand, as the walker stands on the corner x,y
	left, right := [2]int{x, y}, [2]int{x, y}
	switch dir {
	case 0:
		left, right = [2]int{x, y - 1}, [2]int{x, y}
	case 1:
		left, right = [2]int{x, y}, [2]int{x - 1, y}
	case 2:
		left, right = [2]int{x - 1, y}, [2]int{x - 1, y - 1}
	case 3:
		left, right = [2]int{x - 1, y - 1}, [2]int{x, y - 1}
	}
	switch {
	case !d.At(right[0], right[1]):
		return (dir + 1) % 4
	case !d.At(left[0], left[1]):
		return dir
	}
	return (dir + 3) % 4
}

// simplify leaves out the points of a closed line that stand less than half a dot beside the line without them.
func simplify(p []point) []point {
	if len(p) < 4 {
		return p
	}
	far, at := 0, 0
	for i, v := range p { // the point farthest from the first one parts the loop into two lines
		if q := square(v, p[0]); q > far {
			far, at = q, i
		}
	}
	keep := make([]bool, len(p)+1)
	keep[0], keep[at] = true, true
	ring := append(p[:len(p):len(p)], p[0])
	thin(ring, 0, at, keep)
	thin(ring, at, len(p), keep)
	var out []point
	for i, v := range p {
		if keep[i] {
			out = append(out, v)
		}
	}
	return out
}

// thin marks the points between from and to that the line needs. It keeps its own stack: a hostile picture has long lines.
func thin(p []point, from, to int, keep []bool) {
	stack := [][2]int{{from, to}}
	for len(stack) > 0 {
		a, b := stack[len(stack)-1][0], stack[len(stack)-1][1]
		stack = stack[:len(stack)-1]
		worst, at := 0, -1
		length := square(p[a], p[b])
		for i := a + 1; i < b; i++ {
			cross := (p[b].x-p[a].x)*(p[i].y-p[a].y) - (p[b].y-p[a].y)*(p[i].x-p[a].x)
			q := cross * cross // over length: the squared distance from the line
			if length == 0 {
				q = square(p[i], p[a])
			}
			if q > worst {
				worst, at = q, i
			}
		}
		if at < 0 || worst <= max(length, 1) { // one half dot
			continue
		}
		keep[at] = true
		stack = append(stack, [2]int{a, at}, [2]int{at, b})
	}
}

func square(a, b point) int { return (a.x-b.x)*(a.x-b.x) + (a.y-b.y)*(a.y-b.y) }
