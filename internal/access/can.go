package access

import (
	"slices"

	"kasane/internal/fault"
)

// Action (操作) is what a route or a service does, where the role alone can refuse it. A yes here is only the first door:
// membership of the case, the state of the meeting and the consent gate decide the rest.
type Action string

// The actions.
const (
	ActPublic        Action = "public"         // no session needed: sign-in page, guest link, health
	ActSession       Action = "session"        // anybody signed in, a guest too: own session, code lists
	ActAgencyList    Action = "agency.list"    // names of agencies
	ActAdminister    Action = "administer"     // agencies and rules (機関の管理・サインインの決まり)
	ActUsersManage   Action = "users.manage"   // accounts (利用者の管理); a 機関管理者 has those of the own agency
	ActAccount       Action = "account"        // own password, sessions, second factors
	ActCaseRead      Action = "case.read"      // cases by membership or consent; guests read through their meeting
	ActCaseCreate    Action = "case.create"    // ケースの受付
	ActCaseEdit      Action = "case.edit"      // persons, members
	ActIntake        Action = "intake"         // 相談の受付, つなぎ
	ActImport        Action = "import"         // ケースの取込とその取消
	ActConsentRecord Action = "consent.record" // 同意の記録・撤回, 証憑
	ActConsentRead   Action = "consent.read"   // whole consent records
	ActFileRead      Action = "file.read"      // 証憑
	ActDocWrite      Action = "doc.write"      // create a live document
	ActPlanCreate    Action = "plan.create"    // プラン(案)の作成
	ActPlanRead      Action = "plan.read"      // plan, diff, draft PDF
	ActPlanAnswer    Action = "plan.answer"    // 引受の回答
	ActMeetingCreate Action = "meeting.create" // 招集
	ActMeetingCarry  Action = "meeting.carry"  // 支援会議から引き継ぐ
	ActHandoutGive   Action = "handout.give"   // 資料の配付・回収
	ActMeetingRead   Action = "meeting.read"   // meeting list and room
	ActMeetingAct    Action = "meeting.act"    // acts of the meeting; its own table decides which
	ActGuestInvite   Action = "guest.invite"   // 招待リンク
	ActGaijiRead     Action = "gaiji.read"     // 外字の一覧
	ActGaijiKeep     Action = "gaiji.keep"     // 外字の登録
	ActArchiveRead   Action = "archive.read"   // 確定した文書
	ActArchiveVerify Action = "archive.verify" // 改ざんの点検
	ActArchiveKeep   Action = "archive.keep"   // 保存期間・廃棄の停止・廃棄, 引渡し
	ActArchiveCopy   Action = "archive.copy"   // 写し: 機関別, 匿名版, 開示用, 本人交付版
	ActAuditRead     Action = "audit.read"     // 監査ログと、それからの報告
	ActSeenRead      Action = "seen.read"      // 誰が見たか, of a person of a case one holds
	ActIncident      Action = "incident"       // 漏えい等の報告: names of those concerned
	ActEmergencyRead Action = "emergency.read" // 緊急開示の月次一覧
	ActGlassBreak    Action = "glass.break"    // 緊急時の閲覧を始める
	ActGlassRead     Action = "glass.read"     // 緊急時の閲覧の一覧
	ActGlassEnd      Action = "glass.end"      // 緊急時の閲覧を終わらせる
	ActGlassReview   Action = "glass.review"   // 事後確認
	ActFigures       Action = "figures"        // 集計
	ActStatus        Action = "status"         // 稼働状況
	ActJobs          Action = "jobs"           // 処理の状況: each sees what they asked for or may do themselves
	ActOutreach      Action = "outreach"       // アウトリーチ: 働きかけ記録, 訪問の一日表
	ActPlaceRead     Action = "place.read"     // 社会資源台帳
	ActJoining       Action = "joining"        // 参加支援
	ActJoiningList   Action = "joining.list"   // 参加支援の状況
	ActPlaceKeep     Action = "place.keep"     // 社会資源の登録・活動日・コーディネート
	ActSheetPaper    Action = "sheet.paper"    // 様式の帳票: PDF, Excel
	ActSheetBack     Action = "sheet.back"     // 記入した表の取込
	ActSheetHide     Action = "sheet.hide"     // 様式の帳票の匿名版
	ActPaperCopy     Action = "paper.copy"     // ケースの文書の写しの一覧
)

