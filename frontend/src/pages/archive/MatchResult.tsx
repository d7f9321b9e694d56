import type { ArchiveRecord, Matched } from '../../api/archive'
import { base } from '../../app/base'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Chip } from '../../parts/Chip'
import { Pair } from '../../parts/Pair'
import { words } from '../../words'

const TONES = { latest: 'good', old: 'warn', draft: 'warn', disposed: 'warn', altered: 'bad', unknown: 'info' } as const

/** What a file was found to be, in words that say what to do with it. */
export function MatchResult({ name, matched }: { name: string; matched: Matched }) {
  const w = words.archive.match
  const m = matched
  return (
    <Banner tone={TONES[m.outcome]} title={w.titles[m.outcome]} data-testid={`match-${m.outcome}`}>
      <div className="stack">
        <p>{w.meanings[m.outcome]}</p>
        <dl className="pairs">
          <Pair term={w.file}>
            {name}
            <div className="mono soft">SHA-256 {m.sha256}</div>
          </Pair>
          {m.outcome === 'unknown' && m.claims ? <Pair term={w.claimed}>{m.claims}</Pair> : null}
          {m.record ? (
            <Pair term={m.outcome === 'altered' ? w.claimed : w.is}>
              <Paper record={m.record} />
            </Pair>
          ) : null}
          {m.signature ? <Pair term={words.archive.signature}>{m.signature.words}</Pair> : null}
          {m.newest ? (
            <Pair term={w.newest}>
              <Paper record={m.newest} />
            </Pair>
          ) : null}
        </dl>
      </div>
    </Banner>
  )
}

function Paper({ record: r }: { record: ArchiveRecord }) {
  const w = words.archive
  return (
    <>
      <div>
        <strong>{r.number}</strong> <Chip>{r.kindLabel}</Chip> {r.title}{' '}
        <Chip tone={r.id ? 'good' : 'warn'}>{r.stateLabel}</Chip>
      </div>
      <div className="soft">
        {[
          w.match.version(r.version),
          r.caseNumber,
          (r.id ? w.match.sealedAt : w.match.madeAt)(showInstant(r.sealedAt, 'wareki')),
        ].join('　')}
      </div>
      {r.id && !r.disposed ? (
        <a className="button" data-small href={`${base}/api/archive/${r.id}/file`}>
          {w.download}
        </a>
      ) : null}
    </>
  )
}
