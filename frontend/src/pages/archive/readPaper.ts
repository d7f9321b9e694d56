/** What the server needs to know a file: its SHA-256 and the 文書番号 it says of itself. The file stays here. */
export async function readPaper(file: Blob): Promise<{ sha256: string; number: string }> {
  const bytes = await file.arrayBuffer()
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return { sha256: Array.from(sum, b => b.toString(16).padStart(2, '0')).join(''), number: claimed(bytes) }
}

/** The first word of pdf:Keywords in the properties (XMP) of a file of ours; '' without it. archive.Claims reads the same. */
export function claimed(bytes: ArrayBuffer): string {
  const found = /<pdf:Keywords>([^<]{0,2000})<\/pdf:Keywords>/.exec(new TextDecoder().decode(bytes))
  const words = new DOMParser().parseFromString(found?.[1] ?? '', 'text/html').documentElement.textContent ?? ''
  const number = words.split(' ')[0] ?? ''
  return Array.from(number).length > 100 ? '' : number
}

/** Whether this page may compute hashes: browsers allow it on https and on this machine only. */
export const canHash = () => typeof crypto !== 'undefined' && 'subtle' in crypto && crypto.subtle !== undefined
