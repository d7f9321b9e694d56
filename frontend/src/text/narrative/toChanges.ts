import { ChangeSet, type ChangeSpec } from '@codemirror/state'
import type { Delta } from '../Delta'

/** A delta of the shared text as a change of an editor that holds `length` units. */
export function toChanges(delta: Delta, length: number): ChangeSet {
  const specs: ChangeSpec[] = []
  let pos = 0
  for (const d of delta) {
    if (d.retain) pos += d.retain
    else if (d.insert) specs.push({ from: pos, insert: d.insert })
    else if (d.delete) {
      specs.push({ from: pos, to: pos + d.delete })
      pos += d.delete
    }
  }
  return ChangeSet.of(specs, length, '\n')
}
