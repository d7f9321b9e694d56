import { useState } from 'react'
import { Link } from 'wouter'
import type { JoiningOverview } from '../../api/joinings'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { showDate } from '../../dates/showDate'
import { Chip } from '../../parts/Chip'
import { SelectField } from '../../parts/SelectField'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { joiningTone } from './joiningTone'

/** From how many days without a step it is said. */
const QUIET = 30

/** 参加支援の状況: every one of the municipality, without words. */
export function OverviewPage() {
  const { data, error, reload } = useLoad<JoiningOverview>('/joinings')
  const [state, setState] = useState('')
  const w = words.joinings
  if (!data) return <PageState error={error} reload={reload} />
  const list = data.lines.filter(l => !state || l.state === state)
  return (
    <div className="page stack">
      <h1>{w.overview}</h1>
      <p className="soft">{w.overviewIntro}</p>
      {data.lines.length ? (
        <>
          <div className="place-filter no-print">
            <SelectField
              label={w.state}
              value={state}
              options={[
                { value: '', label: w.all },
                ...data.states.map(s => ({ value: s.state, label: `${s.label}（${data.counts[s.state] ?? 0}）` })),
              ]}
              onValue={setState}
              data-testid="joinings-state"
            />
          </div>
          <p role="status">{w.count(list.length)}</p>
          <Table caption={w.overview} head={w.overviewHeads} data-testid="joinings">
            {list.map((l, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a case can have two of the same
              <tr key={`${l.caseId}${i}`}>
                <th scope="row" className="nowrap">
                  <Link href={`/cases/${l.caseId}/joining`}>{l.caseNumber}</Link>
                </th>
                <td>{l.initial}</td>
                <td className="nowrap">
                  <Chip tone={joiningTone(l.state)}>{l.stateLabel}</Chip>
                </td>
                <td>{l.needs.join('・')}</td>
                <td>{l.places.join('、')}</td>
                <td>{l.agencyName}</td>
                <td className="nowrap">{showDate(l.openedOn, 'short')}</td>
                <td>
                  {showDate(l.lastOn, 'short')}{' '}
                  {l.state !== 'ended' && l.quiet >= QUIET ? <Chip tone="warn">{w.quiet(l.quiet)}</Chip> : null}
                </td>
              </tr>
            ))}
          </Table>
        </>
      ) : (
        <p>{w.overviewNone}</p>
      )}
    </div>
  )
}
