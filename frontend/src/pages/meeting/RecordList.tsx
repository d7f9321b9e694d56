import type { SealedRecord } from '../../api/meeting'
import { base } from '../../app/base'
import { showInstant } from '../../dates/showInstant'
import { words } from '../../words'

interface Props {
  records: readonly SealedRecord[]
}

/** The sealed records of this meeting. */
export function RecordList({ records }: Props) {
  return (
    <section className="card stack-s" aria-labelledby="records-title" data-testid="records">
      <h2 id="records-title">{words.meeting.records}</h2>
      <ul className="list">
        {records.map(r => (
          <li key={r.id}>
            <a href={`${base}/api/archive/${r.id}/file`} data-testid={`record-file-${r.kind}`}>
              {r.number} {r.title}
            </a>{' '}
            <span className="soft">{showInstant(r.sealedAt, 'short')}</span>
            <div className="mono soft">{r.sha256}</div>
          </li>
        ))}
      </ul>
    </section>
  )
}
