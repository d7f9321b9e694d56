import { Link, useLocation } from 'wouter'
import { useActor } from '../../app/useActor'
import { words } from '../../words'

/** Between agencies and users. */
export function AdminNav() {
  const [where] = useLocation()
  const roles = useActor().roles
  const all = roles.some(r => r === 'admin' || r === 'city')
  const links = [
    { to: '/admin/agencies', label: words.admin.agencies },
    { to: '/admin/users', label: words.admin.users },
    { to: '/admin/rules', label: words.account.rules },
    ...(roles.includes('admin') && !roles.some(r => r === 'city' || r === 'secretariat')
      ? [{ to: '/admin/glass', label: words.glass.title }]
      : []),
    { to: '/admin/forms', label: words.forms.title },
    { to: '/admin/gaiji', label: words.gaiji.title },
    { to: '/status', label: words.status.title },
    ...(roles.includes('city') ? [{ to: '/admin/meeting-types', label: words.meetingTypes.title }] : []),
    ...(roles.includes('city') ? [{ to: '/admin/consent-texts', label: words.consent.texts }] : []),
  ]
  if (!all) return null // 機関管理者: their own people only
  return (
    <nav aria-label={words.admin.title} className="row">
      {links.map(l => (
        <Link
          key={l.to}
          href={l.to}
          className="button"
          aria-current={where === l.to ? 'page' : undefined}
          data-kind={where === l.to ? 'solid' : undefined}
        >
          {l.label}
        </Link>
      ))}
    </nav>
  )
}
