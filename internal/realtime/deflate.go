package realtime

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"net/http"
	"regexp"
	"sync"
)

// Presence is the one thing on a line that is both large and repeats itself: fifty people who move their cursors are ten messages a second to each
// of the fifty, and in each the same field names, agencies and keys. So to clients that offer permessage-deflate (RFC 7692), as all browsers
// do, these messages go compressed: about a tenth of the bytes, and the states in them stay what every client of the y-protocols expects.
//
// Each message is compressed by itself (no context takeover): nothing is kept for a connection, and one compressed frame serves the whole
// room. Everything else is sent as it is: an update has 30 to 60 bytes that do not repeat, and a compressed secret beside what somebody
// else chose can be guessed from its length. In a presence message there is nothing that its receivers do not all see.

// opDeflated is opBinary with the bit that says that the message is compressed.
const opDeflated = opBinary | 0x40

// worthDeflating is the size from which a message is compressed: below, the head of the compressed form eats up what it saves.
const worthDeflating = 400

// plainOffer is an offer of permessage-deflate that can be accepted as it stands, whatever else is in it. Anything unusual is declined: it must not be
// understood otherwise here than by the library, which answers it.
var plainOffer = regexp.MustCompile(`^permessage-deflate(; ?(client_max_window_bits(=[0-9]+)?|(client|server)_no_context_takeover))*(, ?permessage-deflate(; ?[a-z_]+(=[0-9]+)?)*)*$`)

func offersDeflate(h http.Header) bool {
	offers := h.Values("Sec-Websocket-Extensions")
	return len(offers) == 1 && plainOffer.MatchString(offers[0])
}

var deflaters = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, flate.BestSpeed)
	if err != nil {
		panic(err) // the level is a constant
	}
	return w
}}

// deflated makes a compressed frame of head and body. The head is stored as it is, in a block of its own: carriesText has to see what waits in a
// queue, and a name does not get shorter anyway.
func deflated(head, body []byte) []byte {
	out := bytes.NewBuffer(make([]byte, 0, storedHead+len(head)+len(body)/4+64))
	out.WriteByte(0) // a stored block, not the last
	n := uint16(len(head))
	_ = binary.Write(out, binary.LittleEndian, [2]uint16{n, ^n})
	out.Write(head)
	w := deflaters.Get().(*flate.Writer)
	w.Reset(out)
	_, _ = w.Write(body) // to memory: it does not fail
	_ = w.Flush()
	deflaters.Put(w)
	return wsFrame(opDeflated, bytes.TrimSuffix(out.Bytes(), []byte{0, 0, 0xff, 0xff}))
}

// storedHead is what comes before the content of a stored block.
const storedHead = 5

// headOf gives the head of a message that deflated made.
func headOf(payload []byte) []byte {
	n := int(binary.LittleEndian.Uint16(payload[1:]))
	return payload[storedHead : storedHead+n]
}

// deflates tells whether a connection takes compressed messages. Those of y-websocket do not name their document: nobody could find them in a queue.
func (c *conn) deflates() bool {
	s, ok := c.line.(*socket)
	return ok && s.deflate && c.named
}

// frameFor gives the frame for one connection: as frame, or compressed.
func (p *packet) frameFor(c *conn) []byte {
	if !c.deflates() || len(p.body) < worthDeflating {
		return p.frame(c.named)
	}
	if p.deflated == nil {
		p.deflated = deflated(append(putStr(nil, p.name), p.kind), p.body)
	}
	return p.deflated
}
