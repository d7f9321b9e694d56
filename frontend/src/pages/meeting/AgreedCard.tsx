import { Link } from 'wouter'
import type { Room } from '../../api/meeting'
import { base } from '../../app/base'
import { useActor } from '../../app/useActor'
import { words } from '../../words'
import { MatrixSave } from '../plan/MatrixSave'

interface Props {
  room: Room
}

/** 合意したプランの写し: what of the agreed plan this reader may see, as a file where copies are taken; to be read on the screen in any case. */
export function AgreedCard({ room }: Props) {
  const { noCopies, guestMeeting } = useActor()
  const agreed = ['agreed', 'conditional'].includes(room.decision?.outcome ?? '')
  if (!room.planId || !agreed || !['closed', 'confirming', 'sealed'].includes(room.status)) return null
  const screen = noCopies || guestMeeting
  // Who watches the meeting by the seat of its agency gets no file for a spreadsheet; the server says so too.
  const watches = !room.you.holder && room.seats.some(s => s.own && s.observer)
  const w = words.after
  const file = (kind: string) => `${base}/api/plans/${room.planId}/pdf?kind=${kind}&meeting=${room.meeting.id}`
  return (
    <section className="card stack-s no-print" aria-labelledby="agreed-title" data-testid="agreed">
      <h2 id="agreed-title">{w.agreedTitle(room.frozen?.version ?? 1)}</h2>
      <p className="soft">{screen ? w.agreedScreen : w.agreedText}</p>
      <div className="row">
        {screen ? null : (
          <>
            <a className="button" data-small href={file('plan')} data-testid="agreed-plan">
              {w.agreedPlan}
            </a>
            <a className="button" data-small href={file('matrix')} data-testid="agreed-matrix">
              {w.agreedMatrix}
            </a>
            {watches ? null : <MatrixSave plan={room.planId} meeting={room.meeting.id} />}
          </>
        )}
        {guestMeeting ? null : (
          <Link href={`/plans/${room.planId}`} data-testid="agreed-read">
            {w.agreedRead}
          </Link>
        )}
      </div>
    </section>
  )
}
