package gaiji

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"io"

	"kasane/internal/fault"
	"kasane/internal/pdf"
)

// The limits of a picture that is sent, and the size of the one that is kept.
const (
	MaxFile  = 512 << 10
	minSide  = 96
	maxSide  = 1024
	keptSide = 256 // 1,700 dots to the inch at 10.5 pt
)

var (
	errNoPNG    = fault.New(fault.Invalid, "PNG画像として読めません。PNG形式で保存した画像を選んでください。").On("picture")
	errTooBig   = fault.Newf(fault.TooLarge, "画像が大きすぎます。%dKBまでの画像を選んでください。", MaxFile>>10).On("picture")
	errSide     = fault.Newf(fault.Invalid, "画像の大きさが合いません。縦と横が同じで、%d〜%dドットの画像を選んでください。", minSide, maxSide).On("picture")
	errContrast = fault.New(fault.Invalid, "白地に黒い字の画像を選んでください。").On("picture")
	errSpecks   = fault.New(fault.Invalid, "字の形として読み取れません。汚れや写真のない、輪郭のはっきりした画像を選んでください。").On("picture")
)

// Picture reads a PNG that was sent and gives the one to keep: black and white, 256 × 256 dots, written anew. Files that are
// no PNG, claim a size beyond the limits, hold no drawing or thousands of specks are refused before anything is made of them.
func Picture(sent []byte) ([]byte, error) {
	if len(sent) > MaxFile {
		return nil, errTooBig
	}
	size, err := png.DecodeConfig(bytes.NewReader(sent))
	if err != nil {
		return nil, errNoPNG
	}
	if size.Width < minSide || size.Width > maxSide || size.Width != size.Height { // before the dots are unpacked
		return nil, errSide
	}
	img, err := png.Decode(bytes.NewReader(sent))
	if err != nil {
		return nil, errNoPNG
	}
	grey := sample(img, keptSide)
	if err := drawn(grey); err != nil {
		return nil, err
	}
	kept := image.NewPaletted(image.Rect(0, 0, keptSide, keptSide), color.Palette{color.White, color.Black})
	for i, v := range grey {
		if v < 0.5 {
			kept.Pix[i] = 1
		}
	}
	if pdf.Traceable(dots(kept)) != nil {
		return nil, errSpecks
	}
	var b bytes.Buffer
	if err := png.Encode(&b, kept); err != nil {
		return nil, fault.Wrap(fault.Internal, err, "")
	}
	return b.Bytes(), nil
}

// drawn refuses pictures that are not black on white.
func drawn(grey []float64) error {
	ink, dark, light := 0, 1.0, 0.0
	for _, v := range grey {
		dark, light = min(dark, v), max(light, v)
		if v < 0.5 {
			ink++
		}
	}
	if dark > 0.35 || light < 0.65 || ink*200 < len(grey) || ink*10 > len(grey)*6 {
		return errContrast
	}
	return nil
}

// sample gives the brightness of a square picture on white paper, 0 to 1, on a grid of side dots.
func sample(img image.Image, side int) []float64 {
	b := img.Bounds()
	n := b.Dx()
	src := make([]float64, n*n)
	for i := range src {
		r, g, bl, a := img.At(b.Min.X+i%n, b.Min.Y+i/n).RGBA() // already multiplied by a
		src[i] = (0.299*float64(r) + 0.587*float64(g) + 0.114*float64(bl) + float64(0xFFFF-a)) / 0xFFFF
	}
	at := func(x, y float64) float64 { // between the middles of four dots
		x, y = min(max(x-0.5, 0), float64(n-1)), min(max(y-0.5, 0), float64(n-1))
		x0, y0 := int(x), int(y)
		x1, y1 := min(x0+1, n-1), min(y0+1, n-1)
		fx, fy := x-float64(x0), y-float64(y0)
		return (src[y0*n+x0]*(1-fx)+src[y0*n+x1]*fx)*(1-fy) + (src[y1*n+x0]*(1-fx)+src[y1*n+x1]*fx)*fy
	}
	const sub = 4 // samples in a dot, each way
	out := make([]float64, side*side)
	step := float64(n) / float64(side) / sub
	for i := range out {
		sum := 0.0
		for k := range sub * sub {
			sum += at((float64(i%side*sub+k%sub)+0.5)*step, (float64(i/side*sub+k/sub)+0.5)*step)
		}
		out[i] = sum / (sub * sub)
	}
	return out
}

// dotsOf reads a picture that Picture made.
func dotsOf(r io.Reader) (pdf.Dots, error) {
	img, err := png.Decode(r)
	if err != nil {
		return pdf.Dots{}, err
	}
	p, ok := img.(*image.Paletted)
	if !ok || p.Rect.Dx() != keptSide || p.Rect.Dy() != keptSide {
		return pdf.Dots{}, errNoPNG
	}
	return dots(p), nil
}

func dots(p *image.Paletted) pdf.Dots {
	d := pdf.Dots{Size: keptSide, Ink: make([]bool, keptSide*keptSide)}
	for i := range d.Ink {
		d.Ink[i] = p.Pix[i/keptSide*p.Stride+i%keptSide] == 1
	}
	return d
}
