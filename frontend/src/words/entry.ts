/** Sign-in, set-up and joining by invitation. */
export const entry = {
  signIn: 'サインイン',
  login: 'ログイン名',
  password: 'パスワード',
  secure: 'この画面の内容は個人情報です。離席するときは必ずサインアウトしてください。',
  demoTitle: 'デモの使い方',
  demoText:
    'これは試すための環境です。世帯・機関・職員はすべて架空です。下の職員を選ぶとログイン名とパスワードが入ります。「サインイン」を押してください。',
  demoTwo:
    '別のブラウザ（またはシークレットウィンドウ）でもう一人としてサインインすると、同じ会議を二人で操作できます。',
  fill: (name: string) => `${name}として入力する`,
  filled: (name: string) => `${name}のログイン名とパスワードを入れました。「サインイン」を押してください。`,
  setup: 'はじめの設定',
  setupText: 'この自治体の最初の管理者を登録します。セットアップコードは、サーバーを起動した端末に表示されています。',
  code: 'セットアップコード',
  municipality: '自治体の名称',
  whichMunicipality: '自治体',
  municipalityHint: '例：青葉市',
  agency: '所属（部署）の名称',
  agencyHint: '例：福祉総務課',
  name: '氏名',
  kana: 'ふりがな',
  passwordHint: '10文字以上。覚えやすい言葉をいくつか並べると安全です。',
  create: '登録して始める',
  joinTitle: '会議への参加',
  joinText:
    '会議への招待を確かめるため、次の4つを入力・確認してください。確認が終わるまで、会議の内容は表示されません。',
  pin: 'PIN（6桁の番号）',
  pinHint: '招待した人から、リンクとは別に（電話などで）伝えられた番号です。',
  joinAgency: '所属機関',
  joinAgencyHint: '例：青葉市立第二中学校',
  secrecy: '守秘義務の確認',
  secrecyText:
    'この会議で知った秘密を、正当な理由なく漏らしません。会議の構成員でなくなった後も同じです（社会福祉法第106条の6）。画面の撮影・録音・転送はしません。',
  secrecyCheck: '内容を確認し、守秘義務を守ります',
  secrecyNeeded: '守秘義務の内容を確認して、チェックを入れてください。',
  join: '確認して参加する',
  dead: 'この招待リンクは使えません',
  deadText:
    '期限が切れたか、すでに使われたか、リンクが正しくありません。招待した人に、新しいリンクを依頼してください。',
  checking: '招待リンクを確かめています',
} as const
