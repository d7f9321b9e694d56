package meeting

import (
	"context"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/plans"
	"kasane/internal/text"
)

// doReception begins 受付; in a 開催 those in the room come along from the case before.
func doReception(ctx context.Context, d *deed) error {
	if err := d.emit(KindReception, struct{}{}); err != nil {
		return err
	}
	return d.follow(ctx)
}

func doSecrecy(_ context.Context, d *deed) error {
	return d.emit(KindSecrecy, secrecyData{Key: d.sub.actor.UserID, Method: "screen"})
}

func doSecrecyPaper(_ context.Context, d *deed) error {
	in := secrecyData{}
	if err := d.read(&in); err != nil {
		return err
	}
	p := d.st.person(in.Key)
	switch {
	case p == nil:
		return fault.New(fault.NotFound, "先に出席者を記録してください。")
	case !p.Manual:
		return fault.New(fault.Forbidden, "画面で参加している人は、本人が守秘義務を確認します。")
	}
	return d.emit(KindSecrecy, secrecyData{Key: in.Key, Method: "paper"})
}

// doAttendance corrects a line or adds one for somebody without account. The correction keeps its trace.
func doAttendance(ctx context.Context, d *deed) error {
	var in attendanceData
	if err := d.read(&in); err != nil {
		return err
	}
	old := d.st.person(in.Key)
	switch {
	case in.Key == "":
		in.Key = "m:" + access.NewID(d.now)
	case old == nil:
		return fault.New(fault.NotFound, "この出席者は見つかりません。画面を更新してください。").On("key")
	case !old.Manual && (in.Name != old.Name || in.AgencyID != old.AgencyID):
		return fault.New(fault.Invalid, "画面で参加した人の氏名と機関は変えられません。").On("name")
	}
	switch in.Form {
	case FormRoom, FormRemote:
	case FormWritten: // an opinion on paper is no presence: no times, and no answer is waited for
		in.From, in.To, in.Absent = nil, nil, false
	default:
		return fault.New(fault.Invalid, "会場・遠隔・書面のどれかを選んでください。").On("form")
	}
	if err := first(required("name", "氏名", in.Name, 100), text.Line("kana", "ふりがな", in.Kana, 100), text.Line("post", "職", in.Post, 100),
		text.Line("proxy", "代理", in.Proxy, 100), required("reason", "訂正の理由", in.Reason, 200)); err != nil {
		return err
	}
	if err := d.times(in, old); err != nil {
		return err
	}
	if err := d.emit(KindAttendance, in); err != nil || in.AgencyID == "" {
		return err
	}
	return d.ensureSeat(ctx, in.AgencyID)
}

// times checks when somebody came and went.
func (d *deed) times(in attendanceData, old *Attendee) error {
	switch {
	case in.Absent, in.Form == FormWritten:
		return nil
	case in.From == nil && (old == nil || len(old.Spans) == 0):
		return fault.New(fault.Invalid, "入室の時刻を入れてください。").On("from")
	case in.From == nil && in.To != nil:
		return fault.New(fault.Invalid, "退室だけでなく、入室の時刻も入れてください。").On("from")
	case in.From != nil && in.From.After(d.now), in.To != nil && in.To.After(d.now):
		return fault.New(fault.Invalid, "入退室の時刻が今より後になっています。").On("from")
	case in.From != nil && in.To != nil && in.To.Before(*in.From):
		return fault.New(fault.Invalid, "退室の時刻が入室より前になっています。").On("to")
	}
	return nil
}

func doSeatExcuse(_ context.Context, d *deed) error {
	var in excusedData
	if err := d.read(&in); err != nil {
		return err
	}
	if d.st.seat(in.AgencyID) == nil {
		return fault.New(fault.NotFound, "この機関の席はありません。")
	}
	if !slices.Contains([]string{"absent", "left", "present"}, in.Status) {
		return fault.New(fault.Invalid, "欠席・退席・出席のどれかを選んでください。").On("status")
	}
	if in.Status != "present" {
		if err := required("reason", "理由", in.Reason, 200); err != nil {
			return err
		}
	}
	return d.emit(KindSeatExcused, in)
}

// doOpen opens the meeting. A 重層的支援会議 needs the consent of at least one subject, in force now and for this purpose.
func doOpen(ctx context.Context, d *deed) error {
	f, err := d.know(ctx)
	if err != nil {
		return err
	}
	var in openedData
	if d.st.Meeting.Mode == consent.ModeLayered {
		if in.Consents = f.inForce(d.now); len(in.Consents) == 0 {
			return fault.New(fault.Conflict, "対象者の有効な同意がないため、重層的支援会議として開会できません。「同意を記録する」か「支援会議として開催する」を選んでください。").
				With("code", "no_consent").With("offers", []string{"record_consent", string(ActMode)})
		}
	}
	return d.emit(KindOpened, in)
}

