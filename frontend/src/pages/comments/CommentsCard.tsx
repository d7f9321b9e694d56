import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { words } from '../../words'
import { findAct } from '../meeting/findAct'
import type { RoomProps } from '../meeting/RoomProps'
import { CommentList } from './CommentList'
import { isDesk } from './CommentsPart'

/** All comments on the plan of the meeting that still want an answer. */
export function CommentsCard({ room, act }: RoomProps) {
  const { submit, busy, error } = useSubmit()
  const w = words.comments
  const open = room.during.comments.filter(c => !c.state)
  if (!open.length) return null
  return (
    <section className="card stack-s" aria-labelledby="comments-title" data-testid="comments">
      <h2 id="comments-title">{w.card}</h2>
      <p className="soft">{w.cardHint(open.length)}</p>
      {error ? <Banner tone="bad" title={error.message} /> : null}
      <CommentList
        list={open}
        columnName={id => room.seats.find(s => s.agencyId === id)?.name ?? ''}
        desk={isDesk(room)}
        may={findAct(room, 'comment_state')?.allowed ?? false}
        busy={busy}
        onState={(id, state) => void submit(() => act('comment_state', { id, state, reason: '' }))}
      />
    </section>
  )
}
