/** 地域課題: the list of the municipality. */
export const localIssues = {
  title: '地域課題',
  intro:
    '会議の「地域課題メモ」のうち、一覧に載せたものです。世帯やケースの番号は出しません。会議の欄は、あなたが見られる会議だけです。',
  none: '一覧に載っている地域課題はありません。会議の「地域課題」で「一覧にも載せる」を選ぶと、ここに並びます。',
  count: (n: number, open: number) => `${n}件（うち未着手 ${open}件）`,
  themes: '分野ごとの件数',
  theme: '分野',
  state: '状況',
  all: 'すべて',
  unsorted: '未整理',
  heads: ['地域課題', '会議', '書いた日', '分野', '状況', '資源'],
  themeOf: (text: string) => `「${text}」の分野`,
  stateOf: (text: string) => `「${text}」の状況`,
  kept: '整理を保存しました。',
}
