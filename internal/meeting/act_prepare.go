package meeting

import (
	"context"
	"slices"
	"strings"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/text"
)

// handlers make the events of each act. The table has already allowed it; here the parameters are checked.
var handlers = map[Act]func(context.Context, *deed) error{
	ActEdit: doEdit, ActConvene: doConvene, ActMode: doMode, ActChair: doChair,
	ActAgenda: doAgenda, ActAgendaRemove: doAgendaRemove, ActAgendaState: doAgendaState, ActProject: doProject,
	ActSeat: doSeat, ActSeatRemove: doSeatRemove, ActSeatExcuse: doSeatExcuse, ActDesignate: doDesignate,
	ActGuestInvite: doGuestInvite, ActGuestRemove: doGuestRemove,
	ActReception: doReception, ActSecrecy: doSecrecy, ActSecrecyPaper: doSecrecyPaper, ActAttendance: doAttendance,
	ActOpen: doOpen, ActPhase: doPhase, ActHand: doHand, ActFloor: doFloor,
	ActTurns: doTurns, ActTurn: doTurn, ActTurnsEnd: doTurnsEnd, ActNote: doNote, ActNoteState: doNoteState, ActShow: doShow, ActConference: doConference,
	ActRole: doRole, ActRowReason: doRowReason, ActCarry: doCarry, ActNext: doNext,
	ActFreeze: doFreeze, ActReopen: doReopen, ActAnswer: doAnswer, ActAnswerOral: doAnswerOral, ActObjectionClose: doObjectionClose, ActDecide: doDecide,
	ActClose: doClose, ActSeal: doSeal, ActAmend: doAmend, ActPropose: doPropose, ActConfirm: doConfirm, ActFinal: doFinal,
	ActHandover: doHandover, ActHandoverAnswer: doHandoverAnswer, ActSense: doSense, ActSenseAnswer: doSenseAnswer,
	ActSuggest: doSuggest, ActSuggestAnswer: doSuggestAnswer, ActTick: doTick, ActComment: doComment, ActCommentState: doCommentState, ActSurvey: doSurvey, ActCancel: doCancel,
	ActCorrect: doCorrect, ActCorrectUndo: doCorrectUndo,
	ActPrepared: doPrepared, ActPrepPaper: doPrepPaper, ActPrepFor: doPrepFor, ActPrepCheck: doPrepCheck, ActLeadOffer: doLeadOffer, ActLeadAnswer: doLeadAnswer,
}

// required is a free text that has to be there.
func required(key, label, s string, limit int) error {
	if err := text.Required(key, label, s); err != nil {
		return err
	}
	return text.Memo(key, label, s, limit)
}

// first gives the first fault of several checks.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (in convenedData) check() error {
	return first(required("convener", "招集者", in.Convener, 100), required("basis", "根拠", in.Basis, 200), required("reason", "理由", in.Reason, 1000))
}

func doConvene(_ context.Context, d *deed) error {
	in := convenedData{Convener: d.sub.actor.Name, Basis: d.st.Meeting.Type.Basis}
	if err := d.read(&in); err != nil {
		return err
	}
	if d.st.Meeting.Mode == consent.ModeSupport {
		if err := in.check(); err != nil {
			return err
		}
	} else if err := first(text.Memo("convener", "招集者", in.Convener, 100), text.Memo("basis", "根拠", in.Basis, 200), text.Memo("reason", "理由", in.Reason, 1000)); err != nil {
		return err
	}
	return d.emit(KindConvened, in)
}

// supportBasis is what a 支援会議 stands on.
const supportBasis = "社会福祉法第106条の6"

func doMode(_ context.Context, d *deed) error {
	in := convenedData{Convener: d.sub.actor.Name, Basis: supportBasis}
	if err := d.read(&in); err != nil {
		return err
	}
	if err := in.check(); err != nil {
		return err
	}
	return d.emit(KindMode, modeData{Mode: consent.ModeSupport, convenedData: in})
}

