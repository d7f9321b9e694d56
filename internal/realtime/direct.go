package realtime

// What comes to a room that rests is dealt with by whoever brings it, on its goroutine: a frame by the reader of its connection, a commit by the committer,
// a look-up by the poll. Waking the room's goroutine for each, and a processor for that, took more time than the work. A room that does not rest is
// spoken to through its channels.

// direct takes a frame at once, unless the room has something else to do or other frames wait.
func (r *room) direct(f framed) bool {
	if r.queued.Load() > 0 || !r.mu.TryLock() {
		return false
	}
	if r.dead || r.queued.Load() > 0 || len(r.again) > 0 || r.busy() {
		r.mu.Unlock()
		return false
	}
	r.take(f)
	r.yield()
	return true
}

// resting does something with a room that rests; false if it does not.
func (r *room) resting(do func()) bool {
	if !r.mu.TryLock() {
		return false
	}
	if r.dead {
		r.mu.Unlock()
		return false
	}
	do()
	r.yield()
	return true
}

// yield gives the room back after somebody else than its goroutine had it, and wakes that if there is something to see for it.
func (r *room) yield() {
	if !r.dead {
		r.advance()
	}
	wake := r.dead || r.closed && !r.busy()
	r.mu.Unlock()
	if wake {
		select {
		case r.pokes <- struct{}{}:
		default:
		}
	}
}

// settleCommit takes the outcome of a commit. alone tells that the committer has nothing else to do: otherwise rooms show what was committed side by side.
func (r *room) settleCommit(c committed, alone bool) {
	if !alone || !r.resting(func() { r.committed(&c) }) {
		r.commits <- &c // there is room: one at a time
	}
}
