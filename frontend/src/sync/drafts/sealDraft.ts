import type { Draft } from './Draft'

/** A draft as it lies in the store: what was written is sealed (AES-GCM), the rest are ids and times. */
export interface SealedDraft {
  id?: number
  user: string
  doc: string
  context: string
  page: string
  tab: string
  copy: string
  at: number
  refused: string
  iv: Uint8Array<ArrayBuffer>
  sealed: ArrayBuffer
}

/** The key of a user as the server gives it (base64 of 32 bytes). Scripts can use it here, but not read it. */
export function importKey(base64: string): Promise<CryptoKey> {
  const raw = Uint8Array.from(atob(base64), c => c.charCodeAt(0))
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

/** A draft may not be moved to another user, document or context: these are bound into the seal. */
const bound = (d: Pick<SealedDraft, 'user' | 'doc' | 'context' | 'copy'>) =>
  new TextEncoder().encode(JSON.stringify([d.user, d.doc, d.context, d.copy]))

export async function sealDraft(d: Draft, user: string, key: CryptoKey): Promise<SealedDraft> {
  const { doc, context, page, tab, copy, at, refused } = d
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const plain = pack([new TextEncoder().encode(JSON.stringify([d.texts, d.values])), d.base, d.update])
  const additionalData = bound({ user, doc, context, copy })
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, plain)
  return { ...(d.id ? { id: d.id } : {}), user, doc, context, page, tab, copy, at, refused, iv, sealed }
}

/** Null for what none of the keys opens. */
export async function openDraft(s: SealedDraft, keys: readonly CryptoKey[]): Promise<Draft | null> {
  for (const key of keys) {
    const draft = await openWith(s, key)
    if (draft) return draft
  }
  return null
}

async function openWith(s: SealedDraft, key: CryptoKey): Promise<Draft | null> {
  const { doc, context, page, tab, copy, at, refused, iv } = s
  try {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: bound(s) }, key, s.sealed)
    const [head, base, update] = unpack(new Uint8Array(plain)) as [Uint8Array, Uint8Array, Uint8Array]
    const [texts, values] = JSON.parse(new TextDecoder().decode(head))
    return { id: s.id as number, doc, context, page, tab, copy, at, refused, update, base, texts, values }
  } catch {
    return null
  }
}

/** Parts behind each other, each after its length (32 bits). */
function pack(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((n, p) => n + 4 + p.length, 0))
  let at = 0
  for (const p of parts) {
    new DataView(out.buffer).setUint32(at, p.length)
    out.set(p, at + 4)
    at += 4 + p.length
  }
  return out
}

function unpack(bytes: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const n = new DataView(bytes.buffer, bytes.byteOffset).getUint32(at)
    parts.push(bytes.slice(at + 4, at + 4 + n))
    at += 4 + n
  }
  return parts
}
