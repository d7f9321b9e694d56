import { useId, useRef, useState } from 'react'
import type { Objection } from '../../api/meeting'
import { useActor } from '../../app/useActor'
import { today } from '../../dates/today'
import { Withheld } from '../../live/Withheld'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { useGridKeys } from '../../parts/useGridKeys'
import { words } from '../../words'
import { mergeRows } from '../plan/mergeRows'
import type { PlanContext } from '../plan/PlanContext'
import type { AnswerBody } from './AnswerBody'
import { CellDialog } from './CellDialog'
import { CellPeers } from './CellPeers'
import { changedCells } from './changedCells'
import { FileButton } from './FileButton'
import { Legend } from './Legend'
import { MatrixCell } from './MatrixCell'
import { MatrixHead } from './MatrixHead'
import { PasteDialog } from './PasteDialog'
import { RoleLists } from './RoleLists'
import { RowHead } from './RowHead'
import { RowWarnings } from './RowWarnings'
import { readCell } from './readCell'
import { isRole } from './roleList'
import { useAnnounce } from './useAnnounce'
import { useCellEdits } from './useCellEdits'

interface Props {
  plan: PlanContext
  /** Sends an answer to a cell: through the meeting inside of one. */
  onAnswer: (body: AnswerBody) => Promise<void>
  /** Why no answer can be given now; '' if one can. */
  answerWhy: string
  /** Open objections that name a place of the plan. */
  objections?: readonly Objection[]
}

