package meeting

// Act (操作) is something a person may do in a meeting. Stable: part of the HTTP interface.
type Act string

// The acts, with their parameters (all JSON objects; see params.go).
const (
	ActEdit           Act = "edit"            // {title?,plannedStart?,plannedEnd?,place?,form?,planId?}
	ActConvene        Act = "convene"         // {convener,basis,reason} 招集
	ActMode           Act = "mode"            // {convener,basis,reason} 支援会議として開催する
	ActChair          Act = "chair"           // {role:chair|deputy|recorder,userId,remove?}
	ActAgenda         Act = "agenda"          // AgendaItem; id "" = new
	ActAgendaRemove   Act = "agenda_remove"   // {id}
	ActAgendaState    Act = "agenda_state"    // {id,state:""|resolved|carried,note}
	ActProject        Act = "project"         // {id} 現在の議題; "" = none
	ActSeat           Act = "seat"            // {agencyId,member,observer,speaker,proxy}
	ActSeatRemove     Act = "seat_remove"     // {id: agencyId}
	ActSeatExcuse     Act = "seat_excuse"     // {agencyId,status:absent|left|present,reason}
	ActDesignate      Act = "designate"       // {agencyId,reason} 構成員外の指定
	ActGuestInvite    Act = "guest_invite"    // {guestId,name,kana,post,agencyId}
	ActGuestRemove    Act = "guest_remove"    // {id: guestId}
	ActReception      Act = "reception"       // {} 受付を始める
	ActSecrecy        Act = "secrecy"         // {} 自分の守秘義務を確認する
	ActSecrecyPaper   Act = "secrecy_paper"   // {key} 確認書を受け取った
	ActAttendance     Act = "attendance"      // {key,name,kana,post,agencyId,form,from,to,absent,proxy,reason}
	ActOpen           Act = "open"            // {} 開会
	ActPhase          Act = "phase"           // {id}
	ActHand           Act = "hand"            // {up,kind:speak|ask|object|safety}
	ActFloor          Act = "floor"           // {agencyId}; "" = nobody
	ActTurns          Act = "turns"           // {minutes,agencies} 一巡を始める; no agencies = all that are there
	ActTurn           Act = "turn"            // {from,to,skip} 次の機関へ; to "" = the next of the order
	ActTurnsEnd       Act = "turns_end"       // {} 一巡を終える
	ActNote           Act = "note"            // {kind:park|local,text,item,person,shared} 保留・地域課題メモ
	ActNoteState      Act = "note_state"      // {id,state:""|settled|carried|dropped,reason}; id "" = all open 保留
	ActComment        Act = "comment"         // {spot,text} プランの箇所へのコメント
	ActCommentState   Act = "comment_state"   // {id,state:""|point|settled|withdrawn,reason}
	ActShow           Act = "show"            // {tab} 議長が映している画面
	ActConference     Act = "conference"      // {url} 会議システムのURL; "" = none
	ActRole           Act = "role"            // {doc,actionId,answer,reason,due,cellHash} 役割に回答する
	ActRowReason      Act = "row_reason"      // {actionId,reason}
	ActCarry          Act = "carry"           // {rows:[{meeting,doc,row}]} 支援会議から引き継ぐ
	ActFreeze         Act = "freeze"          // {} プランを確定して合意を求める
	ActReopen         Act = "reopen"          // {reason} 編集に戻す
	ActAnswer         Act = "answer"          // {hash,answer,reason,due,part,instead,speaker,proxy}
	ActAnswerOral     Act = "answer_oral"     // + {agencyId}: 口頭の回答を記録する
	ActObjectionClose Act = "objection_close" // {id,reason}
	ActDecide         Act = "decide"          // {outcome,reason,review}
	ActNext           Act = "next"            // {date,time,agenda}
	ActClose          Act = "close"           // {} 閉会
	ActSeal           Act = "seal"            // {waivers:[{paper,reason}]} 待っている記録を確定する
	ActAmend          Act = "amend"           // {reason} 会議録を修正する
	ActPropose        Act = "propose"         // {until} 会議録の確認を求める
	ActConfirm        Act = "confirm"         // {hash,ok,opinion}
	ActFinal          Act = "final"           // {reason} 会議録を確定する
	ActCorrect        Act = "correct"         // {reason} 確定した会議録を訂正する
	ActCorrectUndo    Act = "correct_undo"    // {reason} 訂正を取りやめる
	ActHandover       Act = "handover"        // {docId,actionId,to,stay,note} 主担当の引き継ぎを申し出る
	ActHandoverAnswer Act = "handover_answer" // {id,accept,reason}
	ActSense          Act = "sense"           // {} 感触確認を始める
	ActSenseAnswer    Act = "sense_answer"    // {feel,note}
	ActSuggest        Act = "suggest"         // {hash,where,text,reason,personId,item} 会議録の修正を申し出る
	ActSuggestAnswer  Act = "suggest_answer"  // {id,accept,reason}
	ActTick           Act = "tick"            // {docId,row,status,note} 宿題の進み具合
	ActPrepared       Act = "prepared"        // {undo} 準備シートを提出する・取り下げる
	ActPrepPaper      Act = "prep_paper"      // {agencyId,undo} 準備シートを紙で受け取った
	ActPrepFor        Act = "prep_for"        // {agencyId,step:begin|submit|undo,way,teller} 準備シートを代わりに入力する
	ActPrepCheck      Act = "prep_check"      // {} 代行入力された準備シートを確認する
	ActSurvey         Act = "survey"          // {scores,note} 会議後アンケート
	ActCancel         Act = "cancel"          // {reason} 会議を中止する
	ActLeadOffer      Act = "lead_offer"      // {kind:now|after,to,note} 主担当機関・終結後の主担当を頼む
	ActLeadAnswer     Act = "lead_answer"     // {id,answer,reason,due} 主担当の申し出に返事をする・取り下げる
)

