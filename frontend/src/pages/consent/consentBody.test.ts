import { describe, expect, it } from 'vitest'
import { type ConsentDraft, newDraft } from './ConsentDraft'
import { consentBody } from './consentBody'

const draft = (part: Partial<ConsentDraft>): ConsentDraft => ({
  ...newDraft('説明した人', Date.parse('2026-11-23T01:00:00Z')),
  scope: { a: ['basic'] },
  others: ['health'],
  sources: ['b'],
  forms: ['paper'],
  purposeNote: '補足',
  ...part,
})
const body = (part: Partial<ConsentDraft>) => consentBody('p', draft(part)) as Record<string, unknown>

describe('consentBody', () => {
  it('sends the items of other agencies only while their box is ticked', () => {
    expect(body({}).others).toEqual([])
    expect(body({ othersOn: true }).others).toEqual(['health'])
  })
  it('sends the copy as the day in Japan, and nothing when none was given', () => {
    expect(body({ copyGiven: '2026-11-23' }).copyGivenAt).toBe('2026-11-22T15:00:00.000Z')
    expect(body({})).not.toHaveProperty('copyGivenAt')
  })
  it('lets nothing of the grant through when consent was refused', () => {
    const refused = body({ state: 'refused', othersOn: true })
    expect(refused).toMatchObject({ purposes: [], purposeNote: '', scope: {}, others: [], sources: [], forms: [] })
    expect(refused).not.toHaveProperty('from')
  })
})
