import type { Option } from '../../parts/Option'
import { graphemes } from '../../text/graphemes'
import type { PlanRow } from './PlanRow'

/** Rows as choices of another row: number and the beginning of the text. */
export function linkOptions(rows: readonly PlanRow[], kind: string, name: (n: number) => string): Option[] {
  return rows.map((r, i) => ({
    value: r.id,
    label: `${name(i + 1)} ${graphemes(r.doc.text(`${kind}/${r.id}/text`).toString())
      .slice(0, 16)
      .join('')}`,
  }))
}
