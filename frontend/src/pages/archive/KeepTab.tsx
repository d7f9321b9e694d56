import { useState } from 'react'
import type { Kept } from '../../api/archive'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { today } from '../../dates/today'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { Chip } from '../../parts/Chip'
import { SelectField } from '../../parts/SelectField'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { ClassTableCard } from './ClassTableCard'
import { Disposals } from './Disposals'
import { Period } from './Period'
import { ProposeDialog } from './ProposeDialog'

/** The last day of this or a later 年度. */
const yearEnd = (later: number) => {
  const day = today()
  return `${Number(day.slice(0, 4)) + (day.slice(5, 7) < '04' ? 0 : 1) + later}-03-31`
}

/** 保存期間・廃棄: what has expired, what was proposed, and the table that decides. */
export function KeepTab() {
  const [range, setRange] = useState<keyof typeof words.keeping.untils>('')
  const [chosen, setChosen] = useState<string[]>([])
  const [asking, setAsking] = useState(false)
  const [round, setRound] = useState(0)
  const until = range === '' ? '' : yearEnd(range === 'year' ? 0 : 1)
  const { data, error, reload } = useLoad<{ records: Kept[] }>(`/archive/ending?until=${until}`)
  const w = words.keeping
  if (!data) return <PageState error={error} reload={reload} />
  const why = (r: Kept) =>
    r.held ? w.cannotChoose.held : r.proposed ? w.cannotChoose.proposed : r.expired ? undefined : w.cannotChoose.early
  const done = async () => {
    setAsking(false)
    setChosen([])
    setRound(n => n + 1)
    await reload()
  }
  const picked = data.records.filter(r => chosen.includes(r.id) && !why(r))
  return (
    <div className="stack">
      <h2>{w.ending}</h2>
      <p className="soft">{w.endingHint}</p>
      <div className="toolbar">
        <SelectField
          label={w.until}
          value={range}
          options={Object.entries(w.untils).map(([value, label]) => ({ value, label }))}
          onValue={v => setRange(v as typeof range)}
          data-testid="ending-range"
        />
        <Button
          kind="solid"
          why={picked.length ? undefined : w.chooseFirst}
          onClick={() => setAsking(true)}
          data-testid="propose"
        >
          {w.propose(picked.length)}
        </Button>
      </div>
      <p role="status" className="soft">
        {data.records.length ? words.cases.count(data.records.length) : w.none}
      </p>
      {data.records.length ? (
        <Table
          caption={w.ending}
          head={['', words.archive.number, words.archive.document, words.archive.caseNumber, words.archive.retention]}
          data-testid="ending-list"
        >
          {data.records.map(r => (
            <tr key={r.id}>
              <td>
                <Check
                  label={<span className="sr-only">{w.choose(r.number)}</span>}
                  disabled={Boolean(why(r))}
                  title={why(r)}
                  checked={chosen.includes(r.id) && !why(r)}
                  onValue={on => setChosen(on ? [...chosen, r.id] : chosen.filter(x => x !== r.id))}
                  data-testid={`pick-${r.number}`}
                />
              </td>
              <th scope="row" className="nowrap">
                {r.number}
              </th>
              <td>
                <Chip>{r.kindLabel}</Chip> {r.title} {r.proposed ? <Chip tone="key">{w.proposed}</Chip> : null}
              </td>
              <td>{r.caseNumber}</td>
              <td>
                <Period record={r} />
              </td>
            </tr>
          ))}
        </Table>
      ) : null}
      {asking ? <ProposeDialog records={picked} onClose={() => setAsking(false)} onDone={done} /> : null}
      <Disposals key={round} onDone={reload} />
      <ClassTableCard />
    </div>
  )
}
