const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' })

/** How far to both sides a cluster may reach; longer ones do not occur in writing. */
const REACH = 64

/** The grapheme boundary at `index`, or the next one to the left (-1) or right (1). */
export function graphemeEdge(text: string, index: number, side: -1 | 1): number {
  if (index <= 0 || index >= text.length) return Math.max(0, Math.min(index, text.length))
  const start = windowStart(text, index)
  const part = text.slice(start, index + REACH)
  const found = segmenter.segment(part).containing(index - start)
  if (!found || found.index === index - start) return index
  return side < 0 ? start + found.index : Math.min(text.length, start + found.index + found.segment.length)
}

/** A place left of index from which segmenting is right: a line break, or REACH away but not inside a pair. */
function windowStart(text: string, index: number): number {
  let start = Math.max(0, index - REACH)
  const line = text.lastIndexOf('\n', index - 1)
  if (line >= start) start = line
  else if (start > 0 && isLow(text.charCodeAt(start))) start--
  return start
}

const isLow = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff
