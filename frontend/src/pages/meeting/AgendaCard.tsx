import { useState } from 'react'
import type { AgendaItem } from '../../api/meeting'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import { AgendaForm } from './AgendaForm'
import { findAct } from './findAct'
import type { RoomProps } from './RoomProps'

/** 議題, the current one marked; the desk shows, resolves and carries over. */
export function AgendaCard({ room, act }: RoomProps) {
  const [adding, setAdding] = useState(false)
  const [changing, setChanging] = useState('')
  const { submit, busy, error } = useSubmit()
  const w = words.meeting
  const project = findAct(room, 'project')
  const state = findAct(room, 'agenda_state')
  const add = findAct(room, 'agenda')
  const remove = findAct(room, 'agenda_remove')
  const [removed, setRemoved] = useState<AgendaItem | null>(null)
  return (
    <section className="card stack-s" aria-labelledby="agenda-title" data-testid="agenda">
      <div className="between">
        <h2 id="agenda-title">{w.agenda}</h2>
        {add?.allowed ? (
          <Button small aria-expanded={adding} onClick={() => setAdding(a => !a)} data-testid="agenda-add">
            ＋ {w.addAgenda}
          </Button>
        ) : null}
      </div>
      {error ? <Banner tone="bad" title={error.message} /> : null}
      {adding ? <AgendaForm onSave={item => act('agenda', item).then(() => setAdding(false))} /> : null}
      {removed ? (
        <Banner
          tone="good"
          title={w.agendaRemoved(removed.title)}
          actions={
            <Button
              small
              busy={busy}
              onClick={() => void submit(() => act('agenda', again(removed))).then(ok => ok && setRemoved(null))}
              data-testid="agenda-undo"
            >
              {words.plan.undoRemove}
            </Button>
          }
        />
      ) : null}
      <ol className="list">
        {room.agenda.map((a, i) => (
          <li
            key={a.id}
            className="agenda-item"
            data-current={a.id === room.current || undefined}
            data-testid={`agenda-${i + 1}`}
          >
            <div className="between">
              <span>
                <strong>
                  {i + 1}. {a.title}
                </strong>{' '}
                <Chip>{[a.kindLabel, a.purposeLabel].filter(Boolean).join('・')}</Chip>{' '}
                {a.id === room.current ? <Chip tone="key">{w.current}</Chip> : null}{' '}
                {a.state ? (
                  <Chip tone={a.state === 'resolved' ? 'good' : 'warn'}>
                    {a.state === 'resolved' ? w.resolved : w.carried}
                  </Chip>
                ) : null}
              </span>
              <span className="row no-print">
                {project?.allowed && a.id !== room.current ? (
                  <Button
                    small
                    busy={busy}
                    onClick={() => void submit(() => act('project', { id: a.id }))}
                    data-testid={`project-${i + 1}`}
                  >
                    {w.project}
                  </Button>
                ) : null}
                {state?.allowed && a.state !== 'resolved' ? (
                  <Button
                    small
                    busy={busy}
                    onClick={() => void submit(() => act('agenda_state', { id: a.id, state: 'resolved', note: '' }))}
                    data-testid={`resolve-${i + 1}`}
                  >
                    {w.resolved}
                  </Button>
                ) : null}
                {state?.allowed && a.state !== 'carried' ? (
                  <CarryButton
                    busy={busy}
                    onCarry={note => void submit(() => act('agenda_state', { id: a.id, state: 'carried', note }))}
                    n={i + 1}
                  />
                ) : null}
                {add?.allowed && !a.state && !a.withheld ? (
                  <Button
                    small
                    kind="text"
                    aria-expanded={changing === a.id}
                    aria-label={w.agendaChange(a.title)}
                    onClick={() => setChanging(id => (id === a.id ? '' : a.id))}
                    data-testid={`agenda-change-${i + 1}`}
                  >
                    {w.agendaEdit}
                  </Button>
                ) : null}
                {remove?.allowed ? (
                  <Button
                    small
                    kind="text"
                    busy={busy}
                    aria-label={w.agendaRemove(a.title)}
                    onClick={() =>
                      void submit(() => act('agenda_remove', { id: a.id })).then(ok => ok && setRemoved(a))
                    }
                    data-testid={`agenda-remove-${i + 1}`}
                  >
                    {words.form.remove}
                  </Button>
                ) : null}
              </span>
            </div>
            {changing === a.id ? (
              <AgendaForm old={a} onSave={item => act('agenda', item).then(() => setChanging(''))} />
            ) : null}
            {a.point ? <p className="soft">{a.point}</p> : null}
            {a.note ? <p className="soft">{a.note}</p> : null}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** The parameters that make a removed 議題 again, at the end of the list. */
function again({ title, purpose, kind = '', point, item, person, minutes }: AgendaItem): object {
  return { id: '', title, purpose, kind, point, item, person, minutes, state: '', note: '' }
}

function CarryButton({ busy, onCarry, n }: { busy: boolean; onCarry: (note: string) => void; n: number }) {
  const [note, setNote] = useState<string | null>(null)
  const w = words.meeting
  if (note === null) {
    return (
      <Button small onClick={() => setNote('')} data-testid={`carry-${n}`}>
        {w.carried}
      </Button>
    )
  }
  return (
    <>
      <input
        className="input carry-note"
        aria-label={w.carryNote}
        value={note}
        onChange={e => setNote(e.currentTarget.value)}
        data-testid={`carry-note-${n}`}
      />
      <Button
        small
        busy={busy}
        onClick={() => {
          onCarry(note)
          setNote(null)
        }}
        data-testid={`carry-do-${n}`}
      >
        {w.carried}
      </Button>
    </>
  )
}
