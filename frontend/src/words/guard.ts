/** Who is kept from a case, and what is shown without consent in an emergency. */
export const guard = {
  // 利害関係者の閲覧遮断
  bars: '利害関係者の閲覧遮断',
  barsText:
    '親族・近隣・争いの相手方などの職員に、このケースを見せません。その職員の一覧・検索・会議・記録からも消えます。',
  noBars: '閲覧を止めている職員はいません。',
  barAdd: '閲覧を止める',
  barWho: '職員',
  barReason: '理由（例：本人の親族）',
  barSince: (day: string) => `${day}から`,
  barEnd: '解除する',
  barEndOf: (name: string) => `${name}さんの閲覧遮断を解除する`,
  // 緊急開示
  emergency: '緊急開示',
  emergencyText:
    '同意を待てないときに、必要な項目だけを、期間を決めて見せます。24時間以内に別の担当者が確認しないと、自動で終わります。住所秘匿と「特定機関に非開示」は緊急時も見せません。',
  none: '緊急開示はありません。',
  begin: '緊急開示を行う',
  agency: '開示する機関',
  persons: '対象の人',
  items: '開示する項目',
  basis: '根拠',
  bases: [
    { value: 'life', label: '生命・身体・財産の保護' },
    { value: 'child', label: '児童の健全な育成' },
    { value: 'report', label: '法令（虐待の通報など）' },
    { value: 'benefit', label: '本人の利益（69条2項4号）' },
    { value: 'other', label: 'その他' },
  ],
  reason: '理由（なぜ同意を待てないか）',
  hours: '期間',
  hourOptions: [1, 6, 24, 48, 72].map(h => ({ value: String(h), label: `${h}時間` })),
  go: '開示する',
  live: (until: string) => `${until}まで`,
  ended: '終了',
  lapsed: '確認なし（24時間で終了）',
  unconfirmed: '確認待ち',
  confirmed: (name: string) => `確認：${name}`,
  confirm: '確認する（2人目）',
  end: '終わらせる',
  by: (name: string, at: string) => `${name}（${at}）`,
  month: '緊急開示の月次一覧',
} as const