// Actions lists every action; a route declares one of these.
func Actions() []Action {
	return []Action{ActPublic, ActSession, ActAgencyList, ActAdminister, ActUsersManage, ActAccount, ActCaseRead, ActCaseCreate, ActCaseEdit, ActIntake, ActImport,
		ActConsentRecord, ActConsentRead, ActFileRead, ActDocWrite, ActPlanCreate, ActPlanRead, ActPlanAnswer,
		ActMeetingCreate, ActMeetingCarry, ActHandoutGive, ActMeetingRead, ActMeetingAct, ActGuestInvite, ActGaijiRead, ActGaijiKeep, ActArchiveRead, ActArchiveVerify, ActArchiveKeep, ActArchiveCopy,
		ActAuditRead, ActSeenRead, ActIncident, ActEmergencyRead, ActGlassBreak, ActGlassRead, ActGlassEnd, ActGlassReview, ActFigures, ActStatus, ActJobs, ActOutreach,
		ActPlaceRead, ActPlaceKeep, ActJoining, ActJoiningList, ActSheetPaper, ActSheetBack, ActSheetHide, ActPaperCopy}
}

// grants: who may do what. What is not listed is denied. ActPublic is for everybody and stands apart.
var grants = map[Action][]Role{
	ActSession: {RoleSecretariat, RoleCity, RoleChair, RoleAgency, RoleObserver, RoleRecords, RoleAuditor, RoleAdmin, RoleStaffAdmin, RoleGuest},
	// A guest learns the names of agencies from the meeting's own table only.
	ActAgencyList:  {RoleSecretariat, RoleCity, RoleChair, RoleAgency, RoleObserver, RoleRecords, RoleAuditor, RoleAdmin, RoleStaffAdmin},
	ActAdminister:  {RoleAdmin, RoleCity},
	ActUsersManage: {RoleAdmin, RoleCity, RoleStaffAdmin},
	ActAccount:     {RoleSecretariat, RoleCity, RoleChair, RoleAgency, RoleObserver, RoleRecords, RoleAuditor, RoleAdmin, RoleStaffAdmin},
	// 記録担当・監査担当・システム管理者 have no case body.
	ActCaseRead:   {RoleSecretariat, RoleCity, RoleChair, RoleAgency, RoleObserver, RoleGuest},
	ActCaseCreate: {RoleSecretariat, RoleCity},
	ActCaseEdit:   {RoleSecretariat, RoleCity},
	// Any counter takes a 相談 in, whatever it is about and of whatever age the person is.
	ActIntake:        {RoleSecretariat, RoleCity, RoleAgency},
	ActImport:        {RoleSecretariat, RoleCity},
	ActConsentRecord: {RoleSecretariat, RoleCity},
	ActConsentRead:   {RoleSecretariat, RoleCity},
	ActFileRead:      {RoleSecretariat, RoleCity, RoleRecords},
	ActDocWrite:      {RoleSecretariat, RoleCity, RoleChair, RoleAgency, RoleGuest},
	ActPlanCreate:    {RoleSecretariat, RoleCity},
	ActPlanRead:      {RoleSecretariat, RoleCity, RoleChair, RoleAgency, RoleObserver, RoleGuest},
	ActPlanAnswer:    {RoleSecretariat, RoleCity, RoleChair, RoleAgency, RoleGuest},
	ActMeetingCreate: {RoleSecretariat, RoleCity},
	ActMeetingCarry:  {RoleSecretariat, RoleCity},
	ActHandoutGive:   {RoleSecretariat, RoleCity},
	ActMeetingRead:   {RoleSecretariat, RoleCity, RoleChair, RoleAgency, RoleObserver, RoleGuest},
	ActMeetingAct:    {RoleSecretariat, RoleCity, RoleChair, RoleAgency, RoleObserver, RoleGuest},
	ActGuestInvite:   {RoleSecretariat, RoleCity, RoleChair},
	// Pictures of characters and their codes: for those who print records with them, and those who keep the list.
	ActGaijiRead:     {RoleSecretariat, RoleCity, RoleChair, RoleRecords, RoleAdmin},
	ActGaijiKeep:     {RoleAdmin, RoleRecords, RoleCity},
	ActArchiveRead:   {RoleRecords, RoleCity, RoleSecretariat},
	ActArchiveKeep:   {RoleRecords, RoleCity},
	ActArchiveCopy:   {RoleRecords, RoleCity, RoleSecretariat},
	ActArchiveVerify: {RoleRecords, RoleCity, RoleSecretariat, RoleAuditor},
	// Whoever keeps the log sees no case; whoever holds the cases sees who looked at them.
	ActAuditRead: {RoleAuditor, RoleCity},
	ActSeenRead:  {RoleSecretariat, RoleCity},
	ActIncident:  {RoleSecretariat, RoleCity},
	// What was shown without consent is looked at by those who hold the record and, without reasons and persons, by who keeps the log.
	ActEmergencyRead: {RoleSecretariat, RoleCity, RoleAuditor},
	// Who breaks the glass is looked at by those who hold the record, and by who keeps the log.
	ActGlassBreak:  {RoleAdmin},
	ActGlassRead:   {RoleSecretariat, RoleCity, RoleAuditor},
	ActGlassEnd:    {RoleSecretariat, RoleCity, RoleAdmin},
	ActGlassReview: {RoleSecretariat, RoleCity},
	// Small counts point to people: who holds the cases counts them.
	ActFigures: {RoleSecretariat, RoleCity},
	// Nothing of anybody is in it: for those who are asked when something does not work.
	ActStatus: {RoleSecretariat, RoleCity, RoleAdmin},
	// Counts and times of work; whose work one sees, the kind of work decides.
	ActJobs: {RoleSecretariat, RoleCity, RoleRecords, RoleAuditor, RoleAdmin},
	// Whoever goes to see a household; a guest or an adviser has one meeting.
	ActOutreach: {RoleSecretariat, RoleCity, RoleChair, RoleAgency},
	// The register says nothing of anybody; who of an agency writes about which place, the register itself decides.
	ActPlaceRead: {RoleSecretariat, RoleCity, RoleChair, RoleAgency},
	ActPlaceKeep: {RoleSecretariat, RoleCity, RoleAgency},
	// Whoever accompanies a person; over all cases those who hold them.
	ActJoining:     {RoleSecretariat, RoleCity, RoleChair, RoleAgency},
	ActJoiningList: {RoleSecretariat, RoleCity},
	// A paper of a case as its reader sees it; a guest or an adviser has one meeting.
	ActSheetPaper: {RoleSecretariat, RoleCity, RoleChair, RoleAgency},
	// Sheets are written by those who hold the record.
	ActSheetBack: {RoleSecretariat, RoleCity},
	// For 研修 and 事例検討, by those who know the case.
	ActSheetHide: {RoleSecretariat, RoleCity},
	// 開示用 and the like of what a case says now, by those who hold it.
	ActPaperCopy: {RoleSecretariat, RoleCity},
}

