package realtime

import (
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
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

// BenchmarkShowPresence shows nineteen of fifty different people to the other thirty-one and to each other, as in one flush of scenario S5; B/state is what one
// state takes on the line of one receiver.
func BenchmarkShowPresence(b *testing.B) {
	for _, k := range []struct {
		name           string
		deflate, brief bool
	}{{"stock", false, false}, {"brief", false, true}, {"stock,deflate", true, false}, {"brief,deflate", true, true}} {
		b.Run(k.name, func(b *testing.B) {
			p, now := newPresence(), time.Now()
			var crowd []*member
			for i := range uint64(50) {
				id := fmt.Sprintf("%026x", (i+1)*0x9e3779b97f4a7c15)
				name := string([]rune{'一' + rune(i*397%15000), '三' + rune(i*787%15000), '人' + rune(i*1579%15000)})
				m := &member{conn: &conn{named: true, line: &socket{deflate: k.deflate}}, brief: k.brief}
				m.actor = access.Actor{UserID: id, Name: name, Post: []string{"保健師", "主任", "相談支援専門員"}[i%3],
					AgencyID: fmt.Sprintf("%026x", (i%9+1)*0xc2b2ae3d27d4eb4f), AgencyName: []string{"健康福祉課", "社会福祉協議会", "地域包括支援センター"}[i%3]}
				m.user = userOf(m.actor)
				crowd = append(crowd, m)
			}
			move := func(from, to, n int) {
				for i, m := range crowd[from:to] {
					id := uint64(from+i+1) * 0x51f15e3d % (1 << 32)
					state := fmt.Appendf(nil, `{"user":{"name":"山田"},"caret":{"key":"wish","anchor":{"type":null,"item":{"client":%d,"clock":1}}},"n":%d}`, id, n)
					p.set(m, []awarenessEntry{{client: id, clock: uint64(n), state: state}}, now)
				}
			}
			move(0, 50, 0)
			p.show(p.takeDirty(), true)
			sent, states := 0, 0
			for n := 1; b.Loop(); n++ {
				move(0, 19, n)
				ids := p.takeDirty()
				s := newShowing("0123456789abcdef0123456789.1", ids, p.show(ids, true))
				for i, m := range crowd {
					sent += len(s.to(m).bytes())
					states += 19
					if i < 19 {
						states--
					}
				}
			}
			b.ReportMetric(float64(sent)/float64(states), "B/state")
		})
	}
}
