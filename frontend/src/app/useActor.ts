import type { SessionActor } from '../api/session'
import { useSession } from './useSession'

const nobody: SessionActor = { id: '', name: '', post: '', agencyId: '', agencyName: '', roles: [], guestMeeting: '' }

/** Who is signed in; a page behind the sign-in always has somebody. */
export function useActor(): SessionActor {
  return useSession()?.actor ?? nobody
}
