package access

import (
	"strings"
	"time"
)

// Installation is the "municipality" of what concerns none, or one that is no more: the installation's own log (設置の記録).
const Installation = "installation"

// Verb names what happened in the audit log (監査ログ); stable, dotted, without personal data.
type Verb string

// The verbs of domain.md §7.3 that exist so far. Every route and every store mutation has one.
const (
	VerbSignIn            Verb = "session.sign_in"
	VerbSignInFailed      Verb = "session.sign_in_failed"
	VerbSignOut           Verb = "session.sign_out"
	VerbLocked            Verb = "session.locked_out"
	VerbLock              Verb = "session.lock"   // 離席ロック
	VerbUnlock            Verb = "session.unlock" // the desk is taken again
	VerbSessionEnd        Verb = "session.end"    // ended by its owner from elsewhere, or by an administrator
	VerbPassword          Verb = "account.password"
	VerbNoticeSettings    Verb = "account.notices" // where one is told by mail, and of what
	VerbNoticeMail        Verb = "notice.mail"     // a mail was sent, or could not be
	VerbNoticeMeeting     Verb = "meeting.tell"    // 会議の予定 by mail
	VerbFactorAdd         Verb = "account.factor_add"
	VerbFactorRemove      Verb = "account.factor_remove"
	VerbSubjectBind       Verb = "account.subject_bind" // the account at the sign-in service, at its first use
	VerbSignInRules       Verb = "municipality.sign_in_rules"
	VerbGuestAdmit        Verb = "guest.admit"
	VerbTokenMake         Verb = "token.make" // 連携用トークン
	VerbTokenRevoke       Verb = "token.revoke"
	VerbTokenRefused      Verb = "token.refused"
	VerbWebhookSave       Verb = "webhook.save" // 連携先への通知: 送信先
	VerbWebhookRemove     Verb = "webhook.remove"
	VerbWebhookSecret     Verb = "webhook.secret" // 署名の鍵の作り直し
	VerbWebhookTest       Verb = "webhook.test"
	VerbWebhookAgain      Verb = "webhook.again" // 送り直し
	VerbWebhookOff        Verb = "webhook.off"   // switched off by Kasane: gone, or failing for days
	VerbSetup             Verb = "municipality.setup"
	VerbAgencySave        Verb = "agency.save"
	VerbTownSave          Verb = "town.save" // 自治体の名称・コード・利用を始める年度
	VerbTownLogo          Verb = "town.logo"
	VerbFirstRun          Verb = "first_run.step" // はじめの設定
	VerbUserSave          Verb = "user.save"
	VerbGuestInvite       Verb = "guest.invite"
	VerbGuestEnter        Verb = "guest.enter"
	VerbGuestFailed       Verb = "guest.failed"
	VerbGuestRevoke       Verb = "guest.revoke"
	VerbGuestMove         Verb = "guest.move"
	VerbGuestCarry        Verb = "guest.carry"
	VerbCaseCreate        Verb = "case.create"
	VerbCaseList          Verb = "case.list"
	VerbCaseOpen          Verb = "case.open"
	VerbCaseUpdate        Verb = "case.update"
	VerbPersonSave        Verb = "person.save"
	VerbScreening         Verb = "case.screening" // スクリーニング
	VerbFollowup          Verb = "case.followup"  // フォローアップ
	VerbCaseAgain         Verb = "case.again"     // 再受付
	VerbDecisionDraft     Verb = "decision.draft" // 支援決定の起案
	VerbDecisionMark      Verb = "decision.mark"  // その決裁
	VerbDecisionSteps     Verb = "decision.steps"
	VerbIntake            Verb = "intake.take" // 相談の受付
	VerbIntakeList        Verb = "intake.list"
	VerbIntakeTriage      Verb = "intake.triage"  // 受付の判断
	VerbSimilar           Verb = "intake.similar" // 似た相談・重複のおそれ
	VerbImport            Verb = "import.take"    // 名簿からのケースの取込
	VerbImportLook        Verb = "import.look"    // a list was looked at before it was taken in
	VerbImportList        Verb = "import.list"
	VerbImportUndo        Verb = "import.undo"   // 取消: of the import, and of each case that went
	VerbReferral          Verb = "referral.send" // つなぎ
	VerbReferralAnswer    Verb = "referral.answer"
	VerbReferralList      Verb = "referral.list"
	VerbReferralOpen      Verb = "referral.open"
	VerbReferralSheet     Verb = "referral.sheet" // つなぎシート
	VerbReferralDays      Verb = "referral.days"
	VerbMemberAdd         Verb = "case.member_add"
	VerbMemberRemove      Verb = "case.member_remove"
	VerbCaseBar           Verb = "case.bar" // 利害関係者の閲覧遮断
	VerbCaseUnbar         Verb = "case.unbar"
	VerbCaseDiscretion    Verb = "case.discretion" // 本人に非開示
	VerbCaseDiscretionEnd Verb = "case.discretion_end"
	VerbEmergency         Verb = "consent.emergency" // 緊急開示
	VerbEmergencyConfirm  Verb = "consent.emergency_confirm"
	VerbEmergencyEnd      Verb = "consent.emergency_end"
	VerbEmergencyRead     Verb = "consent.emergency_read"   // 月次一覧
	VerbEmergencyExport   Verb = "consent.emergency_export" // the same as CSV
	VerbGlassBreak        Verb = "glass.break"              // 緊急時の閲覧
	VerbGlassEnd          Verb = "glass.end"
	VerbGlassReview       Verb = "glass.review" // 事後確認
	VerbGlassList         Verb = "glass.list"
	VerbConsentRecord     Verb = "consent.record"
	VerbConsentWithdraw   Verb = "consent.withdraw"
	VerbConsentRead       Verb = "consent.read"
	VerbConsentPrint      Verb = "consent.print"  // 同意書・撤回届・控え
	VerbConsentExport     Verb = "consent.export" // machine-readable copy of a record
	VerbConsentText       Verb = "consent.text"   // a new version of the consent text
	VerbGateDenied        Verb = "gate.denied"
	VerbDocOpen           Verb = "document.open"
	VerbDocLog            Verb = "document.log" // rows typed into a live document enter the tree by hash
	VerbDocHistory        Verb = "document.history"
	VerbDocRestore        Verb = "document.restore"
	VerbPlanCreate        Verb = "plan.create"
	VerbPlanOpen          Verb = "plan.open"
	VerbPlanFreeze        Verb = "plan.freeze"
	VerbPlanReopen        Verb = "plan.reopen"
	VerbRoleAnswer        Verb = "plan.role_answer"
	VerbLeadOffer         Verb = "plan.lead_offer"
	VerbLeadAnswer        Verb = "plan.lead_answer"
	VerbMeetingType       Verb = "meeting.type"
	VerbLocalIssues       Verb = "meeting.local_issues"
	VerbLocalIssueMark    Verb = "meeting.local_issue"
	VerbFigures           Verb = "figures.read"
	VerbFiguresFile       Verb = "figures.file"
	VerbFiguresCases      Verb = "figures.cases"
	VerbFiguresTarget     Verb = "figures.target"
	VerbNetwork           Verb = "figures.network"
	VerbJoiningOpen       Verb = "joining.open" // 参加支援
	VerbJoiningSave       Verb = "joining.save"
	VerbJoiningStep       Verb = "joining.step"
	VerbJoiningList       Verb = "joining.list"
	VerbPlaceCare         Verb = "place.care"  // 受け入れ側への支援
	VerbPlaceOpen         Verb = "place.open"  // 社会資源台帳
	VerbPlaceNames        Verb = "place.names" // persons of a case were shown as brought to a resource
	VerbPlaceSave         Verb = "place.save"
	VerbPlaceFile         Verb = "place.file"
	VerbPlaceDay          Verb = "place.day" // 活動日と参加者数
	VerbPlaceDayDrop      Verb = "place.day_drop"
	VerbPlaceLink         Verb = "place.link" // コーディネート
	VerbPlaceResult       Verb = "place.result"
	VerbOverdue           Verb = "meeting.overdue" // 期限を過ぎた宿題
	VerbReviewOpen        Verb = "review.open"     // モニタリング・評価を開いた
	VerbReviewRecord      Verb = "review.record"   // モニタリング・評価を書いた
	VerbOutreachOpen      Verb = "outreach.open"   // 働きかけ記録を開いた
	VerbOutreachLog       Verb = "outreach.log"    // 働きかけ記録を書いた
	VerbOutreachSafety    Verb = "outreach.safety" // 安全上の留意
	VerbOutreachPlan      Verb = "outreach.plan"   // 訪問の予定
	VerbOutreachDay       Verb = "outreach.day"    // 訪問の一日表
	VerbDates             Verb = "meeting.dates"
	VerbDateAnswer        Verb = "meeting.date_answer"
	VerbNotice            Verb = "meeting.notice"
	VerbAttendancePaper   Verb = "meeting.attendance_paper" // 出席簿
	VerbSecrecyPaper      Verb = "meeting.secrecy_paper"    // 守秘義務確認書
	VerbHandoverPaper     Verb = "meeting.handover_paper"   // 資料受渡簿
	VerbGaijiSave         Verb = "gaiji.save"
	VerbFormsPublish      Verb = "forms.publish"
	VerbFormsWithdraw     Verb = "forms.withdraw"
	VerbMeetingCreate     Verb = "meeting.create"
	VerbMeetingList       Verb = "meeting.list"
	VerbMeetingOpen       Verb = "meeting.read"
	VerbMeetingAct        Verb = "meeting.act"
	VerbMeetingCarry      Verb = "meeting.carry" // 支援会議から重層的支援会議への引き継ぎ
	VerbMeetingJoin       Verb = "meeting.join"
	VerbMeetingLeave      Verb = "meeting.leave"
	VerbPagePrint         Verb = "page.print"
	VerbPDFDraft          Verb = "pdf.draft"
	VerbMatrixTake        Verb = "plan.matrix"      // 役割分担表をExcel・CSVで保存した
	VerbSheetPaper        Verb = "sheet.paper"      // 申込票・アセスメントシートなどをPDF・Excelにした
	VerbSheetPaperLook    Verb = "sheet.paper.look" // 様式の帳票の匿名版の候補を確かめた
	VerbSheetBackLook     Verb = "sheet.back.look"  // 記入した表を読み込み、何が変わるかを確かめた
	VerbSheetBack         Verb = "sheet.back"       // 記入した表から記録に書き込んだ
	VerbSeal              Verb = "archive.seal"
	VerbArchiveList       Verb = "archive.list"
	VerbArchiveDownload   Verb = "archive.download"
	VerbArchiveVerify     Verb = "archive.verify"
	VerbArchiveCheck      Verb = "archive.check"    // 夜間の照合
	VerbArchiveMatch      Verb = "archive.match"    // 原本照合
	VerbArchiveExport     Verb = "archive.export"   // 引渡し: the package of a year
	VerbJobStart          Verb = "job.start"        // 処理 (取込・書き出し・点検) を始めた
	VerbJobStop           Verb = "job.stop"         // その取消
	VerbJobFetch          Verb = "job.fetch"        // its result was taken
	VerbArchiveClasses    Verb = "archive.classes"  // 文書分類表
	VerbArchiveExtend     Verb = "archive.extend"   // 延長
	VerbArchiveHold       Verb = "archive.hold"     // 廃棄の停止
	VerbArchiveLift       Verb = "archive.lift"     // その解除
	VerbArchivePropose    Verb = "archive.propose"  // 廃棄の起案
	VerbArchiveWithdraw   Verb = "archive.withdraw" // その取下げ
	VerbArchiveDecide     Verb = "archive.decide"   // 廃棄の決裁
	VerbArchiveDispose    Verb = "archive.dispose"  // a record whose body went
	VerbArchiveCopy       Verb = "archive.copy"     // 写しの交付: 機関別, 匿名版, 開示用, 本人交付版
	VerbArchiveCorrect    Verb = "archive.correct"  // 確定した会議録の訂正を始める・取りやめる
	VerbArchiveCopyRead   Verb = "archive.copyread" // what a copy is made from was read: texts, 見本
	VerbArchiveCopyDesk   Verb = "archive.copydesk" // the page of a record's copies: what was made, for whom
	VerbFilePut           Verb = "file.put"
	VerbFileGet           Verb = "file.get"
	VerbFileReseal        Verb = "file.reseal"
	VerbTownKey           Verb = "town.key"          // 市町村の鍵を作った・封じ直した・壊した
	VerbTownImport        Verb = "town.import"       // 別の設置から移ってきた
	VerbTownDelete        Verb = "town.delete"       // 市町村の記録をすべて消した(設置の記録に残る)
	VerbTownQuota         Verb = "town.quota"        // 市町村の上限
	VerbTownSuspend       Verb = "town.suspend"      // 市町村の停止・再開
	VerbHandoutGive       Verb = "handout.give"      // 資料の配付
	VerbHandoutOpen       Verb = "handout.open"      // 資料を画面で開いた
	VerbHandoutCopy       Verb = "handout.copy"      // 資料の写しを受け取った
	VerbHandoutTakeBack   Verb = "handout.take_back" // 資料回収
	VerbHandoutDays       Verb = "handout.days"
	VerbAdminRead         Verb = "admin.read"
	VerbAuditList         Verb = "audit.list"
	VerbAuditExport       Verb = "audit.export"
	VerbAuditSeen         Verb = "audit.seen"     // who saw this person, this case
	VerbAuditHours        Verb = "audit.hours"    // looks outside the hours of the office
	VerbAuditMass         Verb = "audit.mass"     // many cases in a short time
	VerbAuditMonthly      Verb = "audit.monthly"  // counts of each user and month
	VerbAuditSearches     Verb = "audit.searches" // who searched for this name
	VerbAuditSettings     Verb = "audit.settings"
	VerbIncidentExport    Verb = "incident.export"
	VerbIncidentList      Verb = "incident.list"
)

