package realtime

import (
	"encoding/binary"
	"errors"
	"unicode/utf8"
)

// Message types of both protocols; y-websocket knows the first four.
const (
	msgSync           = 0
	msgAwareness      = 1
	msgAuth           = 2
	msgQueryAwareness = 3
	msgSyncReply      = 4
	msgStateless      = 5
	msgClose          = 7
	msgSyncStatus     = 8
	msgPing           = 9
	msgPong           = 10
)

// Steps of a sync message.
const (
	syncStep1  = 0
	syncStep2  = 1
	syncUpdate = 2
)

// Kinds of an auth message.
const (
	authToken         = 0
	authDenied        = 1
	authAuthenticated = 2
)

var errFrame = errors.New("realtime: malformed frame")

// inbound is one message of a client. body is a part of the frame read.
type inbound struct {
	kind byte
	sync byte   // of msgSync and msgSyncReply
	body []byte // state vector, update, awareness, token or payload
}

// parse reads a frame; named frames (Hocuspocus) begin with the document's name.
func parse(b []byte, named bool) (name string, in inbound, err error) {
	r := reader{b: b}
	if named {
		name = r.str()
	}
	kind := r.uint()
	if r.bad || kind > msgPong {
		return "", inbound{}, errFrame
	}
	in.kind = byte(kind)
	switch in.kind {
	case msgSync, msgSyncReply:
		step := r.uint()
		if step > syncUpdate {
			return "", inbound{}, errFrame
		}
		in.sync = byte(step)
		in.body = r.bytes()
	case msgAwareness:
		in.body = r.bytes()
	case msgAuth:
		if r.uint() != authToken {
			return "", inbound{}, errFrame
		}
		in.body = []byte(r.str())
	case msgStateless:
		in.body = []byte(r.str())
	case msgQueryAwareness, msgClose, msgPing, msgPong:
	default:
		return "", inbound{}, errFrame
	}
	if r.bad {
		return "", inbound{}, errFrame
	}
	return name, in, nil
}

// reader reads lib0's encoding; after a fault everything is zero and bad is set.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) uint() uint64 {
	n, w := binary.Uvarint(r.b)
	if w <= 0 || n > 1<<53-1 {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[w:]
	return n
}

func (r *reader) bytes() []byte {
	n := r.uint()
	if n > uint64(len(r.b)) {
		r.bad, r.b = true, nil
		return nil
	}
	s := r.b[:n:n]
	r.b = r.b[n:]
	return s
}

func (r *reader) str() string {
	s := r.bytes()
	if !utf8.Valid(s) {
		r.bad, r.b = true, nil
		return ""
	}
	return string(s)
}

func putUint(b []byte, n uint64) []byte { return binary.AppendUvarint(b, n) }
func putBytes(b, s []byte) []byte       { return append(putUint(b, uint64(len(s))), s...) }
func putStr(b []byte, s string) []byte  { return append(putUint(b, uint64(len(s))), s...) }

// packet is one message to clients. Its frames are made once, for all receivers; it belongs to one goroutine.
type packet struct {
	name              string
	kind              byte
	body              []byte
	hp, yws, deflated []byte
}

// frame gives the websocket frame for a protocol, nil if that protocol has no such message.
func (p *packet) frame(named bool) []byte {
	if named {
		if p.hp == nil {
			b := append(putStr(make([]byte, 0, len(p.name)+len(p.body)+4), p.name), p.kind)
			p.hp = wsFrame(opBinary, append(b, p.body...))
		}
		return p.hp
	}
	if p.kind > msgQueryAwareness || p.kind == msgAuth {
		return nil
	}
	if p.yws == nil {
		p.yws = wsFrame(opBinary, append([]byte{p.kind}, p.body...))
	}
	return p.yws
}

func syncPacket(name string, step byte, data []byte) *packet {
	return &packet{name: name, kind: msgSync, body: putBytes([]byte{step}, data)}
}

func awarenessPacket(name string, update []byte) *packet {
	return &packet{name: name, kind: msgAwareness, body: putBytes(nil, update)}
}

func authPacket(name string, kind byte, text string) *packet {
	return &packet{name: name, kind: msgAuth, body: putStr([]byte{kind}, text)}
}

func statelessPacket(name string, payload []byte) *packet {
	return &packet{name: name, kind: msgStateless, body: putBytes(nil, payload)}
}

func closePacket(name, reason string) *packet {
	return &packet{name: name, kind: msgClose, body: putStr(nil, reason)}
}

// statusPacket acknowledges one update: it is in the log, or it was refused.
func statusPacket(name string, stored bool) *packet {
	b := byte(0)
	if stored {
		b = 1
	}
	return &packet{name: name, kind: msgSyncStatus, body: []byte{b}}
}

// Opcodes of RFC 6455, with the bit that ends a message.
const (
	opBinary = 0x82
	opClose  = 0x88
	opPing   = 0x89
	opPong   = 0x8A
)

// wsFrame makes one unmasked frame, as servers send them.
func wsFrame(op byte, payload []byte) []byte {
	b := make([]byte, 0, len(payload)+10)
	b = append(b, op)
	switch n := len(payload); {
	case n < 126:
		b = append(b, byte(n))
	case n < 1<<16:
		b = binary.BigEndian.AppendUint16(append(b, 126), uint16(n))
	default:
		b = binary.BigEndian.AppendUint64(append(b, 127), uint64(n))
	}
	return append(b, payload...)
}

// unframe takes a frame of wsFrame apart; the opcode of an empty one is 0. Of a compressed message it gives the head.
func unframe(frame []byte) (op byte, payload []byte) {
	if len(frame) < 2 {
		return 0, nil
	}
	switch payload = frame[2:]; frame[1] {
	case 126:
		payload = frame[4:]
	case 127:
		payload = frame[10:]
	}
	if frame[0] == opDeflated {
		return opBinary, headOf(payload)
	}
	return frame[0], payload
}

// closeFrame makes the frame that ends a connection. reason is cut to what a control frame holds.
func closeFrame(code int, reason string) []byte {
	b := binary.BigEndian.AppendUint16(nil, uint16(code))
	return wsFrame(opClose, append(b, reason[:min(len(reason), 120)]...))
}
