package identity

import (
	"bytes"
	"fmt"
	"image/png"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"
)

// linkQRSize is the width of the picture in pixels; a phone reads it from a projector across a small room.
const linkQRSize = 300

// LinkQR draws an invitation link as a QR code (PNG). The picture is as secret as the link.
func LinkQR(link string) ([]byte, error) {
	code, err := qr.Encode(link, qr.M, qr.Unicode)
	if err != nil {
		return nil, fmt.Errorf("identity: qr: %w", err)
	}
	code, err = barcode.Scale(code, linkQRSize, linkQRSize)
	if err != nil {
		return nil, fmt.Errorf("identity: qr: %w", err)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, code); err != nil {
		return nil, fmt.Errorf("identity: qr: %w", err)
	}
	return out.Bytes(), nil
}
