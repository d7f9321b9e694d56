import { Link } from 'wouter'
import type { JoiningBoard } from '../../api/joinings'
import { useActor } from '../../app/useActor'
import { useLoad } from '../../app/useLoad'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import { joiningTone } from './joiningTone'

/** 参加支援 on the page of a case: where each stands. Nothing for whoever does not accompany people. */
export function JoiningCard({ caseId }: { caseId: string }) {
  const { roles } = useActor()
  const goes = roles.some(r => ['secretariat', 'city', 'chair', 'agency'].includes(r))
  const { data } = useLoad<JoiningBoard>(goes ? `/cases/${caseId}/joinings` : null)
  const w = words.joinings
  if (!data) return null
  return (
    <section className="card stack-s" aria-labelledby="joining-title">
      <div className="between">
        <h2 id="joining-title">{w.title}</h2>
        <Link href={`/cases/${caseId}/joining`} className="button" data-testid="open-joining">
          {w.open}
        </Link>
      </div>
      {data.joinings.length ? null : <p className="soft">{data.people.length ? w.none : w.noneRead}</p>}
      <ul className="list">
        {data.joinings.map(j => (
          <li key={j.id} className="row">
            <span>{j.name}</span>
            <Chip tone={joiningTone(j.state)}>{j.stateLabel}</Chip>
            <span className="soft">{j.uses.map(u => u.placeName).join('、') || j.needLabels.join('・')}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
