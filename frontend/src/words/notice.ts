/** 開催通知: the letter that calls an agency to the meeting. */
export const notice = {
  open: '開催通知を作る（PDF）',
  title: '開催通知',
  text: '機関ごとに1枚の通知を作ります。議題は、その機関に今見せてよいものだけを載せます。会議の表題や氏名は載りません。作った通知の文面は、開示請求に備えて「文書の写し」に残ります。',
  agency: '宛先',
  all: '出席を求めるすべての機関',
  number: '文書番号',
  numberHint: '例: 福総第123号。空欄なら、手書きの欄になります。',
  issued: '発出日',
  from: '発信者の職',
  sender: '発信者の氏名',
  reply: '出欠の回答期限',
  contact: '担当（課・係・氏名・電話）',
  make: 'PDFを作る',
  file: '開催通知.pdf',
} as const
