import type { SessionActor } from '../api/session'

/** The first page for a person, by what their roles let them see. */
export function homeOf(actor: SessionActor | null | undefined): string {
  const has = (...roles: string[]) => roles.some(r => actor?.roles.includes(r))
  if (has('secretariat', 'city', 'agency', 'chair', 'observer')) return '/cases'
  if (has('records')) return '/archive'
  if (has('staff_admin') && !has('admin')) return '/admin/users'
  if (has('auditor')) return '/audit'
  return has('admin') ? '/admin/agencies' : '/welcome'
}
