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
	part    int // entries in a message
	shared  []*packet
	bursts  map[kindOfLine]*burst // for those who are in none of the messages
}

// kindOfLine tells what form of a frame a connection takes.
type kindOfLine struct{ named, deflate bool }

func newShowing(name string, ids []uint64, entries []awarenessEntry) *showing {
	n := (len(ids) + mostTogether - 1) / mostTogether
	s := &showing{name: name, ids: ids, entries: entries, part: (len(ids) + n - 1) / n, bursts: map[kindOfLine]*burst{}}
	for part := range slices.Chunk(entries, s.part) {
		s.shared = append(s.shared, awarenessPacket(name, encodeAwareness(part)))
	}
	return s
}

// to gives what one member is told. It is not told of itself: what it says now may be newer.
func (s *showing) to(m *member) *burst {
	at, own := slices.BinarySearch(s.ids, m.client)
	if !m.hasClient || !own {
		k := kindOfLine{m.conn.named, m.conn.deflates()}
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
	for i, p := range s.shared {
		if i != part {
			b.add(p.frameFor(m.conn))
		} else if len(others) > 0 {
			b.add(awarenessPacket(s.name, encodeAwareness(others)).frameFor(m.conn))
		}
	}
	return b
}

// showPresence sends what has changed since the last time.
func (r *room) showPresence() {
	if r.docID != "" && r.blind() {
		return // what is dirty stays so, and is looked at again
	}
	if ids := r.presence.takeDirty(); len(ids) > 0 && len(r.members) > 0 {
		s := newShowing(r.key.name, ids, r.presence.show(ids))
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
		m.conn.sendBurst(newShowing(r.key.name, ids, r.presence.show(ids)).to(m))
	}
}
