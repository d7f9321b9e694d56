// Written by `make openapi` from the types the server reads and writes. Do not edit.

/** Agency (支援関係機関). */
export interface AccessAgency {
  active: boolean
  /** Addresses (CIDR) its people may sign in from; empty: anywhere. Told to administrators only. */
  addresses?: string[]
  /** 機関区分 code, see sheets */
  category: string
  /** a section of the municipality itself */
  city: boolean
  /** Contact (担当者) and Phone: whom to call. Told to administrators and those who hold the record. */
  contact?: string
  id: string
  name: string
  phone?: string
  /** label of a matrix column, ≤ 8 characters */
  short: string
}

/** Role is a default right of domain.md §3.1. A user may hold several. */
export type AccessRole = string

/** User is a person with an account; the account belongs to one agency. */
export interface AccessUser {
  agencyId: string
  disabled: boolean
  id: string
  kana: string
  login: string
  name: string
  /** 職 */
  post: string
  roles: AccessRole[]
}

/** Verb names what happened in the audit log (監査ログ); stable, dotted, without personal data. */
export type AccessVerb = string

/** Check (夜間の照合) is what the pass over everything sealed found, which goes on by itself every night. */
export interface ArchiveCheck {
  at: string
  checked: number
  entries: number
  ok: boolean
  /** the first 100 */
  problems: ArchiveProblem[]
  tookMs: number
}

/** Class (文書分類) is a line of the 文書分類表. The table is data of the municipality (文書管理規程), with typical values to begin with. */
export interface ArchiveClass {
  id: string
  /** the records that fall into it; none: it is only listed */
  kinds: ArchiveKind[]
  name: string
  /** 根拠 */
  note: string
  /** 起算日 */
  rule: ArchiveRule
  /** Source: 会議録 and 支援プラン of this class carry their 元データ from the next sealing on (PDF/A-3a); without it every file is PDF/A-2a. */
  source?: boolean
  /** 保存年限; 0 with RuleNone */
  years: number
}

/** Class (文書分類) is a line of the 文書分類表. The table is data of the municipality (文書管理規程), with typical values to begin with. */
export interface ArchiveClassAsked {
  id?: string
  /** the records that fall into it; none: it is only listed */
  kinds?: ArchiveKind[] | null
  name?: string
  /** 根拠 */
  note?: string
  /** 起算日 */
  rule?: ArchiveRule
  /** Source: 会議録 and 支援プラン of this class carry their 元データ from the next sealing on (PDF/A-3a); without it every file is PDF/A-2a. */
  source?: boolean
  /** 保存年限; 0 with RuleNone */
  years?: number
}

/** DisposalState (廃棄の段階) of a proposal. */
export type ArchiveDisposalState = string

/** DisposalView is a disposal as the screen shows it. */
export interface ArchiveDisposalView {
  certificate: string
  decidedAt: string | null
  decidedBy: string
  id: string
  mayDecide: boolean
  mayWithdraw: boolean
  method: string
  note: string
  proposedAt: string
  proposedBy: string
  reason: string
  records: ArchiveLine[]
  state: ArchiveDisposalState
  stateLabel: string
}

/** Extension (延長) keeps a record longer than its class says. */
export interface ArchiveExtension {
  at: string
  by: string
  id: string
  reason: string
  /** the new last day */
  until: string
}

/** Hold (廃棄の停止) keeps a record from being disposed of while it is not lifted: a disclosure request, a lawsuit, an inquiry. A record may have several at once. */
export interface ArchiveHold {
  at: string
  by: string
  id: string
  liftReason: string
  liftedAt: string | null
  liftedBy: string
  reason: string
}

/** KeptLine (保存の状態) is a record with everything about its keeping, for the screen. */
export interface ArchiveKeptLine {
  caseNumber: string
  contentSha256: string
  /** 訂正: the newest version, when that is another one */
  correctedBy: number
  /** a 訂正 is under way */
  correcting: boolean
  disposed: boolean
  expired: boolean
  /** 満了日, with every 延長 */
  expiresOn: string
  extended: boolean
  extensions: ArchiveExtension[]
  fileName: string
  /** 廃棄の停止 in force */
  held: number
  holds: ArchiveHold[]
  /** "" for a draft */
  id: string
  kind: ArchiveKind
  kindLabel: string
  /** 後の版: 文書番号 of the plan or matrix that takes the place of this one */
  later: string
  mayCorrect: boolean
  mayKeep: boolean
  meetingId: string
  number: string
  pages: number
  proposed: string
  retention: string
  /** of a draft: when it was made */
  sealedAt: string
  sha256: string
  /** 電子署名, in words */
  signature: string
  size: number
  /** 起算日 */
  startsOn: string
  state: ArchiveState
  stateLabel: string
  title: string
  version: number
  /** Versions of the same paper, the newest first. */
  versions: ArchiveVersionLine[]
  /** 満了日 is not known while the case runs */
  waiting: boolean
}

/** Kind (文書の種別) of a record. */
export type ArchiveKind = string

/** Line is a record as a list shows it. */
export interface ArchiveLine {
  caseNumber: string
  contentSha256: string
  /** 訂正: the newest version, when that is another one */
  correctedBy: number
  /** a 訂正 is under way */
  correcting: boolean
  disposed: boolean
  expired: boolean
  /** 満了日, with every 延長 */
  expiresOn: string
  extended: boolean
  fileName: string
  /** 廃棄の停止 in force */
  held: number
  /** "" for a draft */
  id: string
  kind: ArchiveKind
  kindLabel: string
  /** 後の版: 文書番号 of the plan or matrix that takes the place of this one */
  later: string
  mayCorrect: boolean
  meetingId: string
  number: string
  pages: number
  retention: string
  /** of a draft: when it was made */
  sealedAt: string
  sha256: string
  /** 電子署名, in words */
  signature: string
  size: number
  /** 起算日 */
  startsOn: string
  state: ArchiveState
  stateLabel: string
  title: string
  version: number
  /** 満了日 is not known while the case runs */
  waiting: boolean
}

/** Matched (原本照合) is the answer: what the file is, and what is in force. */
export interface ArchiveMatched {
  /** 文書番号 the file says of itself, "" when it says none */
  claims: string
  /** the newest sealed version of the same paper, when it is another one */
  newest: ArchiveLine | null
  outcome: ArchiveOutcome
  /** what it is; of an altered file, what it claims to be */
  record: ArchiveLine | null
  sha256: string
  /** Signature is what was found of the signature of the file: of one that was sent here, or of a record that is kept. Nil: nothing was looked at. */
  signature: SealChecked | null
}

/** Named is a code with its name. */
export interface ArchiveNamed {
  id: string
  name: string
}

/** Outcome (照合の結果) of holding a file against what is kept. */
export type ArchiveOutcome = string

/** Problem is one thing that is not as it was sealed. */
export interface ArchiveProblem {
  /** "" when it is not a file */
  fileName: string
  from: number
  /** Japanese */
  message: string
  /** 文書番号, "" when it is not a record */
  number: string
  /** Where: the kind of the row, and the first and the last it can be. */
  part: AuditPart
  to: number
}

/** Proposal is what a person writes to propose a disposal. */
export interface ArchiveProposalAsked {
  method?: string
  reason?: string
  records?: string[] | null
}

/** Report is the outcome of a verification. */
export interface ArchiveReport {
  /** records */
  checked: number
  /** of the audit log */
  entries: number
  ok: boolean
  problems: ArchiveProblem[]
  /** of the one record that was asked for */
  signature?: SealChecked
  signatures: ArchiveSignatures
}

/** Rule (起算日の決まり) says from which day the years count. */
export type ArchiveRule = string

/** Signatures (電子署名の件数) is how many records of a verification are signed. */
export interface ArchiveSignatures {
  /** the roots were there: whose the signatures are was looked at */
  known: boolean
  /** with a right signature */
  signed: number
  /** of these with a time stamp */
  stamped: number
  /** StampsKnown says that the roots of the time-stamp authority were there. */
  stampsKnown: boolean
  /** sealed without one, and saying so */
  unsigned: number
}

/** State (状態) of a record. */
export type ArchiveState = string

/** TableView is the table as the screen shows it. */
export interface ArchiveTableView {
  classes: ArchiveClass[]
  kinds: ArchiveNamed[]
  maySave: boolean
  rules: ArchiveNamed[]
  version: number
}

/** VersionLine (版) is a version of a paper, for the list on the screen. */
export interface ArchiveVersionLine {
  /** the version that corrects it, 0 for the newest */
  correctedBy: number
  disposed: boolean
  id: string
  number: string
  sealedAt: string
  sha256: string
  version: number
}

/** Part (箇所の種類) says in what a finding lies. */
export type AuditPart = string

/** AgainInput is a 再受付 as a new case: who of the household it is about, and why. */
export interface CasesAgainInputAsked {
  /** ids in the former case */
  persons?: string[] | null
  reason?: string
}

/** Bar (利害関係者の閲覧遮断) keeps one member of the staff from a case, whatever their role: a relative, a neighbour, a party of a dispute. The case is not there for them: in no list, search, document, file or record. */
export interface CasesBar {
  at: string
  by: string
  reason: string
  userId: string
}

/** Case (ケース) is one household's matter: several persons, several agencies. */
export interface CasesCase {
  id: string
  /** ケースID: K2026-0001, 年度+連番, never reused */
  number: string
  /** 受付日 */
  openedAt: string
  openedBy: string
  stage: CasesStage
  updatedAt: string
  version: number
}

/** CaseLink is the other case of a 再受付, as a reader may see it. */
export interface CasesCaseLink {
  at: string
  caseId: string
  number: string
  /** Reason is for who holds the record. */
  reason?: string
  stage: CasesStage
  stageLabel: string
}

/** Closing is what stands about a 終結 to come. */
export interface CasesClosing {
  /** an agreed plan wants its 評価 */
  agreed: boolean
  /** and has it */
  evaluated: boolean
  /** who has accepted */
  lead: string
  /** a plan wants 終結後の主担当, or a reason */
  planned: boolean
}

/** Course (段階の経過) is how a case has gone through its stages, as one reader may see it. */
export interface CasesCourse {
  /** Closing is what 終結 wants here, for who holds the record. */
  closing?: CasesClosing
  daysLate: number
  /** Former and Later are the cases of a 再受付 that the reader has to do with too. */
  former?: CasesCaseLink
  later: CasesCaseLink[]
  /** MayScreen: the actor may record a スクリーニング now. */
  mayScreen: boolean
  /** Screenings and Steps, newest first. */
  screenings: CasesScreeningLine[]
  stage: CasesStage
  steps: CasesStepLine[]
  /** Until and DaysLate are of the 中断 that lasts; DaysLate counts from 再開予定日 on. */
  until: string
  version: number
  /** Withheld: reasons are kept from the reader (同意範囲外). */
  withheld: boolean
}

/** DecisionLine is a 起案 with what the reader may do. */
export interface CasesDecisionLine {
  at: string
  byName: string
  byPost: string
  id: string
  /** in order of the steps */
  marks: CasesDecisionMark[]
  mayMark: boolean
  mayVoid: boolean
  note: string
  /** Past: it was of an earlier stage of the case and counts no more. */
  past: boolean
  state: CasesDecisionState
  stateLabel: string
  /** whose turn it is */
  step: string
  steps: string[]
}

/** DecisionMark is what one hand said. */
export interface CasesDecisionMark {
  at: string
  byName: string
  byPost: string
  n: number
  reason: string
  verdict: CasesVerdict
}

/** DecisionState (起案の状態). */
export type CasesDecisionState = string

/** DecisionView is 支援決定 of a case for who holds the record. */
export interface CasesDecisionView {
  /** Decided: the case may go to 支援決定. */
  decided: boolean
  decisions: CasesDecisionLine[]
  mayDraft: boolean
  /** as they are set now; none: no 決裁 is needed */
  steps: string[]
}

/** Detail is a case as one actor may see it. */
export interface CasesDetail {
  /** End is how the case was last told as ended; those who hold the record see it. */
  end?: CasesEnd
  /** Holder: the actor holds the record and may change case, persons and members. */
  holder: boolean
  id: string
  members: CasesMember[] | null
  /** stages the case may go to now */
  next: CasesStage[]
  /** ケースID: K2026-0001, 年度+連番, never reused */
  number: string
  /** 受付日 */
  openedAt: string
  openedBy: string
  persons: CasesPersonCard[] | null
  stage: CasesStage
  stageLabel: string
  updatedAt: string
  version: number
}

/** Discretion (本人に非開示) says that one class of information about a person must not reach the person or the household: a 虐待通報, what somebody else has told. Staff who may see it see it as before; whatever is made for the person asks ToPerson. */
export interface CasesDiscretion {
  at: string
  by: string
  item: ConsentItem
  /** "" = the household */
  personId: string
  reason: string
}

/** End (終結の記録) says how a case was told as ended: who comes after (終結後の主担当), or why nobody had accepted that. */
export interface CasesEnd {
  at: string
  byName: string
  id: string
  /** agency that had accepted to be 終結後の主担当; "" none */
  leadId: string
  /** why it ended without one */
  reason: string
}

/** FollowupInput is a フォローアップ as planned. */
export interface CasesFollowupInputAsked {
  agencyId?: string
  dueOn?: string
}

/** FollowupLine is one as a reader may see it. */
export interface CasesFollowupLine {
  agencyId: string
  agencyName: string
  daysLate: number
  doneBy: string
  doneOn: string
  dueOn: string
  id: string
  mayDo: boolean
  methodLabel: string
  note: string
  resultLabel: string
  state: CasesFollowupState
  /** Withheld: what was heard is out of the consent for the reader (同意範囲外). */
  withheld: boolean
}

/** FollowupState says where a フォローアップ stands. */
export type CasesFollowupState = string

/** HeardInput is what was heard; Drop takes the plan back instead. NextOn plans the next one. */
export interface CasesHeardInputAsked {
  doneOn?: string
  drop?: boolean
  method?: string
  nextOn?: string
  note?: string
  result?: string
}

/** ItemView is one chip. */
export interface CasesItemView {
  allow: boolean
  item: ConsentItem
  label: string
  reason: ConsentReason
  reasonLabel: string
  /** 同意書番号 */
  record?: string
}

/** LateFollowup is a フォローアップ whose day is over. Dates and names of agencies alone. */
export interface CasesLateFollowup {
  agencyName: string
  caseId: string
  caseNumber: string
  days: number
  dueOn: string
}

/** MarkInput is what is said on a 起案. N is the step the actor saw. */
export interface CasesMarkInputAsked {
  n?: number
  reason?: string
  verdict?: CasesVerdict
}

/** Member (関わる機関) is an agency's membership of a case. */
export interface CasesMember {
  agencyId: string
  caseId: string
  /** how it is involved, one line */
  note: string
  since: string
  until?: string
}

/** NewCase is what is needed to open a case (受付). */
export interface CasesNewCaseAsked {
  /** 関わる機関: first members */
  agencies?: string[] | null
  /** 受付日, ISO date; "" = today */
  openedAt?: string
  /** the household; at least one with Subject */
  persons?: CasesPersonInputAsked[] | null
}

/** Paused is a case in 中断 whose 再開予定日 has come or gone. */
export interface CasesPaused {
  caseId: string
  caseNumber: string
  days: number
  /** ISO day */
  since: string
  until: string
}

/** Person (世帯員). Name and kana are 基本情報 and kept exactly as entered; everything else about a person lives in section documents, one per item class. */
export interface CasesPerson {
  /** AddressSecret: 住所秘匿(DV等支援措置). */
  addressSecret: boolean
  /** 通称・別名 */
  alias?: string
  /** ISO date, may be partial ("1944", "1944-05") or "" */
  birth: string
  caseId: string
  id: string
  kana: string
  name: string
  ord: number
  /** 続柄: 本人, 母, 長男 … */
  relation: string
  /** 男 / 女 / その他 / 不明・回答しない */
  sex: string
  /** Subject: 本人 of the support (consent subject of the plan); a case may have several. */
  subject: boolean
  updatedAt: string
  /** WithheldFrom (特定機関に非開示): ids of agencies that get nothing of this person, whatever consent or meeting says. */
  withheldFrom?: string[]
}

/** PersonCard is a person as one actor may see it. When Hidden, only id, order, subject flag and, where nothing but consent is missing, the initial are filled. */
export interface CasesPersonCard {
  /** AddressSecret: 住所秘匿(DV等支援措置). */
  addressSecret: boolean
  /** 通称・別名 */
  alias?: string
  /** ISO date, may be partial ("1944", "1944-05") or "" */
  birth: string
  caseId: string
  hidden: boolean
  id: string
  /** first letter of the kana */
  initial: string
  kana: string
  name: string
  ord: number
  reason: ConsentReason
  reasonLabel: string
  /** 続柄: 本人, 母, 長男 … */
  relation: string
  /** 男 / 女 / その他 / 不明・回答しない */
  sex: string
  /** Subject: 本人 of the support (consent subject of the plan); a case may have several. */
  subject: boolean
  updatedAt: string
  /** WithheldFrom (特定機関に非開示): ids of agencies that get nothing of this person, whatever consent or meeting says. */
  withheldFrom?: string[]
}

/** PersonInput is one 世帯員 as entered. Names are kept exactly. */
export interface CasesPersonInputAsked {
  addressSecret?: boolean
  alias?: string
  birth?: string
  /** "" = new */
  id?: string
  kana?: string
  name?: string
  ord?: number
  relation?: string
  sex?: string
  subject?: boolean
  withheldFrom?: string[] | null
}

/** PersonView is one line of a View. */
export interface CasesPersonView {
  items: CasesItemView[]
  personId: string
}

/** ScreeningInput is a スクリーニング as recorded. */
export interface CasesScreeningInputAsked {
  confirmedOn?: string
  day?: string
  grounds?: string[] | null
  reason?: string
  result?: string
  to?: string
  /** of the case, as the actor saw it */
  version?: number
}

/** ScreeningLine is a スクリーニング with its words. */
export interface CasesScreeningLine {
  agencyName: string
  at: string
  byName: string
  /** つなぎ確認日 */
  confirmedOn: string
  /** スクリーニング実施日, ISO */
  day: string
  groundLabels: string[]
  /** why 多機関協働 is needed, of the list trouble */
  grounds: string[]
  /** Past: it was of an earlier インテーク, or a newer one has taken its place. */
  past: boolean
  reason: string
  result: string
  resultLabel: string
  /** つなぎ先 of ② */
  to: string
}

/** Section (世帯員の記録) is one document of sheet fields: one person (or the household) and one item class. */
export interface CasesSection {
  /** wire name; "" when it may not be read */
  doc: string
  item: ConsentItem
  label: string
  /** NotToPerson: it must not reach the person (本人に非開示). Said to who may read it. */
  notToPerson?: boolean
  personId: string
  read: boolean
  /** why not, see live.Rights */
  reason?: string
  /** 「同意範囲外」 … */
  reasonLabel?: string
  /** Used: something was written in it. Said to who may read it. */
  used?: boolean
  write: boolean
}

/** Stage (段階) of a case in the flow of domain.md §2.2. */
export type CasesStage = string

/** StageInput is where a case is moved to. */
export interface CasesStageInputAsked {
  /** 中断の理由, 終結の理由 */
  code?: string
  /** Reason says more; of a 終結 it says why there is no 終結後の主担当. */
  reason?: string
  stage?: CasesStage
  /** 再開予定日 */
  until?: string
  /** the one the actor saw */
  version?: number
}

/** StepLine is a Step with its words. */
export interface CasesStepLine {
  agencyName: string
  at: string
  byName: string
  code: string
  codeLabel: string
  from: CasesStage
  fromLabel: string
  reason: string
  to: CasesStage
  toLabel: string
  until: string
}

/** Verdict is what is said at one step of a 決裁. */
export type CasesVerdict = string

/** Anonymous (匿名版の確認) is what somebody has to decide before a 匿名版 is made. */
export interface CasesheetsAnonymous {
  doubts: PapersDoubt[]
  sum: string
}

/** AnonymousWish asks for a 匿名版, for 研修 and 事例検討. */
export interface CasesheetsAnonymousWishAsked {
  /** pdf, xlsx, csv, csv932 */
  as?: string
  /** the doubts to put in other words */
  hide?: PapersMarkAsked[] | null
  sum?: string
}

/** Change (変わる欄) is a field that was changed on the sheet. */
export interface CasesheetsChange {
  cell: string
  /** Conflict: it was changed in the record as well since the sheet went out. */
  conflict: boolean
  /** names it in the order to take it in */
  key: string
  label: string
  /** on the sheet */
  new: string
  notes: string[]
  /** in the record */
  now: string
  section: string
  sheet: string
  /** when the sheet went out; what stands there now, where that is not known */
  was: string
  who: string
}

/** Preview (確認) is what a sheet that came back would change. */
export interface CasesheetsPreview {
  changes: CasesheetsChange[]
  /** that were read */
  fields: number
  /** More is how many troubles are not listed. */
  more: number
  /** Plan is the hash of what would be done: it is sent back with the order to do it. */
  plan: string
  title: string
  troubles: CasesheetsTrouble[]
}

/** Refused is one of them. */
export interface CasesheetsRefused {
  label: string
  message: string
  who: string
}

/** Taken (取込の結果) is what came of it. */
export interface CasesheetsTaken {
  /** Refused are the fields that could not be written at that moment, with the reason. */
  refused: CasesheetsRefused[]
  /** fields */
  written: number
}

/** Trouble (エラー・注意) is what keeps a cell out, or is worth knowing of it (Note). */
export interface CasesheetsTrouble {
  cell: string
  label: string
  message: string
  note: boolean
  sheet: string
  value: string
  who: string
}

/** Care (受け入れ側への支援) is what was done for those who take people in; nothing of the people. */
export interface CommunityCare {
  agencyName: string
  body: string
  byName: string
  day: string
  id: string
  /** code of join_method */
  method: string
  methodLabel: string
}

/** CareInput is a care as it is written. */
export interface CommunityCareInputAsked {
  body?: string
  day?: string
  method?: string
}

/** Day (活動日) is how many people came to a place on a day. */
export interface CommunityDay {
  at: string
  byName: string
  /** こども */
  children: number
  /** ISO */
  day: string
  /** 高齢 */
  elder: number
  id: string
  note: string
  /** 現役 */
  working: number
  /** 若者 */
  young: number
}

/** DayInput is an activity day as it is written. */
export interface CommunityDayInputAsked {
  /** こども */
  children?: number
  day?: string
  /** 高齢 */
  elder?: number
  note?: string
  /** 現役 */
  working?: number
  /** 若者 */
  young?: number
}

/** Detail is a place as one reader sees it. */
export interface CommunityDetail {
  address: string
  /** 担当機関 */
  agencyId: string
  agencyName: string
  at: string
  byName: string
  capacity: number | null
  /** for those who write about the place */
  cares: CommunityCare[]
  /** of the organisation */
  contact: string
  /** newest first */
  days: CommunityDay[]
  /** 圏域・地区 */
  district: string
  /** codes of resource_field: 介護, 障害, 子ども, 困窮 */
  fields: string[]
  /** 開催・利用時間 */
  hours: string
  id: string
  /** the 地域課題 it was made of, if the reader may read that */
  issue: string
  /** Keep: the reader writes about this place. Link: brings people there. */
  keep: boolean
  /** code of resource_kind */
  kind: string
  /** 緯度, nil = not known */
  lat: number | null
  link: boolean
  /** that the reader may see */
  links: CommunityLinkLine[]
  /** 経度 */
  lng: number | null
  /** counts its changes, from 1 */
  n: number
  name: string
  note: string
  state: CommunityState
  /** of the 年度 that runs and the one before */
  tally: CommunityTally[]
  /** 受け入れ条件 */
  terms: string
}

