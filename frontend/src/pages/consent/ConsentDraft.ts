import type { Stroke } from '../../api/consent'
import { jstParts } from '../../dates/jstParts'

/** 口頭: who heard it, where, when, and in which words. */
export interface OralDraft {
  hearer: string
  witness: string
  date: string
  time: string
  place: string
  words: string
}

/** 電話. */
export interface PhoneDraft {
  hearer: string
  date: string
  time: string
  identified: string
  words: string
}

/** 代筆. */
export interface ScribeDraft {
  name: string
  relation: string
  reason: string
  witness: string
}

/** 代理: by which right somebody consents in the person's place. */
export interface AgentDraft {
  kind: string
  relation: string
  power: string
  reason: string
}

/** 説明の方法と配慮. */
export interface ExplanationDraft {
  way: string
  care: string[]
  language: string
  interpreter: string
  family: string
}

/** A consent as being recorded. What was typed for one method stays when another is looked at. */
export interface ConsentDraft {
  state: string
  grantor: string
  grantorName: string
  grantorNote: string
  grantorDoc: string
  agent: AgentDraft
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
  oral: OralDraft
  phone: PhoneDraft
  scribe: ScribeDraft
  explainedBy: string
  explainedDate: string
  explainedTime: string
  explainHow: string
  explanation: ExplanationDraft
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
    agent: { kind: '', relation: '', power: '', reason: '' },
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
    oral: { hearer: '', witness: '', date, time, place: '', words: '' },
    phone: { hearer: '', date, time, identified: '', words: '' },
    scribe: { name: '', relation: '', reason: '', witness: '' },
    explainedBy,
    explainedDate: date,
    explainedTime: time,
    explainHow: '',
    explanation: { way: '', care: [], language: '', interpreter: '', family: '' },
    evidenceFile: '',
    evidenceName: '',
    signature: [],
    copyGiven: '',
  }
}
