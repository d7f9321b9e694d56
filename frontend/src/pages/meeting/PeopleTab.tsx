import { useState } from 'react'
import type { Attendee } from '../../api/meeting'
import { useActor } from '../../app/useActor'
import { useSubmit } from '../../app/useSubmit'
import { showTime } from '../../dates/showTime'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { AttendanceDialog } from './AttendanceDialog'
import { AttendancePaper } from './AttendancePaper'
import { ConferenceCard } from './during/ConferenceCard'
import { findAct } from './findAct'
import { GuestDialog } from './GuestDialog'
import { GuestList } from './GuestList'
import { OfficersDialog } from './OfficersDialog'
import { OwnForm } from './OwnForm'
import type { RoomProps } from './RoomProps'

interface Props extends RoomProps {
  reload: () => Promise<void>
}

/** 出席: who, in which form, from when until when, and the confirmed duty of secrecy. */
export function PeopleTab({ room, act, reload }: Props) {
  const [inviting, setInviting] = useState(false)
  const [adding, setAdding] = useState(false)
  const [fixing, setFixing] = useState<Attendee | null>(null)
  const [officers, setOfficers] = useState(false)
  const { submit, busy, error } = useSubmit()
  const me = useActor().id
  const running = ['reception', 'open', 'agreeing'].includes(room.status)
  const w = words.meeting
  const invite = findAct(room, 'guest_invite')
  const note = findAct(room, 'attendance')
  const chair = findAct(room, 'chair')
  const paper = findAct(room, 'secrecy_paper')
  return (
    <div className="stack">
      <div className="between">
        <h2>{w.people}</h2>
        <div className="row">
          <AttendancePaper room={room} />
          {chair?.allowed ? (
            <Button onClick={() => setOfficers(true)} data-testid="officers">
              {w.officersChange}
            </Button>
          ) : null}
          {note?.allowed ? (
            <Button onClick={() => setAdding(true)} data-testid="add-attendee">
              {w.addPerson}
            </Button>
          ) : null}
          {invite ? (
            <Button
              why={invite.allowed ? undefined : invite.why}
              onClick={() => setInviting(true)}
              data-testid="invite"
            >
              {w.guests}
            </Button>
          ) : null}
        </div>
      </div>
      {error ? <Banner tone="bad" title={error.message} /> : null}
      {room.status === 'closed' && note && !note.allowed ? <p className="soft">{note.why}</p> : null}
      <Table
        caption={w.people}
        head={[
          w.agency,
          w.attendee,
          w.attendForm,
          w.time,
          w.secrecyTitle,
          ...(note?.allowed
            ? [
                <span key="fix" className="sr-only">
                  {w.attendanceFixShort}
                </span>,
              ]
            : []),
        ]}
        data-testid="attendance"
      >
        {room.attendance.map(p => (
          <tr key={p.key}>
            <td>{p.agencyName}</td>
            <th scope="row">
              {p.name} <span className="soft">{p.post}</span>{' '}
              {p.proxy ? <Chip>{`${w.proxyShort}：${p.proxy}`}</Chip> : null}{' '}
              {p.guest ? <Chip>{words.prepare.guestChip}</Chip> : null}
            </th>
            <td>
              {p.absent ? <Chip tone="warn">{w.absent}</Chip> : formLabel(p)}{' '}
              {p.key === me && isHere(p) && running ? (
                <OwnForm id={room.meeting.id} form={p.form} reload={reload} />
              ) : null}
            </td>
            <td className="num">{spans(p)}</td>
            <td>
              {p.secrecy ? (
                <Chip tone="good">{w.secrecyDone(showTime(p.secrecy))}</Chip>
              ) : (
                <span className="row">
                  <Chip tone="warn">{w.secrecyNot}</Chip>
                  {paper?.allowed && p.manual ? (
                    <Button small busy={busy} onClick={() => void submit(() => act('secrecy_paper', { key: p.key }))}>
                      {w.secrecyPaper}
                    </Button>
                  ) : null}
                </span>
              )}
            </td>
            {note?.allowed ? (
              <td>
                <Button
                  small
                  kind="text"
                  aria-label={w.attendanceFix(p.name)}
                  onClick={() => setFixing(p)}
                  data-testid={`attendance-fix-${p.key}`}
                >
                  {w.attendanceFixShort}
                </Button>
              </td>
            ) : null}
          </tr>
        ))}
      </Table>
      <ConferenceCard room={room} act={act} />
      {room.you.chair || room.you.holder ? <GuestList room={room} onDone={reload} /> : null}
      {adding ? <AttendanceDialog room={room} act={act} onClose={() => setAdding(false)} /> : null}
      {fixing ? <AttendanceDialog room={room} act={act} line={fixing} onClose={() => setFixing(null)} /> : null}
      {officers ? <OfficersDialog room={room} act={act} onClose={() => setOfficers(false)} /> : null}
      {inviting ? <GuestDialog room={room} onClose={() => setInviting(false)} onDone={reload} /> : null}
    </div>
  )
}

/** Who has confirmed secrecy and not come yet is in no form there. */
function formLabel({ form, spans }: Attendee): string {
  const w = words.meeting
  if (!spans.length && form !== 'written') return ''
  return form === 'remote' ? w.formRemote : form === 'written' ? w.formWritten : w.formRoom
}

const isHere = (p: Attendee) => p.spans.some(s => !s.to)

function spans(p: Attendee): string {
  return p.spans.map(s => `${showTime(s.from)}〜${s.to ? showTime(s.to) : ''}`).join('、')
}
