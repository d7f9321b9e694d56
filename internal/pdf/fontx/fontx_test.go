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
		c, ok := s.Code(g, text, fontx.Fit{})
		if !ok {
			t.Fatalf("%q got no code", text)
		}
		if again, _ := s.Code(g, text, fontx.Fit{}); again != c {
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

// A glyph in a room of its own has that width and reads as the same text; the glyph itself stays as it was.
func TestFittedGlyphs(t *testing.T) {
	t.Parallel()
	f, err := fonts.Regular()
	if err != nil {
		t.Fatal(err)
	}
	s := f.NewSubset()
	codes := map[uint16]int{}
	for _, c := range []struct {
		r     rune
		fit   fontx.Fit
		width int
	}{
		{'「', fontx.Fit{}, 1000}, {'「', fontx.Fit{Shift: -500, Width: 500}, 500}, {'」', fontx.Fit{Width: 500}, 500},
		{'あ', fontx.Fit{Width: 1250}, 1250}, {'é', fontx.Fit{Shift: 40, Width: 750}, 750}, {' ', fontx.Fit{Shift: 5, Width: 300}, 300},
	} {
		g, _, _ := f.Glyph(c.r, 0)
		code, ok := s.Code(g, string(c.r), c.fit)
		if again, _ := s.Code(g, string(c.r), c.fit); !ok || again != code || s.Meaning()[code] != string(c.r) || s.Glyph(code) != g {
			t.Errorf("%c: code %04X, then %04X, meaning %q", c.r, code, again, s.Meaning()[code])
		}
		if _, taken := codes[code]; taken {
			t.Errorf("%c: code %04X is taken", c.r, code)
		}
		codes[code] = c.width
	}
	cut, err := fontx.Parse("cut", s.TTF())
	if err != nil {
		t.Fatal(err)
	}
	for code, width := range codes {
		if g, ok, _ := cut.Glyph(rune(code), 0); !ok || cut.Advance(g) != width {
			t.Errorf("code %04X: found %v, advance %d, want %d", code, ok, cut.Advance(g), width)
		}
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
		s.Code(g, string(r), fontx.Fit{})
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
