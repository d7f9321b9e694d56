import type { Blocker } from '../../api/meeting'
import { words } from '../../words'

interface Props {
  blockers: readonly Blocker[]
}

/** What stands against 閉会. */
export function BlockerList({ blockers }: Props) {
  return (
    <section className="card stack-s" aria-labelledby="blockers-title" data-testid="blockers">
      <h2 id="blockers-title">{words.meeting.blockers}</h2>
      <ul className="list">
        {blockers.map(b => (
          <li key={`${b.code}${b.target}${b.message}`}>□ {b.message}</li>
        ))}
      </ul>
    </section>
  )
}