func doChair(ctx context.Context, d *deed) error {
	var in chairData
	if err := d.read(&in); err != nil {
		return err
	}
	if !slices.Contains([]string{"chair", "deputy", "recorder"}, in.Role) {
		return fault.New(fault.Invalid, "議長・職務代理・記録者のどれかを選んでください。").On("role")
	}
	u, err := d.user(ctx, in.UserID)
	if err != nil {
		return err
	}
	in.Name = u.Name
	if err := d.emit(KindChair, in); err != nil {
		return err
	}
	return d.ensureSeat(ctx, u.AgencyID)
}

// user finds an active user of the municipality.
func (d *deed) user(ctx context.Context, id string) (access.User, error) {
	f, err := d.know(ctx)
	if err != nil {
		return access.User{}, err
	}
	for _, u := range f.Users {
		if u.ID == id && !u.Disabled {
			return u, nil
		}
	}
	return access.User{}, fault.New(fault.Invalid, "利用者を一覧から選んでください。").On("userId")
}

// ensureSeat gives an agency a seat if it has none, so that its people see the meeting.
func (d *deed) ensureSeat(ctx context.Context, agencyID string) error {
	if d.st.seat(agencyID) != nil {
		return nil
	}
	seat, err := d.newSeat(ctx, agencyID)
	if err != nil {
		return err
	}
	return d.emit(KindSeat, seat)
}

// newSeat describes a seat of an agency of the municipality; members of the case are 構成員.
func (d *deed) newSeat(ctx context.Context, agencyID string) (seatData, error) {
	f, err := d.know(ctx)
	if err != nil {
		return seatData{}, err
	}
	return seatOf(f, agencyID)
}

func seatOf(f Facts, agencyID string) (seatData, error) {
	for _, a := range f.Agencies {
		if a.ID == agencyID && a.Active {
			return seatData{AgencyID: a.ID, Name: a.Name, Short: a.Short, City: a.City, Member: f.member(agencyID)}, nil
		}
	}
	return seatData{}, fault.New(fault.Invalid, "機関を一覧から選んでください。").On("agencyId")
}

// member tells whether the agency is a member of the case now.
func (f Facts) member(agencyID string) bool {
	for _, m := range f.Members {
		if m.AgencyID == agencyID && m.Until == nil {
			return true
		}
	}
	return false
}

func doAgenda(_ context.Context, d *deed) error {
	var in AgendaItem
	if err := d.read(&in); err != nil {
		return err
	}
	if in.ID == "" {
		in.ID = access.NewID(d.now)
	} else if !slices.ContainsFunc(d.st.Agenda, func(a AgendaItem) bool { return a.ID == in.ID }) {
		return fault.New(fault.NotFound, "この議題は見つかりません。画面を更新してください。")
	}
	in.State, in.Note = "", ""
	if err := in.check(); err != nil {
		return err
	}
	return d.emit(KindAgenda, in)
}

// check completes and checks an agenda item.
func (a *AgendaItem) check() error {
	if a.Item == "" {
		a.Item = consent.ItemBasic
	}
	if err := first(required("title", "議題", a.Title, 100), text.Memo("point", "論点", a.Point, 500)); err != nil {
		return err
	}
	switch {
	case strings.TrimSpace(a.Point) == "":
		return fault.New(fault.Invalid, "論点を入れてください。何を話し合い、何を決めるのかを一文で書きます。").On("point")
	case a.Purpose.Label() == "":
		return fault.New(fault.Invalid, "議題の目的（共有・判断・方針決定・終結）を選んでください。").On("purpose")
	case a.Kind != "" && a.Kind.Label() == "":
		return fault.New(fault.Invalid, "案件の種別を選び直してください。").On("kind")
	case !a.Item.Valid():
		return fault.New(fault.Invalid, "情報の区分を選び直してください。").On("item")
	case a.Minutes < 0 || a.Minutes > 600:
		return fault.New(fault.Invalid, "予定の時間は600分までです。").On("minutes")
	}
	return nil
}

func (d *deed) agendaItem() (idData, error) {
	var in idData
	if err := d.read(&in); err != nil {
		return in, err
	}
	if !slices.ContainsFunc(d.st.Agenda, func(a AgendaItem) bool { return a.ID == in.ID }) {
		return in, fault.New(fault.NotFound, "この議題は見つかりません。画面を更新してください。")
	}
	return in, nil
}

