import type { ConsentDraft } from './ConsentDraft'
import { isAsked, isGiven } from './consentBody'

const ORAL = ['hearer', 'witness', 'at', 'place', 'words'].map(f => `details.oral.${f}`)
const PHONE = ['hearer', 'at', 'identified', 'words'].map(f => `details.phone.${f}`)
const SCRIBE = ['name', 'relation', 'reason', 'witness'].map(f => `details.scribe.${f}`)

/** The fields of the form that are on the screen now: a message for any other stands at the head of the form. */
export function shownFields(d: ConsentDraft, renewal: boolean): string[] {
  const out = ['explainedBy', 'explainedAt', 'explainHow', 'details.explanation.way', 'details.explanation.care']
  if (!renewal) out.push('state')
  if (d.explanation.care.includes('interpreter'))
    out.push('details.explanation.language', 'details.explanation.interpreter')
  if (d.explanation.care.includes('family')) out.push('details.explanation.family')
  if (isGiven(d)) out.push('from', 'until')
  if (isGiven(d) && !renewal) out.push('purposes', 'purposeNote', 'scope', 'others', 'sources', 'forms')
  if (!isAsked(d)) return out
  out.push('method', 'methodNote', 'copyGivenAt', d.method === 'signature' ? 'signature' : 'evidenceFile')
  if (d.method === 'oral') out.push(...ORAL)
  if (d.method === 'phone') out.push(...PHONE)
  if (d.method === 'scribe') out.push(...SCRIBE)
  if (!renewal) out.push('grantor', 'grantorDoc', ...agentFields(d))
  return out
}

function agentFields(d: ConsentDraft): string[] {
  if (d.grantor === 'self') return []
  const own: Record<string, string[]> = {
    parent: ['kind', 'relation'],
    guardian: ['kind', 'power'],
    other: ['relation', 'reason'],
  }
  return ['grantorName', 'grantorNote', ...(own[d.grantor] ?? []).map(f => `details.agent.${f}`)]
}
