package realtime

// Kinds of hints on the bus.
const (
	hintRows      = 1 // committed rows of a document
	hintPresence  = 2 // presence of clients of one node
	hintQuery     = 3 // tell me your presence
	hintStateless = 4 // a message to everybody in a meeting's channel
	hintLook      = 5 // something about this document changed: look at its head now
	hintSession   = 6 // a session has ended
	hintRecheck   = 7 // some sessions have ended: look at all of them now
)

// maxHintRows is the largest sum of updates that is put on the bus; of more only the sequence is told.
const maxHintRows = 64 << 10

// hint is what one node tells the others. Nothing in it is trusted further than showing it sooner: the log decides.
type hint struct {
	kind    byte
	node    string
	epoch   int
	from    int64 // sequence of the first row
	to      int64 // of the last
	rows    []hintRow
	full    bool // presence of all clients of the node
	entries []awarenessEntry
	text    []byte // payload, or session id
	tenant  string
}

type hintRow struct {
	actor  string
	update []byte
}

func (h hint) encode() []byte {
	b := putStr([]byte{h.kind}, h.node)
	switch h.kind {
	case hintRows:
		b = putUint(putUint(putUint(b, uint64(h.epoch)), uint64(h.from)), uint64(h.to))
		b = putUint(b, uint64(len(h.rows)))
		for _, r := range h.rows {
			b = putBytes(putStr(b, r.actor), r.update)
		}
	case hintPresence:
		full := uint64(0)
		if h.full {
			full = 1
		}
		b = putBytes(putUint(b, full), encodeAwareness(h.entries))
	case hintStateless:
		b = putBytes(b, h.text)
	case hintSession:
		b = putBytes(putStr(b, h.tenant), h.text)
	}
	return b
}

func decodeHint(b []byte) (h hint, err error) {
	if len(b) == 0 {
		return hint{}, errFrame
	}
	r := reader{b: b[1:]}
	h.kind, h.node = b[0], r.str()
	switch h.kind {
	case hintRows:
		h.epoch, h.from, h.to = int(r.uint()), int64(r.uint()), int64(r.uint())
		n := r.uint()
		if r.bad || n > uint64(len(r.b)/2) || h.to < h.from || n != 0 && int64(n) != h.to-h.from+1 {
			return hint{}, errFrame
		}
		for range n {
			h.rows = append(h.rows, hintRow{actor: r.str(), update: r.bytes()})
		}
	case hintPresence:
		h.full = r.uint() == 1
		entries := r.bytes()
		if r.bad {
			return hint{}, errFrame
		}
		if h.entries, err = decodeAwareness(entries); err != nil {
			return hint{}, err
		}
	case hintStateless:
		h.text = r.bytes()
	case hintSession:
		h.tenant, h.text = r.str(), r.bytes()
	case hintQuery, hintLook, hintRecheck:
	default:
		return hint{}, errFrame
	}
	if r.bad || len(r.b) != 0 {
		return hint{}, errFrame
	}
	return h, nil
}
