import type { FieldDiff } from '../../api/history'
import { words } from '../../words'
import { bylineOf } from './byline'
import { positions } from './positions'

/** What changed in a field: marks and words besides the colour, and who did it. */
export function DiffText({ field }: { field: FieldDiff }) {
  const w = words.history
  if (!field.parts)
    return (
      <p>
        {field.before ? (
          <del className="history-del">
            <span className="history-mark">{w.removed}</span>
            {field.before}
          </del>
        ) : null}{' '}
        {field.after ? (
          <ins className="history-ins">
            <span className="history-mark">{w.added}</span>
            {field.after}
          </ins>
        ) : null}
      </p>
    )
  return (
    <p className="history-text">
      {positions(field.parts).map(({ at: i, part: p }) => {
        const by = p.by ? bylineOf(p.by) : ''
        if (p.op === 'ins')
          return (
            <ins key={i} className="history-ins" title={by}>
              <span className="history-mark">{w.added}</span>
              {p.text}
            </ins>
          )
        if (p.op === 'del')
          return (
            <del key={i} className="history-del" title={by}>
              <span className="history-mark">{w.removed}</span>
              {p.text}
            </del>
          )
        return <span key={i}>{p.text}</span>
      })}
    </p>
  )
}
