import { useEffect } from 'react'
import { Link } from 'wouter'
import type { GlassAlarm as Alarm } from '../api/glass'
import { showInstant } from '../dates/showInstant'
import { Banner } from '../parts/Banner'
import { words } from '../words'
import { useLoad } from './useLoad'

interface Props {
  where: string
}

/** How often the server is asked while a page stays open (ms). */
const ASK_EVERY = 20_000

/** 緊急時の閲覧 that nobody has reviewed: on every page of every holder of the record. */
export function GlassAlarm({ where }: Props) {
  const { data, reload } = useLoad<{ alarms: Alarm[] }>('/glass/alarm')
  useEffect(() => {
    const timer = setInterval(() => void reload(), ASK_EVERY)
    return () => clearInterval(timer)
  }, [reload])
  useEffect(() => {
    if (where) void reload()
  }, [where, reload])
  const alarms = data?.alarms ?? []
  const w = words.glass
  if (!alarms.length) return null
  return (
    <div className="alarm">
      <Banner
        tone="bad"
        title={w.alarm(alarms.length)}
        data-testid="glass-alarm"
        actions={
          where === '/glass' ? null : (
            <Link href="/glass" className="button" data-testid="glass-review-link">
              {w.toReview}
            </Link>
          )
        }
      >
        {alarms.slice(0, 3).map(a => (
          <div key={a.id}>{w.alarmLine(a.number, a.userName, showInstant(a.at, 'short'), a.live)}</div>
        ))}
      </Banner>
    </div>
  )
}
