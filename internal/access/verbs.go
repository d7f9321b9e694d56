package access

// verbLabels says each verb in the words of the office. Every verb has one: a test reads the constants.
var verbLabels = map[Verb]string{
	VerbSignIn:            "サインイン",
	VerbSignInFailed:      "サインインの失敗",
	VerbSignOut:           "サインアウト",
	VerbLock:              "離席ロック",
	VerbUnlock:            "離席ロックの解除",
	VerbSessionEnd:        "サインインの終了(本人の別の端末・管理者)",
	VerbPassword:          "パスワードの変更",
	VerbFactorAdd:         "二要素認証の登録",
	VerbFactorRemove:      "二要素認証の削除",
	VerbSubjectBind:       "認証基盤の利用者との結び付け",
	VerbSignInRules:       "サインインの決まりの変更",
	VerbGuestAdmit:        "待合室からの入室の許可",
	VerbLocked:            "サインインの停止(失敗が続いた)",
	VerbSetup:             "市町村の登録",
	VerbAgencySave:        "機関の登録・変更",
	VerbUserSave:          "利用者の登録・変更",
	VerbGuestInvite:       "招待リンクの発行",
	VerbGuestEnter:        "招待リンクからの入室",
	VerbGuestFailed:       "招待リンクの確認の失敗",
	VerbGuestRevoke:       "招待リンクの取消し",
	VerbGuestCarry:        "招待した人を次の案件に引き継いだ",
	VerbGuestMove:         "招待リンクの期限の変更(会議の日の変更)",
	VerbCaseCreate:        "ケースの受付",
	VerbCaseList:          "ケースの一覧・検索",
	VerbCaseOpen:          "ケースを開いた",
	VerbCaseUpdate:        "ケースの段階の変更",
	VerbPersonSave:        "世帯員の登録・変更",
	VerbMemberAdd:         "構成機関の追加",
	VerbMemberRemove:      "構成機関の解除",
	VerbCaseBar:           "利害関係者の閲覧遮断",
	VerbCaseUnbar:         "閲覧遮断の解除",
	VerbCaseDiscretion:    "本人に非開示",
	VerbCaseDiscretionEnd: "本人に非開示の解除",
	VerbEmergency:         "緊急開示",
	VerbEmergencyConfirm:  "緊急開示の確認(2人目)",
	VerbEmergencyEnd:      "緊急開示の終了",
	VerbEmergencyRead:     "緊急開示の月次一覧を見た",
	VerbEmergencyExport:   "緊急開示の月次一覧を書き出した",
	VerbGlassBreak:        "緊急時の閲覧の開始",
	VerbGlassEnd:          "緊急時の閲覧の終了",
	VerbGlassReview:       "緊急時の閲覧の事後確認",
	VerbGlassList:         "緊急時の閲覧の一覧を見た",
	VerbConsentRecord:     "同意の記録",
	VerbConsentWithdraw:   "同意の撤回",
	VerbConsentRead:       "同意の記録を見た",
	VerbConsentPrint:      "同意書・撤回届・控えを印刷した",
	VerbConsentExport:     "同意の記録を書き出した",
	VerbConsentText:       "同意書の文面の版を加えた",
	VerbGateDenied:        "同意の範囲外のため見せなかった",
	VerbDocOpen:           "文書を開いた",
	VerbDocLog:            "文書への入力",
	VerbDocHistory:        "変更の履歴を見た",
	VerbDocRestore:        "文書を前の版に戻した",
	VerbPlanCreate:        "プランの作成",
	VerbPlanOpen:          "プランを開いた",
	VerbPlanFreeze:        "プランの固定",
	VerbPlanReopen:        "プランの編集の再開",
	VerbRoleAnswer:        "役割の引受の回答",
	VerbMeetingType:       "会議種別の設定の変更",
	VerbNotice:            "開催通知の作成",
	VerbDates:             "日程調整",
	VerbDateAnswer:        "日程調整のリンクからの回答",
	VerbMeetingCreate:     "会議の招集",
	VerbMeetingList:       "会議の一覧",
	VerbMeetingOpen:       "会議を開いた(画面)",
	VerbMeetingAct:        "会議での操作",
	VerbMeetingCarry:      "支援会議からの引き継ぎ",
	VerbMeetingJoin:       "会議への入室",
	VerbMeetingLeave:      "会議からの退室",
	VerbPagePrint:         "画面の印刷",
	VerbPDFDraft:          "案のPDFの作成・印刷",
	VerbSeal:              "文書の確定・保存",
	VerbArchiveList:       "確定した文書の一覧・検索",
	VerbArchiveDownload:   "確定した文書の受取り",
	VerbArchiveVerify:     "改ざんの点検",
	VerbArchiveMatch:      "原本照合",
	VerbArchiveExport:     "記録の引渡しの書出し",
	VerbArchiveClasses:    "文書分類表の変更",
	VerbArchiveExtend:     "保存期間の延長",
	VerbArchiveHold:       "廃棄の停止",
	VerbArchiveLift:       "廃棄の停止の解除",
	VerbArchivePropose:    "廃棄の起案",
	VerbArchiveWithdraw:   "廃棄の起案の取下げ",
	VerbArchiveDecide:     "廃棄の決裁",
	VerbArchiveDispose:    "文書の廃棄",
	VerbFilePut:           "証憑の登録",
	VerbFileGet:           "証憑の受取り",
	VerbFileReseal:        "証憑の暗号鍵の変更",
	VerbHandoutGive:       "資料の配付",
	VerbHandoutOpen:       "資料の閲覧",
	VerbHandoutCopy:       "資料の写しの受取り",
	VerbHandoutTakeBack:   "資料の回収",
	VerbHandoutDays:       "資料回収の日数の変更",
	VerbAdminRead:         "利用者の一覧を見た",
	VerbAuditList:         "監査ログを見た",
	VerbAuditExport:       "監査ログの書出し",
	VerbAuditSeen:         "「誰が見たか」を調べた",
	VerbAuditHours:        "時間外の閲覧を調べた",
	VerbAuditMass:         "大量閲覧を調べた",
	VerbAuditMonthly:      "月別の集計を見た",
	VerbAuditSearches:     "検索した人を調べた",
	VerbAuditSettings:     "監査の設定の変更",
	VerbIncidentExport:    "漏えい等の報告の書出し",
	VerbIncidentList:      "漏えい等の報告の一覧を見た",
}

// Label is the verb in Japanese; of a verb that is not known, the verb itself: an old log stays readable.
func (v Verb) Label() string {
	if l := verbLabels[v]; l != "" {
		return l
	}
	return string(v)
}

// Known tells whether the verb is one of ours.
func (v Verb) Known() bool { return verbLabels[v] != "" }

// Verbs lists every verb, in no order.
func Verbs() []Verb {
	out := make([]Verb, 0, len(verbLabels))
	for v := range verbLabels {
		out = append(out, v)
	}
	return out
}
