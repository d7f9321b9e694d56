package fontx_test

import (
	"math/rand/v2"
	"testing"

	"kasane/internal/pdf/fonts"
	"kasane/internal/pdf/fontx"
)

func TestCutFontDrawsTheSameGlyphs(t *testing.T) {
	t.Parallel()
	f, err := fonts.Regular()
	if err != nil {
		t.Fatal(err)
	}
	s := f.NewSubset()
	type use struct {
		code uint16
		gid  uint16
	}
	var uses []use
	for _, text := range []string{"髙", "橋", "ガ", "é", "Ắ", "\uFA10", "邉\U000E0100"} {
		rs := append([]rune(text), 0)
		g, ok, _ := f.Glyph(rs[0], rs[1])
		if !ok {
			continue
		}
		c, ok := s.Code(g, text)
		if !ok {
			t.Fatalf("%q got no code", text)
		}
		if again, _ := s.Code(g, text); again != c {
			t.Errorf("%q: code %04X, then %04X", text, c, again)
		}
		if s.Meaning()[c] != text {
			t.Errorf("%q: code %04X means %q", text, c, s.Meaning()[c])
		}
		uses = append(uses, use{c, g})
	}
	cut := s.TTF()
	if len(cut) > 300_000 {
		t.Errorf("cut font of %d glyphs has %d bytes", s.Len(), len(cut))
	}
	back, err := fontx.Parse("cut", cut)
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range uses {
		g, ok, _ := back.Glyph(rune(u.code), 0)
		if !ok || back.Advance(g) != f.Advance(u.gid) {
			t.Errorf("code %04X: found %v, advance %d, want %d", u.code, ok, back.Advance(g), f.Advance(u.gid))
		}
	}
	if string(cut) != string(s.TTF()) {
		t.Error("cutting twice gives other bytes")
	}
}

func TestSymbolsAreThere(t *testing.T) {
	t.Parallel()
	f, err := fontx.Symbols()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range "☐☑☒✔" {
		if g, ok, _ := f.Glyph(r, 0); !ok || f.Advance(g) != 1000 {
			t.Errorf("%c is missing", r)
		}
	}
}

// A damaged file is an error, never a panic and never an endless read.
func TestDamagedFontsAreRefused(t *testing.T) {
	t.Parallel()
	small, err := fontx.Symbols()
	if err != nil {
		t.Fatal(err)
	}
	s := small.NewSubset()
	for _, r := range "☐☑☒✔" {
		g, _, _ := small.Glyph(r, 0)
		s.Code(g, string(r))
	}
	good := s.TTF()
	const seed = 11
	r := rand.New(rand.NewPCG(seed, 3))
	for n := range 3000 {
		b := append([]byte(nil), good[:len(good)-r.IntN(len(good))*(n%2)]...)
		for range r.IntN(12) {
			if len(b) > 0 {
				b[r.IntN(len(b))] = byte(r.Uint32())
			}
		}
		f, err := fontx.Parse("damaged", b)
		if err == nil {
			f.Glyph('☑', 0xE0100)
		}
	}
	for _, b := range [][]byte{nil, []byte("OTTO00000000"), []byte("ttcf00000000"), good[:100]} {
		if _, err := fontx.Parse("bad", b); err == nil {
			t.Errorf("%.4q was accepted", b)
		}
	}
}
