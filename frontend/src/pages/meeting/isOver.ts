import type { ApiError } from '../../api/ApiError'

/**
 * The actor may no longer see this meeting: what the page has of it must go. A guest cannot sign in again, so that a session that ended
 * is the end as well; somebody with an account signs in in another tab and finds the words typed here again.
 */
export function isOver(error: ApiError | null, guest: boolean): boolean {
  if (!error) return false
  return ['forbidden', 'not_found', 'gone'].includes(error.kind) || (guest && error.kind === 'unauthorized')
}
