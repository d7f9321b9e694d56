package pdfa

import (
	"encoding/binary"
	"math"
	"unicode/utf16"
)

var be = binary.BigEndian

// fixed is a number in the profile's 16.16 form.
func fixed(b []byte, values ...float64) []byte {
	for _, v := range values {
		b = be.AppendUint32(b, uint32(int32(math.Round(v*65536))))
	}
	return b
}

func localised(s string) []byte {
	b := append([]byte("mluc\x00\x00\x00\x00"), 0, 0, 0, 1, 0, 0, 0, 12, 'e', 'n', 'U', 'S')
	units := utf16.Encode([]rune(s))
	b = be.AppendUint32(b, uint32(len(units)*2))
	b = be.AppendUint32(b, 28)
	for _, u := range units {
		b = be.AppendUint16(b, u)
	}
	return b
}

func colourant(x, y, z float64) []byte { return fixed([]byte("XYZ \x00\x00\x00\x00"), x, y, z) }

// sRGB makes a small ICC v4 display profile for the sRGB colour space.
func sRGB() []byte {
	curve := fixed([]byte("para\x00\x00\x00\x00\x00\x03\x00\x00"), 2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045)
	adapt := fixed([]byte("sf32\x00\x00\x00\x00"),
		1.0478112, 0.0228866, -0.0501270, 0.0295424, 0.9904844, -0.0170491, -0.0092345, 0.0150436, 0.7521316)
	tags := []struct {
		name string
		body []byte
	}{
		{"desc", localised("sRGB")}, {"cprt", localised("No copyright, use freely")},
		{"wtpt", colourant(0.96420, 1, 0.82491)}, {"chad", adapt},
		{"rXYZ", colourant(0.436066, 0.222488, 0.013916)}, {"gXYZ", colourant(0.385147, 0.716873, 0.097076)},
		{"bXYZ", colourant(0.143066, 0.060608, 0.714096)}, {"rTRC", curve}, {"gTRC", curve}, {"bTRC", curve},
	}
	var dir, data []byte
	base := 128 + 4 + 12*len(tags)
	at := map[string]int{}
	for _, t := range tags {
		off, stored := at[string(t.body)]
		if !stored {
			off = base + len(data)
			at[string(t.body)] = off
			for data = append(data, t.body...); len(data)%4 != 0; {
				data = append(data, 0)
			}
		}
		dir = be.AppendUint32(be.AppendUint32(append(dir, t.name...), uint32(off)), uint32(len(t.body)))
	}
	head := make([]byte, 128)
	be.PutUint32(head, uint32(base+len(data)))
	copy(head[8:], []byte{4, 0x20, 0, 0})
	copy(head[12:], "mntrRGB XYZ ")
	for i, v := range []uint16{2026, 1, 1, 0, 0, 0} { // a fixed date: the profile is part of the bytes
		be.PutUint16(head[24+2*i:], v)
	}
	copy(head[36:], "acsp")
	copy(head[68:], fixed(nil, 0.96420, 1, 0.82491))
	out := be.AppendUint32(head, uint32(len(tags)))
	return append(append(out, dir...), data...)
}
