package outreach

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/text"
)

// Input is an entry as it was written, perhaps hours ago without a line.
type Input struct {
	// ID is made by whoever writes, so that what comes twice is kept once.
	ID string `json:"id"`
	// By is who wrote it: what waited on a device is not sent in the name of who sits there now.
	By       string       `json:"by"`
	Kind     Kind         `json:"kind"` // "" = 働きかけ
	PersonID string       `json:"personId"`
	Item     consent.Item `json:"item"`
	At       time.Time    `json:"at"`
	Method   string       `json:"method"`
	Met      []string     `json:"met"`
	Place    string       `json:"place"`
	Body     string       `json:"body"`
	Target   string       `json:"target"`
	NextStep string       `json:"nextStep"`
	Relation string       `json:"relation"`
	Replaces string       `json:"replaces"`
	// VisitID is the planned visit that was done with it.
	VisitID string `json:"visitId"`
	// NextDay and NextClock plan the next one; "" = none.
	NextDay   string `json:"nextDay"`
	NextClock string `json:"nextClock"`
	// NextMine: it is for whoever writes; otherwise for anybody of the agency.
	NextMine bool `json:"nextMine"`
}

const (
	maxBody = 2000
	// ahead is by how much the clock of a phone may be wrong.
	ahead = 10 * time.Minute
	// oldest is how long ago a contact may have been: what was written on paper before is entered too.
	oldest = 10 * 365 * 24 * time.Hour
)

// clientID is an id made in a browser: long enough not to meet another by chance.
var clientID = regexp.MustCompile(`^[0-9a-z][0-9a-z-]{19,63}$`)

// Record keeps an entry. It may be sent again and again: it is kept once.
func (s *Service) Record(ctx context.Context, a access.Actor, caseID string, in Input) error {
	r, err := s.allowed(ctx, a, caseID)
	if err != nil {
		return err
	}
	now := s.time()
	if in.Kind == "" {
		in.Kind = KindOutreach
	}
	if err := s.check(r, a, in, now); err != nil {
		return err
	}
	x := Entry{Kind: in.Kind, Target: in.Target, NextStep: in.NextStep, ID: in.ID, Tenant: a.Tenant, CaseID: caseID, PersonID: in.PersonID, Item: in.Item, AgencyID: a.AgencyID, AgencyName: a.AgencyName, UserID: a.UserID,
		UserName: a.Name, At: in.At.UTC().Truncate(time.Microsecond), Method: in.Method, Met: in.Met, Place: in.Place, Body: in.Body, Relation: in.Relation,
		Replaces: in.Replaces, RecordedAt: now}
	var next *Visit
	if in.NextDay != "" {
		v := visitOf(a, caseID, in.PersonID, in.NextDay, in.NextClock, in.NextMine, now)
		v.ID = access.NewID(now)
		next = &v
	}
	_, err = s.store.AddOutreach(ctx, x, in.VisitID, next, a.Audit(now, access.VerbOutreachLog, x.ID).InCase(caseID))
	return err
}

func (s *Service) check(r cases.FieldRights, a access.Actor, in Input, now time.Time) error {
	if in.By != a.UserID {
		return fault.New(fault.Unauthorized, "この端末では、別の人がサインインしています。書いた人がサインインすると送られます。")
	}
	if !clientID.MatchString(in.ID) {
		return fault.New(fault.Invalid, "記録の番号を読み取れません。画面を更新して、もう一度入力してください。").On("id")
	}
	if err := s.about(r, a, in.PersonID, in.Item); err != nil {
		return err
	}
	if err := s.checkHow(a, in); err != nil {
		return err
	}
	if in.Place != "" {
		if err := s.known(a, "outreach_place", "place", "場所", in.Place); err != nil {
			return err
		}
	}
	if in.Relation != "" {
		if err := s.known(a, "relation_stage", "relation", "関係の段階", in.Relation); err != nil {
			return err
		}
	}
	switch {
	case in.At.IsZero():
		return fault.New(fault.Invalid, "日時を入力してください。").On("at")
	case in.At.After(now.Add(ahead)):
		return fault.New(fault.Invalid, "日時が未来になっています。これからの予定は「次の予定」に入れてください。").On("at")
	case in.At.Before(now.Add(-oldest)):
		return fault.New(fault.Invalid, "日時が10年より前になっています。年を確かめてください。").On("at")
	case strings.TrimSpace(in.Body) == "":
		return fault.New(fault.Invalid, "あったことを書いてください。会えなかったときも、様子を一言残してください。").On("body")
	}
	if err := text.Memo("body", "あったこと", in.Body, maxBody); err != nil {
		return err
	}
	if in.NextDay == "" && in.NextClock == "" {
		return nil
	}
	return checkWhen("nextDay", "nextClock", in.NextDay, in.NextClock, dayOf(in.At))
}

