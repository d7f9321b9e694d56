import type { SheetChange } from '../../api/sheetBack'
import { Check } from '../../parts/Check'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'

interface Props {
  changes: readonly SheetChange[]
  off: ReadonlySet<string>
  onOff: (off: ReadonlySet<string>) => void
}

/** The fields a sheet that came back would change, old and new. */
export function SheetChanges({ changes, off, onOff }: Props) {
  const w = words.casesheets
  const put = (key: string, on: boolean) => {
    const next = new Set(off)
    if (on) next.delete(key)
    else next.add(key)
    onOff(next)
  }
  return (
    <Table caption={w.backChanges(changes.length)} head={w.backHeads} data-testid="sheet-back-changes">
      {changes.map(c => (
        <tr key={c.key}>
          <td>
            <Check
              label={<span className="sr-only">{w.backTake(`${c.who} ${c.label}`)}</span>}
              checked={!off.has(c.key)}
              onValue={on => put(c.key, on)}
              data-testid={`take-${c.key}`}
            />
          </td>
          <th scope="row">
            {c.label}
            <div className="soft">{c.who}</div>
          </th>
          <td className="pre">{c.now || w.backEmpty}</td>
          <td className="pre">{c.new || w.backEmpty}</td>
          <td>
            {c.conflict ? (
              <>
                <Chip tone="warn">{w.backConflict}</Chip>
                <div className="pre">{w.backWas(c.was || w.backEmpty)}</div>
              </>
            ) : null}
            {c.notes.map(n => (
              <div key={n}>⚠ {n}</div>
            ))}
          </td>
          <td className="soft">{c.cell}</td>
        </tr>
      ))}
    </Table>
  )
}
