package meeting

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/papers"
	"kasane/internal/plans"
	"kasane/internal/text"
)

// minutesDocs lists the documents of the minutes.
func (d *deed) minutesDocs(ctx context.Context) ([]string, error) {
	m := d.st.Meeting
	metas, err := d.s.Store.OwnedDocs(ctx, m.Tenant, live.KindMinutes, m.ID)
	if err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(metas))
	for _, x := range metas {
		ids = append(ids, x.ID)
	}
	slices.Sort(ids)
	return ids, nil
}

// doAmend opens the minutes for correction. Confirmations given to the version before count for that version only.
func doAmend(ctx context.Context, d *deed) error {
	var in reasonData
	if err := d.read(&in); err != nil {
		return err
	}
	if err := required("reason", "修正の理由", in.Reason, 300); err != nil {
		return err
	}
	var err error
	if d.change.Thaw, err = d.minutesDocs(ctx); err != nil {
		return err
	}
	return d.emit(KindAmend, in)
}

// doPropose fixes the 会議録(案) and asks the attended agencies. After an amendment the documents freeze in this transaction; what is
// rendered has to be exactly that, so it is rendered from frozen documents only: first freeze, then propose.
func doPropose(ctx context.Context, d *deed) error {
	var in struct {
		Until string `json:"until"`
	}
	if err := d.read(&in); err != nil {
		return err
	}
	until, err := time.Parse(time.DateOnly, in.Until)
	if err != nil || until.Format(time.DateOnly) < day(d.now) {
		return fault.New(fault.Invalid, "確認の期限を、今日以降の日付で入れてください。").On("until")
	}
	v, err := d.amended(ctx)
	if err != nil {
		return err
	}
	return d.emit(KindProposed, proposedData{Version: v.N, Hash: v.Hash, Until: in.Until})
}

// amended is the version to propose: the newest one when nothing was corrected, else the next one. The heads read are checked by the
// transaction: a document that moved in between makes it a Conflict, and the act is tried again.
func (d *deed) amended(ctx context.Context) (MinutesVersion, error) {
	st := d.st
	if !st.Amending {
		return d.s.Store.MinutesVersion(ctx, st.Meeting.Tenant, st.Meeting.ID, st.Closed.Minutes)
	}
	mat, heads, err := d.s.record(ctx, *st)
	if err != nil {
		return MinutesVersion{}, err
	}
	v, err := d.s.draftMinutes(ctx, mat, st.Closing.Numbers[PaperMinutes], st.Closed.Minutes+1, d.now)
	if err != nil {
		return MinutesVersion{}, err
	}
	d.change.Minutes, d.change.FreezeAt = &v, heads
	for id := range heads {
		d.change.Freeze = append(d.change.Freeze, id)
	}
	slices.Sort(d.change.Freeze)
	return v, nil
}

// record gathers the minutes as they stand after closing, with the heads they were read at.
func (s *Service) record(ctx context.Context, st State) (material, map[string]int64, error) {
	m := st.Meeting
	f, err := s.Store.MeetingFacts(ctx, m.Tenant, m.CaseID)
	if err != nil {
		return material{}, nil, err
	}
	events, err := s.Store.MeetingEvents(ctx, m.Tenant, m.ID, 0)
	if err != nil {
		return material{}, nil, err
	}
	mat, err := s.sealing(ctx, st, events, f)
	if err != nil {
		return material{}, nil, err
	}
	parts, _, err := s.minutesParts(ctx, m.Tenant, m.ID)
	if err != nil {
		return material{}, nil, err
	}
	heads := map[string]int64{}
	for _, p := range parts {
		if d, ok := p.Source.(*live.Document); ok {
			heads[p.DocID] = d.Seq()
		}
	}
	// The same reading serves paper and heads: what came in between is not in either.
	left := mat.left
	mat.left = nil
	mat.minutes = readMinutes(mat.keep(parts, func(p plans.Part) int { return countRows(p).total() }))
	mat.left = left
	return mat, heads, nil
}

// doConfirm is the word of an agency that attended: 確認済 or 意見あり, for the version it has read.
func doConfirm(_ context.Context, d *deed) error {
	var in confirmedData
	if err := d.read(&in); err != nil {
		return err
	}
	p := d.st.Proposed
	if in.Hash != p.Hash {
		return fault.New(fault.Conflict, "会議録が新しい版になりました。今の版を確かめてから回答してください。").With("hash", p.Hash)
	}
	if !in.OK {
		if err := text.Required("opinion", "意見", in.Opinion); err != nil {
			return err
		}
	}
	if err := text.Memo("opinion", "意見", in.Opinion, 1000); err != nil {
		return err
	}
	in.AgencyID, in.Version = d.sub.actor.AgencyID, p.Version
	return d.emit(KindConfirmed, in)
}

// doFinal seals the 会議録: every attended agency has confirmed, or the period is over; an opinion that stands needs the chair's reason.
func doFinal(ctx context.Context, d *deed) error {
	var in struct {
		Reason  string       `json:"reason"`
		Waivers []waiverData `json:"waivers"`
	}
	if err := d.read(&in); err != nil {
		return err
	}
	if err := text.Memo("reason", "理由", in.Reason, 500); err != nil {
		return err
	}
	if err := d.st.finalizable(in.Reason, d.now); err != nil {
		return err
	}
	waived := false
	for _, w := range in.Waivers {
		if err := required("reason", "印字できない文字があるまま確定する理由", w.Reason, 300); err != nil {
			return err
		}
		w.Paper, waived = PaperMinutes, true
		if err := d.emit(KindWaiver, w); err != nil {
			return err
		}
	}
	return d.s.sealMinutes(ctx, d, in.Reason, waived)
}