// ReasonCopy begins the reason of a copy of a record, or of a sheet of a case for an agency: its kind follows, and behind a colon the id of the agency or of the person who receives it, or that
// nothing is hidden in it.
const ReasonCopy = "copy_"

// CopyUnmarked: a 開示用 copy in which nothing is blacked out (隠す所なし).
const CopyUnmarked = "unmarked"

// copyAgency begins the reason of a copy for an agency.
const copyAgency = ReasonCopy + "agency:"

// CopyFor is the reason of a copy for an agency (機関別).
func CopyFor(agencyID string) string { return copyAgency + agencyID }

// CopiedTo is the agency that got a copy by an entry (機関別), "" for any other entry.
func CopiedTo(v Verb, reason string) string {
	if id, ok := strings.CutPrefix(reason, copyAgency); ok && (v == VerbArchiveCopy || v == VerbSheetPaper) {
		return id
	}
	return ""
}

// CaseCopy tells whether the target of an entry of a copy is a paper of a case, not a sealed record: case~kind~of.
func CaseCopy(target string) bool { return strings.Count(target, "~") == 2 }

// PaperScreening is the target of the entry of a スクリーニング票, which is no form of its own.
const PaperScreening = "screening"

// ReasonSearch marks the entry of a list that was asked for with a word; Hash says which, to whoever has the word and the key of the installation.
const ReasonSearch = "search"

