package meeting

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"kasane/internal/consent"
	"kasane/internal/jptime"
)

// EventLine is a line of the log (出来事) as a reader may see it.
type EventLine struct {
	Seq    int64  `json:"seq"`
	Kind   Kind   `json:"kind"`
	At     string `json:"at"` // RFC 3339, UTC
	Who    string `json:"who"`
	Agency string `json:"agency"`
	Text   string `json:"text"`
}

// teller words events for one reader. Free text of people is told only where text is set; answers only when they are revealed.
type teller struct {
	st    *State // the state as it is now
	facts Facts
	text  bool                            // the reader may see what people wrote in reasons
	can   func(string, consent.Item) bool // the same for what belongs to a class of information
	name  func(personID string) string    // a 世帯員 as this reader may know it
}

// minuted are the kinds of events that stand in the 会議録 as 出来事; attendance, agenda, answers and results have blocks of their own.
var minuted = []Kind{KindConvened, KindMode, KindChair, KindDesignated, KindSeatExcused, KindReception, KindOpened, KindAttendance, KindRowReason, KindCarried,
	KindFrozen, KindReopened, KindAnswered, KindObjectionDone, KindDecided, KindWithdrawn, KindClosing, KindAgendaState, KindAmend, KindWaiver, KindCorrect, KindCorrectUndone,
	KindTurnsEnd, KindNoteState, KindHandover, KindHandoverDone, KindSuggested, KindSuggestDone,
	KindLeadOffered, KindLeadAnswered}

