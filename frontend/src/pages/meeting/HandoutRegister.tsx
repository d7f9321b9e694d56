import type { Handout } from '../../api/handouts'
import { showInstant } from '../../dates/showInstant'
import { Table } from '../../parts/Table'
import { words } from '../../words'

/** 資料受渡簿: who received what, when and how. */
export function HandoutRegister({ handouts }: { handouts: readonly Handout[] }) {
  const w = words.handouts
  const rows = handouts.flatMap(h => h.receipts.map(r => ({ ...r, name: h.name })))
  if (!rows.length) return null
  rows.sort((a, b) => a.at.localeCompare(b.at))
  return (
    <details data-testid="handout-register">
      <summary>{w.register}</summary>
      <Table caption={w.register} head={[w.at, w.name, w.who, w.agency, w.deed]}>
        {rows.map(r => (
          <tr key={r.id}>
            <td className="num">{showInstant(r.at, 'wareki')}</td>
            <td>{r.name}</td>
            <td>{r.userName}</td>
            <td>{r.agencyName}</td>
            <td>{w.deeds[r.deed]}</td>
          </tr>
        ))}
      </Table>
    </details>
  )
}
