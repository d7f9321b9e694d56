package ydoc

import "fmt"

// Attribution says that the elements From..To (To excluded) of a list, of a text the UTF-16 units, are those that Client made with the clocks
// Clock, Clock+1, …: an ID that whoever keeps the log of updates can look up there, to learn who sent it and when.
type Attribution struct {
	From, To      int
	Client, Clock uint64
}

// Attribute tells who made the elements from..to (to excluded) of t, in order and without a gap; what one client made in one go is one
// Attribution, also where others have marked parts of it since. Embeds and nested types count as one element, formats as none: who made a text bold
// is not told. ErrRange: t is shorter.
//
// It says nothing of who deleted what: a deletion has no author in a Yjs document, only the update that brought it has.
func (d *Doc) Attribute(t *Type, from, to int) ([]Attribution, error) {
	if from < 0 || from > to || to > t.length {
		return nil, fmt.Errorf("%w: %d to %d of %d", ErrRange, from, to, t.length)
	}
	var out []Attribution
	at := 0
	for it := t.start; it != nil && at < to; it = it.right {
		if !it.visible() {
			continue
		}
		start, end := max(at, from), min(at+int(it.length), to)
		if start < end {
			a := Attribution{start, end, d.clients.list[it.id.client], uint64(it.id.clock) + uint64(start-at)}
			if n := len(out) - 1; n >= 0 && out[n].Client == a.Client && out[n].Clock+uint64(start-out[n].From) == a.Clock {
				out[n].To = end
			} else {
				out = append(out, a)
			}
		}
		at += int(it.length)
	}
	return out, nil
}
