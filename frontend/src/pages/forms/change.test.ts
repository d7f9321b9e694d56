import { expect, test } from 'vitest'
import type { Amendment, FormList } from '../../api/forms'
import { counts, isOwn, newId, withChange, withCodes, withField, withoutField } from './change'

const none: Amendment = { effectiveFrom: '2026-12-01', fields: [], changes: [], lists: [] }
const field = { id: 'own_a', form: 'f', section: 's', label: 'あ', type: 'bool', item: 'basic', owner: 'household' }
const shipped: FormList = { id: 'route', title: '経路', codes: [{ code: '1', label: '電話' }, { code: '2', label: '来所' }] } // biome-ignore format: one line

test('a field is put in, changed in its place and taken out with what hangs on it', () => {
  let c = withField(withField(none, field), { ...field, id: 'own_b', after: 'own_a' })
  c = withField(c, { ...field, label: 'い' })
  expect(c.fields.map(f => [f.id, f.label])).toEqual([['own_a', 'い'], ['own_b', 'あ']]) // biome-ignore format: one line
  c = withChange(c, { id: 'own_a', label: 'う', help: '', required: true, stateReport: false, retired: false })
  c = withChange(c, { id: 'own_a', label: 'え', help: '', required: true, stateReport: false, retired: false })
  expect(c.changes.map(x => x.label)).toEqual(['え'])
  c = withoutField(c, 'own_a')
  expect([c.fields.map(f => [f.id, f.after]), c.changes]).toEqual([[['own_b', '']], []])
})

test('choices: own ones go in whole, of the shipped ones what differs', () => {
  const c = withCodes(none, shipped, 'route', '経路', [
    { code: '1', label: '電話・FAX' },
    { code: '2', label: '来所', retired: true },
    { code: 'own_x', label: ' SNS ' },
  ])
  expect(c.lists).toEqual([{ id: 'route', title: '', codes: [{ code: 'own_x', label: 'SNS' }], gone: ['2'], named: [{ code: '1', label: '電話・FAX' }] }]) // biome-ignore format: one line
  expect(counts(c)).toEqual({ added: 0, changed: 0, choices: 3 })
  const own = withCodes(c, null, 'own_l', '一覧', [{ code: 'own_1', label: '一', retired: true }])
  expect(own.lists[1]).toEqual({ id: 'own_l', title: '一覧', codes: [{ code: 'own_1', label: '一', retired: true }] })
})

test('ids of its own are of the form the server takes', () => {
  const id = newId()
  expect(isOwn(id)).toBe(true)
  expect(id).toMatch(/^[a-z][a-z0-9_]{0,39}$/)
})
