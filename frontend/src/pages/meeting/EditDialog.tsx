import { useState } from 'react'
import type { CasePage } from '../../api/cases'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { jstInstant } from '../../dates/jstInstant'
import { jstParts } from '../../dates/jstParts'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { newMeetingDraft } from './MeetingDraft'
import type { RoomProps } from './RoomProps'
import { WhenFields } from './WhenFields'

interface Props extends RoomProps {
  onClose: () => void
}

/** 会議の内容を変える: title, day, times, place, form and plan, until 開会. */
export function EditDialog({ room, act, onClose }: Props) {
  const m = room.meeting
  const start = jstParts(m.plannedStart)
  const [d, setDraft] = useState(() => ({
    ...newMeetingDraft('', start.date),
    title: m.title,
    start: start.time,
    end: jstParts(m.plannedEnd).time,
    place: m.place,
    form: m.form,
    planId: room.planId as string | null,
  }))
  const { data: page } = useLoad<CasePage>(`/cases/${m.caseId}?meeting=${encodeURIComponent(m.id)}`)
  const { submit, busy, error } = useSubmit()
  const w = words.prepare
  const set = (part: Partial<typeof d>) => setDraft(x => ({ ...x, ...part }))
  const plannedStart = d.date ? jstInstant(d.date, d.start) : ''
  const plannedEnd = d.date ? jstInstant(d.date, d.end) : ''
  const same =
    d.title === m.title &&
    Date.parse(plannedStart) === Date.parse(m.plannedStart) &&
    Date.parse(plannedEnd) === Date.parse(m.plannedEnd) &&
    d.place === m.place &&
    d.form === m.form &&
    d.planId === room.planId
  const send = () =>
    void submit(() =>
      act('edit', { title: d.title, plannedStart, plannedEnd, place: d.place, form: d.form, planId: d.planId }),
    ).then(ok => {
      if (ok) onClose()
    })
  return (
    <Dialog
      title={w.edit}
      onClose={onClose}
      onCtrlEnter={send}
      data-testid="edit-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button
            kind="solid"
            busy={busy}
            why={
              !d.title.trim()
                ? words.form.needed(words.meeting.titleField)
                : !d.date
                  ? words.form.needed(words.meeting.plannedDate)
                  : same
                    ? w.editSame
                    : undefined
            }
            onClick={send}
            data-testid="edit-save"
          >
            {w.editSave}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p className="soft">{w.editHint}</p>
        {error ? <Banner tone="bad" title={error.message} data-testid="edit-error" /> : null}
        <TextField
          label={words.meeting.titleField}
          value={d.title}
          onValue={title => set({ title })}
          required
          data-testid="meeting-title"
        />
        <WhenFields draft={d} set={set} />
        {page?.plans.length ? (
          <SelectField
            label={words.meeting.planFor}
            hint={w.editPlanHint}
            value={d.planId ?? ''}
            options={[
              { value: '', label: words.meeting.noPlan },
              ...page.plans.map(p => ({ value: p.id, label: words.cases.planRound(p.round) })),
            ]}
            onValue={planId => set({ planId })}
            data-testid="meeting-plan"
          />
        ) : null}
      </div>
    </Dialog>
  )
}
