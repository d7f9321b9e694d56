import { useState } from 'react'
import { useSubmit } from '../../app/useSubmit'
import { showDate } from '../../dates/showDate'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { DateField } from '../../parts/DateField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { findAct } from './findAct'
import type { RoomProps } from './RoomProps'

/** ⑦次回. */
export function NextMeetingCard({ room, act }: RoomProps) {
  const { next } = room
  const [date, setDate] = useState(next?.date ?? '')
  const [time, setTime] = useState(next?.time ?? '')
  const [agenda, setAgenda] = useState(next?.agenda ?? '')
  const { submit, busy, error } = useSubmit()
  const may = findAct(room, 'next')
  const w = words.meeting
  if (!may && !next) return null
  return (
    <section className="card stack-s" aria-labelledby="next-title">
      <h2 id="next-title">{w.next}</h2>
      {next ? (
        <p data-testid="next-shown">
          {next.date ? showDate(next.date) : ''} {next.time}　{next.agenda}
        </p>
      ) : null}
      {error ? <Banner tone="bad" title={error.message} /> : null}
      {may ? (
        <div className="form-grid">
          <DateField label={w.nextDate} value={date} onValue={setDate} data-testid="next-date" />
          <TextField label={w.nextTime} type="time" value={time} onValue={setTime} data-testid="next-time" />
          <TextField label={w.nextAgenda} value={agenda} onValue={setAgenda} data-testid="next-agenda" />
          <Button
            busy={busy}
            why={may.allowed ? undefined : may.why}
            onClick={() => void submit(() => act('next', { date, time, agenda }))}
            data-testid="act-next"
          >
            {w.nextSave}
          </Button>
        </div>
      ) : null}
    </section>
  )
}
