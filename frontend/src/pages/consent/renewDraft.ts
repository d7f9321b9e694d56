import type { ConsentRecord } from '../../api/consent'
import { type ConsentDraft, newDraft } from './ConsentDraft'

/** The draft of a renewal: the scope of the old record, but nobody and no day of explanation yet, and no signature. */
export function renewDraft(old: ConsentRecord, now: number): ConsentDraft {
  const agent = old.details?.agent
  return {
    ...newDraft('', now),
    state: old.state,
    grantor: old.grantor,
    grantorName: old.grantorName ?? '',
    grantorNote: old.grantorNote ?? '',
    grantorDoc: old.grantorDoc ?? '',
    agent: {
      kind: agent?.kind ?? '',
      relation: agent?.relation ?? '',
      power: agent?.power ?? '',
      reason: agent?.reason ?? '',
    },
    method: old.method,
    explainedDate: '',
    explainedTime: '',
  }
}
