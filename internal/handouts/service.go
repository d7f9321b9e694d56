package handouts

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/files"
)

// DefaultDays and MaxDays of 資料回収.
const (
	DefaultDays = 7
	MaxDays     = 90
)

// Service hands papers out and takes them back.
type Service struct {
	store Store
	gate  Gate
	safe  Safe
	print Printer
	doors Doors
	now   func() time.Time
}

// New makes the service.
func New(store Store, gate Gate, safe Safe, now func() time.Time) *Service {
	return &Service{store: store, gate: gate, safe: safe, now: now}
}

// Input is what is handed out.
type Input struct {
	MeetingID, AgendaID, PersonID string
	Item                          consent.Item
	Name                          string
	Bytes                         []byte
}

// Line is a hand-out as one reader may see it.
type Line struct {
	ID        string       `json:"id"`
	AgendaID  string       `json:"agendaId"`
	PersonID  string       `json:"personId"`
	Item      consent.Item `json:"item"`
	ItemLabel string       `json:"itemLabel"`
	Name      string       `json:"name"`
	Type      string       `json:"type"`
	Size      int64        `json:"size"`
	SHA256    string       `json:"sha256"`
	By        string       `json:"by"`
	ByAgency  string       `json:"byAgency"`
	At        time.Time    `json:"at"`
	Receipts  []Receipt    `json:"receipts"` // empty for guests and observers
}

// List is what one reader sees of the hand-outs of a meeting.
type List struct {
	Handouts []Line     `json:"handouts"`
	Withheld int        `json:"withheld"` // 同意範囲外
	Copies   bool       `json:"copies"`   // the reader may take copies
	MayGive  bool       `json:"mayGive"`
	Days     int        `json:"days"`             // 閉会 + n 日
	EndsAt   *time.Time `json:"endsAt,omitempty"` // after 閉会
	Ended    bool       `json:"ended"`            // 回収済み, for this reader
}

// List is audited by its caller. NotFound: the reader has no part in the meeting.
func (s *Service) List(ctx context.Context, a access.Actor, meetingID string) (List, error) {
	if err := access.Require(a, access.ActMeetingRead); err != nil {
		return List{}, err
	}
	days, rights, err := s.rights(ctx, a, meetingID)
	if err != nil {
		return List{}, err
	}
	all, err := s.store.Handouts(ctx, access.ScopeOf(a), meetingID)
	if err != nil {
		return List{}, err
	}
	out := List{Handouts: []Line{}, Copies: mayCopy(a, rights), MayGive: access.Can(a, access.ActHandoutGive) && !rights.Over(), Days: days, Ended: rights.Ended()}
	if at := rights.ClosedAt(); at != nil {
		end := at.AddDate(0, 0, days)
		out.EndsAt = &end
	}
	var got []Receipt
	if !a.Guest() && !rights.Observer() {
		if got, err = s.store.HandoutReceipts(ctx, access.ScopeOf(a), meetingID); err != nil {
			return List{}, err
		}
	}
	for _, h := range all {
		if !rights.Sees(h.PersonID, h.Item) {
			out.Withheld++
			continue
		}
		l := Line{ID: h.File.ID, AgendaID: h.AgendaID, PersonID: h.PersonID, Item: h.Item, ItemLabel: h.Item.Label(), Name: h.File.Name, Type: h.File.Type, Size: h.File.Size,
			SHA256: h.File.SHA256, By: h.ByName, ByAgency: h.ByAgency, At: h.File.CreatedAt, Receipts: []Receipt{}}
		for _, r := range got {
			if r.HandoutID == h.File.ID {
				l.Receipts = append(l.Receipts, r)
			}
		}
		out.Handouts = append(out.Handouts, l)
	}
	return out, nil
}

// Give hands a file out. Conflict: the meeting is over.
func (s *Service) Give(ctx context.Context, a access.Actor, in Input) (string, error) {
	if err := access.Require(a, access.ActHandoutGive); err != nil {
		return "", err
	}
	_, rights, err := s.rights(ctx, a, in.MeetingID)
	if err != nil {
		return "", err
	}
	switch {
	case rights.Over():
		return "", fault.New(fault.Conflict, "閉会した会議と中止した会議には、資料を配れません。")
	case !slices.Contains(rights.Agenda(), in.AgendaID):
		return "", fault.New(fault.Invalid, "資料を配る議題を選んでください。").On("agendaId")
	case !slices.Contains(consent.Items(), in.Item):
		return "", fault.New(fault.Invalid, "資料に書かれている情報の項目を選んでください。").On("item")
	case !rights.Knows(in.PersonID):
		return "", fault.New(fault.Invalid, "資料に書かれている人を選んでください。").On("personId")
	case !rights.Sees(in.PersonID, in.Item):
		return "", fault.New(fault.Forbidden, "")
	}
	f, sealed, err := s.safe.Receive(ctx, a, files.Upload{CaseID: rights.CaseID(), Purpose: files.PurposeHandout, Name: in.Name, Bytes: in.Bytes})
	if err != nil {
		return "", err
	}
	h := Handout{MeetingID: in.MeetingID, AgendaID: in.AgendaID, PersonID: in.PersonID, Item: in.Item, ByName: a.Name, ByAgency: a.AgencyName, File: f}
	e := a.Audit(f.CreatedAt, access.VerbHandoutGive, f.ID).InCase(f.CaseID).InMeeting(in.MeetingID)
	e.Hash = f.SHA256
	return f.ID, s.store.PutHandout(ctx, h, sealed, e)
}

