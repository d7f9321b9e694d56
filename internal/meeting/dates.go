package meeting

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"math"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// DatePolls keep the 日程調整.
type DatePolls interface {
	// DatePoll returns the poll of a meeting with its replies, by agency id; NotFound when there is none.
	DatePoll(ctx context.Context, tenant, meetingID string) (DatePoll, error)
	// SaveDatePoll writes a poll over the one there. A reply that is there keeps its answers and, where TokenHash is empty, its link; agencies that
	// are not named any more lose theirs.
	SaveDatePoll(ctx context.Context, p DatePoll, e access.Entry) error
	// DateLink finds whose link a hash belongs to, in all municipalities; NotFound when nobody's.
	DateLink(ctx context.Context, hash string) (tenant, meetingID, agencyID string, err error)
	// AnswerDates writes the answers of the agency whose link has the hash; NotFound when it has another one by now.
	AnswerDates(ctx context.Context, tenant, meetingID, hash string, answers map[string]DateAnswer, at time.Time, e access.Entry) error
}

// DatesInput is a 日程調整 as it is asked for.
type DatesInput struct {
	Options []DateOption `json:"options"` // id "" = a new one
	Must    []string     `json:"must"`    // agencies without which there is no meeting
	Until   string       `json:"until"`   // ISO: last day to answer
}

// DateLink is a link as it is shown once.
type DateLink struct {
	AgencyID string `json:"agencyId"`
	Token    string `json:"-"`
	URL      string `json:"url"`
}

// One message for every way a link can be dead.
var dateLinkDead = fault.New(fault.Gone, "この日程調整のリンクは使えません。期限が切れたか、日程が決まりました。事務局に確かめてください。")

// maxDatesOpen is how long links may live.
const maxDatesOpen = 60 * 24 * time.Hour

// preparingFor loads a meeting whose date may be sought: in preparation, by those who hold the record.
func (s *Service) preparingFor(ctx context.Context, actor access.Actor, meetingID string) (State, error) {
	st, sub, err := s.load(ctx, actor, meetingID)
	switch {
	case err != nil:
		return st, err
	case !sub.is(whoHolder):
		return st, fault.New(fault.Forbidden, "日程調整ができるのは、多機関協働担当と市所管課です。")
	case st.Meeting.Status != StatusDraft:
		return st, fault.New(fault.Conflict, "日程調整は、会議が「準備」のときに行います。")
	}
	return st, nil
}

