import { useEffect, useRef } from 'react'
import { isComposing } from '../../../text/isComposing'

/** What single keys do; a key that is not here does nothing. */
export type Shortcuts = Record<string, () => void>

/** True where somebody writes: in a field, in an editor, in a dialog. */
export function isWriting(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]')) return true
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.closest('input, textarea, select, [contenteditable]') !== null
}

/** True where a key is a letter of a text, or belongs to a dialog or a control that uses letters itself. */
function isTyping(target: EventTarget | null): boolean {
  return isWriting(target) || (target instanceof HTMLElement && target.closest('[role="grid"]') !== null)
}

/** Single keys of the room, never while somebody types, composes or answers a dialog. "?" works even where the others are off. */
export function useShortcuts(keys: Shortcuts, on: boolean): void {
  const now = useRef({ keys, on })
  now.current = { keys, on }
  useEffect(() => {
    const press = (e: KeyboardEvent) => {
      if (e.defaultPrevented || e.repeat || e.ctrlKey || e.metaKey || e.altKey || isComposing(e) || isTyping(e.target))
        return
      const key = e.key.length === 1 ? e.key.toLowerCase() : e.key
      const run = now.current.on || key === '?' ? now.current.keys[key] : undefined
      if (!run) return
      e.preventDefault()
      run()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
}
