import { useEffect } from 'react'
import { api } from '../../api/api'
import { isOver, type Job } from '../../api/jobs'
import { takeNamed } from '../../api/takeFile'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { doing, Progress } from './Progress'

const TONES: Record<string, 'plain' | 'key' | 'good' | 'bad' | 'warn'> = {
  waiting: 'plain',
  running: 'key',
  done: 'good',
  failed: 'bad',
  stopped: 'warn',
}
const EVERY = 2000

/** 処理の状況: the work in the background that somebody began, or may do themselves. */
export function JobsPage() {
  const { data, error, reload } = useLoad<{ jobs: Job[]; at: string }>('/jobs')
  const { submit, busy, rest } = useSubmit()
  const w = words.jobs
  const going = data?.jobs.some(j => !isOver(j)) ?? false
  useEffect(() => {
    if (!going) return
    const tick = setInterval(() => void reload(), EVERY)
    return () => clearInterval(tick)
  }, [going, reload])
  if (!data) return <PageState error={error} reload={reload} />
  const run = (work: () => Promise<unknown>) =>
    void submit(async () => {
      await work()
      await reload()
    })
  return (
    <div className="page stack">
      <div className="between">
        <h1>{w.title}</h1>
        <Button small onClick={() => void reload()} data-testid="jobs-again">
          {w.refresh}
        </Button>
      </div>
      <p className="soft">
        {w.intro}
        {w.days}
      </p>
      {error ? <Banner tone="bad" title={error.message} /> : null}
      {rest() ? <Banner tone="bad" title={rest() ?? ''} /> : null}
      {data.jobs.length === 0 ? <p>{w.none}</p> : null}
      {data.jobs.length ? (
        <Table caption={w.list} head={w.heads} data-testid="jobs-list">
          {data.jobs.map(j => (
            <Row
              key={j.id}
              job={j}
              busy={busy}
              onStop={() => run(() => api.post(`/jobs/${j.id}/stop`, {}))}
              onFetch={() => run(() => takeNamed(`/jobs/${j.id}/result`))}
            />
          ))}
        </Table>
      ) : null}
    </div>
  )
}

interface RowProps {
  job: Job
  busy: boolean
  onStop: () => void
  onFetch: () => void
}

function Row({ job: j, busy, onStop, onFetch }: RowProps) {
  const w = words.jobs
  const when = (t: string | null) => (t ? showInstant(t, 'short') : '')
  return (
    <tr data-testid="job" data-kind={j.kind} data-state={j.state}>
      <th scope="row">
        {j.kindLabel}
        <div className="soft">{j.self ? w.self : j.mine ? w.mine : w.other}</div>
      </th>
      <td className="nowrap">
        <Chip tone={TONES[j.state]}>{j.stopping ? w.stopping : j.stateLabel}</Chip>
      </td>
      <td>
        {isOver(j) ? j.said || j.trouble : j.state === 'running' ? <Progress job={j} /> : doing(j)}
        {j.again ? <div className="soft">{w.again}</div> : null}
      </td>
      <td className="nowrap">{when(j.startedAt ?? j.madeAt)}</td>
      <td className="nowrap">{when(j.endedAt)}</td>
      <td className="nowrap">
        {j.mayStop ? (
          <Button small busy={busy} onClick={onStop} aria-label={w.stopOf(j.kindLabel)}>
            {w.stop}
          </Button>
        ) : null}
        {j.mayFetch && j.kind === 'package' ? (
          <Button small busy={busy} onClick={onFetch} aria-label={w.fetchOf(j.kindLabel)} data-testid="job-fetch">
            {w.fetch}
          </Button>
        ) : null}
      </td>
    </tr>
  )
}
