import { Answer } from './Answer'
import { Patience } from './Patience'
import { END, FRAME, NOTHING, Records } from './records'
import { SocketLike } from './SocketLike'
import { Uplink } from './Uplink'

/** A stream whose first record does not come so soon (ms) is being collected by something on the way. */
const STREAM_BEGINS = 2000
/** A poll waits so long (s) for a frame; something that cuts waiting requests makes it less. */
const POLL_WAIT = 25
/** A request up gives up after so long (ms). */
const UP_TIMEOUT = 30_000
/** What has arrived is said when so much (bytes) came since, or at the next record after so long (ms). */
const SAY_BYTES = 64 * 1024
const SAY_AFTER = 10_000

const SIGNED_OUT = 4401
const TOO_BIG = 1009
const BROKEN = 1006

/** How the server's frames come down. */
export type Down = 'stream' | 'poll'

/**
 * A line over plain HTTP in the shape of a WebSocket (docs/protocol.md, "The same frames over HTTP"). `url` is that of the websocket. `found` is told
 * when answers turn out to be collected on the way, so that polls have to do.
 */
export class HttpSocket extends SocketLike {
  down: Down
  private readonly url: string
  private readonly found: (d: Down) => void
  private readonly abort = new AbortController()
  private readonly up: Uplink
  private readonly headers: Record<string, string>
  /** Number of the last frame that came. */
  private have = 0
  private unsaid = 0
  private saidAt = Date.now()
  private wait = POLL_WAIT
  private readonly upPatience = new Patience()
  private readonly downPatience = new Patience()

  constructor(url: string, down: Down = 'stream', found: (d: Down) => void = () => {}) {
    super()
    this.url = `${url.replace(/^ws/, 'http')}/line`
    this.down = down
    this.found = found
    const route = [...crypto.getRandomValues(new Uint8Array(8))].map(b => b.toString(16).padStart(2, '0')).join('')
    this.headers = { 'Content-Type': 'application/octet-stream', 'X-Kasane': '1', 'X-Kasane-Route': route }
    this.up = new Uplink({
      alive: () => this.readyState === SocketLike.OPEN,
      bring: body => this.ask('/up', this.word(), body, UP_TIMEOUT),
      judge: a => this.judge(a),
      works: () => this.upPatience.works(),
      failed: () => this.failed(this.upPatience),
    })
    void this.begin()
  }

  get bufferedAmount(): number {
    return this.up.waiting
  }

  send(data: Uint8Array | ArrayBuffer): void {
    if (this.readyState === SocketLike.OPEN) this.up.push(new Uint8Array(data).slice())
  }

  close(code = 1000, reason = ''): void {
    if (this.readyState >= SocketLike.CLOSING) return
    this.leave()
    this.readyState = SocketLike.CLOSING
    setTimeout(() => this.ended(code, reason), 0)
  }

  protected override ended(code: number, reason = ''): void {
    this.abort.abort()
    globalThis.removeEventListener?.('pagehide', this.leave)
    super.ended(code, reason)
  }

  private async begin(): Promise<void> {
    const a = await this.ask('', {}, undefined, UP_TIMEOUT)
    if (this.readyState !== SocketLike.CONNECTING) return
    const id = a?.status === 201 ? a.json()?.line : null
    if (typeof id !== 'string') {
      this.ended(a?.status === 401 ? SIGNED_OUT : BROKEN)
      return
    }
    this.headers['X-Kasane-Line'] = id
    globalThis.addEventListener?.('pagehide', this.leave)
    void this.listen()
    this.opened()
  }

  /** Tells the server that nobody is here any more; others see it at once. */
  private readonly leave = () => {
    const { 'X-Kasane-Line': id } = this.headers
    this.abort.abort()
    if (id) fetch(this.url, { method: 'DELETE', headers: this.headers, keepalive: true }).catch(() => {})
  }

  /** One request read to its end; null when none came, or not in time. */
  private async ask(path: string, headers: object, body: BodyInit | undefined, ms: number): Promise<Answer | null> {
    const limit = this.limit(ms)
    try {
      const res = await this.post(path, headers, body, limit.signal)
      return new Answer(res.status, new Uint8Array(await res.arrayBuffer()))
    } catch {
      return null
    } finally {
      limit.lift()
    }
  }

