import { graphemeEdge } from './graphemeEdge'
import type { Splice } from './Splice'

/**
 * The smallest single replacement that turns `before` into `after` without cutting a character in two: both of its ends lie
 * on grapheme boundaries in both texts, so neither a surrogate pair nor a name with a variation selector is ever torn.
 * `caret` (position in `after` just behind what was typed) decides where the change lies when letters repeat: ああ|あ.
 */
export function diffText(before: string, after: string, caret?: number): Splice {
  const max = Math.min(before.length, after.length)
  let end = 0
  const tail = caret === undefined ? max : Math.min(max, after.length - caret)
  while (end < tail && before[before.length - 1 - end] === after[after.length - 1 - end]) end++
  let from = 0
  while (from < max - end && before[from] === after[from]) from++
  while (end < max - from && before[before.length - 1 - end] === after[after.length - 1 - end]) end++

  for (;;) {
    const left = Math.min(graphemeEdge(before, from, -1), graphemeEdge(after, from, -1))
    const right = Math.min(
      before.length - graphemeEdge(before, before.length - end, 1),
      after.length - graphemeEdge(after, after.length - end, 1),
    )
    if (left === from && right === end) break
    from = left
    end = right
  }
  return { from, remove: before.length - from - end, insert: after.slice(from, after.length - end) }
}
