package realtime

import "slices"

// mostTogether is how many people one message shows. A member whose own state is among them gets the message without it, made for it alone: in a
// room of two hundred who all move, that is two hundred messages of fifteen, not of two hundred.
const mostTogether = 16

// showing is what has changed in the presence of a room, as its members are told: a message for each sixteen, shared by all who are not in it.
type showing struct {
	name    string
	ids     []uint64
	entries []awarenessEntry
	part    int                // entries in a message
	shared  map[bool][]*packet // the full and the brief ones
	bursts  map[kindOfLine]*burst
}

// kindOfLine tells what form of a frame a member takes. Those of one kind who are in none of the messages get the same.
type kindOfLine struct{ named, deflate, brief bool }

func newShowing(name string, ids []uint64, entries []awarenessEntry) *showing {
	n := (len(ids) + mostTogether - 1) / mostTogether
	return &showing{name: name, ids: ids, entries: entries, part: (len(ids) + n - 1) / n, shared: map[bool][]*packet{}, bursts: map[kindOfLine]*burst{}}
}

func (s *showing) packet(part []awarenessEntry, brief bool) *packet {
	if brief {
		part = slices.Clone(part)
		for i, e := range part {
			if e.brief != nil {
				part[i].state = e.brief
			}
		}
	}
	return awarenessPacket(s.name, encodeAwareness(part))
}

func (s *showing) parts(brief bool) []*packet {
	if s.shared[brief] == nil {
		for part := range slices.Chunk(s.entries, s.part) {
			s.shared[brief] = append(s.shared[brief], s.packet(part, brief))
		}
	}
	return s.shared[brief]
}

// to gives what one member is told. It is not told of itself: what it says now may be newer.
func (s *showing) to(m *member) *burst {
	at, own := slices.BinarySearch(s.ids, m.client)
	if !m.hasClient || !own {
		k := kindOfLine{m.conn.named, m.conn.deflates(), m.brief}
		if s.bursts[k] == nil {
			s.bursts[k] = s.burst(m, -1, nil)
		}
		return s.bursts[k]
	}
	part := at / s.part
	from := part * s.part
	others := slices.Concat(s.entries[from:at], s.entries[at+1:min(from+s.part, len(s.entries))])
	return s.burst(m, part, others)
}

// burst joins the shared messages, with others in the place of one of them.
func (s *showing) burst(m *member, part int, others []awarenessEntry) *burst {
	b := &burst{}
	for i, p := range s.parts(m.brief) {
		if i != part {
			b.add(p.frameFor(m.conn))
		} else if len(others) > 0 {
			b.add(s.packet(others, m.brief).frameFor(m.conn))
		}
	}
	return b
}

// showPresence sends what has changed since the last time.
//
//go:noinline
func (r *room) showPresence() {
	if r.docID != "" && r.blind() {
		return // what is dirty stays so, and is looked at again
	}
	if ids := r.presence.takeDirty(); len(ids) > 0 && len(r.members) > 0 {
		s := newShowing(r.key.name, ids, r.presence.show(ids, true))
		for m := range r.members {
			m.conn.sendBurst(s.to(m))
		}
	}
	if mine := r.presence.takeLocal(); len(mine) > 0 {
		r.publish(hint{kind: hintPresence, entries: mine})
	}
}

// tellPresence sends a member everybody who is there.
func (r *room) tellPresence(m *member) {
	ids := slices.DeleteFunc(r.presence.clients(), func(c uint64) bool { return m.hasClient && c == m.client })
	if len(ids) > 0 && !m.gone {
		m.conn.sendBurst(newShowing(r.key.name, ids, r.presence.show(ids, false)).to(m))
	}
}
