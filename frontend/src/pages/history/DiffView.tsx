import type { Difference } from '../../api/history'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { words } from '../../words'
import { bylineOf } from './byline'
import { DiffText } from './DiffText'

interface Props {
  path: string
  from: number
  to: number
  query: string
}

/** Two versions by field. */
export function DiffView({ path, from, to, query }: Props) {
  const { data, error, reload } = useLoad<Difference>(
    `${path}/diff?from=${Math.min(from, to)}&to=${Math.max(from, to)}${query}`,
  )
  if (!data) return <PageState error={error} reload={reload} />
  const fields = data.fields.filter(f => !f.quiet)
  if (!fields.length) return <p className="soft">{words.history.same}</p>
  return (
    <div className="stack-s" data-testid="history-diff">
      {fields.map(f => (
        <section key={f.key + (f.parts ? 't' : 'v')} className="history-field">
          <h3>{f.label}</h3>
          <DiffText field={f} />
          <p className="soft">{f.by.map(bylineOf).join('、')}</p>
        </section>
      ))}
    </div>
  )
}
