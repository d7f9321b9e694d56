/** A whole number as people type it (１２, 1,200); null for nothing, undefined for what is no number. */
export function readCount(text: string): number | null | undefined {
  const n = text.normalize('NFKC').replace(/[,\s人]/g, '')
  if (n === '') return null
  return /^\d{1,6}$/.test(n) ? Number(n) : undefined
}

/** A point on the map as it is copied from maps: two numbers with a comma; null for nothing, undefined for what is none. */
export function readPoint(text: string): { lat: number; lng: number } | null | undefined {
  const t = text
    .normalize('NFKC')
    .replace(/[、，]/g, ',')
    .trim()
  if (t === '') return null
  const m = /^\(?\s*(-?\d{1,2}(?:\.\d+)?)\s*[, ]\s*(-?\d{1,3}(?:\.\d+)?)\s*\)?$/.exec(t)
  if (!m) return undefined
  const [lat, lng] = [Number(m[1]), Number(m[2])]
  return Math.abs(lat) <= 90 && Math.abs(lng) <= 180 ? { lat, lng } : undefined
}
