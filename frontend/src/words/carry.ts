/** 支援会議から引き継ぐ. */
export const carry = {
  title: '支援会議から引き継ぐ',
  text: '支援会議の会議録から、選んだ記載だけをこの会議の会議録へ写します。選ばなかったものは引き継がれません。',
  dialogText:
    '引き継ぐ記載を1件ずつ選んでください。はじめは何も選ばれていません。写した記載には「第n回支援会議から」と付き、元の会議録は変わりません。',
  none: '引き継げる記載のある支援会議はありません。',
  meeting: (label: string, date: string) => `${label}　${date}`,
  from: (agency: string) => `${agency}から`,
  sees: '引き継いだ後に見える機関',
  seesNone: 'いまの席の機関には見えません',
  carried: '引き継ぎ済み',
  blocked: '引き継げません',
  chosen: (n: number) => `${n}件を選んでいます。`,
  do: (n: number) => (n ? `選んだ ${n} 件を引き継ぐ` : '選んだ記載を引き継ぐ'),
  nothing: '引き継ぐ記載を選んでください。',
  done: (n: number) => `${n}件を引き継ぎました`,
  doneText: '「会議録」で確かめてください。',
} as const
