package web

import (
	"net/http"

	"kasane/internal/access"
	"kasane/internal/identity"
)

// route is one line of the table: what is asked, what it takes, what remains of it in the audit log, who does it.
type route struct {
	method  string
	pattern string
	action  access.Action
	audit   audit
	handle  func(http.ResponseWriter, *http.Request) error

	limit     int64  // of the body in bytes; 0 = jsonLimit
	scope     string // what a 連携用トークン needs to come here; "" = not for tokens
	multipart bool
	binary    bool // the body is bytes
	unnoticed bool // the page asks by itself: it does not count as use of the session
	glass     bool // 緊急時の閲覧 opens it, for its one case
	nobody    bool // does not ask who it is: health
	heavy     bool // costs the server much, or gives much away: fewer of these a minute
}

const (
	get  = http.MethodGet
	post = http.MethodPost
	put  = http.MethodPut
	del  = http.MethodDelete
)

// routes is the table of contents.
func (s *server) routes() []route {
	return []route{
		{method: get, pattern: "/livez", action: access.ActPublic, audit: silent("says that the process answers"), handle: s.livez, nobody: true},
		{method: get, pattern: "/readyz", action: access.ActPublic, audit: silent("says whether the parts answer"), handle: s.readyz, nobody: true},

		{method: get, pattern: "/api/status", action: access.ActStatus, audit: silent("how the program and its backups are: nothing of anybody"), handle: s.status},

		{method: get, pattern: "/api/openapi.json", action: access.ActSession, scope: identity.TokenAny, audit: silent("the description of this interface: the same everywhere"), handle: s.openAPI},

		// サインイン
		{method: get, pattern: "/api/session", action: access.ActPublic, audit: silent("tells the asker who the asker is"), handle: s.session},
		{method: post, pattern: "/api/session", action: access.ActPublic, audit: written(access.VerbSignIn), handle: s.signIn},
		{method: del, pattern: "/api/session", action: access.ActSession, audit: written(access.VerbSignOut), handle: s.signOut},
		{method: post, pattern: "/api/setup", action: access.ActPublic, audit: written(access.VerbSetup), handle: s.setup},
		{method: post, pattern: "/api/guest/check", action: access.ActPublic, audit: silent("tells nothing but whether a secret link lives"), handle: s.guestCheck},
		{method: post, pattern: "/api/guest/enter", action: access.ActPublic, audit: written(access.VerbGuestEnter), handle: s.guestEnter},

		{method: post, pattern: "/api/session/use", action: access.ActSession, audit: silent("keeps the asker's own session awake"), handle: s.sessionUse},
		{method: post, pattern: "/api/session/lock", action: access.ActSession, audit: written(access.VerbLock), handle: s.sessionLock},
		{method: post, pattern: "/api/session/unlock", action: access.ActPublic, audit: written(access.VerbUnlock), handle: s.sessionUnlock},
		{method: post, pattern: "/api/session/leave", action: access.ActPublic, audit: written(access.VerbSignOut), handle: s.sessionLeave},
		{method: post, pattern: "/api/session/factor", action: access.ActPublic, audit: written(access.VerbSignIn), handle: s.secondStep},
		{method: post, pattern: "/api/session/passkey/ask", action: access.ActPublic, audit: silent("gives a random number"), handle: s.passkeyAsk},
		{method: post, pattern: "/api/session/passkey", action: access.ActPublic, audit: written(access.VerbSignIn), handle: s.passkeySignIn},

		{method: get, pattern: "/api/oidc/start", action: access.ActPublic, audit: silent("sends the browser to the sign-in service"), handle: s.oidcStart},
		{method: get, pattern: "/api/oidc/callback", action: access.ActPublic, audit: written(access.VerbSignIn), handle: s.oidcCallback},

		// 自分のアカウント; registering a second factor is open to a sign-in that waits for it, so the service looks at the session itself
		{method: get, pattern: "/api/account", action: access.ActAccount, audit: silent("tells the asker about the asker's own account"), handle: s.account},
		{method: get, pattern: "/api/account/notices", action: access.ActAccount, audit: silent("tells the asker about the asker's own account"), handle: s.noticesGet},
		{method: put, pattern: "/api/account/notices", action: access.ActAccount, audit: written(access.VerbNoticeSettings), handle: s.noticesSave},
		{method: get, pattern: "/api/notices/refused", action: access.ActUsersManage, audit: read(access.VerbAdminRead), handle: s.noticesRefused},
		{method: put, pattern: "/api/account/password", action: access.ActAccount, audit: written(access.VerbPassword), handle: s.passwordChange},
		{method: del, pattern: "/api/account/sessions", action: access.ActAccount, audit: written(access.VerbSessionEnd), handle: s.sessionsEnd},
		{method: del, pattern: "/api/account/sessions/{id}", action: access.ActAccount, audit: written(access.VerbSessionEnd), handle: s.sessionsEnd},
		{method: post, pattern: "/api/session/enrol/totp/ask", action: access.ActPublic, audit: silent("a secret that counts for nothing until it is confirmed"), handle: s.totpAsk},
		{method: post, pattern: "/api/session/enrol/totp", action: access.ActPublic, audit: written(access.VerbFactorAdd), handle: s.totpConfirm},
		{method: post, pattern: "/api/session/enrol/passkey/ask", action: access.ActPublic, audit: silent("a random number that counts for nothing until it is answered"), handle: s.passkeyBegin},
		{method: post, pattern: "/api/session/enrol/passkey", action: access.ActPublic, audit: written(access.VerbFactorAdd), handle: s.passkeyConfirm},
		{method: post, pattern: "/api/account/recovery", action: access.ActAccount, audit: written(access.VerbFactorAdd), handle: s.recoveryNew},
		{method: post, pattern: "/api/account/factors/{id}/remove", action: access.ActAccount, audit: written(access.VerbFactorRemove), handle: s.factorRemove},

		// 利用者・機関
		{method: get, pattern: "/api/agencies", action: access.ActAgencyList, audit: silent("names of agencies are public"), handle: s.agencies},
		{method: post, pattern: "/api/agencies", action: access.ActAdminister, audit: written(access.VerbAgencySave), handle: s.agencySave},
		{method: put, pattern: "/api/agencies/{id}", action: access.ActAdminister, audit: written(access.VerbAgencySave), handle: s.agencySave},
		{method: post, pattern: "/api/agencies/look", action: access.ActAdminister, audit: silent("gives the asker the rows of a table the asker brought along, beside names of agencies; keeps nothing"), handle: s.agenciesLook, limit: agenciesLimit, heavy: true},
		{method: post, pattern: "/api/agencies/list", action: access.ActAdminister, audit: written(access.VerbAgencySave), handle: s.agenciesTake},

		// 自治体, はじめの設定
		{method: get, pattern: "/api/town", action: access.ActAdminister, audit: silent("name and code of the asker's municipality"), handle: s.town},
		{method: put, pattern: "/api/town", action: access.ActAdminister, audit: written(access.VerbTownSave), handle: s.townSave},
		{method: get, pattern: "/api/town/logo", action: access.ActSession, audit: silent("the mark of the asker's municipality"), handle: s.townLogo},
		{method: put, pattern: "/api/town/logo", action: access.ActAdminister, audit: written(access.VerbTownLogo), handle: s.townLogoSave, heavy: true},
		{method: del, pattern: "/api/town/logo", action: access.ActAdminister, audit: written(access.VerbTownLogo), handle: s.townLogoDrop},
		{method: get, pattern: "/api/first-run", action: access.ActAdminister, audit: silent("how far はじめの設定 has come"), handle: s.firstRun},
		{method: put, pattern: "/api/first-run", action: access.ActAdminister, audit: written(access.VerbFirstRun), handle: s.firstRunAside},
		{method: put, pattern: "/api/first-run/{id}", action: access.ActAdminister, audit: written(access.VerbFirstRun), handle: s.firstRunMark},

		{method: get, pattern: "/api/sign-in-rules", action: access.ActAdminister, audit: read(access.VerbAdminRead), handle: s.rulesGet},
		{method: put, pattern: "/api/sign-in-rules", action: access.ActAdminister, audit: written(access.VerbSignInRules), handle: s.rulesSave},
		{method: get, pattern: "/api/users", action: access.ActUsersManage, audit: read(access.VerbAdminRead), handle: s.users},
		{method: post, pattern: "/api/users", action: access.ActUsersManage, audit: written(access.VerbUserSave), handle: s.userCreate},
		{method: put, pattern: "/api/users/{id}", action: access.ActUsersManage, audit: written(access.VerbUserSave), handle: s.userUpdate},
		{method: get, pattern: "/api/users/{id}/sessions", action: access.ActUsersManage, audit: read(access.VerbAdminRead), handle: s.userSessions},
		{method: del, pattern: "/api/users/{id}/sessions", action: access.ActUsersManage, audit: written(access.VerbSessionEnd), handle: s.userSessionsEnd},
		{method: del, pattern: "/api/users/{id}/factors", action: access.ActUsersManage, audit: written(access.VerbFactorRemove), handle: s.userFactorsReset},
		{method: get, pattern: "/api/directory", action: access.ActGuestInvite, audit: read(access.VerbAdminRead), handle: s.directory},

		// 連携用トークン
		{method: get, pattern: "/api/tokens", action: access.ActAdminister, audit: read(access.VerbAdminRead), handle: s.tokenDesk},
		{method: post, pattern: "/api/tokens", action: access.ActAdminister, audit: written(access.VerbTokenMake), handle: s.tokenMake},
		{method: post, pattern: "/api/tokens/{id}/revoke", action: access.ActAdminister, audit: written(access.VerbTokenRevoke), handle: s.tokenRevoke},

		// 連携先への通知
		{method: get, pattern: "/api/webhooks", action: access.ActAdminister, audit: read(access.VerbAdminRead), handle: s.hookDesk},
		{method: post, pattern: "/api/webhooks", action: access.ActAdminister, audit: written(access.VerbWebhookSave), handle: s.hookAdd},
		{method: put, pattern: "/api/webhooks/{id}", action: access.ActAdminister, audit: written(access.VerbWebhookSave), handle: s.hookChange},
		{method: del, pattern: "/api/webhooks/{id}", action: access.ActAdminister, audit: written(access.VerbWebhookRemove), handle: s.hookRemove},
		{method: post, pattern: "/api/webhooks/{id}/secret", action: access.ActAdminister, audit: written(access.VerbWebhookSecret), handle: s.hookSecret},
		{method: post, pattern: "/api/webhooks/{id}/test", action: access.ActAdminister, audit: written(access.VerbWebhookTest), handle: s.hookTest},
		{method: get, pattern: "/api/webhooks/{id}/deliveries", action: access.ActAdminister, audit: read(access.VerbAdminRead), handle: s.hookDeliveries, unnoticed: true},
		{method: post, pattern: "/api/webhooks/{id}/deliveries/{delivery}/again", action: access.ActAdminister, audit: written(access.VerbWebhookAgain), handle: s.hookAgain},

		// 予備の回線: frames of live documents in plain requests; what they may carry is decided there, per document, as on a websocket
		{method: post, pattern: "/hp/line", action: access.ActSession, audit: silent("each document opened is written by the live connection"), handle: s.line, binary: true, unnoticed: true},
		{method: post, pattern: "/hp/line/up", action: access.ActSession, audit: silent("each document opened is written by the live connection"), handle: s.line, limit: lineLimit, binary: true, unnoticed: true},
		{method: post, pattern: "/hp/line/down", action: access.ActSession, audit: silent("each document opened is written by the live connection"), handle: s.line, binary: true, unnoticed: true},
		{method: del, pattern: "/hp/line", action: access.ActSession, audit: silent("ends one's own connection"), handle: s.line, binary: true, unnoticed: true},

		// 様式
		{method: get, pattern: "/api/forms", action: access.ActAdminister, audit: silent("questions of forms: no answers"), handle: s.formsDesk},
		{method: post, pattern: "/api/forms/preview", action: access.ActAdminister, audit: silent("questions of forms as they would be"), handle: s.formsPreview},
		{method: post, pattern: "/api/forms", action: access.ActAdminister, audit: written(access.VerbFormsPublish), handle: s.formsPublish},
		{method: del, pattern: "/api/forms/{n}", action: access.ActAdminister, audit: written(access.VerbFormsWithdraw), handle: s.formsWithdraw},

		// 外字
		{method: get, pattern: "/api/gaiji", action: access.ActGaijiRead, audit: silent("characters with their codes and drawings: no word of a person"), handle: s.gaijiList},
		{method: post, pattern: "/api/gaiji", action: access.ActGaijiKeep, audit: written(access.VerbGaijiSave), handle: s.gaijiSave},
		{method: put, pattern: "/api/gaiji/{id}", action: access.ActGaijiKeep, audit: written(access.VerbGaijiSave), handle: s.gaijiSave},

		// 様式・コード
		{method: get, pattern: "/api/sheets", action: access.ActSession, audit: silent("empty forms"), handle: s.sheetList},
		{method: get, pattern: "/api/sheets/{id}", action: access.ActSession, audit: silent("empty forms"), handle: s.sheetGet},
		{method: get, pattern: "/api/sheets/{id}/blank.pdf", action: access.ActSession, audit: silent("an empty form to be filled in by hand"), handle: s.sheetBlank, heavy: true},
		{method: get, pattern: "/api/codes", action: access.ActSession, scope: identity.TokenAny, audit: silent("code lists"), handle: s.codes},

		// ケース
		{method: get, pattern: "/api/cases", action: access.ActCaseRead, scope: string(identity.TokenCases), audit: written(access.VerbCaseList), handle: s.caseList},
		{method: post, pattern: "/api/cases/search", action: access.ActCaseRead, audit: written(access.VerbCaseList), handle: s.caseSearch, heavy: true},
		{method: post, pattern: "/api/cases", action: access.ActCaseCreate, audit: written(access.VerbCaseCreate), handle: s.caseCreate},
		{method: get, pattern: "/api/cases/{case}", action: access.ActCaseRead, audit: written(access.VerbCaseOpen), handle: s.caseGet, glass: true},
		{method: put, pattern: "/api/cases/{case}/stage", action: access.ActCaseEdit, audit: written(access.VerbCaseUpdate), handle: s.stageSet},
		{method: get, pattern: "/api/cases/{case}/course", action: access.ActOutreach, audit: written(access.VerbCaseOpen), handle: s.caseCourse},
		{method: post, pattern: "/api/cases/{case}/screenings", action: access.ActCaseEdit, audit: written(access.VerbScreening), handle: s.screen},
		{method: get, pattern: "/api/cases/{case}/followups", action: access.ActOutreach, audit: written(access.VerbCaseOpen), handle: s.followupList},
		{method: post, pattern: "/api/cases/{case}/followups", action: access.ActOutreach, audit: written(access.VerbFollowup), handle: s.followupPlan},
		{method: post, pattern: "/api/cases/{case}/followups/{id}", action: access.ActOutreach, audit: written(access.VerbFollowup), handle: s.followupDo},
		{method: post, pattern: "/api/cases/{case}/again", action: access.ActCaseEdit, audit: written(access.VerbCaseAgain), handle: s.caseAgain},
		{method: put, pattern: "/api/cases/{case}/former", action: access.ActCaseEdit, audit: written(access.VerbCaseAgain), handle: s.formerSet},
		{method: post, pattern: "/api/cases/{case}/persons", action: access.ActCaseEdit, audit: written(access.VerbPersonSave), handle: s.personCreate},
		{method: put, pattern: "/api/cases/{case}/persons/{id}", action: access.ActCaseEdit, audit: written(access.VerbPersonSave), handle: s.personUpdate},
		{method: post, pattern: "/api/cases/{case}/members", action: access.ActCaseEdit, audit: written(access.VerbMemberAdd), handle: s.memberAdd},
		{method: del, pattern: "/api/cases/{case}/members/{id}", action: access.ActCaseEdit, audit: written(access.VerbMemberRemove), handle: s.memberRemove},
		{method: get, pattern: "/api/cases/{case}/view", action: access.ActCaseRead, audit: read(access.VerbConsentRead), handle: s.caseView},
		{method: get, pattern: "/api/cases/{case}/leads", action: access.ActPlanRead, audit: read(access.VerbCaseOpen), handle: s.leads},
		{method: post, pattern: "/api/cases/{case}/leads", action: access.ActPlanAnswer, audit: written(access.VerbLeadOffer), handle: s.leadOffer},
		{method: post, pattern: "/api/cases/{case}/leads/{id}", action: access.ActPlanAnswer, audit: written(access.VerbLeadAnswer), handle: s.leadAnswer},
		{method: post, pattern: "/api/docs", action: access.ActDocWrite, audit: written(access.VerbDocOpen), handle: s.docCreate},

		// 支援決定
		{method: get, pattern: "/api/cases/{case}/decisions", action: access.ActCaseEdit, audit: read(access.VerbCaseOpen), handle: s.decisionList},
		{method: post, pattern: "/api/cases/{case}/decisions", action: access.ActCaseEdit, audit: written(access.VerbDecisionDraft), handle: s.decisionDraft},
		{method: post, pattern: "/api/cases/{case}/decisions/{id}", action: access.ActCaseEdit, audit: written(access.VerbDecisionMark), handle: s.decisionMark},
		{method: get, pattern: "/api/decision-steps", action: access.ActAdminister, audit: silent("titles of posts of the municipality"), handle: s.decisionSteps},
		{method: put, pattern: "/api/decision-steps", action: access.ActAdminister, audit: written(access.VerbDecisionSteps), handle: s.decisionStepsSave},

		// 相談の受付とつなぎ
		{method: get, pattern: "/api/intakes", action: access.ActIntake, audit: written(access.VerbIntakeList), handle: s.intakeList},
		{method: post, pattern: "/api/intakes", action: access.ActIntake, scope: string(identity.TokenIntake), audit: written(access.VerbIntake), handle: s.intakeTake},
		{method: post, pattern: "/api/intakes/similar", action: access.ActIntake, audit: written(access.VerbSimilar), handle: s.intakeSimilar, heavy: true},
		{method: get, pattern: "/api/cases/{case}/intake", action: access.ActCaseRead, audit: read(access.VerbCaseOpen), handle: s.intakeGet},
		{method: post, pattern: "/api/cases/{case}/intake/triage", action: access.ActIntake, audit: written(access.VerbIntakeTriage), handle: s.intakeTriage},
		{method: get, pattern: "/api/cases/{case}/doubles", action: access.ActCaseEdit, audit: written(access.VerbSimilar), handle: s.intakeDoubles},
		{method: get, pattern: "/api/cases/{case}/referrals", action: access.ActIntake, audit: read(access.VerbReferralList), handle: s.referralsOfCase},
		{method: post, pattern: "/api/cases/{case}/referrals", action: access.ActIntake, audit: written(access.VerbReferral), handle: s.referralSend},
		{method: get, pattern: "/api/cases/{case}/referrals/options", action: access.ActIntake, audit: read(access.VerbCaseOpen), handle: s.referralOptions},
		{method: get, pattern: "/api/referrals", action: access.ActIntake, audit: written(access.VerbReferralList), handle: s.referralList},
		{method: get, pattern: "/api/referrals/{id}", action: access.ActIntake, audit: written(access.VerbReferralOpen), handle: s.referralGet},
		{method: post, pattern: "/api/referrals/{id}", action: access.ActIntake, audit: written(access.VerbReferralAnswer), handle: s.referralAnswer},
		{method: get, pattern: "/api/referrals/{id}/sheet.pdf", action: access.ActIntake, audit: written(access.VerbReferralSheet), handle: s.referralSheet, heavy: true},
		{method: get, pattern: "/api/referral-days", action: access.ActAdminister, audit: silent("a number of days of the municipality"), handle: s.referralDays},
		{method: put, pattern: "/api/referral-days", action: access.ActAdminister, audit: written(access.VerbReferralDays), handle: s.referralDaysSave},

		// 取込
		{method: get, pattern: "/api/imports", action: access.ActImport, audit: read(access.VerbImportList), handle: s.importList},
		{method: post, pattern: "/api/imports", action: access.ActImport, audit: written(access.VerbImport), handle: s.importDo, limit: tableLimit, multipart: true, heavy: true},
		{method: post, pattern: "/api/imports/look", action: access.ActImport, audit: written(access.VerbImportLook), handle: s.importLook, limit: tableLimit, multipart: true, heavy: true},
		{method: post, pattern: "/api/imports/errors", action: access.ActImport, audit: written(access.VerbImportLook), handle: s.importErrors, limit: tableLimit, multipart: true, heavy: true},
		{method: del, pattern: "/api/imports/{id}", action: access.ActImport, audit: written(access.VerbImportUndo), handle: s.importUndo, heavy: true},
		{method: post, pattern: "/api/tables", action: access.ActDocWrite, audit: silent("gives the asker the texts of a table the asker brought along; keeps nothing"), handle: s.tableRead, limit: tableLimit, multipart: true, heavy: true},

		// 様式の帳票
		{method: get, pattern: "/api/cases/{case}/sheets/{id}.pdf", action: access.ActSheetPaper, audit: written(access.VerbSheetPaper), handle: s.sheetPaper, heavy: true},
		{method: get, pattern: "/api/cases/{case}/screening.pdf", action: access.ActSheetPaper, audit: written(access.VerbSheetPaper), handle: s.screeningPaper, heavy: true},
		{method: get, pattern: "/api/cases/{case}/sheets/{id}/file", action: access.ActSheetPaper, audit: written(access.VerbSheetPaper), handle: s.sheetFile, heavy: true},
		{method: get, pattern: "/api/cases/{case}/sheets/{id}/anonymous", action: access.ActSheetHide, audit: written(access.VerbSheetPaperLook), handle: s.sheetDoubts, heavy: true},
		{method: post, pattern: "/api/cases/{case}/sheets/{id}/anonymous", action: access.ActSheetHide, audit: written(access.VerbSheetPaper), handle: s.sheetAnonymous, heavy: true},
		{method: post, pattern: "/api/cases/{case}/sheets/{id}/back/look", action: access.ActSheetBack, audit: written(access.VerbSheetBackLook), handle: s.sheetBackLook, limit: tableLimit, multipart: true, heavy: true},
		{method: post, pattern: "/api/cases/{case}/sheets/{id}/back", action: access.ActSheetBack, audit: written(access.VerbSheetBack), handle: s.sheetBack, limit: tableLimit, multipart: true, heavy: true},

		// 変更の履歴
		{method: get, pattern: "/api/docs/{id}/history", action: access.ActPlanRead, audit: read(access.VerbDocHistory), handle: s.docHistory},
		{method: get, pattern: "/api/docs/{id}/history/{seq}", action: access.ActPlanRead, audit: read(access.VerbDocHistory), handle: s.docVersion, heavy: true},
		{method: get, pattern: "/api/docs/{id}/diff", action: access.ActPlanRead, audit: read(access.VerbDocHistory), handle: s.docDiff, heavy: true},
		{method: post, pattern: "/api/docs/{id}/restore", action: access.ActDocWrite, audit: written(access.VerbDocRestore), handle: s.docRestore},

		// アウトリーチ
		{method: get, pattern: "/api/cases/{case}/outreach", action: access.ActOutreach, audit: written(access.VerbOutreachOpen), handle: s.outreachBoard},
		{method: post, pattern: "/api/cases/{case}/outreach", action: access.ActOutreach, audit: written(access.VerbOutreachLog), handle: s.outreachRecord},
		{method: put, pattern: "/api/cases/{case}/outreach/safety", action: access.ActOutreach, audit: written(access.VerbOutreachSafety), handle: s.outreachSafety},
		{method: post, pattern: "/api/cases/{case}/outreach/visits", action: access.ActOutreach, audit: written(access.VerbOutreachPlan), handle: s.outreachPlan},
		{method: put, pattern: "/api/outreach/visits/{id}", action: access.ActOutreach, audit: written(access.VerbOutreachPlan), handle: s.outreachChange},
		{method: get, pattern: "/api/outreach/day", action: access.ActOutreach, audit: written(access.VerbOutreachDay), handle: s.outreachDay},
		{method: put, pattern: "/api/outreach/day", action: access.ActOutreach, audit: written(access.VerbOutreachPlan), handle: s.outreachOrder},
		{method: post, pattern: "/api/outreach/prints", action: access.ActOutreach, audit: written(access.VerbPagePrint), handle: s.outreachPrinted},

		{method: get, pattern: "/api/cases/{case}/course.pdf", action: access.ActOutreach, audit: written(access.VerbPDFDraft), handle: s.coursePaper, heavy: true},

		// モニタリング・評価
		{method: get, pattern: "/api/cases/{case}/reviews", action: access.ActOutreach, audit: written(access.VerbReviewOpen), handle: s.reviewBoard},
		{method: post, pattern: "/api/cases/{case}/reviews", action: access.ActOutreach, audit: written(access.VerbReviewRecord), handle: s.reviewRecord},
		{method: get, pattern: "/api/cases/{case}/reviews/{id}/sheet.pdf", action: access.ActOutreach, audit: written(access.VerbPDFDraft), handle: s.reviewPaper, heavy: true},

		// 利害関係者の閲覧遮断
		{method: get, pattern: "/api/cases/{case}/bars", action: access.ActCaseEdit, audit: read(access.VerbCaseOpen), handle: s.barList},
		{method: post, pattern: "/api/cases/{case}/bars", action: access.ActCaseEdit, audit: written(access.VerbCaseBar), handle: s.barSet},
		{method: get, pattern: "/api/cases/{case}/discretions", action: access.ActCaseEdit, audit: read(access.VerbCaseOpen), handle: s.discretionList},
		{method: post, pattern: "/api/cases/{case}/discretions", action: access.ActCaseEdit, audit: written(access.VerbCaseDiscretion), handle: s.discretionSet},
		{method: post, pattern: "/api/cases/{case}/discretions/lift", action: access.ActCaseEdit, audit: written(access.VerbCaseDiscretionEnd), handle: s.discretionLift},
		{method: del, pattern: "/api/cases/{case}/bars/{id}", action: access.ActCaseEdit, audit: written(access.VerbCaseUnbar), handle: s.barRemove},

		// 緊急開示
		{method: get, pattern: "/api/emergencies", action: access.ActEmergencyRead, audit: read(access.VerbEmergencyRead), handle: s.emergencyMonth},
		{method: get, pattern: "/api/emergencies/export", action: access.ActEmergencyRead, audit: written(access.VerbEmergencyExport), handle: s.emergencyExport, heavy: true},
		{method: get, pattern: "/api/cases/{case}/emergencies", action: access.ActConsentRead, audit: read(access.VerbConsentRead), handle: s.emergencyList},
		{method: post, pattern: "/api/cases/{case}/emergencies", action: access.ActConsentRecord, audit: written(access.VerbEmergency), handle: s.emergencyBegin},
		{method: post, pattern: "/api/emergencies/{id}/confirm", action: access.ActConsentRecord, audit: written(access.VerbEmergencyConfirm), handle: s.emergencyConfirm},
		{method: post, pattern: "/api/emergencies/{id}/end", action: access.ActConsentRecord, audit: written(access.VerbEmergencyEnd), handle: s.emergencyEnd},

		// 緊急時の閲覧
		{method: get, pattern: "/api/glass", action: access.ActGlassRead, audit: read(access.VerbGlassList), handle: s.glassList},
		{method: post, pattern: "/api/glass", action: access.ActGlassBreak, audit: written(access.VerbGlassBreak), handle: s.glassBreak},
		{method: get, pattern: "/api/glass/own", action: access.ActGlassBreak, audit: silent("tells the asker what the asker did"), handle: s.glassOwn},
		{method: get, pattern: "/api/glass/alarm", action: access.ActGlassReview, audit: silent("tells who holds the record that somebody else read it: who and when, nothing of the case but its number"), handle: s.glassAlarm, unnoticed: true},
		{method: post, pattern: "/api/glass/{id}/end", action: access.ActGlassEnd, audit: written(access.VerbGlassEnd), handle: s.glassEnd},
		{method: post, pattern: "/api/glass/{id}/review", action: access.ActGlassReview, audit: written(access.VerbGlassReview), handle: s.glassReview},

		// 同意
		{method: get, pattern: "/api/cases/{case}/consents", action: access.ActConsentRead, audit: written(access.VerbConsentRead), handle: s.consentList},
		{method: post, pattern: "/api/cases/{case}/consents", action: access.ActConsentRecord, audit: written(access.VerbConsentRecord), handle: s.consentRecord},
		{method: get, pattern: "/api/consents/ending", action: access.ActConsentRead, audit: written(access.VerbConsentRead), handle: s.consentEnding},
		{method: get, pattern: "/api/consent-texts", action: access.ActConsentRead, audit: silent("the wording of the municipality's own form"), handle: s.consentTexts},
		{method: post, pattern: "/api/consent-texts", action: access.ActAdminister, audit: written(access.VerbConsentText), handle: s.consentTextSave},
		{method: get, pattern: "/api/cases/{case}/consents/form.pdf", action: access.ActConsentRecord, audit: written(access.VerbConsentPrint), handle: s.consentBlank, heavy: true},
		{method: get, pattern: "/api/consents/{id}/form.pdf", action: access.ActConsentRead, audit: written(access.VerbConsentPrint), handle: s.consentForm, heavy: true},
		{method: get, pattern: "/api/consents/{id}/receipt.pdf", action: access.ActConsentRead, audit: written(access.VerbConsentPrint), handle: s.consentReceipt, heavy: true},
		{method: get, pattern: "/api/consents/{id}/export", action: access.ActConsentRead, audit: written(access.VerbConsentExport), handle: s.consentExport, heavy: true},
		{method: post, pattern: "/api/consents/{id}/renew", action: access.ActConsentRecord, audit: written(access.VerbConsentRecord), handle: s.consentRenew},
		{method: post, pattern: "/api/consents/{id}/withdraw", action: access.ActConsentRecord, audit: written(access.VerbConsentWithdraw), handle: s.consentWithdraw},
		{method: post, pattern: "/api/files", action: access.ActConsentRecord, audit: written(access.VerbFilePut), handle: s.fileUpload, limit: uploadLimit, multipart: true},
		{method: get, pattern: "/api/files/{id}", action: access.ActFileRead, audit: written(access.VerbFileGet), handle: s.fileGet, heavy: true},

		// 画面の印刷
		{method: post, pattern: "/api/cases/{case}/prints", action: access.ActCaseRead, audit: read(access.VerbPagePrint), handle: s.printed},
		{method: post, pattern: "/api/plans/{plan}/prints", action: access.ActPlanRead, audit: read(access.VerbPagePrint), handle: s.printed},
		{method: post, pattern: "/api/meetings/{meeting}/prints", action: access.ActMeetingRead, audit: read(access.VerbPagePrint), handle: s.printed},

		// プラン
		{method: post, pattern: "/api/cases/{case}/plans", action: access.ActPlanCreate, audit: written(access.VerbPlanCreate), handle: s.planCreate},
		{method: get, pattern: "/api/plans/{plan}", action: access.ActPlanRead, audit: written(access.VerbPlanOpen), handle: s.planGet, glass: true},
		{method: post, pattern: "/api/plans/{plan}/answers", action: access.ActPlanAnswer, audit: written(access.VerbRoleAnswer), handle: s.planAnswer},
		{method: get, pattern: "/api/plans/{plan}/diff", action: access.ActPlanRead, audit: written(access.VerbPlanOpen), handle: s.planDiff},
		{method: get, pattern: "/api/plans/{plan}/pdf", action: access.ActPlanRead, audit: written(access.VerbPDFDraft), handle: s.planDraft, heavy: true},
		{method: get, pattern: "/api/plans/{plan}/matrix", action: access.ActPlanRead, audit: written(access.VerbMatrixTake), handle: s.planTable, heavy: true},

		// 会議
		{method: get, pattern: "/api/meeting-types", action: access.ActMeetingRead, audit: silent("names and rules of the kinds of meeting"), handle: s.meetingTypes},
		{method: get, pattern: "/api/meeting-types/versions", action: access.ActAdminister, audit: silent("names and rules of the kinds of meeting"), handle: s.meetingTypeVersions},
		{method: post, pattern: "/api/meeting-types/preview", action: access.ActAdminister, audit: silent("a paper of nobody, in a layout that is being written"), handle: s.meetingTypePreview, heavy: true},
		{method: post, pattern: "/api/meeting-types", action: access.ActAdminister, audit: written(access.VerbMeetingType), handle: s.meetingTypeSave},
		// 集計・地域課題
		{method: get, pattern: "/api/figures", action: access.ActFigures, scope: string(identity.TokenFigures), audit: written(access.VerbFigures), handle: s.figures, heavy: true},
		{method: get, pattern: "/api/figures/network", action: access.ActFigures, audit: written(access.VerbNetwork), handle: s.network, heavy: true},
		{method: get, pattern: "/api/figures/funnel", action: access.ActFigures, audit: written(access.VerbFigures), handle: s.figureFunnel, heavy: true},
		{method: get, pattern: "/api/figures/cases", action: access.ActFigures, audit: written(access.VerbFiguresCases), handle: s.figureCases, heavy: true},
		{method: get, pattern: "/api/figures/targets", action: access.ActFigures, audit: written(access.VerbFigures), handle: s.figureTargets},
		{method: put, pattern: "/api/figures/targets", action: access.ActFigures, audit: written(access.VerbFiguresTarget), handle: s.figureTargetsSave},
		{method: get, pattern: "/api/figures/file", action: access.ActFigures, scope: string(identity.TokenFigures), audit: written(access.VerbFiguresFile), handle: s.figuresFile, heavy: true},
		{method: get, pattern: "/api/local-issues", action: access.ActMeetingRead, audit: written(access.VerbLocalIssues), handle: s.localIssues, heavy: true},
		{method: put, pattern: "/api/meetings/{meeting}/local-issues/{id}", action: access.ActMeetingCreate, audit: written(access.VerbLocalIssueMark), handle: s.localIssueMark},
		// 社会資源台帳
		{method: post, pattern: "/api/places/search", action: access.ActPlaceRead, audit: silent("the register of places: no word of a person"), handle: s.placeSearch},
		{method: post, pattern: "/api/places/file", action: access.ActPlaceRead, audit: written(access.VerbPlaceFile), handle: s.placeFile, heavy: true},
		{method: post, pattern: "/api/places", action: access.ActPlaceKeep, audit: written(access.VerbPlaceSave), handle: s.placeSave},
		{method: get, pattern: "/api/places/{place}", action: access.ActPlaceRead, audit: written(access.VerbPlaceOpen), handle: s.placeGet},
		{method: put, pattern: "/api/places/{place}", action: access.ActPlaceKeep, audit: written(access.VerbPlaceSave), handle: s.placeSave},
		{method: post, pattern: "/api/places/{place}/days", action: access.ActPlaceKeep, audit: written(access.VerbPlaceDay), handle: s.placeDay},
		{method: del, pattern: "/api/places/{place}/days/{id}", action: access.ActPlaceKeep, audit: written(access.VerbPlaceDayDrop), handle: s.placeDayDrop},
		{method: post, pattern: "/api/places/{place}/links", action: access.ActPlaceKeep, audit: written(access.VerbPlaceLink), handle: s.placeLink},
		{method: put, pattern: "/api/places/{place}/links/{id}", action: access.ActPlaceKeep, audit: written(access.VerbPlaceResult), handle: s.placeResult},
		{method: post, pattern: "/api/places/{place}/cares", action: access.ActPlaceKeep, audit: written(access.VerbPlaceCare), handle: s.placeCare},

		// 参加支援
		{method: get, pattern: "/api/cases/{case}/joinings", action: access.ActJoining, audit: written(access.VerbJoiningOpen), handle: s.joiningBoard},
		{method: post, pattern: "/api/cases/{case}/joinings", action: access.ActJoining, audit: written(access.VerbJoiningSave), handle: s.joiningOpen},
		{method: put, pattern: "/api/cases/{case}/joinings/{id}", action: access.ActJoining, audit: written(access.VerbJoiningSave), handle: s.joiningSave},
		{method: post, pattern: "/api/cases/{case}/joinings/{id}/steps", action: access.ActJoining, audit: written(access.VerbJoiningStep), handle: s.joiningStep},
		{method: get, pattern: "/api/joinings", action: access.ActJoiningList, audit: written(access.VerbJoiningList), handle: s.joiningList},

		// 会議の進行
		{method: get, pattern: "/api/overdue", action: access.ActMeetingRead, audit: written(access.VerbOverdue), handle: s.overdue, heavy: true},
		{method: get, pattern: "/api/meetings", action: access.ActMeetingRead, audit: written(access.VerbMeetingList), handle: s.meetingList},
		{method: post, pattern: "/api/cases/{case}/meetings", action: access.ActMeetingCreate, audit: written(access.VerbMeetingCreate), handle: s.meetingCreate},
		{method: post, pattern: "/api/sittings", action: access.ActMeetingCreate, audit: written(access.VerbMeetingCreate), handle: s.sittingCreate},
		{method: get, pattern: "/api/meetings/{meeting}", action: access.ActMeetingRead, audit: written(access.VerbMeetingOpen), handle: s.meetingRoom},
		{method: post, pattern: "/api/meetings/{meeting}/acts", action: access.ActMeetingAct, audit: written(access.VerbMeetingAct), handle: s.meetingAct},
		{method: get, pattern: "/api/meetings/{meeting}/followup", action: access.ActMeetingRead, audit: written(access.VerbMeetingOpen), handle: s.followup},
		{method: get, pattern: "/api/meetings/{meeting}/carry", action: access.ActMeetingCarry, audit: written(access.VerbDocOpen), handle: s.carryList},
		{method: post, pattern: "/api/meetings/{meeting}/carry", action: access.ActMeetingCarry, audit: written(access.VerbMeetingCarry), handle: s.carry},
		{method: post, pattern: "/api/meetings/{meeting}/enter", action: access.ActMeetingRead, audit: written(access.VerbMeetingJoin), handle: s.meetingEnter},
		{method: get, pattern: "/api/meetings/{meeting}/guests", action: access.ActGuestInvite, audit: read(access.VerbMeetingOpen), handle: s.guestList},
		{method: post, pattern: "/api/meetings/{meeting}/guests", action: access.ActGuestInvite, audit: written(access.VerbGuestInvite), handle: s.guestInvite},
		{method: post, pattern: "/api/meetings/{meeting}/guests/{id}/admit", action: access.ActGuestInvite, audit: written(access.VerbGuestAdmit), handle: s.guestAdmit},
		{method: post, pattern: "/api/meetings/{meeting}/guests/carry", action: access.ActGuestInvite, audit: written(access.VerbGuestCarry), handle: s.guestCarry},
		{method: del, pattern: "/api/meetings/{meeting}/guests/{id}", action: access.ActGuestInvite, audit: written(access.VerbGuestRevoke), handle: s.guestRevoke},
		{method: get, pattern: "/api/meetings/{meeting}/invitation.ics", action: access.ActMeetingRead, audit: read(access.VerbMeetingOpen), handle: s.invitation},
		{method: get, pattern: "/api/meetings/{meeting}/minutes.pdf", action: access.ActMeetingRead, audit: written(access.VerbPDFDraft), handle: s.minutesDraft, heavy: true},
		{method: get, pattern: "/api/meetings/{meeting}/minutes/{n}.pdf", action: access.ActMeetingRead, audit: written(access.VerbPDFDraft), handle: s.minutesFile, heavy: true},

		{method: post, pattern: "/api/meetings/{meeting}/notice", action: access.ActMeetingCreate, audit: written(access.VerbNotice), handle: s.notice, heavy: true},
		{method: get, pattern: "/api/meetings/{meeting}/secrecy.pdf", action: access.ActMeetingRead, audit: written(access.VerbSecrecyPaper), handle: s.secrecyPaper, heavy: true},
		{method: get, pattern: "/api/meetings/{meeting}/handouts.pdf", action: access.ActMeetingRead, audit: written(access.VerbHandoverPaper), handle: s.handoverPaper, heavy: true},
		{method: get, pattern: "/api/meetings/{meeting}/attendance.pdf", action: access.ActMeetingRead, audit: written(access.VerbAttendancePaper), handle: s.attendancePaper, heavy: true},

		{method: post, pattern: "/api/meetings/{meeting}/tell", action: access.ActMeetingCreate, audit: written(access.VerbNoticeMeeting), handle: s.meetingTell},

		// 日程調整
		{method: get, pattern: "/api/meetings/{meeting}/dates", action: access.ActMeetingCreate, audit: read(access.VerbMeetingOpen), handle: s.datesGet},
		{method: put, pattern: "/api/meetings/{meeting}/dates", action: access.ActMeetingCreate, audit: written(access.VerbDates), handle: s.datesSet},
		{method: post, pattern: "/api/meetings/{meeting}/dates/links", action: access.ActMeetingCreate, audit: written(access.VerbDates), handle: s.datesRenew},
		{method: post, pattern: "/api/meetings/{meeting}/dates/fix", action: access.ActMeetingCreate, audit: written(access.VerbDates), handle: s.datesFix},
		{method: post, pattern: "/api/dates/check", action: access.ActPublic, audit: silent("tells whose secret link it is, and the times asked for"), handle: s.datesCheck},
		{method: post, pattern: "/api/dates/answer", action: access.ActPublic, audit: written(access.VerbDateAnswer), handle: s.datesAnswer},

		// 準備シート
		{method: get, pattern: "/api/meetings/{meeting}/prep", action: access.ActMeetingRead, audit: read(access.VerbMeetingOpen), handle: s.prepBoard},
		{method: get, pattern: "/api/meetings/{meeting}/prep.pdf", action: access.ActMeetingRead, audit: written(access.VerbPDFDraft), handle: s.prepPaper, heavy: true},

		// 資料
		{method: get, pattern: "/api/meetings/{meeting}/handouts", action: access.ActMeetingRead, audit: read(access.VerbMeetingOpen), handle: s.handoutList},
		{method: post, pattern: "/api/meetings/{meeting}/handouts", action: access.ActHandoutGive, audit: written(access.VerbHandoutGive), handle: s.handoutGive, limit: uploadLimit, multipart: true},
		{method: post, pattern: "/api/meetings/{meeting}/handouts/{id}/open", action: access.ActMeetingRead, audit: written(access.VerbHandoutOpen), handle: s.handoutOpen, heavy: true},
		{method: get, pattern: "/api/meetings/{meeting}/handouts/{id}/copy", action: access.ActMeetingRead, audit: written(access.VerbHandoutCopy), handle: s.handoutCopy, heavy: true},
		{method: del, pattern: "/api/meetings/{meeting}/handouts/{id}", action: access.ActHandoutGive, audit: written(access.VerbHandoutTakeBack), handle: s.handoutTakeBack},
		{method: get, pattern: "/api/handout-days", action: access.ActAdminister, audit: read(access.VerbAdminRead), handle: s.handoutDays},
		{method: put, pattern: "/api/handout-days", action: access.ActAdminister, audit: written(access.VerbHandoutDays), handle: s.handoutDaysSave},

		// 確定した文書
		{method: get, pattern: "/api/archive", action: access.ActArchiveRead, scope: string(identity.TokenArchive), audit: written(access.VerbArchiveList), handle: s.archiveList},
		{method: post, pattern: "/api/archive/search", action: access.ActArchiveRead, audit: written(access.VerbArchiveList), handle: s.archiveSearch, heavy: true},
		{method: get, pattern: "/api/archive/{id}/file", action: access.ActArchiveRead, audit: written(access.VerbArchiveDownload), handle: s.archiveFile, heavy: true},
		{method: get, pattern: "/api/cases/{case}/papers", action: access.ActPaperCopy, audit: read(access.VerbArchiveCopyDesk), handle: s.casePapers},
		{method: get, pattern: "/api/archive/{id}/copies", action: access.ActArchiveCopy, audit: read(access.VerbArchiveCopyDesk), handle: s.copyDesk},
		{method: post, pattern: "/api/archive/{id}/copies", action: access.ActArchiveCopy, audit: written(access.VerbArchiveCopy), handle: s.copyMake, limit: copyLimit, heavy: true},
		{method: post, pattern: "/api/archive/{id}/copies/preview", action: access.ActArchiveCopy, audit: written(access.VerbArchiveCopyRead), handle: s.copyPreview, limit: copyLimit, heavy: true},
		{method: get, pattern: "/api/archive/{id}/texts", action: access.ActArchiveCopy, audit: written(access.VerbArchiveCopyRead), handle: s.copyTexts, heavy: true},
		{method: post, pattern: "/api/archive/match", action: access.ActArchiveRead, audit: written(access.VerbArchiveMatch), handle: s.archiveMatch},
		{method: post, pattern: "/api/archive/match/file", action: access.ActArchiveRead, audit: written(access.VerbArchiveMatch), handle: s.archiveMatchFile, limit: uploadLimit, multipart: true},
		{method: get, pattern: "/api/archive/check", action: access.ActArchiveVerify, audit: read(access.VerbArchiveVerify), handle: s.archiveCheck},
		{method: post, pattern: "/api/archive/verify", action: access.ActArchiveVerify, audit: written(access.VerbArchiveVerify), handle: s.archiveVerify, heavy: true},
		{method: post, pattern: "/api/archive/package", action: access.ActArchiveKeep, audit: written(access.VerbArchiveExport), handle: s.archivePackage, heavy: true},

		// 処理: work that goes on in the background
		{method: get, pattern: "/api/jobs", action: access.ActJobs, audit: silent("times and counts of work: nothing of anybody"), handle: s.jobList, unnoticed: true},
		{method: get, pattern: "/api/jobs/{id}", action: access.ActJobs, audit: silent("times and counts of work: nothing of anybody"), handle: s.jobGet, unnoticed: true},
		{method: get, pattern: "/api/jobs/{id}/result", action: access.ActJobs, audit: written(access.VerbJobFetch), handle: s.jobResult, heavy: true},
		{method: post, pattern: "/api/jobs/{id}/stop", action: access.ActJobs, audit: written(access.VerbJobStop), handle: s.jobStop},
		{method: post, pattern: "/api/jobs/import", action: access.ActImport, audit: written(access.VerbJobStart), handle: s.jobImport, limit: tableLimit, multipart: true, heavy: true},
		{method: post, pattern: "/api/jobs/package", action: access.ActArchiveKeep, audit: written(access.VerbJobStart), handle: s.jobPackage, heavy: true},
		{method: post, pattern: "/api/jobs/verify", action: access.ActArchiveVerify, audit: written(access.VerbJobStart), handle: s.jobVerify, heavy: true},

		// 保存期間と廃棄
		{method: get, pattern: "/api/archive/classes", action: access.ActArchiveRead, audit: silent("the 文書分類表 of the municipality: no word of a case"), handle: s.archiveClasses},
		{method: put, pattern: "/api/archive/classes", action: access.ActArchiveKeep, audit: written(access.VerbArchiveClasses), handle: s.archiveClassesSave},
		{method: get, pattern: "/api/archive/ending", action: access.ActArchiveKeep, audit: read(access.VerbArchiveList), handle: s.archiveEnding},
		{method: get, pattern: "/api/archive/{id}/keeping", action: access.ActArchiveRead, audit: read(access.VerbArchiveList), handle: s.archiveKeeping},
		{method: post, pattern: "/api/archive/{id}/extend", action: access.ActArchiveKeep, audit: written(access.VerbArchiveExtend), handle: s.archiveExtend},
		{method: post, pattern: "/api/archive/{id}/holds", action: access.ActArchiveKeep, audit: written(access.VerbArchiveHold), handle: s.archiveHold},
		{method: post, pattern: "/api/archive/{id}/holds/{hold}/lift", action: access.ActArchiveKeep, audit: written(access.VerbArchiveLift), handle: s.archiveLift},
		{method: post, pattern: "/api/archive/{id}/correct", action: access.ActArchiveKeep, audit: written(access.VerbArchiveCorrect), handle: s.archiveCorrect},
		{method: get, pattern: "/api/disposals", action: access.ActArchiveKeep, audit: read(access.VerbArchiveList), handle: s.disposalList},
		{method: post, pattern: "/api/disposals", action: access.ActArchiveKeep, audit: written(access.VerbArchivePropose), handle: s.disposalPropose},
		{method: post, pattern: "/api/disposals/{id}/decide", action: access.ActArchiveKeep, audit: written(access.VerbArchiveDecide), handle: s.disposalDecide, heavy: true},
		{method: post, pattern: "/api/disposals/{id}/withdraw", action: access.ActArchiveKeep, audit: written(access.VerbArchiveWithdraw), handle: s.disposalWithdraw},

		// 監査: questions travel in bodies, because a name stands in some
		{method: get, pattern: "/api/audit/options", action: access.ActAuditRead, audit: read(access.VerbAuditList), handle: s.auditOptions},
		{method: post, pattern: "/api/audit/entries", action: access.ActAuditRead, audit: written(access.VerbAuditList), handle: s.auditEntries},
		{method: post, pattern: "/api/audit/export", action: access.ActAuditRead, audit: written(access.VerbAuditExport), handle: s.auditExport, heavy: true},
		{method: post, pattern: "/api/audit/seen", action: access.ActAuditRead, audit: written(access.VerbAuditSeen), handle: s.auditSeen, heavy: true},
		{method: post, pattern: "/api/audit/hours", action: access.ActAuditRead, audit: written(access.VerbAuditHours), handle: s.auditHours, heavy: true},
		{method: post, pattern: "/api/audit/mass", action: access.ActAuditRead, audit: written(access.VerbAuditMass), handle: s.auditMass, heavy: true},
		{method: post, pattern: "/api/audit/monthly", action: access.ActAuditRead, audit: written(access.VerbAuditMonthly), handle: s.auditMonthly, heavy: true},
		{method: post, pattern: "/api/audit/searches", action: access.ActAuditRead, audit: written(access.VerbAuditSearches), handle: s.auditSearches, heavy: true},
		{method: put, pattern: "/api/audit/settings", action: access.ActAuditRead, audit: written(access.VerbAuditSettings), handle: s.auditSettings},
		{method: post, pattern: "/api/cases/{case}/persons/{id}/seen", action: access.ActSeenRead, audit: written(access.VerbAuditSeen), handle: s.personSeen},

		// 漏えい等
		{method: get, pattern: "/api/incidents", action: access.ActIncident, audit: read(access.VerbIncidentList), handle: s.incidentForm, heavy: true},
		{method: post, pattern: "/api/incidents", action: access.ActIncident, audit: written(access.VerbIncidentExport), handle: s.incidentExport, heavy: true},
	}
}
