import type { ArchiveRecord } from '../../api/archive'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'

/** Which version a record is, where there are several, and whether it is corrected. */
export function VersionChips({ record: r }: { record: ArchiveRecord }) {
  const w = words.correction
  return (
    <>
      {r.correctedBy || (r.kind === 'minutes' && r.version > 1) ? <Chip>{w.version(r.version)}</Chip> : null}
      {r.correctedBy ? <Chip tone="warn">{w.correctedBy(r.correctedBy)}</Chip> : null}
      {r.later ? <Chip tone="warn">{w.later(r.later)}</Chip> : null}
      {r.correcting ? <Chip tone="warn">{w.correcting}</Chip> : null}
    </>
  )
}
