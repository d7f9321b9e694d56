import type { Way } from '../../api/firstRun'
import type { Agency, User } from '../../api/session'
import { words } from '../../words'

interface Facts {
  way: Way
  code: string
  agencies: readonly Agency[]
  users: readonly User[]
  factorRoles: readonly string[]
}

interface Left {
  text: string
  /** Where it is done. */
  to: string
}

/** What is still to be done before the first meeting, and where. */
export function leftOver({ way, code, agencies, users, factorRoles }: Facts): Left[] {
  const w = words.firstRun
  const steps = way.steps
    .filter(s => !s.done && s.id !== 'summary')
    .map(s => ({ text: w.leftStep(w.steps[s.id]), to: `/admin/first-run/${s.id}` }))
  const facts: [boolean, string, string][] = [
    [!code, w.leftCode, '/admin/first-run/town'],
    [!agencies.some(a => a.active && !a.city), w.leftAgencies, '/admin/first-run/agencies'],
    [users.filter(u => !u.disabled).length < 2, w.leftUsers, '/admin/users'],
    [!factorRoles.length, w.leftFactors, '/admin/first-run/signin'],
  ]
  return [...steps, ...facts.filter(([is]) => is).map(([, text, to]) => ({ text, to }))]
}
