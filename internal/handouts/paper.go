package handouts

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/papers"
)

// Printer makes the 資料受渡簿.
type Printer interface {
	Handover(ctx context.Context, m papers.HandoverDoc) (papers.Result, error)
}

// Doors say what a meeting is called, for those who run it; *meeting.Service is it.
type Doors interface {
	Door(ctx context.Context, a access.Actor, meetingID, paper string) (papers.Door, error)
}

// PrintWith gives the service what its paper is made with; without it none is made.
func (s *Service) PrintWith(p Printer, d Doors) { s.print, s.doors = p, d }

// Paper is the 資料受渡簿 of a meeting as PDF: what was handed out, who received it and how, and what was taken back; blank the sheet for papers that are handed out in the
// room. Those who run the meeting take it, nobody else. Hand-outs the gate does not show the reader are counted, not named. It is audited.
func (s *Service) Paper(ctx context.Context, a access.Actor, meetingID string, blank bool) (papers.Result, string, error) {
	door, err := s.doors.Door(ctx, a, meetingID, "資料受渡簿")
	switch {
	case err != nil:
		return papers.Result{}, "", err
	case blank && door.Over:
		return papers.Result{}, "", fault.New(fault.Conflict, "記入用の資料受渡簿は、閉会の前に作ってください。閉会の後は、記録した受渡しを印刷できます。")
	}
	doc, err := s.book(ctx, a, meetingID, door, blank)
	if err != nil {
		return papers.Result{}, "", err
	}
	res, err := s.print.Handover(ctx, doc)
	if err != nil {
		return papers.Result{}, "", err
	}
	e := a.Audit(door.At, access.VerbHandoverPaper, meetingID).InCase(door.CaseID).InMeeting(meetingID)
	sum := sha256.Sum256(res.PDF)
	e.Hash = hex.EncodeToString(sum[:])
	return res, papers.FileName(jptime.DateOf(door.Start), door.Head, "資料受渡簿"), s.store.AppendAudit(ctx, e)
}

// Book is the 資料受渡簿 as the reader may see it, for a copy.
func (s *Service) Book(ctx context.Context, a access.Actor, meetingID string) (papers.HandoverDoc, error) {
	door, err := s.doors.Door(ctx, a, meetingID, "資料受渡簿")
	if err != nil {
		return papers.HandoverDoc{}, err
	}
	return s.book(ctx, a, meetingID, door, false)
}

func (s *Service) book(ctx context.Context, a access.Actor, meetingID string, door papers.Door, blank bool) (papers.HandoverDoc, error) {
	doc := papers.HandoverDoc{Head: door.Head, Start: door.Start, End: door.End, Planned: door.Planned, Place: door.Place, Blank: blank, People: door.People}
	if blank {
		return doc, nil
	}
	days, rights, err := s.rights(ctx, a, meetingID)
	if err != nil {
		return doc, err
	}
	doc.Days = days
	if at := rights.ClosedAt(); at != nil {
		doc.Ends = at.AddDate(0, 0, days)
	}
	all, err := s.store.HandoutBook(ctx, access.ScopeOf(a), meetingID)
	if err != nil {
		return doc, err
	}
	got, err := s.store.HandoutReceipts(ctx, access.ScopeOf(a), meetingID)
	if err != nil {
		return doc, err
	}
	for _, h := range all {
		if !rights.Sees(h.PersonID, h.Item) {
			doc.Unseen++
			continue
		}
		x := papers.HandoverItem{Name: h.File.Name, Item: h.Item.Label(), By: strings.TrimSpace(h.ByAgency + "　" + h.ByName), At: h.File.CreatedAt}
		if h.TakenBack != nil {
			x.TakenBack = *h.TakenBack
		}
		for _, r := range got {
			if r.HandoutID == h.File.ID {
				x.Receipts = append(x.Receipts, papers.HandoverReceipt{Agency: r.AgencyName, Name: r.UserName, How: map[Deed]string{DeedView: "画面で開いた", DeedCopy: "写しを受け取った"}[r.Deed], At: r.At})
			}
		}
		doc.Items = append(doc.Items, x)
	}
	return doc, nil
}
