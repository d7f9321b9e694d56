package jpl

import "slices"

// All lengths are mm from the page's top left corner, font sizes are points.
const mmPerPt = 25.4 / 72

// RGB is a colour.
type RGB [3]uint8

// OpKind says what an operation draws.
type OpKind uint8

// The operations.
const (
	OpText   OpKind = iota
	OpLine          // X,Y to X2,Y2
	OpFill          // filled rectangle of width X2 and height Y2
	OpFrame         // outlined rectangle of width X2 and height Y2
	OpCircle        // outlined circle around X,Y with radius X2
)

// Op is one thing drawn.
type Op struct {
	Kind         OpKind
	X, Y, X2, Y2 float64
	Width        float64 // of the line, mm
	Color        RGB
	Tag          int // structure node; 0: artifact

	Clusters []Cluster // of a text
	Size     float64
	Spread   float64 // extra space after every character, mm
	Bold     bool
}

// Page is a finished page.
type Page struct {
	W, H float64
	Geo  Geometry
	Ops  []Op
}

// Under puts what draw adds beneath everything that is on the page already.
func (p *Page) Under(draw func()) {
	n := len(p.Ops)
	draw()
	p.Ops = append(slices.Clone(p.Ops[n:]), p.Ops[:n]...)
}

// Line draws a rule.
func (p *Page) Line(x1, y1, x2, y2, width float64, c RGB) {
	p.Ops = append(p.Ops, Op{Kind: OpLine, X: x1, Y: y1, X2: x2, Y2: y2, Width: width, Color: c})
}

// Fill fills a rectangle.
func (p *Page) Fill(x, y, w, h float64, c RGB) {
	p.Ops = append(p.Ops, Op{Kind: OpFill, X: x, Y: y, X2: w, Y2: h, Color: c})
}

// Frame outlines a rectangle.
func (p *Page) Frame(x, y, w, h, width float64, c RGB) {
	p.Ops = append(p.Ops, Op{Kind: OpFrame, X: x, Y: y, X2: w, Y2: h, Width: width, Color: c})
}

// Circle outlines a circle.
func (p *Page) Circle(x, y, r, width float64, c RGB) {
	p.Ops = append(p.Ops, Op{Kind: OpCircle, X: x, Y: y, X2: r, Width: width, Color: c})
}

// Align is the horizontal placement of lines.
type Align uint8

// The placements. Justify stretches full lines to the measure and lets 、。 hang into the margin.
const (
	Start Align = iota
	Center
	End
	Justify
)

// Style is how a paragraph looks.
type Style struct {
	Bold          bool
	Size          float64 // pt
	Lead          float64 // line height as a factor of Size; 0 means 1.5
	Align         Align
	Color         RGB
	Left          float64 // indent in mm
	Before, After float64 // mm
	Follow        float64 // mm of what follows that must stand on the same page as a heading
	Role          string  // structure type; P when empty
}

func (s Style) em() float64 { return s.Size * mmPerPt }

func (s Style) height() float64 {
	if s.Lead == 0 {
		return s.em() * 1.5
	}
	return s.em() * s.Lead
}

func (s Style) role() string {
	if s.Role == "" {
		return "P"
	}
	return s.Role
}
