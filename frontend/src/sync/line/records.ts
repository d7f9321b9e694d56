/** Kinds of record in an answer of the server (docs/protocol.md). */
export const NOTHING = 0
export const FRAME = 1
export const END = 2

/** Takes the records out of an answer as its pieces arrive. */
export class Records {
  private rest = new Uint8Array(0)

  /** The records that are complete now. */
  take(piece: Uint8Array): { kind: number; body: Uint8Array }[] {
    const b = new Uint8Array(this.rest.length + piece.length)
    b.set(this.rest)
    b.set(piece, this.rest.length)
    const out = []
    let at = 0
    for (;;) {
      const head = readUint(b, at + 1)
      if (!head || head.next + head.value > b.length) break
      out.push({ kind: b[at] as number, body: b.slice(head.next, head.next + head.value) })
      at = head.next + head.value
    }
    this.rest = b.slice(at)
    return out
  }
}

function readUint(b: Uint8Array, at: number): { value: number; next: number } | null {
  for (let value = 0, scale = 1; at < b.length; scale *= 128) {
    const byte = b[at++] as number
    value += (byte & 127) * scale
    if (byte < 128) return { value, next: at }
  }
  return null
}

/** The body of a request that brings frames: the number of the first, then each with its length. */
export function upBody(first: number, frames: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const parts = [uint(first), ...frames.flatMap(f => [uint(f.length), f])]
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0))
  let at = 0
  for (const p of parts) {
    out.set(p, at)
    at += p.length
  }
  return out
}

function uint(n: number): Uint8Array {
  const out = []
  for (; n > 127; n = Math.floor(n / 128)) out.push((n % 128) + 128)
  return new Uint8Array([...out, n])
}
