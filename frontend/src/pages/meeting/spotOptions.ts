import type { Spot } from '../../api/after'
import { words } from '../../words'

interface Row {
  docId: string
  id: string
  text: string
}

/** The parts of GET /api/plans/{id} an objection may name. */
export interface SpotPlan {
  columns: { id: string; name: string; short: string }[]
  body: { needs: Row[]; goals: Row[]; actions: (Row & { cells: { column: string; code: string }[] })[] }
}

/** Everything of a plan that an objection can name, with its words. */
export function spotOptions({ columns, body }: SpotPlan): { spot: Spot; label: string }[] {
  const out: { spot: Spot; label: string }[] = []
  const p = words.plan
  const add = (kind: string, r: Row, label: string, column = '') =>
    out.push({ spot: { kind, docId: r.docId, row: r.id, column }, label })
  body.needs.forEach((r, i) => {
    add('need', r, `${p.need(i + 1)}：${r.text}`)
  })
  body.goals.forEach((r, i) => {
    add('goal', r, `${p.goal(i + 1)}：${r.text}`)
  })
  body.actions.forEach((r, i) => {
    const row = `${p.action(i + 1)}：${r.text}`
    add('action', r, row)
    for (const c of r.cells) {
      const name = columns.find(x => x.id === c.column)
      if (c.code) add('action', r, `${row}／${name?.short || name?.name || c.column}`, c.column)
    }
  })
  return out
}
