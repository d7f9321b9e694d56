import { useState } from 'react'
import { Link } from 'wouter'
import { type ImportHow, type ImportPreview, importForm } from '../../api/imports'
import { takeFormFile } from '../../api/takeFile'
import { useActor } from '../../app/useActor'
import { useSubmit } from '../../app/useSubmit'
import { showDate } from '../../dates/showDate'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'

interface Props {
  file: File
  preview: ImportPreview
  how: ImportHow
  busy: boolean
  onTake: (rest: boolean, skip: number[]) => void
  onBack: () => void
  onAnother: () => void
}

/** What would be taken in, what is wrong, who may be known already; then the order. */
export function CheckStep({ file, preview: p, how, busy, onTake, onBack, onAnother }: Props) {
  const [rest, setRest] = useState(false)
  const [skip, setSkip] = useState<number[]>([])
  const w = words.imports
  const n = p.good - skip.length
  const why = p.missing.length
    ? w.missing(p.missing.join('」「'))
    : n < 1
      ? w.nothing
      : p.bad && !rest
        ? w.needRest
        : undefined
  return (
    <div className="stack">
      <div className="row" role="status" data-testid="import-counts">
        <span>{w.total(p.total)}</span>
        <Chip tone="good">{w.good(p.good)}</Chip>
        <Chip tone={p.bad ? 'bad' : 'plain'}>{w.bad(p.bad)}</Chip>
        {p.done ? <Chip tone="key">{w.done(p.done)}</Chip> : null}
      </div>
      {p.missing.length ? <Banner tone="bad" title={w.missing(p.missing.join('」「'))} /> : null}
      {p.again.map(b => (
        <Banner key={b.id} tone="warn" title={w.again(b.byName, showInstant(b.at, 'short'), b.made)} />
      ))}
      {p.done ? <p className="soft">{w.doneHint}</p> : null}
      <Problems file={file} preview={p} how={how} />
      <Doubles preview={p} skip={skip} onSkip={setSkip} />
      {p.rows.length ? (
        <section className="stack-s">
          <Table caption={w.rowsTitle(p.rows.length)} head={[w.row, ...p.taken]} data-testid="import-rows">
            {p.rows.map(r => (
              <tr key={r.row}>
                <th scope="row" className="nowrap">
                  {r.row} {r.bad ? <Chip tone="bad">{w.error}</Chip> : null}
                </th>
                {r.values.map((v, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the columns of a table never move
                  <td key={i} className="import-sample pre">
                    {v}
                  </td>
                ))}
              </tr>
            ))}
          </Table>
        </section>
      ) : null}
      {p.bad && p.good ? (
        <Check label={w.rest(p.bad)} checked={rest} onValue={setRest} data-testid="import-rest" />
      ) : null}
      <div className="row">
        <Button onClick={onBack} data-testid="import-back">
          {w.back}
        </Button>
        <Button onClick={onAnother}>{w.another}</Button>
        <Button kind="solid" busy={busy} why={why} onClick={() => onTake(rest, skip)} data-testid="import-do">
          {w.doIt(Math.max(n, 0))}
        </Button>
      </div>
      <div aria-live="polite">{busy ? <Banner title={w.doing} /> : null}</div>
    </div>
  )
}

/** The list of errors, which can be taken along to mend the file by. */
function Problems({ file, preview: p, how }: { file: File; preview: ImportPreview; how: ImportHow }) {
  const { busy, submit, rest } = useSubmit()
  const actor = useActor()
  const w = words.imports
  if (!p.problems.length) return <p>{w.problemsNone}</p>
  const take = () => void submit(async () => takeFormFile('/imports/errors', importForm(file, how), w.errorsFile))
  return (
    <section className="stack-s">
      {actor.noCopies ? null : (
        <div className="row import-end">
          <Button small busy={busy} onClick={take} data-testid="import-errors">
            {w.takeErrors}
          </Button>
        </div>
      )}
      {rest() ? <Banner tone="bad" title={rest() ?? ''} /> : null}
      <div className="import-problems">
        <Table caption={w.problemsTitle} head={w.problemsHeads} data-testid="import-problems">
          {p.problems.map((x, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one row can have the same twice
            <tr key={i}>
              <th scope="row" className="num">
                {x.row}
              </th>
              <td className="nowrap">{x.letter}</td>
              <td>{x.field}</td>
              <td className="import-sample">{x.value}</td>
              <td>
                <Chip tone={x.note ? 'plain' : 'bad'}>{x.note ? w.note : w.error}</Chip> {x.message}
              </td>
            </tr>
          ))}
        </Table>
      </div>
      {p.problems.length >= 1000 ? <p className="soft">{w.problemsMore(1000)}</p> : null}
    </section>
  )
}

interface DoublesProps {
  preview: ImportPreview
  skip: number[]
  onSkip: (rows: number[]) => void
}

/** 重複のおそれ: who may be known already. */
function Doubles({ preview: p, skip, onSkip }: DoublesProps) {
  const w = words.imports
  if (!p.doubles.length) return null
  return (
    <section className="stack-s">
      <p className="soft">{w.doublesIntro}</p>
      <Table caption={w.doublesTitle} head={w.doublesHeads} data-testid="import-doubles">
        {p.doubles.map(d => (
          <tr key={d.row}>
            <th scope="row" className="num">
              {d.row}
            </th>
            <td>{d.name}</td>
            <td>
              {d.lines.map(l => (
                <div key={l.caseId} className="row">
                  <Link href={`/cases/${l.caseId}`} target="_blank">
                    {l.number}
                  </Link>
                  <span>{l.name}</span>
                  {l.birth ? <span>{showDate(l.birth, 'wareki')}</span> : null}
                  <Chip tone="key">{l.stageLabel}</Chip>
                  <span className="soft">{l.why.join('・')}</span>
                </div>
              ))}
            </td>
            <td>
              <Check
                label={<span className="sr-only">{w.notThis(d.row, d.name)}</span>}
                checked={skip.includes(d.row)}
                onValue={on => onSkip(on ? [...skip, d.row] : skip.filter(r => r !== d.row))}
                data-testid={`skip-${d.row}`}
              />
            </td>
          </tr>
        ))}
      </Table>
    </section>
  )
}
