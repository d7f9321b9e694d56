package main

import "encoding/binary"

// Messages of the y-protocols and of Hocuspocus, as clients send them.

func putUint(b []byte, n uint64) []byte  { return binary.AppendUvarint(b, n) }
func putBytes(b []byte, s []byte) []byte { return append(putUint(b, uint64(len(s))), s...) }
func putStr(b []byte, s string) []byte   { return append(putUint(b, uint64(len(s))), s...) }

// head begins a message about a room: Hocuspocus names it in each.
func (p *peer) head(room string, kind byte) []byte {
	if p.named {
		return append(putStr(nil, room), kind)
	}
	return []byte{kind}
}

func (p *peer) auth(room string) []byte { return putStr(append(p.head(room, 2), 0), "") }
func (p *peer) step1(room string) []byte {
	return putBytes(append(p.head(room, 0), 0), []byte{0})
}
func (p *peer) update(room string, u []byte) []byte {
	return putBytes(append(p.head(room, 0), 2), u)
}

// awareness says where a client is; n tells one state from another.
func (p *peer) awareness(room string, client, clock uint64, state []byte) []byte {
	u := putBytes(putUint(putUint([]byte{1}, client), clock), state)
	return putBytes(p.head(room, 1), u)
}

// letter is the update that types one character into the text at the end of what this client typed before.
func letter(client, clock uint64) []byte {
	b := putUint(putUint([]byte{1, 1}, client), clock)
	if clock == 0 {
		b = putStr(append(b, 4, 1), "t:wish")
	} else {
		b = putUint(putUint(append(b, 0x84), client), clock-1)
	}
	return append(putStr(b, "髙"), 0)
}

// scalar is the update that sets a key of the map to a text, over what this client set before.
func scalar(client, clock uint64, key, text string) []byte {
	b := putUint(putUint([]byte{1, 1}, client), clock)
	if clock == 0 {
		b = putStr(putStr(append(b, 0x28, 1), "v"), key)
	} else {
		b = putUint(putUint(append(b, 0xa8), client), clock-1)
	}
	return append(putStr(append(b, 1, 119), text), 0)
}

// reader reads what the servers send; a malformed message reads as zeros.
type reader struct{ b []byte }

func (r *reader) uint() uint64 {
	n, w := binary.Uvarint(r.b)
	if w <= 0 {
		r.b = nil
		return 0
	}
	r.b = r.b[w:]
	return n
}

func (r *reader) bytes() []byte {
	n := min(r.uint(), uint64(len(r.b)))
	s := r.b[:n]
	r.b = r.b[n:]
	return s
}

// Kinds of what a server sends, as far as the generator looks.
const (
	kindOther = iota
	kindSynced
	kindUpdate
	kindAwareness
	kindAck
)

// parse tells what a message is; body is the update or the presence in it.
func (p *peer) parse(m []byte) (kind int, body []byte) {
	r := reader{m}
	if p.named {
		r.bytes()
	}
	switch r.uint() {
	case 0, 4:
		switch r.uint() {
		case 1:
			return kindSynced, r.bytes()
		case 2:
			return kindUpdate, r.bytes()
		}
	case 1:
		return kindAwareness, r.bytes()
	case 8:
		return kindAck, nil
	}
	return kindOther, nil
}

// firstStruct gives client, clock and number of characters of an update made of one text struct, or of one value.
func firstStruct(u []byte) (client, clock, n uint64) {
	r := reader{u}
	if r.uint() != 1 || r.uint() == 0 {
		return 0, 0, 0
	}
	client, clock = r.uint(), r.uint()
	if len(r.b) == 0 {
		return 0, 0, 0
	}
	info := r.b[0]
	r.b = r.b[1:]
	if info&0x80 != 0 {
		r.uint()
		r.uint()
	}
	if info&0x40 != 0 {
		r.uint()
		r.uint()
	}
	if info&0xc0 == 0 {
		r.uint()
		r.bytes()
		if info&0x20 != 0 {
			r.bytes()
		}
	}
	if info&0x1f != 4 {
		return client, clock, 1
	}
	return client, clock, uint64(len([]rune(string(r.bytes()))))
}
