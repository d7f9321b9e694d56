package realtime

import (
	"bytes"
	"maps"
	"slices"
	"time"
)

// presence is who is where in one room (在席・カーソル): the clients of this node by their members, those of other nodes by node. It belongs to
// the room's goroutine.
//
// The clocks sent out are its own: milliseconds of the wall clock, but growing in any case. So a client that comes back is seen at once, also by browsers
// that remember it from a node that has ended or a clock that was wrong, and a state that this node renews for a browser asleep in a background
// tab is not dropped by the others. Nodes tell each other one clock; members are shown another, which grows each time something is said to any of them: a stock
// client that reconnects forgets who was there and remembers the clocks, so what it knew would not be taken again.
type presence struct {
	states map[uint64]*presenceState
	gone   map[uint64]tombstone
	dirty  map[uint64]struct{} // to be shown to the members
	local  map[uint64]struct{} // to be told to other nodes
}

type presenceState struct {
	clock uint64  // between nodes
	shown uint64  // to members
	brief []byte  // its state without
	who   []byte  // the user as members see it, and
	state []byte  // the two together
	owner *member // of this node, or
	node  string  // of another
	user  string
	sent  time.Time
	told  bool // everybody in the room has been told who this is
}

// say takes a new state.
func (s *presenceState) say(brief, who []byte, now time.Time) {
	s.told = s.told && bytes.Equal(s.who, who)
	s.brief, s.who, s.state, s.sent = brief, who, fullState(brief, who), now
}

// tombstone keeps the clocks of a client that left, and whose it was.
type tombstone struct {
	clock uint64
	shown uint64
	user  string
	at    time.Time
}

const (
	tombstoneAge  = 2 * time.Minute
	maxTombstones = 1000
	maxRemote     = 2000 // clients of other nodes in one room
)

func newPresence() *presence {
	return &presence{states: map[uint64]*presenceState{}, gone: map[uint64]tombstone{}, dirty: map[uint64]struct{}{}, local: map[uint64]struct{}{}}
}

// set takes the entries a member sent. A member has one client id, the first it names that is nobody else's; what it says of others is
// passed over, for stock clients repeat what they hear.
func (p *presence) set(m *member, entries []awarenessEntry, now time.Time) {
	for _, e := range entries {
		if m.hasClient && m.client != e.client {
			continue
		}
		fresh := !m.hasClient
		if fresh && (e.state == nil || !p.claim(m, e.client)) {
			continue
		}
		if e.state == nil {
			p.remove(e.client, now)
			continue
		}
		brief, ok := briefState(e.state)
		if !ok {
			continue
		}
		s := p.states[e.client]
		if s == nil {
			t := p.gone[e.client]
			delete(p.gone, e.client)
			s = &presenceState{clock: max(e.clock, t.clock), shown: max(e.clock, t.shown), user: m.actor.UserID}
			p.states[e.client] = s
		} else if !fresh && bytes.Equal(s.brief, brief) {
			continue // stock clients repeat it to be kept; age does that for them
		}
		s.clock = later(s.clock)
		s.owner, s.node = m, ""
		s.say(brief, m.user, now)
		p.dirty[e.client], p.local[e.client] = struct{}{}, struct{}{}
	}
}

// later is the clock that follows one. A node whose time of day runs ahead and is then put back is not believed for that long: there is no other
// order between nodes that do not know of each other.
func later(clock uint64) uint64 {
	return max(clock+1, uint64(max(time.Now().UnixMilli(), 0)))
}

// claim binds a client id to a member, unless it is another user's.
func (p *presence) claim(m *member, client uint64) bool {
	if s := p.states[client]; s != nil {
		if s.user != m.actor.UserID {
			return false
		}
		if s.owner != nil { // the same browser on a new connection, before the old one was found dead
			s.owner.hasClient = false
		}
		s.owner, s.node = m, ""
	} else if t, ok := p.gone[client]; ok && t.user != m.actor.UserID {
		return false
	}
	m.client, m.hasClient = client, true
	return true
}

// leave removes the client of a member.
func (p *presence) leave(m *member, now time.Time) {
	if m.hasClient {
		if s := p.states[m.client]; s != nil && s.owner == m {
			p.remove(m.client, now)
		}
	}
	m.hasClient = false
}

func (p *presence) remove(client uint64, now time.Time) {
	s := p.states[client]
	if s == nil {
		return
	}
	clock := s.clock
	if s.owner != nil {
		clock = later(clock)
		p.local[client] = struct{}{}
	}
	delete(p.states, client)
	if len(p.gone) >= maxTombstones {
		clear(p.gone)
	}
	p.gone[client] = tombstone{clock: clock, shown: s.shown, user: s.user, at: now}
	p.dirty[client] = struct{}{}
}