// wordings say each kind of event in words. A kind that is not here, or says nothing, makes no line.
var wordings = map[Kind]func(teller, json.RawMessage) string{
	KindConvened: word(func(t teller, d convenedData) string {
		return "招集した。招集者: " + d.Convener + "　根拠: " + d.Basis + t.because(d.Reason)
	}),
	KindMode: word(func(t teller, d modeData) string {
		return "支援会議（" + d.Basis + "）として開催することにした。招集者: " + d.Convener + t.because(d.Reason)
	}),
	KindChair: word(func(_ teller, d chairData) string { return sayChair(d) }),
	KindDesignated: word(func(t teller, d designatedData) string {
		return t.agency(d.AgencyID) + "を構成員外として指定した" + t.because(d.Reason)
	}),
	KindEdited: word(func(_ teller, d editedData) string { return sayEdited(d) }),
	KindSeat:   word(func(_ teller, d seatData) string { return saySeat(d) }),
	KindSeatRemoved: word(func(t teller, d idData) string {
		return t.agency(d.ID) + "の席を外した"
	}),
	KindSeatExcused: word(func(t teller, d excusedData) string {
		return t.agency(d.AgencyID) + "を" + map[string]string{"absent": "欠席", "left": "退席", "present": "出席"}[d.Status] + "とした" + t.because(d.Reason)
	}),
	KindGuest:        word(func(_ teller, d guestData) string { return d.AgencyName + "の" + d.Name + "を招待した" }),
	KindGuestRemoved: say("招待を取り消した"),
	KindCancelled:    word(func(t teller, d reasonData) string { return "会議を中止した" + t.because(d.Reason) }),
	KindReception:    say("受付を始めた"),
	KindJoined: word(func(_ teller, d joinedData) string {
		if d.Changed {
			return "出席のしかたを「" + mode(d.Form) + "」に直した"
		}
		return "入室した（" + mode(d.Form) + "）"
	}),
	KindLeft: say("退室した"),
	KindAttendance: word(func(t teller, d attendanceData) string {
		return "出欠を訂正した: " + d.Name + t.because(d.Reason)
	}),
	KindSecrecy: word(func(t teller, d secrecyData) string {
		if p := t.st.person(d.Key); p != nil && d.Method == "paper" {
			return p.Name + "の守秘義務確認書を受け取った"
		}
		return "守秘義務を確認した"
	}),
	KindOpened: word(func(_ teller, d openedData) string {
		if len(d.Consents) > 0 {
			return "開会した（同意書 " + strings.Join(d.Consents, "、") + "）"
		}
		return "開会した"
	}),
	KindPhase: word(func(t teller, d idData) string { return "進行: " + t.phase(d.ID) }),
	KindRowReason: word(func(t teller, d rowReasonData) string {
		if d.Reason == "" {
			return "主担当についての理由を取り消した"
		}
		if d.Item != "" && !t.can(d.PersonID, d.Item) {
			d.Reason = ""
		}
		return "主担当（◎）が定まらない支援項目の理由を記録した" + t.because(d.Reason)
	}),
	KindCarried: word(func(t teller, d carriedData) string { return t.sayCarried(d) }),
	KindRole:    word(func(_ teller, d roleData) string { return "役割に「" + d.Answer.Label() + "」と回答した" }),
	KindFrozen: word(func(_ teller, d frozenData) string {
		return "プランを第" + strconv.Itoa(d.Version) + "版として確定し、合意を求めた（" + d.Hash[:min(16, len(d.Hash))] + "）"
	}),
	KindReopened: word(func(t teller, d reasonData) string {
		return "プランを編集に戻した（この版への回答は無効）" + t.because(d.Reason)
	}),
	KindAnswered: word(func(t teller, d answeredData) string { return t.answered(d) }),
	KindObjectionDone: word(func(t teller, d objectionDoneData) string {
		if !t.st.spotOf(d.ID).seen(t.can) {
			t.text = false
		}
		return "異議の取り扱いを決めた" + t.because(d.Reason)
	}),
	KindDecided: word(func(t teller, d decidedData) string {
		return "結果を「" + d.Outcome.Label() + "」とした" + t.because(d.Reason)
	}),
	KindNext:        say("次回の予定を決めた"),
	KindWithdrawn:   word(func(t teller, d withdrawnData) string { return t.withdrawn(d) }),
	KindAgendaState: word(func(t teller, d agendaStateData) string { return t.agenda(d) }),
	KindClosing:     say("閉会した"),
	KindClosed:      say("会議録の案を作成した"),
	KindSealed:      say("記録を確定し保存した"),
	KindWaiver: word(func(t teller, d waiverData) string {
		return "印字できない文字があるまま確定する理由を記録した" + t.because(d.Reason)
	}),
	KindAmend: word(func(t teller, d reasonData) string { return "会議録の修正を始めた" + t.because(d.Reason) }),
	KindProposed: word(func(_ teller, d proposedData) string {
		return "会議録（第" + strconv.Itoa(d.Version) + "版 案）の確認を求めた"
	}),
	KindConfirmed: word(func(t teller, d confirmedData) string {
		if d.OK {
			return t.agency(d.AgencyID) + "が会議録を確認した"
		}
		return t.agency(d.AgencyID) + "が会議録に意見を出した" + t.because(d.Opinion)
	}),
	KindCorrect: word(func(t teller, d correctData) string {
		return "確定した会議録の訂正を始めた" + t.because(d.Reason)
	}),
	KindCorrectUndone: word(func(t teller, d reasonData) string {
		return "確定した会議録の訂正を取りやめた" + t.because(d.Reason)
	}),
	KindFinal:        say("会議録を確定した"),
	KindHandover:     word(func(t teller, d handoverData) string { return t.handover(d) }),
	KindHandoverDone: word(func(t teller, d handoverDoneData) string { return t.handoverDone(d) }),
	KindSense:        say("感触確認を始めた"),
	KindSensed:       word(func(t teller, d sensedData) string { return t.agency(d.AgencyID) + "が感触を伝えた" }),
	KindSuggested:    word(func(t teller, d suggestedData) string { return t.suggested(d) }),
	KindSuggestDone:  word(func(t teller, d suggestDoneData) string { return t.suggestDone(d) }),
	KindTicked:       word(func(t teller, d tickedData) string { return t.ticked(d) }),
}

func word[T any](f func(teller, T) string) func(teller, json.RawMessage) string {
	return func(t teller, raw json.RawMessage) string {
		var d T
		if len(raw) > 0 && json.Unmarshal(raw, &d) != nil {
			return ""
		}
		return f(t, d)
	}
}

