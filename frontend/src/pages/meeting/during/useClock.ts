import { useEffect, useState } from 'react'

/** The server's time, ticking: timers agree on every screen even where the clock of a device is wrong. */
export function useClock(serverNow: string, every = 1000): number {
  const [offset, setOffset] = useState(() => Date.parse(serverNow) - Date.now())
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => setOffset(Date.parse(serverNow) - Date.now()), [serverNow])
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every)
    return () => clearInterval(timer)
  }, [every])
  return now + offset
}
