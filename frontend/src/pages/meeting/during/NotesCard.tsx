import { useState } from 'react'
import type { CasePage } from '../../../api/cases'
import type { Note } from '../../../api/during'
import { useLoad } from '../../../app/useLoad'
import { useSubmit } from '../../../app/useSubmit'
import { Banner } from '../../../parts/Banner'
import { Button } from '../../../parts/Button'
import { Chip } from '../../../parts/Chip'
import { words } from '../../../words'
import { personLabel } from '../../cases/personLabel'
import { findAct } from '../findAct'
import type { RoomProps } from '../RoomProps'

/** 保留 and 地域課題メモ of the meeting; the desk settles what is parked or carries it over. */
export function NotesCard({ room, act }: RoomProps) {
  const { submit, busy, error } = useSubmit()
  const [carrying, setCarrying] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const w = words.during
  const may = findAct(room, 'note_state')?.allowed
  const notes = room.during.notes
  const named = notes.some(n => n.person && !n.withheld)
  const { data: page } = useLoad<CasePage>(
    named ? `/cases/${room.meeting.caseId}?meeting=${encodeURIComponent(room.meeting.id)}` : null,
  )
  if (!notes.length) return null
  const open = notes.filter(n => n.kind === 'park' && !n.state)
  const set = (id: string, state: string, why = '') =>
    void submit(() => act('note_state', { id, state, reason: why })).then(ok => {
      if (ok) {
        setCarrying(null)
        setReason('')
      }
    })
  const ask = (id: string) => {
    setReason('')
    setCarrying(id)
  }
  return (
    <section className="card stack-s" aria-labelledby="notes-title" data-testid="notes">
      <div className="between">
        <h2 id="notes-title">{w.notes}</h2>
        {may && open.length > 1 ? (
          <Button small onClick={() => ask('')} data-testid="carry-all">
            {w.carryAll}
          </Button>
        ) : null}
      </div>
      {error ? <Banner tone="bad" title={error.message} data-testid="notes-error" /> : null}
      <ul className="list">
        {notes.map(n => (
          <li key={n.id} className="between" data-testid="note" data-state={n.state}>
            <span>
              <Chip tone={n.kind === 'park' ? 'warn' : 'key'}>{w.kinds[n.kind]}</Chip>{' '}
              {n.person && page && !n.withheld ? <Chip>{personLabel(page.persons, n.person)}</Chip> : null}{' '}
              <NoteText note={n} />
            </span>
            {may ? <NoteTools note={n} busy={busy} set={set} ask={ask} /> : null}
          </li>
        ))}
      </ul>
      {carrying === null ? null : (
        <div className="toolbar">
          <input
            className="input"
            aria-label={w.carryReason}
            placeholder={w.carryReason}
            value={reason}
            onChange={e => setReason(e.currentTarget.value)}
            data-testid="note-reason"
          />
          <Button
            busy={busy}
            why={reason.trim() ? undefined : words.form.needed(w.carryReason)}
            onClick={() => set(carrying, 'carried', reason)}
            data-testid="note-carry-do"
          >
            {carrying ? w.carry : w.carryAll}
          </Button>
          <Button kind="text" onClick={() => setCarrying(null)}>
            {words.form.cancel}
          </Button>
        </div>
      )}
    </section>
  )
}

export function NoteText({ note: n }: { note: Note }) {
  const w = words.during
  return (
    <>
      {n.withheld ? <em>{w.withheld}</em> : <span data-dropped={n.state === 'dropped' || undefined}>{n.text}</span>}{' '}
      {n.state ? <Chip tone={n.state === 'settled' ? 'good' : 'plain'}>{w.states[n.state]}</Chip> : null}{' '}
      {n.shared && n.state !== 'dropped' ? <Chip>{w.shared}</Chip> : null}{' '}
      <span className="soft">
        {n.agencyName} {n.reason}
      </span>
    </>
  )
}

interface ToolProps {
  note: Note
  busy: boolean
  set: (id: string, state: string) => void
  ask: (id: string) => void
}

function NoteTools({ note: n, busy, set, ask }: ToolProps) {
  const w = words.during
  const button = (label: string, onClick: () => void, testid: string) => (
    <Button small busy={busy} aria-label={`${label}：${n.text}`} onClick={onClick} data-testid={testid}>
      {label}
    </Button>
  )
  if (n.state) return button(w.reopen, () => set(n.id, ''), 'note-reopen')
  if (n.kind === 'local') return button(w.drop, () => set(n.id, 'dropped'), 'note-drop')
  return (
    <span className="row">
      {button(w.settle, () => set(n.id, 'settled'), 'note-settle')}
      {button(w.carry, () => ask(n.id), 'note-carry')}
    </span>
  )
}
