import { HttpSocket } from './HttpSocket'
import type { LineMemory } from './LineMemory'
import { SocketLike } from './SocketLike'

/** A websocket on which no frame came back after so long (ms) is blocked by something that swallows frames. */
const PROBE = 6000
/** Pause between looks whether the spare line may be given up (ms). */
const LOOK = 1000

/** Hocuspocus' Ping for no document, and its answer. */
const PING = new Uint8Array([0, 9])
const isPong = (data: ArrayBuffer) => {
  const b = new Uint8Array(data)
  return b.length === 2 && b[0] === 0 && b[1] === 10
}

/** What a line needs to know of the page. */
export interface LineOptions {
  memory: LineMemory
  /** Nothing written here waits for the server: the line may be changed. */
  quiet(): boolean
  /** Whether the page is on the spare line (予備の回線). */
  spare(on: boolean): void
  WebSocket?: typeof WebSocket
}

/** Makes the class that stands for WebSocket: the real one where it gets through, else the same frames over plain HTTP. */
export function lineSocket(options: LineOptions): new (url: string) => SocketLike {
  return class extends LineSocket {
    constructor(url: string) {
      super(url, options)
    }
  }
}

/**
 * One connection. It counts as open when a frame came back, for there are proxies that let the handshake pass and nothing after it. On plain
 * HTTP the websocket is tried from time to time beside the line; when it gets through, the line ends at a quiet moment and the next connection takes
 * the websocket.
 */
class LineSocket extends SocketLike {
  private readonly url: string
  private readonly options: LineOptions
  private inner: WebSocket | HttpSocket | null = null
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(url: string, options: LineOptions) {
    super()
    this.url = url
    this.options = options
    if (Date.now() < options.memory.retryAt) this.overHTTP()
    else this.overWebSocket()
  }

  get bufferedAmount(): number {
    return this.inner?.bufferedAmount ?? 0
  }

  send(data: Uint8Array<ArrayBuffer> | ArrayBuffer): void {
    if (this.readyState === SocketLike.OPEN) this.inner?.send(data)
  }

  close(code?: number, reason?: string): void {
    if (this.readyState >= SocketLike.CLOSING) return
    this.readyState = SocketLike.CLOSING
    clearTimeout(this.timer)
    this.inner?.close(code, reason)
    setTimeout(() => this.ended(code ?? 1000, reason), 0)
  }

  protected override ended(code: number, reason = ''): void {
    clearTimeout(this.timer)
    this.inner = null
    super.ended(code, reason)
  }

  private overWebSocket(): void {
    const { memory, spare } = this.options
    let since = 0
    const ws = this.probe({
      passed: () => {
        since = Date.now()
        memory.passed()
        if (this.inner !== ws) return
        spare(false)
        this.opened()
      },
      failed: () => {
        if (this.readyState !== SocketLike.CONNECTING) return
        this.inner = null
        this.overHTTP()
      },
      message: data => this.came(data),
      closed: e => {
        if (since) memory.lived(Date.now() - since, e.code === 1006, Date.now())
        if (this.inner === ws) this.ended(e.code, e.reason)
      },
    })
    this.inner = ws
  }

  private overHTTP(): void {
    const { memory, spare } = this.options
    const s = new HttpSocket(this.url, memory.poll ? 'poll' : 'stream', () => memory.collected())
    this.inner = s
    s.addEventListener('open', () => {
      if (this.readyState !== SocketLike.CONNECTING) return
      if (Date.now() >= memory.retryAt) memory.blocked(Date.now())
      spare(true)
      this.opened()
      this.tryAgain()
    })
    s.addEventListener('message', e => this.came((e as MessageEvent).data))
    s.addEventListener('close', e => {
      const { code, reason } = e as CloseEvent
      if (this.readyState === SocketLike.CONNECTING && code === 1006) memory.lost()
      if (this.inner === s) this.ended(code, reason)
    })
  }

  /** Opens a websocket and tells whether frames come back on it. What the server itself ends has come back, too. */
  private probe(on: {
    passed(): void
    failed(): void
    message(data: ArrayBuffer): void
    closed(e: CloseEvent): void
  }): WebSocket {
    const ws = new (this.options.WebSocket ?? WebSocket)(this.url)
    ws.binaryType = 'arraybuffer'
    let state: 'asked' | 'passed' | 'failed' = 'asked'
    const fail = () => {
      if (state !== 'asked') return
      state = 'failed'
      ws.close()
      on.failed()
    }
    const timer = setTimeout(fail, PROBE)
    ws.addEventListener('open', () => ws.send(PING))
    ws.addEventListener('message', e => {
      if (state === 'failed') return
      clearTimeout(timer)
      if (state === 'asked') {
        state = 'passed'
        on.passed()
      }
      if (!isPong(e.data)) on.message(e.data)
    })
    ws.addEventListener('close', e => {
      clearTimeout(timer)
      if (state === 'passed' || (state === 'asked' && e.code > 1006)) {
        state = 'passed'
        on.closed(e)
      } else fail()
    })
    return ws
  }

  /** Tries the websocket when its time has come, beside the line. */
  private tryAgain(): void {
    const { memory } = this.options
    clearTimeout(this.timer)
    this.timer = setTimeout(
      () => {
        const ws = this.probe({
          passed: () => {
            memory.passed()
            ws.close()
            this.giveWay()
          },
          failed: () => {
            memory.blocked(Date.now())
            if (this.readyState === SocketLike.OPEN) this.tryAgain()
          },
          message: () => {},
          closed: () => {},
        })
      },
      Math.max(0, memory.retryAt - Date.now()),
    )
  }

  /** Ends the line over HTTP when nothing written waits on it. */
  private giveWay(): void {
    if (this.readyState !== SocketLike.OPEN) return
    if (this.options.quiet() && this.bufferedAmount === 0) this.close(1000, 'websocket')
    else this.timer = setTimeout(() => this.giveWay(), LOOK)
  }
}
