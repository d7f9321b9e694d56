package meeting

import (
	"slices"
	"strconv"

	"kasane/internal/consent"
	"kasane/internal/fault"
)

// The needs of the table: each says in one sentence what stands against an act and what to do, "" when nothing does.

func needLayered(s State, _ subject) string {
	if s.Meeting.Mode != consent.ModeLayered {
		return "すでに支援会議として開催しています。"
	}
	return ""
}

func needLayeredMode(s State, _ subject) string {
	if s.Meeting.Mode != consent.ModeLayered {
		return "引き継げるのは、重層的支援会議の会議録だけです。支援会議として開催している間は、支援会議の会議録をそのまま使います。"
	}
	return ""
}

func needSupport(s State, _ subject) string {
	if s.Meeting.Mode != consent.ModeSupport {
		return "構成員外の指定は、支援会議（社会福祉法106条の6）のときに行います。"
	}
	return ""
}

func needConvened(s State, _ subject) string {
	if s.Meeting.Mode == consent.ModeSupport && s.Convened == nil {
		return "支援会議は、招集者・根拠・理由を記録して招集してから受付を始めます。"
	}
	if s.Meeting.ChairID == "" {
		return "議長を決めてから受付を始めます。"
	}
	if len(s.Agenda) == 0 {
		return "議題を1つ以上加えてから受付を始めます。"
	}
	return ""
}

func needUnconfirmed(s State, sub subject) string {
	if p := s.person(sub.actor.UserID); p != nil && p.Secrecy != nil {
		return "守秘義務は確認済みです。"
	}
	return ""
}

func needAmendableAttendance(s State, _ subject) string {
	if s.Meeting.Status == StatusClosed && !s.Amending {
		return "閉会後に出欠を直すときは、先に「会議録を修正する」を選びます。"
	}
	return ""
}

func needChairConfirmed(s State, sub subject) string {
	if !s.confirmed(sub.actor.UserID) && s.Meeting.Mode == consent.ModeSupport {
		return "支援会議では、開会の前に守秘義務の確認が必要です。「守秘義務を確認する」を選んでください。"
	}
	return ""
}

func needSpeaking(s State, sub subject) string {
	if s.Meeting.Mode == consent.ModeSupport || sub.actor.Guest() {
		if !s.confirmed(sub.actor.UserID) {
			return "先に守秘義務を確認してください。"
		}
	}
	return ""
}

func needPlan(s State, _ subject) string {
	if s.Meeting.PlanID == "" {
		return "この会議にはプランがありません。会議の内容の変更で、プランを選んでください。"
	}
	return ""
}

func needFixed(s State, _ subject) string {
	if r := s.round(); r == nil || r.Hash == "" {
		return "プランの確定を処理しています。数秒後にもう一度お試しください。"
	}
	return ""
}

func needAnswerable(s State, sub subject) string {
	if why := needFixed(s, sub); why != "" {
		return why
	}
	if why := needSpeaking(s, sub); why != "" {
		return why
	}
	if seat := s.seat(sub.actor.AgencyID); seat != nil && seat.Excused != "" {
		return "欠席・退席として記録されています。参加しているときは、議長か記録者に伝えてください。"
	}
	if !s.attended(sub.actor.AgencyID) {
		return "出席の記録がありません。会議に参加してから回答してください。"
	}
	return ""
}

func needObjection(s State, sub subject) string {
	for _, o := range s.openObjections() {
		if sub.is(whoChair) || o.AgencyID == sub.actor.AgencyID {
			return ""
		}
	}
	return "取り扱う異議はありません。"
}

// needClosable looks at what the events alone can tell; the documents are looked at when 閉会 is pressed.
func needClosable(s State, sub subject) string {
	if b := s.closeBlockers(); len(b) > 0 {
		return b[0].Message
	}
	return ""
}

func needWaiting(s State, _ subject) string {
	if s.Closed == nil || len(s.Closed.Problems) == 0 {
		return "確定を待っている記録はありません。"
	}
	return ""
}

func needNotAmending(s State, _ subject) string {
	if s.Amending {
		return "会議録は修正できる状態です。"
	}
	return ""
}

func needAttended(s State, sub subject) string {
	if !s.attended(sub.actor.AgencyID) {
		return "出席した機関だけが会議録を確認します。"
	}
	return ""
}

// confirmed tells whether this person has confirmed the duty of secrecy in this meeting.
func (s *State) confirmed(userID string) bool {
	p := s.person(userID)
	return p != nil && p.Secrecy != nil
}

// Blocker is what stands against 閉会.
type Blocker struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Target  string `json:"target,omitempty"` // action id, agenda id, agency id
}

