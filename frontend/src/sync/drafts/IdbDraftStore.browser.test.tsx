import { expect, test } from 'vitest'
import type { Draft } from './Draft'
import { IdbDraftStore } from './IdbDraftStore'

const KEY = btoa(String.fromCharCode(...new Uint8Array(32).fill(7)))
const OTHER = btoa(String.fromCharCode(...new Uint8Array(32).fill(8)))
let n = 0
const fresh = () => `drafts-${Date.now()}-${n++}`

const draft = (word: string, more: Partial<Draft> = {}): Draft => ({
  id: 0,
  doc: 'd.1',
  context: '',
  page: '/plans/p1',
  tab: 't',
  copy: 'c',
  at: Date.now(),
  refused: '',
  update: new TextEncoder().encode(word),
  base: new Uint8Array([1, 2]),
  texts: ['wish'],
  values: { lead: null },
  ...more,
})
const word = (d: Draft) => new TextDecoder().decode(d.update)

/** Every row as it lies on the disk, as one string. */
async function raw(name: string): Promise<string> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const r = indexedDB.open(name, 1)
    r.onsuccess = () => resolve(r.result)
    r.onerror = () => reject(r.error)
  })
  const rows = await new Promise<Record<string, unknown>[]>(resolve => {
    const r = db.transaction('drafts').objectStore('drafts').getAll()
    r.onsuccess = () => resolve(r.result)
  })
  db.close()
  return rows.map(r => JSON.stringify({ ...r, sealed: new TextDecoder().decode(r.sealed as ArrayBuffer) })).join('\n')
}

test('drafts outlive the tab, in the order written, and go with their acknowledgement', async () => {
  const name = fresh()
  const a = new IdbDraftStore('u1', [KEY], name)
  const drafts = ['一', '二', '三'].map(w => draft(w))
  for (const d of drafts) a.add(d)
  expect((await a.all()).map(word)).toEqual(['一', '二', '三'])
  const b = new IdbDraftStore('u1', [KEY], name)
  expect((await b.all())[0]).toEqual({ ...drafts[0], id: expect.any(Number) })
  b.refuse((await b.all()).slice(2), 'old')
  expect((await b.all()).map(d => d.refused)).toEqual(['', '', 'old'])
  a.remove(drafts.slice(0, 1))
  const late = draft('四')
  a.add(late)
  a.remove([late]) // acknowledged before it was written
  await a.all()
  expect((await b.all()).map(word)).toEqual(['二', '三'])
  expect(b.durable).toBe(true)
})

test('a draft removed while it is being written does not come back', async () => {
  const name = fresh()
  const a = new IdbDraftStore('u1', [KEY], name)
  for (let i = 0; i < 50; i++) {
    const d = draft(`語${i}`)
    a.add(d)
    for (let k = 0; k < i % 7; k++) await Promise.resolve()
    a.remove([d])
  }
  expect(await a.all()).toEqual([])
  expect(await raw(name)).toBe('')
})

test('nobody else reads them: neither by the store nor on the disk', async () => {
  const name = fresh()
  const a = new IdbDraftStore('u1', [KEY], name)
  a.add(draft('秘密の文'))
  await a.all()
  expect(await new IdbDraftStore('u2', [OTHER], name).all()).toEqual([])
  expect(await new IdbDraftStore('u1', [OTHER], name).all()).toEqual([]) // the name alone opens nothing
  const disk = await raw(name)
  expect(disk).toContain('d.1')
  expect(disk).not.toContain('秘密')
  expect(disk).not.toContain('wish')
})

test('after a change of keys the drafts of before still open, and new ones are sealed by the new key', async () => {
  const name = fresh()
  const before = new IdbDraftStore('u1', [KEY], name)
  before.add(draft('前の鍵の下で'))
  await before.all()
  const after = new IdbDraftStore('u1', [OTHER, KEY], name)
  after.add(draft('新しい鍵の下で'))
  expect((await after.all()).map(word)).toEqual(['前の鍵の下で', '新しい鍵の下で'])
  expect((await new IdbDraftStore('u1', [OTHER], name).all()).map(word)).toEqual(['新しい鍵の下で'])
})

test('signing out clears the user and no other', async () => {
  const name = fresh()
  const a = new IdbDraftStore('u1', [KEY], name)
  const b = new IdbDraftStore('u2', [OTHER], name)
  a.add(draft('私'))
  b.add(draft('別の人'))
  await b.all()
  await a.clear()
  a.add(draft('もう遅い'))
  expect(await a.all()).toEqual([])
  expect(await new IdbDraftStore('u1', [KEY], name).all()).toEqual([])
  expect((await new IdbDraftStore('u2', [OTHER], name).all()).map(word)).toEqual(['別の人'])
})

test('after thirty days nothing is left', async () => {
  const name = fresh()
  const a = new IdbDraftStore('u1', [KEY], name)
  a.add(draft('古い', { at: Date.now() - 31 * 24 * 3_600_000 }))
  a.add(draft('新しい'))
  await a.all()
  expect((await new IdbDraftStore('u2', [OTHER], name).all()).length).toBe(0)
  expect((await new IdbDraftStore('u1', [KEY], name).all()).map(word)).toEqual(['新しい'])
})

test('without a database the words stay in the tab, and that is said', async () => {
  const name = fresh()
  const blocker = await new Promise<IDBDatabase>(resolve => {
    const r = indexedDB.open(name, 9) // a newer version: opening as 1 fails
    r.onsuccess = () => resolve(r.result)
  })
  const a = new IdbDraftStore('u1', [KEY], name)
  let told = 0
  a.changed.on(() => told++)
  a.add(draft('ここだけ'))
  expect((await a.all()).map(word)).toEqual(['ここだけ'])
  expect(a.durable).toBe(false)
  expect(told).toBeGreaterThan(0)
  blocker.close()
})
