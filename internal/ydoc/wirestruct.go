package ydoc

// wireStruct is a struct as it stands in an update, for operations on bytes: nothing of it is interpreted that need not be.
// Its parts are those of the update and are not changed.
type wireStruct struct {
	client, clock, length uint64 // clocks have the 53 bits of the wire here
	info                  byte
	keyed                 bool   // it names a key, or did before it was cut
	head                  []byte // origins, or container and key
	right                 []byte // of head: the right origin
	content               []byte // with its length
}

func (s *wireStruct) kind() ContentKind { return ContentKind(s.info & 31) }
func (s *wireStruct) end() uint64       { return s.clock + s.length }

// wireStruct reads the next struct of client, at clock.
func (r *reader) wireStruct(client, clock uint64) wireStruct {
	s := wireStruct{client: client, clock: clock, info: r.byte()}
	switch s.kind() {
	case kindSkip, kindGC:
		s.info &= 31
		s.length = r.uint()
	default:
		from := r.p
		if s.info&0x80 != 0 {
			r.earlierID(client, clock)
		}
		right := r.p
		if s.info&0x40 != 0 {
			r.earlierID(client, clock)
		}
		s.right = r.b[right:r.p]
		if s.info&0xC0 != 0 {
			s.info &^= 0x20 // yjs forgets here that there is a key: the neighbours say so
		} else {
			if r.uint() == 1 {
				r.str()
			} else {
				r.earlierID(client, clock)
			}
			if s.keyed = s.info&0x20 != 0; s.keyed {
				r.str()
			}
		}
		middle := r.p
		s.length = r.skipContent(s.kind())
		if r.err == nil {
			s.head, s.content = r.b[from:middle], r.b[middle:r.p]
		}
	}
	if s.length == 0 && s.kind() != kindSkip {
		r.fail("struct without length")
	}
	if s.end() > maxSafe {
		r.fail("clock out of range")
	}
	return s
}

// earlierID reads an ID that, if it is the client's own, must be older than clock.
func (r *reader) earlierID(client, clock uint64) {
	if id := r.id(); id.Client == client && id.Clock >= clock {
		r.fail("struct refers to itself or later")
	}
}

// skipContent checks content as a decoder does and gives its length.
func (r *reader) skipContent(kind ContentKind) uint64 {
	switch kind {
	case ContentDeleted:
		return r.uint()
	case ContentJSON, ContentAny:
		count := r.count(1)
		for n := count; n > 0 && r.err == nil; n-- {
			if kind == ContentAny {
				r.skipAny(0)
			} else {
				r.json(true)
			}
		}
		return uint64(count)
	case ContentBinary:
		r.bytes()
	case ContentString:
		return uint64(utf16Len(r.str()))
	case ContentEmbed:
		r.json(false)
	case ContentFormat:
		r.str()
		r.json(false)
	case ContentType:
		if k := r.kind(); k.named() {
			r.str()
		}
	case ContentDoc:
		r.str()
		r.skipAny(0)
	default:
		r.fail("unknown content")
	}
	return 1
}

// after is s without its first n elements, which are fewer than it has.
func (s *wireStruct) after(n uint64) wireStruct {
	cut := *s
	cut.clock += n
	cut.length -= n
	kind := s.kind()
	if n == 0 || kind == kindGC || kind == kindSkip {
		return cut
	}
	cut.info = byte(kind) | 0x80 | s.info&0x40
	if s.keyed {
		cut.info |= 0x20
	}
	cut.head = append(putUint(putUint(nil, s.client), cut.clock-1), s.right...)
	cut.right = cut.head[len(cut.head)-len(s.right):]
	r := reader{b: s.content}
	switch kind {
	case ContentDeleted:
		cut.content = putUint(nil, cut.length)
	case ContentString:
		_, rest, _ := splitContent(kind, r.bytes(), int(n), int(s.length))
		cut.content = putBytes(nil, rest)
	case ContentAny, ContentJSON:
		r.uint()
		rest := s.content[r.p:]
		cut.content = append(putUint(nil, cut.length), rest[elementOffset(kind, rest, int(n)):]...)
	}
	return cut
}

func (s *wireStruct) append(b []byte) []byte {
	b = append(b, s.info)
	if k := s.kind(); k == kindGC || k == kindSkip {
		return putUint(b, s.length)
	}
	return append(append(b, s.head...), s.content...)
}

// wireBlock is where the structs of one client stand in an update.
type wireBlock struct {
	client, clock uint64
	count, at     int
}

// wireDeletion is a span of a delete set, with the 53 bits of the wire.
type wireDeletion struct{ client, from, to uint64 }

// scanUpdate checks an update wholly and finds its blocks, in their order, and its delete set.
func scanUpdate(b []byte) (blocks []wireBlock, deletes []wireDeletion, err error) {
	r := reader{b: b}
	seen := map[uint64]bool{}
	for n := r.count(3); n > 0 && r.err == nil; n-- {
		bl := wireBlock{count: r.count(2)}
		bl.client, bl.clock = r.uint(), r.uint()
		bl.at = r.p
		if seen[bl.client] {
			r.fail("client appears twice")
		}
		seen[bl.client] = true
		clock := bl.clock
		for i := 0; i < bl.count && r.err == nil; i++ {
			s := r.wireStruct(bl.client, clock)
			clock = s.end()
		}
		blocks = append(blocks, bl)
	}
	for n := r.count(2); n > 0 && r.err == nil; n-- {
		client := r.uint()
		for m := r.count(2); m > 0 && r.err == nil; m-- {
			clock, length := r.uint(), r.uint()
			if clock+length > maxSafe {
				r.fail("deletion out of range")
			}
			if length > 0 {
				deletes = append(deletes, wireDeletion{client, clock, clock + length})
			}
		}
	}
	return blocks, deletes, r.end()
}

// cursor reads the structs of an update one after the other.
type cursor struct {
	reader
	blocks []wireBlock
	left   int // structs of the first of blocks that are still to come
	next   uint64
	cur    wireStruct
	done   bool
	order  int // among cursors at the same place the lower comes first
}

func newCursor(update []byte, blocks []wireBlock) *cursor {
	c := &cursor{reader: reader{b: update}, blocks: blocks}
	c.enter()
	c.advance()
	return c
}

// enter goes to the first of what is left of blocks.
func (c *cursor) enter() {
	if len(c.blocks) > 0 {
		c.p, c.left, c.next = c.blocks[0].at, c.blocks[0].count, c.blocks[0].clock
	}
}

// advance reads the next struct.
func (c *cursor) advance() {
	for c.left == 0 {
		if len(c.blocks) > 0 {
			c.blocks = c.blocks[1:]
		}
		if len(c.blocks) == 0 {
			c.done = true
			return
		}
		c.enter()
	}
	c.cur = c.wireStruct(c.blocks[0].client, c.next)
	c.next = c.cur.end()
	c.left--
}

// advanceContent reads the next struct that is no hole.
func (c *cursor) advanceContent() {
	for c.advance(); !c.done && c.cur.kind() == kindSkip; {
		c.advance()
	}
}
