import { useState } from 'react'
import { Link } from 'wouter'
import type { JoiningOverview } from '../../api/joinings'
import { PageState } from '../../app/PageState'
import { usePages } from '../../app/usePages'
import { showDate } from '../../dates/showDate'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { SelectField } from '../../parts/SelectField'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { joiningTone } from './joiningTone'

/** From how many days without a step it is said. */
const QUIET = 30

/** 参加支援の状況: every one of the municipality, without words. */
export function OverviewPage() {
  const [state, setState] = useState('')
  const { pages, error, busy, reload, more } = usePages<JoiningOverview>(`/joinings?state=${state}`)
  const w = words.joinings
  const last = pages?.at(-1)
  if (!pages || !last) return <PageState error={error} reload={reload} />
  const lines = pages.flatMap(p => p.lines)
  const count = (s: string) => last.counts[s] ?? 0
  const whole = last.states.reduce((n, s) => n + count(s.state), 0)
  const going = whole - count('ended')
  return (
    <div className="page stack">
      <h1>{w.overview}</h1>
      <p className="soft">{w.overviewIntro}</p>
      {whole ? (
        <>
          <div className="place-filter no-print">
            <SelectField
              label={w.state}
              value={state}
              options={[
                { value: '', label: `${w.going}（${going}）` },
                ...last.states.map(s => ({ value: s.state, label: `${s.label}（${count(s.state)}）` })),
              ]}
              onValue={setState}
              data-testid="joinings-state"
            />
          </div>
          <p role="status">{error ? error.message : w.count(lines.length, state === '' ? going : count(state))}</p>
          <Table caption={w.overview} head={w.overviewHeads} data-testid="joinings">
            {lines.map((l, i) => (
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
          {more ? (
            <Button busy={busy} onClick={() => void more()} data-testid="joinings-more">
              {w.more}
            </Button>
          ) : null}
        </>
      ) : (
        <p>{w.overviewNone}</p>
      )}
    </div>
  )
}
