package meeting

import (
	"context"
	"slices"
	"time"

	"kasane/internal/fault"
	"kasane/internal/text"
)

// Sense (感触確認) is a quick look before the plan is frozen: it binds nobody. What the others said is shown when all have answered.
type Sense struct {
	At       time.Time
	By       string
	Answers  []SenseAnswer
	Revealed *time.Time
	Over     bool // the plan was frozen, or asked anew
}

// SenseAnswer is what one agency feels.
type SenseAnswer struct {
	AgencyID   string    `json:"agencyId"`
	AgencyName string    `json:"agencyName"`
	Feel       string    `json:"feel"`
	Note       string    `json:"note"`
	By         string    `json:"by"`
	At         time.Time `json:"at"`
}

// feels are the answers of a 感触確認.
var feels = []string{"good", "mind", "worry", "unsure"}

type sensedData struct {
	AgencyID string `json:"agencyId"`
	Feel     string `json:"feel"` // good よさそう | mind 気になる点がある | worry 心配 | unsure まだ判断できない
	Note     string `json:"note"`
}

// SenseLine is a 感触確認 as one reader may see it.
type SenseLine struct {
	At       time.Time     `json:"at"`
	By       string        `json:"by"`
	Revealed bool          `json:"revealed"`
	Over     bool          `json:"over"`
	Missing  []string      `json:"missing"` // agency ids
	Own      *SenseAnswer  `json:"own"`
	List     []SenseAnswer `json:"list"` // empty until revealed
}

func (s *State) sense() *Sense {
	if len(s.Senses) == 0 {
		return nil
	}
	return &s.Senses[len(s.Senses)-1]
}

func foldSense(s *State, e Event, _ struct{}) {
	s.endSense()
	s.Senses = append(s.Senses, Sense{At: e.At, By: e.ActorName})
}

func (s *State) endSense() {
	if n := s.sense(); n != nil {
		n.Over = true
	}
}

func foldSensed(s *State, e Event, d sensedData) {
	n := s.sense()
	if n == nil || n.Over {
		return
	}
	a := SenseAnswer{AgencyID: d.AgencyID, AgencyName: s.seatName(d.AgencyID), Feel: d.Feel, Note: d.Note, By: e.ActorName, At: e.At}
	n.Answers = slices.DeleteFunc(n.Answers, func(x SenseAnswer) bool { return x.AgencyID == d.AgencyID })
	n.Answers = append(n.Answers, a)
	s.revealSense(e.At)
}

// unsensed lists the agencies whose feeling is waited for.
func (s *State) unsensed() []string {
	out := []string{}
	for _, id := range s.asked() {
		if !slices.ContainsFunc(s.sense().Answers, func(a SenseAnswer) bool { return a.AgencyID == id }) {
			out = append(out, id)
		}
	}
	return out
}

// revealSense opens the feelings once everybody asked has told; never closes them again.
func (s *State) revealSense(at time.Time) {
	if n := s.sense(); n != nil && !n.Over && n.Revealed == nil && len(n.Answers) > 0 && len(s.unsensed()) == 0 {
		n.Revealed = &at
	}
}

func needSense(s State, sub subject) string {
	if n := s.sense(); n == nil || n.Over {
		return "感触確認は始まっていません。議長か事務局が始めます。"
	}
	return needPresentSeat(s, sub)
}

// needPresentSeat says why the agency of the actor cannot speak now.
func needPresentSeat(s State, sub subject) string {
	if why := needSpeaking(s, sub); why != "" {
		return why
	}
	if seat := s.seat(sub.actor.AgencyID); seat != nil && seat.Excused != "" {
		return "欠席・退席として記録されています。参加しているときは、議長か記録者に伝えてください。"
	}
	if !s.attended(sub.actor.AgencyID) {
		return "出席の記録がありません。会議に参加してから回答してください。"
	}
	return ""
}

func doSense(_ context.Context, d *deed) error { return d.emit(KindSense, struct{}{}) }

func doSenseAnswer(_ context.Context, d *deed) error {
	var in sensedData
	if err := d.read(&in); err != nil {
		return err
	}
	if !slices.Contains(feels, in.Feel) {
		return fault.New(fault.Invalid, "いまの感触を選んでください。").On("feel")
	}
	if err := text.Memo("note", "ひとこと", in.Note, 300); err != nil {
		return err
	}
	in.AgencyID = d.sub.actor.AgencyID
	return d.emit(KindSensed, in)
}

// senseLine shows the newest 感触確認; notes only where the reader may see what people write about the case.
func (s *State) senseLine(sub subject, text bool) *SenseLine {
	n := s.sense()
	if n == nil {
		return nil
	}
	l := &SenseLine{At: n.At, By: n.By, Over: n.Over, Revealed: n.Revealed != nil, Missing: []string{}, List: []SenseAnswer{}}
	if !n.Over {
		l.Missing = s.unsensed()
	}
	for _, a := range n.Answers {
		if own := sub.is(whoSeat) && a.AgencyID == sub.actor.AgencyID; own {
			mine := a
			l.Own = &mine
		}
		if !text {
			a.Note = ""
		}
		if l.Revealed {
			l.List = append(l.List, a)
		}
	}
	return l
}
