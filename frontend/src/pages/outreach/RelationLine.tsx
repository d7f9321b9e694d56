import type { RelationStep } from '../../api/outreach'
import { jstParts } from '../../dates/jstParts'
import { showDate } from '../../dates/showDate'
import { words } from '../../words'

interface Props {
  steps: readonly RelationStep[]
}

/** 関係の段階 of each person in one line: what was reached when, the newest in bold. */
export function RelationLine({ steps }: Props) {
  const w = words.outreach
  const people = [...new Set(steps.map(s => s.personId))]
  if (!people.length) return <p className="soft">{w.relationNone}</p>
  return (
    <ul className="list-plain stack-s" aria-label={w.relation} data-testid="relations">
      {people.map(id => {
        const own = steps.filter(s => s.personId === id)
        return (
          <li key={id}>
            <span className="soft">{own[0]?.who}</span>{' '}
            {own.map((s, i) => (
              <span key={s.at + s.relation} title={w.by(s.agencyName, s.userName)}>
                {i ? <span aria-hidden="true"> → </span> : null}
                {i === own.length - 1 ? (
                  <strong>{w.relationStep(s.label, showDate(jstParts(s.at).date, 'short'))}</strong>
                ) : (
                  w.relationStep(s.label, showDate(jstParts(s.at).date, 'short'))
                )}
              </span>
            ))}
          </li>
        )
      })}
    </ul>
  )
}
