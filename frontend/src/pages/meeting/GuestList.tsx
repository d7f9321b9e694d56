import { useEffect, useState } from 'react'
import { api } from '../../api/api'
import type { Guest, Room } from '../../api/meeting'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { Dialog } from '../../parts/Dialog'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { guestState } from './guestState'

interface Props {
  room: Room
  onDone: () => Promise<void>
}

const TONES = { open: 'key', waiting: 'warn', used: 'good', revoked: 'plain', expired: 'warn' } as const

/** Who was invited by link, whether the link was used, and its 取消. Nothing is shown where nobody was invited. */
export function GuestList({ room, onDone }: Props) {
  const path = `/meetings/${room.meeting.id}/guests`
  const { data, reload } = useLoad<{ guests: Guest[] }>(path)
  const [revoking, setRevoking] = useState<Guest | null>(null)
  const { submit, busy, error } = useSubmit()
  const w = words.meeting
  // Invitations, entries and cancellations are all events of the meeting.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the meeting's number is what the list depends on
  useEffect(() => void reload(), [room.seq, reload])
  const guests = data?.guests ?? []
  if (!guests.length) return null
  const agency = (id: string) => room.seats.find(s => s.agencyId === id)?.name ?? ''
  const revoke = (g: Guest) =>
    void submit(async () => {
      await api.del(`${path}/${g.id}`)
      await Promise.all([reload(), onDone()])
    }).then(ok => {
      if (ok) setRevoking(null)
    })
  return (
    <>
      <Table
        caption={w.guestList}
        head={[
          w.guestName,
          w.agency,
          w.guestState,
          w.guestExpires,
          <span key="do" className="sr-only">
            {w.guestRevoke}
          </span>,
        ]}
        data-testid="guest-list"
      >
        {guests.map(g => {
          const state = guestState(g, room.now)
          return (
            <tr key={g.id} data-testid={`guest-${g.id}`} data-state={state}>
              <th scope="row">
                {g.name} <span className="soft">{g.post}</span>
              </th>
              <td>{agency(g.agencyId)}</td>
              <td>
                <Chip tone={TONES[state]}>{w.guestStates[state]}</Chip>
              </td>
              <td className="num">{showInstant(g.expiresAt, 'wareki')}</td>
              <td>
                {state !== 'revoked' && state !== 'expired' ? (
                  <Button
                    small
                    kind="danger"
                    aria-label={w.guestRevokeOf(g.name)}
                    onClick={() => setRevoking(g)}
                    data-testid={`guest-revoke-${g.id}`}
                  >
                    {w.guestRevoke}
                  </Button>
                ) : null}
              </td>
            </tr>
          )
        })}
      </Table>
      {revoking ? (
        <Dialog
          title={w.guestRevokeTitle}
          onClose={() => setRevoking(null)}
          data-testid="guest-revoke-dialog"
          foot={
            <>
              <Button onClick={() => setRevoking(null)}>{words.form.cancel}</Button>
              <Button kind="danger" busy={busy} onClick={() => revoke(revoking)} data-testid="guest-revoke-do">
                {w.guestRevokeDo(revoking.name)}
              </Button>
            </>
          }
        >
          <div className="stack">
            {error ? <Banner tone="bad" title={error.message} /> : null}
            <p>{w.guestRevokeText(revoking.name)}</p>
          </div>
        </Dialog>
      ) : null}
    </>
  )
}
