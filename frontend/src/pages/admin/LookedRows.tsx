import type { LookedRow, LookedTable } from '../../api/firstRun'
import { Banner } from '../../parts/Banner'
import { Chip } from '../../parts/Chip'
import type { Option } from '../../parts/Option'
import { Table } from '../../parts/Table'
import { words } from '../../words'

interface Props {
  table: LookedTable
  categories: readonly Option[]
}

const TONES = { new: 'good', change: 'key', same: 'plain', error: 'bad' } as const

/** What a table says, row by row, and what is wrong with it. */
export function LookedRows({ table, categories }: Props) {
  const w = words.firstRun
  const count = (s: LookedRow['state']) => table.rows.filter(r => r.state === s).length
  const wrong = count('error')
  const title = w.takeCount(count('new'), count('change'), count('same'), wrong)
  return (
    <>
      <Banner tone={wrong ? 'warn' : 'good'} title={title} data-testid="take-count">
        {[
          table.bare ? w.takeBare : '',
          table.unused.length ? w.takeUnused(table.unused.join('、')) : '',
          wrong ? w.takeWrong : '',
        ]
          .filter(Boolean)
          .map(s => (
            <p key={s}>{s}</p>
          ))}
      </Banner>
      <Table
        caption={w.takeRows}
        head={[w.takeLine, w.state, words.admin.name, w.short, words.admin.category, w.contact, w.phone, w.takeProblem]}
        data-testid="take-rows"
      >
        {table.rows.map(r => (
          <tr key={r.line} data-testid={`take-row-${r.line}`}>
            <td>{r.line}</td>
            <td>
              <Chip tone={TONES[r.state]}>{w.takeStates[r.state]}</Chip>
            </td>
            <th scope="row">{r.name}</th>
            <td>{r.short}</td>
            <td>{categories.find(c => c.value === r.category)?.label ?? r.said}</td>
            <td className="nowrap">{r.contact}</td>
            <td className="nowrap">{r.phone}</td>
            <td>
              {r.problems.map(p => (
                <div key={p.field + p.message} className="field-error">
                  {p.message}
                </div>
              ))}
            </td>
          </tr>
        ))}
      </Table>
    </>
  )
}
