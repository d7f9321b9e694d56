import { useEffect, useRef, useState } from 'react'
import { words } from '../../words'

/** Pause in which changes are gathered before they are told (ms). */
const GATHER = 1500

/** Tells in one sentence how many cells changed, not while the person works in a cell: a summary instead of every stroke. */
export function useAnnounce(cells: readonly (readonly [string, string])[], busy: boolean): string {
  const seen = useRef<Map<string, string> | null>(null)
  const changed = useRef(new Set<string>())
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const [message, setMessage] = useState('')

  useEffect(() => {
    const now = new Map(cells)
    if (seen.current && !busy) {
      for (const [k, v] of now) if (seen.current.has(k) && seen.current.get(k) !== v) changed.current.add(k)
      if (changed.current.size && timer.current === undefined) {
        timer.current = setTimeout(() => {
          timer.current = undefined
          setMessage(words.matrix.moved(changed.current.size))
          changed.current.clear()
        }, GATHER)
      }
    }
    seen.current = now
  })
  useEffect(() => () => clearTimeout(timer.current), [])
  return message
}
