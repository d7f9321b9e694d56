import type { Stroke } from '../../api/consent'
import { jstParts } from '../../dates/jstParts'

/** A consent as being recorded. */
export interface ConsentDraft {
  state: string
  grantor: string
  grantorName: string
  grantorNote: string
  purposes: string[]
  scope: Record<string, string[]>
  from: string
  /** Last day that is covered. */
  until: string
  method: string
  methodNote: string
  explainedBy: string
  explainedDate: string
  explainedTime: string
  explainHow: string
  evidenceFile: string
  evidenceName: string
  signature: Stroke[]
}

/** A new draft: consent from today for a year less a day. */
export function newDraft(explainedBy: string, now: number): ConsentDraft {
  const { date, time } = jstParts(now)
  const end = new Date(`${date}T00:00:00Z`)
  end.setUTCFullYear(end.getUTCFullYear() + 1)
  end.setUTCDate(end.getUTCDate() - 1)
  return {
    state: 'granted',
    grantor: 'self',
    grantorName: '',
    grantorNote: '',
    purposes: ['conference', 'plan', 'coordination'],
    scope: {},
    from: date,
    until: end.toISOString().slice(0, 10),
    method: 'written',
    methodNote: '',
    explainedBy,
    explainedDate: date,
    explainedTime: time,
    explainHow: '',
    evidenceFile: '',
    evidenceName: '',
    signature: [],
  }
}
