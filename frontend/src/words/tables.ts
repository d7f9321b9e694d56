/** The role matrix as a file for a spreadsheet. */
export const tables = {
  open: 'Excel・CSVで保存',
  title: 'プラン・役割分担表を保存する',
  what: '保存するもの',
  whats: [
    { value: '', label: '役割分担表' },
    { value: 'plan', label: '支援プラン（プラン兼利用申込書）' },
  ],
  lead: 'いま画面に見えている内容を、この端末に保存します。保存したことは記録に残ります。取扱いは紙のプラン・役割分担表と同じです。',
  forms: [
    {
      as: 'xlsx',
      label: 'Excel（.xlsx）',
      hint: '様式どおりの表（役割分担表はA3横、プランはA4縦）と、並べ替え・集計のための一覧の2つのシートです。',
    },
    { as: 'csv', label: 'CSV（UTF-8）', hint: '一覧だけです。人名の漢字もそのまま入ります。Excelでも開けます。' },
    {
      as: 'csv932',
      label: 'CSV（Shift_JIS）',
      hint: '一覧だけです。UTF-8を読めない古いシステムに取り込むときに選びます。',
    },
  ],
  done: 'この端末に保存しました。',
  lostCaption: (shown: number, total: number) =>
    shown < total ? `表せない文字（${total}字のうち、はじめの${shown}字）` : `表せない文字（${total}字）`,
  lostHead: ['文字', '符号', '場所'],
  lostChoose: 'CSV（UTF-8）で保存する',
} as const
