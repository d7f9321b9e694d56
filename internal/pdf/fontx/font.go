package fontx

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
)

// Font is a parsed face. It is immutable.
type Font struct {
	Name   string // PostScript name, used inside the PDF
	Digest string // SHA-256 of the file, hex

	tables map[string][]byte
	upem   int
	glyphs int
	cmap   map[rune]uint16
	exact  map[variant]uint16      // (base, selector) with a glyph of its own
	usual  map[rune][]codeInterval // selector → bases whose usual glyph is this variation
	adv    []uint16
	loca   []uint32
}

type variant struct{ base, selector rune }

type codeInterval struct{ first, last rune }

// needed are the tables without which the font can be neither read nor cut.
var needed = []string{"head", "hhea", "maxp", "hmtx", "cmap", "glyf", "loca", "OS/2", "name", "post"}

func u16(b []byte, o int) int { return int(binary.BigEndian.Uint16(b[o:])) }
func s16(b []byte, o int) int { return int(int16(binary.BigEndian.Uint16(b[o:]))) }
func u32(b []byte, o int) int { return int(binary.BigEndian.Uint32(b[o:])) }
func u24(b []byte, o int) int { return int(b[o])<<16 | int(b[o+1])<<8 | int(b[o+2]) }

// Parse reads a font file. It keeps data; the caller must not change it afterwards.
// Collections (TTC), CFF outlines and damaged files give an error, never a panic.
func Parse(name string, data []byte) (f *Font, err error) {
	defer func() {
		if r := recover(); r != nil {
			f, err = nil, fmt.Errorf("font %s is damaged: %v", name, r)
		}
	}()
	if len(data) < 12 || u32(data, 0) != 0x00010000 {
		return nil, fmt.Errorf("font %s: %w", name, errors.New("not a TrueType file with glyf outlines"))
	}
	f = &Font{
		Name: name, tables: map[string][]byte{}, cmap: map[rune]uint16{},
		exact: map[variant]uint16{}, usual: map[rune][]codeInterval{},
	}
	for i, n := 0, u16(data, 4); i < n; i++ {
		rec := data[12+16*i:]
		off, size := u32(rec, 8), u32(rec, 12)
		f.tables[string(rec[:4])] = data[off : off+size : off+size]
	}
	for _, t := range needed {
		if f.tables[t] == nil {
			return nil, fmt.Errorf("font %s: no %s table", name, t)
		}
	}
	f.readMetrics()
	if f.upem == 0 || f.glyphs == 0 {
		return nil, fmt.Errorf("font %s: no glyphs", name)
	}
	f.readCmap(f.tables["cmap"])
	sum := sha256.Sum256(data)
	f.Digest = hex.EncodeToString(sum[:])
	return f, nil
}

func (f *Font) readMetrics() {
	f.upem = u16(f.tables["head"], 18)
	f.glyphs = u16(f.tables["maxp"], 4)
	long := u16(f.tables["hhea"], 34)
	f.adv = make([]uint16, f.glyphs)
	for g := range f.adv {
		f.adv[g] = uint16(u16(f.tables["hmtx"], min(g, long-1)*4))
	}
	lo := f.tables["loca"]
	f.loca = make([]uint32, f.glyphs+1)
	wide := u16(f.tables["head"], 50) == 1
	size := uint32(len(f.tables["glyf"]))
	for g := range f.loca {
		if wide {
			f.loca[g] = uint32(u32(lo, g*4))
		} else {
			f.loca[g] = uint32(u16(lo, g*2)) * 2
		}
		if f.loca[g] > size || g > 0 && f.loca[g] < f.loca[g-1] {
			panic("glyph outside the table")
		}
	}
}

// Glyph looks up a character and an optional variation selector (0: none). ok says that the font has the base
// character; exact that gid is the very variation asked for.
func (f *Font) Glyph(r, selector rune) (gid uint16, ok, exact bool) {
	g, ok := f.cmap[r]
	if selector == 0 {
		return g, ok, ok
	}
	if v, has := f.exact[variant{r, selector}]; has {
		return v, true, true
	}
	for _, in := range f.usual[selector] {
		if r >= in.first && r <= in.last {
			return g, ok, ok
		}
	}
	return g, ok, false
}

// Advance is the width of a glyph in 1/1000 em.
func (f *Font) Advance(gid uint16) int { return (int(f.adv[gid])*1000 + f.upem/2) / f.upem }

// Runes calls yield for every character of the font, in no particular order, until it returns false.
func (f *Font) Runes(yield func(rune) bool) {
	for r := range f.cmap {
		if !yield(r) {
			return
		}
	}
}

// Variations calls yield for every base and selector with a glyph of its own, in no particular order.
func (f *Font) Variations(yield func(base, selector rune) bool) {
	for v := range f.exact {
		if !yield(v.base, v.selector) {
			return
		}
	}
}

func (f *Font) outline(g uint16) []byte { return f.tables["glyf"][f.loca[g]:f.loca[g+1]] }

func (f *Font) bearing(g int) int {
	long := u16(f.tables["hhea"], 34)
	if g < long {
		return s16(f.tables["hmtx"], 4*g+2)
	}
	return s16(f.tables["hmtx"], 4*long+2*(g-long))
}