/** Input is a place as it is written. */
export interface CommunityInputAsked {
  address?: string
  agencyId?: string
  capacity?: number | null
  contact?: string
  district?: string
  fields?: string[] | null
  hours?: string
  /** of a new place that is made of a 地域課題 */
  issueMeeting?: string
  issueNote?: string
  kind?: string
  lat?: number | null
  lng?: number | null
  /** of the place as it was seen; 0 of a new one */
  n?: number
  name?: string
  note?: string
  state?: CommunityState
  terms?: string
}

/** IssuePlace is a resource that was made of a 地域課題. */
export interface CommunityIssuePlace {
  id: string
  name: string
  state: CommunityState
  stateLabel: string
}

/** LinkInput is a link as it is written. */
export interface CommunityLinkInputAsked {
  caseId?: string
  personId?: string
  role?: CommunityRole
  since?: string
}

/** LinkLine is a link with what the reader may do with it. */
export interface CommunityLinkLine {
  agencyId: string
  agencyName: string
  byName: string
  /** "" = 住民 */
  caseId: string
  caseNumber: string
  id: string
  mayResult: boolean
  n: number
  name: string
  personId: string
  placeId: string
  result: CommunityResult
  resultLabel: string
  resultOn: string
  role: CommunityRole
  roleLabel: string
  /** ISO */
  since: string
}

/** Page is a part of the register. */
export interface CommunityPage {
  /** in the register */
  all: number
  /** that are written in the register */
  districts: string[]
  mayAdd: boolean
  /** as a file */
  mayTake: boolean
  pages: number
  places: CommunityPlace[]
  /** that match */
  total: number
}

/** Place (社会資源) is one place or resource of the area. */
export interface CommunityPlace {
  address: string
  /** 担当機関 */
  agencyId: string
  agencyName: string
  at: string
  byName: string
  capacity: number | null
  /** of the organisation */
  contact: string
  /** 圏域・地区 */
  district: string
  /** codes of resource_field: 介護, 障害, 子ども, 困窮 */
  fields: string[]
  /** 開催・利用時間 */
  hours: string
  id: string
  /** code of resource_kind */
  kind: string
  /** 緯度, nil = not known */
  lat: number | null
  /** 経度 */
  lng: number | null
  /** counts its changes, from 1 */
  n: number
  name: string
  note: string
  state: CommunityState
  /** 受け入れ条件 */
  terms: string
}

/** Query narrows the register. */
export interface CommunityQueryAsked {
  district?: string
  field?: string
  kind?: string
  /** from 0 */
  page?: number
  /** a part of name, district, address, hours, contact, terms or note */
  q?: string
  /** "" = all but 終了, "all" = all */
  state?: string
}

/** Result (結果) is what became of a link. */
export type CommunityResult = string

/** ResultInput says what became of a link. */
export interface CommunityResultInputAsked {
  n?: number
  result?: CommunityResult
  resultOn?: string
}

/** Role (役割) is what somebody is at a place. */
export type CommunityRole = string

/** State (状態) is how far a resource is. */
export type CommunityState = string

/** Tally (年度の合計) is what came together in a 年度. */
export interface CommunityTally {
  /** こども */
  children: number
  days: number
  /** 高齢 */
  elder: number
  name: string
  /** 現役 */
  working: number
  year: number
  /** 若者 */
  young: number
}

/** Agent (代理) is by which right somebody consented in the person's place. */
export interface ConsentAgent {
  kind: ConsentAgentKind
  /** 代理権の範囲 */
  power?: string
  /** 代理の理由 */
  reason?: string
  /** 続柄 */
  relation?: string
}

/** Agent (代理) is by which right somebody consented in the person's place. */
export interface ConsentAgentAsked {
  kind?: ConsentAgentKind
  /** 代理権の範囲 */
  power?: string
  /** 代理の理由 */
  reason?: string
  /** 続柄 */
  relation?: string
}

/** AgentKind is the legal position of an Agent. */
export type ConsentAgentKind = string

/** Basis is the legal ground of a disclosure without consent (根拠). */
export type ConsentBasis = string

/** BoardRow is one person's line. */
export interface ConsentBoardRow {
  asked: boolean
  askedAt?: string
  askedBy?: string
  /** how many records (explanations) there are */
  attempts: number
  birth: string
  /** whole days until it ends; 0 when not in force */
  daysLeft: number
  /** Explained: every explanation, newest first (誰に・いつ・どう説明したか). */
  explained: ConsentExplained[]
  from?: string
  kana: string
  /** under 18 today: 親権者の同意を確認 */
  minor: boolean
  name: string
  number?: string
  personId: string
  purposes?: ConsentPurpose[]
  recordId?: string
  relation: string
  /** id of the record that can be renewed now */
  renewable?: string
  /** Scope is what may be given to which agency now, withdrawals taken off. */
  scope?: Record<string, ConsentItem[]>
  /** effective now; StateNotExplained when there is no record */
  state: ConsentState
  stateLabel: string
  subject: boolean
  until?: string
}

/** Care (配慮) is what was done so that the person could understand. The codes are those of the list explain_how of the forms. */
export type ConsentCare = string

/** Details (記録の内訳) are the fields that belong to one way of giving consent, to somebody who acted for the person, and to the explanation. A record keeps only the parts of the method and the grantor it names. */
export interface ConsentDetails {
  agent?: ConsentAgent
  explanation: ConsentExplanation
  oral?: ConsentOral
  phone?: ConsentPhone
  scribe?: ConsentScribe
}

/** Details (記録の内訳) are the fields that belong to one way of giving consent, to somebody who acted for the person, and to the explanation. A record keeps only the parts of the method and the grantor it names. */
export interface ConsentDetailsAsked {
  agent?: ConsentAgentAsked | null
  explanation?: ConsentExplanationAsked
  oral?: ConsentOralAsked | null
  phone?: ConsentPhoneAsked | null
  scribe?: ConsentScribeAsked | null
}

/** Emergency (緊急開示) shows an agency of the case, without consent, what it needs at once: items of persons, for hours, on a legal basis, with a reason. A second holder of the record stands for it within a day, or it lapses. It lifts consent and nothing else: 住所秘匿, 特定機関に非開示, membership and the rules of a 支援会議 stay. */
export interface ConsentEmergency {
  agency: string
  agencyId: string
  at: string
  basis: ConsentBasis
  by: string
  byName: string
  caseId: string
  confirmedAt: string | null
  confirmedBy: string
  confirmedName: string
  /** Count is how many persons they are, also for who is not told which. */
  count: number
  endedAt: string | null
  endedBy: string
  id: string
  items: ConsentItem[]
  /** Number of the case and name of the agency, as the lists show them. */
  number: string
  persons: string[]
  reason: string
  until: string
}

/** EmergencyInput is an emergency as entered. */
export interface ConsentEmergencyInputAsked {
  agencyId?: string
  basis?: ConsentBasis
  hours?: number
  items?: ConsentItem[] | null
  persons?: string[] | null
  reason?: string
}

/** Ending (期限の近い同意) is a consent that ends soon, or has ended and was not renewed. The list shows initials, not names. */
export interface ConsentEnding {
  caseId: string
  caseNumber: string
  /** calendar days in Japan to the last day covered; negative once it is over */
  daysLeft: number
  expired: boolean
  initial: string
  number: string
  personId: string
  recordId: string
  relation: string
  subject: boolean
  until: string
}

/** Explained is one explanation to a person and what came of it. */
export interface ConsentExplained {
  /** nil: it could not be explained (確認不能) */
  at?: string
  by?: string
  /** 配慮, in words */
  care?: string[]
  note?: string
  number: string
  recordId: string
  /** what the person said then */
  state: ConsentState
  stateLabel: string
  /** 説明の方法, in words */
  way?: string
}

/** Explanation (説明の方法と配慮) is how the text was explained. */
export interface ConsentExplanation {
  /** 配慮 */
  care?: ConsentCare[]
  /** 同席した家族 */
  family?: string
  /** 通訳者 */
  interpreter?: string
  /** 通訳の言語 */
  language?: string
  /** 説明の方法 */
  way?: ConsentWay
}

/** Explanation (説明の方法と配慮) is how the text was explained. */
export interface ConsentExplanationAsked {
  /** 配慮 */
  care?: ConsentCare[] | null
  /** 同席した家族 */
  family?: string
  /** 通訳者 */
  interpreter?: string
  /** 通訳の言語 */
  language?: string
  /** 説明の方法 */
  way?: ConsentWay
}

/** Finding is what the review found (事後確認の結果). */
export type ConsentFinding = string

/** FormText (同意書の文面) is the text a person was shown, as versioned data. A record keeps version and hash, so that what was agreed to can be shown word by word later. Texts are never changed: a change is a new version. */
export interface ConsentFormText {
  /** やさしい日本語 */
  easy: string[]
  /** 適用開始日, ISO date */
  effectiveFrom: string
  paragraphs: string[]
  title: string
  version: string
  /** how consent is taken back */
  withdraw: string
}

/** GlassInput is a glass as entered. Minutes 0 means the usual hour. */
export interface ConsentGlassInputAsked {
  basis?: ConsentBasis
  minutes?: number
  number?: string
  reason?: string
}

/** Grantor (同意者) is who gave consent for the person. */
export type ConsentGrantor = string

/** Input is a consent record as entered. */
export interface ConsentInputAsked {
  caseId?: string
  copyGivenAt?: string | null
  details?: ConsentDetailsAsked
  /** EvidenceFile and EvidenceSHA256 come from package files. */
  evidenceFile?: string
  evidenceSha256?: string
  explainHow?: string
  explainedAt?: string
  explainedBy?: string
  /** hash of the text that was shown; must be that of a known form version */
  formHash?: string
  forms?: string[] | null
  /** ISO date: first day covered; "" = day of explanation */
  from?: string
  grantor?: ConsentGrantor
  grantorDoc?: string
  grantorName?: string
  grantorNote?: string
  method?: ConsentMethod
  methodNote?: string
  others?: ConsentItem[] | null
  personId?: string
  purposeNote?: string
  purposes?: ConsentPurpose[] | null
  scope?: Record<string, ConsentItem[] | null>
  /** any JSON */
  signature?: unknown
  sources?: string[] | null
  state?: ConsentState
  /** ISO date: last day covered (inclusive, as printed on the form) */
  until?: string
}

/** Item is one class of information (情報の項目) that consent can grant or withhold. A document holds exactly one. */
export type ConsentItem = string

/** KeptText (保存された文面) is a version of the consent text as it is kept: once per municipality, with its number and hash. Records name the hash, so that what was signed can be shown word by word. The name of the person is no part of the text. */
export interface ConsentKeptText {
  /** Altered: the kept text no longer has its hash. It was changed behind Kasane's back. */
  altered?: boolean
  hash: string
  keptAt: string
  /** user id */
  keptBy?: string
  /** 第n版, counted per municipality */
  no: number
  /** written by the municipality, not built in */
  own: boolean
  text: ConsentFormText
}

/** Method (方法) is how consent was given. */
export type ConsentMethod = string

/** Mode (会議の法的な形) is the legal mode in which information is read. */
export type ConsentMode = string

/** Notice (申し出の方法) is how a person took their consent back. */
export type ConsentNotice = string

/** Oral (口頭) is consent or refusal by word of mouth. */
export interface ConsentOral {
  /** 日時 */
  at: string
  /** 聴取者 */
  hearer: string
  /** 場所 */
  place: string
  /** 立会者 */
  witness: string
  /** 発言要旨 */
  words: string
}

/** Oral (口頭) is consent or refusal by word of mouth. */
export interface ConsentOralAsked {
  /** 日時 */
  at?: string
  /** 聴取者 */
  hearer?: string
  /** 場所 */
  place?: string
  /** 立会者 */
  witness?: string
  /** 発言要旨 */
  words?: string
}

/** Phone (電話) is consent or refusal on the telephone. */
export interface ConsentPhone {
  /** 日時 */
  at: string
  /** 聴取者 */
  hearer: string
  /** 本人確認の方法 */
  identified: string
  /** 発言要旨 */
  words: string
}

/** Phone (電話) is consent or refusal on the telephone. */
export interface ConsentPhoneAsked {
  /** 日時 */
  at?: string
  /** 聴取者 */
  hearer?: string
  /** 本人確認の方法 */
  identified?: string
  /** 発言要旨 */
  words?: string
}

/** Purpose (目的) is what the information may be used for. */
export type ConsentPurpose = string

/** Reason is a stable code for an answer; its label is for people. */
export type ConsentReason = string

/** Record (同意書) is one person's consent: which agencies may receive which items for which purposes, from when until when. It is never edited; a change is a new record, a withdrawal is added beside it. */
export interface ConsentRecord {
  caseId: string
  /** 本人控え交付 */
  copyGivenAt?: string
  details: ConsentDetails
  /** Evidence: an uploaded sheet (file id and SHA-256) or the strokes of a screen signature. */
  evidenceFile?: string
  evidenceSha256?: string
  /** how the explanation went, free text */
  explainHow?: string
  explainedAt: string
  /** name of the person who explained */
  explainedBy: string
  /** SHA-256 of the consent text shown; the text itself is kept once (KeptText) */
  formHash: string
  formVersion: string
  /** Forms (記録形態): codes of sheets.RecordForms. */
  forms?: string[]
  from: string
  grantor: ConsentGrantor
  /** 確認書類: how the grantor's identity or representation was checked */
  grantorDoc?: string
  /** GrantorName where the grantor is not the person; by which right they act stands in Details.Agent. GrantorNote is free text. */
  grantorName?: string
  grantorNote?: string
  id: string
  /** Method and how it was explained. */
  method: ConsentMethod
  /** free text; in records from before Details it holds listener, scribe and so on */
  methodNote?: string
  /** 同意書番号 */
  number: string
  /** Others: items for 「その他会議が必要と認める機関」, agencies not named in Scope. A separate box on the form, off by default. */
  others?: ConsentItem[]
  personId: string
  purposeNote?: string
  purposes: ConsentPurpose[] | null
  recordedAt: string
  recordedBy: string
  /** id of the record this one renews (更新) */
  renews?: string
  /** Scope: agency id → items that agency may receive (提供先機関 × 情報の項目). What is not listed is withheld. */
  scope: Record<string, ConsentItem[]>
  /** [[{x,y,t}…]…], 0..1 coordinates */
  signature?: unknown
  /** Sources (提供元機関): the agencies whose information this is; empty means the holder of the case. */
  sources?: string[]
  state: ConsentState
  /** exclusive: the first instant no longer covered */
  until: string
  withdrawals?: ConsentWithdrawal[]
}

/** RenewInput is what a renewal (更新) asks anew: the explanation, the person's answer and the period. Everything else is taken over from the record that ends, without what was withdrawn from it. */
export interface ConsentRenewInputAsked {
  copyGivenAt?: string | null
  details?: ConsentDetailsAsked
  /** EvidenceFile and EvidenceSHA256 come from package files. */
  evidenceFile?: string
  evidenceSha256?: string
  explainHow?: string
  explainedAt?: string
  explainedBy?: string
  formHash?: string
  from?: string
  method?: ConsentMethod
  methodNote?: string
  recordId?: string
  /** any JSON */
  signature?: unknown
  until?: string
}

/** ReviewInput is a review as entered. */
export interface ConsentReviewInputAsked {
  finding?: ConsentFinding
  note?: string
}

/** Scribe (代筆) is who wrote the sheet for somebody who cannot write. */
export interface ConsentScribe {
  /** 代筆者 */
  name: string
  /** 理由 */
  reason: string
  /** 続柄 */
  relation: string
  /** 立会人 */
  witness: string
}

/** Scribe (代筆) is who wrote the sheet for somebody who cannot write. */
export interface ConsentScribeAsked {
  /** 代筆者 */
  name?: string
  /** 理由 */
  reason?: string
  /** 続柄 */
  relation?: string
  /** 立会人 */
  witness?: string
}

/** State (同意の状態) of a record as written down; expiry and withdrawal are derived at the time of asking. */
export type ConsentState = string

/** TextInput is a new version of the text, as a municipality writes it. */
export interface ConsentTextInputAsked {
  easy?: string[] | null
  /** 適用開始日, ISO date */
  effectiveFrom?: string
  paragraphs?: string[] | null
  title?: string
  withdraw?: string
}

/** Way (説明の方法) is where and by what means it was explained. */
export type ConsentWay = string

/** WithdrawInput is a withdrawal as entered. Empty Agencies and Items mean everything. */
export interface ConsentWithdrawInputAsked {
  agencies?: string[] | null
  /** EvidenceFile and EvidenceSHA256 are the scan of the 撤回届, from package files. */
  evidenceFile?: string
  how?: ConsentNotice
  items?: ConsentItem[] | null
  note?: string
  /** ReceivedBy (受付者): "" = the actor. Told (周知先): agencies that were told. */
  receivedBy?: string
  recordId?: string
  told?: string[] | null
}

/** Withdrawal (撤回) of a record in whole or part. Empty Agencies and Items mean everything. */
export interface ConsentWithdrawal {
  agencies?: string[]
  at: string
  /** user id of the one who recorded it */
  by: string
  byName: string
  /** EvidenceFile and EvidenceSHA256 are the scan of the 撤回届, from package files. */
  evidenceFile?: string
  evidenceSha256?: string
  how?: ConsentNotice
  id: string
  items?: ConsentItem[]
  note?: string
  /** ReceivedBy (受付者) is who took the words of the person, where it was not the one who recorded it. */
  receivedBy?: string
  recordId: string
  /** Told (周知先): the agencies that were told. */
  told?: string[]
}

/** Anonymous is what somebody has to decide before a 匿名版 is made. */
export interface CopiesAnonymous {
  doubts: PapersDoubt[]
  sum: string
}

/** CasePapers (文書の写し) is what there is of a case for a 開示請求: everything that is printed and is no sealed record. */
export interface CopiesCasePapers {
  caseNumber: string
  papers: CopiesPaperLine[]
}

/** Choice is something to choose from on the screen. */
export interface CopiesChoice {
  id: string
  label: string
  /** why it cannot be chosen */
  why?: string
}

/** Copy (写し) is the line that remains of a copy. The file itself is not kept. */
export interface CopiesCopy {
  agencyId?: string
  agencyName?: string
  at: string
  byName: string
  kind: CopiesKind
  kindLabel: string
  look?: PapersLook
  /** places and grounds, no text */
  marks?: PapersMark[]
  /** 1, 2, 3 … of its record */
  n: number
  pages: number
  /** 本人, 長男 …: no name, for the line outlives the record */
  person?: string
  personId?: string
  purpose: string
  sha256: string
  sum?: string
}

/** Desk is what the screen of a record's copies shows. */
export interface CopiesDesk {
  agencies: CopiesChoice[]
  copies: CopiesCopy[]
  grounds: CopiesChoice[]
  kinds: CopiesChoice[]
  looks: CopiesChoice[]
  number: string
  /** who gets a 本人交付版: 本人 first */
  persons: CopiesChoice[]
  title: string
}

/** Hint (墨塗りの候補) is a group of places that a 開示請求 usually asks about: it proposes, and people decide. */
export interface CopiesHint {
  ground: PapersGround
  id: string
  label: string
  marks: PapersMark[]
}

/** Kind (写しの種類) of a copy. */
export type CopiesKind = string

/** PaperKind (文書の種類) of a paper of a case that is no sealed record: what stands in it is what the case says now. */
export type CopiesPaperKind = string

/** PaperLine is a paper of a case in the list of what copies can be made of. */
export interface CopiesPaperLine {
  /** in the place of the id of a record */
  id: string
  kind: CopiesPaperKind
  kinds: CopiesChoice[]
  /** of which day, of whom */
  note: string
  title: string
}

/** Place is a range of characters (code points) of one printed text. */
export interface CopiesPlaceAsked {
  from?: number
  no?: number
  to?: number
}

/** Texts is a record as it prints, for the marks of a 開示用 copy and the decisions of a 匿名版. */
export interface CopiesTexts {
  /** Anonymous is what has to be decided for a 匿名版. */
  anonymous: CopiesAnonymous
  /** marks of the newest 開示用 copy, when they still fit */
  before: PapersMark[]
  hints: CopiesHint[]
  sum: string
  texts: PapersPrinted[]
}

/** Wish is what somebody asks for. */
export interface CopiesWishAsked {
  /** 機関別: for whom */
  agencyId?: string
  /** 匿名版: the doubts to hide; the others stay */
  hide?: CopiesPlaceAsked[] | null
  kind?: CopiesKind
  /** 本人交付版: 通常, ふりがな, やさしい日本語, 大きな字 */
  look?: PapersLook
  /** 開示用 */
  marks?: PapersMarkAsked[] | null
  /** 本人交付版: for whom; "" is the one 本人 of the case */
  personId?: string
  /** 目的, in words; kept with the copy */
  purpose?: string
  /** 開示用, 匿名版: of the texts that were looked at */
  sum?: string
  /** 開示用 without a mark (隠す所なし): why nothing has to be hidden */
  unmarked?: string
}

/** Aim (目標を決められる項目) is a figure that can have a target. */
export interface FiguresAim {
  definition: string
  figure: string
  group: string
  label: string
  programme: FiguresProgramme
  /** named by the guidelines of the 実施計画 */
  suggested: boolean
  unit: FiguresUnit
  value: number | null
}

/** Aims are the targets of a 年度, with every figure that can have one. */
export interface FiguresAims {
  aims: FiguresAim[]
  name: string
  year: number
  years: number[]
}

/** Drilled (内訳) are the cases behind a number, a page of them. */
export interface FiguresDrilled {
  definition: string
  lines: FiguresLine[]
  /** From of the page after this one; 0 there is none */
  next: number
  title: string
  total: number
}

/** Figure (集計項目) is one line: a value for each month of the 年度, April first, and one for the year, which is not always their sum. */
export interface FiguresFigure {
  definition: string
  /** the cases behind it can be listed */
  drill: boolean
  id: string
  label: string
  /** nil: nothing to say, or still to come */
  months: (number | null)[]
  /** of the target, in percent */
  rate?: number
  /** ★ likely to be asked for by the state */
  reported: boolean
  target?: number
  unit: FiguresUnit
  year: number | null
}

/** Funnel (どこで止まっているか) is how many cases came to each stage in a 年度 or one of its months, how many stand there now, and how long it takes. */
export interface FiguresFunnel {
  at: string
  /** 0 is April; nil the whole year */
  month: number | null
  name: string
  stages: FiguresFunnelStage[]
  year: number
  years: number[]
}

/** FunnelStage (段階ごとの流れ) is how cases go through one stage. */
export interface FiguresFunnelStage {
  /** of those, the median */
  days: number | null
  /** cases that came to it in the span, each once */
  entered: number
  label: string
  /** stays that ended in the span */
  left: number
  /** of those for thirty days or more */
  long: number
  /** cases that stand in it now */
  now: number
  stage: CasesStage
  /** since when, in days: the median */
  waiting: number | null
}

/** Group (分類) is a part of the table. */
export interface FiguresGroup {
  figures: FiguresFigure[]
  programme: FiguresProgramme
  title: string
}

/** Line (内訳の1件) is a case behind a figure: number and first letters, never a name. */
export interface FiguresLine {
  caseId: string
  caseNumber: string
  /** how long it has stood in its stage */
  days?: number
  initials: string
  opened: string
  stageLabel: string
  /** how often it is counted */
  times: number
}

/** Network (機関のつながり) is who works with whom over all cases. */
export interface FiguresNetwork {
  at: string
  nodes: FiguresNode[]
  ties: FiguresTie[]
  /** of the つなぎ */
  year: string
}

/** Node (機関) is one agency in the picture. */
export interface FiguresNode {
  /** running cases it works in */
  cases: number
  /** of those, 辞退 */
  declined: number
  /** Dumps (丸投げの心配): it has left most of what it handed over. */
  dumps: boolean
  id: string
  /** Left (つないだ後に抜けた): of the つなぎ it gave and the other accepted, those in whose case it works no longer. */
  left: number
  name: string
  /** つなぎ it was given */
  received: number
  /** つなぎ it gave, withdrawn ones left out */
  sent: number
  short: string
  /** of those, without an answer */
  waiting: number
  /** agencies it shares one of them with */
  with: number
}

