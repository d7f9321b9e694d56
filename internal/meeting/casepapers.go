package meeting

import (
	"context"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/papers"
)

// Around is what a paper of a case is looked at with: who is in the house, which agencies and people there are. meetingID: of a meeting of the case, "" of none.
func (s *Service) Around(ctx context.Context, tenant, caseID, meetingID string) (SealedPaper, error) {
	f, err := s.Store.MeetingFacts(ctx, tenant, caseID)
	if err != nil {
		return SealedPaper{}, err
	}
	out := SealedPaper{Facts: f, Sheets: s.Books.Of(tenant).At(day(s.clock())), Day: s.clock()}
	if meetingID != "" {
		st, err := s.whole(ctx, tenant, meetingID)
		if err != nil {
			return SealedPaper{}, err
		}
		if st.Meeting.CaseID != caseID {
			return SealedPaper{}, fault.New(fault.NotFound, "この会議は見つかりません。")
		}
		out.Seats, out.People, out.Mode, out.Day = st.Seats, st.People, st.Meeting.Mode, st.Meeting.PlannedStart
	}
	out.Places, err = s.registeredPlaces(ctx, tenant, f)
	return out, err
}

// PrepDoc is the 準備シート of a meeting with what the reader sees of it now, and of that what a copy may hold; with the agency that gets it (機関別), what is not handed in
// stays with its own agency, and who told and entered what for another one is not said.
func (s *Service) PrepDoc(ctx context.Context, actor access.Actor, meetingID string, read CopyReader, agencyID string) (papers.PrepDoc, error) {
	st, _, err := s.load(ctx, actor, meetingID)
	if err != nil {
		return papers.PrepDoc{}, err
	}
	f, err := s.Store.MeetingFacts(ctx, actor.Tenant, st.Meeting.CaseID)
	if err != nil {
		return papers.PrepDoc{}, err
	}
	mat := material{st: st, facts: f, at: s.clock()}
	seen, err := sight(ctx, s.Gate.View, actor, st)
	if err != nil {
		return papers.PrepDoc{}, err
	}
	mat.visible = func(person string, item consent.Item) bool {
		show, _ := read.Reads(person, item)
		return show && seen(person, item)
	}
	doc := papers.PrepDoc{Head: mat.head(), Start: st.Meeting.PlannedStart, End: st.Meeting.PlannedEnd, Place: st.Meeting.Place}
	doc.Sheets, err = s.prepPrinted(ctx, actor, mat, read, agencyID)
	return doc, err
}

// AttendanceDoc is the 出席簿 of a meeting that has begun: who was there.
func (s *Service) AttendanceDoc(ctx context.Context, actor access.Actor, meetingID string) (papers.AttendanceDoc, error) {
	mat, err := s.doorMaterial(ctx, actor, meetingID, "出席簿")
	if err != nil {
		return papers.AttendanceDoc{}, err
	}
	return mat.attendanceBook(false)
}
