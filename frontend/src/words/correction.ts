/** Words of 訂正: another version of a sealed 会議録. */
export const correction = {
  open: '訂正',
  openOf: (n: string) => `${n}を訂正する`,
  title: '確定した会議録の訂正',
  lead: (n: number) =>
    `確定したファイル（第${n}版）はそのまま残り、訂正した第${n + 1}版が同じ文書番号で加わります。訂正を始めると、会議の画面で記録者・事務局が会議録を直せるようになり、出席した機関の確認と議長の確定を経て第${n + 1}版になります。第${n + 1}版には訂正履歴（版・日時・訂正者・理由・箇所）が印字されます。`,
  agreed: '支援プランと役割分担表への合意は変わりません。',
  reason: '訂正の理由',
  reasonHint: '訂正履歴に印字されます。300文字以内',
  begin: '訂正を始める',
  begun: (n: string) => `${n}の訂正を始めました。記録者か事務局が、会議の画面で直せます。`,
  undoReason: '取りやめる理由',
  underWay: (n: number) => `訂正中です（確定すると第${n}版になります）`,
  begunBy: (d: string, by: string) => `${d} ${by}が訂正を始めました`,
  correctedBy: (n: number) => `第${n}版で訂正されています`,
  later: (number: string) => `後の版あり（${number}）`,
  laterHint: (number: string) =>
    `この後の会議で、新しい版（文書番号 ${number}）に合意しています。いまの支援は新しい版を見てください。`,
  correcting: '訂正中',
  version: (n: number) => `第${n}版`,
  planHint:
    '支援プランと役割分担表は、合意した版のまま残ります。誤りを直すときは、再プランを作り、次の会議で新しい版への合意を求めます。',
  versions: '版',
  newest: '最新の版',
  this: '表示中の文書',
  file: (n: number) => `第${n}版のPDFを受け取る`,
} as const