/** 役割分担表: 支援項目 × agencies, as an ARIA grid with one Tab stop. */
export function RoleMatrix({ plan, onAnswer, answerWhy, objections = [] }: Props) {
  const { view, entries } = plan
  const actor = useActor()
  const helpId = useId()
  const table = useRef<HTMLTableElement>(null)
  const [open, setOpen] = useState<{ action: string; column: string } | null>(null)
  const rows = mergeRows(entries, 'action')
  const columns = view.columns
  const [by, setBy] = useState('table')
  const edits = useCellEdits(rows, columns, actor.agencyId)
  const grid = useGridKeys({
    rows: rows.length,
    cols: columns.length,
    onOpen: ({ row, col }) => {
      const [r, c] = [rows[row], columns[col]]
      if (r && c) setOpen({ action: r.id, column: c.id })
    },
    onDelete: ({ row, col }) => edits.clear(row, col),
  })
  const cells = rows.map(r => columns.map(c => readCell(r.doc, r.id, c.id)))
  const announcement = useAnnounce(
    rows.flatMap((r, i) => columns.map((c, j) => [`${r.id}/${c.id}`, JSON.stringify(cells[i]?.[j])] as const)),
    open !== null,
  )
  const openRow = rows.findIndex(r => r.id === open?.action)
  const openColumn = columns.find(c => c.id === open?.column)
  const shown = rows[openRow]
  const w = words.matrix
  const fields: Record<string, string> = {
    code: w.code,
    content: w.content,
    limits: w.limits,
    who: w.who,
    freq: w.freq,
    start: w.start,
    due: w.due,
  }
  const changed = changedCells(view.diff, f => `${fields[f] ?? ''}：`, w.emptyBefore)
  const needs = new Map(mergeRows(entries, 'need').map(n => [n.id, n.doc.text(`need/${n.id}/text`).toString()]))
  const roles = rows.flatMap((r, i) =>
    columns.flatMap((column, j) => {
      const cell = cells[i]?.[j]
      if (!cell || !isRole(cell)) return []
      const action = r.doc.text(`action/${r.id}/text`).toString()
      const need = needs.get(String(r.doc.values.get(`action/${r.id}/need`) ?? '')) ?? ''
      const answer = view.answers.find(a => a.actionId === r.id && a.agencyId === column.id)
      return [{ no: i + 1, actionId: r.id, action, need, column, cell, answer }]
    }),
  )
  const next = rows[openRow + 1]
  const main = entries.find(e => !e.ref.personId && e.ref.item === 'basic')?.slot.doc
  const agency = (key: string) => columns.find(c => c.id === main?.values.get(key))?.name ?? w.undecided

  const leads = main?.loaded ? (
    <p data-testid="matrix-leads">{w.planLeads(agency('lead'), agency('after_lead'))}</p>
  ) : null
  return (
    <div className="stack-s">
      <p className="sr-only" role="status" aria-live="polite" data-testid="matrix-announce">
        {announcement}
      </p>
      <div className="between no-print">
        <div className="row" role="group" aria-label={w.view}>
          {Object.entries(w.views).map(([id, label]) => (
            <Button key={id} small aria-pressed={by === id} onClick={() => setBy(id)} data-testid={`matrix-by-${id}`}>
              {label}
            </Button>
          ))}
        </div>
        {leads}
        <div className="row">
          <span role="status" className="soft" data-testid="matrix-said">
            {edits.said}
          </span>
          {edits.canUndo ? (
            <Button small onClick={edits.undo} data-testid="matrix-undo">
              {w.undo}
            </Button>
          ) : null}
          {rows.some((_, i) => columns.some((_, j) => !edits.closed(i, j))) ? (
            <FileButton
              grid={{
                columns,
                actions: rows.map(r => r.doc.text(`action/${r.id}/text`).toString()),
                closed: edits.closed,
                read: edits.read,
              }}
              name={edits.name}
              onDo={edits.takeFile}
            />
          ) : null}
          {actor.noCopies ? null : (
            <Button small onClick={() => void edits.copyTable()} data-testid="matrix-copy">
              {w.copyTable}
            </Button>
          )}
        </div>
      </div>
      {changed.removed.length ? (
        <Banner tone="info" title={w.goneSince}>
          {changed.removed.join('、')}
        </Banner>
      ) : null}
      {by === 'table' ? null : (
        <RoleLists by={by} roles={roles} columns={columns} own={actor.agencyId} today={today()} />
      )}
      <div className="matrix-wrap" hidden={by !== 'table'}>
        <table
          ref={table}
          className="matrix"
          role="grid"
          aria-label={words.matrix.title}
          aria-describedby={helpId}
          onKeyDown={grid.onKeyDown}
          onCopy={e => actor.noCopies || edits.onCopy(e, grid.here)}
          onPaste={e => edits.onPaste(e, grid.here)}
          data-testid="matrix"
        >
          <MatrixHead columns={columns} cells={cells} ownAgency={actor.agencyId} warnings={view.warnings} />
          <tbody>
            {rows.map((row, i) => (
              <tr key={row.id}>
                <RowHead row={row} no={i + 1} persons={plan.persons}>
                  {objections.some(o => o.spot?.row === row.id && !o.spot.column) ? (
                    <Chip tone="bad">{words.after.spotMark}</Chip>
                  ) : null}
                  {changed.added.has(row.id) ? <Chip tone="key">{w.newSince}</Chip> : null}
                </RowHead>
                {columns.map((column, j) => (
                  <MatrixCell
                    key={column.id}
                    row={row}
                    no={i + 1}
                    column={column}
                    own={column.id === actor.agencyId}
                    answer={view.answers.find(a => a.actionId === row.id && a.agencyId === column.id)}
                    objected={objections.some(o => o.spot?.row === row.id && o.spot.column === column.id)}
                    changed={changed.cells.get(`${row.id}/${column.id}`)}
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
        <CellPeers table={table} docs={[...new Set(rows.map(r => r.doc))]} />
      </div>
      {rows.length ? null : <p className="soft">{words.plan.noActions}</p>}
      <div className="between no-print matrix-foot">
        <Legend />
        <span className="soft" id={helpId}>
          {words.matrix.help}
        </span>
      </div>
      {shown && openColumn ? (
        <CellDialog
          key={`${shown.id}/${openColumn.id}`}
          plan={plan}
          row={shown}
          no={openRow + 1}
          column={openColumn}
          answer={view.answers.find(a => a.actionId === shown.id && a.agencyId === openColumn.id)}
          onAnswer={onAnswer}
          answerWhy={answerWhy}
          changed={changed.cells.get(`${shown.id}/${openColumn.id}`)}
          onClose={() => setOpen(null)}
          {...(next ? { onNext: () => setOpen({ action: next.id, column: openColumn.id }) } : {})}
        />
      ) : null}
      {edits.paste ? (
        <PasteDialog
          paste={edits.paste}
          name={edits.name}
          before={edits.read}
          onDo={edits.doPaste}
          onClose={edits.closePaste}
        />
      ) : null}
    </div>
  )
}
