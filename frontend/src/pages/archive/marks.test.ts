import { describe, expect, it } from 'vitest'
import { addMarks, blackened, points } from './marks'

const mark = (from: number, to: number, ground = 'other', no = 0) => ({ no, from, to, ground })

describe('marks of a disclosure copy', () => {
  it('never overlap, and what was marked first keeps its ground', () => {
    expect(addMarks([mark(2, 4, 'work')], [mark(0, 6)])).toEqual([mark(0, 2), mark(2, 4, 'work'), mark(4, 6)])
    expect(addMarks([mark(0, 6)], [mark(2, 4, 'work')])).toEqual([mark(0, 6)])
    expect(addMarks([mark(0, 2)], [mark(0, 2, 'work', 1), mark(1, 3)])).toEqual([
      mark(0, 2),
      mark(2, 3),
      mark(0, 2, 'work', 1),
    ])
    expect(addMarks([], [mark(1, 3), mark(2, 5, 'work')])).toEqual([mark(1, 3), mark(3, 5, 'work')])
  })
  it('count characters as people do', () => {
    expect(points('𠮷田', 2)).toBe(1)
    expect(blackened('𠮷田は\n元気', [mark(0, 2), mark(3, 5)])).toBe('■■は\n■気')
    expect(blackened('渡邉\u{E0100}さん', [mark(1, 3)])).toBe('渡■さん')
  })
})
