import { useState } from 'react'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { findAct } from './findAct'
import type { RoomProps } from './RoomProps'

/** 感触確認: a quick look before the plan is frozen; what the others feel is shown when all have told. */
export function SenseCard({ room, act }: RoomProps) {
  const [feel, setFeel] = useState('')
  const [note, setNote] = useState('')
  const { submit, busy, error } = useSubmit()
  const w = words.after
  const start = findAct(room, 'sense')
  const answer = findAct(room, 'sense_answer')
  const { sense } = room
  const label = (f: string) => w.feels.find(x => x.value === f)?.label ?? f
  const name = (id: string) => room.seats.find(s => s.agencyId === id)?.name ?? id
  if (!sense && !start?.allowed) return null
  return (
    <section className="card stack-s" aria-labelledby="sense-title" data-testid="sense">
      <div className="between">
        <h2 id="sense-title">{w.senseTitle}</h2>
        {start?.allowed ? (
          <Button small busy={busy} onClick={() => void submit(() => act('sense'))} data-testid="sense-start">
            {sense ? w.senseAgain : w.senseStart}
          </Button>
        ) : null}
      </div>
      <p className="soft">{w.senseHelp}</p>
      {error ? <Banner tone="bad" title={error.message} /> : null}
      {sense && !sense.revealed && !sense.over ? (
        <p role="status" data-testid="sense-missing">
          {w.senseWaiting(sense.missing.map(name).join('、'))}
        </p>
      ) : null}
      {sense?.revealed ? (
        <ul className="list" aria-live="polite" data-testid="sense-list">
          {sense.list.map(a => (
            <li key={a.agencyId} className="row">
              <strong>{a.agencyName}</strong>
              <Chip tone={a.feel === 'good' ? 'good' : a.feel === 'worry' ? 'bad' : 'warn'}>{label(a.feel)}</Chip>
              <span>{a.note}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {sense && answer?.allowed ? (
        <>
          {sense.own ? <p className="soft">{w.senseMine(label(sense.own.feel))}</p> : null}
          <div className="row">
            {w.feels.map(f => (
              <Button
                key={f.value}
                aria-pressed={feel === f.value}
                onClick={() => setFeel(f.value)}
                data-testid={`sense-${f.value}`}
              >
                <span aria-hidden="true">{f.icon}</span> {f.label}
              </Button>
            ))}
          </div>
          <div className="toolbar">
            <TextField label={w.senseNote} value={note} onValue={setNote} />
            <Button
              kind="solid"
              busy={busy}
              why={feel ? undefined : words.form.chosen(w.senseTitle)}
              onClick={() =>
                void submit(async () => {
                  await act('sense_answer', { feel, note })
                  setFeel('')
                })
              }
              data-testid="sense-send"
            >
              {w.senseSend}
            </Button>
          </div>
        </>
      ) : null}
    </section>
  )
}
