import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react'
import { base } from '../app/base'
import { sessionStore } from '../app/sessionStore'
import { whenIdle } from '../app/whenIdle'
import { Connection } from '../sync/Connection'
import { socketURL } from '../sync/socketURL'
import { ConnectionBar } from './ConnectionBar'
import { ConnectionContext } from './ConnectionContext'
import { drafts } from './drafts'
import { LateChanges } from './LateChanges'
import { LateNotes } from './LateNotes'
import { linger } from './lingering'
import { loadNarrative } from './loadNarrative'
import { Refusals } from './Refusals'
import { Withdrawals } from './Withdrawals'

interface Props {
  /** Meeting in whose context documents are read, '' outside of any. */
  context: string
  children: ReactNode
  /** The projector shows no bar. */
  bare?: boolean
}

/** A page with live documents: one connection, the bar that says what is stored, and what the server refused. */
export function LivePage({ context, children, bare }: Props) {
  const [connection, setConnection] = useState<Connection | null>(null)
  const user = useSyncExternalStore(l => drafts.changed.on(l), drafts.user)

  useEffect(() => {
    const writer = { user, drafts: drafts.store(), page: () => window.location.pathname.slice(base.length) }
    const c = new Connection(socketURL(window.location, base), context, undefined, writer)
    const leave = (e: BeforeUnloadEvent) => {
      c.flush() // a word still being composed is written down first
      if (c.ackState().pending > 0) e.preventDefault()
    }
    window.addEventListener('beforeunload', leave)
    c.stranger.on(() => void sessionStore.load().catch(() => {}))
    const deaf = sessionStore.unlocked.on(() => c.comeBack())
    setConnection(c)
    return () => {
      window.removeEventListener('beforeunload', leave)
      deaf()
      // Signed out, or somebody else is here: nothing of this user goes on.
      if (drafts.user() !== user) c.destroy()
      else linger(c)
    }
  }, [context, user])

  useEffect(() => (bare ? undefined : whenIdle([loadNarrative])), [bare])

  if (!connection) return null
  return (
    <ConnectionContext value={connection}>
      {bare ? null : (
        <div className="live-top">
          <ConnectionBar connection={connection} />
          <Withdrawals connection={connection} />
          <Refusals connection={connection} />
          <LateChanges connection={connection} />
          <LateNotes connection={connection} />
        </div>
      )}
      {children}
    </ConnectionContext>
  )
}
