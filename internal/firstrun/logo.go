package firstrun

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"

	"kasane/internal/fault"
)

// Logo (ロゴ) is the mark of a municipality as it is kept: a PNG of ours.
type Logo struct {
	Picture       []byte
	Width, Height int
	Stamp         string // of the picture
}

// The limits of a mark that is sent, and the room of the one that is kept: twice the dots of the head of a page, so that it is sharp on a fine screen.
const (
	MaxLogo    = 512 << 10
	logoLeast  = 16
	logoMost   = 2400
	keptWidth  = 480
	keptHeight = 120
)

var (
	errLogoKind = fault.New(fault.Invalid, "PNGかJPEGの画像ではありません。画像を開き、「名前を付けて保存」でPNG形式を選んで保存し直してください（SVG・PDFは使えません）。").On("picture")
	errLogoBig  = fault.Newf(fault.TooLarge, "ロゴの画像が大きすぎます。%dKBまでの画像を選んでください。", MaxLogo>>10).On("picture")
	errLogoSide = fault.Newf(fault.Invalid, "ロゴの画像の大きさが合いません。縦・横とも%d〜%dドットの画像を選んでください。", logoLeast, logoMost).On("picture")
)

// ReadLogo reads a PNG or JPEG that was sent and gives the one to keep: no larger than 480 × 120 dots, written anew. What it is, the bytes say and not the name; a size
// beyond the limits is refused before the dots are unpacked.
func ReadLogo(sent []byte) (Logo, error) {
	if len(sent) > MaxLogo {
		return Logo{}, errLogoBig
	}
	config, decode := png.DecodeConfig, png.Decode
	if !bytes.HasPrefix(sent, []byte("\x89PNG\r\n\x1a\n")) {
		config, decode = jpeg.DecodeConfig, jpeg.Decode
	}
	size, err := config(bytes.NewReader(sent))
	if err != nil {
		return Logo{}, errLogoKind
	}
	if min(size.Width, size.Height) < logoLeast || max(size.Width, size.Height) > logoMost {
		return Logo{}, errLogoSide
	}
	img, err := decode(bytes.NewReader(sent))
	if err != nil {
		return Logo{}, errLogoKind
	}
	kept := smaller(img)
	var b bytes.Buffer
	if err := png.Encode(&b, kept); err != nil {
		return Logo{}, fault.Wrap(fault.Internal, err, "")
	}
	sum := sha256.Sum256(b.Bytes())
	return Logo{Picture: b.Bytes(), Width: kept.Rect.Dx(), Height: kept.Rect.Dy(), Stamp: hex.EncodeToString(sum[:8])}, nil
}

// smaller brings a picture into the room of a mark; each dot is the mean of those it stands for. A small picture stays as it is.
func smaller(img image.Image) *image.NRGBA {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	if w > keptWidth {
		w, h = keptWidth, max(1, h*keptWidth/w)
	}
	if h > keptHeight {
		w, h = max(1, w*keptHeight/h), keptHeight
	}
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			out.SetNRGBA(x, y, mean(img, image.Rect(b.Min.X+x*b.Dx()/w, b.Min.Y+y*b.Dy()/h, b.Min.X+(x+1)*b.Dx()/w, b.Min.Y+(y+1)*b.Dy()/h)))
		}
	}
	return out
}

func mean(img image.Image, of image.Rectangle) color.NRGBA {
	var r, g, b, a, n uint64
	for y := of.Min.Y; y < of.Max.Y; y++ {
		for x := of.Min.X; x < of.Max.X; x++ {
			cr, cg, cb, ca := img.At(x, y).RGBA() // already multiplied by a
			r, g, b, a, n = r+uint64(cr), g+uint64(cg), b+uint64(cb), a+uint64(ca), n+1
		}
	}
	if a == 0 {
		return color.NRGBA{}
	}
	part := func(v uint64) uint8 { return uint8(min(255, (v*255+a/2)/a)) }
	return color.NRGBA{part(r), part(g), part(b), uint8((a/n + 128) / 257)}
}
