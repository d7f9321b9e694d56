import { useState } from 'react'
import { Link } from 'wouter'
import type { ImportBatch, ImportUndone } from '../../api/imports'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { UndoDialog } from './UndoDialog'

/** 名簿の取込: what came in, by whom, and 取消. */
export function ImportsPage() {
  const { data, error, reload } = useLoad<{ imports: ImportBatch[] }>('/imports')
  const [asked, setAsked] = useState<ImportBatch | null>(null)
  const [undone, setUndone] = useState<ImportUndone | null>(null)
  const w = words.imports
  if (!data) return <PageState error={error} reload={reload} />
  return (
    <div className="page stack">
      <div className="between">
        <h1>{w.title}</h1>
        <Link href="/imports/new" className="button" data-kind="solid" data-testid="new-import">
          {w.newTitle}
        </Link>
      </div>
      <p className="soft">{w.intro}</p>
      {undone ? <UndoneBanner undone={undone} /> : null}
      {data.imports.length ? (
        <Table caption={w.title} head={w.heads} data-testid="imports-list">
          {data.imports.map(b => (
            <tr key={b.id}>
              <td className="nowrap">{showInstant(b.at, 'short')}</td>
              <th scope="row">{b.fileName}</th>
              <td className="nowrap">{b.byName}</td>
              <td className="num">{b.rows}</td>
              <td className="nowrap">{w.range(b.first, b.last, b.made)}</td>
              <td className="num">{b.refused}</td>
              <td>
                <Chip tone={b.state === 'done' ? 'good' : b.state === 'partly' ? 'warn' : 'plain'}>{b.stateLabel}</Chip>
                {b.undoneAt ? (
                  <div className="soft">{w.undoneBy(b.undoneName, showInstant(b.undoneAt, 'short'))}</div>
                ) : null}
              </td>
              <td>
                {b.state === 'undone' ? null : (
                  <Button
                    small
                    aria-label={w.undoOf(b.fileName)}
                    onClick={() => setAsked(b)}
                    data-testid={`undo-${b.first}`}
                  >
                    {w.undo}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </Table>
      ) : (
        <p>{w.none}</p>
      )}
      {asked ? (
        <UndoDialog
          batch={asked}
          onClose={() => setAsked(null)}
          onDone={u => {
            setAsked(null)
            setUndone(u)
            void reload()
          }}
        />
      ) : null}
    </div>
  )
}

/** What 取消 took away, and what stays because somebody has worked on it. */
function UndoneBanner({ undone }: { undone: ImportUndone }) {
  const w = words.imports
  const kept = undone.kept.length + undone.others
  return (
    <div className="stack-s" data-testid="undone">
      <Banner tone="good" title={undone.removed ? w.undone(undone.removed) : w.undoneNone} />
      {kept ? (
        <Banner tone="warn" title={w.keptTitle(kept)}>
          <ul>
            {undone.kept.map(k => (
              <li key={k.caseId}>
                <Link href={`/cases/${k.caseId}`}>{w.keptLine(k.number, k.why)}</Link>
              </li>
            ))}
            {undone.others ? <li>{w.keptOthers(undone.others)}</li> : null}
          </ul>
        </Banner>
      ) : null}
    </div>
  )
}
