import { expect, test } from 'vitest'
import { ApiError } from '../../api/ApiError'
import { leftDrafts } from '../drafts/leftDrafts'
import { MemoryDraftStore } from '../drafts/MemoryDraftStore'
import { tab } from '../drafts/tab'
import { Outbox } from './Outbox'

const offline = () => new ApiError('offline', '切れています')

/** A server that keeps each id once, behind a line that answers as told; `lost` has the request arrive and the answer not. */
function world() {
  const kept = new Map<string, object>()
  const asked: string[] = []
  const line: (ApiError | 'lost')[] = []
  const store = new MemoryDraftStore()
  const open = () =>
    new Outbox({
      store: () => store,
      user: () => 'u1',
      page: () => '/outreach',
      pause: () => 1e9,
      send: async (_, body) => {
        const { id } = body as { id: string }
        asked.push(id)
        const next = line.shift()
        if (next instanceof ApiError) throw next
        kept.set(id, body)
        if (next) throw offline()
      },
    })
  return { kept, asked, line, store, open }
}

const settled = () => new Promise(done => setTimeout(done))

test('what does not get through waits, and goes once when the line is back', async () => {
  const { kept, asked, line, store, open } = world()
  const box = open()
  const letter = box.begin('c1', '/cases/c1/outreach', { body: '声だけ' })
  line.push(offline(), 'lost', offline())
  expect(await box.deliver(letter, '声だけ')).toBe(false)
  expect(box.waiting().map(l => l.state)).toEqual(['waiting'])
  for (let i = 0; i < 3; i++) {
    box.now()
    await settled()
  }
  expect(asked).toEqual([letter.id, letter.id, letter.id, letter.id])
  expect([...kept.values()]).toEqual([{ body: '声だけ', id: letter.id, by: 'u1' }])
  expect(box.waiting()).toEqual([])
  expect(await store.all()).toEqual([])
})

test('a refusal is said to who writes, and nothing typed is lost by it', async () => {
  const { kept, line, store, open } = world()
  const box = open()
  const letter = box.begin('c1', '/cases/c1/outreach', { body: '' })
  line.push(new ApiError('invalid', '書いてください', 'body'))
  await expect(box.deliver(letter, '')).rejects.toMatchObject({ field: 'body' })
  letter.body = { body: '会えず' }
  box.keep(letter, '会えず')
  expect((await store.all()).map(d => d.values.body)).toEqual(['{"body":"会えず"}'])
  expect(await box.deliver(letter, '会えず')).toBe(true)
  expect(kept.size).toBe(1)
})

test('what waits and is refused later stays, with its reason, until somebody lets it go; the next one goes on', async () => {
  const { kept, line, store, open } = world()
  const box = open()
  line.push(offline())
  const first = box.begin('c1', '/x', { body: 'a' })
  await box.deliver(first, 'a')
  line.push(offline())
  await box.deliver(box.begin('c1', '/x', { body: 'b' }), 'b')
  line.push(new ApiError('not_found', '関係者ではなくなりました'))
  box.now()
  await settled()
  expect(box.waiting().map(l => [l.state, l.error?.message])).toEqual([['refused', '関係者ではなくなりました']])
  expect(kept.size).toBe(1)
  box.drop(first)
  expect(await store.all()).toEqual([])
})

test('after the browser was closed what waited is sent, and what was typed is opened again on its page', async () => {
  const { kept, line, store, open } = world()
  const before = open()
  line.push(offline())
  const sent = before.begin('c1', '/x', { body: '送った' })
  await before.deliver(sent, '送った')
  const typed = before.begin('c2', '/x', { body: '書きかけ' })
  before.keep(typed, '書きかけ')
  tab.free(sent.id)
  before.leave(typed)
  expect((await leftDrafts(store, Date.now() + 80 * 3_600_000)).map(l => [l.texts, l.reason])).toEqual([
    [{ 'letter/body': '送った' }, ''],
    [{ 'letter/body': '書きかけ' }, ''],
  ])

  const after = open()
  await after.start()
  await settled()
  expect([...kept.keys()]).toEqual([sent.id])
  expect(await after.open('c1')).toBeNull()
  expect(await after.open('', '/cases/c2/outreach')).toBeNull()
  expect(await after.open<{ body: string }>('c2')).toMatchObject({
    id: typed.id,
    body: { body: '書きかけ' },
    state: 'typing',
  })
  expect(await after.open('c2')).toBeNull()
})
