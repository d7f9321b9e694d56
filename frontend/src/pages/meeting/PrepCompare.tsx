import type { DocRef } from '../../api/cases'
import type { PrepSheet } from '../../api/prep'
import { useText } from '../../live/useText'
import { Withheld } from '../../live/Withheld'
import { Chip } from '../../parts/Chip'
import type { LiveDoc } from '../../sync/LiveDoc'
import { words } from '../../words'
import { personLabel } from '../cases/personLabel'
import { PlaceChip } from '../plan/PlaceChip'
import { PrepForChip } from './PrepForLine'
import type { PrepProps } from './PrepTab'

interface Props extends PrepProps {
  sheets: readonly PrepSheet[]
}

/** The sheets side by side: a row for each question, a column for each agency that shows something. */
export function PrepCompare({ sheets, persons, entryOf }: Props) {
  const w = words.prep
  const shown = sheets.filter(s => s.docs.length)
  if (!shown.length)
    return (
      <section className="card stack-s" aria-labelledby="prep-compare">
        <h2 id="prep-compare">{w.compare}</h2>
        <p className="soft">{w.compareNone}</p>
      </section>
    )
  const kept = shown.flatMap(s => s.docs.filter(d => !d.read).map(d => ({ sheet: s, ref: d })))
  return (
    <section className="card stack-s" aria-labelledby="prep-compare">
      <h2 id="prep-compare">{w.compare}</h2>
      {kept.length ? (
        <div className="row">
          {kept.map(k => (
            <Withheld
              key={k.sheet.agencyId + k.ref.personId + k.ref.item}
              label={`${k.sheet.name}　${personLabel(persons, k.ref.personId)} ${k.ref.itemLabel}`}
              reason={k.ref.reasonLabel}
            />
          ))}
        </div>
      ) : null}
      <div className="table-wrap">
        <table className="table prep-table" data-testid="prep-compare">
          <thead>
            <tr>
              <th scope="col">{w.question}</th>
              {shown.map(s => (
                <th key={s.agencyId} scope="col">
                  {s.name} {s.state ? null : <Chip tone="warn">{w.notYet}</Chip>}
                  {s.for ? (
                    <span className="row">
                      <span className="soft">{w.entered(s.for.wayLabel)}</span>
                      <PrepForChip sheet={s} />
                    </span>
                  ) : null}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {w.questions.map(q => (
              <tr key={q.key}>
                <th scope="row">{q.label}</th>
                {shown.map(s => (
                  <td key={s.agencyId} data-agency={s.name} data-testid={`prep-cell-${s.agencyId}-${q.key}`}>
                    <Cell docs={s.docs.filter(d => d.read)} question={q.key} persons={persons} entryOf={entryOf} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

interface CellProps extends Pick<PrepProps, 'persons' | 'entryOf'> {
  docs: readonly DocRef[]
  question: string
}

function Cell({ docs, question, persons, entryOf }: CellProps) {
  return docs.map(ref => {
    const doc = entryOf(ref)?.slot.doc
    if (!doc?.loaded) return null
    return (
      <Said key={ref.doc} doc={doc} question={question}>
        {docs.length > 1 || ref.personId || ref.item !== 'basic' ? <PlaceChip entry={ref} persons={persons} /> : null}
      </Said>
    )
  })
}

function Said({ doc, question, children }: { doc: LiveDoc; question: string; children: React.ReactNode }) {
  const text = useText(doc.text(question))
  if (!text.trim()) return null
  return (
    <div className="prep-said">
      {children}
      <p>{text}</p>
    </div>
  )
}