// remote takes what another node tells of its clients; full means there are no others of that node.
func (p *presence) remote(node string, entries []awarenessEntry, full bool, now time.Time) {
	named := make(map[uint64]bool, len(entries))
	for _, e := range entries {
		named[e.client] = true
		s := p.states[e.client]
		switch {
		case s != nil && s.owner != nil, len(e.state) > 2*maxState:
			continue
		case e.state == nil:
			if s != nil && s.node == node {
				s.clock = max(s.clock, e.clock)
				p.remove(e.client, now)
			}
		case s == nil:
			t := p.gone[e.client]
			who, brief, ok := splitState(e.state)
			if !ok || e.clock < t.clock || len(p.states) >= maxRemote {
				continue
			}
			delete(p.gone, e.client)
			s = &presenceState{clock: e.clock, shown: max(e.clock, t.shown), node: node, user: idOf(who)}
			s.say(brief, who, now)
			p.states[e.client] = s
			p.dirty[e.client] = struct{}{}
		case e.clock > s.clock || s.node != node:
			who, brief, ok := splitState(e.state)
			if !ok {
				continue
			}
			s.clock, s.node = max(e.clock, s.clock+1), node
			s.say(brief, who, now)
			p.dirty[e.client] = struct{}{}
		default:
			s.sent = now // its node lives
		}
	}
	if full {
		for _, client := range p.clients() {
			if s := p.states[client]; s.owner == nil && s.node == node && !named[client] {
				s.clock++ // what was said of it before may come late
				p.remove(client, now)
			}
		}
	}
}

// age renews the clients of this node that have been silent for renew, and removes those of nodes not heard of for expire.
func (p *presence) age(now time.Time, renew, expire time.Duration) {
	for _, client := range p.clients() {
		s := p.states[client]
		if s.sent.After(now) { // the clock was put back
			s.sent = now
		}
		switch {
		case s.owner != nil && now.Sub(s.sent) >= renew:
			s.clock = later(s.clock)
			s.sent = now
			p.dirty[client], p.local[client] = struct{}{}, struct{}{}
		case s.owner == nil && now.Sub(s.sent) >= expire:
			p.remove(client, now)
		}
	}
	for client, t := range p.gone {
		if t.at.After(now) {
			t.at = now
			p.gone[client] = t
		}
		if now.Sub(t.at) > tombstoneAge {
			delete(p.gone, client)
		}
	}
}

// clients are the ids of all that are present, sorted.
func (p *presence) clients() []uint64 { return slices.Sorted(maps.Keys(p.states)) }

// entry is what is to be said of a client to other nodes now.
func (p *presence) entry(client uint64) awarenessEntry {
	if s := p.states[client]; s != nil {
		return awarenessEntry{client: client, clock: s.clock, state: s.state}
	}
	return awarenessEntry{client: client, clock: p.gone[client].clock}
}

// show is what is to be said of clients to members now: to all of them, or to one that knows nobody.
func (p *presence) show(clients []uint64, all bool) []awarenessEntry {
	out := make([]awarenessEntry, len(clients))
	for i, c := range clients {
		if s := p.states[c]; s != nil {
			s.shown = later(s.shown)
			out[i] = awarenessEntry{client: c, clock: s.shown, state: s.state}
			if all && s.told {
				out[i].brief = s.brief
			}
			s.told = s.told || all
			continue
		}
		t, known := p.gone[c]
		t.shown = later(t.shown)
		if known {
			p.gone[c] = t
		}
		out[i] = awarenessEntry{client: c, clock: t.shown}
	}
	return out
}

// mine are the clients of this node, for other nodes.
func (p *presence) mine() []awarenessEntry {
	var out []awarenessEntry
	for _, c := range p.clients() {
		if p.states[c].owner != nil {
			out = append(out, p.entry(c))
		}
	}
	return out
}

// takeDirty empties the set of what is to be shown.
func (p *presence) takeDirty() []uint64 {
	ids := slices.Sorted(maps.Keys(p.dirty))
	clear(p.dirty)
	return ids
}

// takeLocal empties the set of what is to be told to other nodes.
func (p *presence) takeLocal() []awarenessEntry {
	ids := slices.Sorted(maps.Keys(p.local))
	clear(p.local)
	out := make([]awarenessEntry, len(ids))
	for i, c := range ids {
		out[i] = p.entry(c)
	}
	return out
}
