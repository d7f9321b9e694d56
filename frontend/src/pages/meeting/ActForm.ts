import type { Option } from '../../parts/Option'
import { words } from '../../words'

/** One question an act asks before it is done. */
export interface ActField {
  name: string
  label: string
  kind: 'line' | 'memo' | 'date' | 'choice' | 'agency'
  required?: boolean
  options?: readonly Option[]
}

const w = words.meeting
const convened: ActField[] = [
  { name: 'convener', label: w.convener, kind: 'line', required: true },
  { name: 'basis', label: w.basis, kind: 'line', required: true },
  { name: 'reason', label: w.reason, kind: 'memo', required: true },
]

/** The acts that ask something first; all others are done at once. An empty list only asks to confirm. */
export const actForms: Record<string, readonly ActField[]> = {
  convene: convened,
  mode: convened,
  designate: [
    { name: 'agencyId', label: w.agency, kind: 'agency', required: true },
    { name: 'reason', label: w.designateReason, kind: 'memo', required: true },
  ],
  reopen: [{ name: 'reason', label: w.reopenReason, kind: 'memo', required: true }],
  decide: [
    {
      name: 'outcome',
      label: w.outcome,
      kind: 'choice',
      required: true,
    },
    { name: 'reason', label: w.decideReason, kind: 'memo' },
    { name: 'review', label: w.review, kind: 'date' },
  ],
  close: [],
  propose: [{ name: 'until', label: w.proposeUntil, kind: 'date', required: true }],
  cancel: [{ name: 'reason', label: words.prepare.cancelReason, kind: 'memo', required: true }],
  amend: [{ name: 'reason', label: w.amendReason, kind: 'memo', required: true }],
  correct: [{ name: 'reason', label: words.correction.reason, kind: 'memo', required: true }],
  correct_undo: [{ name: 'reason', label: words.correction.undoReason, kind: 'memo', required: true }],
  final: [{ name: 'reason', label: w.decideReason, kind: 'memo' }],
}