/** Programme is one of the five 事業 of the scheme, whose single subsidy is reported on as a whole (一体的実施). */
export type FiguresProgramme = string

/** Row of a distribution. Stuck, of the stages, are those in which nothing moved for 30 days. */
export interface FiguresRow {
  count: number
  label: string
  stuck?: number
}

/** Share (内訳) is a distribution. */
export interface FiguresShare {
  definition: string
  drill: boolean
  id: string
  /** ★ */
  reported: boolean
  rows: FiguresRow[]
  title: string
  total: number
  unit: FiguresUnit
}

/** Table (集計表) is the figures of a 年度. */
export interface FiguresTable {
  /** Answers are the choices made in the sheets, by field. */
  answers: FiguresShare[]
  at: string
  groups: FiguresGroup[]
  /** 4月 … 3月 */
  months: string[]
  /** 令和8年度（2026年度） */
  name: string
  /** more sheets are still to be read */
  reading: boolean
  shares: FiguresShare[]
  year: number
  /** of which there is something, newest first */
  years: number[]
}

/** TargetChange changes one: what its writer saw, and what it is to be; nil is none. */
export interface FiguresTargetChangeAsked {
  figure?: string
  value?: number | null
  was?: number | null
}

/** Tie (つながり) is between two agencies, the lesser id first. */
export interface FiguresTie {
  a: string
  b: string
  /** running cases both work in */
  cases: number
  /** つなぎ between them, either way */
  referrals: number
}

/** Unit (単位) is what a figure counts. */
export type FiguresUnit = string

/** File (証憑) is an uploaded sheet: what is known about it without its bytes. */
export interface FilesFile {
  caseId: string
  createdAt: string
  createdBy: string
  id: string
  /** as uploaded, never normalised; for display and the download's file name only */
  name: string
  purpose: FilesPurpose
  /** lower hex, of the plain file */
  sha256: string
  /** bytes of the plain file */
  size: number
  /** recognised by content, never what the client claimed */
  type: string
}

/** Purpose says what a file is for. */
export type FilesPurpose = string

/** AgencyRow (一覧の行) is what a line of a table says about a 関係機関. An empty field leaves what is there. */
export interface FirstrunAgencyRowAsked {
  category?: string
  city?: boolean
  /** 担当者 */
  contact?: string
  name?: string
  phone?: string
  short?: string
}

/** LogoView says that there is a mark, and how large. */
export interface FirstrunLogoView {
  height: number
  stamp: string
  width: number
}

/** Looked is a table that was looked at; nothing of it is kept. */
export interface FirstrunLooked {
  /** without headings: the usual order was taken */
  bare: boolean
  rows: FirstrunLookedRow[]
  sheet: string
  /** headings that are understood */
  taken: string[]
  /** headings that are not */
  unused: string[]
}

/** LookedRow is a row as it was understood. */
export interface FirstrunLookedRow {
  category: string
  city: boolean
  /** 担当者 */
  contact: string
  /** as the spreadsheet counts */
  line: number
  name: string
  phone: string
  problems: FirstrunRowProblem[]
  /** Said is the 種別・分野 as it was written, Category what was understood. */
  said: string
  short: string
  state: FirstrunRowState
}

/** RowProblem is what is wrong with a field of a row. */
export interface FirstrunRowProblem {
  field: string
  message: string
}

/** RowState says what saving a row would do. */
export type FirstrunRowState = string

/** Step (段階) is one of the seven. Stable: stored. */
export type FirstrunStep = string

/** StepState is a step as the screens show it. */
export interface FirstrunStepState {
  at: string | null
  byName: string
  done: boolean
  id: FirstrunStep
}

/** Town (自治体) is what a municipality says of itself. */
export interface FirstrunTownAsked {
  /** 全国地方公共団体コード, 6 digits; "" = not said */
  code?: string
  name?: string
  /** Since (利用を始める年度) begins in April of that year; 0 = not said. */
  since?: number
}

/** TownView is a Town with what the screens show beside it. */
export interface FirstrunTownView {
  /** 全国地方公共団体コード, 6 digits; "" = not said */
  code: string
  logo: FirstrunLogoView | null
  name: string
  prefecture: string
  /** Since (利用を始める年度) begins in April of that year; 0 = not said. */
  since: number
  /** to choose Since from */
  years: FirstrunYear[]
}

/** Way is how far a municipality has come. */
export interface FirstrunWay {
  aside: boolean
  /** Asking: the screens of 管理 go on naming it. */
  asking: boolean
  done: number
  steps: FirstrunStepState[]
}

/** Year is a 年度 to choose. */
export interface FirstrunYear {
  name: string
  year: number
}

/** Desk is what the page of the forms shows. */
export interface FormsDesk {
  /** the newest change, to go on from, as it would look */
  draft: SheetsDraft
  today: string
  versions: FormsVersion[]
}

/** Version (様式の版) is one published change. */
export interface FormsVersion {
  at: string
  byName: string
  change: SheetsAmendment
  /** counts the changes of the municipality */
  n: number
}

/** CodeKind (コードの種類) says which list a code is of. */
export type GaijiCodeKind = string

/** Input is what is registered. Without a picture the one that is there stays. */
export interface GaijiInputAsked {
  code?: string
  codeKind?: GaijiCodeKind
  /** of the letter as it was seen; 0 of a new one */
  n?: number
  note?: string
  picture?: string
  reading?: string
  retired?: boolean
  text?: string
}

/** Letter (外字) is one character with its drawing. */
export interface GaijiLetter {
  at: string
  by: string
  byName: string
  code: string
  codeKind: GaijiCodeKind
  id: string
  /** counts its changes, from 1 */
  n: number
  /** 備考: where the drawing is from */
  note?: string
  /** PNG, as Picture makes it */
  picture: string
  /** よみ, hiragana */
  reading: string
  retired?: boolean
  /** as it is written in texts: a character, or one with a variation selector */
  text: string
}

/** Deed says how a hand-out was received. */
export type HandoutsDeed = string

/** Line is a hand-out as one reader may see it. */
export interface HandoutsLine {
  agendaId: string
  at: string
  by: string
  byAgency: string
  id: string
  item: ConsentItem
  itemLabel: string
  name: string
  personId: string
  /** empty for guests and observers */
  receipts: HandoutsReceipt[]
  sha256: string
  size: number
  type: string
}

/** List is what one reader sees of the hand-outs of a meeting. */
export interface HandoutsList {
  /** the reader may take copies */
  copies: boolean
  /** 閉会 + n 日 */
  days: number
  /** 回収済み, for this reader */
  ended: boolean
  /** after 閉会 */
  endsAt?: string
  handouts: HandoutsLine[]
  mayGive: boolean
  /** 同意範囲外 */
  withheld: number
}

/** Receipt is a line of the 資料受渡簿. Names are as known at that time. */
export interface HandoutsReceipt {
  agencyId: string
  agencyName: string
  at: string
  deed: HandoutsDeed
  id: string
  userId: string
  userName: string
}

/** AgencyInput is what an administrator says about an agency. */
export interface IdentityAgencyInputAsked {
  /** nil: active */
  active?: boolean | null
  /** Addresses its people may come from, as people write them; empty: from anywhere. */
  addresses?: string[] | null
  category?: string
  city?: boolean
  /** 担当者 */
  contact?: string
  name?: string
  phone?: string
  short?: string
}

/** Colleague (会議に出られる職員) is what somebody who prepares a meeting sees of an account: nothing to sign in with, no roles. */
export interface IdentityColleague {
  agencyId: string
  id: string
  name: string
  post: string
}

/** DemoAccount is an account of the demo, offered openly on its sign-in page. Such accounts exist in demo municipalities only. */
export interface IdentityDemoAccount {
  agency: string
  hint: string
  login: string
  name: string
  password: string
  roleLabel: string
}

/** Enrolment (認証アプリの登録) is shown once, to be read by an authenticator app. Secrets: never logged. */
export interface IdentityEnrolment {
  /** PNG of the URL */
  qr: string
  /** base32 in groups of four, to be typed where there is no camera */
  secret: string
  /** otpauth:// */
  url: string
}

/** Entry is what the guest confirms before anything of the meeting is shown. */
export interface IdentityEntryAsked {
  agency?: string
  name?: string
  pin?: string
  /** 守秘義務の確認 */
  secrecy?: boolean
  token?: string
}

/** FactorKind is a way to do the second step of a sign-in (二要素認証). */
export type IdentityFactorKind = string

/** MadeToken is told once. */
export interface IdentityMadeToken {
  record: IdentityToken
  /** the secret: never again */
  token: string
}

/** OpenSession (サインイン中の端末) is what the owner of a session, or an administrator, is shown of it. */
export interface IdentityOpenSession {
  createdAt: string
  device: string
  id: string
  ip: string
  lastSeen: string
  locked: boolean
  /** the one that asks */
  this: boolean
}

/** OwnFactor is what its owner sees of a factor. */
export interface IdentityOwnFactor {
  createdAt: string
  id: string
  kind: IdentityFactorKind
  /** recovery: codes that are left */
  left: number
  name: string
  usedAt: string | null
}

/** PasskeyAsk is what the browser needs for a sign-in with a passkey. State is sealed and comes back with the answer: nothing is stored for somebody who is nobody yet. */
export interface IdentityPasskeyAsk {
  /** any JSON */
  options: unknown
  state: string
}

/** Rules (サインインの決まり) are what a municipality decides about signing in. */
export interface IdentityRules {
  /** Copies: agencies that are no section of the city may take PDFs and print pages; each copy carries name, agency and time. */
  copies: boolean
  /** FactorRoles must sign in with a second factor (二要素認証). */
  factorRoles: AccessRole[]
  /** IdleLockMinutes without touching the PC until the screen is covered (離席ロック); 0 = never. */
  idleLockMinutes: number
  /** Lobby: guests wait until the chair lets them in (待合室). */
  lobby: boolean
  /** MeetingLockMinutes is the same on the pages of a meeting, where people listen more than they type. */
  meetingLockMinutes: number
  /** OneSession ends the other sessions of a person who signs in. */
  oneSession: boolean
  /** PasswordMin is the least number of characters of a new password. */
  passwordMin: number
}

/** Rules (サインインの決まり) are what a municipality decides about signing in. */
export interface IdentityRulesAsked {
  /** Copies: agencies that are no section of the city may take PDFs and print pages; each copy carries name, agency and time. */
  copies?: boolean
  /** FactorRoles must sign in with a second factor (二要素認証). */
  factorRoles?: AccessRole[] | null
  /** IdleLockMinutes without touching the PC until the screen is covered (離席ロック); 0 = never. */
  idleLockMinutes?: number
  /** Lobby: guests wait until the chair lets them in (待合室). */
  lobby?: boolean
  /** MeetingLockMinutes is the same on the pages of a meeting, where people listen more than they type. */
  meetingLockMinutes?: number
  /** OneSession ends the other sessions of a person who signs in. */
  oneSession?: boolean
  /** PasswordMin is the least number of characters of a new password. */
  passwordMin?: number
}

/** SetupInput is the first form of a new installation. */
export interface IdentitySetupInputAsked {
  agency?: string
  code?: string
  kana?: string
  login?: string
  municipality?: string
  name?: string
  password?: string
}

/** Token (連携用トークン) is a row without the token itself. */
export interface IdentityToken {
  /** CIDR; [] = those of the agency */
  addresses: string[]
  agencyId: string
  /** as it is called now */
  agencyName: string
  at: string
  byName: string
  /** 失効させた日時 */
  endedAt: string | null
  expiresAt: string
  id: string
  /** the system it is for */
  name: string
  scopes: IdentityTokenScope[]
  /** to a minute */
  usedAt: string | null
  usedIp: string
}

/** TokenChoice is a scope as the form offers it. */
export interface IdentityTokenChoice {
  /** for agencies of the municipality only */
  city: boolean
  id: IdentityTokenScope
  label: string
}

/** TokenDesk is the page of tokens. */
export interface IdentityTokenDesk {
  maxDays: number
  scopes: IdentityTokenChoice[]
  tokens: IdentityToken[]
}

/** TokenInput is what somebody asks for. */
export interface IdentityTokenInputAsked {
  /** as people write them */
  addresses?: string[] | null
  agencyId?: string
  /** how long it lives */
  days?: number
  name?: string
  scopes?: IdentityTokenScope[] | null
}

/** TokenScope (連携の範囲) is what a token may be used for. Each opens a few routes, in one role of the token's agency and no other. */
export type IdentityTokenScope = string

/** UserInput is what an administrator says about a user. Password "" keeps the old one. */
export interface IdentityUserInputAsked {
  agencyId?: string
  disabled?: boolean
  kana?: string
  login?: string
  name?: string
  password?: string
  post?: string
  roles?: AccessRole[] | null
}

/** Batch (取込) is one import. */
export interface ImportsBatch {
  at: string
  byName: string
  fileName: string
  /** ケースID of the first and the last case */
  first: string
  id: string
  /** cases that stayed when it was taken back */
  kept: number
  last: string
  /** cases */
  made: number
  /** rows with errors */
  refused: number
  /** of the file */
  rows: number
  state: ImportsState
  stateLabel: string
  undoneAt?: string
  undoneName: string
}

/** Column of the file as it is shown for choosing. */
export interface ImportsColumn {
  letter: string
  no: number
  /** of the first row that has something */
  sample: string
  title: string
}

/** Double (重複のおそれ) is a row whose person may be known already. */
export interface ImportsDouble {
  lines: IntakeSimilar[]
  name: string
  row: number
}

/** Field (取り込み先) is what a column can be. */
export interface ImportsField {
  group: string
  /** how it may be written */
  help: string
  id: string
  label: string
  required: boolean
}

/** Kept is a case that stays because it has been worked on. */
export interface ImportsKept {
  caseId: string
  number: string
  why: string
}

/** Option is a code with its word. */
export interface ImportsOption {
  code: string
  label: string
}

/** Preview (確認) is what an import would do. */
export interface ImportsPreview {
  /** Again are earlier imports of the very same file. */
  again: ImportsBatch[]
  bad: number
  columns: ImportsColumn[]
  /** rows that were taken in before */
  done: number
  doubles: ImportsDouble[]
  fields: ImportsField[]
  /** xlsx, csv, csv932 */
  form: string
  good: number
  head: number
  /** Mapping is how the columns are taken, guessed or given. */
  mapping: Record<string, number>
  /** Missing are the fields without which nothing can be taken in. */
  missing: string[]
  name: string
  /** Plan is the hash of what would be done: it is sent back with the order to do it. */
  plan: string
  problems: ImportsProblem[]
  rows: ImportsShown[]
  sheet: string
  sheets: string[]
  /** labels of the fields that are taken */
  taken: string[]
  total: number
  words: ImportsWord[]
}

/** Problem (エラー・注意) is what stands in the way of a row, or is worth knowing of it (Note). */
export interface ImportsProblem {
  field: string
  letter: string
  message: string
  note: boolean
  row: number
  title: string
  value: string
}

/** Shown is one row as it would be taken in. */
export interface ImportsShown {
  bad: boolean
  row: number
  /** one for each of Preview.Taken */
  values: string[]
}

/** State of an import. */
export type ImportsState = string

/** Undone is what 取消 did. */
export interface ImportsUndone {
  batch: ImportsBatch
  kept: ImportsKept[]
  /** Others stay, too, and are not for the eyes of who asked. */
  others: number
  removed: number
}

/** Word (言葉の対応) is a word of the file that must be one of a list. */
export interface ImportsWord {
  code: string
  field: string
  /** somebody has said what it means */
  known: boolean
  label: string
  options: ImportsOption[]
  rows: number
  word: string
}

/** Answer is one word on a つなぎ. */
export interface IntakeAnswer {
  agencyName: string
  answer: IntakeWord
  at: string
  due?: string
  id: string
  label: string
  reason: string
  userName: string
  userPost: string
}

/** Asker says who came with the 相談 (相談した人). */
export type IntakeAsker = string

/** Consent is what was said at the counter about sharing (情報共有の同意): a remark. What may be shared is decided by consent records alone. */
export type IntakeConsent = string

/** Found is what a search answers. Count is of what the searcher may see and of nothing else. */
export interface IntakeFound {
  count: number
  lines: IntakeSimilar[]
}

/** Input is a 相談 as it is typed at the counter. */
export interface IntakeInputAsked {
  addressSecret?: boolean
  ageBand?: string
  asker?: IntakeAsker
  askerName?: string
  askerRelation?: string
  birth?: string
  consent?: IntakeConsent
  contact?: string
  danger?: boolean
  district?: string
  fields?: string[] | null
  /** made by the browser when the form is opened */
  id?: string
  kana?: string
  name?: string
  note?: string
  route?: string
  sex?: string
  triage?: IntakeTriage
  trouble?: string
  urgency?: string
}

/** Line is a 受付 in the list: number and initial, never a name. */
export interface IntakeLine {
  agencyName: string
  asker: string
  at: string
  caseId: string
  caseNumber: string
  consentLabel: string
  danger: boolean
  fields: string[]
  initial: string
  stageLabel: string
  triage: IntakeTriage
  triageLabel: string
  urgency: string
  /** 即日 */
  urgent: boolean
  /** Waits: it was given to 多機関協働, and nobody has begun with it. */
  waits: boolean
}

/** Made is what 受付 answers: where the 相談 stands now. */
export interface IntakeMade {
  caseId: string
  number: string
  triage: IntakeTriage
}

/** Offered is a part a sender may choose; May says whether the receiver can be given it, Why why not. */
export interface IntakeOffered {
  /** "" plain */
  item: ConsentItem
  key: string
  label: string
  lines: IntakePartLine[]
  may: boolean
  personId: string
  why: string
}

/** Options are what can be handed over to an agency. Nothing in it is chosen. */
export interface IntakeOptions {
  parts: IntakeOffered[]
  toName: string
}

/** PartLine is a labelled value. */
export interface IntakePartLine {
  label: string
  /** a person's name */
  name?: boolean
  value: string
}

/** ReferralInput is a つなぎ as it is sent. */
export interface IntakeReferralInputAsked {
  /** made by the browser */
  id?: string
  /** keys of parts */
  picks?: string[] | null
  reason?: string
  to?: string
  wish?: string
}

/** ReferralLine is a つなぎ in a list, without words. */
export interface IntakeReferralLine {
  at: string
  /** "": the reader may not open the case (yet) */
  caseId: string
  caseNumber: string
  /** over its time */
  days: number
  due: string
  fromName: string
  id: string
  /** Kept: it does not reach the receiver, from whom the person is kept (特定機関に非開示). Told to who holds the record. */
  kept: boolean
  /** the reader's agency is to answer */
  mine: boolean
  state: IntakeReferralState
  stateLabel: string
  toName: string
  wish: string
}

/** ReferralLists are the つなぎ of the reader's agency, and for who holds the record all that wait. */
export interface IntakeReferralLists {
  days: number
  received: IntakeReferralLine[]
  sent: IntakeReferralLine[]
  waiting: IntakeReferralLine[]
}

/** ReferralState (つなぎの状態). */
export type IntakeReferralState = string

/** ReferralView is a つなぎ as one reader may see it now. */
export interface IntakeReferralView {
  answers: IntakeAnswer[]
  at: string
  byName: string
  byPost: string
  /** "": the reader may not open the case (yet) */
  caseId: string
  caseNumber: string
  /** over its time */
  days: number
  due: string
  fromName: string
  id: string
  /** Kept: it does not reach the receiver, from whom the person is kept (特定機関に非開示). Told to who holds the record. */
  kept: boolean
  mayAnswer: boolean
  mayPrint: boolean
  mayWithdraw: boolean
  /** the reader's agency is to answer */
  mine: boolean
  /** Over: the receiver gave it back, or it was taken back: what was in it is not for the receiver any more. */
  over: boolean
  parts: IntakeShownPart[]
  reason: string
  state: IntakeReferralState
  stateLabel: string
  toName: string
  wish: string
}

/** Reply is an answer as given. */
export interface IntakeReplyAsked {
  answer?: IntakeWord
  due?: string
  reason?: string
}

/** ShownPart is a part of a つなぎ as one reader may see it now. */
export interface IntakeShownPart {
  label: string
  lines: IntakePartLine[]
  withheld: boolean
}

/** Similar (似た相談) is a case in which somebody may be the same person. */
export interface IntakeSimilar {
  birth: string
  caseId: string
  kana: string
  name: string
  number: string
  openedAt: string
  stageLabel: string
  /** 氏名が同じ … */
  why: string[]
}

/** Triage (受付の判断) is what the counter does with the 相談. */
export type IntakeTriage = string

/** TriageInput is another way. */
export interface IntakeTriageInputAsked {
  /** what the actor saw */
  from?: IntakeTriage
  note?: string
  to?: IntakeTriage
}

/** View is a 受付 as one reader may see it. */
export interface IntakeView {
  ageBand: string
  agencyName: string
  /** The rest is empty where Withheld names its class. */
  asker: string
  askerName: string
  askerRelation: string
  at: string
  birth: string
  byName: string
  consent: IntakeConsent
  consentLabel: string
  contact: string
  danger: boolean
  district: string
  fields: string[]
  kana: string
  /** MayRefer: the reader may hand the case over. */
  mayRefer: boolean
  /** MayTriage: the reader may decide anew, in these ways. */
  mayTriage: IntakeTriage[]
  name: string
  note: string
  route: string
  triage: IntakeTriage
  triageAt: string
  triageBy: string
  triageLabel: string
  trouble: string
  urgency: string
  /** Withheld are the classes the reader is not shown, by their words. */
  withheld: string[]
}

/** Wanted is whom the counter has before it. */
export interface IntakeWantedAsked {
  birth?: string
  kana?: string
  name?: string
}

/** Word is an answer to a つなぎ. */
export type IntakeWord = string

/** Kind is what sort of work a job is. */
export type JobsKind = string

/** State is how a job stands. */
export type JobsState = string

/** View is a job as a screen shows it. */
export interface JobsView {
  /** it was taken up after its worker was lost */
  again: boolean
  beatAt: string | null
  done: number
  endedAt: string | null
  id: string
  kind: JobsKind
  kindLabel: string
  madeAt: string
  mayFetch: boolean
  mayStop: boolean
  mine: boolean
  said: string
  /** nobody asked for it */
  self: boolean
  startedAt: string | null
  state: JobsState
  stateLabel: string
  stopping: boolean
  /** 0: not known */
  total: number
  trouble: string
}

/** Board (参加支援の画面) is what one reader sees of it in a case. */
export interface JoiningBoard {
  items: JoiningClass[]
  joinings: JoiningLine[]
  /** with whom one may begin */
  people: JoiningPerson[]
}

/** Class is a class of information with its word. */
export interface JoiningClass {
  item: ConsentItem
  label: string
}

/** Input is what a person looks for, as it is written. */
export interface JoiningInputAsked {
  aim?: string
  district?: string
  fields?: string[] | null
  free?: string
  item?: ConsentItem
  n?: number
  needs?: string[] | null
  openedOn?: string
  /** of a new one */
  personId?: string
  wish?: string
}

/** Kind (種別) of a step. */
export type JoiningKind = string

/** Line is a 参加支援 as its reader sees it. */
export interface JoiningLine {
  /** 担当 */
  agencyId: string
  agencyName: string
  /** 社会参加の段階, code of join_aim */
  aim: string
  aimLabel: string
  byName: string
  caseId: string
  caseNumber: string
  district: string
  endedOn: string
  /** codes of resource_field */
  fields: string[]
  /** 行ける曜日・時間 */
  free: string
  id: string
  item: ConsentItem
  itemLabel: string
  mayWrite: boolean
  n: number
  /** of the person, for whom the gate shows it */
  name: string
  needLabels: string[]
  /** codes of join_need */
  needs: string[]
  openedOn: string
  personId: string
  state: JoiningState
  stateLabel: string
  /** oldest first in the store, newest first on the screen */
  steps: JoiningStep[]
  /** for whoever writes, while it is open */
  suggested: JoiningSuggestion[]
  uses: JoiningUse[]
  /** 本人の希望・関心 */
  wish: string
}

