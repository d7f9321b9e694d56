import type { Column, RoleAnswer } from '../../api/plan'
import { showDate } from '../../dates/showDate'
import { words } from '../../words'
import type { Cell } from './Cell'

/** The name a screen reader hears: 支援項目3、○○包括、主担当、期限6月30日、回答：引受、内容. */
export function cellName(
  no: number,
  column: Column,
  cell: Cell,
  answer: RoleAnswer | undefined,
  isVoid: boolean,
): string {
  const w = words.matrix
  const extra = [
    cell.due ? w.nameDue(showDate(cell.due, 'wareki')) : '',
    answer ? (isVoid ? w.nameVoid : w.nameAnswer(w.answerLabels[answer.answer] ?? answer.label)) : '',
    cell.content ? w.nameContent(cell.content) : '',
  ].join('')
  return w.cellName(no, column.name, w.labels[cell.code] ?? w.empty, extra)
}
