package meeting

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
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
	out := proposedData{Version: v.N, Hash: v.Hash, Until: in.Until}
	d.st.corrected(func(c *Reopening) { out.Changed = c.Changed })
	return d.emit(KindProposed, out)
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
	if c := mat.st.correcting(); c != nil {
		if same, _, err := d.uncorrected(ctx); err != nil {
			return MinutesVersion{}, err
		} else if same {
			return MinutesVersion{}, fault.New(fault.Conflict, "訂正した箇所がまだありません。会議録を直してから確認を求めるか、訂正を取りやめてください。")
		}
		if c.Changed, err = d.s.changedRows(ctx, st.Meeting, *c, mat.parts); err != nil {
			return MinutesVersion{}, err
		}
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
	heads := headsOf(parts)
	// The same reading serves paper and heads: what came in between is not in either.
	left := mat.left
	mat.left = nil
	mat.parts = mat.keep(parts, func(p plans.Part) int { return countRows(p).total() })
	mat.minutes = readMinutes(mat.parts)
	mat.left = left
	return mat, heads, nil
}

// headsOf are the heads documents were read at.
func headsOf(parts []plans.Part) map[string]int64 {
	heads := map[string]int64{}
	for _, p := range parts {
		if d, ok := p.Source.(*live.Document); ok {
			heads[p.DocID] = d.Seq()
		}
	}
	return heads
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
	if n := s.openSuggestions(); n > 0 {
		return fault.New(fault.Conflict, "修正の申し出が"+itoa(n)+"件残っています。反映するかどうかを、議長が返事してから確定してください。")
	}
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
	checkpoint, err := s.Store.AuditCheckpoint(ctx, m.Tenant)
	if err != nil {
		return err
	}
	mat.at, mat.number, mat.version, mat.hash, mat.checkpoint = d.now, number, d.st.Editions+1, v.Hash, checkpoint
	mat.source = mat.sourceOf(PaperMinutes, v.Content)
	held := func(r papers.Result) []Problem { return holding(problemsOf(PaperMinutes, r.Problems), waived) }
	res, state, err := s.signed(ctx, func(r papers.Result) bool { return len(held(r)) > 0 }, func(note string) (papers.Result, error) {
		mat.signature = note
		return s.Print.Minutes(ctx, mat.minutesDoc())
	})
	if err != nil {
		return err
	}
	if problems := held(res); len(problems) > 0 {
		return fault.Newf(fault.Conflict, "会議録に印字できない文字があります（%d件）。%s", len(problems), problems[0].Message).With("problems", problems)
	}
	p := Paper{Kind: PaperMinutes, Title: "会議録", Content: v.Content, ContentSHA256: v.Hash, Checkpoint: checkpoint, FileName: mat.fileName("会議録"), Signature: state}
	p.Parts, p.PartsSHA256 = sealedParts(m, mat.parts)
	d.change.Seal = []Paper{mat.paper(p, res, d.now, d.sub.actor.UserID)}
	d.audit = access.VerbSeal
	return nil
}