// who is the part an actor has in one meeting; several at once.
type who uint8

const (
	whoChair    who = 1 << iota // 議長, 職務代理
	whoRecorder                 // 記録者
	whoHolder                   // 多機関協働担当・市所管課
	whoSeat                     // speaks for an agency with a seat
	whoPresent                  // any participant, observers included
	whoSystem
)

const whoDesk = whoChair | whoRecorder | whoHolder // those who run the meeting

// rule is one line of the table of acts.
type rule struct {
	act   Act
	label string
	in    []Status
	who   who
	// exclusive: only one person can do it; whoever saw an older state of the meeting's course is refused.
	exclusive bool
	// need says why not, "" when nothing stands against it. It sees the state and who asks.
	need func(State, subject) string
}

var (
	before    = []Status{StatusDraft, StatusReception}
	running   = []Status{StatusReception, StatusOpen, StatusAgreeing}
	preparing = []Status{StatusDraft, StatusReception, StatusOpen, StatusAgreeing}
	open      = []Status{StatusOpen}
	inSession = []Status{StatusOpen, StatusAgreeing}
	agreeing  = []Status{StatusAgreeing}
	closed    = []Status{StatusClosed}
	after     = []Status{StatusClosed, StatusConfirming, StatusSealed}
)

// table is the one place that says which act is allowed in which status to whom. Buttons, API and tests come from it.
var table = []rule{
	{act: ActEdit, label: "会議の内容を変更する", in: before, who: whoDesk},
	{act: ActConvene, label: "招集する", in: before, who: whoChair | whoHolder},
	{act: ActMode, label: "支援会議として開催する", in: before, who: whoChair | whoHolder, exclusive: true, need: needLayered},
	{act: ActChair, label: "議長・職務代理・記録者を決める", in: preparing, who: whoChair | whoHolder},
	{act: ActAgenda, label: "議題を加える・直す", in: preparing, who: whoDesk},
	{act: ActAgendaRemove, label: "議題を外す", in: before, who: whoDesk},
	{act: ActAgendaState, label: "議題の結論・次回への持ち越し", in: inSession, who: whoDesk},
	{act: ActProject, label: "現在の議題を示す", in: inSession, who: whoDesk},
	{act: ActSeat, label: "機関の席を設ける", in: preparing, who: whoChair | whoHolder},
	{act: ActSeatRemove, label: "機関の席を外す", in: preparing, who: whoChair | whoHolder},
	{act: ActSeatExcuse, label: "欠席・退席を記録する", in: running, who: whoDesk},
	{act: ActDesignate, label: "構成員外を指定する", in: preparing, who: whoChair | whoHolder, need: needSupport},
	{act: ActGuestInvite, label: "遠隔参加者を招待する", in: preparing, who: whoChair | whoHolder},
	{act: ActGuestRemove, label: "招待を取り消す", in: preparing, who: whoChair | whoHolder},
	{act: ActReception, label: "受付を始める", in: []Status{StatusDraft}, who: whoDesk, exclusive: true, need: needConvened},
	{act: ActSecrecy, label: "守秘義務を確認する", in: running, who: whoPresent, need: needUnconfirmed},
	{act: ActSecrecyPaper, label: "守秘義務確認書の受け取りを記録する", in: running, who: whoDesk},
	{act: ActAttendance, label: "出欠を直す", in: append(running[:3:3], StatusClosed), who: whoDesk, need: needAmendableAttendance},
	{act: ActOpen, label: "開会する", in: []Status{StatusReception}, who: whoChair, exclusive: true, need: needChairConfirmed},
	{act: ActPhase, label: "次の進行に移る", in: inSession, who: whoDesk, exclusive: true},
	{act: ActHand, label: "発言を求める", in: inSession, who: whoPresent},
	{act: ActFloor, label: "発言者を指名する", in: inSession, who: whoChair | whoHolder},
	{act: ActTurns, label: "一巡を始める", in: inSession, who: whoChair | whoHolder, need: needNoTurns},
	{act: ActTurn, label: "次の機関へ", in: inSession, who: whoChair | whoHolder, need: needTurns},
	{act: ActTurnsEnd, label: "一巡を終える", in: inSession, who: whoChair | whoHolder, need: needTurns},
	{act: ActNote, label: "保留・地域課題をメモする", in: inSession, who: whoSeat | whoDesk, need: needNoting},
	{act: ActNoteState, label: "保留の扱いを決める", in: inSession, who: whoDesk},
	{act: ActComment, label: "プランにコメントする", in: inSession, who: whoPresent, need: needCommenting},
	{act: ActCommentState, label: "コメントの扱いを決める", in: inSession, who: whoPresent, need: needCommenting},
	{act: ActShow, label: "画面を全員に映す", in: inSession, who: whoChair},
	{act: ActConference, label: "会議システムのURLを決める", in: preparing, who: whoDesk},
	{act: ActRole, label: "役割に回答する", in: inSession, who: whoSeat, need: needSpeaking},
	{act: ActRowReason, label: "主担当の理由を記録する", in: inSession, who: whoDesk},
	{act: ActCarry, label: "支援会議から引き継ぐ", in: preparing, who: whoHolder, need: needLayeredMode},
	{act: ActFreeze, label: "プランを確定して合意を求める", in: open, who: whoChair | whoHolder, exclusive: true, need: needPlan},
	{act: ActReopen, label: "プランを編集に戻す", in: agreeing, who: whoChair | whoHolder, exclusive: true, need: needFixed},
	{act: ActAnswer, label: "回答する", in: agreeing, who: whoSeat, need: needAnswerable},
	{act: ActAnswerOral, label: "口頭の回答を記録する", in: agreeing, who: whoChair | whoRecorder | whoHolder, need: needFixed},
	{act: ActObjectionClose, label: "異議を取り下げる・取り扱いを決める", in: inSession, who: whoChair | whoSeat, need: needObjection},
	{act: ActDecide, label: "結果を決める", in: agreeing, who: whoChair, exclusive: true, need: needFixed},
	{act: ActNext, label: "次回の予定を決める", in: inSession, who: whoDesk},
	{act: ActClose, label: "閉会する", in: inSession, who: whoChair, exclusive: true, need: needClosable},
	{act: ActSeal, label: "待っている記録を確定する", in: []Status{StatusClosed, StatusConfirming}, who: whoDesk, exclusive: true, need: needWaiting},
	{act: ActAmend, label: "会議録を修正する", in: []Status{StatusClosed, StatusConfirming}, who: whoDesk, exclusive: true, need: needNotAmending},
	{act: ActPropose, label: "会議録の確認を求める", in: closed, who: whoDesk, exclusive: true},
	{act: ActConfirm, label: "会議録を確認する", in: []Status{StatusConfirming}, who: whoSeat, need: needAttended},
	{act: ActFinal, label: "会議録を確定する", in: []Status{StatusConfirming}, who: whoChair, exclusive: true},
	{act: ActCorrect, label: "確定した会議録を訂正する", in: []Status{StatusSealed}, who: whoChair, exclusive: true},
	{act: ActCorrectUndo, label: "訂正を取りやめる", in: closed, who: whoChair, exclusive: true, need: needCorrecting},
	{act: ActHandover, label: "主担当の引き継ぎを申し出る", in: open, who: whoSeat, need: needSpeaking},
	{act: ActHandoverAnswer, label: "主担当の引き継ぎに返事をする", in: open, who: whoSeat, need: needHandover},
	{act: ActLeadOffer, label: "主担当機関・終結後の主担当を頼む", in: inSession, who: whoSeat | whoDesk, need: needLeading},
	{act: ActLeadAnswer, label: "主担当の申し出に返事をする", in: inSession, who: whoSeat | whoDesk, need: needLeading},
	{act: ActSense, label: "感触確認を始める", in: open, who: whoChair | whoHolder},
	{act: ActSenseAnswer, label: "いまの感触を伝える", in: open, who: whoSeat, need: needSense},
	{act: ActSuggest, label: "会議録の修正を申し出る", in: []Status{StatusConfirming}, who: whoPresent, need: needWasThere},
	{act: ActSuggestAnswer, label: "修正の申し出に返事をする", in: []Status{StatusClosed, StatusConfirming}, who: whoChair, need: needSuggestion},
	{act: ActTick, label: "宿題の進み具合を記録する", in: after, who: whoSeat},
	{act: ActCancel, label: "会議を中止する", in: before, who: whoChair | whoHolder, exclusive: true},
	{act: ActPrepared, label: "準備シートを提出する", in: preparing, who: whoSeat},
	{act: ActPrepPaper, label: "準備シートを紙で受け取ったことを記録する", in: preparing, who: whoDesk},
	{act: ActPrepFor, label: "準備シートを代わりに入力する", in: preparing, who: whoHolder},
	{act: ActPrepCheck, label: "代行入力された準備シートを確認する", in: preparing, who: whoSeat},
	{act: ActSurvey, label: "会議後アンケートに答える", in: after, who: whoPresent, need: needWasThere},
}

// ActState is a button: what it says, whether it may be pressed, and if not, why.
type ActState struct {
	Act     Act    `json:"act"`
	Label   string `json:"label"`
	Allowed bool   `json:"allowed"`
	Why     string `json:"why,omitempty"`
}
