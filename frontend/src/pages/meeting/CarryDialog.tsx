import { useState } from 'react'
import { api } from '../../api/api'
import type { CarryList, CarryRow } from '../../api/carry'
import type { Room } from '../../api/meeting'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { showDate } from '../../dates/showDate'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { words } from '../../words'
import { CarryLine } from './CarryLine'
import { byPerson, keyOf } from './carryRows'

interface Props {
  room: Room
  onClose: () => void
  onDone: (n: number) => void
}

/** The pick-list: nothing is chosen at first, and nothing is carried but what is chosen here. */
export function CarryDialog({ room, onClose, onDone }: Props) {
  const path = `/meetings/${room.meeting.id}/carry`
  const { data, error: unread, reload } = useLoad<CarryList>(path)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const { submit, busy, error } = useSubmit()
  const w = words.carry
  const rows = (data?.meetings ?? []).flatMap(m => m.rows).filter(r => chosen.has(keyOf(r)) && !r.carried && !r.why)
  const set = (row: CarryRow, on: boolean) =>
    setChosen(old => {
      const next = new Set(old)
      if (on) next.add(keyOf(row))
      else next.delete(keyOf(row))
      return next
    })
  const send = async () => {
    const ok = await submit(async () => {
      await api.post(path, { rows: rows.map(({ meeting, doc, row }) => ({ meeting, doc, row })) })
    })
    if (ok) onDone(rows.length)
    else void reload()
  }
  return (
    <Dialog
      wide
      title={w.title}
      onClose={onClose}
      data-testid="carry-dialog"
      foot={
        <>
          <span className="soft" role="status" data-testid="carry-count">
            {rows.length ? w.chosen(rows.length) : w.nothing}
          </span>
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button
            kind="solid"
            busy={busy}
            why={rows.length ? undefined : w.nothing}
            onClick={() => void send()}
            data-testid="carry-do"
          >
            {w.do(rows.length)}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{w.dialogText}</p>
        {error ? <Banner tone="bad" title={error.message} data-testid="carry-error" /> : null}
        {unread ? <Banner tone="bad" title={unread.message} /> : null}
        {data && !data.meetings.length ? <p>{w.none}</p> : null}
        {data?.meetings.map(m => (
          <section key={m.id} className="stack-s" aria-labelledby={`carry-${m.id}`}>
            <h3 id={`carry-${m.id}`}>{w.meeting(m.label, showDate(m.date))}</h3>
            {byPerson(m.rows).map(p => (
              <fieldset key={p.id} className="field">
                <legend className="field-label">{p.name}</legend>
                <ul className="list">
                  {p.rows.map(r => (
                    <CarryLine
                      key={keyOf(r)}
                      row={r}
                      seats={room.seats}
                      checked={chosen.has(keyOf(r))}
                      onValue={on => set(r, on)}
                    />
                  ))}
                </ul>
              </fieldset>
            ))}
          </section>
        ))}
      </div>
    </Dialog>
  )
}