// ReasonImport marks the entry of a case that came in with a list.
const ReasonImport = "import"

// ReasonBreakGlass marks the entry of whatever is read by 緊急時の閲覧.
const ReasonBreakGlass = "break_glass"

// Entry is one line of the audit log: who did what to which thing, with which result. It holds identifiers, never
// names or text. A store mutation takes its Entry and writes it in the same transaction: no entry, no action.
type Entry struct {
	ID        string
	At        time.Time
	Tenant    string
	ActorID   string
	AgencyID  string
	SessionID string
	IP        string
	Verb      Verb
	CaseID    string
	MeetingID string
	Target    string // id of the thing
	Result    string // "ok", "denied", "failed"
	Reason    string // a code, not free text of a person
	Hash      string // hash of what was written, where there is one
}

// Audit starts an entry for an actor.
func (a Actor) Audit(now time.Time, v Verb, target string) Entry {
	e := Entry{ID: NewID(now), At: now, Tenant: a.Tenant, ActorID: a.UserID, AgencyID: a.AgencyID,
		SessionID: a.SessionID, IP: a.IP, Verb: v, Target: target, Result: "ok"}
	if a.breaks() {
		e.Reason = ReasonBreakGlass
	}
	return e
}

// InCase sets the case.
func (e Entry) InCase(id string) Entry { e.CaseID = id; return e }

// InMeeting sets the meeting.
func (e Entry) InMeeting(id string) Entry { e.MeetingID = id; return e }

// Denied marks a refusal with its reason code.
func (e Entry) Denied(reason string) Entry { e.Result, e.Reason = "denied", reason; return e }

// Failed marks a failure with its reason code.
func (e Entry) Failed(reason string) Entry { e.Result, e.Reason = "failed", reason; return e }