// about refuses a person who is not of the household, and what the agency could not read afterwards.
func (s *Service) about(r cases.FieldRights, a access.Actor, personID string, item consent.Item) error {
	switch {
	case !slices.Contains(Items(), item):
		return fault.New(fault.Invalid, "情報の区分を選んでください。").On("item")
	case !r.Knows(personID):
		return fault.New(fault.Invalid, "だれのことかを選び直してください。").On("personId")
	case !r.Sees(a.AgencyID, personID, item):
		return fault.New(fault.Invalid, "この人のことは、ここには記録できません。事務局に伝えてください。").On("personId")
	}
	return nil
}

// methods is the list of the ways of a kind.
func (k Kind) methods() string {
	if k == KindCourse {
		return "contact_method"
	}
	return "outreach_method"
}

// checkHow looks at the way and at who was there; a 支援経過 may be with an agency alone.
func (s *Service) checkHow(a access.Actor, in Input) error {
	if in.Kind != KindOutreach && in.Kind != KindCourse {
		return fault.New(fault.Invalid, "記録の種類を選び直してください。").On("kind")
	}
	if err := s.known(a, in.Kind.methods(), "method", "方法", in.Method); err != nil {
		return err
	}
	if err := text.Line("target", "対象", in.Target, 100); err != nil {
		return err
	}
	if err := text.Memo("nextStep", "次の対応", in.NextStep, 500); err != nil {
		return err
	}
	if in.Kind == KindOutreach && (in.Target != "" || in.NextStep != "") {
		return fault.New(fault.Invalid, "対象の機関と次の対応は、支援経過として記録してください。").On("kind")
	}
	if in.Kind == KindCourse && len(in.Met) == 0 && strings.TrimSpace(in.Target) != "" {
		return nil
	}
	return s.checkMet(a, in.Met)
}

func (s *Service) checkMet(a access.Actor, met []string) error {
	if len(met) == 0 {
		return fault.New(fault.Invalid, "会えた人を選んでください。会えなかったときは「会えず」を選びます。").On("met")
	}
	for i, c := range met {
		if err := s.known(a, "outreach_met", "met", "会えた人", c); err != nil {
			return err
		}
		if slices.Contains(met[:i], c) {
			return fault.New(fault.Invalid, "会えた人に、同じものが2つあります。").On("met")
		}
	}
	if len(met) > 1 && slices.Contains(met, MetNobody) {
		return fault.New(fault.Invalid, "「会えず」と、会えた人は、いっしょに選べません。").On("met")
	}
	return nil
}

// MetNobody and MetPerson are the codes of 会えず and 本人.
const (
	MetNobody = "none"
	MetPerson = "self"
)

var clockForm = regexp.MustCompile(`^([01][0-9]|2[0-3]):[0-5][0-9]$`)

// checkWhen refuses a day that is none, or lies before from, and a time without a day.
func checkWhen(dayField, clockField, day, clock, from string) error {
	d, err := time.ParseInLocation(time.DateOnly, day, jptime.JST)
	switch {
	case day == "":
		return fault.New(fault.Invalid, "時刻だけでなく、日付も入れてください。").On(dayField)
	case err != nil || d.Year() > 2200:
		return fault.New(fault.Invalid, "予定の日付が正しくありません。").On(dayField)
	case day < from:
		return fault.New(fault.Invalid, "予定の日付が過ぎています。").On(dayField)
	case clock != "" && !clockForm.MatchString(clock):
		return fault.New(fault.Invalid, "時刻は、14:30 のように入れてください。").On(clockField)
	}
	return nil
}

func visitOf(a access.Actor, caseID, personID, day, clock string, mine bool, now time.Time) Visit {
	v := Visit{Tenant: a.Tenant, CaseID: caseID, PersonID: personID, AgencyID: a.AgencyID, Day: day, Clock: clock, State: VisitPlanned, Version: 1, MadeAt: now}
	if mine {
		v.UserID, v.UserName = a.UserID, a.Name
	}
	return v
}
