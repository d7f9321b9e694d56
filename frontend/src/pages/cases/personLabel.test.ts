import { expect, test } from 'vitest'
import type { Person } from '../../api/cases'
import { words } from '../../words'
import { personLabel } from './personLabel'

const person = (part: Partial<Person>): Person => ({
  id: 'p',
  ord: 0,
  name: '',
  kana: '',
  relation: '',
  birth: '',
  sex: '',
  subject: true,
  addressSecret: false,
  ...part,
})

test('a person is called by name, as 匿名 where nobody gave one, and by the initial where it may not be seen', () => {
  const called = (part: Partial<Person>) => personLabel([person(part)], 'p')
  expect(called({ name: '𠮷野 茂', relation: '本人' })).toBe('𠮷野 茂（本人）')
  expect(called({ alias: words.cases.anonymous })).toBe('匿名')
  expect(called({ initial: 'よ', hidden: true })).toBe(words.cases.hiddenName('よ'))
})
