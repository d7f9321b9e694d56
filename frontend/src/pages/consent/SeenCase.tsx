import type { SeenCase as Seen } from '../../api/consent'
import { Banner } from '../../parts/Banner'
import { Chip } from '../../parts/Chip'
import { Pair } from '../../parts/Pair'
import { words } from '../../words'
import { personLabel } from '../cases/personLabel'

interface Props {
  agency: string
  seen: Seen
}

/** The case as somebody of an agency gets it: the same names, the same records, the same gaps. */
export function SeenCase({ agency, seen }: Props) {
  const w = words.consent
  if (!seen.inside)
    return (
      <div data-testid="seen-case">
        <Banner tone="warn" title={w.seenNothing(agency)} />
      </div>
    )
  const lines = (person: string) => seen.sections.filter(s => s.personId === person)
  return (
    <section className="card stack-s" aria-label={w.seenTitle(agency)} data-testid="seen-case">
      <h3>{w.seenTitle(agency)}</h3>
      <p className="soft">{w.seenHint}</p>
      <p>
        <strong>{seen.number}</strong>
      </p>
      {['', ...seen.persons.map(p => p.id)].map(id => (
        <div key={id || 'household'} className="stack-s">
          <strong>{personLabel(seen.persons, id)}</strong>
          <dl className="pairs">
            {lines(id).map(s => (
              <Pair key={s.item} term={s.label}>
                {s.read ? <Chip tone="good">{w.allowed}</Chip> : <Chip>{s.reasonLabel || w.denied}</Chip>}
              </Pair>
            ))}
          </dl>
        </div>
      ))}
      <p className="soft">
        {w.seenMembers}　
        {seen.members
          .filter(m => !m.until)
          .map(m => `${m.name}${m.note ? `（${m.note}）` : ''}`)
          .join('、')}
      </p>
    </section>
  )
}
