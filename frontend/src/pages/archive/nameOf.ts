import type { ArchiveRecord } from '../../api/archive'
import { words } from '../../words'

/** The number of a record, with its version where one number stands for several. */
export function nameOf(r: Pick<ArchiveRecord, 'number' | 'kind' | 'version' | 'correctedBy'>): string {
  const several = r.correctedBy > 0 || (r.kind === 'minutes' && r.version > 1)
  return several ? `${r.number}（${words.correction.version(r.version)}）` : r.number
}
