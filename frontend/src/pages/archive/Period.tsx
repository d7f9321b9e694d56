import type { ArchiveRecord } from '../../api/archive'
import { showDate } from '../../dates/showDate'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'

/** 保存年限 of a record with its last day, and what keeps it longer. */
export function Period({ record: r }: { record: ArchiveRecord }) {
  const w = words.keeping
  const end = r.waiting ? w.waiting : r.expiresOn ? w.expires(showDate(r.expiresOn, 'short')) : ''
  return (
    <>
      {r.retention}
      {end ? <div className="soft">{end}</div> : null}
      {r.disposed ? null : (
        <div className="row">
          {r.expired ? <Chip tone="warn">{w.expired}</Chip> : null}
          {r.extended ? <Chip tone="key">{w.extended}</Chip> : null}
          {r.held ? <Chip tone="bad">{w.held(r.held)}</Chip> : null}
        </div>
      )}
    </>
  )
}
