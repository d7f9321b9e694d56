package meeting

import (
	"context"
	"fmt"
	"slices"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/live"
	"kasane/internal/papers"
)

// Draft is the PDF of a paper as one reader may see it now: 案, with 「同意範囲外」 in the place of what is withheld. Of a plan that was agreed to it is
// the 写し of that version: agencies, who do not get the sealed record, take what of it they may see. It is audited.
func (s *Service) Draft(ctx context.Context, actor access.Actor, meetingID string, kind PaperKind) (papers.Result, string, error) {
	st, sub, err := s.load(ctx, actor, meetingID)
	if err != nil {
		return papers.Result{}, "", err
	}
	if kind == PaperMinutes && st.mayConfirm(sub) && !sub.is(whoHolder) {
		return s.kept(ctx, actor, st, st.Proposed.Version)
	}
	if actor.NoCopies {
		return papers.Result{}, "", fault.New(fault.Forbidden, "あなたの機関には、PDFを渡さない設定になっています。画面で確かめるか、事務局に相談してください。")
	}
	if actor.Guest() && kind != PaperMinutes && st.agreedRound() != nil {
		return papers.Result{}, "", fault.New(fault.Forbidden, "合意したプランの写しは、招待された人には渡しません。画面で確かめるか、事務局に相談してください。")
	}
	mat, err := s.planned(ctx, actor, st, kind)
	if err != nil {
		return papers.Result{}, "", err
	}
	var res papers.Result
	name := ""
	switch kind {
	case PaperMinutes:
		name = "会議録"
		res, err = s.Print.Minutes(ctx, mat.minutesDoc())
	case PaperPlan:
		name = "支援プラン"
		res, err = s.Print.Plan(ctx, mat.planDoc())
	case PaperMatrix:
		name = "役割分担表"
		res, err = s.Print.RoleMatrix(ctx, mat.matrixDoc())
	default:
		return papers.Result{}, "", fault.New(fault.Invalid, "文書の種類を選び直してください。").On("kind")
	}
	if err != nil {
		return papers.Result{}, "", err
	}
	e := actor.Audit(mat.at, access.VerbPDFDraft, meetingID).InCase(st.Meeting.CaseID).InMeeting(meetingID)
	e.Hash = sum(res.PDF)
	return res, mat.fileName(name), s.Store.AppendAudit(ctx, e)
}

// planned is the material of a paper for one reader: with a plan where the paper is of one, and with the name of who takes a copy.
func (s *Service) planned(ctx context.Context, actor access.Actor, st State, kind PaperKind) (material, error) {
	mat, err := s.drafting(ctx, actor, st, kind)
	if err != nil {
		return material{}, err
	}
	if kind != PaperMinutes && mat.plan.ID == "" {
		if st.Meeting.PlanID != "" {
			return material{}, fault.New(fault.NotFound, "このプランには、いまあなたの機関に表示できるものがありません。事務局に相談してください。")
		}
		return material{}, fault.New(fault.NotFound, "この会議にはプランがありません。")
	}
	if actor.Outside || mat.copied && !actor.Holder() {
		mat.copyFor = fmt.Sprintf("写し　%s　%s　%s", actor.AgencyName, actor.Name, jptime.FormatDateTime(mat.at))
	}
	return mat, nil
}

// agreedRound is the asking whose version the agencies agreed to, once the meeting has closed; nil otherwise.
func (s *State) agreedRound() *Round {
	r := s.round()
	if s.Closed == nil || s.Closing == nil || r == nil || r.Decision == nil || !r.Decision.Outcome.Agreed() {
		return nil
	}
	return r
}

// wasThere tells whether somebody sat in the meeting for an agency: after 閉会 its minutes stay readable to these until they are final, and
// nothing else does. In a 支援会議 the agency has to be 構成員 or designated; there, and for guests, secrecy has to be confirmed.
func (s *State) wasThere(sub subject) bool {
	p, seat := s.person(sub.actor.UserID), s.seat(sub.actor.AgencyID)
	if !sub.is(whoPresent) || p == nil || !p.Attended() || seat == nil {
		return false
	}
	if s.Meeting.Mode == consent.ModeSupport {
		return p.Secrecy != nil && (seat.Member || seat.Designated != nil)
	}
	return p.Secrecy != nil || !sub.actor.Guest()
}

