import { useState } from 'react'
import { Link } from 'wouter'
import type { Room } from '../../api/meeting'
import { takeFile } from '../../api/takeFile'
import { useSubmit } from '../../app/useSubmit'
import { today } from '../../dates/today'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { DateField } from '../../parts/DateField'
import { Dialog } from '../../parts/Dialog'
import { SelectField } from '../../parts/SelectField'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { TellButton } from './TellButton'

interface Props {
  room: Room
}

const SHOWN = ['number', 'issued', 'from', 'sender', 'reply', 'contact', 'agencyId']

/** 開催通知, 日程調整 and 予定のメール for those who call the meeting, until 受付 begins. */
export function NoticeButton({ room }: Props) {
  const [open, setOpen] = useState(false)
  if (room.status !== 'draft' || !room.you.holder) return null
  return (
    <>
      <Button small kind="text" onClick={() => setOpen(true)} data-testid="notice-open">
        {words.notice.open}
      </Button>
      <Link href={`/meetings/${room.meeting.id}/dates`} className="no-print" data-testid="poll-open">
        {words.datePoll.open}
      </Link>
      <TellButton meeting={room.meeting.id} />
      {open ? <NoticeDialog room={room} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function NoticeDialog({ room, onClose }: Props & { onClose: () => void }) {
  const [d, setDraft] = useState({
    agencyId: '',
    number: '',
    issued: today(),
    from: room.meeting.type?.chairPost ?? '',
    sender: '',
    reply: '',
    contact: '',
  })
  const { submit, busy, at, rest } = useSubmit()
  const w = words.notice
  const set = (part: Partial<typeof d>) => setDraft(s => ({ ...s, ...part }))
  const make = () => void submit(() => takeFile(`/meetings/${room.meeting.id}/notice`, d, w.file))
  const other = rest(...SHOWN)
  return (
    <Dialog
      title={w.title}
      onClose={onClose}
      data-testid="notice-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.close}</Button>
          <Button kind="solid" busy={busy} onClick={make} data-testid="notice-make">
            {w.make}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{w.text}</p>
        {other ? <Banner tone="bad" title={other} /> : null}
        <SelectField
          label={w.agency}
          value={d.agencyId}
          options={[{ value: '', label: w.all }, ...room.seats.map(s => ({ value: s.agencyId, label: s.name }))]}
          onValue={agencyId => set({ agencyId })}
          error={at('agencyId')}
          data-testid="notice-agency"
        />
        <div className="form-grid">
          <TextField
            label={w.number}
            hint={w.numberHint}
            value={d.number}
            onValue={number => set({ number })}
            error={at('number')}
            data-testid="notice-number"
          />
          <DateField label={w.issued} value={d.issued} onValue={issued => set({ issued })} error={at('issued')} />
          <TextField label={w.from} value={d.from} onValue={from => set({ from })} error={at('from')} />
          <TextField label={w.sender} value={d.sender} onValue={sender => set({ sender })} error={at('sender')} />
          <DateField
            label={w.reply}
            value={d.reply}
            onValue={reply => set({ reply })}
            error={at('reply')}
            data-testid="notice-reply"
          />
        </div>
        <TextArea
          label={w.contact}
          rows={2}
          value={d.contact}
          onValue={contact => set({ contact })}
          error={at('contact')}
          data-testid="notice-contact"
        />
      </div>
    </Dialog>
  )
}
