import type { Part } from '../../api/history'

/** Parts with where each begins among them: a key for what has no name. */
export function positions(parts: Part[]): { at: number; part: Part }[] {
  let at = 0
  return parts.map(part => {
    const here = at
    at += part.text.length
    return { at: here, part }
  })
}
