// A person at the HTTP interface, without a browser.
import assert from 'node:assert/strict'
import * as Y from 'yjs'
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import * as encoding from 'lib0/encoding'
import * as decoding from 'lib0/decoding'
import WebSocket from 'ws'
import { until } from './proc.mjs'

export class Client {
  constructor (url) { this.url = url; this.cookie = '' }

  async request (method, path, body, { raw = false, headers = {} } = {}) {
    const res = await fetch(this.url + path, {
      method,
      headers: { 'X-Kasane': '1', ...(body !== undefined ? { 'Content-Type': 'application/json' } : {}), ...(this.cookie ? { Cookie: this.cookie } : {}), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body)
    })
    const set = res.headers.getSetCookie().find(c => c.startsWith('kasane_session='))
    if (set) this.cookie = set.split(';')[0]
    if (raw) return res
    const text = await res.text()
    const json = text && res.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text
    if (!res.ok) throw Object.assign(new Error(`${method} ${path}: ${res.status} ${text.slice(0, 300)}`), { status: res.status, body: json })
    return json
  }

  get (path) { return this.request('GET', path) }
  post (path, body = {}) { return this.request('POST', path, body) }

  /** A request that has to be refused: one of the statuses, a Japanese sentence that fits. Gives the error. */
  async refused (method, path, body, statuses, words = /。/) {
    const answer = await this.request(method, path, body).catch(e => e)
    assert.ok(answer?.body?.error, `${method} ${path} is refused: ${answer?.message ?? JSON.stringify(answer).slice(0, 200)}`)
    const { status, body: { error } } = answer
    assert.ok([statuses].flat().includes(status), `${method} ${path}: ${status} ${JSON.stringify(error)}`)
    assert.match(error.message, /[ぁ-ん].*。/, 'a Japanese sentence')
    assert.match(error.message, words)
    return error
  }

  async signIn (login) {
    const { demoAccounts } = await this.get('/api/session')
    return this.post('/api/session', { login, password: demoAccounts[0].password }) // one password opens every account of the demo
  }

  /** An act of a meeting, seen or not seen what happened before; gives the room. */
  act (meeting, act, params = {}, seq = Number.MAX_SAFE_INTEGER) { return this.post(`/api/meetings/${meeting}/acts`, { act, params, seq }) }

  /** One socket for many documents, as the browser client has it. */
  socket () {
    const { cookie, url } = this
    class WithCookie extends WebSocket { 
      constructor (u, p) {
        super(u, p, { headers: { Cookie: cookie, Origin: url } })
        this.on('error', () => {}) // a provider that is destroyed while it connects listens no more
      }
    }
    return new HocuspocusProviderWebsocket({ url: url.replace('http', 'ws') + '/hp', WebSocketPolyfill: WithCookie, delay: 200, minDelay: 100, maxDelay: 1000, maxAttempts: 0 })
  }

  /** Open a document; resolves when synced. */
  async open (name, { context = '', socket = this.socket(), document = new Y.Doc() } = {}) {
    const provider = new HocuspocusProvider({ websocketProvider: socket, name, document, token: context })
    provider.attach?.()
    await until(`document ${name} synced`, () => provider.isSynced, 10000)
    return { provider, document, socket, close: () => { provider.destroy(); socket.destroy() } }
  }
}

/** Sign in somebody of the demo. */
export const person = async (url, login) => {
  const c = new Client(url)
  c.session = await c.signIn(login)
  c.agency = c.session.actor.agencyId
  return c
}

const KINDS = ['sync', 'awareness', 'auth', 'query', 'syncReply', 'stateless', '', 'close', 'status', 'ping', 'pong']

/** A socket as a stranger would write it: no provider, every frame kept with the time it came at. */
export class Wire {
  constructor (client, path = '/hp') {
    this.frames = []
    this.closed = null
    this.named = path === '/hp'
    this.ws = new WebSocket(client.url.replace('http', 'ws') + path, { headers: { ...(client.cookie ? { Cookie: client.cookie } : {}), Origin: client.url } })
    this.ws.on('message', bytes => this.frames.push(this.parse(new Uint8Array(bytes))))
    this.ws.on('close', (code, reason) => { this.closed = { code, reason: String(reason), at: performance.now() } })
    this.ws.on('error', error => { this.failed = String(error); this.closed ??= { code: 0, reason: this.failed, at: performance.now() } })
    this.ready = new Promise(resolve => { this.ws.once('open', resolve); this.ws.once('close', resolve); this.ws.once('error', resolve) })
  }

  parse (bytes) {
    const d = decoding.createDecoder(bytes)
    const frame = { at: performance.now(), bytes: Buffer.from(bytes), doc: this.named ? decoding.readVarString(d) : '' }
    frame.kind = KINDS[decoding.readVarUint(d)]
    if (frame.kind === 'auth') [frame.verdict, frame.reason] = [['token', 'denied', 'allowed'][decoding.readVarUint(d)], decoding.readVarString(d)]
    if (frame.kind === 'stateless') frame.notice = JSON.parse(decoding.readVarString(d))
    if (frame.kind === 'close') frame.reason = decoding.readVarString(d)
    if (frame.kind === 'status') frame.stored = decoding.readVarUint(d) === 1
    return frame
  }

  /** Write a frame: the document's name, then what `write` puts behind it. */
  async send (name, ...write) {
    await this.ready
    const e = encoding.createEncoder()
    if (this.named) encoding.writeVarString(e, name)
    for (const w of write) typeof w === 'number' ? encoding.writeVarUint(e, w) : typeof w === 'string' ? encoding.writeVarString(e, w) : encoding.writeVarUint8Array(e, w)
    if (this.ws.readyState === WebSocket.OPEN) this.ws.send(encoding.toUint8Array(e))
  }

  async raw (bytes) { await this.ready; this.ws.send(bytes) }

  /** Ask for a document: authentication, then everything it holds. */
  async ask (name, meeting = '') {
    await this.send(name, 2, 0, meeting)
    await this.send(name, 0, 0, new Uint8Array([0]))
  }

  update (name, bytes) { return this.send(name, 0, 2, bytes) }
  of (name, kind) { return this.frames.filter(f => f.doc === name && (!kind || f.kind === kind)) }

  /** How the question for a document was answered: { allowed, reason }. */
  async answer (name) {
    const f = await until(`an answer about ${name}`, () => this.of(name, 'auth').at(-1) ?? (this.closed && { verdict: 'closed', reason: String(this.closed.code) }))
    if (f.verdict === 'allowed') await until('its text', () => this.of(name, 'sync').length > 0)
    return { allowed: f.verdict === 'allowed', reason: f.reason }
  }

  holds (text) { return this.frames.some(f => f.bytes.includes(text)) }
  end () { this.ws.terminate() }
}

/** A small seeded generator (mulberry32). */
export const random = seed => () => {
  seed = (seed + 0x6D2B79F5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