// glassActions is what 緊急時の閲覧 adds, in its one case.
var glassActions = []Action{ActCaseRead, ActPlanRead}

// guestActions is all a guest may ever do, whatever roles the actor claims to hold.
var guestActions = []Action{ActSession, ActCaseRead, ActDocWrite, ActPlanRead, ActPlanAnswer, ActMeetingRead, ActMeetingAct}

// tokenActions is all a 連携用トークン may ever do, whatever role it acts in.
var tokenActions = []Action{ActSession, ActCaseRead, ActIntake, ActFigures, ActArchiveRead}

// Can tells whether the actor's roles allow the action at all. The zero Actor may only what is public.
func Can(a Actor, act Action) bool {
	if act == ActPublic {
		return true
	}
	if a.Tenant == "" || a.UserID == "" {
		return false
	}
	if a.Waiting {
		return act == ActSession
	}
	if a.Guest() {
		return slices.Contains(guestActions, act)
	}
	if a.Token && !slices.Contains(tokenActions, act) {
		return false
	}
	if a.breaks() && slices.Contains(glassActions, act) {
		return true
	}
	// A guest's role without a meeting is not a guest: it is nothing.
	return slices.ContainsFunc(grants[act], func(r Role) bool { return r != RoleGuest && a.Has(r) })
}

// Require is Can as an error: Unauthorized for nobody, Forbidden for somebody who may not.
func Require(a Actor, act Action) error {
	switch {
	case Can(a, act):
		return nil
	case a.Tenant == "" || a.UserID == "":
		return fault.New(fault.Unauthorized, "")
	default:
		return fault.New(fault.Forbidden, "")
	}
}
