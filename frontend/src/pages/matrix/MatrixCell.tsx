import { use } from 'react'
import type { Column, RoleAnswer } from '../../api/plan'
import { showDate } from '../../dates/showDate'
import { useText } from '../../live/useText'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import { CommentsContext } from '../comments/CommentsContext'
import type { PlanRow } from '../plan/PlanRow'
import { answerTone } from './answerTone'
import { cellHash } from './cellHash'
import { cellName } from './cellName'
import { readCell } from './readCell'

interface Props {
  row: PlanRow
  no: number
  column: Column
  own: boolean
  answer: RoleAnswer | undefined
  /** What stood here in the plan agreed last, when it differs. */
  changed: string[] | undefined
  /** An open objection names this cell. */
  objected: boolean
  grid: { 'data-row': number; 'data-col': number; tabIndex: number; onFocus: () => void }
  onOpen: () => void
}

/** One field of the grid: mark and word, what, who, until when, and the agency's answer. */
export function MatrixCell({ row, no, column, own, answer, changed, objected, grid, onOpen }: Props) {
  const at = `cell/${row.id}/${column.id}`
  useText(row.doc.text(`${at}/content`))
  useText(row.doc.text(`${at}/limits`))
  const action = useText(row.doc.text(`action/${row.id}/text`))
  const cell = readCell(row.doc, row.id, column.id)
  const w = words.matrix
  const said = (use(CommentsContext)?.list ?? []).filter(
    c => c.spot.row === row.id && c.spot.column === column.id && !c.state,
  ).length
  const isVoid = Boolean(answer && answer.cellHash !== cellHash(action, cell))
  const active = ['lead', 'main', 'assist', 'watch'].includes(cell.code)
  return (
    <td
      {...grid}
      tabIndex={grid.tabIndex}
      role="gridcell"
      className="matrix-cell"
      data-own={own || undefined}
      data-code={cell.code || undefined}
      data-changed={changed ? true : undefined}
      data-testid={`cell-${no}-${column.id}`}
      data-cell={`${row.id}/${column.id}`}
      onClick={onOpen}
    >
      {/* The name a screen reader hears; what is seen says the same more shortly. */}
      <span className="sr-only">
        {cellName(no, column, cell, answer, isVoid) +
          (changed ? w.nameChanged : '') +
          (objected ? `、${words.after.spotMark}` : '') +
          (said ? `、${words.comments.mark(said)}` : '')}
      </span>
      <div aria-hidden="true">
        <span className="matrix-mark">
          {w.marks[cell.code] ?? ''} <span className="matrix-word">{w.shorts[cell.code] ?? ''}</span>
        </span>
        {cell.content ? <span className="matrix-content">{cell.content}</span> : null}
        {cell.limits ? <span className="matrix-limits">※ {cell.limits}</span> : null}
        {cell.who || cell.freq ? (
          <span className="matrix-who">
            <bdi>{cell.who}</bdi> <bdi>{cell.freq}</bdi>
          </span>
        ) : null}
        {cell.due ? <span className="matrix-due">〜{showDate(cell.due, 'short')}</span> : null}
        {answer ? (
          <Chip tone={isVoid ? 'warn' : answerTone(answer.answer)}>
            {isVoid
              ? `${w.answerLabels[answer.answer]}（${w.voided}）`
              : (w.answerLabels[answer.answer] ?? answer.label) +
                (answer.due ? w.answerUntil(showDate(answer.due, 'short')) : '')}
          </Chip>
        ) : active && column.kind === 'agency' ? (
          <Chip>{w.notAnswered}</Chip>
        ) : null}
        {objected ? <Chip tone="bad">{words.after.spotMark}</Chip> : null}
        {said ? <Chip tone="warn">{words.comments.mark(said)}</Chip> : null}
        {changed ? (
          <Chip tone="key" title={w.wasBefore(changed.join('、'))}>
            {w.changedSince}
          </Chip>
        ) : null}
      </div>
    </td>
  )
}
