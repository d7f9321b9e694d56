import type * as Schema from './schema'

/** 処理: work that goes on in the background. */
export type Job = Schema.JobsView

/** Tells whether nothing more comes of it. */
export function isOver(job: Job): boolean {
  return job.state !== 'waiting' && job.state !== 'running'
}
