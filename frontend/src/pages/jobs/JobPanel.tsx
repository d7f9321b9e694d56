import { type ReactNode, useEffect, useState } from 'react'
import { Link } from 'wouter'
import { api } from '../../api/api'
import { isOver, type Job } from '../../api/jobs'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { doing, Progress, percentOf } from './Progress'
import { useJob } from './useJob'

interface Props {
  id: string
  /** What is shown when it is done, beside what it says of itself. */
  done?: (job: Job) => ReactNode
  /** What is shown when it is done says itself what came of it. */
  told?: boolean
  /** What remains when it was stopped or failed. */
  remains?: string
  onClose?: () => void
}

/** Work in the background where it was begun: how far it has come, 取消, and what came of it. */
export function JobPanel({ id, done, told, remains, onClose }: Props) {
  const { job, error, put } = useJob(id)
  const { submit, busy, rest } = useSubmit()
  const w = words.jobs
  const close = onClose ? (
    <Button small onClick={onClose}>
      {words.form.close}
    </Button>
  ) : undefined
  if (!job) return <Banner tone={error ? 'bad' : 'info'} title={error ? error.message : w.starting} actions={close} />
  const stop = () => void submit(async () => put(await api.post<Job>(`/jobs/${id}/stop`, {})))
  if (isOver(job))
    return (
      <div className="stack-s" data-testid="job-over" data-state={job.state}>
        {job.state === 'done' && !told ? <Banner tone="good" title={job.said} actions={close} /> : null}
        {job.state === 'stopped' ? (
          <Banner tone="warn" title={w.stopped} actions={close}>
            {remains}
          </Banner>
        ) : null}
        {job.state === 'failed' ? (
          <Banner tone="bad" title={w.failed} actions={close}>
            <p>{job.trouble}</p>
            {remains ? <p>{remains}</p> : null}
          </Banner>
        ) : null}
        {job.state === 'done' && done ? done(job) : null}
      </div>
    )
  return (
    <section className="card stack-s" aria-label={job.kindLabel} data-testid="job-panel" data-state={job.state}>
      <strong>{job.kindLabel}</strong>
      <Progress job={job} />
      <Heard job={job} />
      <p className="soft">
        {w.leave} <Link href="/jobs">{w.toList}</Link>
      </p>
      {error ? <Banner tone="warn" title={error.message} /> : null}
      {rest() ? <Banner tone="bad" title={rest() ?? ''} /> : null}
      {job.mayStop ? (
        <div className="row">
          <Button small busy={busy} onClick={stop} data-testid="job-stop">
            {w.stop}
          </Button>
        </div>
      ) : null}
    </section>
  )
}

/** Tells by ear how far it has come, at each quarter and not at each number. */
function Heard({ job }: { job: Job }) {
  const w = words.jobs
  const percent = percentOf(job)
  const quarter = percent === null ? null : Math.floor(percent / 25) * 25
  const text = w.heard(job.kindLabel, quarter === null ? doing(job) : `${doing(job)} ${w.percent(quarter)}`)
  const [said, setSaid] = useState('')
  useEffect(() => setSaid(text), [text]) // a live region speaks of what changes in it
  return (
    <p className="sr-only" role="status" data-testid="job-heard">
      {said}
    </p>
  )
}
