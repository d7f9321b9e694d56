package meeting

import (
	"context"
	"time"
)

// Cancelled (中止) says who called the meeting off before 開会, and why.
type Cancelled struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Reason string    `json:"reason"`
}

// told is that for one reader: the reason is free text.
func (c *Cancelled) told(text bool) *Cancelled {
	if c == nil || text {
		return c
	}
	return &Cancelled{At: c.At, By: c.By}
}

// doCancel calls a meeting off: nothing happens in it any more, what was handed out ends, and links of guests die with it.
func doCancel(_ context.Context, d *deed) error {
	var in reasonData
	if err := d.read(&in); err != nil {
		return err
	}
	if err := required("reason", "中止の理由", in.Reason, 500); err != nil {
		return err
	}
	d.change.EndGuests = true
	return d.emit(KindCancelled, in)
}

func foldCancelled(s *State, e Event, d reasonData) {
	s.Meeting.Status = StatusCancelled
	s.Cancelled = &Cancelled{At: e.At, By: e.ActorName, Reason: d.Reason}
	for i := range s.People {
		s.People[i].conns = nil
		s.People[i].end(e.At)
	}
	for i := range s.Guests {
		s.Guests[i].Removed = true
	}
}
