package meeting

import (
	"context"
	"fmt"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/papers"
)

// prepKeys are the four questions of a sheet, in the order of the paper.
var prepKeys = []string{"picture", "work", "involve", "ask"}

// PrepPaper is the 準備シート of a meeting as one reader may see it now, with 「同意範囲外」 in the place of what is withheld; blank is the
// empty form of the own agency, for whoever writes by hand. It is audited.
func (s *Service) PrepPaper(ctx context.Context, actor access.Actor, meetingID string, blank bool) (papers.Result, string, error) {
	st, _, err := s.load(ctx, actor, meetingID)
	if err != nil {
		return papers.Result{}, "", err
	}
	if actor.NoCopies {
		return papers.Result{}, "", fault.New(fault.Forbidden, "あなたの機関には、PDFを渡さない設定になっています。画面で確かめるか、事務局に相談してください。")
	}
	f, err := s.Store.MeetingFacts(ctx, actor.Tenant, st.Meeting.CaseID)
	if err != nil {
		return papers.Result{}, "", err
	}
	mat := material{st: st, facts: f, draft: true, at: s.clock()}
	if mat.visible, err = sight(ctx, s.Gate.View, actor, st); err != nil {
		return papers.Result{}, "", err
	}
	if actor.Outside {
		mat.copyFor = fmt.Sprintf("写し　%s　%s　%s", actor.AgencyName, actor.Name, jptime.FormatDateTime(mat.at))
	}
	doc := papers.PrepDoc{Head: mat.head(), Start: st.Meeting.PlannedStart, End: st.Meeting.PlannedEnd, Place: st.Meeting.Place, Blank: blank}
	doc.Head.Draft = false // it is no record: what stands there is what stands there now
	if blank {
		doc.Sheets = []papers.PrepSheet{{Agency: actor.AgencyName}}
	} else if doc.Sheets, err = s.prepPrinted(ctx, actor, mat, nil, ""); err != nil {
		return papers.Result{}, "", err
	}
	res, err := s.Print.Prep(ctx, doc)
	if err != nil {
		return papers.Result{}, "", err
	}
	e := actor.Audit(mat.at, access.VerbPDFDraft, meetingID).InCase(st.Meeting.CaseID).InMeeting(meetingID)
	e.Hash = sum(res.PDF)
	return res, mat.fileName("準備シート"), s.Store.AppendAudit(ctx, e)
}

// prepPrinted are the sheets of the agencies, and of them what a copy may hold; agencyID: who gets the copy, "" who reads.
func (s *Service) prepPrinted(ctx context.Context, actor access.Actor, mat material, read CopyReader, agencyID string) ([]papers.PrepSheet, error) {
	board, err := s.Prep(ctx, actor, mat.st.Meeting.ID)
	if err != nil {
		return nil, err
	}
	var out []papers.PrepSheet
	for _, b := range board.Sheets {
		sheet := papers.PrepSheet{Agency: b.Name, State: map[string]string{"": "未提出", "done": "提出済み", "paper": "紙で受領"}[b.State]}
		if b.At != nil {
			sheet.At = *b.At
		}
		foreign := agencyID != "" && b.AgencyID != agencyID
		if f := b.For; f != nil {
			said := *f
			if foreign {
				said.Teller, said.By, said.CheckedBy = "", "", ""
			}
			sheet.Entered = said.said()
		}
		for _, ref := range b.Docs {
			if foreign && b.State == "" { // not handed in: for who wrote it, and who holds the record
				continue
			}
			show, tell := read.Reads(ref.PersonID, ref.Item)
			if !show && !tell {
				continue
			}
			part := papers.PrepPart{About: mat.personName(ref.PersonID), Item: ref.ItemLabel, Withheld: !ref.Read || !show}
			if !part.Withheld {
				d, err := s.Docs.ReadDocument(ctx, actor.Tenant, ref.DocID)
				if err != nil {
					return nil, err
				}
				for _, key := range prepKeys {
					part.Answers = append(part.Answers, d.Text(key))
				}
			}
			sheet.Parts = append(sheet.Parts, part)
		}
		out = append(out, sheet)
	}
	return out, nil
}
