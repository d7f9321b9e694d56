import type { Connection } from '../sync/Connection'

const lingering = new Set<Connection>()

/** A page is left: its connection goes on without it until everything is stored. */
export function linger(c: Connection): void {
  c.flush()
  if (!c.ackState().pending) {
    c.destroy()
    return
  }
  lingering.add(c)
  const look = () => {
    // What is refused now is offered by the shell: it stays among the drafts.
    for (const r of c.refusals.splice(0)) r.leave()
    if (!c.ackState().pending) end(c)
  }
  c.ackChanged.on(look)
  c.refused.on(look)
  c.stranger.on(() => end(c))
  window.addEventListener('beforeunload', stay)
}

/** The user signs out: nothing is sent any more. */
export function endLingering(): void {
  for (const c of lingering) end(c)
}

function end(c: Connection): void {
  if (!lingering.delete(c)) return
  c.destroy()
  if (!lingering.size) window.removeEventListener('beforeunload', stay)
}

/** The browser asks before something unsent goes. */
function stay(e: BeforeUnloadEvent): void {
  e.preventDefault()
}
