package identity_test

import (
	"bytes"
	"image/png"
	"strings"
	"testing"

	"kasane/internal/identity"
)

func TestALinkAsAPicture(t *testing.T) {
	t.Parallel()
	link := "https://kasane.example.lg.jp/join#" + strings.Repeat("a1B2", 11)
	raw, err := identity.LinkQR(link)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(raw))
	if err != nil || img.Bounds().Dx() != 300 || img.Bounds().Dy() != 300 {
		t.Fatalf("%v %v", img.Bounds(), err)
	}
	dark := func(x, y int) bool { r, _, _, _ := img.At(x, y).RGBA(); return r < 0x8000 }
	x0, y0 := 0, 0
	for !dark(x0, y0) { // the first dark dot on the diagonal is the corner of a finder pattern
		x0, y0 = x0+1, y0+1
	}
	run := 0
	for dark(x0+run, y0) {
		run++
	}
	if run < 14 || run%7 != 0 { // its upper edge is seven modules wide
		t.Errorf("no finder pattern at %d,%d: %d dots", x0, y0, run)
	}
	other, err := identity.LinkQR(link + "x")
	if err != nil || bytes.Equal(raw, other) {
		t.Error("another link gives the same picture")
	}
	if _, err := identity.LinkQR(strings.Repeat("x", 4000)); err == nil {
		t.Error("a text too long for a code was drawn")
	}
}
