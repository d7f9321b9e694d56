import type { Stroke } from '../../api/consent'
import { jstParts } from '../../dates/jstParts'

/** A consent as being recorded. */
export interface ConsentDraft {
  state: string
  grantor: string
  grantorName: string
  grantorNote: string
  grantorDoc: string
  purposes: string[]
  purposeNote: string
  scope: Record<string, string[]>
  /** 「その他会議が必要と認める機関」 was ticked. */
  othersOn: boolean
  others: string[]
  sources: string[]
  forms: string[]
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
  /** Day on which the person got a copy, '' if not yet. */
  copyGiven: string
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
    grantorDoc: '',
    purposes: ['conference', 'plan', 'coordination'],
    purposeNote: '',
    scope: {},
    othersOn: false,
    others: [],
    sources: [],
    forms: [],
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
    copyGiven: '',
  }
}
