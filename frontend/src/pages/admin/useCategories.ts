import { useLoad } from '../../app/useLoad'
import type { Option } from '../../parts/Option'
import { words } from '../../words'

/** 機関区分 as the installation has them; the usual ones until they are there. */
export function useCategories(): readonly Option[] {
  const { data } = useLoad<{ lists: Record<string, { code: string; label: string }[]> }>('/codes')
  const list = data?.lists.agency_category ?? data?.lists.agency
  return list?.map(c => ({ value: c.code, label: c.label })) ?? words.admin.categories
}
