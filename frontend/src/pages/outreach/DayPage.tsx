import { useEffect, useState } from 'react'
import { api } from '../../api/api'
import type { DayVisit, EntryInput, OutreachDay } from '../../api/outreach'
import { AcrossCases } from '../../app/AcrossCases'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { dayAfter } from '../../dates/dayAfter'
import { showDate } from '../../dates/showDate'
import { outbox } from '../../live/outbox'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { DateField } from '../../parts/DateField'
import { SelectField } from '../../parts/SelectField'
import type { Letter } from '../../sync/outbox/Letter'
import { words } from '../../words'
import './outreach.css'
import { anew, DayEntry } from './DayEntry'
import { DayRow } from './DayRow'
import { Unsent } from './Unsent'
import { useDayPrints } from './useDayPrints'
import { useOutreachCodes } from './useOutreachCodes'

/** 訪問の一日表: where to go today, in which order, and what to know before. */
export function DayPage() {
  const [day, setDay] = useState('')
  const [of, setOf] = useState('me')
  const { data, error, reload, put } = useLoad<OutreachDay>(`/outreach/day?day=${day}&of=${of}`)
  const [kept, setKept] = useState<OutreachDay | null>(null)
  const [open, setOpen] = useState<{ visit: DayVisit | null; letter: Letter<EntryInput> | null } | null>(null)
  const [said, setSaid] = useState('')
  const { submit, error: failed } = useSubmit()
  const w = words.outreach
  const codes = useOutreachCodes()
  useDayPrints(data?.day ?? '', of)
  useEffect(() => outbox.sent.on(() => void reload()), [reload])
  // What was typed here before and not sent is opened again.
  useEffect(() => {
    let gone = false
    void outbox.open<EntryInput>('', '/outreach').then(letter => {
      if (!letter) return
      if (gone) outbox.leave(letter)
      else setOpen({ visit: null, letter })
    })
    return () => {
      gone = true
    }
  }, [])
  // A list that was there stays on the page while the line is away.
  useEffect(() => {
    if (data) setKept(data)
  }, [data])
  const shown = data ?? (error?.kind === 'offline' ? kept : null)
  if (!shown) return <PageState error={error} reload={reload} />
  const { visits, overdue } = shown
  const move = (v: DayVisit, by: number) =>
    void submit(async () => {
      const from = visits.indexOf(v)
      const next = visits.filter(x => x !== v)
      next.splice(from + by, 0, v)
      put({ ...shown, visits: next })
      setSaid(w.moved(v.caseNumber, from + by + 1))
      await api.put('/outreach/day', { day: shown.day, ids: next.map(x => x.id) }).catch(async e => {
        await reload()
        throw e
      })
    })
  const write = (visit: DayVisit) => setOpen({ visit, letter: null })
  return (
    <div className="page stack day-page">
      <h1>
        {w.dayTitle}　{showDate(shown.day, 'wareki')}
      </h1>
      <p className="soft no-print">{w.dayLead}</p>
      <p className="print-only">
        {w.printedFor(shown.agency)}　{w.safetyOnScreen}
      </p>
      {error ? <Banner tone="warn" title={error.message} /> : null}
      {failed ? <Banner tone="bad" title={failed.message} /> : null}
      <Unsent about="" to="/outreach" onFix={l => setOpen({ visit: null, letter: anew(l) })} />
      <details className="disclosure no-print">
        <summary>{w.choose}</summary>
        <div className="form-grid">
          <DateField label={w.day} value={shown.day} onValue={setDay} data-testid="day-date" />
          <SelectField
            label={w.of}
            value={of}
            options={[
              { value: 'me', label: w.ofMe },
              { value: 'agency', label: w.ofAgency },
            ]}
            onValue={setOf}
            data-testid="day-of"
          />
        </div>
      </details>
      <div className="row no-print">
        <Button onClick={() => setDay(dayAfter(shown.day, -1))}>{w.prev}</Button>
        <Button onClick={() => setDay('')}>{w.todayGo}</Button>
        <Button onClick={() => setDay(dayAfter(shown.day, 1))} data-testid="day-next">
          {w.nextDayGo}
        </Button>
        <Button onClick={() => window.print()}>{w.print}</Button>
      </div>
      <p role="status" data-testid="day-said">
        {said}
      </p>
      {overdue.length ? (
        <section className="card stack-s" aria-labelledby="late-title" data-testid="day-overdue">
          <h2 id="late-title">{w.overdue(overdue.length)}</h2>
          <p className="soft no-print">{w.overdueHint}</p>
          <ul className="list">
            {overdue.map(v => (
              <DayRow key={v.id} visit={v} at={0} last onWrite={write} />
            ))}
          </ul>
        </section>
      ) : null}
      <section className="card stack-s" aria-labelledby="day-title">
        <h2 id="day-title">{w.today(visits.length)}</h2>
        {visits.length ? null : <p>{w.dayNone}</p>}
        <ol className="list" data-testid="day-list">
          {visits.map((v, i) => (
            <DayRow key={v.id} visit={v} at={i + 1} last={i === visits.length - 1} onWrite={write} onMove={move} />
          ))}
        </ol>
      </section>
      <div className="no-print">
        <AcrossCases />
      </div>
      {open ? (
        <DayEntry
          visit={open.visit}
          letter={open.letter}
          items={shown.items}
          codes={codes}
          onClose={() => setOpen(null)}
          onDone={sent => {
            setOpen(null)
            setSaid(sent ? w.sent : w.waits)
          }}
        />
      ) : null}
    </div>
  )
}