// inForce lists the numbers of the subjects' consents that allow the conference at an instant.
func (f Facts) inForce(at time.Time) []string {
	var numbers []string
	for _, p := range f.Persons {
		if !p.Subject {
			continue
		}
		if r, ok := validRecord(f.Consents, p.ID, at, consent.PurposeConference); ok {
			numbers = append(numbers, r.Number)
		}
	}
	return numbers
}

// validRecord is the person's consent in force at an instant for one of the purposes. Records written down later do not count.
func validRecord(records []consent.Record, personID string, at time.Time, purposes ...consent.Purpose) (consent.Record, bool) {
	known := make([]consent.Record, 0, len(records))
	for _, r := range records {
		if !r.RecordedAt.After(at) {
			known = append(known, r)
		}
	}
	r, ok := consent.InForce(personID, at, known)
	if !ok {
		return r, false
	}
	if e := consent.Effective(r, at); e != consent.StateGranted && e != consent.StatePartial {
		return r, false
	}
	return r, slices.ContainsFunc(purposes, func(p consent.Purpose) bool { return slices.Contains(r.Purposes, p) })
}

func doPhase(_ context.Context, d *deed) error {
	var in idData
	if err := d.read(&in); err != nil {
		return err
	}
	i := slices.IndexFunc(d.st.Phases, func(p PhaseState) bool { return p.ID == in.ID })
	switch {
	case i < 0:
		return fault.New(fault.Invalid, "進行の段階を選び直してください。").On("id")
	case d.st.Phase == in.ID:
		return nil
	}
	return d.emit(KindPhase, in)
}

func doHand(_ context.Context, d *deed) error {
	in := handData{Up: true, Kind: "speak"}
	if err := d.read(&in); err != nil {
		return err
	}
	if handRank(in.Kind) < 0 {
		return fault.New(fault.Invalid, "発言の種類を選び直してください。").On("kind")
	}
	return d.emit(KindHand, in)
}

func doFloor(_ context.Context, d *deed) error {
	var in floorData
	if err := d.read(&in); err != nil {
		return err
	}
	if in.AgencyID != "" && d.st.seat(in.AgencyID) == nil {
		return fault.New(fault.NotFound, "この機関の席はありません。")
	}
	return d.emit(KindFloor, in)
}

// doRole records the answer of the own agency to its cell: the event and the answer in one transaction.
func doRole(ctx context.Context, d *deed) error {
	var in plans.AnswerInput
	if err := d.read(&in); err != nil {
		return err
	}
	m := d.st.Meeting
	if m.PlanID == "" {
		return fault.New(fault.Conflict, "この会議にはプランがありません。")
	}
	a, err := d.s.Plans.PrepareAnswer(ctx, d.sub.actor, m.ID, m.PlanID, in)
	if err != nil {
		return err
	}
	a.At = d.now
	d.change.Role = &a
	d.audit = access.VerbRoleAnswer
	return d.emit(KindRole, a)
}

func doRowReason(ctx context.Context, d *deed) error {
	var in rowReasonData
	if err := d.read(&in); err != nil {
		return err
	}
	if err := text.Memo("reason", "理由", in.Reason, 500); err != nil {
		return err
	}
	m := d.st.Meeting
	if m.PlanID == "" {
		return fault.New(fault.Conflict, "この会議にはプランがありません。")
	}
	body, _, err := d.s.Plans.Readable(ctx, d.sub.actor, m.ID, m.PlanID)
	if err != nil {
		return err
	}
	action, ok := body.Action(in.ActionID)
	if !ok {
		return fault.New(fault.NotFound, "この支援項目は見つかりません。画面を更新してください。").On("actionId")
	}
	in.PersonID, in.Item = action.PersonID, action.Item
	in.Reason = strings.TrimSpace(in.Reason)
	return d.emit(KindRowReason, in)
}

func doNext(_ context.Context, d *deed) error {
	var in nextData
	if err := d.read(&in); err != nil {
		return err
	}
	if in.Date != "" {
		if _, err := time.Parse(time.DateOnly, in.Date); err != nil {
			return fault.New(fault.Invalid, "次回の日付を確かめてください。").On("date")
		}
		if in.Date < day(d.now) {
			return fault.New(fault.Invalid, "次回の日付が今日より前です。").On("date")
		}
	}
	if in.Time != "" {
		if _, err := time.Parse("15:04", in.Time); err != nil {
			return fault.New(fault.Invalid, "時刻は 14:30 の形で入れてください。").On("time")
		}
	}
	if err := text.Memo("agenda", "次回の議題", in.Agenda, 500); err != nil {
		return err
	}
	return d.emit(KindNext, in)
}
