import type { PlanChange } from '../../api/plan'
import { Table } from '../../parts/Table'
import { words } from '../../words'

interface Props {
  changes: readonly PlanChange[] | null
}

/** 前回との差分. */
export function DiffList({ changes }: Props) {
  const w = words.plan
  if (!changes?.length) return <p>{w.noDiff}</p>
  return (
    <Table caption={w.tabs.diff} head={['', w.before, w.after]}>
      {changes.map(c => (
        <tr key={`${c.kind}${c.label}${c.before}${c.after}`}>
          <th scope="row">{c.label}</th>
          <td>{c.before ? <del>{c.before}</del> : ''}</td>
          <td>{c.after ? <ins>{c.after}</ins> : ''}</td>
        </tr>
      ))}
    </Table>
  )
}
