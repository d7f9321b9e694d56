import { useState } from 'react'
import type { Attendee } from '../../api/meeting'
import { useSubmit } from '../../app/useSubmit'
import { jstParts } from '../../dates/jstParts'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { Dialog } from '../../parts/Dialog'
import { words } from '../../words'
import { type AttendanceDraft, attendanceDraft, attendanceParams } from './AttendanceDraft'
import { AttendancePerson } from './AttendancePerson'
import { AttendanceTimes } from './AttendanceTimes'
import type { RoomProps } from './RoomProps'

interface Props extends RoomProps {
  /** The line to correct; without one a person is added who takes part without any account. */
  line?: Attendee | undefined
  onClose: () => void
}

const SHOWN = ['name', 'kana', 'post', 'agencyId', 'form', 'proxy', 'from', 'to', 'reason']

/** Writes down a person without account (a 民生委員 in the room, a family member), or corrects a line; both need a reason. */
export function AttendanceDialog({ room, act, line, onClose }: Props) {
  const [d, setDraft] = useState<AttendanceDraft>(() => attendanceDraft(line, Date.now()))
  const { submit, busy, at, rest } = useSubmit()
  const w = words.meeting
  const set = (part: Partial<AttendanceDraft>) => setDraft(s => ({ ...s, ...part }))
  const day = jstParts(room.meeting.openedAt ?? Date.now()).date
  const send = () =>
    void submit(() => act('attendance', attendanceParams(d, line, day))).then(ok => {
      if (ok) onClose()
    })
  const error = rest(...SHOWN)
  const part = { draft: d, set, at, room }
  return (
    <Dialog
      title={line ? w.attendanceFix(line.name) : w.addPerson}
      onClose={onClose}
      data-testid="attendance-dialog"
      foot={
        <Button kind="solid" busy={busy} why={missing(d)} onClick={send} data-testid="attendance-save">
          {line ? w.attendanceFixDo : words.form.add}
        </Button>
      }
    >
      <div className="stack">
        <p className="soft">{line ? w.attendanceFixHint : w.addPersonHint}</p>
        {error ? <Banner tone="bad" title={error} /> : null}
        {line ? (
          <Check
            label={w.absent}
            checked={d.absent}
            onValue={absent => set({ absent })}
            data-testid="attendance-absent"
          />
        ) : null}
        <div className="form-grid">
          <AttendancePerson {...part} fixed={line !== undefined && !line.manual} />
          <AttendanceTimes {...part} correcting={line !== undefined} />
        </div>
      </div>
    </Dialog>
  )
}

/** The first thing that is still to be written. */
function missing(d: AttendanceDraft): string | undefined {
  const w = words.meeting
  if (!d.name.trim()) return words.form.needed(w.guestName)
  if (!d.agencyId) return words.form.chosen(w.agency)
  return d.reason.trim() ? undefined : words.form.needed(w.attendanceReason)
}
