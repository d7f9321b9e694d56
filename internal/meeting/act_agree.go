package meeting

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/plans"
	"kasane/internal/text"
)

// doFreeze locks the documents of the plan at their heads. Hash and canonical JSON follow in a second transaction (fix), which needs
// no person: whoever looks at the meeting does it if this node dies in between.
func doFreeze(ctx context.Context, d *deed) error {
	m := d.st.Meeting
	v, err := d.s.Plans.NewVersion(ctx, d.sub.actor, m.PlanID, m.ID, d.now)
	if err != nil {
		return err
	}
	d.change.NewVersion = &v
	d.change.Freeze = docIDs(v)
	d.audit = access.VerbPlanFreeze
	d.after = func(ctx context.Context) error { return d.s.fix(ctx, m.Tenant, m.ID) }
	return d.emit(KindFreezing, freezingData{PlanID: m.PlanID, Version: v.N})
}

func docIDs(v plans.Version) []string {
	ids := make([]string, 0, len(v.Docs))
	for _, h := range v.Docs {
		ids = append(ids, h.DocID)
	}
	slices.Sort(ids)
	return ids
}

// fix names the frozen state by its hash. It does nothing when that has been done.
func (s *Service) fix(ctx context.Context, tenant, meetingID string) error {
	var last error
	for range attempts {
		st, err := s.whole(ctx, tenant, meetingID)
		if err != nil {
			return err
		}
		r := st.round()
		if r == nil || r.Hash != "" || st.Meeting.Status != StatusAgreeing {
			return nil
		}
		v, err := s.Plans.VersionOf(ctx, tenant, r.PlanID, r.Version)
		if err != nil {
			return err
		}
		if v, err = s.Plans.Fix(ctx, v); err != nil {
			return err
		}
		d := s.deed(&st, subject{actor: access.System(tenant), who: whoSystem})
		d.change.FixVersion = &v
		d.audit = access.VerbPlanFreeze
		if err := d.emit(KindFrozen, frozenData{PlanID: v.PlanID, Version: v.N, Hash: v.Hash}); err != nil {
			return err
		}
		if last = d.commit(ctx); !fault.Is(last, fault.Conflict) {
			return last
		}
	}
	return last
}

func doReopen(ctx context.Context, d *deed) error {
	var in reasonData
	if err := d.read(&in); err != nil {
		return err
	}
	if err := required("reason", "編集に戻す理由", in.Reason, 500); err != nil {
		return err
	}
	r := d.st.round()
	v, err := d.s.Plans.VersionOf(ctx, d.st.Meeting.Tenant, r.PlanID, r.Version)
	if err != nil {
		return err
	}
	d.change.Thaw = docIDs(v)
	d.change.EndVersion = &VersionEnd{PlanID: r.PlanID, N: r.Version, State: plans.VersionVoid, At: d.now}
	d.audit = access.VerbPlanReopen
	return d.emit(KindReopened, in)
}

func doAnswer(ctx context.Context, d *deed) error {
	in := answeredData{Speaker: d.sub.actor.Name}
	if err := d.read(&in); err != nil {
		return err
	}
	if in.AgencyID != "" && in.AgencyID != d.sub.actor.AgencyID {
		return fault.New(fault.Forbidden, "ほかの機関の回答はできません。").On("agencyId")
	}
	in.AgencyID, in.Oral = d.sub.actor.AgencyID, false
	if err := d.spot(ctx, &in); err != nil {
		return err
	}
	if err := d.st.checkAnswer(in, d.now); err != nil {
		return err
	}
	return d.emit(KindAnswered, in)
}

// spot places an objection; other answers have no place.
func (d *deed) spot(ctx context.Context, in *answeredData) error {
	if in.Answer != AnswerObject || in.Spot == nil || in.Spot.Row == "" {
		in.Spot = nil
		return nil
	}
	return in.Spot.find(ctx, d)
}

// doAnswerOral writes down what the people of an agency without any account in the meeting have said.
func doAnswerOral(ctx context.Context, d *deed) error {
	var in answeredData
	if err := d.read(&in); err != nil {
		return err
	}
	seat := d.st.seat(in.AgencyID)
	switch {
	case seat == nil || seat.Observer || seat.Excused != "" || !d.st.attended(in.AgencyID):
		return fault.New(fault.Conflict, "出席している機関を選んでください。").On("agencyId")
	case slices.ContainsFunc(d.st.People, func(p Attendee) bool { return p.AgencyID == in.AgencyID && p.Attended() && !p.Manual }):
		return fault.New(fault.Forbidden, "この機関の人は画面で参加しています。回答はその人が行います。").On("agencyId")
	case !slices.ContainsFunc(d.st.People, func(p Attendee) bool { return p.AgencyID == in.AgencyID && p.Attended() && p.Name == in.Speaker }):
		return fault.New(fault.Invalid, "だれの回答かを、出席者の氏名で入れてください。").On("speaker")
	}
	in.Oral = true
	if err := d.spot(ctx, &in); err != nil {
		return err
	}
	if err := d.st.checkAnswer(in, d.now); err != nil {
		return err
	}
	return d.emit(KindAnswered, in)
}