/** Overview (参加支援の状況) is a page of every 参加支援 of the municipality, for who holds the cases: numbers and initials, no words. */
export interface JoiningOverview {
  /** of all, not of the page */
  counts: Record<string, number>
  lines: JoiningOverviewLine[]
  /** what the next page is asked for after; "" = there is none */
  next: string
  states: JoiningStateWord[]
}

/** OverviewLine is one of them. */
export interface JoiningOverviewLine {
  agencyName: string
  caseId: string
  caseNumber: string
  initial: string
  /** of the last step */
  lastOn: string
  /** in words */
  needs: string[]
  openedOn: string
  /** used now */
  places: string[]
  /** days since */
  quiet: number
  state: JoiningState
  stateLabel: string
}

/** Person is somebody of the case whose 基本情報 the reader sees, with the classes the reader sees of them. */
export interface JoiningPerson {
  id: string
  items: string[]
  name: string
}

/** State (状況) is how far a 参加支援 is. */
export type JoiningState = string

/** StateWord is a state with its word. */
export interface JoiningStateWord {
  label: string
  state: JoiningState
}

/** Step is one thing that was done. */
export interface JoiningStep {
  agencyName: string
  body: string
  byName: string
  day: string
  id: string
  kind: JoiningKind
  kindLabel: string
  method: string
  methodLabel: string
  outcome: string
  outcomeLabel: string
  placeId: string
  placeName: string
}

/** StepInput is a step as it is written. */
export interface JoiningStepInputAsked {
  body?: string
  day?: string
  kind?: JoiningKind
  method?: string
  /** of the joining as it was seen */
  n?: number
  outcome?: string
  placeId?: string
}

/** Suggestion (資源の候補) is a place that may fit, and why. */
export interface JoiningSuggestion {
  agencyName: string
  district: string
  /** 定員に達している */
  full: boolean
  hours: string
  kind: string
  name: string
  placeId: string
  /** in words */
  reasons: string[]
  terms: string
}

/** Use is a place the person uses now. */
export interface JoiningUse {
  placeId: string
  placeName: string
  since: string
}

/** By is who made a change, as known when it was made: the row of the log says so, for deletions too. */
export interface LiveBy {
  actorId: string
  agencyName: string
  at: string
  name: string
  seq: number
}

/** Difference is what has changed between two versions of a document. */
export interface LiveDifference {
  fields: LiveFieldDiff[]
  from: number
  to: number
}

/** Edit (変更のまとまり) is consecutive rows of one author without a pause longer than editPause. */
export interface LiveEdit {
  /** of its last row */
  by: LiveBy
  /** what it touched, in order of key */
  fields: LiveFieldRef[]
  /** sequence of its first row */
  from: number
  since: string
  /** of its last: the document as it stood then is the version To */
  to: number
}

/** FieldDiff is one field that two versions differ in. */
export interface LiveFieldDiff {
  after: string
  before: string
  /** whose rows changed it between the two, each author once, latest row */
  by: LiveBy[]
  key: string
  /** added, removed, changed */
  kind: string
  /** 支援項目「見守り」の内容 */
  label: string
  /** of a text */
  parts?: LivePart[]
  /** order and the like: no content of its own */
  quiet?: boolean
  /** prefix of the keys of its row */
  row?: string
}

/** FieldRef names a field (欄) for people. */
export interface LiveFieldRef {
  key: string
  /** 支援項目「見守り」の内容 */
  label: string
  /** order and the like: no content of its own */
  quiet?: boolean
  /** prefix of the keys of its row */
  row?: string
}

/** FieldState is one field of a version. A text comes in parts by author, a scalar with whom it is from. */
export interface LiveFieldState {
  by?: LiveBy
  key: string
  /** 支援項目「見守り」の内容 */
  label: string
  parts?: LivePart[]
  /** order and the like: no content of its own */
  quiet?: boolean
  /** prefix of the keys of its row */
  row?: string
  /** the value as it is read; a text whole */
  shown: string
  value?: unknown
}

/** Kind says what a document is part of. */
export type LiveKind = string

/** Part is a stretch of text by one change. In a difference it is kept (""), added ("ins") or removed ("del"), and By is who did that. */
export interface LivePart {
  by?: LiveBy
  op?: string
  text: string
}

/** RestoreInput (元に戻す) names what is to read again as it did at the version Seq: keys, rows by their prefix with "/" at its end, or nothing for the whole document. */
export interface LiveRestoreInputAsked {
  keys?: string[] | null
  /** Plan is the hash of the changes the person confirmed. "": nothing is done, the changes are only listed. */
  plan?: string
  seq?: number
}

/** Restored is what a restore changes, or has changed. */
export interface LiveRestored {
  changes: LiveFieldDiff[]
  plan: string
  /** of the row that did it, 0 when it was only listed */
  seq: number
}

/** Timeline (変更の履歴) is a page of edits, newest first. */
export interface LiveTimeline {
  edits: LiveEdit[]
  head: number
  /** older ones follow: ask with Before = From of the last */
  more: boolean
  /** Why writing is refused: the gate's code. Empty when Write. */
  reason?: string
  write: boolean
}

/** Version (ある時点の内容) is a document as it stood when the row Seq had been committed. */
export interface LiveVersion {
  by?: LiveBy
  fields: LiveFieldState[]
  seq: number
}

/** Act (操作) is something a person may do in a meeting. Stable: part of the HTTP interface. */
export type MeetingAct = string

/** ActState is a button: what it says, whether it may be pressed, and if not, why. */
export interface MeetingActState {
  act: MeetingAct
  allowed: boolean
  label: string
  why?: string
}

/** AgencyChips is one row of the strip: the items of the household this agency may see, by every subject's consent or by law. */
export interface MeetingAgencyChips {
  agencyId: string
  /** every item, by law (支援会議); Items is empty then */
  all: boolean
  items: ConsentItem[]
}

/** AgendaBlock (議題のひな形) is an item an agenda may begin with. */
export interface MeetingAgendaBlock {
  kind: MeetingAgendaKind
  minutes: number
  point: string
  purpose: MeetingPurpose
  title: string
  /** Usual: it stands in the agenda from the beginning; otherwise it is offered. */
  usual: boolean
}

/** AgendaBlock (議題のひな形) is an item an agenda may begin with. */
export interface MeetingAgendaBlockAsked {
  kind?: MeetingAgendaKind
  minutes?: number
  point?: string
  purpose?: MeetingPurpose
  title?: string
  /** Usual: it stands in the agenda from the beginning; otherwise it is offered. */
  usual?: boolean
}

/** AgendaItem (議題). */
export interface MeetingAgendaItemAsked {
  id?: string
  /** item class its text belongs to */
  item?: ConsentItem
  /** 案件の種別, "" = not said */
  kind?: MeetingAgendaKind
  /** planned */
  minutes?: number
  /** reason of carrying over */
  note?: string
  person?: string
  /** 論点 */
  point?: string
  purpose?: MeetingPurpose
  /** State: "" open, "resolved" 結論あり, "carried" 次回へ */
  state?: string
  title?: string
}

/** AgendaKind (案件の種別) is what the case is brought for. */
export type MeetingAgendaKind = string

/** AgendaLine is an agenda item as the reader may see it. */
export interface MeetingAgendaLine {
  id: string
  /** item class its text belongs to */
  item: ConsentItem
  /** 案件の種別, "" = not said */
  kind: MeetingAgendaKind
  kindLabel: string
  /** planned */
  minutes: number
  /** reason of carrying over */
  note: string
  person: string
  /** 論点 */
  point: string
  purpose: MeetingPurpose
  purposeLabel: string
  /** State: "" open, "resolved" 結論あり, "carried" 次回へ */
  state: string
  title: string
  withheld: boolean
}

/** Answer (意見) of a seat to the frozen plan. */
export type MeetingAnswer = string

/** AnswerText is a revealed answer with its word. */
export interface MeetingAnswerText {
  agencyId: string
  agencyName: string
  answer: MeetingAnswer
  at: string
  /** name of who pressed */
  by: string
  due: string
  instead: string
  label: string
  oral: boolean
  part: string
  proxy: string
  reason: string
  speaker: string
  spot?: MeetingSpot
}

/** AnswersLine: who has answered; what was answered only when revealed (and one's own always). */
export interface MeetingAnswersLine {
  earlier: MeetingPastRound[]
  /** Last is the own answer to an earlier version: what changed since is worth a look. */
  last: MeetingLastAnswer | null
  /** empty until revealed */
  list: MeetingAnswerText[]
  /** agency ids */
  missing: string[]
  own: MeetingSeatAnswer | null
  revealed: boolean
}

/** Attendee (出席者) with the times of coming and going. */
export interface MeetingAttendee {
  absent: boolean
  agencyId: string
  agencyName: string
  corrections?: MeetingCorrection[]
  /** room | remote */
  form: MeetingForm
  guest: boolean
  kana: string
  key: string
  /** written down by hand: no account, no connection */
  manual: boolean
  name: string
  post: string
  proxy: string
  /** 守秘義務確認 */
  secrecy?: string
  secrecyHow?: string
  spans: MeetingSpan[]
}

/** Blocker is what stands against 閉会. */
export interface MeetingBlocker {
  code: string
  message: string
  /** action id, agenda id, agency id */
  target?: string
}

/** Cancelled (中止) says who called the meeting off before 開会, and why. */
export interface MeetingCancelled {
  at: string
  by: string
  reason: string
}

/** CarriedItem is a 議題 or a 保留 that an earlier meeting put off; with its purpose and class it can be made a 議題 again. */
export interface MeetingCarriedItem {
  item: ConsentItem
  /** agenda | park */
  kind: string
  meetingId: string
  meetingNo: number
  note: string
  personId: string
  point: string
  purpose: MeetingPurpose
  title: string
  withheld: boolean
}

/** CarryChoice names a row of the minutes of a 支援会議. */
export interface MeetingCarryChoiceAsked {
  doc?: string
  meeting?: string
  row?: string
}

/** CarryList (支援会議から引き継ぐ) is what the minutes of the 支援会議 of a case hold that a 重層的支援会議 of it may take over. Nothing is chosen in it. */
export interface MeetingCarryList {
  /** oldest first, those with rows only */
  meetings: MeetingCarryMeeting[]
}

/** CarryMeeting is one 支援会議 with its rows. */
export interface MeetingCarryMeeting {
  /** ISO day it was opened, else planned */
  date: string
  id: string
  /** 「第1回支援会議」 */
  label: string
  no: number
  rows: MeetingCarryRow[]
  statusLabel: string
  title: string
}

/** CarryRow is one row of minutes. Meeting, Doc and Row name it. */
export interface MeetingCarryRow {
  /** whose word or task it is, else who wrote it */
  agency: string
  /** already */
  carried: boolean
  doc: string
  item: ConsentItem
  itemLabel: string
  /** point | speech | decision | homework */
  kind: string
  kindLabel: string
  meeting: string
  person: string
  /** "" = the household */
  personId: string
  row: string
  /** agencies with a seat that will see it, by id */
  sees: string[]
  text: string
  /** why it cannot be carried, and what to do; "" = it can */
  why: string
}

/** CaseInput (案件) is one case of a 開催. The cases follow one another: each begins when the planned minutes of those before are over. */
export interface MeetingCaseInputAsked {
  /** nil = the members of the case */
  agencies?: string[] | null
  agenda?: (MeetingAgendaItemAsked | null)[] | null
  caseId?: string
  minutes?: number
  planId?: string
}

/** Choice is a selectable code. */
export interface MeetingChoice {
  code: string
  label: string
}

/** Comment (コメント) is a remark at a place of the plan: a cell, a goal, a paragraph. Whoever takes part may make one, observers too (助言者), who change nothing else. The desk makes an open point of it (論点にする) or says that it is dealt with. */
export interface MeetingComment {
  agencyId: string
  agencyName: string
  at: string
  by: string
  doneAt?: string
  doneBy?: string
  id: string
  mine: boolean
  reason: string
  spot: MeetingSpot
  /** "" open | "point" 論点にした | "settled" 対応済み | "withdrawn" 取り消し */
  state: string
  text: string
  withheld: boolean
}

/** Confirmation (会議録の確認) of one agency. */
export interface MeetingConfirmation {
  agencyId: string
  at: string
  by: string
  ok: boolean
  opinion: string
  version: number
}

/** ConsentStrip (同意の帯) says on what ground information is shown, and what each agency may see. */
export interface MeetingConsentStrip {
  agencies: MeetingAgencyChips[]
  inForce: boolean
  /** the banner */
  label: string
  mode: ConsentMode
  /** the earliest end, exclusive */
  until: string | null
}

/** Convened (招集) says who called the meeting on which basis and why. */
export interface MeetingConvened {
  at: string
  basis: string
  by: string
  convener: string
  reason: string
}

/** Correction is the trace of a manual change of attendance. */
export interface MeetingCorrection {
  at: string
  by: string
  reason: string
}

/** CorrectionLine is the 訂正 under way, for the room. */
export interface MeetingCorrectionLine {
  at: string
  by: string
  reason: string
  version: number
}

/** DateAnswer is ◎, ○ or ×. */
export type MeetingDateAnswer = string

/** DateAsked is an agency in the overview. */
export interface MeetingDateAsked {
  agencyId: string
  /** it has a link */
  asked: boolean
  at?: string
  city: boolean
  must: boolean
  name: string
}

/** DateBoard is the overview (一覧). */
export interface MeetingDateBoard {
  agencies: MeetingDateAsked[]
  /** option proposed */
  best: string
  fixed: string
  lines: MeetingDateLine[]
  /** there is a poll */
  open: boolean
  /** ISO: last day */
  until: string
}

/** DateLine is a candidate in the overview. */
export interface MeetingDateLine {
  /** by agency */
  answers: Record<string, MeetingDateAnswer>
  /** every agency that must attend can */
  can: boolean
  end: string
  fair: number
  good: number
  id: string
  no: number
  start: string
}

/** DateLink is a link as it is shown once. */
export interface MeetingDateLink {
  agencyId: string
  url: string
}

/** DateOption (候補日) is a time that is offered. */
export interface MeetingDateOption {
  end: string
  id: string
  start: string
}

/** DateOption (候補日) is a time that is offered. */
export interface MeetingDateOptionAsked {
  end?: string
  id?: string
  start?: string
}

/** DateQuestion is what a link shows: whom it asks, for which times, what was answered. Nothing of the case, no title, no place, no names of people. */
export interface MeetingDateQuestion {
  agency: string
  answers: Record<string, MeetingDateAnswer>
  municipality: string
  options: MeetingDateOption[]
  until: string
}

/** DatesInput is a 日程調整 as it is asked for. */
export interface MeetingDatesInputAsked {
  /** agencies without which there is no meeting */
  must?: string[] | null
  /** id "" = a new one */
  options?: MeetingDateOptionAsked[] | null
  /** ISO: last day to answer */
  until?: string
}

/** Decision (結果) of the chair. */
export interface MeetingDecision {
  at: string
  by: string
  outcome: MeetingOutcome
  reason: string
  review: string
}

/** During is what the hour of the meeting itself needs: the round of all agencies, parked points, memos, what the chair shows. */
export interface MeetingDuring {
  /** Comments at places of the plan, by time. */
  comments: MeetingComment[]
  /** address in the municipality's own audio or video conference system */
  conference: string
  notes: MeetingNote[]
  /** the part of the room the chair shows; screens that follow it show the same */
  shown: string
  turns: MeetingTurns | null
}

/** EventLine is a line of the log (出来事) as a reader may see it. */
export interface MeetingEventLine {
  agency: string
  /** RFC 3339, UTC */
  at: string
  kind: MeetingKind
  seq: number
  text: string
  who: string
}

/** FinalState is the sealed minutes. */
export interface MeetingFinalState {
  at: string
  by: string
  number: string
  reason: string
  version: number
}

/** Followup (前回からの引き継ぎ) is what meetings of the case that are over left to be done, as one reader may see it. */
export interface MeetingFollowup {
  carried: MeetingCarriedItem[]
  /** late ones first, then by term */
  homework: MeetingHomeworkLine[]
  late: number
}

/** Form (開催形態) of a meeting. */
export type MeetingForm = string

/** FrozenLine is the version agreement is asked for. */
export interface MeetingFrozenLine {
  at: string
  by: string
  /** "" for the moment in which it is computed */
  hash: string
  version: number
}

/** Guest is an invited person without account; the secrets of the link live in package identity. */
export interface MeetingGuest {
  agencyId: string
  id: string
  kana: string
  name: string
  post: string
  removed: boolean
}

/** Hand is a wish to speak; 安全上の懸念, 異議 and 確認 come before 発言. */
export interface MeetingHand {
  agencyId: string
  at: string
  key: string
  kind: string
  name: string
}

/** Handover (主担当の引き継ぎ) of a 支援項目: the agency with ◎ offers it, another accepts or not. Until it is accepted the ◎ stays where it is. */
export interface MeetingHandover {
  accepted: boolean
  actionId: string
  at: string
  by: string
  docId: string
  doneAt?: string
  doneBy?: string
  from: string
  fromName: string
  id: string
  item: ConsentItem
  note: string
  /** with Item whose row it is, and of which class: the offer is shown to whom the row is shown */
  personId: string
  reason: string
  /** what the offering agency goes on with */
  stay: PlansCode
  to: string
  toName: string
}

/** HomeworkLine is a task with how far it is. */
export interface MeetingHomeworkLine {
  agencyId: string
  agencyName: string
  at: string | null
  by: string
  docId: string
  due: string
  item: ConsentItem
  /** open after its term */
  late: boolean
  meetingId: string
  meetingNo: number
  /** the actor may tick it */
  mine: boolean
  note: string
  personId: string
  row: string
  status: string
  statusLabel: string
  text: string
  who: string
}

/** Input is a meeting as it is called for (POST /api/cases/{id}/meetings). */
export interface MeetingInputAsked {
  /** nil = the members of the case and whom the type always calls */
  agencies?: string[] | null
  agenda?: (MeetingAgendaItemAsked | null)[] | null
  /** "" = as the type says */
  basis?: string
  chairId?: string
  /** "" = the one who creates it */
  convener?: string
  form?: MeetingForm
  /** "" = as the type says */
  mode?: ConsentMode
  place?: string
  planId?: string
  plannedEnd?: string
  plannedStart?: string
  /** given: 招集 is recorded at once */
  reason?: string
  recorderId?: string
  title?: string
  /** type id: "layered", "support" or one of the municipality's */
  type?: string
}

/** IssueMarkInput says what a 地域課題 is about and what became of it. */
export interface MeetingIssueMarkInputAsked {
  state?: MeetingIssueState
  theme?: MeetingIssueTheme
}

/** IssueState (状況) is what became of a 地域課題. */
export type MeetingIssueState = string

/** IssueTheme (分野) is what a 地域課題 is about. */
export type MeetingIssueTheme = string

/** Kind names an event. Stable: stored. */
export type MeetingKind = string

/** LastAnswer is the own answer to an earlier version. */
export interface MeetingLastAnswer {
  answer: MeetingAnswer
  label: string
  version: number
}

/** LocalIssue (地域課題) is a shared memo as the list has it. It names no case; the meeting is one the reader may open. */
export interface MeetingLocalIssue {
  /** ISO */
  day: string
  id: string
  /** 「第2回 重層的支援会議」 */
  meeting: string
  meetingId: string
  state: MeetingIssueState
  text: string
  /** "" = not sorted yet */
  theme: MeetingIssueTheme
}

/** Meeting (会議) is the row of a meeting; everything that happens in it is an Event, and the fields marked (projection) are copies of what the fold of the events says, kept for lists, scopes and the gate. */
export interface MeetingMeeting {
  caseId: string
  /** 議長: user id (projection) */
  chairId: string
  /** the instant of 閉会 */
  closedAt?: string
  createdAt: string
  createdBy: string
  /** 職務代理 (projection) */
  deputyIds: string[]
  form: MeetingForm
  id: string
  /** Mode is the legal mode now (projection): a 重層的支援会議 may be held as 支援会議 instead. */
  mode: ConsentMode
  /** 第n回, per case and type */
  no: number
  openedAt?: string
  place: string
  /** "" in a 支援会議 without plan */
  planId: string
  plannedEnd: string
  plannedStart: string
  /** 記録者 (projection) */
  recorderId: string
  /** sequence of the last event (projection) */
  seq: number
  /** (projection) */
  status: MeetingStatus
  title: string
  /** What the type said when the meeting was created; a later change of the type does not change this meeting. */
  type: MeetingType
}

/** MinutesLine is the 会議録 after closing. */
export interface MeetingMinutesLine {
  amending: boolean
  confirmed: MeetingConfirmation[]
  /** Correction under way (訂正); nil when there is none. */
  correction?: MeetingCorrectionLine
  /** Days is the usual length of the period, by the type of the meeting. */
  days: number
  /** Edition is how often the 会議録 was sealed: the number of its newest sealed version. */
  edition: number
  final: MeetingFinalState | null
  hash: string
  /** Lapsed: the period is over; who has not answered counts as 期限経過みなし. */
  lapsed: boolean
  /** Readable: the PDF of the 案 shows the actor what it is asked to confirm. */
  readable: boolean
  /** Suggestions of who was there (修正の申し出). */
  suggestions: MeetingSuggestion[]
  until: string
  version: number
  versions: MeetingMinutesVersion[]
  /** agencies that have not confirmed */
  waiting: string[]
}

/** MinutesVersion (会議録の版) before it is sealed. */
export interface MeetingMinutesVersion {
  at: string
  /** replaced by a later version */
  endedAt?: string
  /** lower hex SHA-256 of Content: confirmations name it */
  hash: string
  n: number
  sha256: string
}

/** Next (次回). */
export interface MeetingNext {
  agenda: string
  date: string
  time: string
}

/** Note (保留・地域課題メモ) is a short text of one class of information. */
export interface MeetingNote {
  agencyId: string
  agencyName: string
  at: string
  by: string
  id: string
  item: ConsentItem
  kind: MeetingNoteKind
  /** "" = the household */
  person: string
  reason: string
  /** 地域課題: stands in the municipality's list as well, without the case */
  shared: boolean
  /** "" open | "settled" 決着 | "carried" 次回へ | "dropped" 取り消し */
  state: string
  text: string
  withheld: boolean
}

/** NoteKind says where a short text written in the room belongs. */
export type MeetingNoteKind = string

/** NoticeInput (開催通知) is what the office adds to what the meeting knows. */
export interface MeetingNoticeInputAsked {
  /** "" = a letter to every agency with a seat */
  agencyId?: string
  contact?: string
  /** 発信者 */
  from?: string
  /** 発出日, ISO */
  issued?: string
  /** 文書番号 of the municipality's own register */
  number?: string
  /** 回答期限, ISO */
  reply?: string
  /** 発信者の氏名 */
  sender?: string
}

/** Objection (異議) stays with its text and its raiser, whatever happens to the version. */
export interface MeetingObjection {
  agencyId: string
  agencyName: string
  at: string
  by: string
  doneAt?: string
  doneBy?: string
  doneHow?: string
  hash: string
  id: string
  instead: string
  part: string
  reason: string
  spot?: MeetingSpot
  version: number
}

/** Outcome (結果) of asking the seats. */
export type MeetingOutcome = string

/** OverdueLine (期限を過ぎた宿題) is a task of minutes that is open after its term. */
export interface MeetingOverdueLine {
  /** "" nobody was named */
  agencyName: string
  /** "": the reader knows the case from its meeting only */
  caseId: string
  caseNumber: string
  days: number
  docId: string
  /** ISO */
  due: string
  /** 「重層的支援会議 第2回」 */
  meeting: string
  meetingId: string
  /** of the reader's agency, which ticks it in the meeting */
  mine: boolean
  row: string
  statusLabel: string
  text: string
  who: string
}