// SetDates asks the agencies with a seat for their dates, or changes what is asked: answers to candidates that stay are kept. It returns the links of the
// agencies that had none; a link is shown once, only its hash is kept.
func (s *Service) SetDates(ctx context.Context, actor access.Actor, meetingID string, in DatesInput) ([]DateLink, error) {
	st, err := s.preparingFor(ctx, actor, meetingID)
	if err != nil {
		return nil, err
	}
	now := s.clock()
	if err := checkDates(in.Options, now); err != nil {
		return nil, err
	}
	last, err := time.ParseInLocation(time.DateOnly, in.Until, jst)
	until := last.AddDate(0, 0, 1).UTC()
	if err != nil || !until.After(now) || until.After(now.Add(maxDatesOpen)) {
		return nil, fault.New(fault.Invalid, "回答の期限は、今日から60日以内の日にしてください。").On("until")
	}
	old, err := s.Store.DatePoll(ctx, actor.Tenant, meetingID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	p := DatePoll{Tenant: actor.Tenant, MeetingID: meetingID, Until: until, CreatedAt: now, CreatedBy: actor.UserID}
	for _, o := range in.Options {
		if was, ok := old.option(o.ID); !ok || !was.Start.Equal(o.Start) || !was.End.Equal(o.End) {
			o.ID = access.NewID(now) // another time is another question: no answer is carried over to it
		}
		p.Options = append(p.Options, DateOption{o.ID, o.Start.UTC().Truncate(time.Second), o.End.UTC().Truncate(time.Second)})
	}
	var links []DateLink
	for _, seat := range st.Seats {
		if seat.Observer {
			continue
		}
		r := DateReply{AgencyID: seat.AgencyID, Must: slices.Contains(in.Must, seat.AgencyID)}
		if old.reply(seat.AgencyID) == nil {
			link := newDateLink(seat.AgencyID)
			r.TokenHash, links = hashDateToken(link.Token), append(links, link)
		}
		p.Replies = append(p.Replies, r)
	}
	if len(p.Replies) == 0 {
		return nil, fault.New(fault.Invalid, "先に、出席を求める機関の席を設けてください。").On("must")
	}
	if err := s.Store.SaveDatePoll(ctx, p, s.datesEntry(actor, st.Meeting, now)); err != nil {
		return nil, err
	}
	return links, nil
}

// RenewDateLink gives an agency a new link; the one before is dead.
func (s *Service) RenewDateLink(ctx context.Context, actor access.Actor, meetingID, agencyID string) (DateLink, error) {
	st, err := s.preparingFor(ctx, actor, meetingID)
	if err != nil {
		return DateLink{}, err
	}
	p, err := s.Store.DatePoll(ctx, actor.Tenant, meetingID)
	if err != nil {
		return DateLink{}, err
	}
	if p.reply(agencyID) == nil {
		return DateLink{}, fault.New(fault.Invalid, "日程を尋ねている機関を選んでください。").On("agencyId")
	}
	link := newDateLink(agencyID)
	for i := range p.Replies {
		if p.Replies[i].TokenHash = ""; p.Replies[i].AgencyID == agencyID {
			p.Replies[i].TokenHash = hashDateToken(link.Token)
		}
	}
	return link, s.Store.SaveDatePoll(ctx, p, s.datesEntry(actor, st.Meeting, s.clock()))
}

func (s *Service) datesEntry(actor access.Actor, m Meeting, now time.Time) access.Entry {
	return actor.Audit(now, access.VerbDates, m.ID).InCase(m.CaseID).InMeeting(m.ID)
}

func newDateLink(agencyID string) DateLink {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails
	return DateLink{AgencyID: agencyID, Token: base64.RawURLEncoding.EncodeToString(b[:])}
}

func hashDateToken(token string) string {
	h := sha256.Sum256([]byte(token))
	return hex.EncodeToString(h[:])
}

// DateLine is a candidate in the overview.
type DateLine struct {
	DateOption
	Answers map[string]DateAnswer `json:"answers"` // by agency
	Can     bool                  `json:"can"`     // every agency that must attend can
	Good    int                   `json:"good"`
	Fair    int                   `json:"fair"`
	No      int                   `json:"no"`
}

// DateAsked is an agency in the overview.
type DateAsked struct {
	AgencyID string     `json:"agencyId"`
	Name     string     `json:"name"`
	City     bool       `json:"city"`
	Must     bool       `json:"must"`
	Asked    bool       `json:"asked"` // it has a link
	At       *time.Time `json:"at,omitempty"`
}

// DateBoard is the overview (一覧).
type DateBoard struct {
	Open     bool        `json:"open"` // there is a poll
	Lines    []DateLine  `json:"lines"`
	Agencies []DateAsked `json:"agencies"`
	Until    string      `json:"until"` // ISO: last day
	Best     string      `json:"best"`  // option proposed
	Fixed    string      `json:"fixed"`
}

// Dates is the overview of the answers, for those who hold the record.
func (s *Service) Dates(ctx context.Context, actor access.Actor, meetingID string) (DateBoard, error) {
	st, sub, err := s.load(ctx, actor, meetingID)
	if err != nil {
		return DateBoard{}, err
	}
	if !sub.is(whoHolder) {
		return DateBoard{}, fault.New(fault.Forbidden, "日程調整ができるのは、多機関協働担当と市所管課です。")
	}
	p, err := s.Store.DatePoll(ctx, actor.Tenant, meetingID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return DateBoard{}, err
	}
	out := DateBoard{Open: err == nil, Lines: []DateLine{}, Agencies: []DateAsked{}, Best: p.best(), Fixed: p.Fixed}
	if out.Open {
		out.Until = day(p.Until.Add(-time.Second))
	}
	for _, seat := range st.Seats {
		if seat.Observer {
			continue
		}
		a := DateAsked{AgencyID: seat.AgencyID, Name: seat.Name, City: seat.City}
		if r := p.reply(seat.AgencyID); r != nil {
			a.Must, a.Asked, a.At = r.Must, true, r.At
		}
		out.Agencies = append(out.Agencies, a)
	}
	for _, o := range p.Options {
		t := p.tally(o.ID)
		l := DateLine{DateOption: o, Answers: map[string]DateAnswer{}, Can: t.mustNo == 0 && t.mustOpen == 0, Good: t.good, Fair: t.can, No: t.no}
		for _, r := range p.Replies {
			if a, ok := r.Answers[o.ID]; ok {
				l.Answers[r.AgencyID] = a
			}
		}
		out.Lines = append(out.Lines, l)
	}
	slices.SortStableFunc(out.Lines, func(a, b DateLine) int { return a.Start.Compare(b.Start) })
	return out, nil
}

// FixDate takes a candidate: the meeting is planned for it, and the links are dead.
func (s *Service) FixDate(ctx context.Context, actor access.Actor, meetingID, optionID string) (Room, error) {
	st, err := s.preparingFor(ctx, actor, meetingID)
	if err != nil {
		return Room{}, err
	}
	p, err := s.Store.DatePoll(ctx, actor.Tenant, meetingID)
	if err != nil {
		return Room{}, err
	}
	o, ok := p.option(optionID)
	if !ok {
		return Room{}, fault.New(fault.Invalid, "候補の日時を選び直してください。").On("option")
	}
	params, err := json.Marshal(editedData{PlannedStart: &o.Start, PlannedEnd: &o.End})
	if err != nil {
		return Room{}, fault.Wrap(fault.Internal, err, "")
	}
	// First the meetings, then the poll: should the second be lost, the same button does it again.
	room, err := s.Act(ctx, actor, meetingID, ActEdit, params, math.MaxInt64)
	if err != nil {
		return Room{}, err
	}
	if err := s.replanAround(ctx, actor, st.Meeting, o); err != nil {
		return Room{}, err
	}
	p.Fixed = optionID
	for i := range p.Replies {
		p.Replies[i].TokenHash = ""
	}
	return room, s.Store.SaveDatePoll(ctx, p, s.datesEntry(actor, st.Meeting, s.clock()))
}

// DateQuestion is what a link shows: whom it asks, for which times, what was answered. Nothing of the case, no title, no place, no names of people.
type DateQuestion struct {
	Municipality string                `json:"municipality"`
	Agency       string                `json:"agency"`
	Options      []DateOption          `json:"options"`
	Answers      map[string]DateAnswer `json:"answers"`
	Until        string                `json:"until"`
}

// AskDates opens a link. Gone for every way it can be dead.
func (s *Service) AskDates(ctx context.Context, token string) (DateQuestion, error) {
	l, err := s.livingDates(ctx, token)
	if err != nil {
		return DateQuestion{}, err
	}
	f, err := s.Store.MeetingFacts(ctx, l.poll.Tenant, l.st.Meeting.CaseID)
	if err != nil {
		return DateQuestion{}, err
	}
	q := DateQuestion{Municipality: f.Municipality, Agency: l.st.seat(l.agencyID).Name, Options: slices.Clone(l.poll.Options), Answers: map[string]DateAnswer{},
		Until: day(l.poll.Until.Add(-time.Second))}
	for _, o := range q.Options {
		if a, ok := l.poll.reply(l.agencyID).Answers[o.ID]; ok {
			q.Answers[o.ID] = a
		}
	}
	slices.SortStableFunc(q.Options, func(a, b DateOption) int { return a.Start.Compare(b.Start) })
	return q, nil
}

// AnswerDates takes the answers of a link, over those before.
func (s *Service) AnswerDates(ctx context.Context, token string, answers map[string]DateAnswer, ip string) error {
	l, err := s.livingDates(ctx, token)
	if err != nil {
		return err
	}
	kept := map[string]DateAnswer{}
	for id, a := range answers {
		if _, ok := l.poll.option(id); !ok || !a.valid() {
			return fault.New(fault.Invalid, "候補の日時が変わりました。画面を開き直して、もう一度答えてください。").On("answers")
		}
		kept[id] = a
	}
	if len(kept) == 0 {
		return fault.New(fault.Invalid, "候補ごとに ◎・○・× を選んでください。").On("answers")
	}
	now := s.clock()
	who := access.Actor{Tenant: l.poll.Tenant, UserID: "date-link", AgencyID: l.agencyID, IP: ip}
	e := who.Audit(now, access.VerbDateAnswer, l.poll.MeetingID).InCase(l.st.Meeting.CaseID).InMeeting(l.poll.MeetingID)
	if err := s.Store.AnswerDates(ctx, l.poll.Tenant, l.poll.MeetingID, hashDateToken(token), kept, now, e); err != nil {
		if fault.Is(err, fault.NotFound) {
			return dateLinkDead
		}
		return err
	}
	if s.Tell != nil {
		s.Tell.MeetingChanged(ctx, l.poll.Tenant, l.poll.MeetingID, l.st.Meeting.Seq)
	}
	return nil
}

type liveLink struct {
	poll     DatePoll
	st       State
	agencyID string
}

// livingDates finds what a link may still answer: the poll is open, the meeting in preparation, the agency has its seat.
func (s *Service) livingDates(ctx context.Context, token string) (liveLink, error) {
	if b, err := base64.RawURLEncoding.DecodeString(token); err != nil || len(b) != 32 {
		return liveLink{}, dateLinkDead
	}
	tenant, meetingID, agencyID, err := s.Store.DateLink(ctx, hashDateToken(token))
	if fault.Is(err, fault.NotFound) {
		return liveLink{}, dateLinkDead
	}
	if err != nil {
		return liveLink{}, err
	}
	l := liveLink{agencyID: agencyID}
	if l.poll, err = s.Store.DatePoll(ctx, tenant, meetingID); err != nil {
		return liveLink{}, err
	}
	if l.st, err = s.whole(ctx, tenant, meetingID); err != nil {
		return liveLink{}, err
	}
	seat := l.st.seat(agencyID)
	if l.poll.Fixed != "" || !s.clock().Before(l.poll.Until) || l.st.Meeting.Status != StatusDraft || seat == nil || seat.Observer || l.poll.reply(agencyID) == nil {
		return liveLink{}, dateLinkDead
	}
	return l, nil
}
