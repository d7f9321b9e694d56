import type { Room } from '../../api/meeting'
import { showDate } from '../../dates/showDate'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import { MinutesLink } from './MinutesLink'

interface Props {
  room: Room
}

/** Where the 会議録 stands after closing: version, hash, who has confirmed it and who has not. */
export function MinutesState({ room }: Props) {
  const w = words.meeting
  const { minutes } = room
  if (!minutes) return null
  const name = (id: string) => room.seats.find(s => s.agencyId === id)?.name ?? id
  return (
    <section className="card stack-s" aria-labelledby="minutes-state" data-testid="minutes-state">
      <div className="between">
        <h2 id="minutes-state">
          {w.minutes}（{stands(room)}）
        </h2>
        <MinutesLink room={room} />
      </div>
      {minutes.correction ? (
        <Banner
          tone="warn"
          title={words.correction.underWay(minutes.correction.version)}
          data-testid="correction-under-way"
        >
          {minutes.correction.reason}
          <div className="soft">
            {words.correction.begunBy(showInstant(minutes.correction.at, 'short'), minutes.correction.by)}
          </div>
        </Banner>
      ) : null}
      {minutes.correction && minutes.amending ? null : <p className="mono soft">{minutes.hash}</p>}
      {minutes.until ? (
        <p>
          {w.proposeUntil}：{showDate(minutes.until)}
        </p>
      ) : null}
      <ul className="list">
        {minutes.confirmed.map(c => (
          <li key={c.agencyId} className="row">
            <span>{name(c.agencyId)}</span>
            <Chip tone={c.ok ? 'good' : 'warn'}>{c.ok ? w.confirmed : w.confirmOpinion}</Chip>
            <span>{c.opinion}</span>
          </li>
        ))}
        {minutes.waiting.map(id => (
          <li key={id} className="row">
            <span>{name(id)}</span>
            <Chip>{minutes.lapsed ? words.after.lapsed : w.waiting}</Chip>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Which version stands: the sealed one by its number, a 案 by the number it is confirmed under. */
function stands({ status, minutes }: Room): string {
  const w = words.meeting
  if (!minutes) return ''
  if (status === 'sealed') return w.versionSealed(minutes.edition || minutes.version)
  return minutes.correction && minutes.amending ? words.correction.correcting : w.version(minutes.version)
}
