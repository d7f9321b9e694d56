import { randomHex } from '../../text/randomHex'

/** A 相談 as it is typed at the counter. */
export interface IntakeDraft {
  /** The same for every sending of this form: what is sent twice is one 相談. */
  id: string
  asker: string
  askerName: string
  askerRelation: string
  name: string
  kana: string
  birth: string
  ageBand: string
  sex: string
  district: string
  contact: string
  addressSecret: boolean
  route: string
  trouble: string
  fields: string[]
  urgency: string
  danger: boolean
  consent: string
  triage: string
  note: string
}

/** An empty form. */
export const newIntake = (): IntakeDraft => ({
  id: randomHex(),
  asker: '',
  askerName: '',
  askerRelation: '',
  name: '',
  kana: '',
  birth: '',
  ageBand: '',
  sex: '',
  district: '',
  contact: '',
  addressSecret: false,
  route: '',
  trouble: '',
  fields: [],
  urgency: '',
  danger: false,
  consent: '',
  triage: '',
  note: '',
})

/** Nothing was typed or chosen yet. */
export function isEmptyIntake({ id: _, ...rest }: IntakeDraft): boolean {
  return Object.values(rest).every(v => v === '' || v === false || (Array.isArray(v) && v.length === 0))
}
