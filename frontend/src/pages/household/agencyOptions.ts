import type { Option } from '../../parts/Option'
import type { Household } from './useHousehold'

/** The agencies of the case as choices, and the one that stands there already. */
export function agencyOptions(household: Household, now: string, none: string): Option[] {
  const ids = household.page.members.map(m => m.agencyId)
  if (now && !ids.includes(now)) ids.push(now)
  return [{ value: '', label: none }, ...ids.map(id => ({ value: id, label: household.agencyName(id) || id }))]
}
