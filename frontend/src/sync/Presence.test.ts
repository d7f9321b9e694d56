import * as encoding from 'lib0/encoding'
import { afterEach, expect, test } from 'vitest'
import { Awareness, applyAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { Presence } from './Presence'

const docs: Y.Doc[] = []
afterEach(() => {
  for (const d of docs.splice(0)) d.destroy()
})

function start() {
  const doc = new Y.Doc()
  docs.push(doc)
  const awareness = new Awareness(doc)
  let clock = 1
  /** What the server says of the client 7. */
  const say = (state: object | null) => {
    const e = encoding.createEncoder()
    for (const n of [1, 7, clock++]) encoding.writeVarUint(e, n)
    encoding.writeVarString(e, JSON.stringify(state))
    applyAwarenessUpdate(awareness, encoding.toUint8Array(e), 'server')
  }
  return { presence: new Presence(awareness), awareness, say }
}

const user = { id: 'u1', name: '山田', post: '保健師', agencyId: 'a1', agency: '健康課', color: '#0B5CAD' }

test('who is behind a client id is remembered from the first state', () => {
  const { presence, awareness, say } = start()
  say({ user, at: 'wish' })
  say({ at: 'risk', caret: { key: 'risk', anchor: 3 } })
  expect(presence.peers()).toMatchObject([{ clientId: 7, name: '山田', agency: '健康課', agencyId: 'a1', at: 'risk' }])
  expect(presence.carets('risk').others()).toMatchObject([{ id: 7, name: '山田', anchor: 3 }])
  // Removed for its silence, and heard again without a name.
  awareness.states.delete(7)
  say({ at: 'wish' })
  expect(presence.peers()).toMatchObject([{ name: '山田', at: 'wish' }])
  // Named anew.
  say({ user: { ...user, agency: '福祉課' }, at: 'wish' })
  say({ at: 'policy' })
  expect(presence.peers()).toMatchObject([{ agency: '福祉課', at: 'policy' }])
  say(null)
  expect(presence.peers()).toEqual([])
})

test('a state without a name, of nobody who was named, is of nobody in particular', () => {
  const { presence, say } = start()
  say({ at: 'wish', user: null })
  expect(presence.peers()).toMatchObject([{ clientId: 7, name: '', agency: '', at: 'wish' }])
})
