import { useEffect, useRef, useState } from 'react'
import { ApiError } from '../../api/ApiError'
import { api } from '../../api/api'
import type { Glass } from '../../api/glass'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'

interface Props {
  glass: Glass
  /** It is over: nothing of the case may stay on the screen. */
  onOver: () => void
}

/** How often the server is asked whether somebody has ended it (ms). */
const ASK_EVERY = 10_000

/** The red bar over a case that is read by 緊急時の閲覧: how long still, and the way to end it. */
export function GlassBanner({ glass, onOver }: Props) {
  const [now, setNow] = useState(Date.now)
  const { submit, busy, error } = useSubmit()
  const over = useRef(onOver)
  over.current = onOver
  const w = words.glass
  const seconds = Math.ceil((Date.parse(glass.ends) - now) / 1000)
  useEffect(() => {
    const tick = setInterval(() => setNow(Date.now()), 1000)
    const ask = setInterval(() => void stillLives(glass.id).then(lives => lives || over.current()), ASK_EVERY)
    return () => {
      clearInterval(tick)
      clearInterval(ask)
    }
  }, [glass.id])
  useEffect(() => {
    if (seconds <= 0) over.current()
  }, [seconds])
  const end = () =>
    void submit(async () => {
      await api.post(`/glass/${glass.id}/end`)
      over.current()
    })
  return (
    <div className="alarm">
      <div className="banner" data-tone="bad" role="status" aria-live="off" data-testid="glass-banner">
        <span className="banner-icon" aria-hidden="true">
          ！
        </span>
        <div>
          <strong data-testid="glass-left">{w.reading(w.left(seconds))}</strong>
          <div>{w.readingText}</div>
        </div>
        <div className="row">
          <Button kind="danger" busy={busy} onClick={end} data-testid="glass-end">
            {w.end}
          </Button>
        </div>
      </div>
      {error ? <Banner tone="bad" title={error.message} /> : null}
    </div>
  )
}

/** Whether it holds still; a server that cannot be asked for a moment changes nothing, a refusal does. */
async function stillLives(id: string): Promise<boolean> {
  try {
    const { glasses } = await api.get<{ glasses: Glass[] }>('/glass/own')
    return glasses.some(g => g.id === id && g.live)
  } catch (e) {
    return !(e instanceof ApiError && (e.kind === 'forbidden' || e.kind === 'unauthorized'))
  }
}
