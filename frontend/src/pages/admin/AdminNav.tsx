import { Link, useLocation } from 'wouter'
import type { Way } from '../../api/firstRun'
import { useActor } from '../../app/useActor'
import { useLoad } from '../../app/useLoad'
import { words } from '../../words'

interface Props {
  /** How far はじめの設定 has come, where the page knows; otherwise it is asked. */
  way?: Way
}

/** Between the screens of 管理. */
export function AdminNav({ way }: Props) {
  const [where] = useLocation()
  const roles = useActor().roles
  const all = roles.some(r => r === 'admin' || r === 'city')
  const asked = useLoad<Way>(all && !way ? '/first-run' : null).data
  const run = way ?? asked
  const links = [
    ...(run?.asking ? [{ to: '/admin/first-run', label: words.firstRun.progress(run.done, run.steps.length) }] : []),
    { to: '/admin/town', label: words.firstRun.town },
    { to: '/admin/agencies', label: words.admin.agencies },
    { to: '/admin/users', label: words.admin.users },
    { to: '/admin/rules', label: words.account.rules },
    ...(roles.includes('admin') && !roles.some(r => r === 'city' || r === 'secretariat')
      ? [{ to: '/admin/glass', label: words.glass.title }]
      : []),
    { to: '/admin/forms', label: words.forms.title },
    { to: '/admin/gaiji', label: words.gaiji.title },
    { to: '/admin/tokens', label: words.tokens.title },
    { to: '/jobs', label: words.jobs.title },
    { to: '/status', label: words.status.title },
    ...(roles.includes('city') ? [{ to: '/admin/meeting-types', label: words.meetingTypes.title }] : []),
    ...(roles.includes('city') ? [{ to: '/admin/consent-texts', label: words.consent.texts }] : []),
  ]
  const at = (to: string) => where === to || where.startsWith(`${to}/`)
  if (!all) return null // 機関管理者: their own people only
  return (
    <nav aria-label={words.admin.title} className="row">
      {links.map(l => (
        <Link
          key={l.to}
          href={l.to}
          className="button"
          aria-current={at(l.to) ? 'page' : undefined}
          data-kind={at(l.to) ? 'solid' : undefined}
        >
          {l.label}
        </Link>
      ))}
    </nav>
  )
}