/** OverdueList is a page of the red list over all cases, the longest overdue of it first. */
export interface MeetingOverdueList {
  lines: MeetingOverdueLine[]
  /** Looked and Total: how many meetings (or plans) were looked through for this page, and how many there are in all. */
  looked: number
  /** Next asks for the page after this one; "" there is none. */
  next: string
  total: number
}

/** OverdueRole (期限を過ぎた役割) is a cell of the 役割分担表 of an agreed plan whose term is over. It stays until the plan is looked at anew (再プラン) or the case ends. */
export interface MeetingOverdueRole {
  /** 支援項目 */
  action: string
  actionId: string
  agencyName: string
  caseId: string
  caseNumber: string
  codeLabel: string
  /** agency id */
  column: string
  content: string
  days: number
  docId: string
  /** ISO */
  due: string
  /** ◎○△見 */
  mark: string
  mine: boolean
  planId: string
  round: number
  who: string
}

/** OverdueRoles is a page of them, the longest overdue first. */
export interface MeetingOverdueRoles {
  lines: MeetingOverdueRole[]
  /** plans looked through for this page */
  looked: number
  next: string
  total: number
}

/** PaperKind is a kind of record made by a meeting. */
export type MeetingPaperKind = string

/** PastRound is an asking that became void. */
export interface MeetingPastRound {
  hash: string
  list: MeetingAnswerText[]
  version: number
  void: string
  voidAt: string
}

/** PhaseDef (進行) is one phase of a meeting as planned. */
export interface MeetingPhaseDef {
  /** what the chair does here */
  hint: string
  id: string
  label: string
  /** planned */
  minutes: number
}

/** PhaseDef (進行) is one phase of a meeting as planned. */
export interface MeetingPhaseDefAsked {
  /** what the chair does here */
  hint?: string
  id?: string
  label?: string
  /** planned */
  minutes?: number
}

/** PhaseState is a phase with its times. */
export interface MeetingPhaseState {
  /** last time it was entered */
  begunAt?: string
  current: boolean
  /** what the chair does here */
  hint: string
  id: string
  label: string
  /** planned */
  minutes: number
  /** spent in earlier visits */
  seconds: number
}

/** PrepBoard is what the agencies prepared, side by side. */
export interface MeetingPrepBoard {
  /** the own sheet takes writing */
  may: boolean
  sheets: MeetingPrepSheet[]
}

/** PrepFor is the sheet of an agency that somebody else enters. */
export interface MeetingPrepFor {
  at: string
  /** who entered it */
  by: string
  /** the agency has looked at it */
  checkedAt?: string
  checkedBy?: string
  /** who of the agency told it */
  teller: string
  /** phone | fax | talk */
  way: string
  wayLabel: string
}

/** PrepSheet (準備シート) is the sheet of one agency as a reader may see it. */
export interface MeetingPrepSheet {
  agencyId: string
  at?: string
  by?: string
  /** Docs are the documents of the sheet, with a chip for what is withheld once it was handed in. */
  docs: PlansDocRef[]
  /** For: somebody else entered it (代行入力). */
  for?: MeetingPrepFor
  /** MayEnter: the reader enters it for the agency now. */
  mayEnter: boolean
  name: string
  own: boolean
  /** State: "" 未提出 | "done" 提出済み | "paper" 紙で受領 */
  state: string
}

/** Problem is something that keeps a record from being sealed; never from closing. */
export interface MeetingProblem {
  /** "U+20BB7" */
  chars: string[]
  message: string
  /** in a name: it must be solved; elsewhere a recorded reason suffices */
  name: boolean
  paper: MeetingPaperKind
  /** block of the paper */
  where: string
}

/** Purpose (議題の目的) of an agenda item. */
export type MeetingPurpose = string

/** Ref is a line of the list of meetings: no names. */
export interface MeetingRef {
  caseId: string
  caseNumber: string
  form: MeetingForm
  id: string
  initials: string
  mode: ConsentMode
  no: number
  place: string
  plannedEnd: string
  plannedStart: string
  pos?: number
  /** Sitting is the 開催 this meeting belongs to and Pos its place there; "" where no other meeting of it is in the list. */
  sitting?: string
  status: MeetingStatus
  statusLabel: string
  title: string
  typeName: string
}

/** Room is the meeting for one actor (GET /api/meetings/{id}): what its screen shows, and nothing it may not know. */
export interface MeetingRoom {
  acts: MeetingActState[]
  agenda: MeetingAgendaLine[]
  answers: MeetingAnswersLine
  attendance: MeetingAttendee[]
  basis: string
  /** of 閉会, for those who run the meeting */
  blockers: MeetingBlocker[]
  /** 中止 */
  cancelled: MeetingCancelled | null
  caseNumber: string
  consent: MeetingConsentStrip
  convened: MeetingConvened | null
  current: string
  decision: MeetingDecision | null
  docNumbers: string[]
  /** of the minutes; withheld ones have no name */
  docs: PlansDocRef[]
  during: MeetingDuring
  events: MeetingEventLine[]
  floor: string
  frozen: MeetingFrozenLine | null
  /** for those who run the meeting */
  guests: MeetingGuest[]
  handovers: MeetingHandover[]
  hands: MeetingHand[]
  meeting: MeetingMeeting
  minutes: MeetingMinutesLine | null
  next: MeetingNext | null
  /** server time, for timers */
  now: string
  objections: MeetingObjection[]
  outcome: MeetingOutcome
  outcomeLabel: string
  /** Outcomes the chair may choose now. */
  outcomes: MeetingChoice[]
  phase: string
  phases: MeetingPhaseState[]
  planId: string
  /** why records wait to be sealed */
  problems: MeetingProblem[]
  records: MeetingSealedRef[]
  rowReasons: MeetingRowReason[]
  seats: MeetingSeatLine[]
  sense: MeetingSenseLine | null
  seq: number
  /** 開催 of several cases, as far as the reader has a part in it */
  sitting: MeetingSittingLine | null
  status: MeetingStatus
  statusLabel: string
  survey: MeetingSurveyLine | null
  /** reasons and notes are left out: no right to 基本情報 of the household */
  textWithheld: boolean
  typeName: string
  withdrawals: MeetingWithdrawalLine[]
  you: MeetingYou
}

/** RowReason is why a 支援項目 goes on without one accepted ◎. */
export interface MeetingRowReason {
  actionId: string
  at: string
  by: string
  item: ConsentItem
  /** with Item the document of the row: an id alone may come twice */
  personId: string
  reason: string
}

/** SealedRef is a sealed record of the meeting. */
export interface MeetingSealedRef {
  fileName: string
  id: string
  kind: MeetingPaperKind
  number: string
  pages: number
  sealedAt: string
  sha256: string
  title: string
  version: number
}

/** SeatAnswer is the answer of one agency to one hash. */
export interface MeetingSeatAnswer {
  agencyId: string
  agencyName: string
  answer: MeetingAnswer
  at: string
  /** name of who pressed */
  by: string
  due: string
  instead: string
  oral: boolean
  part: string
  proxy: string
  reason: string
  speaker: string
  spot?: MeetingSpot
}

/** SeatLine is a seat with what may be known of its answer. */
export interface MeetingSeatLine {
  agencyId: string
  /** to the current hash */
  answered: boolean
  /** its answer is waited for */
  asked: boolean
  attended: boolean
  city: boolean
  /** 構成員外の指定 */
  designated?: string
  excuse?: string
  /** "absent" 欠席 | "left" 退席 | "" */
  excused: string
  /** reason of the designation */
  ground?: string
  here: boolean
  /** 構成員 */
  member: boolean
  name: string
  observer: boolean
  own: boolean
  proxy: string
  short: string
  speaker: string
  /** seconds with the floor */
  spoken: number
}

/** SenseAnswer is what one agency feels. */
export interface MeetingSenseAnswer {
  agencyId: string
  agencyName: string
  at: string
  by: string
  feel: string
  note: string
}

/** SenseLine is a 感触確認 as one reader may see it. */
export interface MeetingSenseLine {
  at: string
  by: string
  /** empty until revealed */
  list: MeetingSenseAnswer[]
  /** agency ids */
  missing: string[]
  over: boolean
  own: MeetingSenseAnswer | null
  revealed: boolean
}

/** SittingCase is a meeting of a 開催 as somebody with a part in it sees it. */
export interface MeetingSittingCase {
  caseNumber: string
  meetingId: string
  plannedStart: string
  status: MeetingStatus
  statusLabel: string
}

/** SittingInput is a 開催 as it is called for (POST /api/sittings). */
export interface MeetingSittingInputAsked {
  basis?: string
  cases?: MeetingCaseInputAsked[] | null
  chairId?: string
  convener?: string
  form?: MeetingForm
  mode?: ConsentMode
  place?: string
  plannedStart?: string
  reason?: string
  recorderId?: string
  title?: string
  type?: string
}

/** SittingLine is the 開催 in the room. Only the cases the reader has a part in are in it, and counted. */
export interface MeetingSittingLine {
  cases: MeetingSittingCase[]
  /** the meeting that follows and is not over; "" = this was the last */
  next: string
  /** 案件 1, 2, 3 … of those in Cases */
  pos: number
}

/** Span is one stay in the meeting; To is nil while it lasts. */
export interface MeetingSpan {
  from: string
  to?: string
}

/** Spot (プランの箇所) is the part of the plan an objection or a comment names: a paragraph, a 課題, a 目標, a 支援項目 or one cell of it. What is said of it concerns that row, so it is shown to whom the row is shown. */
export interface MeetingSpot {
  /** of a cell: agency id, self, family; "" = the row */
  column: string
  docId: string
  item: ConsentItem
  /** text | need | goal | action */
  kind: string
  personId: string
  /** of a paragraph: wish, situation, policy, risk */
  row: string
}

/** Status (会議の状態). */
export type MeetingStatus = string

/** Suggestion (会議録の修正の申し出) of somebody who was there. It is never taken in silently: the chair says yes or no, and why. */
export interface MeetingSuggestion {
  accepted: boolean
  agencyId: string
  agencyName: string
  answer: string
  at: string
  by: string
  doneAt?: string
  doneBy?: string
  id: string
  item: ConsentItem
  /** with Item whom its words concern, and which class: shown to whom that class is shown */
  personId: string
  reason: string
  text: string
  version: number
  where: string
  withheld: boolean
}

/** Survey is what one person who was there answered (記名式). */
export interface MeetingSurvey {
  agencyName: string
  at: string
  name: string
  note: string
  scores: Record<string, number>
}

/** SurveyLine is the survey for one reader: the own answer; what everybody answered is for those who hold the record. */
export interface MeetingSurveyLine {
  count: number
  own: MeetingSurvey | null
  questions: MeetingSurveyQuestion[]
  results: MeetingSurvey[]
}

/** SurveyQuestion is one question of the 会議後アンケート, answered from 1 そう思わない to 4 そう思う. */
export interface MeetingSurveyQuestion {
  id: string
  label: string
}

/** Turn is the turn of one agency. */
export interface MeetingTurn {
  agencyId: string
  begunAt?: string
  /** spoken in earlier visits */
  seconds: number
  skips: number
  /** "waiting" | "speaking" | "done" | "skipped" 後回し */
  state: string
}

/** Turns (一巡) is the round in which every agency speaks once, in order. */
export interface MeetingTurns {
  at: string
  endedAt?: string
  /** per agency */
  minutes: number
  order: MeetingTurn[]
  /** second of a turn at which the speaker is told that the time is nearly over */
  signal: number
}

/** Type (会議種別) is data of the municipality with an effective date: its name, legal basis, rules and retention, and what a new meeting of the kind begins with. */
export interface MeetingType {
  /** Agencies and Categories (既定構成員) are called to every meeting of the kind, besides the members of the case: these agencies, and all of these 機関区分. */
  agencies?: string[]
  /** Agenda (議題のひな形) is what the agenda of a new meeting is made of. */
  agenda?: MeetingAgendaBlock[]
  /** 根拠 */
  basis: string
  categories?: string[]
  /** 議長職 */
  chairPost: string
  /** 会議録の確認期間 in days, 0 = the usual week */
  confirmDays: number
  /** 適用開始日, ISO date */
  effectiveFrom: string
  /** FormName (様式) is how the municipality's own rules name the paper of this kind of meeting: 様式第5号（第8条関係）. It is printed on it. */
  formName?: string
  id: string
  mode: ConsentMode
  name: string
  /** 同意要否 */
  needsConsent: boolean
  /** Papers (様式の設定) are the layouts of its papers, by document: minutes, plan, matrix. */
  papers?: Record<string, PapersLayout>
  phases: MeetingPhaseDef[] | null
  /** 保存年限, years */
  retention: number
  /** Retired (廃止): from the effective date on no meeting of the kind is called any more. */
  retired?: boolean
}

/** Type (会議種別) is data of the municipality with an effective date: its name, legal basis, rules and retention, and what a new meeting of the kind begins with. */
export interface MeetingTypeAsked {
  /** Agencies and Categories (既定構成員) are called to every meeting of the kind, besides the members of the case: these agencies, and all of these 機関区分. */
  agencies?: string[] | null
  /** Agenda (議題のひな形) is what the agenda of a new meeting is made of. */
  agenda?: MeetingAgendaBlockAsked[] | null
  /** 根拠 */
  basis?: string
  categories?: string[] | null
  /** 議長職 */
  chairPost?: string
  /** 会議録の確認期間 in days, 0 = the usual week */
  confirmDays?: number
  /** 適用開始日, ISO date */
  effectiveFrom?: string
  /** FormName (様式) is how the municipality's own rules name the paper of this kind of meeting: 様式第5号（第8条関係）. It is printed on it. */
  formName?: string
  id?: string
  mode?: ConsentMode
  name?: string
  /** 同意要否 */
  needsConsent?: boolean
  /** Papers (様式の設定) are the layouts of its papers, by document: minutes, plan, matrix. */
  papers?: Record<string, PapersLayoutAsked>
  phases?: MeetingPhaseDefAsked[] | null
  /** 保存年限, years */
  retention?: number
  /** Retired (廃止): from the effective date on no meeting of the kind is called any more. */
  retired?: boolean
}

/** TypeVersion is a version of a type in the settings. */
export interface MeetingTypeVersion {
  /** Agencies and Categories (既定構成員) are called to every meeting of the kind, besides the members of the case: these agencies, and all of these 機関区分. */
  agencies?: string[]
  /** Agenda (議題のひな形) is what the agenda of a new meeting is made of. */
  agenda?: MeetingAgendaBlock[]
  /** 根拠 */
  basis: string
  builtIn: boolean
  categories?: string[]
  /** 議長職 */
  chairPost: string
  /** 会議録の確認期間 in days, 0 = the usual week */
  confirmDays: number
  /** in force today */
  current: boolean
  /** 適用開始日, ISO date */
  effectiveFrom: string
  /** FormName (様式) is how the municipality's own rules name the paper of this kind of meeting: 様式第5号（第8条関係）. It is printed on it. */
  formName?: string
  id: string
  mode: ConsentMode
  name: string
  /** 同意要否 */
  needsConsent: boolean
  /** Open: it begins today or later, so it may still be put right under the same date. */
  open: boolean
  /** Papers (様式の設定) are the layouts of its papers, by document: minutes, plan, matrix. */
  papers?: Record<string, PapersLayout>
  phases: MeetingPhaseDef[]
  /** 保存年限, years */
  retention: number
  /** Retired (廃止): from the effective date on no meeting of the kind is called any more. */
  retired?: boolean
}

/** WaitingLead (返事を待っている主担当の申し出) is an offer that is open, without words. */
export interface MeetingWaitingLead {
  at: string
  caseId: string
  caseNumber: string
  /** of a 持ち帰り */
  due: string
  fromName: string
  kindLabel: string
  /** that term is over */
  late: boolean
  /** the reader's agency is to answer */
  mine: boolean
  offerId: string
  stateLabel: string
  toName: string
}

/** WaitingLeads are the offers that wait, the oldest first. */
export interface MeetingWaitingLeads {
  lines: MeetingWaitingLead[]
  /** there are more than are shown */
  more: boolean
}

/** WithdrawalLine is a withdrawal during the meeting; the person is named by id only. */
export interface MeetingWithdrawalLine {
  all: boolean
  at: string
  personId: string
}

/** You is the actor's own part. */
export interface MeetingYou {
  chair: boolean
  confirmed: boolean
  /** attendance is noted */
  here: boolean
  holder: boolean
  /** MustConfirm: nothing of the case is shown before 守秘義務 is confirmed. */
  mustConfirm: boolean
  /** Prepared: the own agency's 準備シート is in. */
  prepared: boolean
  recorder: boolean
  /** agency id one answers for, "" = none */
  seat: string
  /** Undesignated: the agency is not 構成員 and not yet designated. */
  undesignated: boolean
}

/** Account (お知らせの設定) is a person's own, as the page 自分のアカウント shows it. */
export interface NoticeAccount {
  address: string
  digest: boolean
  meetings: boolean
  /** the municipality's Kasane sends mails */
  on: boolean
  /** the address is not taken, since then */
  refused: string | null
}

/** Input is what somebody sets. Without an address nothing is sent. */
export interface NoticeInputAsked {
  address?: string
  digest?: boolean
  meetings?: boolean
}

/** Told (知らせた結果) is what came of telling of a meeting. */
export interface NoticeTold {
  /** people who were told already */
  before: number
  /** mails that go out now */
  queued: number
  /** agencies of which nobody gets mails: they have to be told in another way */
  without: string[]
}

/** Board is アウトリーチ of a case as one reader sees it. */
export interface OutreachBoard {
  caseNumber: string
  /** newest first; none when only the summary was asked for */
  entries: OutreachLine[]
  /** 同意範囲外 */
  hidden: number
  items: ConsentItem[]
  /** newest entry the reader sees, without its text */
  last: OutreachLine | null
  /** may change 安全上の留意 */
  mayWarn: boolean
  people: OutreachWho[]
  safety: OutreachSafety
  stage: CasesStage
  /** oldest first */
  steps: OutreachStep[]
  total: number
  visits: OutreachVisitLine[]
}

/** Day (訪問の一日表) is the list of one day for a worker or an agency. */
export interface OutreachDay {
  agency: string
  day: string
  /** Items are the classes an entry may be of: the form is opened where there may be no line. */
  items: ConsentItem[]
  /** only what is the reader's or anybody's */
  mine: boolean
  /** Overdue is what was planned for a day before and did not happen, the oldest first. Only in the list of today. */
  overdue: OutreachDayLine[]
  today: string
  visits: OutreachDayLine[]
}

/** DayLine is one visit of the list. */
export interface OutreachDayLine {
  /** Address is given where the gate gives 住所・連絡先; AddressWhy says why not. AddressSecret: 住所秘匿, told to who holds the record. */
  address: string
  addressSecret: boolean
  addressWhy: string
  caseId: string
  caseNumber: string
  clock: string
  day: string
  daysLate: number
  id: string
  /** newest contact the reader sees, without its text */
  last: OutreachLine | null
  /** of the reader's agency, which changes it */
  mine: boolean
  /** the reader's, not anybody's */
  own: boolean
  personId: string
  safety: OutreachSafety
  state: OutreachVisitState
  version: number
  who: string
  /** "" = anybody of the agency */
  worker: string
}

/** Input is an entry as it was written, perhaps hours ago without a line. */
export interface OutreachInputAsked {
  at?: string
  body?: string
  /** By is who wrote it: what waited on a device is not sent in the name of who sits there now. */
  by?: string
  /** ID is made by whoever writes, so that what comes twice is kept once. */
  id?: string
  item?: ConsentItem
  /** "" = 働きかけ */
  kind?: OutreachKind
  met?: string[] | null
  method?: string
  nextClock?: string
  /** NextDay and NextClock plan the next one; "" = none. */
  nextDay?: string
  /** NextMine: it is for whoever writes; otherwise for anybody of the agency. */
  nextMine?: boolean
  nextStep?: string
  personId?: string
  place?: string
  relation?: string
  replaces?: string
  target?: string
  /** VisitID is the planned visit that was done with it. */
  visitId?: string
}

/** Kind tells 働きかけ記録 from 支援経過記録: one log holds both, in the order of time. */
export type OutreachKind = string

/** Line is an entry as one reader sees it. */
export interface OutreachLine {
  agencyName: string
  at: string
  body: string
  id: string
  item: ConsentItem
  itemLabel: string
  kind: OutreachKind
  /** MayCorrect: of the reader's agency. */
  mayCorrect: boolean
  met: string[]
  metLabels: string[]
  method: string
  methodLabel: string
  nextStep: string
  /** Old are the entries this one took the place of, newest first. */
  old: OutreachLine[]
  personId: string
  place: string
  placeLabel: string
  recordedAt: string
  relation: string
  relationLabel: string
  target: string
  userName: string
  who: string
}

/** Safety (安全上の留意) is what whoever visits has to know before. */
export interface OutreachSafety {
  at: string
  byAgency: string
  byName: string
  /** of the list outreach_safety */
  codes: string[]
  /** of the codes; the store keeps none */
  labels: string[]
  note: string
  /** 0 = nothing was ever said */
  version: number
}

/** SafetyInput is what is said for those who visit. */
export interface OutreachSafetyInputAsked {
  codes?: string[] | null
  note?: string
  version?: number
}

/** Step (関係の段階) is one step of the way to somebody. */
export interface OutreachStep {
  agencyName: string
  at: string
  label: string
  personId: string
  relation: string
  userName: string
  who: string
}

/** VisitChange moves a planned visit, or drops it (取りやめ). */
export interface OutreachVisitChangeAsked {
  clock?: string
  day?: string
  drop?: boolean
  mine?: boolean
  version?: number
}

/** VisitInput plans a visit. */
export interface OutreachVisitInputAsked {
  clock?: string
  day?: string
  /** made by whoever writes */
  id?: string
  mine?: boolean
  personId?: string
}

/** VisitLine is a planned visit as one reader sees it on the page of the case. */
export interface OutreachVisitLine {
  clock: string
  day: string
  daysLate: number
  id: string
  /** of the reader's agency, which changes it */
  mine: boolean
  personId: string
  version: number
  who: string
  /** "" = anybody of the agency */
  worker: string
}

/** VisitState is what became of a planned visit. */
export type OutreachVisitState = string

/** Who is a person an entry can be about, as the reader may call them; the household has the id "". */
export interface OutreachWho {
  id: string
  label: string
}

/** Affected is one person with what was given of them. */
export interface OversightAffected {
  addressSecret: boolean
  caseNumber: string
  items: OversightGiven[]
  kana: string
  name: string
  ord: number
}

/** Burst (大量閲覧) is a time in which somebody opened more cases than usual. */
export interface OversightBurst {
  actor: string
  actorId: string
  agency: string
  /** most different cases in one window */
  cases: number
  /** the first look */
  from: string
  /** the last */
  to: string
  /** hour, day */
  window: string
}

/** Choice is a line of a filter. */
export interface OversightChoice {
  id: string
  label: string
}

/** Filter is what a person chooses. Days are ISO dates in Japan, both included. */
export interface OversightFilterAsked {
  /** user id */
  actor?: string
  after?: string
  /** agency id */
  agency?: string
  /** ケースID as people write it */
  case?: string
  from?: string
  ip?: string
  limit?: number
  result?: string
  session?: string
  to?: string
  verb?: AccessVerb
}

/** Given is one item of information of one person. */
export interface OversightGiven {
  /** a document of this item was opened; otherwise a page or PDF that may have held it */
  certain: boolean
  /** that were filled in then */
  fields: string[]
  first: string
  item: string
  label: string
  last: string
  sensitive: boolean
  times: number
  /** 文書, 変更の履歴, PDF … */
  ways: string[]
}

/** Hit is a search that a name was, or could have been, found by. */
export interface OversightHit {
  actor: string
  actorId: string
  agency: string
  at: string
  caseNumber: string
  id: string
  ip: string
  meetingId: string
  /** the part of the name that was typed, folded */
  part: string
  post: string
  reason: string
  reasonLabel: string
  result: string
  resultLabel: string
  session: string
  target: string
  verb: AccessVerb
  verbLabel: string
  /** of a document: 「健康・医療」 */
  what: string
}

