/** 緊急時の閲覧 (break-glass): the administrator's page, the alarm, the review. */
export const glass = {
  title: '緊急時の閲覧',
  warning: 'この操作は、すべての事務局・市所管課の画面にすぐに警報として表示されます',
  warningText:
    '担当の全員と連絡がつかず、人の生命・身体に危険があるときだけ使ってください。使ったこと、理由、見た内容の記録は消せません。あとで別の担当者が、適切だったかを確認します。',
  limits:
    '1つのケースだけを、決めた時間だけ、読むだけで開きます。書き込み・印刷・会議の閲覧はできません。閲覧遮断・住所秘匿・「特定機関に非開示」は緊急時も見えません。',
  number: 'ケース番号',
  numberHint: '例：K2026-0012',
  basis: '根拠',
  reason: '理由（なぜ事務局・所管課を待てないか）',
  reasonHint: '500文字まで',
  minutes: '時間',
  minuteOptions: [15, 30, 60, 120, 240].map(m => ({
    value: String(m),
    label: m < 60 ? `${m}分` : `${m / 60}時間`,
  })),
  go: '緊急時の閲覧を始める',
  own: '自分が行った緊急時の閲覧',
  none: '緊急時の閲覧はありません。',
  open: 'ケースを開く',
  openOf: (number: string) => `${number}を開く`,
  end: '終わらせる',
  endOf: (number: string) => `${number}の緊急時の閲覧を終わらせる`,
  reading: (left: string) => `緊急時の閲覧中：残り${left}`,
  readingText: '読むだけです。見たことはすべて記録され、別の担当者が事後に確認します。',
  left: (seconds: number) => (seconds >= 60 ? `${Math.ceil(seconds / 60)}分` : `${Math.max(0, seconds)}秒`),
  over: '緊急時の閲覧は終わりました',
  overText: 'このケースはもう表示できません。',
  back: '緊急時の閲覧に戻る',
  alarm: (n: number) =>
    n > 1 ? `緊急時の閲覧がありました（${n}件・事後確認がまだです）` : '緊急時の閲覧がありました（事後確認がまだです）',
  alarmLine: (number: string, who: string, at: string, live: boolean) =>
    `${number}：${who}（${at}${live ? '・今も続いています' : ''}）`,
  toReview: '確認する',
  list: '緊急時の閲覧の一覧',
  listHint:
    'システム管理者がケースを開いた記録です。終わったあとに、行った人とは別の担当者が、適切だったかを確認します。',
  heads: ['ケース', '行った人', '根拠と理由', '始まり', '終わり', '事後確認', ''],
  live: (until: string) => `${until}まで`,
  waiting: '確認待ち',
  review: '事後確認',
  reviewOf: (number: string) => `${number}の事後確認をする`,
  finding: '結果',
  findings: [
    { value: 'proper', label: '適切' },
    { value: 'improper', label: '不適切' },
  ],
  note: '確認した内容',
  noteHint: '連絡の記録・見た内容と理由が合っているかなど。500文字まで',
  save: '確認を記録する',
  reviewedBy: (name: string, at: string) => `${name}（${at}）`,
} as const
