import type { CodeEntry } from '../api/cases'
import { useLoad } from './useLoad'

const NONE: CodeEntry[] = []

/** One code list of the municipality's forms; empty until it is there. */
export function useCodes(list: string): readonly CodeEntry[] {
  const { data } = useLoad<{ lists: Record<string, CodeEntry[]> }>('/codes')
  return data?.lists[list] ?? NONE
}
