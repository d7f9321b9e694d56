import { useSyncExternalStore } from 'react'
import { sessionStore } from './sessionStore'

/** The session, null until it is known. */
export function useSession() {
  return useSyncExternalStore(sessionStore.subscribe, sessionStore.get)
}
