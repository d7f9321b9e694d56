package meeting

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
)

// State is the room for an actor. A freeze whose hash is not fixed yet is finished on the way.
func (s *Service) State(ctx context.Context, actor access.Actor, meetingID string) (Room, error) {
	return s.state(ctx, actor, meetingID, s.Gate.View)
}

// Screen is the room for a screen that the person or the household may look at: without what is 本人に非開示.
func (s *Service) Screen(ctx context.Context, actor access.Actor, meetingID string) (Room, error) {
	return s.state(ctx, actor, meetingID, s.Gate.ToPerson)
}

func (s *Service) state(ctx context.Context, actor access.Actor, meetingID string, view viewer) (Room, error) {
	st, sub, err := s.load(ctx, actor, meetingID)
	if err != nil {
		return Room{}, err
	}
	if r := st.round(); r != nil && r.Hash == "" && st.Meeting.Status == StatusAgreeing {
		if err := s.fix(ctx, actor.Tenant, meetingID); err != nil {
			s.Log.WarnContext(ctx, "meeting: hash of the plan not fixed yet", "meeting", meetingID, "err", err)
		} else if st, sub, err = s.load(ctx, actor, meetingID); err != nil {
			return Room{}, err
		}
	}
	f, err := s.Store.MeetingFacts(ctx, actor.Tenant, st.Meeting.CaseID)
	if err != nil {
		return Room{}, err
	}
	can, err := sight(ctx, view, actor, st)
	if err != nil {
		return Room{}, err
	}
	now := s.clock()
	room := st.room(sub, f, can, now)
	if room.Docs, err = s.docRefs(ctx, actor, meetingID); err != nil {
		return Room{}, err
	}
	if err := s.addDesk(ctx, &room, st, sub); err != nil {
		return Room{}, err
	}
	if err := s.addSitting(ctx, &room, actor, meetingID); err != nil {
		return Room{}, err
	}
	if err := s.addLog(ctx, &room, st, f, can); err != nil {
		return Room{}, err
	}
	if room.You.MustConfirm { // who is there and what happened is told after 守秘義務確認 only
		room.Attendance = slices.DeleteFunc(slices.Clone(room.Attendance), func(a Attendee) bool { return a.Key != actor.UserID })
		room.Events, room.Hands, room.Objections = []EventLine{}, []Hand{}, []Objection{}
		room.Handovers, room.Sense, room.Survey = []Handover{}, nil, nil
	}
	return room, s.lately.Once(now, actor.Tenant+" "+actor.UserID+" "+actor.SessionID, meetingID, func() error {
		return s.Store.AppendAudit(ctx, actor.Audit(now, access.VerbMeetingOpen, meetingID).InCase(st.Meeting.CaseID).InMeeting(meetingID))
	})
}

// room is the pure part of State.
func (s *State) room(sub subject, f Facts, can func(string, consent.Item) bool, now time.Time) Room {
	m := s.Meeting
	text := can("", consent.ItemBasic)
	r := Room{Meeting: m, CaseNumber: f.Case.Number, TypeName: s.typeName(), Basis: s.basis(), Status: m.Status, StatusLabel: s.statusLabel(), Seq: m.Seq,
		Now: now, Phase: s.Phase, Phases: orEmpty(s.Phases), Current: s.Current, Attendance: orEmpty(s.People), Hands: orEmpty(s.Hands), Floor: s.Floor, During: s.during(sub, can),
		You: s.you(sub), Acts: s.acts(sub), PlanID: m.PlanID, Consent: s.strip(sub, f, now), Guests: []Guest{}, Blockers: []Blocker{}, RowReasons: []RowReason{},
		Records: []SealedRef{}, Problems: []Problem{}, Outcomes: []Choice{}, Withdrawals: []WithdrawalLine{}, DocNumbers: []string{}, TextWithheld: !text}
	for _, a := range s.Agenda {
		r.Agenda = append(r.Agenda, agendaLine(a, can(a.Person, a.Item)))
	}
	r.Agenda = orEmpty(r.Agenda)
	if !text {
		r.Attendance = withoutReasons(r.Attendance)
	}
	s.agreement(&r, sub, text, can)
	r.Handovers, r.Sense, r.Survey = s.handovers(can), s.senseLine(sub, text), s.survey(sub, text)
	for _, w := range s.Withdrawals {
		r.Withdrawals = append(r.Withdrawals, WithdrawalLine{PersonID: w.PersonID, At: w.At, All: len(w.Agencies) == 0 && len(w.Items) == 0})
	}
	if s.Convened != nil {
		c := *s.Convened
		if !text {
			c.Reason = ""
		}
		r.Convened = &c
	}
	r.Cancelled = s.Cancelled.told(text)
	if s.Next != nil {
		n := *s.Next
		if !text {
			n.Agenda = ""
		}
		r.Next = &n
	}
	if sub.is(whoDesk) {
		r.Guests = orEmpty(s.Guests)
	}
	if sub.is(whoHolder) { // others get the reasons with the rows they may see (PlanView)
		r.RowReasons = orEmpty(s.RowReasons)
	}
	return r
}

