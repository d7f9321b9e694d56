import { expect, it } from 'vitest'
import { parseCodes } from './parseCodes'

it.each([
  ['["sanka","outreach"]', ['sanka', 'outreach']],
  ['["sanka",1,null]', ['sanka']],
  ['{"a":1}', []],
  ['sanka', []],
  ['', []],
  [undefined, []],
  [null, []],
])('reads %j', (value, want) => {
  expect(parseCodes(value)).toEqual(want)
})
