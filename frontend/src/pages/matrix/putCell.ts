import type { LiveDoc } from '../../sync/LiveDoc'
import { cleanText } from '../../text/cleanText'
import type { Cell } from './Cell'

/** Writes a whole field of the matrix as one change. */
export function putCell(doc: LiveDoc, actionId: string, column: string, cell: Cell): void {
  const at = `cell/${actionId}/${column}`
  doc.transact(() => {
    doc.values.set({
      [`${at}/code`]: cell.code,
      [`${at}/who`]: cleanText(cell.who),
      [`${at}/freq`]: cleanText(cell.freq),
      [`${at}/start`]: cell.start,
      [`${at}/due`]: cell.due,
    })
    for (const name of ['content', 'limits'] as const) {
      const text = doc.text(`${at}/${name}`)
      const was = text.toString()
      const is = cleanText(cell[name])
      if (was !== is)
        text.edit(putCell, t => {
          if (was) t.remove(0, was.length)
          if (is) t.insert(0, is)
        })
    }
  })
}
