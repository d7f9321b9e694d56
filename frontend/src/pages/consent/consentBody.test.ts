import { describe, expect, it } from 'vitest'
import { type ConsentDraft, newDraft } from './ConsentDraft'
import { consentBody, renewBody } from './consentBody'
import { leftScope } from './leftScope'
import { renewDraft } from './renewDraft'
import { hasRoom, keepsPoint, MAX_POINTS, MAX_STROKES } from './thinStroke'

const draft = (part: Partial<ConsentDraft>): ConsentDraft => ({
  ...newDraft('説明した人', Date.parse('2026-11-23T01:00:00Z')),
  scope: { a: ['basic'] },
  others: ['health'],
  sources: ['b'],
  forms: ['paper'],
  purposeNote: '補足',
  explanation: { way: 'face', care: [], language: '', interpreter: '', family: '' },
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
  it('sends the fields of the chosen method and no others', () => {
    const oral = {
      hearer: '井上',
      witness: '中村',
      date: '2026-11-23',
      time: '10:00',
      place: '自宅',
      words: '「いい」',
    }
    const scribe = { name: '長男', relation: '長男', reason: '麻痺', witness: '林' }
    const agent = { kind: 'parent', relation: '母', power: '', reason: '' }
    expect(body({ method: 'oral', oral, scribe, agent }).details).toEqual({
      explanation: { way: 'face', care: [] },
      oral: { hearer: '井上', witness: '中村', place: '自宅', words: '「いい」', at: '2026-11-23T01:00:00.000Z' },
    })
    expect(body({ method: 'scribe', oral, scribe }).details).toEqual({ explanation: { way: 'face', care: [] }, scribe })
    expect(body({ method: 'written', grantor: 'other', agent }).details).toMatchObject({
      agent: { kind: 'other', relation: '母' },
    })
    expect(body({ state: 'pending', method: 'oral', oral }).details).toEqual({ explanation: { way: 'face', care: [] } })
  })
  it('keeps no interpreter when there was none', () => {
    const explanation = { way: 'visit', care: ['ruby'], language: 'タガログ語', interpreter: '𠮷田', family: '夫' }
    expect(body({ explanation }).details).toEqual({ explanation: { way: 'visit', care: ['ruby'] } })
  })
  it('sends no instant where there is no day', () => {
    expect(body({ explainedDate: '' })).not.toHaveProperty('explainedAt')
    expect(body({ state: 'not_explained' })).not.toHaveProperty('explainedAt')
    expect(body({ state: 'not_explained' }).details).toEqual({ explanation: {} })
  })
})

describe('renewal', () => {
  const old = {
    id: 'r',
    personId: 'p',
    number: 'D2026-0001',
    state: 'partial',
    grantor: 'self',
    purposes: ['conference'],
    scope: { a: ['basic', 'health'], b: ['basic'] },
    others: ['basic', 'family'],
    from: '2025-12-01T00:00:00Z',
    until: '2026-12-01T00:00:00Z',
    method: 'written',
    explainedBy: '中村',
    explainedAt: '2025-12-01T00:00:00Z',
    recordedAt: '2025-12-01T00:00:00Z',
    recordedBy: 'u',
    withdrawals: [
      { id: 'w', at: '2026-01-01T00:00:00Z', byName: '', agencies: ['a'], items: ['health'] },
      { id: 'x', at: '2026-01-01T00:00:00Z', byName: '', agencies: ['b'] },
      { id: 'y', at: '2026-01-01T00:00:00Z', byName: '', items: ['family'] },
    ],
  }
  it('shows what is left of the scope', () => {
    expect(leftScope(old)).toEqual({ scope: { a: ['basic'] }, others: ['basic'] })
  })
  it('asks for a new explanation and sends no scope', () => {
    const d = renewDraft(old, Date.parse('2026-11-23T01:00:00Z'))
    expect([d.explainedBy, d.explainedDate, d.signature]).toEqual(['', '', []])
    const sent = renewBody({ ...d, explainedBy: '井上', explainedDate: '2026-11-23', explainedTime: '09:00' })
    expect(sent).toMatchObject({ explainedBy: '井上', from: '2026-11-23', until: '2027-11-22', method: 'written' })
    for (const key of ['scope', 'purposes', 'personId', 'state', 'grantor']) expect(sent).not.toHaveProperty(key)
  })
})

describe('a signature', () => {
  it('keeps the points that move', () => {
    expect(keepsPoint([], { x: 0, y: 0, t: 0 })).toBe(true)
    expect(keepsPoint([{ x: 0.5, y: 0.5, t: 0 }], { x: 0.501, y: 0.5, t: 9 })).toBe(false)
    expect(keepsPoint([{ x: 0.5, y: 0.5, t: 0 }], { x: 0.51, y: 0.5, t: 9 })).toBe(true)
  })
  it('is bounded', () => {
    const point = { x: 0, y: 0, t: 0 }
    expect(hasRoom([Array(MAX_POINTS - 1).fill(point)], null)).toBe(true)
    expect(hasRoom([Array(MAX_POINTS - 1).fill(point)], [point])).toBe(false)
    expect(hasRoom(Array(MAX_STROKES).fill([point]), null)).toBe(false)
  })
})
