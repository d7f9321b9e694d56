/** Codes kept as a JSON array in one value; whatever else stands there counts as none. */
export function parseCodes(value: unknown): string[] {
  try {
    const list: unknown = JSON.parse(String(value ?? ''))
    return Array.isArray(list) ? list.filter((c): c is string => typeof c === 'string') : []
  } catch {
    return []
  }
}