func say(s string) func(teller, json.RawMessage) string {
	return func(teller, json.RawMessage) string { return s }
}

// line words one event.
func (t teller) line(e Event) (EventLine, bool) {
	f, ok := wordings[e.Kind]
	if !ok {
		f, ok = during[e.Kind]
	}
	if !ok {
		return EventLine{}, false
	}
	s := f(t, e.Data)
	if s == "" {
		return EventLine{}, false
	}
	return EventLine{Seq: e.Seq, Kind: e.Kind, At: e.At.UTC().Format("2006-01-02T15:04:05.000000Z"), Who: e.ActorName, Agency: e.AgencyName, Text: s}, true
}

func (t teller) because(reason string) string {
	if reason == "" || !t.text {
		return ""
	}
	return "。理由: " + reason
}

func (t teller) agency(id string) string {
	if seat := t.st.seat(id); seat != nil {
		return seat.Name
	}
	if a := t.facts.agency(id); a.Name != "" {
		return a.Name
	}
	return "機関"
}

func (t teller) phase(id string) string {
	i := slices.IndexFunc(t.st.Phases, func(p PhaseState) bool { return p.ID == id })
	if i < 0 {
		return id
	}
	return t.st.Phases[i].Label
}

// revealed tells whether the answers to a hash are open.
func (t teller) revealed(hash string) bool {
	return slices.ContainsFunc(t.st.Rounds, func(r Round) bool { return r.Hash == hash && r.Revealed != nil })
}

func (t teller) answered(d answeredData) string {
	who := t.agency(d.AgencyID)
	if !t.revealed(d.Hash) {
		return who + "が回答した"
	}
	s := who + "が「" + d.Answer.Label() + "」と回答した"
	if d.Oral {
		s += "（口頭）"
	}
	if !d.Spot.seen(t.can) {
		t.text = false
	}
	if d.Part != "" && t.text {
		s += "。部分: " + d.Part
	}
	s += t.because(d.Reason)
	if d.Instead != "" && t.text {
		s += "。代案: " + d.Instead
	}
	return s
}

func (t teller) withdrawn(d withdrawnData) string {
	s := t.name(d.PersonID) + "の同意（" + d.Record + "）が撤回された"
	if !t.can(d.PersonID, consent.ItemBasic) { // what was agreed with whom is the person's own
		return s
	}
	s += "。範囲: "
	var parts []string
	for _, id := range d.Agencies {
		parts = append(parts, t.agency(id))
	}
	for _, i := range d.Items {
		parts = append(parts, i.Label())
	}
	if len(parts) == 0 {
		parts = []string{"全部"}
	}
	s += strings.Join(parts, "、")
	if t.st.Meeting.Mode == consent.ModeSupport {
		s += "（支援会議の構成員への表示は続く。重層的支援会議への持ち越しは終わる）"
	}
	return s
}

func (t teller) agenda(d agendaStateData) string {
	if d.State != "carried" {
		return ""
	}
	i := slices.IndexFunc(t.st.Agenda, func(a AgendaItem) bool { return a.ID == d.ID })
	if i < 0 || !t.can(t.st.Agenda[i].Person, t.st.Agenda[i].Item) {
		return "議題を次回へ持ち越した"
	}
	return "議題「" + t.st.Agenda[i].Title + "」を次回へ持ち越した" + t.because(d.Note)
}

func sayChair(d chairData) string {
	role := map[string]string{"chair": "議長", "deputy": "職務代理", "recorder": "記録者"}[d.Role]
	if d.Remove {
		return d.Name + "を" + role + "から外した"
	}
	return d.Name + "を" + role + "とした"
}

func mode(f Form) string {
	if f == FormRemote {
		return "遠隔"
	}
	return "会場"
}

// dateOf reads an ISO date; what is none is the unknown date.
func dateOf(iso string) jptime.Date {
	d, err := jptime.Parse(iso)
	if err != nil {
		return jptime.Date{}
	}
	return d
}
