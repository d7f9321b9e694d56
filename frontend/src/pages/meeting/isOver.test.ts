import { expect, it } from 'vitest'
import { ApiError } from '../../api/ApiError'
import { isOver } from './isOver'

it.each([
  ['unauthorized', true, true],
  ['unauthorized', false, false],
  ['forbidden', false, true],
  ['not_found', true, true],
  ['offline', true, false],
  ['unavailable', true, false],
  ['internal', false, false],
])('%s, guest %s: %s', (kind, guest, want) => {
  expect(isOver(new ApiError(kind, ''), guest)).toBe(want)
})

it('goes on without an error', () => {
  expect(isOver(null, true)).toBe(false)
})
