package realtime

// burst is several frames for one member, or the same for many: what one commit has to tell. They are written at once.
type burst struct {
	frames [][]byte
	joined []byte // the frames one after the other, made when first needed
}

func (b *burst) add(frame []byte) {
	if frame != nil {
		b.frames = append(b.frames, frame)
	}
}

func (b *burst) bytes() []byte {
	if len(b.frames) == 1 {
		return b.frames[0]
	}
	if b.joined == nil {
		n := 0
		for _, f := range b.frames {
			n += len(f)
		}
		b.joined = make([]byte, 0, n)
		for _, f := range b.frames {
			b.joined = append(b.joined, f...)
		}
	}
	return b.joined
}

// sendBurst queues frames as send does, and writes them as one when nothing waits before them.
func (c *conn) sendBurst(b *burst) {
	if len(b.frames) == 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closing || c.tooSlowLocked() {
		return
	}
	rest := b.frames
	for n := c.tryLocked(b.bytes()); n > 0; {
		if n < len(rest[0]) {
			c.enqueueLocked(rest[0][n:])
			c.torn = true
			rest = rest[1:]
			break
		}
		n -= len(rest[0])
		rest = rest[1:]
	}
	for _, f := range rest {
		c.enqueueLocked(f)
	}
}

// settleAll tells who has to be told of a committed batch, each member once.
func (r *room) settleAll(list []pending) {
	if len(list) == 1 {
		r.settle(list[0])
		return
	}
	shown := make([]*packet, len(list))
	own := make(map[*member]*burst, 4)
	for i, p := range list {
		if p.update != nil {
			shown[i] = syncPacket(r.key.name, syncUpdate, p.update)
		}
		own[p.f.m] = &burst{}
	}
	var all [2]*burst // by conn.named
	for m := range r.members {
		if own[m] != nil {
			continue
		}
		i := 0
		if m.conn.named {
			i = 1
		}
		if all[i] == nil {
			all[i] = &burst{}
			for _, p := range shown {
				if p != nil {
					all[i].add(p.frame(m.conn.named))
				}
			}
		}
		m.conn.sendBurst(all[i])
	}
	for m, b := range own {
		if m.gone {
			continue
		}
		_, in := r.members[m]
		acked := false
		for i, p := range list {
			if p.f.m != m {
				if in && shown[i] != nil {
					b.add(shown[i].frame(m.conn.named))
				}
				continue
			}
			r.addAnswers(b, p)
			acked = acked || p.ack
		}
		if acked {
			b.add(r.sequenceFor(m))
		}
		m.conn.sendBurst(b)
	}
}
