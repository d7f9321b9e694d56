import type { RecordVersion } from '../../api/archive'
import { base } from '../../app/base'
import { showInstant } from '../../dates/showInstant'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'

interface Props {
  versions: readonly RecordVersion[]
  /** The record that is shown. */
  here: string
}

/** Every version of a paper that was corrected (訂正), each with its file. */
export function VersionList({ versions, here }: Props) {
  const w = words.correction
  if (versions.length < 2) return null
  return (
    <>
      <h3>{w.versions}</h3>
      <ul className="list" data-testid="versions">
        {versions.map(v => (
          <li key={v.id}>
            <div className="between">
              <span>
                <strong>{w.version(v.version)}</strong>　{showInstant(v.sealedAt, 'short')}{' '}
                {v.correctedBy ? (
                  <Chip tone="warn">{w.correctedBy(v.correctedBy)}</Chip>
                ) : (
                  <Chip tone="good">{w.newest}</Chip>
                )}{' '}
                {v.id === here ? <Chip>{w.this}</Chip> : null}
              </span>
              {v.disposed ? null : (
                <a
                  className="button"
                  data-small
                  href={`${base}/api/archive/${v.id}/file`}
                  aria-label={w.file(v.version)}
                >
                  {words.archive.download}
                </a>
              )}
            </div>
            <div className="mono soft">{v.sha256.slice(0, 16)}…</div>
          </li>
        ))}
      </ul>
    </>
  )
}
