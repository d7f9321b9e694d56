import type { Version } from '../../api/history'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { bylineOf } from './byline'
import { positions } from './positions'

interface Props {
  version: Version
  /** Missing: the reader may not write. */
  onRestore?: ((keys: string[]) => void) | undefined
}

/** The fields of a document as they stood, each stretch with its author. */
export function VersionView({ version, onRestore }: Props) {
  const w = words.history
  const fields = version.fields.filter(f => !f.quiet && f.shown)
  if (!fields.length) return <p className="soft">{w.none}</p>
  return (
    <div className="stack-s" data-testid="history-version" data-seq={version.seq}>
      {fields.map(f => (
        <section key={f.key + (f.parts ? 't' : 'v')} className="history-field" data-testid={`history-field-${f.key}`}>
          <div className="between">
            <h3>{f.label}</h3>
            {onRestore ? (
              <Button
                small
                onClick={() => onRestore([f.key])}
                aria-label={w.restoreOf(f.label)}
                data-testid={`restore-${f.key}`}
              >
                {w.restore}
              </Button>
            ) : null}
          </div>
          {f.parts ? (
            <ul className="history-parts">
              {positions(f.parts).map(({ at: i, part: p }) => (
                <li key={i}>
                  <span className="history-text">{p.text}</span>
                  {p.by ? <span className="soft"> {bylineOf(p.by)}</span> : null}
                </li>
              ))}
            </ul>
          ) : (
            <p>
              {f.shown}
              {f.by ? <span className="soft"> {bylineOf(f.by)}</span> : null}
            </p>
          )}
        </section>
      ))}
    </div>
  )
}
