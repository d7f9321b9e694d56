import { useEffect } from 'react'
import { api } from '../api/api'
import { base } from './base'
import { IdleWatch } from './idleWatch'
import { sessionStore } from './sessionStore'
import { tabs } from './tabs'

const TICK = 10_000
const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'input'] as const

/** Covers the page when nobody is at the desk (離席ロック), and keeps the session while somebody is: what goes over the socket is no request. */
export function useIdleLock(on: boolean): void {
  useEffect(() => {
    if (!on) return
    const watch = new IdleWatch({
      now: () => Date.now(),
      rule: () => sessionStore.get()?.lock ?? { idle: 0, meeting: 0 },
      path: () => window.location.pathname.slice(base.length),
      use: () => void api.post('/session/use').catch(() => {}), // offline: the bar says so already
      lock: () => void sessionStore.lock().catch(() => {}), // the cover is there; the server hears of it before it is taken away
      tell: () => tabs.say('active'),
    })
    const touch = () => watch.touch()
    for (const t of TOUCHES) document.addEventListener(t, touch, { capture: true, passive: true })
    const timer = setInterval(() => watch.tick(), TICK)
    const wake = () => watch.tick()
    document.addEventListener('visibilitychange', wake) // a PC that slept
    const deaf = tabs.heard.on(what => {
      if (what === 'active') watch.touch(true)
    })
    return () => {
      for (const t of TOUCHES) document.removeEventListener(t, touch, { capture: true })
      clearInterval(timer)
      document.removeEventListener('visibilitychange', wake)
      deaf()
    }
  }, [on])
}
