import { words } from '../words'

const NAMES = words.drafts.fields

/** Name of a field of a document by its key, as the pages call it: `cell/<action>/<column>/content` → 役割分担表・内容. */
export function fieldName(key: string): string {
  const [kind = '', ...rest] = key.split('/')
  if (!rest.length) return scalarName(kind)
  const place = kind in NAMES ? NAMES[kind as keyof typeof NAMES] : NAMES.other
  const part = rest.at(-1) ?? ''
  const name = kind === 'cell' ? cellPart(part) : kind === 'point' && isPoint(part) ? words.meeting.point[part] : ''
  return name && name !== place ? `${place}・${name}` : place
}

function cellPart(part: string): string {
  const m = words.matrix
  const parts: Record<string, string> = {
    content: m.content,
    limits: m.limits,
    who: m.who,
    freq: m.freq,
    start: m.start,
    due: m.due,
    code: m.code,
  }
  return parts[part] ?? ''
}

const isPoint = (part: string): part is keyof typeof words.meeting.point => part in words.meeting.point

function scalarName(key: string): string {
  const p = words.plan
  if (key in p.narratives) return p.narratives[key as keyof typeof p.narratives].label
  const names: Record<string, string> = {
    lead: p.lead,
    after_lead: p.afterLead,
    programs: p.programs,
    period_from: `${p.period}・${p.from}`,
    period_to: `${p.period}・${p.to}`,
    next_monitoring: p.monitoring,
    ...Object.fromEntries(words.prep.questions.map(q => [q.key, `${words.prep.title}・${q.label}`])),
  }
  return names[key] ?? NAMES.other
}
