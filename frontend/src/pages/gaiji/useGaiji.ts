import type { Gaiji } from '../../api/gaiji'
import { useActor } from '../../app/useActor'
import { useLoad } from '../../app/useLoad'

const READERS = ['secretariat', 'city', 'chair', 'records', 'admin']
const KEEPERS = ['admin', 'records', 'city']

/** The 外字 in use, for those who print records with them; wanted says whether anything on the page needs them. */
export function useGaiji(wanted: boolean): { list: Gaiji[]; mayKeep: boolean } {
  const roles = useActor().roles
  const { data } = useLoad<Gaiji[]>(wanted && roles.some(r => READERS.includes(r)) ? '/gaiji' : null)
  return { list: (data ?? []).filter(g => !g.retired), mayKeep: roles.some(r => KEEPERS.includes(r)) }
}
