import { type FormEvent, useState } from 'react'
import type { DateBoard } from '../../api/dates'
import { useSubmit } from '../../app/useSubmit'
import { jstInstant } from '../../dates/jstInstant'
import { jstParts } from '../../dates/jstParts'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { DateField } from '../../parts/DateField'
import { Group } from '../../parts/Group'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'

interface Line {
  key: number
  id: string
  date: string
  start: string
  end: string
}

interface Props {
  board: DateBoard
  onSave: (body: object) => Promise<void>
  onClose?: (() => void) | undefined
}

/** What is asked: the candidates, who must attend, until when. */
export function PollForm({ board, onSave, onClose }: Props) {
  const [lines, setLines] = useState<Line[]>(() => firstLines(board))
  const [must, setMust] = useState<string[]>(() =>
    board.agencies.filter(a => (board.open ? a.must : a.city)).map(a => a.agencyId),
  )
  const [until, setUntil] = useState(board.until)
  const { submit, busy, at, rest } = useSubmit()
  const w = words.datePoll
  const set = (key: number, part: Partial<Line>) => setLines(l => l.map(x => (x.key === key ? { ...x, ...part } : x)))
  const next = Math.max(0, ...lines.map(l => l.key)) + 1
  const last = lines.at(-1)
  const complete = lines.every(l => l.date && l.start && l.end) && Boolean(until)
  const send = (e: FormEvent) => {
    e.preventDefault()
    void submit(() =>
      onSave({
        options: lines.map(l => ({ id: l.id, start: jstInstant(l.date, l.start), end: jstInstant(l.date, l.end) })),
        must,
        until,
      }),
    )
  }
  const other = rest('until')
  return (
    <form className="card stack" onSubmit={send} noValidate aria-label={w.options}>
      <h2>{w.options}</h2>
      {other ? <Banner tone="bad" title={other} data-testid="poll-form-error" /> : null}
      {lines.map((l, i) => (
        <div key={l.key} className="agenda-draft">
          <DateField
            label={w.date(i + 1)}
            value={l.date}
            onValue={date => set(l.key, { date })}
            required
            data-testid={`poll-date-${i + 1}`}
          />
          <TextField
            label={w.start(i + 1)}
            type="time"
            value={l.start}
            onValue={start => set(l.key, { start })}
            required
            data-testid={`poll-start-${i + 1}`}
          />
          <TextField
            label={w.end(i + 1)}
            type="time"
            value={l.end}
            onValue={end => set(l.key, { end })}
            required
            data-testid={`poll-end-${i + 1}`}
          />
          {lines.length > 1 ? (
            <Button kind="text" onClick={() => setLines(lines.filter(x => x.key !== l.key))}>
              {w.remove(i + 1)}
            </Button>
          ) : null}
        </div>
      ))}
      <div>
        <Button
          onClick={() =>
            setLines([
              ...lines,
              { key: next, id: '', date: '', start: last?.start ?? '10:00', end: last?.end ?? '11:00' },
            ])
          }
          data-testid="poll-add"
        >
          ＋ {w.add}
        </Button>
      </div>
      <Group label={w.must} hint={w.mustHint}>
        {board.agencies.map(a => (
          <Check
            key={a.agencyId}
            label={a.name}
            checked={must.includes(a.agencyId)}
            onValue={on => setMust(on ? [...must, a.agencyId] : must.filter(x => x !== a.agencyId))}
            data-testid={`poll-must-${a.agencyId}`}
          />
        ))}
      </Group>
      <DateField
        label={w.until}
        value={until}
        onValue={setUntil}
        error={at('until')}
        required
        data-testid="poll-until"
      />
      <div className="row">
        <Button
          type="submit"
          kind="solid"
          busy={busy}
          why={complete ? undefined : words.form.needed(until ? w.options : w.until)}
          data-testid="poll-save"
        >
          {board.open ? w.change : w.ask}
        </Button>
        {onClose ? <Button onClick={onClose}>{words.form.cancel}</Button> : null}
      </div>
    </form>
  )
}

/** The candidates that are there, or two empty lines. */
function firstLines(board: DateBoard): Line[] {
  if (!board.lines.length) return [1, 2].map(key => ({ key, id: '', date: '', start: '10:00', end: '11:00' }))
  return board.lines.map((l, i) => ({
    key: i + 1,
    id: l.id,
    date: jstParts(l.start).date,
    start: jstParts(l.start).time,
    end: jstParts(l.end).time,
  }))
}
