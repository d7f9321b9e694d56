package meeting

import (
	"time"

	"kasane/internal/consent"
)

// Turns (一巡) is the round in which every agency speaks once, in order.
type Turns struct {
	Minutes int        `json:"minutes"` // per agency
	Signal  int        `json:"signal"`  // second of a turn at which the speaker is told that the time is nearly over
	Order   []Turn     `json:"order"`
	At      time.Time  `json:"at"`
	EndedAt *time.Time `json:"endedAt,omitempty"`
}

// Turn is the turn of one agency.
type Turn struct {
	AgencyID string     `json:"agencyId"`
	State    string     `json:"state"` // "waiting" | "speaking" | "done" | "skipped" 後回し
	BegunAt  *time.Time `json:"begunAt,omitempty"`
	Seconds  int        `json:"seconds"` // spoken in earlier visits
	Skips    int        `json:"skips"`
}

// The states of a turn.
const (
	turnWaiting  = "waiting"
	turnSpeaking = "speaking"
	turnDone     = "done"
	turnSkipped  = "skipped"
)

// turnMinutes is how long an agency speaks unless the chair says otherwise.
const turnMinutes = 5

// signalAfter is when the signal comes: a minute before the end, in a turn of one minute after half of it.
func signalAfter(minutes int) int {
	if minutes < 2 {
		return 30
	}
	return (minutes - 1) * 60
}

// speaking is the agency whose turn it is, "" when it is nobody's.
func (t *Turns) speaking() string {
	for _, x := range t.Order {
		if x.State == turnSpeaking {
			return x.AgencyID
		}
	}
	return ""
}

// next is who follows when `from` has finished: first who has not yet spoken, then who was put off once.
func (t *Turns) next(from string) string {
	for _, x := range t.Order {
		if x.State == turnWaiting && x.AgencyID != from {
			return x.AgencyID
		}
	}
	for _, x := range t.Order {
		if x.State == turnSkipped && x.Skips < 2 && x.AgencyID != from {
			return x.AgencyID
		}
	}
	return ""
}

func (t *Turns) turn(agencyID string) *Turn {
	for i := range t.Order {
		if t.Order[i].AgencyID == agencyID {
			return &t.Order[i]
		}
	}
	return nil
}

// NoteKind says where a short text written in the room belongs.
type NoteKind string

// The kinds of notes.
const (
	NotePark  NoteKind = "park"  // 保留: to be settled before 閉会 or carried over
	NoteLocal NoteKind = "local" // 地域課題メモ: into the block 地域課題・社会資源 of the minutes
)

// Note (保留・地域課題メモ) is a short text of one class of information.
type Note struct {
	ID         string       `json:"id"`
	Kind       NoteKind     `json:"kind"`
	Text       string       `json:"text"`
	Item       consent.Item `json:"item"`
	Person     string       `json:"person"` // "" = the household
	Shared     bool         `json:"shared"` // 地域課題: stands in the municipality's list as well, without the case
	State      string       `json:"state"`  // "" open | "settled" 決着 | "carried" 次回へ | "dropped" 取り消し
	Reason     string       `json:"reason"`
	By         string       `json:"by"`
	AgencyID   string       `json:"agencyId"`
	AgencyName string       `json:"agencyName"`
	At         time.Time    `json:"at"`
	Withheld   bool         `json:"withheld"`
}

// During is what the hour of the meeting itself needs: the round of all agencies, parked points, memos, what the chair shows.
type During struct {
	Turns *Turns `json:"turns"`
	Notes []Note `json:"notes"`
	// Comments at places of the plan, by time.
	Comments   []Comment `json:"comments"`
	Shown      string    `json:"shown"`      // the part of the room the chair shows; screens that follow it show the same
	Conference string    `json:"conference"` // address in the municipality's own audio or video conference system
}

// during is that part for one reader: a note it may not read says only that it is there.
func (s *State) during(sub subject, can func(string, consent.Item) bool) During {
	d := During{Turns: s.Turns, Notes: []Note{}, Comments: []Comment{}, Shown: s.Shown, Conference: s.Conference}
	if s.you(sub).MustConfirm { // what is said in the meeting is told after 守秘義務確認 only
		d.Conference = ""
		return d
	}
	d.Comments = s.comments(sub, can)
	for _, n := range s.Notes {
		if !can(n.Person, n.Item) {
			n.Text, n.Reason, n.Withheld = "", "", true
		}
		d.Notes = append(d.Notes, n)
	}
	return d
}

// parked lists the points nobody has settled or carried over.
func (s *State) parked() []Note {
	var out []Note
	for _, n := range s.Notes {
		if n.Kind == NotePark && n.State == "" {
			out = append(out, n)
		}
	}
	return out
}

func (s *State) note(id string) *Note {
	for i := range s.Notes {
		if s.Notes[i].ID == id {
			return &s.Notes[i]
		}
	}
	return nil
}
