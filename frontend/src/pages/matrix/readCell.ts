import type { LiveDoc } from '../../sync/LiveDoc'
import type { Cell } from './Cell'

/** Reads one field of the matrix. */
export function readCell(doc: LiveDoc, actionId: string, column: string): Cell {
  const at = `cell/${actionId}/${column}`
  const v = (name: string) => {
    const value = doc.values.get(`${at}/${name}`)
    return typeof value === 'string' ? value : ''
  }
  return {
    code: v('code'),
    who: v('who'),
    freq: v('freq'),
    start: v('start'),
    due: v('due'),
    content: doc.text(`${at}/content`).toString(),
    limits: doc.text(`${at}/limits`).toString(),
  }
}
