import type { DateBoard, DateLink } from '../../api/dates'
import { showDate } from '../../dates/showDate'
import { CopyButton } from '../../parts/CopyButton'
import { words } from '../../words'

interface Props {
  links: readonly DateLink[]
  board: DateBoard
}

/** The links, shown once, each with a text to be sent: without names and without a word of the case. */
export function PollLinks({ links, board }: Props) {
  const w = words.datePoll
  const name = (id: string) => board.agencies.find(a => a.agencyId === id)?.name ?? ''
  return (
    <section className="card stack-s" aria-labelledby="poll-links" data-testid="poll-links">
      <h2 id="poll-links">{w.links}</h2>
      <p className="soft">{w.linksText}</p>
      <ul className="list">
        {links.map(l => (
          <li key={l.agencyId} className="poll-link">
            <strong>{name(l.agencyId)}</strong>
            <code className="mono" data-testid={`poll-link-${l.agencyId}`}>
              {l.url}
            </code>
            <CopyButton text={w.mail(name(l.agencyId), l.url, showDate(board.until, 'wareki'))} label={w.copyMail} />
          </li>
        ))}
      </ul>
    </section>
  )
}