  /** Ends a request with the line, or when it takes too long. */
  private limit(ms: number): { signal: AbortSignal; lift(): void } {
    const own = new AbortController()
    const end = () => own.abort()
    const timer = setTimeout(end, ms)
    this.abort.signal.addEventListener('abort', end)
    const lift = () => {
      clearTimeout(timer)
      this.abort.signal.removeEventListener('abort', end)
    }
    return { signal: own.signal, lift }
  }

  private post(path: string, headers: object, body: BodyInit | undefined, signal: AbortSignal): Promise<Response> {
    return fetch(this.url + path, {
      method: 'POST',
      headers: { ...this.headers, ...headers },
      body,
      signal,
      cache: 'no-store',
    })
  }

  private word(): Record<string, string> {
    this.unsaid = 0
    this.saidAt = Date.now()
    return { 'X-Kasane-Have': String(this.have) }
  }

  private async listen(): Promise<void> {
    while (this.readyState === SocketLike.CONNECTING || this.readyState === SocketLike.OPEN) {
      const worked = this.down === 'stream' ? await this.stream() : await this.poll()
      if (!worked) await this.failed(this.downPatience)
    }
  }

  /** Reads frames as they come until the answer ends; false when it did not begin. */
  private async stream(): Promise<boolean> {
    const own = new AbortController()
    const end = () => own.abort()
    this.abort.signal.addEventListener('abort', end)
    const timer = setTimeout(end, STREAM_BEGINS)
    let begun = false
    try {
      const res = await this.post('/down', { ...this.word(), 'X-Kasane-Mode': 'stream' }, undefined, own.signal)
      if (res.status !== 200 || !res.body) {
        this.judge(new Answer(res.status, new Uint8Array(await res.arrayBuffer())))
        return false
      }
      const reader = res.body.getReader()
      const records = new Records()
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return begun
        for (const r of records.take(value)) {
          begun = true
          clearTimeout(timer)
          this.take(r)
        }
      }
    } catch {
      if (!begun && own.signal.aborted) this.down = 'poll'
      return begun || own.signal.aborted
    } finally {
      clearTimeout(timer)
      this.abort.signal.removeEventListener('abort', end)
    }
  }

  /** Asks for the frames there are, or the next. */
  private async poll(): Promise<boolean> {
    const asked = Date.now()
    const headers = { ...this.word(), 'X-Kasane-Mode': 'poll', 'X-Kasane-Wait': String(this.wait) }
    const a = await this.ask('/down', headers, undefined, (this.wait + 10) * 1000)
    if (a?.status !== 200) {
      if (a && a.status < 500) this.judge(a)
      // Cut off while it waited: next time it waits less than that.
      const waited = (Date.now() - asked) / 1000
      if (waited > 2) this.wait = Math.max(2, Math.min(this.wait, Math.floor(waited * 0.6)))
      return false
    }
    this.downPatience.works()
    this.found('poll')
    for (const r of new Records().take(a.body)) this.take(r)
    return true
  }

  private take({ kind, body }: { kind: number; body: Uint8Array }): void {
    this.downPatience.works()
    if (kind === END) this.ended(((body[0] ?? 0) << 8) + (body[1] ?? 0), new TextDecoder().decode(body.slice(2)))
    else if (kind === FRAME) this.frame(body)
    else if (kind !== NOTHING) this.ended(BROKEN, 'unknown record')
    // On a stream nothing else tells the server in time that the client lives and has what came.
    const much = this.unsaid > SAY_BYTES || Date.now() - this.saidAt > SAY_AFTER
    if (this.down === 'stream' && much && this.readyState === SocketLike.OPEN) this.up.say()
  }

  private frame(body: Uint8Array): void {
    this.have++
    this.unsaid += body.length
    if (body.length) this.came(body.buffer as ArrayBuffer)
  }

  /** Ends the line if an answer says that it has ended. */
  private judge(a: Answer): void {
    const said = a.status === 410 ? a.json() : null
    if (a.status === 401) this.ended(SIGNED_OUT)
    else if (a.status === 413) this.ended(TOO_BIG)
    else if (typeof said?.code === 'number') this.ended(said.code, String(said.reason ?? ''))
    else if (a.status >= 400 && a.status < 500 && a.status !== 408 && a.status !== 429) this.ended(BROKEN)
  }

  /** A request came to nothing: wait before the next, or give the line up. */
  private async failed(patience: Patience): Promise<void> {
    const pause = patience.failed(Date.now())
    if (pause === null) this.ended(BROKEN)
    else await new Promise(resolve => setTimeout(resolve, pause))
  }
}
