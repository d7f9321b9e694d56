import { useEffect, useState } from 'react'
import { sessionStore } from '../app/sessionStore'
import type { Letter } from '../sync/outbox/Letter'
import { drafts } from './drafts'
import { outbox } from './outbox'

/** Sends what waits for as long as somebody is signed in: whatever page is open. */
export function useOutbox(): void {
  useEffect(() => {
    const now = () => outbox.now()
    void outbox.start()
    const off = [drafts.changed.on(() => void outbox.start()), sessionStore.unlocked.on(now)]
    window.addEventListener('online', now)
    return () => {
      window.removeEventListener('online', now)
      for (const o of off) o()
    }
  }, [])
}

/** What was sent and has not arrived, of those whose subject begins so. */
export function useLetters<T extends object>(about: string): Letter<T>[] {
  const [all, setAll] = useState<Letter[]>(() => outbox.waiting())
  useEffect(() => outbox.changed.on(() => setAll(outbox.waiting())), [])
  return all.filter(l => l.about.startsWith(about)) as Letter<T>[]
}
