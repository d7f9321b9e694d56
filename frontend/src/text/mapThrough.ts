import type { Delta } from './Delta'

/** Carries an index through changes made later. assoc > 0 sticks to the right of what is inserted exactly there. */
export function mapThrough(deltas: readonly Delta[], index: number, assoc: -1 | 1 = -1): number {
  return deltas.reduce((at, delta) => {
    let pos = 0
    for (const step of delta) {
      if (pos > at) break
      if (step.retain) pos += step.retain
      else if (step.insert) {
        if (pos < at || (pos === at && assoc > 0)) at += step.insert.length
        pos += step.insert.length
      } else if (step.delete && pos < at) at -= Math.min(step.delete, at - pos)
    }
    return at
  }, index)
}
