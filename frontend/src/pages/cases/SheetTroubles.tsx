import type { SheetTrouble } from '../../api/sheetBack'
import { Banner } from '../../parts/Banner'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'

interface Props {
  troubles: readonly SheetTrouble[]
  more: number
}

/** エラー一覧: the cells that are not taken in, where they stand and what to do; and what is worth knowing. */
export function SheetTroubles({ troubles, more }: Props) {
  const w = words.casesheets
  const bad = troubles.filter(t => !t.note).length
  return (
    <>
      {bad ? <Banner tone="warn" title={w.backBad(bad)} data-testid="sheet-back-bad" /> : null}
      <Table caption={w.backTroubles} head={w.backTroubleHeads} data-testid="sheet-back-troubles">
        {troubles.map((t, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one list, shown once
          <tr key={i}>
            <td>
              <Chip tone={t.note ? 'plain' : 'bad'}>{t.note ? w.backNote : w.backError}</Chip>
            </td>
            <td>
              {t.sheet}
              <div>{t.cell}</div>
            </td>
            <th scope="row">
              {t.label}
              {t.who ? <div className="soft">{t.who}</div> : null}
            </th>
            <td className="pre">{t.value}</td>
            <td>{t.message}</td>
          </tr>
        ))}
      </Table>
      {more ? <p className="soft">{w.backMore(more)}</p> : null}
    </>
  )
}
