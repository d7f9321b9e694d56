import { words } from '../../words'
import type { ConsentDraft } from './ConsentDraft'
import { isAsked, isGiven } from './consentBody'

/** All that is still to be filled in, by the name the server gives the field, so that everything is said at once. */
export function missingFields(d: ConsentDraft, renewal = false): Record<string, string> {
  const w = words.consent
  const out: Record<string, string> = {}
  const need = (key: string, label: string, value: string) => {
    if (!value.trim()) out[key] = words.form.needed(label)
  }
  const given = isGiven(d)
  if (given && !renewal) {
    const others = d.othersOn && d.others.length > 0
    if (d.othersOn && !others) out.others = words.form.chosen(w.othersItems)
    if (!others && !Object.values(d.scope).some(l => l.length)) out.scope = words.form.chosen(w.scope)
    if (!d.purposes.length) out.purposes = words.form.chosen(w.purposes)
  }
  if (d.state !== 'not_explained' && d.state !== 'unknown') {
    need('explainedBy', w.explained, d.explainedBy)
    need('explainedAt', w.explainedAt, d.explainedDate)
    if (!d.explanation.way) out['details.explanation.way'] = words.form.chosen(w.way)
  }
  if (d.explanation.care.includes('interpreter')) {
    need('details.explanation.language', w.language, d.explanation.language)
    need('details.explanation.interpreter', w.interpreter, d.explanation.interpreter)
  }
  if (d.explanation.care.includes('family')) need('details.explanation.family', w.family, d.explanation.family)
  if (!isAsked(d)) return out
  if (d.method === 'oral') {
    need('details.oral.hearer', w.hearer, d.oral.hearer)
    need('details.oral.witness', w.oralWitness, d.oral.witness)
    need('details.oral.at', w.heardOn, d.oral.date)
    need('details.oral.place', w.place, d.oral.place)
    need('details.oral.words', w.said, d.oral.words)
  }
  if (d.method === 'phone') {
    need('details.phone.hearer', w.hearer, d.phone.hearer)
    need('details.phone.at', w.calledOn, d.phone.date)
    need('details.phone.identified', w.identified, d.phone.identified)
    need('details.phone.words', w.said, d.phone.words)
  }
  if (d.method === 'scribe') {
    need('details.scribe.name', w.scribeName, d.scribe.name)
    need('details.scribe.relation', w.scribeRelation, d.scribe.relation)
    need('details.scribe.reason', w.scribeReason, d.scribe.reason)
    need('details.scribe.witness', w.scribeWitness, d.scribe.witness)
  }
  if (d.method === 'signature' && given && !d.signature.length) out.signature = w.signNeeded
  if (d.grantor !== 'self') missingAgent(d, out, need)
  return out
}

function missingAgent(
  d: ConsentDraft,
  out: Record<string, string>,
  need: (key: string, label: string, value: string) => void,
) {
  const w = words.consent
  need('grantorName', w.grantorName, d.grantorName)
  need('grantorDoc', w.grantorDoc, d.grantorDoc)
  if (d.grantor !== 'other' && !w.agentKinds[d.grantor]?.some(k => k.value === d.agent.kind))
    out['details.agent.kind'] = words.form.chosen(w.agentKind)
  if (d.grantor !== 'guardian') need('details.agent.relation', w.agentRelation, d.agent.relation)
  if (d.grantor === 'guardian') need('details.agent.power', w.agentPower, d.agent.power)
  if (d.grantor === 'other') need('details.agent.reason', w.agentReason, d.agent.reason)
}
