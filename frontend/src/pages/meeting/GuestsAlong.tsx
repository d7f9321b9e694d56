import { api } from '../../api/api'
import type { Guest, Room } from '../../api/meeting'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { guestState } from './guestState'

interface Props {
  room: Room
  reload: () => Promise<void>
}

const OVER = ['closing', 'closed', 'confirming', 'sealed']

/** 開催: guests of the case before whose agency has a seat here, to be taken along by who runs both. They wait in the lobby of this case, too. */
export function GuestsAlong({ room, reload }: Props) {
  const s = room.sitting
  const before = s?.cases.slice(0, s.pos - 1).findLast(c => c.status !== 'cancelled')
  const ready = before && OVER.includes(before.status) && ['draft', 'reception', 'open'].includes(room.status)
  const known = useLoad<{ guests: Guest[] }>(ready ? `/meetings/${before.meetingId}/guests` : null)
  const { submit, busy, error } = useSubmit()
  const w = words.sitting
  const seats = new Set(room.seats.map(x => x.agencyId))
  const list = (known.data?.guests ?? []).filter(g => guestState(g, room.now) === 'used' && seats.has(g.agencyId))
  if (!list.length) return null
  const take = (g: Guest) =>
    void submit(async () => {
      await api.post(`/meetings/${room.meeting.id}/guests/carry`, { guestId: g.id })
      await Promise.all([known.reload(), reload()])
    })
  return (
    <Banner
      tone={error ? 'bad' : 'info'}
      title={error?.message ?? w.guestsAlong(list.map(g => g.name).join('、'))}
      data-testid="guests-along"
      actions={list.map(g => (
        <Button key={g.id} small busy={busy} onClick={() => take(g)} data-testid={`along-${g.id}`}>
          {w.guestAlong(g.name)}
        </Button>
      ))}
    >
      {w.guestsAlongText}
    </Banner>
  )
}
