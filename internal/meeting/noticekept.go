package meeting

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/papers"
)

var noNotice = fault.New(fault.NotFound, "この開催通知は見つかりません。")

// NoticesListed are the 開催通知 of a meeting that were printed, for those who hold the case.
func (s *Service) NoticesListed(ctx context.Context, actor access.Actor, meetingID string) ([]papers.Listed, error) {
	list, err := s.notices(ctx, actor, meetingID)
	var out []papers.Listed
	for _, k := range list {
		out = append(out, papers.Listed{ID: fmt.Sprintf("%s-%d", meetingID, k.N), Title: "開催通知", Note: jptime.FormatDateTime(k.At) + "に作成"})
	}
	return out, err
}

func (s *Service) notices(ctx context.Context, actor access.Actor, meetingID string) ([]KeptNotice, error) {
	_, sub, err := s.load(ctx, actor, meetingID)
	switch {
	case err != nil:
		return nil, err
	case !sub.is(whoHolder):
		return nil, fault.New(fault.Forbidden, "開催通知を作れるのは、多機関協働担当と市所管課です。")
	}
	return s.Store.KeptNotices(ctx, actor.Tenant, meetingID)
}

// NoticeMeeting is the meeting of a 開催通知 by the id it is listed with.
func NoticeMeeting(id string) string {
	meetingID, _, _ := strings.Cut(id, "-")
	return meetingID
}

// NoticeDoc is a 開催通知 as it was printed. Holders only.
func (s *Service) NoticeDoc(ctx context.Context, actor access.Actor, id string) (papers.NoticeDoc, error) {
	list, err := s.notices(ctx, actor, NoticeMeeting(id))
	if err != nil {
		return papers.NoticeDoc{}, err
	}
	i := slices.IndexFunc(list, func(k KeptNotice) bool { return id == fmt.Sprintf("%s-%d", k.MeetingID, k.N) })
	if i < 0 {
		return papers.NoticeDoc{}, noNotice
	}
	var d papers.NoticeDoc
	if err := json.Unmarshal(list[i].Doc, &d); err != nil {
		return d, fault.Wrap(fault.Internal, fmt.Errorf("a kept 開催通知: %w", err), "")
	}
	d.Tenant = actor.Tenant
	return d, nil
}

// NoticeFor is the meeting a 開催通知 was sent for as its 案内 to the person: when, where, who is asked to come, and of the agenda what may be told to them.
func (s *Service) NoticeFor(ctx context.Context, actor access.Actor, id string, read CopyReader) (papers.NoticeDoc, error) {
	d, err := s.NoticeDoc(ctx, actor, id)
	if err != nil {
		return d, err
	}
	st, _, err := s.load(ctx, actor, NoticeMeeting(id))
	if err != nil {
		return d, err
	}
	d.Start, d.End, d.Place, d.Form, d.Link = st.Meeting.PlannedStart, st.Meeting.PlannedEnd, st.Meeting.Place, st.Meeting.Form.Label(), ""
	d.Secrecy = st.Meeting.Mode == consent.ModeSupport
	d.Invited, d.Letters = nil, []papers.NoticeLetter{{}}
	for _, seat := range st.Seats {
		if !seat.Observer {
			d.Invited = append(d.Invited, seat.Name)
		}
	}
	for _, a := range st.Agenda {
		if show, _ := read.Reads(a.Person, a.Item); show {
			d.Letters[0].Agenda = append(d.Letters[0].Agenda, strings.TrimSpace(a.Title))
		}
	}
	return d, nil
}
