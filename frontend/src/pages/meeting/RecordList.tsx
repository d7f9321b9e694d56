import type { SealedRecord } from '../../api/meeting'
import { base } from '../../app/base'
import { useActor } from '../../app/useActor'
import { showInstant } from '../../dates/showInstant'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'

interface Props {
  records: readonly SealedRecord[]
}

/** Who gets the files out of the archive. */
const MAY = ['secretariat', 'city', 'records']

/** The sealed records of this meeting; a link only for whom the archive opens. */
export function RecordList({ records }: Props) {
  const may = useActor().roles.some(r => MAY.includes(r))
  const w = words.correction
  /** The newest version of the same paper. */
  const newest = (r: SealedRecord) => Math.max(...records.filter(x => x.kind === r.kind).map(x => x.version))
  return (
    <section className="card stack-s" aria-labelledby="records-title" data-testid="records">
      <h2 id="records-title">{words.meeting.records}</h2>
      <ul className="list">
        {records.map(r => (
          <li key={r.id}>
            {may ? (
              <a href={`${base}/api/archive/${r.id}/file`} data-testid={`record-file-${r.kind}`}>
                {r.number} {r.title}
              </a>
            ) : (
              <span>
                {r.number} {r.title}
              </span>
            )}{' '}
            <span className="soft">{showInstant(r.sealedAt, 'short')}</span>{' '}
            {r.kind === 'minutes' && newest(r) > 1 ? <Chip>{w.version(r.version)}</Chip> : null}{' '}
            {newest(r) > r.version ? <Chip tone="warn">{w.correctedBy(newest(r))}</Chip> : null}
            <div className="mono soft">{r.sha256}</div>
          </li>
        ))}
      </ul>
    </section>
  )
}