// withoutReasons leaves out why lines of attendance were corrected: people write about the case there.
func withoutReasons(list []Attendee) []Attendee {
	out := slices.Clone(list)
	for i := range out {
		out[i].Corrections = slices.Clone(out[i].Corrections)
		for j := range out[i].Corrections {
			out[i].Corrections[j].Reason = ""
		}
	}
	return out
}

func agendaLine(a AgendaItem, readable bool) AgendaLine {
	l := AgendaLine{AgendaItem: a, PurposeLabel: a.Purpose.Label(), KindLabel: a.Kind.Label()}
	if !readable {
		l.Title, l.Point, l.Note, l.Withheld = "同意範囲外", "", "", true
	}
	return l
}

func (s *State) you(sub subject) You {
	a := sub.actor
	y := You{Chair: sub.is(whoChair), Recorder: sub.is(whoRecorder), Holder: sub.is(whoHolder), Confirmed: s.confirmed(a.UserID)}
	if p := s.person(a.UserID); p != nil {
		y.Here = p.Here()
	}
	if sub.is(whoSeat) {
		y.Seat = a.AgencyID
		y.Prepared = s.prepared(a.AgencyID) != nil
	}
	if s.Meeting.Status.Running() && !y.Confirmed {
		y.MustConfirm = a.Guest() || s.Meeting.Mode == consent.ModeSupport && !y.Holder
	}
	if seat := s.seat(a.AgencyID); s.Meeting.Mode == consent.ModeSupport && !y.Holder {
		y.Undesignated = seat == nil || !seat.Member && seat.Designated == nil
	}
	return y
}

// agreement fills seats, frozen version, answers and objections; what others answered only when it is revealed.
func (s *State) agreement(r *Room, sub subject, text bool, can func(string, consent.Item) bool) {
	round := s.round()
	asked, missing := s.asked(), s.missing()
	r.Answers = AnswersLine{Missing: orEmpty(missing), List: []AnswerText{}, Earlier: []PastRound{}}
	r.Outcome = OutcomePending
	open := round != nil && round.Revealed != nil
	for _, seat := range s.Seats {
		l := SeatLine{Seat: seat, Attended: s.attended(seat.AgencyID), Asked: slices.Contains(asked, seat.AgencyID), Own: seat.AgencyID == sub.actor.AgencyID}
		l.Here = slices.ContainsFunc(s.People, func(a Attendee) bool { return a.AgencyID == seat.AgencyID && a.Here() })
		l.Answered = round != nil && slices.ContainsFunc(round.Answers, func(a SeatAnswer) bool { return a.AgencyID == seat.AgencyID })
		if !text {
			l.Ground, l.Excuse = "", ""
		}
		r.Seats = append(r.Seats, l)
	}
	r.Seats = orEmpty(r.Seats)
	if sub.is(whoSeat) {
		r.Answers.Last = s.lastAnswer(sub.actor.AgencyID)
	}
	r.Objections = s.objections(sub, text, can)
	for _, old := range s.Rounds {
		if old.VoidAt != nil {
			p := PastRound{Version: old.Version, Hash: old.Hash, VoidAt: *old.VoidAt, List: []AnswerText{}}
			if text {
				p.Void = old.Void
			}
			if old.Revealed != nil {
				p.List = answerTexts(old.Answers, text, can)
			}
			r.Answers.Earlier = append(r.Answers.Earlier, p)
		}
	}
	if round == nil {
		r.OutcomeText = r.Outcome.Label()
		return
	}
	r.Frozen = &FrozenLine{Version: round.Version, Hash: round.Hash, At: round.At, By: round.By}
	r.Answers.Revealed = open
	if i := slices.IndexFunc(round.Answers, func(a SeatAnswer) bool { return a.AgencyID == sub.actor.AgencyID }); i >= 0 && sub.is(whoSeat) {
		own := round.Answers[i]
		r.Answers.Own = &own
	}
	if open {
		r.Answers.List = answerTexts(round.Answers, text, can)
		r.Outcome = s.outcome()
	}
	if round.Decision != nil {
		d := *round.Decision
		if !text {
			d.Reason = ""
		}
		r.Decision = &d
		r.Outcome = d.Outcome
	}
	r.OutcomeText = r.Outcome.Label()
	if sub.is(whoChair) && s.Meeting.Status == StatusAgreeing && round.Hash != "" {
		r.Outcomes = s.choices()
	}
}

// choices are the results the chair may record now.
func (s *State) choices() []Choice {
	var out []Choice
	says := s.outcome()
	if says.Agreed() {
		out = append(out, Choice{string(says), says.Label()})
	}
	out = append(out, Choice{string(OutcomeRevise), OutcomeRevise.Label()})
	if says == OutcomeObjected {
		out = append(out, Choice{string(OutcomeRejected), OutcomeRejected.Label()})
	}
	return out
}

func answerTexts(in []SeatAnswer, text bool, can func(string, consent.Item) bool) []AnswerText {
	out := []AnswerText{}
	for _, a := range in {
		t := AnswerText{SeatAnswer: a, Label: a.Answer.Label()}
		if !text || !a.Spot.seen(can) {
			t.Reason, t.Part, t.Instead, t.Spot = "", "", "", nil
		}
		out = append(out, t)
	}
	return out
}

