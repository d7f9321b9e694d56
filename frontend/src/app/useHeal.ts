import { useEffect } from 'react'
import { pauseOf } from './pauseOf'

/** While the server cannot be reached, looks again by itself: less often each time, and at once when the browser says that the line is back. */
export function useHeal(away: boolean, look: () => Promise<void>): void {
  useEffect(() => {
    if (!away) return
    let tries = 0
    let over = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const plan = () => {
      timer = setTimeout(now, pauseOf(tries++))
    }
    const now = () => {
      clearTimeout(timer)
      void look().finally(() => {
        if (!over) plan()
      })
    }
    plan()
    window.addEventListener('online', now)
    return () => {
      over = true
      clearTimeout(timer)
      window.removeEventListener('online', now)
    }
  }, [away, look])
}
