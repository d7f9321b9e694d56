import { showMoment, yearsBetween } from '../../dates/showMoment'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import { personLabel } from '../cases/personLabel'
import { mayWrite } from '../plan/mayWrite'
import type { PlanRow } from '../plan/PlanRow'
import type { Household } from './useHousehold'

interface Props {
  household: Household
  /** Oldest first. */
  rows: readonly PlanRow[]
  texts: ReadonlyMap<string, string>
  onOpen: (id: string) => void
}

/** The chronicle as a table: a line per time, a column for the household and for each person, with their age. */
export function ChronicleTable({ household, rows, texts, onOpen }: Props) {
  const { persons } = household.page
  const w = words.household.chronicle
  const columns = [{ id: '', birth: '' }, ...persons]
  const when = (r: PlanRow) => String(r.doc.values.get(`event/${r.id}/when`) ?? '')
  const lines: { when: string; rows: PlanRow[] }[] = []
  for (const r of rows) {
    const last = lines.at(-1)
    if (last && last.when === when(r)) last.rows.push(r)
    else lines.push({ when: when(r), rows: [r] })
  }
  return (
    <section className="table-wrap" aria-label={w.caption}>
      <table className="table chronicle" data-testid="chronicle">
        <caption>{w.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{w.when}</th>
            {columns.map(c => (
              <th key={c.id} scope="col">
                <bdi dir="ltr">{c.id ? personLabel(persons, c.id) : w.all}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(line => (
            <tr key={line.rows[0]?.id}>
              <th scope="row">{line.when ? showMoment(line.when) : w.unknown}</th>
              {columns.map(c => {
                const age = c.birth && line.when ? yearsBetween(c.birth, line.when) : null
                return (
                  <td key={c.id}>
                    {age === null ? null : <span className="soft chronicle-age">{w.age(age)}</span>}
                    {line.rows
                      .filter(r => r.entry.ref.personId === c.id)
                      .map(r => (
                        <EventCell
                          key={r.id}
                          household={household}
                          row={r}
                          text={texts.get(r.id) ?? ''}
                          onOpen={onOpen}
                        />
                      ))}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function EventCell({
  household,
  row,
  text,
  onOpen,
}: {
  household: Household
  row: PlanRow
  text: string
  onOpen: (id: string) => void
}) {
  const w = words.household.chronicle
  const source = household.agencyName(String(row.doc.values.get(`event/${row.id}/agency`) ?? ''))
  const shown = <bdi>{text || w.blank}</bdi>
  return (
    <div className="chronicle-event">
      {mayWrite(row.entry) ? (
        <button type="button" className="link-button" data-testid={`event-${row.id}`} onClick={() => onOpen(row.id)}>
          {shown}
        </button>
      ) : (
        <p>{shown}</p>
      )}
      <span className="chronicle-about soft">
        <Chip>{row.entry.ref.itemLabel || row.entry.ref.label}</Chip>
        {source ? <bdi dir="ltr">{w.sourceShort(source)}</bdi> : null}
      </span>
    </div>
  )
}