// mayConfirm tells whether somebody is asked to confirm the minutes of a 支援会議 now. In a 重層的支援会議 consent decides for each reader, so there
// the draft is made for the reader.
func (s *State) mayConfirm(sub subject) bool {
	return s.Meeting.Mode == consent.ModeSupport && s.Meeting.Status == StatusConfirming && s.Proposed != nil && sub.is(whoSeat) && s.wasThere(sub)
}

// MinutesFile is a version of the 会議録(案) as it is kept: any for those who hold the record, the proposed one for those who are asked to
// confirm it in a 支援会議. It is audited. Forbidden for everybody else: they read a draft made for them.
func (s *Service) MinutesFile(ctx context.Context, actor access.Actor, meetingID string, n int) (papers.Result, string, error) {
	st, sub, err := s.load(ctx, actor, meetingID)
	if err != nil {
		return papers.Result{}, "", err
	}
	if !sub.is(whoHolder) && !(st.mayConfirm(sub) && st.Proposed.Version == n) {
		return papers.Result{}, "", fault.New(fault.Forbidden, "保存された会議録の案を開けるのは、事務局・市所管課と、確認を求められた支援会議の構成員です。")
	}
	return s.kept(ctx, actor, st, n)
}

// wholly refuses whoever may not read everything the kept file says, for it is the same for all: 特定機関に非開示 wins over the meeting, and
// the gate answers for every document as of now (an agency removed from the case since reads nothing). An address that became a secret after
// the file was made stands in it, and is no agency's any more until there is a version without it.
func (s *Service) wholly(ctx context.Context, actor access.Actor, m Meeting, f Facts, v MinutesVersion) error {
	refused := fault.New(fault.Forbidden, "この会議録は、あなたの機関には全部をお見せできません。事務局に確認を求めてください。")
	if slices.ContainsFunc(f.Persons, func(p cases.Person) bool { return slices.Contains(p.WithheldFrom, actor.AgencyID) }) {
		return refused
	}
	metas, err := s.Store.OwnedDocs(ctx, m.Tenant, live.KindMinutes, m.ID)
	if err != nil {
		return err
	}
	if m.PlanID != "" { // its role matrix is a part of the minutes
		plan, err := s.Store.OwnedDocs(ctx, m.Tenant, live.KindPlan, m.PlanID)
		if err != nil {
			return err
		}
		for _, doc := range plan {
			if doc.Head > 0 && f.hiddenSince(doc.PersonID, doc.Item, v.At) {
				return refused
			}
		}
	}
	gate := s.Gate.Round()
	for _, doc := range metas {
		if f.secret(doc.PersonID, doc.Item) {
			if doc.Head > 0 && f.hiddenSince(doc.PersonID, doc.Item, v.At) {
				return refused
			}
			continue // not in the file
		}
		r, err := gate.Rights(ctx, actor, m.ID, doc)
		if err != nil {
			return err
		}
		if !r.Read {
			return refused
		}
	}
	return nil
}

// kept gives the bytes of a version of the minutes.
func (s *Service) kept(ctx context.Context, actor access.Actor, st State, n int) (papers.Result, string, error) {
	m := st.Meeting
	v, err := s.Store.MinutesVersion(ctx, m.Tenant, m.ID, n)
	if err != nil {
		return papers.Result{}, "", err
	}
	f, err := s.Store.MeetingFacts(ctx, m.Tenant, m.CaseID)
	if err != nil {
		return papers.Result{}, "", err
	}
	if !actor.Holder() {
		if err := s.wholly(ctx, actor, m, f, v); err != nil {
			return papers.Result{}, "", err
		}
	}
	mat := material{st: st, facts: f, draft: true, version: v.N}
	e := actor.Audit(s.clock(), access.VerbPDFDraft, m.ID).InCase(m.CaseID).InMeeting(m.ID)
	e.Hash = v.SHA256
	return papers.Result{PDF: v.PDF}, mat.fileName("会議録"), s.Store.AppendAudit(ctx, e)
}
