package realtime

import "time"

// Stroke is the way of what somebody typed, with what was committed together with it: when the first frame came in, was taken by its room, was integrated with the
// others, waited for the committer, was in the log, was shown to the members here, was told to other nodes.
type Stroke struct {
	In, Taken, Integrated, Commit, Committed, Shown, Published time.Time
	Rows, Bytes, Members                                       int
	Failed                                                     bool
}

// watching is now when somebody wants to know of strokes; the zero time, at no cost, when nobody does.
func (r *room) watching() time.Time {
	if r.hub.cfg.Traced == nil {
		return time.Time{}
	}
	return time.Now()
}

// strokeSeen notes that a frame was integrated; taken is the zero time when nobody watches.
func (r *room) strokeSeen(f *framed, taken time.Time) {
	if taken.IsZero() {
		return
	}
	if r.current.stroke == nil {
		r.current.stroke = &Stroke{In: r.hub.begun.Add(f.at), Taken: taken}
	}
	r.current.stroke.Integrated = time.Now()
}

// traced hands the way of a batch on.
func (r *room) traced(b *batch, c *committed, shown time.Time) {
	s := b.stroke
	if s == nil || r.hub.cfg.Traced == nil {
		return
	}
	s.Commit, s.Committed, s.Shown, s.Published = c.begun, c.ended, shown, time.Now()
	s.Rows, s.Bytes, s.Members, s.Failed = len(b.rows), b.bytes, len(r.members), c.err != nil
	r.hub.cfg.Traced(*s)
}
