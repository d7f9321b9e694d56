import { expect, test } from 'vitest'
import { readCount, readPoint } from './readNumbers'

test('counts are read as people type them', () => {
  expect(['', ' ', '12', '１２', '1,200', '15人'].map(readCount)).toEqual([null, null, 12, 12, 1200, 15])
  expect(['-1', '1.5', '約10', '12345678'].map(readCount)).toEqual([undefined, undefined, undefined, undefined])
})

test('a point is two numbers', () => {
  const point = { lat: 35.681236, lng: 139.767125 }
  for (const t of [
    '35.681236, 139.767125',
    '３５．６８１２３６，１３９．７６７１２５',
    '(35.681236 139.767125)',
    '35.681236、139.767125',
  ])
    expect(readPoint(t), t).toEqual(point)
  expect(readPoint('')).toBeNull()
  for (const t of ['35.68', '95, 10', '35, 200', '駅前', '35.1,139.1,5']) expect(readPoint(t), t).toBeUndefined()
})