// objections are shown once the answers they came with are revealed; to their raiser always.
func (s *State) objections(sub subject, text bool, can func(string, consent.Item) bool) []Objection {
	out := []Objection{}
	for _, o := range s.Objections {
		open := slices.ContainsFunc(s.Rounds, func(r Round) bool { return r.Hash == o.Hash && r.Revealed != nil })
		own := sub.is(whoSeat) && o.AgencyID == sub.actor.AgencyID
		if !open && !own {
			continue
		}
		if !own && (!text || !o.Spot.seen(can)) {
			o.Reason, o.Part, o.Instead, o.DoneHow, o.Spot = "", "", "", "", nil
		}
		out = append(out, o)
	}
	return out
}

func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// addDesk adds what those who run the meeting need: what blocks 閉会, what waits, and the 会議録 after closing.
func (s *Service) addDesk(ctx context.Context, room *Room, st State, sub subject) error {
	var err error
	if sub.is(whoDesk) && (st.Meeting.Status == StatusOpen || st.Meeting.Status == StatusAgreeing) {
		if room.Blockers, err = s.blockers(ctx, st); err != nil {
			return err
		}
		room.Blockers = orEmpty(room.Blockers)
		for i := range room.Acts {
			if a := &room.Acts[i]; a.Act == ActClose && a.Allowed && len(room.Blockers) > 0 {
				a.Allowed, a.Why = false, room.Blockers[0].Message
			}
		}
	}
	if st.Closed == nil {
		return nil
	}
	m := st.Meeting
	if room.Records, err = s.Store.SealedOf(ctx, m.Tenant, m.ID); err != nil {
		return err
	}
	room.Records = orEmpty(room.Records)
	line := &MinutesLine{Version: st.Closed.Minutes, Hash: st.Closed.Hash, Amending: st.Amending, Confirmed: []Confirmation{}, Waiting: []string{}, Final: st.Final}
	if line.Versions, err = s.Store.MinutesVersions(ctx, m.Tenant, m.ID); err != nil {
		return err
	}
	line.Versions = orEmpty(line.Versions)
	if line.Final != nil && room.TextWithheld {
		final := *line.Final
		final.Reason = ""
		line.Final = &final
	}
	can, err := sight(ctx, s.Gate.MinutesView, sub.actor, st)
	if err != nil {
		return err
	}
	line.Readable = can("", consent.ItemBasic) || st.mayConfirm(sub)
	line.Suggestions, line.Days = st.suggestions(sub, can), st.Meeting.Type.confirmDays()
	if st.Proposed != nil {
		line.Lapsed = day(s.clock()) > st.Proposed.Until
		line.Until = st.Proposed.Until
		st.confirmations(line, room.TextWithheld)
	}
	line.Edition = st.Editions
	line.Correction = st.correctionLine(room.TextWithheld)
	room.Minutes = line
	if sub.is(whoDesk) {
		room.Problems = orEmpty(st.Closed.Problems)
	}
	return nil
}

func (s *State) confirmations(line *MinutesLine, noText bool) {
	for _, c := range s.Confirmed {
		if c.Version == s.Proposed.Version {
			if noText {
				c.Opinion = ""
			}
			line.Confirmed = append(line.Confirmed, c)
		}
	}
	for _, seat := range s.Seats {
		if !seat.Observer && s.attended(seat.AgencyID) && !slices.ContainsFunc(line.Confirmed, func(c Confirmation) bool { return c.AgencyID == seat.AgencyID }) {
			line.Waiting = append(line.Waiting, seat.AgencyID)
		}
	}
}

// addLog adds the lines of the log that the actor may see.
func (s *Service) addLog(ctx context.Context, room *Room, st State, f Facts, can func(string, consent.Item) bool) error {
	events, err := s.Store.MeetingEvents(ctx, st.Meeting.Tenant, st.Meeting.ID, 0)
	if err != nil {
		return err
	}
	mat := material{st: st, facts: f, visible: can}
	t := mat.teller()
	room.Events = []EventLine{}
	for _, e := range events {
		if e.Seq > st.Meeting.Seq {
			break
		}
		if l, ok := t.line(e); ok {
			room.Events = append(room.Events, l)
		}
	}
	return nil
}

// List returns the meetings an actor may see, without names.
func (s *Service) List(ctx context.Context, actor access.Actor, q Query) ([]Ref, error) {
	if actor.Tenant == "" {
		return nil, fault.New(fault.Unauthorized, "")
	}
	scope := access.ScopeOf(actor)
	scope.Archive = false
	listed, err := s.Store.ListMeetings(ctx, scope, q)
	if err != nil {
		return nil, err
	}
	out := []Ref{}
	for _, l := range listed {
		r := l.Ref
		r.StatusLabel, r.Initials = r.Status.Label(), initials(l.SubjectKana)
		out = append(out, r)
	}
	aloneInList(out)
	return out, s.Store.AppendAudit(ctx, actor.Audit(s.clock(), access.VerbMeetingList, ""))
}
