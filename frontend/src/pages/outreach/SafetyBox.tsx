import type { Safety } from '../../api/outreach'
import { showInstant } from '../../dates/showInstant'
import { words } from '../../words'

interface Props {
  safety: Safety
  /** In a list: one line, and nothing where nothing was said. */
  short?: boolean
}

/** 安全上の留意, before anything else of a visit. On the screen only: never on paper. */
export function SafetyBox({ safety, short }: Props) {
  const w = words.outreach
  const signs = safety.labels
  const said = signs.length > 0 || safety.note !== ''
  if (!said) return short ? null : <p className="soft no-print">{w.safetyNone}</p>
  return (
    <div className="safety no-print" role="note" aria-label={w.safety} data-testid="safety">
      <strong className="safety-signs">
        <span aria-hidden="true">⚠ </span>
        {signs.length ? signs.join('・') : w.safety}
      </strong>
      {safety.note ? <p className="safety-note">{safety.note}</p> : null}
      {short || !safety.byName ? null : (
        <p className="soft">{w.safetyBy(safety.byAgency, safety.byName, showInstant(safety.at, 'short'))}</p>
      )}
    </div>
  )
}