func (s *State) checkAnswer(in answeredData, now time.Time) error {
	if r := s.round(); in.Hash != r.Hash {
		return fault.New(fault.Conflict, "プランが、画面に出ていた版から変わりました。今の版を確かめて、もう一度回答してください。").With("hash", r.Hash)
	}
	if err := first(text.Memo("reason", "理由", in.Reason, 500), text.Memo("part", "どの部分か", in.Part, 300), text.Memo("instead", "代案", in.Instead, 500),
		text.Line("speaker", "発言者", in.Speaker, 100), text.Line("proxy", "代理", in.Proxy, 100)); err != nil {
		return err
	}
	switch in.Answer {
	case AnswerAgree, AnswerAbstain:
	case AnswerConditional:
		if text.Required("reason", "条件", in.Reason) != nil {
			return fault.New(fault.Invalid, "条件は何か、だれに頼むかを書いてください。").On("reason")
		}
	case AnswerObject:
		if text.Required("reason", "異議の理由", in.Reason) != nil {
			return fault.New(fault.Invalid, "異議の理由（どの部分が、なぜ）を書いてください。").On("reason")
		}
	case AnswerTakeback:
		if text.Required("reason", "理由", in.Reason) != nil {
			return fault.New(fault.Invalid, "だれの判断が要るかを書いてください。").On("reason")
		}
		due, err := time.Parse(time.DateOnly, in.Due)
		if err != nil || due.Format(time.DateOnly) < day(now) {
			return fault.New(fault.Invalid, "いつまでに回答するかを、今日以降の日付で入れてください。").On("due")
		}
		return nil
	default:
		return fault.New(fault.Invalid, "回答を選んでください。").On("answer")
	}
	if in.Due != "" {
		return fault.New(fault.Invalid, "期限は「持ち帰り」のときだけ入れます。").On("due")
	}
	return nil
}

func doObjectionClose(_ context.Context, d *deed) error {
	var in objectionDoneData
	if err := d.read(&in); err != nil {
		return err
	}
	i := slices.IndexFunc(d.st.Objections, func(o Objection) bool { return o.ID == in.ID && o.DoneAt == nil })
	if i < 0 {
		return fault.New(fault.NotFound, "この異議は見つからないか、すでに取り扱われています。")
	}
	raiser := d.st.Objections[i].AgencyID == d.sub.actor.AgencyID && d.sub.is(whoSeat)
	if !raiser && !d.sub.is(whoChair) {
		return fault.New(fault.Forbidden, "異議を取り下げられるのは、出した機関か議長です。")
	}
	if err := required("reason", "理由", in.Reason, 500); err != nil {
		return err
	}
	return d.emit(KindObjectionDone, in)
}

// doDecide records the result. 了承 and 条件付き了承 are what the answers say; the chair may always send the plan back with a reason, and
// refuse it where an objection stands.
func doDecide(_ context.Context, d *deed) error {
	var in decidedData
	if err := d.read(&in); err != nil {
		return err
	}
	says := d.st.outcome()
	switch {
	case in.Outcome == says && says.Agreed():
	case in.Outcome == OutcomeRevise, in.Outcome == OutcomeRejected && says == OutcomeObjected:
		if err := text.Required("reason", "理由", in.Reason); err != nil {
			return err
		}
	case in.Outcome == OutcomeRejected:
		return fault.New(fault.Conflict, "「不了承」は、異議が残っているときに決められます。").On("outcome")
	case in.Outcome.Agreed():
		return fault.New(fault.Conflict, "今の回答からは「"+in.Outcome.Label()+"」にできません（今は「"+says.Label()+"」です）。").On("outcome")
	default:
		return fault.New(fault.Invalid, "結果を選んでください。").On("outcome")
	}
	if err := text.Memo("reason", "理由", in.Reason, 500); err != nil {
		return err
	}
	if in.Review != "" {
		if _, err := time.Parse(time.DateOnly, in.Review); err != nil || in.Review < day(d.now) {
			return fault.New(fault.Invalid, "見直しの日は今日以降の日付で入れてください。").On("review")
		}
	}
	in.Hash = d.st.round().Hash
	return d.emit(KindDecided, in)
}
