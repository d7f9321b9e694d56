package realtime

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// publish posts what rooms and others have to tell, many at a time. What cannot be posted is lost, which the look-up heals.
func (h *Hub) publish(ctx context.Context) {
	for {
		var batch []Post
		select {
		case <-ctx.Done():
			return
		case p := <-h.posts:
			batch = append(batch, p)
		}
		for len(batch) < 128 && len(h.posts) > 0 {
			batch = append(batch, <-h.posts)
		}
		limited, cancel := context.WithTimeout(ctx, 2*time.Second)
		if err := h.cfg.Bus.Publish(limited, batch...); err != nil {
			h.count.hintsLost.Add(int64(len(batch)))
		}
		cancel()
	}
}

// post hands a message to the publisher; it never waits.
func (h *Hub) post(p Post) {
	if h.silent {
		return
	}
	select {
	case h.posts <- p:
	default:
		h.count.hintsLost.Add(1)
	}
}

// pollTogether is how many documents are looked at in one question to the database.
const pollTogether = 64

// poll looks at the heads of all open documents, and gives every room its tick, once in a period. The work is spread over it: a thousand rooms at once
// would hold up what people type.
func (h *Hub) poll(ctx context.Context) {
	t := time.NewTimer(h.cfg.Timing.Poll)
	defer t.Stop()
	for {
		groups := h.pollGroups()
		period := h.cfg.Timing.Poll
		if !h.cfg.Bus.Up() {
			period = min(period, h.cfg.Timing.PollBusDown)
		}
		for i := range max(len(groups), 1) {
			t.Reset(period / time.Duration(max(len(groups), 1)))
			select {
			case <-ctx.Done():
				return
			case <-t.C:
			}
			if i < len(groups) {
				h.tickRooms(groups[i])
			}
		}
	}
}

// pollGroups are the open rooms in an order that stays, each group of one municipality: documents, or channels, of which the database knows nothing.
func (h *Hub) pollGroups() (out [][]*room) {
	rooms := h.open()
	slices.SortFunc(rooms, func(a, b *room) int {
		return cmp.Or(strings.Compare(a.key.tenant, b.key.tenant), strings.Compare(a.key.name, b.key.name))
	})
	begun := 0
	for i, r := range rooms {
		first := rooms[begun]
		if i-begun == pollTogether || r.key.tenant != first.key.tenant || (r.docID == "") != (first.docID == "") {
			out, begun = append(out, rooms[begun:i]), i
		}
	}
	if begun < len(rooms) {
		out = append(out, rooms[begun:])
	}
	return out
}

func (h *Hub) tickRooms(rooms []*room) {
	apart := h.apart()
	if rooms[0].docID == "" {
		for _, r := range rooms {
			r.tick(tick{apart: apart})
		}
		return
	}
	ids := make([]string, len(rooms))
	for i, r := range rooms {
		ids[i] = r.docID
	}
	heads, err := h.heads(rooms[0].key.tenant, ids)
	for _, r := range rooms {
		x := tick{apart: apart}
		if err == nil {
			x.head, x.known = heads[r.docID]
			x.asked = true
		}
		r.tick(x)
	}
}

// recheck ends the connections of sessions that do not hold any more, and presences in meetings that no longer admit them.
func (h *Hub) recheck(ctx context.Context) {
	t := time.NewTicker(h.cfg.Timing.Recheck)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		case <-h.rechecks:
		}
		h.recheckSessions(ctx)
	}
}

func (h *Hub) recheckSessions(ctx context.Context) {
	if h.cfg.Valid == nil {
		return
	}
	bySession := map[string][]*conn{}
	for _, c := range h.connections() {
		k := actorKey(c.actor)
		bySession[k] = append(bySession[k], c)
	}
	for _, conns := range bySession {
		if err := h.ask(ctx, conns[0].actor, h.cfg.Valid); final(err) {
			for _, c := range conns {
				c.close(CloseSignedOut, fault.KindOf(err).String())
			}
		}
	}
}

func (h *Hub) ask(ctx context.Context, a access.Actor, question func(context.Context, access.Actor) error) error {
	ctx, cancel := context.WithTimeout(ctx, h.cfg.Timing.Ask)
	defer cancel()
	return question(ctx, a)
}

// keepAlive ticks the connections.
func (h *Hub) keepAlive(ctx context.Context) {
	t := time.NewTicker(max(min(h.cfg.Timing.KeepAlive, h.cfg.Timing.Ping)/5, 10*time.Millisecond))
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-t.C:
			for _, c := range h.connections() {
				c.tick(now)
			}
		}
	}
}

// compact writes snapshots, one at a time.
func (h *Hub) compact(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case key := <-h.compacts:
			docID, _, _ := parseDoc(key)
			limited, cancel := context.WithTimeout(ctx, time.Minute)
			if _, err := h.cfg.Documents.Compact(limited, key.tenant, docID); err != nil && ctx.Err() == nil {
				h.cfg.Log.Error("realtime: compaction failed", "doc", docID, "error", err)
			}
			cancel()
		}
	}
}
