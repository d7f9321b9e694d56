import { createContext } from 'react'
import type { Spot } from '../../api/after'
import type { Comment } from '../../api/during'

/** Comments on the plan of the page, where there are any: in a meeting that is in session. */
export interface Comments {
  list: readonly Comment[]
  /** Opens what was said at a place, to read and to add to. */
  open: (spot: Pick<Spot, 'kind' | 'docId' | 'row'>, place: string) => void
  mayAdd: boolean
}

export const CommentsContext = createContext<Comments | null>(null)