/** IncidentLine is an export that was made. */
export interface OversightIncidentLine {
  actor: string
  at: string
  entries: number
  id: string
  note: string
  persons: number
  reasonLabel: string
}

/** IncidentOptions are what the form offers to who holds the cases, with the exports made so far. */
export interface OversightIncidentOptions {
  agencies: OversightChoice[]
  made: OversightIncidentLine[]
  reasons: OversightChoice[]
  settings: OversightSettings
  users: OversightChoice[]
  verbs: OversightChoice[]
}

/** Line is one entry of the log for people: no name of a person of a case, no text. */
export interface OversightLine {
  actor: string
  actorId: string
  agency: string
  at: string
  caseNumber: string
  id: string
  ip: string
  meetingId: string
  post: string
  reason: string
  reasonLabel: string
  result: string
  resultLabel: string
  session: string
  target: string
  verb: AccessVerb
  verbLabel: string
  /** of a document: 「健康・医療」 */
  what: string
}

/** Month (月別の集計) counts what one user did in one month. */
export interface OversightMonth {
  actor: string
  actorId: string
  agency: string
  /** by role or consent */
  denied: number
  /** 2026-06 */
  month: string
  /** pages and documents */
  opened: number
  /** papers: drafts, consent sheets */
  printed: number
  /** files and sealed records that left the house, exports */
  taken: number
}

/** Options are what the filters offer. */
export interface OversightOptions {
  agencies: OversightChoice[]
  settings: OversightSettings
  users: OversightChoice[]
  verbs: OversightChoice[]
}

/** Page is a part of a list. Next is "" at its end; a page may be empty and still have a next one. */
export interface OversightPage {
  lines: OversightLine[]
  next: string
}

/** Report is the incident in numbers, then by person and item. */
export interface OversightReport {
  affected: OversightAffected[]
  at: string
  cases: number
  /** entries of the log that were counted */
  entries: number
  from: string
  id: string
  /** lists of cases and records, which show initials and numbers only */
  lists: number
  many: boolean
  persons: number
  /** Sensitive: items that are 要配慮個人情報 as a rule are among what was given. Many: more than a hundred persons. Both are what 個人情報保護法第68条 asks about first. */
  sensitive: boolean
  sensitiveItems: string[]
  to: string
}

/** Seen (誰が見たか) is who looked at a case, or at one person of it. */
export interface OversightSeen {
  /** by agency and person, for the whole period; empty in further pages */
  agencies: OversightViewer[]
  caseNumber: string
  lines: OversightLine[]
  next: string
}

/** Settings (監査の設定) are what a municipality calls usual. */
export interface OversightSettings {
  /** From and To are the hours of the office (執務時間), "08:30" to "17:15". */
  from: string
  /** OfficeDays: weekends, holidays and the turn of the year count as outside. */
  officeDays: boolean
  perDay: number
  /** PerHour and PerDay are how many cases somebody may open in an hour, in 24 hours, before a report names it. */
  perHour: number
  to: string
}

/** Settings (監査の設定) are what a municipality calls usual. */
export interface OversightSettingsAsked {
  /** From and To are the hours of the office (執務時間), "08:30" to "17:15". */
  from?: string
  /** OfficeDays: weekends, holidays and the turn of the year count as outside. */
  officeDays?: boolean
  perDay?: number
  /** PerHour and PerDay are how many cases somebody may open in an hour, in 24 hours, before a report names it. */
  perHour?: number
  to?: string
}

/** Viewer is one person who looked, in one agency. */
export interface OversightViewer {
  actor: string
  actorId: string
  agency: string
  first: string
  last: string
  post: string
  times: number
}

/** Doubt (候補) is a place of a 匿名版 that may tell who or where somebody is and may be a usual word as well: somebody has to read the sentence and decide. */
export interface PapersDoubt {
  after: string
  before: string
  /** what would stand instead */
  call: string
  /** code points of the text as it stands in the record */
  from: number
  no: number
  section: string
  to: number
  word: string
}

/** Ground (不開示とする理由) of a place that is blacked out, by the items of 個人情報の保護に関する法律第78条第1項. */
export type PapersGround = string

/** LaidSection names a section of a paper that can be moved and renamed. */
export interface PapersLaidSection {
  key: string
  title: string
}

/** Layout (様式の設定) is how a municipality's own rules set a paper: its title, the order and the headings of its sections, the 決裁欄, a note. Nothing can be left out by it: what a record has to say stands in it, in whatever order. */
export interface PapersLayout {
  /** 決裁欄 */
  approval?: string[]
  /** headings, by key of the section */
  names?: Record<string, string>
  /** 注記, below the title */
  note?: string
  /** keys of sections; those not named follow in the usual order */
  order?: string[]
  /** 表題, instead of 会議録, 支援プラン…, 役割分担表 */
  title?: string
}

/** Layout (様式の設定) is how a municipality's own rules set a paper: its title, the order and the headings of its sections, the 決裁欄, a note. Nothing can be left out by it: what a record has to say stands in it, in whatever order. */
export interface PapersLayoutAsked {
  /** 決裁欄 */
  approval?: string[] | null
  /** headings, by key of the section */
  names?: Record<string, string>
  /** 注記, below the title */
  note?: string
  /** keys of sections; those not named follow in the usual order */
  order?: string[] | null
  /** 表題, instead of 会議録, 支援プラン…, 役割分担表 */
  title?: string
}

/** Look (様式) is in which form a person gets a paper. */
export type PapersLook = string

/** Mark is a range of characters (code points) of one printed text that is blacked out. */
export interface PapersMark {
  from: number
  ground: PapersGround
  no: number
  to: number
}

/** Mark is a range of characters (code points) of one printed text that is blacked out. */
export interface PapersMarkAsked {
  from?: number
  ground?: PapersGround
  no?: number
  to?: number
}

/** Paper is a document whose layout can be set. */
export interface PapersPaper {
  kind: string
  sections: PapersLaidSection[]
  title: string
}

/** Printed is one text of a document as it stands on the paper: a paragraph, a cell, a heading. Its number is its place in the order of printing: the same document has the same numbers whenever it is printed. */
export interface PapersPrinted {
  /** the column or the label beside it */
  field: string
  /** a heading or a label, as a rule words of the form */
  fixed: boolean
  /** a person's name (氏名欄) */
  name: boolean
  no: number
  /** the heading it stands under */
  section: string
  text: string
}

/** Abilities say what the reader may do, so that the screen never guesses. */
export interface PlansAbilities {
  /** the reader's agency has a column */
  answer: boolean
  /** some document may be written now */
  edit: boolean
  /** may add a document for a further item class */
  ensure: boolean
  /** may take the 役割分担表 home for a spreadsheet */
  take: boolean
}

/** Action (支援項目): one row of the role matrix. */
export interface PlansAction {
  /** sorted by column; empty cells are left out */
  cells: PlansCell[]
  docId: string
  goal: string
  id: string
  item: ConsentItem
  need: string
  ord: string
  /** "" = household */
  personId: string
  text: string
}

/** Answer (役割の回答) of an agency to one of its own cells. */
export type PlansAnswer = string

/** AnswerInput is an answer as given. */
export interface PlansAnswerInputAsked {
  actionId?: string
  /** "" = the own one; any other is refused */
  agencyId?: string
  answer?: PlansAnswer
  /** what the person saw */
  cellHash?: string
  /** wire name or id of the document of the action; may be empty */
  doc?: string
  due?: string
  reason?: string
}

/** AnswerView is an answer as shown. */
export interface PlansAnswerView {
  actionId: string
  /** the column, and the agency that answers: always the same */
  agencyId: string
  agencyName: string
  answer: PlansAnswer
  at: string
  cellHash: string
  docId: string
  /** ISO date: until when a 持ち帰り is answered */
  due?: string
  id: string
  label: string
  meetingId?: string
  planId: string
  reason?: string
  /** user or guest link */
  userId: string
  userName: string
  userPost: string
  /** Void: the cell was changed or removed after the answer; it has to be asked again. */
  void: boolean
}

/** Body is the plan as read from its documents, in the order of its rows. */
export interface PlansBody {
  actions: PlansAction[]
  /** 終結後の主担当 */
  afterLead: string
  caseId: string
  goals: PlansGoal[]
  /** 主担当機関: agency id */
  lead: string
  narratives: PlansNarrative[]
  needs: PlansNeed[]
  nextMonitoring: string
  periodFrom: string
  periodTo: string
  planId: string
  programs: string[]
  round: number
  withheld: PlansWithheld[]
}

/** Cell (役割分担の欄). */
export interface PlansCell {
  code: PlansCode
  /** agency id, "self" or "family" */
  column: string
  content: string
  due: string
  freq: string
  /** what an answer names */
  hash: string
  /** できないこと・条件 */
  limits: string
  start: string
  who: string
}

/** Change is one field that differs between two versions. */
export interface PlansChange {
  after: string
  before: string
  column?: string
  field?: string
  item: ConsentItem
  /** "added" | "removed" | "changed" */
  kind: string
  label: string
  personId: string
  rowId?: string
  /** "narrative" | "need" | "goal" | "action" | "cell" | "plan" */
  what: string
}

/** Code (役割) is the mark in a cell of the matrix. */
export type PlansCode = string

/** Column of the role matrix. */
export interface PlansColumn {
  /** agency id, "self", "family" */
  id: string
  /** "agency" | "self" | "family" */
  kind: string
  /** ◎ of this column */
  leads: number
  /** current member of the case */
  member: boolean
  name: string
  /** attended the meeting; always true outside of one */
  present: boolean
  /** cells with an active role (◎○△見) */
  roles: number
  short: string
}

/** DocRef is a document as one reader may use it (docs/api.md). Doc is empty when it may not be read. */
export interface PlansDocRef {
  /** name on the live connection: "<id>.<epoch>" */
  doc: string
  docId: string
  frozen: boolean
  item: ConsentItem
  itemLabel: string
  kind: LiveKind
  /** cells of the own agency only */
  ownAgencyOnly: boolean
  personId: string
  read: boolean
  reason?: string
  reasonLabel?: string
  write: boolean
}

/** Goal (目標). */
export interface PlansGoal {
  docId: string
  due: string
  id: string
  item: ConsentItem
  /** "long" 長期 | "short" 短期 */
  kind: string
  need: string
  ord: string
  /** "" = household */
  personId: string
  text: string
}

/** LeadAnswer is one word on an offer. */
export interface PlansLeadAnswer {
  agencyId: string
  agencyName: string
  answer: PlansAnswer
  at: string
  /** ISO date: until when a 持ち帰り is answered */
  due?: string
  id: string
  meetingId?: string
  reason?: string
  userName: string
  userPost: string
}

/** LeadHolder is who is 主担当 and on what that rests. */
export interface PlansLeadHolder {
  /** "" nobody */
  agencyId: string
  /** of the acceptance */
  at?: string
  by?: string
  condition?: string
  label: string
  name: string
  /** accepted | conditional | planned | "" */
  state: PlansLeadState
}

/** LeadInput is an offer as made. */
export interface PlansLeadInputAsked {
  kind?: PlansLeadKind
  note?: string
  to?: string
}

/** LeadKind says which 主担当 of a case is spoken of. */
export type PlansLeadKind = string

/** LeadLabel is a kind with its word. */
export interface PlansLeadLabel {
  kind: PlansLeadKind
  label: string
}

/** LeadLine is an offer with what the reader may do with it. */
export interface PlansLeadLine {
  /** oldest first; none is ever changed */
  answers: PlansLeadAnswer[]
  at: string
  /** name of the agency of who asked */
  byAgency: string
  byName: string
  caseId: string
  /** the agency that hands over; "" none did it before */
  from: string
  fromName: string
  id: string
  kind: PlansLeadKind
  kindLabel: string
  mayAnswer: boolean
  mayWithdraw: boolean
  meetingId?: string
  /** 申し送り */
  note: string
  state: PlansLeadState
  stateLabel: string
  to: string
  toName: string
}

/** LeadReply is an answer as given. */
export interface PlansLeadReplyAsked {
  /** accept | conditional | takeback | decline | withdraw */
  answer?: PlansAnswer
  due?: string
  reason?: string
}

/** LeadState (申し出の状態). */
export type PlansLeadState = string

/** LeadView is what one reader may see of 主担当 of a case. */
export interface PlansLeadView {
  after: PlansLeadHolder
  /** what the reader may ask for; none when the reader may not */
  kinds: PlansLeadLabel[]
  now: PlansLeadHolder
  /** newest first */
  offers: PlansLeadLine[]
  /** Withheld: the reader sees only what concerns its own agency, without words. */
  withheld: boolean
}

/** Matrix (役割分担表). */
export interface PlansMatrix {
  columns: PlansColumn[]
  rows: PlansMatrixRow[]
  warnings: PlansWarning[]
  /** rows outside of the reader's consent scope */
  withheld: number
}

/** MatrixRow is one 支援項目 of the matrix. */
export interface PlansMatrixRow {
  action: PlansAction
  answers: PlansAnswerView[]
  goalText: string
  needText: string
  /** Reason stated why the row has not exactly one ◎ or its ◎ has not accepted. */
  reason?: string
}

/** Narrative is one of the prose fields of the plan: wish 意向, situation 状況, policy 方針, risk 緊急時. */
export interface PlansNarrative {
  docId: string
  field: string
  item: ConsentItem
  /** "" = household */
  personId: string
  text: string
}

/** Need (課題). */
export interface PlansNeed {
  /** 課題コード "01".."29" */
  code: string
  docId: string
  id: string
  item: ConsentItem
  ord: string
  /** 対象者: person id */
  person: string
  /** "" = household */
  personId: string
  priority: string
  text: string
}

/** Plan (支援プラン) is one round of planning for a case. Its text lives in documents, one per person × item. */
export interface PlansPlan {
  caseId: string
  createdAt: string
  /** user id */
  createdBy: string
  /** 作成機関: agency id at that time */
  createdFor: string
  id: string
  previousId?: string
  /** 作成回: 1 = 初回, n = 再プラン第n-1回 */
  round: number
}

/** Version (版) is the plan at one moment, named by the hash of its canonical JSON. Agreement names the hash. */
export interface PlansVersion {
  caseId: string
  /** when it became void or agreed */
  endedAt?: string
  frozenAt: string
  frozenBy: string
  /** lower hex SHA-256 of Canonical; "" while freezing */
  hash: string
  meetingId: string
  n: number
  planId: string
  state: PlansVersionState
}

/** VersionState (版の状態). */
export type PlansVersionState = string

/** View is the plan for one reader (GET /api/plans/{id}). */
export interface PlansView {
  abilities: PlansAbilities
  /** newest per action × agency, rows the reader may see */
  answers: PlansAnswerView[]
  body: PlansBody
  columns: PlansColumn[]
  /** Diff is 前回との差分 against the newest agreed version of this plan or its predecessors, rows the reader may see; nil if none. */
  diff: PlansChange[]
  docs: PlansDocRef[]
  /** the version agreement is asked for now */
  frozen: PlansVersion | null
  matrix: PlansMatrix
  plan: PlansPlan
  /** newest first */
  versions: PlansVersion[]
  warnings: PlansWarning[]
  withheld: PlansWithheld[]
}

/** Warning is something to look at before the plan is agreed. Blocking ones stop 閉会 of a 重層的支援会議 unless a reason is stated. */
export interface PlansWarning {
  actionId?: string
  blocking: boolean
  code: string
  column?: string
  docId?: string
  /** for people, says what to do */
  message: string
}

/** Withheld stands for what a reader may not see: 「同意範囲外」. It never carries text. */
export interface PlansWithheld {
  actions: number
  item: ConsentItem
  itemLabel: string
  personId: string
  /** rows and filled prose fields in that document */
  rows: number
}

/** Board is モニタリング and 評価 of a case as one reader sees it. */
export interface ReviewsBoard {
  caseNumber: string
  daysLate: number
  /** next モニタリング, "" = none is fixed */
  due: string
  goals: ReviewsGoal[]
  items: ConsentItem[]
  mayEvaluate: boolean
  people: OutreachWho[]
  /** "" = no plan was agreed to yet */
  planId: string
  /** newest first */
  records: ReviewsLine[]
  round: number
  stage: CasesStage
}

/** Goal is a goal of the plan that the reader may see. */
export interface ReviewsGoal {
  due: string
  id: string
  /** long 長期, short 短期 */
  kind: string
  text: string
}

/** Input is a record as it was written. */
export interface ReviewsInputAsked {
  by?: string
  day?: string
  goals?: ReviewsMarkAsked[] | null
  /** made by whoever writes, so that what comes twice is kept once */
  id?: string
  item?: ConsentItem
  kind?: ReviewsKind
  nextDay?: string
  personId?: string
  replaces?: string
  said?: ReviewsSaidAsked
  verdict?: string
}

/** Kind tells モニタリング from 評価. */
export type ReviewsKind = string

/** Line is a record as one reader sees it. */
export interface ReviewsLine {
  agencyLabels: string[]
  agencyName: string
  changeLabels: string[]
  /** how often it was corrected */
  corrected: number
  day: string
  endLabel: string
  goals: ReviewsMarked[]
  /** Hidden: the words are out of the consent for the reader (同意範囲外), and Said is empty. */
  hidden: boolean
  id: string
  item: ConsentItem
  itemLabel: string
  kind: ReviewsKind
  mayCorrect: boolean
  nextDay: string
  personId: string
  recordedAt: string
  /** of the plan; 0 = an earlier one */
  round: number
  said: ReviewsSaid
  /** goals the reader may not see */
  unseen: number
  userName: string
  verdict: string
  verdictLabel: string
  who: string
}

/** Mark is what is said of a goal: a code of the list progress, in a 評価 of goal_result. */
export interface ReviewsMarkAsked {
  code?: string
  goal?: string
}

/** Marked is what a record says of a goal the reader may see. */
export interface ReviewsMarked {
  code: string
  goal: string
  label: string
  text: string
}

/** OverdueLine is a plan whose モニタリング is overdue. */
export interface ReviewsOverdueLine {
  caseId: string
  caseNumber: string
  days: number
  due: string
  /** "" = none was made */
  lastDay: string
  planId: string
  round: number
}

/** OverdueList is a page of them, the longest overdue of it first. */
export interface ReviewsOverdueList {
  lines: ReviewsOverdueLine[]
  looked: number
  next: string
  total: number
}

/** Said is what belongs to a person and a class of information. */
export interface ReviewsSaid {
  /** 終結後の見守り・再相談先 */
  after: string
  /** 支援機関側の変化 */
  agencyChanges: string[] | null
  /** 本人の変化 */
  change: string
  /** 見られた変化, codes of the list change */
  changes: string[] | null
  /** 終結理由 */
  endReason: string
  /** 新たな課題, 残された課題 */
  found: string
  /** 支援者の意見 */
  view: string
  /** 本人の感想・希望 */
  voice: string
}

/** Said is what belongs to a person and a class of information. */
export interface ReviewsSaidAsked {
  /** 終結後の見守り・再相談先 */
  after?: string
  /** 支援機関側の変化 */
  agencyChanges?: string[] | null
  /** 本人の変化 */
  change?: string
  /** 見られた変化, codes of the list change */
  changes?: string[] | null
  /** 終結理由 */
  endReason?: string
  /** 新たな課題, 残された課題 */
  found?: string
  /** 支援者の意見 */
  view?: string
  /** 本人の感想・希望 */
  voice?: string
}

/** Checked (署名の検証) is what was found of a file. */
export interface SealChecked {
  /** of the signature: proven when StampKnown, else claimed */
  at: string | null
  /** the certificate stands below a root that is believed */
  known: boolean
  /** Japanese; "" = nothing is wrong */
  problem: string
  signed: boolean
  /** name in the certificate */
  signer: string
  /** StampKnown says that the time-stamp authority stands below a root that is believed. Without, anybody can have made the stamp, and the time is claimed. */
  stampKnown: boolean
  /** 時刻認証 */
  stamped: boolean
  /** name of the time-stamp authority */
  tsa: string
  /** all of it, in one Japanese sentence */
  words: string
}

/** Amendment (様式の変更) is everything a municipality has changed in the shipped forms and lists, from a day on. A later one stands for itself: it says everything the former said and more, because what was once asked stays readable; what is no longer asked is retired. */
export interface SheetsAmendment {
  /** 変更した項目 */
  changes: SheetsFieldChange[] | null
  /** 適用開始日, ISO date */
  effectiveFrom: string
  /** 追加した項目 */
  fields: SheetsOwnField[] | null
  /** 追加した選択肢 */
  lists: SheetsOwnList[] | null
}

/** Amendment (様式の変更) is everything a municipality has changed in the shipped forms and lists, from a day on. A later one stands for itself: it says everything the former said and more, because what was once asked stays readable; what is no longer asked is retired. */
export interface SheetsAmendmentAsked {
  /** 変更した項目 */
  changes?: SheetsFieldChangeAsked[] | null
  /** 適用開始日, ISO date */
  effectiveFrom?: string
  /** 追加した項目 */
  fields?: SheetsOwnFieldAsked[] | null
  /** 追加した選択肢 */
  lists?: SheetsOwnListAsked[] | null
}

/** Code is one choice. */
export interface SheetsCode {
  code: string
  group?: string
  label: string
  /** sign printed in the matrix: ◎ ○ △ … */
  mark?: string
  note?: string
  /** asks for words: その他( ) */
  other?: boolean
  /** Retired: no longer offered (使わない); a value chosen before keeps its label. */
  retired?: boolean
}

/** Code is one choice. */
export interface SheetsCodeAsked {
  code?: string
  group?: string
  label?: string
  /** sign printed in the matrix: ◎ ○ △ … */
  mark?: string
  note?: string
  /** asks for words: その他( ) */
  other?: boolean
  /** Retired: no longer offered (使わない); a value chosen before keeps its label. */
  retired?: boolean
}

/** CodeList is a list of choices. */
export interface SheetsCodeList {
  codes: SheetsCode[]
  id: string
  /** Tenant: the municipality may extend or replace it. */
  tenant?: boolean
  title: string
}

/** Definition is one form (帳票) in one version. */
export interface SheetsDefinition {
  /** 適用開始日, ISO date */
  effectiveFrom: string
  id: string
  sections: SheetsSection[]
  title: string
  version: string
}

/** Draft is a change being written, with the forms as they would be. */
export interface SheetsDraft {
  /** Bound names the own fields and codes that apply already: they can be retired, not taken out. */
  bound: string[]
  change: SheetsAmendment
  /** Open are the lists whose choices may be changed, as shipped; lists of its own stand in the set. */
  open: SheetsCodeList[]
  set: SheetsSet
}

/** Field is one 項目. */
export interface SheetsField {
  /** Codes is the id of the code list of a choice. */
  codes?: string
  /** From: the value is shown from the record itself ("case.number", "person.name") and not kept in a document. */
  from?: string
  help?: string
  id: string
  /** Item is the disclosure item class: a code of the list "item". */
  item: string
  label: string
  /** Max is the limit of a text in graphemes, or of a number. */
  max?: number
  owner: SheetsOwner
  required?: boolean
  /** Retired: no longer asked (使わない). What was written stays readable. */
  retired?: boolean
  /** StateReport ★: likely reported to the state (太枠). */
  stateReport?: boolean
  type: SheetsType
  unit?: string
}

/** FieldChange (変更した項目) says how a shipped or own field is shown. Its type, class and choices never change: values written before would not fit. */
export interface SheetsFieldChange {
  help: string
  id: string
  label: string
  required: boolean
  /** 使わない */
  retired: boolean
  stateReport: boolean
}

/** FieldChange (変更した項目) says how a shipped or own field is shown. Its type, class and choices never change: values written before would not fit. */
export interface SheetsFieldChangeAsked {
  help?: string
  id?: string
  label?: string
  required?: boolean
  /** 使わない */
  retired?: boolean
  stateReport?: boolean
}

/** Named is a shipped choice under the name a municipality gives it. */
export interface SheetsNamed {
  code: string
  label: string
}

