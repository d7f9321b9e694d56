/** The part of a WebSocket that a provider uses, for lines that are none. */
export abstract class SocketLike extends EventTarget {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSING = 2
  static readonly CLOSED = 3
  binaryType = 'arraybuffer'
  readyState: number = SocketLike.CONNECTING

  abstract get bufferedAmount(): number
  abstract send(data: Uint8Array | ArrayBuffer): void
  abstract close(code?: number, reason?: string): void

  protected opened(): void {
    this.readyState = SocketLike.OPEN
    this.dispatchEvent(new Event('open'))
  }

  protected came(data: ArrayBuffer): void {
    if (this.readyState === SocketLike.OPEN) this.dispatchEvent(Object.assign(new Event('message'), { data }))
  }

  /** Tells of the end, once. 1006 is a line that broke. */
  protected ended(code: number, reason = ''): void {
    if (this.readyState === SocketLike.CLOSED) return
    this.readyState = SocketLike.CLOSED
    this.dispatchEvent(Object.assign(new Event('close'), { code, reason, wasClean: code !== 1006 }))
  }
}
