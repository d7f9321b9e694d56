import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FakeServer } from '../test/FakeServer'
import { Connection } from './Connection'
import { leftDrafts } from './drafts/leftDrafts'
import { MemoryDraftStore } from './drafts/MemoryDraftStore'
import { tab } from './drafts/tab'

const HOUR = 3_600_000
let opened: Connection[] = []
let server: FakeServer
let store: MemoryDraftStore

beforeEach(() => {
  server = new FakeServer()
  server.user = 'u1'
  server.doc('d.1').getText('t:wish').insert(0, '母の言葉。')
  store = new MemoryDraftStore()
})

afterEach(() => {
  vi.useRealTimers()
  for (const c of opened) c.destroy()
  opened = []
})

const until = (check: () => void) => vi.waitFor(check, { timeout: 8000, interval: 10 })
const inServer = (name = 'd.1') => server.doc(name).getText('t:wish').toString()

function open(name = 'd.1', user = 'u1') {
  const connection = new Connection('ws://x/hp', 'm1', server.socketClass(), {
    user,
    drafts: store,
    page: () => '/plans/p1',
  })
  opened.push(connection)
  return { connection, slot: connection.open(name) }
}

async function loaded(name?: string) {
  const o = open(name)
  await until(() => expect(o.slot.doc?.loaded).toBe(true))
  await until(() => expect(o.connection.ackState().state).toBe('saved'))
  return o
}

const write = (o: ReturnType<typeof open>, word: string, at = 0) =>
  o.slot.doc?.text('wish').edit({}, t => t.insert(at, word))

/** The page ends with two words unsent; its drafts are those of a tab that is gone. */
async function crash() {
  const o = await loaded()
  server.cut()
  write(o, '線が切れた。')
  write(o, '続き。', 6)
  expect((await store.all()).length).toBe(2)
  o.connection.destroy()
  for (const d of await store.all()) if (d.tab === tab.id) d.tab = 'gone'
  server.up = true
}

test('what is stored is not kept', async () => {
  const o = await loaded()
  server.hold = true
  write(o, '一')
  expect((await store.all()).map(d => [d.doc, d.context, d.page, d.texts])).toEqual([
    ['d.1', 'm1', '/plans/p1', ['wish']],
  ])
  await until(() => expect(server.taken.length).toBe(1))
  expect((await store.all()).length).toBe(1)
  server.release()
  await until(async () => expect(await store.all()).toEqual([]))
})

test('the next opening sends what the last could not, once, and shows what came of it', async () => {
  await crash()
  server.doc('d.1').getText('t:wish').insert(5, '父の言葉。')
  const o = open()
  await until(() => expect(inServer()).toBe('線が切れた。続き。母の言葉。父の言葉。'))
  await until(async () => expect(await store.all()).toEqual([]))
  expect(o.slot.doc?.text('wish').toString()).toBe(inServer())
  await until(() => expect(o.connection.late.length).toBe(1))
  expect(o.connection.late[0]).toMatchObject({
    key: 'wish',
    own: '線が切れた。続き。',
    others: '父の言葉。',
    now: '線が切れた。続き。母の言葉。父の言葉。',
  })
  expect(o.connection.ackState()).toMatchObject({ state: 'saved', pending: 0 })
})

test('changes that had arrived before the crash are not told as late', async () => {
  const a = await loaded()
  server.hold = true
  write(a, '一')
  await until(() => expect(server.taken.length).toBe(1))
  a.connection.destroy()
  server.hold = false
  const b = await loaded()
  await until(async () => expect(await store.all()).toEqual([]))
  expect([inServer(), b.connection.late, b.connection.ackState().pending]).toEqual(['一母の言葉。', [], 0])
})

test('a document taken anew brings what was open with it, and that is no late change', async () => {
  const o = await loaded()
  server.cut()
  write(o, '途中。')
  o.slot.open()
  server.up = true
  await until(() => expect(inServer()).toBe('途中。母の言葉。'))
  await until(async () => expect(await store.all()).toEqual([]))
  expect([o.slot.doc?.text('wish').toString(), o.connection.late]).toEqual(['途中。母の言葉。', []])
})

test('two openings of one browser that both send are one change', async () => {
  await crash()
  const kept = await store.all()
  await Promise.all([loaded(), loaded()])
  await until(() => expect(inServer()).toBe('線が切れた。続き。母の言葉。'))
  // A third browser window without Web Locks sends them a second time.
  for (const d of kept) store.add({ ...d, copy: 'elsewhere' })
  await loaded()
  await until(async () => expect(await store.all()).toEqual([]))
  expect(inServer()).toBe('線が切れた。続き。母の言葉。')
})

