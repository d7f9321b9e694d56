import { expect, test } from 'vitest'
import type { ScreeningLine } from '../../api/course'
import type { SheetField } from './SheetDefinition'
import { screeningProposal } from './screeningProposal'

const fields = [
  { id: 'screening', label: 'スクリーニング結果', type: 'one', codes: 'screening' },
  { id: 'screening_to', label: 'つなぎ先', type: 'agency' },
  { id: 'screening_to_on', label: 'つなぎ確認日', type: 'date' },
  { id: 'screening_on', label: 'スクリーニング実施日', type: 'date' },
  { id: 'supporter_trouble', label: '支援機関側の困りごと', type: 'multi', codes: 'trouble' },
  { id: 'own_note', label: '市の欄', type: 'one', codes: 'screening' },
] as SheetField[]
const known = {
  agencies: [{ value: 'a2', label: '社会福祉協議会' }],
  lists: {
    screening: [
      { code: '2', label: '②他の制度' },
      { code: '4', label: '④プラン' },
    ],
    trouble: [
      { code: '01', label: '役割分担が不明' },
      { code: '04', label: '制度の狭間' },
    ],
  },
}
const line = (part: Partial<ScreeningLine>): ScreeningLine => ({
  day: '2026-11-20',
  result: '4',
  resultLabel: '',
  grounds: ['01', '04'],
  groundLabels: [],
  to: '',
  confirmedOn: '',
  reason: '',
  byName: '',
  agencyName: '',
  at: '',
  past: false,
  ...part,
})
const propose = (s: ScreeningLine, held: Record<string, unknown> = {}, withheld = false) =>
  screeningProposal(fields, s, withheld, k => held[k], known)

test('an empty sheet gets result, day and grounds; a field that is not of the スクリーニング gets nothing', () => {
  expect(propose(line({})).map(p => [p.key, p.value, p.is])).toEqual([
    ['f/screening', '4', '④プラン'],
    ['f/screening_on', '2026-11-20', '令和8年11月20日'],
    ['f/supporter_trouble', '["01","04"]', '役割分担が不明、制度の狭間'],
  ])
})

test('what says the same already is not proposed, in whatever order it was ticked', () => {
  expect(
    propose(line({}), {
      'f/screening': '4',
      'f/screening_on': '2026-11-20',
      'f/supporter_trouble': '["04","01"]',
    }),
  ).toEqual([])
})

test('②: an agency of the list is taken, one by another name is left to the worker; what stood there is told', () => {
  const passed = { result: '2', grounds: [], to: '社会福祉協議会', confirmedOn: '2026-11-25' }
  expect(propose(line(passed), { 'f/screening': '4', 'f/screening_on': '2026-11-20' })).toEqual([
    { key: 'f/screening', label: 'スクリーニング結果', was: '④プラン', is: '②他の制度', value: '2' },
    { key: 'f/screening_to', label: 'つなぎ先', was: '', is: '社会福祉協議会', value: 'a2' },
    { key: 'f/screening_to_on', label: 'つなぎ確認日', was: '', is: '令和8年11月25日', value: '2026-11-25' },
  ])
  expect(propose(line({ ...passed, to: '生活福祉資金' })).map(p => p.key)).not.toContain('f/screening_to')
})

test('a つなぎ先 of an older result is proposed to be emptied', () => {
  expect(
    propose(line({}), { 'f/screening': '4', 'f/screening_on': '2026-11-20', 'f/screening_to': 'a2' }).map(p => [
      p.key,
      p.was,
      p.is,
    ]),
  ).toContainEqual(['f/screening_to', '社会福祉協議会', ''])
})

test('who may not read the reasons is proposed the result and the day alone', () => {
  expect(
    propose(line({ grounds: [], to: '' }), { 'f/screening_to': 'a2', 'f/supporter_trouble': '["01"]' }, true).map(
      p => p.key,
    ),
  ).toEqual(['f/screening', 'f/screening_on'])
})
