import { jstInstant } from '../../dates/jstInstant'
import type { ConsentDraft } from './ConsentDraft'

/** The draft as the interface takes it. `until` is the last day covered. */
export function consentBody(personId: string, d: ConsentDraft, formHash?: string): object {
  const given = d.state === 'granted' || d.state === 'partial'
  const asked = given || d.state === 'refused'
  return {
    personId,
    state: d.state,
    grantor: asked ? d.grantor : '',
    grantorName: d.grantorName,
    grantorNote: d.grantorNote,
    grantorDoc: asked ? d.grantorDoc : '',
    purposes: given ? d.purposes : [],
    scope: given ? Object.fromEntries(Object.entries(d.scope).filter(([, items]) => items.length)) : {},
    purposeNote: given ? d.purposeNote : '',
    others: given && d.othersOn ? d.others : [],
    sources: given ? d.sources : [],
    forms: given ? d.forms : [],
    ...(asked && d.copyGiven ? { copyGivenAt: jstInstant(d.copyGiven, '') } : {}),
    ...(given ? { from: d.from, until: d.until } : {}),
    method: asked ? d.method : '',
    methodNote: d.methodNote,
    explainedBy: d.explainedBy,
    explainedAt: jstInstant(d.explainedDate, d.explainedTime),
    explainHow: d.explainHow,
    evidenceFile: d.evidenceFile,
    ...(d.method === 'signature' && d.signature.length ? { signature: d.signature } : {}),
    ...(formHash ? { formHash } : {}),
  }
}
