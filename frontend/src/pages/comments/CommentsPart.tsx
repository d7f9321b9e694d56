import { type ReactNode, useMemo, useState } from 'react'
import type { Spot } from '../../api/after'
import type { Room } from '../../api/meeting'
import type { Option } from '../../parts/Option'
import { findAct } from '../meeting/findAct'
import { CommentDialog } from './CommentDialog'
import { type Comments, CommentsContext } from './CommentsContext'

interface Props {
  room: Room
  act: (act: string, params?: object) => Promise<void>
  columns: readonly Option[]
  children: ReactNode
}

/** A plan that can be remarked on: its parts show what was said at them. */
export function CommentsPart({ room, act, columns, children }: Props) {
  const [at, setAt] = useState<{ spot: Pick<Spot, 'kind' | 'docId' | 'row'>; place: string } | null>(null)
  const list = room.during.comments
  const mayAdd = findAct(room, 'comment')?.allowed ?? false
  const value = useMemo<Comments>(
    () => ({ list, mayAdd, open: (spot, place) => setAt({ spot, place }) }),
    [list, mayAdd],
  )
  return (
    <CommentsContext value={value}>
      {children}
      {at ? (
        <CommentDialog
          {...at}
          list={list}
          columns={columns}
          mayAdd={mayAdd}
          desk={isDesk(room)}
          act={act}
          onClose={() => setAt(null)}
        />
      ) : null}
    </CommentsContext>
  )
}

/** Those who decide what becomes of a remark: 議長・記録者・事務局. */
export const isDesk = (room: Room): boolean => Boolean(findAct(room, 'note_state'))
