package copies_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/copies"
	"kasane/internal/fault"
	"kasane/internal/meeting"
	"kasane/internal/papers"
	"kasane/internal/pdf"
	"kasane/internal/pdf/pdftest"
	"kasane/internal/sheets"
)

var now = time.Date(2026, 11, 30, 6, 0, 0, 0, time.UTC)

var clerk = access.Actor{Tenant: "t", UserID: "u9", AgencyID: "a1", Name: "記録 九子", Roles: []access.Role{access.RoleRecords}}

// said is a text of one class of information about a person ("" = the household), as the record holds it.
type said struct {
	person string
	item   consent.Item
	text   string
}

// shelf is everything around the service, in memory: one sealed 会議録.
type shelf struct {
	t       *testing.T
	facts   meeting.Facts
	mode    consent.Mode
	minutes papers.MinutesDoc
	said    []said
	views   map[string]cases.View // by agency; "" for the person
	none    []string              // agencies that take no files home
	seats   []meeting.Seat
	people  []meeting.Attendee
	then    []meeting.FormerName
	places  []string
	rec     archive.Record
	lines   []copies.Copy
	log     []access.Entry
	goes    bool // the record is disposed of while the copy is made
	svc     *copies.Service
}

func newShelf(t *testing.T) *shelf {
	t.Helper()
	s := &shelf{t: t, mode: consent.ModeLayered, views: map[string]cases.View{},
		facts: meeting.Facts{Municipality: "みなと野市", Case: cases.Case{ID: "c", Tenant: "t", Number: "K2026-0012"},
			Persons: []cases.Person{{ID: "p1", Name: "纐纈 燐音", Kana: "こうけつ りんね", Relation: "本人", Subject: true, Birth: "1944-06-03"},
				{ID: "p2", Name: "纐纈 篤胤", Kana: "こうけつ あつたね", Relation: "長男"}},
			Members:  []cases.Member{{AgencyID: "a1"}, {AgencyID: "a2"}, {AgencyID: "a3"}},
			Agencies: []access.Agency{{ID: "a1", Name: "福祉総務課", City: true, Active: true}, {ID: "a2", Name: "汐見包括", Active: true}, {ID: "a3", Name: "つなぐ法人", Active: true}},
			Users:    []access.User{{ID: "u1", AgencyID: "a1", Name: "議長 一郎"}}},
		said: []said{{"", consent.ItemBasic, "世帯のことば"}, {"p1", consent.ItemHealth, "燐の病のことば"}, {"p2", consent.ItemIncome, "篤の借りのことば"}},
		rec: archive.Record{Tenant: "t", ID: "r", Kind: archive.KindMinutes, Number: "KS2026-0007", Title: "会議録", MeetingID: "g", CaseID: "c", CaseNumber: "K2026-0012", Version: 1,
			SealedAt: now.AddDate(0, 0, -7)},
		minutes: papers.MinutesDoc{Head: papers.Head{Municipality: "みなと野市", MeetingKind: "重層的支援会議", MeetingNo: 3, CaseID: "K2026-0012", DocumentNo: "KS2026-0007", Version: 1}}}
	s.rec.ContentSHA256 = archive.Sum([]byte("content"))
	s.svc = copies.NewService(s, s, s, s, papers.New(pdf.New(pdf.Options{})), func() time.Time { return now })
	return s
}

// show lets a view through for classes of the record, by a reason.
func (s *shelf) show(to string, why consent.Reason, list ...said) {
	v := s.views[to]
	for _, x := range list {
		i := slices.IndexFunc(v.Persons, func(p cases.PersonView) bool { return p.PersonID == x.person })
		if i < 0 {
			v.Persons = append(v.Persons, cases.PersonView{PersonID: x.person})
			i = len(v.Persons) - 1
		}
		allow := why == consent.ReasonConsent || why == consent.ReasonEmergency || why == consent.ReasonHolder
		v.Persons[i].Items = append(v.Persons[i].Items, cases.ItemView{Item: x.item, Allow: allow, Reason: why})
	}
	s.views[to] = v
}

func (s *shelf) CopySource(_ context.Context, _ access.Scope, id string) (archive.Kept, error) {
	if id != s.rec.ID {
		return archive.Kept{}, fault.New(fault.NotFound, "")
	}
	return archive.Kept{Record: s.rec, Content: []byte("content")}, nil
}

func (s *shelf) Copies(context.Context, access.Scope, string) ([]copies.Copy, error) {
	return slices.Clone(s.lines), nil
}

func (s *shelf) AddCopy(_ context.Context, c copies.Copy, e access.Entry) error {
	if s.goes {
		return copies.Disposed(s.rec.Number)
	}
	s.lines, s.log = append([]copies.Copy{c}, s.lines...), append(s.log, e)
	return nil
}

func (s *shelf) AppendAudit(_ context.Context, e ...access.Entry) error {
	s.log = append(s.log, e...)
	return nil
}

func (s *shelf) TakesCopies(_ context.Context, _ access.Actor, g access.Agency) (bool, error) {
	return !slices.Contains(s.none, g.ID), nil
}

func (s *shelf) ViewAs(_ context.Context, _ access.Actor, _, _, agency string) (cases.View, error) {
	return s.views[agency], nil
}

func (s *shelf) ToPerson(context.Context, access.Actor, string, string) (cases.View, error) {
	return s.views[""], nil
}

// Sealed gives the minutes with each text as one row, as far as the reader gets it.
func (s *shelf) Sealed(_ context.Context, _ archive.Kept, read meeting.CopyReader, at time.Time) (meeting.SealedPaper, error) {
	m := s.minutes
	m.Items = slices.Clone(m.Items)
	for i, x := range s.said {
		row := papers.MinutesItem{No: fmt.Sprint(i + 1), Title: "題", Discussion: x.text}
		if read != nil {
			switch show, tell := read(x.person, x.item); {
			case show:
			case tell:
				row = papers.MinutesItem{No: row.No, Withheld: true}
			default:
				continue
			}
		}
		m.Items = append(m.Items, row)
	}
	m.At = at
	book, err := sheets.Builtin()
	if err != nil {
		return meeting.SealedPaper{}, err
	}
	return meeting.SealedPaper{Minutes: &m, Facts: s.facts, Mode: s.mode, Seats: s.seats, People: s.people, Sheets: book.At("2026-11-30"), Then: s.then, Places: s.places, Day: now.AddDate(0, 0, -7)}, nil
}

func (s *shelf) make(w copies.Wish) (copies.Made, error) {
	if w.Purpose == "" {
		w.Purpose = "試験"
	}
	return s.svc.Make(context.Background(), clerk, "r", w, false)
}

// text is what a copy says, without white space.
func (s *shelf) text(w copies.Wish) string {
	s.t.Helper()
	m, err := s.make(w)
	if err != nil {
		s.t.Fatal(err)
	}
	return pdftest.Ink(pdftest.Text(s.t, m.PDF, "-raw"))
}