// finalizable says what keeps the minutes from being final.
func (s *State) finalizable(reason string, now time.Time) error {
	p := s.Proposed
	over := day(now) > p.Until
	for _, seat := range s.Seats {
		if seat.Observer || !s.attended(seat.AgencyID) {
			continue
		}
		i := slices.IndexFunc(s.Confirmed, func(c Confirmation) bool { return c.AgencyID == seat.AgencyID && c.Version == p.Version })
		switch {
		case i < 0 && !over:
			return fault.New(fault.Conflict, seat.Name+"がまだ確認していません。確認を待つか、期限（"+p.Until+"）を過ぎてから確定してください。")
		case i >= 0 && !s.Confirmed[i].OK && text.Required("reason", "理由", reason) != nil:
			return fault.New(fault.Conflict, seat.Name+"の意見があります。「会議録を修正する」で直すか、直さない理由を書いて確定してください。").On("reason")
		}
	}
	return nil
}

// sealMinutes renders the record and seals it. The documents have been frozen since the proposal.
func (s *Service) sealMinutes(ctx context.Context, d *deed, reason string, waived bool) error {
	m := d.st.Meeting
	v, err := s.Store.MinutesVersion(ctx, m.Tenant, m.ID, d.st.Proposed.Version)
	if err != nil {
		return err
	}
	number := d.st.Closing.Numbers[PaperMinutes]
	if err := d.emit(KindFinal, finalData{Version: v.N, Hash: v.Hash, Number: number, Reason: reason}); err != nil {
		return err
	}
	after := *d.st // what the record says includes the chair's confirmation
	after.Final = &FinalState{Version: v.N, Number: number, Reason: reason, By: d.sub.actor.Name, At: d.now}
	mat, _, err := s.record(ctx, after)
	if err != nil {
		return err
	}
	mat.at, mat.number, mat.version, mat.hash = d.now, number, 1, v.Hash
	res, err := s.Print.Minutes(ctx, mat.minutesDoc())
	if err != nil {
		return err
	}
	if problems := problemsOf(PaperMinutes, res.Problems); blocked(problems, waived) {
		return fault.Newf(fault.Conflict, "会議録に印字できない文字があります（%d件）。%s", len(problems), problems[0].Message).With("problems", problems)
	}
	checkpoint, err := s.Store.AuditCheckpoint(ctx, m.Tenant)
	if err != nil {
		return err
	}
	p := Paper{Kind: PaperMinutes, Title: "会議録", Content: v.Content, ContentSHA256: v.Hash, Checkpoint: checkpoint, FileName: mat.fileName("会議録")}
	d.change.Seal = []Paper{mat.paper(p, res, d.now, d.sub.actor.UserID)}
	d.audit = access.VerbSeal
	return nil
}

// Draft is the PDF of a paper as one reader may see it now: 案, with 「同意範囲外」 in the place of what is withheld. It is audited.
func (s *Service) Draft(ctx context.Context, actor access.Actor, meetingID string, kind PaperKind) (papers.Result, string, error) {
	st, sub, err := s.load(ctx, actor, meetingID)
	if err != nil {
		return papers.Result{}, "", err
	}
	if kind == PaperMinutes && st.mayConfirm(sub) && !sub.is(whoHolder) {
		return s.proposedMinutes(ctx, actor, st)
	}
	mat, err := s.drafting(ctx, actor, st)
	if err != nil {
		return papers.Result{}, "", err
	}
	if kind != PaperMinutes && mat.plan.ID == "" {
		return papers.Result{}, "", fault.New(fault.NotFound, "この会議にはプランがありません。")
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

// mayConfirm tells whether a participant of a 支援会議 is asked to confirm its minutes now: its agency attended as 構成員 or designated, and
// the person confirmed the duty of secrecy in it. The documents are shut since 閉会; the proposed version is what it is asked about, and
// it was there when all of it was said. In a 重層的支援会議 consent decides for each reader, so there the draft is made for the reader.
func (s *State) mayConfirm(sub subject) bool {
	seat := s.seat(sub.actor.AgencyID)
	return s.Meeting.Mode == consent.ModeSupport && s.Meeting.Status == StatusConfirming && s.Proposed != nil && sub.is(whoSeat) && seat != nil &&
		(seat.Member || seat.Designated != nil) && s.attended(seat.AgencyID) && s.confirmed(sub.actor.UserID)
}

// proposedMinutes is the version the agencies are asked to confirm, as it is kept.
func (s *Service) proposedMinutes(ctx context.Context, actor access.Actor, st State) (papers.Result, string, error) {
	m := st.Meeting
	v, err := s.Store.MinutesVersion(ctx, m.Tenant, m.ID, st.Proposed.Version)
	if err != nil {
		return papers.Result{}, "", err
	}
	f, err := s.Store.MeetingFacts(ctx, m.Tenant, m.CaseID)
	if err != nil {
		return papers.Result{}, "", err
	}
	for _, p := range f.Persons {
		if slices.Contains(p.WithheldFrom, actor.AgencyID) { // 特定機関に非開示 wins over the meeting: the kept file is the same for all
			return papers.Result{}, "", fault.New(fault.Forbidden, "この会議録は、あなたの機関には全部をお見せできません。事務局に確認を求めてください。")
		}
	}
	mat := material{st: st, facts: f, draft: true, version: v.N}
	e := actor.Audit(s.clock(), access.VerbPDFDraft, m.ID).InCase(m.CaseID).InMeeting(m.ID)
	e.Hash = v.SHA256
	return papers.Result{PDF: v.PDF}, mat.fileName("会議録"), s.Store.AppendAudit(ctx, e)
}
