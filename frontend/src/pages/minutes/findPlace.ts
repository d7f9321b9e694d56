/** Where in the minutes a suggestion belongs: the field or heading that holds its words, or is held in them; the first one, fields before headings. */
export function findPlace<T>(where: string, places: readonly { text: string; at: T }[]): T | undefined {
  const flat = (s: string) => s.normalize('NFKC').replace(/\s/g, '')
  const want = flat(where)
  if (want.length < 2) return undefined
  const holds = places.find(p => flat(p.text).includes(want))
  return (holds ?? places.find(p => flat(p.text).length > 1 && want.includes(flat(p.text))))?.at
}
