import { use } from 'react'
import type { DocRef } from '../../api/cases'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { CommentsContext } from './CommentsContext'

interface Props {
  entry: DocRef
  /** text, need, goal or action. */
  kind: string
  row: string
  /** What the place is called. */
  place: string
}

/** The way to what was said at a place of the plan. Nothing where nobody can say or has said anything. */
export function CommentMark({ entry, kind, row, place }: Props) {
  const comments = use(CommentsContext)
  if (!comments) return null
  const docId = docIdOf(entry)
  const here = comments.list.filter(
    c => c.spot.kind === kind && c.spot.docId === docId && c.spot.row === row && c.state !== 'withdrawn',
  )
  if (!here.length && !comments.mayAdd) return null
  const w = words.comments
  return (
    <Button
      small
      kind="text"
      aria-label={w.markAt(place, here.length)}
      onClick={() => comments.open({ kind, docId, row }, place)}
      data-testid={`comment-${kind}-${row}`}
    >
      {w.mark(here.length)}
    </Button>
  )
}

/** The id of a document, without its epoch. */
export const docIdOf = (entry: DocRef): string => entry.docId ?? entry.doc.split('.')[0] ?? ''
