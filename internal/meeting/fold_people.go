package meeting

import (
	"slices"
	"time"
)

func foldSeat(s *State, _ Event, d seatData) {
	seat := s.seat(d.AgencyID)
	if seat == nil {
		s.Seats = append(s.Seats, Seat{AgencyID: d.AgencyID})
		seat = &s.Seats[len(s.Seats)-1]
	}
	seat.Name, seat.Short, seat.City, seat.Member = d.Name, d.Short, d.City, d.Member
	seat.Observer, seat.Speaker, seat.Proxy = d.Observer, d.Speaker, d.Proxy
	s.seated()
}

// seated copies who has a seat to the row, for the scopes.
func (s *State) seated() {
	s.Meeting.Agencies = make([]string, 0, len(s.Seats))
	for _, seat := range s.Seats {
		s.Meeting.Agencies = append(s.Meeting.Agencies, seat.AgencyID)
	}
}

func foldSeatRemoved(s *State, e Event, d idData) {
	s.Seats = slices.DeleteFunc(s.Seats, func(x Seat) bool { return x.AgencyID == d.ID })
	s.Prepared = slices.DeleteFunc(s.Prepared, func(p Prepared) bool { return p.AgencyID == d.ID })
	s.seated()
	if s.Floor == d.ID {
		s.Floor = ""
	}
	s.reveal(e.At)
}

func foldExcused(s *State, e Event, d excusedData) {
	seat := s.seat(d.AgencyID)
	if seat == nil {
		return
	}
	seat.Excused, seat.Excuse = d.Status, d.Reason
	if d.Status == "present" {
		seat.Excused = ""
	}
	s.reveal(e.At)
}

func foldDesignated(s *State, e Event, d designatedData) {
	if seat := s.seat(d.AgencyID); seat != nil {
		at := e.At
		seat.Designated, seat.Ground = &at, d.Reason
	}
}

func foldGuest(s *State, _ Event, d guestData) {
	if g := s.guest(d.GuestID); g != nil {
		*g = Guest{ID: d.GuestID, Name: d.Name, Kana: d.Kana, Post: d.Post, AgencyID: d.AgencyID}
		return
	}
	s.Guests = append(s.Guests, Guest{ID: d.GuestID, Name: d.Name, Kana: d.Kana, Post: d.Post, AgencyID: d.AgencyID})
}

func foldGuestRemoved(s *State, e Event, d idData) {
	if g := s.guest(d.ID); g != nil {
		g.Removed = true
	}
	if p := s.person(d.ID); p != nil {
		p.conns = nil
		p.end(e.At)
	}
}

// connEnter stands for having entered without a lasting connection (HTTP fallback, or before the socket is up).
const connEnter = "enter"

// attendee finds the person an event speaks of, or begins its line.
func (s *State) attendee(key string, e Event) *Attendee {
	if p := s.person(key); p != nil {
		return p
	}
	s.People = append(s.People, Attendee{Key: key, Name: e.ActorName, Post: e.ActorPost, AgencyID: e.AgencyID, AgencyName: e.AgencyName, Form: FormRoom, Spans: []Span{}})
	return &s.People[len(s.People)-1]
}

func foldJoined(s *State, e Event, d joinedData) {
	p := s.attendee(e.ActorID, e)
	p.Name, p.Post, p.AgencyID, p.AgencyName = e.ActorName, e.ActorPost, e.AgencyID, e.AgencyName
	p.Form, p.Guest = d.Form, d.Guest
	if g := s.guest(e.ActorID); g != nil {
		p.Kana = g.Kana
	}
	if d.Conn != connEnter { // a known connection takes the place of the mere entry
		p.conns = slices.DeleteFunc(p.conns, func(c string) bool { return c == connEnter })
	}
	// Who is there by a connection and says another form has not come a second time: nothing would ever end that.
	if !slices.Contains(p.conns, d.Conn) && (d.Conn != connEnter || len(p.conns) == 0) {
		p.conns = append(p.conns, d.Conn)
	}
	if !p.Here() {
		p.Absent = false
		p.Spans = append(p.Spans, Span{From: e.At})
	}
}

func foldLeft(s *State, e Event, d leftData) {
	key := e.ActorID
	if d.User != "" {
		key = d.User
	}
	p := s.person(key)
	if p == nil {
		return
	}
	p.conns = slices.DeleteFunc(p.conns, func(c string) bool { return c == d.Conn })
	if len(p.conns) == 0 {
		p.end(e.At)
	}
}

// end closes the stay that lasts.
func (a *Attendee) end(at time.Time) {
	if a.Here() {
		a.Spans[len(a.Spans)-1].To = &at
	}
}

func foldAttendance(s *State, e Event, d attendanceData) {
	p := s.person(d.Key)
	if p == nil {
		s.People = append(s.People, Attendee{Key: d.Key, Manual: true, Spans: []Span{}})
		p = &s.People[len(s.People)-1]
	}
	p.Name, p.Kana, p.Post, p.AgencyID, p.Form, p.Proxy = d.Name, d.Kana, d.Post, d.AgencyID, d.Form, d.Proxy
	p.AgencyName = ""
	if seat := s.seat(d.AgencyID); seat != nil {
		p.AgencyName = seat.Name
	}
	p.Absent = d.Absent
	s.corrected(func(c *Reopening) { c.Attended = true })
	p.Corrections = append(p.Corrections, Correction{By: e.ActorName, At: e.At, Reason: d.Reason})
	switch {
	case d.Absent, d.Form == FormWritten:
		p.Spans, p.conns = []Span{}, nil
	case d.From != nil:
		p.Spans = []Span{{From: *d.From, To: d.To}}
	}
}

func foldSecrecy(s *State, e Event, d secrecyData) {
	key := d.Key
	if key == "" {
		key = e.ActorID
	}
	p := s.attendee(key, e)
	at := e.At
	p.Secrecy, p.SecrecyHow = &at, d.Method
}
