import { useCallback, useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { ApiError } from '../../api/ApiError'
import { api } from '../../api/api'
import type { JoiningOverview } from '../../api/joinings'
import { PageState } from '../../app/PageState'
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
  const [list, setList] = useState<JoiningOverview | null>(null)
  const [error, setError] = useState<ApiError | null>(null)
  const [busy, setBusy] = useState(false)
  const turn = useRef(0) // an answer that comes after a later question is dropped
  const w = words.joinings

  const load = useCallback(async (of: string, before?: JoiningOverview) => {
    turn.current += 1
    const mine = turn.current
    setBusy(true)
    try {
      const page = await api.get<JoiningOverview>(
        `/joinings?${new URLSearchParams({ state: of, after: before?.next ?? '' })}`,
      )
      if (mine !== turn.current) return
      setList({ ...page, lines: [...(before?.lines ?? []), ...page.lines] })
      setError(null)
    } catch (e) {
      if (mine === turn.current) setError(e instanceof ApiError ? e : new ApiError('internal', words.errors.unknown))
    } finally {
      if (mine === turn.current) setBusy(false)
    }
  }, [])
  useEffect(() => void load(''), [load])

  if (!list) return <PageState error={error} reload={() => load(state)} />
  const count = (s: string) => list.counts[s] ?? 0
  const whole = list.states.reduce((n, s) => n + count(s.state), 0)
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
                ...list.states.map(s => ({ value: s.state, label: `${s.label}（${count(s.state)}）` })),
              ]}
              onValue={v => {
                setState(v)
                void load(v)
              }}
              data-testid="joinings-state"
            />
          </div>
          <p role="status">{error ? error.message : w.count(list.lines.length, state === '' ? going : count(state))}</p>
          <Table caption={w.overview} head={w.overviewHeads} data-testid="joinings">
            {list.lines.map((l, i) => (
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
          {list.next ? (
            <Button busy={busy} onClick={() => void load(state, list)} data-testid="joinings-more">
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
