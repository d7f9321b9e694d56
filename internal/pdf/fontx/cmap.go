package fontx

// readCmap takes the Unicode subtables: format 4 (BMP), 12 (all planes) and 14 (variation sequences).
func (f *Font) readCmap(cm []byte) {
	var bmp, full, uvs int
	for i, n := 0, u16(cm, 2); i < n; i++ {
		platform, encoding, off := u16(cm, 4+8*i), u16(cm, 6+8*i), u32(cm, 8+8*i)
		switch u16(cm, off) {
		case 4:
			if platform == 3 && encoding == 1 || platform == 0 {
				bmp = off
			}
		case 12:
			full = off
		case 14:
			uvs = off
		}
	}
	if bmp > 0 {
		f.readFormat4(cm[bmp:])
	}
	if full > 0 {
		f.readFormat12(cm[full:])
	}
	if uvs > 0 {
		f.readFormat14(cm[uvs:])
	}
}

func (f *Font) set(r rune, g int) {
	if g > 0 && g < f.glyphs {
		f.cmap[r] = uint16(g)
	}
}

func (f *Font) readFormat4(t []byte) {
	n := u16(t, 6) / 2
	for s := range n {
		last, first := u16(t, 14+2*s), u16(t, 16+2*n+2*s)
		delta, ro := u16(t, 16+4*n+2*s), u16(t, 16+6*n+2*s)
		for c := first; c <= last && c != 0xFFFF; c++ {
			if ro == 0 {
				f.set(rune(c), (c+delta)&0xFFFF)
				continue
			}
			if g := u16(t, 16+6*n+2*s+ro+2*(c-first)); g != 0 {
				f.set(rune(c), (g+delta)&0xFFFF)
			}
		}
	}
}

func (f *Font) readFormat12(t []byte) {
	for i, n := 0, u32(t, 12); i < n; i++ {
		first, last, g := u32(t, 16+12*i), u32(t, 20+12*i), u32(t, 24+12*i)
		if last > 0x10FFFF {
			panic("character beyond Unicode")
		}
		for c := first; c <= last; c++ {
			f.set(rune(c), g+c-first)
		}
	}
}

func (f *Font) readFormat14(t []byte) {
	for i, n := 0, u32(t, 6); i < n; i++ {
		rec := t[10+11*i:]
		selector := rune(u24(rec, 0))
		if d := u32(rec, 3); d != 0 {
			for k, m := 0, u32(t, d); k < m; k++ {
				first := rune(u24(t, d+4+4*k))
				f.usual[selector] = append(f.usual[selector], codeInterval{first, first + rune(t[d+7+4*k])})
			}
		}
		if d := u32(rec, 7); d != 0 {
			for k, m := 0, u32(t, d); k < m; k++ {
				if g := u16(t, d+7+5*k); g < f.glyphs {
					f.exact[variant{rune(u24(t, d+4+5*k)), selector}] = uint16(g)
				}
			}
		}
	}
}
