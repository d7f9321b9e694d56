import { useEffect, useState } from 'react'
import type { Carried, Followup, Homework } from '../../api/after'
import { api } from '../../api/api'
import type { Room } from '../../api/meeting'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { showDate } from '../../dates/showDate'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { findAct } from './findAct'
import type { RoomProps } from './RoomProps'

/** 前回からの宿題・持ち越し: what is late first, and the own tasks to be ticked. */
export function FollowupCard({ room, act }: RoomProps) {
  const { data, reload } = useLoad<Followup>(`/meetings/${room.meeting.id}/followup`)
  const { submit, busy, error } = useSubmit()
  const w = words.after
  useEffect(() => {
    if (room.seq) void reload()
  }, [room.seq, reload])
  if (!data || (!data.homework.length && !data.carried.length)) return null
  return (
    <section className="card stack-s" aria-labelledby="followup-title" data-testid="followup">
      <h2 id="followup-title">{w.followTitle}</h2>
      {data.late ? <Banner tone="bad" title={w.followLate(data.late)} data-testid="followup-late" /> : null}
      {error ? <Banner tone="bad" title={error.message} /> : null}
      <ul className="list">
        {data.homework.map(h => (
          <TaskLine key={h.docId + h.row} task={h} onDone={reload} />
        ))}
      </ul>
      {data.carried.length ? (
        <>
          <h3>{w.followCarried}</h3>
          <ul className="list">
            {data.carried.map(c => (
              <li key={c.meetingId + c.kind + c.title + c.point} className="between">
                <span className="row">
                  <Chip>{w.followFrom(c.meetingNo)}</Chip>
                  {c.kind === 'park' ? <Chip tone="warn">{w.carriedPark}</Chip> : null}
                  <strong>{c.title}</strong>
                  <span className="soft">{[c.point, c.note].filter(Boolean).join('　')}</span>
                </span>
                {mayAdd(room, c) ? (
                  <Button
                    small
                    busy={busy}
                    aria-label={w.carriedAddOf(c.title)}
                    onClick={() => void submit(() => act('agenda', again(c)))}
                    data-testid="carried-add"
                  >
                    {w.carriedAdd}
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  )
}

/** What an earlier meeting put off can be taken up here, once. */
function mayAdd(room: Room, c: Carried): boolean {
  const open = findAct(room, 'agenda')?.allowed ?? false
  return open && !c.withheld && c.meetingId !== room.meeting.id && !room.agenda.some(a => a.title === c.title)
}

/** It is a 議題 again, with its own purpose and class. */
const again = (c: Carried) => ({
  id: '',
  title: c.title,
  purpose: c.purpose,
  kind: '',
  point: c.point || c.note || c.title,
  item: c.item,
  person: c.personId,
  minutes: 0,
})

function TaskLine({ task, onDone }: { task: Homework; onDone: () => Promise<void> }) {
  const [status, setStatus] = useState(task.status)
  const [note, setNote] = useState('')
  const { submit, busy, error } = useSubmit()
  const w = words.after
  const save = () =>
    void submit(async () => {
      await api.post(`/meetings/${task.meetingId}/acts`, {
        act: 'tick',
        params: { docId: task.docId, row: task.row, status, note },
        seq: 0,
      })
      setNote('')
      await onDone()
    })
  return (
    <li className="stack-s" data-late={task.late || undefined} data-testid={`task-${task.row}`}>
      <div className="row">
        <Chip>{w.followFrom(task.meetingNo)}</Chip>
        <strong>{task.agencyName}</strong>
        <span>{task.text}</span>
        {task.who ? <span className="soft">{task.who}</span> : null}
        <Chip tone={task.late ? 'bad' : 'plain'}>
          {task.due ? showDate(task.due, 'wareki') : w.noDue}
          {task.late ? `　${w.late}` : ''}
        </Chip>
        <Chip tone={task.status === 'done' ? 'good' : task.status ? 'warn' : 'plain'}>{task.statusLabel}</Chip>
        {task.note ? <span className="soft">{`${task.note}（${task.by}）`}</span> : null}
      </div>
      {error ? <Banner tone="bad" title={error.message} /> : null}
      {task.mine ? (
        <div className="toolbar">
          <SelectField
            label={w.status}
            value={status}
            options={w.statuses}
            onValue={setStatus}
            data-testid="tick-status"
          />
          <TextField label={w.tickNote} value={note} onValue={setNote} data-testid="tick-note" />
          <Button
            busy={busy}
            why={status === 'dropped' && !note.trim() ? words.form.needed(w.tickNote) : undefined}
            onClick={save}
            data-testid="tick-save"
          >
            {w.tickSave}
          </Button>
        </div>
      ) : null}
    </li>
  )
}
