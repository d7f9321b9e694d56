import { useEffect } from 'react'
import { sessionStore } from '../../app/sessionStore'
import { useSession } from '../../app/useSession'
import { Button } from '../../parts/Button'
import { words } from '../../words'

/** How often a guest in the lobby asks (ms). */
const ASK_EVERY = 3000

/** 待合室: nothing of the meeting is here until somebody lets the guest in. */
export function LobbyPage() {
  const session = useSession()
  const w = words.account
  useEffect(() => {
    const timer = setInterval(() => void sessionStore.load().catch(() => {}), ASK_EVERY)
    return () => clearInterval(timer)
  }, [])
  return (
    <main className="entry">
      <section className="card stack" aria-labelledby="lobby-title" data-testid="lobby">
        <h1 id="lobby-title">{w.lobbyTitle}</h1>
        <p>
          <strong>{session?.actor?.name}</strong>（{session?.actor?.agencyName}）
        </p>
        <p role="status">{w.lobbyText}</p>
        <div>
          <Button onClick={() => void sessionStore.leave().catch(() => {})}>{w.lobbyLeave}</Button>
        </div>
      </section>
    </main>
  )
}
