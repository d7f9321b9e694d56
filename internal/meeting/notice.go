package meeting

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/papers"
	"kasane/internal/text"
)

// NoticeInput (開催通知) is what the office adds to what the meeting knows.
type NoticeInput struct {
	AgencyID string `json:"agencyId"` // "" = a letter to every agency with a seat
	Number   string `json:"number"`   // 文書番号 of the municipality's own register
	Issued   string `json:"issued"`   // 発出日, ISO
	From     string `json:"from"`     // 発信者
	Sender   string `json:"sender"`   // 発信者の氏名
	Reply    string `json:"reply"`    // 回答期限, ISO
	Contact  string `json:"contact"`
}

var isoDay = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

func (in NoticeInput) check() error {
	if err := first(text.Line("number", "文書番号", in.Number, 60), text.Line("from", "発信者", in.From, 60), text.Line("sender", "発信者の氏名", in.Sender, 60),
		text.Memo("contact", "担当", in.Contact, 200)); err != nil {
		return err
	}
	for field, day := range map[string]string{"issued": in.Issued, "reply": in.Reply} {
		if day != "" && (!isoDay.MatchString(day) || dateOf(day).IsZero()) {
			return fault.New(fault.Invalid, "日付を入れ直してください。").On(field)
		}
	}
	return nil
}

// Notice is the 開催通知 as PDF, a letter to one agency or to all that have a seat. A letter names nobody of the household but in what the gate shows
// its agency; the title of the meeting, which people write freely, is not in it. Holders only; it is audited. origin is where the room is.
func (s *Service) Notice(ctx context.Context, actor access.Actor, meetingID, origin string, in NoticeInput) (papers.Result, string, error) {
	st, sub, err := s.load(ctx, actor, meetingID)
	if err != nil {
		return papers.Result{}, "", err
	}
	if !sub.is(whoHolder) {
		return papers.Result{}, "", fault.New(fault.Forbidden, "開催通知を作れるのは、多機関協働担当と市所管課です。")
	}
	if err := in.check(); err != nil {
		return papers.Result{}, "", err
	}
	if st.Meeting.Status != StatusDraft { // from 受付 on the gate opens to people who confirm secrecy; a letter confirms nothing
		return papers.Result{}, "", fault.New(fault.Conflict, "開催通知は、受付を始める前に作ってください。")
	}
	f, err := s.Store.MeetingFacts(ctx, actor.Tenant, st.Meeting.CaseID)
	if err != nil {
		return papers.Result{}, "", err
	}
	mat := material{st: st, facts: f, at: s.clock()}
	doc := papers.NoticeDoc{Head: mat.head(), Number: in.Number, From: in.From, Sender: in.Sender, Basis: st.basis(), Secrecy: st.Meeting.Mode == consent.ModeSupport,
		Start: st.Meeting.PlannedStart, End: st.Meeting.PlannedEnd, Place: st.Meeting.Place, Form: st.Meeting.Form.Label(), Link: origin + "/meetings/" + meetingID, Contact: in.Contact}
	doc.FormName, doc.DocumentNo = st.Meeting.Type.FormName, in.Number
	doc.Issued, doc.Reply = dateOf(in.Issued), dateOf(in.Reply)
	if doc.From == "" {
		doc.From = st.Meeting.Type.ChairPost
	}
	for _, seat := range st.Seats {
		if in.AgencyID != "" && in.AgencyID != seat.AgencyID {
			continue
		}
		l, err := s.noticeLetter(ctx, actor, &st, seat)
		if err != nil {
			return papers.Result{}, "", err
		}
		doc.Letters = append(doc.Letters, l)
	}
	if len(doc.Letters) == 0 {
		return papers.Result{}, "", fault.New(fault.Invalid, "通知する機関を、席のある機関から選んでください。").On("agencyId")
	}
	res, err := s.Print.Notice(ctx, doc)
	if err != nil {
		return papers.Result{}, "", err
	}
	e := actor.Audit(mat.at, access.VerbNotice, meetingID).InCase(st.Meeting.CaseID).InMeeting(meetingID)
	e.Hash = sum(res.PDF)
	said, err := json.Marshal(doc)
	if err != nil {
		return papers.Result{}, "", fault.Wrap(fault.Internal, err, "")
	}
	return res, mat.fileName("開催通知"), s.Store.KeepNotice(ctx, KeptNotice{Tenant: actor.Tenant, MeetingID: meetingID, At: mat.at, SHA256: e.Hash, Doc: said}, e)
}

// noticeLetter is the letter to an agency: of the agenda it has what the gate shows that agency now.
func (s *Service) noticeLetter(ctx context.Context, actor access.Actor, st *State, seat Seat) (papers.NoticeLetter, error) {
	l := papers.NoticeLetter{Agency: seat.Name}
	v, err := s.Gate.ViewAs(ctx, actor, st.Meeting.ID, st.Meeting.CaseID, seat.AgencyID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return l, err
	}
	shown := map[string]bool{}
	for _, p := range v.Persons {
		for _, i := range p.Items {
			shown[p.PersonID+"/"+string(i.Item)] = i.Allow
		}
	}
	for _, a := range st.Agenda {
		if shown[a.Person+"/"+string(a.Item)] {
			l.Agenda = append(l.Agenda, strings.TrimSpace(a.Title))
		} else {
			l.More = true
		}
	}
	return l, nil
}
