import { describe, expect, it } from 'vitest'
import type { Doubt } from '../../api/copies'
import { doubtKey, grouped } from './doubts'

const doubt = (word: string, from: number, call = '家族A'): Doubt => ({
  no: 4,
  from,
  to: from + 1,
  word,
  call,
  before: '',
  after: '',
  section: '',
})

describe('doubts of a copy without names', () => {
  it('stand together by word and what they would become, the rarest first', () => {
    const list = [doubt('一', 1), doubt('汐見町', 5, '（地名・施設）'), doubt('一', 9), doubt('一', 12, '家族B')]
    expect(grouped(list).map(([d, all]) => [d.word, d.call, all.length])).toEqual([
      ['汐見町', '（地名・施設）', 1],
      ['一', '家族B', 1],
      ['一', '家族A', 2],
    ])
  })
  it('are told apart by their place', () => {
    expect(new Set([doubt('一', 1), doubt('一', 9)].map(doubtKey)).size).toBe(2)
    expect(doubtKey(doubt('一', 1))).toBe('4.1.2')
  })
})
