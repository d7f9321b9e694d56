// A person at the HTTP interface, without a browser.
import assert from 'node:assert/strict'
import * as Y from 'yjs'
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
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
    const account = demoAccounts.find(a => a.login === login)
    if (!account) throw new Error(`no demo account ${login}: ${demoAccounts.map(a => a.login)}`)
    return this.post('/api/session', { login, password: account.password })
  }

  /** One socket for many documents, as the browser client has it. */
  socket () {
    const { cookie, url } = this
    class WithCookie extends WebSocket { constructor (u, p) { super(u, p, { headers: { Cookie: cookie, Origin: url } }) } }
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

/** A small seeded generator (mulberry32). */
export const random = seed => () => {
  seed = (seed + 0x6D2B79F5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
