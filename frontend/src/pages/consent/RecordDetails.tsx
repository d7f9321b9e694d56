import type { ConsentRecord } from '../../api/consent'
import { showInstant } from '../../dates/showInstant'
import { Pair } from '../../parts/Pair'
import { words } from '../../words'

interface Props {
  record: ConsentRecord
  ways: Record<string, string>
  cares: Record<string, string>
}

/** How it was explained and how the person answered, field by field. */
export function RecordDetails({ record: r, ways, cares }: Props) {
  const w = words.consent
  const d = r.details
  const x = d?.explanation
  const care = (x?.care ?? []).map(c => {
    const more =
      c === 'interpreter'
        ? [x?.language, x?.interpreter]
        : c === 'family'
          ? [x?.family]
          : ([] as (string | undefined)[])
    const told = more.filter(Boolean).join('・')
    return `${cares[c] ?? c}${told ? `（${told}）` : ''}`
  })
  const rows: [string, string | undefined][] = [
    [w.explained, [r.explainedBy, present(r.explainedAt)].filter(Boolean).join('　')],
    [w.way, x?.way ? ways[x.way] : ''],
    [w.care, care.join('、')],
    [w.explainHow, r.explainHow],
    [w.method, r.method ? w.methodOf[r.method] : ''],
    [w.hearer, d?.oral?.hearer ?? d?.phone?.hearer],
    [w.oralWitness, d?.oral?.witness],
    [w.heardOn, present(d?.oral?.at)],
    [w.calledOn, present(d?.phone?.at)],
    [w.place, d?.oral?.place],
    [w.identified, d?.phone?.identified],
    [w.said, d?.oral?.words ?? d?.phone?.words],
    [w.scribeName, d?.scribe ? `${d.scribe.name}（${d.scribe.relation}）` : ''],
    [w.scribeReason, d?.scribe?.reason],
    [w.scribeWitness, d?.scribe?.witness],
    [w.agentKind, d?.agent ? w.agentKindOf[d.agent.kind] : ''],
    [w.agentRelation, d?.agent?.relation],
    [w.agentPower, d?.agent?.power],
    [w.agentReason, d?.agent?.reason],
    [w.methodNote, r.methodNote],
  ]
  return (
    <dl className="pairs">
      {rows
        .filter(([, text]) => text)
        .map(([term, text]) => (
          <Pair key={term} term={term}>
            {text}
          </Pair>
        ))}
    </dl>
  )
}

function present(t: string | undefined): string {
  return t && !t.startsWith('0001') ? showInstant(t, 'wareki') : ''
}
