import { useCallback, useRef, useSyncExternalStore } from 'react'
import type { DocEntry } from './useSlots'

/** Redraws when flat values, rights or presence of any of the documents move; the number counts the changes. */
export function useDocsVersion(docs: readonly DocEntry[]): number {
  const version = useRef(0)
  const subscribe = useCallback(
    (listener: () => void) => {
      const bump = () => {
        version.current++
        listener()
      }
      const offs: (() => void)[] = []
      for (const { slot } of docs) {
        let inner: (() => void)[] = []
        let generation = -1
        let stamp = ''
        const attach = () => {
          const doc = slot.doc
          const now = `${slot.generation}/${doc?.loaded}/${doc?.readOnly}/${slot.frozen}/${slot.gone?.reason}`
          if (generation !== slot.generation || (!doc && inner.length)) {
            for (const off of inner) off()
            generation = slot.generation
            inner = doc ? [doc.values.observe(bump), doc.presence.changed.on(bump)] : []
          }
          if (now !== stamp) {
            stamp = now
            return true
          }
          return false
        }
        attach()
        offs.push(
          slot.changed.on(() => {
            if (attach()) bump()
          }),
          () => {
            for (const off of inner) off()
          },
        )
      }
      bump()
      return () => {
        for (const off of offs) off()
      }
    },
    [docs],
  )
  return useSyncExternalStore(subscribe, () => version.current)
}
