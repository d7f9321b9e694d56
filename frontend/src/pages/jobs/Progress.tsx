import './jobs.css'
import type { Job } from '../../api/jobs'
import { words } from '../../words'

/** The share of a job that is done, in whole percent; null while it is not known. */
export function percentOf(job: Job): number | null {
  return job.total > 0 ? Math.min(100, Math.floor((job.done / job.total) * 100)) : null
}

/** What a job is doing, in words. */
export function doing(job: Job): string {
  const w = words.jobs
  if (job.stopping) return w.stopping
  if (job.state === 'waiting') return w.waiting
  if (job.again) return w.again
  return job.total ? w.goingOn : w.starting
}

/** A bar with its numbers. */
export function Progress({ job }: { job: Job }) {
  const percent = percentOf(job)
  const w = words.jobs
  return (
    <div className="job-progress">
      <progress
        aria-label={w.heard(job.kindLabel, w.goingOn)}
        max={100}
        {...(percent === null ? {} : { value: percent })}
        data-testid="job-bar"
      />
      <span className="soft" data-testid="job-count">
        {percent === null ? doing(job) : `${w.of(job.done, job.total)}（${w.percent(percent)}）`}
      </span>
    </div>
  )
}
