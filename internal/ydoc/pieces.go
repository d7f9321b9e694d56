package ydoc

// Piece is a stretch of visible text as one client wrote it without a break: its UTF-16 units have the clocks Clock, Clock+1, …
type Piece struct {
	Text   string
	Client uint64
	Clock  uint64
}

// Pieces is the visible text of t in order, cut wherever client or clock jump.
func (d *Doc) Pieces(t *Type) []Piece {
	var out []Piece
	for it := t.start; it != nil; it = it.right {
		if !it.deleted() && it.kind == ContentString {
			out = append(out, Piece{Text: string(it.bytes()), Client: d.clients.list[it.id.client], Clock: uint64(it.id.clock)})
		}
	}
	return out
}
