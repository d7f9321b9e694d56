import { useId, useState } from 'react'
import { useActor } from '../../app/useActor'
import { Withheld } from '../../live/Withheld'
import { useGridKeys } from '../../parts/useGridKeys'
import { words } from '../../words'
import { mergeRows } from '../plan/mergeRows'
import type { PlanContext } from '../plan/PlanContext'
import type { AnswerBody } from './AnswerBody'
import { CellDialog } from './CellDialog'
import { Legend } from './Legend'
import { MatrixCell } from './MatrixCell'
import { MatrixHead } from './MatrixHead'
import { RowHead } from './RowHead'
import { RowWarnings } from './RowWarnings'
import { readCell } from './readCell'
import { useAnnounce } from './useAnnounce'

interface Props {
  plan: PlanContext
  /** Sends an answer to a cell: through the meeting inside of one. */
  onAnswer: (body: AnswerBody) => Promise<void>
  /** Why no answer can be given now; '' if one can. */
  answerWhy: string
}

/** 役割分担表: 支援項目 × agencies, as an ARIA grid with one Tab stop. */
export function RoleMatrix({ plan, onAnswer, answerWhy }: Props) {
  const { view, entries } = plan
  const actor = useActor()
  const helpId = useId()
  const [open, setOpen] = useState<{ action: string; column: string } | null>(null)
  const rows = mergeRows(entries, 'action')
  const columns = view.columns
  const grid = useGridKeys({
    rows: rows.length,
    cols: columns.length,
    onOpen: ({ row, col }) => {
      const [r, c] = [rows[row], columns[col]]
      if (r && c) setOpen({ action: r.id, column: c.id })
    },
  })
  const cells = rows.map(r => columns.map(c => readCell(r.doc, r.id, c.id)))
  const announcement = useAnnounce(
    rows.flatMap((r, i) => columns.map((c, j) => [`${r.id}/${c.id}`, JSON.stringify(cells[i]?.[j])] as const)),
    open !== null,
  )
  const openRow = rows.findIndex(r => r.id === open?.action)
  const openColumn = columns.find(c => c.id === open?.column)
  const shown = rows[openRow]

  return (
    <div className="stack-s">
      <div className="between no-print">
        <Legend />
        <span className="soft" id={helpId}>
          {words.matrix.help}
        </span>
      </div>
      <p className="sr-only" role="status" aria-live="polite" data-testid="matrix-announce">
        {announcement}
      </p>
      <div className="matrix-wrap">
        <table
          className="matrix"
          role="grid"
          aria-label={words.matrix.title}
          aria-describedby={helpId}
          onKeyDown={grid.onKeyDown}
          data-testid="matrix"
        >
          <MatrixHead columns={columns} cells={cells} ownAgency={actor.agencyId} />
          <tbody>
            {rows.map((row, i) => (
              <tr key={row.id}>
                <RowHead row={row} no={i + 1} persons={plan.persons} />
                {columns.map((column, j) => (
                  <MatrixCell
                    key={column.id}
                    row={row}
                    no={i + 1}
                    column={column}
                    own={column.id === actor.agencyId}
                    answer={view.answers.find(a => a.actionId === row.id && a.agencyId === column.id)}
                    grid={grid.cell(i, j)}
                    onOpen={() => setOpen({ action: row.id, column: column.id })}
                  />
                ))}
                <RowWarnings
                  row={row}
                  cells={cells[i] ?? []}
                  columns={columns}
                  warnings={view.warnings}
                  meetingDay={plan.meetingDay}
                />
              </tr>
            ))}
            {view.withheld
              .filter(w => (w.actions ?? w.rows) > 0)
              .map(w => (
                <tr key={w.personId + w.item}>
                  <td colSpan={columns.length + 2}>
                    <Withheld label={words.plan.withheldRows(w.itemLabel, w.actions ?? w.rows)} />
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
      {rows.length ? null : <p className="soft">{words.plan.noActions}</p>}
      {shown && openColumn ? (
        <CellDialog
          plan={plan}
          row={shown}
          no={openRow + 1}
          column={openColumn}
          answer={view.answers.find(a => a.actionId === shown.id && a.agencyId === openColumn.id)}
          onAnswer={onAnswer}
          answerWhy={answerWhy}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </div>
  )
}