// closeBlockers lists what the events say against 閉会.
func (s *State) closeBlockers() []Blocker {
	var out []Blocker
	for i, a := range s.Agenda { // by number: whoever runs the meeting may not be allowed to read the title
		if a.State == "" {
			out = append(out, Blocker{"agenda", strconv.Itoa(i+1) + "番目の議題に結論がありません。「結論あり」か「次回へ」を選んでください。", a.ID})
		}
	}
	if n := len(s.parked()); n > 0 {
		out = append(out, Blocker{"parked", "保留が" + strconv.Itoa(n) + "件残っています。「決着」にするか、理由を書いて「次回へ」送ってください。", ""})
	}
	r := s.round()
	switch {
	case s.Meeting.Status == StatusOpen && s.Meeting.Mode == consent.ModeLayered && s.Meeting.PlanID != "":
		out = append(out, Blocker{"not_frozen", "プランを確定して、出席した機関の回答を求めてください。", ""})
	case s.Meeting.Status == StatusAgreeing && (r == nil || r.Hash == ""):
		out = append(out, Blocker{"freezing", "プランの確定を処理しています。数秒後にもう一度お試しください。", ""})
	case s.Meeting.Status == StatusAgreeing && r.Decision == nil:
		out = append(out, s.undecided()...)
	case s.Meeting.Status == StatusAgreeing && r.Decision.Outcome.Agreed() && s.outcome() != r.Decision.Outcome:
		out = append(out, s.undecided()...)
	}
	return out
}

// undecided says why there is no result yet.
func (s *State) undecided() []Blocker {
	switch s.outcome() {
	case OutcomePending:
		var out []Blocker
		for _, id := range s.missing() {
			out = append(out, Blocker{"answer", s.seat(id).Name + "がまだ回答していません。", id})
		}
		if len(out) == 0 {
			out = append(out, Blocker{"nobody", "回答する機関が出席していません。出席を記録してください。", ""})
		}
		return out
	case OutcomeObjected:
		return []Blocker{{"objection", "異議が残っています。議長が「修正して再協議」か「不了承」を理由とともに決めるか、編集に戻して修正してください。", ""}}
	case OutcomeWaiting:
		return []Blocker{{"takeback", "持ち帰りの回答を待っています。回答を待つか、議長が「修正して再協議」を理由とともに決めてください。", ""}}
	}
	return []Blocker{{"decide", "結果（了承・条件付き了承）を議長が決めてください。", ""}}
}

// rules finds the line of an act.
func ruleOf(a Act) (rule, bool) {
	i := slices.IndexFunc(table, func(r rule) bool { return r.act == a })
	if i < 0 {
		return rule{}, false
	}
	return table[i], true
}

// judge is the table's answer for one act: nil when allowed, else Forbidden (not yours) or Conflict (not now).
func (s *State) judge(sub subject, a Act) error {
	r, ok := ruleOf(a)
	switch {
	case !ok:
		return fault.New(fault.Invalid, "知らない操作です。画面を更新してください。").On("act")
	case sub.who == 0:
		return fault.New(fault.NotFound, "")
	case !sub.is(r.who):
		return fault.New(fault.Forbidden, whose(r.who))
	case !slices.Contains(r.in, s.Meeting.Status):
		return fault.New(fault.Conflict, "「"+r.label+"」は、会議が"+statusList(r.in)+"のときに行います（今は「"+s.Meeting.Status.Label()+"」です）。")
	case r.need == nil:
		return nil
	}
	if why := r.need(*s, sub); why != "" {
		return fault.New(fault.Conflict, why)
	}
	return nil
}

// acts is the table for one subject: only what is the subject's part at all, with the reason where it is not possible now.
func (s *State) acts(sub subject) []ActState {
	out := []ActState{}
	for _, r := range table {
		if !sub.is(r.who) {
			continue
		}
		a := ActState{Act: r.act, Label: r.label, Allowed: true}
		if err := s.judge(sub, r.act); err != nil {
			a.Allowed, a.Why = false, fault.Message(err)
		}
		out = append(out, a)
	}
	return out
}

func statusList(in []Status) string {
	out := ""
	for i, st := range in {
		if i > 0 {
			out += "・"
		}
		out += "「" + st.Label() + "」"
	}
	return out
}

func whose(w who) string {
	switch {
	case w == whoChair:
		return "この操作は議長（職務代理を含む）が行います。"
	case w == whoSeat:
		return "この操作は、席のある機関の参加者が行います。"
	case w&whoSeat != 0:
		return "この操作は、議長か、その機関の参加者が行います。"
	}
	return "この操作は議長か事務局が行います。"
}
