import { afterEach, expect, test, vi } from 'vitest'
import { FakeServer } from '../test/FakeServer'
import { Connection } from './Connection'

let open: Connection[] = []
afterEach(() => {
  for (const c of open) c.destroy()
  open = []
})

function start() {
  const server = new FakeServer()
  server.doc('d.1').getText('t:wish').insert(0, '母の言葉。')
  const connection = new Connection('ws://x/hp', '', server.socketClass())
  open.push(connection)
  const slot = connection.open('d.1')
  return { server, connection, slot }
}

const until = (check: () => void) => vi.waitFor(check, { timeout: 8000, interval: 10 })
const write = (slot: ReturnType<typeof start>['slot'], word: string, at = 0) =>
  slot.doc?.text('wish').edit({}, t => t.insert(at, word))

test('saved is said only after the acknowledgement', async () => {
  const { server, connection, slot } = start()
  await until(() => expect(slot.doc?.loaded).toBe(true))
  expect(slot.doc?.text('wish').toString()).toBe('母の言葉。')
  server.hold = true
  write(slot, '一')
  write(slot, '二')
  await until(() => expect(connection.ackState()).toMatchObject({ state: 'sending', pending: 2 }))
  await until(() => expect(server.taken.length).toBe(2))
  expect(connection.ackState().pending).toBe(2)
  server.release()
  await until(() => expect(connection.ackState()).toMatchObject({ state: 'saved', pending: 0, tone: 'calm' }))
  expect(connection.ackState().savedAt).toBeGreaterThan(0)
})

test('what is written while the line is down goes out once, and counts as open until it is stored', async () => {
  const { server, connection, slot } = start()
  await until(() => expect(slot.doc?.loaded).toBe(true))
  server.cut()
  write(slot, '線が切れた。')
  write(slot, '続き。', 6)
  await until(() => expect(connection.ackState()).toMatchObject({ state: 'unsent', pending: 2, online: false }))
  server.up = true
  server.hold = true
  await until(() => expect(server.doc('d.1').getText('t:wish').toString()).toBe('線が切れた。続き。母の言葉。'))
  expect(connection.ackState().pending).toBe(2)
  expect(server.taken).toEqual([]) // it came in the answer to the sync question, not a second time
  server.release()
  await until(() => expect(connection.ackState()).toMatchObject({ state: 'saved', pending: 0, online: true }))
}, 15_000)

test('presence is asked for without names that are known', async () => {
  const { server, slot } = start()
  await until(() => expect(slot.doc?.loaded).toBe(true))
  expect(server.asked).toEqual(['{"type":"brief"}'])
})

test('a refused text is kept for copying and the document is taken anew', async () => {
  const { server, connection, slot } = start()
  await until(() => expect(slot.doc?.loaded).toBe(true))
  await until(() => expect(connection.ackState().state).toBe('saved'))
  const before = slot.doc
  server.refuse = 'column'
  write(slot, '書いてはいけない所。')
  await until(() => expect(connection.refusals.length).toBe(1))
  expect(connection.refusals[0]).toMatchObject({ reason: 'column', label: '受け付けられません' })
  expect(Object.values(connection.refusals[0]?.texts ?? {})).toEqual(['書いてはいけない所。'])
  await until(() => expect(slot.doc !== before && slot.doc?.loaded).toBe(true))
  expect(slot.doc?.text('wish').toString()).toBe('母の言葉。')
  write(slot, '次は通る。')
  await until(() => expect(server.doc('d.1').getText('t:wish').toString()).toBe('次は通る。母の言葉。'))
  expect(connection.ackState().pending === 0 || connection.ackState().state !== 'saved').toBe(true)
})

test('a withdrawn document is gone at once', async () => {
  const { server, connection, slot } = start()
  await until(() => expect(slot.doc?.loaded).toBe(true))
  const asked: string[] = []
  connection.accessChanged.on(m => asked.push(m.type))
  server.say('d.1', {
    type: 'withdrawn',
    doc: 'd.1',
    reason: 'consent',
    message: '同意の撤回により表示できなくなりました。',
  })
  await until(() => expect(slot.gone).toEqual({ reason: 'consent', label: '同意の撤回により表示できなくなりました。' }))
  expect(slot.doc).toBe(null)
  expect(asked).toEqual(['withdrawn'])
  expect(connection.refusals).toEqual([])
})

test('rights and freezing are followed', async () => {
  const { server, slot } = start()
  await until(() => expect(slot.doc?.loaded).toBe(true))
  expect(slot.doc?.readOnly).toBe(false)
  server.say('d.1', { type: 'rights', doc: 'd.1', write: false, ownAgencyOnly: true, frozen: true })
  await until(() => expect([slot.frozen, slot.ownAgencyOnly, slot.doc?.readOnly]).toEqual([true, true, true]))
  server.say('d.1', { type: 'rights', doc: 'd.1', write: true, ownAgencyOnly: false, frozen: false })
  await until(() => expect([slot.frozen, slot.ownAgencyOnly, slot.doc?.readOnly]).toEqual([false, false, false]))
})

test('people who may be missing are told of until the server says otherwise, or another one answers', async () => {
  const { server, slot } = start()
  await until(() => expect(slot.doc?.loaded).toBe(true))
  expect(slot.doc?.presence.partial).toBe(false)
  let told = 0
  slot.doc?.presence.changed.on(() => told++)
  const say = (partial: boolean) => server.say('d.1', { type: 'presence', doc: 'd.1', partial, message: '' })
  say(true)
  await until(() => expect(slot.doc?.presence.partial).toBe(true))
  expect(told).toBe(1)
  say(false)
  await until(() => expect(slot.doc?.presence.partial).toBe(false))
  say(true)
  await until(() => expect(slot.doc?.presence.partial).toBe(true))
  server.cut()
  server.up = true
  await until(() => expect(slot.doc?.presence.partial).toBe(false))
}, 15_000)
