/** An era: the day it began and how people write it. */
export interface Era {
  name: string
  letter: string
  from: string
}

/** 元号, newest first. A future era is one more row at the top. */
export const eras: readonly Era[] = [
  { name: '令和', letter: 'R', from: '2019-05-01' },
  { name: '平成', letter: 'H', from: '1989-01-08' },
  { name: '昭和', letter: 'S', from: '1926-12-25' },
  { name: '大正', letter: 'T', from: '1912-07-30' },
  { name: '明治', letter: 'M', from: '1868-01-25' },
]
