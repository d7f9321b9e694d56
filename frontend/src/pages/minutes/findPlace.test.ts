import { expect, test } from 'vitest'
import { findPlace } from './findPlace'

const places = [
  { text: '', at: 0 },
  { text: '隔週で訪問する', at: 1 },
  { text: '月', at: 2 },
  { text: '決定事項', at: 3 },
]

test('the place is the field with the words, else what the words name', () => {
  expect(findPlace('隔週で 訪問', places)).toBe(1)
  expect(findPlace('決定事項の2つ目', places)).toBe(3)
  expect(findPlace('決定 事項', places)).toBe(3)
  expect(findPlace('月', places)).toBeUndefined()
  expect(findPlace('見守りの頻度', places)).toBeUndefined()
})
