import type { Room } from '../../api/meeting'
import type { PlanChange } from '../../api/plan'
import { useLoad } from '../../app/useLoad'
import { words } from '../../words'
import { DiffList } from '../plan/DiffList'

interface Props {
  room: Room
}

/** Asked again: what changed since the own agency answered an earlier version. */
export function SinceCard({ room }: Props) {
  const last = room.answers.last
  const now = room.frozen
  const path =
    last && now?.hash
      ? `/plans/${room.planId}/diff?from=${last.version}&to=${now.version}&meeting=${encodeURIComponent(room.meeting.id)}`
      : null
  const { data } = useLoad<{ changes: PlanChange[] }>(path)
  const w = words.after
  if (!last || !now || !data) return null
  return (
    <section className="card stack-s" aria-labelledby="since-title" data-testid="since">
      <h2 id="since-title">{w.sinceTitle(last.version, last.label)}</h2>
      {data.changes.length ? <DiffList changes={data.changes} /> : <p>{w.sinceNone}</p>}
    </section>
  )
}
