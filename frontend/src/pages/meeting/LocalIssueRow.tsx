import { Link } from 'wouter'
import type { LocalIssue } from '../../api/localIssues'
import type { IssuePlace } from '../../api/places'
import { showDate } from '../../dates/showDate'
import { Chip } from '../../parts/Chip'
import type { Option } from '../../parts/Option'
import { words } from '../../words'
import { stateTone } from '../places/stateTone'

interface Props {
  issue: LocalIssue
  places: readonly IssuePlace[]
  themes: readonly Option[]
  states: readonly Option[]
  maySort: boolean
  busy: boolean
  onSort: (to: { theme: string; state: string }) => void
}

/** One 地域課題; those who hold the record sort it in its line. */
export function LocalIssueRow({ issue, places, themes, states, maySort, busy, onSort }: Props) {
  const w = words.localIssues
  const { theme, state } = issue
  const label = (list: readonly Option[], value: string) => list.find(o => o.value === value)?.label ?? value
  const pick = (what: 'theme' | 'state', list: readonly Option[]) => (
    <select
      className="input"
      aria-label={what === 'theme' ? w.themeOf(issue.text) : w.stateOf(issue.text)}
      value={issue[what]}
      aria-disabled={busy || undefined}
      onChange={e => busy || onSort({ theme, state, [what]: e.currentTarget.value })}
      data-testid={`issue-${what}-${issue.id}`}
    >
      {list.map(o => (
        <option key={o.value} value={o.value}>
          {o.label}
        </option>
      ))}
    </select>
  )
  return (
    <tr data-testid={`issue-${issue.id}`}>
      <th scope="row">{issue.text}</th>
      <td>
        <Link href={`/meetings/${issue.meetingId}`}>{issue.meeting}</Link>
      </td>
      <td className="num">{showDate(issue.day, 'wareki')}</td>
      <td>{maySort ? pick('theme', themes) : label(themes, theme)}</td>
      <td>{maySort ? pick('state', states) : <Chip>{label(states, state)}</Chip>}</td>
      <td>
        <ul className="list">
          {places.map(p => (
            <li key={p.id} className="row">
              <Link href={`/places/${p.id}`}>{p.name}</Link>
              <Chip tone={stateTone(p.state)}>{p.stateLabel}</Chip>
            </li>
          ))}
        </ul>
        {maySort ? (
          <Link
            href={`/places/new/${issue.meetingId}/${issue.id}`}
            className="button no-print"
            data-small
            aria-label={words.places.makeOfIssueOf(issue.text)}
            data-testid={`issue-make-${issue.id}`}
          >
            {words.places.makeOfIssue}
          </Link>
        ) : null}
      </td>
    </tr>
  )
}