/** Named is a shipped choice under the name a municipality gives it. */
export interface SheetsNamedAsked {
  code?: string
  label?: string
}

/** OwnField (追加した項目) is a field of the municipality's own. */
export interface SheetsOwnField {
  /** id of the field before it; "" or unknown: at the end of the section */
  after?: string
  /** Codes is the id of the code list of a choice. */
  codes?: string
  form: string
  /** From: the value is shown from the record itself ("case.number", "person.name") and not kept in a document. */
  from?: string
  help?: string
  id: string
  /** Item is the disclosure item class: a code of the list "item". */
  item: string
  label: string
  /** Max is the limit of a text in graphemes, or of a number. */
  max?: number
  owner: SheetsOwner
  required?: boolean
  /** Retired: no longer asked (使わない). What was written stays readable. */
  retired?: boolean
  section: string
  /** StateReport ★: likely reported to the state (太枠). */
  stateReport?: boolean
  type: SheetsType
  unit?: string
}

/** OwnField (追加した項目) is a field of the municipality's own. */
export interface SheetsOwnFieldAsked {
  /** id of the field before it; "" or unknown: at the end of the section */
  after?: string
  /** Codes is the id of the code list of a choice. */
  codes?: string
  form?: string
  /** From: the value is shown from the record itself ("case.number", "person.name") and not kept in a document. */
  from?: string
  help?: string
  id?: string
  /** Item is the disclosure item class: a code of the list "item". */
  item?: string
  label?: string
  /** Max is the limit of a text in graphemes, or of a number. */
  max?: number
  owner?: SheetsOwner
  required?: boolean
  /** Retired: no longer asked (使わない). What was written stays readable. */
  retired?: boolean
  section?: string
  /** StateReport ★: likely reported to the state (太枠). */
  stateReport?: boolean
  type?: SheetsType
  unit?: string
}

/** OwnList (追加した選択肢) adds choices to a list, or retires some of it, or is a list of the municipality's own (its id begins with OwnPrefix). */
export interface SheetsOwnList {
  /** own choices, in order, behind the shipped ones */
  codes: SheetsCode[] | null
  /** shipped codes no longer offered */
  gone?: string[] | null
  id: string
  /** shipped codes under another name */
  named?: SheetsNamed[] | null
  /** of an own list */
  title: string
}

/** OwnList (追加した選択肢) adds choices to a list, or retires some of it, or is a list of the municipality's own (its id begins with OwnPrefix). */
export interface SheetsOwnListAsked {
  /** own choices, in order, behind the shipped ones */
  codes?: SheetsCodeAsked[] | null
  /** shipped codes no longer offered */
  gone?: string[] | null
  id?: string
  /** shipped codes under another name */
  named?: SheetsNamedAsked[] | null
  /** of an own list */
  title?: string
}

/** Owner says whose field it is. */
export type SheetsOwner = string

/** Section is a titled part of a form. */
export interface SheetsSection {
  fields: SheetsField[]
  id: string
  title: string
}

/** Set is what is in force on one day, ready to be sent to the browser. It is shared: not to be changed. */
export interface SheetsSet {
  date: string
  forms: SheetsDefinition[]
  lists: SheetsCodeList[]
}

/** Type is how a field is filled in. */
export type SheetsType = string

/** Form (保存の形式) of the file. */
export type TablesForm = string

/** PackageOrder is what is asked of a transfer package. */
export interface WebPackageOrderAsked {
  year?: number
}

/** StatusLine is one line of the page 稼働状況: what is so, and what to do about it, for people who are no engineers. */
export interface WebStatusLine {
  /** "" when nothing is to be done */
  advice: string
  label: string
  name: string
  state: string
  what: string
}

/** accountBody is one's own account as one sees it. */
export interface WebAccountBody {
  factors: IdentityOwnFactor[]
  passwordMin: number
  sessions: IdentityOpenSession[]
}

export interface WebActorBody {
  agencyId: string
  agencyName: string
  guestMeeting: string
  id: string
  name: string
  /** takes no file home, prints nothing */
  noCopies?: boolean
  post: string
  roles: AccessRole[]
  /** in the lobby */
  waiting?: boolean
  watermark?: boolean
}

/** alarmLine is what the banner says: the reason, which may speak of the people of the case, stands in the list alone. */
export interface WebAlarmLine {
  at: string
  ends: string
  id: string
  live: boolean
  number: string
  userName: string
}

export interface WebCaseAbilities {
  addMember: boolean
  createMeeting: boolean
  createPlan: boolean
  edit: boolean
  recordConsent: boolean
}

export interface WebCaseBody {
  abilities: WebCaseAbilities
  case: CasesDetail
  consent: ConsentBoardRow[]
  /** Glass: the case is read by 緊急時の閲覧; nil for everybody else. */
  glass?: WebGlassBody
  meetings: MeetingRef[]
  members: WebMemberBody[]
  persons: WebPersonBody[]
  plans: WebPlanRef[]
  sections: CasesSection[]
}

export interface WebConsentPerson {
  asked: boolean
  askedAt?: string
  askedBy?: string
  /** how many records (explanations) there are */
  attempts: number
  birth: string
  /** whole days until it ends; 0 when not in force */
  daysLeft: number
  /** Explained: every explanation, newest first (誰に・いつ・どう説明したか). */
  explained: ConsentExplained[]
  from?: string
  kana: string
  /** under 18 today: 親権者の同意を確認 */
  minor: boolean
  name: string
  number?: string
  personId: string
  purposes?: ConsentPurpose[]
  recordId?: string
  /** newest first */
  records: ConsentRecord[]
  relation: string
  /** id of the record that can be renewed now */
  renewable?: string
  /** Scope is what may be given to which agency now, withdrawals taken off. */
  scope?: Record<string, ConsentItem[]>
  /** effective now; StateNotExplained when there is no record */
  state: ConsentState
  stateLabel: string
  subject: boolean
  until?: string
}

export interface WebConsentsBody {
  cares: WebLabelled[]
  form: ConsentFormText
  formHash: string
  /** the whole text, a paragraph a line */
  formText: string
  formVersion: string
  items: WebLabelled[]
  persons: WebConsentPerson[]
  purposes: WebLabelled[]
  ready: boolean
  /** Texts: every version kept, by number: which text a record names is shown word by word. */
  texts: ConsentKeptText[]
  ways: WebLabelled[]
}

/** emergenciesBody is a list of 緊急開示. */
export interface WebEmergenciesBody {
  emergencies: WebEmergencyBody[]
}

/** emergencyBody is a 緊急開示 with what follows from the time it is. */
export interface WebEmergencyBody {
  agency: string
  agencyId: string
  at: string
  basis: ConsentBasis
  basisLabel: string
  by: string
  byName: string
  caseId: string
  confirmedAt: string | null
  confirmedBy: string
  confirmedName: string
  /** Count is how many persons they are, also for who is not told which. */
  count: number
  endedAt: string | null
  endedBy: string
  ends: string
  id: string
  items: ConsentItem[]
  /** Lapsed: nobody confirmed it within a day. */
  lapsed: boolean
  live: boolean
  /** MayConfirm: the asker is a second person, in time. */
  mayConfirm: boolean
  /** Number of the case and name of the agency, as the lists show them. */
  number: string
  persons: string[]
  reason: string
  until: string
}

export interface WebErrorBody {
  error: WebErrorPart
}

export interface WebErrorPart {
  details?: Record<string, unknown>
  field?: string
  kind: string
  message: string
  /** for a question to the operator: finds the log line */
  request: string
}

/** glassBody is a 緊急時の閲覧 with what follows from the time it is and from who asks. */
export interface WebGlassBody {
  at: string
  basis: ConsentBasis
  basisLabel: string
  caseId: string
  endedAt: string | null
  endedBy: string
  ends: string
  finding: ConsentFinding
  findingLabel: string
  id: string
  live: boolean
  /** MayEnd and MayReview: the asker may do so now. */
  mayEnd: boolean
  mayReview: boolean
  note: string
  /** ケースID, when read */
  number: string
  reason: string
  reviewedAt: string | null
  reviewedBy: string
  reviewedName: string
  until: string
  userId: string
  userName: string
}

/** guestBody is an invitation in a list; the secrets are shown once, when it is made. */
export interface WebGuestBody {
  admittedAt: string | null
  agencyId: string
  expiresAt: string
  id: string
  kana: string
  name: string
  post: string
  revokedAt: string | null
  usedAt: string | null
}

export interface WebInvitedBody {
  expiresAt: string
  id: string
  pin: string
  /** the link as a picture (PNG) */
  qr: string
  url: string
}

export interface WebLabelled {
  code: string
  label: string
}

/** localIssuesBody is the list of 地域課題 with the resources that were made of them. */
export interface WebLocalIssuesBody {
  /** by theme */
  counts: Record<string, number>
  issues: MeetingLocalIssue[]
  maySort: boolean
  /** by id of the issue */
  places: Record<string, CommunityIssuePlace[]>
  states: MeetingChoice[]
  themes: MeetingChoice[]
}

export interface WebLockBody {
  /** 0 = never */
  idle: number
  /** on the pages of a meeting */
  meeting: number
}

/** memberBody is a member agency with the names a screen needs. */
export interface WebMemberBody {
  agencyId: string
  caseId: string
  city: boolean
  name: string
  /** how it is involved, one line */
  note: string
  short: string
  since: string
  until?: string
}

export interface WebMunicipalityBody {
  demo: boolean
  id: string
  /** Signed in: the stamp of its mark, "" = none, and the first 年度 anything can be of. */
  logo?: string
  name: string
  since?: number
}

/** personBody is a person; one that may not be seen has no name and says why. */
export interface WebPersonBody {
  /** AddressSecret: 住所秘匿(DV等支援措置). */
  addressSecret: boolean
  /** 通称・別名 */
  alias?: string
  /** ISO date, may be partial ("1944", "1944-05") or "" */
  birth: string
  caseId: string
  hidden: boolean
  id: string
  /** first letter of the kana */
  initial: string
  kana: string
  name: string
  ord: number
  reason: ConsentReason
  reasonLabel: string
  /** 続柄: 本人, 母, 長男 … */
  relation: string
  /** 男 / 女 / その他 / 不明・回答しない */
  sex: string
  /** Subject: 本人 of the support (consent subject of the plan); a case may have several. */
  subject: boolean
  updatedAt: string
  withheld: boolean
  /** WithheldFrom (特定機関に非開示): ids of agencies that get nothing of this person, whatever consent or meeting says. */
  withheldFrom?: string[]
}

/** planRef is a plan in the list of a case. */
export interface WebPlanRef {
  caseId: string
  createdAt: string
  /** user id */
  createdBy: string
  /** 作成機関: agency id at that time */
  createdFor: string
  id: string
  /** 初回プラン, 再プラン(第1回) … */
  label: string
  previousId?: string
  /** 作成回: 1 = 初回, n = 再プラン第n-1回 */
  round: number
}

/** problemBody is the same as RFC 9457 says it, for programs that accept application/problem+json. */
export interface WebProblemBody {
  detail: string
  details?: Record<string, unknown>
  field?: string
  /** urn of the request, as in X-Request-Id */
  instance: string
  kind: string
  status: number
  title: string
  /** always about:blank: the kind tells */
  type: string
}

/** refusedBody is somebody whose mails are refused, without the address. */
export interface WebRefusedBody {
  agencyName: string
  at: string
  code: number
  name: string
  userId: string
}

/** seenBody is the part of a case's page that consent governs, in the shape of caseBody. */
export interface WebSeenBody {
  inside: boolean
  members: WebMemberBody[]
  number?: string
  persons: WebPersonBody[]
  sections: CasesSection[]
}

/** sessionBody is what the client asks first and after every change of who is there. */
export interface WebSessionBody {
  actor: WebActorBody | null
  demoAccounts?: IdentityDemoAccount[]
  /** the first seals what the browser keeps of the actor's unsent words, all open it */
  draftKeys?: string[]
  /** how the second step can be done */
  factors?: IdentityFactorKind[]
  /** the lock opens with the PIN */
  guest?: boolean
  /** 離席ロック, in minutes */
  lock?: WebLockBody
  /** several share the installation: the sign-in page asks which */
  municipalities?: WebMunicipalityBody[]
  municipality: WebMunicipalityBody | null
  /** who the second step, or the lock, waits for */
  name?: string
  signInWith?: string
  /** setup, signed_out, factor, enrol, locked, signed_in */
  state: string
}

export interface WebSheet {
  name: string
  rows: string[][]
}

export interface WebSheetRef {
  effectiveFrom: string
  id: string
  title: string
  version: string
}

/** summaryBody is a line of the case list. */
export interface WebSummaryBody {
  agencies: number
  id: string
  /** ふりがな頭文字 of the subjects, e.g. 「た・よ」 */
  initials: string
  /** NextMeeting is the planned start of the next meeting, if any. */
  nextMeeting?: string
  /** ケースID: K2026-0001, 年度+連番, never reused */
  number: string
  /** 受付日 */
  openedAt: string
  openedBy: string
  persons: number
  stage: CasesStage
  stageLabel: string
  /** Until is 再開予定日 of a case in 中断, ISO; "" otherwise. */
  until?: string
  updatedAt: string
  version: number
}

/** viewBody is the consent strip; for who holds the record with the page as that agency gets it. */
export interface WebViewBody {
  agencyId: string
  mode: ConsentMode
  /** the household ("") first */
  persons: CasesPersonView[]
  seen?: WebSeenBody
}

/** Choice is a kind as the form offers it. */
export interface WebhooksChoice {
  /** for agencies of the municipality only */
  city: boolean
  id: WebhooksKind
  label: string
}

/** Data is what an event says. Everything in it is an id of Kasane or a path of its API. */
export interface WebhooksData {
  /** the case it is of */
  caseId?: string
  /** of the thing itself: the case, the meeting, the consent record, the つなぎ, the record */
  id: string
  /** the meeting it is of */
  meetingId?: string
  /** where to ask what is so now */
  path: string
}

/** Desk is the page of the addresses. */
export interface WebhooksDesk {
  /** seconds between the tries */
  backoff: number[]
  endpoints: WebhooksShown[]
  gone: WebhooksVanishings
  kinds: WebhooksChoice[]
  most: number
  /** this installation sends */
  on: boolean
}

/** Input is an address as it is entered. */
export interface WebhooksInputAsked {
  /** whose system it is; fixed once it is there */
  agencyId?: string
  kinds?: WebhooksKind[] | null
  note?: string
  on?: boolean
  url?: string
}

/** Kind names what has happened. Stable: receivers ask for it by its name. */
export type WebhooksKind = string

/** Made is told once. */
export interface WebhooksMade {
  endpoint: WebhooksShown
  /** never again */
  secret: string
}

/** Message is the body that is sent, in the form of the Standard Webhooks. */
export interface WebhooksMessage {
  data: WebhooksData
  /** when it happened */
  timestamp: string
  type: WebhooksKind
}

/** OffWhy says why an address is switched off; "" = it is on. */
export type WebhooksOffWhy = string

/** Sent is a delivery as the page shows it. */
export interface WebhooksSent {
  at: string
  /** of the last answer, 0 = none */
  code: number
  id: string
  kind: WebhooksKind
  kindLabel: string
  mayAgain: boolean
  /** when it is tried again */
  next: string | null
  state: WebhooksState
  stateLabel: string
  triedAt: string | null
  tries: number
  why: WebhooksWhy
  whyLabel: string
}

/** Shown is an address as the page shows it. */
export interface WebhooksShown {
  agencyId: string
  agencyName: string
  at: string
  byName: string
  failingSince: string | null
  id: string
  kinds: WebhooksKind[]
  note: string
  offAt: string | null
  offLabel: string
  offWhy: WebhooksOffWhy
  /** until then the old secret signs, too */
  oldUntil: string | null
  sentAt: string | null
  url: string
  waiting: number
}

/** State is where a delivery stands. */
export type WebhooksState = string

/** Vanishings say when something goes by itself. */
export interface WebhooksVanishings {
  /** days a delivery is shown */
  deliveries: number
  /** days after which an address of which nothing gets through is switched off */
  failing: number
}

/** Why is what kind of failure a try ended with; "" = none. */
export type WebhooksWhy = string

