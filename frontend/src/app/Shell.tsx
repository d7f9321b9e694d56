import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { drafts } from '../live/drafts'
import { LeftDrafts } from '../live/LeftDrafts'
import { useOutbox } from '../live/useOutbox'
import { Button } from '../parts/Button'
import { Chip } from '../parts/Chip'
import { words } from '../words'
import { GlassAlarm } from './GlassAlarm'
import { SignOutDialog } from './SignOutDialog'
import { sessionStore } from './sessionStore'
import { TextSize } from './TextSize'
import { TownMark } from './TownMark'
import { useSession } from './useSession'

interface Props {
  children: ReactNode
}

/** Head with menu, person and text size; the page under it. */
export function Shell({ children }: Props) {
  const session = useSession()
  const [where, go] = useLocation()
  const actor = session?.actor
  const has = (...roles: string[]) => roles.some(r => actor?.roles.includes(r))
  const guest = Boolean(actor?.guestMeeting)
  const links = [
    { to: '/intakes', label: words.intake.nav, show: !guest && has('secretariat', 'city', 'agency') },
    { to: '/cases', label: words.app.cases, show: !guest && has('secretariat', 'city', 'agency', 'chair', 'observer') },
    {
      to: '/meetings',
      label: words.app.meetings,
      show: !guest && has('secretariat', 'city', 'agency', 'chair', 'observer'),
    },
    { to: '/archive', label: words.app.archive, show: has('records', 'city', 'secretariat') },
    { to: '/audit', label: words.audit.title, show: has('auditor', 'city') },
    { to: '/incidents', label: words.audit.incidentShort, show: has('secretariat') && !has('city') },
    { to: '/admin/agencies', label: words.app.admin, show: has('admin', 'city') },
    { to: '/admin/gaiji', label: words.gaiji.title, show: has('records') && !has('admin', 'city') },
    { to: '/admin/users', label: words.app.admin, show: has('staff_admin') && !has('admin', 'city') },
  ].filter(l => l.show)
  useOutbox()
  const first = useRef(where)
  useEffect(() => {
    if (first.current === where) return
    first.current = where
    document.getElementById('main')?.focus()
  }, [where])
  const [unsent, setUnsent] = useState(0)
  const out = async () => {
    await sessionStore.signOut()
    setUnsent(0)
    go('/')
  }
  const ask = async () => {
    const length = await unsentCount()
    if (length) setUnsent(length)
    else await out()
  }
  return (
    <>
      <a className="skip" href="#main">
        {words.app.skip}
      </a>
      <header className="head">
        <Link href="/" className="brand">
          <span className="brand-mark" aria-hidden="true" />
          {words.app.name}
        </Link>
        <TownMark />
        {session?.municipality?.demo ? <Chip tone="warn">{words.app.demo}</Chip> : null}
        <nav aria-label={words.app.nav} className="head-nav">
          {links.map(l => (
            <Link
              key={l.to}
              href={l.to}
              aria-current={where.startsWith(l.to.replace(/\/(agencies|users)$/, '')) ? 'page' : undefined}
            >
              {l.label}
            </Link>
          ))}
        </nav>
        <TextSize />
        {guest ? (
          <span className="head-who" data-testid="who">
            <strong>{actor?.name}</strong>
            <span>{actor?.agencyName}</span>
          </span>
        ) : (
          <Link href="/account" className="head-who" data-testid="who" title={words.account.title}>
            <strong>{actor?.name}</strong>
            <span>{actor?.agencyName}</span>
          </Link>
        )}
        <Button
          small
          onClick={() => void sessionStore.lock().catch(() => {})}
          aria-label={words.account.lockNow}
          data-testid="lock-now"
        >
          {words.account.lockShort}
        </Button>
        <Button small onClick={ask} data-testid="sign-out">
          {words.app.signOut}
        </Button>
      </header>
      {has('secretariat', 'city') ? <GlassAlarm where={where} /> : null}
      <LeftDrafts where={where} />
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      {unsent ? <SignOutDialog count={unsent} onClose={() => setUnsent(0)} onSignOut={out} /> : null}
    </>
  )
}

/** Changes not stored yet; what is just on its way gets a moment. */
async function unsentCount(): Promise<number> {
  for (let i = 0; ; i++) {
    const { length } = await drafts.store().all()
    if (!length || i === 8) return length
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}
