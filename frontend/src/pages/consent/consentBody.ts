import { jstInstant } from '../../dates/jstInstant'
import type { ConsentDraft } from './ConsentDraft'

/** Does the draft say that (some) information may be given? */
export const isGiven = (d: ConsentDraft) => d.state === 'granted' || d.state === 'partial'

/** Did the person say yes or no? */
export const isAsked = (d: ConsentDraft) => isGiven(d) || d.state === 'refused'

/** The draft as the interface takes it. `until` is the last day covered. */
export function consentBody(personId: string, d: ConsentDraft, formHash?: string): object {
  const given = isGiven(d)
  const asked = isAsked(d)
  return {
    personId,
    state: d.state,
    grantor: asked ? d.grantor : '',
    grantorName: asked && d.grantor !== 'self' ? d.grantorName : '',
    grantorNote: d.grantorNote,
    grantorDoc: asked ? d.grantorDoc : '',
    purposes: given ? d.purposes : [],
    scope: given ? Object.fromEntries(Object.entries(d.scope).filter(([, items]) => items.length)) : {},
    purposeNote: given ? d.purposeNote : '',
    others: given && d.othersOn ? d.others : [],
    sources: given ? d.sources : [],
    forms: given ? d.forms : [],
    ...answerBody(d, formHash),
    ...(given ? { from: d.from, until: d.until } : {}),
  }
}

/** What a renewal sends: the new explanation, the answer and the period; the scope is taken over by the server. */
export function renewBody(d: ConsentDraft, formHash?: string): object {
  return { ...answerBody(d, formHash), from: d.from, until: d.until }
}

/** How it was explained and how the person answered. */
function answerBody(d: ConsentDraft, formHash?: string): object {
  const asked = isAsked(d)
  return {
    method: asked ? d.method : '',
    methodNote: d.methodNote,
    details: detailsBody(d),
    ...(d.state === 'not_explained' || d.state === 'unknown' || !d.explainedDate
      ? {}
      : { explainedAt: jstInstant(d.explainedDate, d.explainedTime) }),
    explainedBy: d.explainedBy,
    explainHow: d.explainHow,
    evidenceFile: d.evidenceFile,
    ...(asked && d.copyGiven ? { copyGivenAt: jstInstant(d.copyGiven, '') } : {}),
    ...(asked && d.method === 'signature' && d.signature.length ? { signature: d.signature } : {}),
    ...(formHash ? { formHash } : {}),
  }
}

/** Only the fields of the chosen method and grantor. */
function detailsBody(d: ConsentDraft): object {
  const asked = isAsked(d)
  const told = d.state !== 'not_explained' && d.state !== 'unknown'
  const { care, language, interpreter, family, way } = d.explanation
  const at = (x: { date: string; time: string }) => (x.date ? { at: jstInstant(x.date, x.time) } : {})
  const { hearer, witness, place, words } = d.oral
  return {
    explanation: !told
      ? {}
      : {
          way,
          care,
          ...(care.includes('interpreter') ? { language, interpreter } : {}),
          ...(care.includes('family') ? { family } : {}),
        },
    ...(asked && d.method === 'oral' ? { oral: { hearer, witness, place, words, ...at(d.oral) } } : {}),
    ...(asked && d.method === 'phone'
      ? {
          phone: { hearer: d.phone.hearer, identified: d.phone.identified, words: d.phone.words, ...at(d.phone) },
        }
      : {}),
    ...(asked && d.method === 'scribe' ? { scribe: d.scribe } : {}),
    ...(asked && d.grantor !== 'self' ? { agent: { ...d.agent, kind: agentKind(d) } } : {}),
  }
}

/** 「その他の代理」 is one kind only. */
function agentKind(d: ConsentDraft): string {
  return d.grantor === 'other' ? 'other' : d.agent.kind
}
