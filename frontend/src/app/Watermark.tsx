import { useEffect, useState } from 'react'
import { showInstant } from '../dates/showInstant'
import { useSession } from './useSession'

const EVERY = 60_000
const [WIDTH, HEIGHT] = [460, 150]

/** 透かし: name, agency and time over the pages of those who are not of the city, so that a photograph says whose screen it was. */
export function Watermark() {
  const actor = useSession()?.actor
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), EVERY)
    return () => clearInterval(timer)
  }, [])
  if (!actor?.watermark) return null
  const picture = draw(`${actor.agencyName}　${actor.name}`, showInstant(now, 'short'))
  return (
    <div
      className="watermark"
      aria-hidden="true"
      data-testid="watermark"
      data-text={`${actor.agencyName} ${actor.name}`}
      ref={el => {
        if (el) el.style.backgroundImage = `url(${picture})`
      }}
    />
  )
}

/** One tile. Pale enough that the text under it keeps its contrast: at most one in twenty parts of ink. */
function draw(who: string, at: string): string {
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH
  canvas.height = HEIGHT
  const pen = canvas.getContext('2d')
  if (!pen) return ''
  pen.translate(WIDTH / 2, HEIGHT / 2)
  pen.rotate(-Math.PI / 12)
  pen.textAlign = 'center'
  pen.fillStyle = 'rgba(0, 0, 0, 0.055)'
  pen.font = '16px "Noto Sans JP", sans-serif'
  pen.fillText(who, 0, 0, WIDTH - 20)
  pen.fillText(at, 0, 24)
  return canvas.toDataURL()
}
