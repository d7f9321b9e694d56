package files

import (
	"bytes"
	"image"
	_ "image/jpeg" // recognises by decoding the header
	_ "image/png"
)

// Types that are accepted.
const (
	TypePDF  = "application/pdf"
	TypePNG  = "image/png"
	TypeJPEG = "image/jpeg"
)

// maxPixels keeps a small file from unfolding into gigabytes in somebody's viewer: 100 megapixels is a large scanner's A3.
const maxPixels = 100_000_000

// sniff recognises the type by content; "" if it is none of ours or is cut off.
func sniff(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte("%PDF-")):
		if !bytes.Contains(tail(b, 2048), []byte("%%EOF")) {
			return ""
		}
		return TypePDF
	case bytes.HasPrefix(b, []byte("\x89PNG\r\n\x1a\n")):
		if !decodes(b, "png") || !bytes.Contains(tail(b, 64), []byte("IEND")) {
			return ""
		}
		return TypePNG
	case bytes.HasPrefix(b, []byte("\xff\xd8\xff")):
		if !decodes(b, "jpeg") || !bytes.Contains(tail(b, 64*1024), []byte("\xff\xd9")) {
			return ""
		}
		return TypeJPEG
	}
	return ""
}

func decodes(b []byte, format string) bool {
	c, got, err := image.DecodeConfig(bytes.NewReader(b))
	return err == nil && got == format && c.Width > 0 && c.Height > 0 && int64(c.Width)*int64(c.Height) <= maxPixels
}

func tail(b []byte, n int) []byte { return b[max(0, len(b)-n):] }