// Open gives the bytes for the screen or, as a copy, to keep. Forbidden: this reader takes no copies. NotFound: nothing the gate shows.
func (s *Service) Open(ctx context.Context, a access.Actor, meetingID, id string, deed Deed) (files.File, []byte, error) {
	if err := access.Require(a, access.ActMeetingRead); err != nil {
		return files.File{}, nil, err
	}
	h, err := s.store.Handout(ctx, access.ScopeOf(a), meetingID, id)
	if err != nil {
		return files.File{}, nil, err
	}
	_, rights, err := s.rights(ctx, a, h.MeetingID)
	if err != nil {
		return files.File{}, nil, err
	}
	verb := access.VerbHandoutOpen
	if deed == DeedCopy {
		verb = access.VerbHandoutCopy
	}
	now := s.now().UTC().Truncate(time.Microsecond)
	e := a.Audit(now, verb, id).InCase(h.File.CaseID).InMeeting(h.MeetingID)
	e.Hash = h.File.SHA256
	if !rights.Sees(h.PersonID, h.Item) {
		if err := s.store.AppendAudit(ctx, e.Denied("consent")); err != nil {
			return files.File{}, nil, err
		}
		return files.File{}, nil, fault.New(fault.NotFound, "資料が見つかりません。閲覧できる期間が終わったか、同意の範囲外です。")
	}
	if deed == DeedCopy && !mayCopy(a, rights) {
		if err := s.store.AppendAudit(ctx, e.Denied("role")); err != nil {
			return files.File{}, nil, err
		}
		return files.File{}, nil, fault.New(fault.Forbidden, "この資料は画面での閲覧だけです。写しが必要なときは、事務局に相談してください。")
	}
	sealed, err := s.store.ReceiveHandout(ctx, a.Tenant, Receipt{ID: access.NewID(now), HandoutID: id, UserID: a.UserID, UserName: a.Name,
		AgencyID: a.AgencyID, AgencyName: a.AgencyName, Deed: deed, At: now}, e)
	if err != nil {
		return files.File{}, nil, err
	}
	plain, err := s.safe.Open(ctx, h.File, sealed)
	return h.File, plain, err
}

// TakeBack ends a hand-out for everybody at once; the 資料受渡簿 keeps what happened to it.
func (s *Service) TakeBack(ctx context.Context, a access.Actor, meetingID, id string) error {
	if err := access.Require(a, access.ActHandoutGive); err != nil {
		return err
	}
	h, err := s.store.Handout(ctx, access.ScopeOf(a), meetingID, id)
	if err != nil {
		return err
	}
	if _, _, err := s.rights(ctx, a, h.MeetingID); err != nil {
		return err
	}
	now := s.now().UTC().Truncate(time.Microsecond)
	return s.store.TakeBackHandout(ctx, a.Tenant, id, now, a.Audit(now, access.VerbHandoutTakeBack, id).InCase(h.File.CaseID).InMeeting(h.MeetingID))
}

// Days of 資料回収 in the municipality.
func (s *Service) Days(ctx context.Context, a access.Actor) (int, error) {
	if err := access.Require(a, access.ActAdminister); err != nil {
		return 0, err
	}
	return s.store.HandoutDays(ctx, a.Tenant)
}

// SetDays changes them, also for meetings that are over.
func (s *Service) SetDays(ctx context.Context, a access.Actor, days int) error {
	if err := access.Require(a, access.ActAdminister); err != nil {
		return err
	}
	if days < 0 || days > MaxDays {
		return fault.Newf(fault.Invalid, "閉会から資料回収までの日数は、0日から%d日までで入力してください。", MaxDays).On("days")
	}
	return s.store.SaveHandoutDays(ctx, a.Tenant, days, a.Audit(s.now(), access.VerbHandoutDays, a.Tenant))
}

func (s *Service) rights(ctx context.Context, a access.Actor, meetingID string) (int, cases.HandoutRights, error) {
	days, err := s.store.HandoutDays(ctx, a.Tenant)
	if err != nil {
		return 0, cases.HandoutRights{}, err
	}
	r, err := s.gate.Handouts(ctx, a, meetingID, time.Duration(days)*24*time.Hour)
	return days, r, err
}

// mayCopy: guests, observers and agencies without copies read on the screen only.
func mayCopy(a access.Actor, r cases.HandoutRights) bool {
	return !a.Guest() && !a.NoCopies && !r.Observer()
}
