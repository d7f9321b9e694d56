import { useEffect } from 'react'
import { isOver, type Job } from '../../api/jobs'
import { useLoad } from '../../app/useLoad'

/** How often it is asked how far work has come. */
const EVERY = 1000

/** A job, asked again until it is over. */
export function useJob(id: string) {
  const { data, error, reload, put } = useLoad<Job>(`/jobs/${id}`)
  const going = !data || !isOver(data)
  useEffect(() => {
    if (!going) return
    const tick = setInterval(() => void reload(), EVERY)
    return () => clearInterval(tick)
  }, [going, reload])
  return { job: data, error, put }
}
