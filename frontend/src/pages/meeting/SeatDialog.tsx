import { useState } from 'react'
import type { CasePage } from '../../api/cases'
import type { Seat } from '../../api/meeting'
import type { Agency } from '../../api/session'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { Dialog } from '../../parts/Dialog'
import { SelectField } from '../../parts/SelectField'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { findAct } from './findAct'
import type { RoomProps } from './RoomProps'

interface Props extends RoomProps {
  /** undefined: a new one. */
  seat?: Seat | undefined
  onClose: () => void
}

/** 機関の席: which agency, who speaks for it, who is replaced; in a 支援会議 also the 指定 of who is not 構成員. */
export function SeatDialog({ room, act, seat, onClose }: Props) {
  const m = room.meeting
  const agencies = useLoad<{ agencies: Agency[] }>(seat ? null : '/agencies').data?.agencies
  const { data: page } = useLoad<CasePage>(`/cases/${m.caseId}?meeting=${encodeURIComponent(m.id)}`)
  const [d, setDraft] = useState({
    agencyId: seat?.agencyId ?? '',
    speaker: seat?.speaker ?? '',
    proxy: seat?.proxy ?? '',
    observer: seat?.observer ?? false,
    member: seat?.member ?? false,
  })
  const [ground, setGround] = useState('')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.prepare
  const set = (part: Partial<typeof d>) => setDraft(x => ({ ...x, ...part }))
  const free = (agencies ?? []).filter(a => a.active && !room.seats.some(s => s.agencyId === a.id))
  const inCase = page?.members.some(x => x.agencyId === d.agencyId && !x.until) ?? false
  const outside = m.mode === 'support' && d.agencyId !== '' && !inCase
  const mayDesignate = outside && !d.member && !seat?.designated && findAct(room, 'designate')?.allowed
  const send = () =>
    void submit(async () => {
      await act('seat', d)
      if (mayDesignate && ground.trim()) await act('designate', { agencyId: d.agencyId, reason: ground })
    }).then(ok => {
      if (ok) onClose()
    })
  const error = rest('speaker', 'proxy', 'reason', 'agencyId')
  return (
    <Dialog
      title={seat ? w.seatChangeOf(seat.name) : w.seatAdd}
      onClose={onClose}
      onCtrlEnter={send}
      data-testid="seat-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button
            kind="solid"
            busy={busy}
            why={d.agencyId ? undefined : words.form.chosen(words.meeting.agency)}
            onClick={send}
            data-testid="seat-save"
          >
            {w.seatSave}
          </Button>
        </>
      }
    >
      <div className="stack">
        {error ? <Banner tone="bad" title={error} data-testid="seat-error" /> : null}
        {seat ? null : (
          <>
            <p className="soft">{w.seatAddHint}</p>
            <SelectField
              label={words.meeting.agency}
              hint={agencies && !free.length ? w.seatNone : undefined}
              value={d.agencyId}
              options={[{ value: '', label: words.form.choose }, ...free.map(a => ({ value: a.id, label: a.name }))]}
              onValue={agencyId => set({ agencyId })}
              error={at('agencyId')}
              required
              data-testid="seat-agency"
            />
          </>
        )}
        <div className="form-grid">
          <TextField
            label={w.seatSpeaker}
            hint={w.seatSpeakerHint}
            value={d.speaker}
            onValue={speaker => set({ speaker })}
            error={at('speaker')}
            data-testid="seat-speaker"
          />
          <TextField
            label={w.seatProxy}
            hint={w.seatProxyHint}
            value={d.proxy}
            onValue={proxy => set({ proxy })}
            error={at('proxy')}
            data-testid="seat-proxy"
          />
        </div>
        <Check
          label={w.seatObserver}
          checked={d.observer}
          onValue={observer => set({ observer })}
          data-testid="seat-observer"
        />
        {outside ? (
          <Check
            label={w.seatMember}
            checked={d.member}
            onValue={member => set({ member })}
            data-testid="seat-member"
          />
        ) : null}
        {mayDesignate ? (
          <>
            <p>{w.seatOutside}</p>
            <TextArea
              label={w.seatGround}
              hint={w.seatGroundHint}
              value={ground}
              onValue={setGround}
              error={at('reason')}
              data-testid="seat-ground"
            />
          </>
        ) : null}
        {seat ? null : <p className="soft">{w.seatGuest}</p>}
      </div>
    </Dialog>
  )
}
