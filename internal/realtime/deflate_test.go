package realtime

import (
	"bytes"
	"compress/flate"
	"io"
	"net/http"
	"strings"
	"testing"
)

// inflated is what a client makes of a compressed message.
func inflated(t *testing.T, payload []byte) []byte {
	t.Helper()
	b, err := io.ReadAll(flate.NewReader(io.MultiReader(bytes.NewReader(payload), strings.NewReader("\x00\x00\xff\xff\x01\x00\x00\xff\xff"))))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDeflated(t *testing.T) {
	for _, body := range []string{"", "x", strings.Repeat(`{"at":"plan/wish"}`, 300), strings.Repeat("0123456789abcdef髙橋", 9000)} {
		for range 3 { // the compressor is used again
			f := deflated([]byte("doc.1\x01"), []byte(body))
			if f[0] != 0xC2 {
				t.Fatalf("first byte %x", f[0])
			}
			payload := f[2:]
			switch f[1] {
			case 126:
				payload = f[4:]
			case 127:
				payload = f[10:]
			}
			if got := inflated(t, payload); string(got) != "doc.1\x01"+body {
				t.Fatalf("%d bytes became %d", len(body)+6, len(got))
			}
		}
	}
}

// TestPurgeFindsCompressedPresence: what may no longer be read is taken out of the queue, compressed or not.
func TestPurgeFindsCompressedPresence(t *testing.T) {
	head := putStr(nil, "doc.1")
	f := deflated(append(head, msgAwareness), bytes.Repeat([]byte("who is here "), 100))
	if !carriesText(f, head) || carriesText(f, putStr(nil, "doc.2")) || carriesText(f, putStr(nil, "doc.10")) {
		t.Fatal("not found by its name")
	}
}

func TestOffersDeflate(t *testing.T) {
	for offer, want := range map[string]bool{
		"":                   false,
		"permessage-deflate": true,
		"permessage-deflate; client_max_window_bits":                                               true, // Chromium
		"permessage-deflate;client_max_window_bits=12; server_no_context_takeover":                 true,
		"permessage-deflate; client_max_window_bits, permessage-deflate; server_max_window_bits=9": true,
		"permessage-deflate; server_max_window_bits=10":                                            false,
		"permessage-deflate; =":       false,
		"x-webkit-deflate-frame":      false,
		`foo="a, permessage-deflate"`: false,
		"permessage-deflates":         false,
	} {
		if got := offersDeflate(http.Header{"Sec-Websocket-Extensions": {offer}}); got != want {
			t.Errorf("%q: %v", offer, got)
		}
	}
	if offersDeflate(http.Header{"Sec-Websocket-Extensions": {"permessage-deflate", "x"}}) || offersDeflate(nil) {
		t.Error("accepted")
	}
}

// BenchmarkInflate is what it costs to read the message of a browser, which compresses everything once that was agreed on.
func BenchmarkInflate(b *testing.B) {
	var buf bytes.Buffer
	w, _ := flate.NewWriter(&buf, flate.BestSpeed)
	_, _ = w.Write(bytes.Repeat([]byte("an update "), 6))
	_ = w.Flush()
	r := flate.NewReader(nil)
	for b.Loop() {
		_ = r.(flate.Resetter).Reset(io.MultiReader(bytes.NewReader(buf.Bytes()), strings.NewReader("\x01\x00\x00\xff\xff")), nil)
		if _, err := io.Copy(io.Discard, r); err != nil {
			b.Fatal(err)
		}
	}
}