func doAgendaRemove(_ context.Context, d *deed) error {
	in, err := d.agendaItem()
	if err != nil {
		return err
	}
	return d.emit(KindAgendaRemoved, in)
}

func doAgendaState(_ context.Context, d *deed) error {
	var in agendaStateData
	if _, err := d.agendaItem(); err != nil {
		return err
	}
	if err := d.read(&in); err != nil {
		return err
	}
	switch in.State {
	case "", "resolved":
	case "carried":
		if err := text.Required("note", "持ち越す理由", in.Note); err != nil {
			return err
		}
	default:
		return fault.New(fault.Invalid, "「結論あり」か「次回へ」を選んでください。").On("state")
	}
	if err := text.Memo("note", "理由", in.Note, 500); err != nil {
		return err
	}
	return d.emit(KindAgendaState, in)
}

func doProject(_ context.Context, d *deed) error {
	var in idData
	if err := d.read(&in); err != nil {
		return err
	}
	if in.ID != "" {
		if _, err := d.agendaItem(); err != nil {
			return err
		}
	}
	return d.emit(KindProject, in)
}

func doSeat(ctx context.Context, d *deed) error {
	var in seatData
	if err := d.read(&in); err != nil {
		return err
	}
	seat, err := d.newSeat(ctx, in.AgencyID)
	if err != nil {
		return err
	}
	// 構成員 is what the case says, or what the convener says of a standing member of the meeting body in its rules.
	seat.Member = seat.Member || in.Member
	seat.Observer, seat.Speaker, seat.Proxy, seat.Changed = in.Observer, strings.TrimSpace(in.Speaker), strings.TrimSpace(in.Proxy), d.st.seat(in.AgencyID) != nil
	if err := first(text.Line("speaker", "発言者", in.Speaker, 100), text.Line("proxy", "代理", in.Proxy, 100)); err != nil {
		return err
	}
	return d.emit(KindSeat, seat)
}

func doSeatRemove(ctx context.Context, d *deed) error {
	var in idData
	if err := d.read(&in); err != nil {
		return err
	}
	if d.st.seat(in.ID) == nil {
		return fault.New(fault.NotFound, "この機関の席はありません。")
	}
	if d.st.attended(in.ID) {
		return fault.New(fault.Conflict, "すでに出席した機関の席は外せません。途中で帰ったときは「欠席・退席を記録する」を使います。")
	}
	if err := d.needed(ctx, in.ID); err != nil {
		return err
	}
	return d.emit(KindSeatRemoved, in)
}

func doDesignate(_ context.Context, d *deed) error {
	var in designatedData
	if err := d.read(&in); err != nil {
		return err
	}
	seat := d.st.seat(in.AgencyID)
	switch {
	case seat == nil:
		return fault.New(fault.NotFound, "先にこの機関の席を設けてください。")
	case seat.Member:
		return fault.New(fault.Conflict, "この機関は構成員です。指定は要りません。")
	case seat.Designated != nil:
		return fault.New(fault.Conflict, "この機関はすでに指定されています。")
	}
	if err := required("reason", "指定の理由", in.Reason, 500); err != nil {
		return err
	}
	return d.emit(KindDesignated, in)
}

func doGuestInvite(ctx context.Context, d *deed) error {
	var in guestData
	if err := d.read(&in); err != nil {
		return err
	}
	if err := first(text.Line("guestId", "招待", in.GuestID, 64), required("guestId", "招待", in.GuestID, 64), required("name", "氏名", in.Name, 100),
		text.Line("kana", "ふりがな", in.Kana, 100), text.Line("post", "職", in.Post, 100)); err != nil {
		return err
	}
	seat, err := d.newSeat(ctx, in.AgencyID)
	if err != nil {
		return err
	}
	in.AgencyName = seat.Name
	if err := d.emit(KindGuest, in); err != nil {
		return err
	}
	return d.ensureSeat(ctx, in.AgencyID)
}

func doGuestRemove(_ context.Context, d *deed) error {
	var in idData
	if err := d.read(&in); err != nil {
		return err
	}
	if g := d.st.guest(in.ID); g == nil || g.Removed {
		return fault.New(fault.NotFound, "この招待は見つかりません。")
	}
	return d.emit(KindGuestRemoved, in)
}
