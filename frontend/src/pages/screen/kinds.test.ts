import { expect, test } from 'vitest'
import { kindOf } from './kindOf'
import { termsIn } from './ScreenTerms'

test('the kind of a screen', () => {
  expect(['', '?kind=person', '?kind=recorder', '?kind=other'].map(kindOf)).toEqual([
    'room',
    'person',
    'recorder',
    'room',
  ])
})

test('terms that stand on the screen are explained, at most four', () => {
  expect(termsIn('⑤役割分担').map(([t]) => t)).toEqual(['役割分担'])
  expect(termsIn('天気の話')).toEqual([])
  expect(termsIn('役割分担 支援目標 支援内容 課題 モニタリング 再プラン')).toHaveLength(4)
})
