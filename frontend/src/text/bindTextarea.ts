import { cleanText } from './cleanText'
import type { Delta } from './Delta'
import { diffText } from './diffText'
import { isPair } from './isPair'
import { mapThrough } from './mapThrough'
import type { SharedText } from './SharedText'
import type { Splice } from './Splice'

type Field = HTMLTextAreaElement | HTMLInputElement

/** What is remembered while an IME composition is open. */
interface Held {
  text: string
  from: number
  to: number
  deltas: Delta[]
}

/**
 * Ties a <textarea> (or a text input) to a shared text. Composition is sacred:
 * - compositionstart: the text shown and the selection are remembered
 * - while composing: the field is not touched, nothing is written into the shared text, changes of others are kept
 * - compositionend: what was typed is carried through the kept changes and written as one change (one step of undo);
 *   then the field shows the shared text again
 *
 * Returns a function that lets go; it writes down a composition still open.
 */
export function bindTextarea(text: SharedText, el: Field, maxLength?: (text: string) => boolean): () => void {
  const origin = {}
  const history = text.history(origin)
  let held: Held | null = null

  const put = (s: Splice) => {
    if (!s.remove && !s.insert) return
    text.edit(origin, t => {
      if (s.remove) t.remove(s.from, s.remove)
      if (s.insert) t.insert(s.from, s.insert)
    })
  }

  const show = (deltas: readonly Delta[], caret?: number) => {
    const [start, end] = [el.selectionStart ?? 0, el.selectionEnd ?? 0]
    const scroll = el.scrollTop
    el.value = text.toString()
    // Only a field that has the focus gets its caret back: setting a selection would steal the focus in some browsers.
    if (el.ownerDocument.activeElement === el) {
      el.setSelectionRange(caret ?? mapThrough(deltas, start), caret ?? mapThrough(deltas, end))
    }
    el.scrollTop = scroll
  }

  const begin = () => {
    held = { text: el.value, from: el.selectionStart ?? 0, to: el.selectionEnd ?? 0, deltas: [] }
  }

  const finish = () => {
    if (!held) return
    const { text: before, from, to, deltas } = held
    held = null
    const typed = el.value
    const after = allowed(before, cleanText(typed), maxLength)
    const local = replaced(before, after, from, to) ?? diffText(before, after)
    const at = mapThrough(deltas, local.from)
    const caret = Math.max(at, (el.selectionStart ?? 0) - local.from + at)
    text.edit(origin, t => {
      // What the user replaced goes character by character, so that text others put in between stays.
      for (let end = local.from + local.remove; end > local.from; ) {
        const start = end - (isPair(before, end - 2) && end - 2 >= local.from ? 2 : 1)
        const pos = mapThrough(deltas, start, 1)
        const n = Math.min(end - start, mapThrough(deltas, end) - pos)
        if (n > 0) t.remove(pos, n)
        end = start
      }
      if (local.insert) t.insert(at, local.insert)
    })
    if (deltas.length || typed !== text.toString()) show([], Math.min(caret, text.toString().length))
  }

  const input = () => {
    if (held) return
    const before = text.toString()
    const after = allowed(before, cleanText(el.value), maxLength)
    put(diffText(before, after, after === el.value ? (el.selectionStart ?? undefined) : undefined))
    if (el.value !== text.toString()) show([])
  }

  const key = (e: Event) => {
    const k = e as KeyboardEvent
    if (held || k.isComposing || k.keyCode === 229 || !(k.ctrlKey || k.metaKey) || k.altKey) return
    const name = k.key.toLowerCase()
    if (name === 'z' && !k.shiftKey) history.undo()
    else if (name === 'y' || (name === 'z' && k.shiftKey)) history.redo()
    else return
    e.preventDefault()
  }

  const unobserve = text.observe((delta, from) => {
    if (from === origin) return
    if (held && el.value !== held.text) {
      held.deltas.push(delta)
      return
    }
    show([delta])
    if (held) begin() // composing, but nothing typed yet
  })

  const unflush = text.onFlush(finish)

  el.value = text.toString()
  el.addEventListener('compositionstart', begin)
  el.addEventListener('compositionend', finish)
  el.addEventListener('input', input)
  el.addEventListener('blur', finish)
  el.addEventListener('keydown', key)

  return () => {
    finish()
    unobserve()
    unflush()
    history.destroy()
    el.removeEventListener('compositionstart', begin)
    el.removeEventListener('compositionend', finish)
    el.removeEventListener('input', input)
    el.removeEventListener('blur', finish)
    el.removeEventListener('keydown', key)
  }
}

/** The new text, or the old one if the new one is not allowed and longer. */
function allowed(before: string, after: string, ok?: (text: string) => boolean): string {
  return ok && !ok(after) && after.length > before.length ? before : after
}

/** The replacement of [from, to) if that is all that changed: a composition replaces the selection (a reconversion may not). */
function replaced(a: string, b: string, from: number, to: number): Splice | null {
  const tail = a.length - to
  if (b.length < from + tail || a.slice(0, from) !== b.slice(0, from) || a.slice(to) !== b.slice(b.length - tail))
    return null
  return { from, remove: to - from, insert: b.slice(from, b.length - tail) }
}
