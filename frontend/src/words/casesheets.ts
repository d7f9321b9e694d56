/** The sheets of a case as papers and files: 相談受付・申込票, インテーク・アセスメントシート. */
export const casesheets = {
  open: '様式の帳票を作る',
  title: '様式の帳票を作る',
  lead: '申込票・アセスメントシート・事業のプランを、様式どおりの紙や表にします。いま記録にある内容です。作ったことは記録に残ります。',
  form: '様式',
  for: '渡す相手',
  forSelf: '自分の手もと（いま見えている範囲）',
  forHint: '機関を選ぶと、その機関に見せてよい範囲だけの写しになります。範囲外の内容は紙にもファイルにも入りません。',
  pdf: 'PDFを作る',
  xlsx: 'Excel（.xlsx）で保存',
  csv: 'CSV（UTF-8）で保存',
  blank: '記入用の空欄（PDF）',
  blankUnsigned: '記入用の空欄（本人同意なし）',
  blankHint: '窓口や停電のときに手で書くための、何も書かれていない様式です。',
  plans: { outreach_plan: 'アウトリーチ等事業プラン（PDF）', joining_plan: '参加支援事業プラン（PDF）' },
  planWhere: 'プランの文は、ケースの「世帯員の記録」の「支援経過」に書きます。記録した内容は自動で入ります。',
  done: 'この端末に保存しました。',
} as const
