import { useSyncExternalStore } from 'react'
import { sessionStore } from './sessionStore'

/** Whether the desk is locked (離席ロック). */
export function useCovered(): boolean {
  return useSyncExternalStore(sessionStore.subscribe, sessionStore.covered)
}
