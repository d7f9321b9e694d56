const K = primes(64).map(p => fraction(Math.cbrt(p)))
const H = primes(8).map(p => fraction(Math.sqrt(p)))

/** Lower hex SHA-256 of a text in UTF-8. Own code, since browsers keep crypto.subtle from plain http inside a closed network. */
export function sha256(text: string): string {
  const bytes = new TextEncoder().encode(text)
  const size = ((bytes.length + 72) >> 6) << 6
  const data = new Uint8Array(size)
  data.set(bytes)
  data[bytes.length] = 0x80
  const view = new DataView(data.buffer)
  view.setUint32(size - 8, Math.floor((bytes.length * 8) / 2 ** 32))
  view.setUint32(size - 4, (bytes.length * 8) >>> 0)
  const h = Uint32Array.from(H)
  const w = new Uint32Array(64)
  for (let at = 0; at < size; at += 64) block(view, at, w, h)
  return Array.from(h, x => x.toString(16).padStart(8, '0')).join('')
}

function block(view: DataView, at: number, w: Uint32Array, h: Uint32Array): void {
  const rot = (x: number, n: number) => (x >>> n) | (x << (32 - n))
  for (let i = 0; i < 16; i++) w[i] = view.getUint32(at + i * 4)
  for (let i = 16; i < 64; i++) {
    const [a, b] = [w[i - 15] as number, w[i - 2] as number]
    const s0 = rot(a, 7) ^ rot(a, 18) ^ (a >>> 3)
    const s1 = rot(b, 17) ^ rot(b, 19) ^ (b >>> 10)
    w[i] = (w[i - 16] as number) + s0 + (w[i - 7] as number) + s1
  }
  const s = Array.from(h)
  for (let i = 0; i < 64; i++) {
    const [a, b, c, d, e, f, g, x] = s as [number, number, number, number, number, number, number, number]
    const t1 =
      (x + (rot(e, 6) ^ rot(e, 11) ^ rot(e, 25)) + ((e & f) ^ (~e & g)) + (K[i] as number) + (w[i] as number)) | 0
    const t2 = ((rot(a, 2) ^ rot(a, 13) ^ rot(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    s.splice(0, 8, (t1 + t2) | 0, a, b, c, (d + t1) | 0, e, f, g)
  }
  for (let i = 0; i < 8; i++) h[i] = (h[i] as number) + (s[i] as number)
}

function primes(n: number): number[] {
  const out: number[] = []
  for (let c = 2; out.length < n; c++) if (out.every(p => c % p)) out.push(c)
  return out
}

function fraction(x: number): number {
  return Math.floor((x - Math.floor(x)) * 2 ** 32)
}
