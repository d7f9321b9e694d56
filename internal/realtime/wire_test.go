package realtime

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"testing"
)

func FuzzParse(f *testing.F) {
	for _, p := range []*packet{syncPacket("doc.1", syncUpdate, []byte{1, 2, 3}), awarenessPacket("doc.1", []byte{0}), authPacket("doc.1", authToken, "m"),
		statelessPacket("doc.1", []byte("{}")), closePacket("doc.1", ""), {name: "doc.1", kind: msgPing}} {
		b := append(putStr(nil, p.name), p.kind)
		f.Add(append(b, p.body...))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		in := bytes.Clone(b)
		for _, named := range []bool{true, false} {
			_, x, err := parse(b, named)
			if err == nil && len(x.body) > len(b) {
				t.Fatal("body is longer than the frame")
			}
		}
		if entries, err := decodeAwareness(b); err == nil {
			if again, err := decodeAwareness(encodeAwareness(entries)); err != nil || len(again) != len(entries) {
				t.Fatalf("presence does not survive: %v", err)
			}
		}
		if h, err := decodeHint(b); err == nil {
			if _, err := decodeHint(h.encode()); err != nil {
				t.Fatalf("hint does not survive: %v", err)
			}
		}
		if brief, ok := briefState(b); ok {
			full := fullState(brief, []byte(`{"id":"u"}`))
			if who, again, ok := splitState(full); !ok || string(who) != `{"id":"u"}` || !bytes.Equal(again, brief) || !json.Valid(full) {
				t.Fatalf("%q and a user became %q", brief, full)
			}
		}
		if !bytes.Equal(in, b) {
			t.Fatal("input was changed")
		}
	})
}

func TestHintRoundTrip(t *testing.T) {
	t.Parallel()
	for _, h := range []hint{
		{kind: hintRows, node: "n", epoch: 2, from: 5, to: 6, rows: []hintRow{{"u1", []byte{1}}, {"u2", []byte{}}}},
		{kind: hintRows, node: "n", epoch: 1, from: 5, to: 9},
		{kind: hintPresence, node: "n", full: true, entries: []awarenessEntry{{client: 1, clock: 2, state: []byte(`{"a":1}`)}, {client: 3, clock: 4}}},
		{kind: hintQuery, node: "n"}, {kind: hintLook, node: "n"}, {kind: hintRecheck, node: "n"}, {kind: hintStateless, node: "n", text: []byte("x")},
		{kind: hintSession, node: "n", tenant: "t", text: []byte("s")},
	} {
		got, err := decodeHint(h.encode())
		if err != nil || !bytes.Equal(got.encode(), h.encode()) || got.kind != h.kind || got.node != h.node || got.full != h.full {
			t.Errorf("%+v became %+v, %v", h, got, err)
		}
		for i := range h.encode() {
			if _, err := decodeHint(h.encode()[:i]); err == nil {
				t.Errorf("%+v cut at %d was taken", h, i)
			}
		}
	}
}

// TestColorsCarryWhiteLetters holds each colour to a contrast of 4.5 with white (WCAG 2.1).
func TestColorsCarryWhiteLetters(t *testing.T) {
	t.Parallel()
	linear := func(s string) float64 {
		n, err := strconv.ParseUint(s, 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	for _, c := range colors {
		l := 0.2126*linear(c[1:3]) + 0.7152*linear(c[3:5]) + 0.0722*linear(c[5:7])
		if ratio := 1.05 / (l + 0.05); ratio < 4.5 {
			t.Errorf("%s: %.2f", c, ratio)
		}
	}
}

func TestWebsocketFrameHeads(t *testing.T) {
	t.Parallel()
	for n, want := range map[int][]byte{0: {0x82, 0}, 125: {0x82, 125}, 126: {0x82, 126, 0, 126}, 65535: {0x82, 126, 255, 255}, 65536: {0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0}} {
		if b := wsFrame(opBinary, make([]byte, n)); !bytes.HasPrefix(b, want) || len(b) != len(want)+n {
			t.Errorf("%d bytes: % x", n, b[:min(len(b), 12)])
		}
	}
	if b := closeFrame(CloseTryLater, string(make([]byte, 500))); len(b) != 2+2+120 {
		t.Errorf("close frame of %d bytes", len(b))
	}
}
