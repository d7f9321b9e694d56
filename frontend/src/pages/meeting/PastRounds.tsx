import type { Room } from '../../api/meeting'
import { showInstant } from '../../dates/showInstant'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'

interface Props {
  room: Room
}

/** Askings that became void: an agreement holds for its version only, and what was said to an older one stays readable. */
export function PastRounds({ room }: Props) {
  const w = words.meeting
  const rounds = room.answers.earlier ?? []
  if (!rounds.length) return null
  return (
    <section className="card stack-s" aria-labelledby="past-rounds-title" data-testid="past-rounds">
      <h2 id="past-rounds-title">{w.pastRounds}</h2>
      {rounds.map(r => (
        <details key={r.version} className="disclosure">
          <summary>
            {w.pastRound(r.version)} <Chip tone="bad">{w.voided}</Chip>{' '}
            <span className="soft">{showInstant(r.voidAt, 'short')}</span>
          </summary>
          <p className="mono soft">{r.hash}</p>
          <ul className="list">
            {r.list.map(a => (
              <li key={a.agencyId} className="row">
                <strong>{a.agencyName}</strong>
                <span>{a.label}</span>
                {a.reason ? <span className="soft">{a.reason}</span> : null}
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  )
}
