import { describe, expect, it } from 'vitest'
import { type ConsentDraft, newDraft } from './ConsentDraft'
import { missingFields } from './missingFields'
import { shownFields } from './shownFields'

const full = (part: Partial<ConsentDraft>): ConsentDraft => ({
  ...newDraft('事務 花子', Date.parse('2026-11-23T01:00:00Z')),
  scope: { a: ['basic'] },
  explanation: { way: 'face', care: [], language: '', interpreter: '', family: '' },
  ...part,
})
const keys = (part: Partial<ConsentDraft>) => Object.keys(missingFields(full(part))).sort()
const blank = { hearer: '', witness: '', date: '', time: '', place: '', words: '', identified: '' }

describe('missingFields', () => {
  it('finds nothing in a complete draft', () => expect(keys({})).toEqual([]))
  it.each([
    ['oral', ['at', 'hearer', 'place', 'witness', 'words']],
    ['phone', ['at', 'hearer', 'identified', 'words']],
    ['scribe', ['name', 'reason', 'relation', 'witness']],
  ])('%s asks for its own fields and no others', (method, fields) => {
    const draft = { method, oral: blank, phone: blank, scribe: { name: ' ', relation: '', reason: '', witness: '　' } }
    expect(keys(draft)).toEqual(fields.map(f => `details.${method}.${f}`))
    expect(keys({ ...draft, state: 'refused' })).toEqual(fields.map(f => `details.${method}.${f}`))
    expect(keys({ ...draft, state: 'pending' })).toEqual([])
  })
  it.each([
    ['parent', ['details.agent.kind', 'details.agent.relation', 'grantorDoc', 'grantorName']],
    ['guardian', ['details.agent.kind', 'details.agent.power', 'grantorDoc', 'grantorName']],
    ['other', ['details.agent.reason', 'details.agent.relation', 'grantorDoc', 'grantorName']],
  ])('%s says by which right', (grantor, fields) => expect(keys({ grantor })).toEqual(fields))
  it('asks how it was explained, once it was', () => {
    const explanation = { way: '', care: [], language: '', interpreter: '', family: '' }
    expect(keys({ explanation })).toEqual(['details.explanation.way'])
    expect(keys({ explanation, state: 'unknown' })).toEqual([])
  })
  it('asks anew for the kind when the grantor was changed', () =>
    expect(
      keys({
        grantor: 'guardian',
        grantorName: '髙橋',
        grantorDoc: '登記事項証明書',
        agent: { kind: 'parent', relation: '母', power: '福祉サービスの契約', reason: '' },
      }),
    ).toEqual(['details.agent.kind']))
  it('asks who interpreted and who of the family was there', () => {
    const explanation = { way: 'face', care: ['interpreter', 'family'], language: '', interpreter: '', family: '' }
    expect(keys({ explanation })).toEqual(['family', 'interpreter', 'language'].map(f => `details.explanation.${f}`))
  })
  it('asks a renewal for a new explanation, not for the scope', () => {
    const draft = full({ scope: {}, purposes: [], explainedBy: '', explainedDate: '' })
    expect(Object.keys(missingFields(draft, true)).sort()).toEqual(['explainedAt', 'explainedBy'])
  })
  it('says everything beside a field that is on the screen', () => {
    for (const method of ['oral', 'phone', 'scribe', 'signature', 'written'])
      for (const grantor of ['self', 'parent', 'guardian', 'other'])
        for (const state of ['granted', 'refused', 'pending']) {
          const draft = full({
            state,
            method,
            grantor,
            scope: {},
            purposes: [],
            othersOn: true,
            explainedBy: '',
            explainedDate: '',
            oral: blank,
            phone: blank,
            scribe: { name: '', relation: '', reason: '', witness: '' },
            explanation: { way: '', care: ['interpreter', 'family'], language: '', interpreter: '', family: '' },
          })
          const shown = shownFields(draft, false)
          for (const key of Object.keys(missingFields(draft)))
            expect(shown, `${state} ${method} ${grantor}`).toContain(key)
        }
  })
})