test('71 hours are merged, 73 hours are offered', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 1) })
  await crash()
  vi.setSystemTime(Date.UTC(2026, 10, 1) + 71 * HOUR)
  await loaded()
  await until(() => expect(inServer()).toBe('線が切れた。続き。母の言葉。'))

  await until(async () => expect(await store.all()).toEqual([]))
  await crash()
  vi.setSystemTime(Date.now() + 73 * HOUR)
  const o = await loaded()
  await until(() => expect(o.connection.refusals.length).toBe(1))
  expect(o.connection.refusals[0]).toMatchObject({ reason: 'old', texts: { wish: '線が切れた。続き。' } })
  expect(inServer()).toBe('線が切れた。続き。母の言葉。')
  // It stays until the user lets go of it, also over the next crash.
  expect(await leftDrafts(store, Date.now())).toEqual([])
  o.connection.destroy()
  expect((await leftDrafts(store, Date.now())).map(l => [l.reason, l.texts])).toEqual([
    ['old', { wish: '線が切れた。続き。' }],
  ])
  const again = await loaded()
  expect([inServer(), again.connection.refusals]).toEqual(['線が切れた。続き。母の言葉。', []])
})

test('a tab that slept for 73 hours sends nothing by itself, and the words are offered', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 1) })
  const o = await loaded()
  server.cut()
  write(o, '古い。')
  vi.setSystemTime(Date.now() + 73 * HOUR)
  server.up = true
  await until(() => expect(o.connection.refusals.length).toBe(1))
  expect(o.connection.refusals[0]).toMatchObject({ reason: 'old', texts: { wish: '古い。' } })
  await until(() => expect(o.slot.doc?.loaded).toBe(true))
  expect([inServer(), o.slot.doc?.text('wish').toString()]).toEqual(['母の言葉。', '母の言葉。'])
})

test('nothing is ever sent under the session of another user', async () => {
  const o = await loaded()
  let strangers = 0
  o.connection.stranger.on(() => strangers++)
  server.cut()
  write(o, '私の文。')
  server.user = 'u2'
  server.up = true
  await until(() => expect(strangers).toBe(1))
  expect([o.slot.doc, inServer()]).toEqual([null, '母の言葉。'])
  o.connection.destroy()
  // The user comes back.
  server.user = 'u1'
  await loaded()
  await until(() => expect(inServer()).toBe('私の文。母の言葉。'))
})

test.each(['consent', 'epoch'])(
  'access lost while away (%s): own words are offered, nothing is sent, nothing of others',
  async reason => {
    const o = await loaded()
    server.cut()
    write(o, '私の文。')
    if (reason === 'consent') server.deny = 'consent'
    else server.refuse = 'epoch'
    server.up = true
    await until(() => expect(o.connection.refusals.length).toBe(1))
    expect(o.connection.refusals[0]).toMatchObject({ reason, texts: { wish: '私の文。' } })
    expect(inServer()).toBe('母の言葉。')
    o.connection.forgetRefusal(o.connection.refusals[0] as never)
    expect([o.connection.refusals, await store.all()]).toEqual([[], []])
  },
)

test('a document made anew does not take the words of the old one', async () => {
  await crash()
  server.doc('d.2').getText('t:wish').insert(0, '新しい。')
  const o = await loaded('d.2')
  await until(() => expect(o.connection.refusals.length).toBe(1))
  expect(o.connection.refusals[0]).toMatchObject({ reason: 'epoch', texts: { wish: '線が切れた。続き。' } })
  expect(inServer('d.2')).toBe('新しい。')
})

test('a document that may only be read does not take them either', async () => {
  await crash()
  server.readOnly = true
  const o = await loaded()
  await until(() => expect(o.connection.refusals.length).toBe(1))
  expect(o.connection.refusals[0]).toMatchObject({ reason: 'readonly', texts: { wish: '線が切れた。続き。' } })
  expect(inServer()).toBe('母の言葉。')
})

test('changes that build on something the server has lost are offered', async () => {
  await crash()
  store.remove((await store.all()).slice(0, 1))
  const o = await loaded()
  await until(() => expect(o.connection.refusals.length).toBe(1))
  expect(o.connection.refusals[0]).toMatchObject({ reason: 'gap', texts: { wish: '続き。' } })
  expect(inServer()).toBe('母の言葉。')
})

test('an absence of more than a minute is told, a short one is not', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 1) })
  const o = await loaded()
  for (const [away, want] of [
    [5_000, 0],
    [61_000, 1],
  ] as const) {
    server.cut()
    await until(() => expect(o.connection.ackState().online).toBe(false))
    write(o, '私の文。')
    server.doc('d.1').getText('t:wish').insert(0, '父。')
    vi.setSystemTime(Date.now() + away)
    server.up = true
    await until(() => expect(o.connection.ackState()).toMatchObject({ online: true, pending: 0 }))
    expect(o.connection.late.length).toBe(want)
  }
  expect(o.connection.late[0]).toMatchObject({ own: '私の文。', others: '父。' })
}, 30_000)

test('a page that lets go of a document lets it live until all is stored', async () => {
  const o = await loaded()
  server.cut()
  write(o, '途中。')
  o.connection.close(o.slot)
  await new Promise(resolve => setTimeout(resolve, 3200)) // longer than a document lingers
  expect(o.slot.doc?.text('wish').toString()).toBe('途中。母の言葉。')
  server.up = true
  await until(() => expect(inServer()).toBe('途中。母の言葉。'))
  await until(() => expect(o.slot.doc).toBe(null))
}, 20_000)