/** What each route is asked, and what it answers. */
export interface Routes {
  'GET /api/account': { asked: undefined; answer: WebAccountBody }
  'POST /api/account/factors/{id}/remove': { asked: {
      password?: string
    }; answer: undefined }
  'GET /api/account/notices': { asked: undefined; answer: NoticeAccount }
  'PUT /api/account/notices': { asked: NoticeInputAsked; answer: NoticeAccount }
  'PUT /api/account/password': { asked: {
      old?: string
      password?: string
    }; answer: undefined }
  'POST /api/account/recovery': { asked: {
      password?: string
    }; answer: {
      codes: string[]
    } }
  'DELETE /api/account/sessions': { asked: undefined; answer: undefined }
  'DELETE /api/account/sessions/{id}': { asked: undefined; answer: undefined }
  'GET /api/agencies': { asked: undefined; answer: {
      agencies: AccessAgency[]
    } }
  'POST /api/agencies': { asked: IdentityAgencyInputAsked; answer: AccessAgency }
  'POST /api/agencies/list': { asked: {
      agencies?: FirstrunAgencyRowAsked[] | null
    }; answer: {
      agencies: AccessAgency[]
    } }
  'POST /api/agencies/look': { asked: {
      file?: string
      text?: string
    }; answer: FirstrunLooked }
  'PUT /api/agencies/{id}': { asked: IdentityAgencyInputAsked; answer: AccessAgency }
  'GET /api/archive': { asked: undefined; answer: {
      next: string
      records: ArchiveLine[]
    } }
  'GET /api/archive/check': { asked: undefined; answer: {
      check: ArchiveCheck | null
    } }
  'GET /api/archive/classes': { asked: undefined; answer: ArchiveTableView }
  'PUT /api/archive/classes': { asked: {
      classes?: ArchiveClassAsked[] | null
      version?: number
    }; answer: ArchiveTableView }
  'GET /api/archive/ending': { asked: undefined; answer: {
      records: ArchiveKeptLine[]
    } }
  'POST /api/archive/match': { asked: {
      number?: string
      sha256?: string
    }; answer: ArchiveMatched }
  'POST /api/archive/match/file': { asked: FormData; answer: ArchiveMatched }
  'POST /api/archive/package': { asked: {
      year?: number
    }; answer: Blob }
  'POST /api/archive/search': { asked: {
      after?: string
      kind?: ArchiveKind
      q?: string
      year?: number
    }; answer: {
      next: string
      records: ArchiveLine[]
    } }
  'POST /api/archive/verify': { asked: {
      id?: string
    }; answer: ArchiveReport }
  'GET /api/archive/{id}/copies': { asked: undefined; answer: CopiesDesk }
  'POST /api/archive/{id}/copies': { asked: CopiesWishAsked; answer: Blob }
  'POST /api/archive/{id}/copies/preview': { asked: CopiesWishAsked; answer: Blob }
  'POST /api/archive/{id}/correct': { asked: {
      reason?: string
    }; answer: ArchiveKeptLine }
  'POST /api/archive/{id}/extend': { asked: {
      reason?: string
      until?: string
    }; answer: ArchiveKeptLine }
  'GET /api/archive/{id}/file': { asked: undefined; answer: Blob }
  'POST /api/archive/{id}/holds': { asked: {
      reason?: string
    }; answer: ArchiveKeptLine }
  'POST /api/archive/{id}/holds/{hold}/lift': { asked: {
      reason?: string
    }; answer: ArchiveKeptLine }
  'GET /api/archive/{id}/keeping': { asked: undefined; answer: ArchiveKeptLine }
  'GET /api/archive/{id}/texts': { asked: undefined; answer: CopiesTexts }
  'POST /api/audit/entries': { asked: OversightFilterAsked; answer: OversightPage }
  'POST /api/audit/export': { asked: OversightFilterAsked; answer: Blob }
  'POST /api/audit/hours': { asked: OversightFilterAsked; answer: OversightPage }
  'POST /api/audit/mass': { asked: OversightFilterAsked; answer: {
      bursts: OversightBurst[]
    } }
  'POST /api/audit/monthly': { asked: OversightFilterAsked; answer: {
      months: OversightMonth[]
    } }
  'GET /api/audit/options': { asked: undefined; answer: OversightOptions }
  'POST /api/audit/searches': { asked: {
      from?: string
      q?: string
      to?: string
    }; answer: {
      hits: OversightHit[]
    } }
  'POST /api/audit/seen': { asked: OversightFilterAsked; answer: OversightSeen }
  'PUT /api/audit/settings': { asked: OversightSettingsAsked; answer: OversightSettings }
  'GET /api/cases': { asked: undefined; answer: {
      cases: WebSummaryBody[]
      next: string
    } }
  'POST /api/cases': { asked: CasesNewCaseAsked; answer: {
      id: string
      number: string
    } }
  'POST /api/cases/search': { asked: {
      after?: string
      agency?: string
      limit?: number
      q?: string
      stage?: CasesStage
    }; answer: {
      cases: WebSummaryBody[]
      next: string
    } }
  'GET /api/cases/{case}': { asked: undefined; answer: WebCaseBody }
  'POST /api/cases/{case}/again': { asked: CasesAgainInputAsked; answer: {
      id: string
      number: string
    } }
  'GET /api/cases/{case}/bars': { asked: undefined; answer: {
      bars: CasesBar[]
      staff: IdentityColleague[]
    } }
  'POST /api/cases/{case}/bars': { asked: {
      reason?: string
      userId?: string
    }; answer: undefined }
  'DELETE /api/cases/{case}/bars/{id}': { asked: undefined; answer: undefined }
  'GET /api/cases/{case}/consents': { asked: undefined; answer: WebConsentsBody }
  'POST /api/cases/{case}/consents': { asked: ConsentInputAsked; answer: ConsentRecord }
  'GET /api/cases/{case}/consents/form.pdf': { asked: undefined; answer: Blob }
  'GET /api/cases/{case}/course': { asked: undefined; answer: CasesCourse }
  'GET /api/cases/{case}/course.pdf': { asked: undefined; answer: Blob }
  'GET /api/cases/{case}/decisions': { asked: undefined; answer: CasesDecisionView }
  'POST /api/cases/{case}/decisions': { asked: {
      note?: string
    }; answer: undefined }
  'POST /api/cases/{case}/decisions/{id}': { asked: CasesMarkInputAsked; answer: undefined }
  'GET /api/cases/{case}/discretions': { asked: undefined; answer: {
      discretions: CasesDiscretion[]
    } }
  'POST /api/cases/{case}/discretions': { asked: {
      item?: ConsentItem
      personId?: string
      reason?: string
    }; answer: undefined }
  'POST /api/cases/{case}/discretions/lift': { asked: {
      item?: ConsentItem
      personId?: string
    }; answer: undefined }
  'GET /api/cases/{case}/doubles': { asked: undefined; answer: IntakeFound }
  'GET /api/cases/{case}/emergencies': { asked: undefined; answer: WebEmergenciesBody }
  'POST /api/cases/{case}/emergencies': { asked: ConsentEmergencyInputAsked; answer: ConsentEmergency }
  'GET /api/cases/{case}/followups': { asked: undefined; answer: CasesFollowupLine[] }
  'POST /api/cases/{case}/followups': { asked: CasesFollowupInputAsked; answer: undefined }
  'POST /api/cases/{case}/followups/{id}': { asked: CasesHeardInputAsked; answer: undefined }
  'PUT /api/cases/{case}/former': { asked: {
      number?: string
      reason?: string
    }; answer: undefined }
  'GET /api/cases/{case}/intake': { asked: undefined; answer: {
      intake: IntakeView | null
    } }
  'POST /api/cases/{case}/intake/triage': { asked: IntakeTriageInputAsked; answer: undefined }
  'GET /api/cases/{case}/joinings': { asked: undefined; answer: JoiningBoard }
  'POST /api/cases/{case}/joinings': { asked: JoiningInputAsked; answer: undefined }
  'PUT /api/cases/{case}/joinings/{id}': { asked: JoiningInputAsked; answer: undefined }
  'POST /api/cases/{case}/joinings/{id}/steps': { asked: JoiningStepInputAsked; answer: undefined }
  'GET /api/cases/{case}/leads': { asked: undefined; answer: PlansLeadView }
  'POST /api/cases/{case}/leads': { asked: PlansLeadInputAsked; answer: PlansLeadView }
  'POST /api/cases/{case}/leads/{id}': { asked: PlansLeadReplyAsked; answer: PlansLeadView }
  'POST /api/cases/{case}/meetings': { asked: MeetingInputAsked; answer: {
      id: string
      no: number
    } }
  'POST /api/cases/{case}/members': { asked: {
      agencyId?: string
      note?: string
    }; answer: undefined }
  'DELETE /api/cases/{case}/members/{id}': { asked: undefined; answer: undefined }
  'GET /api/cases/{case}/outreach': { asked: undefined; answer: OutreachBoard }
  'POST /api/cases/{case}/outreach': { asked: OutreachInputAsked; answer: undefined }
  'PUT /api/cases/{case}/outreach/safety': { asked: OutreachSafetyInputAsked; answer: undefined }
  'POST /api/cases/{case}/outreach/visits': { asked: OutreachVisitInputAsked; answer: undefined }
  'GET /api/cases/{case}/papers': { asked: undefined; answer: CopiesCasePapers }
  'POST /api/cases/{case}/persons': { asked: CasesPersonInputAsked; answer: CasesPerson }
  'PUT /api/cases/{case}/persons/{id}': { asked: CasesPersonInputAsked; answer: CasesPerson }
  'POST /api/cases/{case}/persons/{id}/seen': { asked: OversightFilterAsked; answer: OversightSeen }
  'POST /api/cases/{case}/plans': { asked: {
      previous?: string
    }; answer: {
      id: string
      round: number
    } }
  'POST /api/cases/{case}/prints': { asked: Record<string, never>; answer: undefined }
  'GET /api/cases/{case}/referrals': { asked: undefined; answer: {
      referrals: IntakeReferralLine[]
    } }
  'POST /api/cases/{case}/referrals': { asked: IntakeReferralInputAsked; answer: undefined }
  'GET /api/cases/{case}/referrals/options': { asked: undefined; answer: IntakeOptions }
  'GET /api/cases/{case}/reviews': { asked: undefined; answer: ReviewsBoard }
  'POST /api/cases/{case}/reviews': { asked: ReviewsInputAsked; answer: undefined }
  'GET /api/cases/{case}/reviews/{id}/sheet.pdf': { asked: undefined; answer: Blob }
  'GET /api/cases/{case}/screening.pdf': { asked: undefined; answer: Blob }
  'POST /api/cases/{case}/screenings': { asked: CasesScreeningInputAsked; answer: undefined }
  'GET /api/cases/{case}/sheets/{id}.pdf': { asked: undefined; answer: Blob }
  'GET /api/cases/{case}/sheets/{id}/anonymous': { asked: undefined; answer: CasesheetsAnonymous }
  'POST /api/cases/{case}/sheets/{id}/anonymous': { asked: CasesheetsAnonymousWishAsked; answer: Blob }
  'POST /api/cases/{case}/sheets/{id}/back': { asked: undefined; answer: CasesheetsTaken }
  'POST /api/cases/{case}/sheets/{id}/back/look': { asked: undefined; answer: CasesheetsPreview }
  'GET /api/cases/{case}/sheets/{id}/file': { asked: undefined; answer: Blob }
  'PUT /api/cases/{case}/stage': { asked: CasesStageInputAsked; answer: CasesCase }
  'GET /api/cases/{case}/view': { asked: undefined; answer: WebViewBody }
  'GET /api/codes': { asked: undefined; answer: {
      lists: Record<string, SheetsCode[]>
    } }
  'GET /api/consent-texts': { asked: undefined; answer: {
      current: ConsentFormText
      currentHash: string
      texts: ConsentKeptText[]
    } }
  'POST /api/consent-texts': { asked: ConsentTextInputAsked; answer: ConsentKeptText }
  'GET /api/consents/ending': { asked: undefined; answer: {
      ending: ConsentEnding[]
    } }
  'GET /api/consents/{id}/export': { asked: undefined; answer: Blob }
  'GET /api/consents/{id}/form.pdf': { asked: undefined; answer: Blob }
  'GET /api/consents/{id}/receipt.pdf': { asked: undefined; answer: Blob }
  'POST /api/consents/{id}/renew': { asked: ConsentRenewInputAsked; answer: ConsentRecord }
  'POST /api/consents/{id}/withdraw': { asked: ConsentWithdrawInputAsked; answer: ConsentRecord }
  'POST /api/dates/answer': { asked: {
      answers?: Record<string, MeetingDateAnswer>
      token?: string
    }; answer: undefined }
  'POST /api/dates/check': { asked: {
      token?: string
    }; answer: MeetingDateQuestion }
  'GET /api/decision-steps': { asked: undefined; answer: {
      steps: string[]
    } }
  'PUT /api/decision-steps': { asked: {
      steps?: string[] | null
    }; answer: undefined }
  'GET /api/directory': { asked: undefined; answer: {
      users: IdentityColleague[]
    } }
  'GET /api/disposals': { asked: undefined; answer: {
      disposals: ArchiveDisposalView[]
    } }
  'POST /api/disposals': { asked: ArchiveProposalAsked; answer: ArchiveDisposalView }
  'POST /api/disposals/{id}/decide': { asked: {
      approve?: boolean
      note?: string
    }; answer: ArchiveDisposalView }
  'POST /api/disposals/{id}/withdraw': { asked: Record<string, never>; answer: undefined }
  'POST /api/docs': { asked: {
      agencyId?: string
      caseId?: string
      item?: ConsentItem
      kind?: LiveKind
      meetingId?: string
      ownerId?: string
      personId?: string
    }; answer: PlansDocRef }
  'GET /api/docs/{id}/diff': { asked: undefined; answer: LiveDifference }
  'GET /api/docs/{id}/history': { asked: undefined; answer: LiveTimeline }
  'GET /api/docs/{id}/history/{seq}': { asked: undefined; answer: LiveVersion }
  'POST /api/docs/{id}/restore': { asked: LiveRestoreInputAsked; answer: LiveRestored }
  'GET /api/emergencies': { asked: undefined; answer: WebEmergenciesBody }
  'GET /api/emergencies/export': { asked: undefined; answer: Blob }
  'POST /api/emergencies/{id}/confirm': { asked: Record<string, never>; answer: ConsentEmergency }
  'POST /api/emergencies/{id}/end': { asked: Record<string, never>; answer: ConsentEmergency }
  'GET /api/figures': { asked: undefined; answer: FiguresTable }
  'GET /api/figures/cases': { asked: undefined; answer: FiguresDrilled }
  'GET /api/figures/file': { asked: undefined; answer: Blob }
  'GET /api/figures/funnel': { asked: undefined; answer: FiguresFunnel }
  'GET /api/figures/network': { asked: undefined; answer: FiguresNetwork }
  'GET /api/figures/targets': { asked: undefined; answer: FiguresAims }
  'PUT /api/figures/targets': { asked: {
      targets?: FiguresTargetChangeAsked[] | null
      year?: number
    }; answer: undefined }
  'POST /api/files': { asked: FormData; answer: FilesFile }
  'GET /api/files/{id}': { asked: undefined; answer: Blob }
  'GET /api/first-run': { asked: undefined; answer: FirstrunWay }
  'PUT /api/first-run': { asked: {
      aside?: boolean
    }; answer: FirstrunWay }
  'PUT /api/first-run/{id}': { asked: {
      done?: boolean
    }; answer: FirstrunWay }
  'GET /api/forms': { asked: undefined; answer: FormsDesk }
  'POST /api/forms': { asked: {
      change?: SheetsAmendmentAsked
      n?: number
    }; answer: FormsVersion }
  'POST /api/forms/preview': { asked: SheetsAmendmentAsked; answer: SheetsDraft }
  'DELETE /api/forms/{n}': { asked: undefined; answer: undefined }
  'GET /api/gaiji': { asked: undefined; answer: GaijiLetter[] }
  'POST /api/gaiji': { asked: GaijiInputAsked; answer: GaijiLetter }
  'PUT /api/gaiji/{id}': { asked: GaijiInputAsked; answer: GaijiLetter }
  'GET /api/glass': { asked: undefined; answer: {
      glasses: WebGlassBody[]
    } }
  'POST /api/glass': { asked: ConsentGlassInputAsked; answer: WebGlassBody }
  'GET /api/glass/alarm': { asked: undefined; answer: {
      alarms: WebAlarmLine[]
    } }
  'GET /api/glass/own': { asked: undefined; answer: {
      glasses: WebGlassBody[]
    } }
  'POST /api/glass/{id}/end': { asked: Record<string, never>; answer: WebGlassBody }
  'POST /api/glass/{id}/review': { asked: ConsentReviewInputAsked; answer: WebGlassBody }
  'POST /api/guest/check': { asked: {
      token?: string
    }; answer: {
      ok: boolean
    } }
  'POST /api/guest/enter': { asked: IdentityEntryAsked; answer: WebSessionBody }
  'GET /api/handout-days': { asked: undefined; answer: {
      days: number
    } }
  'PUT /api/handout-days': { asked: {
      days?: number
    }; answer: undefined }
  'GET /api/imports': { asked: undefined; answer: {
      imports: ImportsBatch[]
    } }
  'POST /api/imports': { asked: undefined; answer: ImportsBatch }
  'POST /api/imports/errors': { asked: undefined; answer: Blob }
  'POST /api/imports/look': { asked: undefined; answer: ImportsPreview }
  'DELETE /api/imports/{id}': { asked: undefined; answer: ImportsUndone }
  'GET /api/incidents': { asked: undefined; answer: OversightIncidentOptions }
  'POST /api/incidents': { asked: {
      /** user id */
      actor?: string
      after?: string
      /** agency id */
      agency?: string
      /** ケースID as people write it */
      case?: string
      format?: string
      from?: string
      ip?: string
      limit?: number
      /** why, at most 500 characters */
      note?: string
      /** code */
      reason?: string
      result?: string
      session?: string
      to?: string
      verb?: AccessVerb
    }; answer: OversightReport }
  'GET /api/intakes': { asked: undefined; answer: {
      intakes: IntakeLine[]
      next: string
    } }
  'POST /api/intakes': { asked: IntakeInputAsked; answer: IntakeMade }
  'POST /api/intakes/similar': { asked: IntakeWantedAsked; answer: IntakeFound }
  'GET /api/jobs': { asked: undefined; answer: {
      at: string
      jobs: JobsView[]
    } }
  'POST /api/jobs/import': { asked: undefined; answer: JobsView }
  'POST /api/jobs/package': { asked: WebPackageOrderAsked; answer: JobsView }
  'POST /api/jobs/verify': { asked: Record<string, never>; answer: JobsView }
  'GET /api/jobs/{id}': { asked: undefined; answer: JobsView }
  'GET /api/jobs/{id}/result': { asked: undefined; answer: Blob }
  'POST /api/jobs/{id}/stop': { asked: Record<string, never>; answer: JobsView }
  'GET /api/joinings': { asked: undefined; answer: JoiningOverview }
  'GET /api/local-issues': { asked: undefined; answer: WebLocalIssuesBody }
  'GET /api/meeting-types': { asked: undefined; answer: {
      types: MeetingType[]
    } }
  'POST /api/meeting-types': { asked: MeetingTypeAsked; answer: undefined }
  'POST /api/meeting-types/preview': { asked: {
      paper?: MeetingPaperKind
      type?: MeetingTypeAsked
    }; answer: Blob }
  'GET /api/meeting-types/versions': { asked: undefined; answer: {
      papers: PapersPaper[]
      versions: MeetingTypeVersion[]
    } }
  'GET /api/meetings': { asked: undefined; answer: {
      meetings: MeetingRef[]
    } }
  'GET /api/meetings/{meeting}': { asked: undefined; answer: MeetingRoom }
  'POST /api/meetings/{meeting}/acts': { asked: {
      act?: MeetingAct
      /** any JSON */
      params?: unknown
      seq?: number
    }; answer: MeetingRoom }
  'GET /api/meetings/{meeting}/attendance.pdf': { asked: undefined; answer: Blob }
  'GET /api/meetings/{meeting}/carry': { asked: undefined; answer: MeetingCarryList }
  'POST /api/meetings/{meeting}/carry': { asked: {
      rows?: MeetingCarryChoiceAsked[] | null
    }; answer: MeetingRoom }
  'GET /api/meetings/{meeting}/dates': { asked: undefined; answer: MeetingDateBoard }
  'PUT /api/meetings/{meeting}/dates': { asked: MeetingDatesInputAsked; answer: {
      links: MeetingDateLink[]
    } }
  'POST /api/meetings/{meeting}/dates/fix': { asked: {
      option?: string
    }; answer: MeetingRoom }
  'POST /api/meetings/{meeting}/dates/links': { asked: {
      agencyId?: string
    }; answer: {
      links: MeetingDateLink[]
    } }
  'POST /api/meetings/{meeting}/enter': { asked: {
      form?: MeetingForm
    }; answer: undefined }
  'GET /api/meetings/{meeting}/followup': { asked: undefined; answer: MeetingFollowup }
  'GET /api/meetings/{meeting}/guests': { asked: undefined; answer: {
      guests: WebGuestBody[]
    } }
  'POST /api/meetings/{meeting}/guests': { asked: {
      agencyId?: string
      kana?: string
      name?: string
      post?: string
    }; answer: WebInvitedBody }
  'POST /api/meetings/{meeting}/guests/carry': { asked: {
      guestId?: string
    }; answer: undefined }
  'DELETE /api/meetings/{meeting}/guests/{id}': { asked: undefined; answer: undefined }
  'POST /api/meetings/{meeting}/guests/{id}/admit': { asked: Record<string, never>; answer: undefined }
  'GET /api/meetings/{meeting}/handouts': { asked: undefined; answer: HandoutsList }
  'POST /api/meetings/{meeting}/handouts': { asked: FormData; answer: {
      id: string
    } }
  'GET /api/meetings/{meeting}/handouts.pdf': { asked: undefined; answer: Blob }
  'DELETE /api/meetings/{meeting}/handouts/{id}': { asked: undefined; answer: undefined }
  'GET /api/meetings/{meeting}/handouts/{id}/copy': { asked: undefined; answer: Blob }
  'POST /api/meetings/{meeting}/handouts/{id}/open': { asked: Record<string, never>; answer: Blob }
  'GET /api/meetings/{meeting}/invitation.ics': { asked: undefined; answer: Blob }
  'PUT /api/meetings/{meeting}/local-issues/{id}': { asked: MeetingIssueMarkInputAsked; answer: undefined }
  'GET /api/meetings/{meeting}/minutes.pdf': { asked: undefined; answer: Blob }
  'GET /api/meetings/{meeting}/minutes/{n}.pdf': { asked: undefined; answer: Blob }
  'POST /api/meetings/{meeting}/notice': { asked: MeetingNoticeInputAsked; answer: Blob }
  'GET /api/meetings/{meeting}/prep': { asked: undefined; answer: MeetingPrepBoard }
  'GET /api/meetings/{meeting}/prep.pdf': { asked: undefined; answer: Blob }
  'POST /api/meetings/{meeting}/prints': { asked: Record<string, never>; answer: undefined }
  'GET /api/meetings/{meeting}/secrecy.pdf': { asked: undefined; answer: Blob }
  'POST /api/meetings/{meeting}/tell': { asked: Record<string, never>; answer: NoticeTold }
  'GET /api/notices/refused': { asked: undefined; answer: {
      refused: WebRefusedBody[]
    } }
  'GET /api/oidc/callback': { asked: undefined; answer: never }
  'GET /api/oidc/start': { asked: undefined; answer: never }
  'GET /api/openapi.json': { asked: undefined; answer: Blob }
  'GET /api/outreach/day': { asked: undefined; answer: OutreachDay }
  'PUT /api/outreach/day': { asked: {
      day?: string
      ids?: string[] | null
    }; answer: undefined }
  'POST /api/outreach/prints': { asked: {
      day?: string
      of?: string
    }; answer: Record<string, never> }
  'PUT /api/outreach/visits/{id}': { asked: OutreachVisitChangeAsked; answer: undefined }
  'GET /api/overdue': { asked: undefined; answer: MeetingOverdueList | MeetingOverdueRoles | ReviewsOverdueList | MeetingWaitingLeads | CasesPaused[] | CasesLateFollowup[] | IntakeReferralLine[] }
  'POST /api/places': { asked: CommunityInputAsked; answer: {
      id: string
      n: number
    } }
  'POST /api/places/file': { asked: {
      as?: TablesForm
      district?: string
      field?: string
      kind?: string
      /** from 0 */
      page?: number
      /** a part of name, district, address, hours, contact, terms or note */
      q?: string
      /** "" = all but 終了, "all" = all */
      state?: string
    }; answer: Blob }
  'POST /api/places/search': { asked: CommunityQueryAsked; answer: CommunityPage }
  'GET /api/places/{place}': { asked: undefined; answer: CommunityDetail }
  'PUT /api/places/{place}': { asked: CommunityInputAsked; answer: {
      id: string
      n: number
    } }
  'POST /api/places/{place}/cares': { asked: CommunityCareInputAsked; answer: undefined }
  'POST /api/places/{place}/days': { asked: CommunityDayInputAsked; answer: undefined }
  'DELETE /api/places/{place}/days/{id}': { asked: undefined; answer: undefined }
  'POST /api/places/{place}/links': { asked: CommunityLinkInputAsked; answer: undefined }
  'PUT /api/places/{place}/links/{id}': { asked: CommunityResultInputAsked; answer: undefined }
  'GET /api/plans/{plan}': { asked: undefined; answer: PlansView }
  'POST /api/plans/{plan}/answers': { asked: PlansAnswerInputAsked; answer: PlansAnswerView | undefined }
  'GET /api/plans/{plan}/diff': { asked: undefined; answer: {
      changes: PlansChange[]
    } }
  'GET /api/plans/{plan}/matrix': { asked: undefined; answer: Blob }
  'GET /api/plans/{plan}/pdf': { asked: undefined; answer: Blob }
  'POST /api/plans/{plan}/prints': { asked: Record<string, never>; answer: undefined }
  'GET /api/referral-days': { asked: undefined; answer: {
      days: number
    } }
  'PUT /api/referral-days': { asked: {
      days?: number
    }; answer: undefined }
  'GET /api/referrals': { asked: undefined; answer: IntakeReferralLists }
  'GET /api/referrals/{id}': { asked: undefined; answer: IntakeReferralView }
  'POST /api/referrals/{id}': { asked: IntakeReplyAsked; answer: undefined }
  'GET /api/referrals/{id}/sheet.pdf': { asked: undefined; answer: Blob }
  'DELETE /api/session': { asked: undefined; answer: {
      signOutAt: string
    } | undefined }
  'GET /api/session': { asked: undefined; answer: WebSessionBody }
  'POST /api/session': { asked: {
      login?: string
      municipality?: string
      password?: string
    }; answer: WebSessionBody }
  'POST /api/session/enrol/passkey': { asked: {
      /** any JSON */
      answer?: unknown
      name?: string
    }; answer: {
      codes: string[]
    } }
  'POST /api/session/enrol/passkey/ask': { asked: Record<string, never>; answer: unknown }
  'POST /api/session/enrol/totp': { asked: {
      code?: string
      name?: string
    }; answer: {
      codes: string[]
    } }
  'POST /api/session/enrol/totp/ask': { asked: Record<string, never>; answer: IdentityEnrolment }
  'POST /api/session/factor': { asked: {
      code?: string
    }; answer: WebSessionBody }
  'POST /api/session/leave': { asked: Record<string, never>; answer: {
      signOutAt: string
    } | undefined }
  'POST /api/session/lock': { asked: Record<string, never>; answer: undefined }
  'POST /api/session/passkey': { asked: {
      /** any JSON */
      answer?: unknown
      state?: string
    }; answer: WebSessionBody }
  'POST /api/session/passkey/ask': { asked: Record<string, never>; answer: IdentityPasskeyAsk }
  'POST /api/session/unlock': { asked: {
      secret?: string
    }; answer: WebSessionBody }
  'POST /api/session/use': { asked: Record<string, never>; answer: undefined }
  'POST /api/setup': { asked: IdentitySetupInputAsked; answer: WebSessionBody }
  'GET /api/sheets': { asked: undefined; answer: {
      sheets: WebSheetRef[]
    } }
  'GET /api/sheets/{id}': { asked: undefined; answer: SheetsDefinition }
  'GET /api/sheets/{id}/blank.pdf': { asked: undefined; answer: Blob }
  'GET /api/sign-in-rules': { asked: undefined; answer: IdentityRules }
  'PUT /api/sign-in-rules': { asked: IdentityRulesAsked; answer: undefined }
  'POST /api/sittings': { asked: MeetingSittingInputAsked; answer: {
      meetings: string[]
    } }
  'GET /api/status': { asked: undefined; answer: {
      at: string
      lines: WebStatusLine[]
      state: string
    } }
  'POST /api/tables': { asked: undefined; answer: {
      sheets: WebSheet[]
    } }
  'GET /api/tokens': { asked: undefined; answer: IdentityTokenDesk }
  'POST /api/tokens': { asked: IdentityTokenInputAsked; answer: IdentityMadeToken }
  'POST /api/tokens/{id}/revoke': { asked: Record<string, never>; answer: undefined }
  'GET /api/town': { asked: undefined; answer: FirstrunTownView }
  'PUT /api/town': { asked: FirstrunTownAsked; answer: FirstrunTownView }
  'DELETE /api/town/logo': { asked: undefined; answer: undefined }
  'GET /api/town/logo': { asked: undefined; answer: Blob }
  'PUT /api/town/logo': { asked: {
      picture?: string
    }; answer: FirstrunLogoView }
  'GET /api/users': { asked: undefined; answer: {
      users: AccessUser[]
    } }
  'POST /api/users': { asked: IdentityUserInputAsked; answer: AccessUser }
  'PUT /api/users/{id}': { asked: IdentityUserInputAsked; answer: AccessUser }
  'DELETE /api/users/{id}/factors': { asked: undefined; answer: undefined }
  'DELETE /api/users/{id}/sessions': { asked: undefined; answer: undefined }
  'GET /api/users/{id}/sessions': { asked: undefined; answer: {
      sessions: IdentityOpenSession[]
    } }
  'GET /api/webhooks': { asked: undefined; answer: WebhooksDesk }
  'POST /api/webhooks': { asked: WebhooksInputAsked; answer: WebhooksMade }
  'DELETE /api/webhooks/{id}': { asked: undefined; answer: undefined }
  'PUT /api/webhooks/{id}': { asked: WebhooksInputAsked; answer: WebhooksShown }
  'GET /api/webhooks/{id}/deliveries': { asked: undefined; answer: {
      deliveries: WebhooksSent[]
    } }
  'POST /api/webhooks/{id}/deliveries/{delivery}/again': { asked: Record<string, never>; answer: undefined }
  'POST /api/webhooks/{id}/secret': { asked: {
      hours?: number
    }; answer: WebhooksMade }
  'POST /api/webhooks/{id}/test': { asked: Record<string, never>; answer: undefined }
  'DELETE /hp/line': { asked: undefined; answer: Blob }
  'POST /hp/line': { asked: undefined; answer: Blob }
  'POST /hp/line/down': { asked: undefined; answer: Blob }
  'POST /hp/line/up': { asked: undefined; answer: Blob }
  'GET /livez': { asked: undefined; answer: Blob }
  'GET /readyz': { asked: undefined; answer: Blob }
}

/** The answer of a route. */
export type Answer<R extends keyof Routes> = Routes[R]['answer']

/** What a route is asked in its body. */
export type Asked<R extends keyof Routes> = Routes[R]['asked']
