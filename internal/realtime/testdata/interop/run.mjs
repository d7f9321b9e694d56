// Two stock clients against a server of the test. Arguments: hocuspocus|ywebsocket|alone, base URL. Lines on stdin are steps the test allows,
// lines on stdout what was seen.
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { createInterface } from 'node:readline'
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

const [, , kind, base] = process.argv
const session = user => class extends WebSocket {
  constructor(url, protocols) { super(url, protocols, { headers: { 'X-Session': user } }) }
}
const say = (what, value = null) => process.stdout.write(JSON.stringify({ what, value }) + '\n')
const fail = why => { say('failed', String(why?.stack ?? why)); process.exit(1) }
process.on('unhandledRejection', fail)
process.on('uncaughtException', fail)

const steps = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const step = async name => {
  const { value, done } = await steps.next()
  if (done || value !== name) fail(`expected step ${name}, got ${value}`)
}
const until = async (what, ok) => {
  for (const end = Date.now() + 8000; !ok();) {
    if (Date.now() > end) fail(`${what}: not in time`)
    await new Promise(r => setTimeout(r, 10))
  }
  say(what)
}
const text = (doc, key) => doc.getText('t:' + key)

async function hocuspocus () {
  const open = (user, names, token = '') => {
    const socket = new HocuspocusProviderWebsocket({ url: base + '/hp', WebSocketPolyfill: session(user), messageReconnectTimeout: 1500, delay: 100, minDelay: 50, maxDelay: 300 })
    const counts = { closes: 0 }
    socket.on('disconnect', () => { counts.closes++ })
    const docs = names.map(name => {
      const seen = { stateless: [], closed: null, denied: null }
      const provider = new HocuspocusProvider({ websocketProvider: socket, name, token, document: new Y.Doc(),
        onStateless: ({ payload }) => seen.stateless.push(JSON.parse(payload)),
        onAuthenticationFailed: ({ reason }) => { seen.denied = reason },
        onClose: ({ event }) => { seen.closed = event.reason } })
      provider.attach()
      return { provider, doc: provider.document, seen }
    })
    return { socket, docs, counts }
  }
  const a = open('a', ['doc1.1', 'doc2.1', 'm.meet1'])
  const b = open('b', ['doc1.1'])
  const all = [...a.docs, ...b.docs]
  await until('synced', () => all.every(d => d.provider.synced && d.provider.unsyncedChanges === 0 && d.provider.isAuthenticated))
  const [x, other, channel] = a.docs
  const [y] = b.docs

  // Not acknowledged before it is in the log.
  say('hold the log')
  await step('held')
  text(x.doc, 'wish').insert(0, '家で暮らしたい𠮷')
  x.doc.getMap('v').set('need/need00000a/ord', 'a0')
  await new Promise(r => setTimeout(r, 300))
  say('while held', { unsynced: x.provider.unsyncedChanges, seen: text(y.doc, 'wish').toString() })
  await step('released')
  await until('acknowledged', () => x.provider.unsyncedChanges === 0)
  await until('converged', () => text(y.doc, 'wish').toString() === '家で暮らしたい𠮷' && y.doc.getMap('v').get('need/need00000a/ord') === 'a0')

  // Presence.
  x.provider.setAwarenessField('user', { name: 'someone else' })
  x.provider.setAwarenessField('at', 'plan/goal')
  await until('presence', () => [...y.provider.awareness.getStates().values()].some(s => s.at === 'plan/goal' && s.user.id === 'a'))

  // Alone, with its own presence switched off: kept alive by the server. The provider gives up after 1.5 s without a message.
  const alone = open('c', ['doc3.1'])
  alone.docs[0].provider.awareness.setLocalState(null)
  await until('alone', () => alone.docs[0].provider.synced)
  await new Promise(r => setTimeout(r, 4000))
  say('stays alone', { closes: alone.counts.closes })

  // Edits of a time without connection.
  a.socket.disconnect()
  await until('offline', () => a.socket.status === 'disconnected')
  text(x.doc, 'wish').insert(0, '私は、')
  text(y.doc, 'wish').insert(text(y.doc, 'wish').length, 'です')
  await until('the other goes on', () => y.provider.unsyncedChanges === 0)
  a.socket.connect()
  await until('caught up', () => x.provider.unsyncedChanges === 0 && x.provider.synced && text(x.doc, 'wish').toString() === '私は、家で暮らしたい𠮷です' &&
    text(y.doc, 'wish').toString() === '私は、家で暮らしたい𠮷です')

  // A meeting's message, and a refusal that ends one document only.
  say('send')
  await until('told', () => channel.seen.stateless.some(m => m.kind === 'phase'))
  text(x.doc, 'wish').insert(0, '\u202e')
  await until('refused', () => x.seen.closed === 'text' && x.seen.stateless.some(m => m.type === 'refused' && m.doc === 'doc1.1' && m.message))
  text(other.doc, 'wish').insert(0, '別')
  await until('other document', () => other.provider.unsyncedChanges === 0)
  const denied = open('a', ['none.1'])
  await until('denied', () => denied.docs[0].seen.denied === 'not_found')
  for (const o of [a, b, alone, denied]) o.docs.forEach(d => d.provider.destroy()) || o.socket.destroy()
}

async function ywebsocket () {
  const open = user => {
    const doc = new Y.Doc()
    const provider = new WebsocketProvider(base + '/yws', 'doc1.1', doc, { WebSocketPolyfill: session(user), disableBc: true, params: { meeting: 'x' } })
    const seen = { closed: null }
    provider.on('closed', e => { seen.closed = e.code })
    return { doc, provider, seen }
  }
  const a = open('a')
  const b = open('b')
  await until('synced', () => a.provider.synced && b.provider.synced)
  text(a.doc, 'wish').insert(0, 'あ')
  await until('converged', () => text(b.doc, 'wish').toString() === 'あ')
  a.provider.awareness.setLocalStateField('at', 'x')
  await until('presence', () => [...b.provider.awareness.getStates().values()].some(s => s.at === 'x' && s.user.id === 'a'))
  text(a.doc, 'nonsense').insert(0, 'x')
  await until('refused', () => a.seen.closed === 4403)
  a.provider.destroy()
  b.provider.destroy()
}

/** One client of each kind, as its package sets it up, alone in its document and without presence of its own, for 90 seconds. */
async function alone () {
  const socket = new HocuspocusProviderWebsocket({ url: base + '/hp', WebSocketPolyfill: session('a') })
  const hp = new HocuspocusProvider({ websocketProvider: socket, name: 'doc2.1', token: 'x', document: new Y.Doc() })
  hp.attach()
  const yws = new WebsocketProvider(base + '/yws', 'doc3.1', new Y.Doc(), { WebSocketPolyfill: session('b'), disableBc: true, params: { meeting: 'x' } })
  const cuts = { hocuspocus: 0, ywebsocket: 0 }
  socket.on('disconnect', () => { cuts.hocuspocus++ })
  yws.on('connection-close', () => { cuts.ywebsocket++ })
  await until('synced', () => hp.synced && yws.synced)
  hp.awareness.setLocalState(null)
  yws.awareness.setLocalState(null)
  await new Promise(r => setTimeout(r, 90_000))
  say('cuts', cuts)
  text(hp.document, 'wish').insert(0, 'あ')
  await until('still taken', () => hp.unsyncedChanges === 0)
  hp.destroy()
  socket.destroy()
  yws.destroy()
}

await { ywebsocket, hocuspocus, alone }[kind]()
say('done')
process.exit(0)
